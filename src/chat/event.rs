//! What a person (or a timer) did, freed of the wire.

use serde::{Deserialize, Serialize};

use crate::kernel::{ChatId, CustomerId};

use super::file::{FileFault, Read, SentFile};
use super::inline::Query;

/// Who did it, as the update says. `id` is the only thing to trust.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Telegram's `from.id`.
    pub id: CustomerId,
    /// First and last name as Telegram shows them; any characters at all.
    pub name: String,
    /// `language_code`, if the app sent one.
    pub language: Option<String>,
}

/// One thing that happened in one chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Where.
    pub chat: ChatId,
    /// Whether that is a private chat.
    pub private: bool,
    /// The forum topic, if any.
    pub topic: Option<i64>,
    /// Who; nobody for a timer.
    pub sender: Option<Sender>,
    /// What.
    pub kind: EventKind,
}

/// A press of an inline button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Press {
    /// To be answered with at once.
    pub query_id: String,
    /// The message that carries the button, if Telegram still knows it.
    pub message_id: Option<i64>,
    /// The button's data: untrusted, at most 64 bytes.
    pub data: String,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// A command with its argument: `/start abc` is `("start", "abc")`. Lower case, without `@bot`.
    Command(String, String),
    /// Words. NUL is removed, length limited to 4096 characters by Telegram.
    Words {
        /// The text itself.
        text: String,
        /// The message of ours that it replies to, if it does.
        reply_to: Option<i64>,
    },
    /// A tap.
    Press(Press),
    /// Somebody looks for something from any chat; the event's chat is their own.
    Inline(Query),
    /// A phone number; `own` if the card is the sender's own.
    Contact {
        /// As Telegram sends it, digits with or without `+`.
        phone: String,
        /// `contact.user_id == from.id`.
        own: bool,
    },
    /// A place, in 1e-6 degrees.
    Location {
        /// Latitude, micro-degrees.
        lat_e6: i64,
        /// Longitude, micro-degrees.
        lon_e6: i64,
    },
    /// A photo, by its file id, with its caption.
    Photo {
        /// The largest size's `file_id`.
        file_id: String,
        /// Its caption, empty if none.
        caption: String,
    },
    /// A file, with its caption.
    Document {
        /// The file.
        file: SentFile,
        /// Its caption, empty if none.
        caption: String,
    },
    /// A file that was asked for is here, or will never be.
    Fetched {
        /// What its sender calls it.
        name: String,
        /// What was read in it, or why nothing could be.
        read: Result<Read, FileFault>,
    },
    /// Something a shop has no use for (sticker, voice, poll …); named for the kind answer.
    Other(String),
    /// The person changed a message they had sent.
    Edited,
    /// The person blocked (`false`) or unblocked (`true`) the bot in private.
    Reachable(bool),
    /// The bot was added to (`true`) or removed from a group (`false`); the group's title.
    Member {
        /// Whether it is in the group now.
        present: bool,
        /// The group's title.
        title: String,
    },
    /// The group became a supergroup with this id.
    Migrated(ChatId),
    /// More waited in this lane than is handled; said once.
    TooFast {
        /// To be answered with at once, if what came then was a tap.
        query_id: Option<String>,
    },
    /// A timer set earlier is due: its kind and key.
    Timer {
        /// What kind of timer, e.g. `hold-warning`.
        kind: String,
        /// What it is about, e.g. an order's id.
        key: String,
    },
    /// The shop's folder was read again as asked; what is wrong with it, empty if nothing.
    Reloaded {
        /// Faults, one a line.
        faults: String,
    },
    /// An update kind the product does not know: kept and skipped.
    Unknown,
}
