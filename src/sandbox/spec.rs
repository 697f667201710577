//! What an emulator, a person and a group begin with. Plain values; nothing here acts.

use std::net::{Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};

/// How to start an `Emulator`.
#[derive(Debug, Clone)]
pub struct EmulatorConfig {
    /// Where to listen; loopback only, port 0 takes a free one.
    pub addr: SocketAddr,
    /// The one token that is accepted; the bot's user id is the number before its colon.
    pub token: String,
    /// Without the `@`.
    pub bot_username: String,
    pub bot_name: String,
    /// Whether Telegram's rates are enforced by 429 (about 1/s in a private chat with a burst,
    /// 30/s overall, 20/min in a group, edits included).
    pub pacing: bool,
    /// Unix milliseconds of a clock that only `Emulator::advance` moves;
    /// `None`: the real clock (plus whatever it was advanced by).
    pub now: Option<i64>,
    /// How many calls the log keeps; the oldest go first. 0 keeps none (for load tests).
    pub keep_calls: usize,
    /// How many messages each chat keeps; the oldest go first.
    pub keep_messages: usize,
}

impl Default for EmulatorConfig {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            token: "424242:emulated-token-for-a-bot-that-is-not-real".into(),
            bot_username: "sandbox_bot".into(),
            bot_name: "Sandbox".into(),
            pacing: false,
            now: None,
            keep_calls: 20_000,
            keep_messages: 2_000,
        }
    }
}

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserSpec {
    /// Positive; also the id of the person's private chat with the bot.
    pub id: i64,
    pub first_name: String,
    pub last_name: Option<String>,
    /// Without the `@`.
    pub username: Option<String>,
    /// As Telegram gives it: `en`, `zh-hans`; `None` is sent as no field at all.
    pub language_code: Option<String>,
    /// With the `+` or without, as the person's account has it; needed to share the contact.
    pub phone: Option<String>,
}

impl UserSpec {
    #[must_use]
    pub fn new(id: i64, first_name: impl Into<String>) -> Self {
        Self {
            id,
            first_name: first_name.into(),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn language(mut self, code: impl Into<String>) -> Self {
        self.language_code = Some(code.into());
        self
    }

    #[must_use]
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = Some(username.into());
        self
    }

    #[must_use]
    pub fn phone(mut self, phone: impl Into<String>) -> Self {
        self.phone = Some(phone.into());
        self
    }
}

/// A group or supergroup; the bot is not in it until it is added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupSpec {
    /// Negative; a supergroup's begins with `-100`.
    pub id: i64,
    pub title: String,
    /// Ids of people; the first one is the owner.
    pub members: Vec<i64>,
    /// Has topics; makes it a supergroup.
    pub forum: bool,
    pub is_supergroup: bool,
}

impl GroupSpec {
    #[must_use]
    pub fn new(id: i64, title: impl Into<String>, members: &[i64]) -> Self {
        Self {
            id,
            title: title.into(),
            members: members.to_vec(),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn supergroup(mut self) -> Self {
        self.is_supergroup = true;
        self
    }

    #[must_use]
    pub fn forum(mut self) -> Self {
        self.forum = true;
        self.is_supergroup = true;
        self
    }
}

/// Where in a chat a person writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SendOptions {
    /// A forum topic; `None` is the general one.
    pub thread: Option<i64>,
    /// A message of the same chat that is answered.
    pub reply_to: Option<i64>,
}
