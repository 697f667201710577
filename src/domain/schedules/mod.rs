//! Saved orders that are repeated on chosen days: which date comes next, when the customer is
//! asked about it, what is left out once.
//!
//! A date is a day with the moment by which its order is placed. It is asked about once, and past
//! that moment nothing is ordered for it any more: late orders surprise. Must never know a chat, a
//! price or a statement, and never order without a yes, unless the customer said so beforehand.

mod days;

use chrono::NaiveDate;

use crate::domain::cart::NewLine;
use crate::domain::cart::refill::Wish;
use crate::kernel::time::MINUTE;
use crate::kernel::{CustomerId, Millis, OrderId, Timestamp, coded};

pub use days::Days;

/// Schedules of one customer: what they can keep an eye on.
pub const MOST: usize = 10;

/// An order that nobody was asked about is placed at most so long after its moment.
pub const LATE: Millis = 5 * MINUTE;

/// What is left at least for an answer to what is found to stand in the way of an announced order.
const LEFT: Millis = 10 * MINUTE;

/// Days looked ahead for the next date: a shop that is closed for longer has closed.
const DAYS_AHEAD: usize = 400;

/// Days passed over that are told one by one.
const MOST_TOLD: usize = 10;

/// A schedule of a saved order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Its id.
    pub id: i64,
    /// Whose it is.
    pub owner: CustomerId,
    /// The saved order.
    pub saved: i64,
    /// On which days.
    pub days: Days,
    /// The minute of the shop's day by which the order is placed; none: not chosen yet.
    pub minute: Option<u32>,
    /// Without being asked, up to this total in minor units; none: only after a yes.
    pub auto_minor: Option<i64>,
    /// Whether it rests.
    pub pause: Option<Pause>,
    /// The day that is left out.
    pub skip: Option<NaiveDate>,
    /// The last day that is over: nothing happens on it or before it any more.
    pub last: Option<NaiveDate>,
    /// The next date; none: there is none, or it rests.
    pub next: Option<Date>,
    /// Lines left out on the next date alone. Personal.
    pub without: Vec<NewLine>,
    /// Rises with every change; every write repeats it.
    pub version: i64,
}

/// For how long a schedule rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// Until its customer resumes it.
    Open,
    /// The same, and nobody wished it: its customer could not be written to.
    Away,
    /// The day on which it goes on.
    Until(NaiveDate),
}

/// A day on which it is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The day.
    pub day: NaiveDate,
    /// By when.
    pub at: Timestamp,
}

/// What becomes of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Run {
    /// The customer is asked.
    Asked,
    /// It is said that it will be ordered, unless they object.
    Announced,
    /// They said yes, or its time has come: goods are set aside, the order is being placed.
    Placing,
    /// It became an order.
    Ordered,
    /// It was opened as a cart, which the customer places or does not.
    Opened,
    /// The customer left it out.
    Skipped,
    /// Nobody answered, or nobody could be asked.
    Missed,
    /// It could not be ordered.
    Failed,
    /// The schedule ended or rests since.
    Stopped,
}
coded!(Run {
    Asked = "asked",
    Announced = "announced",
    Placing = "placing",
    Ordered = "ordered",
    Opened = "opened",
    Skipped = "skipped",
    Missed = "missed",
    Failed = "failed",
    Stopped = "stopped",
});

/// What is kept of a date since the customer was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// How it stands.
    pub run: Run,
    /// What the customer was told, to be held against what is true when they answer.
    pub told: String,
    /// The order that it became.
    pub order: Option<OrderId>,
}

impl Run {
    /// Whether the customer may still answer.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Announced)
    }
}

/// The shop's calendar.
pub trait Calendar {
    /// The day of a moment.
    fn day(&self, at: Timestamp) -> NaiveDate;
    /// The first moment at which the clock on the wall shows, or jumps over, a minute of a day.
    fn moment(&self, day: NaiveDate, minute: u32) -> Timestamp;
    /// Whether orders are taken then, by the opening hours.
    fn is_open(&self, at: Timestamp) -> bool;
}

/// What comes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ahead {
    /// The next date.
    pub next: Option<Date>,
    /// Chosen days before it on which the shop is closed at that time.
    pub closed: Vec<NaiveDate>,
}

impl Schedule {
    /// A schedule on no days yet.
    pub fn new(id: i64, owner: CustomerId, saved: i64) -> Self {
        Self {
            id,
            owner,
            saved,
            days: Days::default(),
            minute: None,
            auto_minor: None,
            pause: None,
            skip: None,
            last: None,
            next: None,
            without: Vec::new(),
            version: 0,
        }
    }

    /// The next date after a moment, with what is passed over on the way.
    pub fn ahead(&self, calendar: &impl Calendar, now: Timestamp) -> Ahead {
        let Some(minute) = self.minute else {
            return Ahead::default();
        };
        let mut closed = Vec::new();
        for day in calendar.day(now).iter_days().take(DAYS_AHEAD) {
            let at = calendar.moment(day, minute);
            if !self.is_on(day) || at <= now {
                continue;
            }
            if calendar.is_open(at) {
                return Ahead {
                    next: Some(Date { day, at }),
                    closed,
                };
            }
            if closed.len() < MOST_TOLD {
                closed.push(day);
            }
        }
        Ahead { next: None, closed }
    }

    /// Whether something is to happen on a day, as far as this schedule goes.
    fn is_on(&self, day: NaiveDate) -> bool {
        let rests = match self.pause {
            None => false,
            Some(Pause::Open | Pause::Away) => true,
            Some(Pause::Until(again)) => day < again,
        };
        let is_over = self.last.is_some_and(|last| day <= last);
        self.days.has(day) && !rests && !is_over && self.skip != Some(day)
    }

    /// Looks for the next date anew after a change; what is left out once stays with its date.
    pub fn look_ahead(&mut self, calendar: &impl Calendar, now: Timestamp) -> Vec<NaiveDate> {
        let ahead = self.ahead(calendar, now);
        let day = |date: Option<Date>| date.map(|date| date.day);
        if day(ahead.next) != day(self.next) {
            self.without.clear();
        }
        if self
            .pause
            .is_some_and(|pause| pause.is_over(calendar.day(now)))
        {
            self.pause = None;
        }
        self.next = ahead.next;
        ahead.closed
    }

    /// The next date is dealt with: the one after it comes next.
    pub fn leave(&mut self, calendar: &impl Calendar, now: Timestamp) -> Vec<NaiveDate> {
        let left = self.next.map(|date| date.day);
        self.last = self.last.max(left);
        self.without.clear();
        if self.skip <= self.last {
            self.skip = None;
        }
        self.look_ahead(calendar, now)
    }

    /// The dates from the next one on that are over without anybody having been asked.
    pub fn missed(&self, calendar: &impl Calendar, now: Timestamp) -> Vec<NaiveDate> {
        let (Some(next), Some(minute)) = (self.next, self.minute) else {
            return Vec::new();
        };
        let today = calendar.day(now);
        let is_over = |day: NaiveDate| match day == next.day {
            // The date that was set stands, whatever the shop's hours have become since.
            true => next.at <= now,
            false => {
                let at = calendar.moment(day, minute);
                self.is_on(day) && at <= now && calendar.is_open(at)
            }
        };
        let days = next.day.iter_days().take_while(|day| *day <= today);
        days.filter(|day| is_over(*day)).collect()
    }

    /// All days up to the present one are over: what comes next is later.
    pub fn give_up(&mut self, missed: &[NaiveDate], calendar: &impl Calendar, now: Timestamp) {
        self.last = self.last.max(missed.iter().max().copied());
        self.without.clear();
        if self.skip <= self.last {
            self.skip = None;
        }
        self.look_ahead(calendar, now);
    }

    /// The next date is left out; it can be taken back while it is ahead.
    pub fn skip_next(&mut self, calendar: &impl Calendar, now: Timestamp) -> Vec<NaiveDate> {
        self.skip = self.next.map(|date| date.day);
        self.look_ahead(calendar, now)
    }

    /// The day that is left out is not left out; `false` if it is over already.
    pub fn unskip(&mut self, calendar: &impl Calendar, now: Timestamp) -> bool {
        let Some(day) = self.skip.take() else {
            return false;
        };
        self.look_ahead(calendar, now);
        self.next.is_some_and(|date| date.day == day)
    }

    /// What was left out is over: there is nothing to take back.
    pub fn forget_skip(&mut self, calendar: &impl Calendar, now: Timestamp) {
        let over = |day| calendar.moment(day, self.minute.unwrap_or_default()) <= now;
        self.skip = self.skip.filter(|day| !over(*day));
    }

    /// Whether a line is left out on the next date.
    pub fn leaves_out(&self, line: &NewLine) -> bool {
        self.without.iter().any(|left| is_same(left, line))
    }

    /// Leaves a line out on the next date, or takes it in again.
    pub fn toggle(&mut self, line: &NewLine) {
        match self.leaves_out(line) {
            true => self.without.retain(|left| !is_same(left, line)),
            false => self.without.push(line.clone()),
        }
    }

    /// What is wanted on the next date.
    pub fn wishes(&self, saved: &[Wish]) -> Vec<Wish> {
        let wish = |wish: &Wish| Wish {
            skipped: self.leaves_out(&wish.line),
            ..wish.clone()
        };
        saved.iter().map(wish).collect()
    }

    /// Whether it waits for a date.
    pub fn is_active(&self) -> bool {
        self.next.is_some()
    }
}

/// The same line of a saved order, whatever its quantity has become.
fn is_same(one: &NewLine, other: &NewLine) -> bool {
    (&one.item, &one.variant, &one.selection, &one.note)
        == (&other.item, &other.variant, &other.selection, &other.note)
}

impl Pause {
    fn is_over(self, today: NaiveDate) -> bool {
        match self {
            Self::Open | Self::Away => false,
            Self::Until(again) => again <= today,
        }
    }
}

/// When the customer is asked about a date: so many minutes before its moment, or as soon after
/// that as the shop takes orders, so that a yes can be carried out at once.
pub fn asks_at(date: Date, minutes: i64, calendar: &impl Calendar) -> Timestamp {
    let first = date.at.plus(-minutes.max(0) * MINUTE);
    let offers = (0..minutes.max(0)).map(|later| first.plus(later * MINUTE));
    let mut open = offers.into_iter().filter(|at| calendar.is_open(*at));
    open.next().unwrap_or(date.at)
}

/// When it is looked at again what stands in the way of an order that was announced: half-way to its
/// moment, while there is time enough to answer, then at its moment.
pub fn looks_at(date: Date, now: Timestamp) -> Timestamp {
    let half = date.at.since(now) / 2;
    match half >= LEFT {
        true => now.plus(half),
        false => date.at,
    }
}

#[cfg(test)]
mod tests;
