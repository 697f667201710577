//! How much waits and how much is dead, for whoever watches. Counts only, nobody's data.

use super::error::StoreError;
use super::row::columns;
use super::tx::{Tx, sql};

/// What the tables hold right now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gauges {
    /// Events that wait for their turn.
    pub inbox: i64,
    /// When the one that waits longest was due; none if none waits.
    pub inbox_due_ms: Option<i64>,
    /// Messages that wait to be sent.
    pub outbox: i64,
    /// When the one that waits longest was written.
    pub outbox_since_ms: Option<i64>,
    /// Dead letters of the inbox that nobody resolved.
    pub inbox_dead: i64,
    /// Dead letters of the outbox that nobody resolved.
    pub outbox_dead: i64,
    /// Timers that are set.
    pub timers: i64,
    /// Alerts that are not over.
    pub alerts: i64,
}
columns!(Gauges: inbox, inbox_due_ms, outbox, outbox_since_ms, inbox_dead, outbox_dead, timers, alerts);

/// Looks once, in one statement.
pub async fn read(tx: &mut Tx) -> Result<Gauges, StoreError> {
    sql!(
        tx,
        fetch_one as Gauges,
        "select (select cast(coalesce(sum(waiting), 0) as bigint)
                 from lanes where head is not null) as inbox,
                (select min(due_ms) from lanes where head is not null) as inbox_due_ms,
                (select count(*) from outbox where state = 'new') as outbox,
                (select min(created_ms) from outbox where state = 'new') as outbox_since_ms,
                (select count(*) from inbox where state = 'dead') as inbox_dead,
                (select count(*) from outbox where state = 'dead') as outbox_dead,
                (select count(*) from timers) as timers,
                (select count(*) from alerts where until_ms is null) as alerts"
    )
    .map_err(StoreError::on("gauges.read"))
}
