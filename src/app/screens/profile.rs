//! One's own profile: all of it at a glance, each value one tap from being changed.

use crate::app::route::{LearnAct, NotifyAct, ProfileAct, Route, What};
use crate::chat::{Arg, Button, ReplyKeys, Text, View};
use crate::dialogue::{Step, StepKind};
use crate::domain::customers::{Address, Part, Profile, Told, Usual};

use super::basics::home_row;
use super::{Card, own_data, step};

/// What the profile shows: only what the shop asks for.
pub struct All<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// Whether a step asks for a name.
    pub has_name: bool,
    /// Whether one asks for a phone number.
    pub has_phone: bool,
    /// Whether one asks for an address.
    pub has_addresses: bool,
    /// The shop's own fields: step, title and value.
    pub fields: Vec<(String, String, Option<Text>)>,
    /// Whether a step asks how to pay.
    pub has_payment: bool,
    /// How they usually pay.
    pub payment: Option<Text>,
    /// Whether there are several ways to order.
    pub has_way: bool,
    /// The usual one.
    pub way: Option<Text>,
    /// Whether the shop says what its items hold or are fit for.
    pub has_marks: bool,
    /// The language, named in itself.
    pub language: String,
}

fn to(act: ProfileAct) -> Route {
    Route::Profile(act)
}

/// An address in one line: what it is called, and where it is.
pub fn called(address: &Address) -> Text {
    let place = match (address.words.as_str(), address.pin) {
        ("", Some(pin)) => Text::new("address-pin")
            .with("lat", step::degrees(pin.lat_e6))
            .with("lon", step::degrees(pin.lon_e6)),
        (words, _) => Text::new("value-text").with("value", words),
    };
    match address.label.as_str() {
        "" => place,
        label => Text::new("address-labelled")
            .with("label", label)
            .with("place", place),
    }
}

/// The reply keyboard of a screen of the profile: a number or a place is shared by one button.
pub fn keys_of(route: &Route) -> Option<(&'static str, ReplyKeys)> {
    match route {
        Route::Profile(ProfileAct::Ask(What::Phone)) => Some(step::contact_keys()),
        Route::Profile(ProfileAct::New | ProfileAct::Part(_, Part::Pin)) => {
            Some(step::location_keys())
        }
        _ => None,
    }
}

/// All of it.
pub fn all(card: Card, all: &All<'_>) -> View {
    let mut view = View::say(Text::new("profile-title"));
    view.body.extend(lines(all));
    let ask = |id, what| card.plain(id, &to(ProfileAct::Ask(what)));
    let plain = |id, act| card.plain(id, &to(act));
    let mut buttons: Vec<Button> = Vec::new();
    if all.has_name {
        buttons.push(ask("button-profile-name", What::Name));
    }
    if all.has_phone {
        buttons.push(ask("button-profile-phone", What::Phone));
    }
    if all.has_addresses {
        buttons.push(plain("button-profile-addresses", ProfileAct::Addresses));
    }
    for (id, title, _) in &all.fields {
        let label = Text::new("button-change").with("title", Arg::Shop(title.clone()));
        buttons.push(card.button(label, &to(ProfileAct::Ask(What::Field(id.clone())))));
    }
    if all.has_payment {
        buttons.push(ask("button-profile-payment", What::Payment));
    }
    if all.has_way {
        buttons.push(ask("button-profile-way", What::Way));
    }
    if all.has_marks {
        buttons.push(plain("button-profile-marks", ProfileAct::Marks));
    }
    buttons.push(card.plain("button-language", &Route::Languages));
    buttons.push(card.plain("button-profile-notify", &Route::Notify(NotifyAct::Show)));
    buttons.push(plain("button-privacy", ProfileAct::Privacy));
    for row in buttons.chunks(2) {
        view = view.row(row.to_vec());
    }
    view.row(home_row(card))
}

fn lines(all: &All<'_>) -> Vec<Text> {
    let profile = all.profile;
    let nothing = || Text::new("profile-nothing");
    let words = |words: &str| match words {
        "" => nothing(),
        words => Text::new("value-text").with("value", words),
    };
    let mut lines = Vec::new();
    let mut line = |id, value: Text| lines.push(Text::new(id).with("value", value));
    if all.has_name {
        line("profile-name", words(&profile.name));
    }
    if all.has_phone {
        line(
            "profile-phone",
            match profile.is_proven() {
                true => Text::new("profile-proven").with("phone", profile.phone.as_str()),
                false => words(&profile.phone),
            },
        );
    }
    if all.has_addresses {
        let home = profile.home().map(|home| {
            Text::new("profile-home")
                .with("place", called(home))
                .with("others", profile.addresses.len() as i64 - 1)
        });
        line("profile-addresses", home.unwrap_or_else(nothing));
    }
    if all.has_payment {
        line("profile-payment", usual(&all.payment, &profile.payment));
    }
    if all.has_way {
        line("profile-way", usual(&all.way, &profile.way));
    }
    for (_, title, value) in &all.fields {
        lines.push(
            Text::new("profile-field")
                .with("title", Arg::Shop(title.clone()))
                .with("value", value.clone().unwrap_or_else(nothing)),
        );
    }
    if all.has_marks {
        lines.extend(marks_lines(profile));
    }
    lines.push(Text::new("profile-language").with("value", all.language.as_str()));
    lines
}

fn usual(value: &Option<Text>, usual: &Usual) -> Text {
    match value {
        Some(value) if usual.chosen => value.clone(),
        Some(value) => Text::new("profile-as-last").with("value", value.clone()),
        None => Text::new("profile-nothing"),
    }
}

fn marks_lines(profile: &Profile) -> Vec<Text> {
    use crate::app::marks::names;
    let mut lines = Vec::new();
    if !profile.diet.is_empty() {
        let names = names("diet", profile.diet.iter().map(String::as_str));
        lines.push(Text::new("profile-diet").with("value", names));
    }
    if !profile.avoided.is_empty() {
        let names = names("allergen", profile.avoided.iter().map(String::as_str));
        lines.push(Text::new("profile-avoided").with("value", names));
    }
    lines
}

/// The row of a question: take the value away, if there is one, and back.
fn last(card: Card, what: &What, has_value: bool) -> Vec<Button> {
    let drop = card.plain("button-profile-drop", &to(ProfileAct::Drop(what.clone())));
    let back = card.plain("button-back", &to(ProfileAct::Show));
    match has_value {
        true => vec![drop, back],
        false => vec![back],
    }
}

/// Asks for a name.
pub fn ask_name(card: Card, name: &str, step: Option<&Step>) -> View {
    let mut view = View::say(Text::new("profile-name-ask"));
    if let Some(step) = step.filter(|step| !step.example.is_empty()) {
        view = view.and(Text::new("step-example").with("example", Arg::Shop(step.example.clone())));
    }
    view.row(last(card, &What::Name, !name.is_empty()))
}

/// Asks for a phone number.
pub fn ask_phone(card: Card, profile: &Profile) -> View {
    let has_value = !profile.phone.is_empty();
    View::say(Text::new("profile-phone-ask")).row(last(card, &What::Phone, has_value))
}

/// Lets one of several be chosen: how to pay, how to order.
pub fn choose(
    card: Card,
    what: &What,
    (question, choices): (&'static str, Vec<(&str, &str)>),
    usual: &Usual,
) -> View {
    let mut view = View::say(Text::new(question));
    for (id, label) in choices {
        let text = match usual.chosen && usual.id == id {
            true => "button-known",
            false => "value-text",
        };
        let label = Text::new(text).with("value", Arg::Shop(label.to_owned()));
        let choose = to(ProfileAct::Choose(what.clone(), id.to_owned()));
        view = view.row(vec![card.button(label, &choose)]);
    }
    if usual.chosen {
        let last = to(ProfileAct::Drop(what.clone()));
        view = view.row(vec![card.plain("button-profile-as-last", &last)]);
    }
    view.row(vec![card.plain("button-back", &to(ProfileAct::Show))])
}

/// Whether a step is answered by yes or no.
pub fn is_yes_no(step: &Step) -> bool {
    step.kind == StepKind::YesNo
}

/// Asks for the value of one of the shop's own fields, as its step does.
pub fn ask_field(card: Card, step: &Step, value: Option<Text>) -> View {
    let what = What::Field(step.id.clone());
    let prompt = Text::new("value-text").with("value", Arg::Shop(step.prompt.clone()));
    let mut view = View::say(prompt);
    if !step.example.is_empty() {
        view = view.and(Text::new("step-example").with("example", Arg::Shop(step.example.clone())));
    }
    let has_value = value.is_some();
    if let Some(value) = value {
        view = view.and(
            Text::new("profile-field")
                .with("title", Arg::Shop(step.title.clone()))
                .with("value", value),
        );
    }
    let choose = |id: &str| to(ProfileAct::Choose(what.clone(), id.to_owned()));
    let mut buttons: Vec<Button> = Vec::new();
    if let StepKind::Choice(choices) = &step.kind {
        buttons.extend(choices.iter().map(|choice| {
            let label = Text::new("value-text").with("value", Arg::Shop(choice.label.clone()));
            card.button(label, &choose(&choice.id))
        }));
    }
    if is_yes_no(step) {
        buttons.push(card.plain("value-yes", &choose("true")));
        buttons.push(card.plain("value-no", &choose("false")));
    }
    for row in buttons.chunks(2) {
        view = view.row(row.to_vec());
    }
    view.row(last(card, &what, has_value))
}

/// A mark: whether it is on, its words, its button.
pub type Mark = (bool, Text, ProfileAct);

/// What an item must be, and what it must not hold.
pub fn marks(card: Card, (diets, allergens): (Vec<Mark>, Vec<Mark>)) -> View {
    let mut view = View::say(Text::new("profile-marks"));
    for marks in [diets, allergens] {
        let buttons: Vec<Button> = marks
            .into_iter()
            .map(|(on, label, act)| {
                let id = match (on, &act) {
                    (false, _) => "button-unticked",
                    (true, ProfileAct::Avoid(_)) => "button-avoided",
                    (true, _) => "button-ticked",
                };
                card.button(Text::new(id).with("value", label), &to(act))
            })
            .collect();
        for row in buttons.chunks(3) {
            view = view.row(row.to_vec());
        }
    }
    view.row(vec![card.plain("button-back", &to(ProfileAct::Show))])
}

/// Why it is all kept, and when they were told; `words`: whether anything was learned from theirs.
pub fn privacy(card: Card, told: Option<Told>, words: bool) -> View {
    let text = Text::new("value-text").with("value", Arg::Shop("privacy-text".to_owned()));
    let mut view = View::say(Text::new("privacy-title")).and(text);
    if let Some(told) = told {
        view = view.and(
            Text::new("privacy-told")
                .with("version", told.version)
                .with("time", told.at),
        );
    }
    view = view.row(own_data::row(card));
    if words {
        let mine = Route::Learn(LearnAct::Mine(0));
        view = view.row(vec![card.plain("button-words", &mine)]);
    }
    view.row(vec![
        card.plain("button-profile", &to(ProfileAct::Show)),
        card.plain("button-home", &Route::Home),
    ])
}
