//! Settings that are made in chat and outlive the shop's files. Nothing personal.

use super::error::StoreError;
use super::tx::{Tx, sql};
use crate::kernel::Timestamp;

/// A setting, if made.
pub async fn find(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (String,),
        "select value from settings where name = $1",
        name
    )
    .map_err(StoreError::on("settings.find"))?;
    Ok(row.map(|(value,)| value))
}

/// Makes or changes a setting.
pub async fn set(tx: &mut Tx, name: &str, value: &str, now: Timestamp) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "insert into settings (name, value, changed_ms) values ($1, $2, $3)
         on conflict (name) do update set value = excluded.value,
         changed_ms = excluded.changed_ms",
        name,
        value,
        now.0
    )
    .map_err(StoreError::on("settings.set"))?;
    Ok(())
}

/// Makes a setting if there is none yet; `false` if somebody was faster.
pub async fn claim(
    tx: &mut Tx,
    name: &str,
    value: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "insert into settings (name, value, changed_ms) values ($1, $2, $3)
         on conflict (name) do nothing",
        name,
        value,
        now.0
    )
    .map_err(StoreError::on("settings.claim"))?;
    Ok(done == 1)
}

/// Changes a setting that was seen with a value, or as not made; `false` if it is not so any more.
pub async fn replace(
    tx: &mut Tx,
    name: &str,
    (seen, value): (Option<&str>, &str),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(seen) = seen else {
        return claim(tx, name, value, now).await;
    };
    let done = sql!(
        tx,
        exec,
        "update settings set value = $1, changed_ms = $2 where name = $3 and value = $4",
        value,
        now.0,
        name,
        seen
    )
    .map_err(StoreError::on("settings.replace"))?;
    Ok(done == 1)
}
