//! Cuts a message where its sense turns: corrections, cancellations, conditions, questions.
//!
//! Must never look at what a clause orders beyond what tells whether it orders anything.

mod conditions;
mod turns;

use super::amount::Amount;
use super::elements::elements;
use super::index::{Found, How, Index, Meaning};
use super::language::Role;
use super::pieces::Piece;
use super::reading::{Op, Reading};
use super::text::{Break, Kind, Token};

/// Words before a question word after which it asks nothing: "the last thing I need is".
const FAR: usize = 3;

/// What a message turned out to be besides an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// Something was asked.
    pub asks: bool,
}

/// Reads all of a message.
pub fn read<'a>(
    index: &'a Index,
    tokens: &'a [Token],
    pieces: &'a [Piece],
) -> (Reading<'a>, Manner) {
    let mut walk = Walk {
        index,
        tokens,
        pieces,
        reading: Reading::new(index, tokens),
        manner: Manner::default(),
        now: Vec::new(),
        op: Op::Add,
        becoming: false,
        excepted: Vec::new(),
        except_so_many: None,
        rest_is_all: false,
        asked: None,
    };
    let mut at = 0;
    while at < pieces.len() {
        at = walk.step(at).max(at + 1);
    }
    walk.flush();
    (walk.reading, walk.manner)
}

struct Walk<'a> {
    index: &'a Index,
    tokens: &'a [Token],
    pieces: &'a [Piece],
    reading: Reading<'a>,
    manner: Manner,
    now: Vec<Piece>,
    op: Op,
    /// What follows says how something shall be.
    becoming: bool,
    /// Items of which what is said of all is not said.
    excepted: Vec<u32>,
    /// Of how many of the last thing it is not said.
    except_so_many: Option<Amount>,
    /// "The rest" are all but those.
    rest_is_all: bool,
    /// The pieces of the question that was asked last.
    asked: Option<(usize, usize)>,
}

impl Walk<'_> {
    fn step(&mut self, at: usize) -> usize {
        let Some(piece) = self.pieces.get(at) else {
            return at + 1;
        };
        if at == 0 || self.parts(at) {
            if let Some(next) = self.question(at) {
                return next;
            }
            if let Some(next) = self.aside(at) {
                return next;
            }
            if let Some(next) = self.heading(at) {
                return next;
            }
        }
        if piece.gap >= Break::Strong {
            self.rest_is_all = false;
        }
        if self.rest_is_all && piece.is(Role::Rest) {
            let mut all = piece.clone();
            all.found = vec![Found::new(Meaning::Role(Role::All), How::Exact)];
            self.now.push(all);
            return at + 1;
        }
        if self.is_thing(piece) || piece.qty.is_some() && !piece.is(Role::Becomes) {
            self.now.push(piece.clone());
            return at + 1;
        }
        let turned = self
            .cancel_all(at)
            .or_else(|| self.condition(at))
            .or_else(|| self.excepted(at))
            .or_else(|| self.avoided(at))
            .or_else(|| self.swap(at))
            .or_else(|| self.instead_of(at))
            .or_else(|| self.cancelled(at))
            .or_else(|| self.enough(at))
            .or_else(|| self.wrong(at));
        if let Some(next) = turned {
            return next;
        }
        self.now.push(piece.clone());
        at + 1
    }

    /// A heading is no order.
    fn heading(&self, at: usize) -> Option<usize> {
        let end = self.breath(at, Break::Comma);
        let mut pieces = self.pieces.get(at..end).unwrap_or_default().iter();
        let next = self.pieces.get(end);
        let heads = next.is_some_and(|next| next.gap == Break::Heading);
        (heads && !pieces.any(|piece| piece.qty.is_some())).then_some(end)
    }

    fn is_thing(&self, piece: &Piece) -> bool {
        piece.items().next().is_some() || piece.choices().next().is_some() || piece.form().is_some()
    }

    fn is_han(&self, at: usize) -> bool {
        let token = self
            .pieces
            .get(at)
            .and_then(|piece| self.tokens.get(piece.from));
        token.is_some_and(|token| token.kind == Kind::Han)
    }

    fn flush(&mut self) {
        let now = std::mem::take(&mut self.now);
        let lines = self.reading.lines.iter();
        let named: Vec<u32> = lines
            .filter_map(|line| line.items.first().map(|(item, _)| *item))
            .collect();
        let found = elements(self.index, self.tokens, &now, &named);
        self.reading.people = found.people.or(self.reading.people);
        self.reading.lost.extend(found.lost);
        self.reading.heard.extend(found.heard);
        self.reading.groups.extend(found.groups);
        let elements = found.row;
        if !elements.is_empty() {
            self.reading.becomes =
                std::mem::take(&mut self.becoming) || self.op == Op::Fix && self.reading.becomes;
            self.reading.respective = found.respective;
            self.reading.excepted = std::mem::take(&mut self.excepted);
            self.reading.except_so_many = self.except_so_many.take();
            self.reading.clause(self.op, &elements);
            self.op = Op::Add;
        }
        for kind in found.unwanted {
            self.reading.not_wanted(kind);
        }
        if found.one_less {
            self.reading.less_of_last(Amount::ONE);
        }
    }

    /// Whether a breath begins at a piece; in Chinese a space is one.
    fn parts(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| {
            let space =
                piece.gap == Break::Space && at > 0 && self.is_han(at) && self.is_han(at - 1);
            piece.gap >= Break::Comma || space
        })
    }

    /// Where the words that a question or a reason takes end.
    fn phrase_end(&self, at: usize) -> usize {
        (at + 1..self.pieces.len())
            .find(|at| self.parts(*at))
            .unwrap_or(self.pieces.len())
    }

    /// Where the breath that begins at a piece ends.
    fn breath(&self, at: usize, widest: Break) -> usize {
        let rest = self.pieces.iter().enumerate().skip(at + 1);
        rest.filter(|(_, piece)| piece.gap >= widest)
            .map(|(next, _)| next)
            .next()
            .unwrap_or(self.pieces.len())
    }

    fn any(&self, from: usize, to: usize, role: Role) -> Option<usize> {
        (from..to).find(|at| self.pieces.get(*at).is_some_and(|piece| piece.is(role)))
    }

    fn has_thing(&self, from: usize, to: usize) -> bool {
        self.pieces
            .get(from..to)
            .into_iter()
            .flatten()
            .any(|piece| piece.items().next().is_some())
    }

    /// A question orders nothing.
    fn question(&mut self, at: usize) -> Option<usize> {
        let end = self.phrase_end(at);
        let asked = self.any(at, end, Role::Question)?;
        if self.any(at, end, Role::Request).is_some() {
            // "可以做热的吗" asks, "可以给我来一份吗" orders.
            let orders = self.any(at, end, Role::Wants).is_some()
                || self
                    .pieces
                    .get(at..end)
                    .unwrap_or_default()
                    .iter()
                    .any(|piece| piece.qty.is_some());
            if orders
                || !self.is_han(asked)
                || self
                    .pieces
                    .get(asked)
                    .is_some_and(|piece| piece.is(Role::Request))
            {
                return None;
            }
        }
        if !self.is_han(asked) {
            // "what" and "when" ask at the beginning only: "what I want is", "when you can".
            let before = self.pieces.get(at..asked).unwrap_or_default();
            let far = before.first().is_some_and(|first| {
                self.pieces
                    .get(asked)
                    .is_some_and(|piece| piece.from - first.from > FAR)
            });
            if far
                || before
                    .iter()
                    .any(|piece| self.is_thing(piece) || piece.qty.is_some())
            {
                return None;
            }
        }
        if self
            .any(asked, end, Role::IfNone)
            .is_some_and(|turn| turn > asked && self.is_exactly_if(turn))
        {
            return None;
        }
        self.flush();
        self.manner.asks = true;
        self.speaks_of(at, end);
        self.asked = Some((at, end));
        Some(end)
    }

    /// A reason or a habit orders nothing: "上次".
    fn aside(&mut self, at: usize) -> Option<usize> {
        let end = self.phrase_end(at);
        let aside = self.any(at, end, Role::Aside)?;
        // "What I had last time plus a vanilla shake".
        let goes_on = |at: &usize| {
            let counted = self.pieces.get(*at + 1).filter(|piece| piece.qty.is_some());
            let and = self.pieces.get(*at).filter(|piece| piece.is(Role::And));
            // "And a cola was missing" goes on with it.
            let more = self.any(*at, end, Role::Aside);
            and.is_some() && counted.is_some() && more.is_none() && !self.is_han(*at)
        };
        let end = (aside + 1..end).find(goes_on).unwrap_or(end);
        self.flush();
        self.speaks_of(at, end);
        Some(end)
    }

    /// What a question or a reason names may be ordered next: "这次来三份".
    fn speaks_of(&mut self, at: usize, end: usize) {
        let items = self
            .pieces
            .get(at..end)
            .into_iter()
            .flatten()
            .filter_map(|piece| piece.items().next());
        let items: Vec<_> = items.collect();
        self.reading.speaks_of(&items);
    }

    /// "Allergic to peanuts": no order of peanuts.
    fn avoided(&mut self, at: usize) -> Option<usize> {
        let piece = self.pieces.get(at).filter(|piece| piece.is(Role::Avoid))?;
        if self.is_han(at) && piece.to - piece.from == 1 {
            return None;
        }
        let mut next = at + 1;
        while self.pieces.get(next).is_some_and(|piece| {
            piece.gap < Break::Comma
                && piece.qty.is_none()
                && (self.is_thing(piece) || piece.is(Role::And) || piece.is_unknown())
        }) {
            let named = self.pieces.get(next).and_then(|piece| piece.items().next());
            self.reading.about.extend(named.map(|(item, _)| item));
            next += 1;
        }
        Some(next)
    }
}
