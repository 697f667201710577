//! Things that are not named but told by their options: "a large with mushrooms", "a pot of oolong".
//!
//! Must never guess: where several things may be meant, none is.

use super::super::elements::{Candidate, Element, Kind, Said};
use super::super::index::How;
use super::super::language::Role;
use super::super::text::Break;
use super::parts::parts;
use super::{Draft, Reading, Stray, Sub, fitting};

/// Items that options alone may tell, at most: more are no answer.
const SEVERAL: usize = 16;

impl Reading<'_> {
    /// The one item of which all these groups are asked: "a pot of oolong" is, of several, the one of
    /// which nothing else is.
    fn item_with(&self, groups: &[u32]) -> Option<usize> {
        let menu = &self.index.menu;
        let takes = |item: &usize| {
            let mut groups = groups.iter();
            groups.all(|group| menu.opens(*item, *group as usize))
        };
        let asked = |item: usize| {
            let item = menu.items.get(item);
            item.map_or(usize::MAX, |item| item.groups.len())
        };
        let all = (0..menu.items.len()).filter(takes).take(SEVERAL);
        let mut all: Vec<usize> = all.collect();
        all.sort_by_key(|item| asked(*item));
        match all.as_slice() {
            [first, second, ..] if asked(*first) == asked(*second) => None,
            [first, ..] => Some(*first),
            [] => None,
        }
    }

    /// "A rice, a pot of oolong": what nothing that was named can have is a thing of its own, if its
    /// options tell which.
    pub(super) fn is_told(&mut self, sub: &Sub<'_>) -> bool {
        let begins = self.begins_anew(sub);
        let apart = sub.lead.gap >= Break::Comma || sub.lead.and && begins;
        if sub.qty.is_none() || !apart || sub.lead.ordinal {
            return false;
        }
        let said = || sub.options.iter().filter_map(|option| option.said());
        // One more of what was told so before is another one.
        let mut others = self.lines.iter().filter(|line| !line.is_told);
        let takes = |line: &Draft| {
            let fits = |said: &Said| fitting(self.index, line, said).is_some();
            match begins {
                true => said().all(fits),
                false => said().any(fits),
            }
        };
        if others.any(takes) {
            return false;
        }
        let candidates = said().filter_map(|said| said.candidates.iter().find(|c| !c.negated));
        let groups: Vec<u32> = candidates.map(|candidate| candidate.group).collect();
        let item = self.item_with(&groups).filter(|_| !groups.is_empty());
        let Some(item) = item else { return false };
        self.lines.push(Draft {
            items: vec![(item as u32, How::Part)],
            qty: sub.qty,
            clause: self.clause,
            is_told: true,
            ..Draft::default()
        });
        let at = self.lines.len() - 1;
        let options = sub.options.iter();
        options.for_each(|option| self.option(at, option));
        true
    }

    /// "A large with mushrooms": it need not be of what was named before, though that may be large.
    fn begins_anew(&self, sub: &Sub<'_>) -> bool {
        let [size, first, ..] = sub.options.as_slice() else {
            return false;
        };
        let mut sizes = size.said().into_iter().flat_map(|said| &said.candidates);
        let is_size = sizes.any(|candidate| self.index.is_single(candidate.group));
        !sub.pronoun && !size.lead.with && is_size && first.lead.with
    }

    /// "A large with mushrooms and a cola": whether so many elements tell a thing that is not the
    /// first one that is named, which does not take them.
    pub(super) fn is_thing_by_itself(&self, elements: &[Element], from: usize) -> bool {
        let Some((ahead, rest)) = elements.split_at_checked(from) else {
            return false;
        };
        let named = rest.iter().find_map(|element| match &element.kind {
            Kind::Head(items) => Some(items.as_slice()),
            _ => None,
        });
        let counted = rest.first().is_some_and(|next| next.qty().is_some());
        let Some(named) = named.filter(|_| counted) else {
            return false;
        };
        let takes = |candidate: &Candidate| {
            let group = candidate.group as usize;
            let mut named = named.iter();
            named.any(|(item, _)| self.index.menu.opens(*item as usize, group))
        };
        let mut said = ahead.iter().filter_map(Element::said);
        let strange = said.any(|said| !said.candidates.iter().any(takes));
        strange && self.told(ahead, false).is_some()
    }

    /// The item that options alone tell.
    fn told(&self, elements: &[Element], counted: bool) -> Option<usize> {
        let said = elements.iter().filter_map(Element::said);
        let wanted = said.filter_map(|said| said.candidates.iter().find(|c| !c.negated));
        let groups: Vec<u32> = wanted.map(|candidate| candidate.group).collect();
        let counted = counted || elements.iter().any(|element| element.qty().is_some());
        // "Two bottles" of what is not understood are no wine.
        let counts_only = |element: &Element| {
            let words = self.tokens.get(element.from..element.to);
            words.is_some_and(|words| self.index.is(words, Role::Counter))
        };
        let mut options = elements.iter().filter(|element| element.said().is_some());
        let tells = groups.len() > 1 || counted && !groups.is_empty() && !options.all(counts_only);
        tells.then(|| self.item_with(&groups)).flatten()
    }

    /// "One large with mushrooms", where one item alone can be meant.
    pub(super) fn told_by_options(&mut self, elements: &[Element], blank: Draft) {
        let loose = |elements: &[Element]| {
            let qty = elements.iter().find_map(Element::qty).copied();
            let more = elements.iter().any(|element| element.lead.more);
            let options = elements.iter().filter(|element| element.said().is_some());
            Stray {
                qty,
                more,
                said: elements
                    .iter()
                    .filter_map(|element| element.said().cloned())
                    .collect(),
                spans: options.map(|option| (option.from, option.to)).collect(),
            }
        };
        self.loose = Some(loose(elements));
        let Some(item) = self.told(elements, blank.qty.is_some()) else {
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
}
