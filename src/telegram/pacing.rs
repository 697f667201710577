//! How fast messages may go out: Telegram's published limits as buckets that fill over time.
//!
//! Answers to a person's own input never wait here (they may go above the limits for a moment),
//! but they count. Pure: the time is an argument, monotonic milliseconds.

use std::collections::HashMap;

use crate::kernel::ChatId;

/// A bucket's size and how fast it fills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// So many at once.
    pub burst: f64,
    /// So many a second in the long run.
    pub per_second: f64,
}

/// The limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pacing {
    /// Over all chats.
    pub overall: Rate,
    /// In one private chat.
    pub private: Rate,
    /// In one group.
    pub group: Rate,
}

impl Default for Pacing {
    /// The Bot API FAQ: 30 a second overall, about 1 a second in a chat with short bursts, 20 a
    /// minute in a group.
    fn default() -> Self {
        let rate = |burst, per_second| Rate { burst, per_second };
        Self {
            overall: rate(30.0, 30.0),
            private: rate(3.0, 1.0),
            group: rate(10.0, 20.0 / 60.0),
        }
    }
}

impl Pacing {
    /// No limits, for tests of other things.
    pub fn none() -> Self {
        let rate = Rate {
            burst: 1e9,
            per_second: 1e9,
        };
        Self {
            overall: rate,
            private: rate,
            group: rate,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    level: f64,
    at_ms: u64,
}

impl Bucket {
    fn fill(&mut self, rate: Rate, now_ms: u64) {
        let passed = now_ms.saturating_sub(self.at_ms) as f64 / 1000.0;
        self.level = (self.level + passed * rate.per_second).min(rate.burst);
        self.at_ms = now_ms;
    }

    /// Milliseconds until one more may go; 0 = now.
    fn wait(&self, rate: Rate) -> u64 {
        if self.level >= 1.0 {
            return 0;
        }
        // At most some minutes, far inside what the cast can hold.
        ((1.0 - self.level) / rate.per_second * 1000.0).ceil() as u64
    }
}

/// Keeps count.
#[derive(Debug)]
pub struct Pacer {
    pacing: Pacing,
    overall: Bucket,
    chats: HashMap<ChatId, Bucket>,
}

/// Full buckets are forgotten when there are more than this.
const MANY_CHATS: usize = 10_000;

impl Pacer {
    /// With full buckets.
    pub fn new(pacing: Pacing, now_ms: u64) -> Self {
        Self {
            pacing,
            overall: Bucket {
                level: pacing.overall.burst,
                at_ms: now_ms,
            },
            chats: HashMap::new(),
        }
    }

    fn rate(&self, chat: ChatId) -> Rate {
        if chat.0 > 0 {
            self.pacing.private
        } else {
            self.pacing.group
        }
    }

    /// Milliseconds until a message may go to `chat`; 0 = now.
    pub fn wait(&mut self, chat: ChatId, now_ms: u64) -> u64 {
        let rate = self.rate(chat);
        self.overall.fill(self.pacing.overall, now_ms);
        let bucket = self.chats.entry(chat).or_insert(Bucket {
            level: rate.burst,
            at_ms: now_ms,
        });
        bucket.fill(rate, now_ms);
        bucket
            .wait(rate)
            .max(self.overall.wait(self.pacing.overall))
    }

    /// Counts a message that goes out now, waited for or not.
    pub fn count(&mut self, chat: ChatId, now_ms: u64) {
        self.wait(chat, now_ms);
        self.overall.level = (self.overall.level - 1.0).max(-self.pacing.overall.burst);
        let rate = self.rate(chat);
        if let Some(bucket) = self.chats.get_mut(&chat) {
            bucket.level = (bucket.level - 1.0).max(-rate.burst);
        }
        if self.chats.len() > MANY_CHATS {
            let pacing = self.pacing;
            self.chats.retain(|chat, bucket| {
                let rate = if chat.0 > 0 {
                    pacing.private
                } else {
                    pacing.group
                };
                bucket.fill(rate, now_ms);
                bucket.level < rate.burst
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many go to `chat` within `seconds`, if there are always more.
    fn sent(pacing: Pacing, chat: ChatId, seconds: u64) -> u32 {
        let mut pacer = Pacer::new(pacing, 0);
        let mut sent = 0;
        for now in 0..seconds * 1000 {
            while pacer.wait(chat, now) == 0 {
                pacer.count(chat, now);
                sent += 1;
            }
        }
        sent
    }

    #[test]
    fn limits_hold_in_the_long_run() {
        assert!((62..=63).contains(&sent(Pacing::default(), ChatId(7), 60)));
        assert!((49..=51).contains(&sent(Pacing::default(), ChatId(-7), 120)));
    }

    #[test]
    fn chats_do_not_wait_for_each_other() {
        let mut pacer = Pacer::new(Pacing::default(), 0);
        for _ in 0..3 {
            pacer.count(ChatId(1), 0);
        }
        assert_eq!(pacer.wait(ChatId(1), 0), 1000);
        assert_eq!(pacer.wait(ChatId(2), 0), 0);
        assert_eq!(pacer.wait(ChatId(1), 600), 400);
    }

    #[test]
    fn the_whole_has_a_limit_too() {
        let mut pacer = Pacer::new(Pacing::default(), 0);
        for chat in 1..=30 {
            pacer.count(ChatId(chat), 0);
        }
        assert!(pacer.wait(ChatId(99), 0) > 0);
        assert_eq!(pacer.wait(ChatId(99), 100), 0);
    }
}
