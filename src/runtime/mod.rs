//! The loops around the pure parts: receive, process, send, tick. The real clock, chance and
//! every transaction begin here.
//!
//! # Design notes
//! - A crash may end any loop anywhere: nothing is kept in memory that is not in the database,
//!   except answers to taps and what the sender knows of its pauses.
//! - Turns never wait for sending, sending never for turns; they meet in the outbox.

mod alarm;
pub mod app_handler;
mod backoff;
pub mod clock;
pub mod counters;
pub mod engine;
pub mod handler;
mod http;
mod lease;
pub mod monitor;
mod process;
mod receive;
mod reload;
mod send;
mod tick;
mod turn;
pub mod webhook;

/// The stack of each thread that runs turns, in bytes. Conditions are walked on it, within a turn:
/// the usual 2 MiB leaves little room for the deepest one that `check` lets through, in a debug build.
pub const STACK_BYTES: usize = 8 << 20;

pub use clock::Clock;
pub use counters::Counters;
pub use engine::{Engine, EngineConfig, StartError};
pub use handler::Handler;
pub use receive::Receiving;
pub use webhook::{TlsFiles, WebhookConfig};
