//! What else is kept of a person, beside what other modules read: for the export of their data.

use super::super::error::StoreError;
use super::super::read::Cell;
use super::super::row::columns;
use super::super::tx::{Tx, sql};
use crate::kernel::{CustomerId, Timestamp};
use serde_json::{Value, json};

/// A link that the person made or used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What kind: `invite`, `table`, ….
    pub kind: String,
    /// What it gives.
    pub grants: String,
    /// When they made it, if they did.
    pub made: Option<Timestamp>,
    /// When they used it, if they did.
    pub used: Option<Timestamp>,
}

/// What stands beside name, answers and orders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rest {
    /// When they wrote for the first time and last, if ever.
    pub seen: Option<(Timestamp, Timestamp)>,
    /// Until when they are away, if they said so.
    pub away: Option<Timestamp>,
    /// Companies that they ask to join: id and role.
    pub asks: Vec<(String, String)>,
    /// Items that they wait for, each since when.
    pub waits: Vec<(String, Timestamp)>,
    /// Saved orders that are repeated: since when, and on which days, a bit for each, Monday the
    /// lowest.
    pub repeats: Vec<(Timestamp, i64)>,
    /// Links, the oldest first.
    pub links: Vec<Link>,
    /// Of the record: when they did what.
    pub deeds: Vec<(Timestamp, String)>,
}

struct Row {
    kind: String,
    one: String,
    other: String,
    at: Option<i64>,
    until: Option<i64>,
}
columns!(Row: kind, one, other, at, until);

/// Links and deeds at most: what nobody but staff reaches.
const MOST: i64 = 2_000;

/// Reads it; one statement.
pub async fn rest(tx: &mut Tx, who: CustomerId) -> Result<Rest, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        "select kind, one, other, at, until from (
            select 'seen' as kind, '' as one, '' as other, first_ms as at, seen_ms as until
                from customers where id = $1
            union all select 'away', '', '', since_ms, until_ms from absences where user_id = $1
            union all select 'asks', company, role, asked_ms, null from company_requests
                where user_id = $1
            union all select 'link', kind, grants,
                case when made_by = $1 then made_ms end, case when used_by = $1 then used_ms end
                from tokens where made_by = $1 or used_by = $1
            union all select 'waits', item_id, '', since_ms, quantity from awaited
                where customer = $1
            union all select 'repeats', '', '', made_ms, days from schedules where owner = $1
            union all select 'deed', act, '', at_ms, null from audit where actor = $1) as rest
         order by kind, at limit $2",
        who.0,
        MOST
    )
    .map_err(StoreError::on("erasure.rest"))?;
    let mut rest = Rest::default();
    for row in rows {
        let (at, until) = (row.at.map(Timestamp), row.until.map(Timestamp));
        match row.kind.as_str() {
            "seen" => rest.seen = at.zip(until),
            "away" => rest.away = until,
            "waits" => rest.waits.extend(at.map(|at| (row.one, at))),
            "repeats" => rest.repeats.extend(at.zip(row.until)),
            "asks" => rest.asks.push((row.one, row.other)),
            "link" => rest.links.push(Link {
                kind: row.one,
                grants: row.other,
                made: at,
                used: until,
            }),
            _ => rest.deeds.extend(at.map(|at| (at, row.one))),
        }
    }
    Ok(rest)
}

/// What they wrote and let be kept, in its own words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// Saved orders as they are kept: name, lines and answers.
    pub saved: Vec<Value>,
    /// Phrases and the items that they mean by them.
    pub learned: Vec<Value>,
}

/// Reads it; one statement.
pub async fn words(tx: &mut Tx, who: CustomerId) -> Result<Words, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, i64, Option<String>, Vec<u8>, Option<Vec<u8>>),
        "select kind, id, word, one, other from (
            select 'saved' as kind, id, company as word, name as one, body as other
                from saved_orders where owner = $1
            union all select 'learned', id, item_id, phrase, null from learned
                where customer = $1) as words
         order by kind, id",
        who.0
    )
    .map_err(StoreError::on("erasure.words"))?;
    let keys = tx.keys();
    let mut words = Words::default();
    for (_, id, word, one, other) in rows {
        let Some(body) = other else {
            let phrase = keys.open_text("learned", "phrase", id, &one)?;
            words.learned.push(json!({ "words": phrase, "item": word }));
            continue;
        };
        let cell = |column| Cell {
            query: "erasure.words",
            table: "saved_orders",
            column,
            row: &id,
        };
        let name: Value = cell("name").open(&keys, &one)?;
        let body: Value = cell("body").open(&keys, &body)?;
        words
            .saved
            .push(json!({ "name": name, "company": word, "order": body }));
    }
    Ok(words)
}
