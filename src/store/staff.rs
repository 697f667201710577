//! Who works here, in which roles. The words of roles are the application's.

use super::error::StoreError;
use super::tx::{Tx, sql};
use crate::kernel::{CustomerId, Timestamp};

/// The roles of a person, in alphabetical order; empty for everybody else.
pub async fn roles(tx: &mut Tx, user: CustomerId) -> Result<Vec<String>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String,),
        "select role from staff where user_id = $1 order by role",
        user.0
    )
    .map_err(StoreError::on("staff.roles"))?;
    Ok(rows.into_iter().map(|(role,)| role).collect())
}

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

/// Everybody: person and role, longest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<(CustomerId, String)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, String),
        "select user_id, role from staff order by since_ms, user_id, role"
    )
    .map_err(StoreError::on("staff.all"))?;
    Ok(rows
        .into_iter()
        .map(|(user, role)| (CustomerId(user), role))
        .collect())
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
