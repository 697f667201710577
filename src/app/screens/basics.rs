//! The first screen, languages, help: what is there before and beside an order.

use crate::app::route::{ProfileAct, Route, SavedAct};
use crate::chat::{Arg, Button, Text, View};
use crate::kernel::{Locale, Money};

use super::Card;

/// What the first screen shows.
pub struct Home<'a> {
    /// The shop's name.
    pub shop: &'a crate::kernel::Localised,
    /// The person's name, as Telegram shows it.
    pub name: &'a str,
    /// What the table is called where the person sits.
    pub table: Option<Text>,
    /// Flow id and title of each way to order.
    pub flows: Vec<(String, String)>,
    /// Lines and total of the cart, if there is anything in it.
    pub cart: Option<(i64, Money)>,
    /// Whether an order is half-way.
    pub unfinished: bool,
    /// What they are most likely to order again: what it is called, and the button.
    pub again: Option<(Text, Route)>,
    /// Ready-made and saved orders: what each is called, and the button.
    pub ready: Vec<(Text, Route)>,
    /// That no orders are taken now, of the shop or of some of its flows.
    pub stops: Vec<Text>,
}

/// The most characters of a person's name that a screen shows.
pub const NAME_SHOWN: usize = 40;

/// A person's name as a screen shows it.
pub fn clipped(name: &str) -> String {
    name.chars().take(NAME_SHOWN).collect()
}

/// The first screen.
pub fn home(card: Card, home: &Home<'_>) -> View {
    let name: String = home.name.chars().take(NAME_SHOWN).collect();
    let hello = match &home.table {
        Some(table) => Text::new("home-table").with("table", table.clone()),
        None => Text::new("home"),
    };
    let mut view = View::say(hello.with("shop", home.shop).with("name", name));
    view.body.extend(home.stops.iter().cloned());
    if home.unfinished {
        view = view
            .and(Text::new("home-resume"))
            .row(vec![card.plain("button-resume", &Route::Step)]);
    }
    if let Some((count, total)) = home.cart {
        view = view.and(
            Text::new("home-cart")
                .with("count", count)
                .with("total", total),
        );
    }
    for (id, title) in &home.flows {
        let label = Text::new("value-text").with("value", Arg::Shop(title.clone()));
        view = view.row(vec![card.button(label, &Route::Begin(id.clone()))]);
    }
    if let Some((label, route)) = &home.again {
        view = view.row(vec![card.button(label.clone(), route)]);
    }
    for pair in home.ready.chunks(2) {
        let button = |(label, route): &(Text, Route)| card.button(label.clone(), route);
        view = view.row(pair.iter().map(button).collect());
    }
    let mut row = vec![card.plain("button-menu", &Route::Menu)];
    if home.cart.is_some() {
        row.push(card.plain("button-cart", &Route::Cart));
    }
    if home.table.is_some() {
        row.push(card.plain("button-waiter", &Route::Waiter));
    }
    view.row(row)
        .row(vec![
            card.plain("button-orders", &Route::Orders),
            card.plain("button-saved", &Route::Saved(SavedAct::List(0))),
        ])
        .row(vec![
            card.plain("button-profile", &Route::Profile(ProfileAct::Show)),
            card.plain("button-language", &Route::Languages),
        ])
        .row(vec![card.plain("button-help", &Route::Help)])
}

/// The choice of a language: each is named in itself by its own `language-name`.
pub fn languages(card: Card, names: &[(Locale, String)]) -> View {
    let mut view = View::say(Text::new("language-title"));
    for (locale, name) in names {
        let label = Text::new("value-text").with("value", name.as_str());
        let route = Route::Language(locale.as_str().to_owned());
        view = view.row(vec![card.button(label, &route)]);
    }
    view.row(vec![card.plain("button-home", &Route::Home)])
}

/// The help screen, with answers to a question if one was asked.
pub fn help(card: Card, answers: &[(String, String)], asked: &str) -> View {
    let mut view = View::say(Text::new("help-title"));
    for (question, answer) in answers {
        view = view.and(
            Text::new("help-found")
                .with("question", question.as_str())
                .with("answer", answer.as_str()),
        );
    }
    if answers.is_empty() && !asked.is_empty() {
        let words: String = asked.chars().take(NAME_SHOWN).collect();
        view = view.and(Text::new("help-nothing").with("words", words));
    }
    view.row(home_row(card))
}

/// The row with one button back to the first screen.
pub fn home_row(card: Card) -> Vec<Button> {
    vec![card.plain("button-home", &Route::Home)]
}
