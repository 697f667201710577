//! The merchant's folder: read, embed, check; a typed result.
//!
//! `files` finds the files, `texts` makes words, `zone` reads the clock on the wall. Nothing
//! here decides what happens in a conversation or an order, and nothing awaits.

pub mod files;
pub mod texts;
pub mod zone;

pub use files::Source;
pub use texts::{Here, Seen, Texts};
pub use zone::{Hours, Opening, Wall, Zone};
