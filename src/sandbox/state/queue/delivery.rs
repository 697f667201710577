//! Which updates go to a webhook when: several at once, those of one chat in order, each again
//! until the bot takes it.
//!
//! As Telegram does: messages of one chat wait for each other, taps of one person wait for each
//! other, and nothing else keeps an order. A `Reorder` fault lifts even that.

use std::collections::HashSet;

use serde_json::Value;

use super::super::super::meter::Subject;
use super::Queue;

const FIRST_PAUSE_MS: i64 = 200;
const LONGEST_PAUSE_MS: i64 = 10_000;

/// Where an update is on its way to a webhook.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flight {
    in_air: bool,
    /// Not before (steady clock).
    not_before_ms: i64,
    tries: u32,
}

/// One update to be posted.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Delivery {
    /// None for one that is sent once more although it was taken.
    pub id: Option<i64>,
    pub json: String,
    /// What it is about, at its first delivery.
    pub subject: Option<Subject>,
}

/// What waits for what: the same key keeps its order.
pub(super) fn key_of(kind: &str, body: &Value) -> String {
    let id = |path: &str| body.pointer(path).and_then(Value::as_i64).unwrap_or(0);
    match kind {
        "callback_query" | "inline_query" | "pre_checkout_query" | "shipping_query" => {
            format!("{kind} {}", id("/from/id"))
        }
        _ => format!("chat {}", id("/chat/id")),
    }
}

impl Queue {
    /// At most `room` updates whose turn it is; they are in the air from now on.
    pub fn take_deliveries(&mut self, room: usize, now_ms: i64, steady_ms: i64) -> Vec<Delivery> {
        self.release_late(now_ms, steady_ms);
        self.forget_expired(now_ms);
        let mut taken = Vec::new();
        while taken.len() < room
            && let Some(json) = self.again.pop_front()
        {
            taken.push(Delivery {
                id: None,
                json,
                subject: None,
            });
        }
        let mixed = self.reorder > 0;
        let mut found = self.next_in_line(room - taken.len(), steady_ms, mixed);
        if mixed && found.len() > 1 {
            self.reorder -= 1;
        }
        for at in found.drain(..) {
            if let Some(update) = self.waiting.get_mut(at) {
                update.flight.in_air = true;
                taken.push(Delivery {
                    id: Some(update.id),
                    json: update.json.clone(),
                    subject: update.subject.take(),
                });
            }
        }
        taken
    }

    /// Places in the queue; `mixed`: the newest first, whatever they wait for.
    fn next_in_line(&self, room: usize, steady_ms: i64, mixed: bool) -> Vec<usize> {
        let is_due = |at: &usize| {
            self.waiting.get(*at).is_some_and(|update| {
                !update.flight.in_air && update.flight.not_before_ms <= steady_ms
            })
        };
        if mixed {
            return (0..self.waiting.len())
                .rev()
                .filter(is_due)
                .take(room)
                .collect();
        }
        let mut busy: HashSet<&str> = HashSet::new();
        let mut found = Vec::new();
        for (at, update) in self.waiting.iter().enumerate() {
            if found.len() == room {
                break;
            }
            if busy.insert(&update.key) && is_due(&at) {
                found.push(at);
            }
        }
        found
    }

    /// How a delivery ended.
    pub fn settle(&mut self, delivery: &Delivery, taken: bool, steady_ms: i64) {
        let Some(id) = delivery.id else {
            if !taken {
                self.again.push_back(delivery.json.clone());
            }
            return;
        };
        let Some(at) = self.waiting.iter().position(|update| update.id == id) else {
            return; // expired, or confirmed by getUpdates meanwhile
        };
        if taken {
            self.waiting.remove(at);
        } else if let Some(update) = self.waiting.get_mut(at) {
            let flight = &mut update.flight;
            let pause = FIRST_PAUSE_MS << flight.tries.min(8);
            flight.in_air = false;
            flight.tries += 1;
            flight.not_before_ms = steady_ms + pause.min(LONGEST_PAUSE_MS);
        }
    }

    /// A new webhook is tried at once.
    pub fn hurry(&mut self) {
        for update in &mut self.waiting {
            update.flight.not_before_ms = 0;
            update.flight.tries = 0;
        }
    }

    /// When the next delivery is due that is not yet (steady clock).
    pub fn next_delivery_ms(&self, steady_ms: i64) -> Option<i64> {
        let pauses = self.waiting.iter().filter(|update| !update.flight.in_air);
        let pauses = pauses.map(|update| update.flight.not_before_ms);
        let pauses = pauses.chain(self.next_late_ms());
        pauses.filter(|at| *at > steady_ms).min()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::super::faults::UpdateFault;
    use super::*;

    fn message(queue: &mut Queue, chat: i64) {
        queue.push("message", json!({"chat": {"id": chat}}), 0, 0, None);
    }

    fn ids(taken: &[Delivery]) -> Vec<i64> {
        taken.iter().filter_map(|one| one.id).collect()
    }

    #[test]
    fn one_chat_keeps_its_order_and_others_go_beside_it() {
        let mut queue = Queue::new(0);
        let first = queue.next_id;
        message(&mut queue, 7);
        message(&mut queue, 7);
        message(&mut queue, 8);
        queue.push("callback_query", json!({"from": {"id": 7}}), 0, 0, None);
        let taken = queue.take_deliveries(40, 0, 0);
        assert_eq!(ids(&taken), [first, first + 2, first + 3]);
        assert!(queue.take_deliveries(40, 0, 0).is_empty());
        queue.settle(&taken[0], true, 0);
        assert_eq!(ids(&queue.take_deliveries(40, 0, 0)), [first + 1]);
    }

    #[test]
    fn what_the_bot_does_not_take_comes_again_later_and_blocks_its_chat() {
        let mut queue = Queue::new(0);
        let first = queue.next_id;
        message(&mut queue, 7);
        message(&mut queue, 7);
        let taken = queue.take_deliveries(1, 0, 0);
        queue.settle(&taken[0], false, 0);
        assert!(queue.take_deliveries(40, 0, FIRST_PAUSE_MS - 1).is_empty());
        assert_eq!(queue.next_delivery_ms(0), Some(FIRST_PAUSE_MS));
        assert_eq!(ids(&queue.take_deliveries(40, 0, FIRST_PAUSE_MS)), [first]);
        // Long polling knows of no such pauses.
        assert!(queue.batch(100, 0, 0).is_some());
    }

    #[test]
    fn reordered_ones_come_newest_first_and_repeated_ones_once_more() {
        let mut queue = Queue::new(0);
        let first = queue.next_id;
        message(&mut queue, 7);
        let fault = Some(UpdateFault::Reorder);
        queue.push("message", json!({"chat": {"id": 7}}), 0, 0, fault);
        assert_eq!(ids(&queue.take_deliveries(40, 0, 0)), [first + 1, first]);
        let fault = Some(UpdateFault::Duplicate);
        queue.push("message", json!({"chat": {"id": 8}}), 0, 0, fault);
        let taken = queue.take_deliveries(40, 0, 0);
        assert_eq!((taken.len(), taken[0].id), (2, None));
        assert_eq!(taken[0].json, taken[1].json);
    }
}
