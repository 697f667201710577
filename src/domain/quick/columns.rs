//! Which column of a table holds what, by its headings.

use serde::{Deserialize, Serialize};

use super::{Words, plain};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Column {
    /// A code.
    Code,
    /// A name.
    Name,
    /// How much.
    Quantity,
}

/// Where a table's columns are, 0-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// The code's.
    pub code: Option<usize>,
    /// The name's.
    pub name: Option<usize>,
    /// The quantity's; without one it is one of each.
    pub quantity: Option<usize>,
}

impl Columns {
    /// Reads the headings of a table; none if they name neither a code nor a name. Of two columns
    /// that are called alike the first one counts.
    pub fn of(headings: &[String], words: &Words) -> Option<Self> {
        let find = |wanted| {
            headings.iter().position(|heading| {
                let heading = plain(heading);
                let known = words.headings.iter();
                known
                    .filter(|(_, column)| *column == wanted)
                    .any(|(word, _)| *word == heading)
            })
        };
        let columns = Self {
            code: find(Column::Code),
            name: find(Column::Name),
            quantity: find(Column::Quantity),
        };
        (columns.code.is_some() || columns.name.is_some()).then_some(columns)
    }
}
