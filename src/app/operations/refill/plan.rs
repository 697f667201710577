//! Works out what would become of the cart, from what is there now. Writes nothing.

use crate::domain::cart::refill::{Refilled, Shelf, Wish, refill as fill};
use crate::domain::catalogue::SoldOut;
use crate::kernel::{CartId, ItemId};
use crate::shop::Shop;
use crate::store;
use crate::store::stock::Levels;

use crate::app::basket::{self, Basket};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::refill as screen;

use super::{Refill, Way};

/// What is wanted, and what would become of it.
pub(super) struct Plan {
    /// What is wanted.
    pub refill: Refill,
    /// The cart as it is.
    pub basket: Basket,
    /// The cart as it would be.
    pub refilled: Refilled,
}

impl Plan {
    /// Whether it is to be asked what becomes of the cart.
    pub fn must_ask(&self) -> bool {
        !self.basket.cart.is_empty() && self.refill.way.is_none()
    }

    /// As the screens show it.
    pub fn shown<'a>(&'a self, shop: &'a Shop) -> screen::Difference<'a> {
        screen::Difference {
            from: &self.refill.from,
            shop,
            wishes: &self.refill.wishes,
            fates: &self.refilled.fates,
        }
    }
}

/// What a wish may be held against.
pub fn shelf<'a>(shop: &'a Shop, sold_out: &'a SoldOut, levels: &'a Levels) -> Shelf<'a> {
    Shelf {
        catalogue: &shop.catalogue,
        sold_out,
        levels: &levels.levels,
        own: &levels.own,
        taxes: &shop.settings.taxes,
        rounding: shop.settings.rounding,
    }
}

/// What there is of what is counted among the wishes, with what a cart holds of it.
pub async fn levels(cx: &mut Cx<'_>, cart: CartId, wishes: &[Wish]) -> Result<Levels, TurnError> {
    let wanted = wishes.iter().map(|wish| wish.line.item.clone());
    let catalogue = &cx.shop.catalogue;
    let counted: Vec<ItemId> = wanted.filter(|id| catalogue.is_tracked(id)).collect();
    match counted.is_empty() {
        true => Ok(Levels::default()),
        false => Ok(store::stock::levels(cx.tx, cart, &counted).await?),
    }
}

/// Works it out.
pub(super) async fn plan(cx: &mut Cx<'_>, mut refill: Refill) -> Result<Plan, TurnError> {
    let basket = basket::load_or_new(cx).await?;
    // Who chose to replace a cart has seen it: another one is asked about anew.
    if matches!(refill.way, Some(Way::Replace(seen)) if seen != basket.cart.version) {
        refill.way = None;
    }
    let shop = cx.shop.clone();
    let levels = levels(cx, basket.cart.id, &refill.wishes).await?;
    let sold_out = basket::sold_out(cx).await?;
    let mut cart = basket.cart.clone();
    if matches!(refill.way, Some(Way::Replace(_))) {
        cart.lines.clear();
    }
    let refilled = fill(cart, &refill.wishes, shelf(&shop, &sold_out, &levels));
    Ok(Plan {
        refill,
        basket,
        refilled,
    })
}
