//! Links that give something: owner, staff invite, table. Only a hash of the token is stored.

use sha2::{Digest, Sha256};

use super::error::StoreError;
use super::row::columns;
use super::tx::{Tx, sql};
use crate::kernel::{CustomerId, Timestamp};

/// What a link gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// `owner`, `invite` or `table`.
    pub kind: String,
    /// What of that kind: a role, a table's name; empty where there is nothing to say.
    pub grants: String,
    /// Whether it is used up by its first use.
    pub single_use: bool,
    /// Who made it; none for the command line.
    pub made_by: Option<CustomerId>,
    /// When it ends by itself.
    pub expires: Option<Timestamp>,
}

/// What came of using a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redeemed {
    /// It is good, and used up if it was for one use.
    Granted(Grant),
    /// There is no such link (or never was).
    Unknown,
    /// It was used already; by the same person, perhaps, who tapped twice.
    Used {
        /// By whom.
        by: CustomerId,
    },
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

/// A token is unguessable, so a plain hash hides it; no key is needed to compare.
pub(super) fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

struct Row {
    kind: String,
    grants: String,
    single_use: bool,
    made_by: Option<i64>,
    expires_ms: Option<i64>,
    used_by: Option<i64>,
    revoked_ms: Option<i64>,
}
columns!(Row: kind, grants, single_use, made_by, expires_ms, used_by, revoked_ms);

impl Row {
    fn grant(self) -> Grant {
        Grant {
            kind: self.kind,
            grants: self.grants,
            single_use: self.single_use,
            made_by: self.made_by.map(CustomerId),
            expires: self.expires_ms.map(Timestamp),
        }
    }
}

/// Keeps a token; `false` if it is kept already (a table's token is always the same).
pub async fn insert(
    tx: &mut Tx,
    token: &str,
    grant: &Grant,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "insert into tokens (digest, kind, grants, single_use, made_by, made_ms, expires_ms)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (digest) do nothing",
        digest(token),
        grant.kind.as_str(),
        grant.grants.as_str(),
        grant.single_use,
        grant.made_by.map(|user| user.0),
        now.0,
        grant.expires.map(|at| at.0)
    )
    .map_err(StoreError::on("tokens.insert"))?;
    Ok(done == 1)
}

/// What a token would give, without using it.
pub async fn look(tx: &mut Tx, token: &str, now: Timestamp) -> Result<Redeemed, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        "select kind, grants, single_use, made_by, expires_ms, used_by, revoked_ms
         from tokens where digest = $1",
        digest(token)
    )
    .map_err(StoreError::on("tokens.look"))?;
    let Some(row) = row else {
        return Ok(Redeemed::Unknown);
    };
    if row.revoked_ms.is_some() {
        return Ok(Redeemed::Revoked);
    }
    if let (true, Some(by)) = (row.single_use, row.used_by) {
        return Ok(Redeemed::Used { by: CustomerId(by) });
    }
    if row.expires_ms.is_some_and(|at| at <= now.0) {
        return Ok(Redeemed::Expired);
    }
    Ok(Redeemed::Granted(row.grant()))
}

/// Uses a token for somebody. One for a single use is used up by exactly one person, however
/// many open it at once.
pub async fn redeem(
    tx: &mut Tx,
    token: &str,
    user: CustomerId,
    now: Timestamp,
) -> Result<Redeemed, StoreError> {
    let found = look(tx, token, now).await?;
    redeem_seen(tx, token, found, user, now).await
}

/// The same for a token that was looked at before in this transaction: what was found then.
pub async fn redeem_seen(
    tx: &mut Tx,
    token: &str,
    found: Redeemed,
    user: CustomerId,
    now: Timestamp,
) -> Result<Redeemed, StoreError> {
    if !matches!(found, Redeemed::Granted(_)) {
        return Ok(found);
    }
    let used = sql!(
        tx,
        exec,
        "update tokens set used_ms = $1, used_by = $2
         where digest = $3 and revoked_ms is null and (expires_ms is null or expires_ms > $1)
         and (not single_use or used_by is null)",
        now.0,
        user.0,
        digest(token)
    )
    .map_err(StoreError::on("tokens.redeem"))?;
    if used == 1 {
        Ok(found)
    } else {
        look(tx, token, now).await // somebody was faster
    }
}

/// Takes every unused token of a kind back (and of one grant, if given); gives how many.
pub async fn revoke(
    tx: &mut Tx,
    kind: &str,
    grants: Option<&str>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        exec,
        "update tokens set revoked_ms = $1
         where kind = $2 and ($3 is null or grants = $3) and revoked_ms is null
         and (not single_use or used_by is null)",
        now.0,
        kind,
        grants
    )
    .map_err(StoreError::on("tokens.revoke"))
}

/// Takes one token of a kind back; `false` if there is none, or it was used up, is over, or was
/// taken back before.
pub async fn revoke_one(
    tx: &mut Tx,
    kind: &str,
    token: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update tokens set revoked_ms = $1
         where digest = $2 and kind = $3 and revoked_ms is null
         and (expires_ms is null or expires_ms > $1) and (not single_use or used_by is null)",
        now.0,
        digest(token),
        kind
    )
    .map_err(StoreError::on("tokens.revoke_one"))?;
    Ok(done == 1)
}
