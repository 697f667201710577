//! What came in and waits for its turn: updates, due timers, results of calls, events of other
//! lanes.
//!
//! A lane's row in `lanes` points at its oldest waiting row, so that a claim costs the same
//! whatever waits behind. A turn never touches a foreign lane: what it has for others is posted
//! and moved into its lane by [`relay`] after the commit; so no two turns wait for each other.

mod claim;

use std::collections::BTreeMap;

use crate::kernel::Timestamp;

use super::batch::{Batch, MAX_ROWS, Value};
use super::db::Engine;
use super::error::StoreError;
use super::row::columns;
use super::tx::{Tx, sql};

pub use claim::{
    CLAIM, Claimed, Finished, claim, claim_lane, count_start, delay, finish, hold, release_held,
};

/// At most so many rows of one lane wait; the next is answered with "too fast", the rest are
/// kept and not handled. Far above what a person taps in the seconds that a retry takes.
pub const MAX_WAITING: i64 = 50;

/// Any number that nothing else in the database uses.
const RELAY_LOCK: i64 = 0x6b73_2d6f_7264_6572;

/// What a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An update's raw text.
    Update,
    /// An event of ours, as JSON.
    Internal,
    /// An update that came when too many waited.
    TooFast,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Internal => "internal",
            Self::TooFast => "too_fast",
        }
    }

    fn read(name: &str) -> Option<Self> {
        [Self::Update, Self::Internal, Self::TooFast]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// An update to be recorded.
#[derive(Debug, Clone)]
pub struct NewUpdate {
    /// Its place in the order of arrival.
    pub id: i64,
    /// Telegram's id, unique.
    pub update_id: i64,
    /// Where it belongs.
    pub lane: String,
    /// The raw text.
    pub text: String,
    /// Whether it may be dropped when too many wait; not so what tells of a chat's state.
    pub may_skip: bool,
}

/// An event for a lane, to be posted.
#[derive(Debug, Clone)]
pub struct NewInternal {
    /// Its place in the order of arrival.
    pub id: i64,
    /// Where it belongs.
    pub lane: String,
    /// The event as JSON.
    pub text: String,
    /// The row whose turn made it.
    pub cause: Option<i64>,
}

/// What became of updates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    /// How many were not known yet.
    pub new: usize,
    /// Ids of rows that will not be handled: too many of their lane wait.
    pub skipped: Vec<i64>,
}

/// Records updates. Known ones are left as they are.
pub async fn record(
    tx: &mut Tx,
    updates: &[NewUpdate],
    now: Timestamp,
) -> Result<Recorded, StoreError> {
    let mut all = Recorded::default();
    for chunk in updates.chunks(MAX_ROWS) {
        let one = record_chunk(tx, chunk, now).await?;
        all.new += one.new;
        all.skipped.extend(one.skipped);
    }
    Ok(all)
}

async fn record_chunk(
    tx: &mut Tx,
    updates: &[NewUpdate],
    now: Timestamp,
) -> Result<Recorded, StoreError> {
    let keys = tx.keys();
    let mut rows = Vec::with_capacity(updates.len());
    for update in updates {
        rows.push([
            Value::from(update.id),
            update.update_id.into(),
            update.lane.as_str().into(),
            Kind::Update.name().into(),
            "new".into(),
            0.into(),
            0.into(),
            keys.seal_text("inbox", "body", update.id, &update.text)?
                .into(),
            keys.digest("inbox", &update.text).into(),
            now.millis().into(),
        ]);
    }
    let inserted: Vec<(i64,)> = Batch::new(
        "insert into inbox (id, update_id, lane, kind, state, attempts, starts, body, digest, created_ms) ",
    )
    .rows(rows)
    .text(" on conflict (update_id) do nothing returning id")
    .fetch_all(tx)
    .await
    .map_err(StoreError::on("inbox.record"))?;
    let mut lanes: BTreeMap<&str, Vec<&NewUpdate>> = BTreeMap::new();
    for update in updates
        .iter()
        .filter(|update| inserted.contains(&(update.id,)))
    {
        lanes.entry(&update.lane).or_default().push(update);
    }
    let entries = lanes.iter().map(|(lane, rows)| {
        let head = rows.iter().map(|row| row.id).min().unwrap_or_default();
        (*lane, head, rows.len() as i64)
    });
    let mut skipped = Vec::new();
    for (lane, waiting) in enter(tx, entries, now).await? {
        if waiting > MAX_WAITING
            && let Some(rows) = lanes.get(lane.as_str())
        {
            skipped.extend(shed(tx, &lane, rows, waiting, now).await?);
        }
    }
    Ok(Recorded {
        new: inserted.len(),
        skipped,
    })
}

/// Adds rows to lanes, in the order of the lanes' names: two that do it wait for each other, but
/// never in a circle. Gives how many wait in each now.
async fn enter<'a>(
    tx: &mut Tx,
    entries: impl Iterator<Item = (&'a str, i64, i64)>,
    now: Timestamp,
) -> Result<Vec<(String, i64)>, StoreError> {
    let rows: Vec<_> = entries
        .map(|(lane, head, count)| {
            [
                Value::from(lane),
                head.into(),
                now.millis().into(),
                count.into(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    Batch::new("insert into lanes (lane, head, due_ms, waiting) ")
        .rows(rows)
        .text(
            " on conflict (lane) do update set
                head = case when lanes.head is null or excluded.head < lanes.head
                            then excluded.head else lanes.head end,
                due_ms = case when lanes.head is null then excluded.due_ms else lanes.due_ms end,
                waiting = lanes.waiting + excluded.waiting
              returning lane, waiting",
        )
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("inbox.enter"))
}

/// Too many wait: the first row above the limit becomes "too fast", the others are skipped; gives
/// these.
async fn shed(
    tx: &mut Tx,
    lane: &str,
    rows: &[&NewUpdate],
    waiting: i64,
    now: Timestamp,
) -> Result<Vec<i64>, StoreError> {
    let before = waiting - rows.len() as i64;
    let room = usize::try_from(MAX_WAITING - before).unwrap_or(0);
    let mut excess = rows
        .iter()
        .filter(|row| row.may_skip)
        .skip(room)
        .map(|row| row.id);
    let told = before > MAX_WAITING;
    let first = if told { None } else { excess.next() };
    if let Some(id) = first {
        sql!(
            tx,
            exec,
            "update inbox set kind = 'too_fast' where id = $1",
            id
        )
        .map_err(StoreError::on("inbox.too_fast"))?;
    }
    let skipped: Vec<i64> = excess.collect();
    if skipped.is_empty() {
        return Ok(skipped);
    }
    let count = skipped.len() as i64;
    Batch::new("update inbox set state = 'skipped', handled_ms = ")
        .arg(now.millis())
        .text(" where id in (")
        .list(skipped.iter().copied())
        .text(")")
        .exec(tx)
        .await
        .map_err(StoreError::on("inbox.skip"))?;
    sql!(
        tx,
        exec,
        "update lanes set waiting = waiting - $1,
                head = (select min(i.id) from inbox i where i.lane = lanes.lane and i.state = 'new')
         where lane = $2",
        count,
        lane
    )
    .map_err(StoreError::on("inbox.shed"))?;
    Ok(skipped)
}

/// Posts events for other lanes. They wait until [`relay`] moves them into their lanes.
pub async fn post(tx: &mut Tx, events: &[NewInternal], now: Timestamp) -> Result<(), StoreError> {
    let keys = tx.keys();
    for chunk in events.chunks(MAX_ROWS) {
        let mut rows = Vec::with_capacity(chunk.len());
        for event in chunk {
            rows.push([
                Value::from(event.id),
                event.lane.as_str().into(),
                Kind::Internal.name().into(),
                "posted".into(),
                0.into(),
                0.into(),
                keys.seal_text("inbox", "body", event.id, &event.text)?
                    .into(),
                keys.digest("inbox", &event.text).into(),
                event.cause.into(),
                now.millis().into(),
            ]);
        }
        Batch::new(
            "insert into inbox (id, lane, kind, state, attempts, starts, body, digest, cause, created_ms) ",
        )
        .rows(rows)
        .exec(tx)
        .await
        .map_err(StoreError::on("inbox.post"))?;
    }
    Ok(())
}

/// Moves posted events into their lanes; gives how many. Waits for lanes whose turns are ending:
/// on PostgreSQL to be called in a transaction of its own, which holds nothing that a turn may
/// want.
pub async fn relay(tx: &mut Tx, now: Timestamp) -> Result<usize, StoreError> {
    let error = StoreError::on("inbox.relay");
    if tx.engine() == Engine::Postgres {
        // One at a time: else of two events of one lane the later could be moved first. SQLite
        // has one writer anyway.
        sql!(tx, exec, "select pg_advisory_xact_lock($1)", RELAY_LOCK).map_err(error)?;
    }
    let posted = sql!(
        tx,
        fetch_all as (i64, String),
        "select id, lane from inbox where state = 'posted' order by id limit 500"
    )
    .map_err(error)?;
    if posted.is_empty() {
        return Ok(0);
    }
    Batch::new("update inbox set state = 'new' where id in (")
        .list(posted.iter().map(|(id, _)| *id))
        .text(")")
        .exec(tx)
        .await
        .map_err(error)?;
    let mut lanes: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for (id, lane) in &posted {
        let entry = lanes.entry(lane).or_insert((*id, 0));
        entry.0 = entry.0.min(*id);
        entry.1 += 1;
    }
    let entries = lanes
        .iter()
        .map(|(lane, (head, count))| (*lane, *head, *count));
    enter(tx, entries, now).await?;
    Ok(posted.len())
}

/// What waits, for the loops and for tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// The earliest time at which a lane is due.
    pub next_due: Option<i64>,
    /// Whether events wait to be moved into their lanes.
    pub posted: bool,
    /// The highest id ever given.
    pub last_id: i64,
}

/// Looks at what waits.
pub async fn waiting(tx: &mut Tx) -> Result<Waiting, StoreError> {
    let (next_due, posted, last_id) = sql!(
        tx,
        fetch_one as (Option<i64>, Option<i64>, Option<i64>),
        "select (select min(due_ms) from lanes where head is not null),
                (select min(id) from inbox where state = 'posted'),
                (select max(id) from inbox)"
    )
    .map_err(StoreError::on("inbox.waiting"))?;
    Ok(Waiting {
        next_due,
        posted: posted.is_some(),
        last_id: last_id.unwrap_or_default(),
    })
}

/// A dead letter, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// The row.
    pub id: i64,
    /// Its lane.
    pub lane: String,
    /// Telegram's id, if it was an update.
    pub update_id: Option<i64>,
    /// Why.
    pub error: Option<String>,
    /// When it came.
    pub created_ms: i64,
}
columns!(Dead: id, lane, update_id, error, created_ms);

/// The dead letters, oldest first.
pub async fn dead(tx: &mut Tx) -> Result<Vec<Dead>, StoreError> {
    sql!(
        tx,
        fetch_all as Dead,
        "select id, lane, update_id, error, created_ms from inbox where state = 'dead'
         order by id limit 1000"
    )
    .map_err(StoreError::on("inbox.dead"))
}

/// The content of a row, opened; none if it is gone.
pub async fn text(tx: &mut Tx, id: i64) -> Result<Option<String>, StoreError> {
    let found = sql!(
        tx,
        fetch_optional as (Option<Vec<u8>>,),
        "select body from inbox where id = $1",
        id
    )
    .map_err(StoreError::on("inbox.text"))?;
    match found {
        Some((Some(body),)) => tx.keys().open_text("inbox", "body", id, &body).map(Some),
        Some((None,)) | None => Ok(None),
    }
}

/// Gives a dead letter another chance, at once; false if there is none of this id.
pub async fn retry(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    let touched = sql!(tx, exec,
        "update inbox set state = 'posted', attempts = 0, starts = 0, handled_ms = null, error = null
         where id = $1 and state = 'dead' and body is not null", id)
    .map_err(StoreError::on("inbox.retry"))?;
    Ok(touched == 1)
}

/// Removes the bodies of rows handled before `bodies`, and whole rows handled before `rows`;
/// dead letters stay. Gives how many rows were touched, at most about 1000.
pub async fn forget(tx: &mut Tx, bodies: Timestamp, rows: Timestamp) -> Result<u64, StoreError> {
    let error = StoreError::on("inbox.forget");
    let emptied = sql!(
        tx,
        exec,
        "update inbox set body = null where id in (
            select id from inbox where body is not null and handled_ms is not null
                and handled_ms < $1 and state in ('done', 'skipped') limit 500)",
        bodies.millis()
    )
    .map_err(error)?;
    let gone = sql!(
        tx,
        exec,
        "delete from inbox where id in (
            select id from inbox where handled_ms is not null
                and handled_ms < $1 and state in ('done', 'skipped') limit 500)",
        rows.millis()
    )
    .map_err(error)?;
    Ok(emptied + gone)
}
