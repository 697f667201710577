//! Nothing is lost and nothing is done twice: customers order and a kitchen works while the bot,
//! a process of its own, is killed at random moments or its surroundings fail. Afterwards every
//! chat must have heard what it had to hear.
//!
//! SIGKILL leaves the page cache alone: this proves that no state between two writes is fatal,
//! not that a write survives power loss.

use std::collections::BTreeMap;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ks_order::commands::service::{Parts, Service};
use ks_order::runtime::Counters;
use ks_order::runtime::clock::Clock;
use ks_order::sandbox::{Emulator, EmulatorConfig, Fault, UpdateFault};
use ks_order::shop::{Shop, Source};
use ks_order::store::Db;
use ks_order::telegram::client::Client;

use crate::support::account::{SELLS, written};
use crate::support::chance::Chance;
use crate::support::child::{Program, shop_folder};
use crate::support::crowd::{CHEF, Crowd, Customer, GROUP, OWNER, first_line, number};
use crate::support::db::{Server, options};
use crate::support::probe::Probe;

/// Customers of the kill test.
const CUSTOMERS: i64 = 20;
/// Kills per database.
const KILLS: usize = 30;
/// What each account may use: more than anybody orders for.
const CREDIT: i64 = 100_000_000;
/// Calls that the bot may have in flight at once; each can double at a kill.
pub(crate) const SENDER_SLOTS: usize = 128;
/// A call accepted so shortly before a kill may not have been settled.
const UNSETTLED_MS: i64 = 2_000;
/// Longer than this nothing may take; a fault of ten seconds included.
const LIMIT: Duration = Duration::from_secs(150);

/// A crowd, a bot and its database.
pub(crate) struct Trial {
    pub(crate) crowd: Crowd,
    pub(crate) telegram: Emulator,
    pub(crate) program: Program,
    pub(crate) bot: Option<Child>,
    pub(crate) probe: Probe,
    pub(crate) killed_at: Vec<i64>,
    _folder: tempfile::TempDir,
}

impl Trial {
    pub(crate) fn new(database: Option<String>, customers: i64, rounds: usize) -> Self {
        let (owner, chats, staff) = (
            format!("owner = {OWNER}\n#"),
            format!("[chats]\nkitchen = {GROUP}\napprovals = {GROUP}\n#"),
            format!("[[staff]]\nid = {CHEF}\nroles = [\"kitchen\", \"manager\"]\n#"),
        );
        let mut edits = vec![
            ("shop.toml", "# owner = 123456789", owner.as_str()),
            ("shop.toml", "# [chats]", &chats),
            ("shop.toml", "# [[staff]]", &staff),
            // Every second order of a customer waits for the chef's yes.
            (
                "approval.toml",
                "order.total_minor > 200000",
                "customer.completed_orders % 2 == 1",
            ),
            ("catalogue.toml", "stock = 36", "stock = 5000"),
            // Telegram's pauses would make hours of it; the emulator keeps no pace here.
            (
                "shop.toml",
                "per_chat_per_second  = 1",
                "per_chat_per_second  = 1000",
            ),
            (
                "shop.toml",
                "overall_per_second   = 30",
                "overall_per_second   = 1000",
            ),
            (
                "shop.toml",
                "per_group_per_minute = 20",
                "per_group_per_minute = 1000",
            ),
        ];
        edits.extend(SELLS);
        let folder = shop_folder(&edits);
        let telegram = Emulator::start(EmulatorConfig {
            keep_calls: 200_000,
            ..EmulatorConfig::default()
        })
        .unwrap();
        let url =
            database.unwrap_or_else(|| format!("sqlite://{}/bot.db", folder.path().display()));
        let program = Program::new(folder.path(), &url, &telegram);
        // Some order for a company, some on an account of their own, the others pay in cash.
        written(&url, &[1001, 1002, 1003], CREDIT, &[1004, 1005, 1006]);
        Self {
            crowd: Crowd::new(telegram.clone(), customers, rounds),
            telegram,
            bot: None,
            probe: Probe::new(&url),
            killed_at: Vec::new(),
            program,
            _folder: folder,
        }
    }

    fn start(&mut self) {
        self.bot = Some(self.program.run());
    }

    fn kill(&mut self) {
        if let Some(mut bot) = self.bot.take() {
            assert!(
                bot.try_wait().unwrap().is_none(),
                "the bot ended by itself:\n{}",
                self.program.last_words()
            );
            bot.kill().unwrap();
            bot.wait().unwrap();
            self.killed_at.push(self.telegram.now_ms());
        }
    }

    /// Everybody acts until the bot has answered one of them. On a busy machine it may take
    /// seconds to start, and trouble made before meets its first calls alone, with their pauses.
    fn act_until_answered(&mut self) {
        let end = Instant::now() + LIMIT;
        while !self.crowd.somebody_was_answered() {
            self.act_for(Duration::from_millis(50));
            assert!(
                Instant::now() < end,
                "no answer:\n{}",
                self.program.last_words()
            );
        }
    }

    /// Everybody acts for a while.
    pub(crate) fn act_for(&mut self, span: Duration) {
        let end = Instant::now() + span;
        while Instant::now() < end {
            self.crowd.act();
            sleep(Duration::from_millis(5));
        }
    }

    /// Everybody acts until all orders are handed over and nothing waits any more.
    pub(crate) fn finish(&mut self) {
        let end = Instant::now() + LIMIT;
        while !self.crowd.is_done() {
            self.crowd.act();
            sleep(Duration::from_millis(10));
            assert!(
                Instant::now() < end,
                "not done in time:\n{}\n{}",
                self.state(),
                self.program.last_words()
            );
        }
        while self.telegram.pending_updates() > 0 || self.probe.waiting() != Some(0) {
            sleep(Duration::from_millis(20));
            assert!(
                Instant::now() < end,
                "something waits for ever: {:?}\n{}",
                self.probe.waiting(),
                self.program.last_words()
            );
        }
    }

    /// Who is not done, and what they see.
    fn state(&self) -> String {
        let mut out = String::new();
        for customer in self.crowd.customers.iter().filter(|c| !c.is_done()).take(3) {
            let messages = self.telegram.messages(customer.id, customer.id);
            let last: Vec<String> = messages
                .iter()
                .rev()
                .take(3)
                .map(|m| {
                    format!(
                        "{:?} {:?}",
                        m.text,
                        m.inline_keyboard
                            .iter()
                            .flatten()
                            .map(|b| &b.text)
                            .collect::<Vec<_>>()
                    )
                })
                .collect();
            out.push_str(&format!(
                "{} saw {:?}; last:\n{}\n",
                customer.id,
                customer.seen,
                last.join("\n")
            ));
        }
        let kitchen = self.telegram.messages(GROUP, CHEF);
        out.push_str(&format!(
            "kitchen: {} messages, last {:?}\n",
            kitchen.len(),
            kitchen.last().map(|m| &m.text)
        ));
        out
    }

    /// What must hold whatever happened. `doubles`: how many messages may have come twice.
    pub(crate) fn check(&mut self, doubles: usize) {
        self.orders_are_those_wanted();
        self.accounts_are_those_of_the_orders();
        self.pushes_arrived();
        self.cards_are_up_to_date();
        self.doubles_are_explained(doubles);
        if let Some(mut bot) = self.bot.take() {
            bot.kill().unwrap();
            bot.wait().unwrap();
        }
        self.program.verify().unwrap();
    }

    fn orders_are_those_wanted(&mut self) {
        let rows = self
            .probe
            .rows("select customer, number from orders")
            .unwrap();
        let mut stored: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for (customer, number) in rows {
            stored.entry(customer).or_default().push(number);
        }
        for customer in &self.crowd.customers {
            let mut numbers = stored.remove(&customer.id).unwrap_or_default();
            numbers.sort_unstable();
            let seen: Vec<i64> = customer.seen.iter().copied().collect();
            assert_eq!(
                numbers, seen,
                "customer {}: stored against seen confirmed",
                customer.id
            );
            assert_eq!(
                numbers.len(),
                customer.wanted,
                "customer {}: stored against asked for",
                customer.id
            );
        }
        assert!(stored.is_empty(), "orders of nobody: {stored:?}");
    }

    /// Each order on account is owed once; everything was handed over.
    fn accounts_are_those_of_the_orders(&mut self) {
        let owed = "select \
            (select cast(coalesce(sum(balance_minor), 0) as bigint) from accounts), \
            (select cast(coalesce(sum(total_minor), 0) as bigint) from orders \
            where account is not null)";
        let (owed, ordered) = self.probe.rows(owed).unwrap()[0];
        assert_eq!(owed, ordered, "owed, ordered on account");
        assert!(owed > 0, "nobody ordered on account");
        let cash = "select count(*), count(*) from orders where account is null";
        assert!(self.probe.rows(cash).unwrap()[0].0 > 0, "nobody paid cash");
        let twice = "select order_id, count(*) from account_entries where order_id is not null \
            group by order_id, op having count(*) > 1";
        assert_eq!(self.probe.rows(twice).unwrap(), [], "booked twice");
    }

    fn pushes_arrived(&self) {
        for customer in &self.crowd.customers {
            let messages = self.telegram.messages(customer.id, customer.id);
            for order in &customer.seen {
                for words in [
                    "ready at about",
                    "being prepared",
                    "ready for pickup",
                    "was handed over",
                ] {
                    let heard = messages.iter().any(|m| {
                        m.from_bot
                            && number(m) == Some(*order)
                            && !first_line(m).starts_with("🧾")
                            && m.text.contains(words)
                    });
                    assert!(
                        heard,
                        "customer {} never heard that #{order} was {words:?}",
                        customer.id
                    );
                }
            }
        }
    }

    /// Of each order's card, the copy that the service knows shows the last state.
    fn cards_are_up_to_date(&self) {
        for customer in &self.crowd.customers {
            let messages = self.telegram.messages(customer.id, customer.id);
            for order in &customer.seen {
                let title = format!("Order #{order} ·");
                let copies: Vec<String> = messages
                    .iter()
                    .filter(|m| m.from_bot && !m.deleted)
                    .map(first_line)
                    .filter(|l| l.contains(&title))
                    .collect();
                assert!(
                    copies.iter().any(|l| l.contains("handed over")),
                    "card of #{order}: {copies:?}"
                );
                let old = copies.iter().filter(|l| !l.contains("handed over")).count();
                assert!(
                    old < copies.len() && (old == 0 || !self.killed_at.is_empty()),
                    "old copies of #{order}: {copies:?}"
                );
            }
        }
    }

    /// A message came again only where the one before was accepted shortly before a kill.
    fn doubles_are_explained(&self, allowed: usize) {
        let mut sent: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
        for call in self
            .telegram
            .calls()
            .into_iter()
            .filter(|c| c.accepted && c.method == "sendMessage")
        {
            let text = call.params["text"].as_str().unwrap_or_default().to_owned();
            // Only what is said once in the life of an order; a menu may well be asked for twice.
            if !text.contains('#') || text.contains("🧾") {
                continue;
            }
            sent.entry((call.params["chat_id"].to_string(), text))
                .or_default()
                .push(call.at_ms);
        }
        let mut doubles = 0;
        for ((chat, text), times) in sent {
            for pair in times.windows(2) {
                doubles += 1;
                let explained = self
                    .killed_at
                    .iter()
                    .any(|k| pair[0] <= *k && *k - pair[0] <= UNSETTLED_MS);
                assert!(
                    explained || allowed > 0 && self.killed_at.is_empty(),
                    "chat {chat} heard twice {:?} ms apart: {text}",
                    pair[1] - pair[0]
                );
            }
        }
        println!("{doubles} messages came twice, {allowed} may");
        assert!(
            doubles <= allowed,
            "{doubles} messages came twice, {allowed} may"
        );
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        if let Some(mut bot) = self.bot.take() {
            drop(bot.kill());
            drop(bot.wait());
        }
    }
}

fn killed_again_and_again(name: &str, database: Option<String>) {
    let mut chance = Chance::new(name);
    // Nobody is done before the last kill, however quick the bot is.
    let mut trial = Trial::new(database, CUSTOMERS, 100);
    // As slow as a real network, so that calls are in flight.
    trial.telegram.faults().storm(1, Fault::Delay(15));
    let mut amid = 0;
    for round in 0..KILLS {
        trial.start();
        trial.act_for(Duration::from_millis(500 + chance.below(1_000)));
        if round % 3 != 0 {
            // Two of three at a moment when something waits; the others whenever.
            let end = Instant::now() + Duration::from_secs(5);
            while trial.probe.waiting().unwrap_or(0) == 0 && Instant::now() < end {
                trial.crowd.act();
            }
        }
        trial.kill();
        // What the dead process left behind.
        amid += usize::from(trial.probe.waiting().unwrap_or(0) > 0);
    }
    let confirmed: usize = trial.crowd.customers.iter().map(|c| c.seen.len()).sum();
    println!("{name}: {confirmed} orders confirmed between the kills");
    println!("{name}: {amid} of {KILLS} kills amid a turn or with unsent calls");
    assert!(
        amid * 2 >= KILLS,
        "only {amid} of {KILLS} kills hit unfinished work"
    );
    trial
        .crowd
        .customers
        .iter_mut()
        .for_each(Customer::last_round);
    trial.start();
    trial.finish();
    trial.check(KILLS * SENDER_SLOTS);
}

#[test]
fn killed_on_sqlite() {
    killed_again_and_again("killed_on_sqlite", None);
}

#[test]
fn killed_on_postgres() {
    if let Some(server) = Server::start() {
        killed_again_and_again("killed_on_postgres", Some(server.database()));
    }
}

/// Runs a smaller crowd through `trouble`, on SQLite and then on PostgreSQL.
fn survives(trouble: impl Fn(&mut Trial), doubles: usize) {
    let server = Server::start();
    for database in [None, server.as_ref().map(Server::database)] {
        let mut trial = Trial::new(database, 16, 1);
        trial.start();
        trial.act_until_answered();
        trial.act_for(Duration::from_millis(800));
        trouble(&mut trial);
        trial.finish();
        trial.check(doubles);
        if server.is_none() {
            break;
        }
    }
}

#[test]
fn updates_twice_late_and_out_of_order() {
    survives(
        |trial| {
            let faults = trial.telegram.faults();
            faults.updates(UpdateFault::Duplicate, 3, 30);
            faults.updates(UpdateFault::Delay(400), 5, 15);
            faults.updates(UpdateFault::Reorder, 4, 15);
            trial.act_for(Duration::from_secs(2));
        },
        0,
    );
}

#[test]
fn a_storm_of_429() {
    survives(
        |trial| {
            trial
                .telegram
                .faults()
                .storm(3, Fault::RateLimit { retry_after: 1 });
            trial.act_for(Duration::from_secs(6));
            trial.telegram.faults().clear();
        },
        0,
    );
}

#[test]
fn three_hundred_calls_fail() {
    survives(
        |trial| {
            trial.telegram.faults().fail_next(300, Fault::Http5xx(502));
            trial.act_for(Duration::from_secs(3));
        },
        0,
    );
}

#[test]
fn connections_cut_after_the_call() {
    survives(
        |trial| {
            trial.telegram.faults().fail_next(20, Fault::CutAfterAccept);
            trial.act_for(Duration::from_secs(2));
        },
        20,
    );
}

#[test]
fn another_process_holds_the_lock() {
    let mut trial = Trial::new(None, 8, 1);
    trial.start();
    trial.act_until_answered();
    let mut other = Probe::new(&trial.program.database);
    let end = Instant::now() + Duration::from_secs(5);
    while other.run("begin immediate").is_err() {
        assert!(Instant::now() < end, "the lock is never free");
    }
    trial.act_for(Duration::from_secs(10));
    other.run("rollback").unwrap();
    trial.finish();
    trial.check(0);
}

#[test]
fn postgres_stops_at_once() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut trial = Trial::new(Some(server.database()), 8, 1);
    trial.start();
    trial.act_until_answered();
    for _ in 0..2 {
        server.stop();
        trial.act_for(Duration::from_secs(2));
        server.run();
        trial.act_for(Duration::from_secs(2));
    }
    trial.finish();
    // A call accepted while the database was gone can't be marked as sent.
    trial.check(2 * SENDER_SLOTS);
}

/// A bot in this process: `max_page_count` belongs to a connection, nobody outside can set it.
struct Inside {
    runtime: tokio::runtime::Runtime,
    db: Db,
    service: Service,
}

impl Inside {
    fn start(program: &Program) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_stack_size(ks_order::runtime::STACK_BYTES)
            .enable_all()
            .build()
            .unwrap();
        let (db, service) = runtime.block_on(async {
            let db = Db::open(&program.database, &options()).await.unwrap();
            let parts = Parts {
                shop: Shop::load(&Source::Folder(program.dir.clone())).unwrap(),
                db: db.clone(),
                client: Client::new(&program.api_url, &program.token).unwrap(),
                clock: Clock::real(),
                adjust: |_| {},
            };
            (db, Service::start(parts).await.unwrap())
        });
        Self {
            runtime,
            db,
            service,
        }
    }

    fn limit_pages(&self, pages: Option<u32>) {
        let limited = self.db.limit_pages(pages);
        self.runtime.block_on(limited).unwrap();
    }

    fn store_errors(&self) -> u64 {
        Counters::get(&self.service.engine().counters().store_errors)
    }

    fn stop(self) {
        self.runtime.block_on(async {
            self.service.stop().await;
            self.db.close().await;
        });
    }
}

#[test]
fn a_full_disk() {
    let mut trial = Trial::new(None, 8, 1);
    let bot = Inside::start(&trial.program);
    trial.act_for(Duration::from_millis(800));
    bot.limit_pages(Some(1));
    let before = bot.store_errors();
    trial.act_for(Duration::from_secs(10));
    assert!(bot.store_errors() > before, "the disk was never full");
    let asked: usize = trial.crowd.customers.iter().map(|c| c.seen.len()).sum();
    assert!(asked < 8, "everything was done before the disk was full");
    bot.limit_pages(None);
    trial.finish();
    bot.stop();
    // What was accepted meanwhile is marked as sent once there is room: the process lived on.
    trial.check(0);
}
