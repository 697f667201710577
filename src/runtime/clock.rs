//! The one place where the time is read.
//!
//! Business time (timers, holds, opening hours) is the real time plus an offset that the
//! playground moves; plumbing (lanes, outbox rows) is on the real time; pacing and backoff are
//! monotonic.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::kernel::{Millis, Timestamp};

/// The clock; clones move together.
#[derive(Debug, Clone)]
pub struct Clock {
    offset_ms: Arc<AtomicI64>,
    moved: Arc<Notify>,
    start: Instant,
}

impl Clock {
    /// Business time is the real time.
    pub fn real() -> Self {
        Self {
            offset_ms: Arc::new(AtomicI64::new(0)),
            moved: Arc::new(Notify::new()),
            start: Instant::now(),
        }
    }

    /// The real time.
    pub fn now(&self) -> Timestamp {
        // Before 1970 the system's clock is broken; then it is 1970.
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    /// The time on the business clock.
    pub fn business(&self) -> Timestamp {
        self.now().plus(self.offset_ms.load(Ordering::SeqCst))
    }

    /// Moves the business clock; what becomes due by it happens at once.
    pub fn advance(&self, span: Millis) {
        self.offset_ms.fetch_add(span, Ordering::SeqCst);
        self.moved.notify_waiters();
        self.moved.notify_one();
    }

    /// Waits until the business clock is moved.
    pub(super) async fn moved(&self) {
        self.moved.notified().await;
    }

    /// Milliseconds that never go back, for pacing.
    pub(super) fn monotonic_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
