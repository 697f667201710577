//! What groups are for: one chat for each purpose. The words of purposes are the application's.

use super::error::StoreError;
use super::tx::{Tx, sql};
use crate::kernel::{ChatId, Locale, Timestamp};

/// A group and its purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    /// `kitchen`, `approvals` …
    pub purpose: String,
    /// The group.
    pub chat: ChatId,
    /// The topic in it, where it has some.
    pub topic: Option<i64>,
    /// The language of its cards.
    pub locale: Locale,
    /// Its title when it was set; empty = not known.
    pub title: String,
}

/// Says what a chat is for; another chat with that purpose loses it.
pub async fn assign(tx: &mut Tx, chat: &Chat, now: Timestamp) -> Result<(), StoreError> {
    let title = tx
        .keys()
        .seal_text("chats", "title", &chat.purpose, &chat.title)?;
    sql!(
        tx,
        exec,
        "insert into chats (purpose, chat, topic, locale, title, since_ms)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (purpose) do update set chat = excluded.chat, topic = excluded.topic,
         locale = excluded.locale, title = excluded.title, since_ms = excluded.since_ms",
        chat.purpose.as_str(),
        chat.chat.0,
        chat.topic,
        chat.locale.as_str(),
        title,
        now.0
    )
    .map_err(StoreError::on("chats.assign"))?;
    Ok(())
}

/// Takes every purpose from a chat (the bot was removed from it); gives how many it had.
pub async fn forget(tx: &mut Tx, chat: ChatId) -> Result<u64, StoreError> {
    sql!(tx, exec, "delete from chats where chat = $1", chat.0)
        .map_err(StoreError::on("chats.forget"))
}

/// A group became a supergroup: the same chat under another id.
pub async fn migrate(tx: &mut Tx, from: ChatId, to: ChatId) -> Result<u64, StoreError> {
    sql!(
        tx,
        exec,
        "update chats set chat = $1 where chat = $2",
        to.0,
        from.0
    )
    .map_err(StoreError::on("chats.migrate"))
}

/// Sets the language of a chat's cards; `false` if it has no purpose.
pub async fn set_locale(tx: &mut Tx, chat: ChatId, locale: &Locale) -> Result<bool, StoreError> {
    let done = sql!(
        tx,
        exec,
        "update chats set locale = $1 where chat = $2",
        locale.as_str(),
        chat.0
    )
    .map_err(StoreError::on("chats.set_locale"))?;
    Ok(done > 0)
}
