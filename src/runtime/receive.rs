//! Receives updates: stores each batch, then confirms it.
//!
//! A batch that can't be stored is tried again until it can; Telegram keeps it as long. Going
//! from polling to a webhook or back loses nothing: what is not confirmed comes the new way, and
//! what comes twice is known by its id.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::chat::EventKind;
use crate::kernel::CustomerId;
use crate::store::inbox::{self, NewUpdate};
use crate::store::{StoreError, Tx, customers};
use crate::telegram::client::CallError;
use crate::telegram::incoming;
use crate::telegram::receive::polling;
use crate::telegram::render::{Answer, TapAnswer};

use tokio::time::Instant;

use super::backoff::Backoff;
use super::counters::Counters;
use super::engine::Shared;
use super::handler::Handler;
use super::lease::Role;
use super::webhook::{self, Bound, WebhookConfig};

/// After a conflict: the other poller may have gone.
const CONFLICT_PAUSE: Duration = Duration::from_secs(3);
/// Between two polls: under load each brings a few updates more.
const POLL_GAP: Duration = Duration::from_millis(4);
/// So many conflicts in a row are a fault of the set-up.
pub(super) const MANY_CONFLICTS: u64 = 3;

/// How updates come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Receiving {
    /// We ask for them.
    #[default]
    Polling,
    /// We are called.
    Webhook(WebhookConfig),
}

/// Receives the way that is set, and goes over to another when that changes. `bound`: what is
/// listened on already.
pub(super) async fn run<H: Handler>(shared: Arc<Shared<H>>, mut bound: Option<Bound>) {
    let mut ways = shared.receiving.subscribe();
    while !shared.is_stopping() {
        let way = ways.borrow_and_update().clone();
        let mut changes = ways.clone();
        let ended = async {
            tokio::select! {
                // An error can't be: `shared` has the sender.
                _ = changes.changed() => {}
                () = shared.stopped() => {}
            }
        };
        shared.receiving_works(false);
        match way {
            Receiving::Polling => tokio::select! {
                () = poll(&shared) => {}
                () = ended => {}
            },
            Receiving::Webhook(config) => {
                webhook::run(&shared, &config, bound.take(), ended).await;
            }
        }
    }
}

/// Polls for ever. Dropped between two awaits it loses nothing: what is not confirmed comes
/// again, and the store's transactions survive being dropped.
async fn poll<H: Handler>(shared: &Arc<Shared<H>>) {
    let mut backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(30));
    shared.lease.held(Role::Poll, &shared.clock).await;
    while let Err(error) = shared.client.call(&polling::delete_webhook()).await {
        tracing::warn!(%error, "the webhook can't be removed yet");
        backoff.wait(shared.chance(0)).await;
    }
    backoff.reset();
    shared.receiving_works(true);
    let mut offset = None;
    let wait = Duration::from_secs(shared.config.poll_wait_s);
    loop {
        let begun = Instant::now();
        if !shared.lease.is_held(Role::Poll, &shared.clock) {
            // Another one polls: when it is our turn again, what it confirmed is behind us, and
            // ids may have begun anew.
            offset = None;
            shared.lease.held(Role::Poll, &shared.clock).await;
        }
        let params = polling::params(offset, shared.config.poll_wait_s);
        let answer = shared.client.updates(params, wait).await;
        let batch = match &answer {
            Ok(text) => polling::batch(text),
            Err(error) => Err(error.clone()),
        };
        match batch {
            Ok(batch) => {
                shared.counters.conflicts.store(0, Ordering::Relaxed);
                shared.receiving_works(true);
                backoff.reset();
                if let Some(last) = keep(shared, &batch).await {
                    offset = Some(last + 1);
                }
                tokio::time::sleep_until(begun + POLL_GAP).await;
            }
            Err(error) => pause(shared, &error, &mut backoff).await,
        }
    }
}

async fn pause<H: Handler>(shared: &Shared<H>, error: &CallError, backoff: &mut Backoff) {
    match error {
        CallError::RetryAfter(wait) => tokio::time::sleep(*wait).await,
        CallError::Refused { code: 409, .. } => {
            let before = shared.counters.conflicts.fetch_add(1, Ordering::Relaxed);
            if before + 1 >= MANY_CONFLICTS {
                shared.receiving_works(false);
            }
            if before + 1 == MANY_CONFLICTS {
                tracing::error!("another process polls with this token; stop one of the two");
            }
            tokio::time::sleep(CONFLICT_PAUSE).await;
        }
        _ => {
            shared.receiving_works(false);
            tracing::warn!(%error, "no updates from Telegram; trying again");
            backoff.wait(shared.chance(0)).await;
        }
    }
}

/// Stores a batch; gives the id of its last update, which may be confirmed then.
async fn keep<H: Handler>(shared: &Arc<Shared<H>>, batch: &[&str]) -> Option<i64> {
    let mut last = None;
    let mut updates = Vec::with_capacity(batch.len());
    for raw in batch {
        let Some(read) = incoming::read(raw, &shared.bot) else {
            tracing::error!("an update without an id; passed over");
            continue;
        };
        last = Some(read.update_id);
        updates.push(NewUpdate {
            id: 0,
            update_id: read.update_id,
            lane: read.lane,
            text: (*raw).to_owned(),
            may_skip: read.may_skip,
        });
    }
    if updates.is_empty() {
        return last;
    }
    let mut backoff = Backoff::new(Duration::from_millis(50), Duration::from_secs(2));
    while let Err(error) = store(shared, &mut updates).await {
        Counters::add(&shared.counters.store_errors, 1);
        tracing::warn!(%error, source = ?error.source, "updates wait to be stored");
        backoff.wait(shared.chance(0)).await;
    }
    shared.work.notify_one();
    last
}

/// Stores updates in a transaction of their own; those that are known already are passed over.
pub(super) async fn store<H: Handler>(
    shared: &Shared<H>,
    updates: &mut [NewUpdate],
) -> Result<(), StoreError> {
    let mut tx = shared.db.begin().await?;
    // Within the transaction: on SQLite ids then rise in the order of commits.
    let mut places = shared.places(&mut tx).await?;
    for update in updates.iter_mut() {
        update.id = shared.next_place(&mut places);
    }
    let recorded = inbox::record(&mut tx, updates, shared.clock.now()).await?;
    let answers = too_fast(shared, &mut tx, updates, &recorded.skipped).await?;
    tx.commit().await?;
    Counters::add(&shared.counters.received, recorded.new as u64);
    for answer in answers {
        shared.answer(Answer::Tap(answer));
    }
    Ok(())
}

/// Answers for the taps among skipped updates: a tap that is not handled must not spin either.
async fn too_fast<H: Handler>(
    shared: &Shared<H>,
    tx: &mut Tx,
    updates: &[NewUpdate],
    skipped: &[i64],
) -> Result<Vec<TapAnswer>, StoreError> {
    let mut words: BTreeMap<CustomerId, Option<String>> = BTreeMap::new();
    let mut answers = Vec::new();
    for update in updates.iter().filter(|update| skipped.contains(&update.id)) {
        let Some(read) = incoming::read(&update.text, &shared.bot) else {
            continue;
        };
        let (EventKind::Press(press), Some(sender)) = (read.event.kind, read.event.sender) else {
            continue;
        };
        let text = match words.entry(sender.id) {
            Entry::Occupied(said) => said.get().clone(),
            Entry::Vacant(new) => {
                let known = customers::find(tx, sender.id).await?;
                let locale = known.map(|known| known.locale);
                let language = sender.language.as_deref();
                let said = shared.handler.too_fast(locale.as_ref(), language);
                new.insert(said).clone()
            }
        };
        answers.push(TapAnswer {
            query_id: press.query_id,
            text,
            alert: false,
        });
    }
    Ok(answers)
}
