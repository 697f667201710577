//! Option groups: what is asked about an item, and what may be answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::{ChoiceId, GroupId, Localised, Money, VariantId};

/// How many groups may lie within each other; deeper nesting can't be shown in a chat.
pub const MAX_NESTING: usize = 4;

/// A question about an item. Units count every unit of every choice, distinct counts choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id, unique within the shop.
    pub id: GroupId,
    /// Its name.
    pub name: Localised,
    /// The fewest units over all choices.
    pub min_units: i64,
    /// The most units over all choices.
    pub max_units: i64,
    /// The fewest different choices.
    pub min_distinct: i64,
    /// The most different choices.
    pub max_distinct: i64,
    /// So many units are free: always the cheapest ones chosen.
    pub free_units: i64,
    /// What may be said of a choice; empty = nothing.
    pub quantifiers: Vec<Quantifier>,
    /// The answers, in the order shown.
    pub choices: Vec<Choice>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id, unique within the group.
    pub id: ChoiceId,
    /// Its name.
    pub name: Localised,
    /// What one unit costs.
    pub price: ChoicePrice,
    /// Units preselected.
    pub default: i64,
    /// The most units of this choice.
    pub max: i64,
    /// Marked as sold out in the file.
    pub sold_out: bool,
    /// Groups that open when it is taken; their answers hold for each unit alike.
    pub groups: Vec<GroupId>,
}

/// What one unit of a choice costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoicePrice {
    /// The same for every variant of the item.
    Single(Money),
    /// By the item's variant.
    ByVariant(BTreeMap<VariantId, Money>),
}

/// A wish about a choice. It never changes the price: units do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quantifier {
    /// More of it than usual; the choice must be taken.
    Extra,
    /// Less of it than usual; the choice must be taken.
    Light,
    /// Explicitly none of it, so that the kitchen reads it; the choice has no units.
    Without,
}

impl Group {
    /// A choice by its id.
    pub fn choice(&self, id: &ChoiceId) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == *id)
    }

    /// True if exactly one unit of one choice may be taken: shown as radio buttons.
    pub fn is_single(&self) -> bool {
        self.max_units == 1 || (self.max_distinct == 1 && self.choices.iter().all(|c| c.max <= 1))
    }

    /// True if something must be taken.
    pub fn is_required(&self) -> bool {
        self.min_units > 0 || self.min_distinct > 0
    }

    /// True if some selection meets every limit, sold-out choices included.
    ///
    /// With `k` different choices the units can be anything from `k` to the sum of the `k`
    /// largest maxima, so it is enough that one `k` meets the limits.
    pub fn is_satisfiable(&self) -> bool {
        let mut maxima: Vec<i64> = self
            .choices
            .iter()
            .map(|choice| choice.max)
            .filter(|max| *max > 0)
            .collect();
        maxima.sort_unstable_by(|a, b| b.cmp(a));
        let mut distinct = 0;
        let mut most: i64 = 0;
        let mut fits = self.allows(distinct, most);
        for max in maxima {
            distinct += 1;
            most = most.saturating_add(max);
            fits |= self.allows(distinct, most);
        }
        fits
    }

    fn allows(&self, distinct: i64, most_units: i64) -> bool {
        (self.min_distinct..=self.max_distinct).contains(&distinct)
            && distinct.max(self.min_units) <= most_units.min(self.max_units)
    }
}

impl Choice {
    /// What one unit costs with the item's `variant`; `None` if that variant has no price.
    pub fn price(&self, variant: Option<&VariantId>) -> Option<Money> {
        match &self.price {
            ChoicePrice::Single(price) => Some(*price),
            ChoicePrice::ByVariant(prices) => prices.get(variant?).copied(),
        }
    }
}

impl Quantifier {
    /// The word used in files and callback data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Extra => "extra",
            Self::Light => "light",
            Self::Without => "without",
        }
    }

    /// Reads [`Quantifier::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Extra, Self::Light, Self::Without]
            .into_iter()
            .find(|quantifier| quantifier.code() == code)
    }
}
