//! How much of something, as a whole number of base units.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A count of an item's base unit (pieces, grams), never of packs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct Quantity(pub i64);

impl Quantity {
    /// Nothing of it.
    pub const ZERO: Self = Self(0);

    /// The sum, or `None` where it would overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or `None` where it would overflow.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
