//! Phrases put together into what a sentence is made of: quantities, things, words with a part.
//!
//! Numbers meet their measures here: "half a dozen", "one and a half kilos", "2x". Must never guess
//! which thing a quantity is of.

mod labels;
mod numbers;

use super::amount::Amount;
use super::index::{Found, How, Index, Meaning};
use super::language::{Dimension, Role};
use super::spans::Span;
use super::text::{Break, Token};

/// A quantity as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Qty {
    /// How many; negative if somebody wrote so.
    pub amount: Amount,
    /// It was not said as a number: "a", or a unit alone.
    pub weak: bool,
    /// A measure of weight or volume: dimension and what one is.
    pub measure: Option<(Dimension, i64)>,
    /// A unit's name, by its place in the index.
    pub unit: Option<u32>,
    /// It was said with a word for counting.
    pub counted: bool,
    /// It was said by the dozen: pieces are meant.
    pub pieces: bool,
    /// It was said as "x2", which stands after what it counts.
    pub times: bool,
    /// It is of each of several things.
    pub each: bool,
    /// It was said with a word for what holds several pieces.
    pub packed: bool,
    /// The token of the word for counting.
    pub word: Option<usize>,
    /// It is a half of what was counted before.
    pub half: bool,
    /// It is besides what was counted before: "another".
    pub more: bool,
}

impl Qty {
    /// One, as nobody said it.
    pub const ONE: Self = Self {
        amount: Amount::ONE,
        weak: true,
        measure: None,
        unit: None,
        counted: false,
        pieces: false,
        times: false,
        each: false,
        packed: false,
        word: None,
        half: false,
        more: false,
    };
}

/// A part of a sentence.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The first token.
    pub from: usize,
    /// The token after the last one.
    pub to: usize,
    /// What parts it from the one before.
    pub gap: Break,
    /// A quantity, if it is one.
    pub qty: Option<Qty>,
    /// A number of people, if it is one.
    pub people: Option<i64>,
    /// What else it may mean.
    pub found: Vec<Found>,
}

impl Piece {
    /// Whether it has a part in the sentence.
    pub fn is(&self, role: Role) -> bool {
        self.found
            .iter()
            .any(|found| found.meaning == Meaning::Role(role))
    }

    /// The items it may mean, with how.
    pub fn items(&self) -> impl Iterator<Item = (u32, How)> {
        self.found.iter().filter_map(|found| match found.meaning {
            Meaning::Item(item) => Some((item, found.how)),
            _ => None,
        })
    }

    /// The item and option that it names in one.
    pub fn form(&self) -> Option<u32> {
        self.found.iter().find_map(|found| match found.meaning {
            Meaning::Form(at) => Some(at),
            _ => None,
        })
    }

    /// The choices it may mean, with how.
    pub fn choices(&self) -> impl Iterator<Item = (u32, u32, How)> {
        self.found.iter().filter_map(|found| match found.meaning {
            Meaning::Choice(group, choice) => Some((group, choice, found.how)),
            _ => None,
        })
    }

    /// The thing in degrees that it names.
    pub fn graded(&self) -> Option<u32> {
        self.found.iter().find_map(|found| match found.meaning {
            Meaning::Graded(at) => Some(at),
            _ => None,
        })
    }

    /// The kind of items it names.
    pub fn category(&self) -> Option<u32> {
        self.found.iter().find_map(|found| match found.meaning {
            Meaning::Category(at) => Some(at),
            _ => None,
        })
    }

    /// Whether it is not understood at all.
    pub fn is_unknown(&self) -> bool {
        self.found.is_empty() && self.qty.is_none() && self.people.is_none()
    }
}

/// Puts phrases together.
pub fn pieces(index: &Index, tokens: &[Token], spans: &[Span]) -> Vec<Piece> {
    let reader = Reader {
        index,
        tokens,
        spans,
    };
    let mut out = Vec::with_capacity(spans.len());
    let mut at = 0;
    while let Some(span) = spans.get(at) {
        let gap = tokens.get(span.from).map_or(Break::None, |token| token.gap);
        let (next, mut piece) = reader.piece(at, span);
        piece.gap = gap;
        at = next.max(at + 1);
        out.push(piece);
    }
    labels::sizes(index, tokens, &mut out);
    out
}

struct Reader<'a> {
    index: &'a Index,
    tokens: &'a [Token],
    spans: &'a [Span],
}

/// A number read: its value, the phrase after it, whether it was an article or by the dozen.
struct Number {
    amount: Amount,
    next: usize,
    weak: bool,
    pieces: bool,
    times: bool,
}

impl Reader<'_> {
    fn piece(&self, at: usize, span: &Span) -> (usize, Piece) {
        let whole = |to: usize, qty: Option<Qty>, people: Option<i64>, found: Vec<Found>| Piece {
            from: span.from,
            to,
            gap: Break::None,
            qty,
            people,
            found,
        };
        let counted = self.is(at, Role::Half) && self.number(at).is_some() || self.other_half(at);
        if self.named(span) && !counted {
            return (at + 1, whole(span.to, None, None, span.found.clone()));
        }
        if let Some(next) = self.label(at) {
            let last = next.checked_sub(1).and_then(|last| self.spans.get(last));
            let to = last.map_or(span.to, |last| last.to);
            return (next, whole(to, None, None, Vec::new()));
        }
        if self.is(at, Role::Persons) {
            let words = self.tokens.get(span.from..span.to).unwrap_or_default();
            let number = words
                .iter()
                .find_map(|token| self.index.words.digits.get(&token.form));
            return (
                at + 1,
                whole(
                    span.to,
                    None,
                    Some(number.copied().unwrap_or(2)),
                    Vec::new(),
                ),
            );
        }
        if self.is(at, Role::WeAre)
            && let Some((people, next)) = self.we_are(at)
        {
            let to = next
                .checked_sub(1)
                .and_then(|last| self.spans.get(last))
                .map_or(span.to, |last| last.to);
            return (next, whole(to, None, Some(people), Vec::new()));
        }
        if self.is(at, Role::SameAgain) {
            let qty = Qty {
                weak: false,
                more: true,
                ..Qty::ONE
            };
            return (at + 1, whole(span.to, Some(qty), None, span.found.clone()));
        }
        let Some(number) = self.number(at) else {
            if let Some(unit) = self.unit(at) {
                let qty = Qty {
                    unit: Some(unit),
                    counted: true,
                    ..Qty::ONE
                };
                return self.times_after(at + 1, qty, &whole, span);
            }
            // "来份": one of it.
            let alone =
                self.is(at, Role::Counter) && !self.is_word(span) && self.joined(at) && at > 0;
            let after = |role: Role| self.is(at - 1, role);
            if alone
                && (after(Role::Wants) || after(Role::More) || after(Role::And))
                && self
                    .spans
                    .get(at - 1)
                    .is_none_or(|span| span.number.is_none())
            {
                let qty = Qty {
                    counted: true,
                    word: Some(span.from),
                    ..Qty::ONE
                };
                return (at + 1, whole(span.to, Some(qty), None, Vec::new()));
            }
            return (at + 1, whole(span.to, None, None, span.found.clone()));
        };
        if let Some(next) = self.people_after(at, &number) {
            let to = next
                .checked_sub(1)
                .and_then(|last| self.spans.get(last))
                .map_or(span.to, |last| last.to);
            return (next, whole(to, None, number.amount.as_whole(), Vec::new()));
        }
        let mut next = number.next;
        let mut qty = Qty {
            amount: number.amount,
            weak: number.weak,
            pieces: number.pieces,
            times: number.times,
            half: self.is(at, Role::HalfOf) && next == at + 1,
            more: number.weak && self.is(at, Role::More)
                || self.is(at, Role::Article) && self.is(at, Role::More),
            ..Qty::ONE
        };
        if self.is(next, Role::Noise)
            && self.joined(next)
            && (self.has_measure(next + 1) || self.unit(next + 1).is_some())
        {
            next += 1;
        }
        if self.joined(next) {
            next = self.measure(next, &mut qty);
        }
        // "一斤二两".
        if let (Some((of, is)), Some((amount, then))) =
            (qty.measure, self.digits(next).filter(|_| self.joined(next)))
        {
            let mut rest = Qty { amount, ..Qty::ONE };
            let after = self.measure(then, &mut rest);
            if let Some((other, part)) = rest
                .measure
                .filter(|(other, part)| *other == of && *part < is)
            {
                let whole = qty
                    .amount
                    .times(Amount(is))
                    .and_then(|base| base.over(Amount(part)));
                if let Some(whole) = whole {
                    qty.amount = whole + amount;
                    qty.measure = Some((other, part));
                    next = after;
                }
            }
        }
        // "一斤半", "two kilos and a half".
        if qty.measure.is_some() && self.is(next, Role::AndHalf) && self.joined(next) {
            qty.amount = qty.amount + Amount(500);
            next += 1;
        }
        self.times_after(next, qty, &whole, span)
    }

    /// "24 pack x 2": a number of times after a unit.
    fn times_after(
        &self,
        next: usize,
        mut qty: Qty,
        whole: &dyn Fn(usize, Option<Qty>, Option<i64>, Vec<Found>) -> Piece,
        span: &Span,
    ) -> (usize, Piece) {
        let mut next = next;
        if (qty.weak || qty.unit.is_some())
            && self.is(next, Role::By)
            && let Some(times) = self.digits(next + 1).filter(|_| qty.weak)
        {
            qty.amount = times.0;
            qty.weak = false;
            next = times.1;
        }
        let to = next
            .checked_sub(1)
            .and_then(|last| self.spans.get(last))
            .map_or(span.to, |last| last.to);
        (next, whole(to, Some(qty), None, Vec::new()))
    }

    /// A name of something that is sold; a number that is a part of it is none.
    fn named(&self, span: &Span) -> bool {
        span.found.iter().any(|found| {
            matches!(
                found.meaning,
                Meaning::Item(_) | Meaning::Choice(..) | Meaning::Form(_)
            )
        })
    }

    fn is(&self, at: usize, role: Role) -> bool {
        let span = self.spans.get(at);
        span.is_some_and(|span| {
            span.found
                .iter()
                .any(|found| found.meaning == Meaning::Role(role))
        })
    }

    /// Whether the phrase goes on from the one before it.
    fn joined(&self, at: usize) -> bool {
        let first = self
            .spans
            .get(at)
            .and_then(|span| self.tokens.get(span.from));
        first.is_some_and(|token| token.gap <= Break::Space)
    }

    /// "2 boxes of pencils" where boxes are sold too: another thing is counted.
    fn counts_another(&self, at: usize) -> bool {
        if self.thing_ahead(at + 1) {
            return true;
        }
        let before = self
            .spans
            .get(..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .skip(1)
            .take(6);
        let mut things = before.take_while(|span| span.number.is_none());
        !self.thing_ahead(at + 1)
            && things.any(|span| {
                span.found
                    .iter()
                    .any(|found| matches!(found.meaning, Meaning::Item(_) | Meaning::Form(_)))
            })
    }

    fn unit(&self, at: usize) -> Option<u32> {
        let span = self.spans.get(at).filter(|span| !self.named(span))?;
        span.found.iter().find_map(|found| match found.meaning {
            Meaning::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    /// Takes the measure, the unit or the counting word after a number; the phrase after it.
    fn measure(&self, at: usize, qty: &mut Qty) -> usize {
        let counts = |span: &&Span| {
            !self.named(span) || self.is(at, Role::Counter) && self.counts_another(at)
        };
        let Some(span) = self.spans.get(at).filter(counts) else {
            return at;
        };
        let mut took = false;
        for found in &span.found {
            match found.meaning {
                Meaning::Unit(unit) => (qty.unit, took) = (Some(unit), true),
                Meaning::Measure(measure) => {
                    qty.measure = self.index.measures.get(measure as usize).copied();
                    took = true;
                }
                Meaning::Role(Role::Counter) => {
                    (qty.counted, took) = (true, true);
                    qty.word = Some(span.from);
                }
                Meaning::Role(Role::Packing) => qty.packed = true,
                _ => {}
            }
        }
        // "2l bottle": a word for counting after a measure counts nothing more.
        if took { at + 1 } else { at }
    }
}
