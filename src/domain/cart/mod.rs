//! An order being put together: lines, options, quantities, and what it comes to.
//!
//! Nothing here takes stock, writes, or knows a flow's steps. What is in a cart is checked when
//! added, at review and when placed, by the same functions.

mod fee;
mod limits;
mod line;
mod price;
pub mod refill;
mod selection;
mod tax;
mod validate;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::domain::catalogue::{Catalogue, SoldOut};
use crate::domain::stock::{self, Demand};
use crate::kernel::{CartId, CustomerId, ItemId, LineId, Quantity};

pub use fee::{Fee, missing};
pub use limits::{MAX_LINES, MAX_NOTE_CHARS, MAX_UNITS_PER_LINE};
pub use line::{Line, LineFault, LineProblem, NewLine};
pub use price::{
    OptionPrice, PriceError, Receipt, ReceiptLine, TaxPart, line_price, price, unit_price,
};
pub use selection::{Open, Path, Pick, Selection, Step};
pub use tax::{Mode, Rounding, Scope, TaxRate, TaxRules};
pub use validate::{SelectionFault, SelectionProblem, validate};

/// What somebody is about to order. It becomes an order by a compare-and-set on its version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    /// Its id.
    pub id: CartId,
    /// The stored version; 0 = never stored. Every write repeats it.
    pub version: i64,
    /// Whose it is.
    pub customer: CustomerId,
    /// The flow that it goes through, by id.
    pub flow: String,
    /// Its lines, in the order added.
    pub lines: Vec<Line>,
    /// The last line id given; ids are never reused within a cart.
    pub last_line: i64,
    /// A wish for the whole order; empty = none.
    pub note: String,
}

/// Why a change of a cart is refused; nothing changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There are [`MAX_LINES`] lines already.
    TooManyLines {
        /// The limit.
        max: i64,
    },
    /// The note has more than [`MAX_NOTE_CHARS`] characters.
    NoteTooLong {
        /// The limit in characters.
        max: i64,
    },
    /// The line is gone.
    UnknownLine,
    /// The line itself is not sound.
    Line(Vec<LineProblem>),
}

impl Cart {
    /// An empty cart that was never stored.
    pub fn new(id: CartId, customer: CustomerId, flow: &str) -> Self {
        Self {
            id,
            version: 0,
            customer,
            flow: flow.to_owned(),
            lines: Vec::new(),
            last_line: 0,
            note: String::new(),
        }
    }

    /// True if nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// A line by its id.
    pub fn line(&self, id: LineId) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// How much of an item all lines have together, in base units.
    pub fn quantity_of(&self, item: &ItemId) -> Quantity {
        let lines = self.lines.iter().filter(|line| line.item == *item);
        Quantity(lines.fold(0, |sum: i64, line| sum.saturating_add(line.quantity.0)))
    }

    /// What it wants from stock, summed per counted item.
    pub fn demand(&self, catalogue: &Catalogue) -> Demand {
        let counted = self
            .lines
            .iter()
            .filter(|line| catalogue.is_tracked(&line.item));
        stock::demand(counted.map(|line| (&line.item, line.quantity)))
    }

    /// Adds a line; one that is equal but for its quantity grows instead.
    ///
    /// # Errors
    /// Too many lines, or what is wrong with the line; the cart is unchanged.
    pub fn add(
        &mut self,
        new: NewLine,
        catalogue: &Catalogue,
        sold_out: &SoldOut,
    ) -> Result<LineId, Refusal> {
        let mut next = self.clone();
        let id = next.put(new)?;
        next.accept(id, catalogue, sold_out)?;
        *self = next;
        Ok(id)
    }

    /// Sets how much a line has; zero or less removes it.
    ///
    /// # Errors
    /// The line is gone, or what is wrong with the quantity; the cart is unchanged.
    pub fn set_quantity(
        &mut self,
        id: LineId,
        quantity: Quantity,
        catalogue: &Catalogue,
        sold_out: &SoldOut,
    ) -> Result<(), Refusal> {
        if quantity.0 <= 0 {
            return self.remove(id);
        }
        let mut next = self.clone();
        next.line_mut(id)?.quantity = quantity;
        next.accept(id, catalogue, sold_out)?;
        *self = next;
        Ok(())
    }

    /// Replaces what a line is (variant, options, quantity, note), keeping its id and place.
    ///
    /// # Errors
    /// The line is gone, or what is wrong with the new one; the cart is unchanged.
    pub fn replace(
        &mut self,
        id: LineId,
        new: NewLine,
        catalogue: &Catalogue,
        sold_out: &SoldOut,
    ) -> Result<(), Refusal> {
        let mut next = self.clone();
        *next.line_mut(id)? = new.with_id(id);
        next.accept(id, catalogue, sold_out)?;
        *self = next;
        Ok(())
    }

    /// Takes a line out.
    ///
    /// # Errors
    /// The line is gone already.
    pub fn remove(&mut self, id: LineId) -> Result<(), Refusal> {
        self.line_mut(id)?;
        self.lines.retain(|line| line.id != id);
        Ok(())
    }

    /// Sets the wish for the whole order.
    ///
    /// # Errors
    /// It is too long; the cart is unchanged.
    pub fn set_note(&mut self, note: &str) -> Result<(), Refusal> {
        limits::note(note).map_err(|max| Refusal::NoteTooLong { max })?;
        note.trim().clone_into(&mut self.note);
        Ok(())
    }

    /// Everything that keeps it from being ordered, line by line: items and choices that are
    /// gone or sold out, options that no longer fit, limits. Stock is not looked at.
    pub fn check(&self, catalogue: &Catalogue, sold_out: &SoldOut) -> Vec<LineProblem> {
        self.lines
            .iter()
            .flat_map(|line| line::check(self, line, catalogue, sold_out))
            .collect()
    }

    fn put(&mut self, new: NewLine) -> Result<LineId, Refusal> {
        if let Some(same) = self.lines.iter_mut().find(|line| new.is_same(line)) {
            same.quantity = Quantity(same.quantity.0.saturating_add(new.quantity.0));
            return Ok(same.id);
        }
        if self.lines.len() as i64 >= MAX_LINES {
            return Err(Refusal::TooManyLines { max: MAX_LINES });
        }
        self.last_line += 1;
        let id = LineId(self.last_line);
        self.lines.push(new.with_id(id));
        Ok(id)
    }

    fn accept(&self, id: LineId, catalogue: &Catalogue, sold_out: &SoldOut) -> Result<(), Refusal> {
        let line = self.line(id).ok_or(Refusal::UnknownLine)?;
        let problems = line::check(self, line, catalogue, sold_out);
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Line(problems))
        }
    }

    fn line_mut(&mut self, id: LineId) -> Result<&mut Line, Refusal> {
        self.lines
            .iter_mut()
            .find(|line| line.id == id)
            .ok_or(Refusal::UnknownLine)
    }
}
