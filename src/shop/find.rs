//! What a shop sells, by a few words.

use super::Shop;
use crate::domain::catalogue::Item;
use crate::domain::catalogue::likeness::AS_TYPED;

/// An item found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit<'a> {
    /// The item.
    pub item: &'a Item,
    /// How well it fits: 0.0 (not at all) to 1.0 (the same).
    pub score: f64,
}

impl Hit<'_> {
    /// Whether no name of the item holds the words as typed.
    pub fn is_guess(&self) -> bool {
        self.score < AS_TYPED
    }
}

impl Shop {
    /// Items one of whose names, in any language, is close to `words`, best first: see
    /// [`Index::find`](crate::understand::Index::find).
    pub fn find(&self, words: &str, limit: usize) -> Vec<Hit<'_>> {
        let found = self.understanding.find(words, limit).into_iter();
        // The menu's items stand as those of the catalogue.
        let items = self.catalogue.items();
        found
            .filter_map(|(at, score)| items.get(at).map(|item| Hit { item, score }))
            .collect()
    }

    /// Whether there is anything for these words.
    pub fn has(&self, words: &str) -> bool {
        !self.find(words, 1).is_empty()
    }
}
