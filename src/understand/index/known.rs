//! What else things are called: by one person, or since the menu was read.
//!
//! Few names beside those of the menu, which cost nothing but themselves. Must never take a name
//! away from what the menu calls so.

use std::collections::HashMap;

use super::super::text::Token;
use super::build::LONGEST;
use super::{Index, Key, forms, named, seed};

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Known {
    items: HashMap<u64, u32>,
    longest: usize,
}

impl Known {
    /// Takes up a name of an item, by its place in the menu; what was called so before is so no
    /// more. A name without a letter or a digit, or a very long one, is left out.
    pub fn add(&mut self, index: &Index, name: &str, item: usize) {
        let tokens = named(name, &index.canon);
        if tokens.is_empty() || tokens.len() > LONGEST {
            return;
        }
        let key = Key::of(seed::EXACT, forms(&tokens));
        self.items.insert(key.end(), item as u32);
        self.longest = self.longest.max(tokens.len());
    }

    /// What the tokens are called, from the first one on: calls `hit` with the number of tokens and
    /// the item.
    pub(in super::super) fn exact(&self, tokens: &[Token], mut hit: impl FnMut(usize, u32)) {
        let mut key = Key::new(seed::EXACT);
        let mut before = "";
        for (at, token) in tokens.iter().take(self.longest).enumerate() {
            if at > 0 && token.gap > super::super::text::Break::Space {
                return;
            }
            key = key.then(std::mem::replace(&mut before, &token.form), &token.form);
            if let Some(item) = self.items.get(&key.end()) {
                hit(at + 1, *item);
            }
        }
    }
}
