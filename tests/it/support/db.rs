//! Throw-away databases: a SQLite file per test, and one PostgreSQL server per test binary with
//! a database per test, where PostgreSQL's programs are found.
//!
//! `KS_ORDER_REQUIRE_POSTGRES=1` makes their absence a failure instead of a skip.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ks_order::store::{Db, Keys, OpenOptions};

/// The key of every test database.
pub const KEY: &str = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// A database of its own, gone with its last use.
pub struct TestDb {
    /// Open for writing.
    pub db: Db,
    /// What `DATABASE_URL` takes.
    pub url: String,
    /// SQLite's folder; gone when this is dropped.
    pub dir: Option<tempfile::TempDir>,
}

/// How test databases are opened.
pub fn options() -> OpenOptions {
    OpenOptions::new(Keys::from_env_value(KEY).unwrap())
}

/// An empty SQLite database in a folder of its own.
pub async fn sqlite() -> TestDb {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/db.sqlite", dir.path().display());
    TestDb {
        db: Db::open(&url, &options()).await.unwrap(),
        url,
        dir: Some(dir),
    }
}

/// An empty database of the binary's PostgreSQL server; none if there is no PostgreSQL here.
pub async fn postgres() -> Option<TestDb> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(Server::start).as_ref()?;
    let url = server.database();
    Some(TestDb {
        db: Db::open(&url, &options()).await.unwrap(),
        url,
        dir: None,
    })
}

/// Makes two tests of one: `both!(name, |db: TestDb| async move { … })` runs it on SQLite and,
/// where it is installed, on PostgreSQL.
#[macro_export]
macro_rules! both {
    ($(#[$attr:meta])* $name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let mut test = $crate::support::db::sqlite().await;
                let _dir = test.dir.take(); // the body may capture only a part of `test`
                ($body)(test).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(db) = $crate::support::db::postgres().await {
                    ($body)(db).await;
                }
            }
        }
    };
}

/// A PostgreSQL server in a temporary folder, listening on a socket there. It ends with the
/// process that started it, however that ends.
pub struct Server {
    dir: tempfile::TempDir,
    bin: PathBuf,
    user: Option<(u32, u32)>,
    keeper: std::sync::Mutex<Option<Child>>,
}

impl Server {
    /// Starts one, if PostgreSQL is installed.
    pub fn start() -> Option<Self> {
        let Some(bin) = programs() else {
            let required = std::env::var("KS_ORDER_REQUIRE_POSTGRES").is_ok_and(|v| v == "1");
            assert!(!required, "PostgreSQL is required but not installed");
            return None;
        };
        let dir = tempfile::Builder::new().prefix("kspg").tempdir().unwrap();
        let user = other_user();
        if let Some((uid, gid)) = user {
            chown(dir.path(), Some(uid), Some(gid)).unwrap();
        }
        let server = Self {
            dir,
            bin,
            user,
            keeper: std::sync::Mutex::new(None),
        };
        let done = server
            .command("initdb")
            .args([
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
                "-D",
            ])
            .arg(server.data())
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        server.run();
        Some(server)
    }

    /// Where its files are.
    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.bin.join(program));
        command.current_dir("/");
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Starts the server process and waits until it answers.
    pub fn run(&self) {
        // The shell waits for its standard input to end, which this process holds open: so the
        // server never outlives the tests.
        let script = "\"$0\" \"$@\" >/dev/null 2>&1 & p=$!; read -r x; kill -QUIT $p; wait $p";
        let mut shell = Command::new("/bin/sh");
        shell.current_dir("/");
        if let Some((uid, gid)) = self.user {
            shell.uid(uid).gid(gid);
        }
        let child = shell
            .arg("-c")
            .arg(script)
            .arg(self.bin.join("postgres"))
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(self.dir.path())
            .args([
                "-c",
                "listen_addresses=",
                "-c",
                "fsync=off",
                "-c",
                "max_connections=200",
            ])
            .args(["-c", "shared_buffers=32MB"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        *self.keeper.lock().unwrap() = Some(child);
        for _ in 0..600 {
            if self.sql("postgres", "select 1") {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("PostgreSQL does not start");
    }

    /// Ends the server process at once, as a crash would.
    pub fn stop(&self) {
        let Some(mut keeper) = self.keeper.lock().unwrap().take() else {
            return;
        };
        drop(keeper.stdin.take());
        keeper.wait().unwrap();
    }

    fn sql(&self, database: &str, text: &str) -> bool {
        self.command("psql")
            .args(["-q", "-U", "postgres", "-d", database, "-c", text, "-h"])
            .arg(self.dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// A fresh, empty database; its URL.
    pub fn database(&self) -> String {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
        assert!(self.sql(
            "postgres",
            &format!("create database {name} template template0")
        ));
        format!(
            "postgres://postgres@localhost/{name}?host={}",
            self.dir.path().display()
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}

/// PostgreSQL refuses to run as root: then it runs as `postgres`.
fn other_user() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    if std::fs::metadata("/proc/self").unwrap().uid() != 0 {
        return None;
    }
    let users = std::fs::read_to_string(Path::new("/etc/passwd")).unwrap();
    let line = users.lines().find(|line| line.starts_with("postgres:"))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
