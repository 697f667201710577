//! Deleting, pinning, reacting.

use serde_json::{Value, json};

use super::{
    super::state::{Author, BotStatus, ChatKind, Content, Message, State},
    error::{ApiError, ApiResult},
    params::Params,
};

/// A bot may delete messages that are younger than this.
const DELETABLE_MS: i64 = 48 * 3600 * 1000;

impl State {
    pub(super) fn delete_message(&mut self, params: &Params) -> ApiResult {
        if !params.has("chat_id") {
            return Err(ApiError::bad("Chat identifier is not specified"));
        }
        let id = params.int("message_id");
        if id == 0 {
            return Err(ApiError::bad("Message identifier is not specified"));
        }
        let chat = self.writable(params)?;
        if self.message(chat, id).is_none_or(|message| message.deleted) {
            return Err(ApiError::bad("message to delete not found"));
        }
        self.delete(chat, &[id])
    }

    pub(super) fn delete_messages(&mut self, params: &Params) -> ApiResult {
        let words = "Can't parse message_ids JSON object";
        let Some(ids) = params.json("message_ids", words)? else {
            return Err(ApiError::bad("Message identifiers are not specified"));
        };
        let Value::Array(ids) = ids else {
            return Err(ApiError::bad("Expected an Array of message identifiers"));
        };
        if ids.len() > 100 {
            return Err(ApiError::bad("Too many message identifiers specified"));
        }
        let ids: Vec<i64> = ids
            .iter()
            .map(|id| {
                let words = match id {
                    Value::Number(_) => "Invalid message identifier specified",
                    _ => "Message identifier must be a Number",
                };
                id.as_i64()
                    .filter(|id| *id > 0)
                    .ok_or_else(|| ApiError::bad(words))
            })
            .collect::<Result<_, _>>()?;
        if ids.is_empty() {
            return Err(ApiError::bad("Message identifiers are not specified"));
        }
        let chat = self.writable(params)?;
        // Those that are gone already are passed over.
        let there: Vec<i64> = ids
            .into_iter()
            .filter(|id| {
                self.message(chat, *id)
                    .is_some_and(|message| !message.deleted)
            })
            .collect();
        self.delete(chat, &there)
    }

    fn delete(&mut self, chat: i64, ids: &[i64]) -> ApiResult {
        for id in ids {
            if let Some(message) = self.message(chat, *id) {
                self.deletable(message)?;
            }
        }
        for id in ids {
            if let Some(message) = self.message_mut(chat, *id) {
                message.deleted = true;
                message.inline.clear();
            }
        }
        self.touch(chat);
        Ok(true.into())
    }

    fn deletable(&self, message: &Message) -> Result<(), ApiError> {
        let Some(chat) = self.chats.get(&message.chat) else {
            return Err(ApiError::bad("chat not found"));
        };
        let admin = chat.bot == BotStatus::Administrator;
        let own = message.author == Author::Bot;
        if chat.kind != ChatKind::Private && !own && !admin {
            return Err(ApiError::bad("Message can't be deleted"));
        }
        let old = self.now_ms() - message.date_ms > DELETABLE_MS;
        if old && !(admin && chat.kind == ChatKind::Supergroup) {
            return Err(ApiError::bad("Message can't be deleted for everyone"));
        }
        Ok(())
    }

    fn may_pin(&self, chat: i64) -> Result<(), ApiError> {
        let admin = self
            .chats
            .get(&chat)
            .is_some_and(|c| c.bot == BotStatus::Administrator);
        if !self.is_private(chat) && !admin {
            let words = "Not enough rights to manage pinned messages in the chat";
            return Err(ApiError::bad(words));
        }
        Ok(())
    }

    pub(super) fn pin(&mut self, params: &Params) -> ApiResult {
        let (chat, id) = (self.writable(params)?, params.int("message_id"));
        let Some(pinned) = self.message(chat, id).filter(|message| !message.deleted) else {
            return Err(ApiError::bad("message to pin not found"));
        };
        self.may_pin(chat)?;
        let fields = json!({"pinned_message": self.message_json(pinned)});
        let thread = pinned.thread;
        if let Some(message) = self.message_mut(chat, id) {
            message.pinned = true;
        }
        let content = Content::Service {
            fields,
            words: "a message was pinned".into(),
        };
        let mut notice = Message::new(chat, Author::Bot, self.now_ms(), content);
        notice.thread = thread;
        let notice = self.add_message(notice);
        self.tell_bot("message", chat, notice);
        Ok(true.into())
    }

    pub(super) fn unpin(&mut self, params: &Params) -> ApiResult {
        let (chat, id) = (self.writable(params)?, params.int("message_id"));
        self.may_pin(chat)?;
        let Some(kept) = self.chats.get_mut(&chat) else {
            return Err(ApiError::bad("chat not found"));
        };
        if id != 0 && !kept.messages.contains_key(&id) {
            return Err(ApiError::bad("message to unpin not found"));
        }
        for message in kept.messages.values_mut().filter(|m| id == 0 || m.id == id) {
            message.pinned = false;
        }
        self.touch(chat);
        Ok(true.into())
    }

    pub(super) fn set_reaction(&mut self, params: &Params) -> ApiResult {
        let words = "Can't parse reaction types JSON object";
        let list = match params.json("reaction", words)? {
            None => Vec::new(),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(ApiError::bad("Expected an Array of ReactionType")),
        };
        let chat = self.readable(params)?;
        let id = params.int("message_id");
        if self.message(chat, id).is_none_or(|message| message.deleted) {
            return Err(ApiError::bad("message to react not found"));
        }
        if list.len() > 1 {
            return Err(ApiError::bad("REACTIONS_TOO_MANY"));
        }
        let emoji = match list.first() {
            None => None,
            Some(reaction) => match reaction.get("emoji").and_then(Value::as_str) {
                Some(emoji) if known_reaction(emoji) => Some(emoji.to_owned()),
                _ => return Err(ApiError::bad("REACTION_INVALID")),
            },
        };
        if let Some(message) = self.message_mut(chat, id) {
            message.reaction = emoji;
        }
        self.touch(chat);
        Ok(true.into())
    }
}

/// Any emoji is no reaction; these are the ones the Bot API lists.
fn known_reaction(emoji: &str) -> bool {
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 \
     😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
        .split_whitespace()
        .any(|known| known == emoji)
}
