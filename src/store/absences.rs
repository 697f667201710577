//! Who of the team is away, and who decides for them meanwhile.

use super::error::StoreError;
use super::tx::{Tx, sql};
use crate::kernel::{CustomerId, Timestamp};

/// Somebody who is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// Who.
    pub who: CustomerId,
    /// Until when.
    pub until: Timestamp,
    /// Who decides for them, if they named anybody.
    pub stand_in: Option<CustomerId>,
}

/// Notes that somebody is away; what they said before no longer counts.
pub async fn set(tx: &mut Tx, absence: Absence, now: Timestamp) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "insert into absences (user_id, until_ms, stand_in, since_ms) values ($1, $2, $3, $4)
         on conflict (user_id) do update set until_ms = excluded.until_ms,
         stand_in = excluded.stand_in, since_ms = excluded.since_ms",
        absence.who.0,
        absence.until.0,
        absence.stand_in.map(|who| who.0),
        now.0
    )
    .map_err(StoreError::on("absences.set"))?;
    Ok(())
}

/// Notes that somebody is back; `false` if they were not away.
pub async fn end(tx: &mut Tx, who: CustomerId) -> Result<bool, StoreError> {
    let done = sql!(tx, exec, "delete from absences where user_id = $1", who.0)
        .map_err(StoreError::on("absences.end"))?;
    Ok(done == 1)
}
