//! What happens by the clock: due timers become events, posted events find their lanes, old
//! bodies are removed.

use std::sync::Arc;
use std::time::Duration;

use crate::chat::EventKind;
use crate::kernel::time::DAY;
use crate::kernel::{ChatId, Timestamp};
use crate::store::inbox::NewInternal;
use crate::store::timers::Timer;
use crate::store::{StoreError, cards, inbox, outbox, timers};
use crate::telegram::incoming::chat_event;

use super::alarm::Alarm;
use super::counters::Counters;
use super::engine::Shared;
use super::handler::Handler;

const TICK: Duration = Duration::from_millis(250);
/// Timers that become due at once are moved in portions.
const PORTION: i64 = 200;
/// Cleaning takes about a thousand rows at a time.
const CLEAN_EVERY: Duration = Duration::from_secs(60);
/// Ids of updates are kept at least so long: Telegram repeats for 24 hours.
const KEEP_IDS_DAYS: i64 = 3;
/// No lane is held longer; one that is was held by a clock that has since been set back.
const LONGEST_HOLD_MS: i64 = 60_000;

pub(super) async fn run<H: Handler>(shared: Arc<Shared<H>>) {
    let mut cleaned = tokio::time::Instant::now();
    let mut alarm = Alarm::new();
    while !shared.is_stopping() {
        match step(&shared).await {
            Ok(true) => continue, // there may be more
            Ok(false) => {}
            Err(error) => {
                Counters::add(&shared.counters.store_errors, 1);
                tracing::warn!(%error, source = ?error.source, "the tick failed");
            }
        }
        if let Err(error) = alarm.look(&shared).await {
            tracing::warn!(%error, source = ?error.source, "nobody looks for alarms");
        }
        if cleaned.elapsed() > CLEAN_EVERY {
            cleaned = tokio::time::Instant::now();
            if let Err(error) = clean(&shared).await {
                tracing::warn!(%error, source = ?error.source, "cleaning failed");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            () = shared.clock.moved() => {}
            () = shared.stopped() => {}
        }
    }
}

/// Looks without writing first; gives whether something was done.
async fn step<H: Handler>(shared: &Shared<H>) -> Result<bool, StoreError> {
    let (business, now) = (shared.clock.business(), shared.clock.now());
    let mut tx = shared.db.read().await?;
    let due = timers::next(&mut tx)
        .await?
        .is_some_and(|due| due <= business);
    let waiting = inbox::waiting(&mut tx).await?;
    tx.commit().await?;
    // Another instance may have stored what is due now.
    let is_due = waiting.next_due.is_some_and(|due| due <= now.millis());
    if is_due && shared.lease.is_together() {
        shared.work.notify_one();
    }
    let held_too_long = waiting
        .next_due
        .is_some_and(|due| due > now.plus(LONGEST_HOLD_MS).millis());
    if !due && !waiting.posted && !held_too_long {
        return Ok(false);
    }
    let mut tx = shared.db.begin().await?;
    if held_too_long {
        inbox::release_held(&mut tx, now).await?;
    }
    let due = timers::take_due(&mut tx, business, PORTION).await?;
    let mut places = shared.places(&mut tx).await?;
    let events: Vec<NewInternal> = due
        .into_iter()
        .map(|timer| event(timer, shared.next_place(&mut places)))
        .collect();
    inbox::post(&mut tx, &events, now).await?;
    tx.commit().await?;
    // A turn may want a timer while the relay wants its lane: not both in one transaction.
    let mut tx = shared.db.begin().await?;
    let moved = inbox::relay(&mut tx, now).await?;
    tx.commit().await?;
    if moved > 0 {
        shared.work.notify_one();
    }
    Ok(moved > 0)
}

fn event(timer: Timer, id: i64) -> NewInternal {
    let chat = timer
        .lane
        .split('/')
        .next()
        .and_then(|chat| chat.parse().ok());
    let event = chat_event(
        ChatId(chat.unwrap_or_default()),
        EventKind::Timer {
            kind: timer.kind,
            key: timer.name,
        },
    );
    internal(id, timer.lane, &event, None)
}

/// An event as a row of the inbox.
pub(super) fn internal(
    id: i64,
    lane: String,
    event: &crate::chat::Event,
    cause: Option<i64>,
) -> NewInternal {
    NewInternal {
        id,
        lane,
        // Events are plain values: this can't fail; an empty text would end as a dead letter.
        text: serde_json::to_string(event).unwrap_or_default(),
        cause,
    }
}

async fn clean<H: Handler>(shared: &Shared<H>) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let days = |days: i64| Timestamp(now.millis().saturating_sub(days.saturating_mul(DAY)));
    let keep = shared.config.keep_days;
    let (bodies, rows) = (days(keep), days(keep.max(KEEP_IDS_DAYS)));
    let mut tx = shared.db.begin().await?;
    inbox::forget(&mut tx, bodies, rows).await?;
    outbox::forget(&mut tx, bodies, rows).await?;
    cards::forget(&mut tx, rows).await?;
    tx.commit().await
}
