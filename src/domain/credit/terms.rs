//! Payment terms: when what was received is due.

use chrono::{Days, Months, NaiveDate};

/// The most days that may be given.
pub const MOST_DAYS: u32 = 365;

/// How long after the goods were received they are to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// So many days later, at most [`MOST_DAYS`]; 0: the same day.
    pub days: u32,
    /// Counted from the last day of the month, not from the day itself.
    pub end_of_month: bool,
}

impl Terms {
    /// The word that shop files, the store and staff use: `30`, or `eom 15` for so many days after
    /// the end of the month.
    pub fn code(self) -> String {
        match self.end_of_month {
            true => format!("eom {}", self.days),
            false => self.days.to_string(),
        }
    }

    /// Reads [`Self::code`]; none for anything else, or more than [`MOST_DAYS`].
    pub fn parse(words: &str) -> Option<Self> {
        let words = words.trim();
        let (end_of_month, days) = match words.strip_prefix("eom") {
            Some("") => (true, "0"),
            Some(days) => (true, days.strip_prefix(' ')?.trim()),
            None => (false, words),
        };
        if !days.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let days = days.parse().ok().filter(|days| *days <= MOST_DAYS)?;
        Some(Self { days, end_of_month })
    }

    /// The last day on which what was received on `day` is paid in time.
    pub fn due(self, day: NaiveDate) -> NaiveDate {
        let from = match self.end_of_month {
            true => last_of_month(day),
            false => day,
        };
        from.checked_add_days(Days::new(u64::from(self.days)))
            .unwrap_or(from)
    }
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike;
    let next = day
        .with_day(1)
        .and_then(|first| first.checked_add_months(Months::new(1)));
    next.and_then(|next| next.pred_opt()).unwrap_or(day)
}
