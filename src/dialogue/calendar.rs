//! Days and spans of the shop's wall clock, as steps ask for them. Pure.
//!
//! A day is written `2026-12-24`, a span `10:00-12:00`, a slot `2026-12-24_10:00-12:00`. What
//! day it is and when the shop is open comes in; nothing here knows of time zones.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

/// Minutes of one day, the last one not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First minute since midnight, 0-1439.
    pub from: u32,
    /// The minute after the last one, at most 1440.
    pub to: u32,
}

/// What the wall clock and the calendar say at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    /// Today.
    pub today: NaiveDate,
    /// Minutes since midnight.
    pub minute: u32,
    /// When the shop is open on the days that a step may ask for; a day that is not listed is
    /// open all day.
    pub open: BTreeMap<NaiveDate, Vec<Span>>,
}

/// The marks of a Chinese date: year, month, day (two ways to write it).
const MARKS: [char; 5] = ['\u{5e74}', '\u{6708}', '\u{65e5}', '\u{53f7}', '\u{865f}'];

/// Why words are no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDay {
    /// They don't look like one.
    Unreadable,
    /// There is no such day: 31 February.
    Missing,
}

/// The windows that a step offers, day by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slots {
    /// The windows of a day, in order.
    pub spans: Vec<Span>,
    /// How many days from today are offered; 1 = today only.
    pub days: u64,
    /// Minutes before its start from which a window is no longer offered.
    pub lead: u32,
}

/// One window on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// The day.
    pub day: NaiveDate,
    /// The window.
    pub span: Span,
}

impl Calendar {
    /// The day so many days from today.
    pub fn ahead(&self, days: u64) -> NaiveDate {
        let day = self.today.checked_add_days(Days::new(days));
        day.unwrap_or(NaiveDate::MAX)
    }

    /// Whether the shop opens at all on a day.
    pub fn opens(&self, day: NaiveDate) -> bool {
        self.open.get(&day).is_none_or(|spans| !spans.is_empty())
    }

    fn is_open(&self, day: NaiveDate, minute: u32) -> bool {
        self.open.get(&day).is_none_or(|spans| {
            spans
                .iter()
                .any(|span| (span.from..span.to).contains(&minute))
        })
    }

    /// The windows that can still be had, in order.
    pub fn slots(&self, of: &Slots) -> Vec<Slot> {
        let days = (0..of.days).map(|n| self.ahead(n));
        days.flat_map(|day| of.spans.iter().map(move |span| Slot { day, span: *span }))
            .filter(|slot| {
                let in_time =
                    slot.day > self.today || slot.span.from >= self.minute.saturating_add(of.lead);
                in_time && self.is_open(slot.day, slot.span.from)
            })
            .collect()
    }

    /// Reads a day as people write it: `2026-12-24`, `24.12.2026`, `24.12.`, `24/12`, or with
    /// Chinese marks, month first. Without a year it is the next such day.
    ///
    /// # Errors
    /// It is no day at all, or one that no calendar has.
    pub fn read_day(&self, words: &str) -> Result<NaiveDate, NoDay> {
        let numbers: Vec<&str> = words
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .collect();
        let has_words = words
            .chars()
            .any(|c| !(c.is_ascii_digit() || " -./".contains(c) || MARKS.contains(&c)));
        let n = |text: &str| text.parse::<u32>().map_err(|_| NoDay::Unreadable);
        let east = words.contains(MARKS);
        let (year, month, day) = match numbers.as_slice() {
            _ if has_words => return Err(NoDay::Unreadable),
            [y, m, d] if y.len() == 4 => (Some(n(y)?), n(m)?, n(d)?),
            [d, m, y] if y.len() == 4 => (Some(n(y)?), n(m)?, n(d)?),
            [m, d] if east || words.contains('-') => (None, n(m)?, n(d)?),
            [d, m] => (None, n(m)?, n(d)?),
            _ => return Err(NoDay::Unreadable),
        };
        let on = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
        match year {
            Some(year) => i32::try_from(year).ok().and_then(on).ok_or(NoDay::Missing),
            // Up to eight years ahead: 29 February comes again.
            None => (0..=8)
                .filter_map(|n| on(self.today.year() + n))
                .find(|found| *found >= self.today)
                .ok_or(NoDay::Missing),
        }
    }
}

impl Span {
    /// Reads `10:00-12:00` (`24:00` is the end of the day); `None` if it is no span of one day.
    pub fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let span = Self {
            from: read_minute(from.trim())?,
            to: read_minute(to.trim())?,
        };
        (span.from < span.to).then_some(span)
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let clock = |minute: u32| (minute / 60, minute % 60);
        let ((h1, m1), (h2, m2)) = (clock(self.from), clock(self.to));
        write!(f, "{h1:02}:{m1:02}-{h2:02}:{m2:02}")
    }
}

impl Slot {
    /// Reads what [`Display`](std::fmt::Display) writes.
    pub fn read(text: &str) -> Option<Self> {
        let (day, span) = text.split_once('_')?;
        Some(Self {
            day: day.parse().ok()?,
            span: Span::read(span)?,
        })
    }
}

impl std::fmt::Display for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.day, self.span)
    }
}

/// Minutes since midnight of `09:30`; at most `24:00`.
pub fn read_minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |s: &str| s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= 24 * 60).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn noon() -> Calendar {
        Calendar {
            today: day("2026-11-23"),
            minute: 12 * 60,
            open: BTreeMap::new(),
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for words in [
            "2026-12-24",
            "24.12.2026",
            "24.12.",
            "24/12",
            "12-24",
            "12月24日",
        ] {
            assert_eq!(noon().read_day(words), Ok(day("2026-12-24")), "{words}");
        }
        assert_eq!(noon().read_day("3.2."), Ok(day("2027-02-03")));
        assert_eq!(noon().read_day("29.2."), Ok(day("2028-02-29")));
        for words in ["31.2.", "2026-02-31", "2026年13月1日", "30 2"] {
            assert_eq!(noon().read_day(words), Err(NoDay::Missing), "{words}");
        }
        for words in [
            "",
            "Friday",
            "5",
            "1.2.3.4",
            "24 Dec",
            "99999999999-1-1",
            "1.2.26",
        ] {
            assert_eq!(noon().read_day(words), Err(NoDay::Unreadable), "{words}");
        }
    }

    #[test]
    fn a_window_is_offered_while_it_can_be_kept() {
        let spans = ["10:00-12:00", "13:00-15:00", "15:00-17:00"];
        let of = Slots {
            spans: spans.iter().filter_map(|text| Span::read(text)).collect(),
            days: 2,
            lead: 60,
        };
        let mut calendar = noon();
        let offered = |calendar: &Calendar| -> Vec<String> {
            calendar.slots(&of).iter().map(Slot::to_string).collect()
        };
        assert_eq!(
            offered(&calendar),
            [
                "2026-11-23_13:00-15:00",
                "2026-11-23_15:00-17:00",
                "2026-11-24_10:00-12:00",
                "2026-11-24_13:00-15:00",
                "2026-11-24_15:00-17:00"
            ]
        );
        calendar.minute += 1;
        calendar
            .open
            .insert(day("2026-11-24"), vec![Span { from: 0, to: 780 }]);
        assert_eq!(
            offered(&calendar),
            ["2026-11-23_15:00-17:00", "2026-11-24_10:00-12:00"]
        );
    }

    #[test]
    fn a_slot_is_read_as_written() {
        let text = "2026-11-24_10:00-12:00";
        assert_eq!(
            Slot::read(text).map(|slot| slot.to_string()).as_deref(),
            Some(text)
        );
        for text in [
            "2026-11-24",
            "2026-11-31_10:00-12:00",
            "2026-11-24_12:00-10:00",
        ] {
            assert_eq!(Slot::read(text), None, "{text}");
        }
    }
}
