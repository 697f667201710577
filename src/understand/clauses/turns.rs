//! Where a message turns: an exchange, a cancellation, a correction.

use super::super::amount::Amount;
use super::super::elements::{Unwanted, kind_by_one};
use super::super::language::Role;
use super::super::pieces::{Piece, Qty};
use super::super::reading::Op;
use super::super::text::{Break, Kind};
use super::Walk;

impl Walk<'_> {
    /// "Swap the coke for a sprite", "把可乐换成雪碧".
    pub(super) fn swap(&mut self, at: usize) -> Option<usize> {
        self.pieces.get(at).filter(|piece| piece.is(Role::Swap))?;
        let end = self.breath(at, Break::Strong);
        let by_word = self
            .any(at + 1, end, Role::SwapFor)
            .filter(|turn| self.has_thing(at, *turn));
        // "make the cola a plum juice"
        let by_count = || {
            let said = self
                .pieces
                .get(at)
                .is_some_and(|piece| piece.is(Role::Becomes));
            (at + 2..end).find(|turn| {
                said && self.has_thing(at, *turn)
                    && self
                        .pieces
                        .get(*turn)
                        .is_some_and(|piece| piece.qty.is_some())
            })
        };
        let counted = by_word.is_none();
        let turn = by_word.or_else(by_count)?;
        // "把辣子鸡改成小份，米饭四碗": what comes after the comma is no part of it.
        let breath = self.breath(turn, Break::Comma);
        let is_option = |piece: &Piece| piece.choices().next().is_some();
        let new = self.pieces.get(turn + 1..breath).unwrap_or_default();
        if !self.has_thing(turn, breath) && new.iter().any(is_option) {
            return None;
        }
        if !self.has_thing(turn, end) {
            return self.swap_amount(at, turn, end);
        }
        self.flush();
        self.now = self.pieces.get(at + 1..turn).unwrap_or_default().to_vec();
        self.op = Op::Replaced;
        self.flush();
        Some(if counted { turn } else { turn + 1 })
    }

    /// "Swap the 2 kg rice for a 10 kg bag": so much of the same thing.
    fn swap_amount(&mut self, at: usize, turn: usize, end: usize) -> Option<usize> {
        let counts = |piece: &&Piece| piece.qty.is_some();
        let new = self.pieces.get(turn + 1..end)?;
        new.iter().find(counts)?;
        let old = self.pieces.get(at + 1..turn)?.iter();
        let now = old.filter(|piece| piece.qty.is_none()).chain(new);
        let now = now.cloned().collect();
        self.flush();
        self.now = now;
        self.op = Op::Fix;
        self.becoming = true;
        self.flush();
        Some(end)
    }

    /// "X instead of Y": Y is out.
    pub(super) fn instead_of(&mut self, at: usize) -> Option<usize> {
        self.pieces
            .get(at)
            .filter(|piece| piece.is(Role::InsteadOf))?;
        self.flush();
        let end = self.breath(at, Break::Comma);
        let end = match self.now.iter().any(|piece| self.is_thing(piece)) {
            true => self.next_thing(at, end).unwrap_or(end),
            false => self.request(at, end).unwrap_or(end),
        };
        let mut things = (at + 1..end).filter(|at| {
            self.pieces
                .get(*at)
                .is_some_and(|piece| self.is_thing(piece))
        });
        let last = things.next_back().map_or(end, |last| last + 1);
        self.now = self.pieces.get(at + 1..last).unwrap_or_default().to_vec();
        self.op = Op::Replaced;
        self.flush();
        Some(last)
    }

    /// "Instead of the beer give me three colas": where that begins which is wanted.
    fn request(&self, at: usize, end: usize) -> Option<usize> {
        let is_thing = |at: &usize| self.pieces.get(*at).is_some_and(|is| self.is_thing(is));
        let first = (at + 1..end).find(is_thing)?;
        let begins = |at: &usize| {
            let piece = self.pieces.get(*at);
            piece.is_some_and(|piece| piece.is(Role::Request) || piece.qty.is_some())
        };
        (first + 1..end).find(begins)
    }

    /// "With ham instead of mayo and a coke": where the next thing begins, after an option or before
    /// another "instead of".
    fn next_thing(&self, at: usize, end: usize) -> Option<usize> {
        let turns_again = self.any(at + 1, end, Role::InsteadOf).is_some();
        let begins = |next: &usize| {
            let and = self.pieces.get(*next).filter(|piece| piece.is(Role::And));
            let counted = self.pieces.get(*next + 1).filter(|_| and.is_some());
            counted.is_some_and(|piece| piece.qty.is_some())
                && (turns_again || !self.has_thing(at + 1, *next) && self.has_thing(*next, end))
        };
        (at + 2..end).find(begins)
    }

    pub(super) fn cancel_all(&mut self, at: usize) -> Option<usize> {
        self.pieces
            .get(at)
            .filter(|piece| piece.is(Role::CancelAll))?;
        self.flush();
        self.reading.clause(Op::CancelLast(true), &[]);
        Some(at + 1)
    }

    pub(super) fn cancelled(&mut self, at: usize) -> Option<usize> {
        let piece = self.pieces.get(at)?;
        let said =
            !self.reading.lines.is_empty() || self.now.iter().any(|piece| self.is_thing(piece));
        if let Some(next) = self.kind_cancelled(at) {
            return Some(next);
        }
        if piece.is(Role::Cancel)
            && let Some(next) = self.cancelled_ahead(at)
        {
            return Some(next);
        }
        if !piece.is(Role::CancelAfter) || !said {
            return None;
        }
        let next_thing = self.pieces.get(at + 1).is_some_and(|next| {
            next.gap < Break::Comma
                && (self.is_thing(next) || piece.is(Role::Without) && next.is(Role::With))
        });
        let plain = piece.is(Role::Without) && self.is_of_several();
        if plain || next_thing || self.turns(at) && piece.is(Role::Wrong) {
            return None;
        }
        let everything = self
            .now
            .iter()
            .rev()
            .take(3)
            .any(|piece| piece.is(Role::Everything) && !self.is_thing(piece));
        let breath = self.now_since_comma();
        let thing = breath
            .iter()
            .any(|piece| self.is_thing(piece) && piece.gap < Break::Asked);
        if thing && !everything {
            let keep = self.now.len() - breath.len();
            self.now.truncate(keep);
            self.flush();
            self.now = breath;
            self.op = Op::Cancel;
            self.flush();
        } else if let Some(less) = so_many(&breath).filter(|_| !everything) {
            let keep = self.now.len() - breath.len();
            self.now.truncate(keep);
            self.flush();
            self.reading.less_of_last(less);
        } else {
            self.flush();
            self.reading.clause(Op::CancelLast(everything), &[]);
        }
        Some(at + 1)
    }

    /// "一个加热一个不用": the number of another part of what was counted stands last.
    fn is_of_several(&self) -> bool {
        let mut back = self.now.iter().rev();
        let counts = |piece: &Piece| piece.qty.is_some_and(|qty| qty.counted);
        if !back.next().is_some_and(counts) {
            return false;
        }
        let mut part = back.by_ref().take_while(|piece| !counts(piece));
        let mut options = 0;
        let named = part.any(|piece| {
            options += usize::from(piece.choices().next().is_some());
            piece.items().next().is_some()
        });
        !named && options > 0 && self.now.iter().filter(|piece| counts(piece)).count() > 1
    }

    /// "Cancel the two soups": what is named after it.
    fn cancelled_ahead(&mut self, at: usize) -> Option<usize> {
        let end = self.breath(at, Break::Comma);
        let is_named = |piece: &Piece| self.is_thing(piece) || piece.qty.is_some();
        let thing = (at + 1..end).find(|at| self.pieces.get(*at).is_some_and(is_named))?;
        if !self.has_item(thing, end) {
            return None;
        }
        let to = self.cancel_end(thing, end);
        self.flush();
        self.now = self.pieces.get(thing..to).unwrap_or_default().to_vec();
        self.op = Op::Cancel;
        self.flush();
        Some(to)
    }

    /// "Cancel the soup", "汤不要了": a kind of things of which none is named.
    fn kind_cancelled(&mut self, at: usize) -> Option<usize> {
        let turns = |piece: &&Piece| piece.is(Role::Cancel) || piece.is(Role::CancelAfter);
        let piece = self.pieces.get(at).filter(turns)?;
        let end = self.breath(at, Break::Comma);
        let is_kind = |piece: &Piece| self.kind(piece).is_some();
        let after = self.pieces.get(at + 1..end).unwrap_or_default();
        let before = match piece.is(Role::CancelAfter) {
            true => self.now_since_comma(),
            false => Vec::new(),
        };
        let (said, next) = if piece.is(Role::Cancel) && after.iter().any(is_kind) {
            let kind = after.iter().position(is_kind)?;
            (after.get(..=kind)?.to_vec(), at + kind + 2)
        } else if piece.is(Role::CancelAfter) && before.iter().any(is_kind) {
            (before, at + 1)
        } else {
            return None;
        };
        let kind = said.iter().find(|piece| is_kind(piece))?;
        if said.iter().any(|piece| self.is_thing(piece)) {
            return None;
        }
        let mut counts = said.iter().filter_map(|piece| piece.qty);
        let count = counts.find(|qty| !qty.weak).map(|qty| qty.amount);
        let unwanted = Unwanted {
            category: self.kind(kind)?,
            count: if is_one(&said) {
                Some(Amount::ONE)
            } else {
                count
            },
            from: kind.from,
            to: kind.to,
        };
        if next == at + 1 {
            let keep = self.now.len() - said.len();
            self.now.truncate(keep);
        }
        self.flush();
        self.reading.not_wanted(unwanted);
        Some(next)
    }

    /// The kind of things that a piece names, by one character of its name too.
    fn kind(&self, piece: &Piece) -> Option<u32> {
        if self.is_thing(piece) {
            return None;
        }
        let one = self.tokens.get(piece.from).filter(|token| {
            piece.is_unknown() && piece.to - piece.from == 1 && token.kind == Kind::Han
        });
        piece
            .category()
            .or_else(|| one.and_then(|one| kind_by_one(self.index, one)))
    }

    pub(super) fn has_item(&self, from: usize, to: usize) -> bool {
        self.pieces
            .get(from..to)
            .into_iter()
            .flatten()
            .take_while(|piece| !piece.is(Role::With))
            .any(|piece| piece.items().next().is_some())
    }

    /// What is cancelled ends where something else is wanted.
    pub(super) fn cancel_end(&self, from: usize, end: usize) -> usize {
        (from + 1..end)
            .find(|at| {
                self.pieces.get(*at).is_some_and(|piece| {
                    !self.is_thing(piece)
                        && (piece.is(Role::With)
                            || piece.is(Role::More)
                            || piece.is(Role::Becomes)
                            || piece.is(Role::Only))
                        && self.has_thing(*at, end)
                })
            })
            .unwrap_or(end)
    }

    pub(super) fn now_since_comma(&self) -> Vec<Piece> {
        let from = self
            .now
            .iter()
            .rposition(|piece| piece.gap >= Break::Comma)
            .unwrap_or(0);
        self.now.get(from..).unwrap_or_default().to_vec()
    }

    /// Whether something that can be ordered follows in the sentence.
    pub(super) fn turns(&self, at: usize) -> bool {
        self.pieces
            .get(at + 1..)
            .into_iter()
            .flatten()
            .any(|piece| self.is_thing(piece) || piece.qty.is_some())
    }

    /// "可乐换成雪碧", where no cola was ordered in this message: it is an exchange of what is there.
    fn becomes_another(&mut self, at: usize) -> Option<usize> {
        let turns = |piece: &&Piece| piece.is(Role::Becomes) && piece.gap == Break::None;
        self.pieces
            .get(at)
            .filter(turns)
            .filter(|_| self.is_han(at))?;
        let end = self.breath(at, Break::Comma);
        let breath = self.now_since_comma();
        let mut items = breath.iter().filter_map(|piece| piece.items().next());
        let (item, _) = items.next()?;
        let counted = breath.iter().any(|piece| piece.qty.is_some());
        let mut lines = self.reading.lines.iter();
        let known = lines.any(|line| line.items.first().is_some_and(|(known, _)| *known == item));
        let keep = self.now.len() - breath.len();
        let earlier = self.now.get(..keep).unwrap_or_default().iter();
        let known = known
            || earlier
                .flat_map(Piece::items)
                .any(|(other, _)| other == item);
        if counted || known || items.next().is_some() || !self.has_thing(at + 1, end) {
            return None;
        }
        self.now.truncate(keep);
        self.flush();
        self.now = breath;
        self.op = Op::Replaced;
        self.flush();
        Some(at + 1)
    }

    /// "Two boxes, no, three": a breath of its own before a number.
    fn is_no(&self, at: usize) -> bool {
        let apart = |piece: &&Piece| piece.gap == Break::Comma;
        let no = self.pieces.get(at).filter(apart);
        // "No three": neither "no. 3" nor "not four".
        let is_no = no.is_some_and(|piece| piece.is(Role::Numbered));
        let in_letters = |piece: &&Piece| {
            let token = self.tokens.get(piece.from);
            piece.gap <= Break::Space && token.is_some_and(|token| token.kind == Kind::Word)
        };
        let next = self.pieces.get(at + 1);
        let next = next.filter(|next| apart(next) || is_no && in_letters(next));
        let is_number = |piece: &Piece| piece.qty.is_some_and(|qty| !qty.weak);
        no.is_some_and(|piece| piece.is(Role::Without)) && next.is_some_and(is_number)
    }

    /// "其中一杯换燕麦奶": so many of them are to be so, and the rest stays.
    fn one_becomes(&self, at: usize) -> bool {
        let (Some(piece), Some(next)) = (self.pieces.get(at), self.pieces.get(at + 1)) else {
            return false;
        };
        let counts =
            |piece: &Piece| piece.qty.is_some_and(|qty| qty.counted) || piece.is(Role::Counter);
        piece.is(Role::Becomes)
            && self.is_han(at)
            && piece.gap.max(next.gap) == Break::None
            && self.now.last().is_some_and(counts)
            && next.choices().next().is_some()
            && next.items().next().is_none()
    }

    /// "No wait", "make that".
    /// "Two boxes of milk … one is enough": what was counted before is so many.
    pub(super) fn enough(&mut self, at: usize) -> Option<usize> {
        self.pieces.get(at).filter(|piece| piece.is(Role::Enough))?;
        let item = |piece: &Piece| piece.items().next().is_some();
        let from = self.now.iter().rposition(item).map_or(0, |last| last + 1);
        let breath = |piece: &Piece| piece.gap >= Break::Comma;
        let from = self.now.iter().rposition(breath).unwrap_or(0).max(from);
        let (ahead, rest) = self.now.split_at(from);
        let counted = match ahead.is_empty() {
            true => !self.reading.lines.is_empty(),
            false => ahead.iter().any(|piece| piece.qty.is_some()),
        };
        let mut counts = rest.iter().filter_map(|piece| piece.qty);
        let one = counts.next().filter(|_| counts.next().is_none())?;
        if !counted || one.more || rest.iter().any(|piece| self.is_thing(piece)) {
            return None;
        }
        let mut rest = self.now.split_off(from);
        rest.retain(|piece| piece.qty.is_some());
        self.flush();
        self.now = rest;
        self.op = Op::Fix;
        self.flush();
        Some(at + 1)
    }

    pub(super) fn wrong(&mut self, at: usize) -> Option<usize> {
        let piece = self.pieces.get(at)?;
        let instead = piece.is(Role::Instead) && self.now.iter().any(|piece| self.is_thing(piece));
        if instead {
            self.op = Op::Fix;
            return Some(at + 1);
        }
        let said = !self.reading.lines.is_empty()
            || self
                .now
                .iter()
                .any(|piece| self.is_thing(piece) || piece.qty.is_some());
        if self.one_becomes(at) {
            return None;
        }
        if piece.is(Role::Becomes) && self.turns(at) {
            self.becoming = true;
        }
        let wrong = piece.is(Role::Wrong) || piece.is(Role::Becomes) || self.is_no(at);
        if !wrong || !said || !self.turns(at) {
            return None;
        }
        if let Some(next) = self.becomes_another(at) {
            return Some(next);
        }
        // "是麻婆豆腐不是皮蛋豆腐": not that one.
        let not_that = piece.gap == Break::None
            && piece.is(Role::Without)
            && self
                .pieces
                .get(at + 1)
                .is_some_and(|next| next.gap == Break::None && next.items().next().is_some());
        if not_that {
            return None;
        }
        // "Actually one more cola" adds to what there is.
        let more = |piece: &Piece| piece.is(Role::More) && !self.is_thing(piece);
        let next = self.pieces.get(at + 1);
        let goes_on = |piece: &&Piece| piece.gap <= Break::Space;
        let after = self.pieces.get(at + 2).filter(goes_on);
        let counts_more = |qty: Qty| qty.more || after.is_some_and(more);
        let with_more = next.is_some_and(more) || next.and_then(|n| n.qty).is_some_and(counts_more);
        self.flush();
        if !with_more {
            self.op = Op::Fix;
        }
        Some(at + 1)
    }
}

/// How many of several are meant: "the second", 「一碗」.
fn so_many(said: &[Piece]) -> Option<Amount> {
    let mut counts = said.iter().filter_map(|piece| piece.qty);
    let counted = counts.find(|qty| !qty.weak).map(|qty| qty.amount);
    is_one(said).then_some(Amount::ONE).or(counted)
}

/// Whether one of several is meant: "the second".
fn is_one(said: &[Piece]) -> bool {
    let mut said = said.iter();
    said.any(|piece| piece.is(Role::Ordinal) || piece.is(Role::Other))
}
