use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::cart::Selection;
use crate::kernel::Quantity;
use crate::kernel::time::HOUR;

/// A wall clock that is set forward an hour on one day at two, and back on another at three, and a
/// shop that is closed on some days and opens at a minute on the others.
struct Shop {
    closed: BTreeSet<NaiveDate>,
    opens: u32,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const BERLIN: chrono_tz::Tz = chrono_tz::Europe::Berlin;

impl Calendar for Shop {
    fn day(&self, at: Timestamp) -> NaiveDate {
        let utc = chrono::DateTime::from_timestamp_millis(at.0).unwrap();
        utc.with_timezone(&BERLIN).date_naive()
    }

    fn moment(&self, day: NaiveDate, minute: u32) -> Timestamp {
        let wall = day.and_time(chrono::NaiveTime::MIN);
        let found = (0..120).find_map(|later| {
            let wall = wall + chrono::TimeDelta::minutes(i64::from(minute) + later);
            wall.and_local_timezone(BERLIN).earliest()
        });
        Timestamp(found.unwrap().timestamp_millis())
    }

    fn is_open(&self, at: Timestamp) -> bool {
        let today = self.day(at);
        !self.closed.contains(&today) && at >= self.moment(today, self.opens)
    }
}

fn always() -> Shop {
    Shop {
        closed: BTreeSet::new(),
        opens: 0,
    }
}

fn on(weekdays: &[u32], minute: u32) -> Schedule {
    let days = weekdays
        .iter()
        .fold(Days::default(), |days, day| days.toggled(*day));
    Schedule {
        days,
        minute: Some(minute),
        ..Schedule::new(1, CustomerId(7), 2)
    }
}

fn line(item: &str, quantity: i64) -> NewLine {
    NewLine {
        item: item.into(),
        variant: None,
        selection: Selection::default(),
        quantity: Quantity(quantity),
        note: String::new(),
    }
}

#[test]
fn days_are_a_set() {
    let days = Days::default().toggled(0).toggled(4).toggled(0).toggled(6);
    assert_eq!(days.weekdays().collect::<Vec<_>>(), [4, 6]);
    assert_eq!(Days::from_bits(days.bits()), Some(days));
    assert_eq!(Days::from_bits(128), None);
    assert_eq!(Days::from_bits(-1), None);
    assert_eq!(days.toggled(9), days);
    assert!(days.has(day("2026-11-27")) && !days.has(day("2026-11-26")));
}

#[test]
fn the_next_date_is_the_next_chosen_day_whose_moment_is_ahead() {
    let shop = always();
    let mut schedule = on(&[0, 3], 10 * 60);
    let monday = shop.moment(day("2026-11-23"), 9 * 60);
    schedule.look_ahead(&shop, monday);
    assert_eq!(schedule.next.unwrap().day, day("2026-11-23"));
    assert_eq!(schedule.next.unwrap().at, monday.plus(HOUR));
    // Dealt with, there is none on that day any more, even at another time.
    schedule.leave(&shop, monday);
    schedule.minute = Some(20 * 60);
    schedule.look_ahead(&shop, monday);
    assert_eq!(schedule.next.unwrap().day, day("2026-11-26"));
    assert_eq!(
        Schedule::new(1, CustomerId(7), 2).ahead(&shop, monday),
        Ahead::default()
    );
}

#[test]
fn days_on_which_the_shop_is_closed_are_passed_over_and_told() {
    let shop = Shop {
        closed: [day("2026-12-24"), day("2026-12-31")].into(),
        opens: 11 * 60,
    };
    let eve = shop.moment(day("2026-12-23"), 0);
    let ahead = on(&[3], 12 * 60).ahead(&shop, eve);
    assert_eq!(ahead.closed, [day("2026-12-24"), day("2026-12-31")]);
    assert_eq!(ahead.next.unwrap().day, day("2027-01-07"));
    // Never open at that time: no date, and not an endless list.
    let never = on(&[3], 10 * 60).ahead(&shop, eve);
    assert_eq!((never.next, never.closed.len()), (None, MOST_TOLD));
}

#[test]
fn a_pause_ends_by_itself_on_its_day_or_not_at_all() {
    let shop = always();
    let now = shop.moment(day("2026-11-23"), 0);
    let mut schedule = on(&[0], 600);
    schedule.pause = Some(Pause::Until(day("2026-12-08")));
    schedule.look_ahead(&shop, now);
    assert_eq!(schedule.next.unwrap().day, day("2026-12-14"));
    schedule.look_ahead(&shop, shop.moment(day("2026-12-08"), 0));
    assert_eq!(schedule.pause, None);
    for rest in [Pause::Open, Pause::Away] {
        schedule.pause = Some(rest);
        schedule.look_ahead(&shop, now);
        assert!(!schedule.is_active() && schedule.pause == Some(rest));
    }
}

#[test]
fn what_is_announced_is_looked_at_while_there_is_time_to_answer() {
    let shop = always();
    let at = shop.moment(day("2026-11-23"), 840);
    let date = Date {
        day: day("2026-11-23"),
        at,
    };
    let mut now = at.plus(-60 * MINUTE);
    let mut looks = Vec::new();
    while now < at {
        now = looks_at(date, now);
        looks.push(at.since(now) / MINUTE);
    }
    assert_eq!(looks, [30, 15, 0]);
    // Asked about late, or looked at late: no more than its moment is left.
    for minutes in [19, 1, 0, -5] {
        assert_eq!(looks_at(date, at.plus(-minutes * MINUTE)), at);
    }
}

#[test]
fn the_next_one_is_left_out_and_that_is_taken_back() {
    let shop = always();
    let now = shop.moment(day("2026-11-23"), 540);
    let mut schedule = on(&[0], 600);
    schedule.look_ahead(&shop, now);
    schedule.skip_next(&shop, now);
    assert_eq!(schedule.next.unwrap().day, day("2026-11-30"));
    assert!(schedule.clone().unskip(&shop, now));
    assert!(!schedule.unskip(&shop, now.plus(2 * HOUR)));
    assert_eq!(schedule.next.unwrap().day, day("2026-11-30"));
    assert!(!schedule.unskip(&shop, now));
}

#[test]
fn a_line_is_left_out_once() {
    let shop = always();
    let now = shop.moment(day("2026-11-23"), 0);
    let mut schedule = on(&[0], 600);
    schedule.look_ahead(&shop, now);
    schedule.toggle(&line("tea", 2));
    // Its quantity was changed since: it is the same line.
    assert!(schedule.leaves_out(&line("tea", 5)) && !schedule.leaves_out(&line("rice", 1)));
    // Another time of day is the same date.
    schedule.minute = Some(660);
    schedule.look_ahead(&shop, now);
    assert!(schedule.leaves_out(&line("tea", 2)));
    schedule.toggle(&line("tea", 2));
    assert!(schedule.without.is_empty());
    schedule.toggle(&line("tea", 2));
    schedule.leave(&shop, now);
    assert!(schedule.without.is_empty());
}

#[test]
fn dates_that_are_over_are_missed_together() {
    let shop = Shop {
        closed: [day("2026-11-26")].into(),
        opens: 0,
    };
    let mut schedule = on(&[0, 3, 5], 600);
    schedule.look_ahead(&shop, shop.moment(day("2026-11-23"), 0));
    let later = shop.moment(day("2026-11-30"), 601);
    let missed = schedule.missed(&shop, later);
    let days = ["2026-11-23", "2026-11-28", "2026-11-30"].map(day);
    assert_eq!(missed, days);
    schedule.give_up(&missed, &shop, later);
    assert_eq!(schedule.next.unwrap().day, day("2026-12-03"));
    assert_eq!(schedule.missed(&shop, later), []);
}

#[test]
fn who_is_asked_can_order_at_once() {
    let shop = Shop {
        closed: BTreeSet::new(),
        opens: 570,
    };
    let date = Date {
        day: day("2026-11-23"),
        at: shop.moment(day("2026-11-23"), 600),
    };
    assert_eq!(asks_at(date, 20, &shop), date.at.plus(-20 * MINUTE));
    assert_eq!(asks_at(date, 60, &shop), date.at.plus(-30 * MINUTE));
    assert_eq!(asks_at(date, 0, &shop), date.at);
}

proptest! {
    #[test]
    fn next_is_never_past_never_another_day_and_never_twice(
        bits in 1_i64..128,
        minute in 0_u32..1440,
        // Around both days of 2026 on which the clocks are changed.
        start in prop_oneof![1_774_400_000_000_i64..1_775_200_000_000,
                             1_792_500_000_000_i64..1_793_300_000_000],
        steps in prop::collection::vec(0_i64..40 * HOUR, 1..30),
        closed in prop::collection::btree_set(0_u64..20, 0..6),
    ) {
        let first = always().day(Timestamp(start));
        let shop = Shop {
            closed: closed.iter().map(|n| first + chrono::Days::new(*n)).collect(),
            opens: 0,
        };
        let mut schedule = on(&[], minute);
        schedule.days = Days::from_bits(bits).unwrap();
        let mut now = Timestamp(start);
        let mut seen = BTreeSet::new();
        schedule.look_ahead(&shop, now);
        for step in steps {
            let date = schedule.next.unwrap();
            prop_assert!(date.at > now);
            prop_assert!(schedule.days.has(date.day));
            prop_assert!(!shop.closed.contains(&date.day));
            prop_assert_eq!(shop.day(date.at), date.day);
            for day in shop.day(now).iter_days().take_while(|day| *day < date.day) {
                let is_over = shop.moment(day, minute) <= now;
                let could_be = schedule.days.has(day) && !shop.closed.contains(&day);
                prop_assert!(!could_be || is_over, "{} was passed over", day);
            }
            now = date.at.plus(step);
            let missed = schedule.missed(&shop, now);
            prop_assert_eq!(missed.first(), Some(&date.day));
            for day in &missed {
                prop_assert!(seen.insert(*day), "{} came twice", day);
            }
            schedule.give_up(&missed, &shop, now);
        }
    }

    #[test]
    fn any_change_of_the_schedule_keeps_what_is_over(
        changes in prop::collection::vec((0_u32..7, 0_u32..1440, 0_i64..30 * HOUR), 1..40),
    ) {
        let shop = always();
        let mut schedule = on(&[0, 1, 2, 3, 4, 5, 6], 600);
        let mut now = shop.moment(day("2026-10-20"), 0);
        let mut seen = BTreeSet::new();
        schedule.look_ahead(&shop, now);
        for (weekday, minute, step) in changes {
            schedule.days = schedule.days.toggled(weekday);
            schedule.minute = Some(minute);
            schedule.look_ahead(&shop, now);
            if let Some(date) = schedule.next {
                prop_assert!(date.at > now);
                prop_assert!(seen.insert(date.day));
                schedule.leave(&shop, now);
            }
            now = now.plus(step);
        }
    }
}
