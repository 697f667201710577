//! Mends a cart that wants more than there is: substitute, take what is left, drop.

use crate::app::basket;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::Route;
use crate::app::screens::lines;
use crate::chat::Text;
use crate::domain::cart::{Cart, NewLine, Refusal};
use crate::domain::catalogue::{Catalogue, SoldOut};
use crate::kernel::{ItemId, LineId, Quantity};
use crate::store;

/// Carries out one of the offers made for a short item.
pub async fn mend(cx: &mut Cx<'_>, offer: &Route) -> Result<(), TurnError> {
    let Some(basket) = basket::load(cx).await? else {
        return Ok(());
    };
    let mut cart = basket.cart;
    let shop = cx.shop.clone();
    let sold_out = basket::sold_out(cx).await?;
    let result = match offer {
        Route::Drop(item) => drop_item(&mut cart, &item.as_str().into()),
        Route::TakeLeft(item) => {
            let item = ItemId::from(item.as_str());
            let left = left(cx, &cart, &item).await?;
            take_left(&mut cart, &item, left, (&shop.catalogue, &sold_out))
        }
        Route::Replace(short, with) => replace(
            &mut cart,
            &short.as_str().into(),
            &with.as_str().into(),
            (&shop.catalogue, &sold_out),
        ),
        _ => return Ok(()),
    };
    match result {
        Ok(()) => {
            basket::save(cx, cart).await?;
        }
        Err(refusal) => cx.notices.push(refused(&refusal)),
    }
    Ok(())
}

async fn left(cx: &mut Cx<'_>, cart: &Cart, item: &ItemId) -> Result<Quantity, TurnError> {
    let found = store::stock::levels(cx.tx, cart.id, [item]).await?;
    let level = found.levels.get(item).copied().unwrap_or_default();
    // What the order that is changed has set aside is there for it too.
    let change = cx.session.by_hand.as_ref().and_then(|b| b.change.clone());
    let held = match change {
        Some(change) => store::orders::find(cx.tx, change.order).await?,
        None => None,
    };
    let held = held.map(|order| order.demand()).unwrap_or_default();
    let own = found.own.get(item).or(held.get(item));
    let own = own.copied().unwrap_or_default();
    Ok(level.available().checked_add(own).unwrap_or_default())
}

fn lines_of(cart: &Cart, item: &ItemId) -> Vec<LineId> {
    let lines = cart.lines.iter().filter(|line| line.item == *item);
    lines.map(|line| line.id).collect()
}

fn drop_item(cart: &mut Cart, item: &ItemId) -> Result<(), Refusal> {
    for id in lines_of(cart, item) {
        cart.remove(id)?;
    }
    Ok(())
}

/// Fills the lines of an item in their order until what is left is used up; the rest go.
fn take_left(
    cart: &mut Cart,
    item: &ItemId,
    mut left: Quantity,
    (catalogue, sold_out): (&Catalogue, &SoldOut),
) -> Result<(), Refusal> {
    let step = catalogue.item(item).map_or(1, |item| item.unit.step().0);
    let least = catalogue.item(item).map_or(1, |item| item.unit.min().0);
    for id in lines_of(cart, item) {
        let wanted = cart.line(id).map_or(0, |line| line.quantity.0);
        let mut take = wanted.min(left.0) / step.max(1) * step;
        if take < least {
            take = 0;
        }
        left = Quantity(left.0 - take);
        cart.set_quantity(id, Quantity(take), catalogue, sold_out)?;
    }
    Ok(())
}

/// Each line of the short item becomes as many of the substitute, with its default options.
fn replace(
    cart: &mut Cart,
    short: &ItemId,
    with: &ItemId,
    (catalogue, sold_out): (&Catalogue, &SoldOut),
) -> Result<(), Refusal> {
    let is_offered = catalogue
        .item(short)
        .is_some_and(|item| item.substitutes.contains(with));
    let Some(substitute) = catalogue.item(with).filter(|_| is_offered) else {
        return Err(Refusal::UnknownLine);
    };
    let quantity = cart.quantity_of(short);
    drop_item(cart, short)?;
    if quantity.0 > 0 {
        let mut new = NewLine::of(substitute, catalogue);
        if substitute.unit.allows(quantity) {
            new.quantity = quantity;
        }
        cart.add(new, catalogue, sold_out)?;
    }
    Ok(())
}

/// Why a change of the cart is refused, in words.
pub fn refused(refusal: &Refusal) -> Text {
    match refusal {
        Refusal::TooManyLines { max } => Text::new("cart-full").with("max", *max),
        Refusal::NoteTooLong { max } => Text::new("note-too-long").with("max", *max),
        Refusal::UnknownLine => Text::new("item-gone"),
        Refusal::Line(problems) => problems
            .first()
            .map_or_else(|| Text::new("item-gone"), |problem| fault(&problem.fault)),
    }
}

fn fault(fault: &crate::domain::cart::LineFault) -> Text {
    use crate::domain::cart::LineFault as F;
    match fault {
        F::UnknownItem => Text::new("item-gone"),
        F::SoldOut => Text::new("item-sold-out"),
        F::Quantity { min, unit, .. } => lines::too_little(*unit, *min),
        F::TooMuch { max, unit } | F::OverOrderLimit { max, unit } => lines::too_much(*unit, *max),
        F::NoteTooLong { max } => Text::new("note-too-long").with("max", *max),
        F::Variant | F::Selection(_) => Text::new("item-choice-unknown"),
    }
}
