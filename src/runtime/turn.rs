//! One turn: reads the row, calls the application, and turns its outcome into rows.
//!
//! A panic, a turn that takes too long and stored nonsense stay within the turn.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use futures_util::FutureExt;
use tokio::time::Instant;

use crate::app::{Outcome, TimerChange, TurnError, TurnInput};
use crate::chat::{Event, EventKind, Post};
use crate::kernel::{ChatId, IdSource};
use crate::store::audit::Entry;
use crate::store::glance::{Ask, Glance, glances};
use crate::store::inbox::{Claimed, Finished, Kind, NewInternal};
use crate::store::outbox::OutRow;
use crate::store::sessions::Session;
use crate::store::timers::Timer;
use crate::store::{StoreError, Tx, audit, cards, inbox, outbox, sessions, timers};
use crate::telegram::incoming;
use crate::telegram::render::{Answer, Rendered, TapAnswer, render};

use super::engine::{Places, Shared};
use super::handler::Handler;
use super::tick::internal;

/// Why a turn came to nothing.
#[derive(Debug)]
pub(super) enum Failure {
    /// The program broke.
    Panic(String),
    /// It took longer than a turn may.
    TimedOut,
    /// Stored data contradict the model.
    Corrupt(String),
    /// Overtaken again and again.
    Overtaken,
    /// The database said no.
    Store(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if error.is_corrupt() {
            Self::Corrupt(error.to_string())
        } else {
            Self::Store(error)
        }
    }
}

/// What one or several turns want written, and answered after the commit.
#[derive(Debug, Default)]
pub(super) struct Writes {
    finished: Vec<Finished>,
    timers: Vec<Timer>,
    cancelled: Vec<(String, String)>,
    /// Without their ids yet.
    posted: Vec<NewInternal>,
    /// Without their ids yet, see [`Writes::number`].
    pub(super) rows: Vec<OutRow>,
    pub(super) answers: Vec<Answer>,
    pub(super) reloads: Vec<ChatId>,
    audit: Vec<Entry>,
}

/// A turn that came to something.
#[derive(Debug)]
pub(super) struct Done {
    event: Event,
    outcome: Outcome,
}

/// Which of the application's two functions is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Turn,
    Dead,
}

/// A row as its turn needs it.
pub(super) struct Opened {
    event: Event,
    session: Option<Session>,
    /// What was looked at for it beforehand.
    seen: Option<(Ask, Glance)>,
}

/// Opens a row: what happened, and what its lane remembers.
pub(super) fn open<H: Handler>(shared: &Shared<H>, row: &Claimed) -> Result<Opened, Failure> {
    let event = event(shared, row)
        .ok_or_else(|| Failure::Corrupt(format!("inbox.body of row {} can't be read", row.id)))?;
    let session = match &row.session {
        Some(sealed) => Some(sessions::read(
            &shared.db.keys(),
            &row.lane,
            row.session_version,
            sealed,
        )?),
        None => None,
    };
    Ok(Opened {
        event,
        session,
        seen: None,
    })
}

/// Opens rows and looks for all of them at once at what their turns will look at first. None for
/// a row that its own turn has to open: what is wrong with one is no matter of the others.
///
/// # Errors
/// The database failed for a moment.
pub(super) async fn open_all<H: Handler>(
    shared: &Shared<H>,
    tx: &mut Tx,
    rows: &[Claimed],
) -> Result<Vec<Option<Opened>>, StoreError> {
    let mut all: Vec<_> = rows.iter().map(|row| open(shared, row).ok()).collect();
    let mut asks = Vec::new();
    for (at, opened) in all.iter().enumerate() {
        let Some(Opened { event, session, .. }) = opened else {
            continue;
        };
        let ask = || shared.handler.ask(event, session.as_ref());
        let ask = catch_unwind(AssertUnwindSafe(ask)).ok().flatten();
        asks.extend(ask.map(|ask| (at, ask)));
    }
    let questions: Vec<&Ask> = asks.iter().map(|(_, ask)| ask).collect();
    if questions.is_empty() {
        return Ok(all);
    }
    let seen = match glances(tx, &questions, shared.clock.business()).await {
        Err(error) if error.is_transient() => return Err(error),
        seen => seen.unwrap_or_default(),
    };
    for ((at, ask), seen) in asks.into_iter().zip(seen) {
        if let Some(Some(opened)) = all.get_mut(at) {
            opened.seen = Some((ask, seen));
        }
    }
    Ok(all)
}

/// Runs one row's turn inside `tx`. What it wrote is there even if it fails: the caller goes
/// back to its savepoint.
pub(super) async fn run<H: Handler>(
    shared: &Shared<H>,
    tx: &mut Tx,
    row: &Claimed,
    opened: Option<Opened>,
    ids: &mut IdSource,
    part: Part,
) -> Result<Done, Failure> {
    let opened = match opened {
        Some(opened) => opened,
        None => open(shared, row)?,
    };
    let event = opened.event.clone();
    if event.kind == EventKind::Unknown {
        return Ok(Done {
            event,
            outcome: Outcome::default(),
        });
    }
    if let EventKind::Migrated(new) = event.kind {
        outbox::migrate(tx, event.chat, new).await?;
        cards::migrate(tx, event.chat, new).await?;
    }
    let outcome = call(shared, tx, row, opened, ids, part).await?;
    Ok(Done { event, outcome })
}

async fn call<H: Handler>(
    shared: &Shared<H>,
    tx: &mut Tx,
    row: &Claimed,
    opened: Opened,
    ids: &mut IdSource,
    part: Part,
) -> Result<Outcome, Failure> {
    let input = TurnInput {
        tx,
        event: opened.event,
        session: opened.session,
        seen: opened.seen,
        lane: &row.lane,
        cause: row.id,
        now: shared.clock.business(),
        ids,
        seed: shared.chance(row.id),
    };
    let begun = Instant::now();
    let limit = limit(shared.config.turn_limit, row.attempts);
    let turn = async {
        match part {
            Part::Turn => shared.handler.turn(input).await,
            Part::Dead => shared.handler.dead(input).await,
        }
    };
    let caught = AssertUnwindSafe(turn).catch_unwind();
    let ended = tokio::time::timeout(limit, caught).await;
    shared.counters.turn_times.note(begun.elapsed());
    let result = match ended {
        Err(_) => return Err(Failure::TimedOut),
        Ok(Err(panic)) => return Err(Failure::Panic(words(panic.as_ref()))),
        Ok(Ok(result)) => result,
    };
    match result {
        // It never awaited, so the limit could not end it.
        Ok(_) if begun.elapsed() > limit => Err(Failure::TimedOut),
        Ok(outcome) => Ok(outcome),
        Err(TurnError::Store(error)) => Err(error.into()),
        Err(TurnError::Corrupt(what)) => Err(Failure::Corrupt(what)),
        Err(TurnError::Overtaken) => Err(Failure::Overtaken),
    }
}

/// A turn may take four times as long at each further attempt: a machine that is slow for a
/// moment makes no dead letters, a turn that never ends still does.
fn limit(first: Duration, attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts).unwrap_or(0).min(3) * 2;
    first.saturating_mul(1 << doublings)
}

/// A panic's own words, if they are fixed ones: formatted ones may hold personal data.
fn words(panic: &(dyn std::any::Any + Send)) -> String {
    match panic.downcast_ref::<&'static str>() {
        Some(words) => format!("panic: {words}"),
        None => "panic".to_owned(),
    }
}

fn event<H>(shared: &Shared<H>, row: &Claimed) -> Option<Event> {
    let text = row.text.as_deref()?;
    match row.kind {
        Kind::Internal => serde_json::from_str(text).ok(),
        Kind::Update => Some(incoming::read(text, &shared.bot)?.event),
        Kind::TooFast => {
            let mut event = incoming::read(text, &shared.bot)?.event;
            let query_id = match event.kind {
                EventKind::Press(press) => Some(press.query_id),
                // Nobody is told in a chat that they search too fast: it is done like any other.
                EventKind::Inline(_) => return Some(event),
                _ => None,
            };
            event.kind = EventKind::TooFast { query_id };
            Some(event)
        }
    }
}

impl Writes {
    /// Takes in what a turn decided; `dead` says why its row is given up, if it is.
    pub(super) fn add(
        &mut self,
        row: &Claimed,
        done: Done,
        dead: Option<String>,
    ) -> Result<(), StoreError> {
        let Done { event, outcome } = done;
        self.finish(row, outcome.session.as_ref(), dead)?;
        self.reloads.extend(outcome.reload);
        self.audit.extend(outcome.audit);
        for change in outcome.timers {
            self.timer(change);
        }
        for other in outcome.internal {
            self.posted
                .push(internal(0, other.lane, &other.event, Some(row.id)));
        }
        let adopt = pressed_copy(&event, &outcome.out);
        let query = match &event.kind {
            EventKind::Press(press) => Some(press.query_id.clone()),
            EventKind::TooFast { query_id } => query_id.clone(),
            _ => None,
        };
        let answers_person =
            event.sender.is_some() || matches!(event.kind, EventKind::Fetched { .. });
        let answers_before = self.answers.len();
        for post in outcome.out {
            match render(post) {
                Rendered::Answer(answer) => self.answers.push(answer),
                Rendered::Row(draft) => self.rows.push(OutRow {
                    id: 0,
                    chat: draft.chat,
                    hasty: answers_person && draft.chat == event.chat,
                    adopt: adopt.filter(|_| draft.card.is_some() && draft.chat == event.chat),
                    card: draft.card,
                    takes: draft.takes,
                    version: draft.version,
                    body: serde_json::to_string(&draft.body).unwrap_or_default(),
                    cause: Some(row.id),
                }),
            }
        }
        // A tap is always answered, else its button spins.
        if let Some(query_id) = query
            && self.answers.len() == answers_before
        {
            self.answers.push(Answer::Tap(TapAnswer {
                query_id,
                text: None,
                alert: false,
            }));
        }
        Ok(())
    }

    /// Ends a row whose turn has nothing to say.
    pub(super) fn finish(
        &mut self,
        row: &Claimed,
        session: Option<&Session>,
        dead: Option<String>,
    ) -> Result<(), StoreError> {
        self.finished.push(Finished {
            id: row.id,
            lane: row.lane.clone(),
            session_version: row.session_version,
            session: session.map(sessions::write).transpose()?,
            dead,
        });
        Ok(())
    }

    /// The last word on a timer counts.
    fn timer(&mut self, change: TimerChange) {
        match change {
            TimerChange::Set {
                kind,
                key,
                due,
                lane,
            } => {
                self.cancelled.retain(|(k, n)| !(k == kind && *n == key));
                self.timers.push(Timer {
                    kind: kind.to_owned(),
                    name: key,
                    due_ms: due.millis(),
                    lane,
                });
            }
            TimerChange::Cancel { kind, key } => {
                self.timers
                    .retain(|timer| !(timer.kind == kind && timer.name == key));
                self.cancelled.push((kind.to_owned(), key));
            }
        }
    }

    /// Gives the rows their places in the order of all, when nothing more is decided.
    pub(super) fn number<H>(&mut self, shared: &Shared<H>, places: &mut Places) {
        for row in &mut self.posted {
            row.id = shared.next_place(places);
        }
        for row in &mut self.rows {
            row.id = shared.next_place(places);
        }
    }

    /// How many turns these are.
    pub(super) fn len(&self) -> usize {
        self.finished.len()
    }

    /// Whether other lanes get something to do.
    pub(super) fn has_posted(&self) -> bool {
        !self.posted.is_empty()
    }

    /// Writes it all, each kind in one statement.
    pub(super) async fn write<H>(&self, shared: &Shared<H>, tx: &mut Tx) -> Result<(), StoreError> {
        let now = shared.clock.now();
        outbox::insert(tx, &self.rows, now).await?;
        let business = shared.clock.business();
        timers::change(tx, &self.timers, &self.cancelled, business).await?;
        inbox::post(tx, &self.posted, now).await?;
        inbox::finish(tx, &self.finished, now).await?;
        // Last: who adds to it waits for nobody any more, so nobody waits in a circle.
        if !self.audit.is_empty() {
            let end = audit::append(tx, &self.audit, shared.audit_end()).await?;
            shared.set_audit_end(end);
        }
        Ok(())
    }
}

/// The message that was pressed, if the turn shows exactly one card in its chat: should the
/// sender not know that message, it is a copy that a crash doubled.
fn pressed_copy(event: &Event, out: &[crate::chat::Out]) -> Option<i64> {
    let EventKind::Press(press) = &event.kind else {
        return None;
    };
    let cards = out.iter().filter(|post| match post {
        Post::Card { chat, .. } | Post::Become { chat, .. } => *chat == event.chat,
        _ => false,
    });
    if cards.count() == 1 {
        press.message_id
    } else {
        None
    }
}
