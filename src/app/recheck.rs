//! What changed of a cart since its person last saw it: prices at once, stock after a while.
//!
//! It only says so. What is gone is taken out by `basket`; what is short at the review is the
//! review's to say, and what is placed is checked again by the writes that place it.

use std::collections::BTreeSet;

use crate::chat::Text;
use crate::dialogue::session::SeenCart;
use crate::kernel::time::MINUTE;
use crate::kernel::{Money, Quantity};
use crate::store;

use super::basket::Basket;
use super::cx::Cx;
use super::outcome::TurnError;
use super::route::Route;
use super::screens::lines::{line_name, measured};

/// So long what was seen counts as seen just now, in milliseconds: a session is not written anew
/// for every tap.
const SAME: i64 = MINUTE;

/// Says what changed of a cart that was just loaded, and keeps that it was seen.
///
/// # Errors
/// The store failed.
pub async fn recheck(cx: &mut Cx<'_>, basket: &Basket) -> Result<(), TurnError> {
    let seen = cx.session.seen.take();
    let seen = seen.filter(|seen| seen.cart == basket.cart.id);
    let Some(seen) = seen else {
        keep(cx, basket);
        return Ok(());
    };
    let mut changes = prices(cx, basket, &seen);
    let fresh = cx.shop.settings.cart_minutes * MINUTE;
    // The review sets the goods aside, or says itself what is short.
    let at_review = Route::from_path(&cx.session.screen) == Some(Route::Review);
    if cx.now.since(seen.at) >= fresh && !at_review {
        changes.extend(stock(cx, basket).await?);
    }
    if !changes.is_empty() {
        let changed = Text::new("cart-changed").with("time", seen.at);
        cx.notices.push(changed.with("changes", changes));
    }
    cx.session.seen = Some(seen);
    keep(cx, basket);
    Ok(())
}

/// Keeps what a cart comes to as its person sees it now.
pub fn keep(cx: &mut Cx<'_>, basket: &Basket) {
    let lines = basket.cart.lines.iter().filter_map(|line| {
        let priced = basket.receipt.lines.iter().find(|r| r.line == line.id)?;
        Some((line.id, line.quantity.0, priced.amount.minor))
    });
    let new = SeenCart {
        cart: basket.cart.id,
        at: cx.now,
        lines: lines.collect(),
    };
    let same = cx.session.seen.as_ref().is_some_and(|seen| {
        seen.cart == new.cart && seen.lines == new.lines && new.at.since(seen.at) < SAME
    });
    if !same {
        cx.session.seen = Some(new);
    }
}

/// The lines that cost something else now.
fn prices(cx: &Cx<'_>, basket: &Basket, seen: &SeenCart) -> Vec<Text> {
    let changed = basket.cart.lines.iter().filter_map(|line| {
        let now = basket.receipt.lines.iter().find(|r| r.line == line.id)?;
        let same =
            |(id, quantity, _): &&(_, i64, _)| *id == line.id && *quantity == line.quantity.0;
        let (_, _, was) = seen.lines.iter().find(same)?;
        (*was != now.amount.minor).then(|| {
            Text::new("cart-changed-price")
                .with("name", line_name(&cx.shop.catalogue, line))
                .with("was", Money::new(*was, now.amount.currency))
                .with("now", now.amount)
        })
    });
    changed.collect()
}

/// The items of which there is less than the cart wants, or that are off the menu.
async fn stock(cx: &mut Cx<'_>, basket: &Basket) -> Result<Vec<Text>, TurnError> {
    let shop = cx.shop.clone();
    let demand = basket.cart.demand(&shop.catalogue);
    let sold_out = super::basket::sold_out(cx).await?;
    let found = store::stock::levels(cx.tx, basket.cart.id, demand.keys()).await?;
    let mut texts = Vec::new();
    let items: BTreeSet<_> = basket.cart.lines.iter().map(|line| &line.item).collect();
    for item in items.into_iter().filter_map(|id| shop.catalogue.item(id)) {
        let wanted = basket.cart.quantity_of(&item.id);
        let name = |id| Text::new(id).with("name", &item.name);
        if sold_out.has_item(&item.id) {
            texts.push(name("cart-changed-out"));
            continue;
        }
        let Some(level) = found.levels.get(&item.id) else {
            continue;
        };
        let own = found.own.get(&item.id).copied().unwrap_or_default();
        let left = level.available().checked_add(own).unwrap_or_default();
        let left = left.max(Quantity(0));
        if left < wanted {
            let text = match left >= item.unit.min() {
                true => name("cart-changed-short")
                    .with("left", measured(Some(item), left))
                    .with("wanted", measured(Some(item), wanted)),
                false => name("cart-changed-out"),
            };
            texts.push(text);
        }
    }
    Ok(texts)
}
