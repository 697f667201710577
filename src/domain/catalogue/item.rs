//! Items, their units and their prices.

use serde::{Deserialize, Serialize};

use crate::kernel::{CategoryId, GroupId, ItemId, Localised, Money, Quantity, TaxClass, VariantId};

/// One thing that can be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// The merchant's own article number; people may order by it.
    pub code: Option<String>,
    /// The shelf it stands on.
    pub category: CategoryId,
    /// Its name.
    pub name: Localised,
    /// A sentence about it; may be empty.
    pub about: Localised,
    /// How it is taxed.
    pub tax: TaxClass,
    /// A picture's path in the shop's folder.
    pub photo: Option<String>,
    /// Other names people use, in any language.
    pub aliases: Vec<String>,
    /// What is on hand when the item is first seen, in base units; `None` = not counted.
    pub opening_stock: Option<Quantity>,
    /// The owner is told when so much is left or less, in base units; `None` = as the shop has it.
    pub low: Option<Quantity>,
    /// How it is measured.
    pub unit: Unit,
    /// Allergens, by the shop's ids.
    pub contains: Vec<String>,
    /// What it is fit for (vegan, …), by the shop's ids.
    pub diet: Vec<String>,
    /// Option groups, in the order asked.
    pub groups: Vec<GroupId>,
    /// What to offer when it runs out.
    pub substitutes: Vec<ItemId>,
    /// The most one order may have of it over all lines, in base units.
    pub max_per_order: Option<Quantity>,
    /// What it costs.
    pub price: Pricing,
}

/// The price of an item: one for all, or one for each variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pricing {
    /// The item comes in one form.
    Single(Money),
    /// The item comes in several; never empty, at most one is the default.
    Variants(Vec<Variant>),
}

/// One form of an item, such as a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its id, unique within the item.
    pub id: VariantId,
    /// The merchant's own article number of this form.
    pub code: Option<String>,
    /// Its name.
    pub name: Localised,
    /// What it costs for the unit's [`Unit::per`].
    pub price: Money,
    /// Preselected.
    pub default: bool,
}

/// How an item is measured. Stock, quantities and limits are in its base unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Sold by the piece; the base unit is the piece.
    Piece,
    /// Sold by weight; the base unit is the gram.
    Gram {
        /// The price is for this many grams.
        price_per: i64,
        /// A quantity is a multiple of this.
        step: i64,
        /// The least that is sold.
        min: i64,
    },
    /// Sold in whole packs; the base unit is the piece inside.
    Pack {
        /// Base units in one pack.
        size: i64,
    },
}

impl Unit {
    /// Base units that the price is for.
    pub fn per(self) -> i64 {
        match self {
            Self::Piece => 1,
            Self::Gram { price_per, .. } => price_per,
            Self::Pack { size } => size,
        }
    }

    /// Quantities are a multiple of this: what one tap on + adds.
    pub fn step(self) -> Quantity {
        Quantity(match self {
            Self::Piece => 1,
            Self::Gram { step, .. } => step,
            Self::Pack { size } => size,
        })
    }

    /// The least that is sold.
    pub fn min(self) -> Quantity {
        match self {
            Self::Gram { min, .. } => Quantity(min),
            Self::Piece | Self::Pack { .. } => self.step(),
        }
    }

    /// How many times options are charged for `quantity`: once for each piece or pack; once
    /// altogether for goods by weight.
    pub fn portions(self, quantity: Quantity) -> i64 {
        match self {
            Self::Piece => quantity.0,
            Self::Pack { size } => quantity.0 / size.max(1),
            Self::Gram { .. } => 1,
        }
    }

    /// True if `quantity` can be sold: at least the minimum and a whole number of steps.
    pub fn allows(self, quantity: Quantity) -> bool {
        quantity >= self.min() && quantity.0 % self.step().0.max(1) == 0
    }
}

impl Item {
    /// Its variants; empty if it comes in one form.
    pub fn variants(&self) -> &[Variant] {
        match &self.price {
            Pricing::Single(_) => &[],
            Pricing::Variants(variants) => variants,
        }
    }

    /// A variant by its id.
    pub fn variant(&self, id: &VariantId) -> Option<&Variant> {
        self.variants().iter().find(|variant| variant.id == *id)
    }

    /// The variant preselected: the one marked so, else the first; none if there are none.
    pub fn default_variant(&self) -> Option<&Variant> {
        let variants = self.variants();
        variants
            .iter()
            .find(|variant| variant.default)
            .or_else(|| variants.first())
    }

    /// The price for [`Unit::per`] base units, without options. `None` if `variant` does not
    /// fit: unknown, missing where one is needed, or given where there are none.
    pub fn price(&self, variant: Option<&VariantId>) -> Option<Money> {
        match (&self.price, variant) {
            (Pricing::Single(price), None) => Some(*price),
            (Pricing::Variants(_), Some(id)) => self.variant(id).map(|variant| variant.price),
            (Pricing::Single(_), Some(_)) | (Pricing::Variants(_), None) => None,
        }
    }

    /// The lowest price it can be had for, without options: "from 18.00".
    pub fn lowest_price(&self) -> Option<Money> {
        match &self.price {
            Pricing::Single(price) => Some(*price),
            Pricing::Variants(variants) => variants
                .iter()
                .map(|variant| variant.price)
                .min_by_key(|price| price.minor),
        }
    }
}
