//! Who wants to be told when an item can be had again. A row is gone once its customer is told, by
//! the statement that says who is: nobody is told twice.

use super::batch::{Batch, Value};
use super::customers::wishes;
use super::error::StoreError;
use super::row::columns;
use super::tx::{Tx, sql};
use crate::domain::orders::pushes::Wishes;
use crate::kernel::{CustomerId, ItemId, Locale, Quantity, Timestamp};

/// Items that one customer may wait for: what a list of buttons bears.
pub const MOST: i64 = 30;

/// Somebody to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub customer: CustomerId,
    /// What they read.
    pub locale: Locale,
    /// Whether they can be written to.
    pub reachable: bool,
    /// Which messages they want.
    pub pushes: Wishes,
}

struct Row {
    id: i64,
    locale: String,
    reachable: bool,
    pushes: Option<String>,
}
columns!(Row: id, locale, reachable, pushes);

/// Asks to be told once so much of an item is free; asking again changes how much. `false` if this
/// customer waits for [`MOST`] others already.
pub async fn ask(
    tx: &mut Tx,
    who: CustomerId,
    item: &ItemId,
    quantity: Quantity,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let kept = sql!(
        tx,
        exec,
        "insert into awaited (item_id, customer, quantity, since_ms)
         select cast($1 as text), cast($2 as bigint), cast($3 as bigint), cast($4 as bigint)
         where (select count(*) from awaited where customer = $2 and item_id <> $1) < $5
         on conflict (item_id, customer) do update set quantity = excluded.quantity",
        item.as_str(),
        who.0,
        quantity.0,
        now.0,
        MOST
    )
    .map_err(StoreError::on("awaited.ask"))?;
    Ok(kept == 1)
}

/// Whether somebody waits for an item.
pub async fn is_asked(tx: &mut Tx, who: CustomerId, item: &ItemId) -> Result<bool, StoreError> {
    let found = sql!(
        tx,
        fetch_optional as (i64,),
        "select customer from awaited where item_id = $1 and customer = $2",
        item.as_str(),
        who.0
    )
    .map_err(StoreError::on("awaited.is_asked"))?;
    Ok(found.is_some())
}

/// What somebody waits for, longest first.
pub async fn of(tx: &mut Tx, who: CustomerId) -> Result<Vec<ItemId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String,),
        "select item_id from awaited where customer = $1 order by since_ms, item_id",
        who.0
    )
    .map_err(StoreError::on("awaited.of"))?;
    Ok(rows.into_iter().map(|(item,)| ItemId(item)).collect())
}

/// Takes it back; `false` if they did not wait for it, or were told.
pub async fn stop(tx: &mut Tx, who: CustomerId, item: &ItemId) -> Result<bool, StoreError> {
    let gone = sql!(
        tx,
        exec,
        "delete from awaited where item_id = $1 and customer = $2",
        item.as_str(),
        who.0
    )
    .map_err(StoreError::on("awaited.stop"))?;
    Ok(gone == 1)
}

/// Takes back all that somebody waits for.
pub async fn stop_all(tx: &mut Tx, who: CustomerId) -> Result<u64, StoreError> {
    sql!(tx, exec, "delete from awaited where customer = $1", who.0)
        .map_err(StoreError::on("awaited.stop_all"))
}

/// The items that anybody waits for, each with the least that one of them wants.
pub async fn items(tx: &mut Tx) -> Result<Vec<(ItemId, Quantity)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, i64),
        "select item_id, min(quantity) from awaited group by item_id order by item_id"
    )
    .map_err(StoreError::on("awaited.items"))?;
    let one = |(item, least)| (ItemId(item), Quantity(least));
    Ok(rows.into_iter().map(one).collect())
}

/// Those who wait longest for no more of an item than is free, at most `most`: they wait no more
/// and are to be told in this transaction. Two statements.
pub async fn take(
    tx: &mut Tx,
    item: &ItemId,
    free: Quantity,
    most: i64,
) -> Result<Vec<Person>, StoreError> {
    let taken = sql!(
        tx,
        fetch_all as (i64,),
        "delete from awaited where item_id = $1 and customer in
             (select customer from awaited where item_id = $1 and quantity <= $2
              order by since_ms, customer limit $3)
         returning customer",
        item.as_str(),
        free.0,
        most
    )
    .map_err(StoreError::on("awaited.take"))?;
    if taken.is_empty() {
        return Ok(Vec::new());
    }
    let ids = taken.into_iter().map(|(customer,)| [Value::from(customer)]);
    let rows: Vec<Row> = Batch::new("select c.id, c.locale, c.reachable, c.pushes from (")
        .rows(ids)
        .text(") as those join customers c on c.id = those.column1 order by c.id")
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("awaited.people"))?;
    rows.into_iter()
        .map(|row| {
            Ok(Person {
                customer: CustomerId(row.id),
                locale: Locale(row.locale),
                reachable: row.reachable,
                pushes: wishes(row.id, row.pushes.as_deref())?,
            })
        })
        .collect()
}
