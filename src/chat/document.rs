//! A file that is sent to a chat. Must never be larger than what an outbox row may hold.

use std::sync::Arc;

/// The most bytes of a file: it is kept whole, sealed, in the row that waits to be sent. Telegram
/// itself takes 50 MB of a bot.
pub const MOST_BYTES: usize = 5 << 20;

/// A file with its name and kind; what is in it is personal.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is called, with its ending. Nothing that people typed stands in it.
    pub name: String,
    /// Its media type, e.g. `text/csv`.
    pub mime: &'static str,
    /// What is in it.
    pub bytes: Arc<Vec<u8>>,
}

impl Document {
    /// A file; none if it is empty or larger than [`MOST_BYTES`].
    pub fn new(name: String, mime: &'static str, bytes: Vec<u8>) -> Option<Self> {
        (1..=MOST_BYTES).contains(&bytes.len()).then(|| Self {
            name,
            mime,
            bytes: Arc::new(bytes),
        })
    }
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Document({}, {} bytes)", self.name, self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_neither_empty_nor_too_large() {
        let of = |bytes| Document::new("a.csv".into(), "text/csv", vec![0; bytes]);
        assert!(of(0).is_none());
        assert!(of(MOST_BYTES).is_some());
        assert!(of(MOST_BYTES + 1).is_none());
        let shown = format!("{:?}", of(3));
        assert_eq!(shown, "Some(Document(a.csv, 3 bytes))");
    }
}
