//! Pictures and files that Telegram already has, by what is in them: none is uploaded twice.
//!
//! They are kept under a keyed hash, never under the bare one: with that, whoever has the database
//! alone could tell whether what they guess stood in somebody's document. After a change of the key
//! everything is uploaded once more.

use crate::kernel::Timestamp;

use super::error::StoreError;
use super::tx::{Tx, sql};

/// What a file is kept under.
fn keyed(tx: &Tx, sha256: &[u8]) -> Vec<u8> {
    let hex: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    tx.keys().digest("files", &hex)
}

/// The `file_id` of a file, if it was uploaded.
pub async fn find(tx: &mut Tx, sha256: &[u8]) -> Result<Option<String>, StoreError> {
    let hash = keyed(tx, sha256);
    let found = sql!(
        tx,
        fetch_optional as (String,),
        "select file_id from files where sha256 = $1",
        hash
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
    let hash = keyed(tx, sha256);
    sql!(
        tx,
        exec,
        "insert into files (sha256, file_id, sent_ms) values ($1, $2, $3)
         on conflict (sha256) do update set file_id = excluded.file_id, sent_ms = excluded.sent_ms",
        hash,
        file_id,
        now.millis()
    )
    .map_err(StoreError::on("files.keep"))?;
    Ok(())
}
