//! The screens of `/pause`: whether orders are taken, and for how long not.

use crate::app::route::{PauseAct, Route};
use crate::app::taking::{self, Stop};
use crate::chat::{Button, Text, View};
use crate::domain::pauses::{Pause, Pauses, Scope};
use crate::kernel::Timestamp;
use crate::shop::Shop;

use super::{Card, basics};

/// So many minutes are offered.
const MINUTES: [i64; 3] = [15, 30, 60];

/// What the screens are shown with.
pub struct Shown<'a> {
    /// The shop, for its flows and hours.
    pub shop: &'a Shop,
    /// Its pauses.
    pub pauses: &'a Pauses,
    /// The present time.
    pub now: Timestamp,
    /// When the day ends for the scope that is shown.
    pub day_ends: Timestamp,
}

/// The screen of the shop with all its flows, or of one flow.
pub fn pause(card: Card, shown: &Shown<'_>, scope: &Scope) -> View {
    let mut view = View::say(Text::new("pause-title"));
    for line in scopes(shown.shop, scope) {
        view = view.and(state(shown, &line));
        if let Some(pause) = shown.pauses.of(&line, shown.now)
            && !pause.words.is_empty()
        {
            view = view.and(Text::new("pause-state-words").with("words", pause.words.as_str()));
        }
    }
    view = view.and(Text::new("pause-how"));
    for row in ends(card, shown, scope) {
        view = view.row(row);
    }
    match scope {
        Scope::Shop => {
            let flows: Vec<Button> = shown
                .shop
                .flows
                .iter()
                .map(|flow| flow_button(card, shown.shop, &flow.id))
                .collect();
            for row in flows.chunks(2) {
                view = view.row(row.to_vec());
            }
            view.row(basics::home_row(card))
        }
        Scope::Flow(_) => {
            view.row(vec![card.plain(
                "button-back",
                &Route::Pause(Scope::Shop, PauseAct::Show),
            )])
        }
    }
}

/// What a screen speaks of, line by line.
fn scopes(shop: &Shop, scope: &Scope) -> Vec<Scope> {
    match scope {
        Scope::Flow(_) => vec![scope.clone()],
        Scope::Shop => {
            let flows = shop.flows.iter().map(|flow| Scope::Flow(flow.id.clone()));
            std::iter::once(Scope::Shop).chain(flows).collect()
        }
    }
}

fn flow_button(card: Card, shop: &Shop, id: &str) -> Button {
    let scope = Scope::Flow(id.to_owned());
    let label = taking::name(shop, &scope);
    card.button(label, &Route::Pause(scope, PauseAct::Show))
}

/// The ends that a pause may have, and what there is to do about one that is on.
fn ends(card: Card, shown: &Shown<'_>, scope: &Scope) -> Vec<Vec<Button>> {
    let to = |act| Route::Pause(scope.clone(), act);
    let minutes = MINUTES.map(|minutes| {
        let label = Text::new("button-pause-minutes").with("minutes", minutes);
        card.button(label, &to(PauseAct::Minutes(minutes)))
    });
    let day = Text::new("button-pause-day").with("time", shown.day_ends);
    let mut rows = vec![
        minutes.to_vec(),
        vec![card.button(day, &to(PauseAct::Day))],
        vec![card.plain("button-pause-open", &to(PauseAct::Open))],
    ];
    if let Some(pause) = shown.pauses.of(scope, shown.now) {
        rows.push(vec![card.plain("button-pause-end", &to(PauseAct::Resume))]);
        if !pause.words.is_empty() {
            rows.push(vec![
                card.plain("button-pause-wordless", &to(PauseAct::Wordless)),
            ]);
        }
    }
    rows
}

/// How a scope stands: its own pause first, then what else keeps it from taking orders.
pub fn state(shown: &Shown<'_>, scope: &Scope) -> Text {
    let text = match (shown.pauses.of(scope, shown.now), scope) {
        (
            Some(Pause {
                until: Some(until), ..
            }),
            _,
        ) => Text::new("pause-state-until").with("time", *until),
        (Some(_), _) => Text::new("pause-state-open"),
        (None, Scope::Shop) => Text::new("pause-state-none"),
        (None, Scope::Flow(id)) => match taking::stop_at(shown.shop, shown.pauses, id, shown.now) {
            None => Text::new("pause-state-taken"),
            Some(Stop::Paused { .. }) => Text::new("pause-state-whole"),
            Some(Stop::Closed { again: Some(time) }) => {
                Text::new("pause-state-closed").with("time", time)
            }
            Some(Stop::Closed { again: None }) => Text::new("pause-state-shut"),
        },
    };
    text.with("scope", taking::name(shown.shop, scope))
}
