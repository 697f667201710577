//! Timers on the business clock: each becomes an event of its lane when it is due.

use crate::kernel::Timestamp;

use super::batch::{Batch, MAX_ROWS, Value};
use super::db::Engine;
use super::error::StoreError;
use super::row::columns;
use super::tx::{Tx, sql};

/// A timer, unique by kind and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// What kind.
    pub kind: String,
    /// What it is about.
    pub name: String,
    /// When, on the business clock.
    pub due_ms: i64,
    /// Whose turn it becomes.
    pub lane: String,
}
columns!(Timer: kind, name, due_ms, lane);

/// Sets timers; one that exists is moved. Of two of the same name the later in the list counts.
pub async fn set(tx: &mut Tx, timers: &[Timer]) -> Result<(), StoreError> {
    let mut last: Vec<&Timer> = Vec::new();
    for timer in timers.iter().rev() {
        if !last
            .iter()
            .any(|other| other.kind == timer.kind && other.name == timer.name)
        {
            last.push(timer);
        }
    }
    // In one order everywhere: two that set the same timers would else wait in a circle.
    last.sort_by_key(|timer| (&timer.kind, &timer.name));
    for chunk in last.chunks(MAX_ROWS) {
        let rows = chunk.iter().map(|timer| {
            [
                Value::from(timer.kind.as_str()),
                timer.name.as_str().into(),
                timer.due_ms.into(),
                timer.lane.as_str().into(),
            ]
        });
        Batch::new("insert into timers (kind, name, due_ms, lane) ")
            .rows(rows)
            .text(
                " on conflict (kind, name) do update set due_ms = excluded.due_ms,
                  lane = excluded.lane",
            )
            .exec(tx)
            .await
            .map_err(StoreError::on("timers.set"))?;
    }
    Ok(())
}

/// Sets timers and takes others back, in one statement: a cancelled timer beside set ones
/// becomes one that is due at once and nobody's, which [`take_due`] throws away.
pub async fn change(
    tx: &mut Tx,
    timers: &[Timer],
    cancelled: &[(String, String)],
    now: Timestamp,
) -> Result<(), StoreError> {
    if timers.is_empty() {
        return cancel(tx, cancelled).await;
    }
    let nobodys = cancelled.iter().map(|(kind, name)| Timer {
        kind: kind.clone(),
        name: name.clone(),
        due_ms: now.millis(),
        lane: String::new(),
    });
    let all: Vec<Timer> = nobodys.chain(timers.iter().cloned()).collect();
    set(tx, &all).await
}

/// Takes timers back; one that does not exist is no matter.
pub async fn cancel(tx: &mut Tx, timers: &[(String, String)]) -> Result<(), StoreError> {
    for chunk in timers.chunks(MAX_ROWS) {
        let rows = chunk
            .iter()
            .map(|(kind, name)| [Value::from(kind.as_str()), name.as_str().into()]);
        Batch::new("delete from timers where (kind, name) in (")
            .rows(rows)
            .text(")")
            .exec(tx)
            .await
            .map_err(StoreError::on("timers.cancel"))?;
    }
    Ok(())
}

/// The time of the next timer.
pub async fn next(tx: &mut Tx) -> Result<Option<Timestamp>, StoreError> {
    let (next,) = sql!(
        tx,
        fetch_one as (Option<i64>,),
        "select min(due_ms) from timers"
    )
    .map_err(StoreError::on("timers.next"))?;
    Ok(next.map(Timestamp))
}

/// Whether any timer is due that becomes somebody's turn.
pub async fn is_due(tx: &mut Tx, now: Timestamp) -> Result<bool, StoreError> {
    let (due,) = sql!(
        tx,
        fetch_one as (i64,),
        "select count(*) from timers where due_ms <= $1 and lane <> ''",
        now.millis()
    )
    .map_err(StoreError::on("timers.is_due"))?;
    Ok(due > 0)
}

/// Takes out what is due, earliest first.
pub async fn take_due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Timer>, StoreError> {
    let error = StoreError::on("timers.take_due");
    let due = match tx.engine() {
        Engine::Sqlite => sql!(
            tx,
            fetch_all as Timer,
            "select kind, name, due_ms, lane from timers where due_ms <= $1
             order by due_ms, kind, name limit $2",
            now.millis(),
            limit
        ),
        // Two instances may look at the same time.
        Engine::Postgres => sql!(
            tx,
            fetch_all as Timer,
            "select kind, name, due_ms, lane from timers where due_ms <= $1
             order by due_ms, kind, name limit $2 for update skip locked",
            now.millis(),
            limit
        ),
    }
    .map_err(error)?;
    let names: Vec<_> = due
        .iter()
        .map(|timer| (timer.kind.clone(), timer.name.clone()))
        .collect();
    cancel(tx, &names).await?;
    Ok(due
        .into_iter()
        .filter(|timer| !timer.lane.is_empty())
        .collect())
}
