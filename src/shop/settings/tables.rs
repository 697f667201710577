//! Readers of the tables that guests sit at.

use super::is_id;
use crate::domain::tables::Table as GuestTable;
use crate::kernel::TableId;
use crate::shop::table::Table;

/// More tables than the largest halls have; each gets a code of its own at the start.
const MOST: usize = 500;

/// `[tables] count` numbers tables from 1; each `[[table]]` adds one, or names a numbered one.
pub(super) fn read(top: &Table<'_>, locales: &[String]) -> Vec<GuestTable> {
    let count = top
        .table("tables", |tables| tables.int("count", 1, MOST as i64))
        .flatten();
    let numbered = (1..=count.unwrap_or(0)).map(|number| GuestTable {
        id: TableId(number.to_string()),
        name: None,
    });
    let mut found: Vec<GuestTable> = numbered.collect();
    let mut named: Vec<TableId> = Vec::new();
    top.tables("table", |table| {
        let Some(id) = table.need_text("id") else {
            return;
        };
        let name = table.localised("name", locales);
        if !is_id(id.value) {
            table.fault(
                id.at,
                format!("`{}` is no id", id.value),
                "use a-z, 0-9 and -, at most 24",
            );
        }
        let id_of = TableId::from(id.value);
        if named.contains(&id_of) {
            table.fault(
                id.at,
                format!("the table `{}` is there twice", id.value),
                "rename one",
            );
        }
        match found.iter_mut().find(|known| known.id == id_of) {
            Some(known) => known.name = name,
            None => found.push(GuestTable {
                id: id_of.clone(),
                name,
            }),
        }
        named.push(id_of);
    });
    if found.len() > MOST {
        top.fault(
            top.key_at("table"),
            format!("{} tables are too many", found.len()),
            format!("a shop has at most {MOST}"),
        );
    }
    found
}
