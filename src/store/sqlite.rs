//! SQLite, called where the statement stands: one connection and what runs on it.
//!
//! Nothing here knows of transactions' meaning, of keys or of tables; nothing outside `store`
//! sees it.
//!
//! # Design notes
//!
//! sqlx gives each SQLite connection a thread of its own and hands every statement over to it.
//! On two cores that are busy with other things the two wake-ups cost more than SQLite itself:
//! 39 % of the bot's time at full load (`docs/performance.md`). A turn's statements take some
//! ten microseconds each and touch pages that are in the cache, so they run on the very thread
//! that wants them, as a computation of that length would; a group of turns gives way to other
//! tasks between statements (`sql!`). What may really wait, and only that, goes to a blocking
//! thread together with the connection: BEGIN IMMEDIATE when another process holds the file,
//! and COMMIT with its fsync and the checkpoint that may follow it (see `db::writer`).
//! Running whole groups on a blocking thread would save the hop of the COMMIT only, and each
//! channel and timer of the runtime would have to be woken across threads instead.

use std::path::PathBuf;
use std::time::Duration;

use rusqlite::types::ToSql;
use rusqlite::{CachedStatement, Connection, OpenFlags};

use super::batch::Value;
use super::error::Fault;
use super::row::{FromRow, RowRef};

/// More statements than the program has, so that none is prepared twice.
const STATEMENT_CACHE: usize = 512;
/// How long SQLite waits for another process before it says BUSY.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Nothing is bound.
pub(super) const NOTHING: Args<'static> = Args::InOrder(&[]);

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The one that writes: cache of 8 MB, WAL.
    Writer,
    /// Reads beside the writer: cache of 2 MB.
    Reader,
    /// Reads a file that must not be touched.
    ReadOnly,
}

/// What is bound to a statement.
#[derive(Clone, Copy)]
pub(super) enum Args<'a> {
    /// `$2` is the second, wherever it stands first.
    Numbered(&'a [&'a dyn ToSql]),
    /// In the order in which they stand in the text.
    InOrder(&'a [Value]),
}

/// An open connection.
pub(super) struct Sqlite {
    conn: Connection,
}

impl Sqlite {
    /// Opens a file that is there and has its schema.
    pub(super) fn open(file: &PathBuf, role: Role) -> Result<Self, Fault> {
        let access = match role {
            Role::Writer | Role::Reader => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Role::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let conn = Connection::open_with_flags(file, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        conn.busy_timeout(BUSY_TIMEOUT)?;
        conn.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
        conn.execute_batch(match role {
            // Negative sizes are KiB.
            Role::Writer => {
                "pragma foreign_keys = on; pragma journal_mode = wal; pragma synchronous = full;
                 pragma cache_size = -8192; pragma temp_store = memory"
            }
            Role::Reader | Role::ReadOnly => {
                "pragma foreign_keys = on; pragma synchronous = full; pragma cache_size = -2048;
                 pragma query_only = on"
            }
        })?;
        Ok(Self { conn })
    }

    /// Runs a statement; gives the number of rows touched.
    pub(super) fn exec(&mut self, text: &str, args: Args<'_>) -> Result<u64, Fault> {
        let mut statement = self.prepare(text, args)?;
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        drop(rows);
        drop(statement);
        Ok(self.conn.changes())
    }

    /// Runs a statement; gives its rows.
    pub(super) fn fetch_all<R: FromRow>(
        &mut self,
        text: &str,
        args: Args<'_>,
    ) -> Result<Vec<R>, Fault> {
        let mut statement = self.prepare(text, args)?;
        let mut rows = statement.raw_query();
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(R::read(&RowRef::Sqlite(row))?);
        }
        Ok(found)
    }

    /// Runs a statement; gives its first row.
    pub(super) fn fetch_optional<R: FromRow>(
        &mut self,
        text: &str,
        args: Args<'_>,
    ) -> Result<Option<R>, Fault> {
        let mut statement = self.prepare(text, args)?;
        let mut rows = statement.raw_query();
        let found = match rows.next()? {
            Some(row) => Some(R::read(&RowRef::Sqlite(row))?),
            None => None,
        };
        // To its end: what it writes is written only then.
        while rows.next()?.is_some() {}
        Ok(found)
    }

    /// Runs a statement that has a row.
    pub(super) fn fetch_one<R: FromRow>(&mut self, text: &str, args: Args<'_>) -> Result<R, Fault> {
        let found = self.fetch_optional(text, args)?;
        found.ok_or(Fault::Sqlite(rusqlite::Error::QueryReturnedNoRows))
    }

    fn prepare(&self, text: &str, args: Args<'_>) -> Result<CachedStatement<'_>, Fault> {
        let mut statement = self.conn.prepare_cached(text)?;
        for at in 1..=statement.parameter_count() {
            let (number, arg): (_, Option<&dyn ToSql>) = match args {
                Args::InOrder(args) => (at, args.get(at - 1).map(|arg| arg as _)),
                Args::Numbered(args) => {
                    // SQLite numbers `$2` by where it first stands; its name counts.
                    let name = statement.parameter_name(at).and_then(|name| name.get(1..));
                    let number = name.and_then(|name| name.parse().ok()).unwrap_or(at);
                    (number, args.get(number.wrapping_sub(1)).copied())
                }
            };
            let Some(arg) = arg else {
                return Err(rusqlite::Error::InvalidParameterCount(number, at).into());
            };
            statement.raw_bind_parameter(at, arg)?;
        }
        Ok(statement)
    }

    /// Begins a transaction that writes, waiting for another process as long as may be, or not
    /// at all.
    pub(super) fn begin_immediate(&mut self, wait: bool) -> Result<(), Fault> {
        if wait {
            return self.exec("BEGIN IMMEDIATE", NOTHING).map(drop);
        }
        self.conn.busy_timeout(Duration::ZERO)?;
        let begun = self.exec("BEGIN IMMEDIATE", NOTHING);
        self.conn.busy_timeout(BUSY_TIMEOUT)?;
        begun.map(drop)
    }

    /// Whether a transaction is open.
    pub(super) fn is_open(&self) -> bool {
        !self.conn.is_autocommit()
    }

    /// Leaves no transaction open. SQLite knows best whether there is one: after a full disk it
    /// undid it by itself.
    pub(super) fn undo(&mut self) -> Result<(), Fault> {
        if !self.is_open() {
            return Ok(());
        }
        self.exec("ROLLBACK", NOTHING).map(drop)
    }
}
