//! What came in and what went out: rows that were handled and sent are emptied, the person's own
//! lose their lane, dead letters that name them are given up.

use super::super::super::batch::{Batch, MAX_ROWS};
use super::super::super::error::StoreError;
use super::super::super::row::columns;
use super::super::super::tx::{Tx, sql};
use super::super::Job;
use super::{LONG_PAGE, Swept, theirs};

/// The lane of handled rows that were an erased person's: nobody's chat.
const NO_LANE: &str = "erased";

struct InRow {
    id: i64,
    lane: String,
    dead: Option<Vec<u8>>,
}
columns!(InRow: id, lane, dead);

/// What came in: a page of it.
pub async fn inbox(tx: &mut Tx, job: &Job) -> Result<Swept, StoreError> {
    let error = StoreError::on("erasure.inbox");
    let waiting = sql!(
        tx,
        fetch_optional as (i64,),
        "select id from inbox where state in ('new', 'posted') and id <= $1 limit 1",
        job.until
    )
    .map_err(error)?;
    if waiting.is_some() {
        return Ok(Swept::Waits);
    }
    let rows = sql!(
        tx,
        fetch_all as InRow,
        "select id, lane, case when state = 'dead' then body end as dead
         from inbox where id > $1 and id <= $2 order by id limit $3",
        job.after,
        job.until,
        LONG_PAGE
    )
    .map_err(error)?;
    let Some(last) = rows.last().map(|row| row.id) else {
        return Ok(Swept::All);
    };
    let (lane, in_groups) = (job.person.to_string(), format!("/{}", job.person));
    let is_own = |row: &InRow| {
        (row.lane == lane && row.id <= job.own_until) || row.lane.ends_with(&in_groups)
    };
    let keys = tx.keys();
    let mut gone: Vec<i64> = Vec::new();
    for row in &rows {
        let names =
            |sealed: &Vec<u8>| opened_names(&keys.open("inbox", "body", row.id, sealed), job);
        if is_own(row) || row.dead.as_ref().is_some_and(names) {
            gone.push(row.id);
        }
    }
    for part in gone.chunks(MAX_ROWS) {
        Batch::new("update inbox set body = null, digest = ")
            .arg(Vec::new())
            .text(", state = case when state = 'dead' then 'skipped' else state end, lane = ")
            .arg(NO_LANE)
            .text(" where id in (")
            .list(part.iter().copied())
            .text(")")
            .exec(tx)
            .await
            .map_err(error)?;
    }
    // A digest tells who has the key whether a text that they guess was said: it goes, too.
    sql!(
        tx,
        exec,
        "update inbox set body = null, digest = $3 where id > $1 and id <= $2
         and (body is not null or digest <> $3) and state in ('done', 'skipped')",
        job.after,
        last,
        Vec::<u8>::new()
    )
    .map_err(error)?;
    Ok(Swept::To(last))
}

/// Whether an opened body names the person; one that can't be read may.
fn opened_names(opened: &Result<Vec<u8>, StoreError>, job: &Job) -> bool {
    let value = opened.as_ref().ok();
    let value = value.and_then(|plain| serde_json::from_slice::<serde_json::Value>(plain).ok());
    value.is_none_or(|value| job.traces.are_in_json(&value))
}

struct OutRow {
    id: i64,
    card: Option<String>,
    dead: Option<Vec<u8>>,
}
columns!(OutRow: id, card, dead);

/// The cards by which companies' admins were asked to let the person in are named after both.
fn asking(job: &Job) -> String {
    format!("join:%:{}", job.person)
}

/// What went out to others: a page of it.
pub async fn outbox(tx: &mut Tx, job: &Job) -> Result<Swept, StoreError> {
    let error = StoreError::on("erasure.outbox");
    let waiting = sql!(
        tx,
        fetch_optional as (i64,),
        "select id from outbox where state = 'new' and id <= $1 limit 1",
        job.until
    )
    .map_err(error)?;
    if waiting.is_some() {
        return Ok(Swept::Waits);
    }
    let (last,) = sql!(
        tx,
        fetch_one as (Option<i64>,),
        "select max(id) from (select id from outbox where id > $1 and id <= $2
         order by id limit $3) as page",
        job.after,
        job.until,
        LONG_PAGE
    )
    .map_err(error)?;
    let Some(last) = last else {
        sql!(
            tx,
            exec,
            "delete from cards where card like $1",
            asking(job)
        )
        .map_err(error)?;
        return Ok(Swept::All);
    };
    let dead = sql!(
        tx,
        fetch_all as OutRow,
        "select id, card, body as dead from outbox where state = 'dead' and id > $1 and id <= $2",
        job.after,
        last
    )
    .map_err(error)?;
    let gone = dead_ones(tx, job, dead).await?;
    if !gone.is_empty() {
        Batch::new("update outbox set state = 'superseded' where id in (")
            .list(gone)
            .text(")")
            .exec(tx)
            .await
            .map_err(error)?;
    }
    // A digest tells who has the key whether a text that they guess was said: it goes, too.
    sql!(
        tx,
        exec,
        "update outbox set body = null, digest = $3,
         card = case when card like $4 then null else card end
         where id > $1 and id <= $2 and state in ('done', 'superseded')
         and (body is not null or digest <> $3 or card like $4)",
        job.after,
        last,
        Vec::<u8>::new(),
        asking(job)
    )
    .map_err(error)?;
    Ok(Swept::To(last))
}

/// The dead letters that show an order of the person's, or name them.
async fn dead_ones(tx: &mut Tx, job: &Job, dead: Vec<OutRow>) -> Result<Vec<i64>, StoreError> {
    let order_of = |row: &OutRow| -> Option<i64> {
        let (_, id) = row.card.as_deref()?.split_once(':')?;
        id.parse().ok()
    };
    let theirs = theirs(tx, job, dead.iter().filter_map(order_of).collect()).await?;
    let keys = tx.keys();
    let is_gone = |row: &OutRow| {
        let names =
            |sealed: &Vec<u8>| opened_names(&keys.open("outbox", "body", row.id, sealed), job);
        order_of(row).is_some_and(|id| theirs.contains(&id)) || row.dead.as_ref().is_some_and(names)
    };
    Ok(dead
        .iter()
        .filter(|row| is_gone(row))
        .map(|row| row.id)
        .collect())
}
