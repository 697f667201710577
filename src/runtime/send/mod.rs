//! Sends the outbox: per chat in order, many chats at once, paced, retried, settled in batches.
//!
//! A row's slot is free again only after its end is committed, and so is a person's chat: a crash
//! doubles at most as many messages as there are slots, and no message comes again behind the
//! next one. A group's chat is free before, but not for what edits the same card. What waits is
//! kept in memory in order; the database has it all, and is looked through now and then for rows
//! that memory does not know.
//!
//! Beside other instances nothing is sent that was not read from the database: one look shows
//! the rows of all turns in the order of their commits, while news come from our own turns alone.

mod ending;
mod flight;
mod queue;
mod settle;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::kernel::ChatId;
use crate::store::cards::Look;
use crate::store::outbox::{End, OutRow, Settled};
use crate::store::{StoreError, outbox};
use crate::telegram::client::CallError;
use crate::telegram::pacing::Pacer;
use crate::telegram::render::Body;
use crate::telegram::send::{Job, Report, Settlement};

use super::backoff;
use super::counters::Counters;
use super::engine::Shared;
use super::handler::Handler;
use super::lease::Role;
use flight::{fly, given_up, guarded, heard, load, look, look_of};
use queue::{Next, Queues};
use settle::Ended;

/// How often the database is looked through for rows that memory does not know.
const RESCAN: Duration = Duration::from_secs(5);
/// The same beside other instances, when nothing is known of new rows …
const LOOK: Duration = Duration::from_millis(25);
/// … and when a turn of ours wrote some.
const LOOK_AT_NEWS: Duration = Duration::from_millis(4);
/// The database did not answer.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
const SCAN_ROWS: i64 = 2_000;
/// After a failure of network or server.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// Longer by [`PAUSE_PER_CHAT`] for each chat that waits too: a server in trouble is asked at
/// most about 50 times a second.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);
const PAUSE_PER_CHAT: Duration = Duration::from_millis(20);
/// With [`LONGEST_PAUSE`] about a day: what is older helps nobody.
const MAX_ATTEMPTS: i64 = 30_000;

/// What came back of a job.
enum Back {
    Report(Box<Job>, Report),
    /// What the job needs could not be loaded.
    NotLoaded(OutRow, Arc<StoreError>),
}

/// What turns tell the sender.
#[derive(Debug)]
pub(super) enum News {
    /// These rows are being committed.
    Soon(Vec<(ChatId, i64)>),
    /// These rows are committed.
    Rows(Vec<OutRow>),
    /// These rows were committed and are here, or were not committed.
    Over(Vec<(ChatId, i64)>),
}

struct Sender<H> {
    shared: Arc<Shared<H>>,
    queues: Queues,
    pacer: Pacer,
    flying: JoinSet<(ChatId, Back)>,
    ended: Vec<Ended>,
    oldest_end: Option<Instant>,
    /// When the last batch of them was begun.
    settled_at: Option<Instant>,
    /// The batch that is being committed, one at a time.
    settles: JoinSet<(Vec<Ended>, Result<(), StoreError>)>,
    /// How many rows are in it.
    settling: usize,
    settle_failures: u32,
    scanned: Instant,
    /// Has the lease, and has read what waits since it has it.
    leads: bool,
    /// Sends only what it reads, see above.
    together: bool,
    /// When it is time for the next look, while it leads together with others.
    look_at: Instant,
    /// Rows that the flying ones (by id) make pointless.
    replaced: HashMap<i64, Vec<Ended>>,
    /// Chats whose calls failed for a reason that is not theirs.
    failing: HashSet<ChatId>,
}

pub(super) async fn run<H: Handler>(shared: Arc<Shared<H>>, mut news: UnboundedReceiver<News>) {
    let pacer = Pacer::new(shared.config.pacing, shared.clock.monotonic_ms());
    let mut sender = Sender {
        shared: shared.clone(),
        queues: Queues::default(),
        pacer,
        flying: JoinSet::new(),
        ended: Vec::new(),
        oldest_end: None,
        settled_at: None,
        settles: JoinSet::new(),
        settling: 0,
        settle_failures: 0,
        scanned: Instant::now(),
        leads: false,
        together: false,
        look_at: Instant::now(),
        replaced: HashMap::new(),
        failing: HashSet::new(),
    };
    loop {
        let stopping = shared.is_stopping();
        if stopping && sender.is_done() {
            return;
        }
        if !stopping {
            sender.keep_up().await;
            sender.start_ready();
        }
        let wake = sender.next_wake(stopping);
        tokio::select! {
            Some(news) = news.recv() => sender.heard(news),
            Some(done) = sender.flying.join_next() => sender.landed(done).await,
            Some(done) = sender.settles.join_next() => sender.committed(done),
            () = tokio::time::sleep_until(wake) => {}
            () = shared.rescan.notified() => sender.rescan().await,
            () = shared.stopped(), if !stopping => {}
        }
        sender.settle_if_due();
        if sender.scanned.elapsed() > RESCAN {
            sender.rescan().await;
        }
    }
}

impl<H: Handler> Sender<H> {
    fn heard(&mut self, news: News) {
        let now = self.now_ms();
        match news {
            News::Soon(rows) => self.queues.expect(rows),
            News::Rows(rows) if self.leads && !self.together => self.queues.add(rows, now),
            News::Rows(_) => self.look_at = self.look_at.min(Instant::now() + LOOK_AT_NEWS),
            News::Over(rows) => self.queues.expect_no_more(rows, now),
        }
    }

    /// Nothing is on its way or unsettled.
    fn is_done(&self) -> bool {
        self.flying.is_empty() && self.ended.is_empty() && self.settles.is_empty()
    }

    /// Slots in use: a row's is free only when its end is committed.
    fn in_use(&self) -> usize {
        self.flying.len() + self.ended.len() + self.settling
    }

    fn now_ms(&self) -> u64 {
        self.shared.clock.monotonic_ms()
    }

    fn holds_lease(&self) -> bool {
        self.shared.lease.is_held(Role::Send, &self.shared.clock)
    }

    /// Reads what is to be sent where news are not enough: with a lease just taken, and beside
    /// others. What waited when the lease was lost is another one's now.
    async fn keep_up(&mut self) {
        if !self.holds_lease() {
            self.leads = false;
            if self.is_done() {
                self.queues.forget_all();
            }
            return;
        }
        let together = self.shared.lease.is_together();
        // Once more when the last of the others is gone: it may have left something.
        let all = !self.leads || (self.together && !together);
        self.together |= together;
        if Instant::now() < self.look_at || !(all || self.together) {
            return;
        }
        let done = if all {
            self.scan().await
        } else {
            self.look().await
        };
        if done && all {
            (self.leads, self.together) = (true, together);
        }
        self.look_at = Instant::now() + if done { LOOK } else { LOOK_AGAIN };
    }

    /// Takes in rows that memory does not know: those that another process made ready again, or
    /// whose commit had no answer.
    async fn rescan(&mut self) {
        self.scanned = Instant::now();
        if self.leads && self.together {
            self.look().await;
        } else if self.leads {
            self.scan().await;
        }
    }

    /// Takes in all rows that memory does not know; gives whether the database answered.
    async fn scan(&mut self) -> bool {
        self.scanned = Instant::now();
        let mut after = 0;
        loop {
            let (last, more) = match self.unsent(after).await {
                Ok(found) => (found.last().map(|row| row.id), self.take_in(found)),
                Err(error) => return self.unread(&error),
            };
            match last {
                Some(last) if more => after = last,
                Some(_) | None => return true,
            }
        }
    }

    /// The same without reading again what is known.
    async fn look(&mut self) -> bool {
        loop {
            match self.unknown().await {
                Ok(found) => {
                    if !self.take_in(found) {
                        return true;
                    }
                }
                Err(error) => return self.unread(&error),
            }
        }
    }

    /// Whether there may be more.
    fn take_in(&mut self, found: Vec<OutRow>) -> bool {
        let more = found.len() as i64 == SCAN_ROWS;
        self.queues.add(found, self.now_ms());
        more
    }

    fn unread(&self, error: &StoreError) -> bool {
        Counters::add(&self.shared.counters.store_errors, 1);
        tracing::warn!(%error, source = ?error.source, "the outbox can't be read");
        false
    }

    async fn unsent(&self, after: i64) -> Result<Vec<OutRow>, StoreError> {
        let mut tx = self.shared.db.read().await?;
        let found = outbox::unsent(&mut tx, after, SCAN_ROWS).await?;
        tx.commit().await?;
        Ok(found)
    }

    async fn unknown(&self) -> Result<Vec<OutRow>, StoreError> {
        let mut tx = self.shared.db.read().await?;
        let known = self.queues.unsettled_ids();
        let found = outbox::unsent_but(&mut tx, known, SCAN_ROWS).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// Starts what may go now, as long as there are slots.
    fn start_ready(&mut self) {
        // Asked again: reading took its time. The lease first, see there.
        if !self.leads || !self.holds_lease() {
            return;
        }
        if self.shared.lease.is_together() && !self.together {
            return;
        }
        let mut rows = Vec::new();
        while self.in_use() + rows.len() < self.shared.config.send_slots {
            let now = self.now_ms();
            match self.queues.next(&mut self.pacer, now) {
                Some(Next::Row { row, superseded }) => {
                    // Settled with the row that replaces them, not before.
                    let old = superseded.iter().map(|old| ended(old, End::Superseded));
                    self.replaced.entry(row.id).or_default().extend(old);
                    rows.push(row);
                }
                Some(Next::Job(job)) => {
                    let (row, shared) = (job.row.clone(), self.shared.clone());
                    self.flying
                        .spawn(guarded(row, async move { fly(&shared, *job).await }));
                }
                None => break,
            }
        }
        self.begin(rows);
    }

    /// Sends rows on their way; what must be known of their cards is looked at for all at once.
    fn begin(&mut self, rows: Vec<OutRow>) {
        let looks: Vec<Look> = rows.iter().filter_map(look_of).collect();
        let looked = look(self.shared.clone(), looks).shared();
        let mut places = 0..;
        for row in rows {
            let place = row.card.as_ref().and_then(|_| places.next());
            let (shared, looked) = (self.shared.clone(), looked.clone());
            self.flying.spawn(guarded(row.clone(), async move {
                let shown = match place {
                    None => None,
                    Some(place) => match looked.await {
                        Ok(all) => all.get(place).cloned(),
                        Err(error) => return Back::NotLoaded(row, error),
                    },
                };
                match load(&shared, row.clone(), shown).await {
                    Ok(Some(job)) => fly(&shared, job).await,
                    Ok(None) => given_up(row, "the body can't be read"),
                    Err(error) => Back::NotLoaded(row, Arc::new(error)),
                }
            }));
        }
    }

    fn next_wake(&self, stopping: bool) -> Instant {
        let now = Instant::now();
        let settle = self
            .oldest_end
            .filter(|_| self.settles.is_empty())
            .map(|oldest| self.settle_at(oldest));
        let ready = if stopping {
            None
        } else {
            self.queues.next_due()
        };
        let full = self.in_use() >= self.shared.config.send_slots;
        let ready = ready
            .filter(|_| !full)
            .map(|due| now + Duration::from_millis(due.saturating_sub(self.now_ms()).max(1)));
        let idle = now + Duration::from_secs(1);
        let looks = !stopping && self.holds_lease() && (self.together || !self.leads);
        let look = looks.then(|| self.look_at.max(now));
        [settle, ready, look]
            .into_iter()
            .flatten()
            .min()
            .map_or(idle, |wake| wake.min(idle))
    }

    async fn landed(&mut self, done: Result<(ChatId, Back), tokio::task::JoinError>) {
        let (chat, back) = match done {
            Ok(done) => done,
            Err(error) => {
                // Only when the runtime itself ends.
                tracing::error!(%error, "a sending task broke");
                return;
            }
        };
        match back {
            Back::NotLoaded(row, error) => {
                Counters::add(&self.shared.counters.store_errors, 1);
                tracing::warn!(%error, source = ?error.source, "a row waits for the database");
                let due = self.now_ms() + FIRST_PAUSE.as_millis() as u64;
                self.queues.back_with_row(row, due);
            }
            Back::Report(job, report) => self.reported(chat, job, report).await,
        }
    }

    async fn reported(&mut self, chat: ChatId, mut job: Box<Job>, report: Report) {
        match report {
            Report::Settled(settlement) => {
                if self.failing.remove(&chat) {
                    // The server is back: nobody need wait for the end of their pause.
                    let now = self.now_ms();
                    for (at, chat) in self.failing.drain().enumerate() {
                        self.queues.hurry(chat, now + at as u64);
                    }
                }
                self.settled(*job, settlement);
            }
            Report::Wait(wait) => {
                Counters::add(&self.shared.counters.rate_limited, 1);
                self.failing.remove(&chat); // it must not be hurried
                let due = self.now_ms() + wait.as_millis() as u64;
                self.queues.back(chat, job, due);
            }
            Report::Retry(error) => {
                job.attempts += 1;
                Counters::add(&self.shared.counters.retried, 1);
                if job.attempts > MAX_ATTEMPTS {
                    let settlement = Settlement::of(End::Dead(error.to_string()));
                    return self.settled(*job, settlement);
                }
                if let (Some(mut settlement), Body::Fetch(wanted)) = (job.given_up(), &job.body) {
                    heard(&self.shared, &mut settlement, wanted).await;
                    return self.settled(*job, settlement);
                }
                if matches!(error, CallError::Token(_)) {
                    tracing::error!(%error, "nothing can be sent");
                } else {
                    tracing::debug!(%error, attempt = job.attempts, "a call is tried again");
                }
                self.failing.insert(chat);
                let failures = u32::try_from(job.attempts - 1).unwrap_or(u32::MAX);
                let waiting = u32::try_from(self.failing.len()).unwrap_or(u32::MAX);
                let longest = LONGEST_PAUSE + PAUSE_PER_CHAT.saturating_mul(waiting);
                let chance = self.shared.chance(job.row.id.wrapping_add(job.attempts));
                let pause = backoff::pause(FIRST_PAUSE, longest, failures, chance);
                let due = self.now_ms() + pause.as_millis() as u64;
                self.queues.back(chat, job, due);
            }
            Report::Migrated(new) => {
                // What was sent under the old id is noted under it, and then moved along.
                self.settle_all().await;
                if !self.ended.is_empty() {
                    let due = self.now_ms() + FIRST_PAUSE.as_millis() as u64;
                    return self.queues.back(chat, job, due);
                }
                match settle::migrate(&self.shared, chat, new).await {
                    Ok(()) => {
                        job.row.chat = new;
                        let now = self.now_ms();
                        self.queues.back(chat, job, now);
                        self.queues.rename(chat, new, now);
                        self.shared.work.notify_one();
                    }
                    Err(error) => {
                        tracing::warn!(%error, source = ?error.source, "a group's new id waits");
                        let due = self.now_ms() + 1_000;
                        self.queues.back(chat, job, due);
                    }
                };
            }
        }
    }
}

fn ended(row: &OutRow, end: End) -> Ended {
    Ended {
        settled: Settled {
            id: row.id,
            end,
            attempts: 0,
        },
        chat: row.chat,
        changes: Vec::new(),
        file: None,
        heard: None,
        posted: None,
    }
}
