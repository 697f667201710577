//! Turns what a turn wants sent into outbox bodies, within Telegram's limits.
//!
//! A body is kept for a while and may be sent by a later version of the program: fields are only
//! ever added, each with a default. Pure.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use teloxide::types::{
    ButtonRequest, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton,
    KeyboardMarkup, KeyboardRemove, ReplyMarkup,
};

use crate::chat::inline::Page;
use crate::chat::{Action, Message, MessageButton, MessageReply, Out, Photo, Post, SentFile};
use crate::kernel::ChatId;

use super::html::{MAX_CAPTION, MAX_TEXT, truncate};

/// A button's data, in bytes.
const MAX_DATA: usize = 64;
/// A text to be copied, in characters.
const MAX_COPY: usize = 256;
/// The answer to a tap, in characters.
const MAX_ANSWER: usize = 200;
/// A command's description, in characters.
const MAX_DESCRIPTION: usize = 256;

/// What an outbox row is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// A message of its own, or a card.
    Screen(Screen),
    /// A file with its caption, a message of its own.
    Document(Screen, Attached),
    /// Takes a card's buttons away.
    Strip,
    /// A chat's command menu: command and description.
    Commands(Vec<(String, String)>),
    /// A file to be fetched; nothing is sent.
    Fetch(Wanted),
}

/// A file that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The file as its message named it.
    pub file: SentFile,
    /// The most bytes that are taken.
    pub most: usize,
}

/// A file as a body holds it; what is in it is personal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// What is in it.
    #[serde(with = "base64_text")]
    pub bytes: Arc<Vec<u8>>,
}

impl std::fmt::Debug for Attached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attached({}, {} bytes)", self.name, self.bytes.len())
    }
}

/// Bytes as a text of JSON.
mod base64_text {
    use std::sync::Arc;

    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], into: S) -> Result<S::Ok, S::Error> {
        into.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Arc<Vec<u8>>, D::Error> {
        let text = String::deserialize(from)?;
        let bytes = STANDARD.decode(text).map_err(D::Error::custom)?;
        Ok(Arc::new(bytes))
    }
}

/// A message's content and how it is to appear.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Screen {
    /// Telegram HTML, cut to fit.
    pub html: String,
    /// A picture.
    #[serde(default)]
    pub photo: Option<Photo>,
    /// Buttons below it.
    #[serde(default)]
    pub inline: Option<InlineKeyboardMarkup>,
    /// A reply keyboard, or its removal. Such a message can't be edited.
    #[serde(default)]
    pub reply: Option<Reply>,
    /// The forum topic for a new message.
    #[serde(default)]
    pub topic: Option<i64>,
    /// A card: send it anew and strip the old copies.
    #[serde(default)]
    pub fresh: bool,
    /// A card: send it anew and leave the old copies as they are.
    #[serde(default)]
    pub beside: bool,
    /// Whether a new message may ring.
    #[serde(default)]
    pub loud: bool,
}

/// A reply keyboard in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// Shares the phone number.
    Contact(String),
    /// Shares the place.
    Location(String),
    /// Takes the keyboard away.
    Remove,
}

impl Screen {
    /// The markup of a new message.
    pub fn markup(&self) -> Option<ReplyMarkup> {
        let keys = |text: &str, request| {
            let button = KeyboardButton::new(text).request(request);
            ReplyMarkup::Keyboard(
                KeyboardMarkup::new([[button]])
                    .resize_keyboard()
                    .one_time_keyboard(),
            )
        };
        match &self.reply {
            Some(Reply::Contact(text)) => Some(keys(text, ButtonRequest::Contact)),
            Some(Reply::Location(text)) => Some(keys(text, ButtonRequest::Location)),
            Some(Reply::Remove) => Some(ReplyMarkup::KeyboardRemove(KeyboardRemove::new())),
            None => self.inline.clone().map(ReplyMarkup::InlineKeyboard),
        }
    }
}

/// A row of the outbox without what the runtime adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Where to.
    pub chat: ChatId,
    /// The card's name, if it shows one.
    pub card: Option<String>,
    /// The card's version; 0 without a card.
    pub version: i64,
    /// The card whose message it takes over.
    pub takes: Option<String>,
    /// What.
    pub body: Body,
}

/// The answer to a tap: sent from memory, never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TapAnswer {
    /// The tap.
    pub query_id: String,
    /// What is shown, at most 200 characters.
    pub text: Option<String>,
    /// As an alert that must be closed.
    pub alert: bool,
}

/// What somebody waits for now: sent from memory, never stored, of no use a little later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To a tap.
    Tap(TapAnswer),
    /// To a search from any chat.
    Found(Page<Message, String>),
}

/// What a post becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum Rendered {
    /// A row of the outbox.
    Row(Box<Draft>),
    /// A call from memory.
    Answer(Answer),
}

/// Renders one post.
pub fn render(out: Out) -> Rendered {
    let mut takes = None;
    let (chat, card, version, body) = match out {
        Post::Say {
            chat,
            topic,
            view,
            loud,
        } => (
            chat,
            None,
            0,
            Body::Screen(screen(view, topic, false, loud)),
        ),
        Post::Card {
            chat,
            topic,
            card,
            version,
            view,
            fresh,
            loud,
        } => (
            chat,
            Some(card),
            version,
            Body::Screen(screen(view, topic, fresh, loud)),
        ),
        Post::Become {
            chat,
            from,
            card,
            version,
            view,
        } => {
            takes = Some(from);
            let screen = screen(view, None, false, false);
            (chat, Some(card), version, Body::Screen(screen))
        }
        Post::Copy {
            chat,
            topic,
            card,
            version,
            view,
        } => {
            let screen = Screen {
                beside: true,
                ..screen(view, topic, true, false)
            };
            (chat, Some(card), version, Body::Screen(screen))
        }
        Post::File {
            chat,
            topic,
            view,
            file,
            loud,
        } => {
            let screen = Screen {
                html: truncate(&view.html, MAX_CAPTION).replace('\0', ""),
                ..screen(view, topic, false, loud)
            };
            let file = Attached {
                name: file.name,
                mime: file.mime.to_owned(),
                bytes: file.bytes,
            };
            (chat, None, 0, Body::Document(screen, file))
        }
        Post::Strip {
            chat,
            card,
            version,
        } => (chat, Some(card), version, Body::Strip),
        Post::Answer {
            query_id,
            text,
            alert,
        } => {
            return Rendered::Answer(Answer::Tap(TapAnswer {
                query_id,
                text: text.map(|text| clip(&text, MAX_ANSWER)),
                alert,
            }));
        }
        Post::Found(page) => return Rendered::Answer(Answer::Found(page)),
        Post::Fetch { chat, file, most } => (chat, None, 0, Body::Fetch(Wanted { file, most })),
        Post::Commands { chat, commands } => {
            let list = commands
                .into_iter()
                .map(|(name, words)| (name.to_owned(), clip(&words, MAX_DESCRIPTION)))
                .collect();
            (chat, None, 0, Body::Commands(list))
        }
    };
    Rendered::Row(Box::new(Draft {
        chat,
        card,
        version,
        takes,
        body,
    }))
}

fn screen(view: Message, topic: Option<i64>, fresh: bool, loud: bool) -> Screen {
    let limit = if view.photo.is_some() {
        MAX_CAPTION
    } else {
        MAX_TEXT
    };
    let reply = view.reply.map(|reply| match reply {
        MessageReply::Contact(text) => Reply::Contact(text),
        MessageReply::Location(text) => Reply::Location(text),
        MessageReply::Remove => Reply::Remove,
    });
    Screen {
        html: truncate(&view.html, limit).replace('\0', ""),
        photo: view.photo,
        inline: keyboard(view.rows),
        reply,
        topic,
        fresh,
        beside: false,
        loud,
    }
}

pub(super) fn keyboard(rows: Vec<Vec<MessageButton>>) -> Option<InlineKeyboardMarkup> {
    let rows: Vec<Vec<InlineKeyboardButton>> = rows
        .into_iter()
        .map(|row| row.into_iter().filter_map(button).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    if rows.is_empty() {
        None
    } else {
        Some(InlineKeyboardMarkup::new(rows))
    }
}

/// One button that Telegram refuses would take the whole message with it: it is left out.
fn button(button: MessageButton) -> Option<InlineKeyboardButton> {
    let label = if button.label.trim().is_empty() {
        "·".to_owned()
    } else {
        button.label
    };
    match button.action {
        Action::Data(data) if (1..=MAX_DATA).contains(&data.len()) => {
            Some(InlineKeyboardButton::callback(label, data))
        }
        Action::Data(data) => {
            tracing::error!(
                bytes = data.len(),
                "a button's data is not 1 to 64 bytes; left out"
            );
            None
        }
        Action::Url(url) => match url.parse() {
            Ok(url) => Some(InlineKeyboardButton::url(label, url)),
            Err(error) => {
                tracing::error!(%error, "a button's link can't be read; left out");
                None
            }
        },
        Action::Copy(text) => {
            let text = clip(&text, MAX_COPY);
            Some(InlineKeyboardButton::copy_text_button(
                label,
                CopyTextButton { text },
            ))
        }
    }
}

pub(super) fn clip(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(view: Message) -> Screen {
        let out = Post::Card {
            chat: ChatId(7),
            topic: None,
            card: "ses".into(),
            version: 3,
            view,
            fresh: true,
            loud: false,
        };
        let Rendered::Row(draft) = render(out) else {
            panic!("a card is a row")
        };
        assert_eq!((draft.card.as_deref(), draft.version), (Some("ses"), 3));
        let Body::Screen(screen) = draft.body else {
            panic!("a card is a screen")
        };
        let json = serde_json::to_string(&screen).unwrap();
        assert_eq!(serde_json::from_str::<Screen>(&json).unwrap(), screen);
        screen
    }

    fn data(label: &str, data: &str) -> MessageButton {
        MessageButton {
            label: label.into(),
            action: Action::Data(data.into()),
        }
    }

    #[test]
    fn a_button_that_telegram_refuses_is_left_out() {
        let long = "x".repeat(65);
        let rows = vec![vec![data("A", "a"), data("B", &long)], vec![data("C", "")]];
        let screen = card(Message {
            html: "x".into(),
            rows,
            ..Message::default()
        });
        let keyboard = screen.inline.unwrap().inline_keyboard;
        assert_eq!(keyboard.len(), 1);
        assert_eq!(keyboard[0].len(), 1);
    }

    #[test]
    fn a_file_is_read_back_and_shown_to_nobody() {
        let file = crate::chat::Document::new("a.csv".into(), "text/csv", b"secret".to_vec());
        let out = Post::File {
            chat: ChatId(7),
            topic: None,
            view: Message {
                html: "y".repeat(5000),
                ..Message::default()
            },
            file: file.unwrap(),
            loud: true,
        };
        let Rendered::Row(draft) = render(out) else {
            panic!("a file is a row")
        };
        assert_eq!((draft.card, draft.version), (None, 0));
        assert!(!format!("{:?}", draft.body).contains("secret"));
        let json = serde_json::to_string(&draft.body).unwrap();
        assert_eq!(serde_json::from_str::<Body>(&json).unwrap(), draft.body);
        let Body::Document(screen, file) = draft.body else {
            panic!("a file has a body of its own")
        };
        assert_eq!(screen.html.chars().count(), 1024);
        assert_eq!(
            (file.name.as_str(), &**file.bytes),
            ("a.csv", &b"secret"[..])
        );
    }

    #[test]
    fn texts_are_cut_to_the_limit_of_their_kind() {
        let long = "y".repeat(5000);
        let text = card(Message {
            html: long.clone(),
            ..Message::default()
        });
        assert_eq!(text.html.chars().count(), 4096);
        let photo = card(Message {
            html: long.clone(),
            photo: Some(Photo::Shop("a.svg".into())),
            ..Message::default()
        });
        assert_eq!(photo.html.chars().count(), 1024);
        let answer = render(Post::Answer {
            query_id: "1".into(),
            text: Some(long),
            alert: false,
        });
        let Rendered::Answer(Answer::Tap(answer)) = answer else {
            panic!("an answer is no row")
        };
        assert_eq!(answer.text.unwrap().chars().count(), 200);
    }
}
