//! Who works here, in which roles. The words of roles are the application's.

use super::error::StoreError;
use super::tx::{Tx, sql};
use crate::kernel::{CustomerId, Timestamp};

/// Who has a role, longest first.
pub async fn with_role(tx: &mut Tx, role: &str) -> Result<Vec<CustomerId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64,),
        "select user_id from staff where role = $1 order by since_ms, user_id",
        role
    )
    .map_err(StoreError::on("staff.with_role"))?;
    Ok(rows.into_iter().map(|(user,)| CustomerId(user)).collect())
}

/// Gives a role; `false` if the person has it already. `granter`: none for the shop's files.
pub async fn grant(
    tx: &mut Tx,
    user: CustomerId,
    role: &str,
    granter: Option<CustomerId>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "insert into staff (user_id, role, since_ms, granter) values ($1, $2, $3, $4)
         on conflict (user_id, role) do nothing",
        user.0,
        role,
        now.0,
        granter.map(|user| user.0)
    )
    .map_err(StoreError::on("staff.grant"))?;
    Ok(done == 1)
}

/// Takes a role away; `false` if the person does not have it.
pub async fn revoke(tx: &mut Tx, user: CustomerId, role: &str) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "delete from staff where user_id = $1 and role = $2",
        user.0,
        role
    )
    .map_err(StoreError::on("staff.revoke"))?;
    Ok(done == 1)
}
