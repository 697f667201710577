//! What the buttons of repeated orders ask for: `S…`. Those of the screen name the saved order;
//! those of a date's card the schedule and the day, as `YYYYMMDD`.

use chrono::{Datelike, NaiveDate};

/// What becomes of a question that is open when a schedule is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today {
    /// The customer is asked.
    Ask,
    /// It stays open.
    Keep,
    /// It is withdrawn.
    Cancel,
}

/// A button of a date's card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateAct {
    /// Orders it.
    Yes,
    /// Opens it as a cart.
    Change,
    /// Leaves it out.
    Skip,
    /// Asks which lines are left out.
    Lines,
    /// Leaves a line out, or takes it in again.
    Line(usize),
    /// Back to the question.
    Back,
    /// Takes back that it is left out.
    Undo,
}

/// A button of repeated orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleAct {
    /// How a saved order is repeated.
    Open(i64),
    /// One day of the week more or less; 0 = Monday.
    Day(i64, u32),
    /// Asks by when it is ordered.
    Times(i64),
    /// By this minute of the day.
    Time(i64, u32),
    /// Asks whether it is ordered without being asked.
    AutoAsk(i64),
    /// It is, up to this total in minor units.
    Auto(i64, i64),
    /// It is not.
    AutoOff(i64),
    /// Asks for how long it rests.
    PauseAsk(i64),
    /// It rests until this day, or until it is resumed.
    Pause(i64, Option<NaiveDate>, Today),
    /// It goes on.
    Resume(i64),
    /// The next date is left out.
    Skip(i64),
    /// It is not.
    Unskip(i64),
    /// Asks which lines are left out on the next date.
    Lines(i64),
    /// Leaves a line out on the next date, or takes it in again.
    Line(i64, usize),
    /// Asks whether it ends.
    StopAsk(i64),
    /// It ends.
    Stop(i64),
    /// A button of a date's card.
    Date(i64, NaiveDate, DateAct),
}

/// How a pause without an end is written.
const OPEN: &str = "0";

impl ScheduleAct {
    /// Whether it stands on a card of its own, which is no part of the conversation.
    pub fn is_apart(self) -> bool {
        matches!(self, Self::Date(..))
    }

    /// As callback data and sessions keep it.
    pub fn path(self) -> String {
        match self {
            Self::Open(saved) => format!("S.{saved}"),
            Self::Day(saved, weekday) => format!("Sd.{saved}.{weekday}"),
            Self::Times(saved) => format!("St.{saved}"),
            Self::Time(saved, minute) => format!("Sm.{saved}.{minute}"),
            Self::AutoAsk(saved) => format!("Sa.{saved}"),
            Self::Auto(saved, most) => format!("SA.{saved}.{most}"),
            Self::AutoOff(saved) => format!("Sz.{saved}"),
            Self::PauseAsk(saved) => format!("Sp.{saved}"),
            Self::Pause(saved, until, today) => {
                let until = until.map_or(OPEN.to_owned(), written);
                format!("SP.{saved}.{until}.{}", letter(today))
            }
            Self::Resume(saved) => format!("Sr.{saved}"),
            Self::Skip(saved) => format!("Sn.{saved}"),
            Self::Unskip(saved) => format!("Su.{saved}"),
            Self::Lines(saved) => format!("Sl.{saved}"),
            Self::Line(saved, at) => format!("SL.{saved}.{at}"),
            Self::StopAsk(saved) => format!("Sx.{saved}"),
            Self::Stop(saved) => format!("SX.{saved}"),
            Self::Date(id, day, act) => {
                let day = written(day);
                match act {
                    DateAct::Yes => format!("Sy.{id}.{day}"),
                    DateAct::Change => format!("Sc.{id}.{day}"),
                    DateAct::Skip => format!("Ss.{id}.{day}"),
                    DateAct::Lines => format!("Sf.{id}.{day}"),
                    DateAct::Line(at) => format!("SF.{id}.{day}.{at}"),
                    DateAct::Back => format!("Sb.{id}.{day}"),
                    DateAct::Undo => format!("So.{id}.{day}"),
                }
            }
        }
    }

    /// Reads it.
    pub fn from_parts(parts: &[&str]) -> Option<Self> {
        let n = |text: &str| text.parse::<i64>().ok();
        Some(match parts {
            ["S", saved] => Self::Open(n(saved)?),
            ["Sd", saved, weekday] => Self::Day(n(saved)?, weekday.parse().ok()?),
            ["St", saved] => Self::Times(n(saved)?),
            ["Sm", saved, minute] => Self::Time(n(saved)?, minute.parse().ok()?),
            ["Sa", saved] => Self::AutoAsk(n(saved)?),
            ["SA", saved, most] => Self::Auto(n(saved)?, n(most)?),
            ["Sz", saved] => Self::AutoOff(n(saved)?),
            ["Sp", saved] => Self::PauseAsk(n(saved)?),
            ["SP", saved, OPEN, today] => Self::Pause(n(saved)?, None, of_letter(today)?),
            ["SP", saved, until, today] => {
                Self::Pause(n(saved)?, Some(read(until)?), of_letter(today)?)
            }
            ["Sr", saved] => Self::Resume(n(saved)?),
            ["Sn", saved] => Self::Skip(n(saved)?),
            ["Su", saved] => Self::Unskip(n(saved)?),
            ["Sl", saved] => Self::Lines(n(saved)?),
            ["SL", saved, at] => Self::Line(n(saved)?, at.parse().ok()?),
            ["Sx", saved] => Self::StopAsk(n(saved)?),
            ["SX", saved] => Self::Stop(n(saved)?),
            [op, id, day, rest @ ..] => Self::Date(n(id)?, read(day)?, date_act(op, rest)?),
            _ => return None,
        })
    }
}

fn date_act(op: &str, rest: &[&str]) -> Option<DateAct> {
    Some(match (op, rest) {
        ("Sy", []) => DateAct::Yes,
        ("Sc", []) => DateAct::Change,
        ("Ss", []) => DateAct::Skip,
        ("Sf", []) => DateAct::Lines,
        ("SF", [at]) => DateAct::Line(at.parse().ok()?),
        ("Sb", []) => DateAct::Back,
        ("So", []) => DateAct::Undo,
        _ => return None,
    })
}

fn written(day: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn read(text: &str) -> Option<NaiveDate> {
    let number: i32 = text.parse().ok().filter(|number| *number > 0)?;
    let (month, day) = (number / 100 % 100, number % 100);
    NaiveDate::from_ymd_opt(
        number / 10_000,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
}

fn letter(today: Today) -> char {
    match today {
        Today::Ask => 'a',
        Today::Keep => 'k',
        Today::Cancel => 'c',
    }
}

fn of_letter(text: &str) -> Option<Today> {
    match text {
        "a" => Some(Today::Ask),
        "k" => Some(Today::Keep),
        "c" => Some(Today::Cancel),
        _ => None,
    }
}
