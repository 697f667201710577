//! Words with a part become marks on the things they belong to: "no", "extra", "all", "each".
//!
//! What is left is a row of quantities, options and things, each knowing what led to it. Must never
//! say which option belongs to which thing.

mod kinds;
mod options;
mod quantities;
mod strange;
mod things;
mod words;

pub use strange::kind_by_one;

use super::amount::Amount;
use super::index::{How, Index};
use super::language::Role;
use super::pieces::{Piece, Qty};
use super::text::{Break, Kind as TokenKind, Token};

/// "extra" or "light".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Much {
    /// More than usual.
    Extra,
    /// Less than usual.
    Light,
}

/// One answer that words may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The group.
    pub group: u32,
    /// The choice.
    pub choice: u32,
    /// None of it.
    pub negated: bool,
    /// How much of it.
    pub much: Option<Much>,
    /// How the words led to it.
    pub how: How,
}

impl Candidate {
    /// Just this choice of this group.
    pub fn plain((group, choice, how): (u32, u32, How)) -> Self {
        Self {
            group,
            choice,
            negated: false,
            much: None,
            how,
        }
    }
}

/// An option as it was said: what it may mean, likeliest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it may mean.
    pub candidates: Vec<Candidate>,
    /// How many of it.
    pub count: i64,
    /// For all lines.
    pub all: bool,
}

/// What an element is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A thing, by the items it may be.
    Head(Vec<(u32, How)>),
    /// An option.
    Option(Said),
    /// A quantity.
    Qty(Qty),
    /// A kind of things.
    Category(u32),
    /// "one": a thing named before.
    Pronoun,
}

/// What led to an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lead {
    /// The widest gap since the element before.
    pub gap: Break,
    /// "with".
    pub with: bool,
    /// "and".
    pub and: bool,
    /// "one more".
    pub more: bool,
    /// "each".
    pub each: bool,
    /// "per person".
    pub person: bool,
    /// "of them".
    pub of_them: bool,
    /// "the other".
    pub other: bool,
    /// "the rest".
    pub rest: bool,
    /// "the".
    pub definite: bool,
    /// "all".
    pub all: bool,
    /// "no" before a thing.
    pub negated: bool,
    /// "less" before a quantity.
    pub fewer: bool,
    /// A number's place in a row.
    pub ordinal: bool,
    /// Words that were not understood stood there.
    pub unknown: bool,
}

/// One element.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// What it is.
    pub kind: Kind,
    /// What led to it.
    pub lead: Lead,
    /// The first token.
    pub from: usize,
    /// The token after the last one.
    pub to: usize,
    /// It is written in Chinese.
    pub han: bool,
}

impl Element {
    /// The option it is.
    pub fn said(&self) -> Option<&Said> {
        match &self.kind {
            Kind::Option(said) => Some(said),
            _ => None,
        }
    }

    /// The quantity it is.
    pub fn qty(&self) -> Option<&Qty> {
        match &self.kind {
            Kind::Qty(qty) => Some(qty),
            _ => None,
        }
    }

    /// Whether it is a thing.
    pub fn is_head(&self) -> bool {
        matches!(self.kind, Kind::Head(_))
    }
}

/// What a clause is made of.
#[derive(Debug, Clone, Default)]
pub struct Elements {
    /// The elements.
    pub row: Vec<Element>,
    /// The number of people it names.
    pub people: Option<i64>,
    /// Words that were understood and are of no use here, as tokens.
    pub lost: Vec<(usize, usize)>,
    /// Words that are a part of the name after them, as tokens.
    pub heard: Vec<(usize, usize)>,
    /// Names of groups, each of use only if something that was ordered has the group.
    pub groups: Vec<(u32, usize, usize)>,
    /// Kinds of things that are not wanted.
    pub unwanted: Vec<Unwanted>,
    /// Where it was said that each has its own of the options: a place in the row.
    pub respective: Option<usize>,
    /// One of what was named last is not wanted: "not the second".
    pub one_less: bool,
}

/// A kind of things that is not wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unwanted {
    /// The kind.
    pub category: u32,
    /// How many of it, if not all: "the second soup".
    pub count: Option<Amount>,
    /// The first token.
    pub from: usize,
    /// The token after the last one.
    pub to: usize,
}

/// The elements of a clause; `named` are the items that were ordered before.
pub fn elements(index: &Index, tokens: &[Token], pieces: &[Piece], named: &[u32]) -> Elements {
    let mut builder = Builder {
        index,
        tokens,
        pieces,
        named,
        out: Vec::new(),
        lost: Vec::new(),
        heard: Vec::new(),
        groups: Vec::new(),
        unwanted: Vec::new(),
        one_less: false,
        respective: None,
        lead: Lead::default(),
        negated: false,
        newly: false,
        other_first: false,
        purpose: false,
        much: None,
        usual: false,
        all: false,
        all_at: None,
        people: None,
        per_person: false,
    };
    for at in 0..pieces.len() {
        builder.piece(at);
    }
    builder.end();
    Elements {
        row: builder.out,
        people: builder.people,
        lost: builder.lost,
        heard: builder.heard,
        groups: builder.groups,
        unwanted: builder.unwanted,
        one_less: builder.one_less,
        respective: builder.respective,
    }
}

struct Builder<'a> {
    index: &'a Index,
    tokens: &'a [Token],
    pieces: &'a [Piece],
    /// Items that were ordered before.
    named: &'a [u32],
    out: Vec<Element>,
    lost: Vec<(usize, usize)>,
    heard: Vec<(usize, usize)>,
    groups: Vec<(u32, usize, usize)>,
    unwanted: Vec<Unwanted>,
    one_less: bool,
    respective: Option<usize>,
    lead: Lead,
    negated: bool,
    /// "no" was said since the last option.
    newly: bool,
    /// It was said after "the other": "one with, the other without".
    other_first: bool,
    /// "for" was said just before.
    purpose: bool,
    much: Option<Much>,
    usual: bool,
    all: bool,
    /// Where "all" was said, among the elements.
    all_at: Option<usize>,
    people: Option<i64>,
    /// What is said in this breath is said of each person.
    per_person: bool,
}

impl Builder<'_> {
    fn piece(&mut self, at: usize) {
        let Some(piece) = self.pieces.get(at) else {
            return;
        };
        if !self.out.is_empty() || self.lead != Lead::default() {
            self.lead.gap = self.lead.gap.max(piece.gap);
        }
        if piece.gap >= Break::Comma {
            self.breath(piece.gap);
        }
        let purpose = std::mem::replace(&mut self.purpose, piece.is(Role::Purpose));
        if let Some(people) = piece.people {
            self.people = Some(people);
            return;
        }
        if at
            .checked_sub(1)
            .is_some_and(|before| self.announces(before))
        {
            self.heard.push((piece.from, piece.to));
            return;
        }
        if let Some(qty) = piece.qty {
            return self.quantity(at, piece, qty);
        }
        let (choices, graded) = (piece.choices().next().is_some(), piece.graded().is_some());
        let form = piece.form();
        if let Some(form) = form.and_then(|at| self.index.forms.get(at as usize)) {
            return self.form(piece, *form);
        }
        let items: Vec<(u32, How)> = piece.items().collect();
        if self.is_another_thing(at, piece, &items) {
            self.lost.push((piece.from, piece.to));
            return self.unknown(at, piece);
        }
        // "No onions" is said of an option, though a thing has onions in its name.
        let part = items.first().is_some_and(|(_, how)| *how == How::Part);
        let without = self.negated && self.newly && choices && part;
        if !items.is_empty() && !without && !((choices || graded) && self.is_option(at, piece)) {
            self.head(piece, items.clone(), purpose);
            self.own_option(piece, &items);
            return;
        }
        if graded {
            self.much_behind(at);
        }
        if choices && self.says_how_much(at, piece) {
            return self.word(at, piece);
        }
        if choices || (graded && self.has_degree(piece)) {
            return self.option(at, piece);
        }
        if piece.is_unknown() {
            self.unknown(at, piece);
            return;
        }
        self.word(at, piece);
    }

    /// An item and an option in one.
    fn form(&mut self, piece: &Piece, (item, group, choice): (u32, u32, u32)) {
        self.head(piece, vec![(item, How::Exact)], false);
        let candidate = Candidate::plain((group, choice, How::Exact));
        self.push(
            Kind::Option(Said {
                candidates: vec![candidate],
                count: 1,
                all: false,
            }),
            piece,
        );
    }

    /// Whether what stands around a name makes it another thing, which is not sold.
    fn is_another_thing(&self, at: usize, piece: &Piece, items: &[(u32, How)]) -> bool {
        let Some((_, how)) = items.first() else {
            return false;
        };
        let unsure = *how == How::Part || *how >= How::Sound && *how != How::Typo;
        self.ends_strange(at, piece)
            || unsure && (self.is_beside_itself(piece) || self.beside_strange(at, piece))
    }

    /// A breath ends what "no" and "extra" belong to; it looks back for what they may have meant.
    fn breath(&mut self, gap: Break) {
        self.settle();
        self.per_person = false;
        self.all = self.all && gap < Break::Strong && self.all_at == Some(self.out.len());
    }

    fn push(&mut self, kind: Kind, piece: &Piece) {
        let mut lead = std::mem::take(&mut self.lead);
        if matches!(kind, Kind::Qty(_) | Kind::Head(_)) {
            // "One rice and a coke each": also of what comes next, but not of what is had besides.
            self.per_person &= !lead.more && !lead.with;
            lead.person |= self.per_person;
        }
        let han = self
            .tokens
            .get(piece.from)
            .is_some_and(|token| token.kind == TokenKind::Han);
        self.out.push(Element {
            kind,
            lead,
            from: piece.from,
            to: piece.to,
            han,
        });
    }
}
