//! A person's data, planted in every place by driving the whole bot: before the erasure no file of
//! the database and no log holds them in clear, afterwards no sealed column holds them either, and
//! no order leads to the person.
//!
//! What they lived through stands in `tests/it/erasure/NAME.chat`, in the form of transcripts, with
//! what was planted in its head: `# canary WORDS`, which each must be found before and none
//! afterwards; `# passing WORDS`, the same, but no part of what an export holds.

mod columns;
mod crash;
mod export;
mod search;

use std::path::{Path, PathBuf};

use ks_order::sandbox::SendOptions;

use crate::support::bot::{Bot, Setup};
use crate::support::db::Server;
use crate::support::scene::Scene;
use search::{Found, Log, Sought, leads_to, logging, nothing_in_clear, opened};

/// What is written below a picture, which no transcript can say.
const CAPTION: &str = "Captionalia";

/// What somebody lived through, with what was planted.
struct Life {
    play: String,
}

impl Life {
    fn read(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/erasure");
        let play = std::fs::read_to_string(path.join(format!("{name}.chat"))).unwrap();
        Self { play }
    }

    fn marked(&self, mark: &str) -> Vec<&str> {
        let marked = self.play.lines().filter_map(|line| line.strip_prefix(mark));
        marked.map(str::trim).collect()
    }

    /// Everything that was planted.
    fn canaries(&self) -> Vec<&str> {
        let mut all = self.marked("# canary ");
        all.extend(self.marked("# passing "));
        all.push(CAPTION);
        all
    }

    /// What of it an export must hold.
    fn kept(&self) -> Vec<&str> {
        self.marked("# canary ")
    }

    /// Lives it; nothing of the person's is open in the end.
    fn planted<'s>(&self, setup: &'s Setup) -> Scene<'s> {
        let mut scene = Scene::new(setup, &self.play);
        let who = scene.stage.id("zephyrine").unwrap();
        let options = SendOptions::default();
        let sent = scene
            .stage
            .telegram
            .send_photo(who, who, None, CAPTION, options);
        sent.unwrap();
        scene.bot.settle(&scene.stage).unwrap();
        scene
    }

    /// The person's phone number.
    fn number(&self, scene: &Scene<'_>) -> String {
        format!("+861390000{:04}", scene.stage.id("zephyrine").unwrap())
    }
}

fn erases(scene: &mut Scene<'_>) {
    scene.plays("zephyrine: /privacy\nzephyrine: tap *Erase my data\nzephyrine: tap *Yes*\n");
}

/// Learns the files of somebody's chat; gives what is written in them.
fn learn_files(sought: &mut Sought, scene: &Scene<'_>, who: i64) -> String {
    let messages = scene.stage.telegram.messages(who, who);
    let files: Vec<_> = messages.into_iter().filter_map(|m| m.document).collect();
    let mut texts = String::new();
    for file in files {
        let bytes = scene.stage.telegram.file(&file.file_id).unwrap();
        let named = (file.file_name.as_str(), "application/json");
        sought.learn_file(named, &bytes, &file.file_id);
        if let Ok(file) = serde_json::from_slice::<serde_json::Value>(&bytes) {
            texts.push_str(&file.to_string());
        }
    }
    texts
}

fn is_over(scene: &mut Scene<'_>) -> bool {
    scene.count("select count(*), cast(0 as bigint) from erasures") == 0
}

/// Figures of all orders, which stay: how many and whose, what they came to.
fn figures(scene: &mut Scene<'_>) -> Vec<(i64, i64)> {
    let sums =
        "select count(*), cast(sum(total_minor) as bigint) from orders where closed_ms is not null";
    let people = "select count(distinct customer), count(distinct account) from orders";
    [scene.rows(sums), scene.rows(people)].concat()
}

/// The whole proof for one life; where something of the person's stood before.
fn proven(
    life: &Life,
    setup: &Setup,
    log: &Log,
    folder: impl Fn(&Bot<'_>) -> PathBuf,
) -> Vec<Found> {
    let mut scene = life.planted(setup);
    let who = scene.stage.id("zephyrine").unwrap();
    let canaries = life.canaries();
    let mut sought = Sought::new(&canaries, &life.number(&scene));
    let url = scene.bot.url().to_owned();
    // A file of hers that was sent is known by its hash.
    scene.plays("zephyrine: /export\n");
    let exported = learn_files(&mut sought, &scene, who);
    for canary in life.kept() {
        assert!(exported.contains(canary), "{canary} is not in the export");
    }
    sought.learn_digests(&url);
    if url.starts_with("postgres") {
        scene.bot.runs("checkpoint").unwrap();
    }
    nothing_in_clear(&folder(&scene.bot), log, &canaries);
    let mut before = opened(&url, &sought);
    for canary in &canaries {
        let is_there = before.iter().any(|(_, _, known)| known == canary);
        assert!(is_there, "{canary} was never planted: {before:?}");
    }
    let is_bare = |(_, _, what): &Found| what.starts_with("the bare hash");
    assert!(
        !before.iter().any(is_bare),
        "a file is known by a hash that anybody could make"
    );
    let named = leads_to(&url, who);
    before.extend(
        named
            .into_iter()
            .map(|(table, column, _)| (table, column, who.to_string())),
    );
    let orders = figures(&mut scene);
    assert!(orders[0].0 >= 1);

    erases(&mut scene);
    for _ in 0..8 {
        scene.plays("clock +1m\n");
    }
    assert!(is_over(&mut scene));
    assert_eq!(opened(&url, &sought), [], "still there");
    // Figures stay, of one who is nobody.
    assert_eq!(figures(&mut scene), orders);
    leads_to_no_order(&mut scene, who);
    scene.plays("zephyrine: /orders\nzephyrine: /start\n");
    let record = scene.bot.finish(&scene.stage).unwrap();
    assert!(
        record.worst <= 12,
        "a turn took {} statements",
        record.worst
    );
    before
}

/// What still names them is their own lane and the last word to them, which lead to no order.
fn leads_to_no_order(scene: &mut Scene<'_>, who: i64) {
    let url = scene.bot.url().to_owned();
    let links = "select cause, cause from orders union select cause, cause from order_events
        union select id, cart_id from orders union select cause, cause from stock_ledger where order_id is not null
        union select cause, cause from account_entries";
    let links: Vec<String> = scene
        .rows(links)
        .iter()
        .flat_map(|(one, other)| [*one, *other])
        // What the shop's files put on the shelf was no turn's.
        .filter(|id| *id != 0)
        .map(|id| id.to_string())
        .collect();
    for (table, column, row) in leads_to(&url, who) {
        let is_link = |cell: &String| links.contains(cell) || cell.contains(':');
        assert!(
            !row.iter().any(is_link),
            "{table} leads to an order: {row:?}"
        );
        let is_lane = (table.as_str(), column.as_str()) == ("lanes", "lane");
        // The message that is the screen of whatever they do next.
        let is_lane = is_lane || (table.as_str(), column.as_str()) == ("cards", "chat");
        let is_last_word = (table.as_str(), column.as_str()) == ("outbox", "chat");
        assert!(
            is_lane || is_last_word,
            "{table}.{column} names them: {row:?}"
        );
    }
}

/// All lives one after the other, each on a database of its own.
const LIVES: [&str; 3] = ["restaurant", "retail", "regular"];

#[test]
fn on_sqlite() {
    let mut before = Vec::new();
    for name in LIVES {
        let log = Log::default();
        let setup = Setup::Sqlite(logging(&log));
        before.extend(proven(&Life::read(name), &setup, &log, |bot| {
            bot.folder().to_owned()
        }));
    }
    columns::all_were_planted(&before);
}

#[test]
fn on_postgres() {
    let mut before = Vec::new();
    for name in LIVES {
        let log = Log::default();
        let Some(server) = Server::start() else {
            return;
        };
        let data = server.data();
        let setup = Setup::Postgres(logging(&log), server);
        before.extend(proven(&Life::read(name), &setup, &log, |_| data.clone()));
    }
    columns::all_were_planted(&before);
}
