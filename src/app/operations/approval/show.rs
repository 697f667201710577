//! The cards of a request: where those who are asked look, and edited wherever one is shown.

use crate::chat::{Post, View};
use crate::domain::orders::Order;
use crate::domain::orders::pushes::StaffMoment;
use crate::kernel::{CustomerId, OrderId};
use crate::store;

use crate::app::credit;
use crate::app::cx::Cx;
use crate::app::operations::tell::{self, Spot};
use crate::app::outcome::TurnError;
use crate::app::screens::approval::{ApprovalCard, Asking, card};
use crate::app::staff;
use crate::shop::approval::COMPANY_ROLES;

use super::Matter;

/// The name of a request's card, the same in every chat.
pub fn card_name(order: OrderId) -> String {
    format!("approve:{order}")
}

/// The order whose request a card of this name shows.
pub fn order_of(card: &str) -> Option<OrderId> {
    let id = card.strip_prefix("approve:")?;
    id.parse().ok().map(OrderId)
}

/// Where those who are asked now look: the group for approvals, and privately whoever is asked
/// beyond it; without a group everybody who is asked privately.
pub async fn spots(cx: &mut Cx<'_>, matter: &Matter) -> Result<Vec<Spot>, TurnError> {
    let request = &matter.request;
    if !request.is_open() {
        return Ok(Vec::new());
    }
    let group = staff::group(cx, staff::APPROVALS).await?;
    let escalate_to = cx.shop.approvals.escalate_to.clone();
    let mut found: Vec<Spot> = group.iter().cloned().collect();
    for decider in request.pending(&matter.case(), &escalate_to) {
        // Who is asked because nobody else answered hears of it in person.
        let person = matter.people.iter().find(|person| person.id == decider.of);
        let is_above = request.escalated && person.is_some_and(|person| person.has(&escalate_to));
        // A company's people are in no group of the shop's.
        let is_team = person.is_none_or(|person| !person.has(&COMPANY_ROLES.map(str::to_owned)));
        if group.is_none() || is_above || !is_team {
            found.extend(private(matter, decider.who).cloned());
        }
    }
    Ok(found)
}

/// Somebody's private chat, if they can be written to.
pub fn private(matter: &Matter, who: CustomerId) -> Option<&Spot> {
    matter.spots.iter().find(|spot| spot.chat.0 == who.0)
}

/// Shows the cards: every copy edited, and a new one wherever somebody is asked who has none.
pub async fn cards(cx: &mut Cx<'_>, matter: &Matter) -> Result<(), TurnError> {
    let showing = if matter.request.version == 1 {
        Vec::new()
    } else {
        tell::showing(cx, &card_name(matter.order.id)).await?
    };
    let spots = spots(cx, matter).await?;
    for chat in &showing {
        let spot = match spots.iter().find(|spot| spot.chat == *chat) {
            Some(spot) => spot.clone(),
            None => Spot {
                chat: *chat,
                topic: None,
                locale: staff::locale_of_chat(cx, *chat).await?,
            },
        };
        one(cx, matter, &spot, (Asking::Nothing, false)).await?;
    }
    for spot in spots.iter().filter(|spot| !showing.contains(&spot.chat)) {
        one(cx, matter, spot, (Asking::Nothing, true)).await?;
    }
    Ok(())
}

/// Edits the cards of an order's request, wherever one is shown.
pub async fn of_order(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let Some(request) = order.request.clone() else {
        return Ok(());
    };
    let matter = Matter {
        order: order.clone(),
        request,
        people: Vec::new(),
        spots: Vec::new(),
    };
    cards(cx, &matter).await
}

/// Shows the card in the present chat: in place, or anew below.
pub async fn here(
    cx: &mut Cx<'_>,
    matter: &Matter,
    (asking, fresh): (Asking, bool),
) -> Result<(), TurnError> {
    let spot = Spot {
        chat: cx.chat,
        topic: cx.topic,
        locale: cx.session.locale.clone(),
    };
    one(cx, matter, &spot, (asking, fresh)).await
}

/// Shows the card anew to somebody.
pub async fn anew(cx: &mut Cx<'_>, matter: &Matter, spot: &Spot) -> Result<(), TurnError> {
    one(cx, matter, spot, (Asking::Nothing, true)).await
}

async fn one(
    cx: &mut Cx<'_>,
    matter: &Matter,
    spot: &Spot,
    (asking, fresh): (Asking, bool),
) -> Result<(), TurnError> {
    let view = view(cx, matter, asking).await?;
    let loud = cx.shop.settings.pushes.tells_staff(StaffMoment::Approve) == Some(true);
    let post = Post::Card {
        chat: spot.chat,
        topic: spot.topic,
        card: card_name(matter.order.id),
        version: matter.request.version,
        view,
        fresh,
        loud,
    };
    cx.post(spot.locale.clone(), post);
    Ok(())
}

async fn view(cx: &mut Cx<'_>, matter: &Matter, asking: Asking) -> Result<View, TurnError> {
    let order = &matter.order;
    let details = tell::Details::load(cx, order).await?;
    let account = match &order.account {
        Some(id) if matter.request.is_open() => Some(credit::of(cx, id).await?),
        Some(_) | None => None,
    };
    let shop = cx.shop.clone();
    Ok(card(&ApprovalCard {
        order: details.card(&shop, order),
        flow: shop.flow(&order.flow),
        request: &matter.request,
        reasons: &shop.approvals.reasons,
        account: account.as_ref().map(credit::standing),
        asking,
    }))
}

/// The request whose card a message shows; none if it shows none.
pub async fn shown_by(cx: &mut Cx<'_>, message_id: i64) -> Result<Option<OrderId>, TurnError> {
    let card = store::cards::of_message(cx.tx, cx.chat, message_id).await?;
    Ok(card.as_deref().and_then(order_of))
}
