//! The shop's groups that staff put customers in. The groups themselves are the shop's file's.

use super::error::StoreError;
use super::tx::{Tx, sql};
use crate::kernel::{CustomerId, Timestamp};

/// Puts a customer into a group; `false` if they are in it already.
pub async fn put(
    tx: &mut Tx,
    (customer, name): (CustomerId, &str),
    granter: CustomerId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "insert into customer_groups (customer, name, since_ms, granter) values ($1, $2, $3, $4)
         on conflict (customer, name) do nothing",
        customer.0,
        name,
        now.0,
        granter.0
    )
    .map_err(StoreError::on("customer_groups.put"))?;
    Ok(done == 1)
}

/// Takes a customer out of a group; `false` if they are not in it.
pub async fn take(tx: &mut Tx, customer: CustomerId, name: &str) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "delete from customer_groups where customer = $1 and name = $2",
        customer.0,
        name
    )
    .map_err(StoreError::on("customer_groups.take"))?;
    Ok(done == 1)
}
