//! `dead`: what could not be handled or sent, shown and given another chance.
//!
//! An update is named `i` and its number, a call `o` and its number. Listing reads beside a
//! running bot; content is shown only when asked for, since it is somebody's words.

use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat};
use clap::Subcommand;

use super::service::unread;
use super::{Ended, Exit, Trouble, settings};
use crate::app::operations::alert;
use crate::kernel::Timestamp;
use crate::runtime::Clock;
use crate::store::{Db, StoreError, Tx, alerts, inbox, outbox};

/// Dead letters: updates that could not be handled, calls that Telegram refused.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ks-order dead my-shop               lists them
  ks-order dead my-shop show i17      one of them with its content
  ks-order dead my-shop retry i17     handles or sends it again")]
pub struct Args {
    /// The shop folder.
    dir: PathBuf,
    /// What to do; without it they are listed.
    #[command(subcommand)]
    action: Option<Action>,
    /// Another database than the shop's own.
    #[arg(long, value_name = "URL", global = true)]
    database: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
enum Action {
    /// Lists them, oldest first.
    List,
    /// Shows one with its content.
    Show {
        /// As listed, e.g. i17 or o42.
        id: Letter,
    },
    /// Handles or sends one again.
    Retry {
        /// As listed, e.g. i17 or o42.
        id: Letter,
    },
}

/// Which letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    /// An inbox row.
    Update(i64),
    /// An outbox row.
    Call(i64),
}

impl std::str::FromStr for Letter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text} is no dead letter; they are named like i17 or o42");
        let number = |digits: &str| digits.parse().map_err(|_| wrong());
        match (text.strip_prefix('i'), text.strip_prefix('o')) {
            (Some(digits), _) => number(digits).map(Self::Update),
            (_, Some(digits)) => number(digits).map(Self::Call),
            _ => Err(wrong()),
        }
    }
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
/// The database can't be opened or read, or there is no such letter.
pub async fn run(args: Args) -> Ended {
    let store = settings::store(args.database.as_deref(), Some(&args.dir))?;
    match args.action.unwrap_or(Action::List) {
        Action::List => {
            let db = store.open_read_only().await?;
            list(&db).await.map_err(|e| unread(&e))?;
        }
        Action::Show { id } => {
            let db = store.open_read_only().await?;
            let text = content(&db, id).await.map_err(|e| unread(&e))?;
            println!("{}", text.ok_or_else(|| unknown("content"))?);
        }
        Action::Retry { id } => {
            let db = store.open().await?;
            if !retry(&db, id, Clock::real().now())
                .await
                .map_err(|e| unread(&e))?
            {
                return Err(unknown("content"));
            }
            println!("it is handled again as soon as the bot runs");
        }
    }
    Ok(Exit::Done)
}

fn unknown(what: &str) -> Trouble {
    Trouble::new(
        format!("there is no dead letter of this name with its {what}"),
        "see `ks-order dead DIR list`",
    )
}

async fn list(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let updates = inbox::dead(&mut tx).await?;
    let calls = outbox::dead(&mut tx).await?;
    tx.rollback().await?;
    for row in &updates {
        let why = row.error.as_deref().unwrap_or("unknown");
        println!(
            "i{}  {}  from {}  {why}",
            row.id,
            at(row.created_ms),
            row.lane
        );
    }
    for row in &calls {
        let why = row.error.as_deref().unwrap_or("unknown");
        println!(
            "o{}  {}  to {}  {why}",
            row.id,
            at(row.created_ms),
            row.chat
        );
    }
    if updates.is_empty() && calls.is_empty() {
        println!("no dead letters");
    }
    Ok(())
}

async fn content(db: &Db, letter: Letter) -> Result<Option<String>, StoreError> {
    let mut tx = db.read().await?;
    let text = match letter {
        Letter::Update(id) => inbox::text(&mut tx, id).await?,
        Letter::Call(id) => outbox::text(&mut tx, id).await?,
    };
    tx.rollback().await?;
    Ok(text)
}

async fn retry(db: &Db, letter: Letter, now: Timestamp) -> Result<bool, StoreError> {
    let mut tx: Tx = db.begin().await?;
    let found = match letter {
        Letter::Update(id) => inbox::retry(&mut tx, id).await?,
        Letter::Call(id) => outbox::retry(&mut tx, id).await?,
    };
    // The next one is told anew.
    if alerts::dead_letters(&mut tx).await? == 0 {
        alerts::end(&mut tx, &[alert::DEAD], now).await?;
    }
    tx.commit().await?;
    Ok(found)
}

/// A time as people of any country read it.
fn at(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms).map_or_else(
        || ms.to_string(),
        |t| t.to_rfc3339_opts(SecondsFormat::Secs, true),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_named_by_kind_and_number() {
        assert_eq!("i17".parse(), Ok(Letter::Update(17)));
        assert_eq!("o42".parse(), Ok(Letter::Call(42)));
        for wrong in ["", "17", "x1", "i", "i-"] {
            assert!(wrong.parse::<Letter>().is_err(), "{wrong}");
        }
    }
}
