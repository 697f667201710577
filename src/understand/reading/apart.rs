//! Several of one thing, told apart: "two large and one small tea".

use super::super::amount::Amount;
use super::super::elements::{Element, Said};
use super::super::index::Index;
use super::super::pieces::Qty;
use super::super::text::Break;
use super::parts::parts;
use super::{Draft, Reading};

/// Portions of one thing beyond the first two that are told apart; nobody says more.
const MOST_PORTIONS: usize = 10;

/// So many of a thing, with options of their own.
pub(super) struct Portion<'e> {
    qty: Qty,
    spans: Vec<(usize, usize)>,
    options: Vec<&'e Element>,
}

impl Reading<'_> {
    /// What stands before a thing, if it is several quantities of it that an option tells apart. A
    /// quantity after them that is their sum says nothing more.
    pub(super) fn told_apart<'e>(&self, before: &'e [Element]) -> Option<Vec<Portion<'e>>> {
        let mut counts = before.iter().filter(|element| element.qty().is_some());
        counts.nth(1)?;
        if counts.count() > MOST_PORTIONS {
            return None;
        }
        let mut all: Vec<Portion<'e>> = Vec::new();
        for element in before {
            match (element.qty(), all.last_mut()) {
                (Some(qty), _) => all.push(Portion {
                    qty: *qty,
                    spans: vec![(element.from, element.to)],
                    options: Vec::new(),
                }),
                (None, Some(last)) => last.options.push(element),
                (None, None) => return None,
            }
        }
        let sum = all.iter().rev().skip(1);
        let sum = sum.fold(Amount(0), |sum, portion| sum + portion.qty.amount);
        if all.len() > 2
            && all
                .last()
                .is_some_and(|last| last.options.is_empty() && last.qty.amount == sum)
        {
            all.pop();
        }
        let plain = |portion: &Portion<'_>| {
            let qty = portion.qty;
            !qty.half && !qty.each && !portion.options.is_empty()
        };
        let first = all.first()?;
        let mut others = all.iter().skip(1).peekable();
        others.peek()?;
        let apart = others.all(|other| answers_otherwise(self.index, first, other));
        (apart && all.iter().all(plain)).then_some(all)
    }

    /// "Three noodles, not hot, mild and very hot respectively": parts a row of elements before the
    /// options of which each has its own.
    pub(super) fn respective<'e>(&self, row: &'e [Element]) -> (&'e [Element], &'e [Element]) {
        let none = (row, row.get(row.len()..).unwrap_or_default());
        let Some(said) = self.respective else {
            return none;
        };
        let from = if said < row.len() {
            said
        } else {
            // To the breath that they begin in.
            let options = row
                .iter()
                .rev()
                .take_while(|element| element.said().is_some());
            let options = options.count();
            let begins = |at: &usize| {
                row.get(*at)
                    .is_some_and(|element| element.lead.gap >= Break::Comma)
            };
            let first = row.len() - options;
            (first..row.len()).find(begins).unwrap_or(first)
        };
        let parts = row.split_at_checked(from).unwrap_or(none);
        let several = parts.1.len() > 1 && parts.1.iter().all(|element| element.said().is_some());
        if several { parts } else { none }
    }

    /// The options of which each has its own: one of several, or each of the things named last.
    pub(super) fn each_its_own(&mut self, options: &[Element]) {
        let n = options.len();
        let several = Amount::whole(i64::try_from(n).unwrap_or(0));
        let last = self.lines.last();
        let counted = last
            .and_then(|line| line.qty)
            .filter(|qty| qty.amount == several);
        let from = if let (Some(mut qty), Some(line)) = (counted.filter(|_| n > 1), last.cloned()) {
            qty.amount = Amount::ONE;
            self.lines.pop();
            let one = Draft {
                qty: Some(qty),
                ..line
            };
            self.lines.extend(std::iter::repeat_n(one, n));
            self.lines.len() - n
        } else if let Some(from) = self.lines.len().checked_sub(n) {
            from
        } else {
            return options.iter().for_each(|option| self.anywhere(option));
        };
        for (nth, option) in options.iter().enumerate() {
            self.option(from + nth, option);
        }
    }

    /// "Three of it, all without ice except one".
    pub(super) fn except_some(&mut self, n: Amount) {
        let Some(line) = self.lines.last_mut() else {
            return;
        };
        let Some(qty) = line.qty.as_mut().filter(|qty| qty.amount > n) else {
            return;
        };
        qty.amount = qty.amount - n;
        let mut free = line.clone();
        free.free = true;
        free.qty = line.qty.map(|qty| Qty { amount: n, ..qty });
        self.lines.push(free);
    }

    /// "Two large and one medium black shirt": what only the last portion answers is said of all.
    fn shared<'e>(&self, all: &[Portion<'e>]) -> Vec<&'e Element> {
        let Some((last, others)) = all.split_last() else {
            return Vec::new();
        };
        let group = |option: &Element| {
            let first = option.said().and_then(|said| said.candidates.first());
            first
                .map(|c| c.group)
                .filter(|group| self.index.is_single(*group))
        };
        let answered = |wanted: u32| {
            let mut options = others.iter().flat_map(|portion| &portion.options);
            options.any(|option| group(option) == Some(wanted))
        };
        let new = last
            .options
            .iter()
            .filter(|option| group(option).is_some_and(|g| !answered(g)));
        new.copied().collect()
    }

    /// Each portion is a line; what was said after the thing is said of all of them.
    pub(super) fn put_apart(&mut self, mut draft: Draft, all: Vec<Portion<'_>>, after: &[Element]) {
        let first = all.first();
        draft.qty = first.map(|first| first.qty);
        let (own, subs) = parts(after, &mut draft);
        let wanted = first.into_iter().flat_map(|first| &first.options);
        let wanted: Vec<&Said> = wanted.filter_map(|element| element.said()).collect();
        self.choose(&mut draft, &wanted);
        self.gap = None;
        let from = self.lines.len();
        let mut own = own;
        own.extend(self.shared(&all));
        for portion in all {
            let mut line = draft.clone();
            line.qty = Some(portion.qty);
            line.spans.extend(&portion.spans);
            self.lines.push(line);
            let at = self.lines.len() - 1;
            for element in portion.options {
                self.option(at, element);
            }
        }
        for element in own {
            let each = element.said().is_some_and(|said| !said.all);
            let to = if each { self.lines.len() } else { from + 1 };
            (from..to).for_each(|at| self.option(at, element));
        }
        let last = self.lines.len() - 1;
        subs.into_iter().for_each(|sub| self.sub(last, sub));
    }
}

/// Whether two portions have different answers to a question that has one answer.
fn answers_otherwise(index: &Index, one: &Portion<'_>, other: &Portion<'_>) -> bool {
    let answers = |portion: &Portion<'_>| -> Vec<(u32, u32)> {
        let said = portion.options.iter().filter_map(|option| option.said());
        let all = said.flat_map(|said| &said.candidates);
        let all = all.filter(|c| index.is_single(c.group));
        all.map(|c| (c.group, c.choice)).collect()
    };
    let second = answers(other);
    let differs = |(group, choice): (u32, u32)| {
        let mut same = second
            .iter()
            .filter(|(known, _)| *known == group)
            .peekable();
        same.peek().is_some() && same.all(|(_, known)| *known != choice)
    };
    answers(one).into_iter().any(differs)
}
