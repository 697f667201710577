//! Which messages show which card, and in what version.
//!
//! A message without a card but with buttons has a row too, under an empty name: so a message
//! that has no row at all is a copy that a crash doubled.

use crate::kernel::{ChatId, Timestamp};

use super::batch::{Batch, MAX_ROWS, Value};
use super::error::StoreError;
use super::row::columns;
use super::tx::{Tx, sql};

/// A message that shows a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The message.
    pub message_id: i64,
    /// What it shows.
    pub version: i64,
    /// A photo with a caption; otherwise text. For life.
    pub photo: bool,
}
columns!(Copy: message_id, version, photo);

/// What a sent call did to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardChange {
    /// Where.
    pub chat: ChatId,
    /// The card's name; empty for a message of its own.
    pub card: String,
    /// Which message.
    pub message_id: i64,
    /// What it shows now.
    pub version: i64,
    /// Photo or text.
    pub photo: bool,
    /// Whether it still shows the card.
    pub live: bool,
}

/// The messages that show a card now, oldest first.
pub async fn copies(tx: &mut Tx, chat: ChatId, card: &str) -> Result<Vec<Copy>, StoreError> {
    sql!(
        tx,
        fetch_all as Copy,
        "select message_id, version, photo from cards
         where chat = $1 and card = $2 and live order by message_id",
        chat.0,
        card
    )
    .map_err(StoreError::on("cards.copies"))
}

/// Whether this message is one of ours that we know of.
pub async fn is_known(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<bool, StoreError> {
    let found = sql!(
        tx,
        fetch_optional as (i64,),
        "select message_id from cards where chat = $1 and message_id = $2",
        chat.0,
        message_id
    )
    .map_err(StoreError::on("cards.is_known"))?;
    Ok(found.is_some())
}

/// Notes what messages show now; of several changes to one message the last counts.
pub async fn note(tx: &mut Tx, changes: &[CardChange], now: Timestamp) -> Result<(), StoreError> {
    // One statement must not touch a row twice (PostgreSQL refuses).
    let mut last: Vec<&CardChange> = Vec::new();
    for change in changes.iter().rev() {
        let same = |other: &&CardChange| {
            other.chat == change.chat && other.message_id == change.message_id
        };
        if !last.iter().any(same) {
            last.push(change);
        }
    }
    for chunk in last.chunks(MAX_ROWS) {
        let rows = chunk.iter().map(|change| {
            [
                Value::from(change.chat.0),
                change.card.as_str().into(),
                change.message_id.into(),
                change.version.into(),
                change.photo.into(),
                change.live.into(),
                now.millis().into(),
            ]
        });
        Batch::new(
            "insert into cards (chat, card, message_id, version, photo, live, sent_ms) values ",
        )
        .rows(rows)
        .text(
            " on conflict (chat, message_id) do update set card = excluded.card,
                  version = excluded.version, photo = excluded.photo, live = excluded.live",
        )
        .exec(tx)
        .await
        .map_err(StoreError::on("cards.note"))?;
    }
    Ok(())
}

/// A group became a supergroup: its cards move along. Messages that the new chat does not know
/// are sent anew when they change.
pub async fn migrate(tx: &mut Tx, old: ChatId, new: ChatId) -> Result<(), StoreError> {
    let error = StoreError::on("cards.migrate");
    sql!(
        tx,
        exec,
        "delete from cards where chat = $1 and message_id in (
            select c.message_id from cards c where c.chat = $2)",
        old.0,
        new.0
    )
    .map_err(error)?;
    sql!(
        tx,
        exec,
        "update cards set chat = $1 where chat = $2",
        new.0,
        old.0
    )
    .map_err(error)?;
    Ok(())
}

/// Forgets messages that lost their card before `before`; gives how many, at most 500.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    sql!(
        tx,
        exec,
        "delete from cards where not live and sent_ms < $1 and (chat, message_id) in (
            select chat, message_id from cards where not live and sent_ms < $1 limit 500)",
        before.millis()
    )
    .map_err(StoreError::on("cards.forget"))
}
