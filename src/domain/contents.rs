//! What an order consists of, apart from where it stands: its lines with their names copied, what
//! it comes to, wishes and answers.
//!
//! Values only. Below `approvals`, so that a request can hold what somebody proposes, and `orders`,
//! which holds what was agreed. Must never know a state, a person's rights or a catalogue.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::cart::{Receipt, Selection};
use crate::domain::catalogue::{Quantifier, Unit};
use crate::domain::stock::{self, Demand};
use crate::kernel::{AccountId, ItemId, LineId, Localised, Quantity, VariantId};

/// What a flow's steps were answered with, by step id, as the dialogue wrote it. Personal.
pub type Answers = BTreeMap<String, serde_json::Value>;

/// What an order is to consist of from now on: all of it, not only what changes. Personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// What is ordered, names copied.
    pub lines: Vec<OrderLine>,
    /// What it comes to; each line has its price under the same id.
    pub receipt: Receipt,
    /// A wish for the whole order; empty = none.
    pub note: String,
    /// The answers of its flow.
    pub answers: Answers,
    /// The account that it is on, if it is.
    #[serde(default)]
    pub account: Option<AccountId>,
}

impl Amendment {
    /// What its counted lines take from stock, per item.
    pub fn demand(&self) -> Demand {
        let counted = self.lines.iter().filter(|line| line.counted);
        stock::demand(counted.map(|line| (&line.item, line.quantity)))
    }
}

/// One line of an order; its prices stand in the receipt under the same id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Its id within the order.
    pub id: LineId,
    /// What.
    pub item: ItemId,
    /// Its name then.
    pub name: Localised,
    /// In which variant.
    pub variant: Option<VariantId>,
    /// The variant's name then.
    pub variant_name: Option<Localised>,
    /// The options then, in the order asked.
    pub options: Vec<OrderOption>,
    /// The options as chosen, to order the same again.
    pub selection: Selection,
    /// How it was measured then.
    pub unit: Unit,
    /// How much, in base units.
    pub quantity: Quantity,
    /// Its stock is counted: held until the order ends or the customer has it.
    pub counted: bool,
    /// A wish for the kitchen; empty = none. Personal.
    pub note: String,
}

/// One option of a line, as the kitchen reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderOption {
    /// The group's name then.
    pub group: Localised,
    /// The choice's name then.
    pub choice: Localised,
    /// How deep it lies: 0 for the item's own groups.
    pub depth: i64,
    /// Units in one portion, of one unit of what opened it.
    pub units: i64,
    /// A wish about it.
    pub quantifier: Option<Quantifier>,
}
