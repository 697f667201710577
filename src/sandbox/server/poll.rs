//! `getUpdates`: waits for updates, and for another bot that takes over.

use std::time::Duration;

use tokio::time::Instant;

use super::{
    super::{
        api::{error::ApiError, params::Params},
        emulator::Shared,
        meter::Happened,
    },
    Outcome, log,
};

/// A second conflict within this time is answered only after it, as Telegram does.
const CONFLICT_PAUSE_MS: i64 = 3_000;
const LONGEST_POLL_S: i64 = 50;

/// Marks a waiting poll for as long as it waits, also when its client goes away.
struct Polling<'a>(&'a Shared);

impl Drop for Polling<'_> {
    fn drop(&mut self) {
        self.0.act(|state| {
            state.queue.polling = state.queue.polling.saturating_sub(1);
            state.queue.asked_ms = Some(state.clock.steady_ms());
        });
    }
}

pub(super) async fn poll(shared: &Shared, params: &Params) -> Outcome {
    let limit = match params.int("limit") {
        0 => 100,
        limit => usize::try_from(limit.clamp(1, 100)).unwrap_or(100),
    };
    let timeout = params.int("timeout").clamp(0, LONGEST_POLL_S);
    let end = Instant::now() + Duration::from_secs(u64::try_from(timeout).unwrap_or_default());
    if shared.read(|state| state.queue.webhook.is_some()) {
        let words = "can't use getUpdates method while webhook is active; \
                     use deleteWebhook to delete the webhook first";
        return conflict(shared, words).await;
    }
    shared.act(|state| {
        state.queue.asked_ms = Some(state.clock.steady_ms());
        state.queue.polling += 1;
        state.allow_updates(params);
        state.queue.confirm(params.int("offset"));
    });
    let _waiting = Polling(shared);
    let mut mine = None;
    loop {
        let rung = shared.updates.notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        let (batch, (newest, by_webhook), late_ms, newer) = shared.act(|state| {
            let (now_ms, steady_ms) = (state.now_ms(), state.clock.steady_ms());
            let taken_over = mine.is_some_and(|mine| mine != state.queue.poll);
            let batch = if taken_over {
                None
            } else {
                state.queue.batch(limit, now_ms, steady_ms)
            };
            if batch.is_some() && state.meter.is_on() {
                let at = std::time::Instant::now();
                for subject in state.queue.first_of(limit) {
                    state.meter.tell(Happened::HandedOut { subject, at });
                }
            }
            let newer = batch.is_none() && timeout > 0 && mine.is_none();
            if newer {
                state.queue.poll += 1;
                state.queue.taken_over_by_webhook = false;
                mine = Some(state.queue.poll);
            }
            let late_ms = state.queue.next_late_ms().map(|at| (at - steady_ms).max(1));
            let newest = (state.queue.poll, state.queue.taken_over_by_webhook);
            (batch, newest, late_ms, newer)
        });
        if let Some(batch) = batch {
            return Outcome::Done(batch);
        }
        if timeout == 0 {
            return Outcome::Done("[]".into());
        }
        if mine.is_some_and(|mine| mine != newest) {
            let words = if by_webhook {
                "terminated by setWebhook request"
            } else {
                "terminated by other getUpdates request; \
                 make sure that only one bot instance is running"
            };
            return conflict(shared, words).await;
        }
        if newer {
            // Another that waits learns that it was taken over.
            shared.updates.notify_waiters();
        }
        let late = late_ms
            .and_then(|ms| u64::try_from(ms).ok())
            .map_or(end, |ms| {
                end.min(Instant::now() + Duration::from_millis(ms))
            });
        let timed_out = tokio::time::timeout_at(late, rung).await.is_err();
        if timed_out && Instant::now() >= end {
            return Outcome::Done("[]".into());
        }
    }
}

async fn conflict(shared: &Shared, words: &str) -> Outcome {
    let outcome = Outcome::Refused(ApiError::conflict(words));
    let pause = shared.act(|state| {
        let now_ms = state.clock.steady_ms();
        let again = state
            .queue
            .conflict_ms
            .is_some_and(|at| now_ms - at < CONFLICT_PAUSE_MS);
        if !again {
            state.queue.conflict_ms = Some(now_ms);
        }
        log(state, "getUpdates", &Params::default(), &outcome);
        again
    });
    if pause {
        let ms = u64::try_from(CONFLICT_PAUSE_MS).unwrap_or_default();
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
    outcome
}
