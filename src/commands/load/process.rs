//! The bot as a child process, and what it costs: processor time and memory, of it alone.
//!
//! Read from `/proc`; where there is none the figures are unknown.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{fs, io};

/// Ticks of processor time a second, as Linux counts them for programs.
const TICKS: f64 = 100.0;

/// A running bot; killed when dropped.
pub struct Bot(Child);

/// What the child is told by its environment.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub shop: &'a Path,
    pub database: &'a str,
    pub api_url: &'a str,
    pub token: &'a str,
}

impl Bot {
    /// Starts `run` with the shop's folder; its words go to `log.txt` in it.
    ///
    /// # Errors
    /// The program can't be started, or its log not be written.
    pub fn start(told: Told<'_>) -> io::Result<Self> {
        let log = fs::File::create(told.shop.join("log.txt"))?;
        Command::new(std::env::current_exe()?)
            .arg("run")
            .arg(told.shop)
            .current_dir(told.shop)
            .env("DATABASE_URL", told.database)
            .env("TELOXIDE_API_URL", told.api_url)
            .env("TELOXIDE_TOKEN", told.token)
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .map(Self)
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }

    /// Processor time so far, in seconds.
    pub fn cpu_s(&self) -> Option<f64> {
        cpu_s(self.0.id())
    }

    /// Memory now, in bytes.
    pub fn memory(&self) -> Option<u64> {
        status(self.0.id(), "VmRSS:")
    }

    /// The most memory it ever took, in bytes.
    pub fn peak_memory(&self) -> Option<u64> {
        status(self.0.id(), "VmHWM:")
    }

    /// Ends it as a service manager would, and waits.
    pub fn stop(mut self) {
        let asked = Command::new("kill").arg(self.0.id().to_string()).status();
        if asked.is_ok() {
            for _ in 0..150 {
                if self.has_ended() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A PostgreSQL server on this machine, by its first process.
#[derive(Debug, Clone, Copy)]
pub struct Server(u32);

impl Server {
    /// The server that one of its sessions belongs to; none if that is no process of this
    /// machine.
    pub fn of(session: i64) -> Option<Self> {
        let id = u32::try_from(session).ok()?;
        let name = fs::read_to_string(format!("/proc/{id}/comm")).ok()?;
        (name.trim() == "postgres").then_some(())?;
        parent(id).map(Self)
    }

    /// Processor time of all its processes so far, in seconds. Those that have ended count to
    /// the first one.
    pub fn cpu_s(self) -> Option<f64> {
        let ids = fs::read_dir("/proc").ok()?.filter_map(|entry| {
            let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            (id == self.0 || parent(id) == Some(self.0)).then_some(id)
        });
        Some(ids.filter_map(cpu_s).sum())
    }
}

/// What the kernel tells of a process, from the third field on: the name in brackets before it
/// may hold anything.
fn stat(id: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields = stat.rsplit(')').next()?.split_whitespace();
    Some(fields.map(str::to_owned).collect())
}

fn parent(id: u32) -> Option<u32> {
    stat(id)?.get(1)?.parse().ok()
}

fn cpu_s(id: u32) -> Option<f64> {
    let fields = stat(id)?;
    // Ended children too: PostgreSQL's backends end with their connections.
    let ticks = fields
        .get(11..15)?
        .iter()
        .map(|field| field.parse::<f64>().ok());
    Some(ticks.sum::<Option<f64>>()? / TICKS)
}

fn status(id: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}
