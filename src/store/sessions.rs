//! What a lane remembers between turns. It stands in the lane's own row, so that the end of a
//! turn writes both at once; only the lane's own turns write it.

pub use crate::dialogue::Session;

use super::error::StoreError;
use super::seal::Keys;
use super::tx::{Tx, sql};

/// Reads a session from its column.
pub fn read(keys: &Keys, lane: &str, version: i64, sealed: &[u8]) -> Result<Session, StoreError> {
    let json = keys.open_text("lanes", "session", lane, sealed)?;
    let mut session: Session = serde_json::from_str(&json).map_err(|error| {
        StoreError::corrupt("sessions.read", format!("lanes.session of {lane}: {error}"))
    })?;
    session.version = version;
    Ok(session)
}

/// The session as JSON, for its column. The version is a column of its own.
pub fn write(session: &Session) -> Result<String, StoreError> {
    serde_json::to_string(session)
        .map_err(|error| StoreError::corrupt("sessions.write", error.to_string()))
}

/// The session of a lane, if it has one: for tests, `verify` and erasure.
pub async fn find(tx: &mut Tx, lane: &str) -> Result<Option<Session>, StoreError> {
    let found = sql!(
        tx,
        fetch_optional as (i64, Option<Vec<u8>>),
        "select session_version, session from lanes where lane = $1",
        lane
    )
    .map_err(StoreError::on("sessions.find"))?;
    match found {
        Some((version, Some(sealed))) => read(&tx.keys(), lane, version, &sealed).map(Some),
        Some((_, None)) | None => Ok(None),
    }
}
