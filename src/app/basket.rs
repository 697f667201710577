//! The cart of a conversation: loaded with its price, kept orderable, written back.

use crate::chat::Text;
use crate::domain::cart::{Cart, PriceError, Receipt, line_price, price};
use crate::domain::catalogue::SoldOut;
use crate::kernel::{CartId, Money};
use crate::shop::Shop;
use crate::store;
use crate::store::carts::Stored;

use super::cx::Cx;
use super::outcome::TurnError;
use super::screens::lines::line_name;

/// A cart and what it comes to.
#[derive(Debug, Clone)]
pub struct Basket {
    /// The cart.
    pub cart: Cart,
    /// What it comes to.
    pub receipt: Receipt,
}

impl Basket {
    /// Lines and total, for the menu; none while it is empty.
    pub fn brief(&self) -> Option<(i64, Money)> {
        (!self.cart.is_empty()).then_some((self.cart.lines.len() as i64, self.receipt.total))
    }
}

/// What is off the menu for now: what staff took off it.
pub async fn sold_out(cx: &mut Cx<'_>) -> Result<SoldOut, TurnError> {
    Ok(cx.glance().await?.sold_out.clone())
}

/// The conversation's open cart, if it has one; lines that can't be ordered any more are taken
/// out and said.
pub async fn load(cx: &mut Cx<'_>) -> Result<Option<Basket>, TurnError> {
    let Some(id) = cx.session.cart else {
        return Ok(None);
    };
    let seen = cx.glance().await?.cart.clone();
    let stored = match seen.filter(|(seen, _)| *seen == id) {
        Some((_, cart)) => Some(cart),
        None => store::carts::find(cx.tx, id).await?,
    };
    let cart = match stored {
        Some(Stored::Open(cart)) => cart,
        Some(Stored::Placed(_)) | None => {
            cx.session.cart = None;
            return Ok(None);
        }
    };
    let before = cart.lines.len();
    let (cart, gone) = without_gone(&cx.shop, cart);
    cx.notices.extend(gone);
    let basket = priced(&cx.shop, cart)?;
    if basket.cart.lines.len() < before {
        return save(cx, basket.cart).await.map(Some);
    }
    Ok(Some(basket))
}

/// The open cart, or a new empty one that is not yet stored.
pub async fn load_or_new(cx: &mut Cx<'_>) -> Result<Basket, TurnError> {
    if let Some(basket) = load(cx).await? {
        return Ok(basket);
    }
    let flow = match &cx.session.dialogue {
        Some(place) => place.flow.clone(),
        None => cx
            .shop
            .flows
            .first()
            .map(|f| f.id.clone())
            .unwrap_or_default(),
    };
    let id = CartId(cx.id());
    priced(&cx.shop, Cart::new(id, cx.customer(), &flow))
}

/// Writes a changed cart and gives it back with its price.
pub async fn save(cx: &mut Cx<'_>, mut cart: Cart) -> Result<Basket, TurnError> {
    if !store::carts::save(cx.tx, &mut cart, cx.now).await? {
        return Err(TurnError::Overtaken);
    }
    cx.session.cart = Some(cart.id);
    cx.keep_cart(cart.id, Stored::Open(cart.clone()));
    priced(&cx.shop, cart)
}

/// A cart with its price.
///
/// # Errors
/// Lines that can't be priced were taken out before; what is left is an overflow or a tax class
/// without a rate, which `check` refuses.
pub fn priced(shop: &Shop, cart: Cart) -> Result<Basket, TurnError> {
    let receipt = price(
        &cart,
        &shop.catalogue,
        &shop.settings.taxes,
        shop.settings.rounding,
    )
    .map_err(|error: PriceError| TurnError::Corrupt(format!("cart {}: {error}", cart.id)))?;
    Ok(Basket { cart, receipt })
}

fn without_gone(shop: &Shop, mut cart: Cart) -> (Cart, Vec<Text>) {
    let mut notices = Vec::new();
    cart.lines.retain(|line| {
        match line_price(line, &shop.catalogue, shop.settings.rounding.mode) {
            Ok(_) => true,
            Err(PriceError::UnknownItem(_)) => {
                let name = line_name(&shop.catalogue, line);
                notices.push(Text::new("cart-item-gone").with("name", name));
                false
            }
            Err(
                PriceError::Variant(_)
                | PriceError::Choice(_)
                | PriceError::NoRate(_)
                | PriceError::Overflow,
            ) => {
                let name = line_name(&shop.catalogue, line);
                notices.push(Text::new("cart-options-gone").with("name", name));
                false
            }
        }
    });
    (cart, notices)
}
