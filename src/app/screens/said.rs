//! An order in somebody's own words: what was done, what was not understood, what is asked.

use crate::app::operations::say::kept::{Asked, Done, Offer, Said, Told, Why};
use crate::app::route::{Route, SaidAct};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::cart::{Cart, MAX_LINES, NewLine};
use crate::domain::catalogue::Catalogue;
use crate::kernel::{CategoryId, GroupId, ItemId, Money, Quantity};

use super::{Card, lines};

/// Things that are told one by one; the rest is counted.
const TOLD: usize = 12;

/// What it is shown with.
pub struct Shown<'a> {
    /// What the shop sells.
    pub catalogue: &'a Catalogue,
    /// What was said.
    pub said: &'a Said,
    /// The cart now.
    pub cart: &'a Cart,
    /// What it comes to.
    pub total: Money,
}

/// What a message came to.
pub fn said(card: Card, shown: &Shown<'_>) -> View {
    let said = shown.said;
    let mut view = View {
        body: Vec::new(),
        photo: None,
        rows: Vec::new(),
        reply: None,
    };
    if !said.done.is_empty() {
        view = view.and(Text::new("said-done"));
    }
    for done in said.done.iter().take(TOLD) {
        view.body.extend(done_text(shown, done));
    }
    if let Some(more) = said.done.len().checked_sub(TOLD).filter(|more| *more > 0) {
        view = view.and(Text::new("more-lines").with("count", more as i64));
    }
    let told = said.told.iter();
    view.body.extend(told.map(|told| told_text(shown, told)));
    if !said.unknown.is_empty() {
        view = view.and(unknown_text(said));
    }
    if !shown.cart.is_empty() {
        let line = Text::new("home-cart").with("count", shown.cart.lines.len() as i64);
        view = view.and(line.with("total", shown.total));
    }
    match said.open.first() {
        Some(asked) => question(card, shown, asked, view),
        None => over(card, shown, view),
    }
}

fn over(card: Card, shown: &Shown<'_>, mut view: View) -> View {
    view = view.row(undo(card, shown.said).into_iter().collect());
    if shown.cart.is_empty() {
        return view.row(vec![
            card.plain("button-home", &Route::Home),
            card.plain("button-menu", &Route::Menu),
        ]);
    }
    let checkout = Text::new("button-checkout").with("total", shown.total);
    view.row(vec![card.button(checkout, &Route::Checkout)])
        .row(vec![
            card.plain("button-cart", &Route::Cart),
            card.plain("button-menu", &Route::Menu),
        ])
}

fn undo(card: Card, said: &Said) -> Option<Button> {
    let before = said.before.as_ref()?;
    let route = Route::Said(SaidAct::Undo(before.version));
    Some(card.plain("button-said-undo", &route))
}

fn question(card: Card, shown: &Shown<'_>, asked: &Asked, mut view: View) -> View {
    view = view.and(question_text(shown, asked));
    let rest: Vec<Text> = shown
        .said
        .open
        .iter()
        .skip(1)
        .take(TOLD)
        .map(quote)
        .collect();
    if !rest.is_empty() {
        view = view.and(Text::new("said-then").with("words", Arg::List(rest)));
    }
    for (place, offer) in asked.offers.iter().enumerate() {
        let take = Route::Said(SaidAct::Take(asked.serial, place));
        view = view.row(vec![card.button(offer_text(shown, asked, offer), &take)]);
    }
    if let Why::Variant(_) | Why::Choice(..) | Why::Options(_) = asked.why {
        let choose = Route::Said(SaidAct::Choose(asked.serial));
        view = view.row(vec![card.plain("button-said-choose", &choose)]);
    }
    let leave = Route::Said(SaidAct::Leave(asked.serial));
    let leave = match asked.why {
        Why::Drop(_) | Why::DropKind(_) | Why::Change(_) => card.plain("button-said-keep", &leave),
        _ => card.plain("button-said-leave", &leave),
    };
    view = view.row(vec![leave]);
    let mut row: Vec<Button> = undo(card, shown.said).into_iter().collect();
    if !shown.cart.is_empty() {
        row.push(card.plain("button-cart", &Route::Cart));
    }
    view.row(row)
}

fn quote(asked: &Asked) -> Text {
    Text::new("said-quote").with("words", asked.words.as_str())
}

fn unknown_text(said: &Said) -> Text {
    let quote = |words: &String| Text::new("said-quote").with("words", words.as_str());
    let words = Arg::List(said.unknown.iter().map(quote).collect());
    Text::new("said-unknown")
        .with("words", words)
        .with("more", said.more_unknown as i64)
}

/// How much of what.
fn what(catalogue: &Catalogue, line: &NewLine) -> Text {
    let (grams, count) = lines::amount_of(catalogue.item(&line.item), line.quantity);
    let id = match grams {
        true => "button-line-grams",
        false => "button-line",
    };
    Text::new(id)
        .with("count", count)
        .with("name", name_of(catalogue, line))
}

fn name_of(catalogue: &Catalogue, line: &NewLine) -> Text {
    let Some(item) = catalogue.item(&line.item) else {
        return Text::new("value-text").with("value", line.item.as_str());
    };
    let variant = line.variant.as_ref().and_then(|id| item.variant(id));
    lines::name(&item.name, variant.map(|variant| &variant.name))
}

fn item_name(catalogue: &Catalogue, id: &ItemId) -> Text {
    match catalogue.item(id) {
        Some(item) => Text::new("value-text").with("value", &item.name),
        None => Text::new("value-text").with("value", id.as_str()),
    }
}

fn details(catalogue: &Catalogue, line: &NewLine) -> Vec<Text> {
    let item = catalogue.item(&line.item);
    let options = item.map(|item| lines::options(catalogue, item, &line.selection));
    lines::details(options.unwrap_or_default(), &line.note)
}

fn done_text(shown: &Shown<'_>, done: &Done) -> Vec<Text> {
    let catalogue = shown.catalogue;
    let (id, line) = match done {
        Done::Added(line, _) => ("said-added", line),
        Done::Removed(line) => ("said-removed", line),
        Done::Changed(line, _) => ("said-changed", line),
    };
    let mut text = Text::new(id).with("what", what(catalogue, line));
    if let Done::Added(line, id) = done
        && let Some(held) = shown.cart.line(*id)
        && held.quantity > line.quantity
    {
        // It was in the cart already.
        let all = lines::measured(catalogue.item(&line.item), held.quantity);
        text = Text::new("said-added-more")
            .with("what", what(catalogue, line))
            .with("all", all);
    }
    let mut texts = vec![text];
    texts.extend(details(catalogue, line));
    texts
}

fn told_text(shown: &Shown<'_>, told: &Told) -> Text {
    let fault = |item: &ItemId, fault: Text| {
        Text::new("cart-line-fault")
            .with("name", item_name(shown.catalogue, item))
            .with("fault", fault)
    };
    match told {
        Told::NotThere(item) => {
            Text::new("said-not-there").with("name", item_name(shown.catalogue, item))
        }
        Told::NoneThere(kind) => {
            Text::new("said-not-there").with("name", kind_name(shown.catalogue, kind))
        }
        Told::Full(item) => fault(item, Text::new("cart-full").with("max", MAX_LINES)),
        Told::TooDear(item) => fault(item, Text::new("again-too-dear")),
        Told::Gone(item) => fault(item, Text::new("item-gone")),
    }
}

fn question_text(shown: &Shown<'_>, asked: &Asked) -> Text {
    let catalogue = shown.catalogue;
    let text = |id: &'static str| Text::new(id).with("words", asked.words.as_str());
    let about =
        |id: &'static str, line: &NewLine| Text::new(id).with("what", what(catalogue, line));
    let measured =
        |line: &NewLine, quantity: Quantity| lines::measured(catalogue.item(&line.item), quantity);
    match &asked.why {
        Why::Which => text("said-which"),
        Why::Unsure => text("said-unsure"),
        Why::Kind => text("said-kind"),
        Why::Near => text("said-near"),
        Why::Variant(line) => about("said-variant", line),
        Why::Choice(line, group) => {
            about("said-choice", line).with("group", group_name(catalogue, group))
        }
        Why::Options(line) => about("said-options", line),
        Why::SoldOut(line) if asked.offers.is_empty() => about("quick-sold-out", line),
        Why::SoldOut(line) => about("said-sold-out", line),
        Why::Short(line, left) => about("said-short", line).with("left", measured(line, *left)),
        Why::Most(line, max) => about("said-most", line).with("max", measured(line, *max)),
        Why::Amount(line, min, step) if (min.0, step.0) == (1, 1) => {
            text("said-how-many").with("name", name_of(catalogue, line))
        }
        Why::Amount(line, min, step) => text("said-amount")
            .with("name", name_of(catalogue, line))
            .with("min", measured(line, *min))
            .with("step", measured(line, *step)),
        Why::Drop(item) => Text::new("said-drop").with("name", item_name(catalogue, item)),
        Why::DropKind(kind) => Text::new("said-drop").with("name", kind_name(catalogue, kind)),
        Why::Change(item) => Text::new("said-change").with("name", item_name(catalogue, item)),
    }
}

fn kind_name(catalogue: &Catalogue, kind: &CategoryId) -> Text {
    match catalogue.category(kind) {
        Some(kind) => Text::new("value-text").with("value", &kind.name),
        None => Text::new("value-text").with("value", kind.as_str()),
    }
}

fn group_name(catalogue: &Catalogue, group: &GroupId) -> Text {
    match catalogue.group(group) {
        Some(group) => Text::new("value-text").with("value", &group.name),
        None => Text::new("value-text").with("value", group.as_str()),
    }
}

fn offer_text(shown: &Shown<'_>, asked: &Asked, offer: &Offer) -> Text {
    let catalogue = shown.catalogue;
    match (offer, &asked.why) {
        (Offer::Change(id, line), Why::Change(_)) => {
            let now = shown.cart.line(*id).map(NewLine::from);
            with_options(catalogue, now.as_ref().unwrap_or(line))
        }
        (Offer::Put(line) | Offer::Change(_, line), Why::Variant(_)) => {
            variant_text(catalogue, line)
        }
        (Offer::Put(line) | Offer::Change(_, line), Why::Choice(_, group)) => {
            choice_text(catalogue, line, group)
        }
        (Offer::Put(line) | Offer::Change(_, line), _) => what(catalogue, line),
        (Offer::Drop(_, line), _) => with_options(catalogue, line),
        (Offer::DropAll(_), _) => Text::new("button-said-drop-all"),
    }
}

/// A line of the cart, told from others of its item by its options.
fn with_options(catalogue: &Catalogue, line: &NewLine) -> Text {
    let item = catalogue.item(&line.item);
    let options = item.map(|item| lines::options(catalogue, item, &line.selection));
    match options.filter(|options| !options.is_empty()) {
        Some(options) => Text::new("button-said-drop")
            .with("what", what(catalogue, line))
            .with("options", Arg::List(options)),
        None => what(catalogue, line),
    }
}

fn variant_text(catalogue: &Catalogue, line: &NewLine) -> Text {
    let item = catalogue.item(&line.item);
    let variant = item.and_then(|item| item.variant(line.variant.as_ref()?));
    match variant {
        Some(variant) => Text::new("menu-item")
            .with("name", &variant.name)
            .with("price", variant.price),
        None => what(catalogue, line),
    }
}

fn choice_text(catalogue: &Catalogue, line: &NewLine, group: &GroupId) -> Text {
    let picked = line.selection.picks(group).find(|(_, pick)| pick.units > 0);
    let choice = picked.and_then(|(id, _)| catalogue.group(group)?.choice(id));
    match choice {
        Some(choice) => Text::new("value-text").with("value", &choice.name),
        None => what(catalogue, line),
    }
}
