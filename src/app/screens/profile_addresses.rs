//! One's own addresses: the list, each with its parts.

use crate::app::route::{ProfileAct, Route};
use crate::chat::{Button, Text, View};
use crate::domain::customers::{Address, Part, Profile};

use super::Card;
use super::profile::called;
use super::step::{doorway, pin_line};

fn to(act: ProfileAct) -> Route {
    Route::Profile(act)
}

/// All of them: the usual one first, then as they were used.
pub fn list(card: Card, profile: &Profile) -> View {
    let mut view = View::say(Text::new(match profile.addresses.is_empty() {
        true => "profile-addresses-none",
        false => "profile-addresses-title",
    }));
    for address in profile.addresses_by_use() {
        let id = match profile.usual_address == Some(address.id) {
            true => "button-address-usual",
            false => "button-address",
        };
        let label = Text::new(id).with("address", called(address));
        let open = to(ProfileAct::Address(address.id));
        view = view.row(vec![card.button(label, &open)]);
    }
    view.row(vec![card.plain("button-address-new", &to(ProfileAct::New))])
        .row(vec![card.plain("button-back", &to(ProfileAct::Show))])
}

/// Asks for another one.
pub fn ask_new(card: Card) -> View {
    let back = card.plain("button-back", &to(ProfileAct::Addresses));
    View::say(Text::new("profile-address-ask")).row(vec![back])
}

fn title(address: &Address) -> Text {
    Text::new("profile-address-title").with("address", called(address))
}

/// The label of a part's button.
fn button_of(part: Part) -> &'static str {
    match part {
        Part::Words => "button-address-words",
        Part::Label => "button-address-label",
        Part::Pin => "button-address-pin",
        Part::Entrance => "button-address-entrance",
        Part::Floor => "button-address-floor",
        Part::Code => "button-address-code",
        Part::Note => "button-address-note",
    }
}

/// The question for a part.
fn question_of(part: Part) -> &'static str {
    match part {
        Part::Words => "profile-address-words-ask",
        Part::Label => "profile-address-label-ask",
        Part::Pin => "profile-address-pin-ask",
        Part::Entrance => "profile-address-entrance-ask",
        Part::Floor => "profile-address-floor-ask",
        Part::Code => "profile-address-code-ask",
        Part::Note => "profile-address-note-ask",
    }
}

/// One of them.
pub fn one(card: Card, address: &Address, is_usual: bool) -> View {
    let mut view = View::say(title(address));
    if is_usual {
        view = view.and(Text::new("profile-address-usual"));
    }
    let pin = address.pin.filter(|_| !address.words.is_empty());
    let pin = pin.map(pin_line);
    view.body.extend(doorway(&address.door));
    view.body.extend(pin);
    let buttons: Vec<Button> = Part::ALL
        .into_iter()
        .map(|part| card.plain(button_of(part), &to(ProfileAct::Part(address.id, part))))
        .collect();
    for row in buttons.chunks(2) {
        view = view.row(row.to_vec());
    }
    if !is_usual {
        let usual = to(ProfileAct::Usual(address.id));
        view = view.row(vec![card.plain("button-address-make-usual", &usual)]);
    }
    view.row(vec![
        card.plain("button-remove", &to(ProfileAct::RemoveAsk(address.id))),
        card.plain("button-back", &to(ProfileAct::Addresses)),
    ])
}

/// Asks for a part of one.
pub fn ask_part(card: Card, address: &Address, part: Part) -> View {
    let question = Text::new(question_of(part)).with("max", part.most() as i64);
    let mut row = Vec::new();
    if address.can_lose(part) {
        let drop = to(ProfileAct::PartDrop(address.id, part));
        row.push(card.plain("button-profile-drop", &drop));
    }
    row.push(card.plain("button-back", &to(ProfileAct::Address(address.id))));
    View::say(title(address)).and(question).row(row)
}

/// Asks whether to remove one.
pub fn ask_remove(card: Card, address: &Address) -> View {
    View::say(title(address))
        .and(Text::new("profile-address-remove-ask"))
        .row(vec![
            card.plain(
                "button-address-remove-yes",
                &to(ProfileAct::Remove(address.id)),
            ),
            card.plain("button-back", &to(ProfileAct::Address(address.id))),
        ])
}
