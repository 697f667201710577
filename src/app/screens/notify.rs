//! Which messages a customer wants, and when they come silently.

use crate::app::route::{NotifyAct, Route};
use crate::chat::{Button, Text, View};
use crate::domain::orders::pushes::{Pushes, QuietWish, Wanted, Wishes};

use super::Card;

/// The choices, each with a mark where it holds.
pub fn choices(card: Card, shop: &Pushes, wishes: Wishes) -> View {
    let button = |id, on: bool, act| {
        let label = Text::new(id).with("on", i64::from(on));
        card.button(label, &Route::Notify(act))
    };
    let want = |id, wanted| button(id, wishes.wanted == wanted, NotifyAct::Want(wanted));
    let quiet = match shop.quiet_for(wishes) {
        Some(hours) => Text::new("notify-quiet").with("hours", hours.to_string()),
        None => Text::new("notify-loud"),
    };
    let is_off = shop.quiet_for(wishes).is_none();
    let mut hours: Vec<Button> = Vec::new();
    if let Some(usual) = shop.quiet {
        let label = Text::new("button-quiet-shop")
            .with("on", i64::from(wishes.quiet == QuietWish::Shop))
            .with("hours", usual.to_string());
        hours.push(card.button(label, &Route::Notify(NotifyAct::QuietShop)));
    }
    let is_own = matches!(wishes.quiet, QuietWish::Own(_));
    hours.push(button("button-quiet-own", is_own, NotifyAct::QuietAsk));
    hours.push(button("button-quiet-off", is_off, NotifyAct::QuietOff));
    View::say(Text::new("notify-title"))
        .and(quiet)
        .row(vec![want("button-want-all", Wanted::All)])
        .row(vec![want("button-want-important", Wanted::Important)])
        .row(vec![want("button-want-none", Wanted::None)])
        .row(hours)
        .row(vec![button(
            "button-want-back",
            wishes.back,
            NotifyAct::Back,
        )])
        .row(super::basics::home_row(card))
}

/// Asks for quiet hours of one's own.
pub fn ask_hours(card: Card) -> View {
    let back = card.plain("button-back", &Route::Notify(NotifyAct::Show));
    View::say(Text::new("notify-ask-hours")).row(vec![back])
}
