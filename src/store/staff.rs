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

/// Somebody's role, as it was given in chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Who.
    pub who: CustomerId,
    /// The role's name.
    pub role: String,
    /// The largest total that they may approve in it, in minor units; none: any.
    pub limit: Option<i64>,
    /// Since when.
    pub since: Timestamp,
}

/// Gives a role; `false` if the person has it already: then its limit stays. `granter`: none for
/// the command line. `limit`: in minor units.
pub async fn grant(
    tx: &mut Tx,
    user: CustomerId,
    (role, limit): (&str, Option<i64>),
    granter: Option<CustomerId>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "insert into staff (user_id, role, since_ms, granter, limit_minor)
         values ($1, $2, $3, $4, $5) on conflict (user_id, role) do nothing",
        user.0,
        role,
        now.0,
        granter.map(|user| user.0),
        limit
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

/// Takes the role of an owner away; `false`, and nothing changed, if the person is none or the
/// last one.
pub async fn revoke_owner(tx: &mut Tx, user: CustomerId) -> Result<bool, StoreError> {
    // Two who remove each other at once: the second waits here, and counts what is left.
    let owners = sql!(
        tx,
        exec,
        "update staff set since_ms = since_ms where role = 'owner'"
    )
    .map_err(StoreError::on("staff.owners"))?;
    if owners < 2 {
        return Ok(false);
    }
    revoke(tx, user, "owner").await
}

/// Sets the limit of a role, in minor units; none: any. `before` is the one it had: `false` if it
/// has another one by now, or the person has not that role.
pub async fn set_limit(
    tx: &mut Tx,
    user: CustomerId,
    role: &str,
    (before, limit): (Option<i64>, Option<i64>),
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update staff set limit_minor = $1 where user_id = $2 and role = $3
         and coalesce(limit_minor, -1) = $4",
        limit,
        user.0,
        role,
        before.unwrap_or(-1)
    )
    .map_err(StoreError::on("staff.set_limit"))?;
    Ok(done == 1)
}
