//! The bot as it really runs: `ks-order run DIR` as a process of its own, that can be killed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use ks_order::sandbox::Emulator;
use tempfile::TempDir;

use super::db::KEY;

/// A shop folder with the restaurant in it, changed by `edits` of its files.
pub fn shop_folder(edits: &[(&str, &str, &str)]) -> TempDir {
    let dir = pack_folder("restaurant");
    for (file, old, new) in edits {
        change(dir.path(), file, old, new).unwrap();
    }
    dir
}

/// A shop folder with a pack in it.
pub fn pack_folder(pack: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("dialogues")
        .join(pack);
    copy(&from, dir.path());
    dir
}

/// Replaces the first `old` in a file of the folder.
pub fn change(dir: &Path, file: &str, old: &str, new: &str) -> Result<(), String> {
    let path = dir.join(file);
    let text = fs::read_to_string(&path).map_err(|e| format!("{file}: {e}"))?;
    if !text.contains(old) {
        return Err(format!("{file} holds no {old:?}"));
    }
    fs::write(&path, text.replacen(old, new, 1)).map_err(|e| format!("{file}: {e}"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The program with the environment of one bot.
pub struct Program {
    pub dir: PathBuf,
    pub database: String,
    pub api_url: String,
    pub token: String,
    pub key: String,
    pub log: PathBuf,
}

impl Program {
    pub fn new(dir: &Path, database: &str, telegram: &Emulator) -> Self {
        Self {
            dir: dir.to_owned(),
            database: database.to_owned(),
            api_url: telegram.url(),
            token: telegram.token().to_owned(),
            key: KEY.to_owned(),
            log: dir.join("log.txt"),
        }
    }

    /// With another key, or several.
    pub fn with_key(mut self, key: &str) -> Self {
        self.key = key.to_owned();
        self
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ks-order"));
        command
            .current_dir(&self.dir)
            .env("DATABASE_URL", &self.database)
            .env("TELOXIDE_API_URL", &self.api_url)
            .env("TELOXIDE_TOKEN", &self.token)
            .env("KS_ORDER_KEY", &self.key)
            .env("RUST_LOG", "warn,ks_order::runtime::lease=info")
            .stdin(Stdio::null());
        command
    }

    /// Starts the bot; its words go to the log file, behind what is there.
    pub fn run(&self) -> Child {
        let log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.log)
            .unwrap();
        self.command()
            .arg("run")
            .arg(&self.dir)
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap()
    }

    /// Runs `verify`; its words, if it found anything.
    pub fn verify(&self) -> Result<(), String> {
        let done = self
            .command()
            .arg("verify")
            .arg("--database")
            .arg(&self.database)
            .output()
            .unwrap();
        if done.status.success() {
            return Ok(());
        }
        let out = String::from_utf8_lossy(&done.stdout).into_owned();
        Err(format!(
            "verify: {}\n{out}{}",
            done.status,
            String::from_utf8_lossy(&done.stderr)
        ))
    }

    /// All that bots wrote.
    pub fn log_text(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// What the bot wrote, from the end.
    pub fn last_words(&self) -> String {
        let text = self.log_text();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }
}
