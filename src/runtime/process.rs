//! Handles what waits in the inbox: claims the heads of lanes, runs their turns, commits.
//!
//! On SQLite many turns share a transaction, each behind its savepoint; a database error undoes
//! them all and they run again one by one. On PostgreSQL several workers take one row each.
//! Nobody hears of a turn before its COMMIT succeeded.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::kernel::{ChatId, IdSource};
use crate::store::inbox::{self, Claimed};
use crate::store::{Engine, Kind, StoreError, Tx};

use super::backoff::Backoff;
use super::counters::Counters;
use super::engine::{Places, Shared};
use super::handler::Handler;
use super::send::News;
use super::turn::{self, Done, Failure, Part, Writes};

/// Pauses after a failed attempt; after the last one the row is a dead letter.
const PAUSES_MS: [i64; 2] = [200, 1_000];
/// So many starts may find the same row in their backlog: it may be what ends the process.
const MAX_STARTS: i64 = 10;
/// A turn that others overtake so often is put off.
const MAX_OVERTAKEN: u32 = 3;
/// A row that others overtake again and again, or that met a fault, is put off so long.
const PUT_OFF_MS: i64 = 200;

pub(super) async fn run<H: Handler>(shared: Arc<Shared<H>>, group: i64, mut ids: IdSource) {
    let mut backoff = Backoff::new(Duration::from_millis(50), Duration::from_secs(2));
    while !shared.is_stopping() {
        if !shared.lease.may_take_turns(&shared.clock) {
            shared.lease.changed().await;
            continue;
        }
        match round(&shared, group, &mut ids).await {
            Ok(None) => backoff.reset(),
            Ok(Some(pause)) => {
                backoff.reset();
                tokio::select! {
                    () = shared.work.notified() => {}
                    () = tokio::time::sleep(pause) => {}
                    () = shared.stopped() => {}
                }
            }
            Err(error) => {
                Counters::add(&shared.counters.store_errors, 1);
                tracing::warn!(%error, source = ?error.source, "turns wait for the database");
                if error.kind == Kind::Unknown {
                    shared.rescan.notify_one(); // it may have been committed
                }
                backoff.wait(shared.chance(0)).await;
            }
        }
    }
}

/// Handles what is due; with nothing due, gives how long to wait.
async fn round<H: Handler>(
    shared: &Shared<H>,
    group: i64,
    ids: &mut IdSource,
) -> Result<Option<Duration>, StoreError> {
    let mut tx = shared.db.begin().await?;
    let now = shared.clock.now();
    let claimed = inbox::claim(&mut tx, now, group).await?;
    if claimed.is_empty() {
        let next = inbox::waiting(&mut tx).await?.next_due;
        tx.rollback().await?;
        // A minute at most; on PostgreSQL a lane may be due but held by another worker.
        let pause = next.map_or(60_000, |due| (due - now.millis()).clamp(20, 60_000));
        return Ok(Some(Duration::from_millis(pause.unsigned_abs())));
    }
    if claimed.len() as i64 == group {
        shared.work.notify_one(); // there may be more, for another worker
    }
    let (backlog, fresh): (Vec<Claimed>, Vec<Claimed>) = claimed
        .into_iter()
        .partition(|row| row.id <= shared.backlog);
    let singly = if fresh.is_empty() {
        tx.rollback().await?;
        Vec::new()
    } else {
        together(shared, tx, fresh, ids).await?
    };
    for row in singly {
        alone(shared, &row.lane, ids).await?;
    }
    for row in backlog {
        from_backlog(shared, &row, ids).await?;
    }
    Ok(None)
}

/// Runs turns in one transaction. Gives the rows that are to run again, each alone.
async fn together<H: Handler>(
    shared: &Shared<H>,
    mut tx: Tx,
    rows: Vec<Claimed>,
    ids: &mut IdSource,
) -> Result<Vec<Claimed>, StoreError> {
    let mut writes = Writes::default();
    let mut places = Places(None);
    let mut failed = Vec::new();
    for row in &rows {
        let result = match try_turn(shared, &mut tx, row, ids).await {
            Ok(done) => writes.add(row, done, None).map_err(Failure::from),
            Err(failure) => Err(failure),
        };
        match result {
            Ok(()) => places = Places(tx.keep_turn().await?),
            // Any error of the database may have undone more than its own turn.
            Err(Failure::Store(error)) => {
                tracing::warn!(%error, source = ?error.source, turns = rows.len(), "a turn met a database error");
                if rows.len() == 1 {
                    failed_turn(shared, Some(tx), row, Failure::Store(error), ids).await?;
                    return Ok(Vec::new());
                }
                Counters::add(&shared.counters.ungrouped, 1);
                drop(tx);
                return Ok(rows);
            }
            Err(failure) if rows.len() == 1 => {
                failed_turn(shared, Some(tx), row, failure, ids).await?;
                return Ok(Vec::new());
            }
            Err(failure) => {
                tx.undo_turn().await?;
                failed.push((row.clone(), failure));
            }
        }
    }
    match commit(shared, tx, writes, places).await {
        Ok(()) => {}
        // The writes of the whole group failed: find out whose they were.
        Err(error) if !error.is_transient() && rows.len() > 1 => {
            tracing::warn!(%error, source = ?error.source, "a group could not be written");
            Counters::add(&shared.counters.ungrouped, 1);
            return Ok(rows);
        }
        Err(error) if !error.is_transient() => {
            if let Some(row) = rows.first() {
                failed_turn(shared, None, row, error.into(), ids).await?;
            }
        }
        Err(error) => return Err(error),
    }
    for (row, failure) in failed {
        failed_turn(shared, None, &row, failure, ids).await?;
    }
    Ok(Vec::new())
}

/// Sets a savepoint and runs the turn; one that was overtaken begins again from there.
async fn try_turn<H: Handler>(
    shared: &Shared<H>,
    tx: &mut Tx,
    row: &Claimed,
    ids: &mut IdSource,
) -> Result<Done, Failure> {
    tx.open_turn().await?;
    for _ in 1..MAX_OVERTAKEN {
        match turn::run(shared, tx, row, ids, Part::Turn).await {
            Err(Failure::Overtaken) => {
                tx.undo_turn().await?;
                tx.open_turn().await?;
            }
            other => return other,
        }
    }
    turn::run(shared, tx, row, ids, Part::Turn).await
}

/// Runs the head of one lane in a transaction of its own.
async fn alone<H: Handler>(
    shared: &Shared<H>,
    lane: &str,
    ids: &mut IdSource,
) -> Result<(), StoreError> {
    let mut tx = shared.db.begin().await?;
    let Some(row) = inbox::claim_lane(&mut tx, lane, shared.clock.now()).await? else {
        return tx.rollback().await;
    };
    let again = together(shared, tx, vec![row], ids).await?;
    debug_assert!(again.is_empty());
    Ok(())
}

/// A row that was there at the start may be what ended the last process: that it is tried is
/// committed before.
async fn from_backlog<H: Handler>(
    shared: &Shared<H>,
    row: &Claimed,
    ids: &mut IdSource,
) -> Result<(), StoreError> {
    let _one = shared.one_at_a_time.lock().await;
    let mut tx = shared.db.begin().await?;
    let Some(row) = inbox::claim_lane(&mut tx, &row.lane, shared.clock.now()).await? else {
        return tx.rollback().await;
    };
    if row.starts >= MAX_STARTS {
        let why = format!("the service ended {MAX_STARTS} times while it handled this");
        return give_up(shared, tx, &row, why, ids).await;
    }
    inbox::count_start(&mut tx, row.id).await?;
    tx.commit().await?;
    alone(shared, &row.lane, ids).await
}

/// Writes and commits, then lets others know. `places`: for the rows, from after the last turn.
async fn commit<H: Handler>(
    shared: &Shared<H>,
    mut tx: Tx,
    mut writes: Writes,
    mut places: Places,
) -> Result<(), StoreError> {
    if writes.len() == 0 {
        return tx.rollback().await;
    }
    writes.number(shared, &mut places);
    writes.write(shared, &mut tx).await?;
    let statements = tx.statements();
    let posted = writes.has_posted();
    // One writer: no other transaction can hold these lanes.
    if posted && tx.engine() == Engine::Sqlite {
        inbox::relay(&mut tx, shared.clock.now()).await?;
    }
    let relay = posted && tx.engine() == Engine::Postgres;
    let announced = Announced::new(shared, &writes);
    tx.commit().await?;
    shared
        .counters
        .turns_committed(writes.len() as u64, statements);
    for answer in writes.answers {
        shared.answer(answer);
    }
    for chat in writes.reloads {
        // An error means that the engine is stopping: the next start reads the folder.
        let _ = shared.reloads.send(chat);
    }
    if !writes.rows.is_empty() {
        announced.tell(News::Rows(writes.rows));
    }
    drop(announced);
    if relay {
        let mut tx = shared.db.begin().await?;
        inbox::relay(&mut tx, shared.clock.now()).await?;
        tx.commit().await?;
    }
    if posted {
        shared.work.notify_one();
    }
    Ok(())
}

/// Rows that the sender is told of before their commit, so that nothing of the same chat that is
/// committed after them goes first. Dropped, it says that nothing more comes.
struct Announced<'a> {
    sends: &'a mpsc::UnboundedSender<News>,
    rows: Vec<(ChatId, i64)>,
}

impl<'a> Announced<'a> {
    fn new<H>(shared: &'a Shared<H>, writes: &Writes) -> Self {
        let rows: Vec<_> = writes.rows.iter().map(|row| (row.chat, row.id)).collect();
        let announced = Self {
            sends: &shared.sends,
            rows,
        };
        if !announced.rows.is_empty() {
            announced.tell(News::Soon(announced.rows.clone()));
        }
        announced
    }

    fn tell(&self, news: News) {
        // An error means that the sender has ended: the next start sends what is committed.
        let _ended = self.sends.send(news);
    }
}

impl Drop for Announced<'_> {
    fn drop(&mut self) {
        if !self.rows.is_empty() {
            let rows = std::mem::take(&mut self.rows);
            self.tell(News::Over(rows));
        }
    }
}

/// What follows from a failed turn. `held`: the row's own transaction, still behind its
/// savepoint; so no other worker can take the row in between.
async fn failed_turn<H: Handler>(
    shared: &Shared<H>,
    held: Option<Tx>,
    row: &Claimed,
    failure: Failure,
    ids: &mut IdSource,
) -> Result<(), StoreError> {
    let failure = match failure {
        Failure::Store(error) if error.is_transient() => return Err(error),
        other => other,
    };
    let Some((mut tx, row)) = take_up(shared, held, row).await? else {
        return Ok(());
    };
    let now = shared.clock.now();
    let why = match failure {
        Failure::Corrupt(what) => {
            return give_up(shared, tx, &row, format!("corrupt: {what}"), ids).await;
        }
        Failure::Overtaken => {
            inbox::delay(&mut tx, &row, now.plus(PUT_OFF_MS)).await?;
            return tx.commit().await;
        }
        Failure::Panic(words) => {
            Counters::add(&shared.counters.panics, 1);
            words
        }
        Failure::TimedOut => {
            Counters::add(&shared.counters.timeouts, 1);
            "took too long".to_owned()
        }
        Failure::Store(error) => error.to_string(),
    };
    tracing::error!(row = row.id, attempt = row.attempts + 1, %why, "a turn failed");
    let pause = usize::try_from(row.attempts)
        .ok()
        .and_then(|at| PAUSES_MS.get(at));
    let Some(pause) = pause else {
        return give_up(shared, tx, &row, why, ids).await;
    };
    inbox::hold(&mut tx, &row, now.plus(*pause)).await?;
    tx.commit().await
}

/// A transaction that holds this row with nothing of its turn left in it; none if somebody else
/// has dealt with the row.
async fn take_up<H: Handler>(
    shared: &Shared<H>,
    held: Option<Tx>,
    row: &Claimed,
) -> Result<Option<(Tx, Claimed)>, StoreError> {
    if let Some(mut tx) = held
        && tx.undo_turn().await.is_ok()
    {
        return Ok(Some((tx, row.clone())));
    }
    let mut tx = shared.db.begin().await?;
    let claimed = inbox::claim_lane(&mut tx, &row.lane, shared.clock.now()).await?;
    match claimed.filter(|found| found.id == row.id) {
        Some(found) => Ok(Some((tx, found))),
        None => {
            tx.rollback().await?;
            Ok(None)
        }
    }
}

/// Makes a dead letter: the person is told, the owner is alerted, the lane goes on.
async fn give_up<H: Handler>(
    shared: &Shared<H>,
    mut tx: Tx,
    row: &Claimed,
    why: String,
    ids: &mut IdSource,
) -> Result<(), StoreError> {
    tracing::error!(row = row.id, %why, "a dead letter; see `ks-order dead`");
    Counters::add(&shared.counters.dead, 1);
    tx.open_turn().await?;
    let mut writes = Writes::default();
    let told = match turn::run(shared, &mut tx, row, ids, Part::Dead).await {
        Ok(done) => writes
            .add(row, done, Some(why.clone()))
            .map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    let error = match told {
        Ok(()) => {
            let places = Places(tx.keep_turn().await?);
            match commit(shared, tx, writes, places).await {
                Err(error) if !error.is_transient() => Failure::Store(error),
                other => return other,
            }
        }
        Err(Failure::Store(error)) if error.is_transient() => return Err(error),
        Err(failure) => {
            drop(tx);
            failure
        }
    };
    tracing::error!(
        row = row.id,
        ?error,
        "nobody could be told of a dead letter"
    );
    let Some((tx, row)) = take_up(shared, None, row).await? else {
        return Ok(());
    };
    let mut writes = Writes::default();
    writes.finish(&row, None, Some(why))?;
    commit(shared, tx, writes, Places(None)).await
}
