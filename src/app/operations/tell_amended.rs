//! Tells everybody of an order that was changed: the turn after the one that changed it, which has
//! enough to write.

use crate::chat::{Arg, Text};
use crate::domain::orders::pushes::{Moment, StaffMoment};
use crate::domain::orders::{Event, State};
use crate::kernel::OrderId;
use crate::store;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::order::{self, Asking};

use super::{approval, credit_due, tell, wait_for_kitchen, work_order};

/// The turn of the order's customer; the key is its id.
pub const TURN: &str = "order-amended";

/// Everybody hears of an order that was changed; those who are asked about it now get its card.
pub async fn due(cx: &mut Cx<'_>, id: OrderId) -> Result<(), TurnError> {
    let Some(order) = store::orders::find(cx.tx, id).await? else {
        return Ok(());
    };
    credit_due::watch(cx, &order).await?;
    let events = store::orders::events(cx.tx, id).await?;
    let amended = events.iter().rev().find(|e| e.event == Some(Event::Amend));
    // What the same turn did next; whoever moved it since has said so.
    let followed = amended.and_then(|amended| {
        let mut events = events.iter();
        events.find(|e| e.cause == amended.cause && e.version == amended.version + 1)
    });
    let locale = tell::customer_locale(cx, &order).await?;
    tell::customer_card_in(cx, &locale, &order, (false, Asking::Nothing));
    for event in amended.into_iter().chain(followed) {
        // Who agreed to it need not hear that it was changed.
        if event.actor.user != Some(order.customer)
            && let Some(text) = order::push(&order, event)
            && let Some(moment) = event.event.and_then(|e| Moment::of(e, order.fulfilment))
        {
            tell::customer(cx, (&locale, &order), moment, text).await?;
        }
    }
    let confirmed = followed.is_some_and(|e| e.event == Some(Event::Confirm));
    if confirmed && order.state == State::Confirmed {
        tell::ruled_cards(cx, &order, None).await?;
        approval::wait::stop(cx, order.id);
        wait_for_kitchen::start(cx, &order);
        return approval::show::of_order(cx, &order).await;
    }
    let decided = work_order::decided(cx, id).await?;
    if order.is_ruled() && order.state == State::AwaitingApproval {
        wait_for_kitchen::stop(cx, order.id);
        approval::begin::begin(cx, &order);
        return tell::ruled_cards(cx, &order, decided).await;
    }
    tell::kitchen_cards(cx, &order, decided, false).await?;
    let text = Text::new("ring-amended");
    let text = text.with("number", Arg::Words(order.number.to_string()));
    tell::kitchen(cx, StaffMoment::Amend, text).await
}
