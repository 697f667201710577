//! `/approvals`: what waits for somebody, opened one by one or approved at once.

use crate::chat::{EventKind, Text};
use crate::domain::approvals::Request;
use crate::domain::approvals::people::Person;
use crate::domain::orders::Order;
use crate::kernel::OrderId;
use crate::store;

use super::buyer;
use super::cx::Cx;
use super::operations::approval::{self, decide};
use super::outcome::TurnError;
use super::route::{ApprovalAct, Route, WaitingAct};
use super::screens::approval as screen;
use super::show;

/// The most open requests that are looked through.
const MOST_OPEN: i64 = 200;
/// The turn that approves one of several; the key is `ORDER.ROUND`.
pub const ONE_OF_ALL: &str = "approve-one";

/// The command: below, on the living message.
pub async fn command(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    list(cx, 0).await
}

/// A tap on the list.
pub async fn press(cx: &mut Cx<'_>, act: WaitingAct) -> Result<(), TurnError> {
    match act {
        WaitingAct::Page(page) => list(cx, page).await,
        WaitingAct::AllAsk => ask_all(cx).await,
        WaitingAct::All => all(cx).await,
    }
}

/// What this person may decide now and has not, the oldest first.
async fn waiting(cx: &mut Cx<'_>) -> Result<Vec<(Order, Request)>, TurnError> {
    let me = cx.customer();
    let team: Vec<Person> = approval::people(cx).await?;
    let places = buyer::own_places(cx).await?;
    let escalate_to = cx.shop.approvals.escalate_to.clone();
    let mut found = Vec::new();
    for order in store::orders::requested(cx.tx, MOST_OPEN).await? {
        let Some(request) = order.request.clone() else {
            continue;
        };
        let mut people = team.clone();
        let place = places
            .iter()
            .find(|place| order.company.as_ref() == Some(&place.company));
        if let Some(place) = place {
            approval::count_in(&mut people, me, (place.role, None));
        }
        let may = request.deciders(&approval::case(&order, &people), &escalate_to);
        let is_mine = may.iter().any(|decider| decider.who == me);
        if is_mine && !request.votes.iter().any(|vote| vote.who == me) {
            found.push((order, request));
        }
    }
    Ok(found)
}

async fn list(cx: &mut Cx<'_>, page: usize) -> Result<(), TurnError> {
    let all = waiting(cx).await?;
    let pages = all.len().div_ceil(screen::PAGE);
    let page = page.min(pages.saturating_sub(1));
    let here: Vec<_> = all
        .iter()
        .skip(page * screen::PAGE)
        .take(screen::PAGE)
        .collect();
    let customers: Vec<_> = here.iter().map(|(order, _)| order.customer).collect();
    let names = store::orders::names(cx.tx, customers).await?;
    let lines: Vec<screen::Line<'_>> = here
        .iter()
        .map(|(order, request)| screen::Line {
            order,
            since: request.asked_at,
            customer: names
                .iter()
                .find(|(id, _)| *id == order.customer)
                .map_or("", |(_, name)| name.as_str()),
        })
        .collect();
    let view = screen::list(cx.card(), &lines, (page, pages), cx.now);
    cx.session.picked = here
        .iter()
        .map(|(order, request)| (order.id, request.round))
        .collect();
    let view = show::noted(cx, view);
    cx.show(&Route::Waiting(WaitingAct::Page(page)), view);
    Ok(())
}

/// Asks about those that the list showed, as far as they still wait.
async fn ask_all(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let picked = cx.session.picked.clone();
    let mut all = waiting(cx).await?;
    all.retain(|(order, request)| picked.contains(&(order.id, request.round)));
    if all.is_empty() {
        return list(cx, 0).await;
    }
    let shown = all.iter().map(|(order, request)| (order.id, request.round));
    cx.session.picked = shown.collect();
    let orders: Vec<_> = all
        .iter()
        .map(|(order, _)| (order.number.to_string(), order.receipt.total))
        .collect();
    let view = screen::ask_all(cx.card(), &orders);
    cx.show(&Route::Waiting(WaitingAct::AllAsk), view);
    Ok(())
}

/// Each in a turn of its own, as if its button had been pressed.
async fn all(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let picked = std::mem::take(&mut cx.session.picked);
    cx.notices
        .push(Text::new("approvals-all-done").with("count", picked.len() as i64));
    for (order, round) in picked {
        let kind = EventKind::Timer {
            kind: ONE_OF_ALL.to_owned(),
            key: format!("{order}.{round}"),
        };
        cx.go_on_with(kind, cx.customer());
    }
    show::home(cx).await
}

/// One of several approved at once.
pub async fn one_of_all(cx: &mut Cx<'_>, key: &str) -> Result<(), TurnError> {
    let Some((order, round)) = key.split_once('.') else {
        return Ok(());
    };
    let (Ok(order), Ok(round)) = (order.parse(), round.parse()) else {
        return Ok(());
    };
    decide::act(cx, OrderId(order), &ApprovalAct::Approve(None), round).await
}
