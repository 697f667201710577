//! How connections to each database are made.

use std::fs::{File, OpenOptions as FileOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use super::super::error::OpenError;
use super::super::migrate;
use super::super::sqlite::{BUSY_TIMEOUT, Role};
use super::readers::Readers;
use super::writer::Desk;
use super::{Engine, Inner, Lite};

/// More statements than the program has, so that none is prepared twice.
const STATEMENT_CACHE: usize = 512;
/// How often another process is asked to let go of the file, and what lies between.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(25);
/// How long a transaction waits for a free connection.
pub(super) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) fn engine_of(url: &str) -> Result<Engine, OpenError> {
    if url.starts_with("sqlite:") {
        Ok(Engine::Sqlite)
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(Engine::Postgres)
    } else {
        Err(OpenError::Url)
    }
}

/// How the schema is brought up and looked at; all else goes through `store::sqlite`.
pub(super) fn sqlite_options(url: &str) -> Result<SqliteConnectOptions, OpenError> {
    Ok(SqliteConnectOptions::from_str(url)
        .map_err(OpenError::BadUrl)?
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging())
}

pub(super) async fn open_sqlite(url: &str) -> Result<Inner, OpenError> {
    let base = sqlite_options(url)?;
    let file = base.get_filename().to_owned();
    let lock = lock_beside(&file).await?;
    let options = base
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    migrate::run_sqlite(&options).await?;
    Ok(Inner::Lite(Box::new(Lite {
        writer: Some(Desk::open(file.clone()).map_err(OpenError::connect)?),
        readers: Readers::open(file, Role::Reader).map_err(OpenError::connect)?,
        _lock: Some(Arc::new(lock)),
    })))
}

pub(super) async fn open_sqlite_read_only(url: &str) -> Result<Inner, OpenError> {
    let options = sqlite_options(url)?.read_only(true);
    let file = options.get_filename().to_owned();
    migrate::check_sqlite(&options).await?;
    Ok(Inner::Lite(Box::new(Lite {
        writer: None,
        readers: Readers::open(file, Role::ReadOnly).map_err(OpenError::connect)?,
        _lock: None,
    })))
}

/// The lock goes with the process, whatever ends it; a child that is just being started may hold
/// it a moment longer, as a process that is ending does.
pub(super) async fn lock_beside(database: &Path) -> Result<File, OpenError> {
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
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(LOCK_PAUSE).await,
            Err(TryLockError::Error(source)) => return Err(unwritable(source)),
        }
    }
    Err(OpenError::Locked(database.display().to_string()))
}

/// A plan of the service's is made once, when tables may be empty yet: it must go by an index, as
/// all its statements can, and not read what has grown since. `verify` reads whole tables.
const PLANS: [(&str, &str); 3] = [
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
    ("jit", "off"),
];

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
        options.options(PLANS)
    })
}

/// A session of a PostgreSQL server, held open: its process shows which server it is of.
pub struct ServerSession {
    _conn: PgConnection,
    /// The process, on the server's machine.
    pub process: i64,
}

impl ServerSession {
    /// Opens one; none for a SQLite file.
    ///
    /// # Errors
    /// The server does not answer.
    pub async fn open(url: &str) -> Result<Option<Self>, OpenError> {
        if engine_of(url)? == Engine::Sqlite {
            return Ok(None);
        }
        let options = PgConnectOptions::from_str(url).map_err(OpenError::BadUrl)?;
        let mut conn = options.connect().await.map_err(OpenError::connect)?;
        let (process,) = sqlx::query_as("select cast(pg_backend_pid() as bigint)")
            .fetch_one(&mut conn)
            .await
            .map_err(OpenError::connect)?;
        Ok(Some(Self {
            _conn: conn,
            process,
        }))
    }
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
        .map_err(OpenError::connect)
}
