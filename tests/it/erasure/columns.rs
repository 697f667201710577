//! No column is forgotten: each that is sealed or may name somebody says what erasure does with it,
//! and each of those held something of the person's before it was proven to be gone.

use ks_order::store::erasure::harmless::HARMLESS;
use ks_order::store::erasure::registry::{HELD, How, TABLES_WITHOUT};
use tokio::runtime::Builder;

use super::search::Found;
use crate::support::table::Tables;

/// Columns that no play fills with anything of the person's, each with why.
const NEVER: &[(&str, &str, &str)] = &[
    (
        "holds",
        "claim",
        "a cart's number, which goes with the cart",
    ),
    (
        "outbox",
        "takes",
        "the name of a card, which goes with the row",
    ),
    ("erasures", "person", "only while it goes on: see `crash`"),
    ("erasures", "stand_in", "nobody's number"),
    ("erasures", "after_lane", "only while it goes on"),
    ("erasures", "body", "only while it goes on: see `crash`"),
];

/// Demands that every column of which something becomes held something of the person's: `found`.
pub fn all_were_planted(found: &[Found]) {
    let mut wrong = Vec::new();
    for held in HELD
        .iter()
        .filter(|held| !matches!(held.how, How::Stays(_)))
    {
        let is_here = |(table, column, _): &&Found| *table == held.table && *column == held.column;
        let is_never = NEVER
            .iter()
            .any(|(table, column, _)| (*table, *column) == (held.table, held.column));
        match (found.iter().find(is_here), is_never) {
            (None, false) => wrong.push(format!("{}.{} held nothing", held.table, held.column)),
            (Some((_, _, what)), true) => {
                wrong.push(format!(
                    "{}.{} held {what} after all",
                    held.table, held.column
                ));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a column is called that may lead to somebody: none of these may pass for harmless.
const SUSPECT: &[&str] = &[
    "user",
    "customer",
    "person",
    "chat",
    "actor",
    "lane",
    "granter",
    "stand_in",
    "subject",
    "owner",
    "who",
    "_by",
    "name",
    "title",
    "phone",
    "digest",
    "personal",
    "answers",
    "note",
    "body",
    "error",
    "reference",
    "value",
    "grants",
];

/// Every column of the database is either in the registry or said to be harmless, and once only.
#[test]
fn every_column_says_what_becomes_of_it() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let test = runtime.block_on(crate::support::db::sqlite());
    let mut wrong = Vec::new();
    let mut said: Vec<(&str, &str)> = HELD.iter().map(|held| (held.table, held.column)).collect();
    for (table, columns, why) in HARMLESS {
        assert!(!why.is_empty());
        said.extend(columns.iter().map(|column| (*table, *column)));
    }
    let known = Tables::open(&test.url).columns();
    for (table, columns) in &known {
        let without = TABLES_WITHOUT.iter().any(|(without, _)| without == table);
        for (column, kind) in columns {
            let times = said.iter().filter(|one| **one == (table, column)).count();
            match (without, times) {
                (false, 1) | (true, 0) => {}
                (_, times) => wrong.push(format!("{table}.{column} is said {times} times")),
            }
            let is_held = HELD
                .iter()
                .any(|held| held.table == table && held.column == column);
            if ["bytea", "blob"].contains(&kind.as_str()) && !is_held {
                wrong.push(format!(
                    "{table}.{column} is sealed, but not in the registry"
                ));
            }
            let is_suspect = SUSPECT.iter().any(|part| column.contains(part));
            if is_suspect && !is_held && !without {
                wrong.push(format!(
                    "{table}.{column} is called like something personal"
                ));
            }
        }
    }
    for (table, column) in said {
        let mut columns = known.iter().filter(|(known, _)| known == table);
        if !columns.any(|(_, columns)| columns.iter().any(|(known, _)| known == column)) {
            wrong.push(format!("{table}.{column} is said, but is not there"));
        }
    }
    for (table, _) in TABLES_WITHOUT {
        if !known.iter().any(|(known, _)| known == table) {
            wrong.push(format!("{table} is said, but is not there"));
        }
    }
    for held in HELD {
        if let How::With(column) = held.how {
            let by = HELD
                .iter()
                .any(|by| by.table == held.table && by.column == column);
            if !by {
                wrong.push(format!("{}.{} goes with nothing", held.table, held.column));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
