//! What was said after a thing: its own options, and parts of it with options of theirs.

use super::super::amount::Amount;
use super::super::elements::{Candidate, Element, Kind, Lead, Said};
use super::super::pieces::Qty;
use super::super::result::own_unit;
use super::super::text::Break;
use super::{Draft, Reading, Sub, fitting};

impl Sub<'_> {
    /// Whether it is besides what there is.
    fn is_more(&self) -> bool {
        // "The other with an extra shot": what is added there is the option.
        let option = self.lead.other && self.lead.with;
        self.lead.more && !option || self.qty.is_some_and(|qty| qty.more)
    }
}

impl Reading<'_> {
    /// A part of a line's quantity with options of its own, or more of it.
    pub(super) fn sub(&mut self, at: usize, sub: Sub<'_>) {
        // "三碗米饭，减一碗": the line is the last one.
        if let Some(less) = sub.qty.filter(|_| sub.lead.fewer && sub.options.is_empty()) {
            return self.less_of_last(less.amount);
        }
        if self.adds_to_it(at, &sub)
            || self.is_told(&sub)
            || self.counts_it(at, &sub)
            || self.is_of_another(at, &sub)
        {
            return;
        }
        let Some(line) = self.lines.get(at) else {
            return;
        };
        let whole = line.qty.map_or(Amount::ONE, |qty| qty.amount);
        let original = line.total.unwrap_or(whole);
        let wanted = match (sub.qty, sub.lead.rest) {
            (_, true) => whole,
            // "Half of them", not "half a kilo".
            (Some(qty), _) if qty.half && qty.measure.is_none() => Amount(original.0 / 2),
            (Some(qty), _) => qty.amount,
            (None, _) => Amount::ONE,
        };
        if self.is_in_another_unit(line, &sub) {
            let mut new = so_many_of(line, sub.qty, wanted);
            new.options.clear();
            self.lines.push(new);
            let last = self.lines.len() - 1;
            let options = sub.options.iter();
            return options.for_each(|option| self.option(last, option));
        }
        if sub.lead.ordinal && sub.options.is_empty() {
            return;
        }
        let lead = &sub.lead;
        let of_it = lead.ordinal || lead.of_them || lead.other || lead.rest;
        let points = sub.pronoun || of_it;
        // "Three: one with ham, another with bacon" are parts of the three.
        let another = |qty: Qty| qty.weak || qty.more && qty.unit.is_none();
        let goes_on = line.total.is_some() && sub.qty.is_some_and(another);
        let more = sub.is_more() && !(goes_on && wanted <= whole) || line.list;
        if sub.options.is_empty() && !points && !more {
            return;
        }
        if more && sub.options.is_empty() {
            return self.more_of(at, &sub, wanted);
        }
        let own = !line.options.is_empty();
        // "Six clear ones, two white".
        let first = sub.options.first().map(|option| option.lead.gap);
        let gap = sub.lead.gap.max(first.unwrap_or_default());
        let apart = sub.lead.and || sub.pronoun || gap >= Break::Comma;
        let takes_from = wanted <= whole
            && !(original == Amount::ONE && (sub.pronoun || sub.lead.other || own))
            && !(own && !of_it && apart && self.doubles(at, &sub.options))
            && !more;
        if takes_from && wanted == whole {
            return sub
                .options
                .iter()
                .for_each(|option| self.option(at, option));
        }
        let mut new = so_many_of(line, sub.qty, wanted);
        match self.lines.get_mut(at).filter(|_| takes_from) {
            Some(line) => {
                let qty = line.qty.get_or_insert(Qty::ONE);
                qty.amount = whole - wanted;
                line.total = Some(original);
            }
            None if sub.qty.is_some_and(|qty| qty.same) => {}
            None => new.options.clear(),
        }
        self.lines.push(new);
        let last = self.lines.len() - 1;
        sub.options
            .iter()
            .for_each(|option| self.option(last, option));
    }

    /// "Two boxes of twelve eggs and one of six", "two cans and a case": not a part of what there is.
    fn is_in_another_unit(&self, line: &Draft, sub: &Sub<'_>) -> bool {
        let Some((item, _)) = line.items.first() else {
            return false;
        };
        let own = |qty: Qty| own_unit(self.index, *item, qty.unit?);
        let new = sub.qty.and_then(own);
        let old = line.qty;
        let old = old.filter(|qty| qty.unit.is_some() || qty.measure.is_some());
        new.is_some() && old.is_some_and(|old| own(old) != new)
    }

    /// Whether it only says how many of it, or more of it: "lemon tea, two of those", "with an egg".
    fn counts_it(&mut self, at: usize, sub: &Sub<'_>) -> bool {
        let is_weak = |qty: Qty| qty.weak && qty.unit.is_none() && !qty.more;
        let weak =
            sub.qty.is_some_and(is_weak) && !sub.pronoun && !sub.lead.other && !sub.lead.of_them;
        let says = weak
            && (sub.options.is_empty() || !self.doubles(at, &sub.options))
            && !self.is_one_size_of(at, sub);
        let Some(line) = self.lines.get_mut(at) else {
            return true;
        };
        let new = sub
            .qty
            .filter(|qty| sub.lead.of_them && qty.amount > Amount::ONE);
        let counts = line.qty.is_none() && new.is_some();
        if counts {
            line.qty = new;
        }
        if counts || says {
            sub.options
                .iter()
                .for_each(|option| self.option(at, option));
        }
        counts || says
    }

    /// "加一份花生": so much of what a thing may have several of is added to the thing.
    fn adds_to_it(&mut self, at: usize, sub: &Sub<'_>) -> bool {
        let [option] = sub.options.as_slice() else {
            return false;
        };
        let line = self.lines.get(at);
        let (Some(line), Some(qty), Some(said)) = (line, sub.qty, option.said()) else {
            return false;
        };
        let added = sub.lead.with && sub.lead.more && !option.lead.with && !sub.pronoun;
        let several = |candidate: &Candidate| !self.index.is_single(candidate.group);
        let fits = fitting(self.index, line, said).filter(several).is_some();
        if !added || !fits {
            return false;
        }
        let count = qty.amount.as_whole().unwrap_or(1);
        let said = Said {
            count: count.max(said.count),
            ..said.clone()
        };
        if self.put(at, &said)
            && let Some(line) = self.lines.get_mut(at)
        {
            line.spans.push((option.from, option.to));
        }
        true
    }

    /// "Three pizzas, a small with ham": one of several, by its size.
    fn is_one_size_of(&self, at: usize, sub: &Sub<'_>) -> bool {
        let several = |line: &Draft| line.qty.is_some_and(|qty| qty.amount > Amount::ONE);
        let first = sub.options.first().filter(|option| !option.lead.with);
        let said = first.and_then(|option| option.said()).into_iter();
        let mut candidates = said.flat_map(|said| &said.candidates);
        let is_size = candidates.any(|candidate| self.index.is_single(candidate.group));
        is_size && self.lines.get(at).is_some_and(several)
    }

    /// "再来一壶铁观音": whether it is of another thing, that the options tell.
    fn is_of_another(&mut self, at: usize, sub: &Sub<'_>) -> bool {
        let Some(line) = self.lines.get(at).filter(|_| !sub.options.is_empty()) else {
            return false;
        };
        let fits = |said: &Said| fitting(self.index, line, said).is_some();
        let mut said = sub.options.iter().filter_map(|option| option.said());
        let whole = line.qty.map_or(Amount::ONE, |qty| qty.amount);
        let other = |qty: Qty| !qty.weak && qty.amount >= whole;
        let counts = sub.is_more() || sub.qty.is_some_and(other);
        if !counts || said.any(fits) {
            return false;
        }
        let blank = Draft {
            qty: sub.qty,
            clause: self.clause,
            ..Draft::default()
        };
        let options = sub.options.iter().map(|option| (*option).clone());
        let options: Vec<Element> = options.collect();
        self.told_by_options(&options, blank);
        true
    }

    /// More of a line as it is.
    fn more_of(&mut self, at: usize, sub: &Sub<'_>, wanted: Amount) {
        if let Some(line) = self.lines.get_mut(at) {
            // "酸辣粉再来两碗" is two more of what was had before this message.
            let counted = sub.qty.is_some_and(|qty| qty.counted && !qty.more);
            let uncounted = if counted { Amount(0) } else { Amount::ONE };
            let old = line.qty.map_or(uncounted, |qty| qty.amount);
            let mut qty = line.qty.or(sub.qty).unwrap_or(Qty::ONE);
            qty.amount = old + wanted;
            qty.weak = false;
            line.qty = Some(qty);
        }
    }

    /// Whether an option would be a second answer where there may be one.
    pub(super) fn doubles(&self, at: usize, options: &[&Element]) -> bool {
        let Some(line) = self.lines.get(at) else {
            return false;
        };
        let single = |group: u32| self.index.is_single(group);
        let mut said = options
            .iter()
            .filter_map(|element| fitting(self.index, line, element.said()?));
        said.any(|new| {
            single(new.group) && line.options.iter().any(|(old, _)| old.group == new.group)
        })
    }

    /// "One of each": a quantity for all lines of the clause that have none.
    pub(super) fn spread(&mut self, from: usize) {
        let each = self
            .lines
            .iter()
            .skip(from)
            .find_map(|line| line.qty.filter(|qty| qty.each));
        let Some(each) = each else {
            return;
        };
        for line in self.lines.iter_mut().skip(from) {
            match &mut line.qty {
                Some(own) if own.each => own.pieces = false,
                Some(_) => {}
                None => {
                    line.qty = Some(Qty {
                        pieces: false,
                        ..each
                    });
                }
            }
        }
    }
}

/// Whether a quantity after a thing is the thing's own, or adds to that.
fn merges(draft: &Draft, qty: &Qty, lead: Lead) -> bool {
    let measured = |known: Qty| known.unit.is_some() || known.measure.is_some();
    let besides = lead.and && draft.qty.is_some_and(measured);
    // "A pair of black socks, a pack of red ones".
    let differs = |known: Qty| known.unit.is_some() && known.unit != qty.unit;
    let besides = besides || lead.gap >= Break::Comma && draft.qty.is_some_and(differs);
    let unit = qty.weak && qty.unit.is_some() && !lead.other && !besides;
    let times = draft.qty.is_some_and(|known| known.weak) && qty.times;
    // "Rice (10 kg)": what one holds.
    let holds = lead.gap == Break::Bracket && qty.measure.is_some();
    // "30枚装两份": how many of a unit that stands alone.
    let alone = |known: Qty| known.weak && known.unit.is_some();
    let packs = draft.qty.is_some_and(alone) && !qty.weak && !lead.and;
    let own = draft.qty.is_none() || unit || times || holds || packs;
    own && !qty.more && !lead.more && (packs || !lead.of_them) && !lead.ordinal
}

/// Whether it is one of a thing.
fn is_one(draft: &Draft) -> bool {
    let one = draft.qty.is_none_or(|qty| qty.amount == Amount::ONE);
    one && !draft.items.is_empty()
}

/// A line of which there are so many, with nothing read for it yet.
fn so_many_of(line: &Draft, said: Option<Qty>, wanted: Amount) -> Draft {
    let mut new = line.clone();
    new.spans.clear();
    let mut qty = said.or(line.qty).unwrap_or(Qty::ONE);
    qty.amount = wanted;
    if let Some(old) = line.qty {
        // "A litre of whole milk and 500 ml of skimmed".
        if qty.unit.is_none() && qty.measure.is_none() {
            (qty.unit, qty.measure) = (old.unit, old.measure);
        }
        qty.weak = false;
    }
    new.qty = Some(qty);
    new
}

/// A quantity of a line: the first one; a unit alone, or what is in each, adds to it.
pub(super) fn counted(draft: &mut Draft, qty: Qty, lead: Lead) {
    draft.person |= lead.person;
    let qty = Qty {
        each: lead.each,
        ..qty
    };
    match &mut draft.qty {
        None => draft.qty = Some(qty),
        Some(known) if qty.weak && qty.unit.is_some() && known.unit.is_none() => {
            known.unit = qty.unit
        }
        Some(known) if known.weak && known.unit.is_none() => *known = qty,
        // "A pack of 24".
        Some(_) => draft.inner = Some(qty),
    }
}

/// "Gel pens: 2 boxes blue, 1 box red": each quantity has its option.
pub(super) fn is_list(after: &[Element]) -> bool {
    let counts = after
        .iter()
        .filter(|element| element.qty().is_some())
        .count();
    let with_option = after
        .iter()
        .zip(after.iter().skip(1))
        .filter(|(a, b)| {
            a.qty().is_some_and(|qty| !qty.weak) && b.said().is_some_and(|said| !said.all)
        })
        .count();
    counts >= 2 && with_option == counts && after.first().is_some_and(|first| first.qty().is_some())
}

/// "手套大号两盒小号一盒": each option has its quantity after it.
pub(super) fn is_list_of_options(after: &[Element]) -> bool {
    let pairs = after.chunks(2);
    after.len() >= 4
        && pairs.into_iter().all(|pair| matches!(pair, [option, count] if option.said().is_some() && count.qty().is_some_and(|qty| !qty.weak)))
}

/// The parts of such a list; the first one is the thing itself.
pub(super) fn listed<'e>(
    after: &'e [Element],
    draft: &mut Draft,
) -> (Vec<&'e Element>, Vec<Sub<'e>>) {
    let mut own = Vec::new();
    let mut subs = Vec::new();
    for (nth, pair) in after.chunks(2).enumerate() {
        let [option, count] = pair else {
            continue;
        };
        if nth == 0 {
            own.push(option);
            draft.qty = count.qty().copied();
        } else {
            subs.push(Sub {
                qty: count.qty().copied(),
                lead: count.lead,
                pronoun: false,
                options: vec![option],
            });
        }
    }
    (own, subs)
}

/// Takes out what stands before the number of a part and is said of it: "no pickles on one of them",
/// "要香菜的一碗".
fn said_before<'e>(
    options: &mut Vec<&'e Element>,
    count: &Element,
    next: Option<&Element>,
) -> Vec<&'e Element> {
    let goes_on = next.is_some_and(|next| next.said().is_some() && next.lead.gap < Break::Comma);
    // A bare number may be the end of an option's name: "before 10".
    let of_things = |qty: &Qty| qty.counted || qty.unit.is_some() || qty.measure.is_some();
    let counts = count.lead.of_them || count.qty().is_some_and(of_things);
    if goes_on || !counts || count.lead.gap > Break::Space {
        return Vec::new();
    }
    let negated = |at: usize| {
        let said = options.get(at).and_then(|option| option.said());
        said.is_some_and(|said| said.candidates.iter().any(|c| c.negated))
    };
    let begins = |at: &usize| {
        let lead = options
            .get(*at)
            .map_or(Lead::default(), |option| option.lead);
        let turns = *at > 0 && negated(*at) && !negated(*at - 1);
        lead.gap >= Break::Comma || count.lead.of_them && (lead.and || lead.with || turns)
    };
    let from = match (0..options.len()).rev().find(begins) {
        Some(from) => from,
        None if count.lead.of_them => 0,
        None => options.len(),
    };
    options.split_off(from)
}

/// What was said after a thing: its own options, and parts of it with options of theirs.
pub(super) fn parts<'e>(
    after: &'e [Element],
    draft: &mut Draft,
) -> (Vec<&'e Element>, Vec<Sub<'e>>) {
    let mut own = Vec::new();
    let mut subs: Vec<Sub<'e>> = Vec::new();
    draft.list = draft.qty.is_none() && is_list(after);
    if draft.qty.is_none() && is_list_of_options(after) {
        draft.list = true;
        return listed(after, draft);
    }
    for (at, element) in after.iter().enumerate() {
        let begins = element.lead.rest || element.lead.other || element.lead.ordinal;
        match &element.kind {
            // "Half pepperoni, half mushroom" of one thing is both.
            Kind::Qty(qty) if qty.half && is_one(draft) => {}
            Kind::Qty(qty) => {
                // "A small margherita and one pepperoni": of what was not named.
                let next = after.get(at + 1).is_some_and(|next| next.said().is_some());
                let another = draft.spans.is_empty() && element.lead.and && next && !own.is_empty();
                if subs.is_empty() && !another && merges(draft, qty, element.lead) {
                    draft.spans.push((element.from, element.to));
                    counted(draft, *qty, element.lead);
                } else {
                    let before = match subs.last_mut() {
                        Some(sub) => &mut sub.options,
                        None => &mut own,
                    };
                    let options = said_before(before, element, after.get(at + 1));
                    subs.push(Sub {
                        qty: Some(*qty),
                        lead: element.lead,
                        pronoun: false,
                        options,
                    });
                }
            }
            Kind::Pronoun => {
                // "green ones" are all of them.
                if let Some(sub) = subs.last_mut() {
                    sub.pronoun = true;
                }
            }
            _ if begins => subs.push(Sub {
                qty: None,
                lead: element.lead,
                pronoun: true,
                options: vec![element],
            }),
            _ => match subs.last_mut() {
                Some(sub) => sub.options.push(element),
                None => own.push(element),
            },
        }
    }
    (own, subs)
}
