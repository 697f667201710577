//! Why the store could not answer, the same for both databases.
//!
//! Never holds a value of a row: a message of this kind may be logged.

use std::borrow::Cow;

use rusqlite::ffi;
use sqlx::error::{DatabaseError, ErrorKind};

/// What went wrong, as far as a caller may act on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Another process or connection held what was wanted for too long.
    Busy,
    /// The disk, or the database's own limit, is full.
    Full,
    /// Reading or writing the database's files failed.
    Io,
    /// The database undid the transaction in favour of another (40001, 40P01).
    Serialization,
    /// A lock or a statement took longer than the connection allows.
    LockTimeout,
    /// The connection is gone; what was not committed is undone.
    Lost,
    /// COMMIT got no answer: it may have happened. The inbox row decides.
    Unknown,
    /// A unique key of this table already exists.
    Unique(String),
    /// A CHECK constraint (its name) refused.
    Check(String),
    /// Stored data contradict what the program expects.
    Corrupt(String),
    /// Anything else: most likely a fault of the program.
    Other,
}

/// What a driver said.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// SQLite.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL, and what prepares either of them.
    #[error(transparent)]
    Postgres(#[from] sqlx::Error),
    /// The transaction has ended, or the database was closed.
    #[error("the connection is closed")]
    Gone,
    /// Others shared the transaction, and it was undone.
    #[error("a shared transaction was undone")]
    Together(Kind),
    /// Every reader was in use for too long.
    #[error("no connection is free")]
    NoneFree,
}

/// A query that failed, by its name in the code.
#[derive(Debug, thiserror::Error)]
#[error("query {query} failed: {}", describe(.kind))]
pub struct StoreError {
    /// The query's name, e.g. `inbox.record`.
    pub query: &'static str,
    /// What went wrong.
    pub kind: Kind,
    /// The driver's own words, if there are any.
    #[source]
    pub source: Option<Fault>,
}

impl OpenError {
    /// The server or the file does not answer.
    pub(super) fn connect(fault: impl Into<Fault>) -> Self {
        Self::Connect(fault.into())
    }
}

impl StoreError {
    /// Names the failing query: `.map_err(StoreError::on("inbox.record"))`.
    pub fn on(query: &'static str) -> impl Fn(Fault) -> Self + Copy {
        move |source| Self {
            query,
            kind: classify(&source),
            source: Some(source),
        }
    }

    /// A row that can't be: names table, column and row, never the value.
    pub fn corrupt(query: &'static str, what: impl Into<String>) -> Self {
        Self {
            query,
            kind: Kind::Corrupt(what.into()),
            source: None,
        }
    }

    /// Whether the same transaction may succeed a moment later, unchanged.
    pub fn is_transient(&self) -> bool {
        match self.kind {
            Kind::Busy
            | Kind::Full
            | Kind::Io
            | Kind::Serialization
            | Kind::LockTimeout
            | Kind::Lost
            | Kind::Unknown => true,
            Kind::Unique(_) | Kind::Check(_) | Kind::Corrupt(_) | Kind::Other => false,
        }
    }

    /// Whether stored data contradict the model; such a turn is never retried.
    pub fn is_corrupt(&self) -> bool {
        matches!(self.kind, Kind::Corrupt(_))
    }
}

fn describe(kind: &Kind) -> Cow<'static, str> {
    match kind {
        Kind::Busy => "the database is busy".into(),
        Kind::Full => "the disk is full".into(),
        Kind::Io => "the database's files can't be read or written".into(),
        Kind::Serialization => "another transaction came first".into(),
        Kind::LockTimeout => "waited too long for a lock".into(),
        Kind::Lost => "the connection is gone".into(),
        Kind::Unknown => "no answer to COMMIT".into(),
        Kind::Unique(table) => format!("already in {table}").into(),
        Kind::Check(name) => format!("refused by {name}").into(),
        Kind::Corrupt(what) => what.clone().into(),
        Kind::Other => "unexpected".into(),
    }
}

pub(super) fn classify(fault: &Fault) -> Kind {
    match fault {
        Fault::Sqlite(error) => sqlite(error),
        Fault::Postgres(error) => postgres(error),
        Fault::Gone => Kind::Lost,
        Fault::Together(kind) => kind.clone(),
        Fault::NoneFree => Kind::Busy,
    }
}

fn sqlite(error: &rusqlite::Error) -> Kind {
    use rusqlite::Error as E;
    match error {
        E::SqliteFailure(failure, words) => {
            let words = words.as_deref().unwrap_or_default();
            match failure.extended_code {
                ffi::SQLITE_CONSTRAINT_UNIQUE
                | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                | ffi::SQLITE_CONSTRAINT_ROWID => Kind::Unique(table_in(words)),
                ffi::SQLITE_CONSTRAINT_CHECK => Kind::Check(last_of(words)),
                // Extended codes keep the primary code in the low byte.
                other => match other & 0xff {
                    ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Kind::Busy,
                    ffi::SQLITE_FULL => Kind::Full,
                    ffi::SQLITE_READONLY | ffi::SQLITE_IOERR | ffi::SQLITE_CANTOPEN => Kind::Io,
                    ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => {
                        Kind::Corrupt("the database file is damaged".into())
                    }
                    _ => Kind::Other,
                },
            }
        }
        E::QueryReturnedNoRows => Kind::Corrupt(MISSING.into()),
        E::InvalidColumnType(index, ..)
        | E::FromSqlConversionFailure(index, ..)
        | E::IntegralValueOutOfRange(index, _) => {
            Kind::Corrupt(format!("column {index} holds something unreadable"))
        }
        E::Utf8Error(..) => Kind::Corrupt("a column holds something unreadable".into()),
        _ => Kind::Other,
    }
}

const MISSING: &str = "a row that must exist is missing";

/// SQLite says `UNIQUE constraint failed: table.column, …`.
fn table_in(words: &str) -> String {
    let after = last_of(words);
    after.split('.').next().unwrap_or_default().to_owned()
}

/// SQLite says `CHECK constraint failed: name`.
fn last_of(words: &str) -> String {
    words.rsplit(": ").next().unwrap_or_default().to_owned()
}

fn postgres(error: &sqlx::Error) -> Kind {
    match error {
        sqlx::Error::Database(e) => refused(e.as_ref()),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Kind::Lost,
        sqlx::Error::PoolTimedOut => Kind::Busy,
        sqlx::Error::RowNotFound => Kind::Corrupt(MISSING.into()),
        sqlx::Error::ColumnDecode { index, .. } => {
            Kind::Corrupt(format!("column {index} holds something unreadable"))
        }
        _ => Kind::Other,
    }
}

fn refused(error: &dyn DatabaseError) -> Kind {
    match error.kind() {
        ErrorKind::UniqueViolation => {
            return Kind::Unique(error.table().unwrap_or_default().to_owned());
        }
        ErrorKind::CheckViolation => {
            return Kind::Check(error.constraint().unwrap_or_default().to_owned());
        }
        _ => {}
    }
    match error.code().unwrap_or_default().as_ref() {
        "40001" | "40P01" => Kind::Serialization,
        "55P03" | "57014" => Kind::LockTimeout,
        "53100" => Kind::Full,
        "58030" => Kind::Io,
        "57P01" | "57P02" | "57P03" | "25P03" | "57P05" => Kind::Lost,
        "XX001" | "XX002" => Kind::Corrupt("the database is damaged".into()),
        other if other.starts_with("08") => Kind::Lost,
        other if other.starts_with("53") => Kind::Busy,
        _ => Kind::Other,
    }
}

/// Why a database could not be opened; each a line with cause and cure.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither of the two known kinds.
    #[error("DATABASE_URL must begin with sqlite:// or postgres://")]
    Url,
    /// The address can't be read.
    #[error("DATABASE_URL can't be read: {0}")]
    BadUrl(sqlx::Error),
    /// The lock file can't be made.
    #[error("{path} can't be written: {source}; give the service's user the right to write there")]
    Unwritable {
        /// The lock file beside the database.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A second process.
    #[error("{0} is in use by another ks-order process; stop that one first")]
    Locked(String),
    /// The server or the file does not answer.
    #[error("the database can't be opened: {0}")]
    Connect(Fault),
    /// Written by a later program.
    #[error(
        "the database is of a later version (migration {found}, this program knows {known}); use the newer program"
    )]
    LaterVersion {
        /// The migration found.
        found: i64,
        /// The last one known here.
        known: i64,
    },
    /// Older than this program, and not to be written.
    #[error("the database is of an earlier version; start `ks-order run` once to bring it up")]
    EarlierVersion,
    /// SQLite without the fix for the WAL-reset bug.
    #[error("SQLite {0} damages databases under load; 3.51.3 or later is needed")]
    OldSqlite(String),
    /// A migration failed.
    #[error("the database can't be brought up to this version: {0}")]
    Migrate(sqlx::migrate::MigrateError),
    /// Rows that point nowhere after a migration.
    #[error("the database holds rows that point nowhere, in table {0}; restore a backup")]
    Dangling(String),
    /// Sealed with a key that is not given.
    #[error("KS_ORDER_KEY does not open this database; give the key it was made with")]
    WrongKey,
    /// No name can be made for this process.
    #[error(transparent)]
    Chance(super::seal::KeyError),
    /// A query failed while opening.
    #[error(transparent)]
    Store(#[from] StoreError),
}
