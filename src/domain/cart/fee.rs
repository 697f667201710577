//! What an order costs besides its goods, and the least that a shop takes orders for.
//!
//! Which fees apply is decided outside, by the conditions of the shop's files; here they are
//! figures like any other.

use serde::{Deserialize, Serialize};

use crate::kernel::{Money, TaxClass};

/// A fee that is charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// Its id in the shop's file; its words are the text `fee-ID`.
    pub id: String,
    /// How much, as the shop wrote it: with tax where prices contain tax.
    pub amount: Money,
    /// How it is taxed.
    pub tax_class: TaxClass,
    /// Its tax, where tax is rounded per line; set by [`super::price`].
    pub tax: Option<Money>,
}

/// What goods worth `subtotal` lack to the shop's minimum; `None` if they suffice. Fees don't
/// count towards it.
pub fn missing(subtotal: Money, minimum: Option<Money>) -> Option<Money> {
    let minimum = minimum?;
    let lacks = minimum.minor.saturating_sub(subtotal.minor);
    (lacks > 0).then(|| Money::new(lacks, subtotal.currency))
}
