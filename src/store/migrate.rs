//! Brings the schema up to this program's version, on a connection of its own.
//!
//! Foreign keys are off while tables are rebuilt (SQLite would delete children) and checked
//! afterwards. A database that knows a later migration than this program is left alone.

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use super::error::OpenError;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// What only PostgreSQL has; may be run again and again.
const ONLY_POSTGRES: &[&str] = &[include_str!("../../migrations/postgres/0004_places.sql")];

/// The first bundled SQLite without the WAL-reset bug.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

pub(super) async fn run_sqlite(options: &SqliteConnectOptions) -> Result<(), OpenError> {
    let mut conn = connect_sqlite(&options.clone().foreign_keys(false)).await?;
    MIGRATIONS
        .run_direct(None, &mut conn, false)
        .await
        .map_err(refusal)?;
    let dangling: Option<(String,)> =
        sqlx::query_as("select \"table\" from pragma_foreign_key_check limit 1")
            .fetch_optional(&mut conn)
            .await
            .map_err(OpenError::connect)?;
    if let Some((table,)) = dangling {
        return Err(OpenError::Dangling(table));
    }
    conn.close().await.map_err(OpenError::connect)
}

pub(super) async fn check_sqlite(options: &SqliteConnectOptions) -> Result<(), OpenError> {
    let mut conn = connect_sqlite(options).await?;
    let found = sqlx::query_as(NEWEST).fetch_one(&mut conn).await;
    compare(found.map_err(OpenError::connect)?)?;
    conn.close().await.map_err(OpenError::connect)
}

pub(super) async fn run_postgres(options: &PgConnectOptions) -> Result<(), OpenError> {
    let mut conn = connect_postgres(options).await?;
    // A table may take longer to rebuild than a turn's statement may run.
    sqlx::raw_sql("set statement_timeout = 0; set lock_timeout = '60s'")
        .execute(&mut conn)
        .await
        .map_err(OpenError::connect)?;
    MIGRATIONS
        .run_direct(None, &mut conn, false)
        .await
        .map_err(refusal)?;
    for text in ONLY_POSTGRES {
        sqlx::raw_sql(*text)
            .execute(&mut conn)
            .await
            .map_err(OpenError::connect)?;
    }
    conn.close().await.map_err(OpenError::connect)
}

pub(super) async fn check_postgres(options: &PgConnectOptions) -> Result<(), OpenError> {
    let mut conn = connect_postgres(options).await?;
    let found = sqlx::query_as(NEWEST).fetch_one(&mut conn).await;
    compare(found.map_err(OpenError::connect)?)?;
    conn.close().await.map_err(OpenError::connect)
}

const NEWEST: &str = "select max(version) from _sqlx_migrations";

fn compare((found,): (Option<i64>,)) -> Result<(), OpenError> {
    let found = found.unwrap_or_default();
    match found.cmp(&newest()) {
        std::cmp::Ordering::Greater => Err(OpenError::LaterVersion {
            found,
            known: newest(),
        }),
        std::cmp::Ordering::Less => Err(OpenError::EarlierVersion),
        std::cmp::Ordering::Equal => Ok(()),
    }
}

fn newest() -> i64 {
    MIGRATIONS
        .iter()
        .map(|m| m.version)
        .max()
        .unwrap_or_default()
}

fn refusal(error: MigrateError) -> OpenError {
    match error {
        MigrateError::VersionMissing(found) if found > newest() => OpenError::LaterVersion {
            found,
            known: newest(),
        },
        other => OpenError::Migrate(other),
    }
}

async fn connect_sqlite(options: &SqliteConnectOptions) -> Result<SqliteConnection, OpenError> {
    let mut conn = options.connect().await.map_err(OpenError::connect)?;
    let (version,): (String,) = sqlx::query_as("select sqlite_version()")
        .fetch_one(&mut conn)
        .await
        .map_err(OpenError::connect)?;
    let parts: Vec<u32> = version
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect();
    if parts.as_slice() < OLDEST_SQLITE.as_slice() {
        return Err(OpenError::OldSqlite(version));
    }
    Ok(conn)
}

async fn connect_postgres(options: &PgConnectOptions) -> Result<PgConnection, OpenError> {
    options.connect().await.map_err(OpenError::connect)
}
