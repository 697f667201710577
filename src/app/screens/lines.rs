//! The lines of a cart in words: count, name, variant, options, note.

use crate::chat::{Arg, Text};
use crate::domain::cart::{Line, Selection};
use crate::domain::catalogue::{Catalogue, Item, Unit};
use crate::kernel::{Localised, Money, Quantity};

use super::item::quantifier_text;

/// An item's name, with its variant where it has some.
pub fn name(name: &Localised, variant: Option<&Localised>) -> Text {
    match variant {
        Some(variant) => Text::new("line-name-variant")
            .with("name", name)
            .with("variant", variant),
        None => Text::new("value-text").with("value", name),
    }
}

/// The name of a cart line's item and variant; the item's id if it left the catalogue.
pub fn line_name(catalogue: &Catalogue, line: &Line) -> Text {
    let Some(item) = catalogue.item(&line.item) else {
        return Text::new("value-text").with("value", line.item.as_str());
    };
    let variant = line.variant.as_ref().and_then(|id| item.variant(id));
    name(&item.name, variant.map(|variant| &variant.name))
}

/// How much, as people count it: `(in grams, number)`; pieces and whole packs by number.
pub fn amount(unit: Unit, quantity: Quantity) -> (bool, i64) {
    match unit {
        Unit::Gram { .. } => (true, quantity.0),
        Unit::Pack { size } => (false, quantity.0 / size.max(1)),
        Unit::Piece => (false, quantity.0),
    }
}

/// How much of an item; one that left the catalogue counts in pieces.
pub fn amount_of(item: Option<&Item>, quantity: Quantity) -> (bool, i64) {
    amount(item.map_or(Unit::Piece, |item| item.unit), quantity)
}

/// How much, as part of a text: a number, for weight with its unit. Nothing is the number 0,
/// for which texts have words of their own.
pub fn measured(item: Option<&Item>, quantity: Quantity) -> Arg {
    match amount_of(item, quantity) {
        (true, grams) if grams > 0 => {
            Arg::Text(Text::new("item-amount-grams").with("count", grams))
        }
        (_, count) => Arg::Number(count),
    }
}

/// That only little is left.
pub fn left(unit: Unit, left: Quantity) -> Text {
    match amount(unit, left) {
        (true, grams) => Text::new("item-left-grams").with("left", grams),
        (false, count) => Text::new("item-left").with("left", count),
    }
}

/// That one order may have no more.
pub fn too_much(unit: Unit, max: Quantity) -> Text {
    match amount(unit, max) {
        (true, grams) => Text::new("item-too-much-grams").with("max", grams),
        (false, count) => Text::new("item-too-much").with("max", count),
    }
}

/// That no less is sold.
pub fn too_little(unit: Unit, min: Quantity) -> Text {
    match amount(unit, min) {
        (true, grams) => Text::new("item-too-little-grams").with("min", grams),
        (false, count) => Text::new("item-too-little").with("min", count),
    }
}

/// A cart line with its price, its options and its note, one below the other.
pub fn line(catalogue: &Catalogue, line: &Line, total: Money) -> Vec<Text> {
    let item = catalogue.item(&line.item);
    let (grams, count) = amount_of(item, line.quantity);
    let id = if grams {
        "cart-line-grams"
    } else {
        "cart-line"
    };
    let mut texts = vec![
        Text::new(id)
            .with("count", count)
            .with("name", line_name(catalogue, line))
            .with("total", total),
    ];
    let options = item.map_or_else(Vec::new, |item| options(catalogue, item, &line.selection));
    texts.extend(details(options, &line.note));
    texts
}

/// Options and note of a line, each on a line of its own; nothing where there are none.
pub fn details(options: Vec<Text>, note: &str) -> Vec<Text> {
    let mut texts = Vec::new();
    if !options.is_empty() {
        texts.push(Text::new("cart-line-detail").with("options", Arg::List(options)));
    }
    if !note.is_empty() {
        texts.push(Text::new("cart-line-note").with("note", note));
    }
    texts
}

/// The chosen options in words, in the order asked.
pub fn options(catalogue: &Catalogue, item: &Item, selection: &Selection) -> Vec<Text> {
    let mut texts = Vec::new();
    for open in selection.open(catalogue, item) {
        let Some(here) = selection.at(&open.path) else {
            continue;
        };
        for (id, pick) in here.picks(&open.group.id) {
            if let Some(choice) = open.group.choice(id) {
                texts.push(option(&choice.name, pick.units, pick.quantifier));
            }
        }
    }
    texts
}

/// One option in words.
pub fn option(
    name: &Localised,
    units: i64,
    quantifier: Option<crate::domain::catalogue::Quantifier>,
) -> Text {
    if let Some(quantifier) = quantifier {
        return Text::new("option-quantified")
            .with("name", name)
            .with("how", Text::new(quantifier_text(quantifier)));
    }
    if units > 1 {
        return Text::new("option-units")
            .with("name", name)
            .with("units", units);
    }
    Text::new("value-text").with("value", name)
}
