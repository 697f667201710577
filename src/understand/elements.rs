//! Words with a part become marks on the things they belong to: "no", "extra", "all", "each".
//!
//! What is left is a row of quantities, options and things, each knowing what led to it. Must never
//! say which option belongs to which thing.

use super::index::{Degree, How, Index};
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

    /// "面要宽面": one character of a thing that was named, and of no other.
    fn named_by_one(&mut self, at: usize, piece: &Piece) -> bool {
        let one = self
            .tokens
            .get(piece.from)
            .filter(|token| token.kind == TokenKind::Han && piece.to - piece.from == 1);
        let says_more = self.pieces.get(at + 1).is_some_and(|next| {
            next.is(Role::With) || next.is(Role::Without) || next.choices().next().is_some()
        });
        let breath = piece.gap >= Break::Comma;
        let Some(one) = one.filter(|_| says_more && breath) else {
            return false;
        };
        let holds = |item: u32| {
            let names = self
                .index
                .menu
                .items
                .get(item as usize)
                .map(|item| item.names.as_slice())
                .unwrap_or_default();
            names.iter().any(|name| name.contains(one.form.as_str()))
        };
        let mut named: Vec<(u32, How)> = Vec::new();
        for element in &self.out {
            if let Kind::Head(items) = &element.kind {
                let item = items.first().filter(|(item, _)| {
                    holds(*item) && !named.iter().any(|(known, _)| known == item)
                });
                named.extend(item);
            }
        }
        if named.len() != 1 {
            return false;
        }
        self.lead.definite = true;
        self.push(Kind::Head(named), piece);
        true
    }

    /// "来个汤": one character of the name of one kind of things.
    fn category_by_one(&mut self, at: usize, piece: &Piece) -> bool {
        let one = self.tokens.get(piece.from).filter(|token| {
            token.kind == TokenKind::Han && piece.to - piece.from == 1 && piece.gap == Break::None
        });
        let counted = self
            .out
            .last()
            .is_some_and(|last| last.qty().is_some() && last.to == piece.from);
        let alone = self
            .pieces
            .get(at + 1)
            .is_none_or(|next| next.gap >= Break::Space || next.is(Role::Noise));
        let Some(one) = one.filter(|_| counted && alone) else {
            return false;
        };
        let named = |category: &super::menu::Category| {
            category
                .names
                .iter()
                .any(|name| name.contains(one.form.as_str()))
        };
        let mut found = self
            .index
            .menu
            .categories
            .iter()
            .enumerate()
            .filter(|(_, category)| named(category))
            .map(|(at, _)| at as u32);
        let (Some(category), None) = (found.next(), found.next()) else {
            return false;
        };
        if self.names_one_of(category) {
            return false;
        }
        self.push(Kind::Category(category), piece);
        true
    }

    /// "Chicken wings" is no chicken: one word of a name beside a strange word.
    fn beside_strange(&self, at: usize, piece: &Piece) -> bool {
        let before = at
            .checked_sub(1)
            .and_then(|at| self.pieces.get(at))
            .filter(|_| piece.gap <= Break::Space);
        let after = self
            .pieces
            .get(at + 1)
            .filter(|next| next.gap <= Break::Space);
        let han = self
            .tokens
            .get(piece.from)
            .is_some_and(|token| token.kind == TokenKind::Han);
        if han {
            // The rest of a longer name touches it.
            let touches = |next: &Piece| next.is_unknown() && next.gap == Break::None;
            return after.is_some_and(touches)
                || before.is_some_and(|before| before.is_unknown() && piece.gap == Break::None);
        }
        let other = |next: &Piece| next.items().any(|(_, how)| how <= How::Bag);
        piece.to - piece.from == 1
            && (before.into_iter().chain(after).any(Piece::is_unknown) || after.is_some_and(other))
    }

    /// A strange word; with a quantity before it and no thing after it, it is a thing that is not sold.
    fn unknown(&mut self, at: usize, piece: &Piece) {
        if self.named_by_one(at, piece) || self.category_by_one(at, piece) {
            return;
        }
        let plain = self.lead == Lead::default();
        if let Some(Kind::Head(items)) = self
            .out
            .last_mut()
            .filter(|_| plain)
            .map(|last| &mut last.kind)
        {
            // "云吞汤": the rest of a name; of a name that is only nearly right, another thing.
            if items
                .first()
                .is_some_and(|(_, how)| *how >= How::Sound && *how != How::Typo)
            {
                items.clear();
            }
            let han = self
                .tokens
                .get(piece.from)
                .is_some_and(|token| token.kind == TokenKind::Han);
            if han && piece.gap == Break::None {
                return;
            }
        }
        self.lead.unknown = true;
        self.after_word();
        self.negated = false;
        let since = self
            .out
            .iter()
            .rev()
            .take_while(|element| !element.is_head());
        let counted = since
            .clone()
            .any(|element| element.qty().is_some_and(|qty| !qty.times));
        let plain =
            !self.lead.with && !self.negated && !since.clone().any(|element| element.lead.with);
        let near = self.lead.gap <= Break::Space;
        // "鱼香肉丝一份": the quantity after it is its own.
        let after = self.pieces.get(at + 1).is_some_and(|next| {
            next.gap == Break::None
                && next.qty.is_some_and(|qty| !qty.weak)
                && !self.thing_next(at + 1)
        });
        let han = self
            .tokens
            .get(piece.from)
            .is_some_and(|token| token.kind == TokenKind::Han);
        if after && han && plain {
            self.push(Kind::Head(Vec::new()), piece);
            return;
        }
        if counted && plain && near && !self.thing_next(at) {
            self.push(Kind::Head(Vec::new()), piece);
        }
    }

    /// A breath ends what "no" and "extra" belong to; it looks back for what they may have meant.
    fn breath(&mut self, gap: Break) {
        self.settle();
        self.all = self.all && gap < Break::Strong && self.all_at == Some(self.out.len());
    }

    /// "香菜不要", "葱花多放点": what was said after its thing.
    fn settle(&mut self) {
        let (negated, much) = (
            std::mem::take(&mut self.negated),
            std::mem::take(&mut self.much),
        );
        let usual = std::mem::take(&mut self.usual);
        if !negated && much.is_none() && !usual {
            return;
        }
        let index = self.index;
        // "One with ice, one without".
        if negated
            && self.newly
            && self
                .out
                .last()
                .is_some_and(|last| last.qty().is_some() || last.lead.other)
        {
            self.newly = false;
            let said = self.out.iter().rev().find_map(Element::said).cloned();
            if let (Some(said), Some(last)) = (said, self.out.last().cloned()) {
                let candidates = remade(index, &said.candidates, true, None);
                if !candidates.is_empty() {
                    let kind = Kind::Option(Said { candidates, ..said });
                    self.out.push(Element {
                        kind,
                        lead: Lead::default(),
                        ..last
                    });
                }
            }
            return;
        }
        let all = self.all_at == Some(self.out.len());
        for element in self.out.iter_mut().rev().take_while(|element| element.han) {
            let Kind::Option(said) = &mut element.kind else {
                return;
            };
            if said
                .candidates
                .iter()
                .any(|c| c.negated || c.much.is_some())
            {
                return;
            }
            let made = remade(index, &said.candidates, negated, much);
            if made.is_empty() {
                return;
            }
            said.candidates = made;
            if !all || element.lead.gap >= Break::Comma {
                return;
            }
        }
    }

    fn end(&mut self) {
        self.settle();
        if let Some(at) = self.all_at {
            self.all_before(at);
        }
    }

    /// "with ice in all": nothing came after "all", so it is for what came before, to the last breath.
    fn all_before(&mut self, at: usize) {
        if at != self.out.len() {
            return;
        }
        for element in self.out.iter_mut().rev() {
            let Kind::Option(said) = &mut element.kind else {
                break;
            };
            said.all = true;
            if element.lead.gap >= Break::Comma {
                break;
            }
        }
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

    fn quantity(&mut self, at: usize, piece: &Piece, qty: Qty) {
        // "without a crust": an article counts nothing there.
        if self.newly && self.negated && qty.weak && qty.unit.is_none() {
            return;
        }
        self.settle();
        // "two toppings": a number of a group's name is of no use.
        let counts_group = self.pieces.get(at + 1).is_some_and(|next| {
            next.gap <= Break::Space
                && next.qty.is_none()
                && !next.is(Role::Extra)
                && next
                    .found
                    .iter()
                    .any(|found| matches!(found.meaning, super::index::Meaning::Group(_)))
                && next.items().next().is_none()
                && next.choices().next().is_none()
        });
        // "三个都要": all of them, which are three.
        let all = self.pieces.get(at + 1).is_some_and(|next| {
            next.gap == Break::None
                && next.is(Role::All)
                && !self.out.is_empty()
                && qty.counted
                && !qty.weak
        });
        if all && self.out.iter().any(Element::is_head) {
            return;
        }
        let generic = self.pieces.get(at + 1).is_some_and(|next| {
            next.gap <= Break::Space && next.is(Role::Generic) && next.items().next().is_none()
        });
        if counts_group || generic && !self.thing_next(at) {
            return;
        }
        if self.lead.all || self.all_at == Some(self.out.len()) && self.all {
            // "都来两份": each of them.
            self.lead.each = true;
        }
        self.all = false;
        if self.counts_option(at, &qty) || self.counts_what_comes(at, &qty) {
            return;
        }
        // "a white one": one stands for the thing.
        let word = self
            .tokens
            .get(piece.from)
            .is_some_and(|token| token.kind == TokenKind::Word);
        let after_option = self.out.last().is_some_and(|last| last.said().is_some())
            && self
                .out
                .iter()
                .rev()
                .take_while(|element| !element.is_head())
                .any(|element| element.qty().is_some());
        if word
            && qty.amount == super::amount::Amount::ONE
            && !qty.weak
            && after_option
            && self.lead.gap <= Break::Space
            && !self.lead.and
            && !self.lead.with
            && !self.thing_next(at)
        {
            self.push(Kind::Pronoun, piece);
            return;
        }
        self.push(Kind::Qty(qty), piece);
    }

    /// "酸菜加两份": a number after a choice that can be taken several times.
    fn counts_option(&mut self, at: usize, qty: &Qty) -> bool {
        if self.lead.gap > Break::None || qty.weak || qty.measure.is_some() || self.thing_next(at) {
            return false;
        }
        let head = self.out.iter().rposition(Element::is_head);
        let counted = head.is_some_and(|head| {
            let near = |element: &Element| element.qty().is_some();
            self.out
                .get(head + 1..)
                .unwrap_or_default()
                .iter()
                .any(near)
                || head > 0 && self.out.get(head - 1).is_some_and(near)
        });
        let added = self.lead.with || self.lead.and;
        let once = self
            .out
            .last()
            .and_then(Element::said)
            .is_some_and(|said| said.count == 1);
        let most = self
            .out
            .last()
            .filter(|last| last.han && once)
            .and_then(Element::said)
            .and_then(|said| said.candidates.first())
            .map_or(1, |c| self.most(c));
        let Some(n) = qty
            .amount
            .as_whole()
            .filter(|n| *n >= 1 && most > 1 && head.is_some() && (counted || added))
        else {
            return false;
        };
        if let Some(Kind::Option(said)) = self.out.last_mut().map(|last| &mut last.kind) {
            said.count = n;
        }
        self.lead = Lead::default();
        true
    }

    /// "With one pump of vanilla": a number of an option that is had once only says nothing more.
    fn counts_what_comes(&self, at: usize, qty: &Qty) -> bool {
        let next = self
            .pieces
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .find(|piece| !piece.is(Role::Noise) || piece.choices().next().is_some());
        let near = self.lead.gap <= Break::Space;
        let Some(next) = next.filter(|next| {
            near && next.gap <= Break::Space && !qty.weak && self.lead.with && !self.thing_next(at)
        }) else {
            return false;
        };
        let once = next.choices().next().is_some()
            && next.choices().all(|(group, choice, how)| {
                self.most(&Candidate {
                    group,
                    choice,
                    negated: false,
                    much: None,
                    how,
                }) <= 1
            });
        once && self
            .out
            .last()
            .is_some_and(|last| last.is_head() || last.said().is_some())
    }

    /// Whether a thing follows at once.
    fn thing_next(&self, at: usize) -> bool {
        let rest = self.pieces.get(at + 1..).unwrap_or_default().iter();
        rest.take_while(|piece| {
            piece.gap <= Break::Space
                && piece.qty.is_none()
                && !piece.is(Role::With)
                && !piece.is(Role::And)
        })
        .any(|piece| piece.items().next().is_some())
    }

    /// What stands right before a name and is a part of it, or a shorter name of the same thing.
    fn absorb(&mut self, piece: &Piece, items: &[(u32, How)]) {
        let touches = self.lead.gap <= Break::Space && !self.lead.and && !self.lead.with;
        let Some(last) = self
            .out
            .last()
            .filter(|last| touches && last.to == piece.from)
        else {
            return;
        };
        let part = match &last.kind {
            Kind::Head(known) => known.iter().any(|(item, how)| {
                *how == How::Part && items.iter().any(|(other, _)| other == item)
            }),
            Kind::Option(_) if last.han => {
                let words = self.tokens.get(last.from..piece.to).unwrap_or_default();
                let both: String = words.iter().map(|token| token.form.as_str()).collect();
                let names = items
                    .first()
                    .and_then(|(item, _)| self.index.menu.items.get(*item as usize))
                    .map(|item| item.names.as_slice());
                names
                    .unwrap_or_default()
                    .iter()
                    .any(|name| name.contains(&both))
            }
            _ => false,
        };
        if part {
            let lead = self.out.pop().map(|last| last.lead).unwrap_or_default();
            self.lead = Lead {
                negated: self.lead.negated,
                ..lead
            };
        }
    }

    /// "Latte" is a coffee and which one.
    fn own_option(&mut self, piece: &Piece, items: &[(u32, How)]) {
        let Some((item, _)) = items.first() else {
            return;
        };
        let candidates: Vec<Candidate> = piece
            .choices()
            .filter(|(group, _, how)| {
                *how <= How::Pinyin && self.index.menu.opens(*item as usize, *group as usize)
            })
            .map(|(group, choice, how)| Candidate {
                group,
                choice,
                negated: false,
                much: None,
                how,
            })
            .collect();
        if !candidates.is_empty() {
            self.push(
                Kind::Option(Said {
                    candidates,
                    count: 1,
                    all: false,
                }),
                piece,
            );
        }
    }

    /// A name of the very thing named last says which form of it: "2 coffees, one latte".
    fn is_form_of_last(&self, piece: &Piece) -> bool {
        let Some((at, Kind::Head(items))) = self
            .out
            .iter()
            .rposition(Element::is_head)
            .and_then(|at| Some((at, &self.out.get(at)?.kind)))
        else {
            return false;
        };
        let same = piece
            .items()
            .any(|(item, _)| items.iter().any(|(known, _)| *known == item));
        let own = |group: u32| {
            self.out
                .get(at + 1)
                .and_then(Element::said)
                .is_some_and(|said| {
                    said.candidates.iter().any(|c| c.group == group)
                        && self
                            .out
                            .get(at + 1)
                            .is_some_and(|e| Some(e.from) == self.out.get(at).map(|head| head.from))
                })
        };
        same && piece.choices().any(|(group, _, _)| {
            items
                .iter()
                .any(|(item, _)| self.index.menu.opens(*item as usize, group as usize))
                && !own(group)
        })
    }

    fn head(&mut self, piece: &Piece, items: Vec<(u32, How)>, purpose: bool) {
        if purpose && self.out.last().is_none_or(|last| last.qty().is_none()) {
            // "for lunch": what for, if something else is ordered.
            let known = |element: &Element| matches!(&element.kind, Kind::Head(known) if known.iter().any(|(item, _)| items.iter().any(|(other, _)| other == item)));
            if self.out.iter().any(known) {
                self.lead.definite = true;
                self.push(Kind::Head(items), piece);
                return;
            }
            let others = self
                .pieces
                .iter()
                .filter(|other| other.from != piece.from && other.items().next().is_some())
                .count();
            if others > 0 {
                return;
            }
        }
        self.lead.negated = std::mem::take(&mut self.negated);
        self.much = None;
        self.all = false;
        self.absorb(piece, &items);
        self.push(Kind::Head(items), piece);
    }

    /// Whether a name that an item and an option share is the option here.
    fn is_option(&self, at: usize, piece: &Piece) -> bool {
        let takes = |items: &[(u32, How)]| {
            piece.choices().any(|(group, _, _)| {
                items
                    .iter()
                    .any(|(item, _)| self.index.menu.opens(*item as usize, group as usize))
            })
        };
        let next = self.pieces.get(at + 1..).and_then(|rest| {
            rest.iter()
                .take(6)
                .take_while(|next| next.gap <= Break::Space && next.qty.is_none())
                .find(|next| next.items().next().is_some())
        });
        if next.is_some_and(|next| {
            let items: Vec<(u32, How)> = next.items().collect();
            takes(&items) && self.leads_straight(at, next)
        }) {
            return true;
        }
        if self.is_answer(at, piece) {
            return true;
        }
        let head = self.out.iter().rposition(Element::is_head);
        let Some((at_head, Kind::Head(items))) =
            head.and_then(|at| Some((at, &self.out.get(at)?.kind)))
        else {
            return false;
        };
        if !takes(items) {
            return false;
        }
        if self.negated || self.much.is_some() || self.is_form_of_last(piece) {
            return true;
        }
        let since = self.out.get(at_head + 1..).unwrap_or_default();
        let counted = since.last().and_then(Element::qty);
        let with = self.lead.with || since.iter().any(|element| element.lead.with);
        if let Some(qty) = counted {
            let leads = self.lead.with
                || self.lead.and
                || since
                    .last()
                    .is_some_and(|last| last.lead.and || last.lead.with);
            return self.lead.with
                || qty.weak
                    && leads
                    && (with || since.iter().any(|element| element.said().is_some()));
        }
        let near = self.lead.gap <= Break::Comma;
        let lists = since.last().is_some_and(|last| last.said().is_some());
        near && (with || lists || !self.lead.and)
    }

    /// "主菜要糖醋里脊": the name of the group stands before the answer.
    fn is_answer(&self, at: usize, piece: &Piece) -> bool {
        let before = self
            .pieces
            .get(at.saturating_sub(3)..at)
            .unwrap_or_default();
        let groups = before
            .iter()
            .rev()
            .take_while(|piece| piece.qty.is_none())
            .flat_map(|piece| &piece.found);
        let groups: Vec<u32> = groups
            .filter_map(|found| match found.meaning {
                super::index::Meaning::Group(group) => Some(group),
                _ => None,
            })
            .collect();
        let named = |group: u32| {
            self.index
                .menu
                .groups
                .get(group as usize)
                .map(|group| group.names.as_slice())
                .unwrap_or_default()
        };
        let alike = |group: u32| {
            groups.iter().any(|known| {
                *known == group || named(*known).iter().any(|name| named(group).contains(name))
            })
        };
        let opens = |group: u32| {
            self.out.iter().any(|element| matches!(&element.kind, Kind::Head(items) if items.iter().any(|(item, _)| self.index.menu.opens(*item as usize, group as usize))))
        };
        piece
            .choices()
            .any(|(group, _, _)| alike(group) && opens(group))
    }

    /// Whether nothing but options stand between a name and the thing after it.
    fn leads_straight(&self, at: usize, next: &Piece) -> bool {
        let between = self
            .pieces
            .get(at + 1..)
            .into_iter()
            .flatten()
            .take_while(|piece| piece.from < next.from);
        between.into_iter().all(|piece| {
            piece.choices().next().is_some()
                || piece.is(Role::And)
                || piece.is(Role::Noise) && piece.to - piece.from == 1 && !piece.is(Role::With)
        })
    }

    fn has_degree(&self, piece: &Piece) -> bool {
        let graded = piece
            .graded()
            .and_then(|at| self.index.graded.get(at as usize));
        graded.is_some_and(|graded| {
            graded
                .choices
                .iter()
                .any(|(degree, _, _)| self.wishes(*degree))
        })
    }

    /// Whether the words so far ask for this much.
    fn wishes(&self, degree: Degree) -> bool {
        match self.degree() {
            Some(Degree::More) => matches!(degree, Degree::More | Degree::Added),
            Some(wish) => wish == degree,
            None if degree == Degree::Added => {
                self.lead.with
                    || self.lead.and
                    || self.lead.more
                    || self.out.last().is_some_and(|last| last.qty().is_some())
            }
            None => (self.lead.with || self.lead.all) && degree == Degree::Usual,
        }
    }

    fn degree(&self) -> Option<Degree> {
        match (self.negated, self.much, self.usual) {
            (true, _, _) => Some(Degree::None),
            (_, Some(Much::Light), _) => Some(Degree::Less),
            (_, Some(Much::Extra), _) => Some(Degree::More),
            (_, _, true) => Some(Degree::Usual),
            _ => None,
        }
    }

    fn option(&mut self, at: usize, piece: &Piece) {
        // "No" goes on through a list; in Chinese only where the list says that it goes on, and
        // not past "extra".
        let han = self
            .tokens
            .get(piece.from)
            .is_some_and(|token| token.kind == TokenKind::Han);
        let lists = self.lead.and || self.lead.gap == Break::List;
        if self.negated && !self.newly && (self.much.is_some() || !lists) {
            self.negated = false;
        }
        self.newly = false;
        let plain: Vec<Candidate> = piece
            .choices()
            .map(|(group, choice, how)| Candidate {
                group,
                choice,
                negated: false,
                much: None,
                how,
            })
            .collect();
        let mut candidates = Vec::new();
        for (degree, group, choice) in piece
            .graded()
            .and_then(|at| self.index.graded.get(at as usize))
            .map(|graded| graded.choices.as_slice())
            .unwrap_or_default()
        {
            if self.wishes(*degree) {
                candidates.push(Candidate {
                    group: *group,
                    choice: *choice,
                    negated: false,
                    much: None,
                    how: How::Exact,
                });
            }
        }
        candidates.extend(remade(self.index, &plain, self.negated, self.much));
        let count = self.count(at, &candidates);
        let mut candidates = candidates;
        let all = (self.all || self.lead.all) && !self.lead.rest;
        self.much = None;
        self.usual = false;
        if candidates.is_empty() || self.says_the_same(piece, &candidates) {
            return;
        }
        candidates.sort_by_key(|candidate| candidate.how);
        self.push(
            Kind::Option(Said {
                candidates,
                count,
                all,
            }),
            piece,
        );
    }

    /// "cheddar cheese", "jalapeno peppers": the second word is what the first one is a kind of. Of two
    /// names for one thing the surer one counts.
    fn says_the_same(&mut self, piece: &Piece, candidates: &[Candidate]) -> bool {
        let plain = self.lead
            == Lead {
                gap: self.lead.gap,
                ..Lead::default()
            }
            && self.lead.gap <= Break::Space;
        let (Some(last), Some(new)) = (self.out.last(), candidates.first()) else {
            return false;
        };
        let Some(old) = last
            .said()
            .and_then(|said| said.candidates.first())
            .filter(|_| plain && last.to == piece.from)
        else {
            return false;
        };
        if old.group != new.group {
            return false;
        }
        let choices = self
            .index
            .menu
            .groups
            .get(old.group as usize)
            .map(|group| group.choices.as_slice())
            .unwrap_or_default();
        let kind = choices.get(new.choice as usize);
        if kind.is_some_and(|kind| kind.any_of.contains(&(old.choice as usize))) {
            return true;
        }
        if new.how == How::Part && old.how < How::Part {
            return true;
        }
        if old.how == How::Part && new.how < How::Part {
            self.out.pop();
            return false;
        }
        // One thing alone before several: "jalapeno peppers" is no list of two.
        let raw = |at: usize| self.tokens.get(at).map_or("", Token::raw);
        let many = |word: &str| word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
        let single = !many(raw(last.to.saturating_sub(1)));
        let usual = choices
            .get(old.choice as usize)
            .and_then(|choice| choice.names.first());
        let listed = usual.is_some_and(|name| many(name));
        let noun = self
            .tokens
            .get(piece.from)
            .map_or("", |token| token.form.as_str());
        let kinds = choices.iter().filter(|choice| {
            choice.names.first().is_some_and(|name| {
                name.split(' ').count() > 1
                    && name
                        .split(' ')
                        .next_back()
                        .is_some_and(|word| super::text::stem(word) == noun)
            })
        });
        single
            && listed
            && piece.to - piece.from == 1
            && many(raw(piece.from))
            && kinds.count() >= 2
    }

    /// "two shots": a number before a choice that can be taken several times counts it, unless a
    /// thing follows that the number may count.
    fn count(&mut self, at: usize, candidates: &[Candidate]) -> i64 {
        let countable = candidates.iter().any(|candidate| self.most(candidate) > 1);
        let near = countable && self.lead.gap <= Break::Space;
        let Some(number) = self.out.last().and_then(Element::qty).filter(|_| near) else {
            return 1;
        };
        let ahead = self.pieces.get(at + 1..).unwrap_or_default();
        let counts_thing = ahead
            .iter()
            .take_while(|piece| {
                piece.gap <= Break::Space
                    && piece.qty.is_none()
                    && !piece.is(Role::With)
                    && !piece.is(Role::Without)
            })
            .any(|piece| piece.items().next().is_some());
        let has_head = self.out.iter().any(Element::is_head);
        let Some(n) = number
            .amount
            .as_whole()
            .filter(|n| !counts_thing && has_head && *n >= 1)
        else {
            return 1;
        };
        if let Some(counted) = self.out.pop() {
            let gap = self.lead.gap;
            self.lead = counted.lead;
            self.lead.gap = self.lead.gap.max(gap);
        }
        n
    }

    fn most(&self, candidate: &Candidate) -> i64 {
        let group = self.index.menu.groups.get(candidate.group as usize);
        group
            .and_then(|group| group.choices.get(candidate.choice as usize))
            .map_or(1, |choice| choice.max)
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
        if piece.category().is_some() {
            if self.negated && self.newly && piece.items().next().is_none() {
                // "No drinks" is said of no option.
                self.negated = false;
                return;
            }
        }
        if let Some(category) = piece
            .category()
            .filter(|category| !self.negated && !self.names_one_of(*category))
        {
            if self.out.last().is_some_and(|last| last.qty().is_some()) {
                self.push(Kind::Category(category), piece);
                return;
            }
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

    /// Whether an item of a kind is named: then the kind's own name says nothing new.
    fn names_one_of(&self, category: u32) -> bool {
        let of = |item: u32| {
            self.index
                .menu
                .items
                .get(item as usize)
                .is_some_and(|item| item.category == category as usize)
        };
        self.pieces
            .iter()
            .any(|piece| piece.items().any(|(item, _)| of(item)))
    }

    /// "One rice and one beer each": of all that was counted since the people were named.
    fn mark_all_back(&mut self) -> bool {
        if self.out.last().is_none_or(|last| last.han) {
            return false;
        }
        let mut any = false;
        for element in self.out.iter_mut().rev() {
            if element.lead.person {
                break;
            }
            if element.qty().is_some() {
                element.lead.person = true;
                any = true;
            }
        }
        // "Wonton soup for everybody": one for each.
        if let Some(last) = self.out.last_mut().filter(|last| !any && last.is_head()) {
            last.lead.person = true;
            any = true;
        }
        any
    }

    /// "one coke each": the mark comes after what it belongs to.
    fn mark_back(&mut self, mark: impl Fn(&mut Lead)) -> bool {
        if self.out.last().is_some_and(|last| last.han) {
            return false;
        }
        for element in self.out.iter_mut().rev() {
            if element.qty().is_some() {
                mark(&mut element.lead);
                return true;
            }
            if element.lead.gap >= Break::Comma {
                return false;
            }
        }
        false
    }
}

/// Candidates with "no" or "extra" said of them: what their groups allow.
fn remade(index: &Index, plain: &[Candidate], negated: bool, much: Option<Much>) -> Vec<Candidate> {
    let group = |candidate: &Candidate| index.menu.groups.get(candidate.group as usize);
    plain
        .iter()
        .filter_map(|candidate| {
            let group = group(candidate)?;
            if negated {
                let fits = group.negatable;
                return fits.then_some(Candidate {
                    negated: true,
                    much: much.filter(|_| group.quantifiable),
                    ..*candidate
                });
            }
            Some(Candidate {
                much: much.filter(|_| group.quantifiable),
                ..*candidate
            })
        })
        .collect()
}
