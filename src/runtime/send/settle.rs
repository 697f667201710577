//! Commits what became of sent rows: their ends, what messages show now, files, and what others
//! are to hear of it.

use crate::app::operations::alert;
use crate::chat::EventKind;
use crate::kernel::ChatId;
use crate::store::cards::CardChange;
use crate::store::inbox::{self, NewInternal};
use crate::store::outbox::{self, End, Settled};
use crate::store::{Engine, Kind, StoreError, Tx, cards, files};
use crate::telegram::incoming::{chat_event, group_lane, lane_of_chat};

use super::super::alarm;
use super::super::engine::Shared;
use super::super::handler::Handler;
use super::super::tick::internal;

/// A row at its end, not yet committed.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) settled: Settled,
    pub(super) chat: ChatId,
    pub(super) changes: Vec<CardChange>,
    pub(super) file: Option<(Vec<u8>, String)>,
    /// What its own chat is to hear of it.
    pub(super) heard: Option<Box<EventKind>>,
    /// Events for others, made once, so that a second try of the commit does not double them.
    pub(super) posted: Option<Vec<NewInternal>>,
}

/// Commits a batch; after an error all of it is tried again.
pub(super) async fn commit<H: Handler>(
    shared: &Shared<H>,
    batch: &mut [Ended],
) -> Result<(), StoreError> {
    let mut tx = shared.db.begin().await?;
    for ended in batch.iter_mut().filter(|ended| ended.posted.is_none()) {
        let mut events = events(ended);
        if !events.is_empty() {
            let mut places = shared.places(&mut tx).await?;
            for event in &mut events {
                event.id = shared.next_place(&mut places);
            }
        }
        ended.posted = Some(events);
    }
    let posted: Vec<NewInternal> = batch
        .iter()
        .filter_map(|ended| ended.posted.clone())
        .flatten()
        .collect();
    match write(shared, &mut tx, batch, &posted).await {
        Ok(()) => tx.commit().await?,
        // The commit before had no answer, but it had happened.
        Err(error) if error.kind == Kind::Unique("inbox".to_owned()) => drop(tx),
        Err(error) => return Err(error),
    }
    if !posted.is_empty() {
        shared.work.notify_one();
    }
    Ok(())
}

async fn write<H>(
    shared: &Shared<H>,
    tx: &mut Tx,
    batch: &[Ended],
    posted: &[NewInternal],
) -> Result<(), StoreError> {
    let now = shared.clock.now();
    inbox::post(tx, posted, now).await?;
    let rows: Vec<Settled> = batch.iter().map(|ended| ended.settled.clone()).collect();
    outbox::settle(tx, &rows, now).await?;
    if rows.iter().any(|row| matches!(row.end, End::Dead(_))) {
        alarm::raise(tx, &[alert::DEAD], shared.clock.business()).await?;
    }
    let changes: Vec<CardChange> = batch
        .iter()
        .flat_map(|ended| ended.changes.iter().cloned())
        .collect();
    cards::note(tx, &changes, now).await?;
    for (sha256, file_id) in batch.iter().filter_map(|ended| ended.file.as_ref()) {
        files::keep(tx, sha256, file_id, now).await?;
    }
    // On PostgreSQL a turn may hold the lane: the tick moves them.
    if !posted.is_empty() && tx.engine() == Engine::Sqlite {
        inbox::relay(tx, now).await?;
    }
    Ok(())
}

/// Who is to hear what; without ids yet.
fn events(ended: &Ended) -> Vec<NewInternal> {
    let mut events = Vec::new();
    let mut post = |lane: String, event| {
        events.push(internal(0, lane, &event, None));
    };
    if let Some(kind) = ended.heard.clone() {
        post(lane_of_chat(ended.chat), chat_event(ended.chat, *kind));
    }
    if let End::Unreachable(_) = ended.settled.end {
        let kind = if ended.chat.0 > 0 {
            EventKind::Reachable(false)
        } else {
            EventKind::Member {
                present: false,
                title: String::new(),
            }
        };
        post(lane_of_chat(ended.chat), chat_event(ended.chat, kind));
    }
    events
}

/// A group has another id: what waits for it goes there, and the shop hears of it.
pub(super) async fn migrate<H: Handler>(
    shared: &Shared<H>,
    old: ChatId,
    new: ChatId,
) -> Result<(), StoreError> {
    let event = chat_event(old, EventKind::Migrated(new));
    let mut tx = shared.db.begin().await?;
    let id = shared.next_place(&mut shared.places(&mut tx).await?);
    let row = internal(id, group_lane(old), &event, None);
    outbox::migrate(&mut tx, old, new).await?;
    cards::migrate(&mut tx, old, new).await?;
    inbox::post(&mut tx, &[row], shared.clock.now()).await?;
    tx.commit().await
}
