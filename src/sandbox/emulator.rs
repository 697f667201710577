//! The handle: starts the server, lets people act, shows what they see, and tells of changes.
//! A clone is the same emulator; it ends with the last handle.

mod handle;

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        mpsc::{self, Sender},
    },
    time::{Duration, Instant},
};

use axum::Router;
use tokio::sync::{Notify, oneshot, watch};

use super::{
    control,
    faults::Faults,
    meter::Happened,
    server,
    spec::EmulatorConfig,
    state::{State, WebhookHost},
};

/// What the handle and the server share.
pub(super) struct Shared {
    state: Mutex<State>,
    changes: watch::Sender<u64>,
    pulse: (Mutex<u64>, Condvar),
    /// Rings when updates were queued or a poll was taken over.
    pub updates: Notify,
}

impl Shared {
    fn new(config: &EmulatorConfig) -> Self {
        Self {
            state: Mutex::new(State::new(config)),
            changes: watch::Sender::new(0),
            pulse: (Mutex::new(0), Condvar::new()),
            updates: Notify::new(),
        }
    }

    /// Changes the state and tells whoever waits. A panic elsewhere does not end the emulator.
    pub fn act<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let (result, before, after) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let before = (state.rev, state.queue.pending(), state.queue.poll);
            let result = change(&mut state);
            let after = (state.rev, state.queue.pending(), state.queue.poll);
            (result, before, after)
        };
        if before.1 < after.1 || before.2 != after.2 {
            self.updates.notify_waiters();
        }
        if before.0 != after.0 {
            self.changes.send_replace(after.0);
            *self.pulse.0.lock().unwrap_or_else(PoisonError::into_inner) += 1;
            self.pulse.1.notify_all();
        }
        result
    }

    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn advance(&self, ms: i64) {
        self.act(|state| {
            state.clock.advance(ms);
            state.rev += 1;
        });
        // What was late may be due now.
        self.updates.notify_waiters();
    }

    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}

/// Ends the server's thread when the last handle goes.
struct Running {
    stop: Option<oneshot::Sender<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended by itself; then there is nobody to tell.
            let _ = stop.send(());
        }
    }
}

/// A running emulator.
#[derive(Clone)]
pub struct Emulator {
    shared: Arc<Shared>,
    addr: SocketAddr,
    token: String,
    bot_username: String,
    _running: Arc<Running>,
}

impl Emulator {
    /// Listens and serves the Bot API and the control API, on a thread and runtime of its own.
    ///
    /// # Errors
    /// If the address is not loopback or is taken.
    pub fn start(config: EmulatorConfig) -> io::Result<Self> {
        Self::start_with(config, Router::new())
    }

    /// As [`start`](Self::start), with more routes (the page) on the same port.
    ///
    /// # Errors
    /// If the address is not loopback or is taken.
    pub fn start_with(config: EmulatorConfig, pages: Router) -> io::Result<Self> {
        if !config.addr.ip().is_loopback() {
            let words = "the emulator listens on loopback addresses only";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
        }
        let listener = std::net::TcpListener::bind(config.addr)?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let shared = Arc::new(Shared::new(&config));
        let routes = server::router(Arc::clone(&shared))
            .merge(control::router(Arc::clone(&shared)))
            .merge(pages);
        let (stop, stopped) = oneshot::channel();
        let (ready, is_ready): (Sender<io::Result<()>>, _) = mpsc::channel();
        std::thread::Builder::new()
            .name("bot-api-emulator".into())
            .spawn({
                let shared = Arc::clone(&shared);
                move || server::run(listener, routes, shared, stopped, &ready)
            })?;
        is_ready.recv().map_err(io::Error::other)??;
        Ok(Self {
            shared,
            addr,
            token: config.token,
            bot_username: config.bot_username,
            _running: Arc::new(Running { stop: Some(stop) }),
        })
    }

    pub(super) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// What `TELOXIDE_API_URL` takes.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    #[must_use]
    pub fn bot_username(&self) -> &str {
        &self.bot_username
    }

    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The Bot API and the control API, to be served elsewhere too. Cut connections need the
    /// emulator's own server; elsewhere they are answered 502 with nothing.
    pub fn router(&self) -> Router {
        server::router(Arc::clone(&self.shared)).merge(control::router(Arc::clone(&self.shared)))
    }

    #[must_use]
    pub fn faults(&self) -> Faults {
        Faults {
            emulator: self.clone(),
        }
    }
}

/// Time and change.
impl Emulator {
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.shared.read(State::now_ms)
    }

    /// Moves the clock forward: dates, expiry of updates and queries, pacing.
    pub fn advance(&self, ms: i64) {
        self.shared.advance(ms);
    }

    /// Switches the rates on or off.
    pub fn set_pacing(&self, on: bool) {
        self.shared.act(|state| state.pacing.switch(on));
    }

    /// Gives a host a place on this machine, so that a webhook there can be set and reached.
    ///
    /// # Errors
    /// If the place is not on loopback.
    pub fn host_webhook(&self, host: &str, place: WebhookHost) -> io::Result<()> {
        if !place.addr.ip().is_loopback() {
            let words = "webhooks are reached on loopback addresses only";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
        }
        self.shared
            .act(|state| state.hosts.insert(host.to_owned(), place));
        Ok(())
    }

    /// Tells of every update handed out and every call from now on.
    #[must_use]
    pub fn meter(&self) -> mpsc::Receiver<Happened> {
        self.shared.act(|state| state.meter.listen())
    }

    /// A number that grows with every change; await its changes instead of sleeping.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.shared.watch()
    }

    /// Looks again after every change until `look` finds something; `None` when time is up.
    pub async fn wait_for<T>(
        &self,
        timeout: Duration,
        mut look: impl FnMut(&Self) -> Option<T>,
    ) -> Option<T> {
        let mut changes = self.changes();
        let search = async {
            loop {
                changes.borrow_and_update();
                if let Some(found) = look(self) {
                    return Some(found);
                }
                if changes.changed().await.is_err() {
                    return None;
                }
            }
        };
        tokio::time::timeout(timeout, search).await.ok().flatten()
    }

    /// Whether `look` came true in time.
    pub async fn wait_until(&self, timeout: Duration, mut look: impl FnMut(&Self) -> bool) -> bool {
        self.wait_for(timeout, |emulator| look(emulator).then_some(()))
            .await
            .is_some()
    }

    /// As [`wait_for`](Self::wait_for) for tests without a runtime; blocks the thread.
    pub fn block_for<T>(
        &self,
        timeout: Duration,
        mut look: impl FnMut(&Self) -> Option<T>,
    ) -> Option<T> {
        let end = Instant::now() + timeout;
        let (lock, bell) = &self.shared.pulse;
        loop {
            let seen = *lock.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(found) = look(self) {
                return Some(found);
            }
            let left = end.checked_duration_since(Instant::now())?;
            let guard = lock.lock().unwrap_or_else(PoisonError::into_inner);
            // Whether it rang or timed out is told by the next round.
            drop(
                bell.wait_timeout_while(guard, left, |rev| *rev == seen)
                    .unwrap_or_else(PoisonError::into_inner),
            );
        }
    }
}
