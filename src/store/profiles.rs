//! What people let the shop keep of them, one sealed row a person.

use super::error::StoreError;
use super::read::Cell;
use super::seal::Keys;
use super::tx::{Tx, sql};
use crate::domain::customers::Profile;
use crate::kernel::{CustomerId, Timestamp};

fn body_of(customer: &i64) -> Cell<'_, i64> {
    Cell {
        query: "profiles.find",
        table: "profiles",
        column: "body",
        row: customer,
    }
}

/// A profile from what the table holds.
pub(super) fn open(
    keys: &Keys,
    customer: CustomerId,
    (version, body): (i64, &[u8]),
) -> Result<Profile, StoreError> {
    let profile: Profile = body_of(&customer.0).open(keys, body)?;
    Ok(Profile { version, ..profile })
}

/// Somebody's profile, if they have one.
pub async fn find(tx: &mut Tx, customer: CustomerId) -> Result<Option<Profile>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (i64, Vec<u8>),
        "select version, body from profiles where customer = $1",
        customer.0
    )
    .map_err(StoreError::on("profiles.find"))?;
    row.map(|(version, body)| open(&tx.keys(), customer, (version, &body)))
        .transpose()
}

/// Keeps a profile as its next version; `false` if it is not of the version that is stored, and
/// then nothing is written.
pub async fn save(
    tx: &mut Tx,
    customer: CustomerId,
    profile: &Profile,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let body = body_of(&customer.0).seal(&tx.keys(), profile)?;
    let done = match profile.version {
        0 => sql!(
            tx,
            exec,
            "insert into profiles (customer, version, body, changed_ms) values ($1, 1, $2, $3)
             on conflict (customer) do nothing",
            customer.0,
            body,
            now.millis()
        ),
        version => sql!(
            tx,
            exec,
            "update profiles set version = version + 1, body = $1, changed_ms = $2
             where customer = $3 and version = $4",
            body,
            now.millis(),
            customer.0,
            version
        ),
    };
    Ok(done.map_err(StoreError::on("profiles.save"))? == 1)
}
