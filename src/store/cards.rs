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

/// What is to be known of a card's messages in a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Where.
    pub chat: ChatId,
    /// The card.
    pub card: String,
    /// Another card, whose messages are wanted too.
    pub other: Option<String>,
    /// A message that may be one of ours.
    pub message: Option<i64>,
}

/// What is known of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The messages that show the card now, oldest first.
    pub copies: Vec<Copy>,
    /// Those that show the other card, oldest first.
    pub other: Vec<Copy>,
    /// Whether the message asked for is one of ours.
    pub is_known: bool,
}

struct Found {
    n: i64,
    what: String,
    message_id: i64,
    version: i64,
    photo: bool,
}
columns!(Found: n, what, message_id, version, photo);

/// Looks at the messages of cards, in the order of `looks`; one statement.
pub async fn shown(tx: &mut Tx, looks: &[Look]) -> Result<Vec<Shown>, StoreError> {
    let rows = looks.iter().enumerate().map(|(n, look)| {
        [
            Value::from(n as i64),
            look.chat.0.into(),
            look.card.as_str().into(),
            look.other.clone().into(),
            look.message.into(),
        ]
    });
    // `cross join` keeps SQLite from reading all cards to look them up among the few.
    let found: Vec<Found> = Batch::new("with looks (n, chat, card, other, message) as (")
        .rows(rows)
        .text(
            ")
             select n, 'copy' as what, k.message_id, k.version, k.photo
                from looks cross join cards k
                where k.chat = looks.chat and k.card = looks.card and k.live
             union all select n, 'other', k.message_id, k.version, k.photo
                from looks cross join cards k
                where k.chat = looks.chat and k.card = looks.other and k.live
             union all select n, 'known', k.message_id, k.version, k.photo
                from looks cross join cards k
                where k.chat = looks.chat and k.message_id = looks.message
             order by message_id",
        )
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("cards.shown"))?;
    let mut shown = vec![Shown::default(); looks.len()];
    for row in found {
        let Some(shown) = usize::try_from(row.n).ok().and_then(|n| shown.get_mut(n)) else {
            continue; // padding
        };
        let copy = Copy {
            message_id: row.message_id,
            version: row.version,
            photo: row.photo,
        };
        match row.what.as_str() {
            "copy" => shown.copies.push(copy),
            "other" => shown.other.push(copy),
            _ => shown.is_known = true,
        }
    }
    Ok(shown)
}

/// The card that a message shows, or showed last; none if it is not one of ours.
pub async fn of_message(
    tx: &mut Tx,
    chat: ChatId,
    message_id: i64,
) -> Result<Option<String>, StoreError> {
    let found = sql!(
        tx,
        fetch_optional as (String,),
        "select card from cards where chat = $1 and message_id = $2",
        chat.0,
        message_id
    )
    .map_err(StoreError::on("cards.of_message"))?;
    Ok(found.map(|(card,)| card))
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
        Batch::new("insert into cards (chat, card, message_id, version, photo, live, sent_ms) ")
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
