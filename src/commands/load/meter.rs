//! What a run measured: how many updates and calls, and how long updates waited for their first
//! call.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::sandbox::Subject;

/// Counts of one run.
#[derive(Debug, Default)]
pub struct Tally {
    /// Updates handed out.
    pub updates: u64,
    /// Calls but `getUpdates`.
    pub calls: u64,
    waits: Vec<Duration>,
    waiting: HashMap<Subject, Instant>,
}

impl Tally {
    /// An update was handed out.
    pub fn handed_out(&mut self, subject: Subject, at: Instant) {
        self.updates += 1;
        self.waiting.insert(subject, at);
    }

    /// The bot called; the first call about an update ends its wait.
    pub fn called(&mut self, subject: Option<&Subject>, at: Instant) {
        self.calls += 1;
        if let Some(since) = subject.and_then(|subject| self.waiting.remove(subject)) {
            self.waits.push(at.saturating_duration_since(since));
        }
    }

    /// Whether an update was not answered yet.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// How long `percent` of the updates waited at most.
    pub fn percentile(&mut self, percent: usize) -> Duration {
        self.waits.sort_unstable();
        let last = self.waits.len().saturating_sub(1);
        let at = (self.waits.len() * percent).div_ceil(100).saturating_sub(1);
        self.waits.get(at.min(last)).copied().unwrap_or_default()
    }
}

/// The middle of some figures; 0 of none.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_waits() {
        let mut tally = Tally::default();
        assert_eq!(tally.percentile(99), Duration::ZERO);
        let start = Instant::now();
        for ms in (1..=100).rev() {
            tally.handed_out(Subject::Chat(ms), start);
            assert!(tally.is_waiting());
            let at = start + Duration::from_millis(ms.unsigned_abs());
            tally.called(Some(&Subject::Chat(ms)), at);
        }
        assert!(!tally.is_waiting());
        assert_eq!((tally.updates, tally.calls), (100, 100));
        for percent in [50, 95, 99, 100] {
            let ms = u64::try_from(percent).unwrap();
            assert_eq!(tally.percentile(percent), Duration::from_millis(ms));
        }
    }

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![5.0, 1.0, 3.0]), 3.0);
        assert_eq!(median(Vec::new()), 0.0);
    }
}
