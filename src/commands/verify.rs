//! `ks-order verify [DIR] [--database URL]`: proves what must hold in a whole database.
//!
//! Only reads; runs beside a running service too.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use super::settings::{self, StoreSettings};
use super::{Ended, Exit, Trouble};
use crate::kernel::Timestamp;
use crate::store::verify::{Now, Violation, latest, rule_names, verify};
use crate::store::{Db, Keys, OpenError, OpenOptions, StoreError};

/// Proves that the database is sound: stock, holds, orders, history, nothing stuck.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ks-order verify my-shop
  ks-order verify --database postgres://ks@localhost/ks

Prints each violation as RULE TABLE ROW: what is wrong. Exit code 1 if there is any.
It only reads, and may run beside the service.")]
pub struct Args {
    /// The shop's folder: its database and its .env.
    dir: Option<PathBuf>,
    /// The database, instead of DATABASE_URL or the one in the folder.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

/// Opens the database and prints every violation, one a line, sorted by rule.
pub fn run(args: &Args) -> Ended {
    let dir = args.dir.as_deref();
    if let Some(dir) = dir.filter(|dir| !dir.is_dir()) {
        let cause = format!("there is no folder {}", dir.display());
        return Err(Trouble::new(cause, "name the shop's folder"));
    }
    settings::load_env(dir)?;
    let store = settings::store(args.database.as_deref(), dir)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Trouble::new(error, "free some memory and try again"))?;
    let found = runtime.block_on(prove(&store))?;
    for violation in &found {
        println!("{}", line(violation));
    }
    if found.is_empty() {
        println!("sound: {} rules hold", rule_names().len());
        return Ok(Exit::Done);
    }
    eprintln!(
        "{} violation{}",
        found.len(),
        if found.len() == 1 { "" } else { "s" }
    );
    Ok(Exit::FoundWrong)
}

async fn prove(store: &StoreSettings) -> Result<Vec<Violation>, Trouble> {
    let keys = Keys::from_env_value(&store.key).map_err(|error| Trouble(error.to_string()))?;
    let db = Db::open_read_only(&store.database, &OpenOptions::new(keys))
        .await
        .map_err(unopened)?;
    let real = now();
    let mut tx = db.read().await.map_err(unreadable)?;
    // A playground's clock may be ahead; it has been as far as what it wrote.
    let reached = latest(&mut tx).await.map_err(unreadable)?;
    let now = Now {
        business: reached.map_or(real, |reached| reached.max(real)),
        real,
    };
    let found = verify(&mut tx, now).await.map_err(unreadable)?;
    tx.commit().await.map_err(unreadable)?;
    db.close().await;
    Ok(found)
}

/// Most of these name their cure themselves.
fn unopened(error: OpenError) -> Trouble {
    match error {
        OpenError::Connect(_) => Trouble::new(
            error,
            "see that it is up and rightly named; `ks-order run` makes a new one",
        ),
        other => Trouble(other.to_string().replace('\n', " ")),
    }
}

fn unreadable(error: StoreError) -> Trouble {
    Trouble::new(error, "see that the database is up and try again")
}

/// The system's clock; before 1970 it is broken, and nothing is overdue.
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.unwrap_or_default().as_millis();
    Timestamp(i64::try_from(millis).unwrap_or(i64::MAX))
}

fn line(violation: &Violation) -> String {
    let Violation {
        rule,
        table,
        row,
        detail,
    } = violation;
    format!("{rule} {table} {row}: {detail}")
}
