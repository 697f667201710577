//! What a step asks for: the kinds of steps with what each needs, read from its table.

use super::super::ftl::TextUse;
use super::super::settings::{Settings, is_id};
use super::super::table::Table;
use super::{ID_CURE, bad_id, text_id};
use crate::dialogue::condition::nearest;
use crate::dialogue::{Choice, Pattern, Slots, Span, StepKind};

/// Kinds of steps, as files name them.
const KINDS: [&str; 14] = [
    "items", "review", "text", "number", "phone", "choice", "choices", "yes_no", "date", "slot",
    "location", "address", "photo", "payment",
];
/// Most choices of a step: more don't fit a message of buttons.
const MAX_CHOICES: usize = 40;
/// The furthest day that a step may ask for, in days from today.
const MAX_DAYS: i64 = 366;

/// Reads what a step asks for; `None` if there is no such kind.
pub(super) fn kind(
    table: &Table<'_>,
    usual: &str,
    settings: &Settings,
    texts: &mut Vec<TextUse>,
) -> Option<StepKind> {
    let name = table.need_text("kind")?;
    Some(match name.value {
        "items" => StepKind::Items,
        "review" => StepKind::Review,
        "text" => words(table),
        "number" => {
            let min = table.int("min", 0, 1_000_000_000).unwrap_or(0);
            let max = table.int("max", 0, 1_000_000_000).unwrap_or(1_000_000_000);
            bounds(table, min, max);
            StepKind::Number { min, max }
        }
        "phone" => StepKind::Phone,
        "choice" => StepKind::Choice(choices(table, usual, texts)),
        "choices" => several(table, usual, texts),
        "yes_no" => StepKind::YesNo,
        "date" => date(table),
        "slot" => StepKind::Slot(slots(table)),
        "location" => StepKind::Location,
        "address" => {
            let (min, max) = length(table, 5);
            StepKind::Address { min, max }
        }
        "photo" => StepKind::Photo,
        "payment" => StepKind::Payment(payments(table, name.at, settings)),
        other => {
            let cure =
                nearest(other, KINDS).unwrap_or_else(|| format!("known: {}", KINDS.join(", ")));
            table.fault(name.at, format!("there is no kind of step `{other}`"), cure);
            table.any_key();
            return None;
        }
    })
}

fn bounds(table: &Table<'_>, min: i64, max: i64) {
    if min > max {
        table.fault(
            table.key_at("min"),
            format!("`min` is {min} and `max` is {max}"),
            "no answer fits: make `min` the smaller one",
        );
    }
}

/// How many characters an answer has, at least and at most.
fn length(table: &Table<'_>, least: i64) -> (usize, usize) {
    /// The longest answer worth typing; it must fit a card beside everything else.
    const LONGEST: i64 = 500;
    let min = table.int("min", 0, LONGEST).unwrap_or(least);
    let max = table.int("max", 1, LONGEST).unwrap_or(200);
    bounds(table, min, max);
    (
        usize::try_from(min).unwrap_or(0),
        usize::try_from(max).unwrap_or(0),
    )
}

/// A day from `from` to `to` days ahead.
fn date(table: &Table<'_>) -> StepKind {
    let from = table.int("from", 0, MAX_DAYS).unwrap_or(0);
    let to = table.int("to", 0, MAX_DAYS).unwrap_or(60);
    if from > to {
        table.fault(
            table.key_at("from"),
            format!("`from` is {from} and `to` is {to}"),
            "no day fits: make `from` the smaller one",
        );
    }
    StepKind::Date {
        from: from.unsigned_abs(),
        to: to.unsigned_abs(),
    }
}

/// The windows of a day.
fn slots(table: &Table<'_>) -> Slots {
    let mut spans: Vec<Span> = Vec::new();
    for text in table.texts("slots") {
        match Span::read(text.value) {
            Some(span) if spans.contains(&span) => table.fault(
                text.at,
                format!("the window `{}` is there twice", text.value),
                "remove one",
            ),
            Some(span) => spans.push(span),
            None => table.fault(
                text.at,
                format!("`{}` is no window of one day", text.value),
                "write it as in `10:00-12:00`",
            ),
        }
    }
    spans.sort();
    let days = table.int("days", 1, 14).unwrap_or(2).unsigned_abs();
    if spans.is_empty() {
        table.fault(
            table.at,
            "this step has no window to choose, so nobody can leave it",
            "add slots = [\"10:00-12:00\"]",
        );
    }
    let buttons = spans
        .len()
        .saturating_mul(usize::try_from(days).unwrap_or(usize::MAX));
    if buttons > MAX_CHOICES {
        table.fault(
            table.key_at("slots"),
            format!("{buttons} windows don't fit a message"),
            format!("offer fewer windows or `days`: at most {MAX_CHOICES} altogether"),
        );
    }
    Slots {
        spans,
        days,
        lead: table
            .int("lead", 0, 24 * 60)
            .and_then(|lead| u32::try_from(lead).ok())
            .unwrap_or(0),
    }
}

/// The ways to pay that the shop has, or those of them that the step names.
fn payments(table: &Table<'_>, at: usize, settings: &Settings) -> Vec<Choice> {
    let known = &settings.payments;
    let only = table.texts("only");
    for id in &only {
        if !known.is_empty() && !known.iter().any(|known| known == id.value) {
            let cure = nearest(id.value, known.iter().map(String::as_str))
                .unwrap_or_else(|| format!("known: {}", known.join(", ")));
            table.fault(
                id.at,
                format!("the shop has no way to pay `{}`", id.value),
                cure,
            );
        }
    }
    if known.is_empty() {
        table.fault(
            at,
            "the shop has no way to pay, so nobody can leave this step",
            "add payments = [\"cash\"] to shop.toml",
        );
    }
    let on_account = settings.credit.as_ref().map(|credit| &credit.payment);
    let is_offered = |id: &String| only.is_empty() || only.iter().any(|named| named.value == *id);
    let others = || {
        known
            .iter()
            .any(|id| is_offered(id) && Some(id) != on_account)
    };
    if on_account.is_some_and(|id| known.contains(id) && is_offered(id)) && !others() {
        table.fault(
            at,
            "who has no account could not leave this step",
            "offer another way to pay besides",
        );
    }
    known
        .iter()
        .filter(|id| only.is_empty() || only.iter().any(|named| named.value == *id))
        .map(|id| Choice {
            id: id.clone(),
            label: format!("payment-{id}"),
            minutes: None,
        })
        .collect()
}

/// Several of several: at least `min`, at most `max`.
fn several(table: &Table<'_>, usual: &str, texts: &mut Vec<TextUse>) -> StepKind {
    let choices = choices(table, usual, texts);
    let all = i64::try_from(choices.len()).unwrap_or(i64::MAX);
    let min = table.int("min", 0, all).unwrap_or(1);
    let max = table.int("max", 1, all).unwrap_or(all);
    bounds(table, min, max);
    StepKind::Choices {
        choices,
        min: usize::try_from(min).unwrap_or(0),
        max: usize::try_from(max).unwrap_or(0),
    }
}

fn words(table: &Table<'_>) -> StepKind {
    let (min, max) = length(table, 1);
    let pattern = table.text("pattern").and_then(|text| {
        Pattern::new(text.value)
            .map_err(|why| {
                table.fault(
                    text.at,
                    format!("the pattern can't be read: {why}"),
                    "write a regular expression such as \"^[0-9]{4}$\"",
                );
            })
            .ok()
    });
    StepKind::Text { min, max, pattern }
}

fn choices(table: &Table<'_>, usual: &str, texts: &mut Vec<TextUse>) -> Vec<Choice> {
    let mut found: Vec<Choice> = Vec::new();
    table.tables("choice", |inner| {
        let Some(id) = inner.need_text("id") else {
            return;
        };
        if !is_id(id.value) {
            inner.fault(id.at, bad_id(id.value), ID_CURE);
        }
        if found.iter().any(|earlier| earlier.id == id.value) {
            inner.fault(
                id.at,
                format!("the choice `{}` is there twice", id.value),
                "rename one",
            );
        }
        found.push(Choice {
            id: id.value.to_owned(),
            label: text_id(inner, "label", format!("{usual}-{}", id.value), texts),
            minutes: inner.int("minutes", 0, 14 * 24 * 60),
        });
    });
    if found.is_empty() {
        table.fault(
            table.at,
            "this step has nothing to choose from, so nobody can leave it",
            "add a [[step.choice]]",
        );
    }
    if found.len() > MAX_CHOICES {
        table.fault(
            table.at,
            format!("{} choices don't fit a message", found.len()),
            format!("offer at most {MAX_CHOICES}"),
        );
    }
    found
}
