//! `/rules 12`: which rules of approval fire for an order, with the values that they see now.

use crate::chat::{Arg, Text, View};
use crate::dialogue::{Answer, Facts, Place};
use crate::domain::approvals::{Decision, Fired};
use crate::domain::orders::Order;
use crate::kernel::{CartId, CompanyId};
use crate::store;
use crate::store::answers::Known;
use crate::store::glance::Ask;
use crate::store::orders::Stretch;

use super::access::{Act, may};
use super::cx::Cx;
use super::outcome::TurnError;
use super::rules::{self, Orderer, Seen, Tried};
use super::screens::approval::{need_text, why};
use super::{buyer, staff, talk};

/// The command, privately or in a group of the team.
pub async fn command(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::ExplainRules) {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    let number = words.trim().trim_start_matches('#').parse::<i64>().ok();
    let Some(number) = number else {
        cx.say(Text::new("rules-usage"));
        return Ok(());
    };
    let newest = Stretch { skip: 0, limit: 1 };
    let Some(order) = store::orders::numbered(cx.tx, number, newest).await?.pop() else {
        let number = Arg::Words(number.to_string());
        cx.say(Text::new("print-none").with("number", number));
        return Ok(());
    };
    explain(cx, &order).await
}

async fn explain(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let Some(flow) = shop.flow(&order.flow) else {
        cx.say(Text::new("rules-no-flow"));
        return Ok(());
    };
    let ask = Ask {
        who: Some(order.customer),
        companies: order.company.is_some(),
        ..Ask::default()
    };
    let glance = store::glance::glance(cx.tx, &ask, cx.now).await?;
    let is_theirs = |id: &CompanyId| order.company.as_ref() == Some(id);
    let company = glance.companies.iter().find(|c| is_theirs(&c.company));
    let own = glance.company_rules.iter().filter(|(id, _)| is_theirs(id));
    let own: Vec<_> = own.map(|(_, rule)| *rule).collect();
    let place = Place {
        flow: flow.id.clone(),
        answers: answers(order),
        ..Place::default()
    };
    let mut facts = facts(cx, order, &place, &glance.known).await?;
    buyer::tell_facts(company, &mut facts);
    let seen = Seen {
        flow,
        place: &place,
        facts: &facts,
        orderer: &Orderer::of(company.map(|c| (c.company.as_str(), c.role))),
    };
    let number = Arg::Words(order.number.to_string());
    let title = Text::new("rules-title").with("number", number);
    let mut view = View::say(title);
    for tried in rules::explained(&shop.approvals, seen) {
        view = view.and(line(&tried, order, seen));
    }
    let decision = rules::decided(&shop.approvals, &own, seen);
    if let Decision::Need { fired, .. } = &decision {
        let own = fired.iter().filter(|fired| fired.rule == rules::COMPANY);
        let currency = order.receipt.total.currency;
        let why = |fired: &Fired| why(fired, Some(flow), currency);
        view.body
            .extend(own.map(|fired| Text::new("rules-fires").with("why", why(fired))));
    }
    view.body.extend(decided(&decision));
    let spot = super::operations::tell::Spot {
        chat: cx.chat,
        topic: cx.topic,
        locale: cx.session.locale.clone(),
    };
    super::operations::tell::show(cx, &spot, view);
    Ok(())
}

async fn facts(
    cx: &mut Cx<'_>,
    order: &Order,
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
        let left = found.levels.values().map(|level| level.available().0);
        facts.order.stock_left = left.min().unwrap_or(facts.order.stock_left);
    }
    Ok(facts)
}

fn answers(order: &Order) -> std::collections::BTreeMap<String, Answer> {
    let read = order.answers.iter();
    read.filter_map(|(step, raw)| {
        let answer = serde_json::from_value(raw.clone()).ok()?;
        Some((step.clone(), answer))
    })
    .collect()
}

fn line(tried: &Tried<'_>, order: &Order, seen: Seen<'_>) -> Text {
    let id = match &tried.fires {
        _ if !tried.applies => "rules-other",
        Ok(true) => "rules-fires",
        Ok(false) => "rules-not",
        Err(_) => "rules-failed",
    };
    let fired = Fired {
        rule: tried.rule.id.clone(),
        values: tried.values.clone(),
        failed: false,
    };
    let currency = order.receipt.total.currency;
    Text::new(id).with("why", why(&fired, Some(seen.flow), currency))
}

fn decided(decision: &Decision) -> Vec<Text> {
    match decision {
        Decision::Approve(_) => vec![Text::new("rules-approve")],
        Decision::Reject(_) => vec![Text::new("rules-reject")],
        Decision::Need { tiers, .. } => std::iter::once(Text::new("rules-need"))
            .chain(tiers.iter().flatten().map(need_text))
            .collect(),
    }
}
