//! `credit`: opening balances of accounts from a file, and all accounts as a table.
//!
//! An import is all or nothing: every line is checked first, and what is wrong is named with its
//! line. What may be imported is decided in `lines`; nothing is ever changed by an import but that
//! accounts are opened.

mod lines;
mod table;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Subcommand;

use self::lines::Line;
use super::service::{load_shop, unread};
use super::{Ended, Exit, Trouble, settings};
use crate::app::audit::{self, ALONE, Did, NO_ROLE};
use crate::app::sheet::{BOM, escaped};
use crate::domain::credit::{Account, Kind, Op, Worth};
use crate::kernel::{AccountId, IdSource, Timestamp};
use crate::shop::Shop;
use crate::store::audit::{Entry, Personal};
use crate::store::credit::Booking;
use crate::store::stock::Stamp;
use crate::store::{Db, StoreError, Tx, companies, credit, orders};

/// Accounts read at a time.
const PAGE: i64 = 500;
/// The largest file that is read, in bytes; a line is about a hundred.
const MOST_BYTES: u64 = 16 << 20;

/// Accounts of who orders on account: opening balances from a file, all of them as CSV.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ks-order credit my-shop import opening.csv
  ks-order credit my-shop list > accounts.csv

opening.csv, in UTF-8, with this first line:
  account,limit,terms,balance,due,currency,comment
  acme-ltd,5000,30,1200.50,2026-12-15,CNY,from the old books
  p-123456789,300,,-20,,CNY,paid ahead

account: a company's id, or p- and a person's Telegram id. terms: days, or `eom 15`; empty: the
shop's. balance: what is owed; below zero: paid ahead. due: the last day to pay it, needed where
something is owed. Nothing is written unless every line is good. With SQLite stop the bot before an import: one
file serves one process.")]
pub struct Args {
    /// The shop folder.
    dir: PathBuf,
    /// What to do.
    #[command(subcommand)]
    action: Action,
    /// Another database than the shop's own.
    #[arg(long, value_name = "URL", global = true)]
    database: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
enum Action {
    /// Opens accounts with what was owed before.
    Import {
        /// The table, as CSV.
        file: PathBuf,
    },
    /// Prints all accounts as CSV.
    List,
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
/// The shop, the file or the database can't be read, or the shop sells nothing on account.
pub async fn run(args: Args) -> Ended {
    let shop = load_shop(&args.dir)?;
    if shop.settings.credit.is_none() {
        return Err(Trouble::new(
            "the shop sells nothing on account",
            "write [credit] into its shop.toml",
        ));
    }
    let store = settings::store(args.database.as_deref(), Some(&args.dir))?;
    match args.action {
        Action::Import { file } => {
            let text = read(&file)?;
            let db = store.open().await?;
            import(&db, &shop, &text).await
        }
        Action::List => {
            let db = store.open_read_only().await?;
            print!("{}", listed(&db).await.map_err(|e| unread(&e))?);
            Ok(Exit::Done)
        }
    }
}

fn read(file: &Path) -> Result<String, Trouble> {
    let shown = file.display();
    let size = std::fs::metadata(file).map(|known| known.len());
    if size.is_ok_and(|size| size > MOST_BYTES) {
        return Err(Trouble::new(
            format!("{shown} is larger than 16 MiB"),
            "import it in parts",
        ));
    }
    let bytes = std::fs::read(file)
        .map_err(|error| Trouble::new(format!("{shown}: {error}"), "name a file to read"))?;
    String::from_utf8(bytes)
        .map_err(|_| Trouble::new(format!("{shown} is not UTF-8"), "save it as CSV in UTF-8"))
}

async fn import(db: &Db, shop: &Shop, text: &str) -> Ended {
    let (lines, mut faults) = lines::read(shop, text);
    let mut tx = db.begin().await.map_err(|e| unread(&e))?;
    faults.extend(known(&mut tx, &lines).await.map_err(|e| unread(&e))?);
    if !faults.is_empty() {
        tx.rollback().await.map_err(|e| unread(&e))?;
        faults.sort();
        for (line, why) in &faults {
            println!("line {line}: {why}");
        }
        println!("nothing was imported");
        return Ok(Exit::FoundWrong);
    }
    let mut noted = Vec::new();
    let mut ids = IdSource::new(seed()?, now());
    for line in &lines {
        if !open(&mut tx, line, &mut ids)
            .await
            .map_err(|e| unread(&e))?
        {
            return Err(Trouble::new(
                format!("line {}: somebody opened the account meanwhile", line.at),
                "import it again",
            ));
        }
        noted.push(entry(line)?);
    }
    let kept = crate::store::audit::append(&mut tx, &noted, None).await;
    kept.map_err(|e| unread(&e))?;
    tx.commit().await.map_err(|e| unread(&e))?;
    println!("accounts opened: {}", lines.len());
    Ok(Exit::Done)
}

/// What only the database knows of the lines: whether there is such a company or person, and
/// whether they have an account.
async fn known(tx: &mut Tx, lines: &[Line]) -> Result<Vec<(usize, String)>, StoreError> {
    let mut faults = Vec::new();
    for line in lines {
        let id = &line.account.id;
        let is_there = match id {
            AccountId::Company(id) => companies::find(tx, id).await?.is_some(),
            AccountId::Person(id) => crate::store::customers::find(tx, *id).await?.is_some(),
        };
        if !is_there {
            let why = match id {
                AccountId::Company(id) => format!("there is no company {id}"),
                AccountId::Person(id) => format!("nobody with the id {id} ever wrote to the bot"),
            };
            faults.push((line.at, why));
        } else if credit::find(tx, id).await?.is_some() {
            faults.push((
                line.at,
                format!("the account {} is open already", shown(id)),
            ));
        }
    }
    Ok(faults)
}

/// An account as the file names it.
fn shown(id: &AccountId) -> String {
    match id {
        AccountId::Company(id) => id.to_string(),
        AccountId::Person(_) => id.code(),
    }
}

/// Opens the account and books what was owed; `false` if somebody else opened it first.
async fn open(tx: &mut Tx, line: &Line, ids: &mut IdSource) -> Result<bool, StoreError> {
    let mut stamp = Stamp {
        cause: 0,
        now: now(),
        ids,
    };
    let comment = line.comment.as_str();
    if !credit::open(tx, &line.account, (None, comment), &mut stamp).await? {
        return Ok(false);
    }
    if line.balance_minor == 0 {
        return Ok(true);
    }
    let booking = Booking {
        balance: line.balance_minor,
        due: line.due,
        comment,
        ..Booking::new(&line.account.id, Op::Opened)
    };
    credit::book(tx, &booking, &mut stamp).await
}

/// What was done on the command line, for the record.
fn entry(line: &Line) -> Result<Entry, Trouble> {
    let account = &line.account;
    let limit = Worth::of(Kind::Open, account).code();
    Ok(Entry {
        at: now(),
        actor: None,
        role: NO_ROLE.to_owned(),
        act: Did::CreditChanged.word(),
        subject: audit::of_account(&account.id),
        cause: 0,
        personal: Personal {
            name: String::new(),
            before: format!("{} ", Kind::Open),
            after: format!("{ALONE} {} {limit}", Kind::Open),
            why: line.comment.clone(),
            salt: format!("{:016x}{:016x}", seed()?, seed()?),
        },
    })
}

fn seed() -> Result<u64, Trouble> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)
        .map_err(|e| Trouble::new(format!("no random numbers: {e}"), "check the system"))?;
    Ok(u64::from_le_bytes(bytes))
}

fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// All accounts, as CSV.
async fn listed(db: &Db) -> Result<String, StoreError> {
    let mut out = format!(
        "{BOM}account,name,limit,terms,balance,held,free,due,currency,may_exceed,blocked\r\n"
    );
    let mut tx = db.read().await?;
    let mut skip = 0;
    loop {
        let accounts = credit::list(&mut tx, skip, PAGE).await?;
        if accounts.is_empty() {
            break;
        }
        skip += PAGE;
        let names = names(&mut tx, &accounts).await?;
        for (account, name) in accounts.iter().zip(names) {
            let _ = write!(out, "{}\r\n", row(account, &name));
        }
    }
    tx.rollback().await?;
    Ok(out)
}

async fn names(tx: &mut Tx, accounts: &[Account]) -> Result<Vec<String>, StoreError> {
    let mut people = Vec::new();
    let mut firms = Vec::new();
    for account in accounts {
        match &account.id {
            AccountId::Company(id) => firms.push(id.clone()),
            AccountId::Person(id) => people.push(*id),
        }
    }
    let firms = match firms.is_empty() {
        true => Vec::new(),
        false => companies::names(tx, firms).await?,
    };
    let people = match people.is_empty() {
        true => Vec::new(),
        false => orders::names(tx, people).await?,
    };
    let name = |account: &Account| match &account.id {
        AccountId::Company(id) => firms
            .iter()
            .find(|(known, _)| known == id)
            .cloned()
            .map(|f| f.1),
        AccountId::Person(id) => people
            .iter()
            .find(|(known, _)| known == id)
            .cloned()
            .map(|p| p.1),
    };
    Ok(accounts
        .iter()
        .map(|one| name(one).unwrap_or_default())
        .collect())
}

/// Amounts are written as numbers, below zero too: they are no formulas.
fn row(account: &Account, name: &str) -> String {
    let money = |minor| account.money(minor).to_string();
    let zone = crate::shop::Zone::parse(&account.zone).unwrap_or_else(crate::shop::Zone::utc);
    let due = account.due.map(|due| zone.date(due.plus(-1)).to_string());
    let yes = |is: bool| if is { "yes" } else { "" }.to_owned();
    [
        escaped(&shown(&account.id)),
        escaped(name),
        money(account.limit_minor),
        escaped(&account.terms.code()),
        money(account.balance_minor),
        money(account.held_minor),
        money(account.available_minor()),
        due.unwrap_or_default(),
        account.currency.code().to_owned(),
        yes(account.may_exceed),
        yes(account.blocked),
    ]
    .join(",")
}
