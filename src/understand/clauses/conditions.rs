//! Conditions: "if you have no X, then Y". X is ordered where it is on the menu, Y where it is not.

use super::super::index::How;
use super::super::language::Role;
use super::super::pieces::Piece;
use super::super::text::Break;
use super::Walk;

impl Walk<'_> {
    /// "All mild except the tofu": what is excepted is ordered, and what is said of all not of it.
    pub(super) fn excepted(&mut self, at: usize) -> Option<usize> {
        let excepts = |piece: &&Piece| piece.is(Role::Except) && !piece.is(Role::With);
        self.pieces.get(at).filter(excepts)?;
        let end = self.breath(at, Break::Strong);
        let quiet = |piece: &Piece| {
            !self.is_thing(piece) && (piece.is(Role::Noise) || piece.is(Role::Definite))
        };
        let mut excepted: Vec<u32> = Vec::new();
        let mut next = at + 1;
        while let Some(piece) = self.pieces.get(next).filter(|_| next < end) {
            let named = piece.items().next().map(|(item, _)| item);
            let goes_on = piece.is(Role::And) || quiet(piece);
            let ends = next > at + 1 && piece.gap >= Break::Comma || piece.is(Role::All);
            match named {
                Some(_) if !ends => excepted.extend(piece.items().map(|(item, _)| item)),
                None if goes_on && !ends => {}
                _ => break,
            }
            next += 1;
        }
        let rest = self.any(next, end, Role::Rest).is_some();
        let starts = |piece: &Piece| piece.gap >= Break::Strong;
        let from = self.now.iter().rposition(starts).unwrap_or(0);
        let mut before = self.now.iter().skip(from);
        let all =
            before.any(|piece| piece.is(Role::All)) || self.any(next, end, Role::All).is_some();
        if !(all || rest) {
            return None;
        }
        if excepted.is_empty() {
            return self.excepted_count(at, rest);
        }
        self.excepted.extend(excepted);
        self.rest_is_all = rest;
        Some(next)
    }

    /// "All without ice except one".
    fn excepted_count(&mut self, at: usize, rest: bool) -> Option<usize> {
        let qty = self.pieces.get(at + 1)?.qty.filter(|qty| !qty.weak)?;
        let next = self.pieces.get(at + 2);
        if next.is_some_and(|next| next.gap <= Break::Space && self.is_thing(next)) {
            return None;
        }
        self.except_so_many = Some(qty.amount);
        self.rest_is_all = rest;
        Some(at + 2)
    }

    /// Whether a phrase says "if there is none", and not just "none".
    pub(super) fn is_exactly_if(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| {
            piece.is(Role::IfNone) && !piece.is(Role::Without) && !piece.is(Role::Noise)
        })
    }

    pub(super) fn condition(&mut self, at: usize) -> Option<usize> {
        if self
            .pieces
            .get(at)
            .is_some_and(|piece| piece.is(Role::IfGone))
        {
            return Some(self.if_none_before(at));
        }
        self.pieces.get(at).filter(|piece| piece.is(Role::IfNone))?;
        let end = self.breath(at, Break::Comma);
        let then = self.any(at + 1, end, Role::Then);
        if !self.is_exactly_if(at) && then.is_none() {
            return None;
        }
        let to = then.unwrap_or(end);
        let names_after = (at + 1..to).any(|at| {
            self.pieces.get(at).is_some_and(|piece| {
                self.is_thing(piece) || piece.is_unknown() && !piece.is(Role::Noise)
            })
        });
        let after = then.map_or(end, |then| then + 1);
        let said_after =
            names_after && (then.is_some() || !self.is_han(at)) && self.goes_on(to, at);
        if said_after {
            return Some(self.if_none_after(at, to, after));
        }
        Some(self.if_none_before(at))
    }

    /// Whether something to have instead follows a condition.
    pub(super) fn goes_on(&self, to: usize, at: usize) -> bool {
        let end = self.breath(at, Break::Strong);
        self.has_thing(to, end)
            || self
                .pieces
                .get(to..end)
                .into_iter()
                .flatten()
                .any(|piece| piece.is_unknown())
    }

    /// "If you don't have X, then Y": X if it is on the menu, else Y.
    pub(super) fn if_none_after(&mut self, at: usize, to: usize, after: usize) -> usize {
        let named = self.pieces.get(at + 1..to).unwrap_or_default().to_vec();
        let known = self.is_on_menu(&named);
        if !known {
            return after;
        }
        let ordered = |piece: &Piece| {
            let first = piece.items().next().map(|(item, _)| item);
            let line = self
                .reading
                .lines
                .iter()
                .any(|line| line.items.first().map(|(item, _)| *item) == first);
            line || self
                .now
                .iter()
                .any(|other| other.items().next().map(|(item, _)| item) == first)
        };
        let already = named
            .iter()
            .filter(|piece| piece.items().next().is_some())
            .all(ordered);
        if !already {
            self.now.extend(named);
        }
        // What would come in its place is not wanted.
        let gap = self
            .pieces
            .get(after)
            .map_or(Break::Strong, |piece| piece.gap);
        let from = if gap >= Break::Comma {
            after
        } else {
            after.saturating_sub(1)
        };
        let end = self.breath(from.max(at), Break::Comma);
        self.not_needed(after, end)
    }

    /// "X; if there is none, Y".
    pub(super) fn if_none_before(&mut self, at: usize) -> usize {
        let asked = self.asked.take().filter(|(_, end)| {
            *end == at
                || self
                    .pieces
                    .get(*end..at)
                    .is_some_and(|between| between.iter().all(|piece| piece.is(Role::Noise)))
        });
        let named: Vec<Piece> = match asked {
            Some((from, to)) => self.pieces.get(from..to).unwrap_or_default().to_vec(),
            None => self.last_breath(),
        };
        if asked.is_none()
            && let Some(next) = self.or_else(at)
        {
            return next;
        }
        let known = self.is_on_menu(&named);
        if !known {
            if asked.is_none() {
                let keep = self.now.len() - self.last_breath().len();
                // What stands beside strange words is of them.
                let gone = self.now.split_off(keep);
                let means = |piece: &&Piece| self.is_thing(piece) || piece.graded().is_some();
                let things = gone.iter().filter(means);
                let things: Vec<(usize, usize)> =
                    things.map(|piece| (piece.from, piece.to)).collect();
                self.reading.lost.extend(things);
            }
            return at + 1;
        }
        if asked.is_some() {
            let wanted = named.into_iter().filter(|piece| !piece.is(Role::Question));
            self.now.extend(wanted);
        }
        let mut end = self.breath(at, Break::Comma);
        if !self.has_thing(at + 1, end) {
            end = self.breath(end.min(self.pieces.len()), Break::Comma);
        }
        self.not_needed(at + 1, end)
    }

    /// What would have come in the place of something is spoken of and not ordered.
    fn not_needed(&mut self, from: usize, to: usize) -> usize {
        let pieces = self.pieces.get(from..to).unwrap_or_default().iter();
        let items = pieces.filter_map(|piece| piece.items().next());
        self.reading.about.extend(items.map(|(item, _)| item));
        to
    }

    /// "X, or Y if there is none", "X, or Y if X is sold out".
    pub(super) fn or_else(&mut self, at: usize) -> Option<usize> {
        let or = self.now.iter().rposition(|piece| piece.is(Role::Or))?;
        let (first, second) = self.now.split_at_checked(or)?;
        let from = first
            .iter()
            .rposition(|piece| piece.gap >= Break::Strong)
            .unwrap_or(0);
        let known = self.is_on_menu(first.get(from..)?);
        let named = second.iter().position(|piece| piece.is(Role::If));
        let keep = if known {
            or
        } else {
            named.map_or(self.now.len(), |named| or + named)
        };
        let other = second.to_vec();
        let dropped = self.now.split_off(keep);
        let items = dropped.iter().filter_map(|piece| piece.items().next());
        self.reading.about.extend(items.map(|(item, _)| item));
        if !known {
            self.now = other
                .get(..named.unwrap_or(other.len()))
                .unwrap_or_default()
                .to_vec();
        }
        Some(at + 1)
    }

    /// What was said since the last comma, or before it if nothing was.
    pub(super) fn last_breath(&self) -> Vec<Piece> {
        let starts = |at: &usize| {
            self.now
                .get(*at)
                .is_some_and(|piece| piece.gap >= Break::Comma || piece.is(Role::And))
        };
        let thing = |from: &usize| {
            self.now
                .get(*from..)
                .unwrap_or_default()
                .iter()
                .any(|piece| self.is_thing(piece) || piece.is_unknown())
        };
        let from = (0..self.now.len())
            .rev()
            .filter(starts)
            .find(thing)
            .unwrap_or(0);
        self.now.get(from..).unwrap_or_default().to_vec()
    }

    /// Whether what is named is sold as named: a name with a strange word beside it is another thing.
    pub(super) fn is_on_menu(&self, named: &[Piece]) -> bool {
        let thing = named
            .iter()
            .any(|piece| piece.items().any(|(_, how)| how < How::Part));
        let pairs = named
            .iter()
            .zip(named.iter().skip(1))
            .filter(|(_, second)| second.gap <= Break::Space);
        let item = |piece: &Piece| piece.items().next().is_some();
        let strange = pairs
            .into_iter()
            .any(|(a, b)| a.is_unknown() && item(b) || item(a) && b.is_unknown());
        thing && !strange
    }
}
