//! The screen of a saved order that is repeated: days, time, pause, what is left out once.

use chrono::NaiveDate;

use crate::app::route::{Route, SavedAct, ScheduleAct, Today};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::cart::refill::Wish;
use crate::domain::schedules::{Pause, Schedule};
use crate::kernel::{Currency, Money, Timestamp};

use super::{Card, refill};

/// Weekdays in the first row, and in the second.
const ROWS: [std::ops::Range<u32>; 2] = [0..4, 4..7];

/// Times in a row.
const IN_A_ROW: usize = 4;

/// What the screen shows.
pub struct Shown<'a> {
    /// The schedule; version 0: there is none yet.
    pub schedule: &'a Schedule,
    /// What the saved order is called.
    pub name: &'a str,
    /// Its lines, those left out on the next date marked.
    pub wishes: &'a [Wish],
    /// When the customer is asked about the next date.
    pub asks_at: Option<Timestamp>,
    /// How long before its moment that usually is.
    pub ask_minutes: i64,
    /// The shop's currency.
    pub currency: Currency,
    /// Days that are passed over because the shop is closed.
    pub closed: &'a [NaiveDate],
}

/// A weekday in short; 0 = Monday.
pub fn weekday(weekday: u32) -> Text {
    Text::new("schedule-weekday").with("weekday", i64::from(weekday) + 1)
}

/// A minute of the day as a clock shows it.
pub fn clock(minute: u32) -> Arg {
    Arg::Words(format!("{:02}:{:02}", minute / 60, minute % 60))
}

/// By when a schedule's orders are placed, on the day that is named beside it.
pub fn by(schedule: &Schedule) -> Arg {
    clock(schedule.minute.unwrap_or_default())
}

/// Days as a list.
pub fn days(days: &[NaiveDate]) -> Arg {
    Arg::List(days.iter().map(|day| Text::day(*day)).collect())
}

/// How a saved order is repeated.
pub fn schedule(card: Card, shown: &Shown<'_>) -> View {
    let schedule = shown.schedule;
    let title = Text::new("schedule-title").with("name", shown.name);
    let mut view = View::say(title);
    view.body.extend(states(shown));
    let to = Route::Schedule;
    let saved = schedule.saved;
    for row in ROWS {
        let day = |day| {
            let id = match schedule.days.has_weekday(day) {
                true => "button-ticked",
                false => "button-unticked",
            };
            let label = Text::new(id).with("value", weekday(day));
            card.button(label, &to(ScheduleAct::Day(saved, day)))
        };
        view = view.row(row.map(day).collect());
    }
    let time = match schedule.minute {
        Some(minute) => Text::new("button-schedule-time").with("time", clock(minute)),
        None => Text::new("button-schedule-times"),
    };
    view = view.row(vec![card.button(time, &to(ScheduleAct::Times(saved)))]);
    for row in acts(card, schedule) {
        view = view.row(row);
    }
    let back = Route::Saved(SavedAct::Open(saved));
    view.row(vec![
        card.plain("button-back", &back),
        card.plain("button-home", &Route::Home),
    ])
}

/// How it stands, line by line.
fn states(shown: &Shown<'_>) -> Vec<Text> {
    let schedule = shown.schedule;
    let mut lines = Vec::new();
    if schedule.days.is_empty() || schedule.minute.is_none() {
        let minutes = Text::new("schedule-how").with("minutes", shown.ask_minutes);
        lines.push(minutes);
        return lines;
    }
    lines.push(match schedule.pause {
        Some(Pause::Open | Pause::Away) => Text::new("schedule-paused"),
        Some(Pause::Until(day)) => Text::new("schedule-paused-until").with("day", Text::day(day)),
        None => Text::new("schedule-runs"),
    });
    match (schedule.next, shown.asks_at) {
        (Some(date), Some(asks_at)) => lines.push(
            Text::new("schedule-next")
                .with("day", Text::day(date.day))
                .with("time", by(schedule))
                .with("asks", asks_at),
        ),
        _ if schedule.pause.is_none() => lines.push(Text::new("schedule-next-none")),
        _ => {}
    }
    if let Some(day) = schedule.skip {
        lines.push(Text::new("schedule-skips").with("day", Text::day(day)));
    }
    if !shown.closed.is_empty() {
        lines.push(Text::new("schedule-closed").with("days", days(shown.closed)));
    }
    let left = shown.wishes.iter().filter(|wish| wish.skipped);
    let left: Vec<Text> = left.map(refill::what).collect();
    if !left.is_empty() && schedule.is_active() {
        lines.push(Text::new("schedule-without").with("lines", Arg::List(left)));
    }
    lines.push(match schedule.auto_minor {
        Some(most) => {
            let most = Money::new(most, shown.currency);
            Text::new("schedule-auto-on").with("most", most)
        }
        None => Text::new("schedule-auto-off"),
    });
    lines
}

/// What else there is to do, in rows.
fn acts(card: Card, schedule: &Schedule) -> Vec<Vec<Button>> {
    let saved = schedule.saved;
    let button = |label, act| card.plain(label, &Route::Schedule(act));
    let mut rows = Vec::new();
    if schedule.version == 0 {
        return rows;
    }
    if schedule.is_active() {
        rows.push(vec![
            button("button-schedule-skip", ScheduleAct::Skip(saved)),
            button("button-schedule-lines", ScheduleAct::Lines(saved)),
        ]);
    }
    if schedule.skip.is_some() {
        rows.push(vec![button(
            "button-schedule-unskip",
            ScheduleAct::Unskip(saved),
        )]);
    }
    if schedule.minute.is_some() && !schedule.days.is_empty() {
        rows.push(vec![match schedule.auto_minor {
            Some(_) => button("button-schedule-auto-off", ScheduleAct::AutoOff(saved)),
            None => button("button-schedule-auto", ScheduleAct::AutoAsk(saved)),
        }]);
    }
    let rest = match schedule.pause {
        Some(_) => button("button-schedule-resume", ScheduleAct::Resume(saved)),
        None => button("button-schedule-pause", ScheduleAct::PauseAsk(saved)),
    };
    rows.push(vec![
        rest,
        button("button-schedule-stop", ScheduleAct::StopAsk(saved)),
    ]);
    rows
}

fn back(card: Card, saved: i64) -> Vec<Button> {
    vec![card.plain("button-back", &Route::Schedule(ScheduleAct::Open(saved)))]
}

/// Asks by when it is ordered.
pub fn times(card: Card, schedule: &Schedule, offers: &[u32]) -> View {
    let saved = schedule.saved;
    let offer = |minute: &u32| {
        let label = Text::new("value-text").with("value", clock(*minute));
        card.button(label, &Route::Schedule(ScheduleAct::Time(saved, *minute)))
    };
    let offers: Vec<Button> = offers.iter().map(offer).collect();
    let mut view = View::say(Text::new("schedule-ask-time"));
    for row in offers.chunks(IN_A_ROW) {
        view = view.row(row.to_vec());
    }
    view.row(back(card, saved))
}

/// Says what being ordered unasked means.
pub fn auto(card: Card, (schedule, name): (&Schedule, &str), most: Money) -> View {
    let saved = schedule.saved;
    let text = Text::new("schedule-auto-ask")
        .with("name", name)
        .with("most", most);
    let yes = Text::new("button-schedule-auto-yes").with("most", most);
    View::say(text)
        .row(vec![card.button(
            yes,
            &Route::Schedule(ScheduleAct::Auto(saved, most.minor)),
        )])
        .row(back(card, saved))
}

/// Asks for how long it rests; each offer with its weeks and its day.
pub fn pause(card: Card, schedule: &Schedule, offers: &[(i64, NaiveDate)]) -> View {
    let saved = schedule.saved;
    let to = |until| Route::Schedule(ScheduleAct::Pause(saved, until, Today::Ask));
    let offer = |(weeks, day): &(i64, NaiveDate)| {
        let label = Text::new("button-schedule-weeks").with("weeks", *weeks);
        card.button(label, &to(Some(*day)))
    };
    View::say(Text::new("schedule-ask-pause"))
        .row(offers.iter().map(offer).collect())
        .row(vec![card.plain("button-schedule-pause-open", &to(None))])
        .row(back(card, saved))
}

/// Asks what becomes of the question that is open.
pub fn pause_today(card: Card, schedule: &Schedule, until: Option<NaiveDate>) -> View {
    let saved = schedule.saved;
    let to = |today| Route::Schedule(ScheduleAct::Pause(saved, until, today));
    let day = schedule.next.map(|date| Text::day(date.day));
    let mut text = Text::new("schedule-pause-today");
    if let Some(day) = day {
        text = text.with("day", day);
    }
    View::say(text)
        .row(vec![
            card.plain("button-schedule-keep-today", &to(Today::Keep)),
        ])
        .row(vec![
            card.plain("button-schedule-cancel-today", &to(Today::Cancel)),
        ])
        .row(back(card, saved))
}

/// The lines: each is taken or left out on the next date by a tap.
pub fn lines(card: Card, schedule: &Schedule, wishes: &[Wish]) -> View {
    let saved = schedule.saved;
    let mut view = View::say(Text::new("schedule-lines"));
    for (at, wish) in wishes.iter().enumerate() {
        let label = line(wish);
        view = view.row(vec![
            card.button(label, &Route::Schedule(ScheduleAct::Line(saved, at))),
        ]);
    }
    view.row(back(card, saved))
}

/// A line that is taken or left out.
pub fn line(wish: &Wish) -> Text {
    let id = match wish.skipped {
        true => "button-unticked",
        false => "button-ticked",
    };
    Text::new(id).with("value", refill::what(wish))
}

/// Asks whether it ends.
pub fn stop(card: Card, schedule: &Schedule, name: &str) -> View {
    let saved = schedule.saved;
    View::say(Text::new("schedule-ask-stop").with("name", name))
        .row(vec![card.plain(
            "button-schedule-stop-yes",
            &Route::Schedule(ScheduleAct::Stop(saved)),
        )])
        .row(back(card, saved))
}
