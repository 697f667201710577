//! Ready, and nobody takes it along: a reminder, then the owner. Never silence.

use crate::chat::{Arg, Text, View};
use crate::domain::orders::{Fulfilment, Order, State};
use crate::kernel::OrderId;
use crate::kernel::time::MINUTE;
use crate::store;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;

use super::tell;

/// Those who bring orders are reminded.
pub const REMIND: &str = "courier-remind";
/// The owner is told.
pub const OWNER: &str = "courier-owner";

/// True while an order is packed and nobody is on the way with it.
pub fn is_waiting(order: &Order) -> bool {
    order.fulfilment == Fulfilment::Delivery && order.state == State::Ready
}

/// Sets the timers of an order that is ready since now.
pub fn start(cx: &mut Cx<'_>, order: &Order) {
    let times = &cx.shop.settings.delivery;
    for (kind, minutes) in [
        (REMIND, times.remind_minutes),
        (OWNER, times.escalate_minutes),
    ] {
        let due = cx.now.plus(minutes * MINUTE);
        cx.set_timer(kind, order.id.0, due, order.customer);
    }
}

/// Takes them back: somebody is on the way, or the order has ended.
pub fn stop(cx: &mut Cx<'_>, order: OrderId) {
    for kind in [REMIND, OWNER] {
        cx.cancel_timer(kind, order.0);
    }
}

/// Whether a timer is one of these.
pub fn is_timer(kind: &str) -> bool {
    [REMIND, OWNER].contains(&kind)
}

/// One of the timers is due.
pub async fn due(cx: &mut Cx<'_>, kind: &str, id: OrderId) -> Result<(), TurnError> {
    let order = store::orders::find(cx.tx, id).await?;
    let Some(order) = order.filter(is_waiting) else {
        return Ok(());
    };
    let times = &cx.shop.settings.delivery;
    let minutes = match kind {
        REMIND => times.remind_minutes,
        _ => times.escalate_minutes,
    };
    let text = |id| {
        Text::new(id)
            .with("number", Arg::Words(order.number.to_string()))
            .with("minutes", minutes)
    };
    if kind != REMIND {
        return tell::owners(cx, text("owner-no-courier")).await;
    }
    let mut spots = tell::courier_spots(cx).await?;
    if spots.is_empty() {
        spots = tell::kitchen_spots(cx).await?;
    }
    for spot in spots {
        tell::show(cx, &spot, View::say(text("courier-waiting")));
    }
    Ok(())
}
