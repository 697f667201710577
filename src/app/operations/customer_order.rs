//! What a customer does with an order of theirs: show, cancel, ask to cancel.

use crate::chat::Text;
use crate::domain::orders::{Actor, Event, Move, Order, Role, shown};
use crate::kernel::OrderId;
use crate::store;

use crate::app::audit;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::OrderAct;
use crate::app::screens::order::{Asking, status_text};
use crate::app::staff;

use super::{move_order, tell};

/// Carries a tap out. Somebody else's order is never shown, whatever the button said.
pub async fn act(
    cx: &mut Cx<'_>,
    id: OrderId,
    act: &OrderAct,
    version: i64,
) -> Result<(), TurnError> {
    let found = store::orders::find(cx.tx, id).await?;
    let is_there = found.is_some();
    let Some(order) = found.filter(|order| order.customer == cx.customer()) else {
        cx.toast(Text::new("order-not-yours"));
        if is_there {
            let roles = staff::roles(cx, cx.customer()).await?;
            audit::refused(cx, &roles, audit::of_order(id), act.word()).await?;
        }
        return Ok(());
    };
    let locale = cx.session.locale.clone();
    match act {
        OrderAct::Show => tell::customer_card(cx, &order, true),
        OrderAct::CancelAsk if shown(&order).may_cancel => {
            tell::customer_card_in(cx, &locale, &order, (false, Asking::Cancel));
        }
        OrderAct::Cancel => cancel(cx, &order, Event::Cancel, version).await?,
        OrderAct::CancelRequest => cancel(cx, &order, Event::RequestCancel, version).await?,
        _ => tell::customer_card(cx, &order, false),
    }
    Ok(())
}

async fn cancel(
    cx: &mut Cx<'_>,
    order: &Order,
    event: Event,
    version: i64,
) -> Result<(), TurnError> {
    let actor = Actor::person(Role::Customer, cx.customer());
    let asked = Move::new(event, actor, cx.cause, cx.now);
    if move_order::move_order(cx, order, &asked).await?.is_err() {
        let notice = if shown(order).may_ask_cancel {
            Text::new("order-too-late")
        } else {
            Text::new("order-moved").with("status", status_text(shown(order).status))
        };
        cx.alert(notice);
        // The button was of an older card, or the card is on its way: show what is true now.
        tell::customer_card(cx, order, version < order.version);
    }
    Ok(())
}
