//! Moves of orders written: one compare-and-set on the version, with the events that made it.

use super::rows::{personal, personal_of};
use super::{insert_events, request_state, sealed_request, write_lines};
use crate::domain::orders::{Event, Order, OrderEvent};
use crate::kernel::AccountId;
use crate::store::batch::Batch;
use crate::store::error::StoreError;
use crate::store::read::to_json;
use crate::store::tx::{Tx, sql};

/// Writes moves: the order as it is now, whose version is above the stored one by as many as
/// there are events, and its request, whose version was `request_was`. If one of them amended it,
/// its lines, receipt and what is personal too: then it takes three statements, or four if a line
/// goes, else two. `false` if somebody was faster: then nothing is written; reload and decide
/// again.
pub async fn update(
    tx: &mut Tx,
    order: &Order,
    events: &[OrderEvent],
    request_was: Option<i64>,
) -> Result<bool, StoreError> {
    let amends = events.iter().any(|e| e.event == Some(Event::Amend));
    let was = (order.version - events.len() as i64, request_was);
    let Some(gone) = update_row(tx, order, was, amends).await? else {
        return Ok(false);
    };
    if amends {
        let known = " on conflict (order_id, line) do update set item_id = excluded.item_id,
             variant = excluded.variant, quantity = excluded.quantity,
             counted = excluded.counted, amount_minor = excluded.amount_minor,
             body = excluded.body";
        write_lines(tx, order, known).await?;
        if gone > 0 {
            drop_lines(tx, order).await?;
        }
    }
    insert_events(tx, events).await?;
    Ok(true)
}

/// What an amendment changes in the order's row.
#[derive(Default)]
struct Amended {
    receipt: Option<String>,
    currency: Option<String>,
    subtotal: Option<i64>,
    total: Option<i64>,
    /// The ids of its lines, as in `,1,2,`.
    lines: Option<String>,
    /// Its account, none or one.
    account: Option<String>,
}

impl Amended {
    fn of(order: &Order) -> Result<Self, StoreError> {
        let (subtotal, total) = (order.receipt.subtotal, order.receipt.total);
        let ids = order.lines.iter().map(|line| format!("{},", line.id));
        Ok(Self {
            receipt: Some(to_json("orders.update", &order.receipt)?),
            currency: Some(total.currency.code().to_owned()),
            subtotal: Some(subtotal.minor),
            total: Some(total.minor),
            lines: Some(format!(",{}", ids.collect::<String>())),
            account: order.account.as_ref().map(AccountId::code),
        })
    }
}

/// Writes the order's row, if it is as it was; then how many of its stored lines an amendment
/// takes out.
async fn update_row(
    tx: &mut Tx,
    order: &Order,
    (version_was, request_was): (i64, Option<i64>),
    amends: bool,
) -> Result<Option<i64>, StoreError> {
    let closed = order.state.is_terminal().then_some(order.moved_at.0);
    // Only then: what was erased stays erased.
    let words = (amends || order.reason_words.is_some()).then(|| personal_of(order));
    let words = words.map(|words| personal(&order.id.0).seal(&tx.keys(), &words));
    let words = words.transpose()?;
    let sealed = sealed_request(tx, order)?;
    let amended = if amends {
        Amended::of(order)?
    } else {
        Amended::default()
    };
    let gone = sql!(
        tx,
        fetch_optional as (i64,),
        "update orders set state = $1, payment = $2, delivery = $3, approval = $4, version = $5,
         cancel_asked = $6, reason = $7, ready_ms = $8, moved_ms = $9, closed_ms = $10,
         personal = coalesce($11, personal), request_state = $12, request_version = $13,
         request = $14, request_due_ms = $15, receipt = coalesce($16, receipt),
         currency = coalesce($17, currency), subtotal_minor = coalesce($18, subtotal_minor),
         total_minor = coalesce($19, total_minor),
         account = case when cast($23 as text) is null then account else $24 end
         where id = $20 and version = $21 and coalesce(request_version, 0) = $22
         returning case when cast($23 as text) is null then 0 else (select count(*)
            from order_lines l where l.order_id = orders.id
            and cast($23 as text) not like '%,' || cast(l.line as text) || ',%') end",
        order.state.code(),
        order.payment.code(),
        order.delivery.code(),
        order.approval.code(),
        order.version,
        order.cancel_asked,
        order.reason.as_deref(),
        order.ready_at.map(|at| at.0),
        order.moved_at.0,
        closed,
        words,
        request_state(order),
        order.request.as_ref().map(|request| request.version),
        sealed,
        order.request.as_ref().map(|request| request.due.0),
        amended.receipt,
        amended.currency,
        amended.subtotal,
        amended.total,
        order.id.0,
        version_was,
        request_was.unwrap_or(0),
        amended.lines,
        amended.account
    )
    .map_err(StoreError::on("orders.update"))?;
    Ok(gone.map(|(lines,)| lines))
}

/// Takes the stored lines out that the order has no more.
async fn drop_lines(tx: &mut Tx, order: &Order) -> Result<(), StoreError> {
    Batch::new("delete from order_lines where order_id = ")
        .arg(order.id.0)
        .text(" and line not in (")
        .list(order.lines.iter().map(|line| line.id.0))
        .text(")")
        .exec(tx)
        .await
        .map_err(StoreError::on("orders.drop_lines"))?;
    Ok(())
}

/// Writes an order's request that changed while the order did not move: its version is one above
/// the stored one. `false` if somebody was faster.
pub async fn update_request(tx: &mut Tx, order: &Order) -> Result<bool, StoreError> {
    let Some(request) = &order.request else {
        return Ok(false);
    };
    let sealed = sealed_request(tx, order)?;
    let done = sql!(
        tx,
        exec,
        "update orders set request_version = $1, request = $2
         where id = $3 and version = $4 and request_version = $5",
        request.version,
        sealed,
        order.id.0,
        order.version,
        request.version - 1
    )
    .map_err(StoreError::on("orders.update_request"))?;
    Ok(done == 1)
}
