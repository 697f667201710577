//! Pauses that grow while something fails, with jitter, so that many don't come back at once.

use std::time::Duration;

/// Doubles from a first pause up to a longest one.
#[derive(Debug)]
pub(super) struct Backoff {
    first: Duration,
    longest: Duration,
    failures: u32,
}

impl Backoff {
    pub(super) fn new(first: Duration, longest: Duration) -> Self {
        Self {
            first,
            longest,
            failures: 0,
        }
    }

    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }

    /// The next pause: between half of it and all of it, by chance.
    pub(super) fn next(&mut self, chance: u64) -> Duration {
        let pause = pause(self.first, self.longest, self.failures, chance);
        self.failures = self.failures.saturating_add(1);
        pause
    }

    pub(super) async fn wait(&mut self, chance: u64) {
        tokio::time::sleep(self.next(chance)).await;
    }
}

/// The pause after so many failures.
pub(super) fn pause(first: Duration, longest: Duration, failures: u32, chance: u64) -> Duration {
    let full = first.saturating_mul(1 << failures.min(20)).min(longest);
    let percent = 50 + (chance % 51) as u32;
    full.saturating_mul(percent) / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_the_longest() {
        let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(1));
        assert_eq!(backoff.next(50), Duration::from_millis(100));
        assert_eq!(backoff.next(50), Duration::from_millis(200));
        assert_eq!(backoff.next(0), Duration::from_millis(200));
        assert_eq!(backoff.next(50), Duration::from_millis(800));
        assert_eq!(backoff.next(50), Duration::from_secs(1));
        backoff.reset();
        assert_eq!(backoff.next(0), Duration::from_millis(50));
    }
}
