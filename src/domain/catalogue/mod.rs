//! What a shop sells: categories, items, option groups. Proven sound when built.
//!
//! A [`Catalogue`] exists only if ids are unique, references known, groups satisfiable and
//! nesting free of cycles; the rest of the domain relies on it. Nothing here knows a file
//! format, a cart or how much is in stock.

mod group;
mod item;
pub mod likeness;
mod lookup;
mod problem;
mod sold_out;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeSet, HashMap};

use crate::kernel::{CategoryId, ChoiceId, Currency, GroupId, ItemId, Localised};

pub use group::{Choice, ChoicePrice, Group, MAX_NESTING, Quantifier};
pub use item::{Item, Pricing, Unit, Variant};
pub use lookup::Goods;
pub use problem::{Fault, Place, Problem};
pub use sold_out::SoldOut;

/// A shelf of the menu; items are shown in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Its name.
    pub name: Localised,
}

/// What a catalogue is made of, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The one currency of every price.
    pub currency: Currency,
    /// Shelves, in the order shown.
    pub categories: Vec<Category>,
    /// Items, in the order shown.
    pub items: Vec<Item>,
    /// Option groups, whichever items use them.
    pub groups: Vec<Group>,
}

/// A sound catalogue with look-ups by id.
#[derive(Debug, Clone)]
pub struct Catalogue {
    parts: Parts,
    categories: HashMap<CategoryId, usize>,
    items: HashMap<ItemId, usize>,
    groups: HashMap<GroupId, usize>,
    lookup: lookup::Lookup,
}

impl Catalogue {
    /// Builds the catalogue from its parts.
    ///
    /// # Errors
    /// Everything that is unsound, not only the first.
    pub fn new(parts: Parts) -> Result<Self, Vec<Problem>> {
        let problems = problem::find(&parts);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            categories: positions(parts.categories.iter().map(|c| c.id.clone())),
            items: positions(parts.items.iter().map(|i| i.id.clone())),
            groups: positions(parts.groups.iter().map(|g| g.id.clone())),
            lookup: lookup::Lookup::new(&parts.items),
            parts,
        })
    }

    /// The currency of every price.
    pub fn currency(&self) -> Currency {
        self.parts.currency
    }

    /// All categories, in the order shown.
    pub fn categories(&self) -> &[Category] {
        &self.parts.categories
    }

    /// All items, in the order shown.
    pub fn items(&self) -> &[Item] {
        &self.parts.items
    }

    /// All option groups.
    pub fn groups(&self) -> &[Group] {
        &self.parts.groups
    }

    /// A category by its id.
    pub fn category(&self, id: &CategoryId) -> Option<&Category> {
        self.parts.categories.get(*self.categories.get(id)?)
    }

    /// An item by its id.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.parts.items.get(*self.items.get(id)?)
    }

    /// Where an item stands among the items.
    pub fn place(&self, id: &ItemId) -> Option<usize> {
        self.items.get(id).copied()
    }

    /// An option group by its id.
    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        self.parts.groups.get(*self.groups.get(id)?)
    }

    /// A choice by its group's id and its own.
    pub fn choice(&self, group: &GroupId, choice: &ChoiceId) -> Option<&Choice> {
        self.group(group)?.choice(choice)
    }

    /// The items of one category, in the order shown.
    pub fn items_in<'a>(&'a self, category: &'a CategoryId) -> impl Iterator<Item = &'a Item> {
        self.parts
            .items
            .iter()
            .filter(move |item| item.category == *category)
    }

    /// The groups an item opens by itself, in its order.
    pub fn groups_of<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a Group> {
        item.groups.iter().filter_map(|id| self.group(id))
    }

    /// True if the item's stock is counted; otherwise it never runs out by itself.
    pub fn is_tracked(&self, id: &ItemId) -> bool {
        self.item(id)
            .is_some_and(|item| item.opening_stock.is_some())
    }

    /// Every allergen that an item holds.
    pub fn allergens(&self) -> BTreeSet<String> {
        let all = self.parts.items.iter().flat_map(|item| &item.contains);
        all.cloned().collect()
    }

    /// Every diet that an item is fit for.
    pub fn diets(&self) -> BTreeSet<String> {
        let all = self.parts.items.iter().flat_map(|item| &item.diet);
        all.cloned().collect()
    }

    /// What has exactly this code or id, but for upper and lower case.
    pub fn by_code(&self, words: &str) -> Option<Goods<'_>> {
        self.lookup.by_code(&self.parts.items, words)
    }

    /// What is called so, as a whole, in any language, with or without a variant's name; several
    /// where a name is used twice.
    pub fn by_name(&self, words: &str) -> Vec<Goods<'_>> {
        self.lookup.by_name(&self.parts.items, words)
    }

    /// Items whose code or name comes close to `words`, best first, each with how close
    /// (0.0 to 1.0), at most `limit`. What it costs does not grow with the catalogue.
    pub fn close(&self, words: &str, limit: usize) -> Vec<(Goods<'_>, f64)> {
        self.lookup.close(&self.parts.items, words, limit)
    }
}

fn positions<K: std::hash::Hash + Eq>(ids: impl Iterator<Item = K>) -> HashMap<K, usize> {
    ids.enumerate().map(|(at, id)| (id, at)).collect()
}
