//! Cuts a message where its sense turns: corrections, cancellations, conditions, questions.
//!
//! Must never look at what a clause orders beyond what tells whether it orders anything.

use super::elements::elements;
use super::index::Index;
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
        reading: Reading::new(index),
        manner: Manner::default(),
        now: Vec::new(),
        op: Op::Add,
        becoming: false,
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
            // A heading is no order.
            let end = self.breath(at, Break::Comma);
            let counts = self
                .pieces
                .get(at..end)
                .unwrap_or_default()
                .iter()
                .any(|piece| piece.qty.is_some());
            if self
                .pieces
                .get(end)
                .is_some_and(|next| next.gap == Break::Heading)
                && !counts
            {
                return end;
            }
        }
        if self.is_thing(piece) || piece.qty.is_some() && !piece.is(Role::Becomes) {
            self.now.push(piece.clone());
            return at + 1;
        }
        let turned = self
            .cancel_all(at)
            .or_else(|| self.condition(at))
            .or_else(|| self.avoided(at))
            .or_else(|| self.swap(at))
            .or_else(|| self.instead_of(at))
            .or_else(|| self.cancelled(at))
            .or_else(|| self.wrong(at));
        if let Some(next) = turned {
            return next;
        }
        self.now.push(piece.clone());
        at + 1
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
        let (elements, people) = elements(self.index, self.tokens, &now);
        self.reading.people = people.or(self.reading.people);
        if !elements.is_empty() {
            self.reading.becomes =
                std::mem::take(&mut self.becoming) || self.op == Op::Fix && self.reading.becomes;
            self.reading.clause(self.op, &elements);
            self.op = Op::Add;
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
        self.any(at, end, Role::Aside)?;
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
        self.reading
            .about
            .extend(items.iter().map(|(item, _)| *item));
        self.reading.spoken = items.last().copied().or(self.reading.spoken);
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
            next += 1;
        }
        Some(next)
    }

    /// Whether a phrase says "if there is none", and not just "none".
    fn is_exactly_if(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| {
            piece.is(Role::IfNone) && !piece.is(Role::Without) && !piece.is(Role::Noise)
        })
    }

    fn condition(&mut self, at: usize) -> Option<usize> {
        if self
            .pieces
            .get(at)
            .is_some_and(|piece| piece.is(Role::IfGone))
        {
            return Some(self.if_none_before(at));
        }
        let piece = self.pieces.get(at).filter(|piece| piece.is(Role::IfNone))?;
        let end = self.breath(at, Break::Comma);
        let then = self.any(at + 1, end, Role::Then);
        if !self.is_exactly_if(at) && then.is_none() {
            return None;
        }
        let _ = piece;
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
    fn goes_on(&self, to: usize, at: usize) -> bool {
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
    fn if_none_after(&mut self, at: usize, to: usize, after: usize) -> usize {
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
        self.breath(from.max(at), Break::Comma)
    }

    /// "X; if there is none, Y".
    fn if_none_before(&mut self, at: usize) -> usize {
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
        if asked.is_none() {
            if let Some(next) = self.or_else(at) {
                return next;
            }
        }
        let known = self.is_on_menu(&named);
        if !known {
            if asked.is_none() {
                let keep = self.now.len() - self.last_breath().len();
                self.now.truncate(keep);
            }
            return at + 1;
        }
        if asked.is_some() {
            let wanted = named.into_iter().filter(|piece| !piece.is(Role::Question));
            self.now.extend(wanted);
        }
        let end = self.breath(at, Break::Comma);
        if self.has_thing(at + 1, end) {
            end
        } else {
            self.breath(end.min(self.pieces.len()), Break::Comma)
        }
    }

    /// "X, or Y if there is none", "X, or Y if X is sold out".
    fn or_else(&mut self, at: usize) -> Option<usize> {
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
        self.now.truncate(keep);
        if !known {
            self.now = other
                .get(..named.unwrap_or(other.len()))
                .unwrap_or_default()
                .to_vec();
        }
        Some(at + 1)
    }

    /// What was said since the last comma, or before it if nothing was.
    fn last_breath(&self) -> Vec<Piece> {
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
    fn is_on_menu(&self, named: &[Piece]) -> bool {
        let thing = named
            .iter()
            .any(|piece| piece.items().any(|(_, how)| how < super::index::How::Part));
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

    /// "Swap the coke for a sprite", "把可乐换成雪碧".
    fn swap(&mut self, at: usize) -> Option<usize> {
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
        if !self.has_thing(turn, end) {
            return None;
        }
        self.flush();
        self.now = self.pieces.get(at + 1..turn).unwrap_or_default().to_vec();
        self.op = Op::Replaced;
        self.flush();
        Some(if counted { turn } else { turn + 1 })
    }

    /// "X instead of Y": Y is out.
    fn instead_of(&mut self, at: usize) -> Option<usize> {
        self.pieces
            .get(at)
            .filter(|piece| piece.is(Role::InsteadOf))?;
        self.flush();
        let end = self.breath(at, Break::Comma);
        let things = (at + 1..end).filter(|at| {
            self.pieces
                .get(*at)
                .is_some_and(|piece| self.is_thing(piece))
        });
        let last = things.last().map_or(end, |last| last + 1);
        self.now = self.pieces.get(at + 1..last).unwrap_or_default().to_vec();
        self.op = Op::Replaced;
        self.flush();
        Some(last)
    }

    fn cancel_all(&mut self, at: usize) -> Option<usize> {
        self.pieces
            .get(at)
            .filter(|piece| piece.is(Role::CancelAll))?;
        self.flush();
        self.reading.clause(Op::CancelLast(true), &[]);
        Some(at + 1)
    }

    fn cancelled(&mut self, at: usize) -> Option<usize> {
        let piece = self.pieces.get(at)?;
        let said =
            !self.reading.lines.is_empty() || self.now.iter().any(|piece| self.is_thing(piece));
        if piece.is(Role::Cancel) {
            let end = self.breath(at, Break::Comma);
            let next = (at + 1..end).find(|at| {
                self.pieces
                    .get(*at)
                    .is_some_and(|piece| self.is_thing(piece) || piece.qty.is_some())
            });
            if let Some(thing) = next.filter(|next| self.has_item(*next, end)) {
                let to = self.cancel_end(thing, end);
                self.flush();
                self.now = self.pieces.get(thing..to).unwrap_or_default().to_vec();
                self.op = Op::Cancel;
                self.flush();
                return Some(to);
            }
        }
        if !piece.is(Role::CancelAfter) || !said {
            return None;
        }
        let next_thing = self.pieces.get(at + 1).is_some_and(|next| {
            next.gap < Break::Comma
                && (self.is_thing(next) || piece.is(Role::Without) && next.is(Role::With))
        });
        if next_thing || self.turns(at) && piece.is(Role::Wrong) {
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
        } else {
            self.flush();
            self.reading.clause(Op::CancelLast(everything), &[]);
        }
        Some(at + 1)
    }

    fn has_item(&self, from: usize, to: usize) -> bool {
        self.pieces
            .get(from..to)
            .into_iter()
            .flatten()
            .take_while(|piece| !piece.is(Role::With))
            .any(|piece| piece.items().next().is_some())
    }

    /// What is cancelled ends where something else is wanted.
    fn cancel_end(&self, from: usize, end: usize) -> usize {
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

    fn now_since_comma(&self) -> Vec<Piece> {
        let from = self
            .now
            .iter()
            .rposition(|piece| piece.gap >= Break::Comma)
            .unwrap_or(0);
        self.now.get(from..).unwrap_or_default().to_vec()
    }

    /// Whether something that can be ordered follows in the sentence.
    fn turns(&self, at: usize) -> bool {
        self.pieces
            .get(at + 1..)
            .into_iter()
            .flatten()
            .any(|piece| self.is_thing(piece) || piece.qty.is_some())
    }

    /// "No wait", "make that".
    fn wrong(&mut self, at: usize) -> Option<usize> {
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
        if piece.is(Role::Becomes) && self.turns(at) {
            self.becoming = true;
        }
        if !(piece.is(Role::Wrong) || piece.is(Role::Becomes)) || !said || !self.turns(at) {
            return None;
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
        let with_more = self
            .pieces
            .get(at + 1)
            .is_some_and(|next| next.is(Role::More) && !self.is_thing(next));
        self.flush();
        if !with_more {
            self.op = Op::Fix;
        }
        Some(at + 1)
    }
}
