//! An item's card: picture, variants, options with their rules, quantity, price.

use crate::app::draft::Draft;
use crate::app::marks;
use crate::app::route::{AgainAct, AwaitAct, Nudge, QuickAct, Route};
use crate::chat::{Button, Photo, Text, View};
use crate::domain::cart::{LineFault, SelectionFault, SelectionProblem};
use crate::domain::catalogue::{Catalogue, Choice, Group, Item, Quantifier, SoldOut, Unit};
use crate::kernel::{Money, Quantity};

use super::{Card, lines};

/// Fewer left than this is told on the card.
const FEW_LEFT: i64 = 5;

const CHOSEN: &str = "● ";
const NOT_CHOSEN: &str = "○ ";
const TICKED: &str = "☑ ";
const NOT_TICKED: &str = "☐ ";

/// What an item's card is shown with.
pub struct ItemCard<'a> {
    /// What the shop sells.
    pub catalogue: &'a Catalogue,
    /// The item.
    pub item: &'a Item,
    /// What is chosen.
    pub draft: &'a Draft,
    /// What is off the menu for now.
    pub sold_out: &'a SoldOut,
    /// What is left of it, if it is counted.
    pub left: Option<Quantity>,
    /// Whether this person waits for it, where it can't be had; none: it is not to be asked.
    pub is_waited_for: Option<bool>,
    /// What the draft comes to.
    pub total: Option<Money>,
    /// What the person is warned of.
    pub warnings: Vec<Text>,
    /// What is wrong with the draft, said only after a try to add it.
    pub faults: &'a [LineFault],
}

/// The card.
pub fn item(card: Card, shown: &ItemCard<'_>) -> View {
    let item = shown.item;
    let mut view = head(shown);
    view.photo = item.photo.clone().map(Photo::Shop);
    for fault in shown.faults {
        view.body.extend(fault_texts(shown.catalogue, fault));
    }
    let is_out =
        shown.sold_out.has_item(&item.id) || shown.left.is_some_and(|left| left < item.unit.min());
    if is_out {
        view = view.and(Text::new("item-sold-out"));
        let id = item.id.as_str().to_owned();
        if let Some(is_asked) = shown.is_waited_for {
            view = view.row(vec![match is_asked {
                true => card.plain("button-awaited-stop", &Route::Await(AwaitAct::Stop(id))),
                false => card.plain("button-awaited-ask", &Route::Await(AwaitAct::Ask(id))),
            }]);
        }
        return view.row(vec![back(card, item)]);
    }
    view = options(card, shown, view);
    let (grams, count) = lines::amount(item.unit, shown.draft.quantity);
    let amount = match grams {
        true => Text::new("item-amount-grams"),
        false => Text::new("item-amount"),
    };
    let amount = amount.with("count", count);
    view = view.row(vec![
        card.plain("button-fewer", &Route::Amount(Nudge::Fewer)),
        card.button(amount, &Route::Amount(Nudge::More)),
        card.plain("button-more", &Route::Amount(Nudge::More)),
    ]);
    let is_change =
        shown.draft.line.is_some() || shown.draft.wish.is_some() || shown.draft.list.is_some();
    let add = if is_change {
        "button-save"
    } else {
        "button-add"
    };
    let zero = Money::zero(shown.catalogue.currency());
    let add = Text::new(add).with("total", shown.total.unwrap_or(zero));
    let back = match (shown.draft.wish, shown.draft.list) {
        (Some(_), _) => card.plain("button-back", &Route::Again(AgainAct::Show)),
        (None, Some(at)) => {
            let page = QuickAct::Page(at / super::quick::PAGE);
            card.plain("button-back", &Route::Quick(page))
        }
        (None, None) => back(card, item),
    };
    view.row(vec![card.button(add, &Route::Add)])
        .row(vec![back])
}

fn head(shown: &ItemCard<'_>) -> View {
    let item = shown.item;
    let price = item
        .price(shown.draft.variant.as_ref())
        .or_else(|| item.lowest_price())
        .unwrap_or_else(|| Money::zero(shown.catalogue.currency()));
    let mut view = View {
        body: facts(item, self::price(item.unit, price)),
        photo: None,
        rows: Vec::new(),
        reply: None,
    };
    view.body.extend(shown.warnings.iter().cloned());
    match shown.left {
        Some(left) if left.0 > 0 && left.0 < FEW_LEFT * item.unit.step().0 => {
            view.and(lines::left(item.unit, left))
        }
        _ => view,
    }
}

/// What is said of an item to everybody, with its price in words.
pub fn facts(item: &Item, price: Text) -> Vec<Text> {
    let mut facts = vec![Text::new("item-title").with("name", &item.name)];
    if !item.about.0.is_empty() {
        facts.push(Text::new("item-about").with("about", &item.about));
    }
    facts.push(price);
    if !item.contains.is_empty() {
        let names = marks::names("allergen", item.contains.iter().map(String::as_str));
        facts.push(Text::new("item-contains").with("allergens", names));
    }
    if !item.diet.is_empty() {
        let diets = marks::names("diet", item.diet.iter().map(String::as_str));
        facts.push(Text::new("item-diet").with("diets", diets));
    }
    facts
}

/// What an item costs, by what it is sold in.
pub fn price(unit: Unit, price: Money) -> Text {
    match unit {
        Unit::Gram { price_per, .. } => Text::new("item-price-grams")
            .with("price", price)
            .with("grams", price_per),
        Unit::Pack { size } => Text::new("item-price-pack")
            .with("price", price)
            .with("size", size),
        Unit::Piece => Text::new("item-price").with("price", price),
    }
}

fn options(card: Card, shown: &ItemCard<'_>, mut view: View) -> View {
    let draft = shown.draft;
    let variants: Vec<Button> = shown
        .item
        .variants()
        .iter()
        .map(|variant| {
            let chosen = draft.variant.as_ref() == Some(&variant.id);
            let label = Text::new("item-choice")
                .with("mark", if chosen { CHOSEN } else { NOT_CHOSEN })
                .with("name", &variant.name);
            card.button(label, &Route::Variant(variant.id.as_str().to_owned()))
        })
        .collect();
    for row in variants.chunks(3) {
        view = view.row(row.to_vec());
    }
    for (place, open) in draft
        .selection
        .open(shown.catalogue, shown.item)
        .iter()
        .enumerate()
    {
        view = view.and(
            Text::new("item-group")
                .with("name", &open.group.name)
                .with("rule", rule(open.group)),
        );
        let mut buttons = Vec::new();
        for (at, choice) in open.group.choices.iter().enumerate() {
            let pick = draft
                .selection
                .at(&open.path)
                .and_then(|here| here.pick(&open.group.id, &choice.id));
            let units = pick.map_or(0, |pick| pick.units);
            let quantifier = pick.and_then(|pick| pick.quantifier);
            let label = choice_label(shown, open.group, choice, units, quantifier);
            let route = if open.group.quantifiers.is_empty() {
                Route::Choice(place, at)
            } else {
                Route::Quantifier(place, at)
            };
            buttons.push(card.button(label, &route));
        }
        for row in buttons.chunks(2) {
            view = view.row(row.to_vec());
        }
    }
    view
}

fn choice_label(
    shown: &ItemCard<'_>,
    group: &Group,
    choice: &Choice,
    units: i64,
    quantifier: Option<Quantifier>,
) -> Text {
    if shown.sold_out.has_choice(&group.id, choice) {
        return Text::new("item-choice-out").with("name", &choice.name);
    }
    let mark = match (group.is_single(), units) {
        (true, 0) => NOT_CHOSEN.to_owned(),
        (true, _) => CHOSEN.to_owned(),
        (false, 0) => NOT_TICKED.to_owned(),
        (false, 1) => TICKED.to_owned(),
        (false, many) => format!("{many} × "),
    };
    if let Some(quantifier) = quantifier {
        return Text::new("item-choice-quantified")
            .with("mark", mark)
            .with("name", &choice.name)
            .with("how", Text::new(quantifier_text(quantifier)));
    }
    match choice.price(shown.draft.variant.as_ref()) {
        Some(price) if price.minor != 0 => Text::new("item-choice-price")
            .with("mark", mark)
            .with("name", &choice.name)
            .with("price", price),
        _ => Text::new("item-choice")
            .with("mark", mark)
            .with("name", &choice.name),
    }
}

/// The text of a quantifier.
pub fn quantifier_text(quantifier: Quantifier) -> &'static str {
    match quantifier {
        Quantifier::Extra => "quantifier-extra",
        Quantifier::Light => "quantifier-light",
        Quantifier::Without => "quantifier-without",
    }
}

fn rule(group: &Group) -> Text {
    let (min, max) = (group.min_units.max(group.min_distinct), group.max_units);
    let rule = if min == 1 && max == 1 {
        Text::new("item-rule-one")
    } else if min == max {
        Text::new("item-rule-exact").with("min", min)
    } else if min > 0 {
        Text::new("item-rule-range")
            .with("min", min)
            .with("max", max)
    } else {
        Text::new("item-rule-max").with("max", max)
    };
    if group.free_units > 0 {
        let free = Text::new("item-rule-free").with("free", group.free_units);
        return Text::new("item-rule-with-free")
            .with("rule", rule)
            .with("free", free);
    }
    rule
}

/// What is wrong with a line, in words.
pub fn fault_texts(catalogue: &Catalogue, fault: &LineFault) -> Vec<Text> {
    match fault {
        LineFault::UnknownItem => vec![Text::new("item-gone")],
        LineFault::SoldOut => vec![Text::new("item-sold-out")],
        LineFault::Variant => vec![Text::new("item-choice-unknown")],
        LineFault::Selection(problems) => problems
            .iter()
            .map(|problem| problem_text(catalogue, problem))
            .collect(),
        LineFault::Quantity { min, unit, .. } => vec![lines::too_little(*unit, *min)],
        LineFault::TooMuch { max, unit } | LineFault::OverOrderLimit { max, unit } => {
            vec![lines::too_much(*unit, *max)]
        }
        LineFault::NoteTooLong { max } => vec![Text::new("note-too-long").with("max", *max)],
    }
}

fn problem_text(catalogue: &Catalogue, problem: &SelectionProblem) -> Text {
    let Some(group) = catalogue.group(&problem.group) else {
        return Text::new("item-choice-unknown");
    };
    match &problem.fault {
        SelectionFault::TooFew { min, chosen } | SelectionFault::TooFewDistinct { min, chosen } => {
            Text::new("item-missing")
                .with("name", &group.name)
                .with("need", min - chosen)
        }
        SelectionFault::TooMany { max, .. } | SelectionFault::TooManyDistinct { max, .. } => {
            Text::new("item-too-many")
                .with("name", &group.name)
                .with("max", *max)
        }
        SelectionFault::ChoiceOver { choice, max, .. } => match group.choice(choice) {
            Some(choice) => Text::new("item-too-many")
                .with("name", &choice.name)
                .with("max", *max),
            None => Text::new("item-choice-unknown"),
        },
        SelectionFault::SoldOut { choice } => match group.choice(choice) {
            Some(choice) => Text::new("item-choice-gone").with("name", &choice.name),
            None => Text::new("item-choice-unknown"),
        },
        SelectionFault::UnknownChoice { .. }
        | SelectionFault::UnknownGroup
        | SelectionFault::Quantifier { .. }
        | SelectionFault::Nonsense { .. } => Text::new("item-choice-unknown"),
    }
}

fn back(card: Card, item: &Item) -> Button {
    let route = Route::Category(item.category.as_str().to_owned(), 0);
    card.plain("button-back", &route)
}
