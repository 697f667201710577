//! Numbers: digits, words, Chinese figures, halves and dozens, and whether people are counted.

use super::super::amount::Amount;
use super::super::index::{Found, How, Meaning};
use super::super::language::Role;
use super::super::spans::Span;
use super::super::text::{Break, Kind};
use super::{Number, Reader};

impl Reader<'_> {
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        let span = self.spans.get(at)?;
        if self.sign(at, "-") {
            let (amount, next) = self.digits(at + 1).filter(|_| self.joined(at + 1))?;
            return Some(Number::plain(Amount(-amount.0), next));
        }
        if span.number.is_some() {
            return self.fraction(at).or_else(|| self.figure(at));
        }
        if self.is(at, Role::By) {
            let (amount, next) = self.digits(at + 1)?;
            return Some(Number {
                times: true,
                ..Number::plain(amount, next)
            });
        }
        if self.is(at, Role::Article) {
            let more = self.number(at + 1);
            let more = more.filter(|number| !number.times && self.joined(at + 1));
            let one = Number {
                weak: true,
                ..Number::plain(Amount::ONE, at + 1)
            };
            return more.filter(|_| self.label(at + 1).is_none()).or(Some(one));
        }
        if self.is(at, Role::Half)
            && let Some(half) = self.part(at, Amount(500))
        {
            return Some(half);
        }
        if self.is(at, Role::Quarter) {
            return self.part(at, Amount(250));
        }
        // "Butter and a half dozen eggs".
        if self.is(at, Role::AndHalf) && self.is_word(span) {
            return self.part(at, Amount(500));
        }
        // "Half-caf" is no half of anything.
        let glued = |next: &Span| {
            let token = self.tokens.get(next.from);
            next.found.is_empty() && token.is_some_and(|token| token.gap == Break::None)
        };
        let of_word = self.is_word(span) && self.spans.get(at + 1).is_some_and(glued);
        if self.is(at, Role::HalfOf) && !of_word && (!self.named(span) || self.other_half(at)) {
            return Some(Number::plain(Amount(500), at + 1));
        }
        let dozen = Number {
            pieces: true,
            ..Number::plain(Amount::whole(12), at + 1)
        };
        (self.is(at, Role::Times) && self.is_word(span)).then_some(dozen)
    }

    /// "Three quarters of a kilo", "1/2 kg": a part of a measure.
    fn fraction(&self, at: usize) -> Option<Number> {
        let (amount, next) = self.digits(at)?;
        if self.is(next, Role::Quarter) && self.joined(next) {
            return self.part(next, Amount(amount.0 / 4));
        }
        let (of, end) = self.digits(next)?;
        let place = |at: usize| self.tokens.get(self.spans.get(at)?.from);
        let (below, above) = (place(next)?, place(next.checked_sub(1)?)?);
        let slash = below.gap == Break::List && below.at.start == above.at.end + 1;
        let of = of.as_whole().filter(|of| [2, 4].contains(of) && slash)?;
        let part = Amount(amount.0 / of);
        let is_part = part < Amount::ONE && self.joined(end);
        self.part(end.checked_sub(1)?, part).filter(|_| is_part)
    }

    /// What begins with digits, or a word for a number.
    fn figure(&self, at: usize) -> Option<Number> {
        let (mut amount, mut next) = self.digits(at)?;
        let mut by = false;
        if self.is(next, Role::By) && self.joined(next) && self.digits(next + 1).is_none() {
            next += 1;
            by = true;
        }
        if self.is(next, Role::AndHalf) && self.joined(next) && !by && self.halves(next) {
            amount = amount + Amount(500);
            next += 1;
        }
        let mut pieces = false;
        if self.is(next, Role::Times) && self.joined(next) {
            amount = amount.times(Amount::whole(12))?;
            next += 1;
            pieces = true;
        }
        Some(Number {
            pieces,
            ..Number::plain(amount, next)
        })
    }

    pub(super) fn is_word(&self, span: &Span) -> bool {
        self.tokens
            .get(span.from)
            .is_some_and(|token| token.kind == Kind::Word)
    }

    /// Whether a half after a number is one: a measure follows, or no thing that may be halved.
    pub(super) fn halves(&self, at: usize) -> bool {
        let half = self.spans.get(at);
        half.is_some_and(|half| half.to - half.from > 1)
            || self.unit(at + 1).is_some()
            || self.has_measure(at + 1)
    }

    pub(super) fn has_measure(&self, at: usize) -> bool {
        let span = self.spans.get(at);
        span.is_some_and(|span| {
            span.found
                .iter()
                .any(|found| matches!(found.meaning, Meaning::Measure(_)))
        })
    }

    /// "half a dozen", "half a kilo", "半斤", "a quarter of a kilo".
    pub(super) fn part(&self, at: usize, part: Amount) -> Option<Number> {
        let mut next = at + 1;
        while self.joined(next)
            && (self.is(next, Role::Article)
                || self.is(next, Role::Noise) && self.is(next + 1, Role::Article))
        {
            next += 1;
        }
        if self.is(next, Role::Times) && self.joined(next) {
            return Some(Number {
                pieces: true,
                ..Number::plain(part.times(Amount::whole(12))?, next + 1)
            });
        }
        let counted = self.has_measure(next) || self.unit(next).is_some();
        (counted && self.joined(next)).then(|| Number::plain(part, next))
    }

    /// "we are four", "there are six of us", where no thing is counted.
    pub(super) fn we_are(&self, at: usize) -> Option<(i64, usize)> {
        let (amount, next) = self.digits(at + 1).filter(|_| self.joined(at + 1))?;
        let people = amount.as_whole()?;
        if self.is(next, Role::People) {
            return Some((people, next + 1));
        }
        let alone = !self.joined(next) || !self.is_counted(next);
        (alone && !self.thing_ahead(next)).then_some((people, next))
    }

    pub(super) fn is_counted(&self, at: usize) -> bool {
        self.has_measure(at) || self.unit(at).is_some() || self.is(at, Role::Counter)
    }

    /// Whether a thing follows in the same breath, before another number.
    pub(super) fn thing_ahead(&self, at: usize) -> bool {
        let rest = self.spans.get(at..).unwrap_or_default().iter().enumerate();
        rest.take(6)
            .take_while(|(nth, span)| {
                self.joined(at + nth)
                    && span.number.is_none()
                    && !self.is(at + nth, Role::And)
                    && !self.is(at + nth, Role::With)
            })
            .any(|(_, span)| {
                span.found
                    .iter()
                    .any(|found| matches!(found.meaning, Meaning::Item(_) | Meaning::Form(_)))
            })
    }

    /// Whether the next phrase is a thing by a name of its own.
    fn is_thing(&self, at: usize) -> bool {
        let is_item = |found: &Found| matches!(found.meaning, Meaning::Item(_));
        let exact = |found: &Found| is_item(found) && found.how <= How::Exact;
        let span = self.spans.get(at).filter(|_| self.joined(at));
        span.is_some_and(|span| span.found.iter().any(exact))
    }

    /// Whether a thing follows in the same breath at all.
    pub(super) fn any_thing_ahead(&self, at: usize) -> bool {
        let rest = self.spans.get(at..).unwrap_or_default().iter().enumerate();
        rest.take(8)
            .take_while(|(nth, span)| {
                self.joined(at + nth)
                    && span.number.is_none()
                    && !self.is(at + nth, Role::With)
                    && !self.is(at + nth, Role::Article)
            })
            .any(|(_, span)| {
                span.found
                    .iter()
                    .any(|found| matches!(found.meaning, Meaning::Item(_) | Meaning::Form(_)))
            })
    }

    /// "Half of them mild, half medium": the second half.
    pub(super) fn other_half(&self, at: usize) -> bool {
        let first = (0..at).any(|at| self.is(at, Role::HalfOf));
        first
            && self.is(at, Role::HalfOf)
            && self.joined(at + 1)
            && self.spans.get(at + 1).is_some_and(|next| self.named(next))
    }

    /// A number of people: "three people", "eight new colleagues", "for two".
    pub(super) fn people_after(&self, at: usize, number: &Number) -> Option<usize> {
        if number.times || number.weak || number.pieces {
            return None;
        }
        let next = number.next;
        if self.is(next, Role::People) && self.joined(next) {
            // "Two kids pizzas": whose they are.
            let whose = self.is_word(self.spans.get(next)?) && self.is_thing(next + 1);
            return (!whose).then_some(next + 1);
        }
        let described = self.spans.get(next).is_some_and(|span| {
            !self.named(span) && span.number.is_none() && !self.is(next, Role::And)
        });
        if described
            && self.joined(next)
            && self.joined(next + 1)
            && self.is(next + 1, Role::People)
        {
            return Some(next + 2);
        }
        let for_them = at > 0 && self.is(at - 1, Role::Purpose) && !self.is_counted(next);
        let strange = self
            .spans
            .get(next)
            .is_some_and(|span| self.joined(next) && span.found.is_empty());
        (for_them && !strange && !self.any_thing_ahead(next)).then_some(next)
    }

    pub(super) fn sign(&self, at: usize, sign: &str) -> bool {
        let token = self
            .spans
            .get(at)
            .and_then(|span| self.tokens.get(span.from));
        token.is_some_and(|token| token.kind == Kind::Sign && token.form == sign)
    }

    /// A number in digits or words, and the phrase after it.
    pub(super) fn digits(&self, at: usize) -> Option<(Amount, usize)> {
        let span = self.spans.get(at).filter(|span| !self.named(span))?;
        let first = span.number?;
        if self
            .tokens
            .get(span.from)
            .is_some_and(|token| token.kind == Kind::Han)
        {
            return self.han(at);
        }
        let (mut amount, mut next) = (first, at + 1);
        while let Some(more) = self
            .spans
            .get(next)
            .filter(|span| self.joined(next) && !self.named(span))
            .and_then(|span| span.number)
        {
            let spaced = self
                .spans
                .get(next)
                .and_then(|span| self.tokens.get(span.from))
                .is_some_and(|token| token.gap == Break::Space || token.gap == Break::None);
            let tens = amount.0 % 10_000 == 0 && amount.0 % 100_000 != 0 && amount.0 > 10_000;
            let written = |at: usize| {
                self.spans
                    .get(at)
                    .and_then(|span| self.tokens.get(span.from))
                    .is_some_and(|token| token.at.len() > token.form.len())
            };
            if !spaced || !written(next - 1) && !matches!(more.0, 100_000 | 1_000_000) {
                break;
            }
            if matches!(more.0, 100_000 | 1_000_000) && written(next) {
                amount = amount.times(more)?;
            } else if (tens && more.0 < 10_000) || (amount.0 % 100_000 == 0 && more.0 < 100_000) {
                amount = amount + more;
            } else {
                break;
            }
            next += 1;
        }
        Some((amount, next))
    }

    /// A number in Chinese digits: 十二, 一百二十.
    pub(super) fn han(&self, at: usize) -> Option<(Amount, usize)> {
        let (mut total, mut digit, mut next): (i64, Option<i64>, usize) = (0, None, at);
        while let Some(span) = self
            .spans
            .get(next)
            .filter(|span| next == at || (self.joined(next) && !self.named(span)))
        {
            let token = self
                .tokens
                .get(span.from)
                .filter(|token| token.kind == Kind::Han);
            let Some(value) = token.and(span.number).and_then(Amount::as_whole) else {
                break;
            };
            // "三两" is a weight, "十二" is not.
            if value < 10 && digit.is_some() {
                // "两三斤": the smaller of both, so that nothing comes that is not wanted.
                let range = digit.is_some_and(|digit| digit + 1 == value) && total == 0;
                if !range || self.has_measure(next) {
                    break;
                }
                next += 1;
                continue;
            }
            if value >= 10 {
                total += digit
                    .take()
                    .unwrap_or(i64::from(total == 0))
                    .saturating_mul(value);
            } else {
                digit = Some(value);
            }
            next += 1;
        }
        (next > at).then(|| {
            (
                Amount::whole(total.saturating_add(digit.unwrap_or(0))),
                next,
            )
        })
    }
}
