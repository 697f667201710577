//! The cart, one of its lines, and the questions asked about them.

use crate::app::route::{Nudge, Route, SavedAct, Source};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::cart::{Cart, Line, MAX_NOTE_CHARS, Receipt};
use crate::domain::catalogue::Catalogue;
use crate::kernel::{LineId, Money};

use super::review::fees;
use super::{Card, fit, lines};

/// The most lines of a page, each with a button of its own; the keyboard would grow too long.
const PAGE: usize = 20;

/// Characters of a page's lines: a message holds 4096, with what is said above and below.
const PAGE_CHARS: usize = 2_800;

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
    /// Whether it may be kept under a name.
    pub may_keep: bool,
    /// What changed since it was last seen.
    pub notices: Vec<Text>,
    /// Which page of its lines, 0-based.
    pub page: usize,
}

/// The lines of a cart without what they come to, to see how long they are.
fn parts(catalogue: &Catalogue, cart: &Cart) -> Vec<Vec<Text>> {
    let zero = Money::zero(catalogue.currency());
    let line = |line| lines::line(catalogue, line, zero);
    cart.lines.iter().map(line).collect()
}

/// On which page of the cart a line stands, 0-based.
pub fn page_of(catalogue: &Catalogue, cart: &Cart, id: LineId) -> usize {
    let at = cart.lines.iter().position(|line| line.id == id);
    let pages = fit::pages(&parts(catalogue, cart), PAGE_CHARS, PAGE);
    let on = |at| pages.iter().position(|page| page.contains(&at));
    at.and_then(on).unwrap_or_default()
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
    let pages = fit::pages(&parts(catalogue, cart), PAGE_CHARS, PAGE);
    let at = shown.page.min(pages.len() - 1);
    let page = pages.get(at).cloned().unwrap_or_default();
    let part = cart.lines.get(page).unwrap_or_default();
    if pages.len() > 1 {
        view = view.and(
            Text::new("menu-page")
                .with("page", at as i64 + 1)
                .with("pages", pages.len() as i64),
        );
    }
    for line in part {
        view.body
            .extend(lines::line(catalogue, line, amount_of(receipt, line.id)));
    }
    view.body.extend(fees(receipt));
    view = view.and(Text::new("cart-total").with("total", receipt.total));
    view.body.extend(shown.hint.cloned());
    for line in part {
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
    view = view.row(turns(card, at, pages.len()));
    let checkout = Text::new("button-checkout").with("total", receipt.total);
    view = view.row(vec![card.button(checkout, &Route::Checkout)]);
    if let Some(way) = shown.way {
        let label = Text::new("button-way").with("way", Arg::Shop(way.to_owned()));
        view = view.row(vec![card.button(label, &Route::Ways)]);
    }
    let mut row = vec![card.plain("button-menu", &Route::Menu)];
    if shown.may_keep {
        let keep = Route::Saved(SavedAct::Keep(Source::Cart));
        row.push(card.plain("button-saved-keep", &keep));
    }
    row.push(card.plain("button-empty", &Route::Empty));
    view.row(row)
}

fn turns(card: Card, page: usize, pages: usize) -> Vec<Button> {
    let mut row = Vec::new();
    if page > 0 {
        row.push(card.plain("button-page-previous", &Route::CartPage(page - 1)));
    }
    if page + 1 < pages {
        row.push(card.plain("button-page-next", &Route::CartPage(page + 1)));
    }
    row
}

/// Asks by which flow the cart is to be ordered: id and title of each.
pub fn ways(card: Card, ways: &[(String, String)], usual: &str) -> View {
    let mut view = View::say(Text::new("ways-ask"));
    for (id, title) in ways {
        let text = match id == usual {
            true => "button-known",
            false => "value-text",
        };
        let label = Text::new(text).with("value", Arg::Shop(title.clone()));
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

/// One line with its own buttons; the way back leads to its page of the cart.
pub fn line(
    card: Card,
    catalogue: &Catalogue,
    (line, page): (&Line, usize),
    receipt: &Receipt,
) -> View {
    let back = match page {
        0 => Route::Cart,
        page => Route::CartPage(page),
    };
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
    .row(vec![card.plain("button-back", &back)])
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
