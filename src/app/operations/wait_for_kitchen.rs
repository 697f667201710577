//! Nobody presses: a reminder, then the owner, then an end with an apology. Never silence.

use crate::chat::{Arg, Text};
use crate::domain::orders::pushes::{Moment, StaffMoment};
use crate::domain::orders::{Actor, Event, Move, Order, State};
use crate::kernel::OrderId;
use crate::kernel::time::MINUTE;
use crate::store;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::order::NOBODY;

use super::{fold, move_order, tell};

/// The kitchen is reminded and the customer told.
pub const REMIND: &str = "kitchen-remind";
/// The owner is told.
pub const OWNER: &str = "kitchen-owner";
/// The order is called off.
pub const LIMIT: &str = "kitchen-limit";

/// True while nobody of the shop has looked at the order.
pub fn is_waiting(order: &Order) -> bool {
    match order.state {
        // What the rules leave to others is not the kitchen's to look at.
        State::AwaitingApproval => !order.is_ruled(),
        State::Confirmed => order.ready_at.is_none(),
        State::Placed
        | State::Preparing
        | State::Ready
        | State::PickedUp
        | State::Served
        | State::OutForDelivery
        | State::Delivered
        | State::Completed
        | State::Rejected
        | State::Cancelled
        | State::Expired
        | State::FailedDelivery => false,
    }
}

/// Sets the three timers of an order that is the kitchen's to look at since its last move.
pub fn start(cx: &mut Cx<'_>, order: &Order) {
    let kitchen = &cx.shop.settings.kitchen;
    let timers = [
        (REMIND, kitchen.remind_minutes),
        (OWNER, kitchen.escalate_minutes),
        (LIMIT, kitchen.limit_minutes),
    ];
    for (kind, minutes) in timers {
        let due = order.moved_at.plus(minutes * MINUTE);
        cx.set_timer(kind, order.id.0, due, order.customer);
    }
}

/// Takes them back: somebody has looked, or the order has ended.
pub fn stop(cx: &mut Cx<'_>, order: OrderId) {
    for kind in [REMIND, OWNER, LIMIT] {
        cx.cancel_timer(kind, order.0);
    }
}

/// Whether a timer is one of these.
pub fn is_timer(kind: &str) -> bool {
    [REMIND, OWNER, LIMIT].contains(&kind)
}

/// One of the timers is due.
pub async fn due(cx: &mut Cx<'_>, kind: &str, id: OrderId) -> Result<(), TurnError> {
    let Some(order) = store::orders::find(cx.tx, id).await? else {
        return Ok(());
    };
    if !is_waiting(&order) {
        return Ok(());
    }
    let minutes = cx.now.since(order.moved_at) / MINUTE;
    let text = |id| {
        Text::new(id)
            .with("number", Arg::Words(order.number.to_string()))
            .with("minutes", minutes)
    };
    match kind {
        REMIND => {
            match tell::folded_in(cx, id).await? {
                Some(group) => fold::ring(cx, group),
                None => {
                    tell::kitchen(cx, StaffMoment::Waiting, text("kitchen-waiting")).await?;
                }
            }
            let locale = cx.session.locale.clone();
            let parts = (&locale, &order);
            tell::customer(cx, parts, Moment::Waiting, text("push-waiting")).await
        }
        OWNER => tell::owners(cx, text("owner-nobody")).await,
        _ => {
            let event = match order.state {
                State::AwaitingApproval => Event::Expire,
                _ => Event::Cancel,
            };
            let asked = Move::new(event, Actor::SYSTEM, cx.cause, cx.now).because(NOBODY);
            if move_order::move_order(cx, &order, &asked).await?.is_ok() {
                tell::owners(cx, text("owner-expired")).await?;
            }
            Ok(())
        }
    }
}
