//! A press on the kitchen's card. Authorised by person and order at the press; the first wins.

use crate::chat::{Arg, Text};
use crate::domain::orders::{
    Actor, Event, Fulfilment, Move, Order, Role as OrderRole, State, shown,
};
use crate::kernel::OrderId;
use crate::kernel::time::MINUTE;
use crate::store;

use crate::app::access::{Act, Role, acting, may};
use crate::app::audit::{self, Deed, Did};
use crate::app::cx::Cx;
use crate::app::lookup;
use crate::app::outcome::TurnError;
use crate::app::route::OrderAct;
use crate::app::screens::kitchen::{Asking, Decided, action_text};
use crate::app::screens::order::status_text;
use crate::app::staff;

use super::tell::Spot;
use super::{approval, change_order, fold, move_order, tell};

/// The most minutes that a forged button could promise.
const MAX_MINUTES: i64 = 24 * 60;

/// Carries a press out, or tells why not. `version` is the one that the button was made for.
pub async fn act(
    cx: &mut Cx<'_>,
    id: OrderId,
    act: &OrderAct,
    version: i64,
) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !is_allowed(&roles, act) {
        return refuse(cx, id, act, &roles).await;
    }
    let Some(order) = store::orders::find(cx.tx, id).await? else {
        cx.toast(Text::new("press-unknown"));
        return Ok(());
    };
    // Who only brings orders sees those that are to be brought.
    if !may(&roles, Act::LookUp) && order.fulfilment != Fulfilment::Delivery {
        return refuse(cx, id, act, &roles).await;
    }
    // What the rules leave to others is called off only by who acts for customers.
    let calls_off = matches!(act, OrderAct::RejectAsk | OrderAct::Reject(_));
    if order.is_ruled() && calls_off && !may(&roles, Act::PlaceForOthers) {
        return refuse(cx, id, act, &roles).await;
    }
    let spot = Spot {
        chat: cx.chat,
        topic: cx.topic,
        locale: cx.session.locale.clone(),
    };
    let asking = match act {
        OrderAct::Amend => return Box::pin(change(cx, &order)).await,
        OrderAct::Work => return show(cx, &order, &spot).await,
        OrderAct::Print => return lookup::slip(cx, &order).await,
        OrderAct::Card => Some(Asking::Nothing),
        OrderAct::RejectAsk => Some(Asking::RejectReason),
        OrderAct::RefuseAsk => Some(Asking::RefuseReason),
        OrderAct::FailAsk => Some(Asking::FailReason),
        _ => None,
    };
    if version != order.version {
        return too_late(cx, &order, &spot).await;
    }
    if let Some(asking) = asking {
        staff::hear_of(cx).await?;
        let parts = (decided(cx, id).await?, asking, false);
        return tell::kitchen_card(cx, &order, &spot, parts).await;
    }
    let Some(asked) = asked(cx, act, &order, &roles) else {
        cx.toast(Text::new("press-unknown"));
        return Ok(());
    };
    match move_order::move_order(cx, &order, &asked).await? {
        Ok(now) => {
            if order.is_ruled() {
                approval::show::of_order(cx, &now).await?;
            }
            let role = acting(&roles, right(act));
            let deed = Deed::new(Did::Moved(asked.event), role, audit::of_order(id));
            let why = asked.reason.clone().unwrap_or_default();
            cx.audit(
                deed.from(order.state.code())
                    .to(now.state.code())
                    .because(why),
            );
            // Who is only ever seen in the group has a name on the card all the same. A turn that
            // gives goods back or hands them over is full: until the next press the record of
            // what was done knows it.
            if !now.state.is_terminal() {
                staff::hear_of(cx).await?;
            }
            cx.toast(Text::new("staff-done").with("action", Text::new(action_text(asked.event))));
            Ok(())
        }
        Err(_) => too_late(cx, &order, &spot).await,
    }
}

/// The order goes into a cart of its own, privately.
async fn change(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let me = cx.customer();
    let there = staff::reachable(cx).await?;
    if there.iter().any(|person| person.id == me) {
        cx.go_on(change_order::TURN, order.id.0, me);
        cx.toast(Text::new("approval-change-here"));
    } else {
        cx.alert(Text::new("approval-write-first"));
    }
    Ok(())
}

/// Somebody without the right; an attempt on an order that there is, is kept.
async fn refuse(
    cx: &mut Cx<'_>,
    id: OrderId,
    act: &OrderAct,
    roles: &[Role],
) -> Result<(), TurnError> {
    cx.alert(Text::new("staff-not-allowed"));
    if store::orders::find(cx.tx, id).await?.is_some() {
        audit::refused(cx, roles, audit::of_order(id), act.word()).await?;
    }
    Ok(())
}

/// Shows the card anew below. Asked for in another topic of the kitchen's group, it is a further
/// copy: the one in the kitchen's own topic stays where the kitchen looks for it.
async fn show(cx: &mut Cx<'_>, order: &Order, spot: &Spot) -> Result<(), TurnError> {
    let decided = decided(cx, order.id).await?;
    let home = staff::kitchen_group(cx).await?;
    let is_elsewhere = home.is_some_and(|home| home.chat == spot.chat && home.topic != spot.topic);
    let is_folded = tell::folded_in(cx, order.id).await?.is_some();
    if is_elsewhere && !is_folded {
        return tell::kitchen_copy(cx, order, spot, decided).await;
    }
    let parts = (decided, Asking::Nothing, true);
    tell::kitchen_card(cx, order, spot, parts).await?;
    fold::opened(cx, order).await
}

/// Whether these roles may do that. Who looks orders up and who brings them sees their cards.
fn is_allowed(roles: &[Role], act: &OrderAct) -> bool {
    let looks = matches!(act, OrderAct::Card | OrderAct::Work) && may(roles, Act::LookUp);
    looks || may(roles, right(act))
}

/// The right that it takes. Everybody who works orders may also bring them.
fn right(act: &OrderAct) -> Act {
    match act {
        OrderAct::Card
        | OrderAct::Work
        | OrderAct::Dispatch
        | OrderAct::Deliver
        | OrderAct::FailAsk
        | OrderAct::Fail(_) => Act::Deliver,
        OrderAct::Amend => Act::PlaceForOthers,
        OrderAct::Print => Act::LookUp,
        OrderAct::RejectAsk
        | OrderAct::Reject(_)
        | OrderAct::GrantCancel
        | OrderAct::RefuseAsk
        | OrderAct::RefuseCancel(_) => Act::DecideOrders,
        _ => Act::WorkOrders,
    }
}

fn asked(cx: &Cx<'_>, act: &OrderAct, order: &Order, roles: &[Role]) -> Option<Move> {
    let brings = matches!(
        act,
        OrderAct::Dispatch | OrderAct::Deliver | OrderAct::Fail(_)
    );
    let role = if brings && roles.contains(&Role::Courier) {
        OrderRole::Courier
    } else if roles.contains(&Role::Owner) && !roles.contains(&Role::Kitchen) {
        OrderRole::Owner
    } else {
        OrderRole::Kitchen
    };
    let actor = Actor::person(role, cx.customer());
    let new = |event| Move::new(event, actor, cx.cause, cx.now);
    let kitchen = &cx.shop.settings.kitchen;
    Some(match act {
        OrderAct::Accept(minutes) if (1..=MAX_MINUTES).contains(minutes) => {
            let event = match order.state {
                State::AwaitingApproval => Event::Confirm,
                _ => Event::Promise,
            };
            new(event).ready_at(cx.now.plus(minutes * MINUTE))
        }
        OrderAct::Prepare => new(Event::Prepare),
        OrderAct::Ready => new(Event::Finish),
        OrderAct::HandOver => new(Event::HandOver),
        OrderAct::Serve => new(Event::Serve),
        OrderAct::Dispatch => new(Event::Dispatch),
        OrderAct::Deliver => new(Event::Deliver),
        OrderAct::Fail(reason) if cx.shop.settings.delivery.failures.contains(reason) => {
            new(Event::Fail).because(reason)
        }
        OrderAct::GrantCancel => new(Event::GrantCancel),
        OrderAct::Reject(reason) if kitchen.reasons.contains(reason) => {
            // Once it is being made, saying no means cancelling.
            let event = if order.can(Event::Reject, role) {
                Event::Reject
            } else {
                Event::Cancel
            };
            new(event).because(reason)
        }
        OrderAct::RefuseCancel(reason) if kitchen.refusals.contains(reason) => {
            new(Event::RefuseCancel).because(reason)
        }
        _ => return None,
    })
}

/// Who decided last about an order, if it was a person.
pub(super) async fn decided(cx: &mut Cx<'_>, id: OrderId) -> Result<Option<Decided>, TurnError> {
    let last = store::orders::events(cx.tx, id).await?.pop();
    let by = last.and_then(|entry| Some((entry.actor.user?, entry.event?, entry.at)));
    Ok(match by {
        Some((user, event, at)) => Some(Decided {
            event,
            who: staff::name_of(cx, user).await?,
            at,
        }),
        None => None,
    })
}

/// Somebody was faster: says who and what, and puts this copy right.
async fn too_late(cx: &mut Cx<'_>, order: &Order, spot: &Spot) -> Result<(), TurnError> {
    let decided = decided(cx, order.id).await?;
    let is_own = |decided: &Decided| decided.who == cx.who.name;
    let text = match &decided {
        Some(decided) if !is_own(decided) => Text::new("staff-too-late")
            .with("who", decided.who.as_str())
            .with("action", Text::new(action_text(decided.event))),
        Some(_) | None => Text::new("staff-moved").with("status", status_text(shown(order).status)),
    };
    cx.alert(text.with("number", Arg::Words(order.number.to_string())));
    tell::kitchen_card(cx, order, spot, (decided, Asking::Nothing, false)).await
}
