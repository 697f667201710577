//! Proves the parts of a catalogue sound, and names all that is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::{CategoryId, ChoiceId, GroupId, ItemId, VariantId};

use super::lookup::code_key;
use super::{Choice, ChoicePrice, Group, Item, MAX_NESTING, Parts, Pricing, Unit};

/// Where in the catalogue something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A category.
    Category(CategoryId),
    /// An item.
    Item(ItemId),
    /// A variant of an item.
    Variant(ItemId, VariantId),
    /// An option group.
    Group(GroupId),
    /// A choice of a group.
    Choice(GroupId, ChoiceId),
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The id is used twice.
    Duplicate,
    /// The id is not `[a-z0-9-]`, or longer than 24 bytes.
    BadId,
    /// It names a category that does not exist.
    UnknownCategory(CategoryId),
    /// It names a group that does not exist.
    UnknownGroup(GroupId),
    /// It names an item that does not exist as a substitute, or itself.
    UnknownSubstitute(ItemId),
    /// It has neither a price nor a variant.
    NoPrice,
    /// A price is below zero or in another currency.
    BadPrice,
    /// More than one variant is the default.
    TwoDefaults,
    /// The unit's numbers make no sense (zero, or a minimum that is no whole step).
    BadUnit,
    /// The opening stock or the limit per order is below zero or no whole number of steps.
    BadQuantity,
    /// A minimum lies above its maximum, or a number is below zero.
    BadLimits,
    /// No selection can meet the limits.
    Unsatisfiable,
    /// What is preselected breaks the limits.
    BadDefaults,
    /// Its groups open each other in a circle.
    Cycle,
    /// Its groups lie deeper than [`MAX_NESTING`] in each other.
    TooDeep,
    /// The choice is priced by variant but lacks a variant of an item that uses it.
    NoPriceForVariant(ItemId, Option<VariantId>),
    /// No item and no choice uses the group.
    UnusedGroup,
    /// The code is empty, longer than 32 characters, or holds what can't be told from a quantity.
    BadCode(String),
    /// Another item or variant has the code, as its code or as its id.
    SameCode(String),
    /// The item's card would have more buttons than a message holds.
    TooManyButtons(usize),
}

/// One thing that is wrong with a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub fault: Fault,
}

/// Most variants and choices of one item, those of groups within groups included: Telegram takes
/// 100 buttons, and a card has a few more.
const MAX_BUTTONS: usize = 90;

/// Longest id in bytes: three of them and a version fit callback data.
const MAX_ID_BYTES: usize = 24;

/// Longest code in characters: it stands on one line of a list, beside a quantity.
const MAX_CODE_CHARS: usize = 32;

pub(super) fn find(parts: &Parts) -> Vec<Problem> {
    let mut finder = Finder {
        groups: parts.groups.iter().map(|g| (&g.id, g)).collect(),
        parts,
        found: Vec::new(),
    };
    finder.categories();
    finder.items();
    finder.groups();
    finder.nesting();
    finder.variant_prices();
    finder.cards();
    finder.codes();
    finder.found
}

struct Finder<'a> {
    parts: &'a Parts,
    groups: BTreeMap<&'a GroupId, &'a Group>,
    found: Vec<Problem>,
}

impl<'a> Finder<'a> {
    #[track_caller]
    fn add(&mut self, place: Place, fault: Fault) {
        #[cfg(test)]
        crate::kernel::sites::seen(std::panic::Location::caller());
        let problem = Problem { place, fault };
        if !self.found.contains(&problem) {
            self.found.push(problem);
        }
    }

    fn id(&mut self, place: &Place, id: &str, fresh: bool) {
        let sound = !id.is_empty()
            && id.len() <= MAX_ID_BYTES
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !sound {
            self.add(place.clone(), Fault::BadId);
        }
        if !fresh {
            self.add(place.clone(), Fault::Duplicate);
        }
    }

    fn categories(&mut self) {
        let mut seen = BTreeSet::new();
        for category in &self.parts.categories {
            let fresh = seen.insert(&category.id);
            self.id(
                &Place::Category(category.id.clone()),
                category.id.as_str(),
                fresh,
            );
        }
    }

    fn items(&mut self) {
        let categories: BTreeSet<_> = self.parts.categories.iter().map(|c| &c.id).collect();
        let items: BTreeSet<_> = self.parts.items.iter().map(|i| &i.id).collect();
        let mut seen = BTreeSet::new();
        for item in &self.parts.items {
            let place = Place::Item(item.id.clone());
            let fresh = seen.insert(&item.id);
            self.id(&place, item.id.as_str(), fresh);
            if !categories.contains(&item.category) {
                self.add(place.clone(), Fault::UnknownCategory(item.category.clone()));
            }
            for group in &item.groups {
                if !self.groups.contains_key(group) {
                    self.add(place.clone(), Fault::UnknownGroup(group.clone()));
                }
            }
            for other in &item.substitutes {
                if !items.contains(other) || *other == item.id {
                    self.add(place.clone(), Fault::UnknownSubstitute(other.clone()));
                }
            }
            self.unit(item, &place);
            self.prices(item, &place);
        }
    }

    fn unit(&mut self, item: &Item, place: &Place) {
        let sound = match item.unit {
            Unit::Piece => true,
            Unit::Pack { size } => size > 0,
            Unit::Gram {
                price_per,
                step,
                min,
            } => price_per > 0 && step > 0 && min > 0 && min % step == 0,
        };
        if !sound {
            self.add(place.clone(), Fault::BadUnit);
            return;
        }
        let limit_is_bad = item.max_per_order.is_some_and(|max| max < item.unit.min());
        if item.opening_stock.is_some_and(|stock| stock.0 < 0) || limit_is_bad {
            self.add(place.clone(), Fault::BadQuantity);
        }
    }

    fn prices(&mut self, item: &Item, place: &Place) {
        match &item.price {
            Pricing::Single(price) => {
                if price.minor < 0 || price.currency != self.parts.currency {
                    self.add(place.clone(), Fault::BadPrice);
                }
            }
            Pricing::Variants(variants) => {
                if variants.is_empty() {
                    self.add(place.clone(), Fault::NoPrice);
                }
                if variants.iter().filter(|v| v.default).count() > 1 {
                    self.add(place.clone(), Fault::TwoDefaults);
                }
                let mut seen = BTreeSet::new();
                for variant in variants {
                    let at = Place::Variant(item.id.clone(), variant.id.clone());
                    let fresh = seen.insert(&variant.id);
                    self.id(&at, variant.id.as_str(), fresh);
                    if variant.price.minor < 0 || variant.price.currency != self.parts.currency {
                        self.add(at, Fault::BadPrice);
                    }
                }
            }
        }
    }

    fn groups(&mut self) {
        let mut used: BTreeSet<&GroupId> =
            self.parts.items.iter().flat_map(|i| &i.groups).collect();
        let choices = self.parts.groups.iter().flat_map(|g| &g.choices);
        used.extend(choices.flat_map(|c| &c.groups));
        let mut seen = BTreeSet::new();
        for group in &self.parts.groups {
            let place = Place::Group(group.id.clone());
            let fresh = seen.insert(&group.id);
            self.id(&place, group.id.as_str(), fresh);
            if !used.contains(&group.id) {
                self.add(place.clone(), Fault::UnusedGroup);
            }
            self.limits(group, &place);
            let mut seen = BTreeSet::new();
            for choice in &group.choices {
                let fresh = seen.insert(&choice.id);
                self.choice(group, choice, fresh);
            }
        }
    }

    fn limits(&mut self, group: &Group, place: &Place) {
        let lowest = [group.min_units, group.min_distinct, group.free_units];
        if lowest.iter().any(|n| *n < 0)
            || group.min_units > group.max_units
            || group.min_distinct > group.max_distinct
        {
            self.add(place.clone(), Fault::BadLimits);
            return;
        }
        if !group.is_satisfiable() {
            self.add(place.clone(), Fault::Unsatisfiable);
        }
        let units: i64 = group
            .choices
            .iter()
            .fold(0, |sum: i64, c| sum.saturating_add(c.default));
        let distinct = group.choices.iter().filter(|c| c.default > 0).count() as i64;
        if units > group.max_units || distinct > group.max_distinct {
            self.add(place.clone(), Fault::BadDefaults);
        }
    }

    fn choice(&mut self, group: &Group, choice: &Choice, fresh: bool) {
        let place = Place::Choice(group.id.clone(), choice.id.clone());
        self.id(&place, choice.id.as_str(), fresh);
        if choice.max < 1 || choice.default < 0 {
            self.add(place.clone(), Fault::BadLimits);
        } else if choice.default > choice.max {
            self.add(place.clone(), Fault::BadDefaults);
        }
        for inner in &choice.groups {
            if !self.groups.contains_key(inner) {
                self.add(place.clone(), Fault::UnknownGroup(inner.clone()));
            }
        }
        let currency = self.parts.currency;
        let sound = match &choice.price {
            ChoicePrice::Single(price) => price.minor >= 0 && price.currency == currency,
            ChoicePrice::ByVariant(prices) => prices
                .values()
                .all(|price| price.minor >= 0 && price.currency == currency),
        };
        if !sound {
            self.add(place, Fault::BadPrice);
        }
    }

    fn nesting(&mut self) {
        for group in &self.parts.groups {
            match self.depth(group, &mut Vec::new()) {
                None => self.add(Place::Group(group.id.clone()), Fault::Cycle),
                Some(depth) if depth > MAX_NESTING => {
                    self.add(Place::Group(group.id.clone()), Fault::TooDeep);
                }
                Some(_) => {}
            }
        }
    }

    /// How many groups lie within each other from here on; `None` for a circle.
    fn depth(&self, group: &'a Group, above: &mut Vec<&'a GroupId>) -> Option<usize> {
        if above.contains(&&group.id) {
            return None;
        }
        above.push(&group.id);
        let mut deepest = 0;
        for inner in group.choices.iter().flat_map(|c| &c.groups) {
            if let Some(inner) = self.groups.get(inner) {
                deepest = deepest.max(self.depth(inner, above)?);
            }
        }
        above.pop();
        Some(deepest + 1)
    }

    /// Every choice that an item can reach must have a price for every variant of the item.
    fn variant_prices(&mut self) {
        let circular = self.found.iter().any(|p| p.fault == Fault::Cycle);
        if circular {
            return;
        }
        for item in &self.parts.items {
            let mut groups: Vec<&GroupId> = item.groups.iter().collect();
            let mut seen = BTreeSet::new();
            while let Some(id) = groups.pop() {
                let Some(group) = self.groups.get(id).copied() else {
                    continue;
                };
                if !seen.insert(id) {
                    continue;
                }
                for choice in &group.choices {
                    groups.extend(&choice.groups);
                    self.variant_price(item, group, choice);
                }
            }
        }
    }

    /// Every item's card fits a message, whatever is chosen on it.
    fn cards(&mut self) {
        if self.found.iter().any(|p| p.fault == Fault::Cycle) {
            return;
        }
        for item in &self.parts.items {
            let groups: usize = item.groups.iter().map(|id| self.buttons(id)).sum();
            let buttons = item.variants().len().saturating_add(groups);
            if buttons > MAX_BUTTONS {
                self.add(Place::Item(item.id.clone()), Fault::TooManyButtons(buttons));
            }
        }
    }

    /// Every code names one thing, and so does every id of an item.
    fn codes(&mut self) {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let ids = self.parts.items.iter().map(|item| item.id.as_str());
        seen.extend(ids.map(code_key));
        for item in &self.parts.items {
            let own = code_key(item.id.as_str());
            if let Some(code) = &item.code
                && code_key(code) != own
            {
                self.code(Place::Item(item.id.clone()), code, &mut seen);
            }
            for variant in item.variants() {
                if let Some(code) = &variant.code {
                    let place = Place::Variant(item.id.clone(), variant.id.clone());
                    self.code(place, code, &mut seen);
                }
            }
        }
    }

    fn code(&mut self, place: Place, code: &str, seen: &mut BTreeSet<String>) {
        let allowed = |c: char| c.is_alphanumeric() || "-_./#".contains(c);
        let sound = (1..=MAX_CODE_CHARS).contains(&code.chars().count())
            && code.chars().all(allowed)
            && code.starts_with(char::is_alphanumeric);
        if !sound {
            self.add(place, Fault::BadCode(code.to_owned()));
        } else if !seen.insert(code_key(code)) {
            self.add(place, Fault::SameCode(code.to_owned()));
        }
    }

    /// The most buttons that a group and those within it come to.
    fn buttons(&self, id: &GroupId) -> usize {
        let Some(group) = self.groups.get(id) else {
            return 0;
        };
        let mut inner: Vec<usize> = group
            .choices
            .iter()
            .map(|choice| choice.groups.iter().map(|id| self.buttons(id)).sum())
            .collect();
        inner.sort_unstable_by(|a, b| b.cmp(a));
        let taken = usize::try_from(group.max_distinct.max(0)).unwrap_or(usize::MAX);
        let opened: usize = inner.into_iter().take(taken).sum();
        group.choices.len().saturating_add(opened)
    }

    fn variant_price(&mut self, item: &Item, group: &Group, choice: &Choice) {
        let place = Place::Choice(group.id.clone(), choice.id.clone());
        let variants = item.variants();
        if variants.is_empty() && choice.price(None).is_none() {
            self.add(
                place.clone(),
                Fault::NoPriceForVariant(item.id.clone(), None),
            );
        }
        for variant in variants {
            if choice.price(Some(&variant.id)).is_none() {
                let missing = Fault::NoPriceForVariant(item.id.clone(), Some(variant.id.clone()));
                self.add(place.clone(), missing);
            }
        }
    }
}
