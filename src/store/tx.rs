//! One transaction on either database, and the macro through which all SQL goes.
//!
//! BEGIN, SAVEPOINT, COMMIT and ROLLBACK are sent as text: after a full disk SQLite rolls back
//! by itself, and a driver's own depth counter would stay wrong for ever. A transaction dropped
//! unfinished never reaches another user: SQLite's connection rolls back at once, PostgreSQL's
//! is closed.

use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnection;
use sqlx::{Postgres, Row};

use super::db::{Engine, Held, Reader};
use super::error::{Fault, Kind, StoreError};
use super::seal::Keys;
use super::sqlite::{NOTHING, Sqlite};

/// How long COMMIT may take before its outcome counts as unknown.
const COMMIT_LIMIT: Duration = Duration::from_secs(30);

/// Runs one statement and counts it: `sql!(tx, exec, "…", args…)` gives the number of rows
/// touched, `sql!(tx, fetch_one | fetch_all | fetch_optional as Row, "…", args…)` gives rows:
/// tuples, or structs with `columns!`. On SQLite, where a statement has nothing to wait for, it
/// lets other tasks go first once in a while.
macro_rules! sql {
    ($tx:expr, exec, $text:expr $(, $arg:expr)* $(,)?) => {
        match $tx.link() {
            $crate::store::tx::Link::Sqlite(c) => {
                ::tokio::task::consume_budget().await;
                c.exec($text, $crate::store::sqlite::Args::Numbered(&[
                    $(&$arg as &dyn ::rusqlite::types::ToSql),*
                ]))
            }
            $crate::store::tx::Link::Postgres(c) => ::sqlx::query($text)$(.bind($arg))*
                .execute(c).await.map(|done| done.rows_affected())
                .map_err($crate::store::error::Fault::Postgres),
            $crate::store::tx::Link::Gone => Err($crate::store::error::Fault::Gone),
        }
    };
    ($tx:expr, $fetch:ident as $row:ty, $text:expr $(, $arg:expr)* $(,)?) => {
        match $tx.link() {
            $crate::store::tx::Link::Sqlite(c) => {
                ::tokio::task::consume_budget().await;
                c.$fetch::<$row>($text, $crate::store::sqlite::Args::Numbered(&[
                    $(&$arg as &dyn ::rusqlite::types::ToSql),*
                ]))
            }
            $crate::store::tx::Link::Postgres(c) => {
                $crate::store::row::$fetch::<$row>(::sqlx::query($text)$(.bind($arg))*, c).await
            }
            $crate::store::tx::Link::Gone => Err($crate::store::error::Fault::Gone),
        }
    };
}
pub(crate) use sql;

/// The connection under a transaction, for `sql!`.
pub(super) enum Link<'a> {
    /// SQLite.
    Sqlite(&'a mut Sqlite),
    /// PostgreSQL.
    Postgres(&'a mut PgConnection),
    /// Already finished or lost.
    Gone,
}

pub(super) enum Conn {
    Writer(Held),
    Reader(Reader),
    Postgres(PoolConnection<Postgres>),
    /// Without a transaction around its statements.
    Look(PoolConnection<Postgres>),
}

/// A transaction. Dropped without [`Tx::commit`] it leaves no trace.
pub struct Tx {
    conn: Option<Conn>,
    keys: Arc<Keys>,
    statements: u64,
    on_account: u64,
}

impl Tx {
    pub(super) fn new(conn: Conn, keys: Arc<Keys>) -> Self {
        Self {
            conn: Some(conn),
            keys,
            statements: 0,
            on_account: 0,
        }
    }

    /// For `sql!`: the connection, with one more statement counted.
    pub(super) fn link(&mut self) -> Link<'_> {
        self.statements += 1;
        self.uncounted()
    }

    fn uncounted(&mut self) -> Link<'_> {
        let sqlite = match &mut self.conn {
            Some(Conn::Writer(writer)) => writer.conn(),
            Some(Conn::Reader(reader)) => reader.conn(),
            Some(Conn::Postgres(conn) | Conn::Look(conn)) => return Link::Postgres(conn),
            None => None,
        };
        sqlite.map_or(Link::Gone, Link::Sqlite)
    }

    /// The keys for sealed columns.
    pub fn keys(&self) -> Arc<Keys> {
        self.keys.clone()
    }

    /// Statements sent by `sql!` and batches so far; BEGIN, SAVEPOINT and COMMIT don't count.
    pub fn statements(&self) -> u64 {
        self.statements
    }

    /// How many of them were for orders on account.
    pub fn statements_on_account(&self) -> u64 {
        self.on_account
    }

    /// Those since there were `before` were for an order on account.
    pub(super) fn count_on_account(&mut self, before: u64) {
        self.on_account += self.statements - before;
    }

    /// Which database this is, for the few texts that differ.
    pub fn engine(&self) -> Engine {
        match &self.conn {
            Some(Conn::Postgres(_) | Conn::Look(_)) => Engine::Postgres,
            Some(Conn::Writer(_) | Conn::Reader(_)) | None => Engine::Sqlite,
        }
    }

    pub(super) async fn plain(&mut self, text: &'static str) -> Result<(), Fault> {
        match self.uncounted() {
            Link::Sqlite(conn) => conn.exec(text, NOTHING).map(drop),
            Link::Postgres(conn) => Ok(sqlx::raw_sql(text).execute(conn).await.map(drop)?),
            Link::Gone => Err(Fault::Gone),
        }
    }

    /// A text made at run time, out of nothing that comes from outside.
    pub(super) async fn text(&mut self, text: String) -> Result<(), Fault> {
        match self.uncounted() {
            Link::Sqlite(conn) => conn.exec(&text, NOTHING).map(drop),
            Link::Postgres(conn) => {
                let text = sqlx::AssertSqlSafe(text);
                Ok(sqlx::raw_sql(text).execute(conn).await.map(drop)?)
            }
            Link::Gone => Err(Fault::Gone),
        }
    }

    /// The same for PostgreSQL; gives a column of texts.
    pub(super) async fn ask(&mut self, text: String) -> Result<Vec<String>, Fault> {
        let Link::Postgres(conn) = self.uncounted() else {
            return Err(Fault::Gone);
        };
        let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(text))
            .fetch_all(conn)
            .await?;
        Ok(rows
            .iter()
            .map(|row| row.try_get(0))
            .collect::<Result<_, _>>()?)
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

    /// Waits until no other instance decides turns, and keeps others from it until the end. The
    /// number is any that nothing else in the database uses. PostgreSQL only.
    pub async fn wait_for_others(&mut self) -> Result<(), StoreError> {
        self.plain("select pg_advisory_xact_lock(7742582162589904499)")
            .await
            .map_err(StoreError::on("tx.wait_for_others"))
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
            .map_err(|fault| error(fault.into()))?;
        row.try_get(0)
            .map(Some)
            .map_err(|fault| error(fault.into()))
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
        let answer = tokio::time::timeout(COMMIT_LIMIT, self.send_commit()).await;
        match answer {
            Ok(Ok(())) => {
                self.conn = None;
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

    async fn send_commit(&mut self) -> Result<(), Fault> {
        match self.conn.take() {
            Some(Conn::Writer(writer)) => writer.keep().await,
            other => {
                self.conn = other;
                self.plain("COMMIT").await
            }
        }
    }

    /// Undoes everything.
    pub async fn rollback(mut self) -> Result<(), StoreError> {
        if let Some(Conn::Writer(writer)) = self.conn.take_if(|c| matches!(c, Conn::Writer(_))) {
            writer.undo();
            return Ok(());
        }
        self.plain("ROLLBACK")
            .await
            .map_err(StoreError::on("tx.rollback"))?;
        self.conn = None;
        Ok(())
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        match self.conn.take() {
            Some(Conn::Writer(writer)) => writer.undo(),
            // A reader undoes it by itself.
            Some(Conn::Reader(_)) | None => {}
            // No transaction: the pool takes it back as it is.
            Some(Conn::Look(_)) => {}
            // A connection inside a transaction must not go back into its pool.
            Some(Conn::Postgres(conn)) => drop(conn.detach()),
        }
    }
}
