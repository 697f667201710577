//! Opens the database and hands out transactions.
//!
//! SQLite is the embedded default: one writer connection behind a fair lock, a few readers, and
//! an operating-system lock beside the file, so that no second process writes. PostgreSQL is a
//! pool whose every connection carries its time limits. Nothing outside `store` sees sqlx or
//! rusqlite.

mod connect;
mod readers;
mod writer;

use std::fs::File;
use std::sync::Arc;

use sqlx::postgres::PgPool;

use super::error::{Kind, OpenError, StoreError};
use super::migrate;
use super::seal::{self, Keys};
use super::tx::{Conn, Tx, sql};
use connect::{
    engine_of, open_postgres, open_sqlite, open_sqlite_read_only, postgres_options, postgres_pool,
};
use readers::Readers;
use writer::Desk;

pub use connect::ServerSession;
pub(super) use readers::Reader;
pub(super) use writer::Held;

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

#[derive(Clone)]
struct Lite {
    /// None when opened read-only.
    writer: Option<Arc<Desk>>,
    readers: Arc<Readers>,
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
    instance: Arc<str>,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Db({:?})", self.engine())
    }
}

impl Db {
    /// Opens for writing: takes the lock, brings the schema up to this version, checks the key.
    pub async fn open(url: &str, options: &OpenOptions) -> Result<Self, OpenError> {
        let instance: Arc<str> = seal::instance().map_err(OpenError::Chance)?.into();
        let inner = match engine_of(url)? {
            Engine::Sqlite => open_sqlite(url).await?,
            Engine::Postgres => open_postgres(url, options.connections, &instance).await?,
        };
        let db = Self {
            inner,
            instance,
            keys: options.keys.clone(),
        };
        db.check_key(true).await?;
        Ok(db)
    }

    /// Opens for reading only, beside a running service too; changes nothing, not even the
    /// schema.
    pub async fn open_read_only(url: &str, options: &OpenOptions) -> Result<Self, OpenError> {
        let instance: Arc<str> = seal::instance().map_err(OpenError::Chance)?.into();
        let inner = match engine_of(url)? {
            Engine::Sqlite => open_sqlite_read_only(url).await?,
            Engine::Postgres => {
                let connect = postgres_options(url, true, &instance)?;
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
            instance,
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

    /// The name of this opened database among all processes; PostgreSQL shows it beside each
    /// of its sessions.
    pub fn instance(&self) -> &str {
        &self.instance
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
                let held = writer.clone().begin().await.map_err(error)?;
                Ok(Tx::new(Conn::Writer(held), self.keys.clone()))
            }
            Inner::Postgres { pool, writable } => {
                if !writable {
                    return Err(read_only());
                }
                self.begin_postgres(pool, "BEGIN").await
            }
        }
    }

    /// Begins a transaction; on PostgreSQL its first statement goes along with BEGIN: a text made
    /// at run time, out of nothing that people write, which gives a column of texts.
    pub(super) async fn begin_with(
        &self,
        text: String,
    ) -> Result<(Tx, Option<Vec<String>>), StoreError> {
        let Inner::Postgres {
            pool,
            writable: true,
        } = &self.inner
        else {
            return Ok((self.begin().await?, None));
        };
        let error = StoreError::on("tx.begin");
        let conn = pool.acquire().await.map_err(|fault| error(fault.into()))?;
        let mut tx = Tx::new(Conn::Postgres(conn), self.keys.clone());
        let found = tx.ask(format!("BEGIN; {text}")).await.map_err(error)?;
        Ok((tx, Some(found)))
    }

    /// Begins a transaction that only reads, from one unchanging state of the data.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        match &self.inner {
            Inner::Lite(lite) => {
                let error = StoreError::on("tx.read");
                let reader = lite.readers.begin().await.map_err(error)?;
                Ok(Tx::new(Conn::Reader(reader), self.keys.clone()))
            }
            Inner::Postgres { pool, .. } => {
                let text = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                self.begin_postgres(pool, text).await
            }
        }
    }

    /// For a look or two that need not agree: on PostgreSQL each statement sees its own moment, and
    /// nothing is sent besides.
    pub async fn look(&self) -> Result<Tx, StoreError> {
        let Inner::Postgres { pool, .. } = &self.inner else {
            return self.read().await;
        };
        let error = StoreError::on("tx.look");
        let conn = pool.acquire().await.map_err(|fault| error(fault.into()))?;
        Ok(Tx::new(Conn::Look(conn), self.keys.clone()))
    }

    /// The connection is put into the transaction before BEGIN is sent: a caller that is
    /// cancelled in between closes it instead of giving it back half begun.
    async fn begin_postgres(&self, pool: &PgPool, text: &'static str) -> Result<Tx, StoreError> {
        let error = StoreError::on("tx.begin");
        let conn = pool.acquire().await.map_err(|fault| error(fault.into()))?;
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
                    writer.close().await;
                }
                lite.readers.close();
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
        let mut found = canary(&mut tx).await?;
        if found.is_none() && write {
            let sealed = self.keys.seal("meta", "value", "canary", b"ks-order")?;
            sql!(
                tx,
                exec,
                "insert into meta (name, value) values ('canary', $1) on conflict do nothing",
                sealed
            )
            .map_err(StoreError::on("meta.plant"))?;
            // Another instance that starts now may have been first, with another key.
            found = canary(&mut tx).await?;
        }
        if let Some(sealed) = found {
            self.keys
                .open("meta", "value", "canary", &sealed)
                .map_err(|_| OpenError::WrongKey)?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn canary(tx: &mut Tx) -> Result<Option<Vec<u8>>, StoreError> {
    let found = sql!(
        tx,
        fetch_optional as (Vec<u8>,),
        "select value from meta where name = 'canary'"
    )
    .map_err(StoreError::on("meta.canary"))?;
    Ok(found.map(|(sealed,)| sealed))
}

fn read_only() -> StoreError {
    StoreError {
        query: "tx.begin",
        kind: Kind::Other,
        source: None,
    }
}

#[cfg(test)]
mod tests;
