//! `links`: the links that make somebody the owner or one of the team, and those of tables.
//!
//! The first two are for one use. Only a hash of their token is kept, so they can't be shown
//! twice: each call makes new ones. A table's link is the same until its code is made anew.

mod qr;
pub mod tables;

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::service::{load_shop, unreachable_api, unread};
use super::{Ended, Exit, Trouble, settings};
use crate::app::audit::{Did, NO_ROLE};
use crate::app::commands::TEMPLATE;
use crate::kernel::Timestamp;
use crate::kernel::time::DAY;
use crate::shop::settings::ROLES;
use crate::shop::{Shop, Template};
use crate::store::audit::{Entry, Personal};
use crate::store::tokens::Grant;
use crate::store::{Db, StoreError, audit, staff, tokens};

/// An invite is valid so long; the owner's link until it is used.
const INVITE_VALID: i64 = 7 * DAY;
/// 18 bytes are 24 characters of a link: nobody guesses them.
const TOKEN_BYTES: usize = 18;

/// Links: for the owner, if there is none, to invite people to the team, of templates and of tables.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ks-order links my-shop
  ks-order links my-shop --qr stickers           an SVG file for each link too
  ks-order links my-shop --table 5 --qr stickers
  ks-order links my-shop --revoke-table 5        the code on the table stops working at once")]
pub struct Args {
    /// The shop folder.
    dir: PathBuf,
    /// Another database than the shop's own.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Only the link of this table; may be given several times.
    #[arg(long, value_name = "ID")]
    table: Vec<String>,
    /// Makes a new code for this table and prints its link; the code before stops working at once.
    #[arg(long, value_name = "ID")]
    revoke_table: Vec<String>,
    /// Writes each link as a QR code into this folder, as SVG.
    #[arg(long, value_name = "DIR")]
    qr: Option<PathBuf>,
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
/// The shop, the database or Telegram can't be read; the shop has no such table.
pub async fn run(args: Args) -> Ended {
    let shop = load_shop(&args.dir)?;
    let renewed = tables::named(&shop, &args.revoke_table)?;
    let mut only = tables::named(&shop, &args.table)?;
    let store = settings::store(args.database.as_deref(), Some(&args.dir))?;
    let me = settings::telegram()?.client()?.me().await;
    let bot = me.map_err(|e| unreachable_api(&e))?.username;
    let folder = args.qr.as_deref().map(qr::Folder::open).transpose()?;
    let db = store.open().await?;
    tables::renew(&db, &shop, &renewed, now()).await?;
    only.extend(renewed);
    let mut links = Vec::new();
    if only.is_empty() {
        links = team_links(&db, shop.settings.owner.is_some(), &bot).await?;
        links.extend(template_links(&shop, &bot));
    }
    let only = (!only.is_empty()).then_some(only.as_slice());
    for code in tables::codes(&db, &shop, only, now()).await? {
        links.push(Link {
            title: format!("table {}", code.table),
            file: format!("table-{}", code.table),
            url: start_link(&bot, &code.token),
        });
    }
    for Link { title, file, url } in &links {
        println!("{title}: {url}");
        if let Some(folder) = &folder {
            folder.write(file, url)?;
        }
    }
    Ok(Exit::Done)
}

/// A link with what it is for.
struct Link {
    /// What is printed before it.
    title: String,
    /// The name of its picture, without the ending.
    file: String,
    url: String,
}

/// Opens the bot with a token.
pub fn start_link(bot: &str, token: &str) -> String {
    format!("https://t.me/{bot}?start={token}")
}

/// Links that show a template: everybody may use them, and they stay the same.
fn template_links(shop: &Shop, bot: &str) -> Vec<Link> {
    let link = |template: &Template| Link {
        title: format!("template {}", template.id),
        file: format!("template-{}", template.id),
        url: start_link(bot, &format!("{TEMPLATE}{}", template.id)),
    };
    shop.templates.iter().map(link).collect()
}

/// New links for the owner, if there is none, and for each role.
async fn team_links(db: &Db, named: bool, bot: &str) -> Result<Vec<Link>, Trouble> {
    let mut links = Vec::new();
    if let Some(url) = owner_link(db, named, bot).await? {
        links.push(Link {
            title: "owner (once)".to_owned(),
            file: "owner".to_owned(),
            url,
        });
    }
    for role in ROLES {
        let grant = Grant {
            kind: "invite".to_owned(),
            grants: role.to_owned(),
            single_use: true,
            made_by: None,
            expires: Some(now().plus(INVITE_VALID)),
        };
        links.push(Link {
            title: format!("{role} (once, for 7 days)"),
            file: format!("invite-{role}"),
            url: new_link(db, &grant, bot).await?,
        });
    }
    Ok(links)
}

/// A link that makes its first user the owner; none if there is one already.
///
/// # Errors
/// The database did not answer, or the system gives no random numbers.
pub async fn owner_link(db: &Db, named: bool, bot: &str) -> Result<Option<String>, Trouble> {
    if named || has_owner(db).await.map_err(|e| unread(&e))? {
        return Ok(None);
    }
    let grant = Grant {
        kind: "owner".to_owned(),
        grants: String::new(),
        single_use: true,
        made_by: None,
        expires: None,
    };
    new_link(db, &grant, bot).await.map(Some)
}

async fn has_owner(db: &Db) -> Result<bool, StoreError> {
    let mut tx = db.read().await?;
    let owners = staff::with_role(&mut tx, "owner").await?;
    tx.rollback().await?;
    Ok(!owners.is_empty())
}

async fn new_link(db: &Db, grant: &Grant, bot: &str) -> Result<String, Trouble> {
    let token = chance()?;
    let made = noted((Did::Invited, "invite"), &grant.grants, chance()?);
    keep(db, (&token, grant), made)
        .await
        .map_err(|e| unread(&e))?;
    Ok(start_link(bot, &token))
}

/// Nobody guesses it.
fn chance() -> Result<String, Trouble> {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|e| Trouble::new(format!("no random numbers: {e}"), "check the system"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What was done on the command line, for the record.
fn noted((did, subject): (Did, &str), after: &str, salt: String) -> Entry {
    Entry {
        at: now(),
        actor: None,
        role: NO_ROLE.to_owned(),
        act: did.word(),
        subject: subject.to_owned(),
        cause: 0,
        personal: Personal {
            name: String::new(),
            before: String::new(),
            after: after.to_owned(),
            why: String::new(),
            salt,
        },
    }
}

async fn keep(db: &Db, (token, grant): (&str, &Grant), made: Entry) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tokens::insert(&mut tx, token, grant, now()).await?;
    // The owner's link is printed at every start until it is used, which is kept then.
    if !grant.grants.is_empty() {
        audit::append(&mut tx, &[made], None).await?;
    }
    tx.commit().await
}

fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
