//! Moves an order along its table: one compare-and-set, its stock, its history, everybody told.

use crate::domain::orders::{Actor, Event, InvalidTransition, Move, Order, Step, StockMove};
use crate::store;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;

use super::{tell, wait_for_kitchen};

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
    write(cx, &step).await?;
    let mut now = step.order.clone();
    if asked.event == Event::HandOver {
        now = complete(cx, now).await?;
    }
    if now.ready_at.is_some() || !wait_for_kitchen::is_waiting(&now) {
        wait_for_kitchen::stop(cx, now.id);
    }
    tell::moved(cx, &now, &step).await?;
    Ok(Ok(now))
}

async fn write(cx: &mut Cx<'_>, step: &Step) -> Result<(), TurnError> {
    if !store::orders::update(cx.tx, &step.order, &step.event).await? {
        return Err(TurnError::Overtaken);
    }
    let id = step.order.id;
    let (tx, mut stamp) = cx.stamped();
    match step.stock {
        StockMove::Keep => {}
        StockMove::Release => {
            store::stock::release_order(tx, id, &mut stamp).await?;
        }
        StockMove::Fulfil => {
            store::stock::fulfil(tx, id, &mut stamp).await?;
        }
    }
    Ok(())
}

/// What was handed over is paid and done; nothing more follows.
async fn complete(cx: &mut Cx<'_>, order: Order) -> Result<Order, TurnError> {
    let asked = Move::new(Event::Complete, Actor::SYSTEM, cx.cause, cx.now);
    match order.after(&asked) {
        Ok(step) => {
            write(cx, &step).await?;
            Ok(step.order)
        }
        Err(_) => Ok(order),
    }
}
