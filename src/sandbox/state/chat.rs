//! People, chats and messages as they are kept.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::{entities::Marked, markup::InlineRows, spec::UserSpec, view::ReplyKeyboard};

#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Person {
    pub spec: UserSpec,
    pub started: bool,
    pub blocked: bool,
    pub deactivated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum ChatKind {
    Private,
    Group,
    Supergroup,
}

impl ChatKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Group => "group",
            Self::Supergroup => "supergroup",
        }
    }
}

/// What the bot is in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum BotStatus {
    Left,
    Kicked,
    Member,
    Administrator,
}

impl BotStatus {
    pub fn is_in(self) -> bool {
        matches!(self, Self::Member | Self::Administrator)
    }
}

#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Chat {
    pub id: i64,
    pub kind: ChatKind,
    pub title: String,
    pub forum: bool,
    /// The first one is the owner; empty for private chats.
    pub members: Vec<i64>,
    pub admins: Vec<i64>,
    pub bot: BotStatus,
    pub topics: BTreeMap<i64, String>,
    pub migrated_to: Option<i64>,
    pub messages: BTreeMap<i64, Message>,
    /// Of supergroups: their own message ids.
    pub series: i64,
    /// With the one person it is for, if it is for one only.
    pub keyboard: Option<(Option<i64>, ReplyKeyboard)>,
    /// What the bot is doing, and until when (steady clock).
    pub action: Option<(String, i64)>,
    pub rev: u64,
}

impl Chat {
    pub fn new(id: i64, kind: ChatKind, title: String) -> Self {
        Self {
            id,
            kind,
            title,
            forum: false,
            members: Vec::new(),
            admins: Vec::new(),
            bot: BotStatus::Left,
            topics: BTreeMap::new(),
            migrated_to: None,
            messages: BTreeMap::new(),
            series: 0,
            keyboard: None,
            action: None,
            rev: 0,
        }
    }

    /// Whether a person is in it.
    pub fn has(&self, user: i64) -> bool {
        if self.kind == ChatKind::Private {
            self.id == user
        } else {
            self.members.contains(&user)
        }
    }

    pub fn is_admin(&self, user: i64) -> bool {
        self.members.first() == Some(&user) || self.admins.contains(&user)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum Author {
    Bot,
    User(i64),
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::sandbox) enum Content {
    Text(Marked),
    Photo {
        file: String,
        caption: Marked,
    },
    Document {
        file: String,
        caption: Marked,
    },
    Sticker {
        file: String,
        emoji: String,
    },
    Voice {
        file: String,
        seconds: u32,
    },
    Contact {
        phone: String,
        first_name: String,
        last_name: Option<String>,
        user: Option<i64>,
    },
    Location {
        latitude: f64,
        longitude: f64,
        venue: Option<(String, String)>,
    },
    /// The invoice as shown, and what only the bot knows of it.
    Invoice {
        shown: Value,
        payload: String,
    },
    /// Fields of a service message, and the same in words for people.
    Service {
        fields: Value,
        words: String,
    },
}

impl Content {
    /// The text or caption with its marks, where there can be one.
    pub fn marked(&self) -> Option<&Marked> {
        match self {
            Self::Text(marked)
            | Self::Photo {
                caption: marked, ..
            }
            | Self::Document {
                caption: marked, ..
            } => Some(marked),
            Self::Sticker { .. }
            | Self::Voice { .. }
            | Self::Contact { .. }
            | Self::Location { .. }
            | Self::Invoice { .. }
            | Self::Service { .. } => None,
        }
    }
}

#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Message {
    pub id: i64,
    pub chat: i64,
    pub thread: Option<i64>,
    pub author: Author,
    pub date_ms: i64,
    pub edited_ms: Option<i64>,
    pub edits: u32,
    pub deleted: bool,
    pub pinned: bool,
    pub silent: bool,
    pub content: Content,
    pub inline: InlineRows,
    /// It brought a reply keyboard, or took one away: Telegram never lets it be edited.
    pub fixed: bool,
    pub reply_to: Option<i64>,
    pub reaction: Option<String>,
    /// A person chose it among the bot's answers to an inline query.
    pub via_bot: bool,
}

/// What the bot answered to an inline query.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct InlineAnswer {
    /// The call's parameters.
    pub params: Value,
    pub results: Vec<InlineResult>,
}

/// One result as it would be posted.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct InlineResult {
    pub id: String,
    /// None: of a kind that can't be posted here.
    pub content: Option<Content>,
    pub inline: InlineRows,
}

impl Message {
    pub fn new(chat: i64, author: Author, date_ms: i64, content: Content) -> Self {
        Self {
            id: 0,
            chat,
            thread: None,
            author,
            date_ms,
            edited_ms: None,
            edits: 0,
            deleted: false,
            pinned: false,
            silent: false,
            content,
            inline: Vec::new(),
            fixed: false,
            reply_to: None,
            reaction: None,
            via_bot: false,
        }
    }
}
