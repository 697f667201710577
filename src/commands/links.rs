//! `links`: the links that make somebody the owner or one of the team.
//!
//! Every link is for one use. Only a hash of its token is kept, so a link can't be shown twice:
//! each call makes new ones.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::service::{load_shop, unreachable_api, unread};
use super::{Ended, Exit, Trouble, settings};
use crate::kernel::Timestamp;
use crate::kernel::time::DAY;
use crate::shop::settings::ROLES;
use crate::store::tokens::Grant;
use crate::store::{Db, StoreError, staff, tokens};

/// An invite is valid so long; the owner's link until it is used.
const INVITE_VALID: i64 = 7 * DAY;
/// 18 bytes are 24 characters of a link: nobody guesses them.
const TOKEN_BYTES: usize = 18;

/// New links: for the owner, if there is none, and to invite people to the team.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: ks-order links my-shop")]
pub struct Args {
    /// The shop folder.
    dir: PathBuf,
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

/// Runs the command.
///
/// # Errors
/// The shop, the database or Telegram can't be read.
pub async fn run(args: Args) -> Ended {
    let shop = load_shop(&args.dir)?;
    let store = settings::store(args.database.as_deref(), Some(&args.dir))?;
    let me = settings::telegram()?.client()?.me().await;
    let bot = me.map_err(|e| unreachable_api(&e))?.username;
    let db = store.open().await?;
    if let Some(link) = owner_link(&db, shop.settings.owner.is_some(), &bot).await? {
        println!("owner (once): {link}");
    }
    for role in ROLES {
        let grant = Grant {
            kind: "invite".to_owned(),
            grants: role.to_owned(),
            single_use: true,
            made_by: None,
            expires: Some(now().plus(INVITE_VALID)),
        };
        let link = new_link(&db, &grant, &bot).await?;
        println!("{role} (once, for 7 days): {link}");
    }
    Ok(Exit::Done)
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
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|e| Trouble::new(format!("no random numbers: {e}"), "check the system"))?;
    let token = URL_SAFE_NO_PAD.encode(bytes);
    keep(db, &token, grant).await.map_err(|e| unread(&e))?;
    Ok(format!("https://t.me/{bot}?start={token}"))
}

async fn keep(db: &Db, token: &str, grant: &Grant) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tokens::insert(&mut tx, token, grant, now()).await?;
    tx.commit().await
}

fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
