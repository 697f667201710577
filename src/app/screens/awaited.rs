//! What somebody waits for: items that can't be had at the moment.

use crate::app::route::{AwaitAct, Route, SavedAct};
use crate::chat::{Text, View};
use crate::domain::catalogue::Catalogue;
use crate::kernel::ItemId;

use super::Card;

/// The list: each is taken back by a tap. An item that left the catalogue is shown by its id.
pub fn list(card: Card, catalogue: &Catalogue, items: &[ItemId]) -> View {
    let mut view = View::say(Text::new(match items.is_empty() {
        true => "awaited-none",
        false => "awaited-title",
    }));
    for id in items {
        let label = Text::new("button-awaited-drop");
        let label = match catalogue.item(id) {
            Some(item) => label.with("name", &item.name),
            None => label.with("name", id.as_str()),
        };
        let drop = Route::Await(AwaitAct::Drop(id.as_str().to_owned()));
        view = view.row(vec![card.button(label, &drop)]);
    }
    view.row(vec![
        card.plain("button-back", &Route::Saved(SavedAct::List(0))),
        card.plain("button-home", &Route::Home),
    ])
}
