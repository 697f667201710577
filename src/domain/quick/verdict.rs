//! What of a list can be had now: by stock, limits, and what is off the menu.

use std::collections::BTreeMap;

use super::list::{List, State};
use crate::domain::cart::MAX_UNITS_PER_LINE;
use crate::domain::catalogue::{Catalogue, Item, SoldOut};
use crate::kernel::{ItemId, Quantity};

/// What is left of counted items, in base units; one that is not there is not counted.
pub type Left = BTreeMap<ItemId, Quantity>;

/// Why less is taken than was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Less {
    /// No more is left.
    Left,
    /// One order, or one line, may have no more.
    Most,
}

/// What of a line that is taken goes into the cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All of it.
    All(Quantity),
    /// Less.
    Less(Quantity, Less),
    /// Nothing: it is sold out.
    SoldOut,
    /// Nothing: lines before it have as much as one order may.
    Full(Quantity),
    /// Nothing: it left the menu since.
    Gone,
}

impl Verdict {
    /// How much goes into the cart; none if nothing does.
    pub fn quantity(self) -> Option<Quantity> {
        match self {
            Self::All(quantity) | Self::Less(quantity, _) => Some(quantity),
            Self::SoldOut | Self::Full(_) | Self::Gone => None,
        }
    }
}

/// The verdict on each line; none for one that is not taken. All lines of an item together never
/// have more than is left of it, or than one order may have.
pub fn verdicts(
    list: &List,
    catalogue: &Catalogue,
    sold_out: &SoldOut,
    left: &Left,
) -> Vec<Option<Verdict>> {
    let mut used: BTreeMap<ItemId, i64> = BTreeMap::new();
    list.entries
        .iter()
        .map(|entry| {
            let State::Taken(wanted) = &entry.state else {
                return None;
            };
            let Some(item) = catalogue.item(&wanted.item) else {
                return Some(Verdict::Gone);
            };
            if sold_out.has_item(&item.id) {
                return Some(Verdict::SoldOut);
            }
            let before = used.entry(item.id.clone()).or_default();
            let left = left.get(&item.id).copied();
            let verdict = verdict(item, wanted.quantity, *before, left);
            *before = before.saturating_add(verdict.quantity().unwrap_or_default().0);
            Some(verdict)
        })
        .collect()
}

fn verdict(item: &Item, wanted: Quantity, used: i64, left: Option<Quantity>) -> Verdict {
    let step = item.unit.step().0.max(1);
    let most_of_line = step.saturating_mul(MAX_UNITS_PER_LINE);
    let limit = item.max_per_order;
    let most = limit.map_or(most_of_line, |max| most_of_line.min(max.0 - used));
    let there = left.map_or(i64::MAX, |left| left.0.saturating_sub(used));
    let take = wanted.0.min(most).min(there) / step * step;
    if take >= wanted.0 {
        return Verdict::All(wanted);
    }
    if take >= item.unit.min().0 {
        let why = if there < most { Less::Left } else { Less::Most };
        return Verdict::Less(Quantity(take), why);
    }
    match limit {
        Some(max) if most < item.unit.min().0 => Verdict::Full(max),
        _ => Verdict::SoldOut,
    }
}
