//! Says which quantity and which options belong to which thing.
//!
//! Between two things stands a row of elements; its first part belongs to the thing before, its
//! rest to the thing after. The cheapest parting of all rows together is taken, so that a message
//! in which quantities follow their things is read so throughout. Costs are in tenths of one oddity.

use super::elements::{Element, Kind, Said};
use super::index::Index;
use super::pieces::Qty;
use super::text::Break;

/// A thing with what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// The first element before it that belongs to it.
    pub from: usize,
    /// The thing itself.
    pub head: usize,
    /// The element after the last one that belongs to it.
    pub to: usize,
}

/// Elements between two things that are parted in every way; of longer rows only the beginning.
const LONGEST_ROW: usize = 40;

/// Parts a row of elements into phrases, one for each thing. What stands before all of them may be
/// of what was named earlier, or a thing of its own: `aside` says what it costs to leave out so many
/// elements; none = they must belong to the first one.
pub fn phrases(
    index: &Index,
    elements: &[Element],
    aside: impl Fn(usize) -> Option<i32>,
) -> Vec<Phrase> {
    let heads: Vec<usize> = (0..elements.len())
        .filter(|at| is_head(elements.get(*at)))
        .collect();
    let Some(first) = heads.first() else {
        return Vec::new();
    };
    let split = Split { index, elements };
    // For each thing: the cheapest way to have its phrase begin at each place, and whence.
    let mut begin = vec![(0, 0, 0)];
    begin.extend((1..=*first).filter_map(|from| Some((from, aside(from)?, 0))));
    let mut ways: Vec<Vec<(usize, i32, usize)>> = vec![begin];
    for (nth, head) in heads.iter().enumerate() {
        let next = heads.get(nth + 1).copied();
        let ends: Vec<usize> = match next {
            Some(next) => (head + 1..=next.min(head + 1 + LONGEST_ROW)).collect(),
            None => vec![elements.len()],
        };
        let starts = ways.last().cloned().unwrap_or_default();
        let mut row = Vec::with_capacity(ends.len());
        for end in ends {
            let best = starts.iter().map(|(from, cost, _)| {
                let phrase = Phrase {
                    from: *from,
                    head: *head,
                    to: end,
                };
                (cost + split.cost(phrase), *from)
            });
            if let Some((cost, from)) = best.min() {
                row.push((end, cost, from));
            }
        }
        ways.push(row);
    }
    cheapest(&heads, &ways, elements.len())
}

/// The phrases on the cheapest way, from its end back.
fn cheapest(heads: &[usize], ways: &[Vec<(usize, i32, usize)>], end: usize) -> Vec<Phrase> {
    let mut out = Vec::with_capacity(heads.len());
    let mut end = end;
    for (head, row) in heads.iter().zip(ways.iter().skip(1)).rev() {
        let from = row
            .iter()
            .find(|(at, _, _)| *at == end)
            .map_or(0, |(_, _, from)| *from);
        out.push(Phrase {
            from,
            head: *head,
            to: end,
        });
        end = from;
    }
    out.reverse();
    out
}

fn is_head(element: Option<&Element>) -> bool {
    element.is_some_and(|element| matches!(element.kind, Kind::Head(_) | Kind::Category(_)))
}

/// The first quantity, after a thing that had none before it.
fn quantity_after(element: &Element, qty: &Qty, is_han: bool) -> i32 {
    let is_plain = !qty.times && qty.measure.is_none() && qty.unit.is_none() && !element.lead.each;
    let apart = element.lead.gap >= Break::List;
    match (is_han, apart) {
        // "A，3 B" is one A.
        (true, true) => 4,
        (true, false) => 0,
        (false, _) if apart || !is_plain => 3,
        (false, _) => 20,
    }
}

/// A quantity of a thing that has one: of some of them, or of each.
fn further_quantity(element: &Element, qty: &Qty, goes_on: bool) -> i32 {
    let lead = &element.lead;
    let marked = lead.of_them || lead.more || lead.rest || lead.other || lead.ordinal;
    match () {
        () if lead.each => 5,
        () if qty.weak && qty.unit.is_some() && !qty.times => 3,
        () if qty.weak => 30,
        () if goes_on || marked => 12,
        () => 45,
    }
}

/// An option just after its thing.
fn first_option(element: &Element, said: &Said) -> i32 {
    let lead = &element.lead;
    let joined = lead.with || lead.and || lead.gap >= Break::List;
    let mut all = said.candidates.iter();
    let marked = said.count > 1 || all.any(|c| c.negated || c.much.is_some());
    let bare = !element.han && !joined && !marked;
    i32::from(bare) * 15 + i32::from(lead.and && !lead.with) * 12
}

struct Split<'a> {
    index: &'a Index,
    elements: &'a [Element],
}

impl Split<'_> {
    fn cost(&self, phrase: Phrase) -> i32 {
        let before = self
            .elements
            .get(phrase.from..phrase.head)
            .unwrap_or_default();
        let after = self
            .elements
            .get(phrase.head + 1..phrase.to)
            .unwrap_or_default();
        let Some(head) = self.elements.get(phrase.head) else {
            return 0;
        };
        let mut cost = self.before(before, head);
        // A list goes on: "with mayo tomato lettuce" is not cut by itself.
        let ahead = phrase
            .from
            .checked_sub(1)
            .and_then(|at| self.elements.get(at));
        if let (Some(ahead), Some(first)) = (ahead, before.first()) {
            let lists = ahead.said().is_some() && first.said().is_some() && !first.han;
            if lists && first.lead.gap <= Break::Space && !first.lead.and {
                cost += 8;
            }
        }
        let counted = before
            .iter()
            .any(|element| element.qty().is_some_and(|qty| !qty.times));
        cost += self.after(after, head, counted);
        let said = before
            .iter()
            .chain(after.iter().take_while(|element| element.qty().is_none()));
        cost += self.doubles(said);
        let any = counted || after.iter().any(|element| element.qty().is_some());
        cost + if any { 0 } else { 10 }
    }

    /// What stands before a thing: "two large" is good, "with ice" is not.
    fn before(&self, before: &[Element], head: &Element) -> i32 {
        let mut cost = 0;
        let mut counted = false;
        let mut options = 0;
        for (at, element) in before.iter().enumerate() {
            let next = before.get(at + 1).unwrap_or(head);
            cost += self.gap_before(next);
            // A bracket belongs to what stands before it.
            if at == 0 && element.lead.gap == Break::Bracket {
                cost += 40;
            }
            if next.lead.with && element.qty().is_some() {
                cost += 30;
            }
            match &element.kind {
                Kind::Qty(qty) => {
                    let inner = at > 0
                        && !element.lead.and
                        && before
                            .get(at - 1)
                            .and_then(Element::qty)
                            .is_some_and(|ahead| ahead.counted || ahead.unit.is_some());
                    cost += match counted && !inner {
                        // "two large and one small".
                        true if self.tells_apart(before, at) => 8,
                        true => 60 + options * 30,
                        false => options * 30,
                    };
                    cost += i32::from(qty.times) * 40;
                    counted = true;
                }
                Kind::Option(said) => {
                    options += 1;
                    cost += i32::from(element.lead.with) * 40;
                    cost += i32::from(!self.takes(head, element)) * 80;
                    cost += i32::from(said.candidates.iter().any(|c| c.negated)) * 20;
                    cost += i32::from(next.lead.more && next.is_head()) * 20;
                }
                Kind::Pronoun => cost += 60,
                Kind::Head(_) | Kind::Category(_) => {}
            }
        }
        cost
    }

    /// Whether the options before and after a quantity answer one question otherwise.
    fn tells_apart(&self, row: &[Element], at: usize) -> bool {
        let said = |at: Option<usize>| row.get(at?)?.said()?.candidates.first();
        let (Some(one), Some(other)) = (said(at.checked_sub(1)), said(Some(at + 1))) else {
            return false;
        };
        one.group == other.group && one.choice != other.choice && self.index.is_single(one.group)
    }

    fn gap_before(&self, next: &Element) -> i32 {
        let and = if next.lead.and && next.is_head() {
            15
        } else {
            0
        };
        let unknown = if next.lead.unknown { 8 } else { 0 };
        and + unknown
            + match next.lead.gap {
                Break::None => 0,
                Break::Space => i32::from(next.han) * 10,
                Break::List => 20,
                Break::Comma | Break::Bracket => 30,
                Break::Strong | Break::Asked | Break::Heading => 70,
            }
    }

    /// What stands after a thing: options, or a quantity where none stood before.
    fn after(&self, after: &[Element], head: &Element, counted: bool) -> i32 {
        let mut cost = 0;
        let mut counted = counted;
        let mut last = head;
        for (at, element) in after.iter().enumerate() {
            cost += match element.lead.gap {
                Break::None | Break::Space | Break::Bracket => 0,
                Break::List | Break::Comma => 8,
                Break::Strong | Break::Asked | Break::Heading => 20,
            };
            match &element.kind {
                Kind::Qty(qty) => {
                    let next = after.get(at + 1);
                    let goes_on = next.is_some_and(|next| next.qty().is_none());
                    let is_han = element.han || head.han;
                    cost += match counted {
                        true => further_quantity(element, qty, goes_on),
                        false => quantity_after(element, qty, is_han),
                    };
                    counted = true;
                }
                Kind::Option(said) => {
                    let fits = said.all || self.takes(head, element);
                    cost += if fits { 0 } else { 80 };
                    if last.is_head() {
                        cost += first_option(element, said);
                    }
                }
                Kind::Pronoun | Kind::Head(_) | Kind::Category(_) => {}
            }
            last = element;
        }
        cost
    }

    fn takes(&self, head: &Element, element: &Element) -> bool {
        let (Kind::Head(items), Some(said)) = (&head.kind, element.said()) else {
            return matches!(head.kind, Kind::Category(_));
        };
        if items.is_empty() {
            return true;
        }
        said.candidates.iter().any(|candidate| {
            items.iter().any(|(item, _)| {
                self.index
                    .menu
                    .opens(*item as usize, candidate.group as usize)
            })
        })
    }

    /// Two sizes of one thing are one too many.
    fn doubles<'a>(&self, said: impl Iterator<Item = &'a Element>) -> i32 {
        let mut single: Vec<u32> = Vec::new();
        let mut cost = 0;
        for group in said
            .filter_map(|element| element.said()?.candidates.first())
            .map(|candidate| candidate.group)
        {
            let is = self.index.is_single(group);
            if is && single.contains(&group) {
                cost += 40;
            }
            single.push(group);
        }
        cost
    }
}
