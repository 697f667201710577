//! Saves an order that was changed by hand, or as its customer agreed to.
//!
//! Three turns, each within what a turn may write: the press is checked against stock and rules and
//! kept in the record; the order, its stock and its request change together, unless the order has
//! moved on since; then everybody is told. What was decided travels with the second turn, sealed
//! like every event that waits.

use serde::{Deserialize, Serialize};

use crate::chat::{Arg, EventKind, Text};
use crate::dialogue::session::Changing;
use crate::dialogue::{Facts, Flow};
use crate::domain::approvals::{Decision, Request};
use crate::domain::orders::{
    Actor, Amendment, Event, Menu, Move, Order, Role as OrderRole, Step, amendment,
};
use crate::domain::stock::shortages;
use crate::kernel::time::MINUTE;
use crate::kernel::{CartId, CustomerId, OrderId};
use crate::store;
use crate::store::credit::Guard;

use crate::app::access::{Act, Role, acting, may};
use crate::app::audit::{self, Deed, Did};
use crate::app::basket::{self, Basket};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{ApprovalAct, ByHandAct, OrderAct, Route};
use crate::app::screens::basics::clipped;
use crate::app::screens::by_hand as screen;
use crate::app::{credit, show, staff};

use super::approval::judge::OfOrder;
use super::place_order::answers;
use super::{approval, move_order, tell_amended};

/// The turn that changes the order; the key is its id, a point, and [`Saved`] as JSON.
pub const TURN: &str = "amend-order";

/// What was saved and is to be carried out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Saved {
    /// The order's version that it is about.
    pub version: i64,
    /// Its request's version then.
    pub request_version: Option<i64>,
    /// What it is to consist of.
    pub amendment: Amendment,
    /// Who changes it.
    pub actor: Actor,
    /// Its request from then on, where people are asked already and amounts change.
    pub request: Option<Request>,
    /// What follows at once.
    pub then: Option<Then>,
    /// What the booking on its account relies on.
    #[serde(default)]
    pub guard: Guard,
}

/// The move that follows an amendment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Then {
    /// What.
    pub event: Event,
    /// By whom.
    pub actor: Actor,
    /// The request after it.
    pub request: Option<Request>,
}

/// Takes what the conversation changed; `false` if something is in the way, which the review says.
pub async fn save(
    cx: &mut Cx<'_>,
    (flow, facts): (&Flow, &Facts),
    (basket, changing): (&Basket, &Changing),
) -> Result<bool, TurnError> {
    let found = match changing.proposed {
        true => approval::load(cx, changing.order)
            .await?
            .map(|matter| (matter.order.clone(), Some(matter))),
        false => store::orders::find(cx.tx, changing.order)
            .await?
            .map(|order| (order, None)),
    };
    let found = found.filter(|(order, _)| order.version == changing.version);
    let number = Arg::Words(changing.number.to_string());
    let Some((order, matter)) = found else {
        return over(
            cx,
            Text::new("change-overtaken").with("number", number),
            changing,
        )
        .await;
    };
    let Some(amendment) = amended(cx, (flow, facts), (basket, &order)).await? else {
        return Ok(false);
    };
    if !order.changes(&amendment) {
        return over(
            cx,
            Text::new("change-nothing").with("number", number),
            changing,
        )
        .await;
    }
    let total = amendment.receipt.total;
    let (said, id) = match matter {
        Some(matter) => (
            approval::propose::send(cx, matter, amendment).await?,
            "change-proposed",
        ),
        None => (by_hand(cx, &order, amendment).await?, "change-saved"),
    };
    if !said {
        return Ok(false);
    }
    let by_hand = cx.session.by_hand.as_ref();
    let name = by_hand.map_or_else(String::new, |by_hand| clipped(&by_hand.name));
    let text = Text::new(id).with("number", number).with("name", name);
    over(cx, text.with("total", total), changing).await
}

/// What staff changed by hand is carried out, unless something is in the way, which is noted.
async fn by_hand(cx: &mut Cx<'_>, order: &Order, amendment: Amendment) -> Result<bool, TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::PlaceForOthers) {
        cx.alert(Text::new("staff-not-allowed"));
        return Ok(false);
    }
    if is_short(cx, order, &amendment).await? {
        return Ok(false);
    }
    let total = amendment.receipt.total;
    let role = match roles.contains(&Role::Owner) {
        true => OrderRole::Owner,
        false => OrderRole::Kitchen,
    };
    let actor = Actor::person(role, cx.customer());
    let Some(saved) = judged(cx, order, (amendment, actor)).await? else {
        cx.notices.push(Text::new("change-refused"));
        return Ok(false);
    };
    let role = acting(&roles, Act::PlaceForOthers);
    let deed = Deed::new(Did::ChangedByHand, role, audit::of_order(order.id));
    cx.audit(deed.from(order.receipt.total.minor).to(total.minor));
    carry_out(cx, order.id, &saved)?;
    Ok(true)
}

/// The cart as what the order becomes; none if the cart can't be ordered as it is.
async fn amended(
    cx: &mut Cx<'_>,
    (flow, facts): (&Flow, &Facts),
    (basket, order): (&Basket, &Order),
) -> Result<Option<Amendment>, TurnError> {
    if cx.session.shown_minor != Some(basket.receipt.total.minor) {
        cx.notices.push(Text::new("review-price-changed"));
        return Ok(None);
    }
    let sold_out = basket::sold_out(cx).await?;
    let shop = cx.shop.clone();
    let menu = Menu {
        catalogue: &shop.catalogue,
        sold_out: &sold_out,
        taxes: &shop.settings.taxes,
        rounding: shop.settings.rounding,
    };
    let answers = answers(cx, flow, facts);
    let total = basket.receipt.total;
    let stand = credit::stand(cx, (flow, facts), total, Some(order)).await?;
    let paid = (answers, stand.map(|stand| stand.account.id));
    let fees = &basket.receipt.fees;
    // Whatever is in the way, the review has said it: lines gone, the minimum not reached.
    Ok(amendment(&basket.cart, order, fees, basket.minimum, paid, menu).ok())
}

/// Whether less is left than it needs beyond what it holds already; the review says of what.
pub async fn is_short(
    cx: &mut Cx<'_>,
    order: &Order,
    amendment: &Amendment,
) -> Result<bool, TurnError> {
    let demand = amendment.demand();
    let found = store::stock::levels(cx.tx, CartId(0), demand.keys()).await?;
    cx.short = shortages(&demand, &found.levels, &order.demand());
    Ok(!cx.short.is_empty())
}

/// What follows from a change, as the rules see the order then; none if they refuse it.
pub async fn judged(
    cx: &mut Cx<'_>,
    order: &Order,
    (amendment, actor): (Amendment, Actor),
) -> Result<Option<Saved>, TurnError> {
    let mut saved = Saved {
        version: order.version,
        request_version: order.request.as_ref().map(|request| request.version),
        amendment,
        actor,
        request: None,
        then: None,
        guard: Guard::default(),
    };
    if !order.amounts_change(&saved.amendment) {
        return Ok(Some(saved));
    }
    let changed = order.amended(&saved.amendment);
    let decision = match OfOrder::load(cx, &changed, Some(order)).await? {
        Some(of_order) => {
            let decision = of_order.decided(cx);
            if let Some(stand) = of_order.stand() {
                if !stand.is_let(&decision) {
                    return Ok(None);
                }
                saved.guard = stand.guard();
            }
            decision
        }
        // Its flow is gone from the shop: what was asked stays asked.
        None => return Ok(Some(saved)),
    };
    match decision {
        Decision::Reject(_) => return Ok(None),
        Decision::Approve(_) if order.is_ruled() => {
            saved.then = Some(Then {
                event: Event::Confirm,
                actor: Actor::SYSTEM,
                request: None,
            });
        }
        Decision::Approve(_) => {}
        Decision::Need { fired, tiers } => {
            let limit = cx.shop.approvals.limit_minutes;
            let due = cx.now.plus(limit * MINUTE);
            let mut request = match &order.request {
                Some(before) => before.anew(fired, tiers, cx.now, due),
                None => approval::begin::request(cx, (fired, tiers)),
            };
            request.changed_by = actor.user.filter(|who| *who != order.customer);
            if order.is_ruled() {
                saved.request = Some(request);
            } else {
                saved.then = Some(Then {
                    event: Event::RequestApproval,
                    actor: Actor::SYSTEM,
                    request: Some(request),
                });
            }
        }
    }
    Ok(Some(saved))
}

/// Goes on with the turn that changes the order.
///
/// # Errors
/// It can't be written down, which would be a fault of the program.
pub fn carry_out(cx: &mut Cx<'_>, order: OrderId, saved: &Saved) -> Result<(), TurnError> {
    let json = serde_json::to_string(saved);
    let json = json.map_err(|error| TurnError::Corrupt(format!("order {order}: {error}")))?;
    let kind = EventKind::Timer {
        kind: TURN.to_owned(),
        key: format!("{order}.{json}"),
    };
    let whose = saved.actor.user.unwrap_or(CustomerId(cx.chat.0));
    cx.go_on_with(kind, whose);
    Ok(())
}

/// Changes the order, its stock and its request; whoever saved it is told if that can't be.
pub async fn due(cx: &mut Cx<'_>, key: &str) -> Result<(), TurnError> {
    let read = key.split_once('.').and_then(|(id, json)| {
        let saved: Saved = serde_json::from_str(json).ok()?;
        Some((OrderId(id.parse().ok()?), saved))
    });
    let Some((id, saved)) = read else {
        return Err(TurnError::Corrupt(
            "a saved change can't be read".to_owned(),
        ));
    };
    let Some(order) = store::orders::find(cx.tx, id).await? else {
        return Ok(());
    };
    let number = Arg::Words(order.number.to_string());
    let request_version = order.request.as_ref().map(|request| request.version);
    let is_same = (order.version, request_version) == (saved.version, saved.request_version);
    let guard = saved.guard;
    let steps = steps(cx, &order, saved).filter(|_| is_same);
    let Some(steps) = steps else {
        cx.say(Text::new("change-overtaken").with("number", number));
        return Ok(());
    };
    let steps: Vec<&Step> = steps.iter().collect();
    if move_order::carry_out(cx, &order, &steps, guard).await? {
        cx.go_on(tell_amended::TURN, order.id.0, order.customer);
    } else {
        cx.say(Text::new("change-short").with("number", number));
    }
    Ok(())
}

fn steps(cx: &Cx<'_>, order: &Order, saved: Saved) -> Option<Vec<Step>> {
    let asked = Move {
        request: saved.request,
        ..Move::amend(saved.amendment, saved.actor, cx.cause, cx.now)
    };
    let mut steps = vec![order.after(&asked).ok()?];
    if let Some(then) = saved.then {
        let asked = Move {
            request: then.request,
            rule: Some("amended".to_owned()),
            ..Move::new(then.event, then.actor, cx.cause, cx.now)
        };
        let next = steps.first()?.order.after(&asked).ok()?;
        steps.push(next);
    }
    Some(steps)
}

/// The screen of what came of it; the conversation about somebody else's order is over.
async fn over(cx: &mut Cx<'_>, text: Text, changing: &Changing) -> Result<bool, TurnError> {
    if let Some(basket) = basket::load(cx).await? {
        let mut cart = basket.cart;
        cart.lines.clear();
        if cart.version > 0 && !store::carts::save(cx.tx, &mut cart, cx.now).await? {
            return Err(TurnError::Overtaken);
        }
    }
    let order = match changing.proposed {
        true => Route::Approval(changing.order, ApprovalAct::Show),
        false => Route::Order(changing.order, OrderAct::Work),
    };
    let view = screen::changed(cx.card(), text, &order);
    let view = show::noted(cx, view);
    cx.show(&Route::ByHand(ByHandAct::Ask), view);
    Ok(true)
}
