//! Nobody decides: a reminder, then those of the escalation, then an end with an apology. Silence
//! approves only where the shop says so.

use crate::chat::{Arg, Text, View};
use crate::domain::approvals::Request;
use crate::domain::orders::{Actor, Event, Move, Order};
use crate::kernel::OrderId;
use crate::kernel::time::MINUTE;

use crate::app::cx::Cx;
use crate::app::operations::{move_order, tell};
use crate::app::outcome::TurnError;
use crate::app::screens::order::UNDECIDED;

use super::{Matter, begin, load, show, write};

/// Those who are asked are reminded.
pub const REMIND: &str = "approval-remind";
/// Those of the escalation are asked too.
pub const ESCALATE: &str = "approval-escalate";
/// It is over.
pub const LIMIT: &str = "approval-limit";
/// Whoever was asked may not be there any more.
pub const LOOK: &str = "approval-look";

/// Whether a timer is one of these.
pub fn is_timer(kind: &str) -> bool {
    [REMIND, ESCALATE, LIMIT, LOOK].contains(&kind)
}

/// Sets the timers of the tier that is asked now.
pub fn start(cx: &mut Cx<'_>, order: &Order, request: &Request) {
    let approvals = &cx.shop.approvals;
    let tier = request.tier_at;
    let timers = [
        (REMIND, tier.plus(approvals.remind_minutes * MINUTE)),
        (ESCALATE, tier.plus(approvals.escalate_minutes * MINUTE)),
        (LIMIT, request.due),
    ];
    for (kind, due) in timers {
        if kind == LIMIT || due < request.due {
            cx.set_timer(kind, order.id.0, due, order.customer);
        } else {
            cx.cancel_timer(kind, order.id.0);
        }
    }
}

/// Takes them back: it is decided.
pub fn stop(cx: &mut Cx<'_>, order: OrderId) {
    for kind in [REMIND, ESCALATE, LIMIT] {
        cx.cancel_timer(kind, order.0);
    }
}

/// One of the timers is due.
pub async fn due(cx: &mut Cx<'_>, kind: &str, id: OrderId) -> Result<(), TurnError> {
    let Some(matter) = load(cx, id).await? else {
        return Ok(());
    };
    if !matter.request.is_open() {
        return Ok(());
    }
    match kind {
        REMIND => remind(cx, &matter).await,
        ESCALATE => escalate(cx, matter, false).await,
        LOOK if matter.request.can_be_satisfied(&matter.case()) => show::cards(cx, &matter).await,
        LOOK => escalate(cx, matter, true).await,
        _ => expire(cx, matter).await,
    }
}

/// Everybody who is asked and has not voted hears of it in person.
async fn remind(cx: &mut Cx<'_>, matter: &Matter) -> Result<(), TurnError> {
    let escalate_to = cx.shop.approvals.escalate_to.clone();
    let text = Text::new("approval-remind")
        .with("number", Arg::Words(matter.order.number.to_string()))
        .with("minutes", cx.now.since(matter.request.asked_at) / MINUTE)
        .with("time", matter.request.due);
    for decider in matter.request.pending(&matter.case(), &escalate_to) {
        let Some(spot) = show::private(matter, decider.who) else {
            continue; // the group's card is all that reaches them
        };
        tell::show(cx, spot, View::say(text.clone()));
        show::anew(cx, matter, spot).await?;
    }
    Ok(())
}

/// Those of the escalation are asked too, and the owner is told; at once if nobody else can.
async fn escalate(cx: &mut Cx<'_>, mut matter: Matter, at_once: bool) -> Result<(), TurnError> {
    if !matter.request.escalate() {
        return Ok(());
    }
    write(cx, &mut matter).await?;
    show::cards(cx, &matter).await?;
    if at_once {
        return begin::told(cx, &matter.order).await;
    }
    let text = Text::new("owner-undecided")
        .with("number", Arg::Words(matter.order.number.to_string()))
        .with("minutes", cx.now.since(matter.request.asked_at) / MINUTE);
    tell::owners(cx, text).await
}

/// The time is up.
async fn expire(cx: &mut Cx<'_>, mut matter: Matter) -> Result<(), TurnError> {
    let approves = cx.shop.approvals.silence_approves;
    let new = |event| Move::new(event, Actor::SYSTEM, cx.cause, cx.now);
    let asked = if approves {
        Move {
            rule: Some("silence=approve".to_owned()),
            ..new(Event::Confirm)
        }
    } else {
        new(Event::Expire).because(UNDECIDED)
    };
    let Ok(order) = move_order::move_order(cx, &matter.order, &asked).await? else {
        return Err(TurnError::Overtaken);
    };
    matter.request = order.request.clone().unwrap_or(matter.request);
    matter.order = order;
    show::cards(cx, &matter).await?;
    let id = if approves {
        "owner-silence-approved"
    } else {
        "owner-undecided-end"
    };
    let number = Arg::Words(matter.order.number.to_string());
    tell::owners(cx, Text::new(id).with("number", number)).await
}
