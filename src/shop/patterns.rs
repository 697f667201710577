//! `common/patterns/*.toml`: the words of repair, and notes of the engine as texts.

use super::fault::{Book, Page};
use super::files;
use super::table::{self, Table};
use crate::chat::{Arg, Text};
use crate::dialogue::{Note, Patterns, Refusal, Step, patterns::Cancel};

/// Reads the patterns that ship with the product.
pub fn read(book: &Book) -> Patterns {
    let sources = files::common("patterns", "toml");
    let one = |name: &str, keys: &[&'static str]| -> Vec<String> {
        let path = format!("common/patterns/{name}.toml");
        let text = sources
            .iter()
            .find(|(p, _)| *p == path)
            .map_or("", |(_, text)| text);
        let page = Page {
            path: &path,
            text,
            book,
        };
        table::read(page, |top: &Table<'_>| {
            keys.iter()
                .map(|key| {
                    top.need_text(key)
                        .map(|id| id.value.to_owned())
                        .unwrap_or_default()
                })
                .collect()
        })
    };
    let mut cancel = one("cancel", &["ask", "yes", "no", "done"]).into_iter();
    let mut resume = one("resume", &["old", "gone"]).into_iter();
    let single = |name| one(name, &["said"]).into_iter().next().unwrap_or_default();
    Patterns {
        cancel: Cancel {
            ask: cancel.next().unwrap_or_default(),
            yes: cancel.next().unwrap_or_default(),
            no: cancel.next().unwrap_or_default(),
            done: cancel.next().unwrap_or_default(),
        },
        corrected: single("correct"),
        unclear: single("clarify"),
        resumed: resume.next().unwrap_or_default(),
        step_gone: resume.next().unwrap_or_default(),
        hand_off: single("hand_off"),
    }
}

/// A note of the engine as a text; `step` is the one that is asked.
pub fn note_text(patterns: &Patterns, step: Option<&Step>, note: &Note) -> Text {
    let shop = |id: &str| Text::new("lines").with("lines", Arg::Shop(id.to_owned()));
    match note {
        Note::Refused(refusal) => match step.and_then(|step| step.invalid.as_deref()) {
            Some(own) => shop(own),
            None => refusal_text(refusal),
        },
        Note::Unclear => shop(&patterns.unclear),
        Note::HandOff => shop(&patterns.hand_off),
        Note::Resumed => shop(&patterns.resumed),
        Note::StepGone => shop(&patterns.step_gone),
        Note::NotOptional => Text::new("step-not-optional"),
        Note::Corrected(_) => shop(&patterns.corrected),
    }
}

fn refusal_text(refusal: &Refusal) -> Text {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match refusal {
        Refusal::TooShort(min) => Text::new("refusal-too-short").with("min", count(*min)),
        Refusal::TooLong(max) => Text::new("refusal-too-long").with("max", count(*max)),
        Refusal::Pattern => Text::new("refusal-pattern"),
        Refusal::NotANumber => Text::new("refusal-not-a-number"),
        Refusal::OutOfBounds(min, max) => Text::new("refusal-out-of-bounds")
            .with("min", *min)
            .with("max", *max),
        Refusal::NotAPhone => Text::new("refusal-not-a-phone"),
        Refusal::NotAChoice => Text::new("refusal-not-a-choice"),
        Refusal::NotYesOrNo => Text::new("refusal-not-yes-or-no"),
        Refusal::TooFew(min) => Text::new("refusal-too-few").with("min", count(*min)),
        Refusal::TooMany(max) => Text::new("refusal-too-many").with("max", count(*max)),
        Refusal::NotADay => Text::new("refusal-not-a-day"),
        Refusal::NoSuchDay => Text::new("refusal-no-such-day"),
        Refusal::DayOutOfBounds(from, to) => Text::new("refusal-day-out-of-bounds")
            .with("from", Text::day(*from))
            .with("to", Text::day(*to)),
        Refusal::ClosedThen(day) => Text::new("refusal-closed-then").with("day", Text::day(*day)),
        Refusal::NotASlot => Text::new("refusal-not-a-slot"),
        Refusal::NotAPin => Text::new("refusal-not-a-pin"),
        Refusal::NotAPhoto => Text::new("refusal-not-a-photo"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_products_patterns_are_whole() {
        let book = Book::default();
        let patterns = read(&book);
        assert!(book.close().is_empty());
        assert_eq!(patterns.cancel.no, "button-cancel-no");
        assert_eq!(patterns.step_gone, "step-skipped-gone");
    }
}
