//! For whom somebody of the team orders, and what came of it.

use crate::app::by_hand::Caller;
use crate::app::route::{ByHandAct, OrderAct, Route};
use crate::chat::{Arg, Text, View};
use crate::domain::orders::Order;
use crate::kernel::CustomerId;

use super::Card;
use super::basics::{clipped, home_row};

/// A customer who may be meant.
pub struct Candidate {
    /// Who.
    pub who: CustomerId,
    /// What they are called; empty: not known any more.
    pub name: String,
    /// The number of an order of theirs; none: they never had one.
    pub number: Option<i64>,
}

/// Asks for whom the order is.
pub fn ask(card: Card) -> View {
    View::say(Text::new("by-hand-ask")).row(home_row(card))
}

/// Who may be meant by some words; `new`: who is written down if it is none of them.
pub fn found(card: Card, words: &str, found: &[Candidate], new: Option<&Caller>) -> View {
    let title = match found {
        [] => "by-hand-nobody",
        _ => "by-hand-found",
    };
    let mut view = View::say(Text::new(title).with("words", words));
    for candidate in found {
        let name = clipped(&candidate.name);
        let label = match candidate.number {
            Some(number) => Text::new("button-by-hand-known")
                .with("name", name)
                .with("number", Arg::Words(number.to_string())),
            None => Text::new("value-text").with("value", name),
        };
        let route = Route::ByHand(ByHandAct::For(candidate.who));
        view = view.row(vec![card.button(label, &route)]);
    }
    if let Some(caller) = new {
        let label = Text::new("button-by-hand-new").with("name", clipped(&caller.name));
        view = view.row(vec![card.button(label, &Route::ByHand(ByHandAct::New))]);
    }
    view.row(home_row(card))
}

/// What came of changing an order.
pub fn changed(card: Card, text: Text, order: &Route) -> View {
    View::say(text)
        .row(vec![card.plain("button-work", order)])
        .row(home_row(card))
}

/// An order was placed for a customer.
pub fn placed(card: Card, order: &Order, name: &str) -> View {
    let text = Text::new("by-hand-placed")
        .with("number", Arg::Words(order.number.to_string()))
        .with("name", clipped(name))
        .with("total", order.receipt.total);
    View::say(text)
        .row(vec![card.plain(
            "button-work",
            &Route::Order(order.id, OrderAct::Work),
        )])
        .row(vec![card.plain(
            "button-by-hand-next",
            &Route::ByHand(ByHandAct::Ask),
        )])
        .row(home_row(card))
}
