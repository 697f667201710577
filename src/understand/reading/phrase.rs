//! A thing with what belongs to it becomes a line, or says more of one that there is.

use super::super::amount::Amount;
use super::super::elements::{Element, Kind, Lead, Said};
use super::super::index::How;
use super::super::pieces::Qty;
use super::super::result::{own_unit, sells_by_measure};
use super::super::split::Phrase;
use super::super::text::{Break, tokens};
use super::parts::{counted, parts};
use super::{Draft, Reading, Sub, fitting};

/// A thing and what was said around it.
struct Around<'e> {
    head: &'e Element,
    before: &'e [Element],
    /// Its own options.
    own: Vec<&'e Element>,
    /// What these say.
    wanted: Vec<&'e Said>,
    /// Parts of its quantity with options of theirs.
    subs: Vec<Sub<'e>>,
    /// So many less, said after it: "米饭减一碗".
    fewer: bool,
}

impl<'e> Around<'e> {
    /// Whether the thing, or something before it, was led to so.
    fn lead(&self, mark: fn(&Lead) -> bool) -> bool {
        mark(&self.head.lead) || self.before.iter().any(|element| mark(&element.lead))
    }
}

impl Reading<'_> {
    /// A thing with what belongs to it.
    pub(super) fn phrase(&mut self, elements: &[Element], phrase: Phrase) {
        let (Some(head), Some(before), Some(after)) = (
            elements.get(phrase.head),
            elements.get(phrase.from..phrase.head),
            elements.get(phrase.head + 1..phrase.to),
        ) else {
            return;
        };
        let mut draft = self.draft(head);
        draft.person = head.lead.person;
        draft.changes = self.becomes;
        if let Some(apart) = self.told_apart(before).filter(|_| !draft.items.is_empty()) {
            return self.put_apart(draft, apart, after);
        }
        let mut own: Vec<&Element> = Vec::new();
        for element in before {
            match element.qty() {
                Some(qty) => {
                    draft.spans.push((element.from, element.to));
                    counted(&mut draft, *qty, element.lead);
                }
                None => own.push(element),
            }
        }
        self.in_the_same(&mut draft);
        let (said, subs) = parts(after, &mut draft);
        own.extend(said);
        let wanted = own.iter().filter_map(|element| element.said()).collect();
        let uncounted = before.iter().all(|element| element.qty().is_none());
        let less = |after: &&Element| uncounted && after.qty().is_some() && after.lead.fewer;
        let around = Around {
            wanted,
            fewer: after.iter().take(1).any(|element| less(&element)),
            head,
            before,
            own,
            subs,
        };
        draft.more = around.lead(|lead| lead.more);
        if draft.items.is_empty() && draft.category.is_none() {
            return self.not_sold(around);
        }
        self.choose(&mut draft, &around.wanted);
        self.for_each_person(&mut draft);
        let mut own = around.own.iter();
        let own = own.find(|element| element.from == head.from);
        self.form = own.and_then(|element| fitting(self.index, &draft, element.said()?));
        if self.takes_away(&draft, &around) {
            return;
        }
        if let Some(around) = self.says_more(&draft, around) {
            self.new_line(draft, around);
        }
    }

    /// "Three cases of cola and one of water": a case of that too, if it comes in cases.
    fn in_the_same(&self, draft: &mut Draft) {
        let (Some((item, _)), Some(qty)) = (draft.items.first(), draft.qty.as_mut()) else {
            return;
        };
        let last = self.lines.last().and_then(|line| line.qty);
        let plain = qty.of && qty.unit.is_none() && qty.measure.is_none();
        let Some(last) = last.filter(|_| plain) else {
            return;
        };
        let has = |unit: &u32| own_unit(self.index, *item, *unit).is_some();
        qty.unit = last.unit.filter(has);
        qty.measure = last.measure.filter(|_| sells_by_measure(self.index, *item));
    }

    /// What was said of a thing that is not sold goes with it.
    fn not_sold(&mut self, around: Around<'_>) {
        let subs = around.subs.into_iter().flat_map(|sub| sub.options);
        let options = around.own.into_iter().chain(subs);
        self.lost
            .extend(options.map(|option| (option.from, option.to)));
    }

    fn new_line(&mut self, mut draft: Draft, around: Around<'_>) {
        if let Some(taken) = self.gap.take() {
            draft.qty = draft.qty.or(taken.qty);
        }
        let mut subs = around.subs;
        if let [only] = subs.as_slice()
            && self.is_more_of_what_is_there(&draft, only)
        {
            draft.qty = only.qty;
            draft.more = true;
            subs.clear();
        }
        self.lines.push(draft);
        let at = self.lines.len() - 1;
        for element in around.own {
            self.option(at, element);
        }
        for sub in subs {
            self.sub(at, sub);
        }
    }

    /// "One rice each": so much times the people.
    fn for_each_person(&self, draft: &mut Draft) {
        let Some(people) = self.people.filter(|_| draft.person) else {
            return;
        };
        let qty = draft.qty.get_or_insert(Qty {
            weak: false,
            ..Qty::ONE
        });
        let all = qty.amount.times(Amount::whole(people));
        qty.amount = all.unwrap_or(qty.amount);
        draft.person = false;
    }

    /// "One rice less", "no rice": whether it takes something away.
    fn takes_away(&mut self, draft: &Draft, around: &Around<'_>) -> bool {
        let negated = around.head.lead.negated;
        let one = negated && around.lead(|lead| lead.ordinal || lead.other);
        let less = around.fewer || around.lead(|lead| lead.fewer);
        if less && draft.qty.is_some() || one {
            self.fewer(draft, around.head);
            return true;
        }
        let mut before = around.before.iter().filter_map(Element::qty);
        if negated && !before.any(|qty| !qty.weak) {
            self.without(draft, around.head);
            return true;
        }
        false
    }

    /// Whether it says more of a line that there is; gives back what is a line of its own.
    fn says_more<'e>(&mut self, draft: &Draft, around: Around<'e>) -> Option<Around<'e>> {
        let (head, wanted) = (around.head, &around.wanted);
        if self.more_of_it(draft, wanted, &around.subs)
            && let Some(at) = self.line_of(draft)
        {
            let subs = around.subs.into_iter();
            subs.for_each(|sub| self.sub(at, sub));
            return None;
        }
        let bare = wanted.is_empty()
            && draft.qty.is_none()
            && !head.lead.more
            && !head.lead.and
            && head.lead.gap >= Break::Space
            && around.subs.is_empty();
        let known = |at: &usize| {
            let counted = |line: &Draft| line.qty.is_some_and(|qty| !qty.weak);
            let line = self.lines.get(*at);
            line.is_some_and(|line| head.han || counted(line))
        };
        if let Some(at) = self.line_of(draft).filter(known).filter(|_| bare) {
            self.topic = Some(at);
            if let Some(line) = self.lines.get_mut(at) {
                line.spans.extend(&draft.spans);
            }
            return None;
        }
        if self.is_named_again(draft, head, around.before, wanted) {
            self.again(draft, &around.own);
            return None;
        }
        Some(around)
    }

    pub(super) fn draft(&self, head: &Element) -> Draft {
        let (items, category) = match &head.kind {
            Kind::Head(items) => (items.clone(), None),
            Kind::Category(category) => (Vec::new(), Some(*category)),
            _ => (Vec::new(), None),
        };
        Draft {
            items,
            category,
            spans: vec![(head.from, head.to)],
            clause: self.clause,
            ..Draft::default()
        }
    }

    /// Of several items the one that takes what was said, the surest first, one that was named
    /// before rather than others.
    pub(super) fn choose(&self, draft: &mut Draft, wanted: &[&Said]) {
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
        // "Documents" is another thing than "Documents, same city", though that was named before.
        let said = draft
            .spans
            .first()
            .and_then(|(from, to)| self.tokens.get(*from..*to))
            .unwrap_or_default();
        let is_said = |name: &String| {
            let name = tokens(name, &self.index.canon);
            let mut forms = name.iter().zip(said);
            name.len() == said.len() && forms.all(|(a, b)| a.form == b.form)
        };
        let whole = |item: u32| {
            let item = self.index.menu.items.get(item as usize);
            item.is_some_and(|item| item.names.iter().any(is_said))
        };
        let any = draft.items.iter().any(|(item, _)| named(*item));
        draft.items.sort_by_cached_key(|(item, how)| {
            (
                std::cmp::Reverse(how.score() > 90),
                std::cmp::Reverse(any && *how <= How::Exact && whole(*item)),
                std::cmp::Reverse(named(*item)),
                *how,
                std::cmp::Reverse(fits(*item)),
            )
        });
    }

    /// The last line of the same item.
    pub(super) fn line_of(&self, draft: &Draft) -> Option<usize> {
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

    /// "麻团再加一份" of what this message has not named: one more than there is, not two.
    fn is_more_of_what_is_there(&self, draft: &Draft, sub: &Sub<'_>) -> bool {
        let breath = sub.lead.gap <= Break::Space && !sub.lead.and;
        draft.qty.is_none() && sub.options.is_empty() && sub.lead.more && breath
    }

    /// "春卷再加两份": more of a line that there is.
    fn more_of_it(&self, draft: &Draft, wanted: &[&Said], subs: &[Sub<'_>]) -> bool {
        let more = |sub: &Sub<'_>| sub.lead.more || sub.qty.is_some_and(|qty| qty.more);
        draft.qty.is_none() && wanted.is_empty() && !subs.is_empty() && subs.iter().all(more)
    }
}
