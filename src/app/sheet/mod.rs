//! A table as a file that programs for tables read. Pure; knows no shop.
//!
//! Nothing in it may run as a formula there: what people typed stands in it. Amounts stay whole
//! minor units until the cell is written.

mod csv;
mod read;
mod xlsx;

pub use csv::{BOM, csv, escaped};
pub use read::{FileKind, read_sheet};
pub use xlsx::xlsx;

use chrono::NaiveDate;

use crate::kernel::Money;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words; perhaps somebody's.
    Words(String),
    /// A whole number.
    Number(i64),
    /// An amount, without its currency.
    Money(Money),
    /// A day.
    Day(NaiveDate),
}

/// A table with its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called.
    pub title: String,
    /// The columns' names, each with how many characters wide it is shown.
    pub head: Vec<(String, u16)>,
    /// Its rows, as many cells each as the head has.
    pub rows: Vec<Vec<Cell>>,
}
