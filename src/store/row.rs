//! Rows of either database, read in one way.
//!
//! A query gives a tuple, read by position, or a struct, read by the names of its fields:
//! `columns!(Dead: id, lane, error)` after the struct says that it can be read so.

use rusqlite::types::FromSql;
use sqlx::postgres::{PgArguments, PgConnection, PgRow};
use sqlx::query::Query;
use sqlx::{Postgres, Row};

use super::error::Fault;

/// A row as its database gave it.
pub enum RowRef<'a> {
    /// SQLite's.
    Sqlite(&'a rusqlite::Row<'a>),
    /// PostgreSQL's.
    Postgres(&'a PgRow),
}

/// A value that a column of either database may hold.
pub trait Column: FromSql + for<'r> sqlx::Decode<'r, Postgres> + sqlx::Type<Postgres> {}
impl<T> Column for T where T: FromSql + for<'r> sqlx::Decode<'r, Postgres> + sqlx::Type<Postgres> {}

impl RowRef<'_> {
    /// The value at a position.
    pub fn at<T: Column>(&self, position: usize) -> Result<T, Fault> {
        match self {
            Self::Sqlite(row) => Ok(row.get(position)?),
            Self::Postgres(row) => Ok(row.try_get(position)?),
        }
    }

    /// The value of a column, which most likely is at this position.
    pub fn named<T: Column>(&self, name: &str, likely: usize) -> Result<T, Fault> {
        match self {
            Self::Sqlite(row) => {
                let is_there = row.as_ref().column_name(likely).is_ok_and(|n| n == name);
                if is_there {
                    Ok(row.get(likely)?)
                } else {
                    Ok(row.get(name)?)
                }
            }
            Self::Postgres(row) => Ok(row.try_get(name)?),
        }
    }
}

/// What can be read from a row.
pub trait FromRow: Sized + Send {
    /// Reads it.
    ///
    /// # Errors
    /// A column is missing or holds something else.
    fn read(row: &RowRef<'_>) -> Result<Self, Fault>;
}

/// A query of PostgreSQL's, with its arguments.
type Asked<'q> = Query<'q, Postgres, PgArguments>;

/// Runs it on PostgreSQL; gives its rows.
pub async fn fetch_all<R: FromRow>(
    query: Asked<'_>,
    conn: &mut PgConnection,
) -> Result<Vec<R>, Fault> {
    let rows = query.fetch_all(conn).await?;
    rows.iter()
        .map(|row| R::read(&RowRef::Postgres(row)))
        .collect()
}

/// Runs it on PostgreSQL; gives its first row.
pub async fn fetch_optional<R: FromRow>(
    query: Asked<'_>,
    conn: &mut PgConnection,
) -> Result<Option<R>, Fault> {
    let row = query.fetch_optional(conn).await?;
    row.map(|row| R::read(&RowRef::Postgres(&row))).transpose()
}

/// Runs it on PostgreSQL; it has a row.
pub async fn fetch_one<R: FromRow>(query: Asked<'_>, conn: &mut PgConnection) -> Result<R, Fault> {
    let row = query.fetch_one(conn).await?;
    R::read(&RowRef::Postgres(&row))
}

/// Reads a struct by the names of its fields, which are those of the columns.
macro_rules! columns {
    ($row:ty: $($field:ident),+ $(,)?) => {
        impl $crate::store::row::FromRow for $row {
            fn read(
                row: &$crate::store::row::RowRef<'_>,
            ) -> Result<Self, $crate::store::error::Fault> {
                let mut likely = 0..;
                Ok(Self {
                    $($field: row.named(stringify!($field), likely.next().unwrap_or(0))?,)+
                })
            }
        }
    };
}
pub(crate) use columns;

macro_rules! tuple {
    ($($letter:ident),+) => {
        impl<$($letter: Column + Send),+> FromRow for ($($letter,)+) {
            fn read(row: &RowRef<'_>) -> Result<Self, Fault> {
                let mut position = 0..;
                Ok(($(row.at::<$letter>(position.next().unwrap_or(0))?,)+))
            }
        }
    };
}
tuple!(A);
tuple!(A, B);
tuple!(A, B, C);
tuple!(A, B, C, D);
tuple!(A, B, C, D, E);
tuple!(A, B, C, D, E, F);
tuple!(A, B, C, D, E, F, G);
tuple!(A, B, C, D, E, F, G, H);
tuple!(A, B, C, D, E, F, G, H, I);
