//! The orders of a company, for its own people; those on an account.

use super::super::error::StoreError;
use super::super::tx::{Tx, sql};
use super::rows::{Row, collect};
use crate::domain::orders::Order;
use crate::kernel::{AccountId, CompanyId, CustomerId};

/// Orders for a company, newest first, skipping `skip` and giving at most `limit`; of one customer
/// alone if one is given.
pub async fn of_company(
    tx: &mut Tx,
    company: &CompanyId,
    customer: Option<CustomerId>,
    (skip, limit): (i64, i64),
) -> Result<Vec<Order>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_orders!(
            "where o.id in (select id from orders where company = $1
             and ($2 is null or customer = $2)
             order by placed_ms desc, id desc limit $3 offset $4)
             order by o.placed_ms desc, o.id desc, l.line"
        ),
        company.as_str(),
        customer.map(|user| user.0),
        limit,
        skip
    )
    .map_err(StoreError::on("orders.of_company"))?;
    collect(tx, rows)
}

/// The newest order of this number on an account, if there is one: numbers begin anew each day.
pub async fn numbered_on(
    tx: &mut Tx,
    account: &AccountId,
    number: i64,
) -> Result<Option<Order>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_orders!(
            "where o.id in (select id from orders where number = $1 and account = $2
             order by placed_ms desc, id desc limit 1) order by l.line"
        ),
        number,
        account.code()
    )
    .map_err(StoreError::on("orders.numbered_on"))?;
    Ok(collect(tx, rows)?.pop())
}

/// How many orders of somebody on an account are not closed.
pub async fn open_on(
    tx: &mut Tx,
    account: &AccountId,
    customer: CustomerId,
) -> Result<i64, StoreError> {
    let (count,) = sql!(
        tx,
        fetch_one as (i64,),
        "select count(*) from orders where account = $1 and customer = $2 and closed_ms is null",
        account.code(),
        customer.0
    )
    .map_err(StoreError::on("orders.open_on"))?;
    Ok(count)
}
