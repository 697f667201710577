//! What people do: write, press, share, pay. Refuses what the app would not offer, then queues
//! the update that Telegram would send. Must never act for the bot.

mod groups;
mod inline;
mod press;

use serde_json::json;

use super::{
    entities::settle,
    spec::{SendOptions, UserSpec},
    state::{Author, Chat, ChatKind, Content, FileKind, Message, Person, State, member_json},
};

/// Why a person can't do that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

pub type ActResult<T> = Result<T, Refused>;

pub(super) fn refuse<T>(words: impl Into<String>) -> ActResult<T> {
    Err(Refused(words.into()))
}

/// A picture of one dot, for photos whose content does not matter.
const DOT: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9c, 0x63, 0xf8, 0xff, 0xff, 0xff, 0x7f, 0, 0x09, 0xfb, 0x03, 0xfd, 0x05, 0x43, 0x45,
    0xca, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

impl State {
    pub fn add_user(&mut self, spec: UserSpec) {
        let id = spec.id;
        match self.people.get_mut(&id) {
            Some(person) => person.spec = spec,
            None => {
                let person = Person {
                    spec,
                    started: false,
                    blocked: false,
                    deactivated: false,
                };
                self.people.insert(id, person);
                self.chats
                    .insert(id, Chat::new(id, ChatKind::Private, String::new()));
            }
        }
        self.touch_people();
        self.touch(id);
    }

    pub(super) fn person_mut(&mut self, user: i64) -> ActResult<&mut Person> {
        match self.people.get_mut(&user) {
            Some(person) if !person.deactivated => Ok(person),
            Some(_) => refuse(format!("the account of {user} is deleted")),
            None => refuse(format!("there is no person {user}")),
        }
    }

    pub fn deactivate(&mut self, user: i64) -> ActResult<()> {
        self.person_mut(user)?.deactivated = true;
        self.touch_people();
        Ok(())
    }

    pub fn set_language(&mut self, user: i64, code: Option<&str>) -> ActResult<()> {
        self.person_mut(user)?.spec.language_code = code.map(str::to_owned);
        self.touch_people();
        Ok(())
    }

    pub fn set_blocked(&mut self, user: i64, blocked: bool) -> ActResult<()> {
        let person = self.person_mut(user)?;
        if person.blocked == blocked {
            return Ok(());
        }
        person.blocked = blocked;
        self.touch_people();
        self.touch(user);
        let status = |kicked: bool| if kicked { "kicked" } else { "member" };
        self.push_membership(user, user, status(!blocked), status(blocked));
        Ok(())
    }

    /// The bot's own membership changed.
    pub(super) fn push_membership(&mut self, chat: i64, by: i64, old: &str, new: &str) {
        let member = |status: &str| member_json(self.bot_json(), status);
        let body = json!({
            "chat": self.chat_json(chat), "from": self.person_json(by),
            "date": self.now_ms() / 1000,
            "old_chat_member": member(old), "new_chat_member": member(new),
        });
        self.push_update("my_chat_member", body);
    }

    /// Whether this person may write here now.
    pub(super) fn may_write(&mut self, user: i64, chat: i64) -> ActResult<()> {
        let blocked = self.person_mut(user)?.blocked;
        match self.chats.get(&chat) {
            Some(chat) if chat.migrated_to.is_some() => refuse("this group became a supergroup"),
            Some(chat) if !chat.has(user) => {
                refuse(format!("{user} is not in the chat {}", chat.id))
            }
            Some(chat) if chat.kind == ChatKind::Private && blocked => {
                refuse("unblock the bot first")
            }
            Some(_) => Ok(()),
            None => refuse(format!("there is no chat {chat}")),
        }
    }

    /// Presses Start.
    pub fn start(&mut self, user: i64, payload: Option<&str>) -> ActResult<i64> {
        self.person_mut(user)?;
        self.set_blocked(user, false)?;
        let text = match payload {
            Some(payload) if !payload.is_empty() => format!("/start {payload}"),
            _ => "/start".to_owned(),
        };
        self.send_text(user, user, &text, SendOptions::default())
    }

    pub fn send_text(
        &mut self,
        user: i64,
        chat: i64,
        text: &str,
        options: SendOptions,
    ) -> ActResult<i64> {
        let marked = settle(text, Vec::new());
        if marked.text.is_empty() {
            return refuse("an empty message can't be sent");
        }
        self.write(user, chat, Content::Text(marked), options)
    }

    /// Puts a message of a person into a chat and tells the bot, if it may hear it.
    pub(super) fn write(
        &mut self,
        user: i64,
        chat: i64,
        content: Content,
        options: SendOptions,
    ) -> ActResult<i64> {
        let message = Message::new(chat, Author::User(user), self.now_ms(), content);
        self.put(user, message, options)
    }

    /// The same with a message that is made already.
    pub(super) fn put(
        &mut self,
        user: i64,
        mut message: Message,
        options: SendOptions,
    ) -> ActResult<i64> {
        let chat = message.chat;
        self.may_write(user, chat)?;
        let thread = self.thread_in(chat, options.thread)?;
        if let Some(id) = options.reply_to
            && self.message(chat, id).is_none_or(|message| message.deleted)
        {
            return refuse(format!("there is no message {id} to answer"));
        }
        message.thread = thread;
        message.reply_to = options.reply_to;
        let id = self.add_message(message);
        if let Some(person) = self.people.get_mut(&user)
            && chat == user
            && !person.started
        {
            person.started = true;
            self.touch_people();
        }
        self.tell_bot("message", chat, id);
        Ok(id)
    }

    fn thread_in(&self, chat: i64, thread: Option<i64>) -> ActResult<Option<i64>> {
        let Some(thread) = thread else {
            return Ok(None);
        };
        match self.chats.get(&chat) {
            Some(chat) if chat.topics.contains_key(&thread) => Ok(Some(thread)),
            _ => refuse(format!("there is no topic {thread}")),
        }
    }

    /// Queues a message as an update, unless privacy mode keeps it from the bot.
    pub(super) fn tell_bot(&mut self, kind: &'static str, chat: i64, id: i64) {
        let Some(message) = self.message(chat, id) else {
            return;
        };
        if self.bot_hears(message) {
            let body = self.message_json(message);
            self.push_update(kind, body);
        }
    }

    fn bot_hears(&self, message: &Message) -> bool {
        let Some(chat) = self.chats.get(&message.chat) else {
            return false;
        };
        match chat.kind {
            ChatKind::Private => true,
            ChatKind::Group | ChatKind::Supergroup if !chat.bot.is_in() => false,
            ChatKind::Group | ChatKind::Supergroup => {
                chat.is_admin(self.bot.id)
                    || chat.bot == super::state::BotStatus::Administrator
                    || matches!(message.content, Content::Service { .. })
                    || message.via_bot
                    || self.is_command_for_bot(&message.content)
                    || message
                        .reply_to
                        .and_then(|id| chat.messages.get(&id))
                        .is_some_and(|answered| answered.author == Author::Bot)
            }
        }
    }

    /// A command at the start that names no bot or this one.
    fn is_command_for_bot(&self, content: &Content) -> bool {
        let Some(marked) = content.marked() else {
            return false;
        };
        let starts = marked
            .entities
            .first()
            .is_some_and(|e| e.kind == "bot_command" && e.offset == 0);
        let word = marked.text.split_whitespace().next().unwrap_or_default();
        starts
            && word
                .split_once('@')
                .is_none_or(|(_, bot)| bot.eq_ignore_ascii_case(&self.bot.username))
    }

    pub fn edit_text(&mut self, user: i64, chat: i64, id: i64, text: &str) -> ActResult<()> {
        self.may_write(user, chat)?;
        let (marked, now_ms) = (settle(text, Vec::new()), self.now_ms());
        match self.message_mut(chat, id) {
            Some(message) if message.deleted || message.author != Author::User(user) => {
                return refuse("only one's own messages can be edited");
            }
            Some(message) => {
                message.content = Content::Text(marked);
                message.edits += 1;
                message.edited_ms = Some(now_ms);
            }
            None => return refuse(format!("there is no message {id}")),
        }
        self.touch(chat);
        self.tell_bot("edited_message", chat, id);
        Ok(())
    }

    pub fn send_photo(
        &mut self,
        user: i64,
        chat: i64,
        bytes: Option<&[u8]>,
        caption: &str,
        options: SendOptions,
    ) -> ActResult<i64> {
        let bytes = bytes.unwrap_or(DOT);
        if super::state::picture_size(bytes).is_none() {
            return refuse("this is no picture");
        }
        let file = self
            .files
            .add(FileKind::Photo, "photo.jpg", "image/jpeg", bytes.into());
        let caption = settle(caption, Vec::new());
        self.write(user, chat, Content::Photo { file, caption }, options)
    }

    /// Sends a file, given as its name and content.
    pub fn send_document(
        &mut self,
        user: i64,
        chat: i64,
        (name, bytes): (&str, &[u8]),
        caption: &str,
        options: SendOptions,
    ) -> ActResult<i64> {
        if bytes.is_empty() {
            return refuse("an empty file can't be sent");
        }
        let file = self
            .files
            .add(FileKind::Document, name, mime_of(name), bytes.into());
        let caption = settle(caption, Vec::new());
        self.write(user, chat, Content::Document { file, caption }, options)
    }

    pub fn send_sticker(
        &mut self,
        user: i64,
        chat: i64,
        emoji: &str,
        options: SendOptions,
    ) -> ActResult<i64> {
        let bytes: &[u8] = b"RIFF\x04\0\0\0WEBP";
        let file = self.files.add(
            FileKind::Sticker,
            "sticker.webp",
            "image/webp",
            bytes.into(),
        );
        self.write(
            user,
            chat,
            Content::Sticker {
                file,
                emoji: emoji.into(),
            },
            options,
        )
    }

    /// A voice note of so many seconds.
    pub fn send_voice(
        &mut self,
        user: i64,
        chat: i64,
        seconds: u32,
        options: SendOptions,
    ) -> ActResult<i64> {
        let bytes: &[u8] = b"OggS";
        let file = self
            .files
            .add(FileKind::Voice, "voice.ogg", "audio/ogg", bytes.into());
        self.write(user, chat, Content::Voice { file, seconds }, options)
    }

    pub fn share_contact(&mut self, user: i64, chat: i64, of: Option<i64>) -> ActResult<i64> {
        let whose = of.unwrap_or(user);
        let spec = self.person_mut(whose)?.spec.clone();
        let Some(phone) = spec.phone else {
            return refuse(format!("{whose} has no phone number"));
        };
        let content = Content::Contact {
            phone,
            first_name: spec.first_name,
            last_name: spec.last_name,
            user: Some(whose),
        };
        let id = self.write(user, chat, content, SendOptions::default())?;
        self.keyboard_used(chat, user);
        Ok(id)
    }

    pub fn share_location(
        &mut self,
        user: i64,
        chat: i64,
        latitude: f64,
        longitude: f64,
    ) -> ActResult<i64> {
        let content = Content::Location {
            latitude,
            longitude,
            venue: None,
        };
        let id = self.write(user, chat, content, SendOptions::default())?;
        self.keyboard_used(chat, user);
        Ok(id)
    }
}

/// By the end of the name; Telegram looks at the content too.
pub(super) fn mime_of(name: &str) -> &'static str {
    match name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "pdf" => "application/pdf",
        "csv" => "text/csv",
        "txt" => "text/plain",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}
