//! One line of a cart, and what can be wrong with it.

use serde::{Deserialize, Serialize};

use super::Cart;
use super::limits::{self, MAX_UNITS_PER_LINE};
use super::selection::Selection;
use super::validate::{SelectionProblem, validate};
use crate::domain::catalogue::{Catalogue, Item, SoldOut, Unit};
use crate::kernel::{ItemId, LineId, Quantity, VariantId};

/// So much of one item, in one variant with one set of options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id within the cart.
    pub id: LineId,
    /// What.
    pub item: ItemId,
    /// In which variant, where the item has some.
    pub variant: Option<VariantId>,
    /// With which options.
    pub selection: Selection,
    /// How much, in the item's base unit.
    pub quantity: Quantity,
    /// A wish for the kitchen; empty = none.
    pub note: String,
}

/// A line before it has an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLine {
    /// What.
    pub item: ItemId,
    /// In which variant, where the item has some.
    pub variant: Option<VariantId>,
    /// With which options.
    pub selection: Selection,
    /// How much, in the item's base unit.
    pub quantity: Quantity,
    /// A wish for the kitchen; empty = none.
    pub note: String,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineFault {
    /// The item left the catalogue.
    UnknownItem,
    /// The item is off the menu for now.
    SoldOut,
    /// The variant is missing, or the item has none such.
    Variant,
    /// The options don't fit.
    Selection(Vec<SelectionProblem>),
    /// The quantity is below the least sold or no whole number of steps.
    Quantity {
        /// The least that is sold.
        min: Quantity,
        /// The step.
        step: Quantity,
        /// How the item is measured.
        unit: Unit,
    },
    /// More than [`MAX_UNITS_PER_LINE`] steps in one line.
    TooMuch {
        /// The limit, in base units.
        max: Quantity,
        /// How the item is measured.
        unit: Unit,
    },
    /// All lines together have more of the item than one order may.
    OverOrderLimit {
        /// The limit, in base units.
        max: Quantity,
        /// How the item is measured.
        unit: Unit,
    },
    /// The note is too long.
    NoteTooLong {
        /// The limit in characters.
        max: i64,
    },
}

/// A fault of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// Which line.
    pub line: LineId,
    /// What.
    pub fault: LineFault,
}

impl NewLine {
    /// The least of an item as the menu offers it: default variant, default options, no note.
    pub fn of(item: &Item, catalogue: &Catalogue) -> Self {
        Self {
            item: item.id.clone(),
            variant: item.default_variant().map(|variant| variant.id.clone()),
            selection: Selection::defaults(catalogue, item),
            quantity: item.unit.min(),
            note: String::new(),
        }
    }

    /// What is wrong with it as the only line of a cart; stock is not looked at.
    pub fn faults(&self, catalogue: &Catalogue, sold_out: &SoldOut) -> Vec<LineFault> {
        let line = self.clone().with_id(LineId(0));
        faults(line.quantity, &line, catalogue, sold_out)
    }

    pub(super) fn with_id(self, id: LineId) -> Line {
        Line {
            id,
            item: self.item,
            variant: self.variant,
            selection: self.selection.tidy(),
            quantity: self.quantity,
            note: self.note.trim().to_owned(),
        }
    }

    /// True if the line differs in nothing but its quantity.
    pub(super) fn is_same(&self, line: &Line) -> bool {
        self.item == line.item
            && self.variant == line.variant
            && self.note.trim() == line.note
            && self.selection.clone().tidy() == line.selection
    }
}

impl From<&Line> for NewLine {
    fn from(line: &Line) -> Self {
        Self {
            item: line.item.clone(),
            variant: line.variant.clone(),
            selection: line.selection.clone(),
            quantity: line.quantity,
            note: line.note.clone(),
        }
    }
}

/// Everything that is wrong with `line` of `cart`; empty = it can be ordered.
pub(super) fn check(
    cart: &Cart,
    line: &Line,
    catalogue: &Catalogue,
    sold_out: &SoldOut,
) -> Vec<LineProblem> {
    faults(cart.quantity_of(&line.item), line, catalogue, sold_out)
        .into_iter()
        .map(|fault| LineProblem {
            line: line.id,
            fault,
        })
        .collect()
}

/// `all`: how much of the item all lines have together.
fn faults(all: Quantity, line: &Line, catalogue: &Catalogue, sold_out: &SoldOut) -> Vec<LineFault> {
    let Some(item) = catalogue.item(&line.item) else {
        return vec![LineFault::UnknownItem];
    };
    let mut faults = Vec::new();
    if sold_out.has_item(&item.id) {
        faults.push(LineFault::SoldOut);
    }
    let variant = line.variant.as_ref();
    if item.price(variant).is_none() {
        faults.push(LineFault::Variant);
    }
    if let Err(problems) = validate(catalogue, item, &line.selection, sold_out) {
        faults.push(LineFault::Selection(problems));
    }
    faults.extend(quantity_faults(all, line, item));
    if let Err(max) = limits::note(&line.note) {
        faults.push(LineFault::NoteTooLong { max });
    }
    faults
}

fn quantity_faults(all: Quantity, line: &Line, item: &Item) -> Vec<LineFault> {
    let mut faults = Vec::new();
    let unit = item.unit;
    let step = unit.step();
    if !unit.allows(line.quantity) {
        let min = unit.min();
        faults.push(LineFault::Quantity { min, step, unit });
    }
    let max = Quantity(step.0.saturating_mul(MAX_UNITS_PER_LINE));
    if line.quantity > max {
        faults.push(LineFault::TooMuch { max, unit });
    }
    if let Some(max) = item.max_per_order
        && all > max
    {
        faults.push(LineFault::OverOrderLimit { max, unit });
    }
    faults
}
