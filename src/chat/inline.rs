//! A search from any chat: what somebody typed behind the bot's name, and what they may post there.

use serde::{Deserialize, Serialize};

use super::view::{Text, View};

/// What somebody looks for, wherever they write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// To be answered within seconds.
    pub id: String,
    /// The words, on one line; empty at first.
    pub words: String,
    /// Which page: what the page before gave out, untrusted; empty for the first.
    pub offset: String,
}

/// One thing found, which its finder may post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<V = View, T = Text> {
    /// Its id among those of one answer, 1 to 64 bytes.
    pub id: String,
    /// The line to choose it by.
    pub title: T,
    /// What stands below that, small.
    pub about: Option<T>,
    /// The message that is posted.
    pub view: V,
}

/// One page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<V = View, T = Text> {
    /// The query.
    pub query_id: String,
    /// At most 50.
    pub found: Vec<Found<V, T>>,
    /// What the next page is asked for with, at most 64 bytes; empty if this is the last one.
    pub next: String,
    /// A button above: its words, and what a private chat is started with.
    pub button: Option<(T, &'static str)>,
}
