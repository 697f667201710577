//! Forty orders in a minute for a group that takes twenty messages: the emulator keeps
//! Telegram's rates, every order can be reached, and each is worked to its end.

use std::collections::BTreeSet;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ks_order::sandbox::{Emulator, EmulatorConfig, Msg};

use crate::support::child::{Program, change, shop_folder};
use crate::support::crowd::{CHEF, Crowd, GROUP, OWNER, first_line};
use crate::support::db::Server;
use crate::support::probe::Probe;

const CUSTOMERS: i64 = 40;
const LIMIT: Duration = Duration::from_secs(400);
/// The most new orders a minute that come as cards, by the default rate of twenty.
const CARDS: usize = 15;

struct Rush {
    crowd: Crowd,
    telegram: Emulator,
    program: Program,
    bot: Child,
    probe: Probe,
    tapped: BTreeSet<String>,
    folder: tempfile::TempDir,
}

impl Rush {
    fn new(database: Option<String>) -> Self {
        let owner = format!("owner = {OWNER}\n#");
        let chats = format!("[chats]\nkitchen = {GROUP}\n#");
        let staff = format!("[[staff]]\nid = {CHEF}\nroles = [\"kitchen\"]\n#");
        let folder = shop_folder(&[
            ("shop.toml", "# owner = 123456789", owner.as_str()),
            ("shop.toml", "# [chats]", &chats),
            ("shop.toml", "# [[staff]]", &staff),
            ("catalogue.toml", "stock = 36", "stock = 50"),
        ]);
        let telegram = Emulator::start(EmulatorConfig::default()).unwrap();
        let url =
            database.unwrap_or_else(|| format!("sqlite://{}/bot.db", folder.path().display()));
        let program = Program::new(folder.path(), &url, &telegram);
        let crowd = Crowd::new(telegram.clone(), CUSTOMERS, 1);
        Self {
            crowd,
            bot: program.run(),
            probe: Probe::new(&url),
            telegram,
            program,
            tapped: BTreeSet::new(),
            folder,
        }
    }

    fn until(&mut self, what: &str, mut done: impl FnMut(&mut Self) -> bool) {
        let end = Instant::now() + LIMIT;
        while !done(self) {
            sleep(Duration::from_millis(50));
            let words = self.program.last_words();
            assert!(Instant::now() < end, "never {what}\n{words}");
        }
    }

    fn in_group(&self) -> Vec<Msg> {
        let all = self.telegram.messages(GROUP, CHEF);
        all.into_iter()
            .filter(|m| m.from_bot && !m.deleted)
            .collect()
    }

    /// The buttons of the list: row, column and label.
    fn listed(&self) -> Vec<(i64, usize, usize, String)> {
        let lists = self.in_group().into_iter();
        let list = lists.rev().find(|m| first_line(m).starts_with('⚡'));
        let Some(list) = list else {
            return Vec::new();
        };
        let rows = list.inline_keyboard.iter().enumerate();
        rows.flat_map(|(r, row)| {
            let buttons = row.iter().enumerate();
            buttons.map(move |(c, b)| (r, c, b.text.clone()))
        })
        .map(|(r, c, label)| (list.id, r, c, label))
        .collect()
    }

    /// The orders that have a card in the group, as `#12`.
    fn cards(&self) -> BTreeSet<String> {
        let cards = self.in_group().into_iter();
        cards
            .filter_map(|m| {
                let line = first_line(&m);
                let line = line.strip_prefix("🧑‍🍳 ")?;
                Some(line.split(" · ").next()?.to_owned())
            })
            .collect()
    }

    fn restart_without_pace(&mut self) {
        drop(self.bot.kill());
        drop(self.bot.wait());
        // Other shop files are taken once the killed instance is known to be gone: on PostgreSQL
        // after its six seconds.
        sleep(Duration::from_secs(8));
        self.telegram.set_pacing(false);
        for (from, to) in [
            ("per_chat_per_second  = 1", "per_chat_per_second  = 1000"),
            ("overall_per_second   = 30", "overall_per_second   = 1000"),
            ("per_group_per_minute = 20", "per_group_per_minute = 1000"),
        ] {
            change(self.folder.path(), "shop.toml", from, to).unwrap();
        }
        self.bot = self.program.run();
    }

    /// Taps every number of the list once.
    fn open_listed(&mut self) {
        for (message, row, col, label) in self.listed() {
            if self.tapped.insert(label) {
                drop(self.telegram.tap(CHEF, GROUP, message, row, col));
            }
        }
    }
}

impl Drop for Rush {
    fn drop(&mut self) {
        drop(self.bot.kill());
        drop(self.bot.wait());
    }
}

fn forty_at_once(database: Option<String>) {
    let mut rush = Rush::new(database);
    for customer in &mut rush.crowd.customers {
        customer.patience = Duration::from_secs(30);
        customer.hesitates_at = Some("✅ Place order*");
    }
    rush.until("all at the till", |rush| {
        for customer in &mut rush.crowd.customers {
            customer.act(&rush.telegram);
        }
        rush.crowd.customers.iter().all(|c| c.hesitating)
    });
    // From now on with Telegram's rates.
    rush.telegram.set_pacing(true);
    for customer in &mut rush.crowd.customers {
        customer.hesitates_at = None;
        customer.look_again();
    }
    rush.until("all ordered", |rush| {
        for customer in &mut rush.crowd.customers {
            customer.act(&rush.telegram);
        }
        rush.crowd.customers.iter().all(|c| c.is_done())
    });
    let all: BTreeSet<String> = (1..=CUSTOMERS).map(|n| format!("#{n}")).collect();
    let reach = |rush: &Rush| {
        let listed = rush.listed().into_iter().map(|(.., label)| label);
        listed.chain(rush.cards()).collect::<BTreeSet<_>>()
    };
    rush.until("all in reach", |rush| {
        reach(rush) == all && rush.probe.waiting() == Some(0)
    });

    // Whatever came as a card or stands in the list can be reached; nothing else is needed.
    let (cards, listed) = (rush.cards(), rush.listed());
    let listed: BTreeSet<String> = listed.into_iter().map(|(.., label)| label).collect();
    assert_eq!((cards.len(), cards.is_disjoint(&listed)), (CARDS, true));
    let calls = rush.telegram.calls();
    let to_group = |c: &&ks_order::sandbox::Call| c.params["chat_id"].as_i64() == Some(GROUP);
    let refused = calls.iter().filter(to_group).filter(|c| !c.accepted);
    assert!(refused.count() <= 2, "a storm of 429");
    let taken = calls.iter().filter(to_group).filter(|c| c.accepted);
    assert!(
        taken.count() <= CARDS + 15,
        "edits of the list don't collapse"
    );

    // The kitchen taps faster than twenty a minute: that is not what is tried here. A crash in
    // between loses no order of the list.
    rush.restart_without_pace();
    rush.until("all handed over", |rush| {
        rush.open_listed();
        rush.crowd.kitchen.act(&rush.telegram);
        rush.crowd.is_done()
    });
    rush.until("calm", |rush| {
        rush.telegram.pending_updates() == 0 && rush.probe.waiting() == Some(0)
    });
    let open = rush
        .probe
        .rows("select count(*), count(*) from orders where closed_ms is null");
    assert_eq!(open.unwrap(), [(0, 0)]);
    let folded = rush.probe.rows("select count(*), count(*) from folded");
    assert_eq!(folded.unwrap(), [(0, 0)], "the list is empty");
    rush.program.verify().unwrap();
}

#[test]
fn forty_orders_in_a_minute_fold_into_a_list() {
    forty_at_once(None);
    if let Some(server) = Server::start() {
        forty_at_once(Some(server.database()));
    }
}
