//! One thing in several languages: a menu that says 香菜 is understood where somebody writes
//! "cilantro".
//!
//! Only whole names are carried over, and never to what something else on the menu is called.

use std::collections::{HashMap, HashSet};

use super::super::language::Words;
use super::super::text::{Canon, Token};
use super::{Index, Key, Meaning, forms, named, seed};

/// Names in several languages, and which of them a menu has.
#[derive(Default, Clone)]
pub(super) struct Across {
    /// The row of each name, by its key.
    rows: HashMap<u64, usize>,
    /// Names that the menu has itself.
    called: HashSet<u64>,
    /// What has a name that stands in a row.
    found: Vec<(usize, Meaning)>,
}

fn key(tokens: &[Token]) -> u64 {
    Key::of(seed::EXACT, forms(tokens)).end()
}

impl Across {
    pub(super) fn new(words: &Words, canon: &Canon) -> Self {
        let rows = words.across.iter().enumerate();
        let names = rows.flat_map(|(row, names)| names.iter().map(move |name| (name, row)));
        let keyed = names.map(|(name, row)| (key(&named(name, canon)), row));
        Self {
            rows: keyed.collect(),
            ..Self::default()
        }
    }

    /// Notes a name of the menu.
    pub(super) fn note(&mut self, name: &[Token], meaning: Meaning) {
        let key = key(name);
        if let Some(row) = self.rows.get(&key) {
            self.called.insert(key);
            self.found.push((*row, meaning));
        }
    }
}

impl Index {
    /// Adds what the menu's names are in other languages; all its own are noted by now.
    pub(super) fn other_languages(&mut self) {
        let found = std::mem::take(&mut self.across.found);
        for (row, meaning) in found {
            let names = self.words.across.get(row).cloned().unwrap_or_default();
            for name in names {
                let tokens = named(&name, &self.canon);
                if !self.across.called.contains(&key(&tokens)) {
                    self.form(&tokens, meaning, true);
                }
            }
        }
    }
}
