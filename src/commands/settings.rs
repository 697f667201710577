//! What the environment says: token, API URL, database, key. Read once, at the start.
//!
//! A `.env` in the working folder, then one in the shop folder, fill in what is not set. Nothing
//! here prints a secret.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::Trouble;
use super::service::unreachable_api;
use crate::store::{Db, Keys, OpenOptions};
use crate::telegram::client::Client;

/// Telegram's own server.
const TELEGRAM_URL: &str = "https://api.telegram.org";

/// The database file of a shop that names no database.
const DATABASE_FILE: &str = "ks-order.db";

/// Where the shop's data are, and what opens them.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// `sqlite://…` or `postgres://…`.
    pub database: String,
    /// As in `KS_ORDER_KEY`; the store reads it.
    pub key: String,
}

impl StoreSettings {
    /// Opens the database for writing; one process at a time on SQLite.
    ///
    /// # Errors
    /// One line with the cause and its cure.
    pub async fn open(&self) -> Result<Db, Trouble> {
        let found = Db::open(&self.database, &self.options()?).await;
        found.map_err(|e| Trouble(e.to_string().replace('\n', " ")))
    }

    /// Opens the database for reading, beside a running bot too.
    ///
    /// # Errors
    /// One line with the cause and its cure.
    pub async fn open_read_only(&self) -> Result<Db, Trouble> {
        let found = Db::open_read_only(&self.database, &self.options()?).await;
        found.map_err(|e| Trouble(e.to_string().replace('\n', " ")))
    }

    fn options(&self) -> Result<OpenOptions, Trouble> {
        let keys = Keys::from_env_value(&self.key).map_err(|e| Trouble(e.to_string()))?;
        Ok(OpenOptions::new(keys))
    }
}

/// How to reach the Bot API.
#[derive(Clone)]
pub struct TelegramSettings {
    /// From @BotFather.
    pub token: String,
    /// Without a slash at the end.
    pub api_url: String,
}

impl TelegramSettings {
    /// A client with these settings.
    ///
    /// # Errors
    /// The token or the address can't be used.
    pub fn client(&self) -> Result<Client, Trouble> {
        Client::new(&self.api_url, &self.token).map_err(|e| unreachable_api(&e))
    }
}

/// Reads the `.env` files. Must run before any thread is started.
///
/// # Errors
/// A file that is there and can't be read or understood.
pub fn load_env(shop: Option<&Path>) -> Result<(), Trouble> {
    let mut files = vec![PathBuf::from(".env")];
    files.extend(shop.map(|dir| dir.join(".env")));
    for file in files.iter().filter(|f| f.is_file()) {
        dotenvy::from_path(file).map_err(|e| {
            Trouble::new(
                format!("{} can't be read: {e}", file.display()),
                "write one NAME=value per line",
            )
        })?;
    }
    Ok(())
}

/// The database and its key; `named` (an option of the command) goes before `DATABASE_URL`.
///
/// # Errors
/// No key, or a key file that can't be read.
pub fn store(named: Option<&str>, shop: Option<&Path>) -> Result<StoreSettings, Trouble> {
    Ok(StoreSettings {
        database: database(named, shop)?,
        key: key()?,
    })
}

fn database(named: Option<&str>, shop: Option<&Path>) -> Result<String, Trouble> {
    if let Some(url) = named.map(str::to_owned).or_else(|| set("DATABASE_URL")) {
        return Ok(url);
    }
    let dir = shop.ok_or_else(|| {
        Trouble::new(
            "no database is named",
            "give --database URL, a shop folder, or set DATABASE_URL",
        )
    })?;
    Ok(format!("sqlite://{}", dir.join(DATABASE_FILE).display()))
}

/// The key as the environment gives it.
///
/// # Errors
/// There is none, or its file can't be read.
pub fn key() -> Result<String, Trouble> {
    if let Some(key) = set("KS_ORDER_KEY") {
        return Ok(key);
    }
    let Some(file) = set("KS_ORDER_KEY_FILE") else {
        return Err(Trouble::new(
            "there is no key for personal data",
            "set KS_ORDER_KEY or KS_ORDER_KEY_FILE; `ks-order init` writes one into .env",
        ));
    };
    fs::read_to_string(&file)
        .map(|text| text.trim().to_owned())
        .map_err(|e| {
            Trouble::new(
                format!("KS_ORDER_KEY_FILE {file} can't be read: {e}"),
                "name a file that holds the key",
            )
        })
}

/// Whether each line of the log is to be a JSON object.
///
/// # Errors
/// `KS_ORDER_LOG` is neither `text` nor `json`.
pub fn log_is_json() -> Result<bool, Trouble> {
    match set("KS_ORDER_LOG").as_deref() {
        None | Some("text") => Ok(false),
        Some("json") => Ok(true),
        Some(other) => Err(Trouble::new(
            format!("KS_ORDER_LOG is {other}"),
            "set it to text or json",
        )),
    }
}

/// How to reach the Bot API.
///
/// # Errors
/// No token, or one that can't be one.
pub fn telegram() -> Result<TelegramSettings, Trouble> {
    let token = set("TELOXIDE_TOKEN").ok_or_else(|| {
        Trouble::new(
            "TELOXIDE_TOKEN is not set",
            "put the token that @BotFather gave into .env",
        )
    })?;
    let number = token.split(':').next().unwrap_or("");
    let well_formed = token.contains(':')
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
        && token.bytes().all(|b| b.is_ascii_graphic() && b != b'/');
    if !well_formed {
        return Err(Trouble::new(
            "TELOXIDE_TOKEN is not a bot token",
            "it looks like 123456:letters-and-digits; copy it again from @BotFather",
        ));
    }
    let api_url = set("TELOXIDE_API_URL").unwrap_or_else(|| TELEGRAM_URL.to_owned());
    if !api_url.starts_with("http://") && !api_url.starts_with("https://") {
        return Err(Trouble::new(
            "TELOXIDE_API_URL is not a web address",
            "begin it with https:// or leave it unset",
        ));
    }
    Ok(TelegramSettings {
        token,
        api_url: api_url.trim_end_matches('/').to_owned(),
    })
}

/// A variable that is set to something.
fn set(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
