//! The engine of conversations: flow definitions, sessions, `advance`. Pure.
//!
//! It knows kinds of steps, never shops, catalogues or Telegram.

pub mod session;

pub use session::{Answer, Place, Session};
