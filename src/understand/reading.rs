//! The order as it grows while a message is read: lines are added, corrected, shared, taken back.

use super::amount::Amount;
use super::elements::{Candidate, Element, Kind, Lead, Said};
use super::index::{How, Index};
use super::pieces::Qty;
use super::split::{Phrase, phrases};
use super::text::Break;

/// What a clause does to the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Adds to it.
    Add,
    /// Corrects what was said last.
    Fix,
    /// Takes something out.
    Cancel,
    /// Takes the last line out, or everything.
    CancelLast(bool),
    /// Takes something out that what comes next, or came before, replaces.
    Replaced,
}

/// A line being made.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Items it may be of.
    pub items: Vec<(u32, How)>,
    /// The kind, if only that was named.
    pub category: Option<u32>,
    /// How much was said.
    pub qty: Option<Qty>,
    /// What is in each: "two packs of nine".
    pub inner: Option<Qty>,
    /// How much it was before parts of it were told apart.
    pub total: Option<Amount>,
    /// Quantities with options of their own are listed after it.
    pub list: bool,
    /// So much for each person.
    pub person: bool,
    /// Options said.
    pub options: Vec<(Candidate, i64)>,
    /// It is wanted besides what there is.
    pub more: bool,
    /// It says how something that is there shall be.
    pub changes: bool,
    /// The tokens it was read from.
    pub spans: Vec<(usize, usize)>,
    /// The clause it was said in.
    pub clause: usize,
}

/// See the module.
pub struct Reading<'a> {
    /// What it is read by.
    pub index: &'a Index,
    /// The lines.
    pub lines: Vec<Draft>,
    /// Options for every line.
    pub shares: Vec<(Said, usize)>,
    /// How many people were named.
    pub people: Option<i64>,
    /// Items taken out that no line of this message is of.
    pub removed: Vec<(u32, Option<Amount>, usize, usize)>,
    /// What was said of no item.
    pub loose: Option<(Option<Qty>, bool, Vec<Said>)>,
    /// Items that were named but not ordered.
    pub about: Vec<u32>,
    clause: usize,
    /// Which form the name itself says: a latte is a coffee.
    form: Option<Candidate>,
    /// The clause says how something shall be.
    pub becomes: bool,
    /// What is spoken of: a line named again without more, or an item that a question named.
    topic: Option<usize>,
    /// An item that was spoken of but not ordered.
    pub spoken: Option<(u32, How)>,
    /// What `Replaced` took out: the next thing said takes its quantity and place.
    gap: Option<Draft>,
}

/// Items that options alone may tell, at most: more are no answer.
const SEVERAL: usize = 16;

/// A part of what was said of a thing: "two of them mild".
struct Sub<'a> {
    qty: Option<Qty>,
    lead: Lead,
    pronoun: bool,
    options: Vec<&'a Element>,
}

impl<'a> Reading<'a> {
    /// An empty order.
    pub fn new(index: &'a Index) -> Self {
        Self {
            index,
            lines: Vec::new(),
            shares: Vec::new(),
            people: None,
            removed: Vec::new(),
            loose: None,
            about: Vec::new(),
            clause: 0,
            gap: None,
            becomes: false,
            topic: None,
            form: None,
            spoken: None,
        }
    }

    /// Takes up a clause.
    pub fn clause(&mut self, op: Op, elements: &[Element]) {
        self.clause += 1;
        if let Op::CancelLast(everything) = op {
            return self.cancel_last(everything);
        }
        let aside = match op {
            Op::Fix => Some(0),
            Op::Add if !self.lines.is_empty() => Some(25),
            _ => None,
        };
        let found = phrases(self.index, elements, aside);
        let first = found.first().map_or(elements.len(), |phrase| phrase.from);
        let ahead = elements.get(..first).unwrap_or_default();
        if op == Op::Cancel || op == Op::Replaced {
            return self.cancel(op, elements, &found);
        }
        if !ahead.is_empty() {
            self.headless(op, ahead);
        }
        let before = self.lines.len();
        for phrase in &found {
            self.phrase(elements, *phrase);
        }
        self.spread(before);
        if op == Op::Fix {
            self.fixed(before);
        }
    }

    /// A thing with what belongs to it.
    fn phrase(&mut self, elements: &[Element], phrase: Phrase) {
        let (Some(head), Some(before), Some(after)) = (
            elements.get(phrase.head),
            elements.get(phrase.from..phrase.head),
            elements.get(phrase.head + 1..phrase.to),
        ) else {
            return;
        };
        let mut draft = self.draft(head);
        draft.person = head.lead.person;
        let lead = |mark: fn(&Lead) -> bool| {
            mark(&head.lead) || before.iter().any(|element| mark(&element.lead))
        };
        draft.more = lead(|lead| lead.more);
        draft.changes = self.becomes;
        let mut own: Vec<&Element> = Vec::new();
        for element in before {
            draft.spans.push((element.from, element.to));
            match element.qty() {
                Some(qty) => counted(&mut draft, *qty, element.lead),
                None => own.push(element),
            }
        }
        let (said, subs) = parts(after, &mut draft);
        own.extend(said);
        if draft.items.is_empty() && draft.category.is_none() {
            // It is not sold; what was said of it goes with it.
            return;
        }
        let wanted: Vec<&Said> = own.iter().filter_map(|element| element.said()).collect();
        self.choose(&mut draft, &wanted);
        if let (true, Some(people)) = (draft.person, self.people) {
            let qty = draft.qty.get_or_insert(Qty {
                weak: false,
                ..Qty::ONE
            });
            qty.amount = qty
                .amount
                .times(Amount::whole(people))
                .unwrap_or(qty.amount);
            draft.person = false;
        }
        if lead(|lead| lead.fewer) && draft.qty.is_some()
            || head.lead.negated && lead(|lead| lead.ordinal || lead.other)
        {
            return self.fewer(&draft, head);
        }
        if head.lead.negated
            && !before
                .iter()
                .any(|element| element.qty().is_some_and(|qty| !qty.weak))
        {
            self.without(&draft, head);
            return;
        }
        self.form = own
            .iter()
            .find(|element| element.from == head.from)
            .and_then(|element| fitting(self.index, &draft, element.said()?));
        if self.more_of_it(&draft, &wanted, &subs) {
            if let Some(at) = self.line_of(&draft) {
                subs.into_iter().for_each(|sub| self.sub(at, sub));
                return;
            }
        }
        let counted = self.line_of(&draft).filter(|at| {
            self.lines
                .get(*at)
                .is_some_and(|line| head.han || line.qty.is_some_and(|qty| !qty.weak))
        });
        if let Some(at) = counted.filter(|_| {
            wanted.is_empty()
                && draft.qty.is_none()
                && !head.lead.more
                && !head.lead.and
                && head.lead.gap >= Break::Space
                && subs.is_empty()
        }) {
            self.topic = Some(at);
            return;
        }
        if self.is_named_again(&draft, head, before, &wanted) {
            self.again(&draft, &own);
            return;
        }
        if let Some(taken) = self.gap.take() {
            draft.qty = draft.qty.or(taken.qty);
        }
        self.lines.push(draft);
        let at = self.lines.len() - 1;
        for element in own {
            self.option(at, element);
        }
        for sub in subs {
            self.sub(at, sub);
        }
    }

    fn draft(&self, head: &Element) -> Draft {
        let (items, category) = match &head.kind {
            Kind::Head(items) => (items.clone(), None),
            Kind::Category(category) => (Vec::new(), Some(*category)),
            _ => (Vec::new(), None),
        };
        Draft {
            items,
            category,
            qty: None,
            inner: None,
            total: None,
            list: false,
            person: false,
            options: Vec::new(),
            more: false,
            changes: false,
            spans: vec![(head.from, head.to)],
            clause: self.clause,
        }
    }

    /// Of several items the one that takes what was said, the surest first, one that was named
    /// before rather than others.
    fn choose(&self, draft: &mut Draft, wanted: &[&Said]) {
        if draft.items.len() < 2 {
            return;
        }
        let fits = |item: u32| {
            let takes = |said: &&&Said| {
                said.candidates
                    .iter()
                    .any(|c| self.index.menu.opens(item as usize, c.group as usize))
            };
            wanted.iter().filter(takes).count()
        };
        let named = |item: u32| {
            self.lines
                .iter()
                .any(|line| line.items.first().is_some_and(|(known, _)| *known == item))
        };
        draft.items.sort_by_key(|(item, how)| {
            (
                std::cmp::Reverse(how.score() > 90),
                std::cmp::Reverse(named(*item)),
                *how,
                std::cmp::Reverse(fits(*item)),
            )
        });
    }

    /// "I don't want coke": nothing, unless it was ordered.
    fn without(&mut self, draft: &Draft, head: &Element) {
        let at = self.line_of(draft);
        match at {
            Some(at) => drop(self.lines.remove(at)),
            None => self.take_out(draft, head),
        }
    }

    /// "One rice less".
    fn fewer(&mut self, draft: &Draft, head: &Element) {
        let less = draft.qty.map_or(Amount::ONE, |qty| qty.amount);
        let Some(at) = self.line_of(draft) else {
            let item = draft.items.first().map(|(item, _)| *item);
            self.removed
                .extend(item.map(|item| (item, Some(less), head.from, head.to)));
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

    fn take_out(&mut self, draft: &Draft, head: &Element) {
        if let Some((item, _)) = draft.items.first() {
            let quantity = draft.qty.filter(|qty| !qty.weak).map(|qty| qty.amount);
            self.removed.push((*item, quantity, head.from, head.to));
        }
    }

    /// The last line of the same item.
    fn line_of(&self, draft: &Draft) -> Option<usize> {
        let same = |line: &Draft| {
            let item = line
                .items
                .iter()
                .take(1)
                .any(|(item, _)| draft.items.iter().any(|(other, _)| other == item));
            let form = self.form.is_none_or(|form| {
                line.options
                    .iter()
                    .any(|(known, _)| known.group == form.group && known.choice == form.choice)
            });
            item && form
        };
        self.lines.iter().rposition(same)
    }

    /// Whether it is a line that there is already: named again to say more of it.
    fn is_named_again(
        &self,
        draft: &Draft,
        head: &Element,
        before: &[Element],
        wanted: &[&Said],
    ) -> bool {
        let Some(known) = self.line_of(draft).and_then(|at| self.lines.get(at)) else {
            return false;
        };
        if draft
            .qty
            .is_some_and(|qty| !qty.weak || before.iter().any(|e| e.qty().is_some()))
        {
            return false;
        }
        if head.lead.definite
            || head.lead.all
            || before
                .iter()
                .any(|element| element.lead.definite || element.lead.all)
        {
            return true;
        }
        let touches = head.lead.gap <= Break::Space && !head.lead.and && !head.lead.more;
        let counted = known.qty.is_some_and(|qty| !qty.weak);
        if wanted.is_empty() {
            return touches && known.clause == self.clause && !head.han;
        }
        !head.lead.more && (counted || head.han || touches && known.clause == self.clause)
    }

    /// "春卷再加两份": more of a line that there is.
    fn more_of_it(&self, draft: &Draft, wanted: &[&Said], subs: &[Sub<'_>]) -> bool {
        let more = |sub: &Sub<'_>| sub.lead.more || sub.qty.is_some_and(|qty| qty.more);
        draft.qty.is_none() && wanted.is_empty() && !subs.is_empty() && subs.iter().all(more)
    }

    fn again(&mut self, draft: &Draft, own: &[&Element]) {
        let Some(last) = self.line_of(draft) else {
            return;
        };
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

    /// Notes an option on a line; one that it does not take goes to the last line that does.
    fn option(&mut self, at: usize, element: &Element) {
        let Some(said) = element.said() else {
            return;
        };
        if said.all {
            self.shares.push((said.clone(), self.clause));
            return;
        }
        let takes = |line: &Draft| fitting(self.index, line, said).is_some();
        let at = if self.lines.get(at).is_some_and(takes) {
            at
        } else {
            // Said of a thing that was named before.
            self.lines.iter().rposition(takes).unwrap_or(at)
        };
        if self.put(at, said) {
            if let Some(line) = self.lines.get_mut(at) {
                line.spans.push((element.from, element.to));
            }
        }
    }

    fn put(&mut self, at: usize, said: &Said) -> bool {
        let index = self.index;
        let Some(line) = self.lines.get_mut(at) else {
            return false;
        };
        let Some(candidate) = fitting(index, line, said) else {
            return false;
        };
        let single = index
            .menu
            .groups
            .get(candidate.group as usize)
            .is_some_and(|group| group.max == Some(1));
        line.options.retain(|(known, _)| {
            let same =
                known.group == candidate.group && (single || known.choice == candidate.choice);
            !same
        });
        line.options.push((candidate, said.count));
        true
    }

    /// A part of a line's quantity with options of its own, or more of it.
    fn sub(&mut self, at: usize, sub: Sub<'_>) {
        let Some(line) = self.lines.get(at) else {
            return;
        };
        let whole = line.qty.map_or(Amount::ONE, |qty| qty.amount);
        let original = line.total.unwrap_or(whole);
        let wanted = match (sub.qty, sub.lead.rest) {
            (_, true) => whole,
            (Some(qty), _) if qty.half => Amount(original.0 / 2),
            (Some(qty), _) => qty.amount,
            (None, _) => Amount::ONE,
        };
        let weak = sub
            .qty
            .is_some_and(|qty| qty.weak && qty.unit.is_none() && !qty.more)
            && !sub.pronoun
            && !sub.lead.other
            && !sub.lead.of_them;
        if weak && (sub.options.is_empty() || !self.doubles(at, &sub.options)) {
            for element in &sub.options {
                self.option(at, element);
            }
            return;
        }
        let mut new = line.clone();
        let more = sub.lead.more || sub.qty.is_some_and(|qty| qty.more);
        let strange = !sub.options.is_empty()
            && !sub.options.iter().any(|element| {
                element
                    .said()
                    .is_some_and(|said| fitting(self.index, line, said).is_some())
            });
        if strange && (more || sub.qty.is_some_and(|qty| !qty.weak)) {
            // "再来一壶铁观音": of another thing.
            let blank = Draft {
                items: Vec::new(),
                category: None,
                qty: sub.qty,
                options: Vec::new(),
                more: false,
                changes: false,
                spans: Vec::new(),
                inner: None,
                total: None,
                list: false,
                person: false,
                clause: self.clause,
            };
            let elements: Vec<Element> = sub
                .options
                .iter()
                .map(|element| (*element).clone())
                .collect();
            return self.told_by_options(&elements, blank);
        }
        let more = more || line.list;
        let bare = sub.options.is_empty()
            && !sub.pronoun
            && !sub.lead.of_them
            && !sub.lead.other
            && !sub.lead.rest;
        if bare && !more {
            return;
        }
        if more && sub.options.is_empty() {
            if let Some(line) = self.lines.get_mut(at) {
                let old = line.qty.map_or(Amount::ONE, |qty| qty.amount);
                let mut qty = line.qty.or(sub.qty).unwrap_or(Qty::ONE);
                qty.amount = old + wanted;
                qty.weak = false;
                line.qty = Some(qty);
            }
            return;
        }
        let own = !line.options.is_empty();
        let takes_from = wanted <= whole
            && !(original == Amount::ONE && (sub.pronoun || sub.lead.other || own))
            && !more;
        if takes_from && wanted == whole {
            for element in &sub.options {
                self.option(at, element);
            }
            return;
        }
        new.qty = Some(Qty {
            amount: wanted,
            ..sub.qty.or(line.qty).unwrap_or(Qty::ONE)
        });
        if let (Some(qty), Some(old)) = (new.qty.as_mut(), line.qty) {
            qty.unit = qty.unit.or(old.unit);
            qty.measure = qty.measure.or(old.measure);
            qty.weak = false;
        }
        if !takes_from {
            new.options.clear();
        }
        new.spans = sub
            .options
            .iter()
            .map(|element| (element.from, element.to))
            .collect();
        if takes_from {
            if let Some(line) = self.lines.get_mut(at) {
                let mut qty = line.qty.unwrap_or(Qty::ONE);
                qty.amount = whole - wanted;
                line.qty = Some(qty);
                line.total = Some(original);
            }
        }
        self.lines.push(new);
        let last = self.lines.len() - 1;
        for element in &sub.options {
            self.option(last, element);
        }
    }

    /// Whether an option would be a second answer where there may be one.
    fn doubles(&self, at: usize, options: &[&Element]) -> bool {
        let Some(line) = self.lines.get(at) else {
            return false;
        };
        let single = |group: u32| {
            self.index
                .menu
                .groups
                .get(group as usize)
                .is_some_and(|group| group.max == Some(1))
        };
        let mut said = options
            .iter()
            .filter_map(|element| fitting(self.index, line, element.said()?));
        said.any(|new| {
            single(new.group) && line.options.iter().any(|(old, _)| old.group == new.group)
        })
    }

    /// A clause that names no thing: more said of what was named, or a thing told by its options.
    fn headless(&mut self, op: Op, elements: &[Element]) {
        let mut blank = Draft {
            items: Vec::new(),
            category: None,
            qty: None,
            inner: None,
            total: None,
            list: false,
            person: false,
            options: Vec::new(),
            more: false,
            changes: false,
            spans: Vec::new(),
            clause: self.clause,
        };
        let counts = elements
            .iter()
            .any(|element| element.qty().is_some_and(|qty| !qty.weak));
        if let Some(item) = self
            .spoken
            .take()
            .filter(|_| counts && self.lines.is_empty())
        {
            let mut draft = Draft {
                items: vec![item],
                ..blank
            };
            let (own, subs) = parts(elements, &mut draft);
            self.lines.push(draft);
            own.into_iter().for_each(|element| self.option(0, element));
            subs.into_iter().for_each(|sub| self.sub(0, sub));
            return;
        }
        if self.lines.is_empty() {
            return self.told_by_options(elements, blank);
        }
        let last = self
            .topic
            .take()
            .filter(|at| *at < self.lines.len())
            .unwrap_or(self.lines.len() - 1);
        if op == Op::Fix {
            if let Some(line) = self.lines.get_mut(last) {
                line.changes |= self.becomes && line.qty.is_none();
            }
            let (said, subs) = parts(elements, &mut blank);
            if let (Some(qty), Some(line)) = (
                blank.qty.filter(|qty| !qty.weak || said.is_empty()),
                self.lines.get_mut(last),
            ) {
                let old = line.qty;
                let mut qty = qty;
                if let Some(old) = old {
                    qty.unit = qty.unit.or(old.unit.filter(|_| qty.measure.is_none()));
                    qty.measure = qty.measure.or(old.measure.filter(|_| qty.unit.is_none()));
                }
                line.qty = Some(qty);
            }
            for element in said {
                self.anywhere(element);
            }
            for sub in subs {
                self.sub(last, sub);
            }
            return;
        }
        blank.qty = Some(Qty::ONE);
        let (said, subs) = parts(elements, &mut blank);
        for element in said {
            self.anywhere(element);
        }
        for sub in subs {
            self.sub(last, sub);
        }
    }

    /// An option for the last line that takes it.
    fn anywhere(&mut self, element: &Element) {
        let Some(said) = element.said() else {
            return;
        };
        let takes = |line: &Draft| fitting(self.index, line, said).is_some();
        if let Some(at) = self.lines.iter().rposition(takes) {
            self.option(at, element);
        }
    }

    /// "One large with mushrooms", where one item alone can be meant.
    fn told_by_options(&mut self, elements: &[Element], blank: Draft) {
        let groups: Vec<u32> = elements
            .iter()
            .filter_map(|element| element.said()?.candidates.iter().find(|c| !c.negated))
            .map(|candidate| candidate.group)
            .collect();
        let loose = |elements: &[Element]| {
            let qty = elements.iter().find_map(Element::qty).copied();
            let more = elements.iter().any(|element| element.lead.more);
            (
                qty,
                more,
                elements
                    .iter()
                    .filter_map(|element| element.said().cloned())
                    .collect(),
            )
        };
        self.loose = Some(loose(elements));
        if groups.is_empty()
            || blank.qty.is_none()
                && !elements.iter().any(|element| element.qty().is_some())
                && groups.len() < 2
        {
            return;
        }
        let takes = |item: &usize| {
            groups
                .iter()
                .all(|group| self.index.menu.opens(*item, *group as usize))
        };
        // "A pot of oolong": of several the one of which nothing else is asked.
        let asked = |item: usize| {
            self.index
                .menu
                .items
                .get(item)
                .map_or(usize::MAX, |item| item.groups.len())
        };
        let mut fitting: Vec<usize> = (0..self.index.menu.items.len())
            .filter(takes)
            .take(SEVERAL)
            .collect();
        fitting.sort_by_key(|item| asked(*item));
        let alone = fitting.get(1).is_none_or(|second| {
            fitting
                .first()
                .is_some_and(|first| asked(*first) < asked(*second))
        });
        let Some(item) = fitting.first().copied().filter(|_| alone) else {
            return;
        };
        self.loose = None;
        let mut draft = Draft {
            items: vec![(item as u32, How::Part)],
            ..blank
        };
        let (own, subs) = parts(elements, &mut draft);
        self.lines.push(draft);
        let at = self.lines.len() - 1;
        for element in own {
            self.option(at, element);
        }
        for sub in subs {
            self.sub(at, sub);
        }
    }

    /// "One of each": a quantity for all lines of the clause that have none.
    fn spread(&mut self, from: usize) {
        let each = self
            .lines
            .iter()
            .skip(from)
            .find_map(|line| line.qty.filter(|qty| qty.each));
        let Some(each) = each else {
            return;
        };
        for line in self.lines.iter_mut().skip(from) {
            if line.qty.is_none() || line.qty.is_some_and(|qty| qty.each) {
                line.qty = Some(Qty {
                    pieces: false,
                    ..each
                });
            }
        }
    }

    /// What was corrected goes: lines of the same items, or else the last one.
    fn fixed(&mut self, from: usize) {
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
        let gone = if old.is_empty() { vec![from - 1] } else { old };
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

    fn cancel(&mut self, op: Op, elements: &[Element], found: &[Phrase]) {
        if found.is_empty() {
            // An option is not wanted after all.
            for element in elements {
                if let Some(said) = element.said() {
                    self.unsay(said);
                }
            }
            return;
        }
        for phrase in found {
            let Some(head) = elements.get(phrase.head) else {
                continue;
            };
            let mut draft = self.draft(head);
            let counted = elements
                .get(phrase.from..phrase.head)
                .unwrap_or_default()
                .iter()
                .find_map(Element::qty);
            draft.qty = counted.copied();
            match self.line_of(&draft) {
                Some(at) => {
                    let was = self.lines.remove(at);
                    if op == Op::Replaced {
                        self.gap = Some(was);
                    }
                }
                None => self.take_out(&draft, head),
            }
        }
    }

    fn unsay(&mut self, said: &Said) {
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
        if gone || self.lines.is_empty() {
            return;
        }
        let negated = said
            .candidates
            .iter()
            .filter(|c| {
                self.index
                    .menu
                    .groups
                    .get(c.group as usize)
                    .is_some_and(|group| group.negatable)
            })
            .map(|c| Candidate {
                negated: true,
                ..*c
            })
            .collect();
        let said = Said {
            candidates: negated,
            ..said.clone()
        };
        let takes = |line: &Draft| fitting(self.index, line, &said).is_some();
        if let Some(at) = self.lines.iter().rposition(takes) {
            self.put(at, &said);
        }
    }

    fn cancel_last(&mut self, everything: bool) {
        if everything {
            self.lines.clear();
        } else {
            self.lines.pop();
        }
    }
}

/// The answer that a line's item may have.
pub fn fitting(index: &Index, line: &Draft, said: &Said) -> Option<Candidate> {
    let Some((item, _)) = line.items.first() else {
        return said
            .candidates
            .first()
            .copied()
            .filter(|_| line.category.is_some());
    };
    let opens = |candidate: &&Candidate| index.menu.opens(*item as usize, candidate.group as usize);
    said.candidates.iter().find(opens).copied()
}

/// A quantity of a line: the first one; a unit alone, or what is in each, adds to it.
fn counted(draft: &mut Draft, qty: Qty, lead: Lead) {
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
        Some(known) if known.weak && !qty.weak && qty.unit.is_none() => {
            known.amount = qty.amount;
            known.weak = false;
        }
        Some(_) => draft.inner = Some(qty),
    }
}

/// "Gel pens: 2 boxes blue, 1 box red": each quantity has its option.
fn is_list(after: &[Element]) -> bool {
    let counts = after
        .iter()
        .filter(|element| element.qty().is_some())
        .count();
    let with_option = after
        .iter()
        .zip(after.iter().skip(1))
        .filter(|(a, b)| a.qty().is_some_and(|qty| !qty.weak) && b.said().is_some())
        .count();
    counts >= 2 && with_option == counts && after.first().is_some_and(|first| first.qty().is_some())
}

/// "手套大号两盒小号一盒": each option has its quantity after it.
fn is_list_of_options(after: &[Element]) -> bool {
    let pairs = after.chunks(2);
    after.len() >= 4
        && pairs.into_iter().all(|pair| matches!(pair, [option, count] if option.said().is_some() && count.qty().is_some_and(|qty| !qty.weak)))
}

/// The parts of such a list; the first one is the thing itself.
fn listed<'e>(after: &'e [Element], draft: &mut Draft) -> (Vec<&'e Element>, Vec<Sub<'e>>) {
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

/// What was said after a thing: its own options, and parts of it with options of theirs.
fn parts<'e>(after: &'e [Element], draft: &mut Draft) -> (Vec<&'e Element>, Vec<Sub<'e>>) {
    let mut own = Vec::new();
    let mut subs: Vec<Sub<'e>> = Vec::new();
    draft.list = draft.qty.is_none() && is_list(after);
    if draft.qty.is_none() && is_list_of_options(after) {
        draft.list = true;
        return listed(after, draft);
    }
    for element in after {
        let begins = element.lead.rest || element.lead.other;
        match &element.kind {
            Kind::Qty(qty) => {
                let unit = qty.weak && qty.unit.is_some() && !element.lead.other;
                let times = draft.qty.is_some_and(|known| known.weak) && qty.times;
                let merges = (draft.qty.is_none() || unit || times) && !qty.more;
                if merges && subs.is_empty() && !element.lead.more && !element.lead.of_them {
                    draft.spans.push((element.from, element.to));
                    counted(draft, *qty, element.lead);
                } else {
                    subs.push(Sub {
                        qty: Some(*qty),
                        lead: element.lead,
                        pronoun: false,
                        options: Vec::new(),
                    });
                }
            }
            Kind::Pronoun => match subs.last_mut() {
                Some(sub) => sub.pronoun = true,
                // "green ones": all of them.
                None => {}
            },
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
