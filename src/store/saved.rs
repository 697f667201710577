//! Saved orders. Name and body are sealed; a list opens the names alone.

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::read::Cell;
use super::row::columns;
use super::tx::{Tx, sql};
use crate::domain::saved::{Body, MOST, SavedOrder};
use crate::kernel::{CompanyId, CustomerId, Timestamp};

/// A saved order as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Its id.
    pub id: i64,
    /// Whose it is.
    pub owner: CustomerId,
    /// The company whose members may use it.
    pub company: Option<CompanyId>,
    /// What it is called.
    pub name: String,
    /// Whether the owner's first screen offers it.
    pub usual: bool,
}

/// A saved order, and whether its owner may still share it: they are in its company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The saved order.
    pub saved: SavedOrder,
    /// False: its owner has left the company that it is shared in.
    pub owner_is_there: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Name(String);

struct BriefRow {
    id: i64,
    owner: i64,
    company: Option<String>,
    name: Vec<u8>,
    usual: bool,
}
columns!(BriefRow: id, owner, company, name, usual);

struct Row {
    owner: i64,
    company: Option<String>,
    name: Vec<u8>,
    body: Vec<u8>,
    usual: bool,
    version: i64,
    there: i64,
}
columns!(Row: owner, company, name, body, usual, version, there);

fn cell<'a>(column: &'static str, id: &'a i64) -> Cell<'a, i64> {
    Cell {
        query: "saved",
        table: "saved_orders",
        column,
        row: id,
    }
}

/// What somebody may use: their own, the usual one first, then what is shared in a company that
/// they belong to, by people who still do.
pub async fn list(tx: &mut Tx, who: CustomerId) -> Result<Vec<Brief>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as BriefRow,
        "select s.id, s.owner, s.company, s.name, s.usual from saved_orders s
         where s.owner = $1 or (s.company is not null
            and exists (select 1 from company_members m join companies c on c.id = m.company
                where m.company = s.company and m.user_id = $1 and c.active)
            and exists (select 1 from company_members o
                where o.company = s.company and o.user_id = s.owner))
         order by case when s.owner = $1 then 0 else 1 end,
            case when s.usual and s.owner = $1 then 0 else 1 end, s.owner, s.place",
        who.0
    )
    .map_err(StoreError::on("saved.list"))?;
    let keys = tx.keys();
    rows.into_iter()
        .map(|row| {
            let name: Name = cell("name", &row.id).open(&keys, &row.name)?;
            Ok(Brief {
                id: row.id,
                owner: CustomerId(row.owner),
                company: row.company.map(CompanyId),
                name: name.0,
                usual: row.usual,
            })
        })
        .collect()
}

/// One of them, whoever asks: rights are the caller's to look at.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<Found>, StoreError> {
    let row = sql!(
        tx,
        fetch_optional as Row,
        "select s.owner, s.company, s.name, s.body, s.usual, s.version,
            (select count(*) from company_members o
             where o.company = s.company and o.user_id = s.owner) as there
         from saved_orders s where s.id = $1",
        id
    )
    .map_err(StoreError::on("saved.find"))?;
    let keys = tx.keys();
    row.map(|row| {
        let name: Name = cell("name", &id).open(&keys, &row.name)?;
        let body: Body = cell("body", &id).open(&keys, &row.body)?;
        Ok(Found {
            saved: SavedOrder {
                id,
                owner: CustomerId(row.owner),
                company: row.company.map(CompanyId),
                name: name.0,
                usual: row.usual,
                version: row.version,
                body,
            },
            owner_is_there: row.there > 0,
        })
    })
    .transpose()
}

/// Keeps a new one; `false` if its owner has as many as may be.
pub async fn insert(tx: &mut Tx, saved: &SavedOrder, now: Timestamp) -> Result<bool, StoreError> {
    let keys = tx.keys();
    let name = cell("name", &saved.id).seal(&keys, &Name(saved.name.clone()))?;
    let body = cell("body", &saved.id).seal(&keys, &saved.body)?;
    let kept = sql!(
        tx,
        exec,
        "insert into saved_orders
            (id, owner, company, name, body, usual, place, version, made_ms, changed_ms)
         select cast($1 as bigint), cast($2 as bigint), cast($3 as text), $4, $5,
            cast($6 as boolean),
            (select coalesce(max(place), 0) + 1 from saved_orders where owner = $2), 1, cast($7 as bigint), cast($7 as bigint)
         where (select count(*) from saved_orders where owner = $2) < $8",
        saved.id,
        saved.owner.0,
        saved.company.as_ref().map(|id| id.0.clone()),
        name,
        body,
        saved.usual,
        now.0,
        MOST as i64
    )
    .map_err(StoreError::on("saved.insert"))?;
    Ok(kept == 1)
}

/// Writes a changed one; `false` if somebody else changed or deleted it in the meantime.
pub async fn update(
    tx: &mut Tx,
    saved: &mut SavedOrder,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let keys = tx.keys();
    let name = cell("name", &saved.id).seal(&keys, &Name(saved.name.clone()))?;
    let body = cell("body", &saved.id).seal(&keys, &saved.body)?;
    let done = sql!(
        tx,
        exec,
        "update saved_orders set company = $1, name = $2, body = $3, version = version + 1,
            changed_ms = $4 where id = $5 and version = $6",
        saved.company.as_ref().map(|id| id.0.clone()),
        name,
        body,
        now.0,
        saved.id,
        saved.version
    )
    .map_err(StoreError::on("saved.update"))?;
    if done == 1 {
        saved.version += 1;
    }
    Ok(done == 1)
}

/// Marks one of somebody's own as the usual one, and no other; none: no one at all.
pub async fn set_usual(
    tx: &mut Tx,
    owner: CustomerId,
    id: Option<i64>,
    now: Timestamp,
) -> Result<(), StoreError> {
    sql!(
        tx,
        exec,
        "update saved_orders set usual = (id = $1), version = version + 1, changed_ms = $2
         where owner = $3 and usual <> (id = $1)",
        id.unwrap_or_default(),
        now.0,
        owner.0
    )
    .map_err(StoreError::on("saved.set_usual"))?;
    Ok(())
}

/// Deletes one; `false` if somebody else changed or deleted it in the meantime.
pub async fn delete(tx: &mut Tx, id: i64, version: i64) -> Result<bool, StoreError> {
    let gone = sql!(
        tx,
        exec,
        "delete from saved_orders where id = $1 and version = $2",
        id,
        version
    )
    .map_err(StoreError::on("saved.delete"))?;
    Ok(gone == 1)
}

/// Deletes all that somebody keeps.
pub async fn delete_all(tx: &mut Tx, owner: CustomerId) -> Result<u64, StoreError> {
    sql!(
        tx,
        exec,
        "delete from saved_orders where owner = $1",
        owner.0
    )
    .map_err(StoreError::on("saved.delete_all"))
}

/// Opens name and body that another query read.
pub(super) fn open(
    tx: &Tx,
    id: i64,
    [name, body]: [&[u8]; 2],
) -> Result<(String, Body), StoreError> {
    let body = cell("body", &id).open(&tx.keys(), body)?;
    Ok((open_name(tx, id, name)?, body))
}

/// Opens a name that another query read.
pub(super) fn open_name(tx: &Tx, id: i64, sealed: &[u8]) -> Result<String, StoreError> {
    let name: Name = cell("name", &id).open(&tx.keys(), sealed)?;
    Ok(name.0)
}
