//! Orders, their lines, and the events that moved them.
//!
//! What is personal (notes, answers) is one sealed column. Everything changes by compare-and-set on
//! the version, each move with its event; lines and receipt by the move that amends them alone.

mod moves;
mod rows;

use self::rows::{EventRow, GET, LineBody, Row, collect, personal, personal_of, request_of};
use super::batch::{Batch, Value};
use super::error::StoreError;
use super::read::to_json;
use super::tx::{Tx, sql};
use crate::domain::orders::{Order, OrderEvent};
use crate::kernel::{AccountId, CartId, ChatId, CustomerId, OrderId, Timestamp};

/// One order with its lines in one statement; the texts differ only in which orders.
macro_rules! select_orders {
    ($which:literal) => {
        concat!(
            "select o.id, o.day, o.number, o.customer, o.flow, o.chat, o.state, o.payment,
             o.delivery, o.approval, o.version, o.cancel_asked, o.reason, o.receipt, o.personal,
             o.ready_ms, o.cause, o.placed_ms, o.moved_ms, o.fulfilment, o.table_id,
             o.table_name, o.company, o.placed_by, o.account, o.request, l.line, l.item_id,
             l.variant, l.quantity, l.counted, l.body
             from orders o join order_lines l on l.order_id = o.id ",
            $which
        )
    };
}

mod company;
mod search;
mod usual;

pub use company::{numbered_on, of_company, open_on};
pub use moves::{update, update_request};
pub use search::{
    Stretch, in_list, names, numbered, numbers, of_day, of_ids, open_page, with_words,
};
pub use usual::{Often, Usual, UsualLine, often, usual};

/// The next number of a business day, and when the order `back` numbers before it was placed: none
/// if there is none, or if it is so new that it is not seen yet. The day's row stays locked until
/// the end of the transaction: call it after stock was taken, before the order is inserted.
pub async fn next_number(
    tx: &mut Tx,
    day: &str,
    back: i64,
) -> Result<(i64, Option<Timestamp>), StoreError> {
    let (number, placed) = sql!(
        tx,
        fetch_one as (i64, Option<i64>),
        "insert into day_counters (day, last) values ($1, $2)
         on conflict (day) do update set last = day_counters.last + 1
         returning last, (select o.placed_ms from orders o
            where o.day = day_counters.day and o.number = day_counters.last - $3)",
        day,
        1_i64,
        back
    )
    .map_err(StoreError::on("orders.next_number"))?;
    Ok((number, placed.map(Timestamp)))
}

/// Writes a placed order with its lines and first events; three statements. `false` if it is for
/// a company that its customer may not order for: they are no member, or it is stopped. Then
/// nothing is written.
pub async fn insert(
    tx: &mut Tx,
    order: &Order,
    cart: CartId,
    events: &[OrderEvent],
) -> Result<bool, StoreError> {
    if !insert_order(tx, order, cart).await? {
        return Ok(false);
    }
    write_lines(tx, order, "").await?;
    insert_events(tx, events).await?;
    Ok(true)
}

async fn insert_order(tx: &mut Tx, order: &Order, cart: CartId) -> Result<bool, StoreError> {
    let row: [Value; 33] = [
        order.id.0.into(),
        order.day.as_str().into(),
        order.number.into(),
        order.customer.0.into(),
        order.flow.as_str().into(),
        order.chat.0.into(),
        cart.0.into(),
        order.state.code().into(),
        order.payment.code().into(),
        order.delivery.code().into(),
        order.approval.code().into(),
        order.version.into(),
        order.cancel_asked.into(),
        order.reason.clone().into(),
        to_json("orders.insert", &order.receipt)?.into(),
        order.receipt.total.currency.code().into(),
        order.receipt.subtotal.minor.into(),
        order.receipt.total.minor.into(),
        personal(&order.id.0)
            .seal(&tx.keys(), &personal_of(order))?
            .into(),
        order.ready_at.map(|at| at.0).into(),
        order.cause.into(),
        order.placed_at.0.into(),
        order.moved_at.0.into(),
        order.fulfilment.code().into(),
        order.table.as_ref().map(|t| t.id.to_string()).into(),
        table_name(order)?.into(),
        request_state(order).into(),
        order.request.as_ref().map(|r| r.version).into(),
        order.request.as_ref().map(|r| r.due.0).into(),
        sealed_request(tx, order)?.into(),
        order.company.as_ref().map(|id| id.0.clone()).into(),
        order.placed_by.map(|who| who.0).into(),
        order.account.as_ref().map(AccountId::code).into(),
    ];
    let into = "insert into orders (id, day, number, customer, flow, chat, cart_id, state, payment,
         delivery, approval, version, cancel_asked, reason, receipt, currency, subtotal_minor,
         total_minor, personal, ready_ms, cause, placed_ms, moved_ms, fulfilment, table_id,
         table_name, request_state, request_version, request_due_ms, request, company,
         placed_by, account) ";
    let batch = match &order.company {
        None => Batch::new(into).rows([row]),
        // The rest of the decision is repeated by the cart's and the stock's writes.
        Some(company) => Batch::new(into)
            .text("select * from (")
            .rows([row])
            .text(
                ") as placed where exists (select 1 from company_members m
                 join companies c on c.id = m.company where c.active and m.company = ",
            )
            .arg(company.as_str())
            .text(" and m.user_id = ")
            .arg(order.customer.0)
            .text(")"),
    };
    let done = batch.exec(tx).await;
    Ok(done.map_err(StoreError::on("orders.insert"))? == 1)
}

/// The name that an order's table had, if it had one.
fn table_name(order: &Order) -> Result<Option<String>, StoreError> {
    let name = order.table.as_ref().and_then(|table| table.name.as_ref());
    name.map(|name| to_json("orders.insert", name)).transpose()
}

/// Writes an order's lines. `known`: what becomes of a line that is there already.
async fn write_lines(tx: &mut Tx, order: &Order, known: &'static str) -> Result<(), StoreError> {
    let mut rows: Vec<[Value; 8]> = Vec::with_capacity(order.lines.len());
    for line in &order.lines {
        let priced = order.receipt.lines.iter().find(|p| p.line == line.id);
        let Some(priced) = priced else {
            let what = "a line has no price in its receipt";
            return Err(StoreError::corrupt("orders.write_lines", what));
        };
        let body = LineBody {
            name: line.name.clone(),
            variant_name: line.variant_name.clone(),
            options: line.options.clone(),
            selection: line.selection.clone(),
            unit: line.unit,
        };
        rows.push([
            order.id.0.into(),
            line.id.0.into(),
            line.item.as_str().into(),
            line.variant.as_ref().map(|id| id.0.clone()).into(),
            line.quantity.0.into(),
            line.counted.into(),
            priced.amount.minor.into(),
            to_json("orders.write_lines", &body)?.into(),
        ]);
    }
    Batch::new(
        "insert into order_lines (order_id, line, item_id, variant, quantity, counted,
         amount_minor, body) ",
    )
    .rows(rows)
    .text(known)
    .exec(tx)
    .await
    .map_err(StoreError::on("orders.write_lines"))?;
    Ok(())
}

async fn insert_events(tx: &mut Tx, events: &[OrderEvent]) -> Result<(), StoreError> {
    let rows = events.iter().map(|event| -> [Value; 11] {
        [
            event.order.0.into(),
            event.version.into(),
            event.event.map(|e| e.code().to_owned()).into(),
            event.from.map(|s| s.code().to_owned()).into(),
            event.to.code().into(),
            event.actor.role.code().into(),
            event.actor.user.map(|user| user.0).into(),
            event.reason.clone().into(),
            event.rule.clone().into(),
            event.cause.into(),
            event.at.0.into(),
        ]
    });
    Batch::new(
        "insert into order_events (order_id, version, event, from_state, to_state, role, actor,
         reason, rule, cause, at_ms) ",
    )
    .rows(rows)
    .exec(tx)
    .await
    .map_err(StoreError::on("orders.insert_events"))?;
    Ok(())
}

fn request_state(order: &Order) -> Option<String> {
    let request = order.request.as_ref()?;
    Some(request.state.code().to_owned())
}

fn sealed_request(tx: &Tx, order: &Order) -> Result<Option<Vec<u8>>, StoreError> {
    let request = order.request.as_ref();
    let sealed = request.map(|request| request_of(&order.id.0).seal(&tx.keys(), request));
    sealed.transpose()
}

/// An order, if it exists.
pub async fn find(tx: &mut Tx, id: OrderId) -> Result<Option<Order>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_orders!("where o.id = $1 order by l.line"),
        id.0
    )
    .map_err(StoreError::on("orders.find"))?;
    Ok(collect(tx, rows)?.pop())
}

/// An order that must exist.
pub async fn get(tx: &mut Tx, id: OrderId) -> Result<Order, StoreError> {
    find(tx, id)
        .await?
        .ok_or_else(|| StoreError::corrupt(GET, format!("orders has no row {id}")))
}

/// Orders of a customer, newest first, skipping `skip` and giving at most `limit`.
pub async fn of_customer(
    tx: &mut Tx,
    customer: CustomerId,
    skip: i64,
    limit: i64,
) -> Result<Vec<Order>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_orders!(
            "where o.id in (select id from orders where customer = $1
             order by placed_ms desc, id desc limit $2 offset $3)
             order by o.placed_ms desc, o.id desc, l.line"
        ),
        customer.0,
        limit,
        skip
    )
    .map_err(StoreError::on("orders.of_customer"))?;
    collect(tx, rows)
}

/// Orders that are not closed, oldest first, at most `limit`.
pub async fn open(tx: &mut Tx, limit: i64) -> Result<Vec<Order>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_orders!(
            "where o.id in (select id from orders where closed_ms is null
             order by placed_ms, id limit $1)
             order by o.placed_ms, o.id, l.line"
        ),
        limit
    )
    .map_err(StoreError::on("orders.open"))?;
    collect(tx, rows)
}

/// Orders that people are asked about, the oldest first, at most `limit`.
pub async fn requested(tx: &mut Tx, limit: i64) -> Result<Vec<Order>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_orders!(
            "where o.id in (select id from orders where request_state = 'open'
             order by placed_ms, id limit $1)
             order by o.placed_ms, o.id, l.line"
        ),
        limit
    )
    .map_err(StoreError::on("orders.requested"))?;
    collect(tx, rows)
}

/// The history of an order, oldest first.
pub async fn events(tx: &mut Tx, id: OrderId) -> Result<Vec<OrderEvent>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as EventRow,
        "select version, event, from_state, to_state, role, actor, reason, rule, cause, at_ms
         from order_events where order_id = $1 order by version",
        id.0
    )
    .map_err(StoreError::on("orders.events"))?;
    rows.into_iter().map(|row| row.event(id)).collect()
}

/// One move of an order, without who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The order.
    pub order: OrderId,
    /// Where it stood then, as stored.
    pub state: String,
    /// As what somebody moved it, as stored.
    pub role: String,
    /// When.
    pub at: Timestamp,
}

/// The moves of several orders, each order's oldest first; one statement.
pub async fn moves_of(tx: &mut Tx, ids: &[OrderId]) -> Result<Vec<Moved>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, String, String, i64)> =
        Batch::new("select order_id, to_state, role, at_ms from order_events where order_id in (")
            .list(ids.iter().map(|id| id.0))
            .text(") order by order_id, version")
            .fetch_all(tx)
            .await
            .map_err(StoreError::on("orders.moves_of"))?;
    let moved = |(order, state, role, at): (i64, String, String, i64)| Moved {
        order: OrderId(order),
        state,
        role,
        at: Timestamp(at),
    };
    Ok(rows.into_iter().map(moved).collect())
}

/// The chats where an order's card of this name is shown now.
pub async fn chats_showing(tx: &mut Tx, card: &str) -> Result<Vec<ChatId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64,),
        "select distinct chat from cards where card = $1 and live",
        card
    )
    .map_err(StoreError::on("orders.chats_showing"))?;
    Ok(rows.into_iter().map(|(chat,)| ChatId(chat)).collect())
}
