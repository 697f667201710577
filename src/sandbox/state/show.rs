//! What people see: messages, chats and the whole state as plain values.

use serde_json::Value;

use super::{
    super::{
        markup::seen,
        view::{
            ChatView, ContactView, DocumentView, InlineResultView, InlineView, LocationView,
            Member, Msg, PhotoView, ReplyKeyboard, StateView, TopicView, UserView,
        },
    },
    Author, Chat, ChatKind, Content, Message, Person, State,
};

/// How many messages of a chat the state shows.
const SHOWN: usize = 200;
/// How long an answer to a tap is part of the state.
const ANSWER_SHOWN_MS: i64 = 10_000;
/// A bot that did not ask for so long is not there.
const CONNECTED_MS: i64 = 5_000;

impl Person {
    pub fn name(&self) -> String {
        match &self.spec.last_name {
            Some(last) => format!("{} {last}", self.spec.first_name),
            None => self.spec.first_name.clone(),
        }
    }
}

impl State {
    pub fn name_of(&self, user: i64) -> String {
        self.people
            .get(&user)
            .map_or_else(|| user.to_string(), Person::name)
    }

    pub fn show_message(&self, message: &Message) -> Msg {
        let (from, from_name) = match message.author {
            Author::Bot => (None, self.bot.name.clone()),
            Author::User(user) => (Some(user), self.name_of(user)),
        };
        let mut msg = Msg {
            id: message.id,
            chat: message.chat,
            thread: message.thread,
            from_bot: from.is_none(),
            from,
            from_name,
            date_ms: message.date_ms,
            inline_keyboard: message
                .inline
                .iter()
                .map(|row| row.iter().map(seen).collect())
                .collect(),
            reply_to: message.reply_to,
            edits: message.edits,
            deleted: message.deleted,
            pinned: message.pinned,
            silent: message.silent,
            reaction: message.reaction.clone(),
            via_bot: message.via_bot,
            ..Msg::default()
        };
        if let Some(marked) = message.content.marked() {
            msg.text.clone_from(&marked.text);
            msg.entities.clone_from(&marked.entities);
        }
        self.show_content(&message.content, &mut msg);
        msg
    }

    fn show_content(&self, content: &Content, msg: &mut Msg) {
        match content {
            Content::Text(_) => {}
            Content::Photo { file, .. } => {
                let (width, height) = self.files.get(file).map_or((0, 0), |stored| stored.size);
                msg.photo = Some(PhotoView {
                    file_id: file.clone(),
                    width,
                    height,
                });
            }
            Content::Document { file, .. } => {
                msg.document = self.files.get(file).map(|stored| DocumentView {
                    file_id: file.clone(),
                    file_name: stored.name.clone(),
                    mime_type: stored.mime.clone(),
                    size: u64::try_from(stored.bytes.len()).unwrap_or(u64::MAX),
                });
            }
            Content::Sticker { emoji, .. } => msg.sticker = Some(emoji.clone()),
            Content::Voice { seconds, .. } => msg.voice = Some(*seconds),
            Content::Contact {
                phone,
                first_name,
                user,
                ..
            } => {
                msg.contact = Some(ContactView {
                    phone_number: phone.clone(),
                    first_name: first_name.clone(),
                    user_id: *user,
                });
            }
            Content::Location {
                latitude,
                longitude,
                venue,
            } => {
                let (title, address) = venue.clone().unzip();
                msg.location = Some(LocationView {
                    latitude: *latitude,
                    longitude: *longitude,
                    title,
                    address,
                });
            }
            Content::Invoice { shown, .. } => {
                let field =
                    |name: &str| shown.get(name).map(ToString::to_string).unwrap_or_default();
                msg.invoice = Some(format!(
                    "{} {} {}",
                    field("title").trim_matches('"'),
                    field("total_amount"),
                    field("currency").trim_matches('"')
                ));
            }
            Content::Service { words, .. } => msg.service = Some(words.clone()),
        }
    }

    /// The answer to an inline query, once there is one.
    pub fn show_results(&self, query: &str) -> Option<InlineView> {
        let params = &self.inline_answers.get(query)?.params;
        let text = |of: &Value, name: &str| {
            let text = of.get(name).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let results = params.get("results").and_then(Value::as_array);
        let shown = |result: &Value| InlineResultView {
            id: text(result, "id"),
            title: text(result, "title"),
            description: text(result, "description"),
        };
        let button = params.get("button").filter(|button| button.is_object());
        Some(InlineView {
            results: results.into_iter().flatten().map(shown).collect(),
            next_offset: text(params, "next_offset"),
            button: button.map(|b| (text(b, "text"), text(b, "start_parameter"))),
        })
    }

    /// The keyboard a person has in place of the letters.
    pub fn keyboard_for(&self, chat: &Chat, user: Option<i64>) -> Option<ReplyKeyboard> {
        let (only, keyboard) = chat.keyboard.as_ref()?;
        (only.is_none() || user.is_none() || *only == user).then(|| keyboard.clone())
    }

    pub fn show_chat(&self, chat: &Chat) -> ChatView {
        let private = chat.kind == ChatKind::Private;
        let people = if private {
            vec![chat.id]
        } else {
            chat.members.clone()
        };
        let status = |user: i64| match () {
            () if chat.members.first() == Some(&user) => "creator",
            () if chat.is_admin(user) => "administrator",
            () => "member",
        };
        let skipped = chat.messages.len().saturating_sub(SHOWN);
        ChatView {
            id: chat.id,
            kind: chat.kind.name().into(),
            title: if private {
                self.name_of(chat.id)
            } else {
                chat.title.clone()
            },
            members: people
                .iter()
                .map(|user| Member {
                    user: *user,
                    status: status(*user).into(),
                })
                .collect(),
            bot_is_member: private || chat.bot.is_in(),
            topics: chat
                .topics
                .iter()
                .map(|(thread, name)| TopicView {
                    thread: *thread,
                    name: name.clone(),
                })
                .collect(),
            migrated_to: chat.migrated_to,
            messages: chat
                .messages
                .values()
                .skip(skipped)
                .map(|m| self.show_message(m))
                .collect(),
            reply_keyboard: self.keyboard_for(chat, None),
            commands: people
                .iter()
                .map(|user| (*user, self.commands_for(*user, chat.id)))
                .collect(),
            action: chat
                .action
                .as_ref()
                .filter(|(_, until)| *until > self.clock.steady_ms())
                .map(|(action, _)| action.clone()),
            rev: chat.rev,
        }
    }

    pub fn show(&self, since: u64) -> StateView {
        let now_ms = self.now_ms();
        let mut chats: Vec<ChatView> = self
            .chats
            .values()
            .filter(|chat| since == 0 || chat.rev > since || self.people_rev > since)
            .map(|chat| self.show_chat(chat))
            .collect();
        chats.sort_by_key(|chat| (chat.id < 0, chat.id.abs()));
        let mut users: Vec<UserView> = self.people.values().map(show_person).collect();
        users.sort_by_key(|user| user.id);
        let mut answers: Vec<_> = self
            .answers
            .values()
            .filter(|answer| answer.at_ms + ANSWER_SHOWN_MS > now_ms)
            .cloned()
            .collect();
        answers.sort_by_key(|answer| (answer.at_ms, answer.tap.clone()));
        StateView {
            rev: self.rev,
            now_ms,
            bot_id: self.bot.id,
            bot_name: self.bot.name.clone(),
            bot_username: self.bot.username.clone(),
            users,
            links: self.links.clone(),
            chats,
            answers,
            last_call: self.calls_made,
            bot_connected: self.queue.polling > 0
                || self
                    .queue
                    .asked_ms
                    .is_some_and(|asked| asked + CONNECTED_MS > self.clock.steady_ms()),
        }
    }
}

fn show_person(person: &Person) -> UserView {
    UserView {
        id: person.spec.id,
        name: person.name(),
        username: person.spec.username.clone(),
        language_code: person.spec.language_code.clone(),
        phone: person.spec.phone.clone(),
        blocked: person.blocked,
        started: person.started,
    }
}
