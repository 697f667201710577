//! The stock ledger: one row for every change of a level, append-only.

use super::batch::{Batch, MAX_ROWS, Value};
use super::error::StoreError;
use super::tx::Tx;
use crate::domain::stock::Reason;
use crate::kernel::{CartId, CustomerId, IdSource, ItemId, OrderId, Timestamp};

/// What every ledger row carries: the inbox row that caused it, the time, and ids to give.
#[derive(Debug)]
pub struct Stamp<'a> {
    /// The inbox row.
    pub cause: i64,
    /// Business time.
    pub now: Timestamp,
    /// Gives the rows their ids.
    pub ids: &'a mut IdSource,
}

/// One ledger row to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) item: ItemId,
    pub(super) on_hand: i64,
    pub(super) held: i64,
    pub(super) reason: Reason,
    pub(super) claim: Option<CartId>,
    pub(super) order: Option<OrderId>,
    pub(super) actor: Option<CustomerId>,
    pub(super) why: Option<String>,
}

impl Entry {
    pub(super) fn new(item: ItemId, reason: Reason) -> Self {
        Self {
            item,
            on_hand: 0,
            held: 0,
            reason,
            claim: None,
            order: None,
            actor: None,
            why: None,
        }
    }

    pub(super) fn on_hand(self, on_hand: i64) -> Self {
        Self { on_hand, ..self }
    }
}

/// Writes ledger rows.
pub(super) async fn book(
    tx: &mut Tx,
    entries: &[Entry],
    stamp: &mut Stamp<'_>,
) -> Result<(), StoreError> {
    for part in entries.chunks(MAX_ROWS) {
        let mut rows: Vec<[Value; 11]> = Vec::with_capacity(part.len());
        for entry in part {
            rows.push([
                stamp.ids.next(stamp.now).into(),
                entry.item.as_str().into(),
                entry.on_hand.into(),
                entry.held.into(),
                entry.reason.code().into(),
                entry.claim.map(|cart| cart.0).into(),
                entry.order.map(|order| order.0).into(),
                entry.actor.map(|actor| actor.0).into(),
                entry.why.clone().into(),
                stamp.cause.into(),
                stamp.now.0.into(),
            ]);
        }
        Batch::new(
            "insert into stock_ledger (id, item_id, on_hand_change, held_change, reason, claim,
             order_id, actor, why, cause, at_ms) ",
        )
        .rows(rows)
        .exec(tx)
        .await
        .map_err(StoreError::on("stock.book"))?;
    }
    Ok(())
}
