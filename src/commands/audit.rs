//! `audit`: who did what and when, as a table for a spreadsheet.
//!
//! Only reads; runs beside a running service too. It opens what is sealed, so whoever has the key
//! and the output has the names.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::service::{load_shop, unread};
use super::{Ended, Exit, Trouble, settings};
use crate::app::audit::csv;
use crate::kernel::Timestamp;
use crate::store::{Db, StoreError, audit};

/// Entries read at a time.
const PAGE: i64 = 500;

/// Who did what and when, as CSV.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ks-order audit my-shop > audit.csv                      everything, the oldest first
  ks-order audit my-shop --from 2026-11-01 --to 2026-11-30   these days, both included

Each line has the entry's hash; `ks-order verify` proves the chain. Whoever keeps the last hash
can tell later whether entries behind it were cut off.")]
pub struct Args {
    /// The shop folder.
    dir: PathBuf,
    /// The first day, in the shop's time zone.
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
    /// The last day, in the shop's time zone.
    #[arg(long, value_name = "DAY")]
    to: Option<NaiveDate>,
    /// Another database than the shop's own.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

impl Args {
    /// The shop folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}

/// Prints the entries.
///
/// # Errors
/// The shop or its database can't be read, or nobody reads what is printed.
pub async fn run(args: Args) -> Ended {
    let shop = load_shop(&args.dir)?;
    let zone = shop.settings.zone;
    let from = args.from.map_or(i64::MIN, |day| zone.moment(day, 0).0);
    let last = args.to.and_then(|day| day.succ_opt());
    let to = last.map_or(i64::MAX, |day| zone.moment(day, 0).0);
    let store = settings::store(args.database.as_deref(), Some(&args.dir))?;
    let db = store.open_read_only().await?;
    let mut out = io::stdout().lock();
    print(&mut out, &format!("{}{}", csv::BOM, csv::HEAD))?;
    let span = (Timestamp(from), Timestamp(to));
    let mut after = 0;
    loop {
        let (lines, last) = page(&db, after, span).await.map_err(|e| unread(&e))?;
        print(&mut out, &lines)?;
        match last {
            Some(last) => after = last,
            None => return Ok(Exit::Done),
        }
    }
}

/// The lines of entries after one, and the last that was read; none: there are no more.
async fn page(
    db: &Db,
    after: i64,
    (from, to): (Timestamp, Timestamp),
) -> Result<(String, Option<i64>), StoreError> {
    let mut tx = db.read().await?;
    let kept = audit::after(&mut tx, after, PAGE).await?;
    let names = match kept.is_empty() {
        true => Vec::new(),
        false => audit::people(&mut tx).await?,
    };
    tx.rollback().await?;
    let within = kept
        .iter()
        .filter(|kept| from <= kept.entry.at && kept.entry.at < to);
    let lines = within.map(|kept| csv::line(kept, &names)).collect();
    Ok((lines, kept.last().map(|kept| kept.id)))
}

fn print(out: &mut impl Write, text: &str) -> Result<(), Trouble> {
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| Trouble::new(error, "see that there is room for the output"))
}
