//! Reads `[hours]`, of the shop and of a flow: the week, and the days that are different.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::shop::table::{Spot, Table};
use crate::shop::zone::{Hours, Opening, read_opening};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Longest stretch of days in one exception.
const MAX_STRETCH: usize = 400;

/// Reads the table `hours` of `top`; `None` if it is absent.
pub fn read(top: &Table<'_>) -> Option<Hours> {
    top.table("hours", |table| {
        let week = DAYS.map(|day| openings(table, day));
        let named = DAYS.iter().any(|day| table.has(day));
        overlaps(table, &week);
        let mut apart = BTreeMap::new();
        table.tables("except", |inner| except(inner, &mut apart));
        let week = week.map(|day| day.into_iter().map(|spot| spot.value).collect::<Vec<_>>());
        let hours = Hours {
            week: named.then_some(week),
            apart,
        };
        if never_opens(&hours) {
            table.fault(
                table.at,
                "with these hours it never opens",
                "name at least one opening, such as mon = [\"11:00-22:00\"]",
            );
        }
        hours
    })
}

fn never_opens(hours: &Hours) -> bool {
    let week = hours.week.as_ref();
    week.is_some_and(|week| week.iter().all(Vec::is_empty))
        && hours.apart.values().all(Vec::is_empty)
}

fn openings(table: &Table<'_>, key: &'static str) -> Vec<Spot<Opening>> {
    let mut spans = Vec::new();
    for text in table.texts(key) {
        match read_opening(text.value) {
            Some(value) => spans.push(Spot { value, at: text.at }),
            None => table.fault(
                text.at,
                format!("`{}` is no opening", text.value),
                "write it as in `11:00-14:30`; `18:00-02:00` ends on the next day",
            ),
        }
    }
    spans
}

/// No opening runs into another one, of the same day or of the next.
fn overlaps(table: &Table<'_>, week: &[Vec<Spot<Opening>>; 7]) {
    const DAY: u32 = 24 * 60;
    for (n, day) in week.iter().enumerate() {
        let next = week.get((n + 1) % 7).map_or(&[][..], Vec::as_slice);
        for (at, span) in day.iter().enumerate() {
            let earlier = day.iter().take(at);
            let same = earlier
                .map(|other| other.value)
                .any(|other| other.from < span.value.to && span.value.from < other.to);
            let over = next
                .iter()
                .any(|other| other.value.from + DAY < span.value.to);
            if same || over {
                table.fault(span.at, "this opening overlaps another one", "join them");
            }
        }
    }
}

fn except(table: &Table<'_>, apart: &mut BTreeMap<NaiveDate, Vec<Opening>>) {
    let Some(first) = day(table, "from") else {
        if !table.has("from") {
            table.need_text("from");
        }
        table.any_key();
        return;
    };
    let last = day(table, "to").unwrap_or(first);
    let open: Vec<Opening> = openings(table, "open")
        .into_iter()
        .map(|spot| spot.value)
        .collect();
    if last < first {
        table.fault(
            table.key_at("to"),
            format!("`to` is before `from`, {first}"),
            "swap them",
        );
    }
    for day in first
        .iter_days()
        .take(MAX_STRETCH)
        .take_while(|day| *day <= last)
    {
        apart.insert(day, open.clone());
    }
}

fn day(table: &Table<'_>, key: &'static str) -> Option<NaiveDate> {
    let text = table.text(key)?;
    let day = text.value.parse().ok();
    if day.is_none() {
        table.fault(
            text.at,
            format!("`{}` is no day", text.value),
            "write it as in `2026-12-24`",
        );
    }
    day
}
