//! Who may poll and who may send, when several instances share one PostgreSQL.
//!
//! On the database's clock, so that instances need not agree on the time. A lease ends with its
//! span, or sooner when its holder has no session any more: who was killed is followed
//! without a long wait. Leases prevent disorder; correctness never depends on them.

use super::error::StoreError;
use super::tx::{Tx, sql};

/// How long a lease holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From its last renewal.
    pub lasts_ms: i64,
    /// The same for a holder without any session: one that lost them all for a moment comes
    /// back within it.
    pub gone_ms: i64,
}

/// Takes or renews a lease; false if another one holds it. `holder` is an opened database's
/// `instance`. PostgreSQL only: SQLite has one process.
pub async fn take(tx: &mut Tx, name: &str, holder: &str, span: Span) -> Result<bool, StoreError> {
    let touched = sql!(
        tx,
        exec,
        "insert into leases (name, holder, until_ms)
         values ($1, $2, cast(extract(epoch from clock_timestamp()) * 1000 as bigint) + $3)
         on conflict (name) do update set holder = excluded.holder, until_ms = excluded.until_ms
         where leases.holder = excluded.holder
            or leases.until_ms < excluded.until_ms - $3
            or (leases.until_ms < excluded.until_ms - $4
                and not exists (select 1 from pg_stat_activity s
                                where s.application_name = 'ks-order ' || leases.holder))",
        name,
        holder,
        span.lasts_ms,
        span.gone_ms
    )
    .map_err(StoreError::on("leases.take"))?;
    Ok(touched == 1)
}

/// Gives a lease back.
pub async fn give(tx: &mut Tx, name: &str, holder: &str) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "delete from leases where name = $1 and holder = $2",
        name,
        holder
    )
    .map_err(StoreError::on("leases.give"))?;
    Ok(())
}
