//! What the rules say of the order at hand, and asking people about it.

use crate::chat::{Arg, Text};
use crate::dialogue::Flow;
use crate::dialogue::facts::NOTHING_COUNTED;
use crate::domain::approvals::people::Case;
use crate::domain::approvals::{Decision, Fired, Request, Tier};
use crate::domain::companies::Rule;
use crate::domain::orders::Order;
use crate::kernel::time::MINUTE;
use crate::store;
use crate::store::companies::Membership;

use crate::app::basket::Basket;
use crate::app::cx::Cx;
use crate::app::operations::{alert, tell};
use crate::app::outcome::TurnError;
use crate::app::rules::{self, Orderer, Seen};
use crate::app::{buyer, seat, talk};

use super::wait;

/// The turn in which the owner is alerted of a rule that could not be worked out; the key is its id.
pub const FAILED: &str = "rule-failed";

/// When the rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// At the review, which has just set the goods aside, or could not.
    Review,
    /// In the turn that places the order: what it holds was looked at when the turn began.
    Placing,
}

/// What the rules say of the cart that is ordered. Nothing is written.
pub async fn judge(
    cx: &mut Cx<'_>,
    flow: &Flow,
    (basket, at): (&Basket, At),
) -> Result<Decision, TurnError> {
    let shop = cx.shop.clone();
    let company = buyer::company(cx).await?;
    let own = own_rules(cx, company.as_ref()).await?;
    if shop.approvals.rules.is_empty() && own.is_empty() {
        return Ok(Decision::Approve(Vec::new()));
    }
    let person = cx.glance().await?.known.clone();
    let place = cx.session.dialogue.clone().unwrap_or_default();
    let language = cx.session.locale.as_str().to_owned();
    let cart = Some((&basket.cart, &basket.receipt));
    let mut facts = talk::facts(&shop, &place, cart, &person, (&language, cx.now));
    facts.order.table = seat::table_id(cx);
    buyer::tell_facts(company.as_ref(), &mut facts);
    if rules::read(&shop.approvals, "order", "stock_left") {
        facts.order.stock_left = match at {
            At::Review => stock_left(cx, basket).await?,
            At::Placing => cx.glance().await?.left.unwrap_or(NOTHING_COUNTED),
        };
    }
    let seen = Seen {
        flow,
        place: &place,
        facts: &facts,
        orderer: &Orderer::of(company.as_ref().map(|c| (c.company.as_str(), c.role))),
    };
    Ok(rules::decided(&shop.approvals, &own, seen))
}

/// The rules that the company made for itself.
async fn own_rules(cx: &mut Cx<'_>, company: Option<&Membership>) -> Result<Vec<Rule>, TurnError> {
    let Some(company) = company else {
        return Ok(Vec::new());
    };
    let rules = cx.glance().await?.company_rules.iter();
    let own = rules.filter(|(id, _)| *id == company.company);
    Ok(own.map(|(_, rule)| *rule).collect())
}

/// The least that is left of any counted item once this order has what it wants, whether that is
/// set aside for it already or not.
async fn stock_left(cx: &mut Cx<'_>, basket: &Basket) -> Result<i64, TurnError> {
    let demand = basket.cart.demand(&cx.shop.catalogue);
    let found = store::stock::levels(cx.tx, basket.cart.id, demand.keys()).await?;
    let left = demand.iter().filter_map(|(item, wanted)| {
        let level = found.levels.get(item)?;
        let own = found.own.get(item).copied().unwrap_or_default();
        Some(level.available().0 + own.0 - wanted.0)
    });
    Ok(left.min().map_or(NOTHING_COUNTED, |left| left.max(0)))
}

/// The request that an order begins with.
pub fn request(cx: &mut Cx<'_>, (fired, tiers): (Vec<Fired>, Vec<Tier>)) -> Request {
    for fired in fired.iter().filter(|fired| fired.failed) {
        // In a turn of its own: this one has enough to write.
        cx.set_named_timer(FAILED, &fired.rule, cx.now);
    }
    let limit = cx.shop.approvals.limit_minutes;
    Request::new(fired, tiers, (cx.now, cx.now.plus(limit * MINUTE)))
}

/// Asks people about an order just placed, in a turn of its own that comes at once.
pub fn begin(cx: &mut Cx<'_>, order: &Order) {
    if let Some(request) = &order.request {
        wait::start(cx, order, request);
        cx.set_timer(wait::LOOK, order.id.0, cx.now, order.customer);
    }
}

/// Escalates at once if those who are asked can't decide; whether that was so.
pub(super) fn nobody_there(request: &mut Request, case: &Case<'_>) -> bool {
    let nobody = !request.can_be_satisfied(case);
    if nobody {
        request.escalated = true;
    }
    nobody
}

/// The owner hears that nobody of those asked can decide.
pub(super) async fn told(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let text = Text::new("owner-no-approver");
    let text = text.with("number", Arg::Words(order.number.to_string()));
    tell::owners(cx, text).await
}

/// A rule could not be worked out: the owner hears of it once.
pub async fn failed(cx: &mut Cx<'_>, rule: &str) -> Result<(), TurnError> {
    alert::raise(cx, &format!("{}{rule}", alert::RULE)).await
}
