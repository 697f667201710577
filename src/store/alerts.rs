//! What the owner was alerted of, by what it is about; so that nobody hears of one thing twice.
//!
//! An alert is open from when it was raised until it is over. Details are numbers and ids,
//! nothing personal.

use super::batch::{Batch, Value};
use super::error::StoreError;
use super::tx::{Tx, sql};
use crate::kernel::Timestamp;

/// What is wrong now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// What it is about, e.g. `stock/green`.
    pub name: String,
    /// When somebody was told last.
    pub told: Option<Timestamp>,
}

/// Opens alerts; gives how many were not open.
pub async fn raise(tx: &mut Tx, names: &[&str], now: Timestamp) -> Result<u64, StoreError> {
    raise_told(tx, names, now, None).await
}

/// The same, and somebody was told of them at `told`.
pub async fn raise_told(
    tx: &mut Tx,
    names: &[&str],
    now: Timestamp,
    told: Option<Timestamp>,
) -> Result<u64, StoreError> {
    if names.is_empty() {
        return Ok(0);
    }
    let told = told.map(|told| told.0);
    let rows = names
        .iter()
        .map(|name| [Value::from(*name), now.0.into(), told.into()]);
    Batch::new("insert into alerts (name, since_ms, told_ms) ")
        .rows(rows)
        .text(
            " on conflict (name) do update set since_ms = excluded.since_ms,
              told_ms = excluded.told_ms, until_ms = null where alerts.until_ms is not null",
        )
        .exec(tx)
        .await
        .map_err(StoreError::on("alerts.raise"))
}

/// Ends alerts; gives how many were open.
pub async fn end(tx: &mut Tx, names: &[&str], now: Timestamp) -> Result<u64, StoreError> {
    if names.is_empty() {
        return Ok(0);
    }
    Batch::new("update alerts set until_ms = ")
        .arg(now.0)
        .text(" where until_ms is null and name in (")
        .list(names.iter().copied())
        .text(")")
        .exec(tx)
        .await
        .map_err(StoreError::on("alerts.end"))
}

/// The open alerts, the oldest first.
pub async fn open(tx: &mut Tx) -> Result<Vec<Alert>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, Option<i64>),
        "select name, told_ms from alerts where until_ms is null order by since_ms, name"
    )
    .map_err(StoreError::on("alerts.open"))?;
    Ok(rows
        .into_iter()
        .map(|(name, told)| Alert {
            name,
            told: told.map(Timestamp),
        })
        .collect())
}

/// Notes that somebody was told of these.
pub async fn tell(tx: &mut Tx, names: &[&str], now: Timestamp) -> Result<(), StoreError> {
    Batch::new("update alerts set told_ms = ")
        .arg(now.0)
        .text(" where until_ms is null and name in (")
        .list(names.iter().copied())
        .text(")")
        .exec(tx)
        .await
        .map_err(StoreError::on("alerts.tell"))?;
    Ok(())
}

/// Forgets that anybody was told: who was can't be reached any more.
pub async fn untell(tx: &mut Tx) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "update alerts set told_ms = null where until_ms is null"
    )
    .map_err(StoreError::on("alerts.untell"))?;
    Ok(())
}

/// How many dead letters nobody has resolved.
pub async fn dead_letters(tx: &mut Tx) -> Result<i64, StoreError> {
    let (count,) = sql!(
        tx,
        fetch_one as (i64,),
        "select (select count(*) from inbox where state = 'dead')
              + (select count(*) from outbox where state = 'dead')"
    )
    .map_err(StoreError::on("alerts.dead_letters"))?;
    Ok(count)
}

/// What is left of every counted item for those who have not ordered yet: carts at review do not
/// count, they come and go. In base units.
pub async fn left(tx: &mut Tx) -> Result<Vec<(String, i64)>, StoreError> {
    sql!(
        tx,
        fetch_all as (String, i64),
        "select s.item_id, cast(s.on_hand - coalesce((select sum(h.quantity) from holds h
            where h.item_id = s.item_id and h.order_id is not null), 0) as bigint)
         from stock s order by s.item_id"
    )
    .map_err(StoreError::on("alerts.left"))
}
