//! Looks into a database from outside, beside whatever has it open.

use sqlx::{Connection, PgConnection, SqliteConnection};
use tokio::runtime::{Builder, Runtime};

enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// A second look at a database; blocks the thread.
pub struct Probe {
    runtime: Runtime,
    url: String,
    conn: Option<Conn>,
}

impl Probe {
    pub fn new(url: &str) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Self {
            runtime,
            url: url.to_owned(),
            conn: None,
        }
    }

    async fn connect(url: &str) -> Result<Conn, sqlx::Error> {
        Ok(if url.starts_with("sqlite") {
            Conn::Sqlite(SqliteConnection::connect(url).await?)
        } else {
            Conn::Postgres(PgConnection::connect(url).await?)
        })
    }

    /// All rows of a query of whole numbers; `None` while the database does not answer.
    pub fn rows(&mut self, text: &'static str) -> Option<Vec<(i64, i64)>> {
        let url = self.url.clone();
        let conn = &mut self.conn;
        let result: Result<Vec<(i64, i64)>, sqlx::Error> = self.runtime.block_on(async {
            if conn.is_none() {
                *conn = Some(Self::connect(&url).await?);
            }
            match conn {
                Some(Conn::Sqlite(c)) => sqlx::query_as(text).fetch_all(c).await,
                Some(Conn::Postgres(c)) => sqlx::query_as(text).fetch_all(c).await,
                None => Ok(Vec::new()),
            }
        });
        if result.is_err() {
            self.conn = None;
        }
        result.ok()
    }

    /// Changes something, as another process would.
    pub fn run(&mut self, text: &str) -> Result<(), String> {
        let text = || sqlx::AssertSqlSafe(text.to_owned());
        let url = self.url.clone();
        let conn = &mut self.conn;
        self.runtime
            .block_on(async {
                if conn.is_none() {
                    *conn = Some(Self::connect(&url).await?);
                }
                match conn {
                    Some(Conn::Sqlite(c)) => sqlx::query(text()).execute(c).await.map(drop),
                    Some(Conn::Postgres(c)) => sqlx::query(text()).execute(c).await.map(drop),
                    None => Ok(()),
                }
            })
            .map_err(|e| e.to_string())
    }

    /// When the first timer is due, in milliseconds; far away if there is none.
    pub fn next_timer(&mut self) -> Option<i64> {
        const TEXT: &str = "select coalesce(min(due_ms), 9000000000000), count(*) from timers";
        self.rows(TEXT)?.first().map(|(due, _)| *due)
    }

    /// Unsent calls and unhandled updates.
    pub fn waiting(&mut self) -> Option<i64> {
        const TEXT: &str = "select \
            (select count(*) from outbox where state = 'new'), \
            (select count(*) from inbox where state in ('new', 'posted'))";
        self.rows(TEXT)?
            .first()
            .map(|(outbox, inbox)| outbox + inbox)
    }
}
