//! What passes between a person and the shop: events in, views out. Pure values.
//!
//! Nothing here knows Telegram's wire format, a language's words, or a shop.

mod document;
pub mod event;
mod file;
pub mod inline;
pub mod message;
mod plain;
pub mod view;

pub use document::{Document, MOST_BYTES};
pub use event::{Event, EventKind, Press, Sender};
pub use file::{Encoding, FileFault, Read, SentFile};
pub use message::{Message, MessageButton, MessageReply, Out};
pub use plain::one_line;
pub use view::{Action, Arg, Button, Photo, Post, ReplyKeys, Text, View};
