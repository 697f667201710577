//! The orders of a company, for its own people: an admin sees all of them, others their own.

use crate::chat::Text;
use crate::dialogue::Input;
use crate::domain::companies::Role;
use crate::domain::orders::Order;
use crate::kernel::{CompanyId, OrderId};
use crate::store;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{CompanyAct, Route};
use crate::app::screens::basics::clipped;
use crate::app::screens::{company as screen, order as card};
use crate::app::{buyer, ordering, show, staff, talk};

use super::company;

/// Orders on one page.
const PAGE: i64 = 8;

/// Shows a page of a company's orders.
pub async fn list(cx: &mut Cx<'_>, id: &CompanyId, page: usize) -> Result<(), TurnError> {
    let Some(hand) = company::hand(cx, id).await? else {
        return Ok(());
    };
    if hand.own.is_none() {
        // The shop's staff have their own lists.
        company::refuse(cx, "company-not-yours");
        return Ok(());
    }
    let whose = (!hand.is_admin()).then(|| cx.customer());
    let skip = (page as i64).saturating_mul(PAGE);
    let mut found = store::orders::of_company(cx.tx, id, whose, (skip, PAGE + 1)).await?;
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let name = |order: &Order| {
        let person = hand.person(order.customer);
        clipped(person.map_or("", |person| person.name.as_str()))
    };
    let lines: Vec<(&Order, String)> = found.iter().map(|order| (order, name(order))).collect();
    let view = screen::orders(cx.card(), (id, hand.is_admin()), (&lines, page, more));
    let view = show::noted(cx, view);
    cx.show(&Route::Company(CompanyAct::Orders(id.clone(), page)), view);
    Ok(())
}

/// Shows one of them, to be read.
pub async fn order(cx: &mut Cx<'_>, id: OrderId) -> Result<(), TurnError> {
    let found = store::orders::find(cx.tx, id).await?;
    let places = buyer::own_places(cx).await?;
    let who = cx.customer();
    let found = found.and_then(|order| {
        let place = places
            .iter()
            .find(|place| Some(&place.company) == order.company.as_ref())?;
        let may_see = place.role == Role::Admin || order.customer == who;
        may_see.then(|| (place.company.clone(), order))
    });
    let Some((company, order)) = found else {
        cx.alert(Text::new("order-not-yours"));
        return Ok(());
    };
    let name = clipped(&staff::name_of(cx, order.customer).await?);
    let mut answers = talk::answered_of(cx.shop.flow(&order.flow), &order);
    if order.customer != who {
        // How to get in where a colleague has it brought is between them and who brings it.
        answers.iter_mut().for_each(|answer| answer.more.clear());
    }
    let view = card::card(&order, &answers, card::Asking::Nothing);
    let view = screen::order(cx.card(), view, (&company, &name));
    let view = show::noted(cx, view);
    cx.show(&Route::Company(CompanyAct::Order(id)), view);
    Ok(())
}

/// An address of the company that is ordered for answers the step at hand.
pub async fn deliver(cx: &mut Cx<'_>, address: i64) -> Result<(), TurnError> {
    let place = buyer::company(cx).await?;
    let known = place.and_then(|place| Some(place.details.address(address)?.words.clone()));
    match known {
        Some(words) if ordering::stands_at_address(cx) => {
            ordering::hear(cx, Input::Value(words)).await
        }
        Some(_) => ordering::hear(cx, Input::Begin).await,
        None => {
            cx.notices.push(Text::new("company-address-gone"));
            ordering::hear(cx, Input::Begin).await
        }
    }
}
