//! Reads whole tables of a database, whatever they are: for what must be nowhere in it.

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use tokio::runtime::{Builder, Runtime};

enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

macro_rules! on {
    ($self:expr, $c:ident => $body:expr) => {
        match &mut $self.conn {
            Conn::Sqlite($c) => $self.runtime.block_on(async { $body }),
            Conn::Postgres($c) => $self.runtime.block_on(async { $body }),
        }
    };
}

/// A table's name with its columns, each with its type in small letters.
pub type Columns = Vec<(String, Vec<(String, String)>)>;

/// A table, one of its columns of bytes, and its rows: every other cell as text, and the bytes.
pub type Bytes = (String, String, Vec<(Vec<String>, Vec<u8>)>);

/// All tables of a database.
pub struct Tables {
    runtime: Runtime,
    conn: Conn,
}

impl Tables {
    pub fn open(url: &str) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let conn = runtime.block_on(async {
            match url.starts_with("sqlite") {
                true => Conn::Sqlite(SqliteConnection::connect(url).await.unwrap()),
                false => Conn::Postgres(PgConnection::connect(url).await.unwrap()),
            }
        });
        Self { runtime, conn }
    }

    fn pairs(&mut self, text: &str) -> Vec<(String, String)> {
        let text = AssertSqlSafe(text.to_owned());
        on!(self, c => {
            let rows = sqlx::query(text).fetch_all(c).await.unwrap();
            rows.iter().map(|row| (row.get(0), row.get(1))).collect()
        })
    }

    /// Every table with its columns.
    pub fn columns(&mut self) -> Columns {
        let is_lite = matches!(self.conn, Conn::Sqlite(_));
        let all = match is_lite {
            true => "select m.name, lower(p.type) || ' ' || p.name from sqlite_schema m, pragma_table_info(m.name) p
                     where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> '_sqlx_migrations'
                     order by m.name, p.cid",
            false => "select table_name::text, data_type::text || ' ' || column_name::text
                      from information_schema.columns where table_schema = 'public'
                      and table_name <> '_sqlx_migrations' order by table_name, ordinal_position",
        };
        let mut tables: Columns = Vec::new();
        for (table, column) in self.pairs(all) {
            let (kind, name) = column.rsplit_once(' ').unwrap();
            let column = (name.to_owned(), kind.to_owned());
            match tables.last_mut() {
                Some((last, columns)) if *last == table => columns.push(column),
                _ => tables.push((table, vec![column])),
            }
        }
        tables
    }

    fn is_bytes(kind: &str) -> bool {
        ["bytea", "blob"].contains(&kind)
    }

    /// Every cell of bytes.
    pub fn bytes(&mut self) -> Vec<Bytes> {
        let mut all = Vec::new();
        for (table, columns) in self.columns() {
            let plain = columns.iter().filter(|(_, kind)| !Self::is_bytes(kind));
            let texts: Vec<String> = plain
                .map(|(name, _)| format!("coalesce(cast({name} as text), '')"))
                .collect();
            let texts = match texts.is_empty() {
                true => "''".to_owned(),
                false => texts.join(", "),
            };
            for (column, _) in columns.iter().filter(|(_, kind)| Self::is_bytes(kind)) {
                let text =
                    format!("select {column}, {texts} from {table} where {column} is not null");
                let text = AssertSqlSafe(text);
                let rows = on!(self, c => {
                    let rows = sqlx::query(text).fetch_all(c).await.unwrap();
                    rows.iter().map(|row| {
                        let cells = (1..row.len()).map(|at| row.get::<String, _>(at)).collect();
                        (cells, row.get::<Vec<u8>, _>(0))
                    }).collect()
                });
                all.push((table.clone(), column.clone(), rows));
            }
        }
        all
    }

    /// Every table's cells that are no bytes, as text.
    pub fn texts(&mut self) -> Vec<(String, Vec<String>, Vec<Vec<String>>)> {
        let mut all = Vec::new();
        for (table, columns) in self.columns() {
            let names: Vec<String> = columns
                .into_iter()
                .filter(|(_, kind)| !Self::is_bytes(kind))
                .map(|(name, _)| name)
                .collect();
            if names.is_empty() {
                continue;
            }
            let texts: Vec<String> = names
                .iter()
                .map(|name| format!("coalesce(cast({name} as text), '')"))
                .collect();
            let text = AssertSqlSafe(format!("select {} from {table}", texts.join(", ")));
            let rows = on!(self, c => {
                let rows = sqlx::query(text).fetch_all(c).await.unwrap();
                rows.iter().map(|row| (0..row.len()).map(|at| row.get(at)).collect()).collect()
            });
            all.push((table, names, rows));
        }
        all
    }
}
