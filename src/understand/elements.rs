//! Words with a part become marks on the things they belong to: "no", "extra", "all", "each".
//!
//! What is left is a row of quantities, options and things, each knowing what led to it. Must never
//! say which option belongs to which thing.

mod options;
mod quantities;
mod strange;
mod things;

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

/// The elements of a clause, and the number of people it names.
pub fn elements(index: &Index, tokens: &[Token], pieces: &[Piece]) -> (Vec<Element>, Option<i64>) {
    let mut builder = Builder {
        index,
        tokens,
        pieces,
        out: Vec::new(),
        lead: Lead::default(),
        negated: false,
        newly: false,
        purpose: false,
        much: None,
        usual: false,
        all: false,
        all_at: None,
        people: None,
    };
    for at in 0..pieces.len() {
        builder.piece(at);
    }
    builder.end();
    (builder.out, builder.people)
}

struct Builder<'a> {
    index: &'a Index,
    tokens: &'a [Token],
    pieces: &'a [Piece],
    out: Vec<Element>,
    lead: Lead,
    negated: bool,
    /// "no" was said since the last option.
    newly: bool,
    /// "for" was said just before.
    purpose: bool,
    much: Option<Much>,
    usual: bool,
    all: bool,
    /// Where "all" was said, among the elements.
    all_at: Option<usize>,
    people: Option<i64>,
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
        if let Some(qty) = piece.qty {
            return self.quantity(at, piece, qty);
        }
        let (choices, graded) = (piece.choices().next().is_some(), piece.graded().is_some());
        if let Some((item, group, choice)) = piece
            .form()
            .and_then(|at| self.index.forms.get(at as usize))
            .copied()
        {
            self.head(piece, vec![(item, How::Exact)], false);
            let candidate = Candidate {
                group,
                choice,
                negated: false,
                much: None,
                how: How::Exact,
            };
            self.push(
                Kind::Option(Said {
                    candidates: vec![candidate],
                    count: 1,
                    all: false,
                }),
                piece,
            );
            return;
        }
        let items: Vec<(u32, How)> = piece.items().collect();
        if items
            .first()
            .is_some_and(|(_, how)| *how == How::Part || *how >= How::Sound && *how != How::Typo)
            && self.beside_strange(at, piece)
        {
            return self.unknown(at, piece);
        }
        if !items.is_empty() && !((choices || graded) && self.is_option(at, piece)) {
            self.head(piece, items.clone(), purpose);
            self.own_option(piece, &items);
            return;
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

    /// A breath ends what "no" and "extra" belong to; it looks back for what they may have meant.
    fn breath(&mut self, gap: Break) {
        self.settle();
        self.all = self.all && gap < Break::Strong && self.all_at == Some(self.out.len());
    }

    fn push(&mut self, kind: Kind, piece: &Piece) {
        let lead = std::mem::take(&mut self.lead);
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

    /// A word that is neither a mark nor a thing ends what "no" was said of.
    fn after_word(&mut self) {
        self.much = None;
        if self.out.last().is_some_and(|last| {
            last.said()
                .is_some_and(|said| said.candidates.iter().any(|c| c.negated))
        }) {
            self.negated = false;
        }
    }

    fn word(&mut self, at: usize, piece: &Piece) {
        let next_is = |role: Role| self.pieces.get(at + 1).is_some_and(|next| next.is(role));
        if piece.is(Role::Without) || piece.is(Role::Cancel) {
            if self.much.is_some() && self.out.last().is_some_and(|last| last.han) {
                self.settle();
            }
            self.negated = true;
            self.newly = true;
            self.much = None;
            return;
        }
        if piece.is(Role::All) {
            self.all = true;
            self.lead.all = true;
            self.all_at = Some(self.out.len());
        }
        if piece.is(Role::More) {
            self.lead.more = true;
            if piece.gap <= Break::Space && self.out.last().is_some_and(|last| last.qty().is_some())
            {
                self.mark_back(|lead| lead.more = true);
            }
        }
        if piece.is(Role::Extra) {
            self.much = Some(Much::Extra);
        }
        if piece.is(Role::Light) {
            self.much = Some(Much::Light);
        }
        if piece.is(Role::Usual) {
            self.usual = true;
        }
        if piece.is(Role::PerPerson) || (piece.is(Role::Each) && self.people.is_some()) {
            let back = self.mark_all_back();
            self.lead.person |= !back;
        }
        if piece.is(Role::Each) {
            let back = self.mark_back(|lead| lead.each = true);
            self.lead.each |= !back;
        }
        if piece.is(Role::OfThem) {
            self.lead.of_them = true;
            self.mark_back(|lead| lead.of_them = true);
        }
        self.lead.other |= piece.is(Role::Other);
        self.lead.ordinal |= piece.is(Role::Ordinal);
        if piece.is(Role::Fewer) {
            let back = piece.gap <= Break::Space && self.mark_back(|lead| lead.fewer = true);
            self.lead.fewer |= !back;
        }
        self.lead.rest |= piece.is(Role::Rest);
        self.lead.definite |= piece.is(Role::Definite);
        if piece.is(Role::Pronoun)
            && !piece.is(Role::Definite)
            && self
                .out
                .last()
                .is_some_and(|last| last.said().is_some() || last.qty().is_some())
            && !next_is(Role::Counter)
            && !self
                .tokens
                .get(piece.from)
                .is_some_and(|token| token.kind == TokenKind::Han)
        {
            self.push(Kind::Pronoun, piece);
            return;
        }
        if piece.category().is_some()
            && self.negated
            && self.newly
            && piece.items().next().is_none()
        {
            // "No drinks" is said of no option.
            self.negated = false;
            return;
        }
        if let Some(category) = piece
            .category()
            .filter(|category| !self.negated && !self.names_one_of(*category))
            && self.out.last().is_some_and(|last| last.qty().is_some())
        {
            self.push(Kind::Category(category), piece);
            return;
        }
        if piece.is(Role::And) {
            self.lead.and = true;
            if !piece.is(Role::With) || !self.negated {
                self.lead.with |= piece.is(Role::With) && !piece.is(Role::Noise);
                return;
            }
        }
        if piece.is(Role::With) {
            if self.newly && self.negated {
                // "I don't want it on thin crust".
                return;
            }
            self.settle();
            self.lead.with = true;
            self.negated = false;
            self.much = None;
        }
    }
}
