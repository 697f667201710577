//! Schedules of saved orders, and what became of their dates. Lines left out once are sealed.

mod lists;
mod runs;

use chrono::{Datelike, NaiveDate};

use super::error::StoreError;
use super::read::Cell;
use super::row::columns;
use super::saved;
use super::tx::{Tx, sql};
use crate::domain::cart::NewLine;
use crate::domain::saved::SavedOrder;
use crate::domain::schedules::{Date, Days, Kept, MOST, Pause, Run, Schedule};
use crate::kernel::{CompanyId, CustomerId, OrderId, Timestamp};

pub use lists::{Brief, delete_all, of_leaver, of_order, of_owner, without_timer};
pub use runs::{ask, forget_run, kept, ordered, run};

/// A query of whole schedules: `select_schedules!("where …")`.
macro_rules! select_schedules {
    ($rest:literal) => {
        concat!(
            "select k.id, k.owner, k.saved_id, k.days, k.minute, k.auto_minor, k.paused,
                k.skip_day, k.last_day, k.next_day, k.next_ms, k.body, k.version, r.state,
                r.told, r.order_id, s.owner as sharer, s.company, s.name, s.body as wanted,
                s.usual, s.version as saved_version,
                (select count(*) from company_members o
                 where o.company = s.company and o.user_id = s.owner) as there,
                (select max(b.day) from schedule_runs b
                 where b.schedule_id = k.id and b.state = 'ordered') as ordered
             from schedules k left join saved_orders s on s.id = k.saved_id
             left join schedule_runs r on r.schedule_id = k.id and r.day = k.next_day ",
            $rest
        )
    };
}

/// A schedule with what it repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The schedule.
    pub schedule: Schedule,
    /// What is kept of its next date; none: nobody was asked about it.
    pub kept: Option<Kept>,
    /// The saved order; none: it is gone.
    pub saved: Option<saved::Found>,
    /// The last day on which it became an order.
    pub ordered: Option<NaiveDate>,
}

struct Row {
    id: i64,
    owner: i64,
    saved_id: i64,
    days: i64,
    minute: Option<i64>,
    auto_minor: Option<i64>,
    paused: Option<i64>,
    skip_day: Option<i64>,
    last_day: Option<i64>,
    next_day: Option<i64>,
    next_ms: Option<i64>,
    body: Option<Vec<u8>>,
    version: i64,
    state: Option<String>,
    told: Option<String>,
    order_id: Option<i64>,
    sharer: Option<i64>,
    company: Option<String>,
    name: Option<Vec<u8>>,
    wanted: Option<Vec<u8>>,
    usual: Option<bool>,
    saved_version: Option<i64>,
    there: i64,
    ordered: Option<i64>,
}
columns!(Row: id, owner, saved_id, days, minute, auto_minor, paused, skip_day, last_day, next_day,
    next_ms, body, version, state, told, order_id, sharer, company, name, wanted, usual,
    saved_version, there, ordered);

/// For saying how long a schedule rests, where other numbers are days: until somebody resumes it.
const OPEN: i64 = 0;
/// The same, because its customer could not be written to.
const AWAY: i64 = 1;

fn number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn day(number: i64) -> Option<NaiveDate> {
    let year = i32::try_from(number / 10_000).ok()?;
    let (month, day) = (number / 100 % 100, number % 100);
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

fn cell<'a>(column: &'static str, id: &'a i64) -> Cell<'a, i64> {
    Cell {
        query: "schedules",
        table: "schedules",
        column,
        row: id,
    }
}

impl Row {
    fn schedule(&self, tx: &Tx) -> Result<Schedule, StoreError> {
        let day = |column, number: Option<i64>| {
            let read = |number| cell(column, &self.id).known(day(number));
            number.map(read).transpose()
        };
        let minute = |minute| cell("minute", &self.id).known(u32::try_from(minute).ok());
        let without: Vec<NewLine> = match &self.body {
            Some(body) => cell("body", &self.id).open(&tx.keys(), body)?,
            None => Vec::new(),
        };
        let pause = match self.paused {
            Some(OPEN) => Some(Pause::Open),
            Some(AWAY) => Some(Pause::Away),
            until => day("paused", until)?.map(Pause::Until),
        };
        let next = day("next_day", self.next_day)?.zip(self.next_ms);
        Ok(Schedule {
            id: self.id,
            owner: CustomerId(self.owner),
            saved: self.saved_id,
            days: cell("days", &self.id).known(Days::from_bits(self.days))?,
            minute: self.minute.map(minute).transpose()?,
            auto_minor: self.auto_minor,
            pause,
            skip: day("skip_day", self.skip_day)?,
            last: day("last_day", self.last_day)?,
            next: next.map(|(day, at)| Date {
                day,
                at: Timestamp(at),
            }),
            without,
            version: self.version,
        })
    }

    fn kept(&self) -> Result<Option<Kept>, StoreError> {
        let Some(state) = &self.state else {
            return Ok(None);
        };
        let cell = Cell {
            table: "schedule_runs",
            ..cell("state", &self.id)
        };
        Ok(Some(Kept {
            run: cell.known(Run::parse(state))?,
            told: self.told.clone().unwrap_or_default(),
            order: self.order_id.map(OrderId),
        }))
    }

    fn found(self, tx: &Tx) -> Result<Found, StoreError> {
        let saved = match (self.sharer, self.saved_version) {
            (Some(owner), Some(version)) => {
                let sealed = [&self.name, &self.wanted].map(|s| s.as_deref().unwrap_or_default());
                let (name, body) = saved::open(tx, self.saved_id, sealed)?;
                let saved = SavedOrder {
                    id: self.saved_id,
                    owner: CustomerId(owner),
                    company: self.company.clone().map(CompanyId),
                    name,
                    usual: self.usual.unwrap_or_default(),
                    version,
                    body,
                };
                Some(saved::Found {
                    saved,
                    owner_is_there: self.there > 0,
                })
            }
            _ => None,
        };
        Ok(Found {
            schedule: self.schedule(tx)?,
            kept: self.kept()?,
            saved,
            ordered: self.ordered.and_then(day),
        })
    }
}

/// A schedule, whoever asks: whose it is is the caller's to look at.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<Found>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        select_schedules!("where k.id = $1"),
        id
    )
    .map_err(StoreError::on("schedules.find"))?;
    row.map(|row| row.found(tx)).transpose()
}

/// Somebody's schedule of a saved order.
pub async fn of_saved(
    tx: &mut Tx,
    owner: CustomerId,
    saved: i64,
) -> Result<Option<Found>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        select_schedules!("where k.owner = $1 and k.saved_id = $2"),
        owner.0,
        saved
    )
    .map_err(StoreError::on("schedules.of_saved"))?;
    row.map(|row| row.found(tx)).transpose()
}

/// Keeps a schedule, a new one (version 0) or a changed one; its version rises, here and in
/// `schedule`. `false` if somebody changed it or ended it meanwhile, if there is another one of
/// the same saved order, or if its owner has as many as may be.
pub async fn save(
    tx: &mut Tx,
    schedule: &mut Schedule,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let body = match schedule.without.is_empty() {
        true => None,
        false => Some(cell("body", &schedule.id).seal(&tx.keys(), &schedule.without)?),
    };
    let paused = schedule.pause.map(|pause| match pause {
        Pause::Open => OPEN,
        Pause::Away => AWAY,
        Pause::Until(day) => number(day),
    });
    let next = schedule.next;
    let written = match schedule.version {
        0 => sql!(
            tx,
            exec,
            "insert into schedules (id, owner, saved_id, days, minute, auto_minor, paused,
                skip_day, last_day, next_day, next_ms, body, version, made_ms, changed_ms)
             select cast($1 as bigint), cast($2 as bigint), cast($3 as bigint),
                cast($4 as bigint), cast($5 as bigint), cast($6 as bigint), cast($7 as bigint),
                cast($8 as bigint), cast($9 as bigint), cast($10 as bigint),
                cast($11 as bigint), $12, 1, cast($13 as bigint),
                cast($13 as bigint)
             where (select count(*) from schedules where owner = $2) < $14
             on conflict (owner, saved_id) do nothing",
            schedule.id,
            schedule.owner.0,
            schedule.saved,
            schedule.days.bits(),
            schedule.minute.map(i64::from),
            schedule.auto_minor,
            paused,
            schedule.skip.map(number),
            schedule.last.map(number),
            next.map(|date| number(date.day)),
            next.map(|date| date.at.0),
            body,
            now.0,
            MOST as i64
        ),
        version => sql!(
            tx,
            exec,
            "update schedules set days = $1, minute = $2, auto_minor = $3, paused = $4,
                skip_day = $5, last_day = $6, next_day = $7, next_ms = $8, body = $9,
                version = version + 1, changed_ms = $10 where id = $11 and version = $12",
            schedule.days.bits(),
            schedule.minute.map(i64::from),
            schedule.auto_minor,
            paused,
            schedule.skip.map(number),
            schedule.last.map(number),
            next.map(|date| number(date.day)),
            next.map(|date| date.at.0),
            body,
            now.0,
            schedule.id,
            version
        ),
    }
    .map_err(StoreError::on("schedules.save"))?;
    if written == 1 {
        schedule.version += 1;
    }
    Ok(written == 1)
}

/// Ends a schedule; `false` if somebody changed or ended it meanwhile. What became orders of its
/// dates stays known.
pub async fn delete(tx: &mut Tx, schedule: &Schedule) -> Result<bool, StoreError> {
    let gone = sql!(
        tx,
        exec,
        "delete from schedules where id = $1 and version = $2",
        schedule.id,
        schedule.version
    )
    .map_err(StoreError::on("schedules.delete"))?;
    Ok(gone == 1)
}
