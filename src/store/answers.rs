//! What customers answered last, so that nobody types it twice. Sealed.

use std::collections::BTreeMap;

use super::error::StoreError;
use super::read::Cell;
use super::tx::{Tx, sql};
use crate::kernel::{CustomerId, Timestamp};

/// What is known of a customer beside the order at hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Orders handed over before.
    pub completed_orders: i64,
    /// Answers by step id.
    pub answers: BTreeMap<String, String>,
}

fn body_of(customer: &i64) -> Cell<'_, i64> {
    Cell {
        query: "answers.known",
        table: "customer_answers",
        column: "body",
        row: customer,
    }
}

/// What is known of a customer; one statement.
pub async fn known(tx: &mut Tx, customer: CustomerId) -> Result<Known, StoreError> {
    let (completed_orders, body) = sql!(
        tx,
        fetch_one as (i64, Option<Vec<u8>>),
        "select cast((select count(*) from orders where customer = $1 and state = 'completed') as bigint),
                (select body from customer_answers where customer = $1)",
        customer.0
    )
    .map_err(StoreError::on("answers.known"))?;
    let answers = match body {
        Some(body) => body_of(&customer.0).open(&tx.keys(), &body)?,
        None => BTreeMap::new(),
    };
    Ok(Known {
        completed_orders,
        answers,
    })
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
