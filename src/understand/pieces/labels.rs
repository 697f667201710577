//! Numbers that are names: "no. 5", "7up" where neither is sold.
//!
//! Must never take a quantity for a name where a thing stands that it may count.

use super::super::index::{Found, How, Index, Meaning};
use super::super::language::Role;
use super::super::spans::Span;
use super::super::text::{Break, Kind, Token};
use super::{Piece, Reader};

/// Bytes between "no" and its number: a stop and a space.
const STOP: usize = 2;

impl Reader<'_> {
    /// The phrase after a name of digits that begins here, if nothing sold has it.
    pub(super) fn label(&self, at: usize) -> Option<usize> {
        let by_word = self.is(at, Role::Numbered) && self.numbered(at);
        (by_word || self.glued(at)).then_some(at + 2)
    }

    /// "No. 5"; not "no, 5 colas".
    fn numbered(&self, at: usize) -> bool {
        let token = |at: usize| self.tokens.get(self.spans.get(at)?.from);
        let (Some(word), Some(number)) = (token(at), token(at + 1)) else {
            return false;
        };
        let near = number.at.start.saturating_sub(word.at.end) <= STOP;
        let stopped = number.gap == Break::Strong && near;
        let joined =
            number.gap == Break::None || number.gap == Break::Space && !self.is(at, Role::Without);
        number.kind == Kind::Number
            && (stopped || joined)
            && self.spans.get(at + 1).is_some_and(|span| !self.named(span))
            && !self.thing_ahead(at + 2)
            && !self.is_counted(at + 2)
    }

    /// "7up", "a4": letters and digits in one, of which nothing is a word of its own.
    fn glued(&self, at: usize) -> bool {
        let (Some(first), Some(second)) = (self.spans.get(at), self.spans.get(at + 1)) else {
            return false;
        };
        let kind = |span: &Span| self.tokens.get(span.from).map(|token| token.kind);
        let touches = self
            .tokens
            .get(second.from)
            .is_some_and(|token| token.gap == Break::None);
        let word = match (kind(first), kind(second)) {
            (Some(Kind::Number), Some(Kind::Word)) => second,
            (Some(Kind::Word), Some(Kind::Number)) => {
                // "B5": nobody writes "a5" for five.
                let small = |found: &Found| {
                    let roles = [Role::Noise, Role::Article];
                    roles
                        .into_iter()
                        .any(|role| found.meaning == Meaning::Role(role))
                };
                let is_name = first.number.is_none() && first.found.iter().all(small);
                return touches && is_name && !self.named(second);
            }
            _ => return false,
        };
        if !touches || word.number.is_some() {
            return false;
        }
        let noise = |meaning: Meaning| meaning == Meaning::Role(Role::Noise);
        let counted = at.checked_sub(1).is_some_and(|before| {
            self.joined(at) && (self.is(before, Role::Article) || self.digits(before).is_some())
        });
        word.found.iter().all(|found| noise(found.meaning))
            && (counted || !self.thing_ahead(at + 2) && !self.thing_behind(at))
    }

    /// Whether a thing stands before it in the same breath, which it may count.
    fn thing_behind(&self, at: usize) -> bool {
        let before = (0..=at).rev();
        let mut breath = before
            .take_while(|at| self.joined(*at))
            .map(|at| at.saturating_sub(1));
        breath
            .by_ref()
            .take_while(|at| !self.is(*at, Role::And))
            .any(|at| self.spans.get(at).is_some_and(|span| self.named(span)))
    }
}

/// 两大一小: single characters that are sizes where each has its number before it.
pub(super) fn sizes(index: &Index, tokens: &[Token], pieces: &mut [Piece]) {
    let is_size = |pieces: &[Piece], at: usize| {
        let (Some(number), Some(size)) = (pieces.get(at), pieces.get(at + 1)) else {
            return false;
        };
        let counts = number.qty.is_some_and(|qty| !qty.weak && !qty.counted);
        let one = size.is_unknown() && size.to - size.from == 1 && size.gap == Break::None;
        let token = tokens.get(size.from);
        counts && one && token.is_some_and(|token| index.sizes(token).next().is_some())
    };
    let mut at = 0;
    while at + 3 < pieces.len() {
        let first = is_size(pieces, at);
        if !first || !is_size(pieces, at + 2) {
            at += 1;
            continue;
        }
        while is_size(pieces, at) {
            if let Some(size) = pieces.get_mut(at + 1) {
                let token = tokens.get(size.from).into_iter();
                size.found = token.flat_map(|token| index.sizes(token)).collect();
            }
            at += 2;
        }
    }
}

/// 大薯条: a single character that is a size of the thing it touches.
pub(super) fn sizes_of_things(index: &Index, tokens: &[Token], pieces: &mut [Piece]) {
    let touches = |piece: &Piece| piece.gap == Break::None;
    for at in 1..pieces.len() {
        let Some([size, thing]) = pieces.get(at - 1..=at) else {
            continue;
        };
        // "加大" makes 大 a thing that comes in degrees.
        let graded = |found: &Found| matches!(found.meaning, Meaning::Graded(_));
        let free = size.qty.is_none() && size.people.is_none() && size.found.iter().all(graded);
        let one = tokens
            .get(size.from)
            .filter(|token| free && size.to - size.from == 1 && token.kind == Kind::Han);
        let item = thing.items().next();
        let item = item.filter(|(_, how)| touches(thing) && *how <= How::Exact);
        let Some((one, (item, _))) = one.zip(item) else {
            continue;
        };
        let takes = |found: &Found| match found.meaning {
            Meaning::Choice(group, _) => index.menu.opens(item as usize, group as usize),
            _ => false,
        };
        let found: Vec<Found> = index.sizes(one).filter(takes).collect();
        if let Some(size) = pieces.get_mut(at - 1).filter(|_| !found.is_empty()) {
            size.found = found;
        }
    }
}
