//! Opens the database and hands out transactions.
//!
//! SQLite is the embedded default: one writer connection behind a fair lock, a few readers, and
//! an operating-system lock beside the file, so that no second process writes. PostgreSQL is a
//! pool whose every connection carries its time limits. Nothing outside `store` sees sqlx.

use std::fs::{File, OpenOptions as FileOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::Mutex;

use super::error::{Kind, OpenError, StoreError};
use super::migrate;
use super::seal::Keys;
use super::tx::{Conn, Tx, sql};

/// More statements than the program has, so that none is prepared twice.
const STATEMENT_CACHE: usize = 512;
/// Readers are reports and `verify`; turns use the writer.
const SQLITE_READERS: u32 = 4;
/// Negative numbers are KiB.
const WRITER_CACHE: &str = "-8192";
const READER_CACHE: &str = "-2048";
/// How long SQLite waits for another process before it says BUSY.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a transaction waits for a free PostgreSQL connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// The server.
    Postgres,
}

/// How to open.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Open and seal personal data.
    pub keys: Arc<Keys>,
    /// PostgreSQL connections at most.
    pub connections: u32,
}

impl OpenOptions {
    /// The usual ones.
    pub fn new(keys: Keys) -> Self {
        Self {
            keys: Arc::new(keys),
            connections: 10,
        }
    }
}

/// SQLite's one writer. `open`: a transaction was begun and not finished.
pub(super) struct Writer {
    pub(super) conn: Option<SqliteConnection>,
    pub(super) open: bool,
}

#[derive(Clone)]
struct Lite {
    /// None when opened read-only.
    writer: Option<Arc<Mutex<Writer>>>,
    options: SqliteConnectOptions,
    readers: SqlitePool,
    /// Held as long as any clone lives.
    _lock: Option<Arc<File>>,
}

#[derive(Clone)]
enum Inner {
    Lite(Box<Lite>),
    Postgres { pool: PgPool, writable: bool },
}

/// An open database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    inner: Inner,
    keys: Arc<Keys>,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Db({:?})", self.engine())
    }
}

impl Db {
    /// Opens for writing: takes the lock, brings the schema up to this version, checks the key.
    pub async fn open(url: &str, options: &OpenOptions) -> Result<Self, OpenError> {
        let inner = match engine_of(url)? {
            Engine::Sqlite => open_sqlite(url).await?,
            Engine::Postgres => open_postgres(url, options.connections).await?,
        };
        let db = Self {
            inner,
            keys: options.keys.clone(),
        };
        db.check_key(true).await?;
        Ok(db)
    }

    /// Opens for reading only, beside a running service too; changes nothing, not even the
    /// schema.
    pub async fn open_read_only(url: &str, options: &OpenOptions) -> Result<Self, OpenError> {
        let inner = match engine_of(url)? {
            Engine::Sqlite => {
                let connect = sqlite_options(url)?.read_only(true);
                migrate::check_sqlite(&connect).await?;
                Inner::Lite(Box::new(Lite {
                    writer: None,
                    readers: readers(&connect).await?,
                    options: connect,
                    _lock: None,
                }))
            }
            Engine::Postgres => {
                let connect = postgres_options(url, true)?;
                migrate::check_postgres(&connect).await?;
                let pool = postgres_pool(connect, 2).await?;
                Inner::Postgres {
                    pool,
                    writable: false,
                }
            }
        };
        let db = Self {
            inner,
            keys: options.keys.clone(),
        };
        db.check_key(false).await?;
        Ok(db)
    }

    /// Which database this is.
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Lite(_) => Engine::Sqlite,
            Inner::Postgres { .. } => Engine::Postgres,
        }
    }

    /// The keys for sealed columns.
    pub fn keys(&self) -> Arc<Keys> {
        self.keys.clone()
    }

    /// Begins a transaction that may write. On SQLite there is one at a time, first come first
    /// served.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let error = StoreError::on("tx.begin");
        match &self.inner {
            Inner::Lite(lite) => {
                let Some(writer) = &lite.writer else {
                    return Err(read_only());
                };
                let mut guard = writer.clone().lock_owned().await;
                begin_sqlite(&mut guard, &lite.options)
                    .await
                    .map_err(error)?;
                Ok(Tx::new(Conn::Writer(guard), self.keys.clone()))
            }
            Inner::Postgres { pool, writable } => {
                if !writable {
                    return Err(read_only());
                }
                self.begin_postgres(pool, "BEGIN").await
            }
        }
    }

    /// Begins a transaction that only reads, from one unchanging state of the data.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        match &self.inner {
            Inner::Lite(lite) => {
                let error = StoreError::on("tx.read");
                let conn = lite.readers.acquire().await.map_err(error)?;
                let mut tx = Tx::new(Conn::Reader(conn), self.keys.clone());
                tx.plain("BEGIN").await.map_err(error)?;
                Ok(tx)
            }
            Inner::Postgres { pool, .. } => {
                let text = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                self.begin_postgres(pool, text).await
            }
        }
    }

    /// The connection is put into the transaction before BEGIN is sent: a caller that is
    /// cancelled in between closes it instead of giving it back half begun.
    async fn begin_postgres(&self, pool: &PgPool, text: &'static str) -> Result<Tx, StoreError> {
        let error = StoreError::on("tx.begin");
        let conn = pool.acquire().await.map_err(error)?;
        let mut tx = Tx::new(Conn::Postgres(conn), self.keys.clone());
        tx.plain(text).await.map_err(error)?;
        Ok(tx)
    }

    /// Lets the SQLite file grow to so many pages only (none: no limit), as a full disk would:
    /// for tests. A number below the present size means the present size.
    ///
    /// # Errors
    /// The store failed.
    pub async fn limit_pages(&self, pages: Option<u32>) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        // The largest that SQLite knows.
        let pages = pages.unwrap_or(4_294_967_294);
        tx.text(format!("pragma max_page_count = {pages}"))
            .await
            .map_err(StoreError::on("db.limit_pages"))?;
        tx.commit().await
    }

    /// Closes every connection; a transaction still open is undone.
    pub async fn close(&self) {
        match &self.inner {
            Inner::Lite(lite) => {
                if let Some(writer) = &lite.writer {
                    let conn = writer.lock().await.conn.take();
                    if let Some(conn) = conn {
                        drop(conn.close().await); // nothing to be done about a failing close
                    }
                }
                lite.readers.close().await;
            }
            Inner::Postgres { pool, .. } => pool.close().await,
        }
    }

    /// A sealed value that only the right key opens stands in `meta` from the first start on.
    async fn check_key(&self, write: bool) -> Result<(), OpenError> {
        let mut tx = if write {
            self.begin().await?
        } else {
            self.read().await?
        };
        let found = sql!(
            tx,
            fetch_optional as (Vec<u8>,),
            "select value from meta where name = 'canary'"
        )
        .map_err(StoreError::on("meta.canary"))?;
        match found {
            Some((sealed,)) => {
                self.keys
                    .open("meta", "value", "canary", &sealed)
                    .map_err(|_| OpenError::WrongKey)?;
            }
            None if write => {
                let sealed = self.keys.seal("meta", "value", "canary", b"ks-order")?;
                sql!(
                    tx,
                    exec,
                    "insert into meta (name, value) values ('canary', $1)",
                    sealed
                )
                .map_err(StoreError::on("meta.plant"))?;
            }
            None => {}
        }
        tx.commit().await?;
        Ok(())
    }
}

fn read_only() -> StoreError {
    StoreError {
        query: "tx.begin",
        kind: Kind::Other,
        source: None,
    }
}

fn engine_of(url: &str) -> Result<Engine, OpenError> {
    if url.starts_with("sqlite:") {
        Ok(Engine::Sqlite)
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(Engine::Postgres)
    } else {
        Err(OpenError::Url)
    }
}

/// What every SQLite connection has.
fn sqlite_options(url: &str) -> Result<SqliteConnectOptions, OpenError> {
    Ok(SqliteConnectOptions::from_str(url)
        .map_err(OpenError::BadUrl)?
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(STATEMENT_CACHE)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", READER_CACHE)
        .disable_statement_logging())
}

async fn open_sqlite(url: &str) -> Result<Inner, OpenError> {
    let base = sqlite_options(url)?;
    let lock = lock_beside(base.get_filename())?;
    let options = base
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("cache_size", WRITER_CACHE);
    migrate::run_sqlite(&options).await?;
    let conn = options.connect().await.map_err(OpenError::Connect)?;
    let writer = Writer {
        conn: Some(conn),
        open: false,
    };
    Ok(Inner::Lite(Box::new(Lite {
        writer: Some(Arc::new(Mutex::new(writer))),
        readers: readers(&base).await?,
        options,
        _lock: Some(Arc::new(lock)),
    })))
}

async fn readers(options: &SqliteConnectOptions) -> Result<SqlitePool, OpenError> {
    SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options.clone().pragma("query_only", "ON"))
        .await
        .map_err(OpenError::Connect)
}

/// The lock goes with the process, whatever ends it.
fn lock_beside(database: &Path) -> Result<File, OpenError> {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    let path = PathBuf::from(path);
    let shown = path.display().to_string();
    let unwritable = |source| OpenError::Unwritable {
        path: shown.clone(),
        source,
    };
    let file = FileOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(unwritable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked(database.display().to_string())),
        Err(TryLockError::Error(source)) => Err(unwritable(source)),
    }
}

async fn begin_sqlite(
    writer: &mut Writer,
    options: &SqliteConnectOptions,
) -> Result<(), sqlx::Error> {
    if writer.open
        && let Some(conn) = writer.conn.as_mut()
    {
        // "no transaction is active" is the good case: SQLite undid it by itself.
        if let Err(error @ sqlx::Error::WorkerCrashed) = sqlx::query("ROLLBACK").execute(conn).await
        {
            writer.conn = None;
            tracing::error!(%error, "the database connection ended; opening it again");
        }
    }
    if writer.conn.is_none() {
        writer.conn = Some(options.connect().await?);
    }
    let Some(conn) = writer.conn.as_mut() else {
        return Err(sqlx::Error::PoolClosed);
    };
    // Set before BEGIN is sent: this future may be dropped while SQLite works on it.
    writer.open = true;
    sqlx::query("BEGIN IMMEDIATE").execute(conn).await?;
    Ok(())
}

/// What every PostgreSQL connection has. The keepalives are the server's: it finds out that
/// this process is gone and frees its locks.
fn postgres_options(url: &str, read_only: bool) -> Result<PgConnectOptions, OpenError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(OpenError::BadUrl)?
        .application_name("ks-order")
        .statement_cache_capacity(STATEMENT_CACHE)
        .options([
            ("lock_timeout", "1s"),
            ("statement_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "10s"),
            ("tcp_keepalives_idle", "10"),
            ("tcp_keepalives_interval", "5"),
            ("tcp_keepalives_count", "3"),
        ])
        .disable_statement_logging();
    Ok(if read_only {
        options.options([("default_transaction_read_only", "on")])
    } else {
        options
    })
}

async fn open_postgres(url: &str, connections: u32) -> Result<Inner, OpenError> {
    let options = postgres_options(url, false)?;
    migrate::run_postgres(&options).await?;
    let pool = postgres_pool(options, connections).await?;
    Ok(Inner::Postgres {
        pool,
        writable: true,
    })
}

async fn postgres_pool(options: PgConnectOptions, connections: u32) -> Result<PgPool, OpenError> {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options)
        .await
        .map_err(OpenError::Connect)
}

#[cfg(test)]
mod tests;
