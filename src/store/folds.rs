//! Orders that came to a group faster than it may be written to: which they are, and the list
//! that shows them there. Must never decide what is folded.
//!
//! The row of a group's list is locked by whoever changes it, so that of two changes the later
//! shows both.

use super::batch::Batch;
use super::error::StoreError;
use super::tx::{Tx, sql};
use crate::kernel::{ChatId, OrderId, Timestamp};

/// The list of a group, as this change of it makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// Rises with every change.
    pub version: i64,
    /// When it was last sent anew before this change.
    pub fresh_at: Timestamp,
}

/// Puts an order into a group's list; `false` if it is in one already.
pub async fn add(
    tx: &mut Tx,
    order: OrderId,
    chat: ChatId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "insert into folded (order_id, chat, since_ms) values ($1, $2, $3)
         on conflict (order_id) do nothing",
        order.0,
        chat.0,
        now.0
    )
    .map_err(StoreError::on("folds.add"))?;
    Ok(done == 1)
}

/// Takes orders out of their lists.
pub async fn remove(tx: &mut Tx, orders: &[OrderId]) -> Result<(), StoreError> {
    if orders.is_empty() {
        return Ok(());
    }
    Batch::new("delete from folded where order_id in (")
        .list(orders.iter().map(|order| order.0))
        .text(")")
        .exec(tx)
        .await
        .map_err(StoreError::on("folds.remove"))?;
    Ok(())
}

/// Begins a change of a group's list, and locks it until the end of the transaction.
pub async fn change(tx: &mut Tx, chat: ChatId) -> Result<List, StoreError> {
    let (version, fresh) = sql!(
        tx,
        fetch_one as (i64, i64),
        "insert into fold_lists (chat, version, fresh_ms) values ($1, $2, $3)
         on conflict (chat) do update set version = fold_lists.version + 1
         returning version, fresh_ms",
        chat.0,
        1_i64,
        0_i64
    )
    .map_err(StoreError::on("folds.change"))?;
    Ok(List {
        version,
        fresh_at: Timestamp(fresh),
    })
}

/// Notes that a group's list is sent anew.
pub async fn sent_anew(tx: &mut Tx, chat: ChatId, now: Timestamp) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "update fold_lists set fresh_ms = $1 where chat = $2",
        now.0,
        chat.0
    )
    .map_err(StoreError::on("folds.sent_anew"))?;
    Ok(())
}

/// Forgets every list: orders are worked in other chats from now on.
pub async fn clear(tx: &mut Tx) -> Result<(), StoreError> {
    sql!(tx, exec, "delete from folded").map_err(StoreError::on("folds.clear"))?;
    Ok(())
}
