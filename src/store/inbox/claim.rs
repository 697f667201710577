//! Takes rows for their turns, and ends or holds them.

use crate::kernel::Timestamp;

use super::super::batch::{Batch, MAX_ROWS, Value};
use super::super::db::{Db, Engine};
use super::super::error::StoreError;
use super::super::row::columns;
use super::super::tx::{Tx, sql};
use super::Kind;

/// A row taken for its turn, with what its lane remembers.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The row.
    pub id: i64,
    /// Its lane.
    pub lane: String,
    /// What it holds.
    pub kind: Kind,
    /// Panics and time-outs so far.
    pub attempts: i64,
    /// How often a starting process took it.
    pub starts: i64,
    /// Raw text or JSON, opened; none if it can't be opened.
    pub text: Option<String>,
    /// The version of the lane's session.
    pub session_version: i64,
    /// The lane's session as JSON, still sealed.
    pub session: Option<Vec<u8>>,
}

/// How a claimed row ends.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The row.
    pub id: i64,
    /// Its lane.
    pub lane: String,
    /// The version of the session that the turn saw.
    pub session_version: i64,
    /// The session's JSON, if it changed.
    pub session: Option<String>,
    /// Why it is dead, if it is.
    pub dead: Option<String>,
}

struct ClaimedRow {
    id: i64,
    lane: String,
    kind: String,
    attempts: i64,
    starts: i64,
    body: Option<Vec<u8>>,
    session_version: i64,
    session: Option<Vec<u8>>,
}
columns!(ClaimedRow: id, lane, kind, attempts, starts, body, session_version, session);

/// The text of a claim; `limit` heads that are due, the longest waiting first.
pub const CLAIM: &str =
    "select i.id, l.lane, i.kind, i.attempts, i.starts, i.body, l.session_version, l.session
     from lanes l join inbox i on i.id = l.head
     where l.head is not null and l.due_ms <= $1
     order by l.due_ms limit $2";

/// Begins a transaction and takes the oldest row of each lane that is due. On PostgreSQL nobody
/// else can take these lanes until the transaction ends, and lanes that others have are left out.
pub async fn claim(db: &Db, now: Timestamp, limit: i64) -> Result<(Tx, Vec<Claimed>), StoreError> {
    let error = StoreError::on("inbox.claim");
    // A lane is taken by a lock of its name, not of its row: new updates can enter it meanwhile.
    // One row is asked for after the other, and those beyond the limit are not.
    let take = format!(
        "select l.lane from (select lane from lanes
            where head is not null and due_ms <= {} order by due_ms offset 0) l
         where pg_try_advisory_xact_lock(hashtextextended(l.lane, 0)) limit {limit}",
        now.millis()
    );
    let (mut tx, lanes) = db.begin_with(take).await?;
    let rows = match lanes {
        None => sql!(tx, fetch_all as ClaimedRow, CLAIM, now.millis(), limit),
        Some(lanes) if lanes.is_empty() => return Ok((tx, Vec::new())),
        // Only now: who had a lane a moment ago may have moved it on.
        Some(lanes) => sql!(tx, fetch_all as ClaimedRow,
            "select i.id, l.lane, i.kind, i.attempts, i.starts, i.body, l.session_version, l.session
             from lanes l join inbox i on i.id = l.head
             where l.lane = any(string_to_array($1, ',')) and l.due_ms <= $2
             order by l.due_ms", names(lanes.iter()), now.millis()),
    }
    .map_err(error)?;
    let rows = rows.into_iter().map(|row| open(&tx, row)).collect();
    Ok((tx, rows))
}

/// Names of lanes, which have no comma, as PostgreSQL takes them apart again: one text for any
/// number of them.
fn names<'a>(lanes: impl Iterator<Item = &'a String>) -> String {
    lanes.map(String::as_str).collect::<Vec<_>>().join(",")
}

/// Begins a transaction and takes the oldest row of one lane, if it is due and nobody else has it.
pub async fn claim_lane(
    db: &Db,
    lane: &str,
    now: Timestamp,
) -> Result<(Tx, Option<Claimed>), StoreError> {
    let name = lane.replace('\'', "''");
    let take =
        format!("select '{name}' where pg_try_advisory_xact_lock(hashtextextended('{name}', 0))");
    let (mut tx, taken) = db.begin_with(take).await?;
    if taken.is_some_and(|taken| taken.is_empty()) {
        return Ok((tx, None));
    }
    let row =
        sql!(tx, fetch_optional as ClaimedRow,
        "select i.id, l.lane, i.kind, i.attempts, i.starts, i.body, l.session_version, l.session
         from lanes l join inbox i on i.id = l.head
         where l.lane = $1 and l.due_ms <= $2", lane, now.millis())
        .map_err(StoreError::on("inbox.claim_lane"))?;
    let row = row.map(|row| open(&tx, row));
    Ok((tx, row))
}

/// A body that can't be opened is no reason to stop: its row becomes a dead letter.
fn open(tx: &Tx, row: ClaimedRow) -> Claimed {
    let keys = tx.keys();
    let opened = row
        .body
        .and_then(|body| keys.open_text("inbox", "body", row.id, &body).ok());
    let kind = Kind::read(&row.kind);
    Claimed {
        text: opened.filter(|_| kind.is_some()),
        kind: kind.unwrap_or(Kind::Update),
        id: row.id,
        lane: row.lane,
        attempts: row.attempts,
        starts: row.starts,
        session_version: row.session_version,
        session: row.session,
    }
}

/// Ends claimed rows and moves their lanes on, each to where its next row has its place among
/// those of other lanes by its time of arrival: two statements for any number of rows.
///
/// # Errors
/// `Corrupt` if a lane's session is not the one that the turn saw.
pub async fn finish(tx: &mut Tx, rows: &[Finished], now: Timestamp) -> Result<(), StoreError> {
    for chunk in rows.chunks(MAX_ROWS) {
        finish_rows(tx, chunk, now).await?;
        finish_lanes(tx, chunk, now).await?;
    }
    Ok(())
}

async fn finish_rows(tx: &mut Tx, rows: &[Finished], now: Timestamp) -> Result<(), StoreError> {
    let (dead, done): (Vec<&Finished>, Vec<&Finished>) =
        rows.iter().partition(|row| row.dead.is_some());
    for row in dead {
        end_rows(tx, &[row], row.dead.as_deref(), rows, now).await?;
    }
    if done.is_empty() {
        return Ok(());
    }
    end_rows(tx, &done, None, rows, now).await
}

/// Ends some of `all`. On PostgreSQL it locks the rows of all their lanes in passing: before the
/// statement that looks for what has entered them, so that it sees all of it, and in the order of
/// `enter`, so that nobody waits in a circle.
async fn end_rows(
    tx: &mut Tx,
    rows: &[&Finished],
    dead: Option<&str>,
    all: &[Finished],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut batch = Batch::new("update inbox set state = ")
        .arg(if dead.is_some() { "dead" } else { "done" })
        .text(", handled_ms = ")
        .arg(now.millis())
        .text(", error = ")
        .arg(dead.map(str::to_owned))
        .text(" where state = 'new' and id in (")
        .list(rows.iter().map(|row| row.id))
        .text(")");
    if tx.engine() == Engine::Postgres {
        batch = batch
            .text(" and exists (select from (select lane from lanes where lane = any(string_to_array(")
            .arg(names(all.iter().map(|row| &row.lane)))
            .text(", ',')) order by lane collate \"C\" for update) as held offset ")
            .arg(all.len() as i64 - 1)
            .text(")");
    }
    let touched = batch
        .exec(tx)
        .await
        .map_err(StoreError::on("inbox.finish"))?;
    if touched == rows.len() as u64 {
        Ok(())
    } else {
        Err(StoreError::corrupt(
            "inbox.finish",
            "a claimed row of inbox was handled by others",
        ))
    }
}

async fn finish_lanes(tx: &mut Tx, rows: &[Finished], now: Timestamp) -> Result<(), StoreError> {
    let keys = tx.keys();
    let mut values = Vec::with_capacity(rows.len());
    for row in rows {
        let sealed = match &row.session {
            Some(json) => Some(keys.seal_text("lanes", "session", &row.lane, json)?),
            None => None,
        };
        let version = row.session_version + i64::from(sealed.is_some());
        values.push([
            Value::from(row.lane.as_str()),
            row.session_version.into(),
            version.into(),
            sealed.into(),
            now.millis().into(),
        ]);
    }
    let touched = Batch::new(
        "update lanes set
            head = (select min(i.id) from inbox i where i.lane = lanes.lane and i.state = 'new'),
            waiting = lanes.waiting - 1,
            due_ms = coalesce((select i.created_ms from inbox i
                where i.lane = lanes.lane and i.state = 'new' order by i.id limit 1), v.column5),
            session_version = v.column3,
            session = case when v.column4 is null then lanes.session else v.column4 end,
            session_ms = case when v.column4 is null then lanes.session_ms else v.column5 end
         from (",
    )
    .rows(values)
    .text(") as v where lanes.lane = v.column1 and lanes.session_version = v.column2")
    .exec(tx)
    .await
    .map_err(StoreError::on("inbox.finish_lanes"))?;
    if touched == rows.len() as u64 {
        Ok(())
    } else {
        Err(StoreError::corrupt(
            "inbox.finish_lanes",
            "a session changed under its own turn",
        ))
    }
}

/// After a panic or a time-out: counts it and holds the lane until `due`.
pub async fn hold(tx: &mut Tx, row: &Claimed, due: Timestamp) -> Result<(), StoreError> {
    let error = StoreError::on("inbox.hold");
    sql!(
        tx,
        exec,
        "update inbox set attempts = attempts + 1 where id = $1",
        row.id
    )
    .map_err(error)?;
    sql!(
        tx,
        exec,
        "update lanes set due_ms = $1 where lane = $2 and head = $3",
        due.millis(),
        row.lane.as_str(),
        row.id
    )
    .map_err(error)?;
    Ok(())
}

/// Counts that a starting process is about to handle this row; committed before it does.
pub async fn count_start(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "update inbox set starts = starts + 1 where id = $1",
        id
    )
    .map_err(StoreError::on("inbox.count_start"))?;
    Ok(())
}

/// Lets every held lane go on now: the clock was set back since it was held.
pub async fn release_held(tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "update lanes set due_ms = $1 where head is not null and due_ms > $1",
        now.millis()
    )
    .map_err(StoreError::on("inbox.release_held"))?;
    Ok(())
}

/// Holds a lane until `due` without counting an attempt.
pub async fn delay(tx: &mut Tx, row: &Claimed, due: Timestamp) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "update lanes set due_ms = $1 where lane = $2 and head = $3",
        due.millis(),
        row.lane.as_str(),
        row.id
    )
    .map_err(StoreError::on("inbox.delay"))?;
    Ok(())
}
