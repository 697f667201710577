//! How connections to each database are made.

use std::fs::{File, OpenOptions as FileOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use tokio::sync::Mutex;

use super::super::error::OpenError;
use super::super::migrate;
use super::{Engine, Inner, Lite, Writer};

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

pub(super) fn engine_of(url: &str) -> Result<Engine, OpenError> {
    if url.starts_with("sqlite:") {
        Ok(Engine::Sqlite)
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(Engine::Postgres)
    } else {
        Err(OpenError::Url)
    }
}

/// What every SQLite connection has.
pub(super) fn sqlite_options(url: &str) -> Result<SqliteConnectOptions, OpenError> {
    Ok(SqliteConnectOptions::from_str(url)
        .map_err(OpenError::BadUrl)?
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(STATEMENT_CACHE)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", READER_CACHE)
        .disable_statement_logging())
}

pub(super) async fn open_sqlite(url: &str) -> Result<Inner, OpenError> {
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

pub(super) async fn readers(options: &SqliteConnectOptions) -> Result<SqlitePool, OpenError> {
    SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options.clone().pragma("query_only", "ON"))
        .await
        .map_err(OpenError::Connect)
}

/// The lock goes with the process, whatever ends it.
pub(super) fn lock_beside(database: &Path) -> Result<File, OpenError> {
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

pub(super) async fn begin_sqlite(
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
pub(super) fn postgres_options(
    url: &str,
    read_only: bool,
    instance: &str,
) -> Result<PgConnectOptions, OpenError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(OpenError::BadUrl)?
        .application_name(&format!("ks-order {instance}"))
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

pub(super) async fn open_postgres(
    url: &str,
    connections: u32,
    instance: &str,
) -> Result<Inner, OpenError> {
    let options = postgres_options(url, false, instance)?;
    migrate::run_postgres(&options).await?;
    let pool = postgres_pool(options, connections).await?;
    Ok(Inner::Postgres {
        pool,
        writable: true,
    })
}

pub(super) async fn postgres_pool(
    options: PgConnectOptions,
    connections: u32,
) -> Result<PgPool, OpenError> {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options)
        .await
        .map_err(OpenError::Connect)
}
