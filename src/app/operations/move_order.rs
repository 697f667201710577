//! Moves an order along its table: one compare-and-set, its stock, its history, everybody told.

use crate::domain::orders::{Actor, Event, InvalidTransition, Move, Order, State, Step, StockMove};
use crate::store;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;

use super::approval::wait as wait_for_approval;
use super::{alert, tell, wait_for_courier, wait_for_kitchen};

/// Makes a move and tells everybody; `Err` inside if the table does not allow it (anymore).
pub async fn move_order(
    cx: &mut Cx<'_>,
    order: &Order,
    asked: &Move,
) -> Result<Result<Order, InvalidTransition>, TurnError> {
    let step = match order.after(asked) {
        Ok(step) => step,
        Err(refused) => return Ok(Err(refused)),
    };
    let completed = match asked.event {
        // What the customer has is paid and done; nothing more follows.
        Event::HandOver | Event::Serve | Event::Deliver => {
            let asked = Move::new(Event::Complete, Actor::SYSTEM, cx.cause, cx.now);
            step.order.after(&asked).ok()
        }
        _ => None,
    };
    let steps: Vec<&Step> = std::iter::once(&step).chain(&completed).collect();
    write(cx, order, &steps).await?;
    let now = completed.as_ref().unwrap_or(&step).order.clone();
    if order.is_ruled() && now.state == State::Confirmed {
        wait_for_approval::stop(cx, now.id);
    }
    let waits = |order: &Order| order.ready_at.is_none() && wait_for_kitchen::is_waiting(order);
    match (waits(order), waits(&now)) {
        // Giving goods back is a full turn: timers of an order that has ended find nothing to do.
        (true, false) if !now.state.is_terminal() => wait_for_kitchen::stop(cx, now.id),
        // People have approved it.
        (false, true) => wait_for_kitchen::start(cx, &now),
        _ => {}
    }
    let packed = |order: &Order| wait_for_courier::is_waiting(order);
    match (packed(order), packed(&now)) {
        (false, true) => wait_for_courier::start(cx, &now),
        (true, false) => wait_for_courier::stop(cx, now.id),
        _ => {}
    }
    tell::moved(cx, order, &now, &step).await?;
    Ok(Ok(now))
}

/// Writes moves of one order, each following the one before.
async fn write(cx: &mut Cx<'_>, before: &Order, steps: &[&Step]) -> Result<(), TurnError> {
    let Some(last) = steps.last() else {
        return Ok(());
    };
    let events: Vec<_> = steps.iter().map(|step| step.event.clone()).collect();
    let request_was = before.request.as_ref().map(|request| request.version);
    if !store::orders::update(cx.tx, &last.order, &events, request_was).await? {
        return Err(TurnError::Overtaken);
    }
    for step in steps {
        let (tx, mut stamp) = cx.stamped();
        match step.stock {
            StockMove::Keep => {}
            StockMove::Release => {
                store::stock::release_order(tx, step.order.id, &mut stamp).await?;
                let demand = step.order.demand();
                alert::stock_changed(cx, demand.keys());
            }
            StockMove::Fulfil => {
                store::stock::fulfil(tx, step.order.id, &mut stamp).await?;
            }
        }
    }
    Ok(())
}
