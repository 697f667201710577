//! The cart, one of its lines, and the questions asked about them.

use crate::app::route::{Nudge, Route};
use crate::chat::{Arg, Text, View};
use crate::domain::cart::{Cart, Line, MAX_NOTE_CHARS, Receipt};
use crate::domain::catalogue::Catalogue;
use crate::kernel::{LineId, Money};

use super::review::fees;
use super::{Card, lines};

/// The most lines that get a button of their own; the keyboard would grow too long.
const LINE_BUTTONS: usize = 20;

/// What the cart is shown with.
pub struct CartShown<'a> {
    /// What the shop sells.
    pub catalogue: &'a Catalogue,
    /// The cart.
    pub cart: &'a Cart,
    /// What it comes to.
    pub receipt: &'a Receipt,
    /// What a little more would change.
    pub hint: Option<&'a Text>,
    /// The title of its flow, a text of the shop, where another one could be taken.
    pub way: Option<&'a str>,
    /// What changed since it was last seen.
    pub notices: Vec<Text>,
}

/// The cart with its total.
pub fn cart(card: Card, shown: CartShown<'_>) -> View {
    let (catalogue, cart, receipt) = (shown.catalogue, shown.cart, shown.receipt);
    let mut view = View {
        body: shown.notices,
        photo: None,
        rows: Vec::new(),
        reply: None,
    };
    if cart.is_empty() {
        return view.and(Text::new("cart-empty")).row(vec![
            card.plain("button-home", &Route::Home),
            card.plain("button-menu", &Route::Menu),
        ]);
    }
    view = view.and(Text::new("cart-title"));
    for line in &cart.lines {
        view.body
            .extend(lines::line(catalogue, line, amount_of(receipt, line.id)));
    }
    view.body.extend(fees(receipt));
    view = view.and(Text::new("cart-total").with("total", receipt.total));
    view.body.extend(shown.hint.cloned());
    for line in cart.lines.iter().take(LINE_BUTTONS) {
        let (grams, count) = lines::amount_of(catalogue.item(&line.item), line.quantity);
        let id = if grams {
            "button-line-grams"
        } else {
            "button-line"
        };
        let label = Text::new(id)
            .with("count", count)
            .with("name", lines::line_name(catalogue, line));
        view = view.row(vec![card.button(label, &Route::Line(line.id))]);
    }
    let checkout = Text::new("button-checkout").with("total", receipt.total);
    view = view.row(vec![card.button(checkout, &Route::Checkout)]);
    if let Some(way) = shown.way {
        let label = Text::new("button-way").with("way", Arg::Shop(way.to_owned()));
        view = view.row(vec![card.button(label, &Route::Ways)]);
    }
    view.row(vec![
        card.plain("button-menu", &Route::Menu),
        card.plain("button-empty", &Route::Empty),
    ])
}

/// Asks by which flow the cart is to be ordered: id and title of each.
pub fn ways(card: Card, ways: &[(String, String)]) -> View {
    let mut view = View::say(Text::new("ways-ask"));
    for (id, title) in ways {
        let label = Text::new("value-text").with("value", Arg::Shop(title.clone()));
        view = view.row(vec![card.button(label, &Route::CheckoutBy(id.clone()))]);
    }
    view.row(vec![card.plain("button-back", &Route::Cart)])
}

/// What one line of a receipt comes to; nothing if the line could not be priced.
fn amount_of(receipt: &Receipt, id: LineId) -> Money {
    receipt
        .lines
        .iter()
        .find(|line| line.line == id)
        .map_or_else(|| Money::zero(receipt.total.currency), |line| line.amount)
}

/// One line with its own buttons.
pub fn line(card: Card, catalogue: &Catalogue, line: &Line, receipt: &Receipt) -> View {
    let title = Text::new("line-title").with("name", lines::line_name(catalogue, line));
    let mut view = View::say(title);
    view.body
        .extend(lines::line(catalogue, line, amount_of(receipt, line.id)));
    let id = line.id;
    let has_options = catalogue
        .item(&line.item)
        .is_some_and(|item| !item.groups.is_empty() || !item.variants().is_empty());
    let mut change = Vec::new();
    if has_options {
        change.push(card.plain("button-options", &Route::LineEdit(id)));
    }
    change.push(card.plain("button-note", &Route::LineNote(id)));
    view.row(vec![
        card.plain("button-fewer", &Route::LineAmount(id, Nudge::Fewer)),
        card.plain("button-more", &Route::LineAmount(id, Nudge::More)),
        card.plain("button-remove", &Route::LineRemove(id)),
    ])
    .row(change)
    .row(vec![card.plain("button-back", &Route::Cart)])
}

/// Asks for a line's note.
pub fn ask_note(card: Card, catalogue: &Catalogue, line: &Line, problem: Option<Text>) -> View {
    let ask = Text::new("note-ask")
        .with("name", lines::line_name(catalogue, line))
        .with("max", MAX_NOTE_CHARS);
    let mut view = View {
        body: problem.into_iter().collect(),
        photo: None,
        rows: Vec::new(),
        reply: None,
    };
    view = view.and(ask);
    view.row(vec![card.plain("button-back", &Route::Line(line.id))])
}

/// Asks before everything is thrown away.
pub fn ask_empty(card: Card, lines: i64) -> View {
    View::say(Text::new("cart-empty-ask").with("count", lines)).row(vec![
        card.plain("button-empty-yes", &Route::EmptyYes),
        card.plain("button-back", &Route::Cart),
    ])
}
