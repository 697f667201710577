//! Handles what waits in the inbox: claims the heads of lanes, runs their turns, commits.
//!
//! Many turns share a transaction; what undoes it undoes them all, and they run again one by one.
//! On SQLite each stands behind a savepoint, so that a failed turn leaves the others alone. On
//! PostgreSQL several workers take turns: while one decides others read and write.

mod commit;
mod failed;

use std::sync::Arc;
use std::time::Duration;

use crate::kernel::IdSource;
use crate::store::inbox::{self, Claimed};
use crate::store::{Engine, Kind, StoreError, Tx};

use super::backoff::Backoff;
use super::counters::Counters;
use super::engine::{Places, Shared};
use super::handler::Handler;
use super::turn::{self, Done, Failure, Opened, Part, Writes};
use commit::commit;
use failed::{failed_turn, give_up};

/// Turns in one transaction.
const GROUP: i64 = 32;
/// The same beside other instances: what one takes, the others can't.
const GROUP_TOGETHER: i64 = 8;
/// So many starts may find the same row in their backlog: it may be what ends the process.
const MAX_STARTS: i64 = 10;
/// A turn that others overtake so often is put off.
const MAX_OVERTAKEN: u32 = 3;

pub(super) async fn run<H: Handler>(shared: Arc<Shared<H>>, mut ids: IdSource) {
    let mut backoff = Backoff::new(Duration::from_millis(50), Duration::from_secs(2));
    while !shared.is_stopping() {
        if !shared.lease.may_take_turns(&shared.clock) {
            shared.lease.changed().await;
            continue;
        }
        match round(&shared, &mut ids).await {
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

/// Waits for its turn to decide. Turns are decided one group after the other, in all instances:
/// two groups would want each other's rows of stock, and wait in a circle. What comes before and
/// after, which is half of the time on PostgreSQL, others may do meanwhile.
async fn decide<'a, H>(
    shared: &'a Shared<H>,
    tx: &mut Tx,
) -> Result<tokio::sync::MutexGuard<'a, ()>, StoreError> {
    let decides = shared.decides.lock().await;
    if shared.lease.is_together() {
        tx.wait_for_others().await?;
    }
    Ok(decides)
}

/// Handles what is due; with nothing due, gives how long to wait.
async fn round<H: Handler>(
    shared: &Shared<H>,
    ids: &mut IdSource,
) -> Result<Option<Duration>, StoreError> {
    let group = match shared.lease.is_together() {
        false => GROUP,
        true => GROUP_TOGETHER,
    };
    let now = shared.clock.now();
    let (mut tx, claimed) = inbox::claim(&shared.db, now, group).await?;
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
    if tx.engine() == Engine::Postgres && rows.len() > 1 {
        return unguarded(shared, tx, rows, ids).await;
    }
    let mut writes = Writes::default();
    let mut places = Places(None);
    let mut failed = Vec::new();
    let opened = match rows.len() {
        1 => vec![None],
        _ => turn::open_all(shared, &mut tx, &rows).await?,
    };
    let decides = decide(shared, &mut tx).await?;
    for (row, opened) in rows.iter().zip(opened) {
        let result = match try_turn(shared, &mut tx, row, opened, ids).await {
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
    drop(decides);
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

/// Runs turns in one transaction without a point to come back to, which on PostgreSQL takes two
/// round trips a turn: if one comes to nothing, the others run again, each alone; and so does it
/// itself, if somebody else was to blame.
async fn unguarded<H: Handler>(
    shared: &Shared<H>,
    mut tx: Tx,
    rows: Vec<Claimed>,
    ids: &mut IdSource,
) -> Result<Vec<Claimed>, StoreError> {
    let mut writes = Writes::default();
    let opened = turn::open_all(shared, &mut tx, &rows).await?;
    let decides = decide(shared, &mut tx).await?;
    for (row, opened) in rows.iter().zip(opened) {
        let added = match turn::run(shared, &mut tx, row, opened, ids, Part::Turn).await {
            Ok(done) => writes.add(row, done, None).map_err(Failure::from),
            Err(failure) => Err(failure),
        };
        if let Err(failure) = added {
            tracing::debug!(?failure, turns = rows.len(), "a group is taken apart");
            Counters::add(&shared.counters.ungrouped, 1);
            tx.rollback().await?;
            drop(decides);
            if matches!(failure, Failure::Store(_) | Failure::Overtaken) {
                return Ok(rows);
            }
            failed_turn(shared, None, row, failure, ids).await?;
            return Ok(rows
                .iter()
                .filter(|other| other.id != row.id)
                .cloned()
                .collect());
        }
    }
    let places = shared.places(&mut tx).await?;
    drop(decides);
    match commit(shared, tx, writes, places).await {
        Err(error) if !error.is_transient() => {
            tracing::warn!(%error, source = ?error.source, "a group could not be written");
            Counters::add(&shared.counters.ungrouped, 1);
            Ok(rows)
        }
        done => done.map(|()| Vec::new()),
    }
}

/// Sets a savepoint and runs the turn; one that was overtaken begins again from there.
async fn try_turn<H: Handler>(
    shared: &Shared<H>,
    tx: &mut Tx,
    row: &Claimed,
    mut opened: Option<Opened>,
    ids: &mut IdSource,
) -> Result<Done, Failure> {
    tx.open_turn().await?;
    for _ in 1..MAX_OVERTAKEN {
        match turn::run(shared, tx, row, opened.take(), ids, Part::Turn).await {
            Err(Failure::Overtaken) => {
                tx.undo_turn().await?;
                tx.open_turn().await?;
            }
            other => return other,
        }
    }
    turn::run(shared, tx, row, None, ids, Part::Turn).await
}

/// Runs the head of one lane in a transaction of its own.
async fn alone<H: Handler>(
    shared: &Shared<H>,
    lane: &str,
    ids: &mut IdSource,
) -> Result<(), StoreError> {
    let (tx, row) = inbox::claim_lane(&shared.db, lane, shared.clock.now()).await?;
    let Some(row) = row else {
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
    let (mut tx, row) = inbox::claim_lane(&shared.db, &row.lane, shared.clock.now()).await?;
    let Some(row) = row else {
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
