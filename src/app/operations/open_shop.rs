//! The shop's files and the store brought together: opening stock once, gone items archived, a
//! code for every table, a morning on which each debtor is looked at.

use crate::app::outcome::TurnError;
use crate::kernel::Quantity;
use crate::shop::Shop;
use crate::store;
use crate::store::Tx;
use crate::store::stock::Stamp;

use super::{credit_due, schedule};

/// Notes which items and tables the shop has: at start and after every reading of its folder.
///
/// # Errors
/// The store failed.
pub async fn open_shop(tx: &mut Tx, shop: &Shop, stamp: &mut Stamp<'_>) -> Result<(), TurnError> {
    let items: Vec<(_, Option<Quantity>)> = shop
        .catalogue
        .items()
        .iter()
        .map(|item| (item.id.clone(), item.opening_stock))
        .collect();
    store::items::see(tx, &items, stamp).await?;
    let tables: Vec<_> = shop.settings.tables.iter().map(|t| t.id.clone()).collect();
    store::tables::see(tx, &shop.settings.id, &tables, stamp.now).await?;
    schedule::set_missing(tx, stamp.now).await?;
    credit_due::set_missing(tx, shop, stamp.now).await
}
