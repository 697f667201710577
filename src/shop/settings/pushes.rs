//! Reads `[pushes]`: which messages ring, come silently, or are left to the card.

use crate::domain::orders::pushes::{Loudness, Moment, Pushes, Quiet, StaffMoment};
use crate::shop::table::Table;

const CUSTOMER: [(&str, Loudness); 4] = [
    ("card", Loudness::Card),
    ("silent", Loudness::Silent),
    ("ring", Loudness::Ring),
    ("urgent", Loudness::Urgent),
];
/// Staff are at work: they have no quiet hours.
const STAFF: [(&str, Loudness); 3] = [
    ("card", Loudness::Card),
    ("silent", Loudness::Silent),
    ("ring", Loudness::Ring),
];

/// Reads the table `pushes`; without it everything is as usual.
pub(super) fn pushes(top: &Table<'_>) -> Pushes {
    let mut pushes = Pushes::default();
    top.table("pushes", |table| {
        for moment in Moment::ALL {
            let words = (moment.code(), moment.is_always_told());
            if let Some(loudness) = loudness(table, words, &CUSTOMER) {
                pushes.customer.insert(*moment, loudness);
            }
        }
        pushes.quiet = quiet(table);
        table.table("staff", |table| {
            for moment in StaffMoment::ALL {
                let words = (moment.code(), moment.is_always_told());
                if let Some(loudness) = loudness(table, words, &STAFF) {
                    pushes.staff.insert(*moment, loudness);
                }
            }
        });
    });
    pushes
}

fn loudness(
    table: &Table<'_>,
    (key, always_told): (&'static str, bool),
    words: &[(&str, Loudness)],
) -> Option<Loudness> {
    let found = table.word(key, words)?;
    if found == Loudness::Card && always_told {
        let rest: Vec<_> = words.iter().skip(1).map(|(word, _)| *word).collect();
        table.fault(
            table.key_at(key),
            format!("`{key}` is always told, the card alone is not enough"),
            format!("use one of {}", rest.join(", ")),
        );
        return None;
    }
    Some(found)
}

fn quiet(table: &Table<'_>) -> Option<Quiet> {
    let text = table.text("quiet")?;
    let quiet = Quiet::parse(text.value);
    if quiet.is_none() {
        table.fault(
            text.at,
            format!("`{}` are no quiet hours", text.value),
            "write them as in `22:00-08:00`, on the clock of the shop",
        );
    }
    quiet
}
