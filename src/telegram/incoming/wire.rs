//! The parts of Telegram's JSON that an ordering bot reads; every one may be missing.

use serde::Deserialize;

use crate::chat::{Sender, one_line};
use crate::kernel::CustomerId;

use super::clean;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Update {
    pub(super) update_id: Option<i64>,
    #[serde(deserialize_with = "lenient")]
    pub(super) message: Option<Message>,
    #[serde(deserialize_with = "lenient")]
    pub(super) edited_message: Option<Message>,
    #[serde(deserialize_with = "lenient")]
    pub(super) callback_query: Option<CallbackQuery>,
    #[serde(deserialize_with = "lenient")]
    pub(super) inline_query: Option<InlineQuery>,
    #[serde(deserialize_with = "lenient")]
    pub(super) my_chat_member: Option<MemberChange>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Message {
    pub(super) message_id: Option<i64>,
    pub(super) message_thread_id: Option<i64>,
    pub(super) is_topic_message: bool,
    #[serde(deserialize_with = "lenient")]
    pub(super) chat: Option<Chat>,
    #[serde(deserialize_with = "lenient")]
    pub(super) from: Option<User>,
    #[serde(deserialize_with = "lenient")]
    pub(super) text: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) caption: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) reply_to_message: Option<Reply>,
    #[serde(deserialize_with = "lenient")]
    pub(super) contact: Option<Contact>,
    #[serde(deserialize_with = "lenient")]
    pub(super) location: Option<Location>,
    #[serde(deserialize_with = "lenient_list")]
    pub(super) photo: Vec<PhotoSize>,
    #[serde(deserialize_with = "lenient")]
    pub(super) document: Option<Document>,
    #[serde(deserialize_with = "lenient")]
    pub(super) via_bot: Option<User>,
    #[serde(deserialize_with = "lenient")]
    pub(super) reply_markup: Option<Keyboard>,
    pub(super) migrate_to_chat_id: Option<i64>,
    #[serde(flatten)]
    pub(super) other: OtherKinds,
}

impl Message {
    /// In a group without topics a reply carries a thread id too; that is no topic.
    pub(super) fn topic(&self) -> Option<i64> {
        self.message_thread_id.filter(|_| self.is_topic_message)
    }

    /// Whether it was chosen among this bot's answers to a search.
    pub(super) fn is_via(&self, bot: &str) -> bool {
        let name = self
            .via_bot
            .as_ref()
            .and_then(|via| via.username.as_deref());
        name.is_some_and(|name| name.eq_ignore_ascii_case(bot))
    }
}

/// What a shop has no use for, only whether it is there.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct OtherKinds {
    pub(super) sticker: Option<serde::de::IgnoredAny>,
    pub(super) voice: Option<serde::de::IgnoredAny>,
    pub(super) audio: Option<serde::de::IgnoredAny>,
    pub(super) video: Option<serde::de::IgnoredAny>,
    pub(super) video_note: Option<serde::de::IgnoredAny>,
    pub(super) animation: Option<serde::de::IgnoredAny>,
    pub(super) poll: Option<serde::de::IgnoredAny>,
    pub(super) dice: Option<serde::de::IgnoredAny>,
    pub(super) game: Option<serde::de::IgnoredAny>,
    pub(super) story: Option<serde::de::IgnoredAny>,
    pub(super) checklist: Option<serde::de::IgnoredAny>,
}

impl OtherKinds {
    pub(super) fn kind(&self) -> Option<&'static str> {
        let kinds = [
            (self.sticker.is_some(), "sticker"),
            (self.voice.is_some(), "voice"),
            (self.audio.is_some(), "audio"),
            (self.video.is_some(), "video"),
            (self.video_note.is_some(), "video_note"),
            (self.animation.is_some(), "animation"),
            (self.poll.is_some(), "poll"),
            (self.dice.is_some(), "dice"),
            (self.game.is_some(), "game"),
            (self.story.is_some(), "story"),
            (self.checklist.is_some(), "checklist"),
        ];
        kinds
            .into_iter()
            .find_map(|(there, name)| there.then_some(name))
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Chat {
    pub(super) id: i64,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) title: Option<String>,
}

impl Chat {
    pub(super) fn is_private(&self) -> bool {
        self.kind == "private" || (self.kind.is_empty() && self.id > 0)
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct User {
    pub(super) id: i64,
    pub(super) is_bot: bool,
    pub(super) first_name: String,
    pub(super) last_name: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) username: Option<String>,
    pub(super) language_code: Option<String>,
}

impl User {
    pub(super) fn sender(&self) -> Sender {
        let name = format!("{} {}", self.first_name, self.last_name);
        Sender {
            id: CustomerId(self.id),
            name: one_line(&clean(&name)),
            language: self.language_code.clone(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Reply {
    pub(super) message_id: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Contact {
    pub(super) phone_number: String,
    pub(super) user_id: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Location {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct PhotoSize {
    pub(super) file_id: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Document {
    pub(super) file_id: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) file_name: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) mime_type: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) file_size: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct CallbackQuery {
    pub(super) id: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) from: Option<User>,
    #[serde(deserialize_with = "lenient")]
    pub(super) message: Option<Message>,
    #[serde(deserialize_with = "lenient")]
    pub(super) data: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct InlineQuery {
    pub(super) id: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) from: Option<User>,
    #[serde(deserialize_with = "lenient")]
    pub(super) query: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) offset: Option<String>,
}

/// The buttons below a message, as far as they lead somewhere.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Keyboard {
    pub(super) inline_keyboard: Vec<Vec<Key>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Key {
    #[serde(deserialize_with = "lenient")]
    pub(super) url: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct MemberChange {
    #[serde(deserialize_with = "lenient")]
    pub(super) chat: Option<Chat>,
    #[serde(deserialize_with = "lenient")]
    pub(super) from: Option<User>,
    #[serde(deserialize_with = "lenient")]
    pub(super) new_chat_member: Option<MemberState>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct MemberState {
    pub(super) status: String,
    pub(super) is_member: bool,
}

/// A part that can't be read counts as absent; it must not take the rest with it.
fn lenient<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// The readable ones of a list.
fn lenient_list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    let value = serde_json::Value::deserialize(deserializer)?;
    let serde_json::Value::Array(parts) = value else {
        return Ok(Vec::new());
    };
    Ok(parts
        .into_iter()
        .filter_map(|part| serde_json::from_value(part).ok())
        .collect())
}
