//! One transaction on either database, and the macro through which all SQL goes.
//!
//! BEGIN, SAVEPOINT, COMMIT and ROLLBACK are sent as text: after a full disk SQLite rolls back
//! by itself, and sqlx's own depth counter would stay wrong for ever. A transaction dropped
//! unfinished never reaches another user: SQLite's writer rolls back before its next BEGIN, a
//! pooled connection is closed.

use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Postgres, Row, Sqlite};
use tokio::sync::OwnedMutexGuard;

use super::db::{Engine, Writer};
use super::error::{Kind, StoreError};
use super::seal::Keys;

/// How long COMMIT may take before its outcome counts as unknown.
const COMMIT_LIMIT: Duration = Duration::from_secs(30);

/// Runs one statement and counts it: `sql!(tx, exec, "…", args…)` gives the number of rows
/// touched, `sql!(tx, fetch_one | fetch_all | fetch_optional as Row, "…", args…)` gives rows.
macro_rules! sql {
    ($tx:expr, exec, $text:expr $(, $arg:expr)* $(,)?) => {
        match $tx.link() {
            $crate::store::tx::Link::Sqlite(c) => ::sqlx::query($text)$(.bind($arg))*
                .execute(c).await.map(|done| done.rows_affected()),
            $crate::store::tx::Link::Postgres(c) => ::sqlx::query($text)$(.bind($arg))*
                .execute(c).await.map(|done| done.rows_affected()),
            $crate::store::tx::Link::Gone => Err(::sqlx::Error::PoolClosed),
        }
    };
    ($tx:expr, $fetch:ident as $row:ty, $text:expr $(, $arg:expr)* $(,)?) => {
        match $tx.link() {
            $crate::store::tx::Link::Sqlite(c) => ::sqlx::query_as::<_, $row>($text)$(.bind($arg))*
                .$fetch(c).await,
            $crate::store::tx::Link::Postgres(c) => ::sqlx::query_as::<_, $row>($text)$(.bind($arg))*
                .$fetch(c).await,
            $crate::store::tx::Link::Gone => Err(::sqlx::Error::PoolClosed),
        }
    };
}
pub(crate) use sql;

/// The connection under a transaction, for `sql!`.
pub enum Link<'a> {
    /// SQLite.
    Sqlite(&'a mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'a mut PgConnection),
    /// Already finished or lost.
    Gone,
}

pub(super) enum Conn {
    Writer(OwnedMutexGuard<Writer>),
    Reader(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// A transaction. Dropped without [`Tx::commit`] it leaves no trace.
pub struct Tx {
    conn: Option<Conn>,
    keys: Arc<Keys>,
    statements: u64,
}

impl Tx {
    pub(super) fn new(conn: Conn, keys: Arc<Keys>) -> Self {
        Self {
            conn: Some(conn),
            keys,
            statements: 0,
        }
    }

    /// For `sql!`: the connection, with one more statement counted.
    pub(crate) fn link(&mut self) -> Link<'_> {
        self.statements += 1;
        self.uncounted()
    }

    fn uncounted(&mut self) -> Link<'_> {
        match &mut self.conn {
            Some(Conn::Writer(writer)) => match writer.conn.as_mut() {
                Some(conn) => Link::Sqlite(conn),
                None => Link::Gone,
            },
            Some(Conn::Reader(conn)) => Link::Sqlite(conn),
            Some(Conn::Postgres(conn)) => Link::Postgres(conn),
            None => Link::Gone,
        }
    }

    /// The keys for sealed columns.
    pub fn keys(&self) -> Arc<Keys> {
        self.keys.clone()
    }

    /// Statements sent by `sql!` and batches so far; BEGIN, SAVEPOINT and COMMIT don't count.
    pub fn statements(&self) -> u64 {
        self.statements
    }

    /// Which database this is, for the few texts that differ.
    pub fn engine(&self) -> Engine {
        match &self.conn {
            Some(Conn::Postgres(_)) => Engine::Postgres,
            Some(Conn::Writer(_) | Conn::Reader(_)) | None => Engine::Sqlite,
        }
    }

    pub(super) async fn plain(&mut self, text: &'static str) -> Result<(), sqlx::Error> {
        match self.uncounted() {
            Link::Sqlite(conn) => sqlx::query(text).execute(conn).await.map(|_| ()),
            Link::Postgres(conn) => sqlx::raw_sql(text).execute(conn).await.map(|_| ()),
            Link::Gone => Err(sqlx::Error::PoolClosed),
        }
    }

    /// A text made at run time, out of nothing that comes from outside.
    pub(super) async fn text(&mut self, text: String) -> Result<(), sqlx::Error> {
        let text = sqlx::AssertSqlSafe(text);
        match self.uncounted() {
            Link::Sqlite(conn) => sqlx::query(text).execute(conn).await.map(|_| ()),
            Link::Postgres(conn) => sqlx::raw_sql(text).execute(conn).await.map(|_| ()),
            Link::Gone => Err(sqlx::Error::PoolClosed),
        }
    }

    /// A point to come back to. Points nest.
    pub async fn savepoint(&mut self) -> Result<(), StoreError> {
        self.plain("SAVEPOINT point")
            .await
            .map_err(StoreError::on("tx.savepoint"))
    }

    /// Forgets the last point, keeping what was written since.
    pub async fn release(&mut self) -> Result<(), StoreError> {
        self.plain("RELEASE point")
            .await
            .map_err(StoreError::on("tx.release"))
    }

    /// Undoes what was written since the last point, and forgets the point.
    pub async fn rollback_to(&mut self) -> Result<(), StoreError> {
        let error = StoreError::on("tx.rollback_to");
        self.plain("ROLLBACK TO point").await.map_err(error)?;
        self.plain("RELEASE point").await.map_err(error)
    }

    /// The runtime's own point around a turn: points that the turn set and left go with it.
    pub async fn open_turn(&mut self) -> Result<(), StoreError> {
        self.plain("SAVEPOINT turn")
            .await
            .map_err(StoreError::on("tx.open_turn"))
    }

    /// Keeps what the turn wrote. On PostgreSQL it gives `places::block` along, without a
    /// further round trip.
    pub async fn keep_turn(&mut self) -> Result<Option<i64>, StoreError> {
        let error = StoreError::on("tx.keep_turn");
        let Link::Postgres(conn) = self.uncounted() else {
            self.plain("RELEASE turn").await.map_err(error)?;
            return Ok(None);
        };
        let row = sqlx::raw_sql("RELEASE turn; select nextval('row_places')")
            .fetch_one(conn)
            .await
            .map_err(error)?;
        row.try_get(0).map(Some).map_err(error)
    }

    /// Undoes what the turn wrote, and forgets its point.
    pub async fn undo_turn(&mut self) -> Result<(), StoreError> {
        let error = StoreError::on("tx.undo_turn");
        self.plain("ROLLBACK TO turn").await.map_err(error)?;
        self.plain("RELEASE turn").await.map_err(error)
    }

    /// Makes it durable.
    ///
    /// # Errors
    /// `Unknown` if there was no answer: it may have been committed. With any other error it
    /// was not.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        let answer = tokio::time::timeout(COMMIT_LIMIT, self.plain("COMMIT")).await;
        match answer {
            Ok(Ok(())) => {
                self.finish();
                Ok(())
            }
            Ok(Err(source)) => {
                let mut error = StoreError::on("tx.commit")(source);
                if matches!(error.kind, Kind::Lost | Kind::Io) {
                    error.kind = Kind::Unknown;
                }
                Err(error)
            }
            Err(_) => Err(StoreError {
                query: "tx.commit",
                kind: Kind::Unknown,
                source: None,
            }),
        }
    }

    /// Undoes everything.
    pub async fn rollback(mut self) -> Result<(), StoreError> {
        self.plain("ROLLBACK")
            .await
            .map_err(StoreError::on("tx.rollback"))?;
        self.finish();
        Ok(())
    }

    /// Gives the connection back in good order.
    fn finish(&mut self) {
        if let Some(Conn::Writer(mut writer)) = self.conn.take() {
            writer.open = false;
        }
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        // A connection inside a transaction must not go back into its pool; the writer notes
        // it by `open` and rolls back before its next BEGIN.
        match self.conn.take() {
            Some(Conn::Reader(conn)) => drop(conn.detach()),
            Some(Conn::Postgres(conn)) => drop(conn.detach()),
            Some(Conn::Writer(_)) | None => {}
        }
    }
}
