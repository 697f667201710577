//! Holds taken and changed: a cart's under review, and an order's that is amended.
//!
//! All or nothing: each level's bounds are repeated by the write, and what falls short changes
//! nothing at all.

use std::collections::BTreeMap;

use super::{Levels, Stamp, prolong, shift};
use crate::domain::stock::{Demand, Level, Reason, Shortage, shortages};
use crate::kernel::{CartId, ItemId, OrderId, Quantity, Timestamp};
use crate::store::batch::{Batch, Value};
use crate::store::error::{Kind, StoreError};
use crate::store::ledger::{Entry, book};
use crate::store::row::columns;
use crate::store::tx::Tx;

/// How often a hold looks again when somebody was faster; then the whole turn is run again.
const HOLD_TRIES: usize = 3;

/// What came of asking for a hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// All of it is held, no more and no less.
    All,
    /// Nothing changed: these items fall short, in item order.
    Short(Vec<Shortage>),
}

/// Who holds.
#[derive(Clone, Copy)]
enum Holder {
    /// A cart, until then.
    Cart(CartId, Timestamp),
    /// An order, until it ends; under the name of the cart that it was.
    Order(OrderId),
}

/// The levels of `items`, with what `cart` holds of them and of anything else; one statement.
pub async fn levels(
    tx: &mut Tx,
    cart: CartId,
    items: impl IntoIterator<Item = &ItemId>,
) -> Result<Levels, StoreError> {
    Ok(look(tx, of_cart(cart), items).await?.0)
}

/// Makes what `cart` holds equal to `demand`, all or nothing, until `expires`. What it held
/// before counts as its own; with an empty demand all of it is given back.
///
/// An item without a level is not counted: nothing is held of it.
pub async fn hold(
    tx: &mut Tx,
    cart: CartId,
    demand: &Demand,
    expires: Timestamp,
    stamp: &mut Stamp<'_>,
) -> Result<Held, StoreError> {
    settle(tx, Holder::Cart(cart, expires), demand, stamp).await
}

/// Makes what an order holds equal to `demand`, all or nothing, until the order ends, as [`hold`]
/// does for a cart. Whether the order may still be amended its own write repeats.
///
/// Takes four statements, or five where an item goes and another one changes; one if nothing
/// changes or something falls short.
pub async fn amend_order(
    tx: &mut Tx,
    order: OrderId,
    demand: &Demand,
    stamp: &mut Stamp<'_>,
) -> Result<Held, StoreError> {
    settle(tx, Holder::Order(order), demand, stamp).await
}

async fn settle(
    tx: &mut Tx,
    holder: Holder,
    demand: &Demand,
    stamp: &mut Stamp<'_>,
) -> Result<Held, StoreError> {
    for _ in 0..HOLD_TRIES {
        let (found, claim) = look(tx, holder.claim(), demand.keys()).await?;
        let short = shortages(demand, &found.levels, &found.own);
        if !short.is_empty() {
            return Ok(Held::Short(short));
        }
        let wanted: Demand = demand
            .iter()
            .filter(|(item, _)| found.levels.contains_key(*item))
            .map(|(item, quantity)| (item.clone(), *quantity))
            .collect();
        let changes = changes(&found.own, &wanted);
        if changes.is_empty() {
            if let Holder::Cart(cart, expires) = holder {
                prolong(tx, cart, expires).await?;
            }
            return Ok(Held::All);
        }
        let Some(claim) = claim else {
            return Err(StoreError::corrupt("stock.hold", "an order has no cart"));
        };
        if shift(tx, &changes).await? {
            write_holds(tx, (holder, claim), &wanted, &changes).await?;
            book_changes(tx, claim, changes, stamp).await?;
            return Ok(Held::All);
        }
        // Somebody was faster between reading and writing: see what they left.
    }
    Err(StoreError {
        query: "stock.hold",
        kind: Kind::Busy,
        source: None,
    })
}

impl Holder {
    /// The beginning of a statement that knows the claim.
    fn claim(self) -> Batch {
        match self {
            Self::Cart(cart, _) => of_cart(cart),
            Self::Order(order) => {
                Batch::new("with mine as (select cart_id as claim from orders where id = ")
                    .arg(order.0)
                    .text(")")
            }
        }
    }
}

fn of_cart(cart: CartId) -> Batch {
    Batch::new("with mine as (select cast(")
        .arg(cart.0)
        .text(" as bigint) as claim)")
}

/// A level, what the claim has of it, and the claim.
struct Row {
    item_id: String,
    on_hand: i64,
    held: i64,
    own: Option<i64>,
    claim: Option<i64>,
}
columns!(Row: item_id, on_hand, held, own, claim);

/// Levels with the claim's own holds, and the claim, of which nothing is said if there is no level.
async fn look(
    tx: &mut Tx,
    claim: Batch,
    items: impl IntoIterator<Item = &ItemId>,
) -> Result<(Levels, Option<CartId>), StoreError> {
    let rows: Vec<Row> = claim
        .text(
            " select stock.item_id, stock.on_hand, stock.held, holds.quantity as own,
             (select claim from mine) as claim from stock
             left join holds on holds.item_id = stock.item_id
             and holds.claim = (select claim from mine)
             where holds.quantity is not null or stock.item_id in (",
        )
        .list(items.into_iter().map(ItemId::as_str))
        .text(")")
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("stock.levels"))?;
    let (mut found, mut of) = (Levels::default(), None);
    for row in rows {
        let item = ItemId(row.item_id);
        of = row.claim.map(CartId);
        if let Some(own) = row.own {
            found.own.insert(item.clone(), Quantity(own));
        }
        let level = Level {
            on_hand: Quantity(row.on_hand),
            held: Quantity(row.held),
        };
        found.levels.insert(item, level);
    }
    Ok((found, of))
}

/// What must change for `own` to become `wanted`.
fn changes(own: &Demand, wanted: &Demand) -> BTreeMap<ItemId, i64> {
    let of = |demand: &Demand, item: &ItemId| demand.get(item).map_or(0, |quantity| quantity.0);
    own.keys()
        .chain(wanted.keys())
        .map(|item| (item.clone(), of(wanted, item) - of(own, item)))
        .filter(|(_, change)| *change != 0)
        .collect()
}

async fn write_holds(
    tx: &mut Tx,
    (holder, claim): (Holder, CartId),
    wanted: &Demand,
    changes: &BTreeMap<ItemId, i64>,
) -> Result<(), StoreError> {
    let gone = changes.keys().filter(|item| !wanted.contains_key(*item));
    let gone: Vec<&str> = gone.map(ItemId::as_str).collect();
    if !gone.is_empty() {
        Batch::new("delete from holds where claim = ")
            .arg(claim.0)
            .text(" and item_id in (")
            .list(gone)
            .text(")")
            .exec(tx)
            .await
            .map_err(StoreError::on("stock.drop_holds"))?;
    }
    let (order, expires) = match holder {
        Holder::Cart(_, expires) => (None, Some(expires.0)),
        Holder::Order(order) => (Some(order.0), None),
    };
    // What a cart holds is prolonged as well; an order's other holds stay as they are.
    let rows: Vec<[Value; 5]> = wanted
        .iter()
        .filter(|(item, _)| order.is_none() || changes.contains_key(*item))
        .map(|(item, quantity)| {
            [
                Value::from(claim.0),
                item.as_str().into(),
                quantity.0.into(),
                order.into(),
                expires.into(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    Batch::new("insert into holds (claim, item_id, quantity, order_id, expires_ms) ")
        .rows(rows)
        .text(
            " on conflict (claim, item_id) do update
             set quantity = excluded.quantity, expires_ms = excluded.expires_ms",
        )
        .exec(tx)
        .await
        .map_err(StoreError::on("stock.write_holds"))?;
    Ok(())
}

async fn book_changes(
    tx: &mut Tx,
    claim: CartId,
    changes: BTreeMap<ItemId, i64>,
    stamp: &mut Stamp<'_>,
) -> Result<(), StoreError> {
    let entry = |(item, change): (ItemId, i64)| {
        let reason = if change > 0 {
            Reason::Hold
        } else {
            Reason::Release
        };
        Entry {
            held: change,
            claim: Some(claim),
            ..Entry::new(item, reason)
        }
    };
    let entries: Vec<Entry> = changes.into_iter().map(entry).collect();
    book(tx, &entries, stamp).await
}
