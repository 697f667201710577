//! Days of the week on which something is repeated.

use chrono::{Datelike, NaiveDate};

/// A set of weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days(u8);

/// All bits that mean a day.
const ALL: u8 = 0b111_1111;

impl Days {
    /// Reads [`Self::bits`]; `None` if it is no set of days.
    pub fn from_bits(bits: i64) -> Option<Self> {
        let bits = u8::try_from(bits).ok()?;
        (bits <= ALL).then_some(Self(bits))
    }

    /// As it is stored: Monday is the lowest bit.
    pub fn bits(self) -> i64 {
        self.0.into()
    }

    /// The set with a day more or less; 0 = Monday. Another number changes nothing.
    #[must_use]
    pub fn toggled(self, weekday: u32) -> Self {
        Self((self.0 ^ bit(weekday)) & ALL)
    }

    /// Whether a weekday is among them; 0 = Monday.
    pub fn has_weekday(self, weekday: u32) -> bool {
        self.0 & bit(weekday) != 0
    }

    /// Whether a day is one of them.
    pub fn has(self, day: NaiveDate) -> bool {
        self.has_weekday(day.weekday().num_days_from_monday())
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The weekdays, Monday first.
    pub fn weekdays(self) -> impl Iterator<Item = u32> {
        (0..7).filter(move |weekday| self.has_weekday(*weekday))
    }
}

fn bit(weekday: u32) -> u8 {
    1_u8.checked_shl(weekday).unwrap_or_default()
}
