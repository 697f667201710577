//! What the sender does with rows that are over: they gather and are committed in batches, one
//! at a time, while calls go out and come back. A batch that fails is tried again with what has
//! gathered since.

use std::time::Duration;

use tokio::task::JoinError;
use tokio::time::Instant;

use crate::store::StoreError;
use crate::store::outbox::{End, Settled};
use crate::telegram::send::{Job, Settlement};

use super::super::backoff;
use super::super::counters::Counters;
use super::super::handler::Handler;
use super::queue::Unsettled;
use super::settle::{self, Ended};
use super::{FIRST_PAUSE, Sender};

/// A settled batch is committed when it is so big …
const SETTLE_ROWS: usize = 64;
/// … or when its oldest row waits so long.
const SETTLE_AFTER: Duration = Duration::from_millis(20);
/// … or when nothing is on its way and no batch was begun for so long: under load each gathers a
/// few rows more.
const SETTLE_GAP: Duration = Duration::from_millis(5);

impl<H: Handler> Sender<H> {
    pub(super) fn settled(&mut self, job: Job, settlement: Settlement) {
        match &settlement.end {
            End::Dead(error) => {
                Counters::add(&self.shared.counters.undelivered, 1);
                tracing::error!(row = job.row.id, %error, "not delivered; see `ks-order dead`");
            }
            End::Unreachable(_) => Counters::add(&self.shared.counters.unreachable, 1),
            End::Done { .. } | End::Superseded => {}
        }
        self.ended
            .extend(self.replaced.remove(&job.row.id).unwrap_or_default());
        let now = self.now_ms();
        let changes = &settlement.changes;
        let unsettled = Unsettled {
            id: job.row.id,
            card: job.row.card,
            takes: job.row.takes,
            messages: changes.iter().map(|change| change.message_id).collect(),
        };
        self.queues.landed(job.row.chat, unsettled, now);
        let ended = Ended {
            settled: Settled {
                id: job.row.id,
                end: settlement.end,
                attempts: job.attempts + 1,
            },
            chat: job.row.chat,
            changes: settlement.changes,
            file: settlement.file,
            heard: settlement.heard,
            posted: None,
        };
        self.end(ended);
    }

    fn end(&mut self, ended: Ended) {
        self.oldest_end.get_or_insert_with(Instant::now);
        self.ended.push(ended);
    }

    pub(super) fn settle_pause(&self) -> Duration {
        match self.settle_failures {
            0 => Duration::ZERO,
            failures => backoff::pause(FIRST_PAUSE, Duration::from_secs(2), failures - 1, 50),
        }
    }

    pub(super) fn settle_if_due(&mut self) {
        let Some(oldest) = self.oldest_end else {
            return;
        };
        let waited = oldest.elapsed();
        let enough = self.settle_failures == 0
            && (self.ended.len() >= SETTLE_ROWS || self.flying.is_empty() && self.is_calm());
        if self.settles.is_empty() && (enough || waited >= SETTLE_AFTER + self.settle_pause()) {
            self.settle();
        }
    }

    /// When the next batch is to be committed, if nothing more ends.
    pub(super) fn settle_at(&self, oldest: Instant) -> Instant {
        let at_last = oldest + SETTLE_AFTER + self.settle_pause();
        match self.settled_at {
            Some(last) if self.flying.is_empty() => at_last.min(last + SETTLE_GAP),
            _ => at_last,
        }
    }

    fn is_calm(&self) -> bool {
        self.settled_at
            .is_none_or(|last| last.elapsed() >= SETTLE_GAP)
    }

    /// Begins to commit what has ended; calls go out and come back meanwhile.
    fn settle(&mut self) {
        if self.ended.is_empty() {
            return;
        }
        let mut batch = std::mem::take(&mut self.ended);
        self.oldest_end = None;
        self.settled_at = Some(Instant::now());
        self.settling = batch.len();
        let shared = self.shared.clone();
        self.settles.spawn(async move {
            let result = settle::commit(&shared, &mut batch).await;
            (batch, result)
        });
    }

    /// Waits until all that has ended is committed, or could not be.
    pub(super) async fn settle_all(&mut self) {
        self.await_settles().await;
        self.settle();
        self.await_settles().await;
    }

    async fn await_settles(&mut self) {
        while let Some(done) = self.settles.join_next().await {
            self.committed(done);
        }
    }

    pub(super) fn committed(
        &mut self,
        done: Result<(Vec<Ended>, Result<(), StoreError>), JoinError>,
    ) {
        self.settling = 0;
        let (mut batch, result) = match done {
            Ok(done) => done,
            // A fault of ours, which must not look like a sender that has nothing to do.
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => return, // only when the runtime itself ends
        };
        match result {
            Ok(()) => {
                self.settle_failures = 0;
                Counters::add(&self.shared.counters.settled, batch.len() as u64);
                let now = self.now_ms();
                for ended in batch {
                    let dead = matches!(ended.settled.end, End::Dead(_));
                    self.queues.forget(ended.settled.id, dead);
                    self.queues.settled(ended.chat, ended.settled.id, now);
                }
            }
            Err(error) => {
                Counters::add(&self.shared.counters.store_errors, 1);
                tracing::warn!(%error, source = ?error.source, "sent rows wait to be settled");
                self.settle_failures = self.settle_failures.saturating_add(1);
                batch.append(&mut self.ended);
                self.ended = batch;
                self.oldest_end = Some(Instant::now());
            }
        }
    }
}
