//! Statements over many rows, whose text is put together at run time.
//!
//! Only texts of the program go into the statement; values are always bound.

use rusqlite::types::{ToSql, ToSqlOutput};
use sqlx::AssertSqlSafe;

use super::error::Fault;
use super::row::{self, FromRow};
use super::sqlite::Args;
use super::tx::{Link, Tx};

/// The most rows in one statement: SQLite takes 32 766 values.
pub const MAX_ROWS: usize = 500;

/// A bound value. NULL keeps its type: PostgreSQL wants to know it.
#[derive(Debug, Clone)]
pub enum Value {
    /// BIGINT.
    Int(Option<i64>),
    /// TEXT.
    Text(Option<String>),
    /// BYTEA.
    Bytes(Option<Vec<u8>>),
    /// BOOLEAN.
    Flag(bool),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}
impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}
impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}
impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}
impl From<Option<Vec<u8>>> for Value {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Bytes(value)
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Int(value) => value.to_sql(),
            Self::Text(value) => value.to_sql(),
            Self::Bytes(value) => value.to_sql(),
            Self::Flag(value) => value.to_sql(),
        }
    }
}

macro_rules! bind_all {
    ($query:expr, $args:expr) => {
        $args.into_iter().fold($query, |query, arg| match arg {
            Value::Int(v) => query.bind(v),
            Value::Text(v) => query.bind(v),
            Value::Bytes(v) => query.bind(v),
            Value::Flag(v) => query.bind(v),
        })
    };
}

/// A statement in the making: `Batch::new("insert into t (a, b) values ").rows(…)`.
#[derive(Debug, Default)]
pub struct Batch {
    text: String,
    args: Vec<Value>,
}

impl Batch {
    /// Begins with this text.
    pub fn new(text: &'static str) -> Self {
        Self {
            text: text.to_owned(),
            args: Vec::new(),
        }
    }

    /// Adds a text of the program.
    #[must_use]
    pub fn text(mut self, text: &'static str) -> Self {
        self.text.push_str(text);
        self
    }

    /// Adds one bound value.
    #[must_use]
    pub fn arg(mut self, value: impl Into<Value>) -> Self {
        self.push(value.into());
        self
    }

    /// Adds `(…), (…)`: one parenthesis for each row.
    #[must_use]
    pub fn rows<const N: usize>(mut self, rows: impl IntoIterator<Item = [Value; N]>) -> Self {
        for (at, row) in rows.into_iter().enumerate() {
            self.text.push_str(if at == 0 { "(" } else { ", (" });
            for (column, value) in row.into_iter().enumerate() {
                if column > 0 {
                    self.text.push_str(", ");
                }
                self.push(value);
            }
            self.text.push(')');
        }
        self
    }

    /// Adds `$1, $2, …`, for `in (…)`. An empty list becomes NULL: nothing is in it.
    #[must_use]
    pub fn list<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        let before = self.args.len();
        for value in values {
            if self.args.len() > before {
                self.text.push_str(", ");
            }
            self.push(value.into());
        }
        if self.args.len() == before {
            self.text.push_str("NULL");
        }
        self
    }

    fn push(&mut self, value: Value) {
        self.args.push(value);
        self.text.push('$');
        self.text.push_str(&self.args.len().to_string());
    }

    /// Runs it; gives the number of rows touched.
    pub async fn exec(self, tx: &mut Tx) -> Result<u64, Fault> {
        match tx.link() {
            Link::Sqlite(conn) => {
                tokio::task::consume_budget().await;
                conn.exec(&self.text, Args::InOrder(&self.args))
            }
            Link::Postgres(conn) => {
                let query = bind_all!(sqlx::query(AssertSqlSafe(self.text)), self.args);
                Ok(query.execute(conn).await?.rows_affected())
            }
            Link::Gone => Err(Fault::Gone),
        }
    }

    /// Runs it; gives its rows.
    pub async fn fetch_all<R: FromRow>(self, tx: &mut Tx) -> Result<Vec<R>, Fault> {
        match tx.link() {
            Link::Sqlite(conn) => {
                tokio::task::consume_budget().await;
                conn.fetch_all(&self.text, Args::InOrder(&self.args))
            }
            Link::Postgres(conn) => {
                let query = bind_all!(sqlx::query(AssertSqlSafe(self.text)), self.args);
                row::fetch_all(query, conn).await
            }
            Link::Gone => Err(Fault::Gone),
        }
    }
}
