//! Turns that came to nothing: counted and tried again after a pause, or given up as dead letters.

use crate::kernel::IdSource;
use crate::store::inbox::{self, Claimed};
use crate::store::{StoreError, Tx};

use super::super::counters::Counters;
use super::super::engine::{Places, Shared};
use super::super::handler::Handler;
use super::super::turn::{self, Failure, Part, Writes};
use super::commit::commit;

/// Pauses after a failed attempt; after the last one the row is a dead letter.
const PAUSES_MS: [i64; 2] = [200, 1_000];
/// A row that others overtake again and again, or that met a fault, is put off so long.
const PUT_OFF_MS: i64 = 200;

/// What follows from a failed turn. `held`: the row's own transaction, still behind its
/// savepoint; so no other worker can take the row in between.
pub(super) async fn failed_turn<H: Handler>(
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
    let (tx, claimed) = inbox::claim_lane(&shared.db, &row.lane, shared.clock.now()).await?;
    match claimed.filter(|found| found.id == row.id) {
        Some(found) => Ok(Some((tx, found))),
        None => {
            tx.rollback().await?;
            Ok(None)
        }
    }
}

/// Makes a dead letter: the person is told, the owner is alerted, the lane goes on.
pub(super) async fn give_up<H: Handler>(
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
    let told = match turn::run(shared, &mut tx, row, None, ids, Part::Dead).await {
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
