//! The orders of a company, for its own people.

use super::super::error::StoreError;
use super::super::tx::{Tx, sql};
use super::rows::{Row, collect};
use crate::domain::orders::Order;
use crate::kernel::{CompanyId, CustomerId};

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
