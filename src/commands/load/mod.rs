//! `load`: how fast the product is on this machine, and what it costs.
//!
//! Starts `run` as a child process against an emulator of its own and lets people order in chat;
//! in turns with it a bot that only echoes. Touches no shop and no database but its own, or an
//! empty one that is named.

mod crowd;
mod echo;
mod meter;
mod process;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use self::crowd::{COOKS, Crowd, FIRST_COOK, FIRST_CUSTOMER, GROUP, Pace, UPDATES_PER_ORDER};
use self::meter::median;
use self::process::{Bot, Server, Told};
use super::{Ended, Exit, Trouble, init};
use crate::sandbox::{Emulator, EmulatorConfig, GroupSpec, Happened, Subject, UserSpec};
use crate::store::ServerSession;

/// How fast the bot is on this machine: people order in chat, and a bot that only echoes is measured beside it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ks-order load --chats 200 --orders 1000
  ks-order load --chats 200 --orders 1000 --database postgres://user@127.0.0.1/empty")]
pub struct Args {
    /// How many customers order at the same time.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=5000))]
    chats: u16,
    /// How many orders they place in each run.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    orders: u32,
    /// How many runs; the median counts.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=99))]
    runs: u16,
    /// An empty database; otherwise a SQLite file that is thrown away.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

/// Sending as fast as any shop may, in the load's own shop.
const SEND: &str =
    "per_chat_per_second = 10000, overall_per_second = 10000, per_group_per_minute = 600000";
/// What is changed in the load's own shop: file, from, to.
const EDITS: &[(&str, &str, &str)] = &[
    (
        "shop.toml",
        "per_chat_per_second  = 1\n",
        "per_chat_per_second  = 10000\n",
    ),
    (
        "shop.toml",
        "overall_per_second   = 30\n",
        "overall_per_second   = 10000\n",
    ),
    (
        "shop.toml",
        "per_group_per_minute = 20\n",
        "per_group_per_minute = 600000\n",
    ),
    ("shop.toml", "# owner = 123456789", "owner = 900\n#"),
    ("shop.toml", "# [chats]", "[chats]\nkitchen = -5000\n#"),
    ("catalogue.toml", "stock = 36", "stock = 100000000"),
];
/// A bot that has not answered for so long does not run.
const START: Duration = Duration::from_secs(30);
/// A bot that calls nothing for so long has nothing to do.
const QUIET: Duration = Duration::from_millis(300);
/// Orders of one customer alone, for the time of an answer without others.
const ALONE: u64 = 30;

/// Runs the command.
///
/// # Errors
/// The bot does not start, or stops answering.
pub async fn run(args: Args) -> Ended {
    let place = Place::new(args.database).await?;
    let telegram = people(usize::from(args.chats))?;
    println!(
        "{} chats, {} orders a run, {} runs; {}\npace of sending: {SEND}",
        args.chats, args.orders, args.runs, place.shown
    );
    let (chats, orders) = (usize::from(args.chats), u64::from(args.orders));
    let mut runs = Vec::new();
    for n in 1..=args.runs {
        let echo = echo::rate(&telegram, chats).await;
        let run = tokio::task::block_in_place(|| one_run(&place, &telegram, (chats, orders)))?;
        println!(
            "run {n}: {}, echo {echo:.0}/s, ratio {:.3}",
            run.line(),
            run.rate / echo
        );
        runs.push((run, echo));
    }
    let of = |figure: fn(&Run) -> f64| median(runs.iter().map(|(run, _)| figure(run)).collect());
    println!("\nmedian of {} runs", runs.len());
    println!("updates/s            {:8.0}", of(|run| run.rate));
    println!(
        "echo updates/s       {:8.0}",
        median(runs.iter().map(|(_, echo)| *echo).collect())
    );
    let ratio = median(runs.iter().map(|(run, echo)| run.rate / echo).collect());
    println!("ratio                {ratio:8.3}");
    println!(
        "p50 / p95 / p99 ms   {:8.1} {:8.1} {:8.1}",
        of(|r| r.waits[0]),
        of(|r| r.waits[1]),
        of(|r| r.waits[2])
    );
    println!("one chat alone, p99  {:8.1} ms", of(|run| run.alone));
    println!(
        "half rate, p99       {:8.1} ms ({:.1} times one chat alone)",
        of(|r| r.half),
        of(|r| r.half / r.alone)
    );
    println!(
        "calls per update     {:8.2} (a customer's {:.2}, a cook's {:.2})",
        of(|run| run.calls),
        of(|run| run.apart.0),
        of(|run| run.apart.1)
    );
    println!(
        "CPU s per 1000       {:8.2} (bot {:.2}, database {})",
        of(|r| r.bot_cpu + r.db_cpu),
        of(|r| r.bot_cpu),
        match place.server {
            Some(_) => format!("{:.2}", of(|r| r.db_cpu)),
            None => place.no_server.to_owned(),
        }
    );
    println!(
        "memory idle / peak   {:8.1} {:8.1} MB",
        of(|run| run.idle),
        of(|run| run.peak)
    );
    println!("start to 1st answer  {:8.2} s", of(|run| run.start));
    Ok(Exit::Done)
}

/// Where the bot works.
struct Place {
    shop: PathBuf,
    database: String,
    shown: &'static str,
    /// The database's server, if its processes can be watched, and a session of it.
    server: Option<Server>,
    _session: Option<ServerSession>,
    /// Why not.
    no_server: &'static str,
    _folder: Folder,
}

/// A folder that is removed in the end.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What can't be removed is in the folder for such things.
        drop(fs::remove_dir_all(&self.0));
    }
}

impl Place {
    async fn new(database: Option<String>) -> Result<Self, Trouble> {
        let base = std::env::temp_dir().join(format!("ks-order-load-{}", std::process::id()));
        let folder = Folder(base.clone());
        let shop = base.join("shop");
        init::write("restaurant", &shop)?;
        for (file, from, to) in EDITS {
            edit(&shop.join(file), from, to)?;
        }
        let cook = |id| format!("[[staff]]\nid = {id}\nroles = [\"kitchen\"]\n");
        let cooks: String = (FIRST_COOK..FIRST_COOK + COOKS).map(cook).collect();
        edit(&shop.join("shop.toml"), "# [[staff]]", &format!("{cooks}#"))?;
        let shown = match database {
            Some(_) => "the database that was named",
            None => "SQLite, synchronous=FULL",
        };
        let session = match &database {
            Some(url) => ServerSession::open(url)
                .await
                .map_err(|e| Trouble::new(e.to_string(), "name an empty database"))?,
            None => None,
        };
        let no_server = match session {
            Some(_) => "unknown: its server is on another machine",
            None => "within",
        };
        Ok(Self {
            server: session.as_ref().and_then(|it| Server::of(it.process)),
            _session: session,
            no_server,
            database: database.unwrap_or_else(|| format!("sqlite://{}/load.db", base.display())),
            shop,
            shown,
            _folder: folder,
        })
    }
}

fn edit(path: &Path, from: &str, to: &str) -> Result<(), Trouble> {
    let trouble = |why: String| {
        Trouble::new(
            format!("{}: {why}", path.display()),
            "this is a fault of the program",
        )
    };
    let text = fs::read_to_string(path).map_err(|e| trouble(e.to_string()))?;
    if !text.contains(from) {
        return Err(trouble(format!("holds no {from:?}")));
    }
    fs::write(path, text.replacen(from, to, 1)).map_err(|e| trouble(e.to_string()))
}

fn people(chats: usize) -> Result<Emulator, Trouble> {
    let config = EmulatorConfig {
        keep_calls: 0,
        keep_messages: 1_000,
        ..EmulatorConfig::default()
    };
    let telegram = Emulator::start(config)
        .map_err(|e| Trouble::new(format!("no emulator: {e}"), "check the system's limits"))?;
    let cooks: Vec<i64> = (FIRST_COOK..FIRST_COOK + COOKS).collect();
    for cook in &cooks {
        telegram.add_user(UserSpec::new(*cook, "Cook").language("en"));
    }
    telegram.add_group(GroupSpec::new(GROUP, "Kitchen", &cooks));
    for n in 0..chats as i64 {
        telegram.add_user(UserSpec::new(FIRST_CUSTOMER + n, format!("C{n}")).language("en"));
    }
    telegram
        .add_bot_to_group(GROUP, FIRST_COOK)
        .map_err(|e| Trouble::new(format!("{e:?}"), "this is a fault of the program"))?;
    Ok(telegram)
}

/// The figures of one run: milliseconds, megabytes, seconds, or per update.
struct Run {
    start: f64,
    idle: f64,
    alone: f64,
    rate: f64,
    waits: [f64; 3],
    calls: f64,
    /// Calls for a customer's update and for a cook's press.
    apart: (f64, f64),
    bot_cpu: f64,
    db_cpu: f64,
    half: f64,
    peak: f64,
}

impl Run {
    fn line(&self) -> String {
        format!(
            "{:.0} updates/s, p99 {:.1} ms, CPU {:.2} s per 1000",
            self.rate,
            self.waits[2],
            self.bot_cpu + self.db_cpu
        )
    }
}

/// Starts the bot, lets one customer order alone, then all at once, then all at half that rate.
fn one_run(
    place: &Place,
    telegram: &Emulator,
    (chats, orders): (usize, u64),
) -> Result<Run, Trouble> {
    let failed = |what: &str| {
        let log = fs::read_to_string(place.shop.join("log.txt")).unwrap_or_default();
        let last = log.lines().last().unwrap_or("it said nothing").to_owned();
        Trouble::new(
            format!("the bot {what}: {last}"),
            "look for its log with RUST_LOG=info",
        )
    };
    let told = Told {
        shop: &place.shop,
        database: &place.database,
        api_url: &telegram.url(),
        token: telegram.token(),
    };
    let begun = Instant::now();
    let mut bot = Bot::start(told).map_err(|e| failed(&format!("can't be started ({e})")))?;
    let Some(answered) = first_answer(telegram, &mut bot) else {
        return Err(failed("gives no answer"));
    };
    let start = answered.duration_since(begun).as_secs_f64();
    let idle = bot.memory();
    let mut alone = Crowd::new(telegram, 1, ALONE);
    if !alone.run(Pace::Closed, ALONE) {
        return Err(failed("stopped answering one customer"));
    }
    let mut apart = Vec::new();
    for _ in 0..2 {
        let calls = Crowd::new(telegram, 1, 1).calls_apart();
        apart.push(calls.ok_or_else(|| failed("did not get one order done"))?);
    }
    let server_cpu_s = || place.server.and_then(Server::cpu_s);
    let cpu = (bot.cpu_s(), server_cpu_s());
    let (mut all, since) = (Crowd::new(telegram, chats, orders), Instant::now());
    if !all.run(Pace::Closed, orders) {
        return Err(failed("stopped answering"));
    }
    let rate = all.tally.updates as f64 / since.elapsed().as_secs_f64();
    let spent = |now: Option<f64>, before: Option<f64>| {
        now.zip(before).map_or(0.0, |(now, before)| {
            (now - before) * 1000.0 / all.tally.updates as f64
        })
    };
    let (bot_cpu, db_cpu) = (spent(bot.cpu_s(), cpu.0), spent(server_cpu_s(), cpu.1));
    let some = orders.min(((rate * 2.0) as u64 / UPDATES_PER_ORDER).max(20));
    let mut half = Crowd::new(telegram, chats, some);
    if !half.run(Pace::Open(rate / 2.0 * 11.0 / 15.0), some) {
        return Err(failed("stopped answering at half rate"));
    }
    let ms = |wait: Duration| wait.as_secs_f64() * 1000.0;
    let mb = |bytes: Option<u64>| bytes.map_or(0.0, |bytes| bytes as f64 / 1e6);
    let run = Run {
        start,
        idle: mb(idle),
        alone: ms(alone.tally.percentile(99)),
        rate,
        waits: [50, 95, 99].map(|percent| ms(all.tally.percentile(percent))),
        calls: all.tally.calls as f64 / all.tally.updates as f64,
        apart: (
            apart.iter().map(|(customer, _)| customer).sum::<f64>() / apart.len() as f64,
            apart.iter().map(|(_, cook)| cook).sum::<f64>() / apart.len() as f64,
        ),
        bot_cpu,
        db_cpu,
        half: ms(half.tally.percentile(99)),
        peak: mb(bot.peak_memory()),
    };
    bot.stop();
    Ok(run)
}

/// Says something and waits until it is answered and all is quiet; when the answer came.
fn first_answer(telegram: &Emulator, bot: &mut Bot) -> Option<Instant> {
    let (events, end) = (telegram.meter(), Instant::now() + START);
    telegram.start_bot(FIRST_CUSTOMER, None).ok()?;
    let mut answered = None;
    while Instant::now() < end && !bot.has_ended() {
        match events.recv_timeout(QUIET) {
            Ok(Happened::Called {
                subject: Some(Subject::Chat(FIRST_CUSTOMER)),
                at,
                ..
            }) => answered = answered.or(Some(at)),
            Ok(_) => {}
            Err(_) if answered.is_some() => break,
            Err(_) => {}
        }
    }
    answered
}
