//! A person's data, planted in every place by driving the whole bot: before the erasure no file of
//! the database and no log holds them in clear, afterwards no sealed column holds them either, and
//! no order leads to the person.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use ks_order::store::Keys;
use ks_order::store::erasure::registry::{HELD, How, TABLES_WITHOUT};
use tokio::runtime::Builder;

use crate::support::bot::{Bot, Setup};
use crate::support::db::{KEY, Server};
use crate::support::scene::Scene;
use crate::support::script::Act;
use crate::support::table::Tables;

/// What was planted; each must be found before, and none afterwards.
const CANARIES: [&str; 9] = [
    "Zephyrine",
    "77 Quillfeather Lane",
    "ring the brazen bell",
    "no marzipanix",
    "8613900008001",
    "Quincunx Esq",
    "answerwort at noon",
    "Sesquipedal",
    "Wolfgangus",
];

/// Words that the person typed in conversations that came to nothing.
const SHOP: &str = "people: zephyrine (en), ana (en), boss (en), approvals: group of chen, dora, kitchen: group of chef
set: with delivery
set: rules one
set: role chen manager
set: role ana operator
boss: /start
ana: /start
";

/// Brought, after somebody decided and asked; then taken down by hand; then called off.
const LIFE: &str = "zephyrine: /start
zephyrine: says egg tarts
zephyrine: tap Egg tarts*
zephyrine: tap ＋
zephyrine: tap *Add*
zephyrine: tap 🛒 Cart
zephyrine: tap 2 ×*
zephyrine: tap *Note
zephyrine: says no marzipanix
zephyrine: tap ‹ Back
zephyrine: tap *Check out*
zephyrine: tap *Delivery
zephyrine: says 77 Quillfeather Lane, flat 9
zephyrine: sends contact
zephyrine: tap As soon as possible
zephyrine: tap Cash
zephyrine: tap *Note
zephyrine: says ring the brazen bell
zephyrine: tap *Place*
chen in approvals: replies Is it for today, Zephyrine? to \"*#1*\"
chen in approvals: tap *Ask the customer*
zephyrine: says answerwort at noon
chen in approvals: tap *10 min*
chef in kitchen: tap *Preparing
chef in kitchen: tap *Ready
chef in kitchen: tap *On its way
chef in kitchen: tap *Delivered
zephyrine: says mapo tofu
zephyrine: tap Mapo*
zephyrine: tap *Add*
zephyrine: tap 🛒 Cart
zephyrine: tap *Check out*
zephyrine: tap *Pickup
zephyrine: tap As soon as possible
zephyrine: says Quincunx Esq
zephyrine: tap Skip*
zephyrine: tap *Place*
";

/// What stays behind of the person in others' hands.
const OTHERS: &str = "ana: /orders Zephyrine
ana: /print 1
ana: /order
ana: says Zephyrine Wolfgangus
zephyrine: says Sesquipedal
zephyrine: forges button ✅ 10 min*
";

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A runtime each of whose threads logs everything into `log`.
fn logging(log: &Log) -> tokio::runtime::Runtime {
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let dispatch = tracing::Dispatch::new(subscriber);
    // With a single dispatcher alive, a place in the code that another test comes by first would be
    // silent for ever: that test's thread logs nowhere.
    static SECOND: OnceLock<tracing::Dispatch> = OnceLock::new();
    SECOND.get_or_init(|| {
        let sink = tracing_subscriber::fmt().with_writer(io::sink);
        tracing::Dispatch::new(sink.with_max_level(tracing::Level::TRACE).finish())
    });
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(ks_order::runtime::STACK_BYTES)
        .on_thread_start(move || {
            std::mem::forget(tracing::dispatcher::set_default(&dispatch));
        })
        .enable_all()
        .build()
        .unwrap()
}

/// The forms in which a text could stand in a file.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let mut forms = vec![text.as_bytes().to_vec()];
    let wide = text.encode_utf16();
    forms.push(wide.clone().flat_map(u16::to_le_bytes).collect());
    forms.push(wide.flat_map(u16::to_be_bytes).collect());
    // Wherever it begins within a longer text: what is certain of its base64 at each offset.
    for shift in 0..3_usize {
        let padded = [vec![0_u8; shift], text.as_bytes().to_vec()].concat();
        let whole = STANDARD_NO_PAD.encode(&padded);
        let inner = &whole[(shift * 4).div_ceil(3)..];
        let certain = inner.len() - usize::from(padded.len() % 3 != 0) - 1;
        forms.push(inner.as_bytes()[1..certain].to_vec());
    }
    forms.push(STANDARD.encode(text).into_bytes());
    forms.push(text.escape_unicode().to_string().into_bytes());
    forms
}

/// Whether bytes hold others; passes over as many at once as it can (Horspool), since whole
/// databases are looked through.
fn holds(bytes: &[u8], form: &[u8]) -> bool {
    let last = form.len() - 1;
    let mut skip = [form.len(); 256];
    for (at, byte) in form[..last].iter().enumerate() {
        skip[usize::from(*byte)] = last - at;
    }
    let mut end = last;
    while end < bytes.len() {
        if bytes[end] == form[last] && bytes[end - last..=end] == *form {
            return true;
        }
        end += skip[usize::from(bytes[end])];
    }
    false
}

/// Every file below a folder, except the shop's own.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// No file and no log holds a canary in clear.
fn nothing_in_clear(folder: &Path, log: &Log) {
    let mut found = Vec::new();
    files(folder, &mut found);
    let mut read = 0_usize;
    let mut texts: Vec<(String, Vec<u8>)> = found
        .into_iter()
        .filter_map(|path| Some((path.display().to_string(), std::fs::read(path).ok()?)))
        .collect();
    texts.push(("log".into(), log.0.lock().unwrap().clone()));
    for canary in CANARIES {
        for form in forms(canary) {
            for (name, bytes) in &texts {
                assert!(!holds(bytes, &form), "{name} holds {canary} in clear");
            }
        }
    }
    read += texts.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
    assert!(read > 1_000_000, "hardly anything was read");
    assert!(!log.0.lock().unwrap().is_empty(), "nothing was logged");
}

/// Where canaries stand, opened: table, column, canary.
fn opened(url: &str) -> Vec<(String, String, &'static str)> {
    let keys = Keys::from_env_value(KEY).unwrap();
    let mut tables = Tables::open(url);
    let mut found = Vec::new();
    for (table, column, rows) in tables.bytes() {
        for (names, bytes) in rows {
            // Which column names the row for the seal, nobody has to say: one of them opens it.
            let opens = |row: &String| keys.open(&table, &column, row, &bytes).ok();
            let plain = names
                .iter()
                .find_map(opens)
                .unwrap_or_else(|| bytes.clone());
            let text = String::from_utf8_lossy(&plain).into_owned();
            for canary in CANARIES {
                if text.contains(canary) {
                    found.push((table.clone(), column.clone(), canary));
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Cells in clear that name somebody by number: table and column, with the whole row.
fn leads_to(url: &str, who: i64) -> Vec<(String, String, Vec<String>)> {
    let id = who.to_string();
    let is_part = |c: char| c.is_ascii_digit();
    let names = |text: &str| {
        text.match_indices(id.as_str()).any(|(at, found)| {
            !text[..at].ends_with(is_part) && !text[at + found.len()..].starts_with(is_part)
        })
    };
    let mut found = Vec::new();
    for (table, columns, rows) in Tables::open(url).texts() {
        for row in rows {
            for (column, cell) in columns.iter().zip(&row) {
                if names(cell) {
                    found.push((table.clone(), column.clone(), row.clone()));
                }
            }
        }
    }
    found
}

#[test]
fn what_is_in_clear_would_be_found() {
    let text = "Zephyrine";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hidden = [
        format!("x{text}y").into_bytes(),
        [b"ab".to_vec(), wide].concat(),
        STANDARD.encode(format!("1{text}")).into_bytes(),
        STANDARD.encode(format!("22{text}!")).into_bytes(),
        STANDARD.encode(format!("333{text}!!")).into_bytes(),
        serde_json::to_vec(&format!("a {text}")).unwrap(),
    ];
    for bytes in hidden {
        assert!(
            forms(text).iter().any(|form| holds(&bytes, form)),
            "{bytes:?}"
        );
    }
    assert!(!forms(text).iter().any(|form| holds(b"Zephyrin", form)));
}

/// Begins a life and plants everything.
fn planted<'s>(setup: &'s Setup) -> Scene<'s> {
    let mut scene = Scene::new(setup, SHOP);
    scene.plays(LIFE);
    scene.plays(OTHERS);
    // The last order is called off, so that nothing is open.
    scene.plays(
        "zephyrine: /orders\nzephyrine: tap #2*\nzephyrine: tap *Cancel*\nzephyrine: tap *Yes*\n",
    );
    scene
}

fn erases(scene: &mut Scene<'_>) {
    scene.plays("zephyrine: /privacy\nzephyrine: tap *Erase my data\nzephyrine: tap *Yes*\n");
}

fn proven(setup: &Setup, log: &Log, folder: impl Fn(&Bot<'_>) -> PathBuf) {
    let mut scene = planted(setup);
    let who = scene.stage.id("zephyrine").unwrap();
    let url = scene.bot.url().to_owned();
    if url.starts_with("postgres") {
        scene.bot.runs("checkpoint").unwrap();
    }
    nothing_in_clear(&folder(&scene.bot), log);
    let before = opened(&url);
    for canary in CANARIES {
        let is_there = before.iter().any(|(_, _, known)| *known == canary);
        assert!(is_there, "{canary} was never planted: {before:?}");
    }
    assert!(!leads_to(&url, who).is_empty());
    let orders =
        scene.count("select count(*), cast(0 as bigint) from orders where closed_ms is not null");
    let totals =
        scene.count("select cast(sum(total_minor) as bigint), cast(0 as bigint) from orders");
    assert!(orders >= 2);

    erases(&mut scene);
    for _ in 0..6 {
        scene.plays("clock +1m\n");
    }
    assert_eq!(
        scene.count("select count(*), cast(0 as bigint) from erasures"),
        0
    );
    let after = opened(&url);
    assert_eq!(after, [], "still there");
    // Figures stay, of one who is nobody.
    assert_eq!(
        scene.count("select count(*), cast(0 as bigint) from orders"),
        orders
    );
    assert_eq!(
        scene.count("select cast(sum(total_minor) as bigint), cast(0 as bigint) from orders"),
        totals
    );
    assert_eq!(
        scene.count("select count(distinct customer), cast(0 as bigint) from orders"),
        1
    );
    // What still names them is their own lane and the last word to them, which lead to no order.
    let causes = "select cause, cause from orders union select cause, cause from order_events";
    let causes: Vec<String> = scene
        .rows(causes)
        .iter()
        .map(|(id, _)| id.to_string())
        .collect();
    for (table, column, row) in leads_to(&url, who) {
        let is_link = |cell: &String| causes.contains(cell) || cell.contains("order:");
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
    let digest = Keys::from_env_value(KEY).unwrap();
    for (table, column, rows) in Tables::open(&url).bytes() {
        for (_, bytes) in rows {
            let is_hash = bytes == digest.digest("customers.phone", "+8613900008001");
            assert!(!is_hash, "{table}.{column} is the hash of their number");
        }
    }
    scene.plays("zephyrine: /orders\nzephyrine: /start\n");
    scene.ends();
}

#[test]
fn on_sqlite() {
    let log = Log::default();
    let setup = Setup::Sqlite(logging(&log));
    proven(&setup, &log, |bot| bot.folder().to_owned());
}

#[test]
fn on_postgres() {
    let log = Log::default();
    if let Some(server) = Server::start() {
        let data = server.data();
        let setup = Setup::Postgres(logging(&log), server);
        proven(&setup, &log, |_| data.clone());
    }
}

/// The bot is killed and started again after each of the first steps: it ends all the same.
#[test]
fn it_goes_on_after_any_crash() {
    for kills in [1, 2, 3] {
        let setup = Setup::sqlite();
        let mut scene = planted(&setup);
        let url = scene.bot.url().to_owned();
        scene.plays("zephyrine: /privacy\nzephyrine: tap *Erase my data\n");
        let yes = Act::Tap {
            label: "*Yes*".to_owned(),
            on: None,
            times: 1,
        };
        scene.stage.act("zephyrine", None, &yes).unwrap();
        // What is written meanwhile waits, and is a stranger's.
        let words = Act::Says("noodles, please".to_owned());
        scene.stage.act("zephyrine", None, &words).unwrap();
        for _ in 0..kills {
            std::thread::sleep(std::time::Duration::from_millis(7 * kills));
            scene.plays("restart\n");
        }
        for _ in 0..12 {
            scene.plays("clock +1m\n");
        }
        assert_eq!(
            scene.count("select count(*), cast(0 as bigint) from erasures"),
            0
        );
        // They wrote in the meantime: the name alone is there, as a stranger's.
        let mut after = opened(&url);
        after.retain(|(_, _, canary)| *canary != "Zephyrine");
        assert_eq!(after, []);
        scene.ends();
    }
}

#[test]
fn every_column_says_what_becomes_of_it() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let test = runtime.block_on(crate::support::db::sqlite());
    let mut missing = Vec::new();
    let names = [
        "user",
        "customer",
        "person",
        "chat",
        "actor",
        "lane",
        "card",
        "granter",
        "stand_in",
        "account",
        "subject",
        "claim",
        "_by",
        "who",
        "name",
        "title",
        "digest",
        "phone",
        "body",
        "value",
        "owner",
        "grants",
        "error",
        "takes",
        "reference",
        "personal",
        "request",
    ];
    for (table, columns) in Tables::open(&test.url).columns() {
        let known = |column: &str| {
            HELD.iter()
                .any(|held| held.table == table && held.column == column)
        };
        if TABLES_WITHOUT.iter().any(|(without, _)| *without == table) {
            let sealed = columns
                .iter()
                .any(|(_, kind)| kind == "bytea" || kind == "blob");
            assert!(!sealed, "{table} has a sealed column");
            continue;
        }
        if !HELD.iter().any(|held| held.table == table) {
            missing.push(table.clone());
        }
        for (column, kind) in columns {
            let is_held = kind == "bytea"
                || kind == "blob"
                || names.iter().any(|n| {
                    let is_time = column.ends_with("_ms")
                        || column.ends_with("_version")
                        || column.ends_with("_state");
                    column.contains(n) && !is_time
                });
            if is_held && !known(&column) {
                missing.push(format!("{table}.{column}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "no word on what erasure does with {missing:?}"
    );
    for held in HELD {
        if let How::With(column) = held.how {
            let by = HELD
                .iter()
                .any(|by| by.table == held.table && by.column == column);
            assert!(by, "{}.{} goes with nothing", held.table, held.column);
        }
    }
}

/// So many copies of an order, each a customer's own.
const COPIES: [&str; 5] = [
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 230)
     insert into carts (id, customer, flow, version, body, order_id, updated_ms)
     select c.id + 100000 + i, c.customer, c.flow, c.version, null, c.order_id + 100000 + i, c.updated_ms
     from carts c cross join n where c.order_id = (select min(id) from orders)",
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 230)
     insert into orders (id, day, number, customer, flow, chat, cart_id, state, payment, delivery,
     approval, version, cancel_asked, reason, receipt, currency, subtotal_minor, total_minor,
     cause, placed_ms, moved_ms, closed_ms, fulfilment)
     select o.id + 100000 + i, o.day, o.number + 10 + i, o.customer, o.flow, o.chat, o.cart_id + 100000 + i, o.state,
     o.payment, o.delivery, o.approval, o.version, o.cancel_asked, o.reason, o.receipt, o.currency,
     o.subtotal_minor, o.total_minor, o.cause, o.placed_ms, o.moved_ms, o.closed_ms, o.fulfilment
     from orders o cross join n where o.id = (select min(id) from orders)",
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 230)
     insert into order_lines (order_id, line, item_id, variant, quantity, counted, amount_minor, body)
     select l.order_id + 100000 + i, l.line, l.item_id, l.variant, l.quantity, false, l.amount_minor, l.body
     from order_lines l cross join n where l.order_id = (select min(id) from orders)",
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 230)
     insert into order_events (order_id, version, event, from_state, to_state, role, actor, reason,
     rule, cause, at_ms)
     select e.order_id + 100000 + i, e.version, e.event, e.from_state, e.to_state, e.role, e.actor, e.reason,
     e.rule, e.cause, e.at_ms
     from order_events e cross join n where e.order_id = (select min(id) from orders)",
    "update day_counters set last = last + 300",
];

/// The newest files in somebody's chat, the oldest of them first, read.
fn exported(scene: &Scene<'_>, who: &str) -> Vec<serde_json::Value> {
    let id = scene.stage.id(who).unwrap();
    let messages = scene.stage.telegram.messages(id, id);
    let files = messages.into_iter().filter_map(|message| message.document);
    files
        .map(|file| {
            let bytes = scene.stage.telegram.file(&file.file_id).unwrap();
            serde_json::from_slice(&bytes).unwrap()
        })
        .collect()
}

#[test]
fn all_that_is_kept_comes_in_files_and_nothing_of_others() {
    let setup = Setup::sqlite();
    let mut scene = planted(&setup);
    scene.plays("zephyrine: /export\n");
    let files = exported(&scene, "zephyrine");
    assert_eq!(files.len(), 1);
    let text = files[0].to_string();
    // What others typed about somebody else, and who of the team did something, is not theirs.
    for canary in CANARIES
        .iter()
        .filter(|c| !["Sesquipedal", "Wolfgangus"].contains(c))
    {
        assert!(text.contains(canary), "{canary} is missing");
    }
    for other in ["Chen", "Chef", "Ana", "Boss", "Wolfgangus"] {
        assert!(!text.contains(other), "{other} is another person");
    }
    let chef = scene.stage.id("chef").unwrap().to_string();
    assert!(!text.contains(&chef));
    assert_eq!(files[0]["orders"].as_array().unwrap().len(), 2);
    assert_eq!(files[0]["orders"][1]["state"], "completed");

    for text in COPIES {
        scene.bot.runs(text).unwrap();
    }
    scene.plays("clock +2m\nzephyrine: /export\n");
    let files = exported(&scene, "zephyrine");
    let counts: Vec<usize> = files[1..]
        .iter()
        .map(|file| file["orders"].as_array().unwrap().len())
        .collect();
    assert_eq!(counts, [200, 32]);
    assert_eq!(files[2]["part"], 2);
    assert_eq!(files[2].get("person"), None);
    let mut ids: Vec<String> = files[1..]
        .iter()
        .flat_map(|file| file["orders"].as_array().unwrap())
        .map(|order| order["id"].to_string())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 232, "each once");

    // So many are erased as well, and the database is sound.
    erases(&mut scene);
    for _ in 0..8 {
        scene.plays("clock +1m\n");
    }
    assert_eq!(
        scene.count("select count(*), cast(0 as bigint) from erasures"),
        0
    );
    assert_eq!(
        scene.count("select count(*), cast(0 as bigint) from orders"),
        232
    );
    scene.ends();
}
