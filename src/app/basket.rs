//! The cart of a conversation: loaded with its price, kept orderable, written back.

use crate::chat::{Arg, Text};
use crate::dialogue::Place;
use crate::domain::cart::{Cart, Fee, PriceError, Receipt, line_price, missing, price};
use crate::domain::catalogue::SoldOut;
use crate::kernel::{CartId, Money};
use crate::shop::Shop;
use crate::store;
use crate::store::carts::Stored;

use super::buyer;
use super::charges::{self, Moment};
use super::cx::Cx;
use super::outcome::TurnError;
use super::recheck;
use super::screens::lines::line_name;
use super::seat;
use super::talk;

/// A cart and what it comes to.
#[derive(Debug, Clone)]
pub struct Basket {
    /// The cart.
    pub cart: Cart,
    /// What it comes to, with the fees of its flow.
    pub receipt: Receipt,
    /// The least that its flow takes orders for.
    pub minimum: Option<Money>,
    /// What the goods lack to it.
    pub missing: Option<Money>,
    /// What a little more would change: the minimum reached, or a fee gone.
    pub hint: Option<Text>,
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
/// out and said, and what else changed since its person saw it is said too.
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
        // Nobody's: staff were ordering for somebody whose data are being erased meanwhile.
        Some(Stored::Open(cart)) if !cart.customer.is_erased() => cart,
        Some(_) | None => {
            cx.session.cart = None;
            return Ok(None);
        }
    };
    let before = cart.lines.len();
    let (cart, gone) = without_gone(&cx.shop, cart);
    cx.notices.extend(gone);
    let basket = priced(cx, cart).await?;
    recheck::recheck(cx, &basket).await?;
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
        None => seat::usual_flow(cx)
            .map(|flow| flow.id.clone())
            .unwrap_or_default(),
    };
    let id = CartId(cx.id());
    let cart = Cart::new(id, cx.orderer(), &flow);
    priced(cx, cart).await
}

/// Writes a changed cart and gives it back with its price.
pub async fn save(cx: &mut Cx<'_>, mut cart: Cart) -> Result<Basket, TurnError> {
    if !store::carts::save(cx.tx, &mut cart, cx.now).await? {
        return Err(TurnError::Overtaken);
    }
    cx.session.cart = Some(cart.id);
    cx.keep_cart(cart.id, Stored::Open(cart.clone()));
    let basket = priced(cx, cart).await?;
    recheck::keep(cx, &basket);
    Ok(basket)
}

/// A cart with its price, by the terms of its flow at this moment of the conversation.
///
/// # Errors
/// Lines that can't be priced were taken out before; what is left is an overflow or a tax class
/// without a rate, which `check` refuses.
pub async fn priced(cx: &mut Cx<'_>, cart: Cart) -> Result<Basket, TurnError> {
    let shop = cx.shop.clone();
    let goods = receipt(&shop, &cart, &[])?;
    let terms = shop.flow(&cart.flow).zip(shop.terms.get(&cart.flow));
    let Some((flow, terms)) = terms.filter(|_| !cart.is_empty()) else {
        return Ok(Basket {
            cart,
            receipt: goods,
            minimum: None,
            missing: None,
            hint: None,
        });
    };
    let place = cx.session.dialogue.clone();
    let place = place.filter(|place| place.flow == flow.id);
    let place = place.unwrap_or_else(|| Place {
        flow: flow.id.clone(),
        ..Place::default()
    });
    let person = cx.glance().await?.known.clone();
    let here = (cx.session.locale.as_str(), cx.now);
    let mut facts = talk::facts(&shop, &place, Some((&cart, &goods)), &person, here);
    facts.order.table = seat::table_id(cx);
    buyer::tell_facts(buyer::company(cx).await?.as_ref(), &mut facts);
    let moment = Moment {
        flow,
        place: &place,
        facts: &facts,
    };
    let missing = missing(goods.subtotal, terms.minimum);
    let hint = match (missing, terms.minimum) {
        (Some(missing), Some(minimum)) => Some(minimum_text(minimum, missing)),
        _ => charges::falls_away(&terms.fees, moment).map(|(fee, at)| {
            let more = at.saturating_sub(goods.subtotal.minor);
            Text::new("fee-falls-away")
                .with("name", Arg::Shop(format!("fee-{fee}")))
                .with("more", Money::new(more, goods.subtotal.currency))
        }),
    };
    let fees = charges::charged(&terms.fees, moment);
    Ok(Basket {
        receipt: receipt(&shop, &cart, &fees)?,
        minimum: terms.minimum,
        cart,
        missing,
        hint,
    })
}

/// That goods are below the minimum, and by how much.
fn minimum_text(minimum: Money, missing: Money) -> Text {
    Text::new("minimum-missing")
        .with("minimum", minimum)
        .with("missing", missing)
}

fn receipt(shop: &Shop, cart: &Cart, fees: &[Fee]) -> Result<Receipt, TurnError> {
    let settings = &shop.settings;
    price(
        cart,
        &shop.catalogue,
        &settings.taxes,
        settings.rounding,
        fees,
    )
    .map_err(|error: PriceError| TurnError::Corrupt(format!("cart {}: {error}", cart.id)))
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
