//! People who want the same thing at the same moment, through the whole bot: a process of its
//! own, real HTTP, both databases.

use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ks_order::sandbox::{Emulator, EmulatorConfig, Msg, UserSpec};

use crate::support::child::{Program, shop_folder};
use crate::support::crowd::{CHEF, Crowd, Customer, GROUP, OWNER, first_line};
use crate::support::db::Server;
use crate::support::probe::Probe;
use crate::support::screen::like;

const LIMIT: Duration = Duration::from_secs(400);
const COOK: i64 = 902;
/// What takes the hold on stock: where the race is run.
const CHECK_OUT: &str = "✅ Check out*";

struct Race {
    crowd: Crowd,
    telegram: Emulator,
    program: Program,
    bot: Child,
    probe: Probe,
    _folder: tempfile::TempDir,
}

impl Race {
    fn new(database: Option<String>, customers: i64, edits: &[(&str, &str, &str)]) -> Self {
        let (owner, chats, staff) = (
            format!("owner = {OWNER}\n#"),
            format!("[chats]\nkitchen = {GROUP}\n#"),
            format!(
                "[[staff]]\nid = {CHEF}\nroles = [\"kitchen\"]\n[[staff]]\nid = {COOK}\nroles = [\"kitchen\"]\n#"
            ),
        );
        let mut all = vec![
            ("shop.toml", "# owner = 123456789", owner.as_str()),
            ("shop.toml", "# [chats]", &chats),
            ("shop.toml", "# [[staff]]", &staff),
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
        all.extend(edits);
        let folder = shop_folder(&all);
        let telegram = Emulator::start(EmulatorConfig::default()).unwrap();
        let url =
            database.unwrap_or_else(|| format!("sqlite://{}/bot.db", folder.path().display()));
        let program = Program::new(folder.path(), &url, &telegram);
        let crowd = Crowd::new(telegram.clone(), customers, 1);
        telegram.add_user(UserSpec::new(COOK, "Cook").language("en"));
        telegram.join(GROUP, COOK).unwrap();
        let bot = program.run();
        Self {
            crowd,
            telegram,
            probe: Probe::new(&url),
            bot,
            program,
            _folder: folder,
        }
    }

    fn until(&mut self, what: &str, mut done: impl FnMut(&mut Self) -> bool) {
        let end = Instant::now() + LIMIT;
        while !done(self) {
            sleep(Duration::from_millis(5));
            assert!(
                Instant::now() < end,
                "never {what}\n{}",
                self.program.last_words()
            );
        }
    }

    /// Until nothing waits any more.
    fn settle(&mut self) {
        self.until("calm", |race| {
            race.telegram.pending_updates() == 0 && race.probe.waiting() == Some(0)
        });
    }

    fn finish(mut self) {
        self.settle();
        self.program.verify().unwrap();
        let words = self.program.last_words();
        for bad in ["deadlock", "lock timeout", "40P01", "55P03"] {
            assert!(!words.contains(bad), "the log speaks of {bad:?}:\n{words}");
        }
    }

    /// Every customer looks and acts once.
    fn act(&mut self) {
        for customer in &mut self.crowd.customers {
            customer.act(&self.telegram);
        }
    }

    /// Gets everybody to an order that is placed and confirmed.
    fn all_ordered(&mut self) {
        self.until("ordered", |race| {
            race.act();
            race.crowd.customers.iter().all(Customer::is_done)
        });
        self.settle();
    }

    /// The kitchen's cards that have a button like `label`.
    fn cards(&self, chat: i64, viewer: i64, label: &str) -> Vec<(Msg, usize, usize)> {
        let mut found = Vec::new();
        for message in self.telegram.messages(chat, viewer) {
            let place = message
                .inline_keyboard
                .iter()
                .enumerate()
                .find_map(|(r, row)| {
                    row.iter()
                        .position(|b| like(label, &b.text))
                        .map(|c| (r, c))
                });
            if let (true, false, Some((row, col))) = (message.from_bot, message.deleted, place) {
                found.push((message, row, col));
            }
        }
        found
    }
}

impl Drop for Race {
    fn drop(&mut self) {
        drop(self.bot.kill());
        drop(self.bot.wait());
    }
}

/// Runs a race on SQLite and, where it is, on PostgreSQL.
fn on_both(race: impl Fn(Option<String>)) {
    race(None);
    if let Some(server) = Server::start() {
        race(Some(server.database()));
    }
}

#[test]
fn two_hundred_want_the_last_fifty() {
    on_both(|database| {
        let edits = [("catalogue.toml", "stock = 36", "stock = 50")];
        let mut race = Race::new(database, 200, &edits);
        for customer in &mut race.crowd.customers {
            // All at once is slow on two cores; tapping again would make it slower.
            customer.patience = Duration::from_secs(30);
            customer.hesitates_at = Some(CHECK_OUT);
        }
        race.until("all at the till", |race| {
            race.act();
            race.crowd.customers.iter().all(|c| c.hesitating)
        });
        for customer in &mut race.crowd.customers {
            customer.hesitates_at = None;
            customer.look_again();
        }
        race.all_ordered();
        let sold = race
            .crowd
            .customers
            .iter()
            .filter(|c| c.seen.len() == 1)
            .count();
        let told = race
            .crowd
            .customers
            .iter()
            .filter(|c| c.told && c.seen.is_empty())
            .count();
        assert_eq!((sold, told), (50, 150), "sold and told");
        let rows = race
            .probe
            .rows("select count(*), count(distinct customer) from orders")
            .unwrap();
        assert_eq!(rows, [(50, 50)], "orders, customers");
        let level = race
            .probe
            .rows("select on_hand, held from stock where item_id = 'egg-tarts'")
            .unwrap();
        assert_eq!(level, [(50, 50)], "on hand, held");
        race.finish();
    });
}

#[test]
fn two_of_the_kitchen_press_at_once() {
    on_both(|database| {
        let mut race = Race::new(database, 10, &[]);
        race.all_ordered();
        let cards = race.cards(GROUP, CHEF, "✅ 10 min");
        assert_eq!(cards.len(), 10, "cards in the kitchen");
        let mut taps = Vec::new();
        for (card, row, col) in &cards {
            for person in [CHEF, COOK] {
                taps.push(
                    race.telegram
                        .tap(person, GROUP, card.id, *row, *col)
                        .unwrap(),
                );
            }
        }
        race.until("answered", |race| {
            taps.iter().all(|t| race.telegram.answers(t).is_some())
        });
        race.settle();
        let faster = taps
            .iter()
            .filter(|t| {
                race.telegram
                    .answers(t)
                    .is_some_and(|a| a.text.contains("faster"))
            })
            .count();
        assert_eq!(faster, 10, "people who are told that somebody was faster");
        let moves = race.probe.rows("select count(*), count(distinct order_id) from order_events where event = 'promise'").unwrap();
        assert_eq!(moves, [(10, 10)], "promises, orders");
        race.finish();
    });
}

#[test]
fn a_customer_cancels_while_the_kitchen_begins() {
    on_both(|database| {
        let mut race = Race::new(database, 12, &[]);
        race.all_ordered();
        let people: Vec<i64> = race.crowd.customers.iter().map(|c| c.id).collect();
        for person in &people {
            for (card, row, col) in race.cards(*person, *person, "Cancel order") {
                race.telegram
                    .tap(*person, *person, card.id, row, col)
                    .unwrap();
            }
        }
        race.settle();
        let kitchen = race.cards(GROUP, CHEF, "🍳 Preparing");
        assert_eq!(kitchen.len(), 12, "cards in the kitchen");
        let mut presses = kitchen.iter();
        for (n, person) in people.iter().enumerate() {
            let wish = race.cards(*person, *person, "Yes, cancel it");
            let press = |race: &Race| {
                for (card, row, col) in &wish {
                    race.telegram
                        .tap(*person, *person, card.id, *row, *col)
                        .unwrap();
                }
            };
            if n % 2 == 0 {
                press(&race);
            }
            if let Some((card, row, col)) = presses.next() {
                race.telegram.tap(CHEF, GROUP, card.id, *row, *col).unwrap();
            }
            if n % 2 == 1 {
                press(&race);
            }
        }
        race.settle();
        let states = race.probe.rows(
            "select sum(case when state = 'cancelled' then 1 else 0 end), sum(case when state = 'preparing' then 1 else 0 end) from orders",
        );
        let (cancelled, preparing) = states.unwrap()[0];
        assert_eq!(cancelled + preparing, 12, "every order is one or the other");
        for person in &people {
            let shown: Vec<String> = race
                .telegram
                .messages(*person, *person)
                .iter()
                .filter(|m| m.from_bot && !m.deleted)
                .map(first_line)
                .filter(|l| l.starts_with("🧾"))
                .collect();
            let last = shown.last().cloned().unwrap_or_default();
            assert!(
                last.contains("cancelled") || last.contains("being prepared"),
                "{person} sees {shown:?}"
            );
        }
        race.finish();
    });
}
