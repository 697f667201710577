//! Schedules by whose they are, and by what they repeat. Nothing sealed is opened.

use chrono::NaiveDate;

use super::{AWAY, day};
use crate::kernel::{CompanyId, CustomerId, Timestamp};
use crate::store::error::StoreError;
use crate::store::tx::{Tx, sql};

/// How a schedule stands, for a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// The saved order that it repeats.
    pub saved: i64,
    /// The minute of the day by which it is ordered.
    pub minute: u32,
    /// The day on which it is ordered next; none: it rests.
    pub next: Option<NaiveDate>,
    /// Whether it rests because its customer could not be written to.
    pub is_away: bool,
}

/// How somebody's schedules stand that have days and a time, by their saved orders.
pub async fn of_owner(tx: &mut Tx, owner: CustomerId) -> Result<Vec<Brief>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, i64, Option<i64>, Option<i64>),
        "select saved_id, minute, next_day, paused from schedules
         where owner = $1 and minute is not null and days > 0 order by saved_id",
        owner.0
    )
    .map_err(StoreError::on("schedules.of_owner"))?;
    let brief = |(saved, minute, on, paused): (i64, i64, Option<i64>, Option<i64>)| Brief {
        saved,
        minute: u32::try_from(minute).unwrap_or_default(),
        next: on.and_then(day),
        is_away: paused == Some(AWAY),
    };
    Ok(rows.into_iter().map(brief).collect())
}

/// All schedules of a saved order, with whose they are: of `owner`, and of the members of the company
/// that shares it.
pub async fn of_order(
    tx: &mut Tx,
    (saved, owner): (i64, CustomerId),
    company: Option<&CompanyId>,
) -> Result<Vec<(i64, CustomerId)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, i64),
        "select k.id, k.owner from (select cast($2 as bigint) as who
            union select user_id from company_members where company = $3) w
         join schedules k on k.owner = w.who and k.saved_id = $1 order by k.id",
        saved,
        owner.0,
        company.map(CompanyId::as_str)
    )
    .map_err(StoreError::on("schedules.of_order"))?;
    let each = |(id, owner)| (id, CustomerId(owner));
    Ok(rows.into_iter().map(each).collect())
}

/// The schedules that end as somebody is no member of a company any more, with whose they are: their
/// own of what others share there, and those of others of what they share.
pub async fn of_leaver(
    tx: &mut Tx,
    company: &CompanyId,
    who: CustomerId,
) -> Result<Vec<(i64, CustomerId)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, i64),
        "select k.id, k.owner from schedules k join saved_orders s on s.id = k.saved_id
         where k.owner = $2 and s.company = $1 and s.owner <> $2
         union select k.id, k.owner from company_members m
         join schedules k on k.owner = m.user_id join saved_orders s on s.id = k.saved_id
         where m.company = $1 and s.company = $1 and s.owner = $2 and k.owner <> $2",
        company.as_str(),
        who.0
    )
    .map_err(StoreError::on("schedules.of_leaver"))?;
    let each = |(id, owner)| (id, CustomerId(owner));
    Ok(rows.into_iter().map(each).collect())
}

/// Deletes all of somebody's schedules, and what became of their dates.
pub async fn delete_all(tx: &mut Tx, owner: CustomerId) -> Result<u64, StoreError> {
    sql!(
        tx,
        exec,
        "delete from schedule_runs where owner = $1",
        owner.0
    )
    .map_err(StoreError::on("schedules.delete_runs"))?;
    sql!(tx, exec, "delete from schedules where owner = $1", owner.0)
        .map_err(StoreError::on("schedules.delete_all"))
}

/// All schedules that wait for a date without a timer of this kind: what was brought back from a
/// backup. Whose they are, by id, with their date.
pub async fn without_timer(
    tx: &mut Tx,
    kind: &str,
) -> Result<Vec<(i64, CustomerId, Timestamp)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, i64, i64),
        "select k.id, k.owner, k.next_ms from schedules k where k.next_ms is not null
         and not exists (select 1 from timers t where t.kind = $1
            and t.name = cast(k.id as text)) order by k.id",
        kind
    )
    .map_err(StoreError::on("schedules.without_timer"))?;
    let each = |(id, owner, at)| (id, CustomerId(owner), Timestamp(at));
    Ok(rows.into_iter().map(each).collect())
}
