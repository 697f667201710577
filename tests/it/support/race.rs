//! People who want the same thing at the same moment, through the whole bot: a process of its
//! own, real HTTP.

use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ks_order::sandbox::{Emulator, EmulatorConfig, Msg, UserSpec};

use super::child::{Program, shop_folder};
use super::crowd::{CHEF, Crowd, Customer, GROUP, OWNER};
use super::db::Server;
use super::probe::Probe;
use super::screen::like;

const LIMIT: Duration = Duration::from_secs(400);
/// The second one of the kitchen.
pub const COOK: i64 = 902;
/// Who may decide about orders that the rules leave to people.
pub const DECIDERS: [i64; 2] = [903, 904];

/// A bot, its surroundings and those who race.
pub struct Race {
    pub crowd: Crowd,
    pub telegram: Emulator,
    pub program: Program,
    bot: Option<Child>,
    pub probe: Probe,
    _folder: tempfile::TempDir,
}

impl Race {
    /// A restaurant with its folder changed by `edits`.
    pub fn new(database: Option<String>, customers: i64, edits: &[(&str, &str, &str)]) -> Self {
        Self::prepared(database, customers, edits, |_| {})
    }

    /// The same; `prepare` writes into the database, given by its URL, before the bot starts.
    pub fn prepared(
        database: Option<String>,
        customers: i64,
        edits: &[(&str, &str, &str)],
        prepare: impl FnOnce(&str),
    ) -> Self {
        let (owner, chats, staff) = (
            format!("owner = {OWNER}\n#"),
            format!("[chats]\nkitchen = {GROUP}\n#"),
            format!(
                "[[staff]]\nid = {CHEF}\nroles = [\"kitchen\"]\n[[staff]]\nid = {COOK}\nroles = [\"kitchen\"]\n[[staff]]\nid = {}\nroles = [\"approver\"]\n[[staff]]\nid = {}\nroles = [\"manager\"]\n#",
                DECIDERS[0], DECIDERS[1]
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
        for decider in DECIDERS {
            telegram.add_user(UserSpec::new(decider, format!("D{decider}")).language("en"));
        }
        prepare(&url);
        let bot = Some(program.run());
        Self {
            crowd,
            telegram,
            probe: Probe::new(&url),
            bot,
            program,
            _folder: folder,
        }
    }

    /// The bot dies at once.
    pub fn kill(&mut self) {
        let mut bot = self.bot.take().unwrap();
        bot.kill().unwrap();
        bot.wait().unwrap();
    }

    /// It is started again.
    pub fn start(&mut self) {
        self.bot = Some(self.program.run());
    }

    /// Waits for something that comes by itself.
    pub fn until(&mut self, what: &str, mut done: impl FnMut(&mut Self) -> bool) {
        let end = Instant::now() + LIMIT;
        while !done(self) {
            sleep(Duration::from_millis(5));
            if Instant::now() >= end {
                panic!(
                    "never {what}\n{}\n{}",
                    self.program.last_words(),
                    self.first_chat()
                );
            }
        }
    }

    /// What the first customer sees, as far as it is of interest.
    fn first_chat(&self) -> String {
        let person = self
            .crowd
            .customers
            .first()
            .map_or(0, |customer| customer.id);
        let messages = self.telegram.messages(person, person);
        let newest = messages.iter().rev().filter(|m| !m.deleted).take(4);
        newest
            .map(|m| format!("{}\n{:?}\n", m.text, m.inline_keyboard))
            .collect()
    }

    /// Until nothing waits any more, no timer that is due either.
    pub fn settle(&mut self) {
        self.until("calm", Self::is_calm);
    }

    /// Whether nothing waits.
    pub fn is_calm(&mut self) -> bool {
        self.telegram.pending_updates() == 0
            && self.probe.next_timer().is_some_and(|due| due > now_ms())
            && self.probe.waiting() == Some(0)
    }

    /// The database is sound, and nothing waited for a lock in vain.
    pub fn finish(mut self) {
        self.settle();
        self.program.verify().unwrap();
        let words = self.program.last_words();
        for bad in ["deadlock", "lock timeout", "40P01", "55P03"] {
            assert!(!words.contains(bad), "the log speaks of {bad:?}:\n{words}");
        }
    }

    /// Every customer looks and acts once.
    pub fn act(&mut self) {
        for customer in &mut self.crowd.customers {
            customer.act(&self.telegram);
        }
    }

    /// Gets everybody to an order that is placed and confirmed.
    pub fn all_ordered(&mut self) {
        self.until("ordered", |race| {
            race.act();
            race.crowd.customers.iter().all(Customer::is_done)
        });
        self.settle();
    }

    /// The cards in a chat that have a button like `label`.
    pub fn cards(&self, chat: i64, viewer: i64, label: &str) -> Vec<(Msg, usize, usize)> {
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

/// The time, as the bot has it.
pub fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_millis()).unwrap()
}

impl Drop for Race {
    fn drop(&mut self) {
        if let Some(mut bot) = self.bot.take() {
            drop(bot.kill());
            drop(bot.wait());
        }
    }
}

/// Runs a race on SQLite and, where it is, on PostgreSQL.
pub fn on_both(race: impl Fn(Option<String>)) {
    race(None);
    if let Some(server) = Server::start() {
        race(Some(server.database()));
    }
}
