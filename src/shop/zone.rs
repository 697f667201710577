//! The shop's time zone: wall-clock readings of a timestamp, and opening hours.

use chrono::{Datelike, TimeZone, Timelike};

use crate::kernel::Timestamp;

/// A time zone by its IANA name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

/// What the clock on the shop's wall and its calendar show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wall {
    /// Year.
    pub year: i32,
    /// Month, 1-12.
    pub month: u32,
    /// Day of the month, 1-31.
    pub day: u32,
    /// Day of the week, 0 = Monday.
    pub weekday: usize,
    /// Minutes since midnight, 0-1439.
    pub minute: u32,
}

impl Zone {
    /// Reads an IANA name such as `Asia/Shanghai`; `None` if there is no such zone.
    pub fn parse(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self(chrono_tz::Tz::UTC)
    }

    /// The names of all zones.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// The wall clock at `now`; the epoch for a time out of the calendar's range.
    pub fn wall(&self, now: Timestamp) -> Wall {
        let utc = chrono::DateTime::from_timestamp_millis(now.millis()).unwrap_or_default();
        let local = self.0.from_utc_datetime(&utc.naive_utc());
        Wall {
            year: local.year(),
            month: local.month(),
            day: local.day(),
            weekday: local.weekday().num_days_from_monday() as usize,
            minute: local.hour() * 60 + local.minute(),
        }
    }

    /// The business day of `now` as `YYYYMMDD`; order numbers start over with each.
    pub fn day_number(&self, now: Timestamp) -> i64 {
        let wall = self.wall(now);
        i64::from(wall.year) * 10_000 + i64::from(wall.month) * 100 + i64::from(wall.day)
    }
}

/// One opening: from a minute of the day up to (not including) another, at most 1440.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// First minute.
    pub from: u32,
    /// The minute after the last one.
    pub to: u32,
}

/// When the shop takes orders: openings by weekday, Monday first. Without any it never closes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hours {
    /// Openings of each day; `None` = always open.
    pub week: Option<[Vec<Opening>; 7]>,
}

impl Hours {
    /// Whether the shop is open at `now`.
    pub fn is_open(&self, zone: &Zone, now: Timestamp) -> bool {
        let Some(week) = &self.week else {
            return true;
        };
        let wall = zone.wall(now);
        week.get(wall.weekday).is_some_and(|day| {
            day.iter()
                .any(|opening| (opening.from..opening.to).contains(&wall.minute))
        })
    }

    /// The next minute at which the shop opens after `now`, at most eight days ahead.
    ///
    /// Walks in minutes of real time, so a clock change moves it as the wall clock moves.
    pub fn next_opening(&self, zone: &Zone, now: Timestamp) -> Option<Timestamp> {
        const MINUTES_AHEAD: i64 = 8 * 24 * 60;
        let start = now.millis() - now.millis().rem_euclid(60_000);
        (1..=MINUTES_AHEAD)
            .map(|n| Timestamp(start + n * 60_000))
            .find(|&then| self.is_open(zone, then))
    }
}

/// Reads `10:00-14:30` (`24:00` is the end of the day); `None` if it is no span of one day.
pub fn read_opening(text: &str) -> Option<Opening> {
    let (from, to) = text.split_once('-')?;
    let opening = Opening {
        from: read_minute(from.trim())?,
        to: read_minute(to.trim())?,
    };
    (opening.from < opening.to).then_some(opening)
}

fn read_minute(text: &str) -> Option<u32> {
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

    /// 2026-11-23 (a Monday) 00:00 in Shanghai.
    const MONDAY: i64 = 1_795_363_200_000;

    fn at(hour: i64, minute: i64) -> Timestamp {
        Timestamp(MONDAY + (hour * 60 + minute) * 60_000)
    }

    fn lunch_on_monday() -> Hours {
        let mut week: [Vec<Opening>; 7] = Default::default();
        week[0] = vec![read_opening("11:00-14:00").unwrap()];
        Hours { week: Some(week) }
    }

    #[test]
    fn the_wall_clock_is_the_shops() {
        let zone = Zone::parse("Asia/Shanghai").unwrap();
        let wall = zone.wall(at(9, 30));
        assert_eq!(
            (wall.year, wall.month, wall.day, wall.weekday, wall.minute),
            (2026, 11, 23, 0, 570)
        );
        assert_eq!(zone.day_number(at(0, 0)), 20_261_123);
        assert_eq!(zone.day_number(Timestamp(MONDAY - 1)), 20_261_122);
    }

    #[test]
    fn open_from_the_first_minute_to_before_the_last() {
        let zone = Zone::parse("Asia/Shanghai").unwrap();
        let hours = lunch_on_monday();
        for (now, open) in [
            (at(10, 59), false),
            (at(11, 0), true),
            (at(13, 59), true),
            (at(14, 0), false),
        ] {
            assert_eq!(hours.is_open(&zone, now), open, "{now:?}");
        }
        assert_eq!(hours.next_opening(&zone, at(9, 0)), Some(at(11, 0)));
        assert_eq!(
            hours.next_opening(&zone, at(14, 0)),
            Some(at(11 + 7 * 24, 0))
        );
        assert!(Hours::default().is_open(&zone, at(3, 0)));
    }

    #[test]
    fn only_spans_within_a_day_are_hours() {
        assert_eq!(
            read_opening("00:00-24:00"),
            Some(Opening { from: 0, to: 1440 })
        );
        for text in [
            "9:00-10:00",
            "10:00-10:00",
            "22:00-02:00",
            "10:60-11:00",
            "10:00",
            "10:00-25:00",
        ] {
            assert_eq!(read_opening(text), None, "{text}");
        }
    }
}
