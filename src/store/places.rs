//! Places in the order of inbox and outbox: the ids of their rows.
//!
//! On SQLite the one process counts by itself. On PostgreSQL a sequence gives them, so that rows
//! of several instances have one order, whatever each one's clock says. Whoever asks for a place
//! after it has all its locks stands behind everything that it could know of.

use super::db::Engine;
use super::error::StoreError;
use super::tx::{Tx, sql};

/// Places that one number stands for: far more rows than a transaction writes.
pub const BLOCK: i64 = 1 << 20;

/// The first of [`BLOCK`] places of the asker's own; none on SQLite.
pub async fn block(tx: &mut Tx) -> Result<Option<i64>, StoreError> {
    if tx.engine() == Engine::Sqlite {
        return Ok(None);
    }
    let (first,) = sql!(tx, fetch_one as (i64,), "select nextval('row_places')")
        .map_err(StoreError::on("places.block"))?;
    Ok(Some(first))
}
