//! What a turn came to: everything that the runtime writes for it in the same transaction.

use std::pin::Pin;

use crate::chat::{Event, Out};
use crate::dialogue::Session;
use crate::kernel::{ChatId, Timestamp};
use crate::store::StoreError;
use crate::store::audit::Entry;

/// What a turn decided; written by the runtime in the turn's transaction, many turns at a time.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The lane's session, if it changed. Its `version` is the stored one; the writer adds one.
    pub session: Option<Session>,
    /// What is to be sent, in this order.
    pub out: Vec<Out>,
    /// Timers set and taken back.
    pub timers: Vec<TimerChange>,
    /// The owner asked in this chat for the shop's folder to be read again.
    pub reload: Option<ChatId>,
    /// Events for other lanes.
    pub internal: Vec<Internal>,
    /// What is to be kept of who did what, behind all that was before.
    pub audit: Vec<Entry>,
}

/// A timer, unique by kind and key: setting it again moves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimerChange {
    /// Sets or moves it.
    Set {
        /// What kind, e.g. `hold-warning`.
        kind: &'static str,
        /// What it is about, e.g. a cart's or an order's id.
        key: String,
        /// When, on the business clock.
        due: Timestamp,
        /// The lane whose turn it becomes: a private chat's id as text, or one of a group's.
        lane: String,
    },
    /// Takes it back, if it is set.
    Cancel {
        /// As when set.
        kind: &'static str,
        /// As when set.
        key: String,
    },
}

/// An event for another lane, handled in a turn of its own.
#[derive(Debug, Clone)]
pub struct Internal {
    /// The lane: a private chat's id as text.
    pub lane: String,
    /// What it hears.
    pub event: Event,
}

/// A part of a turn under way.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<(), TurnError>> + Send + 'a>>;

/// Why a turn could not be carried out. A refusal is not an error: it is an [`Outcome`].
#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    /// The database did not answer, or said no in a way that can pass.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// Stored data contradict the model; never retried.
    #[error("stored data contradict the model: {0}")]
    Corrupt(String),
    /// Somebody was faster twice in a row; the turn is run again from its savepoint.
    #[error("overtaken by another turn")]
    Overtaken,
}
