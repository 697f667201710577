//! What people do and what they see, as methods of the handle: each passes its act to the state
//! under the lock and tells of the change. The deciding is in `people`.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use super::{
    super::{
        people::ActResult,
        spec::{GroupSpec, SendOptions, UserSpec},
        state::Content,
        view::{
            Answer, Call, CommandView, InlineView, LinkView, Msg, ReplyKeyboard, StateView, TapId,
        },
    },
    Emulator,
};

/// People and chats.
impl Emulator {
    /// Adds a person, or changes one that is there.
    pub fn add_user(&self, user: UserSpec) {
        self.shared.act(|state| state.add_user(user));
    }

    /// Lets people find these links printed, instead of any before.
    pub fn print_links(&self, links: Vec<LinkView>) {
        self.shared.act(|state| {
            state.links = links;
            state.rev += 1;
        });
    }

    /// Adds a group.
    pub fn add_group(&self, group: GroupSpec) {
        self.shared.act(|state| state.add_group(group));
    }

    /// The bot hears of it by `my_chat_member` and a service message.
    ///
    /// # Errors
    /// If there is no such group, or the person is not in it.
    pub fn add_bot_to_group(&self, group: i64, by: i64) -> ActResult<()> {
        self.shared.act(|state| state.add_bot(group, by))
    }

    /// Makes the bot an administrator: it then hears everything in the group.
    ///
    /// # Errors
    /// If there is no such group, or the person is not in it.
    pub fn promote_bot(&self, group: i64, by: i64) -> ActResult<()> {
        self.shared.act(|state| state.promote_bot(group, by))
    }

    /// Kicks the bot out.
    ///
    /// # Errors
    /// If there is no such group, or the person is not in it.
    pub fn remove_bot(&self, group: i64, by: i64) -> ActResult<()> {
        self.shared.act(|state| state.remove_bot(group, by))
    }

    /// # Errors
    /// If there is no such group or person.
    pub fn join(&self, group: i64, user: i64) -> ActResult<()> {
        self.shared.act(|state| state.join(group, user))
    }

    /// # Errors
    /// If there is no such group, or the person is not in it.
    pub fn leave(&self, group: i64, user: i64) -> ActResult<()> {
        self.shared.act(|state| state.leave(group, user))
    }

    /// # Errors
    /// If there is no such person.
    pub fn block(&self, user: i64) -> ActResult<()> {
        self.shared.act(|state| state.set_blocked(user, true))
    }

    /// # Errors
    /// If there is no such person.
    pub fn unblock(&self, user: i64) -> ActResult<()> {
        self.shared.act(|state| state.set_blocked(user, false))
    }

    /// Deletes the person's account.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn deactivate(&self, user: i64) -> ActResult<()> {
        self.shared.act(|state| state.deactivate(user))
    }

    /// # Errors
    /// If there is no such person.
    pub fn set_language(&self, user: i64, code: Option<&str>) -> ActResult<()> {
        self.shared.act(|state| state.set_language(user, code))
    }

    /// Turns a group into a supergroup and returns its new id.
    ///
    /// # Errors
    /// If there is no such group, or it is one already.
    pub fn migrate_group(&self, group: i64) -> ActResult<i64> {
        self.shared.act(|state| state.migrate_group(group))
    }

    /// Opens a topic in a forum and returns its thread id.
    ///
    /// # Errors
    /// If the chat is no forum, or the person is not in it.
    pub fn create_topic(&self, group: i64, by: i64, name: &str) -> ActResult<i64> {
        self.shared.act(|state| state.create_topic(group, by, name))
    }
}

/// Acts of people. A message id comes back; `chat` is the person's own id for the private chat.
///
/// # Errors
/// All refuse what the app would not offer: writing to a blocked bot, or into a foreign chat,
/// pressing a button that is not there.
#[allow(clippy::missing_errors_doc)] // said once, above
impl Emulator {
    /// Presses Start, with the payload of a deep link if there is one; unblocks first.
    pub fn start_bot(&self, user: i64, payload: Option<&str>) -> ActResult<i64> {
        self.shared.act(|state| state.start(user, payload))
    }

    pub fn send_text(
        &self,
        user: i64,
        chat: i64,
        text: &str,
        options: SendOptions,
    ) -> ActResult<i64> {
        self.shared
            .act(|state| state.send_text(user, chat, text, options))
    }

    /// Writes in the person's private chat.
    pub fn say(&self, user: i64, text: &str) -> ActResult<i64> {
        self.send_text(user, user, text, SendOptions::default())
    }

    pub fn edit_text(&self, user: i64, chat: i64, message_id: i64, text: &str) -> ActResult<()> {
        self.shared
            .act(|state| state.edit_text(user, chat, message_id, text))
    }

    /// Sends a picture; without bytes a small one.
    pub fn send_photo(
        &self,
        user: i64,
        chat: i64,
        bytes: Option<&[u8]>,
        caption: &str,
        options: SendOptions,
    ) -> ActResult<i64> {
        self.shared
            .act(|state| state.send_photo(user, chat, bytes, caption, options))
    }

    pub fn send_document(&self, user: i64, chat: i64, name: &str, bytes: &[u8]) -> ActResult<i64> {
        let file = (name, bytes);
        self.shared
            .act(|state| state.send_document(user, chat, file, "", SendOptions::default()))
    }

    /// Sends a document that Telegram has lost by the time the bot asks for it.
    pub fn send_lost_document(&self, user: i64, chat: i64, name: &str) -> ActResult<i64> {
        self.shared.act(|state| {
            let file = (name, &b"lost"[..]);
            let id = state.send_document(user, chat, file, "", SendOptions::default())?;
            let message = state.message(chat, id);
            if let Some(Content::Document { file, .. }) = message.map(|m| m.content.clone()) {
                state.files.forget(&file);
            }
            Ok(id)
        })
    }

    pub fn send_sticker(&self, user: i64, chat: i64, emoji: &str) -> ActResult<i64> {
        self.shared
            .act(|state| state.send_sticker(user, chat, emoji, SendOptions::default()))
    }

    /// Sends a voice note of so many seconds.
    pub fn send_voice(&self, user: i64, chat: i64, seconds: u32) -> ActResult<i64> {
        self.shared
            .act(|state| state.send_voice(user, chat, seconds, SendOptions::default()))
    }

    /// Shares a contact: the person's own, or `of` someone else.
    pub fn share_contact(&self, user: i64, chat: i64, of: Option<i64>) -> ActResult<i64> {
        self.shared.act(|state| state.share_contact(user, chat, of))
    }

    pub fn share_location(
        &self,
        user: i64,
        chat: i64,
        latitude: f64,
        longitude: f64,
    ) -> ActResult<i64> {
        self.shared
            .act(|state| state.share_location(user, chat, latitude, longitude))
    }

    /// Presses an inline button that is there (row and column from 0).
    pub fn tap(
        &self,
        user: i64,
        chat: i64,
        message_id: i64,
        row: usize,
        col: usize,
    ) -> ActResult<TapId> {
        self.shared
            .act(|state| state.tap(user, chat, message_id, (row, col)))
    }

    /// Sends callback data that need not be on any button, as a changed app can; the message may
    /// be gone.
    pub fn tap_raw(&self, user: i64, chat: i64, message_id: i64, data: &str) -> ActResult<TapId> {
        self.shared
            .act(|state| state.tap_raw(user, chat, message_id, data))
    }

    /// Presses a text button of the reply keyboard.
    pub fn press_reply(&self, user: i64, chat: i64, text: &str) -> ActResult<i64> {
        self.shared.act(|state| state.press_reply(user, chat, text))
    }

    /// Pays an invoice: the bot is asked by a pre-checkout query, whose id comes back.
    pub fn pay(&self, user: i64, chat: i64, message_id: i64) -> ActResult<TapId> {
        self.shared.act(|state| state.pay(user, chat, message_id))
    }

    /// Types an inline query in the person's private chat; its id comes back.
    pub fn inline_query(&self, user: i64, query: &str) -> ActResult<TapId> {
        self.inline_query_in(user, user, query, "")
    }

    /// Types an inline query in a chat of theirs; `offset` is what the page before gave out. A
    /// changed app can send any length.
    pub fn inline_query_in(
        &self,
        user: i64,
        chat: i64,
        query: &str,
        offset: &str,
    ) -> ActResult<TapId> {
        self.shared
            .act(|state| state.inline_query(user, chat, query, offset))
    }

    /// Posts a result of one's own inline query, in the chat where it was typed.
    pub fn choose_result(&self, user: i64, query: &TapId, result: &str) -> ActResult<i64> {
        self.shared
            .act(|state| state.choose_result(user, query, result, None))
    }
}

/// Reading.
impl Emulator {
    /// The messages of a chat as one of its people sees them, oldest first, deleted ones marked.
    #[must_use]
    pub fn messages(&self, chat: i64, viewer: i64) -> Vec<Msg> {
        self.shared.read(|state| match state.chats.get(&chat) {
            Some(chat) if chat.has(viewer) => chat
                .messages
                .values()
                .map(|message| state.show_message(message))
                .collect(),
            _ => Vec::new(),
        })
    }

    /// The newest message of the bot in a chat that has inline buttons and is wanted.
    #[must_use]
    pub fn newest_keyboard(&self, chat: i64, wanted: impl Fn(&Msg) -> bool) -> Option<Msg> {
        self.shared.read(|state| {
            let messages = state.chats.get(&chat)?.messages.values().rev();
            let with_buttons = messages.filter(|m| !m.deleted && !m.inline.is_empty());
            let mut shown = with_buttons.map(|message| state.show_message(message));
            shown.find(wanted)
        })
    }

    #[must_use]
    pub fn message(&self, chat: i64, id: i64) -> Option<Msg> {
        self.shared
            .read(|state| state.message(chat, id).map(|m| state.show_message(m)))
    }

    /// The keyboard a person has in place of the letters.
    #[must_use]
    pub fn reply_keyboard(&self, chat: i64, viewer: i64) -> Option<ReplyKeyboard> {
        self.shared
            .read(|state| state.keyboard_for(state.chats.get(&chat)?, Some(viewer)))
    }

    /// What the bot answered to a tap; `None` while the clock on the button turns.
    #[must_use]
    pub fn answers(&self, tap: &TapId) -> Option<Answer> {
        self.shared.read(|state| state.answer_of(tap))
    }

    /// The bot's answer to an inline query.
    #[must_use]
    pub fn inline_answer(&self, query: &TapId) -> Option<Value> {
        self.shared
            .read(|state| Some(state.inline_answers.get(&query.0)?.params.clone()))
    }

    /// The same as the app shows it.
    #[must_use]
    pub fn results(&self, query: &TapId) -> Option<InlineView> {
        self.shared.read(|state| state.show_results(&query.0))
    }

    #[must_use]
    pub fn commands_for(&self, user: i64, chat: i64) -> Vec<CommandView> {
        self.shared.read(|state| state.commands_for(user, chat))
    }

    /// The calls still in the log, oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.calls_since(0)
    }

    /// The calls with a number above `n`.
    #[must_use]
    pub fn calls_since(&self, n: u64) -> Vec<Call> {
        self.shared.read(|state| state.calls_since(n, usize::MAX))
    }

    /// The calls for a chat that came before the `retry_after` of an earlier one was over, on the
    /// real clock; a patient bot has none.
    #[must_use]
    pub fn impatient_calls(&self) -> Vec<Call> {
        let mut until: HashMap<i64, i64> = HashMap::new();
        let mut impatient = Vec::new();
        for call in self.calls() {
            let chat = call.params.get("chat_id").map(|id| match id {
                Value::String(text) => text.parse().unwrap_or(0),
                other => other.as_i64().unwrap_or(0),
            });
            let Some(chat) = chat else { continue };
            let too_early = until.get(&chat).is_some_and(|until| call.real_ms < *until);
            if let Some(seconds) = call.retry_after {
                until.insert(chat, call.real_ms + seconds * 1_000);
            }
            if too_early {
                impatient.push(call);
            }
        }
        impatient
    }

    /// A file that was sent by either side.
    #[must_use]
    pub fn file(&self, file_id: &str) -> Option<Arc<[u8]>> {
        self.shared
            .read(|state| state.files.get(file_id).map(|file| Arc::clone(&file.bytes)))
    }

    /// Updates that wait for the bot.
    #[must_use]
    pub fn pending_updates(&self) -> usize {
        self.shared.read(|state| state.queue.pending())
    }

    #[must_use]
    pub fn state(&self, since: u64) -> StateView {
        self.shared.read(|state| state.show(since))
    }

    /// Queues an update of any kind as it is, for what the emulator has no act for.
    pub fn push_raw_update(&self, kind: &'static str, body: Value) {
        self.shared.act(|state| state.push_update(kind, body));
    }
}
