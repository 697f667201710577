//! What staff change of a level, and what they changed last. Must never leave less on hand than
//! is promised: the statement itself says so.

use super::error::StoreError;
use super::ledger::{Entry, Stamp, book};
use super::tx::{Tx, sql};
use crate::domain::stock::Reason;
use crate::kernel::{CustomerId, ItemId, Quantity, Timestamp};

/// A change of what is on hand, in base units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment<'a> {
    /// Of which item.
    pub item: &'a ItemId,
    /// More or less by so much.
    pub change: i64,
    /// What was on hand when the number was counted; the change is carried out only if that is
    /// still so. None: it is right whatever was sold meanwhile.
    pub seen: Option<Quantity>,
    /// Why: an id of the shop's list.
    pub why: &'a str,
    /// Who.
    pub actor: CustomerId,
}

/// The last change that staff made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// By how much, in base units.
    pub change: i64,
    /// Why: an id of the shop's list.
    pub why: String,
    /// Who.
    pub actor: CustomerId,
    /// When.
    pub at: Timestamp,
}

/// Changes what is on hand of a counted item; `false`, and nothing changed, if it is not counted,
/// less than what is promised would be left, or the number seen is no longer true.
pub async fn adjust(
    tx: &mut Tx,
    wanted: &Adjustment<'_>,
    stamp: &mut Stamp<'_>,
) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update stock set on_hand = on_hand + $1 where item_id = $2 and on_hand + $1 >= held
         and (cast($3 as bigint) is null or on_hand = cast($3 as bigint))",
        wanted.change,
        wanted.item.as_str(),
        wanted.seen.map(|seen| seen.0)
    )
    .map_err(StoreError::on("shelf.adjust"))?;
    if done == 0 {
        return Ok(false);
    }
    let entry = Entry {
        on_hand: wanted.change,
        actor: Some(wanted.actor),
        why: Some(wanted.why.to_owned()),
        ..Entry::new(wanted.item.clone(), Reason::Adjust)
    };
    book(tx, &[entry], stamp).await?;
    Ok(true)
}

/// What staff changed last of an item, if they ever did.
pub async fn last_change(tx: &mut Tx, item: &ItemId) -> Result<Option<LastChange>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (i64, String, i64, i64),
        "select on_hand_change, why, actor, at_ms from stock_ledger
         where item_id = $1 and reason = 'adjust' and why is not null and actor is not null
         order by at_ms desc, id desc limit 1",
        item.as_str()
    )
    .map_err(StoreError::on("shelf.last_change"))?;
    Ok(row.map(|(change, why, actor, at)| LastChange {
        change,
        why,
        actor: CustomerId(actor),
        at: Timestamp(at),
    }))
}
