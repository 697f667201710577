//! Accounts of those who order on account, and the ledger of every change of one.
//!
//! Whatever changes what an account owes or holds goes through [`book`]: one update that repeats
//! what the decision relied on and takes the next number of the ledger, one entry under that
//! number. Nothing here decides.

mod book;
mod changes;
mod entries;
mod reminding;

use self::book::{After, comment_of, insert_entry};
pub use book::{Booking, BudgetGuard, Guard, book, spent};
pub use changes::{
    Change, Ended, Settled, Waiting, find_change, open_changes, propose, settle, waiting,
};
pub use entries::{
    Owed, Refundable, debts, on_statement, order_numbers, owed, page, refundable, repaid, sums,
    unpaid_by_due,
};
pub use reminding::without_timer;

use super::error::StoreError;
use super::read::Cell;
use super::row::columns;
use super::stock::Stamp;
use super::tx::{Tx, sql};
use crate::domain::credit::{Account, Op, Terms};
use crate::kernel::{AccountId, Currency, CustomerId, Timestamp};

struct Row {
    id: String,
    currency: String,
    limit_minor: i64,
    may_exceed: bool,
    blocked: bool,
    terms: String,
    zone: String,
    balance_minor: i64,
    held_minor: i64,
    debts_minor: i64,
    due_ms: Option<i64>,
    seq: i64,
    waiting_minor: i64,
}
columns!(
    Row: id, currency, limit_minor, may_exceed, blocked, terms, zone, balance_minor, held_minor,
    debts_minor, due_ms, seq, waiting_minor
);

impl Row {
    fn account(self) -> Result<Account, StoreError> {
        let cell = |column| Cell {
            query: "credit.find",
            table: "accounts",
            column,
            row: &self.id,
        };
        Ok(Account {
            id: cell("id").known(AccountId::parse(&self.id))?,
            currency: cell("currency").known(Currency::parse(&self.currency))?,
            limit_minor: self.limit_minor,
            may_exceed: self.may_exceed,
            blocked: self.blocked,
            terms: cell("terms").known(Terms::parse(&self.terms))?,
            zone: self.zone.clone(),
            balance_minor: self.balance_minor,
            held_minor: self.held_minor,
            waiting_minor: self.waiting_minor,
            debts_minor: self.debts_minor,
            due: self.due_ms.map(Timestamp),
            seq: self.seq,
        })
    }
}

/// An account's id as it is stored.
pub(super) fn read_id(code: &str) -> Result<AccountId, StoreError> {
    let cell = Cell {
        query: "credit.find",
        table: "accounts",
        column: "id",
        row: &code,
    };
    cell.known(AccountId::parse(code))
}

/// An account from the columns of the glance: limit, balance and what is held, then in one text
/// currency, whether it may be exceeded, whether it is blocked, debts, when the oldest is due
/// (`-`: none), last entry, what waits, zone and terms.
pub(super) fn read_account(
    id: &str,
    [limit_minor, balance_minor, held_minor]: [i64; 3],
    words: &str,
) -> Result<Account, StoreError> {
    let nonsense = || {
        let what = format!("accounts.terms of row {id} can't be understood");
        StoreError::corrupt("credit.find", what)
    };
    let parts: Vec<&str> = words.splitn(9, ' ').collect();
    let [
        currency,
        exceed,
        blocked,
        debts,
        due,
        seq,
        waiting,
        zone,
        terms,
    ] = parts[..]
    else {
        return Err(nonsense());
    };
    let number = |text: &str| text.parse::<i64>().map_err(|_| nonsense());
    Row {
        id: id.to_owned(),
        currency: currency.to_owned(),
        limit_minor,
        may_exceed: exceed == "1",
        blocked: blocked == "1",
        terms: terms.to_owned(),
        zone: zone.to_owned(),
        balance_minor,
        held_minor,
        debts_minor: number(debts)?,
        due_ms: match due {
            "-" => None,
            due => Some(number(due)?),
        },
        seq: number(seq)?,
        waiting_minor: number(waiting)?,
    }
    .account()
}

/// Accounts, the text differing only in which.
macro_rules! select_accounts {
    ($which:literal) => {
        concat!(
            "select a.id, a.currency, a.limit_minor, a.may_exceed, a.blocked, a.terms, a.zone,
             a.balance_minor, a.held_minor, a.debts_minor, a.due_ms, a.seq,
             (select cast(coalesce(sum(o.total_minor), 0) as bigint) from orders o
                where o.account = a.id and o.state = 'awaiting_approval') as waiting_minor
             from accounts a ",
            $which
        )
    };
}

/// The account that an order is on; it counts as what the order costs for being on account.
pub async fn of_order(tx: &mut Tx, id: &AccountId) -> Result<Option<Account>, StoreError> {
    let before = tx.statements();
    let found = find(tx, id).await;
    tx.count_on_account(before);
    found
}

/// An account, if there is one.
pub async fn find(tx: &mut Tx, id: &AccountId) -> Result<Option<Account>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        select_accounts!("where a.id = $1"),
        id.code()
    )
    .map_err(StoreError::on("credit.find"))?;
    row.map(Row::account).transpose()
}

/// Accounts in the order of their ids, skipping `skip` and giving at most `limit`.
pub async fn list(tx: &mut Tx, skip: i64, limit: i64) -> Result<Vec<Account>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_accounts!("order by a.id limit $1 offset $2"),
        limit,
        skip
    )
    .map_err(StoreError::on("credit.list"))?;
    rows.into_iter().map(Row::account).collect()
}

/// Opens an account as it is given, nothing owed or held; two statements. `false` if there is one.
pub async fn open(
    tx: &mut Tx,
    account: &Account,
    (actor, comment): (Option<CustomerId>, &str),
    stamp: &mut Stamp<'_>,
) -> Result<bool, StoreError> {
    let (company, person) = match &account.id {
        AccountId::Company(id) => (Some(id.0.clone()), None),
        AccountId::Person(id) => (None, Some(id.0)),
    };
    let done = sql!(
        tx,
        exec,
        "insert into accounts (id, company, person, currency, limit_minor, may_exceed, blocked,
         terms, zone, balance_minor, held_minor, debts_minor, seq, made_ms, changed_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, 1, $10, $10)
         on conflict (id) do nothing",
        account.id.code(),
        company,
        person,
        account.currency.code(),
        account.limit_minor,
        account.may_exceed,
        account.blocked,
        account.terms.code(),
        account.zone.as_str(),
        stamp.now.0
    )
    .map_err(StoreError::on("credit.open"))?;
    if done != 1 {
        return Ok(false);
    }
    let booking = Booking {
        actor,
        comment,
        ..Booking::new(&account.id, Op::Allocated)
    };
    let after = After {
        balance_minor: 0,
        held_minor: 0,
        debts_minor: 0,
        limit_minor: account.limit_minor,
        seq: 1,
    };
    insert_entry(tx, &booking, (account.limit_minor, after), stamp).await
}

/// Changes what staff set of an account: limit, whether it may be exceeded, terms, whether it is
/// blocked; two statements. `false` if anything was booked since it was seen: reload and decide
/// again.
pub async fn set(
    tx: &mut Tx,
    (seen, to): (&Account, &Account),
    (actor, comment): (Option<CustomerId>, &str),
    stamp: &mut Stamp<'_>,
) -> Result<bool, StoreError> {
    let after = sql!(
        tx,
        fetch_optional as After,
        "update accounts set limit_minor = $1, may_exceed = $2, blocked = $3, terms = $4,
         zone = $5, seq = seq + 1, changed_ms = $6 where id = $7 and seq = $8
         returning balance_minor, held_minor, debts_minor, limit_minor, seq",
        to.limit_minor,
        to.may_exceed,
        to.blocked,
        to.terms.code(),
        to.zone.as_str(),
        stamp.now.0,
        seen.id.code(),
        seen.seq
    )
    .map_err(StoreError::on("credit.set"))?;
    let Some(after) = after else {
        return Ok(false);
    };
    let booking = Booking {
        actor,
        comment,
        ..Booking::new(&seen.id, Op::Updated)
    };
    let amount = to.limit_minor - seen.limit_minor;
    insert_entry(tx, &booking, (amount, after), stamp).await
}
