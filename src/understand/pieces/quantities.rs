//! Quantities: a number with its measure, its unit or its word for counting, or one of these alone.

use super::super::amount::Amount;
use super::super::index::{Found, Meaning};
use super::super::language::{Dimension, Role};
use super::super::spans::Span;
use super::super::text::Break;
use super::{Number, Qty, Reader};

impl Reader<'_> {
    /// A number with what it counts in, and the phrase after it.
    pub(super) fn measured(&self, at: usize, number: &Number) -> (Qty, usize) {
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
        // "Two of a kilo", not "四个两个微辣".
        if self.is(next, Role::Noise)
            && !self.is(next, Role::Counter)
            && self.joined(next)
            && (self.has_measure(next + 1) || self.unit(next + 1).is_some())
        {
            next += 1;
        }
        if let Some(end) = self.packs_of(at, next, &mut qty) {
            return (qty, end);
        }
        qty.of = self.is(number.next, Role::OfWhat) && self.joined(number.next);
        // "One more carton".
        let counts = |at: usize| self.has_measure(at) || self.unit(at).is_some();
        if self.is(next, Role::More) && self.joined(next) && counts(next + 1) {
            next += 1;
            qty.more = true;
        }
        if self.joined(next) {
            next = self.measure(next, &mut qty);
        }
        next = self.and_less(next, &mut qty);
        // "一斤半", "two kilos and a half".
        if qty.measure.is_some() && self.is(next, Role::AndHalf) && self.joined(next) {
            qty.amount = qty.amount + Amount(500);
            next += 1;
        }
        self.times_after(next, qty)
    }

    /// "A 3 pack", "two 3 packs", of what comes in packs of three.
    fn packs_of(&self, at: usize, next: usize, qty: &mut Qty) -> Option<usize> {
        let holds = |unit: u32, n: Amount| {
            let of = self.index.units.get(unit as usize).into_iter().flatten();
            let held = of.filter_map(|key| self.index.contents.get(key));
            let mut held = held.filter(|held| held.of == Dimension::Count);
            held.any(|held| held.is == n.0)
        };
        let pack = |at: usize| self.unit(at).filter(|_| self.joined(at));
        let (unit, end) = match self.digits(next).filter(|_| self.joined(next)) {
            Some((n, end)) => (pack(end).filter(|unit| holds(*unit, n))?, end + 1),
            None => {
                let unit = pack(next).filter(|unit| holds(*unit, qty.amount))?;
                let is_one = self.is(at, Role::Article) && !qty.weak;
                is_one.then_some((unit, next + 1))?
            }
        };
        if self.is(at, Role::Article) {
            qty.amount = Amount::ONE;
        }
        (qty.unit, qty.counted, qty.weak) = (Some(unit), true, false);
        Some(end)
    }

    /// "一斤二两": a smaller measure after a larger one.
    fn and_less(&self, next: usize, qty: &mut Qty) -> usize {
        let rest = self.digits(next).filter(|_| self.joined(next));
        let (Some((of, is)), Some((amount, then))) = (qty.measure, rest) else {
            return next;
        };
        let mut rest = Qty { amount, ..Qty::ONE };
        let after = self.measure(then, &mut rest);
        let smaller = rest
            .measure
            .filter(|(other, part)| *other == of && *part < is);
        let Some((other, part)) = smaller else {
            return next;
        };
        let (whole, less) = (qty.amount.times(Amount(is)), amount.times(Amount(part)));
        let Some(base) = whole.zip(less).map(|(whole, less)| whole + less) else {
            return next;
        };
        if let Some(amount) = base.over(Amount(is)) {
            qty.amount = amount;
            return after;
        }
        let Some(amount) = base.over(Amount(part)) else {
            return next;
        };
        (qty.amount, qty.measure, qty.unit) = (amount, Some((other, part)), rest.unit);
        after
    }

    /// A unit without a number.
    pub(super) fn unit_alone(&self, at: usize) -> Option<(Qty, usize)> {
        // "We are four, one avocado each", of what is sold by the kilo and by each.
        let of_people = |at: usize| {
            let roles = [Role::People, Role::Persons, Role::WeAre];
            roles.into_iter().any(|role| self.is(at, role))
        };
        let is_person = self.is(at, Role::PerPerson) && (0..at).any(of_people);
        if self.is_idle(at) || is_person {
            return None;
        }
        let qty = Qty {
            unit: Some(self.unit(at)?),
            counted: true,
            ..Qty::ONE
        };
        Some(self.times_after(at + 1, qty))
    }

    /// "来份", or "pot of oolong" at the beginning of a breath: one of it.
    pub(super) fn counter_alone(&self, at: usize, span: &Span) -> Option<(Qty, usize)> {
        let begins = !self.joined(at) && self.is(at, Role::Counter) && self.is_word(span);
        if begins && self.is(at + 1, Role::OfWhat) && self.joined(at + 1) {
            let one = Qty {
                counted: true,
                word: Some(span.from),
                ..Qty::ONE
            };
            return Some((one, at + 1));
        }
        let before = at.checked_sub(1)?;
        let alone = self.is(at, Role::Counter) && !self.is_word(span) && self.joined(at);
        let led = [Role::Wants, Role::More, Role::And];
        let led = led.into_iter().any(|role| self.is(before, role));
        let number = self.spans.get(before).and_then(|span| span.number);
        let qty = Qty {
            counted: true,
            word: Some(span.from),
            ..Qty::ONE
        };
        let counts = alone && led && number.is_none() && !self.is_idle(at);
        counts.then_some((qty, at + 1))
    }

    /// "来个二十个": a word for counting that the number after it makes idle.
    fn is_idle(&self, at: usize) -> bool {
        let number = self.spans.get(at + 1).and_then(|span| span.number);
        let wanted = at > 0 && self.is(at - 1, Role::Wants) && self.joined(at);
        let counter = self.is(at, Role::Counter) && self.joined(at + 1);
        wanted && counter && number.is_some()
    }

    /// "24 pack x 2": a number of times after a unit.
    fn times_after(&self, next: usize, mut qty: Qty) -> (Qty, usize) {
        if qty.weak
            && self.is(next, Role::By)
            && let Some(times) = self.digits(next + 1)
        {
            qty.amount = times.0;
            qty.weak = false;
            return (qty, times.1);
        }
        (qty, next)
    }

    /// "2 boxes of pencils" where boxes are sold too: another thing is counted.
    pub(super) fn counts_another(&self, at: usize) -> bool {
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
        // "A coke and three bowls": the bowls are another thing.
        let is_and = |span: &Span| {
            let and = |found: &Found| found.meaning == Meaning::Role(Role::And);
            self.is_word(span) && span.found.iter().any(and)
        };
        let mut things = before.take_while(|span| span.number.is_none() && !is_and(span));
        // "A latte with two shots": they are what it comes with, if no "of vanilla" follows.
        let word = self.spans.get(at).filter(|_| !self.is_of_option(at));
        let comes_with = |item: u32| word.is_some_and(|word| self.takes(item, word));
        things.any(|span| {
            span.found.iter().any(|found| match found.meaning {
                Meaning::Item(item) => !comes_with(item),
                Meaning::Form(_) => true,
                _ => false,
            })
        })
    }

    /// "Litres" is no size, though an "L" may be one.
    fn is_written_out(&self, at: usize, span: &Span) -> bool {
        let sold = |found: &Found| matches!(found.meaning, Meaning::Item(_) | Meaning::Form(_));
        let token = self.tokens.get(span.from);
        self.has_measure(at)
            && span.to - span.from == 1
            && token.is_some_and(|token| {
                let touches = token.gap == Break::None && !self.takes_ahead(at, span);
                token.raw() != token.form || touches
            })
            && !span.found.iter().any(sold)
    }

    /// Whether the thing after a phrase takes the option that the phrase may be.
    fn takes_ahead(&self, at: usize, span: &Span) -> bool {
        let ahead = (at + 1..self.spans.len()).take_while(|at| self.joined(*at));
        let mut ahead = ahead.filter_map(|at| self.spans.get(at)).flat_map(|span| {
            span.found.iter().filter_map(|found| match found.meaning {
                Meaning::Item(item) => Some(item),
                _ => None,
            })
        });
        ahead.next().is_some_and(|item| self.takes(item, span))
    }

    /// Whether an option is what a word counts: "shots of vanilla", "shots vanilla".
    fn is_of_option(&self, at: usize) -> bool {
        let of = self.is(at + 1, Role::Noise) && !self.is(at + 1, Role::And);
        let of = usize::from(of && self.joined(at + 1));
        let option = self.spans.get(at + 1 + of);
        let is_option = |found: &Found| matches!(found.meaning, Meaning::Choice(..));
        self.joined(at + 1 + of) && option.is_some_and(|option| option.found.iter().any(is_option))
    }

    /// Whether an item takes the option that a phrase may be.
    fn takes(&self, item: u32, span: &Span) -> bool {
        span.found.iter().any(|found| match found.meaning {
            Meaning::Choice(group, _) => self.index.menu.opens(item as usize, group as usize),
            _ => false,
        })
    }

    pub(super) fn unit(&self, at: usize) -> Option<u32> {
        let span = self.spans.get(at).filter(|span| !self.named(span))?;
        span.found.iter().find_map(|found| match found.meaning {
            Meaning::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    /// Takes the measure, the unit or the counting word after a number; the phrase after it.
    pub(super) fn measure(&self, at: usize, qty: &mut Qty) -> usize {
        let counts = |span: &&Span| {
            !self.named(span)
                || self.is(at, Role::Counter) && self.counts_another(at)
                || self.is_written_out(at, span)
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
