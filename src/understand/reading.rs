//! The order as it grows while a message is read: lines are added, corrected, shared, taken back.

mod changes;
mod parts;

use parts::{counted, parts};

use super::amount::Amount;
use super::elements::{Candidate, Element, Kind, Lead, Said, Unwanted};
use super::index::{How, Index};
use super::pieces::Qty;
use super::split::{Phrase, phrases};
use super::text::{Break, Token, tokens};

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

/// An option for every line that takes it.
#[derive(Debug, Clone)]
pub struct Share {
    /// The option.
    pub said: Said,
    /// The tokens it was read from.
    pub at: (usize, usize),
}

/// What was said of no item.
#[derive(Debug, Clone)]
pub struct Stray {
    /// How much.
    pub qty: Option<Qty>,
    /// It is wanted besides what there is.
    pub more: bool,
    /// Options.
    pub said: Vec<Said>,
    /// The tokens of the options.
    pub spans: Vec<(usize, usize)>,
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
    tokens: &'a [Token],
    /// The lines.
    pub lines: Vec<Draft>,
    /// Options for every line.
    pub shares: Vec<Share>,
    /// How many people were named.
    pub people: Option<i64>,
    /// Items taken out that no line of this message is of.
    pub removed: Vec<(u32, Option<Qty>, usize, usize)>,
    /// Kinds of things that are not wanted.
    pub unwanted: Vec<Unwanted>,
    /// Words that were understood and came to nothing, as tokens.
    pub lost: Vec<(usize, usize)>,
    /// What was understood and went again, as tokens.
    pub heard: Vec<(usize, usize)>,
    /// Names of groups, of use only to a line that has the group.
    pub groups: Vec<(u32, usize, usize)>,
    /// What was said of no item.
    pub loose: Option<Stray>,
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

/// A part of what was said of a thing: "two of them mild".
struct Sub<'a> {
    qty: Option<Qty>,
    lead: Lead,
    pronoun: bool,
    options: Vec<&'a Element>,
}

impl<'a> Reading<'a> {
    /// An empty order.
    pub fn new(index: &'a Index, tokens: &'a [Token]) -> Self {
        Self {
            index,
            tokens,
            lines: Vec::new(),
            shares: Vec::new(),
            people: None,
            removed: Vec::new(),
            unwanted: Vec::new(),
            lost: Vec::new(),
            heard: Vec::new(),
            groups: Vec::new(),
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
            match element.qty() {
                Some(qty) => {
                    draft.spans.push((element.from, element.to));
                    counted(&mut draft, *qty, element.lead);
                }
                None => own.push(element),
            }
        }
        let (said, subs) = parts(after, &mut draft);
        own.extend(said);
        if draft.items.is_empty() && draft.category.is_none() {
            // It is not sold; what was said of it goes with it.
            let options = own.into_iter().chain(subs.into_iter().flat_map(|sub| sub.options));
            return self.lost.extend(options.map(|option| (option.from, option.to)));
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
        if self.more_of_it(&draft, &wanted, &subs)
            && let Some(at) = self.line_of(&draft)
        {
            subs.into_iter().for_each(|sub| self.sub(at, sub));
            return;
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
            if let Some(line) = self.lines.get_mut(at) {
                line.spans.extend(&draft.spans);
            }
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

    /// Notes an option on a line; one that it does not take goes to the last line that does.
    fn option(&mut self, at: usize, element: &Element) {
        let Some(said) = element.said() else {
            return;
        };
        if said.all {
            self.shares.push(Share {
                said: said.clone(),
                at: (element.from, element.to),
            });
            return;
        }
        let takes = |line: &Draft| fitting(self.index, line, said).is_some();
        let at = if self.lines.get(at).is_some_and(takes) {
            at
        } else {
            // Said of a thing that was named before.
            self.lines.iter().rposition(takes).unwrap_or(at)
        };
        let span = (element.from, element.to);
        match (self.put(at, said), self.lines.get_mut(at)) {
            (true, Some(line)) => line.spans.push(span),
            _ => self.lost.push(span),
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
