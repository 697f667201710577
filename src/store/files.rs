//! Pictures and files that Telegram already has, by what is in them: none is uploaded twice.

use crate::kernel::Timestamp;

use super::error::StoreError;
use super::tx::{Tx, sql};

/// The `file_id` of a file, if it was uploaded.
pub async fn find(tx: &mut Tx, sha256: &[u8]) -> Result<Option<String>, StoreError> {
    let found = sql!(
        tx,
        fetch_optional as (String,),
        "select file_id from files where sha256 = $1",
        sha256
    )
    .map_err(StoreError::on("files.find"))?;
    Ok(found.map(|(file_id,)| file_id))
}

/// Keeps the `file_id` that Telegram gave.
pub async fn keep(
    tx: &mut Tx,
    sha256: &[u8],
    file_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "insert into files (sha256, file_id, sent_ms) values ($1, $2, $3)
         on conflict (sha256) do update set file_id = excluded.file_id, sent_ms = excluded.sent_ms",
        sha256,
        file_id,
        now.millis()
    )
    .map_err(StoreError::on("files.keep"))?;
    Ok(())
}
