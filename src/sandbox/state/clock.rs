//! Two clocks: the time people see (real or fixed, moved forward by hand) for dates and expiry,
//! and a steady one for pacing, which runs with real time and skips ahead with the other.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

#[derive(Debug)]
pub(in crate::sandbox) struct Clock {
    fixed: Option<i64>,
    advanced_ms: i64,
    since: Instant,
}

impl Clock {
    pub fn new(fixed: Option<i64>) -> Self {
        Self {
            fixed,
            advanced_ms: 0,
            since: Instant::now(),
        }
    }

    /// Unix milliseconds.
    pub fn now_ms(&self) -> i64 {
        let base = self.fixed.unwrap_or_else(Self::real_ms);
        base.saturating_add(self.advanced_ms)
    }

    /// Unix milliseconds of the machine.
    pub fn real_ms() -> i64 {
        let elapsed = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
    }

    /// Milliseconds since the start; never stands still.
    pub fn steady_ms(&self) -> i64 {
        let elapsed = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        elapsed.saturating_add(self.advanced_ms)
    }

    pub fn advance(&mut self, ms: i64) {
        self.advanced_ms = self.advanced_ms.saturating_add(ms.max(0));
    }
}
