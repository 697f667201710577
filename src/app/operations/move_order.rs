//! Moves an order along its table: one compare-and-set, its stock, its history, everybody told.

use crate::app::credit;
use crate::domain::orders::{
    Actor, CreditMove, Event, InvalidTransition, Move, Order, State, Step, StockMove,
};
use crate::domain::stock::Shortage;
use crate::store;
use crate::store::credit::Guard;
use crate::store::stock::Held;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;

use super::approval::wait as wait_for_approval;
use super::{alert, tell, wait_for_courier, wait_for_kitchen};

/// Why an order is not moved; nothing was written then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotMoved {
    /// The table does not allow it, or not any more.
    Refused(InvalidTransition),
    /// Less is left of these than it would hold.
    Short(Vec<Shortage>),
}

/// Makes a move and tells everybody; `Err` inside if it can't be made.
pub async fn move_order(
    cx: &mut Cx<'_>,
    order: &Order,
    asked: &Move,
) -> Result<Result<Order, NotMoved>, TurnError> {
    let step = match order.after(asked) {
        Ok(step) => step,
        Err(refused) => return Ok(Err(NotMoved::Refused(refused))),
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
    if let Some(short) = take(cx, order, &step).await? {
        return Ok(Err(NotMoved::Short(short)));
    }
    write(cx, order, (&steps, Guard::default())).await?;
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
    // Boxed: what tells of a move is the largest part of any turn, and turns lie within each other.
    Box::pin(tell::moved(cx, order, &now, &step)).await?;
    Ok(Ok(now))
}

/// Makes moves of one order, each following the one before; nobody is told. `false` if too little
/// is left for what it would hold: then nothing is written. `guard`: what its account must
/// have room for, as it was decided.
pub(super) async fn carry_out(
    cx: &mut Cx<'_>,
    order: &Order,
    steps: &[&Step],
    guard: Guard,
) -> Result<bool, TurnError> {
    if !has_room(cx, steps, guard).await? {
        return Ok(false);
    }
    for step in steps {
        if take(cx, order, step).await?.is_some() {
            return Ok(false);
        }
    }
    write(cx, order, (steps, guard)).await?;
    Ok(true)
}

/// Whether the account has room for what an amended order would hold more, before anything is
/// written: what is missing is an answer, not a turn to be undone. The booking repeats it.
async fn has_room(cx: &mut Cx<'_>, steps: &[&Step], guard: Guard) -> Result<bool, TurnError> {
    for step in steps {
        if let CreditMove::Amend(id, more) = &step.credit
            && *more > 0
        {
            let account = credit::of(cx, id).await?;
            let open = account.check_open(step.order.receipt.total.currency);
            if open.is_err() || (guard.room && account.check_room(*more).is_err()) {
                return Ok(false);
            }
            if let Some(budget) = &guard.budget {
                let spent = store::credit::spent(cx.tx, id, budget, step.order.id).await?;
                if spent.saturating_add(budget.total_minor) > budget.limit_minor {
                    return Ok(false);
                }
            }
        }
    }
    Ok(true)
}

/// Books what moves of an order do on its account. It is the last thing of all that is written:
/// accounts are locked after stock, everywhere.
async fn book(cx: &mut Cx<'_>, (steps, guard): (&[&Step], Guard)) -> Result<(), TurnError> {
    for step in steps {
        let due = match &step.credit {
            CreditMove::Keep => continue,
            CreditMove::Charge(id, _) => {
                let account = credit::of(cx, id).await?;
                Some(credit::due_moment(&cx.shop, &account, cx.now))
            }
            CreditMove::Revert(..) | CreditMove::Amend(..) => None,
        };
        let Some(mut booking) = credit::booking(&step.credit, &step.event, due) else {
            continue;
        };
        if booking.held > 0 {
            booking.guard = guard;
        }
        let (tx, mut stamp) = cx.stamped();
        if !store::credit::book(tx, &booking, &mut stamp).await? {
            return Err(TurnError::Overtaken);
        }
        cx.booked(&booking);
    }
    Ok(())
}

/// Makes what an amended order holds what its lines want, before anything is written: what is
/// short is an answer, not a turn to be undone.
async fn take(
    cx: &mut Cx<'_>,
    before: &Order,
    step: &Step,
) -> Result<Option<Vec<Shortage>>, TurnError> {
    if step.stock != StockMove::Amend {
        return Ok(None);
    }
    let demand = step.order.demand();
    let (tx, mut stamp) = cx.stamped();
    match store::stock::amend_order(tx, step.order.id, &demand, &mut stamp).await? {
        Held::Short(short) => Ok(Some(short)),
        Held::All => {
            alert::stock_changed(cx, before.demand().keys().chain(demand.keys()));
            Ok(None)
        }
    }
}

/// Writes moves of one order, each following the one before.
async fn write(
    cx: &mut Cx<'_>,
    before: &Order,
    (steps, guard): (&[&Step], Guard),
) -> Result<(), TurnError> {
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
            // Taken before.
            StockMove::Keep | StockMove::Amend => {}
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
    book(cx, (steps, guard)).await
}
