//! Starts the loops, stops them, and holds what they share.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;

use crate::app::TurnError;
use crate::kernel::{ChatId, IdSource, Timestamp};
use crate::store::audit::{self, Head};
use crate::store::{self, Db, StoreError, Tx, inbox, outbox, places, timers};
use crate::telegram::client::{CallError, Client};
use crate::telegram::pacing::Pacing;
use crate::telegram::receive::webhook::Secret;
use crate::telegram::render::Answer;

use super::clock::Clock;
use super::counters::Counters;
use super::handler::Handler;
use super::lease::{self, Apart, Lease, Role};
use super::monitor::{self, MonitorError};
use super::receive::Receiving;
use super::send::News;
use super::webhook::{self, ListenError};
use super::{alarm, process, receive, reload, send, tick};

/// Who takes turns on PostgreSQL: one decides while others read and write.
const POSTGRES_WORKERS: usize = 3;
/// How long a stop waits for what is at hand.
const STOP_LIMIT: Duration = Duration::from_secs(9);

/// What an engine needs.
#[derive(Debug, Clone)]
pub struct EngineConfig<H> {
    /// The database, open for writing.
    pub db: Db,
    /// The Bot API.
    pub client: Client,
    /// The application.
    pub handler: Arc<H>,
    /// The time.
    pub clock: Clock,
    /// How updates come.
    pub receiving: Receiving,
    /// Where it tells how it is; on loopback. None: nowhere.
    pub monitor: Option<SocketAddr>,
    /// Limits of sending.
    pub pacing: Pacing,
    /// How long bodies of handled rows are kept, in days; ids stay at least 3 days.
    pub keep_days: i64,
    /// A turn that takes longer is undone and counted as an attempt; the next one may take four
    /// times as long.
    pub turn_limit: Duration,
    /// Telegram's long-poll time, in seconds.
    pub poll_wait_s: u64,
    /// Calls at once.
    pub send_slots: usize,
    /// Fixed chance for tests; none = the system's.
    pub seed: Option<u64>,
}

impl<H> EngineConfig<H> {
    /// The usual settings.
    pub fn new(db: Db, client: Client, handler: Arc<H>) -> Self {
        Self {
            db,
            client,
            handler,
            clock: Clock::real(),
            receiving: Receiving::default(),
            monitor: None,
            pacing: Pacing::default(),
            keep_days: 7,
            turn_limit: Duration::from_millis(250),
            poll_wait_s: 25,
            send_slots: 128,
            seed: None,
        }
    }
}

/// Why an engine can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The token is wrong.
    #[error("Telegram refuses the token; check TELOXIDE_TOKEN")]
    Token,
    /// No answer.
    #[error("the Bot API can't be reached: {0}; check the network and TELOXIDE_API_URL")]
    Unreachable(CallError),
    /// The database fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another instance works on this database, and this one would not work as it does.
    #[error(transparent)]
    Apart(#[from] Apart),
    /// The application can't begin.
    #[error("the first look at the database failed: {0}")]
    Begin(TurnError),
    /// The webhook can't be opened.
    #[error("no webhook: {0}")]
    Webhook(#[from] ListenError),
    /// The monitor can't be opened.
    #[error("no monitor: {0}")]
    Monitor(#[from] MonitorError),
}

/// What the loops share.
pub(super) struct Shared<H> {
    pub(super) db: Db,
    pub(super) client: Client,
    pub(super) handler: Arc<H>,
    pub(super) clock: Clock,
    pub(super) config: Limits,
    pub(super) bot: String,
    pub(super) counters: Arc<Counters>,
    /// The highest inbox id that was there at the start.
    pub(super) backlog: i64,
    /// Rows of the backlog run one at a time.
    pub(super) one_at_a_time: tokio::sync::Mutex<()>,
    /// Taken by whoever decides turns.
    pub(super) decides: tokio::sync::Mutex<()>,
    ids: Mutex<IdSource>,
    /// Where the chain of what was done ended when it was last seen; a guess.
    audit_end: Mutex<Option<Head>>,
    /// Something is to be done by `process`.
    pub(super) work: Notify,
    /// Rows about to be and just committed, for the sender.
    pub(super) sends: mpsc::UnboundedSender<News>,
    /// Chats whose people asked for the shop's folder to be read again.
    pub(super) reloads: mpsc::UnboundedSender<ChatId>,
    /// The sender should look into the database.
    pub(super) rescan: Notify,
    answers: Arc<AtomicUsize>,
    answer_slots: Arc<tokio::sync::Semaphore>,
    /// Whether this instance polls, sends, takes turns.
    pub(super) lease: Lease,
    /// How updates come now.
    pub(super) receiving: Arc<watch::Sender<Receiving>>,
    /// Whether they do.
    receiving_works: AtomicBool,
    /// When the engine started.
    pub(super) started: Timestamp,
    /// What Telegram proves itself with: the present one, then those of older keys.
    pub(super) secrets: Arc<[Secret]>,
    pub(super) stop: watch::Receiver<bool>,
}

/// Ids for the rows of one transaction; none: from this process's own source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places(pub(super) Option<i64>);

/// The settings that loops look at.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    pub(super) pacing: Pacing,
    pub(super) keep_days: i64,
    pub(super) turn_limit: Duration,
    pub(super) poll_wait_s: u64,
    pub(super) send_slots: usize,
    pub(super) seed: Option<u64>,
}

impl<H> Shared<H> {
    /// Ids for rows that this transaction writes, above all that it could know of: to be asked
    /// for when it has all its locks.
    pub(super) async fn places(&self, tx: &mut Tx) -> Result<Places, StoreError> {
        Ok(Places(places::block(tx).await?))
    }

    /// Where the chain of what was done ended when it was last seen. A guess, even while nobody
    /// else adds to it: what was added last may never have been committed.
    pub(super) fn audit_end(&self) -> Option<Head> {
        let end = self.audit_end.lock();
        end.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes where it ends since something was added.
    pub(super) fn set_audit_end(&self, end: Option<Head>) {
        let mut known = self
            .audit_end
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *known = end;
    }

    /// The next of them.
    pub(super) fn next_place(&self, places: &mut Places) -> i64 {
        match &mut places.0 {
            Some(next) => {
                *next += 1;
                *next - 1
            }
            None => self.next_id(),
        }
    }

    /// A new id on SQLite, above all before it.
    fn next_id(&self) -> i64 {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.next(self.clock.now())
    }

    /// Waits until the engine is to stop.
    pub(super) async fn stopped(&self) {
        let mut stop = self.stop.clone();
        // An error means that the engine itself is gone: stop, too.
        drop(stop.wait_for(|stop| *stop).await);
    }

    /// Notes whether updates can come.
    pub(super) fn receiving_works(&self, works: bool) {
        self.receiving_works.store(works, Ordering::Relaxed);
    }

    /// Whether updates can come; to an instance that does not lead they need not.
    pub(super) fn is_receiving(&self) -> bool {
        self.receiving_works.load(Ordering::Relaxed) || !self.lease.is_held(Role::Poll, &self.clock)
    }

    /// Updates are to come this way from now on.
    pub(super) fn receive_by(&self, receiving: Receiving) {
        receive_by(&self.receiving, receiving);
    }

    pub(super) fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    /// Answers who waits for it at once, from memory: lost in a crash, the next tap or letter
    /// repairs it, and one that comes too late is of no use to anybody.
    pub(super) fn answer(&self, answer: Answer) {
        let client = self.client.clone();
        let (count, slots) = (self.answers.clone(), self.answer_slots.clone());
        count.fetch_add(1, Ordering::SeqCst);
        tokio::spawn(async move {
            let _slot = slots.acquire().await;
            if let Err(error) = client.call(&crate::telegram::calls::answer(&answer)).await {
                tracing::debug!(%error, "a tap or a search was not answered");
            }
            count.fetch_sub(1, Ordering::SeqCst);
        });
    }

    /// Chance for one turn.
    pub(super) fn chance(&self, row: i64) -> u64 {
        match self.config.seed {
            Some(seed) => seed ^ row.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15),
            None => random(),
        }
    }
}

fn receive_by(ways: &watch::Sender<Receiving>, receiving: Receiving) {
    ways.send_if_modified(|now| {
        let is_new = *now != receiving;
        *now = receiving;
        is_new
    });
}

/// What Telegram proves itself with: nobody can guess it, and nothing need be kept for it.
fn secrets(db: &Db, bot: i64) -> Arc<[Secret]> {
    let digests = db.keys().digests("webhook", &bot.to_string());
    digests.iter().map(|bytes| Secret::new(bytes)).collect()
}

fn random() -> u64 {
    let mut bytes = [0_u8; 8];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u64::from_le_bytes(bytes),
        // Without it no key could have been read either.
        Err(_) => 0,
    }
}

/// A running engine. Dropped without [`Engine::stop`] it ends as a crash would.
pub struct Engine {
    tasks: Vec<JoinHandle<()>>,
    /// Ends last: what is sent last needs it.
    lease: JoinHandle<()>,
    stop: watch::Sender<bool>,
    db: Db,
    counters: Arc<Counters>,
    answers: Arc<AtomicUsize>,
    clock: Clock,
    bot: String,
    receiving: Arc<watch::Sender<Receiving>>,
}

impl Engine {
    /// Starts receiving, handling and sending.
    pub async fn start<H: Handler>(config: EngineConfig<H>) -> Result<Self, StartError> {
        let me = config.client.me().await.map_err(|error| match error {
            CallError::Token(_) => StartError::Token,
            other => StartError::Unreachable(other),
        })?;
        let bound = match &config.receiving {
            Receiving::Polling => None,
            Receiving::Webhook(config) => Some(webhook::bind(config).await?),
        };
        let monitor = match config.monitor {
            None => None,
            Some(address) => Some(monitor::bind(address).await?),
        };
        let receiving = Arc::new(watch::Sender::new(config.receiving));
        let (backlog, last_id, audit_end) = prepare(&config.db, &config.clock).await?;
        let lease = Lease::new(config.db.engine());
        let instance = lease::instance(&config.db, &me.username, config.handler.files());
        lease.join(&config.db, &config.clock, &instance).await??;
        if let Err(error) = config.handler.begin().await {
            lease::leave(&config.db).await;
            return Err(StartError::Begin(error));
        }
        let (stop, stopped) = watch::channel(false);
        let (sends, rows) = mpsc::unbounded_channel();
        let (reloads, wishes) = mpsc::unbounded_channel();
        let now = config.clock.now();
        let seed = config.seed.unwrap_or_else(random);
        let counters = Arc::new(Counters::default());
        let answers = Arc::new(AtomicUsize::new(0));
        let shared = Arc::new(Shared {
            db: config.db.clone(),
            client: config.client,
            handler: config.handler,
            clock: config.clock.clone(),
            config: Limits {
                pacing: config.pacing,
                keep_days: config.keep_days,
                turn_limit: config.turn_limit,
                poll_wait_s: config.poll_wait_s,
                send_slots: config.send_slots.max(1),
                seed: config.seed,
            },
            bot: me.username.clone(),
            counters: counters.clone(),
            backlog,
            one_at_a_time: tokio::sync::Mutex::new(()),
            decides: tokio::sync::Mutex::new(()),
            ids: Mutex::new(IdSource::above(last_id, seed, now)),
            audit_end: Mutex::new(Some(audit_end)),
            work: Notify::new(),
            sends,
            reloads,
            rescan: Notify::new(),
            answers: answers.clone(),
            answer_slots: Arc::new(tokio::sync::Semaphore::new(32)),
            lease,
            receiving: receiving.clone(),
            started: now,
            receiving_works: AtomicBool::new(false),
            secrets: secrets(&config.db, me.id),
            stop: stopped,
        });
        let mut tasks = vec![
            tokio::spawn(receive::run(shared.clone(), bound)),
            tokio::spawn(send::run(shared.clone(), rows)),
            tokio::spawn(tick::run(shared.clone())),
            tokio::spawn(reload::run(shared.clone(), wishes)),
        ];
        let workers = match config.db.engine() {
            store::Engine::Sqlite => 1,
            store::Engine::Postgres => POSTGRES_WORKERS,
        };
        for worker in 0..workers {
            let seed = seed.rotate_left(17) ^ (worker as u64).wrapping_mul(0x9e37_79b9);
            let ids = IdSource::above(last_id, seed, now);
            tasks.push(tokio::spawn(process::run(shared.clone(), ids)));
        }
        let lease = tokio::spawn(lease::run(shared.clone(), instance));
        if let Some(listener) = monitor {
            let all = tasks.iter().chain([&lease]);
            let loops = all.map(JoinHandle::abort_handle).collect();
            let watch = monitor::run(shared.clone(), listener, loops);
            tasks.push(tokio::spawn(watch));
        }
        Ok(Self {
            tasks,
            lease,
            stop,
            db: config.db,
            counters,
            answers,
            clock: config.clock,
            bot: me.username,
            receiving,
        })
    }

    /// Updates are to come this way from now on; nothing is lost by the change.
    pub fn receive_by(&self, receiving: Receiving) {
        receive_by(&self.receiving, receiving);
    }

    /// The bot's user name, without `@`.
    pub fn bot(&self) -> &str {
        &self.bot
    }

    /// The engine's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What it counted.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Finishes the turns and calls at hand, then ends: within 10 seconds.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let aborts: Vec<_> = self.tasks.iter().map(JoinHandle::abort_handle).collect();
        let all = futures_util::future::join_all(self.tasks);
        if tokio::time::timeout(STOP_LIMIT, all).await.is_err() {
            tracing::warn!("not everything at hand was finished; it goes on at the next start");
            aborts.iter().for_each(tokio::task::AbortHandle::abort);
        }
        self.lease.abort();
        drop(self.lease.await); // cancelled
        lease::leave(&self.db).await;
    }

    /// Ends at once, as a crash would, and waits until nothing runs any more.
    pub async fn kill(self) {
        for task in self.tasks.into_iter().chain([self.lease]) {
            task.abort();
            drop(task.await); // cancelled
        }
    }

    /// Waits until nothing waits in inbox and outbox and no timer is due: for tests, after everything was received.
    pub async fn idle(&self) {
        loop {
            if self.answers.load(Ordering::SeqCst) == 0 && self.nothing_waits().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn nothing_waits(&self) -> bool {
        let look = async {
            let mut tx = self.db.read().await?;
            let waiting = inbox::waiting(&mut tx).await?;
            let sent = outbox::is_empty(&mut tx).await?;
            let due = timers::is_due(&mut tx, self.clock.business()).await?;
            tx.commit().await?;
            Ok::<bool, StoreError>(waiting.next_due.is_none() && !waiting.posted && sent && !due)
        };
        look.await.unwrap_or(false)
    }
}

/// What the last process left: the highest id of the inbox, and of any row; the end of the chain
/// of what was done.
async fn prepare(db: &Db, clock: &Clock) -> Result<(i64, i64, Head), StoreError> {
    let now = clock.now();
    let mut tx = db.begin().await?;
    alarm::started(&mut tx, now, clock.business()).await?;
    inbox::relay(&mut tx, now).await?;
    let last = inbox::waiting(&mut tx).await?.last_id;
    let last_out = outbox::last_id(&mut tx).await?;
    let audit_end = audit::head(&mut tx).await?;
    tx.commit().await?;
    Ok((last, last.max(last_out), audit_end))
}
