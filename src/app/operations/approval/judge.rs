//! What the rules say of a cart that is ordered, or of an order that there is. Nothing is written.

use std::collections::BTreeMap;

use crate::dialogue::facts::NOTHING_COUNTED;
use crate::dialogue::{Answer, Facts, Flow, Place};
use crate::domain::approvals::Decision;
use crate::domain::companies::Rule;
use crate::domain::orders::Order;
use crate::domain::stock::Demand;
use crate::kernel::{CartId, CompanyId};
use crate::store;
use crate::store::answers::Known;
use crate::store::companies::Membership;
use crate::store::glance::{Ask, Glance};

use crate::app::basket::Basket;
use crate::app::credit::{self, Stand};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::rules::{self, Orderer, Seen};
use crate::app::{buyer, seat, staff, talk};

/// When the rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At<'a> {
    /// At the review, which has just set the goods aside, or could not.
    Review,
    /// In the turn that places the order: what it holds was looked at when the turn began.
    Placing,
    /// While an order that holds so much already is changed.
    Changing(&'a Demand),
}

/// What the rules say of the cart that is ordered. Nothing is written.
pub async fn judge(
    cx: &mut Cx<'_>,
    flow: &Flow,
    (basket, at, stand): (&Basket, At<'_>, Option<&Stand>),
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
    if let Some(stand) = stand {
        stand.tell_facts(&mut facts);
    }
    if rules::read(&shop.approvals, "order", "stock_left") {
        facts.order.stock_left = match at {
            At::Review => stock_left(cx, basket, &Demand::new()).await?,
            At::Changing(held) => stock_left(cx, basket, held).await?,
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
async fn stock_left(cx: &mut Cx<'_>, basket: &Basket, held: &Demand) -> Result<i64, TurnError> {
    let demand = basket.cart.demand(&cx.shop.catalogue);
    let found = store::stock::levels(cx.tx, basket.cart.id, demand.keys()).await?;
    let left = demand.iter().filter_map(|(item, wanted)| {
        let level = found.levels.get(item)?;
        let own = found.own.get(item).or(held.get(item));
        let own = own.copied().unwrap_or_default();
        Some(level.available().0 + own.0 - wanted.0)
    });
    Ok(left.min().map_or(NOTHING_COUNTED, |left| left.max(0)))
}

/// What the rules see of an order that there is.
pub struct OfOrder {
    flow: Flow,
    place: Place,
    facts: Facts,
    orderer: Orderer,
    own: Vec<Rule>,
    stand: Option<Stand>,
}

impl OfOrder {
    /// Looks at its customer, and at the stock if a rule reads it; `before`: the order that has set
    /// goods and credit aside for it already. None if the shop has no such flow any more.
    pub async fn load(
        cx: &mut Cx<'_>,
        order: &Order,
        before: Option<&Order>,
    ) -> Result<Option<Self>, TurnError> {
        let held = before.map(Order::demand).unwrap_or_default();
        let held = &held;
        let shop = cx.shop.clone();
        let Some(flow) = shop.flow(&order.flow) else {
            return Ok(None);
        };
        let glance = glance(cx, order).await?;
        let is_theirs = |id: &CompanyId| order.company.as_ref() == Some(id);
        let company = glance.companies.iter().find(|c| is_theirs(&c.company));
        let own = glance.company_rules.iter().filter(|(id, _)| is_theirs(id));
        let place = Place {
            flow: flow.id.clone(),
            answers: answers(order),
            ..Place::default()
        };
        let mut facts = facts(cx, (order, held), &place, &glance.known).await?;
        buyer::tell_facts(company, &mut facts);
        let stand = order.account.as_ref().and_then(|_| {
            let seen = credit::Seen {
                glance: &glance,
                who: order.customer,
                company,
            };
            seen.stand((&shop, cx.now), order.receipt.total, before)
        });
        if let Some(stand) = &stand {
            stand.tell_facts(&mut facts);
        }
        Ok(Some(Self {
            stand,
            flow: flow.clone(),
            place,
            facts,
            orderer: Orderer::of(company.map(|c| (c.company.as_str(), c.role))),
            own: own.map(|(_, rule)| *rule).collect(),
        }))
    }

    /// What the rules see.
    pub fn seen(&self) -> Seen<'_> {
        Seen {
            flow: &self.flow,
            place: &self.place,
            facts: &self.facts,
            orderer: &self.orderer,
        }
    }

    /// How the order stands on the account that it is on.
    pub fn stand(&self) -> Option<&Stand> {
        self.stand.as_ref()
    }

    /// What they say.
    pub fn decided(&self, cx: &Cx<'_>) -> Decision {
        rules::decided(&cx.shop.approvals, &self.own, self.seen())
    }
}

/// What is known of an order's customer: seen already where the turn is theirs.
async fn glance(cx: &mut Cx<'_>, order: &Order) -> Result<Glance, TurnError> {
    if cx.orderer() == order.customer {
        return Ok(cx.glance().await?.clone());
    }
    let ask = Ask {
        who: Some(order.customer),
        order: Some(order.id),
        companies: order.company.is_some(),
        credit: cx.shop.settings.credit.is_some(),
        ..Ask::default()
    };
    Ok(store::glance::glance(cx.tx, &ask, cx.now).await?)
}

async fn facts(
    cx: &mut Cx<'_>,
    (order, held): (&Order, &Demand),
    place: &Place,
    known: &Known,
) -> Result<Facts, TurnError> {
    let shop = cx.shop.clone();
    let language = staff::locale_of(cx, order.customer).await?;
    let here = (language.as_str(), cx.now);
    let mut facts = talk::facts(&shop, place, None, known, here);
    talk::of_order(&shop, &mut facts.order, order);
    if rules::read(&shop.approvals, "order", "stock_left") {
        let demand = order.demand();
        let found = store::stock::levels(cx.tx, CartId(0), demand.keys()).await?;
        let left = found.levels.iter().map(|(item, level)| {
            let of = |demand: &Demand| demand.get(item).map_or(0, |quantity| quantity.0);
            (level.available().0 + of(held) - of(&demand)).max(0)
        });
        facts.order.stock_left = left.min().unwrap_or(facts.order.stock_left);
    }
    Ok(facts)
}

fn answers(order: &Order) -> BTreeMap<String, Answer> {
    let read = order.answers.iter();
    read.filter_map(|(step, raw)| {
        let answer = serde_json::from_value(raw.clone()).ok()?;
        Some((step.clone(), answer))
    })
    .collect()
}
