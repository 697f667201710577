//! What was learned from customers' words: other names of items, for the merchant; one's own words,
//! for a customer.

use crate::app::route::{LearnAct, ProfileAct, Route};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::catalogue::Catalogue;
use crate::kernel::ItemId;
use crate::store::aliases::{Alias, State};
use crate::store::learned::Learned;

use super::Card;
use super::basics::home_row;

/// Names on one page: a phone shows these without scrolling.
pub const PAGE: usize = 8;

/// What an item is called; its id, if it is gone from the catalogue.
fn name(catalogue: &Catalogue, id: &ItemId) -> Arg {
    match catalogue.item(id) {
        Some(item) => Arg::from(&item.name),
        None => Arg::from(id.as_str()),
    }
}

/// Phrase and item, in a text that has places for both.
fn pair(id: &'static str, catalogue: &Catalogue, (phrase, item): (&str, &ItemId)) -> Text {
    let text = Text::new(id).with("phrase", phrase);
    text.with("item", name(catalogue, item))
}

fn of(id: &'static str, catalogue: &Catalogue, alias: &Alias) -> Text {
    pair(id, catalogue, (alias.phrase.as_str(), &alias.item))
}

/// A proposal as everybody who may decide it sees it: with its buttons until somebody did.
pub fn proposed(catalogue: &Catalogue, alias: &Alias, ended: Option<Text>) -> View {
    let text = of("alias-proposed", catalogue, alias).with("count", alias.customers);
    let view = View::say(text);
    if let Some(ended) = ended {
        return view.and(ended);
    }
    let button = |label, act| Button::data(Text::new(label), Route::Learn(act).data(0));
    view.row(vec![
        button("button-alias-accept", LearnAct::Accept(alias.id)),
        button("button-alias-decline", LearnAct::Decline(alias.id)),
    ])
}

/// What became of a proposal, and by whom; none: nobody decided it yet.
pub fn ended(state: State, who: &str) -> Option<Text> {
    let id = match state {
        State::Open => return None,
        State::Accepted => "alias-ended-accepted",
        State::Declined => "alias-ended-declined",
        State::Removed => "alias-ended-removed",
    };
    Some(Text::new(id).with("who", super::basics::clipped(who)))
}

/// A page of names.
pub struct Names<'a> {
    /// What the shop sells.
    pub catalogue: &'a Catalogue,
    /// Those of the page, and one more if another page follows.
    pub names: &'a [Alias],
    /// Which page, 0-based.
    pub page: usize,
    /// How many customers must mean the same before somebody is asked.
    pub enough: i64,
}

/// The names that were proposed or accepted.
pub fn names(card: Card, shown: &Names<'_>) -> View {
    let mut view = View::say(Text::new("aliases-title"));
    if shown.names.is_empty() {
        view = view.and(Text::new("aliases-none").with("count", shown.enough));
    }
    for alias in shown.names.iter().take(PAGE) {
        let label = match alias.state {
            State::Open => "button-alias-open",
            State::Accepted | State::Declined | State::Removed => "button-alias",
        };
        let label = of(label, shown.catalogue, alias);
        view = view.row(vec![
            card.button(label, &Route::Learn(LearnAct::Open(alias.id))),
        ]);
    }
    let more = shown.names.len() > PAGE;
    let to = |page| Route::Learn(LearnAct::List(page));
    view.row(turns(card, (shown.page, more), to))
        .row(home_row(card))
}

fn turns(card: Card, (page, more): (usize, bool), to: impl Fn(usize) -> Route) -> Vec<Button> {
    let mut row = Vec::new();
    if page > 0 {
        row.push(card.plain("button-page-previous", &to(page - 1)));
    }
    if more {
        row.push(card.plain("button-page-next", &to(page + 1)));
    }
    row
}

/// One name that counts.
pub fn accepted(card: Card, catalogue: &Catalogue, alias: &Alias, who: &str) -> View {
    let mut text = of("alias-shown", catalogue, alias).with("count", alias.customers);
    if let Some((_, at)) = alias.decided {
        text = text
            .with("time", at)
            .with("who", super::basics::clipped(who));
    }
    View::say(text)
        .row(vec![card.plain(
            "button-alias-remove",
            &Route::Learn(LearnAct::Remove(alias.id)),
        )])
        .row(vec![
            card.plain("button-back", &Route::Learn(LearnAct::List(0))),
            card.plain("button-home", &Route::Home),
        ])
}

/// A customer's own words, each forgotten by a tap.
pub fn mine(card: Card, catalogue: &Catalogue, words: &[Learned], page: usize) -> View {
    let page = page.min(words.len().saturating_sub(1) / PAGE);
    let mut view = View::say(Text::new(match words.is_empty() {
        true => "words-none",
        false => "words-title",
    }));
    for one in words.iter().skip(page * PAGE).take(PAGE) {
        let label = pair("button-word", catalogue, (one.phrase.as_str(), &one.item));
        view = view.row(vec![
            card.button(label, &Route::Learn(LearnAct::Forget(one.id))),
        ]);
    }
    let more = words.len() > (page + 1) * PAGE;
    let to = |page| Route::Learn(LearnAct::Mine(page));
    view = view.row(turns(card, (page, more), to));
    if words.len() > 1 {
        let all = Route::Learn(LearnAct::ForgetAll);
        view = view.row(vec![card.plain("button-words-all", &all)]);
    }
    view.row(vec![
        card.plain("button-back", &Route::Profile(ProfileAct::Privacy)),
        card.plain("button-home", &Route::Home),
    ])
}
