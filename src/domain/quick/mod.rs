//! A whole order written as a list: one line for each article, as a message or as a table.
//!
//! Reads lines and tells what each of them means in a catalogue. Nothing is put into a cart here,
//! nothing is left out in silence: every line keeps its place and has a result. Must never know
//! a file format, a chat, or the words of a language: those come in as [`Words`].

mod amount;
mod columns;
mod line;
mod list;
mod verdict;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use amount::{Amount, AmountFault, Measure};
pub use columns::{Column, Columns};
pub use line::{Reading, plain, readings, row};
pub use list::{Candidate, Entry, List, State, Wanted, is_list};
pub use verdict::{Left, Less, Verdict, verdicts};

/// Lines of one list that are taken; the rest are counted and told. The same as a cart may have.
pub const MAX_ROWS: usize = 200;

/// Characters of a line that are kept to be shown again.
pub const TEXT_SHOWN: usize = 60;

/// What may be chosen from where a line fits nothing exactly.
pub const CANDIDATES: usize = 3;

/// The words of a shop's languages that a list may use, each in the form of [`plain`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Units and what they measure.
    pub units: Vec<(String, Measure)>,
    /// Headings and the column they stand over.
    pub headings: Vec<(String, Column)>,
}

impl Words {
    /// Adds the words of a text: separated by commas.
    pub fn units(&mut self, words: &str, measure: Measure) {
        self.units.extend(split(words).map(|word| (word, measure)));
        // "kg" before "g": the longest is looked for first.
        self.units
            .sort_by_key(|(word, _)| std::cmp::Reverse(word.chars().count()));
    }

    /// Adds the headings of a text: separated by commas.
    pub fn headings(&mut self, words: &str, column: Column) {
        self.headings
            .extend(split(words).map(|word| (word, column)));
    }
}

fn split(words: &str) -> impl Iterator<Item = String> {
    let all = words.split([',', '\u{ff0c}', '\u{3001}']);
    all.map(plain).filter(|word| !word.is_empty())
}
