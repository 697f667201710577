//! What is understood of words, in the terms of what the shop sells.

use crate::domain::cart::{LineFault, NewLine};
use crate::domain::catalogue::SoldOut;
use crate::kernel::{ItemId, Quantity};
use crate::shop::Shop;
use crate::understand::catalogue::wanted;
use crate::understand::{Line, Understood};

/// What a message comes to.
pub fn understand(shop: &Shop, text: &str) -> Understood {
    shop.understanding.understand(text)
}

/// An item by its place in the menu.
pub fn item(shop: &Shop, at: usize) -> Option<&ItemId> {
    shop.catalogue.items().get(at).map(|item| &item.id)
}

/// What was said of a thing, for the item at a place; none if there is no such item. A variant that
/// nobody chose is left open, and a quantity that can't be is none at all.
pub fn new_line(shop: &Shop, line: &Line, at: usize) -> Option<NewLine> {
    let menu = &shop.understanding.menu;
    let mut line = line.clone();
    line.item = Some(at);
    // What may be said of one of several items need not fit another.
    line.options.retain(|option| menu.opens(at, option.group));
    let nothing = SoldOut::default();
    let wanted = wanted(&line, menu, &shop.catalogue, &nothing)?;
    let mut new = wanted.line;
    let is = |fault: fn(&LineFault) -> bool| wanted.faults.iter().any(fault);
    if is(|fault| matches!(fault, LineFault::Variant)) {
        new.variant = None;
    }
    let unit = shop.catalogue.item(&new.item)?.unit;
    if is(|fault| matches!(fault, LineFault::Quantity { .. })) && unit.allows(new.quantity) {
        // One and a half of what comes whole.
        new.quantity = Quantity(0);
    }
    Some(new)
}
