//! Puts what somebody wants again into a cart: the lines of an order, a template, a saved order, a
//! pasted list.
//!
//! Nothing vanishes: every wish ends as a line of the cart or as a [`Fate`] that is told. Prices,
//! options and stock are those of now; what it cost before serves to tell the difference and is
//! never charged. Must never write, and never take less than was wished without being told to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Cart, Line, LineFault, LineProblem, NewLine, Refusal, Rounding, TaxRules, line_price, price,
};
use crate::domain::catalogue::{Catalogue, Item, SoldOut, Unit};
use crate::domain::stock::{Demand, Level};
use crate::kernel::{ItemId, LineId, Localised, Money, Quantity};

/// One line that is wanted again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// What, with which options, how much.
    pub line: NewLine,
    /// What the item was called; it may have left the catalogue since.
    pub name: Localised,
    /// What its variant was called, where it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant_name: Option<Localised>,
    /// How it was measured.
    pub unit: Unit,
    /// What the line came to then; none where no price was promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Money>,
    /// The customer left it out.
    #[serde(default)]
    pub skipped: bool,
}

/// What became of a wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// In the cart, at the price of then, or where none was known.
    Kept,
    /// In the cart, at another price.
    Price {
        /// What the line came to then.
        before: Money,
        /// What it comes to.
        now: Money,
    },
    /// The customer left it out.
    Skipped,
    /// The item can't be had now.
    SoldOut,
    /// Less is left than wanted.
    Short {
        /// What may still be taken, in whole steps; zero if other lines take all of it.
        left: Quantity,
    },
    /// A variant or an option is gone or sold out, or one that must be chosen is new.
    OptionGone,
    /// The item left the catalogue.
    ItemGone,
    /// The cart does not take the line; why.
    Refused(Refusal),
    /// The cart would come to more than can be counted.
    TooDear,
}

/// What the shop has at the moment.
#[derive(Debug, Clone, Copy)]
pub struct Shelf<'a> {
    /// What it sells.
    pub catalogue: &'a Catalogue,
    /// What is off the menu.
    pub sold_out: &'a SoldOut,
    /// The levels of counted items.
    pub levels: &'a BTreeMap<ItemId, Level>,
    /// What the cart holds already.
    pub own: &'a Demand,
    /// How it taxes.
    pub taxes: &'a TaxRules,
    /// How it rounds.
    pub rounding: Rounding,
}

/// A cart with what was wished, and what became of each wish, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refilled {
    /// The cart.
    pub cart: Cart,
    /// One for each wish.
    pub fates: Vec<Fate>,
}

impl Wish {
    /// A wish for something of the catalogue, at whatever it costs.
    pub fn of(line: NewLine, item: &Item) -> Self {
        let variant = line.variant.as_ref().and_then(|id| item.variant(id));
        Self {
            name: item.name.clone(),
            variant_name: variant.map(|variant| variant.name.clone()),
            unit: item.unit,
            before: None,
            skipped: false,
            line,
        }
    }

    /// The wish becomes one for another line.
    pub fn becomes(&mut self, line: NewLine, item: &Item) {
        *self = Self::of(line, item);
    }
}

impl Fate {
    /// Whether the line is in the cart.
    pub fn is_in(&self) -> bool {
        matches!(self, Self::Kept | Self::Price { .. })
    }

    /// Whether the customer has to be asked what to do about it.
    pub fn is_open(&self) -> bool {
        !self.is_in() && *self != Self::Skipped
    }

    /// Whether it is told line by line.
    pub fn is_told(&self) -> bool {
        *self != Self::Kept
    }

    /// Whether waiting helps: the item can be had again one day.
    pub fn may_return(&self) -> bool {
        matches!(self, Self::SoldOut | Self::Short { .. })
    }
}

impl Refilled {
    /// Whether there is nothing to tell: all is in, at the prices of then.
    pub fn is_plain(&self) -> bool {
        self.fates.iter().all(|fate| *fate == Fate::Kept)
    }

    /// How many wishes are in the cart.
    pub fn kept(&self) -> usize {
        self.fates.iter().filter(|fate| fate.is_in()).count()
    }
}

/// Puts wishes into a cart, one after the other; what does not fit is left out and told.
pub fn refill(mut cart: Cart, wishes: &[Wish], shelf: Shelf<'_>) -> Refilled {
    let mut fates = Vec::with_capacity(wishes.len());
    for wish in wishes {
        fates.push(put(&mut cart, wish, shelf));
    }
    Refilled { cart, fates }
}

fn put(cart: &mut Cart, wish: &Wish, shelf: Shelf<'_>) -> Fate {
    if wish.skipped {
        return Fate::Skipped;
    }
    let Some(item) = shelf.catalogue.item(&wish.line.item) else {
        return Fate::ItemGone;
    };
    let left = left(cart, item, shelf);
    let is_none_there = shelf.levels.get(&item.id).is_some_and(|level| {
        let own = shelf.own.get(&item.id).copied().unwrap_or_default();
        level.available().0.saturating_add(own.0) < item.unit.min().0
    });
    if is_none_there {
        return Fate::SoldOut;
    }
    let mut next = cart.clone();
    if let Err(refusal) = next.add(wish.line.clone(), shelf.catalogue, shelf.sold_out) {
        return refused(refusal);
    }
    if let Some(left) = left.filter(|left| *left < wish.line.quantity) {
        let left = whole_steps(item.unit, left);
        return Fate::Short { left };
    }
    if !can_be_counted(&next, shelf) {
        return Fate::TooDear;
    }
    let now = worth(&wish.line, shelf);
    *cart = next;
    match (wish.before, now) {
        (Some(before), Some(now)) if before != now => Fate::Price { before, now },
        _ => Fate::Kept,
    }
}

/// The most that a cart may come to, in minor units: far from the end of what can be counted, so
/// that fees may be added.
const MOST_MINOR: i64 = i64::MAX / 4;

fn can_be_counted(cart: &Cart, shelf: Shelf<'_>) -> bool {
    let receipt = price(cart, shelf.catalogue, shelf.taxes, shelf.rounding, &[]);
    receipt.is_ok_and(|receipt| receipt.total.minor <= MOST_MINOR)
}

/// What may still be taken of a counted item, besides what the cart has of it; none: not counted.
fn left(cart: &Cart, item: &Item, shelf: Shelf<'_>) -> Option<Quantity> {
    let level = shelf.levels.get(&item.id)?;
    let own = shelf.own.get(&item.id).copied().unwrap_or_default();
    let there = level.available().0.saturating_add(own.0);
    let taken = cart.quantity_of(&item.id).0;
    Some(Quantity(there.saturating_sub(taken).max(0)))
}

/// The most that can be sold of what is left.
pub fn whole_steps(unit: Unit, left: Quantity) -> Quantity {
    let step = unit.step().0.max(1);
    let most = left.0 / step * step;
    Quantity(if most < unit.min().0 { 0 } else { most })
}

fn refused(refusal: Refusal) -> Fate {
    let Refusal::Line(problems) = refusal else {
        return Fate::Refused(refusal);
    };
    let is = |wanted: fn(&LineFault) -> bool| {
        let mut faults = problems.iter().map(|problem| &problem.fault);
        faults.any(wanted)
    };
    if is(|fault| matches!(fault, LineFault::SoldOut)) {
        return Fate::SoldOut;
    }
    if is(|fault| matches!(fault, LineFault::UnknownItem)) {
        return Fate::ItemGone;
    }
    if is(|fault| matches!(fault, LineFault::Variant | LineFault::Selection(_))) {
        return Fate::OptionGone;
    }
    Fate::Refused(Refusal::Line(problems))
}

/// What a line comes to by itself; none if it can't be priced.
pub fn worth(line: &NewLine, shelf: Shelf<'_>) -> Option<Money> {
    let line = line.clone().with_id(LineId(0));
    let priced = line_price(&line, shelf.catalogue, shelf.rounding.mode).ok()?;
    Some(priced.amount)
}

/// The options that are left of a wish's: the default variant and default options where what was
/// chosen is gone, sold out or not enough. None if even these can't be had, or the item is gone.
pub fn as_usual(wish: &Wish, shelf: Shelf<'_>) -> Option<NewLine> {
    let item = shelf.catalogue.item(&wish.line.item)?;
    let usual = NewLine {
        quantity: wish.line.quantity,
        note: wish.line.note.clone(),
        ..NewLine::of(item, shelf.catalogue)
    };
    let same_variant = NewLine {
        variant: wish.line.variant.clone(),
        ..usual.clone()
    };
    [same_variant, usual].into_iter().find(|line| {
        let problems = faults(line, shelf);
        !problems
            .iter()
            .any(|p| matches!(p.fault, LineFault::Variant | LineFault::Selection(_)))
    })
}

fn faults(line: &NewLine, shelf: Shelf<'_>) -> Vec<LineProblem> {
    let mut alone = Cart::new(crate::kernel::CartId(0), crate::kernel::CustomerId(0), "");
    alone.lines.push(line.clone().with_id(LineId(1)));
    alone.check(shelf.catalogue, shelf.sold_out)
}

/// The most offers to look at in the place of one line.
pub const MOST_OFFERS: usize = 6;

/// What may be offered in the place of a wish: the item's substitutes, in the shop's order; where
/// it names none, what `alike` finds by one of its names, and what stands beside it. What of that
/// can be had is not looked at: see [`can_be_had`].
pub fn offers<'a>(
    wish: &Wish,
    catalogue: &'a Catalogue,
    alike: impl Fn(&str) -> Vec<&'a Item>,
) -> Vec<&'a Item> {
    let item = catalogue.item(&wish.line.item);
    let named: Vec<&Item> = item
        .iter()
        .flat_map(|item| &item.substitutes)
        .filter_map(|id| catalogue.item(id))
        .collect();
    if !named.is_empty() {
        return named;
    }
    let words = wish.name.0.values();
    let alike = words.flat_map(|words| alike(words));
    let beside = item.iter().flat_map(|item| {
        catalogue
            .items()
            .iter()
            .filter(|other| other.category == item.category)
    });
    let mut found: Vec<&Item> = Vec::new();
    for near in alike.chain(beside) {
        let is_new = near.id != wish.line.item && found.iter().all(|known| known.id != near.id);
        if is_new && found.len() < MOST_OFFERS {
            found.push(near);
        }
    }
    found
}

/// Whether the least of an item can be had now.
pub fn can_be_had(item: &Item, shelf: Shelf<'_>) -> bool {
    let level = shelf.levels.get(&item.id);
    !shelf.sold_out.has_item(&item.id)
        && level.is_none_or(|level| level.available() >= item.unit.min())
}

/// An offer in the place of a wish: as much of it as its unit allows, with its default options.
pub fn instead(wish: &Wish, offer: &Item, catalogue: &Catalogue) -> NewLine {
    let mut line = NewLine::of(offer, catalogue);
    if offer.unit.allows(wish.line.quantity) && same_measure(offer.unit, wish.unit) {
        line.quantity = wish.line.quantity;
    }
    line
}

/// Whether a number means the same of both.
fn same_measure(one: Unit, other: Unit) -> bool {
    let is_weight = |unit| matches!(unit, Unit::Gram { .. });
    is_weight(one) == is_weight(other)
}

/// The lines of a cart as wishes, at whatever they cost.
pub fn wishes_of(lines: &[Line], catalogue: &Catalogue) -> Vec<Wish> {
    let wish = |line: &Line| {
        let item = catalogue.item(&line.item)?;
        Some(Wish::of(NewLine::from(line), item))
    };
    lines.iter().filter_map(wish).collect()
}
