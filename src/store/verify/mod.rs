//! Proves what must hold in a whole database, by named rules that only read.
//!
//! Most rules are one query each ([`rules`], [`credit`], [`schedules`]) whose rows are violations; what needs reading JSON,
//! sealed values or the table of moves is a pure check over raw rows ([`orders`], [`audit`],
//! [`sealed`]).
//! Nonsense in a row is a violation here, never an error. Details hold no personal data.

mod audit;
mod credit;
mod learned;
mod orders;
mod requests;
mod rules;
mod schedules;
mod sealed;

use super::error::StoreError;
use super::tx::{Tx, sql};
use crate::kernel::{Timestamp, time};

/// A rule broken by a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The rule's name, e.g. `stock.ledger-held`.
    pub rule: &'static str,
    /// The table of the row.
    pub table: &'static str,
    /// The row's key.
    pub row: String,
    /// What is wrong with it.
    pub detail: String,
}

/// What time it is, for what may be overdue.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// The business clock: holds, orders, timers.
    pub business: Timestamp,
    /// The real clock: inbox and outbox.
    pub real: Timestamp,
}

/// How long something may wait before it counts as stuck: longer than any outage that is waited
/// out by itself and far longer than a `retry_after`.
pub const STUCK_MS: i64 = 15 * time::MINUTE;

/// So long after being placed an order's cause must still be in the inbox, which keeps its rows
/// for at least three days.
pub const CAUSE_KEPT_MS: i64 = 2 * time::DAY;

/// Rows read at a time by the checks that read whole tables.
const PAGE: i64 = 200;

/// How far the business clock has been, by what was written: a playground moves its clock ahead
/// of the real one, and another process can't know. None in an empty database.
pub async fn latest(tx: &mut Tx) -> Result<Option<Timestamp>, StoreError> {
    let stamps = sql!(
        tx,
        fetch_all as (Option<i64>,),
        "select max(at_ms) from stock_ledger
         union all select max(moved_ms) from orders
         union all select max(updated_ms) from carts"
    )
    .map_err(StoreError::on("verify.latest"))?;
    Ok(stamps
        .into_iter()
        .filter_map(|(ms,)| ms)
        .max()
        .map(Timestamp))
}

/// The rules that are one query each.
fn queries() -> impl Iterator<Item = &'static rules::Rule> {
    rules::RULES
        .iter()
        .chain(credit::RULES)
        .chain(schedules::RULES)
        .chain(learned::RULES)
}

/// The names of all rules, in the order checked.
pub fn rule_names() -> Vec<&'static str> {
    let queries = queries().map(|rule| rule.name);
    queries
        .chain(orders::RULES.iter().copied())
        .chain(requests::RULES.iter().copied())
        .chain(audit::RULES.iter().copied())
        .chain(sealed::RULES.iter().copied())
        .collect()
}

/// Checks every rule; sorted by rule and row. An empty list is a sound database.
///
/// # Errors
/// The database can't be read. What it holds is never an error.
pub async fn verify(tx: &mut Tx, now: Now) -> Result<Vec<Violation>, StoreError> {
    let mut found = Vec::new();
    for rule in queries() {
        let error = StoreError::on(rule.name);
        let rows = match rule.before {
            None => sql!(tx, fetch_all as (String, String), rule.text),
            Some(before) => {
                let before = before.point(now).millis();
                sql!(tx, fetch_all as (String, String), rule.text, before)
            }
        };
        let rows = rows.map_err(error)?;
        found.extend(rows.into_iter().map(|(row, detail)| Violation {
            rule: rule.name,
            table: rule.table,
            row,
            detail,
        }));
    }
    orders::check(tx, &mut found).await?;
    requests::check(tx, &mut found).await?;
    audit::check(tx, &mut found).await?;
    sealed::check(tx, &mut found).await?;
    found.sort();
    Ok(found)
}
