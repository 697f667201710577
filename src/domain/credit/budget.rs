//! What a member of a company may order for on its account in a day, a week or a month.

use chrono::{Datelike, Days, NaiveDate};

use crate::kernel::coded;

/// How long a budget lasts before it begins anew, by the account's own calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// From midnight to midnight.
    Day,
    /// From Monday to Sunday.
    Week,
    /// From the first to the last.
    Month,
}
coded!(Period {
    Day = "day",
    Week = "week",
    Month = "month",
});

impl Period {
    /// The first day of the period in which `day` lies.
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        let back = match self {
            Self::Day => 0,
            Self::Week => day.weekday().num_days_from_monday(),
            Self::Month => day.day0(),
        };
        day.checked_sub_days(Days::new(u64::from(back)))
            .unwrap_or(day)
    }
}

/// What somebody may order for in each period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// So much, in minor units of the shop's currency.
    pub limit_minor: i64,
    /// In each of these.
    pub period: Period,
}

impl Budget {
    /// The words that are kept in the record: `50000 month`.
    pub fn code(self) -> String {
        format!("{} {}", self.limit_minor, self.period)
    }
}
