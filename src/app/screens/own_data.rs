//! Screens about one's own data: what is kept, and what erasing it means.

use crate::app::route::{OwnDataAct, ProfileAct, Route};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::orders::Order;
use crate::kernel::Money;

use super::Card;
use super::order::goods;
use super::review::figures;

/// Why a person's data can't be erased now, in their words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// An order that is not over.
    Order {
        /// The day, as it is kept.
        day: String,
        /// Its number.
        number: i64,
    },
    /// Their account: what is owed (below zero: paid ahead) and what is held.
    Account {
        /// What is owed.
        owed: Money,
        /// What open orders hold.
        held: Money,
    },
    /// So many changes of their account that nobody decided.
    Changes(i64),
    /// They alone look after this company.
    Company(String),
    /// They belong to the team.
    Team,
    /// It is under way already.
    UnderWay,
}

impl Why {
    fn text(&self) -> Text {
        match self {
            Self::Order { day, number } => Text::new("erase-bar-order")
                .with("number", Arg::Words(number.to_string()))
                .with("day", day.as_str()),
            Self::Account { owed, held } if owed.minor == 0 => {
                Text::new("erase-bar-held").with("held", *held)
            }
            Self::Account { owed, .. } if owed.minor < 0 => {
                let ahead = Money::new(owed.minor.saturating_neg(), owed.currency);
                Text::new("erase-bar-ahead").with("ahead", ahead)
            }
            Self::Account { owed, .. } => Text::new("erase-bar-owed").with("owed", *owed),
            Self::Changes(count) => Text::new("erase-bar-changes").with("count", *count),
            Self::Company(name) => Text::new("erase-bar-company").with("name", name.as_str()),
            Self::Team => Text::new("erase-bar-team"),
            Self::UnderWay => Text::new("erase-bar-under-way"),
        }
    }
}

/// The buttons to export and to erase one's own data.
pub fn row(card: Card) -> Vec<Button> {
    vec![
        card.plain("button-export", &Route::OwnData(OwnDataAct::Export)),
        card.plain("button-erase", &Route::OwnData(OwnDataAct::Ask)),
    ]
}

/// What erasing means, with the button that does it; or what stands against it.
pub fn ask(card: Card, bars: &[Why]) -> View {
    let show = Route::Profile(ProfileAct::Privacy);
    let back = vec![card.plain("button-back", &show)];
    if bars.is_empty() {
        let erase = Route::OwnData(OwnDataAct::Erase);
        return View::say(Text::new("erase-ask"))
            .row(vec![card.plain("button-erase-sure", &erase)])
            .row(back);
    }
    let mut view = View::say(Text::new("erase-barred"));
    for bar in bars {
        view = view.and(bar.text());
    }
    let again = Route::OwnData(OwnDataAct::Ask);
    view.row(vec![card.plain("button-check-again", &again)])
        .row(back)
}

/// It has begun.
pub fn begun() -> View {
    View::say(Text::new("erase-begun"))
}

/// An order of somebody erased, for the team: figures alone.
pub fn erased_order(order: &Order) -> View {
    let mut view =
        View::say(Text::new("erased-order").with("number", Arg::Words(order.number.to_string())));
    view.body.extend(goods(order).0);
    view.body.extend(figures(&order.receipt));
    view
}
