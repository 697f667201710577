//! Several instances on one PostgreSQL, each a process of its own: the one that polls is killed
//! again and again while customers order, and who does not fit beside the others is refused.
//! Afterwards the kill test's check holds.

use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ks_order::sandbox::{Emulator, EmulatorConfig, Fault, UserSpec};
use ks_order::store::{Db, Keys, OpenError, OpenOptions};
use tokio::task::JoinSet;

use crate::kill::{SENDER_SLOTS, Trial};
use crate::support::chance::Chance;
use crate::support::child::{Program, change, shop_folder};
use crate::support::db::{KEY, Server};
use crate::support::probe::Probe;

const KILLS: usize = 20;
const CUSTOMERS: i64 = 12;
/// A lease and a long poll: later than this nobody may go on with what another one polled.
const TAKEOVER_LIMIT: Duration = Duration::from_secs(6 + 25);
/// Half of the takeovers are over within a lease alone.
const USUAL_TAKEOVER: Duration = Duration::from_secs(6);
const PATIENCE: Duration = Duration::from_secs(60);
const OTHER_KEY: &str = "b:HxECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_millis()).unwrap()
}

/// Which process polls, if it is certain.
fn poller(probe: &mut Probe) -> Option<u32> {
    let rows = probe.rows(
        "select cast(substring(i.process from '[0-9]+') as bigint), l.until_ms
         from leases l join instances i on i.name = l.holder
         where l.name = 'poll'
           and l.until_ms > cast(extract(epoch from clock_timestamp()) * 1000 as bigint)",
    )?;
    u32::try_from(rows.first()?.0).ok()
}

/// How many instances say that they are there, and of how many different folders.
fn instances(probe: &mut Probe) -> (i64, i64) {
    let rows = probe.rows("select count(*), count(distinct files) from instances");
    rows.and_then(|rows| rows.first().copied())
        .unwrap_or((0, 0))
}

/// Whether all of these have joined.
fn have_joined(probe: &mut Probe, bots: &[Child]) -> bool {
    let rows = probe
        .rows("select cast(substring(process from '[0-9]+') as bigint), 0::bigint from instances");
    let rows = rows.unwrap_or_default();
    let joined = |bot: &Child| rows.iter().any(|row| row.0 == i64::from(bot.id()));
    bots.iter().all(joined)
}

/// When the last update was stored.
fn last_stored(probe: &mut Probe) -> i64 {
    let rows = probe.rows(
        "select coalesce(max(created_ms), 0), 0::bigint from inbox where update_id is not null",
    );
    rows.and_then(|rows| rows.first().copied())
        .map_or(0, |row| row.0)
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "never came true: {what}");
        sleep(Duration::from_millis(20));
    }
}

fn terminate(bot: &mut Child) -> ExitStatus {
    signal(bot, "-TERM");
    bot.wait().unwrap()
}

fn signal(bot: &Child, name: &str) {
    let id = bot.id().to_string();
    assert!(
        Command::new("kill")
            .args([name, &id])
            .status()
            .unwrap()
            .success()
    );
}

/// Ends what it holds, whatever happens.
struct Bots(Vec<Child>);

impl Bots {
    /// Takes out the one with this process id.
    fn take(&mut self, id: u32) -> Child {
        let at = self.0.iter().position(|bot| bot.id() == id).unwrap();
        self.0.remove(at)
    }
}

impl Drop for Bots {
    fn drop(&mut self) {
        for bot in &mut self.0 {
            drop(bot.kill());
            drop(bot.wait());
        }
    }
}

/// Everybody orders until another process than `gone` stores what comes; how long it took.
fn taken_over(trial: &mut Trial, gone: u32) -> Duration {
    let (since, began) = (now_ms(), Instant::now());
    loop {
        trial.crowd.act();
        let other = poller(&mut trial.probe).is_some_and(|id| id != gone);
        if other && last_stored(&mut trial.probe) > since {
            return began.elapsed();
        }
        let took = began.elapsed();
        assert!(
            took < TAKEOVER_LIMIT,
            "nobody goes on:\n{}",
            trial.program.last_words()
        );
        sleep(Duration::from_millis(5));
    }
}

#[test]
fn the_one_that_polls_is_killed_again_and_again() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut chance = Chance::new("the_one_that_polls_is_killed_again_and_again");
    // More rounds than anybody gets through.
    let mut trial = Trial::new(Some(server.database()), CUSTOMERS, 1_000);
    // As slow as a real network, so that calls are in flight.
    trial.telegram.faults().storm(1, Fault::Delay(15));
    let mut bots = Bots(vec![trial.program.run()]);
    until("the first one polls", || poller(&mut trial.probe).is_some());
    bots.0.push(trial.program.run());
    let mut took = Vec::new();
    for kill in 0..KILLS {
        until("both are there and one of them polls", || {
            trial.crowd.act();
            let polls = poller(&mut trial.probe);
            let known = bots.0.iter().any(|bot| Some(bot.id()) == polls);
            known && have_joined(&mut trial.probe, &bots.0)
        });
        // Soon after its start the other one follows at once; later it waits to be sure.
        let settled = if kill % 4 == 0 { 6_500 } else { 200 };
        trial.act_for(Duration::from_millis(settled + chance.below(1_300)));
        let end = Instant::now() + Duration::from_secs(5);
        while trial.probe.waiting().unwrap_or(0) == 0 && Instant::now() < end {
            trial.crowd.act();
        }
        let gone = poller(&mut trial.probe).unwrap();
        let mut bot = bots.take(gone);
        assert!(
            bot.try_wait().unwrap().is_none(),
            "{}",
            trial.program.last_words()
        );
        bot.kill().unwrap();
        bot.wait().unwrap();
        trial.killed_at.push(trial.telegram.now_ms());
        took.push(taken_over(&mut trial, gone));
        bots.0.push(trial.program.run());
    }
    took.sort();
    println!("takeovers: {took:?}");
    assert!(took[KILLS / 2] < USUAL_TAKEOVER, "{took:?}");
    // Who stops gives the lease back: the other goes on at once.
    until("both are there", || {
        trial.crowd.act();
        have_joined(&mut trial.probe, &bots.0) && poller(&mut trial.probe).is_some()
    });
    trial.act_for(Duration::from_secs(7));
    let gone = poller(&mut trial.probe).unwrap();
    let mut bot = bots.take(gone);
    signal(&bot, "-TERM");
    let handed_over = taken_over(&mut trial, gone);
    println!("handed over: {handed_over:?}");
    assert!(handed_over < Duration::from_secs(3), "{handed_over:?}");
    assert!(bot.wait().unwrap().success());
    let confirmed: usize = trial.crowd.customers.iter().map(|c| c.seen.len()).sum();
    println!("{confirmed} orders confirmed meanwhile");
    assert!(confirmed > KILLS, "too little was going on");
    for customer in &mut trial.crowd.customers {
        customer.last_round();
    }
    trial.bot = bots.0.pop();
    trial.finish();
    trial.check(KILLS * SENDER_SLOTS);
}

/// Two shop folders on one database.
struct Two {
    server: Server,
    telegram: Emulator,
    url: String,
    probe: Probe,
    folders: [tempfile::TempDir; 2],
}

impl Two {
    fn new() -> Option<Self> {
        let server = Server::start()?;
        let telegram = Emulator::start(EmulatorConfig::default()).unwrap();
        let url = server.database();
        Some(Self {
            server,
            telegram,
            probe: Probe::new(&url),
            url,
            folders: [shop_folder(&[]), shop_folder(&[])],
        })
    }

    fn program(&self, n: usize) -> Program {
        Program::new(self.folders[n].path(), &self.url, &self.telegram)
    }

    fn dir(&self, n: usize) -> &Path {
        self.folders[n].path()
    }

    /// The second one ends by itself: its exit code and the last line it says.
    fn refused(&self, program: &Program) -> (Option<i32>, String) {
        let before = program.log_text().len();
        let mut bot = Bots(vec![program.run()]);
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = bot.0[0].try_wait().unwrap() {
                let text = program.log_text();
                let said = text[before..].trim_end();
                let trouble = said.lines().last().unwrap_or_default().to_owned();
                return (status.code(), trouble);
            }
            assert!(Instant::now() < end, "it works:\n{}", program.last_words());
            sleep(Duration::from_millis(20));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_database_opened_by_many_at_once_has_one_key() {
    let Some(server) = Server::start() else {
        return;
    };
    for _ in 0..8 {
        let url = server.database();
        let mut opening = JoinSet::new();
        for n in 0..8 {
            let key = [KEY, OTHER_KEY][n % 2];
            let url = url.clone();
            opening.spawn(async move {
                let options = OpenOptions::new(Keys::from_env_value(key).unwrap());
                (key, Db::open(&url, &options).await)
            });
        }
        let mut let_in = Vec::new();
        for (key, opened) in opening.join_all().await {
            match opened {
                Ok(_) => let_in.push(key),
                Err(error) => assert!(matches!(error, OpenError::WrongKey), "{error}"),
            }
        }
        let_in.dedup();
        assert_eq!(let_in.len(), 1, "of one key all, of the other none");
    }
}

#[test]
fn who_has_other_files_or_keys_is_refused_and_changes_nothing() {
    let Some(mut two) = Two::new() else {
        return;
    };
    let first = Bots(vec![two.program(0).run()]);
    until("the first one works", || {
        two.program(0).log_text().contains("takes orders at")
    });
    let items = "select count(*), count(archived_ms) from items";
    let before = two.probe.rows(items).unwrap();
    let name = format!("process {} on ", first.0[0].id());

    // A dish less, and another price.
    change(two.dir(1), "catalogue.toml", "price = \"", "price = \"1").unwrap();
    let (code, said) = two.refused(&two.program(1));
    assert_eq!(code, Some(2), "{said}");
    let cause = " works on this database with other shop files; give all instances the same folder, then /reload there, or stop it first";
    assert!(
        said.starts_with(&format!("ks-order: {name}")) && said.ends_with(cause),
        "{said}"
    );

    let (code, said) = two.refused(&two.program(0).with_key(OTHER_KEY));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("key"), "{said}");
    // It opens what was sealed before, but the first one could not open what it seals.
    let (code, said) = two.refused(&two.program(0).with_key(&format!("{OTHER_KEY} {KEY}")));
    assert_eq!(code, Some(2), "{said}");
    let cause =
        " works on this database with another KS_ORDER_KEY; give all instances the same keys";
    assert!(
        said.starts_with(&format!("ks-order: {name}")) && said.ends_with(cause),
        "{said}"
    );
    assert_eq!(instances(&mut two.probe), (1, 1));
    assert_eq!(two.probe.rows(items).unwrap(), before);

    // A key more to open with, as the first step of a rotation, is no harm.
    let second = Bots(vec![
        two.program(0).with_key(&format!("{KEY} {OTHER_KEY}")).run(),
    ]);
    until("both work", || instances(&mut two.probe) == (2, 1));
    drop((first, second));
    drop(two.server);
}

#[test]
fn a_folder_that_is_read_again_reaches_the_others_or_they_rest() {
    let Some(mut two) = Two::new() else {
        return;
    };
    two.telegram
        .add_user(UserSpec::new(2, "Lin").language("en"));
    let mut bots = Bots(vec![two.program(0).run(), two.program(1).run()]);
    until("both work, though they started at once", || {
        for (n, bot) in bots.0.iter_mut().enumerate() {
            let ended = bot.try_wait().unwrap();
            assert!(ended.is_none(), "{}", two.program(n).last_words());
        }
        instances(&mut two.probe) == (2, 1) && poller(&mut two.probe).is_some()
    });
    // Both folders are changed; one is told to read its own.
    for n in 0..2 {
        change(
            two.dir(n),
            "texts/en.ftl",
            "pickup-name = Name",
            "pickup-name = Who",
        )
        .unwrap();
    }
    signal(&bots.0[0], "-HUP");
    until("the other one read its folder too", || {
        two.program(1)
            .log_text()
            .contains("read again, as another instance did")
    });
    until("both have the same", || instances(&mut two.probe) == (2, 1));

    // Only one is changed: the other one rests, whoever of them polled.
    change(
        two.dir(1),
        "texts/en.ftl",
        "pickup-name = Who",
        "pickup-name = Whose",
    )
    .unwrap();
    signal(&bots.0[1], "-HUP");
    until("the other one rests", || {
        two.program(0).log_text().contains("rests until")
    });
    let id = bots.0[1].id();
    until("who was told polls", || poller(&mut two.probe) == Some(id));
    two.telegram.start_bot(2, None).unwrap();
    let answered = |two: &Two, more: usize| {
        let found = two.telegram.block_for(PATIENCE, |telegram| {
            let messages = telegram.messages(2, 2);
            (messages.iter().filter(|msg| msg.from_bot).count() > more).then_some(())
        });
        assert!(
            found.is_some(),
            "no answer: {}",
            two.program(1).last_words()
        );
    };
    answered(&two, 0);

    // It gets the same files, and works again.
    change(
        two.dir(0),
        "texts/en.ftl",
        "pickup-name = Who",
        "pickup-name = Whose",
    )
    .unwrap();
    until("it works again", || {
        two.program(0).log_text().contains("works again")
    });
    until("both have the same", || instances(&mut two.probe) == (2, 1));

    // Resting, it goes on when it is left alone.
    change(
        two.dir(1),
        "texts/en.ftl",
        "pickup-name = Whose",
        "pickup-name = Name",
    )
    .unwrap();
    signal(&bots.0[1], "-HUP");
    until("the other one rests again", || {
        two.program(0).log_text().matches("rests until").count() == 2
    });
    assert!(terminate(&mut bots.0[1]).success());
    let before = two
        .telegram
        .messages(2, 2)
        .iter()
        .filter(|msg| msg.from_bot)
        .count();
    two.telegram.say(2, "/help").unwrap();
    answered(&two, before);
}
