//! What an erased person did with what is others', and what is about them: orders, stock, accounts,
//! the record. Nobody takes their place; words go.

use super::super::super::audit::Personal;
use super::super::super::batch::{Batch, Value};
use super::super::super::error::StoreError;
use super::super::super::read::Cell;
use super::super::super::row::columns;
use super::super::super::tx::{Tx, sql};
use super::super::Job;
use super::{LONG_PAGE, NO_NAME, PAGE, Swept, theirs};
use crate::domain::approvals::Request;

struct OrderRow {
    id: i64,
    placed_by: Option<i64>,
    request: Option<Vec<u8>>,
    request_version: Option<i64>,
}
columns!(OrderRow: id, placed_by, request, request_version);

/// What the person did with others' orders: a page of them. None: a request changed meanwhile.
pub async fn orders(tx: &mut Tx, job: &Job) -> Result<Option<Swept>, StoreError> {
    let error = StoreError::on("erasure.of_others");
    let rows = sql!(
        tx,
        fetch_all as OrderRow,
        "select id, placed_by, request, request_version from orders where id > $1
         order by id limit $2",
        job.after,
        PAGE
    )
    .map_err(error)?;
    let Some(last) = rows.last().map(|row| row.id) else {
        return Ok(Some(Swept::All));
    };
    let (who, nobody) = (job.person.0, job.stand_in.0);
    if rows.iter().any(|row| row.placed_by == Some(who)) {
        sql!(
            tx,
            exec,
            "update orders set placed_by = $1 where placed_by = $2 and id > $3 and id <= $4",
            nobody,
            who,
            job.after,
            last
        )
        .map_err(error)?;
    }
    sql!(
        tx,
        exec,
        "update order_events set actor = $1 where actor = $2 and order_id > $3 and order_id <= $4",
        nobody,
        who,
        job.after,
        last
    )
    .map_err(error)?;
    match requests(tx, job, rows).await? {
        true => Ok(Some(Swept::To(last))),
        false => Ok(None),
    }
}

/// Puts nobody in the person's place in the requests of these orders; `false` if one changed
/// meanwhile.
async fn requests(tx: &mut Tx, job: &Job, rows: Vec<OrderRow>) -> Result<bool, StoreError> {
    let mut changed: Vec<[Value; 3]> = Vec::new();
    for row in rows {
        let Some(sealed) = &row.request else {
            continue;
        };
        let cell = Cell {
            query: "erasure.of_others",
            table: "orders",
            column: "request",
            row: &row.id,
        };
        let mut request: Request = cell.open(&tx.keys(), sealed)?;
        if forget_in(&mut request, job) {
            let sealed = cell.seal(&tx.keys(), &request)?;
            changed.push([row.id.into(), sealed.into(), row.request_version.into()]);
        }
    }
    let count = changed.len() as u64;
    if count == 0 {
        return Ok(true);
    }
    let done = Batch::new("update orders set request = v.column2 from (")
        .rows(changed)
        .text(
            ") as v where orders.id = v.column1 and orders.request_version = v.column3
                 and orders.request is not null",
        )
        .exec(tx)
        .await
        .map_err(StoreError::on("erasure.requests"))?;
    Ok(done == count)
}

/// Puts nobody in the person's place in a request; whether anything was theirs.
fn forget_in(request: &mut Request, job: &Job) -> bool {
    let (who, nobody) = (job.person, job.stand_in);
    let before = request.clone();
    for vote in &mut request.votes {
        if vote.who == who {
            (vote.who, vote.name) = (nobody, NO_NAME.to_owned());
        }
        if vote.of == Some(who) {
            (vote.of, vote.of_name) = (Some(nobody), NO_NAME.to_owned());
        }
    }
    for said in &mut request.said {
        if said.who == who {
            (said.who, said.name) = (nobody, NO_NAME.to_owned());
            NO_NAME.clone_into(&mut said.words);
        }
    }
    if request.changed_by == Some(who) {
        request.changed_by = Some(nobody);
    }
    if let Some(proposal) = &mut request.proposal
        && proposal.by == who
    {
        (proposal.by, proposal.name) = (nobody, NO_NAME.to_owned());
    }
    *request != before
}

/// What the person did to the stock: a page of the ledger.
pub async fn ledger(tx: &mut Tx, job: &Job) -> Result<Swept, StoreError> {
    let error = StoreError::on("erasure.ledger");
    let (last,) = sql!(
        tx,
        fetch_one as (Option<i64>,),
        "select max(id) from (select id from stock_ledger where id > $1 order by id limit $2) as page",
        job.after,
        LONG_PAGE
    )
    .map_err(error)?;
    let Some(last) = last else {
        return Ok(Swept::All);
    };
    sql!(
        tx,
        exec,
        "update stock_ledger set actor = $1 where actor = $2 and id > $3 and id <= $4",
        job.stand_in.0,
        job.person.0,
        job.after,
        last
    )
    .map_err(error)?;
    Ok(Swept::To(last))
}

struct EntryRow {
    id: i64,
    actor: Option<i64>,
    body: Option<Vec<u8>>,
}
columns!(EntryRow: id, actor, body);

/// What the person booked, and comments that name them: a page of all ledgers.
pub async fn entries(tx: &mut Tx, job: &Job) -> Result<Swept, StoreError> {
    let error = StoreError::on("erasure.entries_of_others");
    let rows = sql!(
        tx,
        fetch_all as EntryRow,
        "select id, actor, body from account_entries where id > $1 order by id limit $2",
        job.after,
        PAGE
    )
    .map_err(error)?;
    let Some(last) = rows.last().map(|row| row.id) else {
        return Ok(Swept::All);
    };
    let keys = tx.keys();
    let mut changed: Vec<[Value; 3]> = Vec::new();
    for row in rows {
        let named = match &row.body {
            Some(sealed) => {
                let plain = keys.open("account_entries", "body", row.id, sealed)?;
                job.traces.are_named_in(&String::from_utf8_lossy(&plain))
            }
            None => false,
        };
        if named || row.actor == Some(job.person.0) {
            let body = row.body.filter(|_| !named);
            changed.push([row.id.into(), in_place(job, row.actor).into(), body.into()]);
        }
    }
    if !changed.is_empty() {
        Batch::new("update account_entries set actor = v.column2, body = v.column3 from (")
            .rows(changed)
            .text(") as v where account_entries.id = v.column1")
            .exec(tx)
            .await
            .map_err(error)?;
    }
    Ok(Swept::To(last))
}

/// Nobody, where the person was.
fn in_place(job: &Job, who: Option<i64>) -> Option<i64> {
    who.map(|who| {
        if who == job.person.0 {
            job.stand_in.0
        } else {
            who
        }
    })
}

struct ChangeRow {
    id: i64,
    account: String,
    state: String,
    proposed_by: i64,
    decided_by: Option<i64>,
    body: Option<Vec<u8>>,
}
columns!(ChangeRow: id, account, state, proposed_by, decided_by, body);

/// Changes of the person's account, of one that came to nothing too; and those that they proposed
/// or decided, or that name them: a page of them.
pub async fn changes(tx: &mut Tx, job: &Job) -> Result<Swept, StoreError> {
    let error = StoreError::on("erasure.changes_of_others");
    let rows = sql!(
        tx,
        fetch_all as ChangeRow,
        "select id, account, state, proposed_by, decided_by, body from account_changes where id > $1
         order by id limit $2",
        job.after,
        PAGE
    )
    .map_err(error)?;
    let Some(last) = rows.last().map(|row| row.id) else {
        return Ok(Swept::All);
    };
    let keys = tx.keys();
    let own = format!("p-{}", job.person);
    let mut changed: Vec<[Value; 5]> = Vec::new();
    for row in rows {
        let is_own = row.account == own;
        let named = match &row.body {
            Some(sealed) => {
                let plain = keys.open("account_changes", "body", row.id, sealed)?;
                job.traces.are_named_in(&String::from_utf8_lossy(&plain))
            }
            None => false,
        };
        let by = Some(job.person.0);
        // What nobody decided yet is still needed; once it is decided it says nothing more.
        let named = (named || is_own) && row.state != "open";
        if named || is_own || Some(row.proposed_by) == by || row.decided_by == by {
            changed.push([
                row.id.into(),
                in_place(job, Some(row.proposed_by)).into(),
                in_place(job, row.decided_by).into(),
                row.body.filter(|_| !named).into(),
                match is_own {
                    true => format!("p-{}", job.stand_in).into(),
                    false => row.account.into(),
                },
            ]);
        }
    }
    if !changed.is_empty() {
        Batch::new(
            "update account_changes set proposed_by = v.column2, decided_by = v.column3,
             body = v.column4, account = v.column5 from (",
        )
        .rows(changed)
        .text(") as v where account_changes.id = v.column1")
        .exec(tx)
        .await
        .map_err(error)?;
    }
    Ok(Swept::To(last))
}

struct AuditRow {
    id: i64,
    actor: Option<i64>,
    subject: String,
    body: Option<Vec<u8>>,
}
columns!(AuditRow: id, actor, subject, body);

/// The record of what was done: a page of it. What is sealed goes where the person did it, or
/// where it is about them, an order of theirs, or names them; nobody takes their place in the
/// columns that the hashes cover. Gives the entries that were changed so, which an entry must name.
pub async fn audit(tx: &mut Tx, job: &Job) -> Result<(Swept, Vec<i64>), StoreError> {
    let error = StoreError::on("erasure.audit");
    let rows = sql!(
        tx,
        fetch_all as AuditRow,
        "select id, actor, subject, body from audit where id > $1 order by id limit $2",
        job.after,
        PAGE
    )
    .map_err(error)?;
    let Some(last) = rows.last().map(|row| row.id) else {
        return Ok((Swept::All, Vec::new()));
    };
    let about = rows.iter().filter_map(|row| order_in(&row.subject));
    let theirs = theirs(tx, job, about.collect()).await?;
    let keys = tx.keys();
    let (mut changed, mut renamed): (Vec<[Value; 3]>, Vec<i64>) = (Vec::new(), Vec::new());
    for row in rows {
        let subject = other_subject(&row.subject, job);
        let is_covered = row.actor == Some(job.person.0) || subject.is_some();
        let is_order = order_in(&row.subject).is_some_and(|id| theirs.contains(&id));
        let is_named = match &row.body {
            Some(sealed) => {
                let personal = Personal::open(&keys, row.id, sealed)?;
                [&personal.before, &personal.after, &personal.why]
                    .iter()
                    .any(|text| job.traces.are_named_in(text))
            }
            None => false,
        };
        if is_covered {
            renamed.push(row.id);
        }
        if is_covered || is_named || (is_order && row.body.is_some()) {
            let actor = in_place(job, row.actor);
            let subject = subject.unwrap_or(row.subject);
            changed.push([row.id.into(), actor.into(), subject.into()]);
        }
    }
    if !changed.is_empty() {
        Batch::new("update audit set actor = v.column2, subject = v.column3, body = null from (")
            .rows(changed)
            .text(") as v where audit.id = v.column1")
            .exec(tx)
            .await
            .map_err(error)?;
    }
    Ok((Swept::To(last), renamed))
}

/// The order that a subject is.
fn order_in(subject: &str) -> Option<i64> {
    subject.strip_prefix("order/")?.parse().ok()
}

/// What a subject that names the person says instead: `staff/7`, `member/acme/7`, `account/p-7`.
fn other_subject(subject: &str, job: &Job) -> Option<String> {
    let (head, tail) = subject.rsplit_once('/')?;
    let (mark, id) = match tail.strip_prefix("p-") {
        Some(id) => ("p-", id),
        None => ("", tail),
    };
    let is_person = head != "order" && id == job.person.to_string();
    is_person.then(|| format!("{head}/{mark}{}", job.stand_in))
}
