//! `/rules 12`: which rules of approval fire for an order, with the values that they see now.

use crate::chat::{Arg, Text, View};
use crate::domain::approvals::{Decision, Fired};
use crate::domain::orders::Order;
use crate::store;
use crate::store::orders::Stretch;

use super::access::{Act, may};
use super::cx::Cx;
use super::operations::approval::judge::OfOrder;
use super::outcome::TurnError;
use super::rules::{self, Seen, Tried};
use super::screens::approval::{need_text, why};
use super::staff;

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
    let Some(of_order) = OfOrder::load(cx, order, Some(order)).await? else {
        cx.say(Text::new("rules-no-flow"));
        return Ok(());
    };
    let seen = of_order.seen();
    let number = Arg::Words(order.number.to_string());
    let title = Text::new("rules-title").with("number", number);
    let mut view = View::say(title);
    for tried in rules::explained(&shop.approvals, seen) {
        view = view.and(line(&tried, order, seen));
    }
    let decision = of_order.decided(cx);
    if let Decision::Need { fired, .. } = &decision {
        let own = fired.iter().filter(|fired| fired.rule == rules::COMPANY);
        let currency = order.receipt.total.currency;
        let why = |fired: &Fired| why(fired, Some(seen.flow), currency);
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
        warns: false,
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
