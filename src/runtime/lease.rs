//! Whether this instance is the one that polls and sends.
//!
//! On SQLite it always is: no second process can have the file. On PostgreSQL it is as long as it
//! holds the lease, which it renews every 2 s and trusts for 6 s of its own monotonic clock from
//! before it asked. Losing it stops polling and sending; turns go on.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use crate::store::{Db, Engine, StoreError, leases};

use super::clock::Clock;
use super::engine::Shared;
use super::handler::Handler;

const NAME: &str = "poll and send";
const RENEW_EVERY: Duration = Duration::from_secs(2);
const SPAN_MS: i64 = 6_000;

/// The lease, as far as this instance knows.
#[derive(Debug)]
pub(super) struct Lease {
    /// Monotonic milliseconds up to which it is held.
    until: AtomicU64,
    /// Monotonic milliseconds up to which somebody holds it, we or another.
    somebody: AtomicU64,
    changed: Notify,
}

impl Lease {
    /// For ever on SQLite; not yet on PostgreSQL.
    pub(super) fn new(engine: Engine) -> Self {
        let until = match engine {
            Engine::Sqlite => u64::MAX,
            Engine::Postgres => 0,
        };
        Self {
            until: AtomicU64::new(until),
            somebody: AtomicU64::new(until),
            changed: Notify::new(),
        }
    }

    pub(super) fn is_held(&self, clock: &Clock) -> bool {
        clock.monotonic_ms() < self.until.load(Ordering::SeqCst)
    }

    /// Whether anybody holds it, as far as was heard lately.
    pub(super) fn is_somebodys(&self, clock: &Clock) -> bool {
        clock.monotonic_ms() < self.somebody.load(Ordering::SeqCst)
    }

    /// Waits until it is held.
    pub(super) async fn held(&self, clock: &Clock) {
        while !self.is_held(clock) {
            let again = tokio::time::sleep(RENEW_EVERY);
            tokio::select! {
                () = self.changed.notified() => {}
                () = again => {}
            }
        }
    }

    /// Asks the database once.
    pub(super) async fn renew(&self, db: &Db, clock: &Clock) -> Result<bool, StoreError> {
        let asked = clock.monotonic_ms();
        let mut tx = db.begin().await?;
        let held = leases::take(&mut tx, NAME, db.instance(), SPAN_MS).await?;
        tx.commit().await?;
        let until = if held {
            asked + SPAN_MS.unsigned_abs()
        } else {
            0
        };
        self.until.store(until, Ordering::SeqCst);
        // It was not given to us: then another has it.
        let somebody = asked + SPAN_MS.unsigned_abs();
        self.somebody.store(somebody, Ordering::SeqCst);
        self.changed.notify_waiters();
        Ok(held)
    }
}

/// Renews it until the engine stops, then gives it back.
pub(super) async fn run<H: Handler>(shared: Arc<Shared<H>>) {
    if shared.db.engine() == Engine::Sqlite {
        // Held for ever; a loop that ends counts as broken.
        return shared.stopped().await;
    }
    let mut held = shared.lease.is_held(&shared.clock);
    while !shared.is_stopping() {
        tokio::select! {
            () = tokio::time::sleep(RENEW_EVERY) => {}
            () = shared.stopped() => break,
        }
        match shared.lease.renew(&shared.db, &shared.clock).await {
            Ok(now) if now != held => {
                held = now;
                if held {
                    tracing::info!("this instance polls and sends now");
                    shared.rescan.notify_one();
                } else {
                    tracing::warn!("another instance polls and sends now");
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, source = ?error.source, "the lease can't be renewed");
            }
        }
    }
}

/// Gives the lease back, so that another instance need not wait.
pub(super) async fn give_back(db: &Db) {
    if db.engine() == Engine::Sqlite {
        return;
    }
    let give = async {
        let mut tx = db.begin().await?;
        leases::give(&mut tx, NAME, db.instance()).await?;
        tx.commit().await
    };
    if let Err(error) = give.await {
        tracing::debug!(%error, "the lease ends by itself");
    }
}
