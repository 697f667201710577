//! What a customer does with an order of theirs: show, cancel, ask to cancel.

use crate::chat::Text;
use crate::domain::orders::{Actor, Event, Move, Order, Role, shown};
use crate::kernel::OrderId;
use crate::store;

use crate::app::audit;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{OrderAct, SavedAct, Source};
use crate::app::screens::order::{Asking, CHANGED, status_text};
use crate::app::{by_hand, lookup, staff, taking};

use super::{approval, move_order, order_again, saved, tell};

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
        OrderAct::Change => change(cx, &order, version).await?,
        OrderAct::Agree => Box::pin(approval::propose::agree(cx, &order, version)).await?,
        OrderAct::Again => {
            by_hand::stop(cx).await?;
            Box::pin(order_again::again(cx, &order)).await?;
        }
        OrderAct::Save => {
            let keep = SavedAct::Keep(Source::Order(order.id));
            Box::pin(saved::press(cx, keep)).await?;
        }
        OrderAct::Lines => lookup::slip(cx, &order).await?,
        OrderAct::Decline => Box::pin(approval::propose::decline(cx, &order, version)).await?,
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
    take_back(cx, order, (event, None), version).await?;
    Ok(())
}

/// Takes the order back and its goods into the cart, from where it is ordered anew: nothing can
/// be changed behind the back of those who decide.
async fn change(cx: &mut Cx<'_>, order: &Order, version: i64) -> Result<(), TurnError> {
    if !order.is_ruled() {
        tell::customer_card(cx, order, version < order.version);
        return Ok(());
    }
    if taking::stop(cx, &order.flow).await?.is_some() {
        // What is taken back could not be placed again.
        cx.alert(Text::new("order-change-stopped"));
        tell::customer_card(cx, order, version < order.version);
        return Ok(());
    }
    if take_back(cx, order, (Event::Cancel, Some(CHANGED)), version).await? {
        // In a turn of its own: this one has enough to write.
        cx.set_timer(order_again::TURN, order.id.0, cx.now, order.customer);
    }
    Ok(())
}

/// Carries the move out; `false` if the order has moved on, which is then said.
async fn take_back(
    cx: &mut Cx<'_>,
    order: &Order,
    (event, why): (Event, Option<&str>),
    version: i64,
) -> Result<bool, TurnError> {
    let actor = Actor::person(Role::Customer, cx.customer());
    let mut asked = Move::new(event, actor, cx.cause, cx.now);
    asked.reason = why.map(str::to_owned);
    let moved = move_order::move_order(cx, order, &asked).await?;
    if let Ok(now) = &moved
        && order.is_ruled()
    {
        approval::show::of_order(cx, now).await?;
    }
    if moved.is_err() {
        let notice = if shown(order).may_ask_cancel {
            Text::new("order-too-late")
        } else {
            Text::new("order-moved").with("status", status_text(shown(order).status))
        };
        cx.alert(notice);
        // The button was of an older card, or the card is on its way: show what is true now.
        tell::customer_card(cx, order, version < order.version);
    }
    Ok(moved.is_ok())
}
