//! What is to be sent, written in the transaction of what it tells.
//!
//! A row holds the call but not what only the sender can know: a card's message and a file's id.
//! Rows of one chat are sent in the order of their ids.

use crate::kernel::{ChatId, Timestamp};

use super::batch::{Batch, MAX_ROWS, Value};
use super::error::StoreError;
use super::row::columns;
use super::tx::{Tx, sql};

/// A row to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutRow {
    /// Its place in the order.
    pub id: i64,
    /// Where to.
    pub chat: ChatId,
    /// The card's name, if it shows one.
    pub card: Option<String>,
    /// The card's version; 0 without a card.
    pub version: i64,
    /// An answer to the person's own input: waits for nothing but a `retry_after`.
    pub hasty: bool,
    /// A message that shows the card although we did not know it.
    pub adopt: Option<i64>,
    /// The card whose message becomes this one's, if this one has none.
    pub takes: Option<String>,
    /// What the sender makes the call of, as JSON.
    pub body: String,
    /// The inbox row whose turn wrote it.
    pub cause: Option<i64>,
}

/// How a row ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Telegram took it, or it was no longer needed.
    Done {
        /// The message it became, if it is a new one.
        message_id: Option<i64>,
    },
    /// The chat can't be reached (blocked, kicked, gone): nobody's mistake, nothing to retry.
    Unreachable(String),
    /// A later row of the same card made it pointless.
    Superseded,
    /// Telegram refused for good; visible, and can be sent again.
    Dead(String),
}

/// A row with its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The row.
    pub id: i64,
    /// Its end.
    pub end: End,
    /// How often it was tried.
    pub attempts: i64,
}

/// Writes rows, any number in one statement for each 500.
pub async fn insert(tx: &mut Tx, rows: &[OutRow], now: Timestamp) -> Result<(), StoreError> {
    let keys = tx.keys();
    for chunk in rows.chunks(MAX_ROWS) {
        let mut values = Vec::with_capacity(chunk.len());
        for row in chunk {
            values.push([
                Value::from(row.id),
                row.chat.0.into(),
                row.card.clone().into(),
                row.version.into(),
                row.hasty.into(),
                row.adopt.into(),
                row.takes.clone().into(),
                "new".into(),
                0.into(),
                now.millis().into(),
                keys.seal_text("outbox", "body", row.id, &row.body)?.into(),
                keys.digest("outbox", &row.body).into(),
                row.cause.into(),
                now.millis().into(),
            ]);
        }
        Batch::new(
            "insert into outbox (id, chat, card, version, hasty, adopt, takes, state, attempts, due_ms, body, digest, cause, created_ms) ",
        )
        .rows(values)
        .exec(tx)
        .await
        .map_err(StoreError::on("outbox.insert"))?;
    }
    Ok(())
}

struct Stored {
    id: i64,
    chat: i64,
    card: Option<String>,
    version: i64,
    hasty: bool,
    adopt: Option<i64>,
    takes: Option<String>,
    body: Option<Vec<u8>>,
    cause: Option<i64>,
}
columns!(Stored: id, chat, card, version, hasty, adopt, takes, body, cause);

/// Rows not yet sent with an id above `after`, in order. A body that can't be opened comes as
/// an empty text: the sender makes a dead letter of it.
pub async fn unsent(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<OutRow>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Stored,
        "select id, chat, card, version, hasty, adopt, takes, body, cause
         from outbox where state = 'new' and id > $1 order by id limit $2",
        after,
        limit
    )
    .map_err(StoreError::on("outbox.unsent"))?;
    Ok(open(tx, rows))
}

/// Rows not yet sent, in order, without those of `known`. PostgreSQL only: for a sender beside
/// other instances, which looks often.
pub async fn unsent_but(
    tx: &mut Tx,
    known: impl Iterator<Item = i64>,
    limit: i64,
) -> Result<Vec<OutRow>, StoreError> {
    let known: Vec<String> = known.map(|id| id.to_string()).collect();
    let rows = sql!(
        tx,
        fetch_all as Stored,
        "select id, chat, card, version, hasty, adopt, takes, body, cause
         from outbox where state = 'new' and id not in (
            select k.id from unnest(cast(string_to_array($1, ',') as bigint[])) as k(id))
         order by id limit $2",
        known.join(","),
        limit
    )
    .map_err(StoreError::on("outbox.unsent_but"))?;
    Ok(open(tx, rows))
}

fn open(tx: &Tx, rows: Vec<Stored>) -> Vec<OutRow> {
    let keys = tx.keys();
    rows.into_iter()
        .map(|row| OutRow {
            id: row.id,
            chat: ChatId(row.chat),
            card: row.card,
            version: row.version,
            hasty: row.hasty,
            adopt: row.adopt,
            takes: row.takes,
            body: row
                .body
                .and_then(|body| keys.open_text("outbox", "body", row.id, &body).ok())
                .unwrap_or_default(),
            cause: row.cause,
        })
        .collect()
}

/// Whether anything waits to be sent.
pub async fn is_empty(tx: &mut Tx) -> Result<bool, StoreError> {
    let (first,) = sql!(
        tx,
        fetch_one as (Option<i64>,),
        "select min(id) from outbox where state = 'new'"
    )
    .map_err(StoreError::on("outbox.is_empty"))?;
    Ok(first.is_none())
}

/// The highest id ever given.
pub async fn last_id(tx: &mut Tx) -> Result<i64, StoreError> {
    let (last,) = sql!(
        tx,
        fetch_one as (Option<i64>,),
        "select max(id) from outbox"
    )
    .map_err(StoreError::on("outbox.last_id"))?;
    Ok(last.unwrap_or_default())
}

/// Ends rows: one statement for any number.
pub async fn settle(tx: &mut Tx, rows: &[Settled], now: Timestamp) -> Result<(), StoreError> {
    for chunk in rows.chunks(MAX_ROWS) {
        let values = chunk.iter().map(|row| {
            let (state, message, error) = match &row.end {
                End::Done { message_id } => ("done", *message_id, None),
                End::Unreachable(error) => ("done", None, Some(error.clone())),
                End::Superseded => ("superseded", None, None),
                End::Dead(error) => ("dead", None, Some(error.clone())),
            };
            [
                Value::from(row.id),
                state.into(),
                message.into(),
                error.into(),
                row.attempts.into(),
                now.millis().into(),
            ]
        });
        Batch::new(
            "update outbox set state = v.column2, message_id = v.column3, error = v.column4,
                attempts = v.column5, settled_ms = v.column6 from (",
        )
        .rows(values)
        .text(") as v where outbox.id = v.column1")
        .exec(tx)
        .await
        .map_err(StoreError::on("outbox.settle"))?;
    }
    Ok(())
}

/// Turns what waits for a chat to another id: a group became a supergroup.
pub async fn migrate(tx: &mut Tx, old: ChatId, new: ChatId) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "update outbox set chat = $1 where chat = $2 and state = 'new'",
        new.0,
        old.0
    )
    .map_err(StoreError::on("outbox.migrate"))?;
    Ok(())
}

/// A dead letter, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// The row.
    pub id: i64,
    /// Where to.
    pub chat: i64,
    /// The card's name, if it shows one.
    pub card: Option<String>,
    /// Telegram's words.
    pub error: Option<String>,
    /// When it was written.
    pub created_ms: i64,
}
columns!(Dead: id, chat, card, error, created_ms);

/// The dead letters, oldest first.
pub async fn dead(tx: &mut Tx) -> Result<Vec<Dead>, StoreError> {
    sql!(
        tx,
        fetch_all as Dead,
        "select id, chat, card, error, created_ms from outbox where state = 'dead'
         order by id limit 1000"
    )
    .map_err(StoreError::on("outbox.dead"))
}

/// The content of a row, opened; none if it is gone.
pub async fn text(tx: &mut Tx, id: i64) -> Result<Option<String>, StoreError> {
    let found = sql!(
        tx,
        fetch_optional as (Option<Vec<u8>>,),
        "select body from outbox where id = $1",
        id
    )
    .map_err(StoreError::on("outbox.text"))?;
    match found {
        Some((Some(body),)) => tx.keys().open_text("outbox", "body", id, &body).map(Some),
        Some((None,)) | None => Ok(None),
    }
}

/// Sends a dead letter again; false if there is none of this id.
pub async fn retry(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    let touched = sql!(
        tx,
        exec,
        "update outbox set state = 'new', attempts = 0, settled_ms = null, error = null
         where id = $1 and state = 'dead' and body is not null",
        id
    )
    .map_err(StoreError::on("outbox.retry"))?;
    Ok(touched == 1)
}

/// Removes the bodies of rows settled before `bodies`, and whole rows settled before `rows`;
/// dead letters stay. Gives how many rows were touched, at most about 1000.
pub async fn forget(tx: &mut Tx, bodies: Timestamp, rows: Timestamp) -> Result<u64, StoreError> {
    let error = StoreError::on("outbox.forget");
    let emptied = sql!(
        tx,
        exec,
        "update outbox set body = null where id in (
            select id from outbox where body is not null and settled_ms is not null
                and settled_ms < $1 and state in ('done', 'superseded') limit 500)",
        bodies.millis()
    )
    .map_err(error)?;
    let gone = sql!(
        tx,
        exec,
        "delete from outbox where id in (
            select id from outbox where settled_ms is not null
                and settled_ms < $1 and state in ('done', 'superseded') limit 500)",
        rows.millis()
    )
    .map_err(error)?;
    Ok(emptied + gone)
}
