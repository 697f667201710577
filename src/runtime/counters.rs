//! What the engine counted since it started.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters; they only rise.
#[derive(Debug, Default)]
pub struct Counters {
    /// Updates stored that were not known before.
    pub received: AtomicU64,
    /// Calls of the webhook that were not Telegram's, or no update.
    pub turned_away: AtomicU64,
    /// Turns committed.
    pub turns: AtomicU64,
    /// Transactions that committed turns; on SQLite one may hold many.
    pub groups: AtomicU64,
    /// Statements of those transactions, the engine's own included.
    pub statements: AtomicU64,
    /// The most statements per turn of any of those transactions, rounded up.
    pub worst_statements: AtomicU64,
    /// Turns that took too long.
    pub timeouts: AtomicU64,
    /// Turns that panicked.
    pub panics: AtomicU64,
    /// Groups undone by a database error and run again one by one.
    pub ungrouped: AtomicU64,
    /// Dead letters of the inbox.
    pub dead: AtomicU64,
    /// Rows settled by the sender.
    pub settled: AtomicU64,
    /// Dead letters of the outbox.
    pub undelivered: AtomicU64,
    /// Database errors that passed.
    pub store_errors: AtomicU64,
    /// Conflicts with another poller, in a row; three mean "not ready".
    pub conflicts: AtomicU64,
}

impl Counters {
    pub(super) fn add(counter: &AtomicU64, by: u64) {
        counter.fetch_add(by, Ordering::Relaxed);
    }

    pub(super) fn turns_committed(&self, turns: u64, statements: u64) {
        Self::add(&self.turns, turns);
        Self::add(&self.groups, 1);
        Self::add(&self.statements, statements);
        if turns > 0 {
            self.worst_statements
                .fetch_max(statements.div_ceil(turns), Ordering::Relaxed);
        }
    }

    /// The value of a counter.
    pub fn get(counter: &AtomicU64) -> u64 {
        counter.load(Ordering::Relaxed)
    }
}
