//! Stock levels of counted items: what is on hand, what of it is held, what is free.
//!
//! Quantities are in the item's base unit. Nothing here knows a cart, an order or a table;
//! demand over several lines of one item is summed first, or two lines would oversell it.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::{ItemId, Quantity};

/// What is wanted, summed per stock item; in item order, the order in which rows are locked.
pub type Demand = BTreeMap<ItemId, Quantity>;

/// The stock of one item. `0 <= held <= on_hand`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Level {
    /// What lies on the shelf.
    pub on_hand: Quantity,
    /// What of it is promised to carts at review and to open orders.
    pub held: Quantity,
}

/// Why stock changed; every change writes one ledger row with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// The item was first seen in the shop's files.
    Opening,
    /// Promised to a cart or an order.
    Hold,
    /// The promise was taken back: changed, cancelled, rejected, expired.
    Release,
    /// Handed over: on hand and held both fell.
    Fulfil,
    /// Counted or delivered by staff.
    Adjust,
}

/// Why a stock change is refused; nothing changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Less is free than wanted.
    #[error("{wanted} wanted, {available} available")]
    Insufficient {
        /// What was wanted.
        wanted: Quantity,
        /// What is free.
        available: Quantity,
    },
    /// More would be released or fulfilled than is held.
    #[error("{wanted} to be given back, {held} held")]
    NotHeld {
        /// What was to be given back.
        wanted: Quantity,
        /// What is held.
        held: Quantity,
    },
    /// An adjustment would leave less on hand than is promised, or less than nothing.
    #[error("{on_hand} on hand would be less than {held} held")]
    BelowHeld {
        /// What would be on hand.
        on_hand: Quantity,
        /// What is held.
        held: Quantity,
    },
    /// The quantity is negative or too large.
    #[error("not a quantity")]
    Nonsense,
}

/// An item of which less is free than wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// The item.
    pub item: ItemId,
    /// What was wanted over all lines.
    pub wanted: Quantity,
    /// What is free, one's own hold included.
    pub available: Quantity,
    /// What the shop offers instead, in its order; only what may be available.
    pub substitutes: Vec<ItemId>,
}

impl Level {
    /// What may still be promised.
    pub fn available(self) -> Quantity {
        Quantity(self.on_hand.0.saturating_sub(self.held.0))
    }

    /// Holds `wanted`; goods on hand do not move.
    ///
    /// # Errors
    /// [`Refusal::Insufficient`] if less is free.
    pub fn hold(self, wanted: Quantity) -> Result<Self, Refusal> {
        positive(wanted)?;
        let available = self.available();
        if available < wanted {
            return Err(Refusal::Insufficient { wanted, available });
        }
        let held = self.held.checked_add(wanted).ok_or(Refusal::Nonsense)?;
        Ok(Self { held, ..self })
    }

    /// Takes a hold back; goods on hand do not move.
    ///
    /// # Errors
    /// [`Refusal::NotHeld`] if less is held.
    pub fn release(self, wanted: Quantity) -> Result<Self, Refusal> {
        positive(wanted)?;
        if self.held < wanted {
            let held = self.held;
            return Err(Refusal::NotHeld { wanted, held });
        }
        let held = self.held.checked_sub(wanted).ok_or(Refusal::Nonsense)?;
        Ok(Self { held, ..self })
    }

    /// Hands held goods over: on hand and held both fall.
    ///
    /// # Errors
    /// [`Refusal::NotHeld`] if less is held.
    pub fn fulfil(self, wanted: Quantity) -> Result<Self, Refusal> {
        let released = self.release(wanted)?;
        let on_hand = self.on_hand.checked_sub(wanted).ok_or(Refusal::Nonsense)?;
        Ok(Self {
            on_hand,
            ..released
        })
    }

    /// Changes what is on hand by `change`, which may be negative.
    ///
    /// # Errors
    /// [`Refusal::BelowHeld`] if promises could no longer be kept.
    pub fn adjust(self, change: i64) -> Result<Self, Refusal> {
        let on_hand = self
            .on_hand
            .checked_add(Quantity(change))
            .ok_or(Refusal::Nonsense)?;
        if on_hand < self.held {
            let held = self.held;
            return Err(Refusal::BelowHeld { on_hand, held });
        }
        Ok(Self { on_hand, ..self })
    }
}

fn positive(wanted: Quantity) -> Result<(), Refusal> {
    if wanted.0 > 0 {
        Ok(())
    } else {
        Err(Refusal::Nonsense)
    }
}

impl Reason {
    /// The word stored in the ledger.
    pub fn code(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Hold => "hold",
            Self::Release => "release",
            Self::Fulfil => "fulfil",
            Self::Adjust => "adjust",
        }
    }

    /// Reads [`Reason::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [
            Self::Opening,
            Self::Hold,
            Self::Release,
            Self::Fulfil,
            Self::Adjust,
        ]
        .into_iter()
        .find(|reason| reason.code() == code)
    }
}

/// Sums what several lines want per item; lines that want nothing add nothing. Sums stop at
/// the end of the range, where no stock suffices anyway.
pub fn demand<'a>(lines: impl IntoIterator<Item = (&'a ItemId, Quantity)>) -> Demand {
    let mut demand = Demand::new();
    for (item, quantity) in lines {
        if quantity.0 > 0 {
            let sum = demand.entry(item.clone()).or_default();
            sum.0 = sum.0.saturating_add(quantity.0);
        }
    }
    demand
}

/// What is missing for `demand`, in item order; empty = all of it can be held.
///
/// `own` is what the same person already holds for this cart: it never blocks them.
/// An item without a level is not counted and never short.
pub fn shortages(demand: &Demand, levels: &BTreeMap<ItemId, Level>, own: &Demand) -> Vec<Shortage> {
    demand
        .iter()
        .filter_map(|(item, wanted)| {
            let level = levels.get(item)?;
            let own = own.get(item).copied().unwrap_or_default();
            let available = Quantity(level.available().0.saturating_add(own.0));
            (available < *wanted).then(|| Shortage {
                item: item.clone(),
                wanted: *wanted,
                available,
                substitutes: Vec::new(),
            })
        })
        .collect()
}
