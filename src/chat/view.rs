//! What a person shall see, as text ids with arguments: no words of any language.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::inline::Page;
use super::{Document, SentFile};
use crate::kernel::{ChatId, Localised, Money, Timestamp};

/// A text id with its arguments (Fluent). Arguments are escaped when words are made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The Fluent message id, e.g. `cart-title`.
    pub id: &'static str,
    /// Named arguments.
    pub args: Vec<(&'static str, Arg)>,
}

/// One argument of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A whole number; plural rules apply.
    Number(i64),
    /// Somebody's words, shown as they are (escaped, clipped by the screen).
    Words(String),
    /// A text of the shop's data, in the reader's language.
    Named(Localised),
    /// An amount, shown with the currency's symbol.
    Money(Money),
    /// A time of day in the shop's zone (date added where it is not today).
    Time(Timestamp),
    /// Another text of ours, placed inside (not escaped again).
    Text(Text),
    /// Several texts, one a line.
    Lines(Vec<Text>),
    /// Several texts in one line, with the language's mark between them.
    List(Vec<Text>),
    /// A text id that comes from a shop's files (a flow's title, a step's prompt).
    Shop(String),
}

impl Text {
    /// A text without arguments.
    pub fn new(id: &'static str) -> Self {
        Self {
            id,
            args: Vec::new(),
        }
    }

    /// A day with its weekday, as in "Thu 24 Dec".
    pub fn day(day: NaiveDate) -> Self {
        Self::new("day")
            .with("weekday", i64::from(day.weekday().number_from_monday()))
            .with("day", i64::from(day.day()))
            .with("month", i64::from(day.month()))
    }

    /// The same text with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((name, arg.into()));
        self
    }
}

impl From<i64> for Arg {
    fn from(n: i64) -> Self {
        Self::Number(n)
    }
}
impl From<&str> for Arg {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}
impl From<String> for Arg {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}
impl From<Money> for Arg {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}
impl From<Timestamp> for Arg {
    fn from(time: Timestamp) -> Self {
        Self::Time(time)
    }
}
impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}
impl From<Vec<Text>> for Arg {
    fn from(lines: Vec<Text>) -> Self {
        Self::Lines(lines)
    }
}
impl From<&Localised> for Arg {
    fn from(name: &Localised) -> Self {
        Self::Named(name.clone())
    }
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Callback data, at most 64 bytes: operation, ids, version. Never names.
    Data(String),
    /// Opens a link.
    Url(String),
    /// Copies a text, at most 256 characters.
    Copy(String),
}

/// One inline button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// Its label.
    pub label: Text,
    /// What it does.
    pub action: Action,
}

impl Button {
    /// A button that sends `data` back.
    pub fn data(label: Text, data: impl Into<String>) -> Self {
        Self {
            label,
            action: Action::Data(data.into()),
        }
    }
}

/// A reply keyboard (private chats only).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyKeys {
    /// Asks for the person's own phone number by one button.
    Contact(Text),
    /// Asks for the person's place by one button.
    Location(Text),
    /// Takes a reply keyboard away.
    Remove,
}

/// A picture to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Photo {
    /// One of the shop's folder, by its path in it.
    Shop(String),
    /// One that somebody sent, by the id under which Telegram keeps it for this bot.
    Sent(String),
}

/// One screen: a text, perhaps a picture, and buttons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Paragraphs, one below the other (a newline between; an empty `Lines` vanishes).
    pub body: Vec<Text>,
    /// A picture.
    pub photo: Option<Photo>,
    /// Rows of inline buttons.
    pub rows: Vec<Vec<Button>>,
    /// A reply keyboard instead of inline buttons.
    pub reply: Option<ReplyKeys>,
}

impl View {
    /// A screen of one paragraph.
    pub fn say(text: Text) -> Self {
        Self {
            body: vec![text],
            photo: None,
            rows: Vec::new(),
            reply: None,
        }
    }

    /// The same screen with one more paragraph.
    #[must_use]
    pub fn and(mut self, text: Text) -> Self {
        self.body.push(text);
        self
    }

    /// The same screen with one more row of buttons.
    #[must_use]
    pub fn row(mut self, buttons: Vec<Button>) -> Self {
        if !buttons.is_empty() {
            self.rows.push(buttons);
        }
        self
    }
}

impl<V, T> Post<V, T> {
    /// The chat that it goes to; none for the answer to a tap or a search from any chat.
    pub fn chat(&self) -> Option<ChatId> {
        match self {
            Self::Say { chat, .. }
            | Self::Card { chat, .. }
            | Self::Become { chat, .. }
            | Self::Copy { chat, .. }
            | Self::File { chat, .. }
            | Self::Strip { chat, .. }
            | Self::Commands { chat, .. }
            | Self::Fetch { chat, .. } => Some(*chat),
            Self::Answer { .. } | Self::Found(_) => None,
        }
    }
}

/// How a view reaches a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Post<V = View, T = Text> {
    /// A message of its own. `loud` rings; otherwise it comes silently.
    Say {
        /// Where.
        chat: ChatId,
        /// In which topic.
        topic: Option<i64>,
        /// What.
        view: V,
        /// Whether it may ring.
        loud: bool,
    },
    /// A card: a message known by a name, edited in place as long as it is the same card.
    Card {
        /// Where.
        chat: ChatId,
        /// In which topic, when it must be sent anew.
        topic: Option<i64>,
        /// Its name, unique within the chat: `ses` for the living message, `order:ID`.
        card: String,
        /// Rises with every change; an older version never overwrites a newer one.
        version: i64,
        /// What.
        view: V,
        /// True: send it anew and take the old copy's buttons away. False: edit in place.
        fresh: bool,
        /// Whether a new message may ring (an edit never does).
        loud: bool,
    },
    /// A card that takes over the message of another one, which has none then; silent. Where that
    /// one shows nothing or something newer, it is sent anew.
    Become {
        /// Where.
        chat: ChatId,
        /// The other card's name.
        from: String,
        /// Its own name.
        card: String,
        /// As for a card.
        version: i64,
        /// What.
        view: V,
    },
    /// A further copy of a card: sent anew, while the others stay and are edited with it.
    Copy {
        /// Where.
        chat: ChatId,
        /// In which topic.
        topic: Option<i64>,
        /// The card's name.
        card: String,
        /// As for a card.
        version: i64,
        /// What.
        view: V,
    },
    /// A file with a caption of at most 1024 characters, a message of its own.
    File {
        /// Where.
        chat: ChatId,
        /// In which topic.
        topic: Option<i64>,
        /// The caption, and buttons below.
        view: V,
        /// The file.
        file: Document,
        /// Whether it may ring.
        loud: bool,
    },
    /// Takes the buttons of a card away, leaving its text.
    Strip {
        /// Where.
        chat: ChatId,
        /// Its name.
        card: String,
        /// As for a card.
        version: i64,
    },
    /// The answer to a tap: a short notice, or an alert that must be closed. Never durable.
    Answer {
        /// The tap.
        query_id: String,
        /// At most 200 characters are shown; none = only stops the spinner.
        text: Option<T>,
        /// An alert instead of a notice.
        alert: bool,
    },
    /// The answer to a search from any chat. Never durable.
    Found(Page<V, T>),
    /// Fetches a file that somebody sent; what is read in it is heard in this private chat, in a
    /// turn of its own.
    Fetch {
        /// Whose chat.
        chat: ChatId,
        /// The file.
        file: SentFile,
        /// The most bytes that are taken.
        most: usize,
    },
    /// Sets the command menu of a chat: (command, description).
    Commands {
        /// Whose menu.
        chat: ChatId,
        /// Command and description, in order.
        commands: Vec<(&'static str, T)>,
    },
}
