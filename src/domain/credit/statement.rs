//! A statement of account: what was owed before a period, what changed it, what is owed after it.
//!
//! Business decisions: only what changes the balance is on a statement (what open orders hold is
//! shown beside it, for nothing is owed for that yet); a period is whole days of the account's own
//! calendar; the balance of an entry is what its statement adds up to. Nothing here knows a clock,
//! a zone or a file's format.

use chrono::{Datelike, Months, NaiveDate};

use super::{Entry, Op};

/// The first and the last year of a day that may be asked for.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;

/// Which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// From the first of this month until today.
    ThisMonth,
    /// The month before.
    LastMonth,
    /// This month and the two before it, until today.
    ThreeMonths,
    /// From the first of January until today.
    Year,
    /// From the beginning until today.
    All,
    /// From one day until another, both included.
    Days(NaiveDate, NaiveDate),
}

/// Days, both included; without a first one: from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first one.
    pub first: Option<NaiveDate>,
    /// The last one.
    pub last: NaiveDate,
}

impl Span {
    /// Those that are offered.
    pub const OFFERED: [Self; 5] = [
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThreeMonths,
        Self::Year,
        Self::All,
    ];

    /// Its days, by what day it is.
    pub fn days(self, today: NaiveDate) -> Days {
        let month = |back: u32| {
            let first = today.with_day(1).unwrap_or(today);
            first.checked_sub_months(Months::new(back)).unwrap_or(first)
        };
        let (first, last) = match self {
            Self::ThisMonth => (Some(month(0)), today),
            Self::LastMonth => (Some(month(1)), month(0).pred_opt().unwrap_or(today)),
            Self::ThreeMonths => (Some(month(2)), today),
            Self::Year => (Some(today.with_ordinal(1).unwrap_or(today)), today),
            Self::All => (None, today),
            Self::Days(first, last) => (Some(first), last),
        };
        Days { first, last }
    }

    /// Its word in callback data, at most 17 bytes.
    pub fn code(self) -> String {
        match self {
            Self::ThisMonth => "m".into(),
            Self::LastMonth => "l".into(),
            Self::ThreeMonths => "q".into(),
            Self::Year => "y".into(),
            Self::All => "a".into(),
            Self::Days(first, last) => format!("{}-{}", packed(first), packed(last)),
        }
    }

    /// Reads [`Self::code`]; none for anything else, and for days in the wrong order.
    pub fn parse(code: &str) -> Option<Self> {
        if let Some(known) = Self::OFFERED.into_iter().find(|span| span.code() == code) {
            return Some(known);
        }
        let (first, last) = code.split_once('-')?;
        let (first, last) = (unpacked(first)?, unpacked(last)?);
        (first <= last).then_some(Self::Days(first, last))
    }

    /// Reads days as people type them: `2026-10-01 2026-11-15`, with any marks between the numbers,
    /// in either order; one day alone is followed by all until `today`. None if it does not look
    /// like days.
    ///
    /// # Errors
    /// It does, but there are no such days.
    pub fn typed(words: &str, today: NaiveDate) -> Option<Result<Self, NoSuchDay>> {
        let numbers = numbers(words)?;
        let days: Option<Vec<NaiveDate>> = numbers.chunks(3).map(day).collect();
        let (first, last) = match days.as_deref() {
            Some([one]) => (*one, today),
            Some([one, other]) => (*one, *other),
            _ => return Some(Err(NoSuchDay)),
        };
        Some(Ok(Self::Days(first.min(last), first.max(last))))
    }
}

/// There is no such day in the calendar, or it lies too far away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchDay;

/// What stands between the numbers of days: marks, and the words of a Chinese date (year, month,
/// day in three ways, until in two).
fn is_mark(c: char) -> bool {
    c.is_whitespace()
        || "-/.,~\u{2013}\u{2014}\u{ff5e}\u{3001}\u{ff0c}".contains(c)
        || "\u{5e74}\u{6708}\u{65e5}\u{53f7}\u{865f}\u{81f3}\u{5230}".contains(c)
}

/// The numbers of one day or two: years have four digits.
fn numbers(words: &str) -> Option<Vec<u32>> {
    if !words.chars().all(|c| c.is_ascii_digit() || is_mark(c)) {
        return None;
    }
    let parts: Vec<&str> = words
        .split(is_mark)
        .filter(|part| !part.is_empty())
        .collect();
    let are_days = [3, 6].contains(&parts.len())
        && parts.iter().enumerate().all(|(at, part)| match at % 3 {
            0 => part.len() == 4,
            _ => part.len() <= 2,
        });
    match are_days {
        true => parts.into_iter().map(|part| part.parse().ok()).collect(),
        false => None,
    }
}

fn day(numbers: &[u32]) -> Option<NaiveDate> {
    let [year, month, day] = numbers else {
        return None;
    };
    let year = i32::try_from(*year).ok().filter(|y| YEARS.contains(y))?;
    NaiveDate::from_ymd_opt(year, *month, *day)
}

fn packed(day: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn unpacked(code: &str) -> Option<NaiveDate> {
    if code.len() != 8 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = code.split_at(4);
    let (month, of) = rest.split_at(2);
    day(&[year.parse().ok()?, month.parse().ok()?, of.parse().ok()?])
}

impl Days {
    /// What a file of them is called, without its ending: by the month if they are just that.
    pub fn file_name(self) -> String {
        let last = self.last;
        match self.first {
            None => format!("statement-until-{last}"),
            Some(first) if is_month(first, last) => {
                format!("statement-{:04}-{:02}", first.year(), first.month())
            }
            Some(first) => format!("statement-{first}_{last}"),
        }
    }
}

fn is_month(first: NaiveDate, last: NaiveDate) -> bool {
    let ends = last.succ_opt().is_some_and(|next| next.day() == 1);
    let same = (first.year(), first.month()) == (last.year(), last.month());
    same && first.day() == 1 && ends
}

/// What changed the balance, as people think of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What was owed before the account was kept here.
    Opened,
    /// Orders that the customer received.
    Charged,
    /// Repayments.
    Paid,
    /// What was given back.
    Refunded,
    /// Corrections, either way.
    Adjusted,
}

impl Kind {
    /// What a booking was; none for what never changes the balance.
    pub fn of(op: Op) -> Option<Self> {
        Some(match op {
            Op::Opened => Self::Opened,
            Op::Charged => Self::Charged,
            Op::Reimbursed => Self::Paid,
            Op::Refunded => Self::Refunded,
            Op::Adjusted => Self::Adjusted,
            Op::Allocated | Op::Updated | Op::Purchased | Op::Reverted | Op::Amended => {
                return None;
            }
        })
    }
}

/// Bookings of one kind, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Which.
    pub kind: Kind,
    /// How many.
    pub count: i64,
    /// What they changed the balance by.
    pub change: i64,
}

/// A period of an account, in minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What was owed before; below zero: paid ahead.
    pub opening: i64,
    /// What changed it, each kind once.
    pub sums: Vec<Sum>,
}

impl Statement {
    /// From what was owed before and what was booked: how often, and by how much it changed the
    /// balance.
    pub fn new(opening: i64, booked: impl IntoIterator<Item = (Op, i64, i64)>) -> Self {
        let mut sums: Vec<Sum> = Vec::new();
        for (op, count, change) in booked {
            let Some(kind) = Kind::of(op).filter(|_| count > 0) else {
                continue;
            };
            match sums.iter_mut().find(|sum| sum.kind == kind) {
                Some(sum) => {
                    sum.count += count;
                    sum.change += change;
                }
                None => sums.push(Sum {
                    kind,
                    count,
                    change,
                }),
            }
        }
        sums.sort_by_key(|sum| sum.kind);
        Self { opening, sums }
    }

    /// What is owed after; below zero: paid ahead.
    pub fn closing(&self) -> i64 {
        self.opening + self.sums.iter().map(|sum| sum.change).sum::<i64>()
    }
}

/// Entries with what was owed after each, from what was owed before. Not what the ledger says: two
/// that were booked at once by two clocks may stand the other way round there.
pub fn running(opening: i64, entries: &[Entry]) -> Vec<i64> {
    let mut balance = opening;
    let after = entries.iter().map(|entry| {
        balance += entry.balance_change;
        balance
    });
    after.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(span: Span, today: &str) -> (Option<String>, String) {
        let days = span.days(date(today));
        (days.first.map(|day| day.to_string()), days.last.to_string())
    }

    #[test]
    fn spans_are_days_of_the_calendar() {
        let of = |span| days(span, "2026-01-31");
        let from = |first: &str, last: &str| (Some(first.to_owned()), last.to_owned());
        assert_eq!(of(Span::ThisMonth), from("2026-01-01", "2026-01-31"));
        assert_eq!(of(Span::LastMonth), from("2025-12-01", "2025-12-31"));
        assert_eq!(of(Span::ThreeMonths), from("2025-11-01", "2026-01-31"));
        assert_eq!(of(Span::Year), from("2026-01-01", "2026-01-31"));
        assert_eq!(of(Span::All), (None, "2026-01-31".to_owned()));
        let march = days(Span::LastMonth, "2028-03-30");
        assert_eq!(march, from("2028-02-01", "2028-02-29"));
    }

    #[test]
    fn codes_are_short_and_read_back() {
        let own = Span::Days(date("2026-10-01"), date("2026-11-15"));
        for span in Span::OFFERED.into_iter().chain([own]) {
            assert!(span.code().len() <= 17);
            assert_eq!(Span::parse(&span.code()), Some(span));
        }
        for code in [
            "",
            "x",
            "20261001-20260901",
            "20261301-20261302",
            "2026-2027",
        ] {
            assert_eq!(Span::parse(code), None, "{code}");
        }
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        let today = date("2026-11-29");
        let own = Span::Days(date("2026-10-01"), date("2026-11-15"));
        for words in [
            "2026-10-01 2026-11-15",
            "2026-11-15 2026-10-01",
            "2026/10/1 - 2026/11/15",
            "2026.10.01\u{2013}2026.11.15",
            "2026\u{5e74}10\u{6708}1\u{65e5}\u{81f3}2026\u{5e74}11\u{6708}15\u{65e5}",
        ] {
            assert_eq!(Span::typed(words, today), Some(Ok(own)), "{words}");
        }
        let since = Span::Days(date("2026-11-01"), today);
        assert_eq!(Span::typed("2026-11-01", today), Some(Ok(since)));
        for words in [
            "2026-02-30",
            "1999-01-01 2026-01-01",
            "2026-01-01 2200-01-01",
        ] {
            assert_eq!(Span::typed(words, today), Some(Err(NoSuchDay)), "{words}");
        }
        for words in [
            "",
            "milk",
            "12",
            "2026",
            "10-01 11-15",
            "7-eleven",
            "acme 2026-10-01",
        ] {
            assert_eq!(Span::typed(words, today), None, "{words}");
        }
    }

    #[test]
    fn a_whole_month_names_its_file() {
        let name = |first: Option<&str>, last: &str| {
            let days = Days {
                first: first.map(date),
                last: date(last),
            };
            days.file_name()
        };
        assert_eq!(name(Some("2026-11-01"), "2026-11-30"), "statement-2026-11");
        let part = name(Some("2026-11-01"), "2026-11-29");
        assert_eq!(part, "statement-2026-11-01_2026-11-29");
        assert_eq!(name(None, "2026-11-29"), "statement-until-2026-11-29");
    }

    #[test]
    fn opening_and_entries_are_the_closing_balance() {
        let booked = [
            (Op::Reimbursed, 2, -7_000),
            (Op::Charged, 3, 9_000),
            (Op::Purchased, 5, 0),
            (Op::Refunded, 1, -500),
            (Op::Adjusted, 2, 10),
            (Op::Opened, 0, 0),
        ];
        let statement = Statement::new(-1_000, booked);
        let kinds: Vec<Kind> = statement.sums.iter().map(|sum| sum.kind).collect();
        let all = [Kind::Charged, Kind::Paid, Kind::Refunded, Kind::Adjusted];
        assert_eq!(kinds, all);
        assert_eq!(statement.closing(), 510);
        assert_eq!(Statement::new(42, []).closing(), 42);
    }

    #[test]
    fn what_only_holds_is_on_no_statement() {
        for op in [
            Op::Purchased,
            Op::Reverted,
            Op::Amended,
            Op::Allocated,
            Op::Updated,
        ] {
            assert_eq!(Kind::of(op), None);
            assert_eq!(Statement::new(0, [(op, 3, 0)]).sums, []);
        }
    }
}
