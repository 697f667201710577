//! Changes to what was said: corrections, cancellations, fewer of it, more said of it.

use super::super::amount::Amount;
use super::super::elements::{Candidate, Element, Lead, Said, Unwanted};
use super::super::index::{How, Index};
use super::super::language::Dimension;
use super::super::pieces::Qty;
use super::super::result::own_unit;
use super::super::split::Phrase;
use super::super::text::tokens;
use super::parts::parts;
use super::{Draft, Op, Reading, Stray, fitting};

/// A number alone is of the same unit as the one whose place it takes.
fn in_place_of(old: Option<Qty>, mut qty: Qty) -> Qty {
    if let Some(old) = old {
        qty.unit = qty.unit.or(old.unit.filter(|_| qty.measure.is_none()));
        qty.measure = qty.measure.or(old.measure.filter(|_| qty.unit.is_none()));
    }
    qty
}

/// "A box of six eggs, make that a dozen": a dozen eggs, not boxes.
fn without_pack(index: &Index, line: &mut Draft) {
    let (Some((item, _)), Some(qty)) = (line.items.first(), line.qty.as_mut()) else {
        return;
    };
    let unit = qty.unit.and_then(|unit| own_unit(index, *item, unit));
    let held = unit.and_then(|unit| index.contents.get(&(*item, unit as u32)));
    if held.is_some_and(|held| held.of == Dimension::Count) {
        qty.unit = None;
        line.inner = None;
    }
}

impl Reading<'_> {
    /// "I don't want coke": nothing, unless it was ordered.
    pub(super) fn without(&mut self, draft: &Draft, head: &Element) {
        let at = self.line_of(draft);
        match at {
            Some(at) => drop(self.lines.remove(at)),
            None => self.take_out(draft, head),
        }
    }

    /// "One rice less".
    pub(super) fn fewer(&mut self, draft: &Draft, head: &Element) {
        let less = draft.qty.map_or(Amount::ONE, |qty| qty.amount);
        let Some(at) = self.line_of(draft) else {
            let item = draft.items.first().map(|(item, _)| *item);
            let less = Some(draft.qty.unwrap_or(Qty::ONE));
            self.removed
                .extend(item.map(|item| (item, less, head.from, head.to)));
            return;
        };
        if let Some(line) = self.lines.get_mut(at) {
            let mut qty = line.qty.unwrap_or(Qty::ONE);
            qty.amount = qty.amount - less;
            line.qty = Some(qty);
            if qty.amount.0 <= 0 {
                self.lines.remove(at);
            }
        }
    }

    /// "No cola any more, make it a lemonade": that comes in its place.
    pub(super) fn in_place_of_cancelled(&mut self, op: Op) -> Op {
        let cancelled = self.cancelled.take();
        match op {
            Op::Fix if cancelled.is_some() => {
                self.gap = cancelled;
                Op::Add
            }
            _ => op,
        }
    }

    /// "Make the fries and the coke large": what is said after several things is said of each.
    pub(super) fn fix_all_named(&mut self, elements: &[Element], found: &[Phrase]) {
        let Some(((last, others), first)) = found.split_last().zip(found.first()) else {
            return;
        };
        let heads = elements.get(first.from..=last.head).unwrap_or_default();
        let joined = heads.iter().skip(1).all(|head| head.lead.and);
        if others.is_empty() || !joined || !heads.iter().all(Element::is_head) {
            return;
        }
        let said = elements.get(last.head + 1..last.to).unwrap_or_default();
        for head in others.iter().filter_map(|other| elements.get(other.head)) {
            let at = self.line_of(&self.draft(head));
            for option in said.iter().filter_map(Element::said) {
                at.map(|at| self.put(at, option));
            }
        }
    }

    pub(super) fn take_out(&mut self, draft: &Draft, head: &Element) {
        if let Some((item, _)) = draft.items.first() {
            let quantity = draft.qty.filter(|qty| !qty.weak);
            self.removed.push((*item, quantity, head.from, head.to));
        }
    }

    pub(super) fn again(&mut self, draft: &Draft, own: &[&Element]) {
        let Some(last) = self.line_of(draft) else {
            return;
        };
        if let Some(line) = self.lines.get_mut(last) {
            line.spans.extend(&draft.spans);
        }
        let item = |at: usize| {
            self.lines
                .get(at)
                .and_then(|line| line.items.first())
                .map(|(item, _)| *item)
        };
        let form = self.form;
        let all: Vec<usize> = (0..self.lines.len())
            .filter(|at| item(*at) == item(last) && (form.is_none() || *at == last))
            .collect();
        for at in all {
            for element in own {
                self.option(at, element);
            }
        }
    }

    /// A clause that names no thing: more said of what was named, or a thing told by its options.
    pub(super) fn headless(&mut self, op: Op, elements: &[Element]) {
        let mut blank = Draft {
            clause: self.clause,
            ..Draft::default()
        };
        let counts = elements
            .iter()
            .any(|element| element.qty().is_some_and(|qty| !qty.weak));
        // "椰果奶茶太甜了，这次要三分糖的".
        let is_wish = |(item, _): &(u32, How)| {
            let opens = |c: &Candidate| {
                let group = c.group as usize;
                !c.negated && self.index.menu.opens(*item as usize, group)
            };
            let counted = elements.iter().any(|element| element.qty().is_some());
            let mut wishes = elements
                .iter()
                .filter(|element| counted || element.lead.with);
            wishes.any(|wish| {
                wish.said()
                    .is_some_and(|said| said.candidates.iter().any(opens))
            })
        };
        let orders = |item: &(u32, How)| counts || is_wish(item);
        let spoken = self.spoken.filter(orders);
        self.spoken = None;
        if let Some(item) = spoken.filter(|_| self.lines.is_empty()) {
            let mut draft = Draft {
                items: vec![item],
                ..blank
            };
            let (own, mut subs) = parts(elements, &mut draft);
            // "再来一公斤" of what was only spoken of is no more than that.
            if let [only] = subs.as_slice()
                && only.options.is_empty()
                && draft.qty.is_none()
            {
                draft.qty = only.qty;
                subs.clear();
            }
            self.lines.push(draft);
            own.into_iter().for_each(|element| self.option(0, element));
            subs.into_iter().for_each(|sub| self.sub(0, sub));
            return;
        }
        if self.lines.is_empty() {
            return self.told_by_options(elements, blank);
        }
        let topic = self.topic.take();
        let topic = topic.filter(|at| *at < self.lines.len());
        let last = topic.unwrap_or(self.lines.len() - 1);
        if op != Op::Fix {
            blank.qty = Some(Qty::ONE);
        }
        let (said, subs) = parts(elements, &mut blank);
        if op == Op::Fix
            && let Some(line) = self.lines.get_mut(last)
        {
            if blank.qty.is_some_and(|qty| qty.pieces) {
                without_pack(self.index, line);
            }
            line.changes |= self.becomes && line.qty.is_none();
            if let Some(qty) = blank.qty.filter(|qty| !qty.weak || said.is_empty()) {
                line.qty = Some(in_place_of(line.qty, qty));
            }
        }
        if op == Op::Fix {
            self.in_its_place(last, said.first());
        }
        for element in said {
            match topic {
                Some(at) => self.option(at, element),
                None => self.anywhere(element),
            }
        }
        for sub in subs {
            self.sub(last, sub);
        }
    }

    /// "With chicken, no, make it beef": the last option goes if the new one answers the same question.
    fn in_its_place(&mut self, at: usize, new: Option<&&Element>) {
        let adds = |lead: &Lead| lead.with || lead.and || lead.more;
        let said = new.filter(|element| !adds(&element.lead));
        let Some((said, line)) = said
            .and_then(|element| element.said())
            .zip(self.lines.get_mut(at))
        else {
            return;
        };
        let plain = |c: &Candidate| !c.negated && c.much.is_none();
        let Some(new) = fitting(self.index, line, said).filter(plain) else {
            return;
        };
        let same = |(old, _): &mut (Candidate, i64)| old.group == new.group && !old.negated;
        line.options.pop_if(same);
    }

    /// An option for the last line that takes it.
    pub(super) fn anywhere(&mut self, element: &Element) {
        let Some(said) = element.said() else {
            return;
        };
        let takes = |line: &Draft| fitting(self.index, line, said).is_some();
        match self.lines.iter().rposition(takes) {
            Some(at) => self.option(at, element),
            None => self.lost.push((element.from, element.to)),
        }
    }

    /// What was corrected goes: lines of the same items, or else the last one.
    pub(super) fn fixed(&mut self, from: usize, takes_last: bool) {
        if from == 0 || from >= self.lines.len() {
            return;
        }
        let of = |line: &Draft| line.items.first().map(|(item, _)| *item);
        let new: Vec<Option<u32>> = self.lines.iter().skip(from).map(of).collect();
        let old: Vec<usize> = (0..from)
            .filter(|at| {
                self.lines
                    .get(*at)
                    .is_some_and(|line| new.contains(&of(line)))
            })
            .collect();
        let gone = match old.is_empty() {
            true if takes_last => vec![from - 1],
            _ => old,
        };
        for at in gone.into_iter().rev() {
            let was = self.lines.remove(at);
            let first_new = self
                .lines
                .iter_mut()
                .find(|line| line.clause == self.clause);
            if let Some(line) = first_new.filter(|line| line.qty.is_none()) {
                line.qty = was.qty;
            }
        }
    }

    pub(super) fn cancel(&mut self, op: Op, elements: &[Element], found: &[Phrase]) {
        if found.is_empty() {
            // An option is not wanted after all.
            for element in elements {
                let line = (op == Op::Cancel).then(|| self.ending_in(element));
                match line.flatten() {
                    Some(at) => drop(self.cancelled(at, None)),
                    None => self.unsay(element),
                }
            }
            return;
        }
        for phrase in found {
            let Some(head) = elements.get(phrase.head) else {
                continue;
            };
            let mut draft = self.draft(head);
            let counted = elements.get(phrase.from..phrase.to).unwrap_or_default();
            draft.qty = counted.iter().find_map(Element::qty).copied();
            match self.line_of(&draft) {
                Some(at) => {
                    let was = self.cancelled(at, draft.qty);
                    match op {
                        Op::Replaced => self.gap = Some(was),
                        _ => self.cancelled = Some(was),
                    }
                }
                None => {
                    self.take_out(&draft, head);
                    self.spoken = draft.items.first().copied();
                }
            }
        }
    }

    /// "Cancel the salad", of a caesar salad where there is a salad on the side too that nobody has:
    /// the one line of a thing whose name ends so.
    fn ending_in(&self, element: &Element) -> Option<usize> {
        let said = element.said()?;
        let is_said = |(known, _): &(Candidate, i64)| {
            let mut said = said.candidates.iter();
            said.any(|c| (c.group, c.choice) == (known.group, known.choice))
        };
        let mut options = self.lines.iter().flat_map(|line| &line.options);
        if options.any(is_said) {
            return None;
        }
        let words = self.tokens.get(element.from..element.to)?;
        let ends = |name: &String| {
            let name = tokens(name, &self.index.canon);
            let end = name.len().checked_sub(words.len());
            let end = end.filter(|at| *at > 0).and_then(|at| name.get(at..));
            end.is_some_and(|end| end.iter().zip(words).all(|(a, b)| a.form == b.form))
        };
        let is_it = |line: &Draft| {
            let item = line.items.first();
            let item = item.and_then(|(item, _)| self.index.menu.items.get(*item as usize));
            item.is_some_and(|item| item.names.iter().any(ends))
        };
        let mut lines = (0..self.lines.len()).filter(|at| self.lines.get(*at).is_some_and(is_it));
        lines.next().filter(|_| lines.next().is_none())
    }

    /// Takes out so many of a line, or the whole of it; what went.
    fn cancelled(&mut self, at: usize, said: Option<Qty>) -> Draft {
        let said = said.filter(|said| !said.weak);
        let line = self.lines.get_mut(at);
        let had = line.and_then(|line| Some((line.clone(), line.qty.as_mut()?)));
        match had.zip(said) {
            Some(((mut gone, qty), said)) if qty.amount > said.amount => {
                qty.amount = qty.amount - said.amount;
                gone.qty = Some(Qty {
                    amount: said.amount,
                    ..*qty
                });
                gone
            }
            _ => self.gone(at),
        }
    }

    pub(super) fn unsay(&mut self, element: &Element) {
        let Some(said) = element.said() else {
            return;
        };
        let mut gone = false;
        for line in &mut self.lines {
            let before = line.options.len();
            line.options.retain(|(known, _)| {
                !said
                    .candidates
                    .iter()
                    .any(|c| c.group == known.group && c.choice == known.choice && !known.negated)
            });
            gone |= line.options.len() < before;
        }
        // "Large instead of medium": another answer was given.
        let answers = |candidate: &Candidate| {
            let mut options = self.lines.iter().flat_map(|line| &line.options);
            self.index.is_single(candidate.group)
                && options.any(|(known, _)| known.group == candidate.group)
        };
        if gone || said.candidates.iter().any(answers) {
            return;
        }
        let said = self.without_it(said);
        let takes = |line: &Draft| fitting(self.index, line, &said).is_some();
        let at = (element.from, element.to);
        if let Some(line) = self.lines.iter().rposition(takes) {
            self.put(line, &said);
        } else if self.lines.is_empty() && !said.candidates.is_empty() {
            // Of something that was ordered before this message.
            let loose = self.loose.get_or_insert(Stray {
                qty: None,
                more: false,
                said: Vec::new(),
                spans: Vec::new(),
            });
            loose.said.push(said);
            loose.spans.push(at);
        } else {
            self.lost.push(at);
        }
    }

    /// An option as one that is not wanted, where that may be said.
    fn without_it(&self, said: &Said) -> Said {
        let groups = &self.index.menu.groups;
        let negatable = |c: &&Candidate| {
            let group = groups.get(c.group as usize);
            group.is_some_and(|group| group.negatable)
        };
        let negated = said.candidates.iter().filter(negatable);
        let negated = negated.map(|c| Candidate {
            negated: true,
            ..*c
        });
        Said {
            candidates: negated.collect(),
            ..said.clone()
        }
    }

    /// A kind of things is not wanted: the last line of it goes, or what was in the cart before.
    pub fn not_wanted(&mut self, kind: Unwanted) {
        let of = |line: &Draft| match line.items.first() {
            Some((item, _)) => {
                let item = self.index.menu.items.get(*item as usize);
                item.is_some_and(|item| item.category == kind.category as usize)
            }
            None => line.category == Some(kind.category),
        };
        let Some(at) = self.lines.iter().rposition(of) else {
            return self.unwanted.push(kind);
        };
        self.heard.push((kind.from, kind.to));
        let line = self.lines.get_mut(at);
        let mut qty = line.and_then(|line| line.qty.as_mut());
        match (qty.as_mut(), kind.count) {
            (Some(qty), Some(less)) if qty.amount > less => qty.amount = qty.amount - less,
            _ => self.heard.extend(self.lines.remove(at).spans),
        }
    }

    /// "The second one not": so many of the last line, or the whole of it where it has no more.
    pub fn less_of_last(&mut self, less: Amount) {
        let Some(line) = self.lines.last_mut() else {
            return;
        };
        match line.qty.as_mut().filter(|qty| qty.amount > less) {
            Some(qty) => qty.amount = qty.amount - less,
            None => drop(self.lines.pop()),
        }
    }

    pub(super) fn cancel_last(&mut self, everything: bool) {
        if everything {
            self.lines.clear();
            return;
        }
        // "I still have flour, leave that out": of what was spoken of just now.
        let just_now = self.spoken.filter(|_| self.spoken_after + 1 == self.clause);
        let is_it = |line: &Draft| {
            let item = line.items.first().map(|(item, _)| *item);
            item.is_some() && item == just_now.map(|(item, _)| item)
        };
        let of_it = self.lines.iter().rposition(is_it);
        let last = of_it.or(self.lines.len().checked_sub(1));
        last.map(|at| self.gone(at));
    }

    /// Takes out a line; what it was of may be wanted after all: "cancel that, one is plenty".
    fn gone(&mut self, at: usize) -> Draft {
        let line = self.lines.remove(at);
        self.spoken = line.items.first().copied();
        line
    }
}
