//! What became of the dates of schedules. Each date is one row, which moves on by a compare-and-set:
//! it is asked about once and becomes one order at most.

use chrono::NaiveDate;

use super::{cell, number};
use crate::domain::schedules::{Kept, Run, Schedule};
use crate::kernel::{CustomerId, OrderId, Timestamp};
use crate::store::error::StoreError;
use crate::store::read::Cell;
use crate::store::tx::{Tx, sql};

/// Keeps that the customer is asked about a date, with what they are told; `false` if they were
/// asked about that day before: nobody is asked twice.
pub async fn ask(
    tx: &mut Tx,
    schedule: &Schedule,
    (on, run, told): (NaiveDate, Run, &str),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let asked = sql!(
        tx,
        exec,
        "insert into schedule_runs (schedule_id, day, owner, state, told, at_ms)
         values ($1, $2, $3, $4, $5, $6) on conflict (schedule_id, day) do nothing",
        schedule.id,
        number(on),
        schedule.owner.0,
        run.code(),
        told,
        now.0
    )
    .map_err(StoreError::on("schedules.ask"))?;
    Ok(asked == 1)
}

/// Moves a date on from a state, with what the customer is told now; `false` if it is not in that
/// state any more: the compare-and-set that orders a date at most once.
pub async fn run(
    tx: &mut Tx,
    (schedule, on): (i64, NaiveDate),
    (from, to): (Run, Run),
    told: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let moved = sql!(
        tx,
        exec,
        "update schedule_runs set state = $1, told = $2, at_ms = $3
         where schedule_id = $4 and day = $5 and state = $6 and order_id is null",
        to.code(),
        told,
        now.0,
        schedule,
        number(on),
        from.code()
    )
    .map_err(StoreError::on("schedules.run"))?;
    Ok(moved == 1)
}

/// Keeps the order that a date became; `false` if it was not being placed.
pub async fn ordered(
    tx: &mut Tx,
    (schedule, on): (i64, NaiveDate),
    order: OrderId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update schedule_runs set state = $1, order_id = $2, at_ms = $3
         where schedule_id = $4 and day = $5 and state = $6 and order_id is null",
        Run::Ordered.code(),
        order.0,
        now.0,
        schedule,
        number(on),
        Run::Placing.code()
    )
    .map_err(StoreError::on("schedules.ordered"))?;
    Ok(done == 1)
}

/// What became of a date of one of somebody's schedules, with what it repeats; none: they were
/// never asked about it.
pub async fn kept(
    tx: &mut Tx,
    (schedule, on): (i64, NaiveDate),
    owner: CustomerId,
) -> Result<Option<Kept>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (String, String, Option<i64>),
        "select state, told, order_id from schedule_runs
         where schedule_id = $1 and day = $2 and owner = $3",
        schedule,
        number(on),
        owner.0
    )
    .map_err(StoreError::on("schedules.kept"))?;
    row.map(|(state, told, order)| {
        let cell = Cell {
            table: "schedule_runs",
            ..cell("state", &schedule)
        };
        Ok(Kept {
            run: cell.known(Run::parse(&state))?,
            told,
            order: order.map(OrderId),
        })
    })
    .transpose()
}

/// Forgets that somebody was asked about a date, unless it became an order: they took back that it
/// was left out, and are asked anew.
pub async fn forget_run(tx: &mut Tx, (schedule, on): (i64, NaiveDate)) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "delete from schedule_runs where schedule_id = $1 and day = $2 and order_id is null",
        schedule,
        number(on)
    )
    .map_err(StoreError::on("schedules.forget_run"))?;
    Ok(())
}
