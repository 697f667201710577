//! Bookings: one update of the account's row that repeats what the decision relied on, one entry
//! of the ledger under the number that it took. What was booked is never changed.

use serde::{Deserialize, Serialize};

use super::super::batch::{Batch, Value};
use super::super::error::StoreError;
use super::super::read::Cell;
use super::super::row::columns;
use super::super::seal::Keys;
use super::super::stock::Stamp;
use super::super::tx::{Tx, sql};
use crate::domain::credit::Op;
use crate::kernel::{AccountId, Currency, CustomerId, OrderId, Timestamp};

/// What is to be booked. Amounts are in minor units of the account's currency.
#[derive(Debug, Clone)]
pub struct Booking<'a> {
    /// On which account.
    pub account: &'a AccountId,
    /// What.
    pub op: Op,
    /// How what open orders hold changes.
    pub held: i64,
    /// How what is owed changes. Above zero it is a debt, and has `due`.
    pub balance: i64,
    /// When a debt is due.
    pub due: Option<Timestamp>,
    /// The order it is about.
    pub order: Option<OrderId>,
    /// The reference under which it was paid, tidied.
    pub reference: Option<&'a str>,
    /// Who.
    pub actor: Option<CustomerId>,
    /// Why; empty: none. Personal.
    pub comment: &'a str,
    /// What the write repeats.
    pub guard: Guard,
}

impl<'a> Booking<'a> {
    /// A booking that nothing can refuse.
    pub fn new(account: &'a AccountId, op: Op) -> Self {
        Self {
            account,
            op,
            held: 0,
            balance: 0,
            due: None,
            order: None,
            reference: None,
            actor: None,
            comment: "",
            guard: Guard::default(),
        }
    }

    fn amount(&self) -> i64 {
        match self.op {
            Op::Charged => self.balance,
            _ => self.held + self.balance,
        }
    }
}

/// What a booking relies on; nothing, by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Guard {
    /// That the account is not blocked and is in this currency.
    pub open: Option<Currency>,
    /// That its limit has room for it, or that more may be used.
    pub room: bool,
    /// That nothing was booked since this entry, its last one.
    pub seq: Option<i64>,
    /// That what this member orders for since then, this order included, is no more than that.
    pub budget: Option<BudgetGuard>,
}

/// What a member may order for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetGuard {
    /// Who.
    pub member: CustomerId,
    /// Since the period began.
    pub since: Timestamp,
    /// At most so much.
    pub limit_minor: i64,
    /// What this order comes to.
    pub total_minor: i64,
}

/// An account's figures after a change of it.
pub(super) struct After {
    pub(super) balance_minor: i64,
    pub(super) held_minor: i64,
    pub(super) debts_minor: i64,
    pub(super) limit_minor: i64,
    pub(super) seq: i64,
}
columns!(After: balance_minor, held_minor, debts_minor, limit_minor, seq);

/// Books something on an account; two statements. `false` if what it relies on does not hold any
/// more, if there is no such account, or if it was booked before (the ledger has each of an order's
/// bookings once, and each repayment): then the turn has to be undone, for the first of them may
/// have been carried out.
pub async fn book(
    tx: &mut Tx,
    booking: &Booking<'_>,
    stamp: &mut Stamp<'_>,
) -> Result<bool, StoreError> {
    let before = tx.statements();
    let done = match write(tx, booking, stamp.now).await? {
        Some(after) => insert_entry(tx, booking, (booking.amount(), after), stamp).await?,
        None => false,
    };
    tx.count_on_account(before);
    Ok(done)
}

/// Changes the account's row; the row stays locked until the end of the transaction, so that the
/// entry's own condition sees whatever was committed before.
async fn write(
    tx: &mut Tx,
    booking: &Booking<'_>,
    now: Timestamp,
) -> Result<Option<After>, StoreError> {
    let Guard {
        open, room, seq, ..
    } = booking.guard;
    let debt = booking.balance.max(0);
    sql!(
        tx,
        fetch_optional as After,
        "update accounts set balance_minor = balance_minor + $1, held_minor = held_minor + $2,
         debts_minor = debts_minor + $3, seq = seq + 1, changed_ms = $4,
         due_ms = case
            when balance_minor + $1 <= 0 then null
            when $1 > 0 and (due_ms is null or due_ms > cast($5 as bigint)) then cast($5 as bigint)
            when $1 < 0 then (select min(e.due_ms) from account_entries e
                where e.account = accounts.id and e.due_ms is not null
                and e.debts_after > accounts.debts_minor - accounts.balance_minor - $1)
            else due_ms end
         where id = $6
         and (cast($7 as text) is null or (not blocked and currency = $7))
         and (not $8 or may_exceed or $1 + $2 <= 0 or balance_minor + held_minor + $1 + $2 <= limit_minor)
         and (cast($9 as bigint) is null or seq = $9)
         returning balance_minor, held_minor, debts_minor, limit_minor, seq",
        booking.balance,
        booking.held,
        debt,
        now.0,
        booking.due.map(|due| due.0),
        booking.account.code(),
        open.map(|currency| currency.code().to_owned()),
        room,
        seq
    )
    .map_err(StoreError::on("credit.book"))
}

/// Writes the entry of a change; `false` if its own condition does not hold, or if it is there.
pub(super) async fn insert_entry(
    tx: &mut Tx,
    booking: &Booking<'_>,
    (amount, after): (i64, After),
    stamp: &mut Stamp<'_>,
) -> Result<bool, StoreError> {
    let id = stamp.ids.next(stamp.now);
    let body = match booking.comment {
        "" => None,
        words => Some(seal_comment(&tx.keys(), id, words)?),
    };
    let row: [Value; 18] = [
        id.into(),
        booking.account.code().into(),
        after.seq.into(),
        booking.op.code().into(),
        amount.into(),
        booking.balance.into(),
        booking.held.into(),
        after.balance_minor.into(),
        after.held_minor.into(),
        after.limit_minor.into(),
        after.debts_minor.into(),
        booking.due.map(|due| due.0).into(),
        booking.order.map(|order| order.0).into(),
        booking.reference.map(str::to_owned).into(),
        booking.actor.map(|actor| actor.0).into(),
        stamp.cause.into(),
        stamp.now.0.into(),
        body.into(),
    ];
    let into = "insert into account_entries (id, account, seq, op, amount_minor, balance_change,
         held_change, balance_after, held_after, limit_after, debts_after, due_ms, order_id,
         reference, actor, cause, at_ms, body) ";
    let batch = match &booking.guard.budget {
        None => Batch::new(into).rows([row]),
        Some(budget) => Batch::new(into)
            .text("select * from (")
            .rows([row])
            .text(
                ") as booked where (select cast(coalesce(sum(total_minor), 0) as bigint)
                 from orders where account = ",
            )
            .arg(booking.account.code())
            .text(" and customer = ")
            .arg(budget.member.0)
            .text(" and placed_ms >= ")
            .arg(budget.since.0)
            .text(" and id <> ")
            .arg(booking.order.map_or(0, |order| order.0))
            .text(" and state not in ('rejected', 'cancelled', 'expired', 'failed_delivery')) <= ")
            .arg(budget.limit_minor.saturating_sub(budget.total_minor)),
    };
    let done = batch.text(" on conflict do nothing").exec(tx).await;
    Ok(done.map_err(StoreError::on("credit.insert_entry"))? == 1)
}

/// What a member ordered for since their budget began anew, without that order, in minor units.
pub async fn spent(
    tx: &mut Tx,
    account: &AccountId,
    budget: &BudgetGuard,
    except: OrderId,
) -> Result<i64, StoreError> {
    let (sum,) = sql!(
        tx,
        fetch_one as (i64,),
        "select cast(coalesce(sum(total_minor), 0) as bigint) from orders
         where account = $1 and customer = $2 and placed_ms >= $3 and id <> $4
         and state not in ('rejected', 'cancelled', 'expired', 'failed_delivery')",
        account.code(),
        budget.member.0,
        budget.since.0,
        except.0
    )
    .map_err(StoreError::on("credit.spent"))?;
    Ok(sum)
}

pub(super) fn comment_of(id: &i64) -> Cell<'_, i64> {
    Cell {
        query: "credit.entries",
        table: "account_entries",
        column: "body",
        row: id,
    }
}

fn seal_comment(keys: &Keys, id: i64, words: &str) -> Result<Vec<u8>, StoreError> {
    comment_of(&id).seal(keys, &words)
}
