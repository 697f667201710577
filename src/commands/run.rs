//! `run`: the bot for real, until it is told to stop.

use std::path::{Path, PathBuf};

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::links::owner_link;
use super::service::{Parts, Service, load_shop};
use super::{Ended, Exit, Trouble, settings};
use crate::runtime::clock::Clock;

/// Runs the bot of a shop folder until SIGTERM or Ctrl-C; SIGHUP reads the folder again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: ks-order run my-shop")]
pub struct Args {
    /// The shop folder.
    dir: PathBuf,
}

impl Args {
    /// The shop folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}

/// Runs the command.
///
/// # Errors
/// The shop, the settings, the database or Telegram are not as they must be.
pub async fn run(args: Args) -> Ended {
    let shop = load_shop(&args.dir)?;
    let telegram = settings::telegram()?;
    let store = settings::store(None, Some(&args.dir))?;
    // Listening begins before anything is started: an early signal must not be missed.
    let mut signals = Signals::new()?;
    let db = store.open().await?;
    let named = shop.settings.owner.is_some();
    let name = shop.settings.name.get(&"en".into()).to_owned();
    let parts = Parts {
        shop,
        db: db.clone(),
        client: telegram.client()?,
        clock: Clock::real(),
        adjust: |_| {},
    };
    let service = Service::start(parts).await?;
    let bot = service.engine().bot().to_owned();
    println!("{name} takes orders at https://t.me/{bot}");
    if let Some(link) = owner_link(&db, named, &bot).await? {
        println!("Nobody owns it yet. Whoever opens this link, once, is the owner: {link}");
    }
    while signals.next().await == Wish::Reload {
        match service.reload().await {
            Ok(()) => println!("the shop folder was read again"),
            Err(faults) => eprintln!("the shop folder has faults, nothing was changed:\n{faults}"),
        }
    }
    service.stop().await;
    db.close().await;
    Ok(Exit::Done)
}

/// Waits for SIGTERM or Ctrl-C.
///
/// # Errors
/// The system lets no signals be heard.
pub async fn until_stopped() -> Result<(), Trouble> {
    let mut signals = Signals::new()?;
    while signals.next().await != Wish::Stop {}
    Ok(())
}

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Stop,
    Reload,
}

/// The signals that are heeded.
struct Signals {
    term: Signal,
    int: Signal,
    hup: Signal,
}

impl Signals {
    fn new() -> Result<Self, Trouble> {
        let listen = |kind| {
            signal(kind).map_err(|e| {
                Trouble::new(format!("signals can't be heard: {e}"), "check the system")
            })
        };
        Ok(Self {
            term: listen(SignalKind::terminate())?,
            int: listen(SignalKind::interrupt())?,
            hup: listen(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Wish {
        tokio::select! {
            _ = self.term.recv() => Wish::Stop,
            _ = self.int.recv() => Wish::Stop,
            _ = self.hup.recv() => Wish::Reload,
        }
    }
}
