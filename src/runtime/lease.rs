//! What this instance may do beside others: poll, send, take turns.
//!
//! On SQLite it may do all of it: no second process can have the file. On PostgreSQL one
//! instance polls and one sends, as long as they hold the leases for it; all take turns.
//!
//! # Design notes
//! - A lease is renewed every 2 s and trusted for 6 s of our own monotonic clock from before we
//!   asked. Losing it stops polling or sending; turns go on.
//! - Who has no session any more is gone after 2.5 s: whoever lost them all for a moment has
//!   spoken again by then. Soon after its start an instance takes the lease of such a one at
//!   once, so that a restart after a crash does not wait.
//! - All instances have the same shop files and know each other's present key. Who comes with
//!   others is refused before it has written anything. When one reads its folder anew, the others
//!   read theirs, too, as soon as they see it; who does not have the same files then rests: it
//!   takes no turn, polls and sends nothing, until it has them or is alone. So the last one that
//!   was told to read its folder leads.
//! - A sender that is alone sends what its own turns tell it; beside others it sends what it
//!   reads from the database, which shows the rows of all in the order of their commits. It must
//!   know of an instance before that one's first turn: so who joins others takes no turn before
//!   each of them has looked once more, or has lost its lease.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::store::instances::{self, Instance, Other};
use crate::store::leases::{self, Span};
use crate::store::{Db, Engine, StoreError};

use super::clock::Clock;
use super::engine::Shared;
use super::handler::Handler;

/// A holder renews so often …
const RENEW_EVERY: Duration = Duration::from_secs(2);
/// … and the others ask so often.
const ASK_EVERY: Duration = Duration::from_millis(500);
const LASTS_MS: i64 = 6_000;
const GONE_MS: i64 = 2_500;

/// What only one instance does at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Asks Telegram for updates, or tells it where to call.
    Poll,
    /// Sends the outbox.
    Send,
}

impl Role {
    const ALL: [Self; 2] = [Self::Poll, Self::Send];

    fn name(self) -> &'static str {
        match self {
            Self::Poll => "poll",
            Self::Send => "send",
        }
    }
}

/// What the database said last. Times are monotonic milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct State {
    poll_until: u64,
    send_until: u64,
    /// The database's answer counts so long.
    answered_until: u64,
    /// Others are there.
    together: bool,
    /// Others count on hearing from us until then.
    known_until: u64,
    /// The others may not know of us before.
    turns_from: u64,
    /// Ours are not the files that the others have.
    rests: bool,
}

impl State {
    fn until(&self, role: Role) -> u64 {
        match role {
            Role::Poll => self.poll_until,
            Role::Send => self.send_until,
        }
    }
}

/// The leases, as far as this instance knows.
#[derive(Debug)]
pub(super) struct Lease {
    state: watch::Sender<State>,
}

impl Lease {
    /// All of it for ever on SQLite; nothing yet on PostgreSQL.
    pub(super) fn new(engine: Engine) -> Self {
        let state = match engine {
            Engine::Sqlite => State {
                poll_until: u64::MAX,
                send_until: u64::MAX,
                answered_until: u64::MAX,
                known_until: u64::MAX,
                ..State::default()
            },
            Engine::Postgres => State::default(),
        };
        Self {
            state: watch::Sender::new(state),
        }
    }

    pub(super) fn is_held(&self, role: Role, clock: &Clock) -> bool {
        clock.monotonic_ms() < self.state.borrow().until(role)
    }

    /// Whether anybody holds them, as far as was heard lately: what is not given to us is
    /// another's.
    pub(super) fn is_somebodys(&self, clock: &Clock) -> bool {
        clock.monotonic_ms() < self.state.borrow().answered_until
    }

    /// Waits until it is held.
    pub(super) async fn held(&self, role: Role, clock: &Clock) {
        let mut state = self.state.subscribe();
        while !self.is_held(role, clock) {
            // An error can't be: we have the sender.
            drop(state.changed().await);
        }
    }

    /// Whether others take turns, or are about to. To be asked after [`Lease::is_held`].
    pub(super) fn is_together(&self) -> bool {
        self.state.borrow().together
    }

    /// Whether the sender, whoever it is, will see what a turn of ours wants sent.
    pub(super) fn may_take_turns(&self, clock: &Clock) -> bool {
        let (now, state) = (clock.monotonic_ms(), *self.state.borrow());
        if state.rests {
            return false;
        }
        let known = now < state.known_until && (!state.together || now >= state.turns_from);
        known || now < state.send_until
    }

    /// Whether this instance waits for the files that the others have.
    pub(super) fn rests(&self) -> bool {
        self.state.borrow().rests
    }

    /// Rests, or works again; whether that is new.
    fn rest(&self, rests: bool) -> bool {
        self.state.send_if_modified(|state| {
            let is_new = state.rests != rests;
            state.rests = rests;
            if rests {
                (state.poll_until, state.send_until) = (0, 0);
            }
            is_new
        })
    }

    /// Waits until something has changed, or a while.
    pub(super) async fn changed(&self) {
        let mut state = self.state.subscribe();
        drop(tokio::time::timeout(ASK_EVERY, state.changed()).await);
    }

    /// Says that we are there and asks for the leases, once; gives the others.
    async fn renew(
        &self,
        db: &Db,
        clock: &Clock,
        me: &Instance,
        ask: Ask,
    ) -> Result<Result<Vec<Other>, Apart>, StoreError> {
        let asked = clock.monotonic_ms();
        let mut tx = db.begin().await?;
        if ask.first {
            instances::lock(&mut tx).await?;
            instances::forget(&mut tx).await?;
            let others = instances::others(&mut tx, &me.name, LASTS_MS, GONE_MS).await?;
            if let Some(apart) = others.iter().find_map(|other| apart(me, &other.instance)) {
                tx.rollback().await?;
                return Ok(Err(apart));
            }
        }
        instances::note(&mut tx, me, LASTS_MS).await?;
        let others = instances::others(&mut tx, &me.name, LASTS_MS, GONE_MS).await?;
        let span = Span {
            lasts_ms: LASTS_MS,
            gone_ms: if ask.is_new { 0 } else { GONE_MS },
        };
        let mut until = [0; 2];
        for (role, until) in Role::ALL.into_iter().zip(&mut until) {
            let wanted = match role {
                Role::Poll => ask.polls,
                Role::Send => ask.sends,
            };
            if wanted && leases::take(&mut tx, role.name(), &me.name, span).await? {
                *until = asked + LASTS_MS.unsigned_abs();
            }
        }
        tx.commit().await?;
        let [poll_until, send_until] = until;
        self.state.send_modify(|state| {
            // The others may have forgotten us since: then it is as if we came anew.
            if asked >= state.known_until {
                state.turns_from = clock.monotonic_ms() + LASTS_MS.unsigned_abs();
            }
            state.known_until = asked + GONE_MS.unsigned_abs();
            state.together = !others.is_empty();
            state.answered_until = asked + LASTS_MS.unsigned_abs();
            state.poll_until = poll_until;
            state.send_until = send_until;
        });
        Ok(Ok(others))
    }

    /// The first time: takes what nobody has; refused, nothing is changed.
    pub(super) async fn join(
        &self,
        db: &Db,
        clock: &Clock,
        me: &Instance,
    ) -> Result<Result<(), Apart>, StoreError> {
        if db.engine() == Engine::Sqlite {
            return Ok(Ok(()));
        }
        let ask = Ask {
            first: true,
            is_new: true,
            polls: true,
            sends: true,
        };
        let others = match self.renew(db, clock, me, ask).await? {
            Ok(others) => others,
            Err(apart) => return Ok(Err(apart)),
        };
        for other in &others {
            tracing::info!(other = %other.instance.process, "this instance works beside another");
        }
        Ok(Ok(()))
    }
}

/// This instance, as the others see it.
pub(super) fn instance(db: &Db, bot: &str, files: String) -> Instance {
    let keys = db.keys().digests("instances", "");
    let hex = |digest: &Vec<u8>| digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
    Instance {
        name: db.instance().to_owned(),
        process: process(),
        bot: bot.to_owned(),
        files,
        keys: keys.iter().map(hex).collect::<Vec<String>>().join(" "),
    }
}

/// What an operator knows this process by.
fn process() -> String {
    let id = std::process::id();
    match std::fs::read_to_string("/proc/sys/kernel/hostname") {
        Ok(host) => format!("process {id} on {}", host.trim()),
        Err(_) => format!("process {id}"),
    }
}

/// Why an instance may not work beside another one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Apart {
    /// They are different bots.
    #[error("{0} works on this database for the bot @{1}; give each bot a database of its own")]
    Bot(String, String),
    /// They seal with keys that the other one has not.
    #[error(
        "{0} works on this database with another KS_ORDER_KEY; give all instances the same keys"
    )]
    Keys(String),
    /// Their shop's files are not the same.
    #[error(
        "{0} works on this database with other shop files; give all instances the same folder, then /reload there, or stop it first"
    )]
    Files(String),
}

/// Why `me` may not work beside another one; none if it may.
fn apart(me: &Instance, other: &Instance) -> Option<Apart> {
    let process = other.process.clone();
    if me.bot != other.bot {
        return Some(Apart::Bot(process, other.bot.clone()));
    }
    // The first key seals, and everybody must be able to open what it sealed.
    let opens = |keys: &str, sealed: &str| {
        let present = sealed.split(' ').next();
        present.is_some_and(|present| keys.split(' ').any(|key| key == present))
    };
    if !opens(&me.keys, &other.keys) || !opens(&other.keys, &me.keys) {
        return Some(Apart::Keys(process));
    }
    (me.files != other.files).then_some(Apart::Files(process))
}

#[derive(Debug, Clone, Copy)]
struct Ask {
    /// Nobody else may join meanwhile.
    first: bool,
    /// Soon after its start.
    is_new: bool,
    /// Wants to poll.
    polls: bool,
    /// Wants to send.
    sends: bool,
}

/// Renews until it is aborted: what is sent last still needs the lease. Polling is given back
/// as soon as the engine is to stop.
pub(super) async fn run<H: Handler>(shared: Arc<Shared<H>>, mut me: Instance) {
    if shared.db.engine() == Engine::Sqlite {
        // Held for ever; a loop that ends counts as broken.
        return shared.stopped().await;
    }
    let mut before = Role::ALL.map(|role| shared.lease.is_held(role, &shared.clock));
    let new_until = shared.clock.monotonic_ms() + LASTS_MS.unsigned_abs();
    let (mut failed, mut polls) = (false, true);
    loop {
        let pause = if failed || before.contains(&false) {
            ASK_EVERY
        } else {
            RENEW_EVERY
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = shared.stopped(), if polls => {
                polls = false;
                give(&shared.db, &[Role::Poll], false).await;
            }
        }
        me.files = shared.handler.files();
        let ask = Ask {
            first: false,
            is_new: shared.clock.monotonic_ms() < new_until,
            polls: polls && !shared.lease.rests(),
            sends: !shared.lease.rests(),
        };
        let renewed = shared.lease.renew(&shared.db, &shared.clock, &me, ask);
        failed = match renewed.await {
            Ok(Ok(others)) => {
                same_files(&shared, &me, &others).await;
                false
            }
            // Only the first time.
            Ok(Err(_)) => false,
            Err(error) => {
                tracing::warn!(%error, source = ?error.source, "the leases can't be renewed");
                true
            }
        };
        let now = Role::ALL.map(|role| shared.lease.is_held(role, &shared.clock));
        if polls && now != before {
            tracing::warn!(polls = now[0], sends = now[1], "leases changed hands");
            // What the other one had begun is ours to go on with.
            shared.work.notify_one();
        }
        before = now;
    }
}

/// Has the files that the one has that read its folder last, or rests until it has.
async fn same_files<H: Handler>(shared: &Shared<H>, me: &Instance, others: &[Other]) {
    let newest = others
        .iter()
        .rfind(|other| other.is_newer && other.instance.files != me.files);
    let rests = match newest {
        None => false,
        Some(other) => !shared.handler.follow(&other.instance.files).await,
    };
    if newest.is_some() && !rests {
        tracing::info!("the shop folder was read again, as another instance did");
        if let Some(receiving) = shared.handler.receiving() {
            shared.receive_by(receiving);
        }
    }
    if shared.lease.rest(rests) {
        match newest.filter(|_| rests) {
            Some(other) => {
                tracing::error!(
                    other = %other.instance.process,
                    "another instance has other shop files; this one rests until it has the same"
                );
                give(&shared.db, &Role::ALL, false).await;
            }
            None => tracing::info!("this instance works again"),
        }
        shared.work.notify_one();
    }
}

async fn give(db: &Db, roles: &[Role], leaves: bool) {
    let give = async {
        let mut tx = db.begin().await?;
        for role in roles {
            leases::give(&mut tx, role.name(), db.instance()).await?;
        }
        if leaves {
            instances::leave(&mut tx, db.instance()).await?;
        }
        tx.commit().await
    };
    if let Err(error) = give.await {
        tracing::debug!(%error, "a lease ends by itself");
    }
}

/// Gives the leases back, so that another instance need not wait.
pub(super) async fn leave(db: &Db) {
    if db.engine() == Engine::Postgres {
        give(db, &Role::ALL, true).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lease(state: State) -> Lease {
        Lease {
            state: watch::Sender::new(state),
        }
    }

    #[test]
    fn who_joins_others_takes_no_turn_before_they_know() {
        let clock = Clock::real();
        let new = State {
            known_until: u64::MAX,
            together: true,
            turns_from: u64::MAX,
            ..State::default()
        };
        assert!(!lease(new).may_take_turns(&clock));
        let known = State {
            turns_from: 0,
            ..new
        };
        assert!(lease(known).may_take_turns(&clock));
        let alone = State {
            together: false,
            ..new
        };
        assert!(lease(alone).may_take_turns(&clock));
        let sends = State {
            send_until: u64::MAX,
            ..new
        };
        assert!(lease(sends).may_take_turns(&clock));
        let forgotten = State {
            known_until: 0,
            ..known
        };
        assert!(!lease(forgotten).may_take_turns(&clock));
    }

    #[test]
    fn who_rests_takes_no_turn_and_holds_nothing() {
        let clock = Clock::real();
        let lease = lease(State {
            poll_until: u64::MAX,
            send_until: u64::MAX,
            ..State::default()
        });
        assert!(lease.rest(true) && !lease.rest(true));
        assert!(!lease.may_take_turns(&clock));
        assert!(!lease.is_held(Role::Poll, &clock) && !lease.is_held(Role::Send, &clock));
        assert!(lease.rest(false) && !lease.rests());
    }

    #[test]
    fn who_may_work_beside_another() {
        let me = Instance {
            name: "a".to_owned(),
            process: "process 1 on x".to_owned(),
            bot: "tea_bot".to_owned(),
            files: "f".to_owned(),
            keys: "new old".to_owned(),
        };
        let with = |change: fn(&mut Instance)| {
            let mut other = me.clone();
            change(&mut other);
            (apart(&me, &other), apart(&other, &me))
        };
        assert_eq!(with(|_| {}), (None, None));
        // Each can open what the other one seals.
        assert_eq!(
            with(|other| other.keys = "old new".to_owned()),
            (None, None)
        );
        let keys = Some(Apart::Keys("process 1 on x".to_owned()));
        // It could not open what we seal, or we not what it seals.
        for change in [
            (|other| other.keys = "old".to_owned()) as fn(&mut Instance),
            |other| other.keys = "newer new old".to_owned(),
            |other| other.keys = String::new(),
        ] {
            assert_eq!(with(change), (keys.clone(), keys.clone()));
        }
        let files = Apart::Files("process 1 on x".to_owned());
        assert_eq!(with(|other| other.files = "g".to_owned()).0, Some(files));
        let bot = Apart::Bot("process 1 on x".to_owned(), "rice_bot".to_owned());
        assert_eq!(with(|other| other.bot = "rice_bot".to_owned()).0, Some(bot));
    }

    #[test]
    fn on_sqlite_everything_is_held_and_on_postgres_nothing_yet() {
        let clock = Clock::real();
        for (engine, held) in [(Engine::Sqlite, true), (Engine::Postgres, false)] {
            let lease = Lease::new(engine);
            assert_eq!(lease.is_held(Role::Poll, &clock), held);
            assert_eq!(lease.is_held(Role::Send, &clock), held);
            assert_eq!(lease.may_take_turns(&clock), held);
        }
    }
}
