//! One step of a flow: its place, what is wanted with an example, the ways to answer.

use crate::app::profile::answer_of;
use crate::app::route::{CompanyAct, ProfileAct, Route};
use crate::chat::{Arg, Button, ReplyKeys, Text, View};
use crate::dialogue::{Answer, Calendar, Choice, Point, Slot, Step, StepKind};
use crate::domain::companies::Address as CompanyAddress;
use crate::domain::customers::{Address, Profile};
use crate::kernel::Doorway;

use super::{Card, profile as profile_screen};

/// What a step is shown with.
pub struct Asked<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its place, 1-based, and how many there are.
    pub place: (usize, usize),
    /// An answer that one tap confirms.
    pub known: Option<Answer>,
    /// What is ticked, where several may be chosen.
    pub ticked: &'a [String],
    /// The shop's days.
    pub calendar: &'a Calendar,
    /// Addresses of the company that is ordered for, where one is asked for.
    pub addresses: &'a [CompanyAddress],
    /// Addresses of whom the order is for, where one is asked for.
    pub own: Own,
    /// Why personal data is kept, if this is the first step that asks for some.
    pub why: Option<Text>,
    /// What is to be said first.
    pub notices: Vec<Text>,
}

/// A page of a person's own addresses.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// Number and words of each.
    shown: Vec<(i64, Text)>,
    /// Which page, and how many there are.
    page: (usize, usize),
}

/// Own addresses on one page: what fits a screen beside a company's.
const OWN_SHOWN: usize = 6;

impl Own {
    /// The addresses that a step may be answered by, without the one that it offers anyway.
    pub fn of(
        step: &Step,
        profile: &Profile,
        (known, page): (Option<&Answer>, usize),
        calendar: &Calendar,
    ) -> Self {
        if !matches!(step.kind, StepKind::Address { .. }) || step.field.is_none() {
            return Self::default();
        }
        let fits = |address: &&Address| {
            let answer = answer_of(address);
            known != Some(&answer) && step.still_accepts(&answer, calendar)
        };
        let all: Vec<&Address> = profile
            .addresses_by_use()
            .into_iter()
            .filter(fits)
            .collect();
        let pages = all.len().div_ceil(OWN_SHOWN);
        let page = page.min(pages.saturating_sub(1));
        let shown = all.into_iter().skip(page * OWN_SHOWN).take(OWN_SHOWN);
        Self {
            shown: shown.map(|a| (a.id, profile_screen::called(a))).collect(),
            page: (page, pages),
        }
    }

    fn rows(&self, card: Card) -> Vec<Vec<Button>> {
        let button = |(id, words): &(i64, Text)| {
            let label = Text::new("button-address").with("address", words.clone());
            vec![card.button(label, &Route::Profile(ProfileAct::Deliver(*id)))]
        };
        let mut rows: Vec<Vec<Button>> = self.shown.iter().map(button).collect();
        let (page, pages) = self.page;
        let turn = |label, to| card.plain(label, &Route::Profile(ProfileAct::Page(to)));
        let mut turns = Vec::new();
        if let Some(before) = page.checked_sub(1) {
            turns.push(turn("button-page-previous", before));
        }
        if page + 1 < pages {
            turns.push(turn("button-page-next", page + 1));
        }
        if !turns.is_empty() {
            rows.push(turns);
        }
        rows
    }
}

/// The question.
pub fn ask(card: Card, asked: &Asked<'_>) -> View {
    let step = asked.step;
    let mut view = View {
        body: asked.notices.clone(),
        photo: None,
        rows: Vec::new(),
        reply: None,
    };
    view = view
        .and(
            Text::new("step-place")
                .with("at", asked.place.0 as i64)
                .with("of", asked.place.1 as i64)
                .with("title", Arg::Shop(step.title.clone())),
        )
        .and(Text::new("value-text").with("value", Arg::Shop(step.prompt.clone())));
    if !step.example.is_empty() {
        view = view.and(Text::new("step-example").with("example", Arg::Shop(step.example.clone())));
    }
    view.body.extend(asked.why.clone());
    let rows = answers(card, asked);
    if rows.is_empty() && matches!(step.kind, StepKind::Slot(_) | StepKind::Date { .. }) {
        view = view.and(Text::new("step-nothing-free"));
    }
    for row in rows {
        view = view.row(row);
    }
    let mut last = vec![card.plain("button-back", &Route::Back)];
    if step.optional {
        last.push(card.plain("button-skip", &Route::Skip));
    }
    last.push(card.plain("button-cancel", &Route::Cancel));
    view.row(last)
}

fn answers(card: Card, asked: &Asked<'_>) -> Vec<Vec<Button>> {
    let step = asked.step;
    let known = asked.known.as_ref().map(|answer| {
        let label = Text::new("button-known").with("value", value(step, answer));
        card.button(label, &Route::Known)
    });
    match &step.kind {
        StepKind::Choice(choices) | StepKind::Payment(choices) => pairs(
            choices
                .iter()
                .map(|choice| choice_button(card, choice, asked.known.as_ref())),
        ),
        StepKind::Choices { choices, .. } => {
            let mut rows = pairs(choices.iter().map(|choice| {
                let ticked = asked.ticked.contains(&choice.id);
                let id = if ticked {
                    "button-ticked"
                } else {
                    "button-unticked"
                };
                let label = Text::new(id).with("value", Arg::Shop(choice.label.clone()));
                card.button(label, &Route::Tick(choice.id.clone()))
            }));
            rows.push(vec![card.plain("button-ticked-all", &Route::Place)]);
            rows
        }
        StepKind::YesNo => vec![vec![
            card.plain("value-yes", &Route::Yes),
            card.plain("value-no", &Route::No),
        ]],
        StepKind::Date { from, to } => {
            let days = (*from..=*to).map(|n| asked.calendar.ahead(n));
            let open = days.filter(|day| asked.calendar.opens(*day));
            pairs(open.take(DAYS_SHOWN).map(|day| {
                let answer = Answer::Text(day.to_string());
                answer_button(card, step, &answer, asked.known.as_ref())
            }))
        }
        StepKind::Slot(slots) => pairs(asked.calendar.slots(slots).into_iter().map(|slot| {
            let answer = Answer::Text(slot.to_string());
            answer_button(card, step, &answer, asked.known.as_ref())
        })),
        StepKind::Address { .. } => known
            .into_iter()
            .chain(
                asked
                    .addresses
                    .iter()
                    .map(|known| address_button(card, known)),
            )
            .map(|button| vec![button])
            .chain(asked.own.rows(card))
            .collect(),
        StepKind::Items
        | StepKind::Review
        | StepKind::Text { .. }
        | StepKind::Number { .. }
        | StepKind::Phone
        | StepKind::Location
        | StepKind::Photo => known.map(|button| vec![button]).into_iter().collect(),
    }
}

/// A button that answers by an address of the company that is ordered for.
fn address_button(card: Card, address: &CompanyAddress) -> Button {
    let label = Text::new("button-company-address")
        .with("label", address.label.as_str())
        .with("words", address.words.as_str());
    card.button(label, &Route::Company(CompanyAct::Deliver(address.id)))
}

/// The next days offered as buttons; others can be typed.
const DAYS_SHOWN: usize = 8;

fn pairs(buttons: impl Iterator<Item = Button>) -> Vec<Vec<Button>> {
    let buttons: Vec<Button> = buttons.collect();
    buttons.chunks(2).map(<[Button]>::to_vec).collect()
}

fn choice_button(card: Card, choice: &Choice, known: Option<&Answer>) -> Button {
    let chosen = matches!(known, Some(Answer::Text(id)) if *id == choice.id);
    let id = if chosen { "button-known" } else { "value-text" };
    let label = Text::new(id).with("value", Arg::Shop(choice.label.clone()));
    card.button(label, &Route::Answer(choice.id.clone()))
}

/// A button that gives an answer by its stored words.
fn answer_button(card: Card, step: &Step, answer: &Answer, known: Option<&Answer>) -> Button {
    let label = match known == Some(answer) {
        true => Text::new("button-known").with("value", value(step, answer)),
        false => value(step, answer),
    };
    let words = match answer {
        Answer::Text(words) => words.clone(),
        _ => String::new(),
    };
    card.button(label, &Route::Answer(words))
}

/// The reply keyboard that a step wants beside its question, with the text it comes with: a
/// phone number or a place is shared by one button.
pub fn reply_keys(step: &Step) -> Option<(&'static str, ReplyKeys)> {
    match step.kind {
        StepKind::Phone => Some(contact_keys()),
        StepKind::Location | StepKind::Address { .. } => Some(location_keys()),
        _ => None,
    }
}

/// The reply keyboard by which a phone number is shared, with the text it comes with.
pub fn contact_keys() -> (&'static str, ReplyKeys) {
    let label = Text::new("button-share-contact");
    ("step-share", ReplyKeys::Contact(label))
}

/// The reply keyboard by which a place is shared.
pub fn location_keys() -> (&'static str, ReplyKeys) {
    let label = Text::new("button-share-location");
    ("step-share-location", ReplyKeys::Location(label))
}

/// An answer in words.
pub fn value(step: &Step, answer: &Answer) -> Text {
    let text = Text::new("value-text");
    match answer {
        Answer::Text(words) => match (&step.kind, step.choice(words)) {
            (_, Some(choice)) => text.with("value", Arg::Shop(choice.label.clone())),
            (StepKind::Date { .. }, None) => words.parse().map_or_else(
                |_| Text::new("value-text").with("value", words.as_str()),
                Text::day,
            ),
            (StepKind::Slot(_), None) => match Slot::read(words) {
                Some(slot) => slot_text(slot),
                None => text.with("value", words.as_str()),
            },
            (_, None) => text.with("value", words.as_str()),
        },
        Answer::Pin(pin) => pin_text(*pin),
        Answer::Address {
            words,
            pin: Some(pin),
            ..
        } if words.is_empty() => pin_text(*pin),
        Answer::Address { words, .. } => text.with("value", words.as_str()),
        Answer::Photo(_) => Text::new("value-photo"),
        Answer::Number(n) => text.with("value", *n),
        Answer::Flag(true) => Text::new("value-yes"),
        Answer::Flag(false) => Text::new("value-no"),
        Answer::Many(ids) => {
            let labels = ids.iter().map(|id| {
                let text = Text::new("value-text");
                match step.choice(id) {
                    Some(choice) => text.with("value", Arg::Shop(choice.label.clone())),
                    None => text.with("value", id.as_str()),
                }
            });
            text.with("value", Arg::List(labels.collect()))
        }
        Answer::Skipped | Answer::Done => Text::new("value-skipped"),
    }
}

/// What belongs to an answer besides: how to find the door of an address, and where it is on a map
/// if words say it too.
pub fn more(answer: &Answer) -> Vec<Text> {
    let Answer::Address { words, pin, door } = answer else {
        return Vec::new();
    };
    let pin = pin.filter(|_| !words.is_empty());
    let pin = pin.map(pin_line);
    doorway(door).into_iter().chain(pin).collect()
}

/// Where a door is on a map, as a line below the address.
pub fn pin_line(pin: Point) -> Text {
    let pin = Text::new("address-pin")
        .with("lat", degrees(pin.lat_e6))
        .with("lon", degrees(pin.lon_e6));
    Text::new("door-pin").with("pin", pin)
}

/// How to find a door, a line for each part that is known.
pub fn doorway(door: &Doorway) -> Vec<Text> {
    let parts = [
        ("door-entrance", &door.entrance),
        ("door-floor", &door.floor),
        ("door-code", &door.code),
        ("door-note", &door.note),
    ];
    let known = parts.into_iter().filter(|(_, words)| !words.is_empty());
    known
        .map(|(id, words)| Text::new(id).with("value", words.as_str()))
        .collect()
}

/// "Tue 24 Nov 10:00-12:00".
fn slot_text(slot: Slot) -> Text {
    Text::new("value-slot")
        .with("day", Text::day(slot.day))
        .with("span", slot.span.to_string())
}

/// A place on a map.
fn pin_text(pin: Point) -> Text {
    Text::new("value-pin")
        .with("lat", degrees(pin.lat_e6))
        .with("lon", degrees(pin.lon_e6))
}

/// Millionths of a degree as a decimal number: `-31.230400`.
pub fn degrees(e6: i64) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let e6 = e6.unsigned_abs();
    format!("{sign}{}.{:06}", e6 / 1_000_000, e6 % 1_000_000)
}
