//! Who may poll and send, when several instances share one PostgreSQL.
//!
//! On the database's clock, so that instances need not agree on the time. A lease ends with its
//! span, or at once when its holder has no session any more: who was killed is followed
//! without a wait. Leases prevent disorder; correctness never depends on them.

use super::error::StoreError;
use super::tx::{Tx, sql};

/// Takes or renews a lease for `span_ms`; false if another one holds it. `holder` is an opened
/// database's `instance`. PostgreSQL only: SQLite has one process.
pub async fn take(tx: &mut Tx, name: &str, holder: &str, span_ms: i64) -> Result<bool, StoreError> {
    let touched = sql!(
        tx,
        exec,
        "insert into leases (name, holder, until_ms)
         values ($1, $2, cast(extract(epoch from clock_timestamp()) * 1000 as bigint) + $3)
         on conflict (name) do update set holder = excluded.holder, until_ms = excluded.until_ms
         where leases.holder = excluded.holder
            or leases.until_ms < cast(extract(epoch from clock_timestamp()) * 1000 as bigint)
            or not exists (select 1 from pg_stat_activity s
                           where s.application_name = 'ks-order ' || leases.holder)",
        name,
        holder,
        span_ms
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
