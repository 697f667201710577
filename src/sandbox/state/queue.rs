//! The updates that wait for the bot: numbered, kept until confirmed or expired, filtered by what
//! the bot asked for. Plus what tests do to them: twice, late, out of order.

mod delivery;

use std::collections::{HashSet, VecDeque};

use serde_json::{Value, json};

use super::super::faults::UpdateFault;
use super::super::meter::{Subject, subject_of};
use super::webhook::Webhook;

pub(in crate::sandbox) use delivery::Delivery;
use delivery::{Flight, key_of};

const DAY_MS: i64 = 24 * 3600 * 1000;
/// After so long without updates the numbers start anew somewhere else.
const QUIET_MS: i64 = 7 * DAY_MS;
/// Never sent unless asked for by name.
const ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];
/// A wrong offset more than this ahead of the newest update is ignored, as Telegram does.
const FUTURE: i64 = 10;

struct Waiting {
    id: i64,
    expires_ms: i64,
    json: String,
    /// What it is about, until it was handed out.
    subject: Option<Subject>,
    /// What keeps its order towards a webhook.
    key: String,
    flight: Flight,
}

pub(in crate::sandbox) struct Queue {
    waiting: VecDeque<Waiting>,
    next_id: i64,
    last_ms: i64,
    /// Sent once more although confirmed.
    again: VecDeque<String>,
    /// Kept back until the steady clock says so.
    late: Vec<(i64, &'static str, Value)>,
    reorder: usize,
    allowed: Option<HashSet<String>>,
    pub webhook: Option<Webhook>,
    /// Which long poll is the newest; an older one that still waits is a conflict.
    pub poll: u64,
    pub taken_over_by_webhook: bool,
    /// When a bot last asked (steady clock).
    pub asked_ms: Option<i64>,
    /// Polls that wait right now.
    pub polling: usize,
    pub conflict_ms: Option<i64>,
}

impl Queue {
    pub fn new(now_ms: i64) -> Self {
        Self {
            waiting: VecDeque::new(),
            next_id: scattered(now_ms),
            last_ms: now_ms,
            again: VecDeque::new(),
            late: Vec::new(),
            reorder: 0,
            allowed: None,
            webhook: None,
            poll: 0,
            taken_over_by_webhook: false,
            asked_ms: None,
            polling: 0,
            conflict_ms: None,
        }
    }

    pub fn push(
        &mut self,
        kind: &'static str,
        body: Value,
        now_ms: i64,
        steady_ms: i64,
        fault: Option<UpdateFault>,
    ) {
        let wanted = match &self.allowed {
            Some(allowed) => allowed.contains(kind),
            None => !ON_REQUEST.contains(&kind),
        };
        if !wanted {
            return;
        }
        match fault {
            Some(UpdateFault::Delay(ms)) => self.late.push((steady_ms + ms, kind, body)),
            Some(UpdateFault::Duplicate) => {
                let json = self.enqueue(kind, &body, now_ms);
                self.again.push_back(json);
            }
            Some(UpdateFault::Retap) => {
                self.enqueue(kind, &body, now_ms);
                self.enqueue(kind, &body, now_ms);
            }
            Some(UpdateFault::Reorder) => {
                self.enqueue(kind, &body, now_ms);
                self.reorder += 1;
            }
            None => {
                self.enqueue(kind, &body, now_ms);
            }
        }
    }

    fn enqueue(&mut self, kind: &'static str, body: &Value, now_ms: i64) -> String {
        if now_ms - self.last_ms > QUIET_MS && self.waiting.is_empty() {
            self.next_id = scattered(now_ms);
        }
        self.last_ms = now_ms;
        let id = self.next_id;
        self.next_id += 1;
        let keep_ms = match kind {
            "callback_query" | "pre_checkout_query" | "shipping_query" => 150_000,
            "inline_query" => 30_000,
            _ => DAY_MS,
        };
        let json = format!("{{\"update_id\":{id},\"{kind}\":{body}}}");
        self.waiting.push_back(Waiting {
            id,
            expires_ms: now_ms + keep_ms,
            json: json.clone(),
            subject: subject_of(kind, body),
            key: key_of(kind, body),
            flight: Flight::default(),
        });
        json
    }

    /// Confirms what is below `offset` (negative: all but the last so many).
    pub fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let keep = usize::try_from(-offset).unwrap_or(usize::MAX);
            while self.waiting.len() > keep {
                self.waiting.pop_front();
            }
        } else if offset > 0 && offset <= self.next_id + FUTURE {
            while self
                .waiting
                .front()
                .is_some_and(|update| update.id < offset)
            {
                self.waiting.pop_front();
            }
        }
    }

    /// At most `limit` updates as a JSON list; `None` if there are none.
    pub fn batch(&mut self, limit: usize, now_ms: i64, steady_ms: i64) -> Option<String> {
        self.release_late(now_ms, steady_ms);
        self.forget_expired(now_ms);
        let mut batch: Vec<&str> = self
            .waiting
            .iter()
            .filter(|update| update.expires_ms > now_ms)
            .take(limit)
            .map(|update| update.json.as_str())
            .collect();
        if self.reorder > 0 && batch.len() > 1 {
            self.reorder -= 1;
            batch.reverse();
        }
        let room = limit.saturating_sub(batch.len()).min(self.again.len());
        let again: Vec<String> = self.again.drain(..room).collect();
        // A repeated one comes before anything newer of the same batch, as a late network would.
        let mut all: Vec<&str> = again.iter().map(String::as_str).collect();
        all.extend(batch);
        (!all.is_empty()).then(|| format!("[{}]", all.join(",")))
    }

    /// What the updates are about that are handed out now for the first time.
    pub fn first_of(&mut self, limit: usize) -> impl Iterator<Item = Subject> {
        let waiting = self.waiting.iter_mut().take(limit);
        waiting.filter_map(|update| update.subject.take())
    }

    /// Drops what has expired at the head; the rest is skipped when read.
    fn forget_expired(&mut self, now_ms: i64) {
        let expired = |update: &Waiting| update.expires_ms <= now_ms;
        while self.waiting.front().is_some_and(expired) {
            self.waiting.pop_front();
        }
    }

    fn release_late(&mut self, now_ms: i64, steady_ms: i64) {
        if self.late.is_empty() {
            return;
        }
        let (due, late) = std::mem::take(&mut self.late)
            .into_iter()
            .partition(|(at, _, _)| *at <= steady_ms);
        self.late = late;
        let due: Vec<(i64, &'static str, Value)> = due;
        for (_, kind, body) in due {
            self.enqueue(kind, &body, now_ms);
        }
    }

    /// When the next late update is due (steady clock).
    pub fn next_late_ms(&self) -> Option<i64> {
        self.late.iter().map(|(at, _, _)| *at).min()
    }

    /// Sets the kinds the bot wants; an empty list is the default.
    pub fn allow(&mut self, kinds: &[String]) {
        self.allowed = (!kinds.is_empty()).then(|| kinds.iter().cloned().collect());
    }

    pub fn allowed_json(&self) -> Option<Value> {
        self.allowed.as_ref().map(|kinds| {
            let mut kinds: Vec<&String> = kinds.iter().collect();
            kinds.sort();
            json!(kinds)
        })
    }

    pub fn pending(&self) -> usize {
        self.waiting.len() + self.late.len()
    }

    pub fn clear(&mut self) {
        self.waiting.clear();
        self.late.clear();
        self.again.clear();
    }
}

/// A start for the numbers that says nothing about earlier ones.
fn scattered(now_ms: i64) -> i64 {
    let mixed = now_ms
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    100_000_000 + (mixed >> 33).rem_euclid(800_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(batch: Option<String>) -> Vec<i64> {
        let Some(batch) = batch else {
            return Vec::new();
        };
        let batch: Vec<Value> = serde_json::from_str(&batch).unwrap();
        batch
            .iter()
            .map(|update| update["update_id"].as_i64().unwrap())
            .collect()
    }

    fn filled(n: usize) -> (Queue, i64) {
        let mut queue = Queue::new(0);
        let first = queue.next_id;
        for _ in 0..n {
            queue.push("message", json!({}), 0, 0, None);
        }
        (queue, first)
    }

    #[test]
    fn updates_come_again_until_a_higher_offset_confirms_them() {
        let (mut queue, first) = filled(3);
        assert_eq!(ids(queue.batch(2, 0, 0)), [first, first + 1]);
        assert_eq!(ids(queue.batch(2, 0, 0)), [first, first + 1]);
        queue.confirm(first + 2);
        assert_eq!(ids(queue.batch(2, 0, 0)), [first + 2]);
    }

    #[test]
    fn a_negative_offset_forgets_all_but_the_last() {
        let (mut queue, first) = filled(5);
        queue.confirm(-2);
        assert_eq!(ids(queue.batch(100, 0, 0)), [first + 3, first + 4]);
    }

    #[test]
    fn an_offset_far_in_the_future_forgets_nothing() {
        let (mut queue, first) = filled(1);
        queue.confirm(first + 1_000);
        assert_eq!(ids(queue.batch(100, 0, 0)), [first]);
    }

    #[test]
    fn taps_expire_after_150_seconds_and_messages_after_a_day() {
        let mut queue = Queue::new(0);
        let first = queue.next_id;
        queue.push("message", json!({}), 0, 0, None);
        queue.push("callback_query", json!({}), 0, 0, None);
        assert_eq!(ids(queue.batch(100, 149_999, 0)), [first, first + 1]);
        assert_eq!(ids(queue.batch(100, 150_000, 0)), [first]);
        assert!(ids(queue.batch(100, DAY_MS, 0)).is_empty());
    }

    #[test]
    fn kinds_not_asked_for_are_never_queued() {
        let (mut queue, _) = filled(0);
        queue.push("chat_member", json!({}), 0, 0, None);
        queue.allow(&["callback_query".into()]);
        queue.push("message", json!({}), 0, 0, None);
        assert!(ids(queue.batch(100, 0, 0)).is_empty());
    }

    #[test]
    fn numbers_start_anew_after_a_quiet_week() {
        let (mut queue, first) = filled(1);
        queue.confirm(first + 1);
        queue.push("message", json!({}), 8 * DAY_MS, 0, None);
        let anew = ids(queue.batch(1, 8 * DAY_MS, 0));
        assert_ne!(anew, [first + 1]);
    }

    #[test]
    fn faults_repeat_delay_and_reorder() {
        let (mut queue, first) = filled(0);
        queue.push("message", json!({}), 0, 0, Some(UpdateFault::Duplicate));
        queue.push("message", json!({}), 0, 0, Some(UpdateFault::Retap));
        assert_eq!(
            ids(queue.batch(100, 0, 0)),
            [first, first, first + 1, first + 2]
        );
        queue.confirm(first + 3);
        queue.push("message", json!({}), 0, 0, Some(UpdateFault::Delay(50)));
        assert!(ids(queue.batch(100, 0, 49)).is_empty());
        assert_eq!(ids(queue.batch(100, 0, 50)), [first + 3]);
        queue.push("message", json!({}), 0, 50, Some(UpdateFault::Reorder));
        assert_eq!(ids(queue.batch(100, 0, 50)), [first + 4, first + 3]);
    }
}
