//! The wire: reads updates, calls methods, knows Telegram's limits and error texts.
//!
//! It never decides what people are told, and never begins a transaction.

pub mod calls;
pub mod client;
pub mod echo;
mod fetch;
pub mod found;
pub mod html;
pub mod incoming;
pub mod pacing;
pub mod receive;
pub mod refusal;
pub mod render;
pub mod send;
