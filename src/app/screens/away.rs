//! Screens of `/away`: until when, and who decides meanwhile.

use crate::app::route::{AwayAct, Route};
use crate::chat::{Text, View};
use crate::kernel::{CustomerId, Timestamp};

use super::{Card, basics};

/// So many days are offered.
const DAYS: [i64; 4] = [1, 2, 3, 7];

/// Whether somebody is away, and for how long they want to be.
pub fn away(card: Card, until: Option<Timestamp>, stand_in: Option<&str>) -> View {
    let mut view = View::say(Text::new("away-title"));
    view = match (until, stand_in) {
        (Some(until), Some(who)) => view.and(
            Text::new("away-until-with")
                .with("time", until)
                .with("who", who),
        ),
        (Some(until), None) => view.and(Text::new("away-until").with("time", until)),
        (None, _) => view.and(Text::new("away-not")),
    };
    if until.is_some() {
        view = view.row(vec![
            card.plain("button-away-back", &Route::Away(AwayAct::Back)),
        ]);
    }
    let days = DAYS.map(|days| {
        let label = Text::new("button-away-days").with("days", days);
        card.button(label, &Route::Away(AwayAct::Days(days)))
    });
    view.row(days.to_vec()).row(basics::home_row(card))
}

/// Who decides until then.
pub fn who(card: Card, until: Timestamp, others: &[(CustomerId, String)]) -> View {
    let act = |who| Route::Away(AwayAct::Until(until.0 / 1000, who));
    let mut view = View::say(Text::new("away-who").with("time", until));
    for (id, name) in others {
        let name: String = name.chars().take(basics::NAME_SHOWN).collect();
        let label = Text::new("value-text").with("value", name);
        view = view.row(vec![card.button(label, &act(Some(*id)))]);
    }
    view.row(vec![card.plain("button-away-nobody", &act(None))])
        .row(vec![card.plain("button-back", &Route::Away(AwayAct::Show))])
}
