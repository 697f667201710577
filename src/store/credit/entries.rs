//! The ledger read: a page, a stretch of time, what is not paid.

use std::collections::HashMap;

use super::super::error::StoreError;
use super::super::read::Cell;
use super::super::row::columns;
use super::super::seal::Keys;
use super::super::tx::{Tx, sql};
use super::comment_of;
use crate::domain::credit::{Entry, Op};
use crate::domain::orders::State;
use crate::kernel::{AccountId, CustomerId, OrderId, Timestamp};

struct Row {
    id: i64,
    seq: i64,
    op: String,
    amount_minor: i64,
    balance_change: i64,
    held_change: i64,
    balance_after: i64,
    held_after: i64,
    limit_after: i64,
    debts_after: i64,
    due_ms: Option<i64>,
    order_id: Option<i64>,
    reference: Option<String>,
    actor: Option<i64>,
    at_ms: i64,
    body: Option<Vec<u8>>,
}
columns!(
    Row: id, seq, op, amount_minor, balance_change, held_change, balance_after, held_after,
    limit_after, debts_after, due_ms, order_id, reference, actor, at_ms, body
);

impl Row {
    fn entry(self, keys: &Keys) -> Result<Entry, StoreError> {
        let cell = Cell {
            column: "op",
            ..comment_of(&self.id)
        };
        let comment: Option<String> = match &self.body {
            Some(sealed) => Some(comment_of(&self.id).open(keys, sealed)?),
            None => None,
        };
        Ok(Entry {
            seq: self.seq,
            op: cell.known(Op::parse(&self.op))?,
            amount_minor: self.amount_minor,
            balance_change: self.balance_change,
            held_change: self.held_change,
            balance_after: self.balance_after,
            held_after: self.held_after,
            limit_after: self.limit_after,
            debts_after: self.debts_after,
            due: self.due_ms.map(Timestamp),
            order: self.order_id.map(OrderId),
            reference: self.reference,
            actor: self.actor.map(CustomerId),
            at: Timestamp(self.at_ms),
            comment: comment.unwrap_or_default(),
        })
    }
}

/// Entries, the text differing only in which.
macro_rules! select_entries {
    ($which:literal) => {
        concat!(
            "select id, seq, op, amount_minor, balance_change, held_change, balance_after,
             held_after, limit_after, debts_after, due_ms, order_id, reference, actor, at_ms, body
             from account_entries ",
            $which
        )
    };
}

fn read(tx: &Tx, rows: Vec<Row>) -> Result<Vec<Entry>, StoreError> {
    let keys = tx.keys();
    rows.into_iter().map(|row| row.entry(&keys)).collect()
}

/// The newest entries of an account, newest first, skipping `skip` and giving at most `limit`.
pub async fn page(
    tx: &mut Tx,
    account: &AccountId,
    skip: i64,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_entries!("where account = $1 order by seq desc limit $2 offset $3"),
        account.code(),
        limit,
        skip
    )
    .map_err(StoreError::on("credit.page"))?;
    read(tx, rows)
}

/// What was owed before `from`, and what was booked from then until before `until`: each operation
/// that changed the balance with how often and by how much. One statement, so that both are of one
/// moment.
pub async fn sums(
    tx: &mut Tx,
    account: &AccountId,
    (from, until): (Timestamp, Timestamp),
) -> Result<(i64, Vec<(Op, i64, i64)>), StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, i64, i64),
        "select '' as op, cast(0 as bigint), cast((select balance_minor from accounts where id = $1)
            - coalesce(sum(balance_change), 0) as bigint)
            from account_entries where account = $1 and at_ms >= $2
         union all select op, count(*), cast(sum(balance_change) as bigint)
            from account_entries where account = $1 and at_ms >= $2 and at_ms < $3
            and balance_change <> 0 group by op",
        account.code(),
        from.0,
        until.0
    )
    .map_err(StoreError::on("credit.sums"))?;
    let mut opening = 0;
    let mut sums = Vec::new();
    for (op, count, change) in rows {
        if op.is_empty() {
            opening = change;
            continue;
        }
        let cell = Cell {
            query: "credit.sums",
            table: "account_entries",
            column: "op",
            row: &op,
        };
        sums.push((cell.known(Op::parse(&op))?, count, change));
    }
    Ok((opening, sums))
}

/// The entries of an account that changed its balance from `from` until before `until`, oldest
/// first, at most `limit`.
pub async fn on_statement(
    tx: &mut Tx,
    account: &AccountId,
    (from, until): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_entries!(
            "where account = $1 and at_ms >= $2 and at_ms < $3 and balance_change <> 0
             order by at_ms, seq limit $4"
        ),
        account.code(),
        from.0,
        until.0,
        limit
    )
    .map_err(StoreError::on("credit.on_statement"))?;
    read(tx, rows)
}

/// The day and number of each order that those entries are about.
pub async fn order_numbers(
    tx: &mut Tx,
    account: &AccountId,
    (from, until): (Timestamp, Timestamp),
) -> Result<HashMap<OrderId, (String, i64)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, String, i64),
        "select id, day, number from orders where id in (
            select order_id from account_entries where account = $1 and at_ms >= $2 and at_ms < $3
            and balance_change <> 0 and order_id is not null)",
        account.code(),
        from.0,
        until.0
    )
    .map_err(StoreError::on("credit.order_numbers"))?;
    let numbered = |(id, day, number)| (OrderId(id), (day, number));
    Ok(rows.into_iter().map(numbered).collect())
}

/// What is not paid of the debts that are due at each moment, in minor units, the earliest first.
/// `paid`: everything that was ever paid; it settled the oldest debts first.
pub async fn unpaid_by_due(
    tx: &mut Tx,
    account: &AccountId,
    paid: i64,
) -> Result<Vec<(Timestamp, i64)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, i64),
        "select due_ms, cast(sum(case when debts_after - $2 < balance_change
                then debts_after - $2 else balance_change end) as bigint)
         from account_entries where account = $1 and due_ms is not null and debts_after > $2
         group by due_ms order by due_ms",
        account.code(),
        paid
    )
    .map_err(StoreError::on("credit.unpaid_by_due"))?;
    Ok(rows
        .into_iter()
        .map(|(due, rest)| (Timestamp(due), rest))
        .collect())
}

/// The debts of an account that are not wholly paid, oldest first, at most `limit`. `paid`:
/// everything that was ever paid.
pub async fn debts(
    tx: &mut Tx,
    account: &AccountId,
    paid: i64,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_entries!(
            "where account = $1 and due_ms is not null and debts_after > $2
             order by debts_after, seq limit $3"
        ),
        account.code(),
        paid,
        limit
    )
    .map_err(StoreError::on("credit.debts"))?;
    read(tx, rows)
}

/// The account on which a repayment with this reference, tidied, was booked, if one was.
pub async fn repaid(tx: &mut Tx, reference: &str) -> Result<Option<AccountId>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (String,),
        "select account from account_entries where reference = $1 and op = 'reimbursed'",
        reference
    )
    .map_err(StoreError::on("credit.repaid"))?;
    row.map(|(id,)| super::read_id(&id)).transpose()
}

/// An order as a refund looks at it. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refundable {
    /// The account that it is on; none: it is paid otherwise.
    pub account: Option<AccountId>,
    /// Where it stands.
    pub state: State,
    /// What it comes to.
    pub total_minor: i64,
    /// What of it was refunded.
    pub refunded_minor: i64,
}

/// An order with what of it was refunded, if there is one.
pub async fn refundable(tx: &mut Tx, order: OrderId) -> Result<Option<Refundable>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (Option<String>, String, i64, i64),
        "select o.account, o.state, o.total_minor,
         (select cast(coalesce(-sum(e.amount_minor), 0) as bigint) from account_entries e
            where e.order_id = o.id and e.op = 'refunded') from orders o where o.id = $1",
        order.0
    )
    .map_err(StoreError::on("credit.refundable"))?;
    let Some((account, state, total_minor, refunded_minor)) = row else {
        return Ok(None);
    };
    let cell = Cell {
        query: "credit.refundable",
        table: "orders",
        column: "state",
        row: &order.0,
    };
    Ok(Some(Refundable {
        account: account.as_deref().map(super::read_id).transpose()?,
        state: cell.known(State::parse(&state))?,
        total_minor,
        refunded_minor,
    }))
}

/// What of a debt is not paid, with the number of its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// When it is due.
    pub due: Timestamp,
    /// What it is of.
    pub op: Op,
    /// So much of it is not paid, in minor units.
    pub rest_minor: i64,
    /// The order that it is for.
    pub number: Option<i64>,
}

/// The debts of an account that are not wholly paid, oldest first, at most `limit`. `paid`:
/// everything that was ever paid; it settled the oldest first.
pub async fn owed(
    tx: &mut Tx,
    account: &AccountId,
    paid: i64,
    limit: i64,
) -> Result<Vec<Owed>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (i64, i64, String, i64, i64, Option<i64>),
        "select e.id, e.due_ms, e.op, e.balance_change, e.debts_after, o.number
         from account_entries e left join orders o on o.id = e.order_id
         where e.account = $1 and e.due_ms is not null and e.debts_after > $2
         order by e.debts_after, e.seq limit $3",
        account.code(),
        paid,
        limit
    )
    .map_err(StoreError::on("credit.owed"))?;
    let owed = |(id, due, op, change, after, number): (i64, i64, String, i64, i64, Option<i64>)| {
        let cell = Cell {
            column: "op",
            ..comment_of(&id)
        };
        Ok(Owed {
            due: Timestamp(due),
            op: cell.known(Op::parse(&op))?,
            rest_minor: change.min(after - paid),
            number,
        })
    };
    rows.into_iter().map(owed).collect()
}
