//! Carts: what somebody is about to order. Lines and notes are one sealed body.

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::read::Cell;
use super::seal::Keys;
use super::tx::{Tx, sql};
use crate::domain::cart::{Cart, Line};
use crate::kernel::{CartId, CustomerId, OrderId, Timestamp};

/// What is sealed of a cart.
#[derive(Debug, Serialize, Deserialize)]
struct Body<'a> {
    lines: std::borrow::Cow<'a, [Line]>,
    last_line: i64,
    note: std::borrow::Cow<'a, str>,
}

/// A cart as stored: still open, or already an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// It can be changed and placed.
    Open(Cart),
    /// It became this order; a second tap shows it.
    Placed(OrderId),
}

/// Customer, flow, version, body, order.
pub(super) type Columns = (i64, String, i64, Option<Vec<u8>>, Option<i64>);

impl Stored {
    /// From what the table holds.
    pub(super) fn open(keys: &Keys, id: CartId, columns: Columns) -> Result<Self, StoreError> {
        let (customer, flow, version, body, order) = columns;
        if let Some(order) = order {
            return Ok(Self::Placed(OrderId(order)));
        }
        let cell = body_of(&id.0);
        let body: Body<'_> = cell.open(keys, &cell.known(body)?)?;
        Ok(Self::Open(Cart {
            id,
            version,
            customer: CustomerId(customer),
            flow,
            lines: body.lines.into_owned(),
            last_line: body.last_line,
            note: body.note.into_owned(),
        }))
    }
}

fn body_of(id: &i64) -> Cell<'_, i64> {
    Cell {
        query: "carts.get",
        table: "carts",
        column: "body",
        row: id,
    }
}

/// A cart, if it was ever stored.
pub async fn find(tx: &mut Tx, id: CartId) -> Result<Option<Stored>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Columns,
        "select customer, flow, version, body, order_id from carts where id = $1",
        id.0
    )
    .map_err(StoreError::on("carts.find"))?;
    row.map(|row| Stored::open(&tx.keys(), id, row)).transpose()
}

/// Stores a cart: a new one (version 0) or a changed one. Its version rises by one, here and in
/// `cart`; `false` if somebody changed or placed it in the meantime: then reload.
pub async fn save(tx: &mut Tx, cart: &mut Cart, now: Timestamp) -> Result<bool, StoreError> {
    let body = Body {
        lines: cart.lines.as_slice().into(),
        last_line: cart.last_line,
        note: cart.note.as_str().into(),
    };
    let sealed = body_of(&cart.id.0).seal(&tx.keys(), &body)?;
    let saved = sql!(
        tx,
        exec,
        "insert into carts (id, customer, flow, version, body, updated_ms)
         values ($1, $2, $3, $4 + 1, $5, $6)
         on conflict (id) do update
         set flow = excluded.flow, version = excluded.version, body = excluded.body,
             updated_ms = excluded.updated_ms
         where carts.version = $4 and carts.order_id is null and carts.customer = $2",
        cart.id.0,
        cart.customer.0,
        cart.flow.as_str(),
        cart.version,
        sealed,
        now.0
    )
    .map_err(StoreError::on("carts.save"))?;
    if saved == 1 {
        cart.version += 1;
    }
    Ok(saved == 1)
}

/// Closes a cart because it becomes `order`; `false` if it changed or was placed already: the
/// compare-and-set that makes a double tap one order. `false` too if one of two settings, seen with
/// these values (empty: not made), says something else now. Its body is removed: the order has it
/// all.
pub async fn close(
    tx: &mut Tx,
    cart: &Cart,
    order: OrderId,
    [one, other]: &[(String, String); 2],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let closed = sql!(
        tx,
        exec,
        "update carts set order_id = $1, body = null, version = version + 1, updated_ms = $2
         where id = $3 and version = $4 and order_id is null and not exists
             (select 1 from settings where (name = $5 and value <> $6)
              or (name = $7 and value <> $8))",
        order.0,
        now.0,
        cart.id.0,
        cart.version,
        one.0.as_str(),
        one.1.as_str(),
        other.0.as_str(),
        other.1.as_str()
    )
    .map_err(StoreError::on("carts.close"))?;
    Ok(closed == 1)
}
