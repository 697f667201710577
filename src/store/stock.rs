//! Stock levels, live holds, and the ledger of every change.
//!
//! A hold belongs to a cart (its claim) and stays under that name when the cart becomes an order.
//! Every change of a level repeats its bounds, touches rows in item order, and writes a ledger
//! row in the same transaction. Quantities are in base units.

mod hold;

use std::collections::BTreeMap;

use super::batch::{Batch, Value};
use super::db::Engine;
use super::error::StoreError;
use super::ledger::{Entry, book};
use super::tx::{Tx, sql};
use crate::domain::stock::{Demand, Level, Reason};
use crate::kernel::{CartId, ItemId, OrderId, Quantity, Timestamp};

pub use super::ledger::Stamp;
pub use hold::{Held, amend_order, hold, levels};

/// The levels of counted items and what one cart holds of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// By item; items without a level are not counted.
    pub levels: BTreeMap<ItemId, Level>,
    /// What the cart asked for holds already.
    pub own: Demand,
}

/// Every level, for the menu: what can be had at all.
pub async fn all(tx: &mut Tx) -> Result<BTreeMap<ItemId, Level>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, i64, i64),
        "select item_id, on_hand, held from stock"
    )
    .map_err(StoreError::on("stock.all"))?;
    let level = |on_hand, held| Level {
        on_hand: Quantity(on_hand),
        held: Quantity(held),
    };
    Ok(rows
        .into_iter()
        .map(|(item, on_hand, held)| (ItemId(item), level(on_hand, held)))
        .collect())
}

/// Keeps the hold of a cart until `expires`; `false` if it holds nothing.
pub async fn prolong(tx: &mut Tx, cart: CartId, expires: Timestamp) -> Result<bool, StoreError> {
    let kept = sql!(
        tx,
        exec,
        "update holds set expires_ms = $1 where claim = $2 and order_id is null",
        expires.0,
        cart.0
    )
    .map_err(StoreError::on("stock.prolong"))?;
    Ok(kept > 0)
}

/// Turns the hold of a cart into that of the order it becomes; `false`, and nothing changed, if
/// it is not exactly `demand` (it ended, or the cart changed since): then it must be taken anew.
/// `demand` names counted items only.
pub async fn claim(
    tx: &mut Tx,
    cart: CartId,
    order: OrderId,
    demand: &Demand,
) -> Result<bool, StoreError> {
    let error = StoreError::on("stock.claim");
    if demand.is_empty() {
        let held = sql!(
            tx,
            fetch_optional as (i64,),
            "select claim from holds where claim = $1 limit 1",
            cart.0
        );
        return Ok(held.map_err(error)?.is_none());
    }
    let items = demand.len() as i64;
    let wanted = demand
        .iter()
        .map(|(item, quantity)| [Value::from(item.as_str()), quantity.0.into()]);
    let claimed = Batch::new("update holds set expires_ms = null, order_id = ")
        .arg(order.0)
        .text(" where claim = ")
        .arg(cart.0)
        .text(" and order_id is null and (select count(*) from holds h where h.claim = ")
        .arg(cart.0)
        .text(") = ")
        .arg(items)
        .text(" and (select count(*) from holds h join (")
        .rows(wanted)
        .text(
            ") as wanted on wanted.column1 = h.item_id and wanted.column2 = h.quantity
             where h.claim = ",
        )
        .arg(cart.0)
        .text(") = ")
        .arg(items)
        .exec(tx)
        .await
        .map_err(error)?;
    Ok(claimed == demand.len() as u64)
}

/// Gives back what a cart holds, unless it became an order; `false` if it held nothing.
pub async fn release_cart(
    tx: &mut Tx,
    cart: CartId,
    stamp: &mut Stamp<'_>,
) -> Result<bool, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, String, i64),
        "delete from holds where claim = $1 and order_id is null
         returning claim, item_id, quantity",
        cart.0
    )
    .map_err(StoreError::on("stock.release_cart"))?;
    end(tx, rows, None, Reason::Release, stamp).await
}

/// Gives back what an order holds; `false` if it held nothing.
pub async fn release_order(
    tx: &mut Tx,
    order: OrderId,
    stamp: &mut Stamp<'_>,
) -> Result<bool, StoreError> {
    let rows = order_holds(tx, order).await?;
    end(tx, rows, Some(order), Reason::Release, stamp).await
}

/// Hands over what an order holds: on hand and held both fall; `false` if it held nothing.
pub async fn fulfil(
    tx: &mut Tx,
    order: OrderId,
    stamp: &mut Stamp<'_>,
) -> Result<bool, StoreError> {
    let rows = order_holds(tx, order).await?;
    end(tx, rows, Some(order), Reason::Fulfil, stamp).await
}

/// Carts whose holds ended by `now` and were not given back yet.
pub async fn expired(tx: &mut Tx, now: Timestamp) -> Result<Vec<CartId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64,),
        "select distinct claim from holds where expires_ms <= $1 order by claim",
        now.0
    )
    .map_err(StoreError::on("stock.expired"))?;
    Ok(rows.into_iter().map(|(cart,)| CartId(cart)).collect())
}

async fn order_holds(tx: &mut Tx, order: OrderId) -> Result<Vec<(i64, String, i64)>, StoreError> {
    sql!(
        tx,
        fetch_all as (i64, String, i64),
        "delete from holds where order_id = $1 returning claim, item_id, quantity",
        order.0
    )
    .map_err(StoreError::on("stock.order_holds"))
}

async fn end(
    tx: &mut Tx,
    rows: Vec<(i64, String, i64)>,
    order: Option<OrderId>,
    reason: Reason,
    stamp: &mut Stamp<'_>,
) -> Result<bool, StoreError> {
    if rows.is_empty() {
        return Ok(false);
    }
    let fulfils = reason == Reason::Fulfil;
    let changes: BTreeMap<ItemId, i64> = rows
        .iter()
        .map(|(_, item, quantity)| (ItemId(item.clone()), -quantity))
        .collect();
    let fits = if fulfils {
        take(tx, &changes).await?
    } else {
        shift(tx, &changes).await?
    };
    if !fits {
        let what = "stock.held is less than what holds say";
        return Err(StoreError::corrupt("stock.end", what));
    }
    let entries = rows.into_iter().map(|(claim, item, quantity)| Entry {
        on_hand: if fulfils { -quantity } else { 0 },
        held: -quantity,
        claim: Some(CartId(claim)),
        order,
        ..Entry::new(ItemId(item), reason)
    });
    book(tx, &entries.collect::<Vec<_>>(), stamp).await?;
    Ok(true)
}

/// Changes what is held, each item within its bounds; all or nothing.
async fn shift(tx: &mut Tx, changes: &BTreeMap<ItemId, i64>) -> Result<bool, StoreError> {
    let done = shift_some(tx, changes).await?;
    if done.len() == changes.len() {
        return Ok(true);
    }
    // Some items fell short: what was changed of the others goes back.
    let back: BTreeMap<ItemId, i64> = changes
        .iter()
        .filter(|(item, _)| done.contains(&item.0))
        .map(|(item, change)| (item.clone(), -change))
        .collect();
    if !back.is_empty() && shift_some(tx, &back).await?.len() != back.len() {
        let what = "stock.held left its bounds within one transaction";
        return Err(StoreError::corrupt("stock.shift", what));
    }
    Ok(false)
}

async fn shift_some(
    tx: &mut Tx,
    changes: &BTreeMap<ItemId, i64>,
) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = ordered(
        tx,
        "update stock set held = stock.held + due.change",
        changes,
    )
    .text(
        " where stock.item_id = due.item_id and stock.held + due.change >= 0
             and stock.held + due.change <= stock.on_hand returning stock.item_id",
    )
    .fetch_all(tx)
    .await
    .map_err(StoreError::on("stock.shift"))?;
    Ok(rows.into_iter().map(|(item,)| item).collect())
}

/// Takes goods that are held off the shelf.
async fn take(tx: &mut Tx, changes: &BTreeMap<ItemId, i64>) -> Result<bool, StoreError> {
    let text = "update stock set held = stock.held + due.change,
                on_hand = stock.on_hand + due.change";
    let done = ordered(tx, text, changes)
        .text(" where stock.item_id = due.item_id and stock.held + due.change >= 0")
        .exec(tx)
        .await
        .map_err(StoreError::on("stock.take"))?;
    Ok(done == changes.len() as u64)
}

/// `… from (…) as due`, whose rows are visited and, on PostgreSQL, locked in item order: two
/// orders that share two items would otherwise deadlock. SQLite has one writer and no such
/// clause: the one text that differs.
fn ordered(tx: &Tx, text: &'static str, changes: &BTreeMap<ItemId, i64>) -> Batch {
    let rows = changes
        .iter()
        .map(|(item, change)| [Value::from(item.as_str()), (*change).into()]);
    let batch = Batch::new(text)
        .text(
            " from (select stock.item_id, wanted.column2 as change from stock
             join (",
        )
        .rows(rows)
        .text(") as wanted on wanted.column1 = stock.item_id order by stock.item_id");
    match tx.engine() {
        Engine::Postgres => batch.text(" for update of stock) as due"),
        Engine::Sqlite => batch.text(") as due"),
    }
}
