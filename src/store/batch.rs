//! Statements over many rows, whose text is put together at run time.
//!
//! Only texts of the program go into the statement; values are always bound. On PostgreSQL rows
//! are bound by columns, as arrays: the text is the same for any number of rows, so that it is
//! read and planned once, and not once for each number.

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

/// The values of one column, all of one type.
#[derive(Debug)]
enum Column {
    Ints(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Flags(Vec<bool>),
}

impl Column {
    /// An empty one for values like this.
    fn of(value: &Value, room: usize) -> Self {
        match value {
            Value::Int(_) => Self::Ints(Vec::with_capacity(room)),
            Value::Text(_) => Self::Texts(Vec::with_capacity(room)),
            Value::Bytes(_) => Self::Bytes(Vec::with_capacity(room)),
            Value::Flag(_) => Self::Flags(Vec::with_capacity(room)),
        }
    }

    /// A value of another type is a mistake of the program: it is NULL, which the table refuses.
    fn push(&mut self, value: Value) {
        match (self, value) {
            (Self::Ints(all), Value::Int(value)) => all.push(value),
            (Self::Texts(all), Value::Text(value)) => all.push(value),
            (Self::Bytes(all), Value::Bytes(value)) => all.push(value),
            (Self::Flags(all), Value::Flag(value)) => all.push(value),
            (Self::Ints(all), _) => all.push(None),
            (Self::Texts(all), _) => all.push(None),
            (Self::Bytes(all), _) => all.push(None),
            (Self::Flags(all), _) => all.push(false),
        }
    }

    fn type_name(&self) -> &'static str {
        match self {
            Self::Ints(_) => "bigint[]",
            Self::Texts(_) => "text[]",
            Self::Bytes(_) => "bytea[]",
            Self::Flags(_) => "boolean[]",
        }
    }
}

/// A part of a statement.
#[derive(Debug)]
enum Part {
    Text(&'static str),
    Value(Value),
    /// Rows of the same columns.
    Rows(Vec<Vec<Value>>),
    List(Vec<Value>),
}

/// What is bound on PostgreSQL.
enum Bound {
    One(Value),
    Many(Column),
}

macro_rules! bind_all {
    ($query:expr, $args:expr) => {
        $args.into_iter().fold($query, |query, arg| match arg {
            Bound::One(Value::Int(v)) => query.bind(v),
            Bound::One(Value::Text(v)) => query.bind(v),
            Bound::One(Value::Bytes(v)) => query.bind(v),
            Bound::One(Value::Flag(v)) => query.bind(v),
            Bound::Many(Column::Ints(v)) => query.bind(v),
            Bound::Many(Column::Texts(v)) => query.bind(v),
            Bound::Many(Column::Bytes(v)) => query.bind(v),
            Bound::Many(Column::Flags(v)) => query.bind(v),
        })
    };
}

/// A statement in the making: `Batch::new("insert into t (a, b) ").rows(…)`.
#[derive(Debug, Default)]
pub struct Batch {
    parts: Vec<Part>,
}

impl Batch {
    /// Begins with this text.
    pub fn new(text: &'static str) -> Self {
        Self {
            parts: vec![Part::Text(text)],
        }
    }

    /// Adds a text of the program.
    #[must_use]
    pub fn text(mut self, text: &'static str) -> Self {
        self.parts.push(Part::Text(text));
        self
    }

    /// Adds one bound value.
    #[must_use]
    pub fn arg(mut self, value: impl Into<Value>) -> Self {
        self.parts.push(Part::Value(value.into()));
        self
    }

    /// Adds `values (…), (…)`: one parenthesis for each row, at least one; the columns are
    /// `column1`, `column2`, …, each of one type.
    #[must_use]
    pub fn rows<const N: usize>(mut self, rows: impl IntoIterator<Item = [Value; N]>) -> Self {
        let rows = rows.into_iter().map(Vec::from).collect();
        self.parts.push(Part::Rows(rows));
        self
    }

    /// Adds what stands in the parenthesis of `in (…)`. Nothing is in an empty list.
    #[must_use]
    pub fn list<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        self.parts.push(Part::List(values));
        self
    }

    /// Runs it; gives the number of rows touched.
    pub async fn exec(self, tx: &mut Tx) -> Result<u64, Fault> {
        match tx.link() {
            Link::Sqlite(conn) => {
                tokio::task::consume_budget().await;
                let (text, args) = self.for_sqlite();
                conn.exec(&text, Args::InOrder(&args))
            }
            Link::Postgres(conn) => {
                let (text, args) = self.for_postgres();
                let query = bind_all!(sqlx::query(AssertSqlSafe(text)), args);
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
                let (text, args) = self.for_sqlite();
                conn.fetch_all(&text, Args::InOrder(&args))
            }
            Link::Postgres(conn) => {
                let (text, args) = self.for_postgres();
                let query = bind_all!(sqlx::query(AssertSqlSafe(text)), args);
                row::fetch_all(query, conn).await
            }
            Link::Gone => Err(Fault::Gone),
        }
    }

    fn for_sqlite(self) -> (String, Vec<Value>) {
        let (mut text, mut args) = (String::new(), Vec::new());
        let mut add = |text: &mut String, value| {
            args.push(value);
            text.push('$');
            text.push_str(&args.len().to_string());
        };
        for part in self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Value(value) => add(&mut text, value),
                Part::List(values) if values.is_empty() => text.push_str("NULL"),
                Part::List(values) => {
                    for (at, value) in values.into_iter().enumerate() {
                        text.push_str(if at == 0 { "" } else { ", " });
                        add(&mut text, value);
                    }
                }
                Part::Rows(rows) => {
                    for (at, row) in rows.into_iter().enumerate() {
                        text.push_str(if at == 0 { "values (" } else { "), (" });
                        for (at, value) in row.into_iter().enumerate() {
                            text.push_str(if at == 0 { "" } else { ", " });
                            add(&mut text, value);
                        }
                    }
                    text.push(')');
                }
            }
        }
        (text, args)
    }

    fn for_postgres(self) -> (String, Vec<Bound>) {
        let (mut text, mut args) = (String::new(), Vec::new());
        for part in self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Value(value) => {
                    args.push(Bound::One(value));
                    text.push_str(&format!("${}", args.len()));
                }
                Part::List(values) => {
                    let rows = values.into_iter().map(|value| vec![value]);
                    unnest(&mut text, &mut args, rows.collect());
                }
                Part::Rows(rows) => match <[_; 1]>::try_from(rows) {
                    Ok([row]) => one(&mut text, &mut args, row),
                    Err(rows) => unnest(&mut text, &mut args, rows),
                },
            }
        }
        (text, args)
    }
}

/// Adds one row.
fn one(text: &mut String, args: &mut Vec<Bound>, row: Vec<Value>) {
    for (at, value) in row.into_iter().enumerate() {
        args.push(Bound::One(value));
        let before = if at == 0 { "values (" } else { ", " };
        text.push_str(&format!("{before}${}", args.len()));
    }
    text.push(')');
}

/// Adds rows by their columns.
fn unnest(text: &mut String, args: &mut Vec<Bound>, rows: Vec<Vec<Value>>) {
    let Some(first) = rows.first() else {
        return text.push_str("NULL"); // a list of nothing
    };
    let mut columns: Vec<Column> = first.iter().map(|v| Column::of(v, rows.len())).collect();
    for row in rows {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    let count = columns.len();
    text.push_str("select * from unnest(");
    for (at, column) in columns.into_iter().enumerate() {
        text.push_str(if at == 0 { "" } else { ", " });
        let type_name = column.type_name();
        args.push(Bound::Many(column));
        text.push_str(&format!("${}::{type_name}", args.len()));
    }
    text.push_str(") as rows (");
    for at in 1..=count {
        text.push_str(if at == 1 { "" } else { ", " });
        text.push_str(&format!("column{at}"));
    }
    text.push(')');
}
