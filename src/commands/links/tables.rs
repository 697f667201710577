//! The links of tables: the same whenever they are printed, until one is made anew.

use super::{chance, noted};
use crate::app::audit::Did;
use crate::commands::Trouble;
use crate::commands::service::unread;
use crate::kernel::{TableId, Timestamp};
use crate::shop::Shop;
use crate::store::audit::{self, Entry};
use crate::store::tables::{self, Code};
use crate::store::{Db, StoreError};

/// The tables of the shop that are named.
///
/// # Errors
/// One that the shop does not have.
pub(super) fn named(shop: &Shop, ids: &[String]) -> Result<Vec<TableId>, Trouble> {
    let known: Vec<TableId> = shop.settings.tables.iter().map(|t| t.id.clone()).collect();
    if let Some(unknown) = ids
        .iter()
        .find(|id| !known.contains(&TableId((*id).clone())))
    {
        let all: Vec<&str> = known.iter().map(TableId::as_str).collect();
        let cure = match all.as_slice() {
            [] => "shop.toml names none: see [tables] in docs/dialogues.md".to_owned(),
            all => format!("shop.toml names {}", all.join(", ")),
        };
        return Err(Trouble::new(format!("there is no table {unknown}"), cure));
    }
    Ok(ids.iter().map(|id| TableId(id.clone())).collect())
}

/// The codes of all tables, or of those named.
///
/// # Errors
/// The database did not answer.
pub async fn codes(
    db: &Db,
    shop: &Shop,
    only: Option<&[TableId]>,
    now: Timestamp,
) -> Result<Vec<Code>, Trouble> {
    let all: Vec<TableId> = shop.settings.tables.iter().map(|t| t.id.clone()).collect();
    let wanted = only.unwrap_or(&all);
    seen(db, shop, wanted, now).await.map_err(|e| unread(&e))
}

async fn seen(
    db: &Db,
    shop: &Shop,
    wanted: &[TableId],
    now: Timestamp,
) -> Result<Vec<Code>, StoreError> {
    let mut tx = db.begin().await?;
    let codes = tables::see(&mut tx, &shop.settings.id, wanted, now).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Makes new codes for tables; those before stop working at once.
///
/// # Errors
/// The database did not answer.
pub(super) async fn renew(
    db: &Db,
    shop: &Shop,
    wanted: &[TableId],
    now: Timestamp,
) -> Result<(), Trouble> {
    for code in codes(db, shop, Some(wanted), now).await? {
        let id = &shop.settings.id;
        let subject = format!("table/{}", code.table);
        let done = noted((Did::RenewedTable, &subject), "", chance()?);
        renew_one(db, (id, &code), done, now)
            .await
            .map_err(|e| unread(&e))?;
    }
    Ok(())
}

async fn renew_one(
    db: &Db,
    (shop, code): (&str, &Code),
    done: Entry,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    // Made anew by somebody else in this moment is as good.
    tables::renew(&mut tx, shop, (&code.table, code.generation), now).await?;
    audit::append(&mut tx, &[done], None).await?;
    tx.commit().await
}
