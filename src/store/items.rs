//! Items seen in the shop's files: opening stock counts once, items gone are archived; and what is
//! off the menu for now.

use std::collections::{BTreeMap, BTreeSet};

use super::batch::{Batch, MAX_ROWS, Value};
use super::error::StoreError;
use super::ledger::{Entry, Stamp, book};
use super::tx::{Tx, sql};
use crate::domain::catalogue::SoldOut;
use crate::domain::stock::Reason;
use crate::kernel::{CustomerId, ItemId, Quantity, Timestamp};

/// What came of comparing the shop's files with the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Items seen for the first time.
    pub new: Vec<ItemId>,
    /// Items whose stock is counted from now on.
    pub counted: Vec<ItemId>,
    /// Items gone from the files since last time.
    pub archived: Vec<ItemId>,
    /// Items that came back.
    pub returned: Vec<ItemId>,
}

/// Notes which items the shop's files have, with their opening stock (`None` = not counted).
/// Opening stock is booked once, when an item is first counted; a later change of the number in
/// the file changes nothing.
pub async fn see(
    tx: &mut Tx,
    items: &[(ItemId, Option<Quantity>)],
    stamp: &mut Stamp<'_>,
) -> Result<Seen, StoreError> {
    let known = known(tx).await?;
    let in_files: BTreeSet<&str> = items.iter().map(|(id, _)| id.as_str()).collect();
    let mut seen = Seen::default();
    let mut opening = Vec::new();
    for (id, stock) in items {
        match known.get(id.as_str()) {
            None => seen.new.push(id.clone()),
            Some(before) if before.archived => seen.returned.push(id.clone()),
            Some(_) => {}
        }
        let counted = known.get(id.as_str()).is_some_and(|before| before.counted);
        if let (Some(stock), false) = (stock, counted) {
            opening.push((id.clone(), *stock));
            seen.counted.push(id.clone());
        }
    }
    let gone = known
        .iter()
        .filter(|(id, before)| !before.archived && !in_files.contains(id.as_str()));
    seen.archived = gone.map(|(id, _)| ItemId(id.clone())).collect();
    insert(tx, &seen.new, stamp.now).await?;
    set_archived(tx, &seen.archived, Some(stamp.now)).await?;
    set_archived(tx, &seen.returned, None).await?;
    open(tx, &opening, stamp).await?;
    Ok(seen)
}

struct Before {
    archived: bool,
    counted: bool,
}

async fn known(tx: &mut Tx) -> Result<BTreeMap<String, Before>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as (String, Option<i64>, Option<String>),
        "select items.id, items.archived_ms, stock.item_id
         from items left join stock on stock.item_id = items.id"
    )
    .map_err(StoreError::on("items.known"))?;
    let before = |archived: Option<i64>, stock: Option<String>| Before {
        archived: archived.is_some(),
        counted: stock.is_some(),
    };
    Ok(rows
        .into_iter()
        .map(|(id, archived, stock)| (id, before(archived, stock)))
        .collect())
}

async fn insert(tx: &mut Tx, items: &[ItemId], now: Timestamp) -> Result<(), StoreError> {
    for part in items.chunks(MAX_ROWS) {
        let rows = part
            .iter()
            .map(|id| [Value::from(id.as_str()), now.0.into(), None::<i64>.into()]);
        Batch::new("insert into items (id, first_ms, archived_ms) ")
            .rows(rows)
            .exec(tx)
            .await
            .map_err(StoreError::on("items.insert"))?;
    }
    Ok(())
}

async fn set_archived(
    tx: &mut Tx,
    items: &[ItemId],
    at: Option<Timestamp>,
) -> Result<(), StoreError> {
    for part in items.chunks(MAX_ROWS) {
        Batch::new("update items set archived_ms = ")
            .arg(at.map(|at| at.0))
            .text(" where id in (")
            .list(part.iter().map(ItemId::as_str))
            .text(")")
            .exec(tx)
            .await
            .map_err(StoreError::on("items.archive"))?;
    }
    Ok(())
}

async fn open(
    tx: &mut Tx,
    items: &[(ItemId, Quantity)],
    stamp: &mut Stamp<'_>,
) -> Result<(), StoreError> {
    for part in items.chunks(MAX_ROWS) {
        let rows = part
            .iter()
            .map(|(id, stock)| [Value::from(id.as_str()), stock.0.into(), 0.into()]);
        Batch::new("insert into stock (item_id, on_hand, held) ")
            .rows(rows)
            .exec(tx)
            .await
            .map_err(StoreError::on("items.open"))?;
    }
    let entries: Vec<Entry> = items
        .iter()
        .map(|(item, stock)| Entry::new(item.clone(), Reason::Opening).on_hand(stock.0))
        .collect();
    book(tx, &entries, stamp).await
}

/// Takes what a row of `sold_out` names off the menu.
pub(super) fn take_off(sold_out: &mut SoldOut, subject: &str) -> Result<(), StoreError> {
    let mut parts = subject.split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("item"), Some(id), None) => {
            sold_out.items.insert(id.into());
        }
        (Some("choice"), Some(group), Some(choice)) => {
            sold_out.choices.insert((group.into(), choice.into()));
        }
        _ => {
            let what = format!("sold_out.subject of row {subject} can't be understood");
            return Err(StoreError::corrupt("items.sold_out", what));
        }
    }
    Ok(())
}

/// Something that can be off the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A whole item.
    Item(ItemId),
    /// A choice of an option group.
    Choice(crate::kernel::GroupId, crate::kernel::ChoiceId),
}

impl Subject {
    fn key(&self) -> String {
        match self {
            Self::Item(id) => format!("item/{id}"),
            Self::Choice(group, choice) => format!("choice/{group}/{choice}"),
        }
    }
}

/// Until when something is off the menu: none = it is on it; inside none = until put back.
pub async fn sold_out_until(
    tx: &mut Tx,
    subject: &Subject,
    now: Timestamp,
) -> Result<Option<Option<Timestamp>>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as (Option<i64>,),
        "select until_ms from sold_out
         where subject = $1 and (until_ms is null or until_ms > $2)",
        subject.key(),
        now.0
    )
    .map_err(StoreError::on("items.sold_out_until"))?;
    Ok(row.map(|(until,)| until.map(Timestamp)))
}

/// Takes something off the menu, until a time or until put back.
pub async fn set_sold_out(
    tx: &mut Tx,
    subject: &Subject,
    until: Option<Timestamp>,
    actor: CustomerId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "insert into sold_out (subject, since_ms, until_ms, actor) values ($1, $2, $3, $4)
         on conflict (subject) do update
         set since_ms = excluded.since_ms, until_ms = excluded.until_ms, actor = excluded.actor",
        subject.key(),
        now.0,
        until.map(|until| until.0),
        actor.0,
    )
    .map_err(StoreError::on("items.set_sold_out"))?;
    Ok(())
}

/// Puts something back on the menu; `false` if it was on it.
pub async fn clear_sold_out(tx: &mut Tx, subject: &Subject) -> Result<bool, StoreError> {
    let gone = sql!(
        tx,
        exec,
        "delete from sold_out where subject = $1",
        subject.key()
    )
    .map_err(StoreError::on("items.clear_sold_out"))?;
    Ok(gone == 1)
}
