//! The card of one date of a repeated order: the question, its lines, what became of it.

use chrono::NaiveDate;

use crate::app::operations::schedule::Prospect;
use crate::app::route::{DateAct, Route, SavedAct, ScheduleAct};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::cart::refill::{Fate, Wish};
use crate::domain::schedules::{Date, Run, Schedule};

use super::schedule::{by, days, line};
use super::{Card, refill};

/// Lines that are told one by one.
const LINES: usize = 15;

/// What became of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It is an order, known as this.
    Ordered(i64),
    /// Opened as a cart, as the customer wished.
    Opened,
    /// Opened as a cart, because it could not be ordered as it is.
    OpenedBecause(Text),
    /// Left out.
    Skipped,
    /// Nobody answered.
    NoAnswer,
    /// It was too late to order it.
    Late,
    /// The schedule changed.
    Withdrawn,
    /// Nothing to tell.
    Nothing,
}

/// A question, or an announcement.
pub struct Asked<'a> {
    /// The schedule.
    pub schedule: &'a Schedule,
    /// The date.
    pub date: Date,
    /// Which of both it is.
    pub run: Run,
    /// What the saved order is called.
    pub name: &'a str,
    /// The last day on which it became an order.
    pub before: Option<NaiveDate>,
    /// Why it is not ordered unasked although the customer wished that.
    pub doubt: Option<Text>,
    /// What it comes to.
    pub prospect: &'a Prospect,
}

/// The question.
pub fn asked(shown: &Asked<'_>) -> View {
    let (date, prospect) = (shown.date, shown.prospect);
    let title = match (shown.run, shown.before) {
        (Run::Announced, _) => Text::new("schedule-announce").with("time", date.at),
        (_, Some(day)) => Text::new("schedule-same").with("day", Text::day(day)),
        (_, None) => Text::new("schedule-first"),
    };
    let mut view = View::say(title.with("name", shown.name));
    view.body.extend(lines_of(prospect));
    view = view.and(Text::new("schedule-total").with("total", prospect.total));
    // Whoever says yes knows beforehand that this is not all it takes.
    let judged = prospect.is_judged.then(|| Text::new("schedule-why-people"));
    let obstacle = shown.doubt.as_ref().or(prospect.obstacle());
    if let Some(why) = obstacle.or(judged.as_ref()) {
        let id = match &shown.doubt {
            Some(_) => "schedule-doubt",
            None => "schedule-obstacle",
        };
        view = view.and(Text::new(id).with("why", why.clone()));
    }
    view = view.and(match shown.run {
        Run::Announced => Text::new("schedule-until"),
        _ => Text::new("schedule-by").with("time", date.at),
    });
    let act = |act| Route::Schedule(ScheduleAct::Date(shown.schedule.id, date.day, act));
    let card = Card(shown.schedule.version);
    if shown.run != Run::Announced && prospect.why.is_none() {
        let yes = Text::new("button-schedule-yes").with("total", prospect.total);
        view = view.row(vec![card.button(yes, &act(DateAct::Yes))]);
    }
    view.row(vec![
        card.plain("button-schedule-change", &act(DateAct::Change)),
        card.plain("button-schedule-skip-this", &act(DateAct::Skip)),
    ])
    .row(vec![
        card.plain("button-schedule-lines-this", &act(DateAct::Lines)),
    ])
}

fn lines_of(prospect: &Prospect) -> Vec<Text> {
    let mut pairs: Vec<_> = prospect.wishes.iter().zip(&prospect.fates).collect();
    if pairs.len() > LINES {
        // What is not as it was saved is told in any case.
        pairs.sort_by_key(|(_, fate)| **fate == Fate::Kept);
    }
    let all = pairs.into_iter().map(|(wish, fate)| match fate {
        Fate::Kept => Text::new("schedule-line").with("what", refill::what(wish)),
        fate => Text::new("schedule-line-fate")
            .with("what", refill::what(wish))
            .with("fate", refill::fate_text(wish, fate)),
    });
    let mut lines: Vec<Text> = all.take(LINES).collect();
    let more = prospect.wishes.len().saturating_sub(LINES);
    if more > 0 {
        lines.push(Text::new("schedule-more").with("count", more as i64));
    }
    lines
}

/// The lines: each is taken or left out this time by a tap.
pub fn lines(schedule: &Schedule, date: Date, wishes: &[Wish]) -> View {
    let act = |act| Route::Schedule(ScheduleAct::Date(schedule.id, date.day, act));
    let card = Card(schedule.version);
    let mut view = View::say(Text::new("schedule-lines"));
    for (at, wish) in wishes.iter().enumerate() {
        view = view.row(vec![card.button(line(wish), &act(DateAct::Line(at)))]);
    }
    view.row(vec![card.plain("button-back", &act(DateAct::Back))])
}

/// What became of a date, and when the next one comes.
pub fn ended(
    schedule: &Schedule,
    name: &str,
    (day, ending): (NaiveDate, Ending),
    closed: &[NaiveDate],
) -> View {
    let text = match &ending {
        Ending::Ordered(number) => {
            let number = Arg::Words(number.to_string());
            Text::new("schedule-ordered").with("number", number)
        }
        Ending::Opened => Text::new("schedule-opened"),
        Ending::OpenedBecause(why) => Text::new("schedule-opened-because").with("why", why.clone()),
        Ending::Skipped => Text::new("schedule-skipped"),
        Ending::NoAnswer => Text::new("schedule-no-answer"),
        Ending::Late => Text::new("schedule-was-late"),
        Ending::Withdrawn | Ending::Nothing => Text::new("schedule-withdrawn"),
    };
    let mut view = titled(name, day).and(text);
    view.body.extend(next_of(schedule, closed));
    if ending == Ending::Skipped {
        let undo = ScheduleAct::Date(schedule.id, day, DateAct::Undo);
        let undo = Route::Schedule(undo).data(schedule.version);
        view = view.row(vec![Button::data(Text::new("button-schedule-undo"), undo)]);
    }
    if ending == Ending::Late {
        view = view.row(vec![order(schedule)]);
    }
    view.row(vec![repeat(schedule)])
}

/// A date that could not be ordered unasked.
pub fn failed(
    schedule: &Schedule,
    name: &str,
    (day, why): (NaiveDate, Text),
    closed: &[NaiveDate],
) -> View {
    let mut view = titled(name, day).and(Text::new("schedule-failed").with("why", why));
    view.body.extend(next_of(schedule, closed));
    view.row(vec![order(schedule)]).row(vec![repeat(schedule)])
}

/// The way to order all the same what was not ordered by itself.
fn order(schedule: &Schedule) -> Button {
    let go = Route::Saved(SavedAct::Go(schedule.saved));
    Button::data(Text::new("button-saved-order"), go.data(0))
}

fn titled(name: &str, day: NaiveDate) -> View {
    let title = Text::new("schedule-date").with("name", name);
    View::say(title.with("day", Text::day(day)))
}

/// When it is ordered next, and what is passed over.
fn next_of(schedule: &Schedule, closed: &[NaiveDate]) -> Vec<Text> {
    let mut lines = Vec::new();
    if let Some(date) = schedule.next {
        let text = Text::new("schedule-then").with("day", Text::day(date.day));
        lines.push(text.with("time", by(schedule)));
    }
    if !closed.is_empty() {
        lines.push(Text::new("schedule-closed").with("days", days(closed)));
    }
    lines
}

fn repeat(schedule: &Schedule) -> Button {
    let open = Route::Schedule(ScheduleAct::Open(schedule.saved));
    Button::data(Text::new("button-schedule"), open.data(0))
}

/// Dates that were missed, together.
pub fn missed(schedule: &Schedule, name: &str, missed: &[NaiveDate]) -> View {
    const TOLD: usize = 5;
    let told = missed.get(..TOLD.min(missed.len())).unwrap_or_default();
    let text = Text::new("schedule-missed")
        .with("name", name)
        .with("days", days(told));
    let mut view = View::say(text);
    if missed.len() > TOLD {
        let more = (missed.len() - TOLD) as i64;
        view = view.and(Text::new("schedule-more").with("count", more));
    }
    view.body.extend(next_of(schedule, &[]));
    view.row(vec![repeat(schedule)])
}

/// Days that are passed over, because the shop is closed.
pub fn closed(schedule: &Schedule, name: &str, closed: &[NaiveDate]) -> View {
    let title = Text::new("schedule-name").with("name", name);
    let mut view = View::say(title);
    view.body.extend(next_of(schedule, closed));
    view.row(vec![repeat(schedule)])
}

/// What it repeats is gone.
pub fn gone(name: Option<&str>, why: Text) -> View {
    let text = match name {
        Some(name) => Text::new("schedule-gone-name").with("name", name),
        None => Text::new("schedule-gone"),
    };
    let list = Route::Saved(SavedAct::List(0)).data(0);
    View::say(text.with("why", why)).row(vec![Button::data(Text::new("button-saved"), list)])
}

/// Some rest, as the customer could not be written to.
pub fn resting() -> View {
    let list = Route::Saved(SavedAct::List(0)).data(0);
    View::say(Text::new("schedule-resting"))
        .row(vec![Button::data(Text::new("button-saved"), list)])
}

/// Why a press changes nothing.
pub fn late(schedule: &Schedule, run: Option<Run>, next: Option<Date>) -> Text {
    let why = match run {
        Some(Run::Ordered | Run::Placing) => Text::new("schedule-late-ordered"),
        Some(Run::Opened) => Text::new("schedule-late-opened"),
        Some(Run::Skipped) => Text::new("schedule-late-skipped"),
        Some(Run::Asked | Run::Announced | Run::Missed | Run::Failed | Run::Stopped) | None => {
            Text::new("schedule-late")
        }
    };
    match next {
        Some(date) => Text::new("schedule-late-next")
            .with("why", why)
            .with("day", Text::day(date.day))
            .with("time", by(schedule)),
        None => why,
    }
}
