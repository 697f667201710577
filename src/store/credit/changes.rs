//! Changes of accounts that somebody proposed, until somebody decides.

use super::super::error::StoreError;
use super::super::read::Cell;
use super::super::row::columns;
use super::super::tx::{Tx, sql};
use crate::kernel::{AccountId, CustomerId, Timestamp};

/// A proposed change. What it is, is JSON that this module does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its id.
    pub id: i64,
    /// Of which account; it need not exist yet.
    pub account: AccountId,
    /// What. Personal.
    pub what: serde_json::Value,
    /// Who proposed it.
    pub by: CustomerId,
    /// When.
    pub at: Timestamp,
}

/// What became of a proposed change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It was carried out.
    Done,
    /// Somebody said no.
    Rejected,
    /// Whoever proposed it took it back.
    Withdrawn,
}

impl Settled {
    fn parse(code: &str) -> Option<Self> {
        [Self::Done, Self::Rejected, Self::Withdrawn]
            .into_iter()
            .find(|known| known.code() == code)
    }

    fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

struct Row {
    id: i64,
    account: String,
    proposed_by: i64,
    proposed_ms: i64,
    body: Option<Vec<u8>>,
}
columns!(Row: id, account, proposed_by, proposed_ms, body);

struct Decided {
    id: i64,
    account: String,
    proposed_by: i64,
    proposed_ms: i64,
    body: Option<Vec<u8>>,
    state: String,
    decided_by: Option<i64>,
}
columns!(Decided: id, account, proposed_by, proposed_ms, body, state, decided_by);

fn body_of(id: &i64) -> Cell<'_, i64> {
    Cell {
        query: "credit.changes",
        table: "account_changes",
        column: "body",
        row: id,
    }
}

impl Row {
    fn change(self, tx: &Tx) -> Result<Change, StoreError> {
        let cell = Cell {
            column: "account",
            ..body_of(&self.id)
        };
        let account = cell.known(AccountId::parse(&self.account))?;
        let sealed = body_of(&self.id).known(self.body)?;
        Ok(Change {
            id: self.id,
            account,
            what: body_of(&self.id).open(&tx.keys(), &sealed)?,
            by: CustomerId(self.proposed_by),
            at: Timestamp(self.proposed_ms),
        })
    }
}

/// Writes a proposed change down; `cause`: the inbox row that asks for it.
pub async fn propose(tx: &mut Tx, change: &Change, cause: i64) -> Result<(), StoreError> {
    let sealed = body_of(&change.id).seal(&tx.keys(), &change.what)?;
    sql!(
        tx,
        exec,
        "insert into account_changes (id, account, cause, state, proposed_by, proposed_ms, body)
         values ($1, $2, $3, 'open', $4, $5, $6)",
        change.id,
        change.account.code(),
        cause,
        change.by.0,
        change.at.0,
        sealed
    )
    .map_err(StoreError::on("credit.propose"))?;
    Ok(())
}

/// What became of a change, and by whom; none: nobody decided it yet.
pub type Ended = Option<(Settled, CustomerId)>;

/// A change by its id, with what became of it.
pub async fn find_change(tx: &mut Tx, id: i64) -> Result<Option<(Change, Ended)>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Decided,
        "select id, account, proposed_by, proposed_ms, body, state, decided_by
         from account_changes where id = $1",
        id
    )
    .map_err(StoreError::on("credit.find_change"))?;
    let Some(row) = row else {
        return Ok(None);
    };
    let cell = Cell {
        column: "state",
        ..body_of(&row.id)
    };
    let ended = match row.state.as_str() {
        "open" => None,
        state => {
            let by = CustomerId(row.decided_by.unwrap_or_default());
            Some((cell.known(Settled::parse(state))?, by))
        }
    };
    if row.body.is_none() {
        return Ok(None); // erased
    }
    let change = Row {
        id: row.id,
        account: row.account,
        proposed_by: row.proposed_by,
        proposed_ms: row.proposed_ms,
        body: row.body,
    };
    Ok(Some((change.change(tx)?, ended)))
}

/// How many changes of an account nobody decided yet, and whether it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The account.
    pub account: AccountId,
    /// How many.
    pub changes: i64,
    /// Whether it is open; else it is about to be.
    pub is_open: bool,
}

/// The accounts with changes that nobody decided yet, at most `limit`.
pub async fn waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, i64, i64),
        "select c.account, count(*), (select count(*) from accounts a where a.id = c.account)
         from account_changes c where c.state = 'open'
         group by c.account order by c.account limit $1",
        limit
    )
    .map_err(StoreError::on("credit.waiting"))?;
    let each = rows.into_iter();
    each.map(|(id, changes, open)| {
        Ok(Waiting {
            account: super::read_id(&id)?,
            changes,
            is_open: open > 0,
        })
    })
    .collect()
}

/// The changes of an account that nobody decided yet, oldest first, at most `limit`.
pub async fn open_changes(
    tx: &mut Tx,
    account: &AccountId,
    limit: i64,
) -> Result<Vec<Change>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        "select id, account, proposed_by, proposed_ms, body from account_changes
         where account = $1 and state = 'open' order by cause limit $2",
        account.code(),
        limit
    )
    .map_err(StoreError::on("credit.open_changes"))?;
    rows.into_iter().map(|row| row.change(tx)).collect()
}

/// Ends a proposed change, which is then given to whoever ended it; none if somebody was faster,
/// or if there is no such change.
pub async fn settle(
    tx: &mut Tx,
    id: i64,
    (as_what, by): (Settled, CustomerId),
    now: Timestamp,
) -> Result<Option<Change>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        "update account_changes set state = $1, decided_by = $2, decided_ms = $3
         where id = $4 and state = 'open'
         returning id, account, proposed_by, proposed_ms, body",
        as_what.code(),
        by.0,
        now.0,
        id
    )
    .map_err(StoreError::on("credit.settle"))?;
    row.map(|row| row.change(tx)).transpose()
}
