//! The erasure of one person: how far it has come, and the statements of each of its steps.
//!
//! [`registry`] names every column that may hold or lead to somebody, and what becomes of it;
//! [`hand_over`] puts nobody in the person's place where figures must stay; [`sweep`] goes through
//! what others wrote, page by page. Which step comes when, the application says. Every step may be
//! carried out again: nothing here counts on being done once.

pub mod hand_over;
pub mod harmless;
pub mod own;
pub mod registry;
pub mod sweep;

use super::batch::Batch;
use super::error::StoreError;
use super::read::Cell;
use super::row::columns;
use super::tx::{Tx, sql};
use crate::domain::traces::Traces;
use crate::kernel::{CustomerId, Locale, Timestamp};

/// An erasure under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id: says nothing of the person, nor of who stands in.
    pub id: i64,
    /// Whose data.
    pub person: CustomerId,
    /// Who stands in their place.
    pub stand_in: CustomerId,
    /// What they read, for the message at the end.
    pub locale: Locale,
    /// What is done next, a word of the application's.
    pub stage: String,
    /// How far that has come: the last row that was looked at.
    pub after: i64,
    /// The same where rows have names.
    pub after_lane: String,
    /// The last row to be looked at.
    pub until: i64,
    /// The last inbox row that was the person's when it began.
    pub own_until: i64,
    /// How often it has waited for the same.
    pub tries: i64,
    /// When it began.
    pub begun: Timestamp,
    /// The words to look for.
    pub traces: Traces,
}

struct Row {
    id: i64,
    person: i64,
    stand_in: i64,
    locale: String,
    stage: String,
    after_id: i64,
    after_lane: String,
    until_id: i64,
    own_until: i64,
    tries: i64,
    begun_ms: i64,
    body: Vec<u8>,
}
columns!(
    Row: id, person, stand_in, locale, stage, after_id, after_lane, until_id, own_until, tries,
    begun_ms, body
);

fn body_of(id: &i64) -> Cell<'_, i64> {
    Cell {
        query: "erasure.find",
        table: "erasures",
        column: "body",
        row: id,
    }
}

/// Notes that a person's data are to be erased; `false` if they are being erased already.
pub async fn begin(tx: &mut Tx, job: &Job) -> Result<bool, StoreError> {
    let body = body_of(&job.id).seal(&tx.keys(), &job.traces)?;
    let done = sql!(
        tx,
        exec,
        "insert into erasures (id, person, stand_in, locale, stage, after_id, after_lane,
         until_id, own_until, tries, begun_ms, body)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (person) do nothing",
        job.id,
        job.person.0,
        job.stand_in.0,
        job.locale.as_str(),
        job.stage.as_str(),
        job.after,
        job.after_lane.as_str(),
        job.until,
        job.own_until,
        job.tries,
        job.begun.0,
        body
    )
    .map_err(StoreError::on("erasure.begin"))?;
    Ok(done == 1)
}

/// An erasure by its id; none: it is over.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<Job>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        "select id, person, stand_in, locale, stage, after_id, after_lane, until_id, own_until,
         tries, begun_ms, body from erasures where id = $1",
        id
    )
    .map_err(StoreError::on("erasure.find"))?;
    row.map(|row| row.job(tx)).transpose()
}

/// The erasure of a person; none: nothing of theirs is being erased.
pub async fn of_person(tx: &mut Tx, who: CustomerId) -> Result<Option<Job>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        "select id, person, stand_in, locale, stage, after_id, after_lane, until_id, own_until,
         tries, begun_ms, body from erasures where person = $1",
        who.0
    )
    .map_err(StoreError::on("erasure.of_person"))?;
    row.map(|row| row.job(tx)).transpose()
}

impl Row {
    fn job(self, tx: &Tx) -> Result<Job, StoreError> {
        Ok(Job {
            traces: body_of(&self.id).open(&tx.keys(), &self.body)?,
            id: self.id,
            person: CustomerId(self.person),
            stand_in: CustomerId(self.stand_in),
            locale: Locale(self.locale),
            stage: self.stage,
            after: self.after_id,
            after_lane: self.after_lane,
            until: self.until_id,
            own_until: self.own_until,
            tries: self.tries,
            begun: Timestamp(self.begun_ms),
        })
    }
}

/// Keeps how far an erasure has come since it was seen as `before`; `false` if another turn was
/// faster.
pub async fn keep(tx: &mut Tx, before: &Job, job: &Job) -> Result<bool, StoreError> {
    let body = body_of(&job.id).seal(&tx.keys(), &job.traces)?;
    let done = sql!(
        tx,
        exec,
        "update erasures set stage = $1, after_id = $2, after_lane = $3, until_id = $4,
         own_until = $5, tries = $6, body = $7
         where id = $8 and stage = $9 and after_id = $10 and after_lane = $11 and tries = $12",
        job.stage.as_str(),
        job.after,
        job.after_lane.as_str(),
        job.until,
        job.own_until,
        job.tries,
        body,
        job.id,
        before.stage.as_str(),
        before.after,
        before.after_lane.as_str(),
        before.tries
    )
    .map_err(StoreError::on("erasure.keep"))?;
    Ok(done == 1)
}

/// Ends an erasure: nothing says any more that there was one.
pub async fn end(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    sql!(tx, exec, "delete from erasures where id = $1", id)
        .map_err(StoreError::on("erasure.end"))?;
    Ok(())
}

/// Why a person's data can't be erased now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar {
    /// An order that is not over: its day and number.
    Order(String, i64),
    /// Their account: its currency, what is owed and what is held, in minor units.
    Account(String, i64, i64),
    /// So many changes of their account that nobody decided.
    Changes(i64),
    /// A company that has no other admin, by its id.
    Admin(String),
    /// They are being erased already.
    UnderWay,
}

/// Everything of the store that stands against it; one statement.
pub async fn bars(tx: &mut Tx, who: CustomerId) -> Result<Vec<Bar>, StoreError> {
    let rows: Vec<(String, String, i64, i64)> = Batch::new("with me (id, code) as (select cast(")
        .arg(who.0)
        .text(" as bigint), cast(")
        .arg(format!("p-{who}"))
        .text(
            " as text))
         select kind, word, one, other from (
            select 1 as place, 'order' as kind, o.day as word, o.number as one, o.id as other
                from me join orders o on o.customer = me.id where o.closed_ms is null
            union all select 2, 'account', a.currency, a.balance_minor, a.held_minor
                from me join accounts a on a.person = me.id
                where a.balance_minor <> 0 or a.held_minor <> 0
            union all select 3, 'changes', '', count(*), 0
                from me join account_changes c on c.account = me.code where c.state = 'open'
                having count(*) > 0
            union all select 4, 'admin', m.company, 0, 0
                from me join company_members m on m.user_id = me.id
                where m.role = 'admin' and not exists (select 1 from company_members x
                    where x.company = m.company and x.role = 'admin' and x.user_id <> m.user_id)
            union all select 5, 'under-way', '', 0, 0
                from me join erasures e on e.person = me.id) as bars
         order by place, word, other limit 30",
        )
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("erasure.bars"))?;
    let bar = |(kind, word, one, other): (String, String, i64, i64)| match kind.as_str() {
        "order" => Bar::Order(word, one),
        "account" => Bar::Account(word, one, other),
        "changes" => Bar::Changes(one),
        "admin" => Bar::Admin(word),
        _ => Bar::UnderWay,
    };
    Ok(rows.into_iter().map(bar).collect())
}
