//! Telegram's rates as far as they are known: about one message a second in a private chat with
//! a short burst, 20 a minute in a group (edits count), 30 a second over all chats. The exact
//! limits are not published; these are the figures of the official FAQ.

use std::collections::HashMap;

/// Messages in a row to a private chat before it is one a second.
const PRIVATE_BURST: i64 = 5;
const PRIVATE_EVERY_MS: i64 = 1_000;
const GROUP_BURST: i64 = 20;
const GROUP_EVERY_MS: i64 = 3_000;
const ALL_BURST: i64 = 30;
const ALL_EVERY_MS: i64 = 1_000 / 30;

/// A leaky bucket as the moment when it will be empty.
#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    empty_ms: i64,
}

impl Bucket {
    /// How long to wait for room; 0 if there is.
    fn wait_ms(self, now_ms: i64, burst: i64, every_ms: i64) -> i64 {
        (self.empty_ms - now_ms - (burst - 1) * every_ms).max(0)
    }

    fn fill(&mut self, now_ms: i64, every_ms: i64) {
        self.empty_ms = self.empty_ms.max(now_ms) + every_ms;
    }
}

#[derive(Debug)]
pub(super) struct Pacing {
    on: bool,
    chats: HashMap<i64, Bucket>,
    all: Bucket,
}

/// How a call weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Send,
    /// Counts in groups only.
    Edit,
}

impl Pacing {
    pub fn new(on: bool) -> Self {
        Self {
            on,
            chats: HashMap::new(),
            all: Bucket::default(),
        }
    }

    pub fn switch(&mut self, on: bool) {
        *self = Self::new(on);
    }

    /// Counts a call, or says after how many seconds it may come again.
    pub fn admit(&mut self, chat: i64, weight: Weight, now_ms: i64) -> Result<(), i64> {
        let group = chat < 0;
        if !self.on || (weight == Weight::Edit && !group) {
            return Ok(());
        }
        let (burst, every_ms) = if group {
            (GROUP_BURST, GROUP_EVERY_MS)
        } else {
            (PRIVATE_BURST, PRIVATE_EVERY_MS)
        };
        let bucket = self.chats.entry(chat).or_default();
        let wait_ms = bucket
            .wait_ms(now_ms, burst, every_ms)
            .max(self.all.wait_ms(now_ms, ALL_BURST, ALL_EVERY_MS));
        if wait_ms > 0 {
            return Err((wait_ms + 999) / 1_000);
        }
        bucket.fill(now_ms, every_ms);
        self.all.fill(now_ms, ALL_EVERY_MS);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(pacing: &mut Pacing, chat: i64, weight: Weight, calls: usize) -> usize {
        (0..calls)
            .filter(|_| pacing.admit(chat, weight, 10_000).is_ok())
            .count()
    }

    #[test]
    fn a_private_chat_takes_a_burst_and_then_one_a_second() {
        let mut pacing = Pacing::new(true);
        assert_eq!(admitted(&mut pacing, 7, Weight::Send, 9), 5);
        assert_eq!(pacing.admit(7, Weight::Send, 10_000), Err(1));
        assert_eq!(pacing.admit(7, Weight::Send, 11_000), Ok(()));
        assert_eq!(pacing.admit(7, Weight::Send, 11_000), Err(1));
    }

    #[test]
    fn a_group_takes_twenty_a_minute_edits_included() {
        let mut pacing = Pacing::new(true);
        assert_eq!(admitted(&mut pacing, -7, Weight::Edit, 15), 15);
        assert_eq!(admitted(&mut pacing, -7, Weight::Send, 15), 5);
        assert_eq!(pacing.admit(-7, Weight::Send, 10_000), Err(3));
    }

    #[test]
    fn all_chats_together_take_thirty_a_second() {
        let mut pacing = Pacing::new(true);
        let admitted = (1..=60)
            .filter(|chat| pacing.admit(*chat, Weight::Send, 10_000).is_ok())
            .count();
        assert_eq!(admitted, 30);
    }
}
