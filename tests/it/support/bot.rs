//! The bot of one transcript, in this process, so that its clock can be moved and its texts be
//! recorded; it speaks real HTTP to the emulator and can be killed and started again.

mod time;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ks_order::commands::service::{Parts, Service};
use ks_order::domain::credit::Op;
use ks_order::kernel::time::DAY;
use ks_order::kernel::{AccountId, TableId, Timestamp};
use ks_order::runtime::clock::Clock;
use ks_order::runtime::counters::Counters;
use ks_order::sandbox::UpdateFault;
use ks_order::shop::{Shop, Source};
use ks_order::store::verify::{Now, verify};
use ks_order::store::{Db, Keys, tables};
use ks_order::telegram::client::Client;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use super::accounts;
use super::child::change;
use super::db::{Server, options};
use super::probe::Probe;
use super::record::{Played, Record, ended, moves, staff_action};
use super::script::{Cast, Script};
use super::stage::Stage;

/// Longer than this no step may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// 2026-03-02 12:00 in Shanghai: a Monday noon, so that a transcript's times are the same each day.
const NOON_MS: i64 = 1_772_424_000_000;

/// On which database transcripts are played.
pub enum Setup {
    Sqlite(Runtime),
    Postgres(Runtime, Server),
}

impl Setup {
    pub fn sqlite() -> Self {
        Self::Sqlite(runtime())
    }

    /// None if PostgreSQL is not installed.
    pub fn postgres() -> Option<Self> {
        Some(Self::Postgres(runtime(), Server::start()?))
    }

    fn runtime(&self) -> &Runtime {
        match self {
            Self::Sqlite(runtime) | Self::Postgres(runtime, _) => runtime,
        }
    }
}

fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(ks_order::runtime::STACK_BYTES)
        .enable_all()
        .build()
        .unwrap()
}

/// A running bot with its shop folder and database.
pub struct Bot<'s> {
    setup: &'s Setup,
    /// The pack whose shop it is.
    pack: String,
    folder: TempDir,
    url: String,
    db: Option<Db>,
    service: Option<Service>,
    clock: Clock,
    record: Record,
    /// Every reading of the folder that was ever in use, for what it said.
    shops: Vec<Arc<Shop>>,
    probe: Probe,
    duplicate: bool,
    /// The number of the last call that it was heard to make.
    heard: u64,
}

/// The number of the last call, which is not before another one's.
fn last_call(stage: &Stage, known: u64) -> u64 {
    let newer = stage.telegram.calls_since(known);
    newer.last().map_or(known, |call| call.n)
}

impl<'s> Bot<'s> {
    /// Starts a bot for the people on stage: `boss` is the owner, the groups `kitchen` and
    /// `couriers` what they are called and their members but `stranger` the staff, unless `set:`
    /// says otherwise.
    pub fn start(
        setup: &'s Setup,
        folder: TempDir,
        script: &Script,
        stage: &Stage,
    ) -> Result<Self, String> {
        set_up(&folder, script, stage)?;
        let url = match setup {
            Setup::Sqlite(_) => format!("sqlite://{}/bot.db", folder.path().display()),
            Setup::Postgres(_, server) => server.database(),
        };
        let clock = Clock::real();
        clock.advance(NOON_MS - clock.now().0);
        let mut bot = Self {
            setup,
            pack: script.pack.clone(),
            probe: Probe::new(&url),
            folder,
            url,
            db: None,
            service: None,
            clock,
            record: Record::default(),
            shops: Vec::new(),
            duplicate: false,
            heard: 0,
        };
        bot.launch(stage)?;
        for group in stage.groups() {
            let cast = script.people.iter().find_map(|c| match c {
                Cast::Group { name, members, .. } if *name == group => members.first(),
                _ => None,
            });
            let is_ours = ["kitchen", "couriers", "approvals"].contains(&group.as_str());
            if let (true, Some(first)) = (is_ours && !says(script, "no chats"), cast) {
                let by = stage.id(first)?;
                stage
                    .telegram
                    .add_bot_to_group(stage.id(&group)?, by)
                    .map_err(|e| format!("{e:?}"))?;
            }
        }
        Ok(bot)
    }

    fn launch(&mut self, stage: &Stage) -> Result<(), String> {
        let shop = self.load()?;
        let client = Client::new(&stage.telegram.url(), stage.telegram.token())
            .map_err(|e| e.to_string())?;
        let clock = self.clock.clone();
        let url = self.url.clone();
        let (db, service) = self.setup.runtime().block_on(async {
            let db = Db::open(&url, &options())
                .await
                .map_err(|e| e.to_string())?;
            let parts = Parts {
                shop,
                db: db.clone(),
                client,
                clock,
                adjust: |shop| shop.texts.start_recording(),
            };
            let service = Service::start(parts).await.map_err(|e| e.to_string())?;
            Ok::<_, String>((db, service))
        })?;
        self.db = Some(db);
        self.service = Some(service);
        Ok(())
    }

    /// Its shop's folder; SQLite's files are there too.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its database.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn load(&self) -> Result<Shop, String> {
        Shop::load(&Source::Folder(self.folder.path().to_owned())).map_err(|f| f.to_string())
    }

    fn service(&self) -> Result<&Service, String> {
        self.service
            .as_ref()
            .ok_or_else(|| "the bot does not run".into())
    }

    /// Waits until all updates are handled, all calls sent and the last tap answered.
    pub fn settle(&mut self, stage: &Stage) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        let shop = self.service()?.app().shop();
        if self
            .shops
            .last()
            .is_none_or(|last| !Arc::ptr_eq(last, &shop))
        {
            self.shops.push(shop);
        }
        loop {
            self.heard = last_call(stage, self.heard);
            if stage.telegram.pending_updates() == 0 {
                let idle = self.service()?.engine().idle();
                let waited = self
                    .setup
                    .runtime()
                    .block_on(async { tokio::time::timeout(PATIENCE, idle).await });
                waited.map_err(|_| {
                    format!("the bot is never idle: {:?} wait", self.probe.waiting())
                })?;
                if stage.telegram.pending_updates() == 0
                    && stage.tap_is_answered()
                    && stage.search_is_answered()
                    && self.heard == last_call(stage, self.heard)
                {
                    return Ok(());
                }
            }
            if Instant::now() > end {
                return Err(format!(
                    "the bot does not settle: {} updates wait, {:?} rows wait, the tap is {}answered",
                    stage.telegram.pending_updates(),
                    self.probe.waiting(),
                    if stage.tap_is_answered() { "" } else { "not " }
                ));
            }
            std::thread::sleep(Duration::from_millis(3));
        }
    }

    /// All rows of a query of two whole numbers; `None` while the database does not answer.
    pub fn rows(&mut self, text: &'static str) -> Option<Vec<(i64, i64)>> {
        self.probe.rows(text)
    }

    /// Changes something, as another process would.
    pub fn runs(&mut self, text: &'static str) -> Result<(), String> {
        self.probe.run(text)
    }

    /// Statements of all turns since the bot was started, those that follow from others included.
    pub fn statements(&self) -> u64 {
        let service = self.service.as_ref().expect("the bot runs");
        Counters::get(&service.engine().counters().statements)
    }

    /// Uses the store beside the bot, as a transaction of somebody else would.
    pub fn stores<T>(&self, uses: impl AsyncFnOnce(&Db, Timestamp) -> T) -> T {
        let db = self.db.as_ref().expect("the bot runs");
        let now = self.clock.business();
        self.setup.runtime().block_on(uses(db, now))
    }

    /// Waits until something is said in a chat after its last message from a person.
    pub fn wait_for_word(&mut self, stage: &Stage, chat: i64) -> Result<(), String> {
        let said = stage.telegram.block_for(PATIENCE, |telegram| {
            let last = telegram.messages(chat, chat).pop()?;
            last.from_bot.then_some(())
        });
        said.ok_or("nothing was said")?;
        self.settle(stage)
    }

    /// What is wrong with the database as it stands.
    pub fn violations(&self) -> Result<Vec<String>, String> {
        let db = self.db.as_ref().ok_or("the bot does not run")?;
        self.setup.runtime().block_on(prove(db, &self.clock))
    }

    /// Whether there is nothing to do at this moment; waits a little for it.
    pub fn is_idle(&self) -> bool {
        let idle = self.service.as_ref().expect("the bot runs").engine().idle();
        let waited = async { tokio::time::timeout(Duration::from_millis(20), idle).await };
        self.setup.runtime().block_on(waited).is_ok()
    }

    /// Kills the bot as a crash would, and starts it again on the same database; again and again, as
    /// a supervisor does, while the killed one still counts as there with files that it had before.
    pub fn restart(&mut self, stage: &Stage) -> Result<(), String> {
        self.end();
        let end = Instant::now() + PATIENCE;
        loop {
            let started = self.launch(stage);
            let too_early = |fault: &String| fault.contains("with other shop files");
            if !started.as_ref().is_err_and(too_early) || Instant::now() > end {
                return started;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn end(&mut self) {
        let (service, db) = (self.service.take(), self.db.take());
        if let Some(service) = &service {
            self.shops.push(service.app().shop());
            let counters = service.engine().counters();
            self.record.turns += Counters::get(&counters.turns);
            self.record.statements += Counters::get(&counters.statements);
            let worst = Counters::get(&counters.worst_statements);
            self.record.worst = self.record.worst.max(worst);
            let worst = Counters::get(&counters.worst_on_account);
            self.record.worst_on_account = self.record.worst_on_account.max(worst);
        }
        for shop in self.shops.drain(..) {
            let seen = shop.texts.seen();
            self.record.seen.texts.extend(seen.texts);
            self.record.seen.faults.extend(seen.faults);
        }
        self.setup.runtime().block_on(async {
            if let Some(service) = service {
                service.kill().await;
            }
            if let Some(db) = db {
                db.close().await;
            }
        });
    }

    /// The next update is delivered twice.
    pub fn duplicate_next(&mut self, stage: &Stage) {
        stage
            .telegram
            .faults()
            .updates(UpdateFault::Duplicate, 1, 1);
        self.duplicate = true;
    }

    /// Changes a file of the shop's folder.
    pub fn change_file(&mut self, path: &str, from: &str, to: &str) -> Result<(), String> {
        change(self.folder.path(), path, from, to)
    }

    /// Reads the folder again, as SIGHUP does.
    pub fn reload(&mut self) -> Result<(), String> {
        self.setup.runtime().block_on(self.service()?.reload())
    }

    /// A link for whoever is to be the owner: its payload.
    pub fn owner_link(&self) -> Result<String, String> {
        let db = self.db.clone().ok_or("the bot does not run")?;
        let link = self
            .setup
            .runtime()
            .block_on(ks_order::commands::links::owner_link(&db, false, "bot"))
            .map_err(|e| e.to_string())?
            .ok_or("there is an owner already")?;
        Ok(link.split("start=").nth(1).unwrap_or_default().to_owned())
    }

    /// Fills `{table 5}` in what is said: the token of that table's code. `{table 5 at first}` is
    /// the one before it was ever renewed, `{table 5 elsewhere}` that of a shop with another key.
    pub fn with_tables(&self, text: &str) -> Result<String, String> {
        let Some((before, rest)) = text.split_once("{table ") else {
            return Ok(text.to_owned());
        };
        let (named, after) = rest.split_once('}').ok_or("{table ID}")?;
        let (id, which) = named.split_once(' ').unwrap_or((named, ""));
        let db = self.db.clone().ok_or("the bot does not run")?;
        let shop = self.service()?.app().shop().settings.id.clone();
        let id = TableId::from(id);
        let token = match which {
            "elsewhere" => tables::token(&other_keys()?, &shop, &id, 0),
            "at first" => tables::token(&db.keys(), &shop, &id, 0),
            _ => self.setup.runtime().block_on(async {
                let mut tx = db.read().await.map_err(|e| e.to_string())?;
                let codes = tables::codes(&mut tx, &shop, &[id]).await;
                tx.rollback().await.map_err(|e| e.to_string())?;
                let code = codes.map_err(|e| e.to_string())?.pop();
                Ok::<_, String>(code.ok_or("there is no such table")?.token)
            })?,
        };
        Ok(format!("{before}{token}{after}"))
    }

    /// Opens an account with a limit.
    pub fn open_account(&self, id: &AccountId, limit: &str) -> Result<(), String> {
        let db = self.db.as_ref().ok_or("the bot does not run")?;
        let account = (id, accounts::minor(limit));
        let opened = accounts::opened(db, account, self.clock.business());
        let done = self.setup.runtime().block_on(opened);
        done.map_err(|e| e.to_string())
    }

    /// Books on an account; what is owed by it is due in 30 days.
    pub fn book(
        &self,
        id: &AccountId,
        (op, amount): (&str, &str),
        reference: Option<&str>,
    ) -> Result<(), String> {
        let db = self.db.as_ref().ok_or("the bot does not run")?;
        let op = Op::parse(op).ok_or("there is no such operation")?;
        let now = self.clock.business();
        let due = Some(now.plus(30 * DAY));
        let amount = (accounts::minor(amount), due);
        let booked = accounts::booked(db, (id, op), amount, reference, now);
        let done = self.setup.runtime().block_on(booked);
        done.map_err(|e| e.to_string())
    }

    /// Ends the bot; what occurred, and whether the database is sound.
    pub fn finish(mut self, stage: &Stage) -> Result<Record, String> {
        self.end();
        let (url, clock) = (self.url.clone(), self.clock.clone());
        let violations = self.setup.runtime().block_on(async {
            let db = Db::open_read_only(&url, &options())
                .await
                .map_err(|e| e.to_string())?;
            let found = prove(&db, &clock).await?;
            db.close().await;
            Ok::<_, String>(found)
        })?;
        if !violations.is_empty() {
            return Err(format!("verify finds {violations:?}"));
        }
        let mut record = std::mem::take(&mut self.record);
        let played = Played {
            texts: record
                .seen
                .texts
                .iter()
                .map(|(locale, id)| (locale.as_str().to_owned(), id.clone()))
                .collect(),
            ended: self
                .setup
                .runtime()
                .block_on(ended(&url))
                .map_err(|e| e.to_string())?,
        };
        record.packs.insert(self.pack.clone(), played);
        record.moves = self
            .setup
            .runtime()
            .block_on(moves(&url))
            .map_err(|e| e.to_string())?;
        record.staff_actions = stage
            .pressed_in_groups
            .iter()
            .filter_map(|d| staff_action(d))
            .collect();
        Ok(record)
    }
}

fn other_keys() -> Result<Keys, String> {
    let value = Keys::fresh_env_value().map_err(|e| e.to_string())?;
    Keys::from_env_value(&value).map_err(|e| e.to_string())
}

impl Drop for Bot<'_> {
    fn drop(&mut self) {
        self.end();
    }
}

async fn prove(db: &Db, clock: &Clock) -> Result<Vec<String>, String> {
    let mut tx = db.read().await.map_err(|e| e.to_string())?;
    let found = verify(
        &mut tx,
        Now {
            real: clock.now(),
            business: clock.business(),
        },
    )
    .await
    .map_err(|e| e.to_string())?;
    tx.rollback().await.map_err(|e| e.to_string())?;
    Ok(found.iter().map(|v| format!("{v:?}")).collect())
}

fn says(script: &Script, setting: &str) -> bool {
    script.settings.iter().any(|s| s == setting)
}

/// Takes the flow `delivery` out of the shop, with its words.
fn without_delivery(folder: &TempDir) -> std::io::Result<()> {
    std::fs::remove_file(folder.path().join("flows/delivery.toml"))?;
    for locale in ["en", "zh-CN"] {
        let path = folder.path().join(format!("texts/{locale}.ftl"));
        let text = std::fs::read_to_string(&path)?;
        let is_its = |line: &str| line.starts_with("delivery") || line.starts_with("fee-delivery");
        let rest: Vec<&str> = text.lines().filter(|line| !is_its(line)).collect();
        std::fs::write(path, rest.join("\n") + "\n")?;
    }
    Ok(())
}

/// `NAME ROLE` or `NAME ROLE LIMIT` as a person of the staff in `shop.toml`.
fn staff(words: &str, stage: &Stage) -> Result<String, String> {
    let words: Vec<&str> = words.split(' ').collect();
    let [name, role, limit @ ..] = words.as_slice() else {
        return Err(format!("role NAME ROLE [LIMIT], not {words:?}"));
    };
    let id = stage.id(name)?;
    let mut text = format!("\n[[staff]]\nid = {id}\nroles = [\"{role}\"]\n");
    if let [limit] = limit {
        text.push_str(&format!("limit = \"{limit}\"\n"));
    }
    Ok(text)
}

/// `set: rules NAME`: those rules instead of the pack's, with the words in their comments.
fn rules(folder: &TempDir, script: &Script) -> Result<(), String> {
    let mut named = script.settings.iter();
    let Some(name) = named.find_map(|s| s.strip_prefix("rules ")) else {
        return Ok(());
    };
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations/rules");
    let path = dir.join(format!("{name}.toml"));
    let rules = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    for (mark, locale) in [("#en ", "en"), ("#zh ", "zh-CN")] {
        let words = rules.lines().filter_map(|line| line.strip_prefix(mark));
        let words: Vec<&str> = words.collect();
        let path = folder.path().join(format!("texts/{locale}.ftl"));
        let own = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
        let own: Vec<&str> = own.lines().filter(|l| !l.starts_with("rule-")).collect();
        let text = format!("{}\n{}\n", own.join("\n"), words.join("\n"));
        std::fs::write(path, text).map_err(|e| e.to_string())?;
    }
    std::fs::write(folder.path().join("approval.toml"), rules).map_err(|e| e.to_string())
}

/// Writes the people of the transcript into `shop.toml`, and what `set:` says.
fn set_up(folder: &TempDir, script: &Script, stage: &Stage) -> Result<(), String> {
    if script.pack == "restaurant" && !says(script, "with delivery") {
        // Most transcripts of it show a shop with one way to get an order, so that nobody is asked.
        without_delivery(folder).map_err(|e| e.to_string())?;
    }
    let path: PathBuf = folder.path().join("shop.toml");
    let mut text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
    if let (Some(boss), false) = (stage.find("boss"), says(script, "no owner")) {
        text = format!("owner = {boss}\n{text}");
    }
    for setting in script.settings.iter().filter(|s| s.contains('=')) {
        let key = setting.split('=').next().unwrap_or("").trim();
        let old = text
            .lines()
            .find(|l| l.split('=').next().is_some_and(|k| k.trim() == key))
            .map(str::to_owned);
        // What is not there stands at the top, before the first table.
        text = match old {
            Some(old) => text.replacen(&old, setting, 1),
            None => format!("{setting}\n{text}"),
        };
    }
    let groups = [
        ("kitchen", Some("kitchen")),
        ("couriers", Some("courier")),
        ("approvals", None),
    ];
    let mut chats = String::new();
    for role in script
        .settings
        .iter()
        .filter_map(|s| s.strip_prefix("role "))
    {
        text.push_str(&staff(role, stage)?);
    }
    rules(folder, script)?;
    for (group, role) in groups.iter().filter(|_| !says(script, "no chats")) {
        let Some(members) = script.people.iter().find_map(|c| match c {
            Cast::Group { name, members, .. } if name == group => Some(members),
            _ => None,
        }) else {
            continue;
        };
        let (chat, topic) = match *group {
            "kitchen" => stage.kitchen()?,
            _ => (stage.id(group)?, None),
        };
        let place = match topic {
            Some(topic) => format!("{{ chat = {chat}, topic = {topic} }}"),
            None => chat.to_string(),
        };
        chats.push_str(&format!("{group} = {place}\n"));
        let Some(role) = role else { continue };
        for member in members.iter().filter(|m| *m != "stranger" && *m != "boss") {
            text.push_str(&staff(&format!("{member} {role}"), stage)?);
        }
    }
    if !chats.is_empty() {
        text.push_str(&format!("\n[chats]\n{chats}"));
    }
    std::fs::write(&path, text).map_err(|e| e.to_string())
}
