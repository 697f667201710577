//! A database of every earlier version, with a row in each of its tables, is brought up to this
//! version with all it holds.

use std::path::Path;

use ks_order::kernel::Timestamp;
use ks_order::store::Db;
use ks_order::store::verify::{Now, verify};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

use crate::support::db::{Server, options};

/// A table's column and its type, in small letters.
type Columns = Vec<(String, String)>;

enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            Conn::Sqlite($c) => $body,
            Conn::Postgres($c) => $body,
        }
    };
}

impl Conn {
    async fn open(url: &str) -> Self {
        if url.starts_with("sqlite") {
            let url = format!("{url}?mode=rwc");
            return Self::Sqlite(SqliteConnection::connect(&url).await.unwrap());
        }
        Self::Postgres(PgConnection::connect(url).await.unwrap())
    }

    async fn run(&mut self, text: String) {
        let shown = text.clone();
        let done = on!(self, c => sqlx::raw_sql(AssertSqlSafe(text)).execute(c).await.map(drop));
        done.unwrap_or_else(|error| panic!("{shown}: {error}"));
    }

    async fn count(&mut self, text: String) -> i64 {
        let query = AssertSqlSafe(text);
        on!(self, c => sqlx::query(query).fetch_one(c).await.unwrap().get(0))
    }

    async fn pairs(&mut self, text: &'static str, of: Option<&str>) -> Columns {
        on!(self, c => {
            let rows = sqlx::query(text).bind(of).fetch_all(c).await.unwrap();
            rows.iter().map(|row| (row.get(0), row.get(1))).collect()
        })
    }

    /// The tables of the schema.
    async fn tables(&mut self) -> Vec<String> {
        let text = match self {
            Self::Sqlite(_) => {
                "select name, type from sqlite_schema where type = 'table' and $1 is null"
            }
            Self::Postgres(_) => {
                "select tablename::text, '' from pg_tables
                 where schemaname = 'public' and $1::text is null"
            }
        };
        let all = self
            .pairs(text, None)
            .await
            .into_iter()
            .map(|(name, _)| name);
        all.filter(|name| name != "_sqlx_migrations" && !name.starts_with("sqlite_"))
            .collect()
    }

    async fn columns(&mut self, table: &str) -> Columns {
        let text = match self {
            Self::Sqlite(_) => "select name, lower(type) from pragma_table_info($1)",
            Self::Postgres(_) => {
                "select column_name::text, data_type::text from information_schema.columns
                 where table_name = $1"
            }
        };
        self.pairs(text, Some(table)).await
    }

    async fn migrate(&mut self, to: usize) -> bool {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut all = Migrator::new(folder).await.unwrap().migrations.to_vec();
        let is_older = to < all.len();
        all.truncate(to);
        let some = Migrator::with_migrations(all);
        on!(self, c => some.run(c).await.unwrap());
        is_older
    }

    /// One value of each type: rows of several tables then belong together.
    fn value(&self, kind: &str) -> &'static str {
        match (kind, self) {
            ("bigint", _) => "1",
            ("text", _) => "'x'",
            ("boolean", _) => "true",
            (_, Self::Sqlite(_)) => "x'78'",
            (_, Self::Postgres(_)) => "cast('x' as bytea)",
        }
    }

    fn values(
        &self,
        columns: &Columns,
        between: &str,
        of: impl Fn(&str, &str) -> String,
    ) -> String {
        let all = columns
            .iter()
            .map(|(name, kind)| of(name, self.value(kind)));
        all.collect::<Vec<_>>().join(between)
    }
}

async fn fill(conn: &mut Conn) -> Vec<(String, Columns)> {
    let free = match conn {
        Conn::Sqlite(_) => "pragma foreign_keys = off",
        Conn::Postgres(_) => "set session_replication_role = replica",
    };
    conn.run(free.to_owned()).await;
    let mut filled = Vec::new();
    for table in conn.tables().await {
        let columns = conn.columns(&table).await;
        let names = conn.values(&columns, ", ", |name, _| name.to_owned());
        let row = conn.values(&columns, ", ", |_, value| value.to_owned());
        conn.run(format!("insert into {table} ({names}) values ({row})"))
            .await;
        filled.push((table, columns));
    }
    filled
}

/// Of all that is wrong with such rows, nothing is wrong with accounts.
async fn nothing_is_on_account(db: &Db) {
    let now = Now {
        business: Timestamp(0),
        real: Timestamp(0),
    };
    let mut tx = db.read().await.unwrap();
    let mut found = verify(&mut tx, now).await.unwrap();
    tx.rollback().await.unwrap();
    let about = ["credit.", "accounts.", "orders.account", "companies.budget"];
    found.retain(|v| about.iter().any(|rule| v.rule.starts_with(rule)));
    assert_eq!(found, []);
}

/// So many migrations there are with the one from which files are kept under a keyed hash.
const FILES_BY_KEY: usize = 19;

async fn every_version(mut url: impl FnMut(usize) -> String) {
    for version in 1.. {
        let url = url(version);
        let mut old = Conn::open(&url).await;
        if !old.migrate(version).await {
            assert!(version > 5, "the versions were found");
            break;
        }
        let filled = fill(&mut old).await;
        on!(old, c => c.close().await.unwrap());

        let db = Db::open(&url, &options()).await.unwrap();
        // A version that has accounts was filled with a row of nonsense there, too.
        let had_accounts = filled.iter().any(|(table, _)| table == "accounts");
        if !had_accounts {
            nothing_is_on_account(&db).await;
        }
        db.close().await;

        let mut new = Conn::open(&url).await;
        for (table, mut columns) in filled {
            let now = new.columns(&table).await;
            columns.retain(|column| now.contains(column));
            assert!(!columns.is_empty(), "{table} is gone");
            let same = new.values(&columns, " and ", |name, value| format!("{name} = {value}"));
            let kept = format!("select count(*) from {table} where {same}");
            // Files were kept under a hash without a key: they are uploaded once more.
            let stays = i64::from(table != "files" || version >= FILES_BY_KEY);
            let found = new.count(kept).await;
            assert_eq!(found, stays, "{table}, from version {version}");
        }
        // What was ordered before there was a choice was fetched.
        let fetched = "select count(*) from orders where fulfilment in ('pickup', 'x')";
        let orders = i64::from(version > 1);
        assert_eq!(new.count(fetched.to_owned()).await, orders);
        // What was ordered before there were accounts is on none, and nobody had a budget.
        for text in [
            "select count(*) from orders where account is not null",
            "select count(*) from company_members
             where budget_minor is not null or budget_period is not null",
            "select count(*) from accounts",
            "select count(*) from account_entries",
            "select count(*) from account_changes",
        ] {
            let found = new.count(text.to_owned()).await;
            let there = i64::from(had_accounts);
            assert_eq!(found, there, "{text}, from version {version}");
        }
    }
}

#[tokio::test]
async fn a_filled_sqlite_of_every_version_keeps_its_rows() {
    let dir = tempfile::tempdir().unwrap();
    every_version(|version| format!("sqlite://{}/{version}.db", dir.path().display())).await;
}

#[tokio::test]
async fn a_filled_postgres_of_every_version_keeps_its_rows() {
    if let Some(server) = Server::start() {
        every_version(|_| server.database()).await;
    }
}
