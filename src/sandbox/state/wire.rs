//! People, chats and messages as the Bot API writes them.

use serde_json::{Map, Value, json};

use super::{
    super::{entities::Marked, spec::UserSpec, view::Entity},
    Author, Chat, ChatKind, Content, Message, State,
    files::FileKind,
};

/// What an administrator of a group may do here; all rights but these are denied.
const RIGHTS: [&str; 7] = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
];
const DENIED: [&str; 6] = [
    "can_be_edited",
    "is_anonymous",
    "can_promote_members",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
];

/// A member of a chat with the fields that go with the status.
pub(in crate::sandbox) fn member_json(user: Value, status: &str) -> Value {
    let mut member = Map::new();
    member.insert("user".into(), user);
    member.insert("status".into(), status.into());
    match status {
        "creator" => {
            member.insert("is_anonymous".into(), false.into());
        }
        "administrator" => {
            for right in RIGHTS {
                member.insert(right.into(), true.into());
            }
            for right in DENIED {
                member.insert(right.into(), false.into());
            }
            member.insert("can_change_info".into(), true.into());
        }
        "kicked" => {
            member.insert("until_date".into(), 0.into());
        }
        _ => {}
    }
    Value::Object(member)
}

/// A person as in `from`.
pub(in crate::sandbox) fn user_json(user: &UserSpec) -> Value {
    let mut out = Map::new();
    out.insert("id".into(), user.id.into());
    out.insert("is_bot".into(), false.into());
    out.insert("first_name".into(), user.first_name.clone().into());
    for (name, value) in [
        ("last_name", &user.last_name),
        ("username", &user.username),
        ("language_code", &user.language_code),
    ] {
        if let Some(value) = value {
            out.insert(name.into(), value.clone().into());
        }
    }
    Value::Object(out)
}

impl State {
    pub fn bot_json(&self) -> Value {
        json!({
            "id": self.bot.id, "is_bot": true,
            "first_name": self.bot.name, "username": self.bot.username,
        })
    }

    /// A person, or a stranger's bare id.
    pub fn person_json(&self, user: i64) -> Value {
        match self.people.get(&user) {
            Some(person) => user_json(&person.spec),
            None => json!({"id": user, "is_bot": false, "first_name": ""}),
        }
    }

    pub fn chat_json(&self, id: i64) -> Value {
        match self.chats.get(&id) {
            Some(chat) if chat.kind != ChatKind::Private => group_json(chat),
            _ => self.private_json(id),
        }
    }

    fn private_json(&self, id: i64) -> Value {
        let mut out = Map::new();
        out.insert("id".into(), id.into());
        if let Some(person) = self.people.get(&id) {
            out.insert("first_name".into(), person.spec.first_name.clone().into());
            for (name, value) in [
                ("last_name", &person.spec.last_name),
                ("username", &person.spec.username),
            ] {
                if let Some(value) = value {
                    out.insert(name.into(), value.clone().into());
                }
            }
        }
        out.insert("type".into(), "private".into());
        Value::Object(out)
    }

    /// A message with its keyboard and, one level deep, what it answers.
    pub fn message_json(&self, message: &Message) -> Value {
        let mut out = self.bare_message(message);
        if let Some(answered) = message
            .reply_to
            .and_then(|id| self.message(message.chat, id))
            .filter(|m| !m.deleted)
        {
            out.insert(
                "reply_to_message".into(),
                Value::Object(self.bare_message(answered)),
            );
        }
        Value::Object(out)
    }

    fn bare_message(&self, message: &Message) -> Map<String, Value> {
        let mut out = Map::new();
        out.insert("message_id".into(), message.id.into());
        let from = match message.author {
            Author::Bot => self.bot_json(),
            Author::User(user) => self.person_json(user),
        };
        out.insert("from".into(), from);
        out.insert("chat".into(), self.chat_json(message.chat));
        out.insert("date".into(), (message.date_ms / 1000).into());
        if let Some(edited) = message.edited_ms {
            out.insert("edit_date".into(), (edited / 1000).into());
        }
        if let Some(thread) = message.thread {
            out.insert("message_thread_id".into(), thread.into());
            out.insert("is_topic_message".into(), true.into());
        }
        self.content_json(&message.content, &mut out);
        if message.via_bot {
            out.insert("via_bot".into(), self.bot_json());
        }
        if !message.inline.is_empty() {
            out.insert(
                "reply_markup".into(),
                json!({"inline_keyboard": message.inline}),
            );
        }
        out
    }

    fn content_json(&self, content: &Content, out: &mut Map<String, Value>) {
        match content {
            Content::Text(marked) => self.marked_json(marked, "text", "entities", out),
            Content::Photo { file, caption } => {
                out.insert("photo".into(), self.files.photo_json(file));
                self.marked_json(caption, "caption", "caption_entities", out);
            }
            Content::Document { file, caption } => {
                out.insert("document".into(), self.files.json(file, FileKind::Document));
                self.marked_json(caption, "caption", "caption_entities", out);
            }
            Content::Sticker { file, emoji } => {
                let mut sticker = self.files.json(file, FileKind::Sticker);
                if let Some(sticker) = sticker.as_object_mut() {
                    sticker.insert("emoji".into(), emoji.clone().into());
                }
                out.insert("sticker".into(), sticker);
            }
            Content::Voice { file, seconds } => {
                let mut voice = self.files.json(file, FileKind::Voice);
                if let Some(voice) = voice.as_object_mut() {
                    voice.insert("duration".into(), (*seconds).into());
                }
                out.insert("voice".into(), voice);
            }
            Content::Contact {
                phone,
                first_name,
                last_name,
                user,
            } => {
                let mut contact = json!({"phone_number": phone, "first_name": first_name});
                if let Some(contact) = contact.as_object_mut() {
                    if let Some(last_name) = last_name {
                        contact.insert("last_name".into(), last_name.clone().into());
                    }
                    if let Some(user) = user {
                        contact.insert("user_id".into(), (*user).into());
                    }
                }
                out.insert("contact".into(), contact);
            }
            Content::Location {
                latitude,
                longitude,
                venue,
            } => {
                let location = json!({"latitude": latitude, "longitude": longitude});
                if let Some((title, address)) = venue {
                    let venue = json!({"location": location, "title": title, "address": address});
                    out.insert("venue".into(), venue);
                }
                out.insert("location".into(), location);
            }
            Content::Invoice { shown, .. } => {
                out.insert("invoice".into(), shown.clone());
            }
            Content::Service { fields, .. } => {
                if let Some(fields) = fields.as_object() {
                    out.extend(fields.clone());
                }
            }
        }
    }

    fn marked_json(&self, marked: &Marked, text: &str, marks: &str, out: &mut Map<String, Value>) {
        if marked.text.is_empty() {
            return;
        }
        out.insert(text.into(), marked.text.clone().into());
        if !marked.entities.is_empty() {
            let entities = marked
                .entities
                .iter()
                .map(|entity| self.entity_json(entity))
                .collect();
            out.insert(marks.into(), Value::Array(entities));
        }
    }

    fn entity_json(&self, entity: &Entity) -> Value {
        let mut out = json!({
            "type": entity.kind, "offset": entity.offset, "length": entity.length,
        });
        if let Some(out) = out.as_object_mut() {
            for (name, value) in [
                ("url", &entity.url),
                ("language", &entity.language),
                ("custom_emoji_id", &entity.custom_emoji_id),
            ] {
                if let Some(value) = value {
                    out.insert(name.into(), value.clone().into());
                }
            }
            if let Some(user) = entity.user {
                out.insert("user".into(), self.person_json(user));
            }
        }
        out
    }
}

fn group_json(chat: &Chat) -> Value {
    let mut out = json!({"id": chat.id, "title": chat.title, "type": chat.kind.name()});
    if let Some(out) = out.as_object_mut() {
        if chat.forum {
            out.insert("is_forum".into(), true.into());
        }
        if chat.kind == ChatKind::Group {
            out.insert("all_members_are_administrators".into(), false.into());
        }
    }
    out
}
