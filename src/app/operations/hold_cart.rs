//! Sets stock aside for a cart at review, for a while; tells what is short.

use crate::domain::stock::Shortage;
use crate::kernel::time::{MINUTE, SECOND};
use crate::kernel::{CartId, Timestamp};
use crate::store;

use crate::app::basket::Basket;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;

/// The timer that warns once before a hold ends.
pub const WARNING: &str = "hold-warning";
/// The timer at which a hold ends.
pub const END: &str = "hold-end";

/// What came of holding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Held {
    /// Until when everything is set aside; none if something is short (then nothing is held).
    pub until: Option<Timestamp>,
    /// What is short, with what the shop offers instead.
    pub shortages: Vec<Shortage>,
}

/// Holds everything the cart wants, or says what is short; the cart's own earlier hold never
/// blocks it. Activity moves the end of the hold.
pub async fn hold_cart(cx: &mut Cx<'_>, basket: &Basket) -> Result<Held, TurnError> {
    let cart = &basket.cart;
    let demand = cart.demand(&cx.shop.catalogue);
    if demand.is_empty() {
        // What the cart held before it changed must not outlive it.
        release(cx, cart.id).await?;
        return Ok(Held::default());
    }
    let hold = cx.shop.settings.hold;
    let until = cx.now.plus(hold.minutes * MINUTE);
    let (tx, mut stamp) = cx.stamped();
    match store::stock::hold(tx, cart.id, &demand, until, &mut stamp).await? {
        store::stock::Held::All => {
            let warn = until.plus(-hold.warn_minutes * MINUTE);
            cx.set_timer(WARNING, cart.id.0, warn, cx.customer());
            // A second later than the hold itself, so that it has surely ended by then.
            cx.set_timer(END, cart.id.0, until.plus(SECOND), cx.customer());
            Ok(Held {
                until: Some(until),
                shortages: Vec::new(),
            })
        }
        store::stock::Held::Short(shortages) => Ok(Held {
            until: None,
            shortages: with_substitutes(cx, cart.id, shortages).await?,
        }),
    }
}

/// Substitutes that the shop names and that are there, in its order.
async fn with_substitutes(
    cx: &mut Cx<'_>,
    cart: CartId,
    shortages: Vec<Shortage>,
) -> Result<Vec<Shortage>, TurnError> {
    let named: Vec<_> = shortages
        .iter()
        .filter_map(|short| cx.shop.catalogue.item(&short.item))
        .flat_map(|item| item.substitutes.clone())
        .collect();
    let levels = store::stock::levels(cx.tx, cart, &named).await?.levels;
    let there = |id: &crate::kernel::ItemId| {
        cx.shop.catalogue.item(id).is_some_and(|item| {
            levels
                .get(id)
                .is_none_or(|level| level.available() >= item.unit.min())
        })
    };
    Ok(shortages
        .into_iter()
        .map(|mut short| {
            let item = cx.shop.catalogue.item(&short.item);
            short.substitutes = item
                .map(|item| {
                    item.substitutes
                        .iter()
                        .filter(|id| there(id))
                        .cloned()
                        .collect()
                })
                .unwrap_or_default();
            short
        })
        .collect())
}

/// Gives back what a cart holds, if it holds anything.
pub async fn release(cx: &mut Cx<'_>, cart: CartId) -> Result<(), TurnError> {
    let (tx, mut stamp) = cx.stamped();
    store::stock::release_cart(tx, cart, &mut stamp).await?;
    cancel_timers(cx, cart);
    Ok(())
}

/// Takes a hold's timers back.
pub fn cancel_timers(cx: &mut Cx<'_>, cart: CartId) {
    cx.cancel_timer(WARNING, cart.0);
    cx.cancel_timer(END, cart.0);
}
