//! The goods and answers of an order, to order them anew or to change it.
//!
//! A customer's order goes the way of all that is ordered again, see [`refill`]. What staff change
//! is put into a cart as it is, by [`fill`]: what can't be had any more is left out and said.

use std::collections::BTreeMap;

use crate::chat::Text;
use crate::dialogue::{Answer, Place, StepKind};
use crate::domain::cart::refill::Wish;
use crate::domain::cart::{NewLine, Refusal};
use crate::domain::orders::{Order, OrderLine};
use crate::kernel::OrderId;
use crate::store;

use crate::app::basket::{self, Basket};
use crate::app::by_hand;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::lines;

use super::refill::{self, Origin, Refill};

/// The turn of a customer whose order comes back into the cart; the key is its id.
pub const TURN: &str = "order-again";

/// Puts an order of whoever's turn it is back into the cart, to be changed.
pub async fn due(cx: &mut Cx<'_>, id: OrderId) -> Result<(), TurnError> {
    let order = store::orders::find(cx.tx, id).await?;
    match order.filter(|order| order.customer == cx.customer()) {
        Some(order) => {
            // It is their own: what they were ordering for somebody else is over.
            by_hand::stop(cx).await?;
            let from = Origin::Change(order.id.0, order.number);
            refill::start(cx, wanted(&order, from)).await
        }
        None => Ok(()),
    }
}

/// Orders something again that this customer ordered before.
pub async fn again(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let from = Origin::Order(order.id.0, order.number);
    refill::start(cx, wanted(order, from)).await
}

/// What an order says of what is wanted: its lines with what they came to, its flow, its answers,
/// for whom it was.
fn wanted(order: &Order, from: Origin) -> Refill {
    let company = order.company.as_ref();
    Refill {
        flow: order.flow.clone(),
        answers: answers(order),
        company: Some(company.map_or_else(String::new, ToString::to_string)),
        ..Refill::new(from, wishes(order))
    }
}

/// The lines of an order as wishes.
pub fn wishes(order: &Order) -> Vec<Wish> {
    let paid = |line: &OrderLine| {
        let mut paid = order.receipt.lines.iter();
        paid.find(|paid| paid.line == line.id)
            .map(|paid| paid.amount)
    };
    let wish = |line: &OrderLine| Wish {
        line: new_line(line),
        name: line.name.clone(),
        variant_name: line.variant_name.clone(),
        unit: line.unit,
        before: paid(line),
        skipped: false,
    };
    order.lines.iter().map(wish).collect()
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
        let added = cart.add(new_line(line), &shop.catalogue, &sold_out);
        if let Err(refusal) = added {
            cx.notices.push(left_out(line, &refusal));
        }
    }
    basket::save(cx, cart).await
}

fn new_line(line: &OrderLine) -> NewLine {
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
pub fn answers(order: &Order) -> BTreeMap<String, Answer> {
    let read = order.answers.iter();
    read.filter_map(|(step, raw)| {
        let answer: Answer = serde_json::from_value(raw.clone()).ok()?;
        Some((step.clone(), answer))
    })
    .collect()
}
