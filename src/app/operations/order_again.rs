//! Puts the goods and answers of an order into the cart, to order them anew.
//!
//! Prices, options and stock are those of now: what can't be had any more is left out and said.

use std::collections::BTreeMap;

use crate::chat::Text;
use crate::dialogue::{Answer, Place, StepKind};
use crate::domain::cart::{NewLine, Refusal};
use crate::domain::orders::{Order, OrderLine};
use crate::kernel::OrderId;
use crate::store;

use crate::app::basket::{self, Basket};
use crate::app::by_hand;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::lines;
use crate::app::show;

/// The turn of a customer whose order comes back into the cart; the key is its id.
pub const TURN: &str = "order-again";

/// Puts an order of whoever's turn it is back into the cart.
pub async fn due(cx: &mut Cx<'_>, id: OrderId) -> Result<(), TurnError> {
    let order = store::orders::find(cx.tx, id).await?;
    match order.filter(|order| order.customer == cx.customer()) {
        Some(order) => {
            // It is their own: what they were ordering for somebody else is over.
            by_hand::stop(cx).await?;
            into_cart(cx, &order).await
        }
        None => Ok(()),
    }
}

/// Adds an order's lines to the cart and takes its answers over; then the cart is shown.
async fn into_cart(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let basket = fill(cx, order).await?;
    show::cart_of(cx, &basket);
    Ok(())
}

/// Puts an order's lines into the cart of this conversation, and its answers into the flow.
pub async fn fill(cx: &mut Cx<'_>, order: &Order) -> Result<Basket, TurnError> {
    let shop = cx.shop.clone();
    if let Some(flow) = shop.flow(&order.flow) {
        let items = flow.steps.iter().find(|step| step.kind == StepKind::Items);
        cx.session.dialogue = Some(Place {
            flow: flow.id.clone(),
            step: items.map(|step| step.id.clone()).unwrap_or_default(),
            answers: answers(order),
            // Everything is answered: from the cart straight back to the review.
            returning: true,
            ..Place::default()
        });
    }
    let mut cart = basket::load_or_new(cx).await?.cart;
    order.flow.clone_into(&mut cart.flow);
    let sold_out = basket::sold_out(cx).await?;
    for line in &order.lines {
        let added = cart.add(again(line), &shop.catalogue, &sold_out);
        if let Err(refusal) = added {
            cx.notices.push(left_out(line, &refusal));
        }
    }
    basket::save(cx, cart).await
}

fn again(line: &OrderLine) -> NewLine {
    NewLine {
        item: line.item.clone(),
        variant: line.variant.clone(),
        selection: line.selection.clone(),
        quantity: line.quantity,
        note: line.note.clone(),
    }
}

fn left_out(line: &OrderLine, refusal: &Refusal) -> Text {
    let name = lines::name(&line.name, line.variant_name.as_ref());
    let id = match refusal {
        Refusal::Line(_) => "cart-options-gone",
        _ => "cart-item-gone",
    };
    Text::new(id).with("name", name)
}

/// What was answered; an answer of a step that asks otherwise now is asked again.
fn answers(order: &Order) -> BTreeMap<String, Answer> {
    let read = order.answers.iter();
    read.filter_map(|(step, raw)| {
        let answer: Answer = serde_json::from_value(raw.clone()).ok()?;
        Some((step.clone(), answer))
    })
    .collect()
}
