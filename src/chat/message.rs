//! A view turned into words of one language: ready for the wire, still free of its format.

use super::view::{Action, Photo, Post};

/// A button with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageButton {
    /// Plain text.
    pub label: String,
    /// What it does.
    pub action: Action,
}

/// A screen in words. `html` is Telegram's HTML subset, every argument escaped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// The text or caption, Telegram HTML.
    pub html: String,
    /// A picture.
    pub photo: Option<Photo>,
    /// Inline buttons.
    pub rows: Vec<Vec<MessageButton>>,
    /// A reply keyboard: label and what it asks for.
    pub reply: Option<MessageReply>,
}

/// A reply keyboard with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageReply {
    /// A button that shares the phone number.
    Contact(String),
    /// A button that shares the place.
    Location(String),
    /// No reply keyboard any more.
    Remove,
}

/// A post in words, as the sender's side takes it.
pub type Out = Post<Message, String>;
