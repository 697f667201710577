//! What the engine counted since it started.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the times that turns are sorted by, in milliseconds. A turn may take 250.
pub const BUCKETS_MS: [u64; 9] = [1, 2, 5, 10, 25, 50, 100, 250, 1_000];

/// How long turns took.
#[derive(Debug, Default)]
pub struct Times {
    buckets: [AtomicU64; BUCKETS_MS.len()],
    count: AtomicU64,
    sum_us: AtomicU64,
}

/// What [`Times`] holds at one moment.
#[derive(Debug, Clone, Copy)]
pub struct TimesRead {
    /// How many took at most the bound of the same place, and more than the one before it.
    pub buckets: [u64; BUCKETS_MS.len()],
    /// All of them; never fewer than the buckets hold.
    pub count: u64,
    /// All their time, in microseconds.
    pub sum_us: u64,
}

impl Times {
    pub(super) fn note(&self, time: Duration) {
        let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        // Before the bucket, so that a reader in between never sees more in the buckets.
        self.count.fetch_add(1, Ordering::SeqCst);
        self.sum_us.fetch_add(us, Ordering::SeqCst);
        let fits = |most_ms: &u64| us <= most_ms.saturating_mul(1_000);
        let place = BUCKETS_MS.iter().position(fits);
        if let Some(bucket) = place.and_then(|place| self.buckets.get(place)) {
            bucket.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// What it holds.
    pub fn read(&self) -> TimesRead {
        let mut buckets = [0; BUCKETS_MS.len()];
        for (read, bucket) in buckets.iter_mut().zip(&self.buckets) {
            *read = bucket.load(Ordering::SeqCst);
        }
        TimesRead {
            buckets,
            count: self.count.load(Ordering::SeqCst),
            sum_us: self.sum_us.load(Ordering::SeqCst),
        }
    }
}

/// Counters; they only rise.
#[derive(Debug, Default)]
pub struct Counters {
    /// Updates stored that were not known before.
    pub received: AtomicU64,
    /// Calls of the webhook that were not Telegram's, or no update.
    pub turned_away: AtomicU64,
    /// Turns committed.
    pub turns: AtomicU64,
    /// Transactions that committed turns; one may hold many.
    pub groups: AtomicU64,
    /// Statements of those transactions, the engine's own included.
    pub statements: AtomicU64,
    /// The most statements per turn of any of those transactions, rounded up.
    pub worst_statements: AtomicU64,
    /// The most statements per turn of any of them for orders on account, rounded up: those are
    /// not counted in `worst_statements`.
    pub worst_on_account: AtomicU64,
    /// What deciding took.
    pub turn_times: Times,
    /// Turns that took too long.
    pub timeouts: AtomicU64,
    /// Turns that panicked.
    pub panics: AtomicU64,
    /// Groups that were undone and run again one by one: after a database error, and on PostgreSQL
    /// after any turn that came to nothing.
    pub ungrouped: AtomicU64,
    /// Dead letters of the inbox.
    pub dead: AtomicU64,
    /// Rows settled by the sender.
    pub settled: AtomicU64,
    /// Calls to be made again: the network or the server failed.
    pub retried: AtomicU64,
    /// Calls that Telegram answered 429.
    pub rate_limited: AtomicU64,
    /// Messages to chats that can't be reached.
    pub unreachable: AtomicU64,
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

    /// `on_account`: how many of the statements were for orders on account.
    pub(super) fn turns_committed(&self, turns: u64, statements: u64, on_account: u64) {
        Self::add(&self.turns, turns);
        Self::add(&self.groups, 1);
        Self::add(&self.statements, statements);
        if turns > 0 {
            let others = (statements - on_account).div_ceil(turns);
            self.worst_statements.fetch_max(others, Ordering::Relaxed);
            self.worst_on_account
                .fetch_max(on_account.div_ceil(turns), Ordering::Relaxed);
        }
    }

    /// The value of a counter.
    pub fn get(counter: &AtomicU64) -> u64 {
        counter.load(Ordering::Relaxed)
    }
}
