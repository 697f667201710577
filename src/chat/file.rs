//! A file that somebody sent, and what was read in it.

use serde::{Deserialize, Serialize};

/// A file as its message names it. Nothing of it is known to be true but its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFile {
    /// The id under which Telegram keeps it for this bot.
    pub file_id: String,
    /// What its sender calls it; empty if it has no name.
    pub name: String,
    /// The media type that the sender's app gave it; empty if none.
    pub mime: String,
    /// Its size in bytes, if Telegram said so.
    pub size: Option<i64>,
}

/// In what a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, either order.
    Utf16,
    /// GB 18030, and with it GBK and GB 2312.
    Gb18030,
}

/// What was read in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Read {
    /// A table under headings that are known; without them.
    Table {
        /// The column of the code, of the name, of the quantity.
        columns: [Option<usize>; 3],
        /// Its first rows; those that are empty are left out.
        rows: Vec<Vec<String>>,
        /// How many more there are.
        more: usize,
        /// In what it is written; none for a workbook.
        encoding: Option<Encoding>,
    },
    /// Lines without headings, as people write a list.
    Lines {
        /// The first ones.
        text: String,
        /// How many more there are.
        more: usize,
        /// In what they are written.
        encoding: Encoding,
    },
}

/// Why nothing could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileFault {
    /// Telegram does not have it any more.
    Gone,
    /// Telegram did not give it, however often it was asked.
    Unreachable,
    /// It is larger than a list may be.
    TooBig,
    /// It is something else than its name says.
    OtherKind,
    /// It holds nothing.
    Empty,
    /// Its headings name neither a code nor a name.
    Headings,
    /// It is damaged, or locked by a password.
    Broken,
    /// It unpacks to more than a list may be.
    Bomb,
}
