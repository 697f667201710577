//! What is understood of words, in the terms of what the shop sells.

use std::ops::Range;

use crate::domain::cart::{Line as CartLine, LineFault, NewLine};
use crate::domain::catalogue::{SoldOut, Unit};
use crate::kernel::{ItemId, Quantity};
use crate::shop::Shop;
use crate::understand::catalogue::wanted;
use crate::understand::language::Role;
use crate::understand::text::{Kind, tokens};
use crate::understand::{Amount, Line, Loose, Understood};

/// Characters between two scraps of one word.
const SCRAP: usize = 2;

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

/// An amount in an item's base unit; none if it is no whole number of it.
pub fn base(shop: &Shop, item: &ItemId, amount: Amount) -> Option<Quantity> {
    let one = match shop.catalogue.item(item)?.unit {
        Unit::Pack { size } => size,
        Unit::Piece | Unit::Gram { .. } => 1,
    };
    Some(Quantity(amount.as_whole()?.checked_mul(one)?))
}

/// A line of the cart with what was said of it: the rest stays as it is.
pub fn changed(shop: &Shop, line: &Line, new: &NewLine, there: &CartLine) -> NewLine {
    let menu = &shop.understanding.menu;
    let mut to = NewLine::from(there);
    if line.counted {
        to.quantity = new.quantity;
    }
    for option in &line.options {
        if menu.variants_of(option.group).is_some() {
            to.variant.clone_from(&new.variant);
            continue;
        }
        let Some(group) = shop.catalogue.groups().get(option.group) else {
            continue;
        };
        let is_own = shop
            .catalogue
            .item(&there.item)
            .is_some_and(|item| item.groups.contains(&group.id));
        if !is_own {
            // Somewhere within: all that lies around it is as said and usual.
            to.selection.clone_from(&new.selection);
            continue;
        }
        to.selection.clear(&group.id);
        for (choice, pick) in new.selection.picks(&group.id) {
            to.selection.insert(&group.id, choice, pick.clone());
        }
    }
    to
}

/// What was said of no item, as said of a line of the cart; none if nothing of it fits.
pub fn loose_line(shop: &Shop, there: &CartLine, loose: &Loose) -> Option<(Line, NewLine)> {
    let items = shop.catalogue.items();
    let at = items.iter().position(|item| item.id == there.item)?;
    let menu = &shop.understanding.menu;
    let fitting = loose.options.iter().filter_map(|meant| {
        let mut fit = meant.iter().filter(|chosen| menu.opens(at, chosen.group));
        fit.next().copied()
    });
    let line = Line {
        item: Some(at),
        category: None,
        quantity: loose.quantity.unwrap_or(Amount::ONE),
        counted: loose.quantity.is_some() || loose.more,
        more: loose.more,
        changes: true,
        unit: None,
        options: fitting.collect(),
        score: 100,
        others: Vec::new(),
        spans: Vec::new(),
    };
    // A number with options that fit nothing is said of something else.
    let is_alone = loose.options.is_empty() && line.counted;
    if line.options.is_empty() && !is_alone {
        return None;
    }
    let new = new_line(shop, &line, at)?;
    Some((line, new))
}

/// Where words stood that were not understood. Scraps of one word are one: what stands between
/// them is no line's.
pub fn unknown(text: &str, understood: &Understood) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    let is_said = |range: &Range<usize>| {
        let mut lines = understood.lines.iter().flat_map(|line| &line.spans);
        lines.any(|span| span.start <= range.start && range.end <= span.end)
    };
    for range in understood.unknown.iter().filter(|range| !is_said(range)) {
        let joined = all.last().filter(|last| {
            let gap = text.get(last.end..range.start).unwrap_or_default();
            let lines = understood.lines.iter().flat_map(|line| &line.spans);
            let mut overlaps = lines.filter(|span| span.start < range.start && span.end > last.end);
            let is_scrap = gap.chars().count() <= SCRAP && gap.chars().all(char::is_alphanumeric);
            is_scrap && overlaps.next().is_none()
        });
        let start = joined.map(|last| last.start);
        match (start, all.last_mut()) {
            (Some(_), Some(last)) => last.end = range.end,
            _ => all.push(range.clone()),
        }
    }
    all
}

/// Whether a text has one of an item's names, as it is written.
pub fn is_named(shop: &Shop, item: &ItemId, text: &str) -> bool {
    let text = text.to_lowercase();
    let item = shop.catalogue.item(item);
    item.is_some_and(|item| {
        let mut names = item.name.0.values().chain(&item.aliases);
        names.any(|name| text.contains(&name.to_lowercase()))
    })
}

/// Whether a text is a space at most, or one word that says nothing.
pub fn is_noise(shop: &Shop, text: &str) -> bool {
    let index = &shop.understanding;
    let is_word = text.chars().all(char::is_alphanumeric);
    matches!(text, "" | " ") || is_word && index.is(&tokens(text, &index.canon), Role::Noise)
}

/// The words of a text that say what it is about: without "the", "and", "please".
pub fn content(shop: &Shop, words: &str) -> String {
    let index = &shop.understanding;
    let tokens = tokens(words, &index.canon);
    let telling = tokens.iter().filter(|token| !index.is_small(token));
    let mut content = String::new();
    for token in telling {
        // What was written together stays together.
        let is_apart = content.chars().last().is_some_and(char::is_alphanumeric);
        if is_apart && token.kind != Kind::Han {
            content.push(' ');
        }
        content.push_str(words.get(token.at.clone()).unwrap_or_default());
    }
    content
}
