//! The command line: what each command takes, how it ends, and which loop it starts.
//!
//! The commands, their options, the environment they read and their exit codes are a contract
//! that scripts rely on. Nothing here decides about orders or conversations; nothing imports
//! this module.

pub mod audit;
pub mod check;
pub mod credit;
pub mod dead;
pub mod demo;
pub mod init;
pub mod links;
pub mod load;
pub mod parse;
pub mod rules;
pub mod run;
pub mod service;
pub mod settings;
pub mod verify;

use std::future::Future;
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// Self-service ordering inside Telegram.
#[derive(Debug, Parser)]
#[command(
    name = "ks-order",
    version,
    about,
    after_help = "\
Examples:
  ks-order demo restaurant              the playground, on http://127.0.0.1:8080; or retail, logistics
  ks-order init restaurant my-shop      a shop folder to edit
  ks-order check my-shop                every fault of the folder, with file, line and column
  ks-order rules try my-shop --order order.toml   which rules of approval fire for an order
  ks-order run my-shop                  the bot for real
  ks-order parse my-shop                messages on the standard input -> what they order, as JSON lines
  ks-order audit my-shop                who did what, as CSV
  ks-order credit my-shop import opening.csv   opening balances of accounts
  ks-order verify my-shop               proves that the database is sound
  ks-order load --chats 200 --orders 1000   how fast it is on this machine

Environment (also read from a `.env` in the working or the shop folder):
  TELOXIDE_TOKEN      the bot's token, from @BotFather
  TELOXIDE_API_URL    another Bot API server than Telegram's own
  DATABASE_URL        sqlite://FILE or postgres://USER@HOST/NAME; default: ks-order.db in the shop folder
  KS_ORDER_KEY        the key that seals personal data (or KS_ORDER_KEY_FILE: a file that holds it)
  RUST_LOG            what is logged, e.g. info or ks_order=debug
  KS_ORDER_LOG        json: each line of the log is a JSON object

Exit codes: 0 done, 1 found wrong (check, verify), 2 usage or configuration error."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Args),
    Init(init::Args),
    Check(check::Args),
    Run(run::Args),
    Parse(parse::Args),
    Rules(rules::Args),
    Links(links::Args),
    Dead(dead::Args),
    Audit(audit::Args),
    Credit(credit::Args),
    Verify(verify::Args),
    Load(load::Args),
}

/// How a command ended, short of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It did what it was asked: exit code 0.
    Done,
    /// It looked for faults and found some; all are printed: exit code 1.
    FoundWrong,
}

/// Why a command could not do its work: one line with the cause and its cure. Exit code 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(pub String);

impl Trouble {
    /// A cause with its cure, as one line.
    pub fn new(cause: impl std::fmt::Display, cure: impl std::fmt::Display) -> Self {
        Self(format!("{cause}; {cure}").replace('\n', " "))
    }
}

/// What every command's `run` gives.
pub type Ended = Result<Exit, Trouble>;

fn start(command: Command) -> Ended {
    match command {
        Command::Demo(args) => served(None, "warn", demo::run(args)),
        Command::Init(args) => init::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Run(args) => {
            let dir = args.dir().to_owned();
            served(Some(&dir), "info", run::run(args))
        }
        Command::Links(args) => {
            let dir = args.dir().to_owned();
            served(Some(&dir), "warn", links::run(args))
        }
        Command::Dead(args) => {
            let dir = args.dir().to_owned();
            served(Some(&dir), "warn", dead::run(args))
        }
        Command::Parse(args) => parse::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Audit(args) => {
            let dir = args.dir().to_owned();
            served(Some(&dir), "warn", audit::run(args))
        }
        Command::Credit(args) => {
            let dir = args.dir().to_owned();
            served(Some(&dir), "warn", credit::run(args))
        }
        Command::Verify(args) => verify::run(&args),
        Command::Load(args) => served(None, "warn", load::run(args)),
    }
}

/// Reads the environment, then runs a command that waits for others. `log`: what is logged if
/// `RUST_LOG` says nothing.
fn served(shop: Option<&Path>, log: &str, work: impl Future<Output = Ended>) -> Ended {
    settings::load_env(shop)?;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(log));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if settings::log_is_json()? {
        log.json().init();
    } else {
        log.init();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(crate::runtime::STACK_BYTES)
        .enable_all()
        .build()
        .map_err(|e| {
            Trouble::new(
                format!("no threads can be started: {e}"),
                "check the system's limits",
            )
        })?;
    runtime.block_on(work)
}

/// Runs the command that `cli` names.
pub fn run(cli: Cli) -> ExitCode {
    match start(cli.command) {
        Ok(Exit::Done) => ExitCode::SUCCESS,
        Ok(Exit::FoundWrong) => ExitCode::from(1),
        Err(trouble) => {
            eprintln!("ks-order: {trouble}");
            ExitCode::from(2)
        }
    }
}
