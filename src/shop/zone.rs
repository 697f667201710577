//! The shop's time zone: wall-clock readings of a timestamp, and opening hours.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone, Timelike};

use crate::dialogue::calendar::{Span, read_minute};
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

/// When the shop takes orders. An opening belongs to the day on which it begins; it may last over
/// midnight. Without a week it never closes but on the days named apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hours {
    /// Openings of each weekday, Monday first; `None` = always open.
    pub week: Option<[Vec<Opening>; 7]>,
    /// Days that are different: holidays, a long Friday.
    pub apart: BTreeMap<NaiveDate, Vec<Opening>>,
}

/// One opening, in minutes since the midnight before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// First minute, 0-1439.
    pub from: u32,
    /// The minute after the last one; above 1440 for an end on the next day.
    pub to: u32,
}

/// A day has so many minutes on the wall, whatever the clock change does to its hours.
const DAY_MINUTES: u32 = 24 * 60;

/// The whole day.
const ALL_DAY: Opening = Opening {
    from: 0,
    to: DAY_MINUTES,
};

impl Hours {
    /// The openings that begin on a day.
    fn begin_on(&self, day: NaiveDate) -> &[Opening] {
        if let Some(apart) = self.apart.get(&day) {
            return apart;
        }
        match &self.week {
            Some(week) => week
                .get(day.weekday().num_days_from_monday() as usize)
                .map_or(&[], Vec::as_slice),
            None => &[ALL_DAY],
        }
    }

    /// Whether the shop is open at `now`.
    ///
    /// An opening runs from the first moment the wall clock shows its start (or, where the
    /// clock jumps over that, from the jump) to the first moment it shows its end. So nothing
    /// closes and opens again in an hour that comes twice.
    pub fn is_open(&self, zone: &Zone, now: Timestamp) -> bool {
        if self.week.is_none() && self.apart.is_empty() {
            return true;
        }
        let today = zone.date(now);
        // From yesterday an opening may last until now.
        [today.pred_opt(), Some(today)]
            .into_iter()
            .flatten()
            .any(|day| {
                let openings = self.begin_on(day).iter();
                openings
                    .map(|opening| zone.span(day, *opening))
                    .any(|(from, to)| (from..to).contains(&now))
            })
    }

    /// Whether there is a day on which it is open at a minute of the wall clock.
    pub fn ever_open_at(&self, minute: u32) -> bool {
        // Any seven days are a week; days apart show on themselves and, late, on the next.
        let week = NaiveDate::default().iter_days().take(7);
        let apart = self
            .apart
            .keys()
            .flat_map(|day| [Some(*day), day.succ_opt()].into_iter().flatten());
        week.chain(apart)
            .flat_map(|day| self.spans(day))
            .any(|span| (span.from..span.to).contains(&minute))
    }

    /// When the shop next opens after `now`; none within `DAYS_AHEAD` days.
    pub fn next_opening(&self, zone: &Zone, now: Timestamp) -> Option<Timestamp> {
        /// A shop that is closed for longer than a year says so better than with a date.
        const DAYS_AHEAD: usize = 400;
        let days = zone.date(now).iter_days().take(DAYS_AHEAD);
        days.flat_map(|day| self.begin_on(day).iter().map(move |o| zone.span(day, *o)))
            .find(|(from, to)| *from > now && from < to)
            .map(|(from, _)| from)
    }

    /// When the business day of `now` ends: when the last of its openings closes, or at midnight
    /// if none is left. An opening that lasts over midnight still belongs to the day before.
    pub fn end_of_day(&self, zone: &Zone, now: Timestamp) -> Timestamp {
        let today = zone.date(now);
        let ends = |day: Option<NaiveDate>| {
            let openings = day.map_or(&[][..], |day| self.begin_on(day)).iter();
            openings.filter_map(move |opening| Some(zone.span(day?, *opening)))
        };
        let late = ends(today.pred_opt()).find(|(from, to)| (*from..*to).contains(&now));
        let last = ends(Some(today)).filter(|(_, to)| *to > now).max();
        let midnight = || today.succ_opt().map(|day| zone.moment(day, 0));
        let end = late.or(last).map(|(_, to)| to).or_else(midnight);
        end.unwrap_or(Timestamp(i64::MAX))
    }

    /// When the shop is open on a day, on the wall clock, what lasts from the day before included.
    pub fn spans(&self, day: NaiveDate) -> Vec<Span> {
        let before = day.pred_opt().map_or(&[][..], |day| self.begin_on(day));
        let late = before
            .iter()
            .filter(|opening| opening.to > DAY_MINUTES)
            .map(|opening| Span {
                from: 0,
                to: opening.to - DAY_MINUTES,
            });
        let own = self.begin_on(day).iter().map(|opening| Span {
            from: opening.from,
            to: opening.to.min(DAY_MINUTES),
        });
        late.chain(own).collect()
    }
}

impl Zone {
    /// The calendar day of `now`.
    pub fn date(&self, now: Timestamp) -> NaiveDate {
        let utc = chrono::DateTime::from_timestamp_millis(now.millis()).unwrap_or_default();
        self.0.from_utc_datetime(&utc.naive_utc()).date_naive()
    }

    /// The first moment at which the wall clock shows (or jumps over) a minute counted from a
    /// day's midnight.
    pub fn moment(&self, day: NaiveDate, minute: u32) -> Timestamp {
        /// No clock jumps further at once than this.
        const JUMP_MINUTES: i64 = 26 * 60;
        let wall = day.and_time(NaiveTime::MIN) + chrono::TimeDelta::minutes(minute.into());
        let found = (0..=JUMP_MINUTES).find_map(|later| {
            let wall = wall + chrono::TimeDelta::minutes(later);
            self.0.from_local_datetime(&wall).earliest()
        });
        found.map_or(Timestamp(i64::MAX), |at| Timestamp(at.timestamp_millis()))
    }

    fn span(&self, day: NaiveDate, opening: Opening) -> (Timestamp, Timestamp) {
        (self.moment(day, opening.from), self.moment(day, opening.to))
    }
}

/// Reads `10:00-14:30`; `22:00-02:00` ends on the next day, `24:00` is the end of the day.
/// `None` if it is no span, or an empty one.
pub fn read_opening(text: &str) -> Option<Opening> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (read_minute(from.trim())?, read_minute(to.trim())?);
    let to = if to < from { to + DAY_MINUTES } else { to };
    (from < to && from < DAY_MINUTES).then_some(Opening { from, to })
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
        Hours {
            week: Some(week),
            ..Hours::default()
        }
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
    fn quiet_hours_go_by_the_wall_clock_through_its_changes() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let quiet = crate::domain::orders::pushes::Quiet::parse("22:00-02:30").unwrap();
        for (now, holds) in [
            ("2026-03-29T00:59:00Z", true),  // 01:59 CET
            ("2026-03-29T01:00:00Z", false), // 03:00 CEST: 02:30 never comes
            ("2026-10-25T00:29:00Z", true),  // 02:29 CEST
            ("2026-10-25T00:30:00Z", false), // 02:30 CEST
            ("2026-10-25T01:00:00Z", true),  // 02:00 CET: the hour comes twice
            ("2026-10-25T01:30:00Z", false), // 02:30 CET
            ("2026-10-25T21:00:00Z", true),  // 22:00 CET
        ] {
            assert_eq!(quiet.holds(berlin.wall(utc(now)).minute), holds, "{now}");
        }
    }

    #[test]
    fn only_spans_are_hours() {
        assert_eq!(
            read_opening("00:00-24:00"),
            Some(Opening { from: 0, to: 1440 })
        );
        assert_eq!(
            read_opening("22:00-02:00"),
            Some(Opening {
                from: 1320,
                to: 1560
            })
        );
        for text in [
            "9:00-10:00",
            "10:00-10:00",
            "10:60-11:00",
            "10:00",
            "10:00-25:00",
            "24:00-02:00",
        ] {
            assert_eq!(read_opening(text), None, "{text}");
        }
    }

    fn hours_of(days: &[(usize, &str)]) -> Hours {
        let mut week: [Vec<Opening>; 7] = Default::default();
        for (day, text) in days {
            week[*day].push(read_opening(text).unwrap());
        }
        Hours {
            week: Some(week),
            ..Hours::default()
        }
    }

    fn utc(text: &str) -> Timestamp {
        let at: chrono::DateTime<chrono::Utc> = text.parse().unwrap();
        Timestamp(at.timestamp_millis())
    }

    #[test]
    fn a_night_belongs_to_the_day_on_which_it_begins() {
        let zone = Zone::parse("Asia/Shanghai").unwrap();
        let mut hours = hours_of(&[(0, "18:00-02:00")]);
        for (now, open) in [
            (at(17, 59), false),
            (at(23, 59), true),
            (at(24, 0), true),
            (at(25, 59), true),
            (at(26, 0), false),
            (at(1, 0), false), // Monday morning: Sunday has no night
        ] {
            assert_eq!(hours.is_open(&zone, now), open, "{now:?}");
        }
        // A holiday on Tuesday does not end Monday's night.
        let tuesday: NaiveDate = "2026-11-24".parse().unwrap();
        hours.apart.insert(tuesday, Vec::new());
        assert!(hours.is_open(&zone, at(25, 0)));
        assert_eq!(hours.spans(tuesday), [Span { from: 0, to: 120 }]);
        hours
            .apart
            .insert("2026-11-23".parse().unwrap(), Vec::new());
        assert!(!hours.is_open(&zone, at(20, 0)));
        assert_eq!(
            hours.next_opening(&zone, at(0, 0)),
            Some(at(18 + 7 * 24, 0))
        );
    }

    #[test]
    fn days_apart_close_and_open() {
        let zone = Zone::parse("Asia/Shanghai").unwrap();
        let mut hours = Hours::default();
        hours
            .apart
            .insert("2026-11-23".parse().unwrap(), Vec::new());
        assert!(!hours.is_open(&zone, at(12, 0)));
        assert_eq!(hours.next_opening(&zone, at(12, 0)), Some(at(24, 0)));
        let mut never = hours_of(&[]);
        assert_eq!(never.next_opening(&zone, at(12, 0)), None);
        never.apart.insert(
            "2026-12-24".parse().unwrap(),
            vec![read_opening("10:00-12:00").unwrap()],
        );
        assert_eq!(
            never.next_opening(&zone, at(12, 0)),
            Some(at(31 * 24 + 10, 0))
        );
    }

    #[test]
    fn the_clock_change_neither_loses_nor_repeats_an_opening() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let hours = hours_of(&[(6, "02:15-05:00"), (6, "01:00-02:10")]);
        // 29 March 2026, 02:00 CET becomes 03:00 CEST (01:00 UTC): 02:15 never comes.
        let spring = [
            ("2026-03-29T00:00:00Z", true),  // 01:00 CET
            ("2026-03-29T00:59:00Z", true),  // 01:59 CET
            ("2026-03-29T01:00:00Z", true),  // 03:00 CEST, the later opening
            ("2026-03-29T02:59:00Z", true),  // 04:59
            ("2026-03-29T03:00:00Z", false), // 05:00
        ];
        // 25 October 2026, 03:00 CEST becomes 02:00 CET (01:00 UTC): 02:00-03:00 comes twice.
        let autumn = [
            ("2026-10-25T00:09:00Z", true),  // 02:09 CEST
            ("2026-10-25T00:12:00Z", false), // 02:12 CEST, the break
            ("2026-10-25T00:15:00Z", true),  // 02:15 CEST
            ("2026-10-25T01:12:00Z", true),  // 02:12 CET: the break was an hour ago
            ("2026-10-25T03:59:00Z", true),  // 04:59 CET
            ("2026-10-25T04:00:00Z", false), // 05:00 CET
        ];
        for (now, open) in spring.into_iter().chain(autumn) {
            assert_eq!(hours.is_open(&berlin, utc(now)), open, "{now}");
        }
        assert_eq!(
            hours.next_opening(&berlin, utc("2026-10-25T00:12:00Z")),
            Some(utc("2026-10-25T00:15:00Z"))
        );
        let early = hours_of(&[(6, "02:15-02:45")]);
        assert_eq!(
            early.next_opening(&berlin, utc("2026-03-28T12:00:00Z")),
            Some(utc("2026-04-05T00:15:00Z"))
        );
    }

    #[test]
    fn the_day_ends_when_the_last_opening_closes() {
        let zone = Zone::parse("Asia/Shanghai").unwrap();
        let mut week: [Vec<Opening>; 7] = Default::default();
        week[0] = ["11:00-14:00", "18:00-02:00"]
            .map(|o| read_opening(o).unwrap())
            .into();
        let hours = Hours {
            week: Some(week),
            ..Hours::default()
        };
        for (now, end) in [
            (at(9, 0), at(26, 0)),
            (at(12, 0), at(26, 0)),
            (at(25, 59), at(26, 0)),
            // Closed for the night, and a day on which it never opens.
            (at(26, 0), at(48, 0)),
            (at(50, 0), at(72, 0)),
        ] {
            assert_eq!(hours.end_of_day(&zone, now), end, "{now:?}");
        }
        let always = Hours::default();
        assert_eq!(always.end_of_day(&zone, at(0, 0)), at(24, 0));
        assert_eq!(always.end_of_day(&zone, at(23, 59)), at(24, 0));
    }

    #[test]
    fn a_day_of_a_clock_change_ends_by_the_wall() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let always = Hours::default();
        let night = Hours {
            week: Some(std::array::from_fn(|_| {
                vec![read_opening("20:00-02:30").unwrap()]
            })),
            ..Hours::default()
        };
        for (hours, now, end) in [
            // A day of 23 hours and one of 25 end at their own midnight.
            (&always, "2026-03-29T00:30:00Z", "2026-03-29T22:00:00Z"),
            (&always, "2026-10-25T00:30:00Z", "2026-10-25T23:00:00Z"),
            // 02:30 is jumped over, and comes twice.
            (&night, "2026-03-28T21:00:00Z", "2026-03-29T01:00:00Z"),
            (&night, "2026-10-24T21:00:00Z", "2026-10-25T00:30:00Z"),
        ] {
            assert_eq!(hours.end_of_day(&berlin, utc(now)), utc(end), "{now}");
        }
    }
}
