//! What customers answered last, so that nobody types it twice. Sealed.

use std::collections::BTreeMap;

use super::error::StoreError;
use super::read::Cell;
use super::seal::Keys;
use super::tx::{Tx, sql};
use crate::domain::customers::Profile;
use crate::kernel::{CustomerId, Timestamp};

/// What is known of a customer beside the order at hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Orders handed over before.
    pub completed_orders: i64,
    /// Orders that came to nothing.
    pub cancelled_orders: i64,
    /// The shop's groups that staff put them in, in the order of names.
    pub groups: Vec<String>,
    /// Answers by step id.
    pub answers: BTreeMap<String, String>,
    /// Their profile; none: never stored.
    pub profile: Option<Profile>,
}

fn body_of(customer: &i64) -> Cell<'_, i64> {
    Cell {
        query: "glance",
        table: "customer_answers",
        column: "body",
        row: customer,
    }
}

impl Known {
    /// From what the tables hold.
    pub(super) fn open(
        keys: &Keys,
        customer: CustomerId,
        (completed_orders, cancelled_orders): (i64, i64),
        body: Option<Vec<u8>>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            completed_orders,
            cancelled_orders,
            groups: Vec::new(),
            answers: match body {
                Some(body) => body_of(&customer.0).open(keys, &body)?,
                None => BTreeMap::new(),
            },
            profile: None,
        })
    }
}

/// Keeps answers for the next order; what was kept before and is not answered now stays.
pub async fn remember(
    tx: &mut Tx,
    customer: CustomerId,
    answers: &BTreeMap<String, String>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let body = body_of(&customer.0).seal(&tx.keys(), answers)?;
    sql!(
        tx,
        exec,
        "insert into customer_answers (customer, body, changed_ms) values ($1, $2, $3)
         on conflict (customer) do update set body = excluded.body, changed_ms = excluded.changed_ms",
        customer.0,
        body,
        now.millis()
    )
    .map_err(StoreError::on("answers.remember"))?;
    Ok(())
}
