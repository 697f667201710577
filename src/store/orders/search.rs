//! Finds orders for whoever works them: by number, by day, by words among the newest.

use unicode_normalization::UnicodeNormalization;

use super::rows::{Row, collect, personal};
use crate::domain::orders::Order;
use crate::kernel::{ChatId, CustomerId, OrderId};
use crate::store::batch::Batch;
use crate::store::error::StoreError;
use crate::store::row::columns;
use crate::store::tx::{Tx, sql};

/// A stretch of a list: so many are skipped, at most so many given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// How many stand before it.
    pub skip: i64,
    /// How many there are at most.
    pub limit: i64,
}

/// Orders that are not closed, oldest first.
pub async fn open_page(tx: &mut Tx, of: Stretch) -> Result<Vec<Order>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_orders!(
            "where o.id in (select id from orders where closed_ms is null
             order by placed_ms, id limit $1 offset $2)
             order by o.placed_ms, o.id, l.line"
        ),
        of.limit,
        of.skip
    )
    .map_err(StoreError::on("orders.open_page"))?;
    collect(tx, rows)
}

/// Orders of this number, newest day first.
pub async fn numbered(tx: &mut Tx, number: i64, of: Stretch) -> Result<Vec<Order>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_orders!(
            "where o.id in (select id from orders where number = $1
             order by placed_ms desc, id desc limit $2 offset $3)
             order by o.placed_ms desc, o.id desc, l.line"
        ),
        number,
        of.limit,
        of.skip
    )
    .map_err(StoreError::on("orders.numbered"))?;
    collect(tx, rows)
}

/// Orders of a business day (`2026-11-22`), newest first.
pub async fn of_day(tx: &mut Tx, day: &str, of: Stretch) -> Result<Vec<Order>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_orders!(
            "where o.id in (select id from orders where day = $1
             order by number desc limit $2 offset $3)
             order by o.placed_ms desc, o.id desc, l.line"
        ),
        day,
        of.limit,
        of.skip
    )
    .map_err(StoreError::on("orders.of_day"))?;
    collect(tx, rows)
}

/// Orders that stand in a group's list, oldest first.
pub async fn in_list(tx: &mut Tx, group: ChatId) -> Result<Vec<Order>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        select_orders!(
            "where o.id in (select order_id from folded where chat = $1)
             order by o.placed_ms, o.id, l.line"
        ),
        group.0
    )
    .map_err(StoreError::on("orders.in_list"))?;
    collect(tx, rows)
}

/// These orders, newest first.
pub async fn of_ids(tx: &mut Tx, ids: &[OrderId]) -> Result<Vec<Order>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = Batch::new(select_orders!("where o.id in ("))
        .list(ids.iter().map(|id| id.0))
        .text(") order by o.placed_ms desc, o.id desc, l.line")
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("orders.of_ids"))?;
    collect(tx, rows)
}

struct Sealed {
    id: i64,
    personal: Option<Vec<u8>>,
    customer: i64,
    name: Option<Vec<u8>>,
}
columns!(Sealed: id, personal, customer, name);

/// Of the newest `among` orders those with these words in the customer's name or in what they
/// answered, newest first. Names are sealed, so each of them is opened: `among` is the bound.
pub async fn with_words(tx: &mut Tx, words: &str, among: i64) -> Result<Vec<OrderId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Sealed,
        "select o.id, o.personal, o.customer, c.name from orders o
         left join customers c on c.id = o.customer
         order by o.placed_ms desc, o.id desc limit $1",
        among
    )
    .map_err(StoreError::on("orders.with_words"))?;
    let wanted = folded(words);
    let keys = tx.keys();
    let mut found = Vec::new();
    for row in rows {
        let name = match &row.name {
            Some(sealed) => keys.open_text("customers", "name", row.customer, sealed)?,
            None => String::new(),
        };
        let is_named = folded(&name).contains(&wanted);
        if is_named || answers_hold(&keys, &row, &wanted)? {
            found.push(OrderId(row.id));
        }
    }
    Ok(found)
}

fn answers_hold(
    keys: &crate::store::seal::Keys,
    row: &Sealed,
    wanted: &str,
) -> Result<bool, StoreError> {
    let Some(sealed) = &row.personal else {
        return Ok(false);
    };
    let opened: super::rows::Personal = personal(&row.id).open(keys, sealed)?;
    Ok(opened.answers.values().any(|answer| holds(answer, wanted)))
}

/// Whether any text within a value has these words.
fn holds(value: &serde_json::Value, wanted: &str) -> bool {
    match value {
        serde_json::Value::String(text) => folded(text).contains(wanted),
        serde_json::Value::Array(all) => all.iter().any(|one| holds(one, wanted)),
        serde_json::Value::Object(all) => all.values().any(|one| holds(one, wanted)),
        _ => false,
    }
}

/// Letters and digits in their plain form and in lower case, without blanks: "+86 139" is found
/// by "86139".
fn folded(text: &str) -> String {
    text.nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The customers' names, as far as known, of these ids.
pub async fn names(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = CustomerId>,
) -> Result<Vec<(CustomerId, String)>, StoreError> {
    let rows: Vec<(i64, Option<Vec<u8>>)> =
        Batch::new("select id, name from customers where id in (")
            .list(ids.into_iter().map(|id| id.0))
            .text(")")
            .fetch_all(tx)
            .await
            .map_err(StoreError::on("orders.names"))?;
    let keys = tx.keys();
    rows.into_iter()
        .map(|(id, name)| {
            let name = match name {
                Some(sealed) => keys.open_text("customers", "name", id, &sealed)?,
                None => String::new(),
            };
            Ok((CustomerId(id), name))
        })
        .collect()
}

/// The numbers of orders.
pub async fn numbers(tx: &mut Tx, ids: &[OrderId]) -> Result<Vec<(OrderId, i64)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, i64)> = Batch::new("select id, number from orders where id in (")
        .list(ids.iter().map(|id| id.0))
        .text(")")
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("orders.numbers"))?;
    Ok(rows
        .into_iter()
        .map(|(id, number)| (OrderId(id), number))
        .collect())
}
