//! Turns a cart into an order: checks again, takes stock and number, confirms by the shop's rule.

use crate::chat::{Arg, Text, View};
use crate::dialogue::session::ByHand;
use crate::dialogue::{Facts, Flow};
use crate::domain::approvals::Decision;
use crate::domain::catalogue::SoldOut;
use crate::domain::credit::Op;
use crate::domain::orders::pushes::Moment;
use crate::domain::orders::{Answers, Confirm, Menu, NewOrder, Order, PlaceRefusal, Placed, place};
use crate::domain::tables::Table;
use crate::kernel::{AccountId, OrderId};
use crate::store;
use crate::store::companies::Membership;
use crate::store::credit::Booking;

use crate::app::basket::{self, Basket};
use crate::app::credit::{self, Stand};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{ByHandAct, Route};
use crate::app::screens::basics::home_row;
use crate::app::screens::order::Asking;
use crate::app::screens::{by_hand as by_hand_screen, tables};
use crate::app::{buyer, by_hand, seat, show, staff, taking};

use super::approval::judge::At;
use super::{
    alert, amend_order, approval, credit_due, fold, hold_cart, order_by_hand, tell,
    wait_for_kitchen,
};

/// Places the cart of the conversation; `false` if something is in the way, which the review
/// then says.
pub async fn place_order(
    cx: &mut Cx<'_>,
    flow: &Flow,
    facts: &Facts,
    basket: &Basket,
) -> Result<bool, TurnError> {
    let change = cx.session.by_hand.as_ref().and_then(|b| b.change.clone());
    if let Some(changing) = change {
        return Box::pin(amend_order::save(cx, (flow, facts), (basket, &changing))).await;
    }
    let sold_out = basket::sold_out(cx).await?;
    let is_sound = basket.cart.check(&cx.shop.catalogue, &sold_out).is_empty();
    if taking::stop(cx, &flow.id).await?.is_some() || !is_sound || basket.missing.is_some() {
        return Ok(false);
    }
    if cx.session.shown_minor != Some(basket.receipt.total.minor) {
        // Files read again, or a fee of the hour: nobody pays what they have not seen.
        cx.notices.push(Text::new("review-price-changed"));
        return Ok(false);
    }
    let company = buyer::company(cx).await?;
    if cx.session.shown_company != company.as_ref().map(|place| place.company.0.clone()) {
        cx.notices.push(Text::new("review-company-changed"));
        return Ok(false);
    }
    let total = basket.receipt.total;
    let stand = credit::stand(cx, (flow, facts), total, None).await?;
    let judged = approval::judge::judge(cx, flow, (basket, At::Placing, stand.as_ref())).await?;
    let is_let = stand.as_ref().is_none_or(|stand| stand.is_let(&judged));
    if matches!(judged, Decision::Reject(_)) || !is_let {
        return Ok(false);
    }
    let id = OrderId(cx.id());
    let demand = basket.cart.demand(&cx.shop.catalogue);
    // The review's hold becomes the order's. One that ended, or that the cart outgrew, means
    // checking again: the review takes a new one and says what is short.
    if !store::stock::claim(cx.tx, basket.cart.id, id, &demand).await? {
        cx.notices.push(Text::new("review-hold-ended"));
        return Ok(false);
    }
    let on = match &stand {
        Some(stand) => purchase(cx, stand, id).await?,
        None => None,
    };
    let wall = cx.shop.zone.wall(cx.now);
    let day = format!("{:04}-{:02}-{:02}", wall.year, wall.month, wall.day);
    let most = fold::most(cx);
    let (number, placed) = store::orders::next_number(cx.tx, &day, most).await?;
    let since = cx.now.plus(-fold::WINDOW);
    let is_rush = number > most && placed.is_none_or(|placed| placed > since);
    let answers = answers(cx, flow, facts);
    let confirm = confirm(cx, judged);
    let new = (answers, confirm, (company.as_ref(), on));
    let placed = match decide(cx, new, (basket, id), (day, number), &sold_out) {
        Ok(placed) => placed,
        Err(refusal) => {
            return Err(TurnError::Corrupt(format!(
                "cart {}: {refusal:?}",
                basket.cart.id
            )));
        }
    };
    let pauses = taking::relied_on(cx, &flow.id).await?;
    if !store::carts::close(cx.tx, &basket.cart, id, &pauses, cx.now).await? {
        return Err(TurnError::Overtaken);
    }
    let (order, events) = (&placed.order, &placed.events);
    if !store::orders::insert(cx.tx, order, basket.cart.id, events).await? {
        return Err(TurnError::Overtaken);
    }
    alert::stock_changed(cx, demand.keys());
    if let Some(apart) = &mut cx.apart {
        // Whoever let it be placed tells of it in the next turn: this one is full.
        apart.placed = Some((placed.order.id, is_rush));
        return Ok(true);
    }
    said(cx, &placed.order).await?;
    if !placed.order.is_ruled() {
        to_kitchen(cx, &placed.order, is_rush).await?;
    }
    match cx.session.by_hand {
        // This turn is full, and sets no timer: the next one does.
        Some(_) => cx.go_on(order_by_hand::PLACED, id.0, cx.customer()),
        None => {
            hold_cart::cancel_timers(cx, basket.cart.id);
            wait(cx, &placed.order);
            if let Some(stand) = &stand {
                credit_due::start(cx, &stand.account);
            }
        }
    }
    Ok(true)
}

/// Books an order on the account on which it stands, as it is decided.
async fn purchase(
    cx: &mut Cx<'_>,
    stand: &Stand,
    order: OrderId,
) -> Result<Option<AccountId>, TurnError> {
    let account = stand.account.id.clone();
    let booking = Booking {
        held: stand.total.minor,
        order: Some(order),
        actor: Some(cx.customer()),
        guard: stand.guard(),
        ..Booking::new(&account, Op::Purchased)
    };
    let (tx, mut stamp) = cx.stamped();
    if !store::credit::book(tx, &booking, &mut stamp).await? {
        // Somebody else of the company ordered meanwhile: decided anew.
        return Err(TurnError::Overtaken);
    }
    cx.booked(&booking);
    Ok(Some(account))
}

/// Waits for those who are asked, or for the kitchen.
pub(super) fn wait(cx: &mut Cx<'_>, order: &Order) {
    if order.is_ruled() {
        approval::begin::begin(cx, order);
    } else {
        wait_for_kitchen::start(cx, order);
    }
}

/// Who confirms: those whom the rules name, or as the shop does it.
fn confirm(cx: &mut Cx<'_>, judged: Decision) -> Confirm {
    if let Decision::Need { fired, tiers } = judged {
        return Confirm::Asked(approval::begin::request(cx, (fired, tiers)));
    }
    match cx.shop.settings.confirm {
        crate::shop::Confirm::Auto => Confirm::Auto,
        crate::shop::Confirm::Staff => Confirm::Staff,
    }
}

fn decide(
    cx: &Cx<'_>,
    (answers, confirm, (company, account)): (
        Answers,
        Confirm,
        (Option<&Membership>, Option<AccountId>),
    ),
    (basket, id): (&Basket, OrderId),
    (day, number): (String, i64),
    sold_out: &SoldOut,
) -> Result<Placed, PlaceRefusal> {
    let new = NewOrder {
        cart: &basket.cart,
        placed_by: cx.session.by_hand.as_ref().map(|_| cx.customer()),
        id,
        day,
        number,
        fulfilment: cx.shop.fulfilment(&basket.cart.flow),
        table: table_of(cx, &basket.cart.flow),
        company: company.map(|place| (place.company.clone(), place.details.name.clone())),
        account,
        chat: by_hand::chat(cx),
        answers,
        fees: &basket.receipt.fees,
        minimum: basket.minimum,
        confirm,
        cause: cx.cause,
        now: cx.now,
    };
    let menu = Menu {
        catalogue: &cx.shop.catalogue,
        sold_out,
        taxes: &cx.shop.settings.taxes,
        rounding: cx.shop.settings.rounding,
    };
    place(new, menu)
}

/// The table that an order goes to: the guest's, if the flow is one for tables.
fn table_of(cx: &Cx<'_>, flow: &str) -> Option<Table> {
    let for_tables = cx.shop.flow(flow).is_some_and(Flow::starts_at_table);
    seat::table(cx).filter(|_| for_tables).cloned()
}

pub(super) fn answers(cx: &Cx<'_>, flow: &Flow, facts: &Facts) -> Answers {
    let place = cx.session.dialogue.clone().unwrap_or_default();
    crate::dialogue::advance::given(flow, &place, facts)
        .into_iter()
        .filter_map(|(step, answer)| Some((step.id.clone(), serde_json::to_value(answer).ok()?)))
        .collect()
}

/// The living message becomes the order's card; at a table it says how to order more, and the card
/// follows.
async fn said(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let number = Arg::Words(order.number.to_string());
    if let Some(by_hand) = cx.session.by_hand.clone() {
        return Box::pin(said_by_hand(cx, order, &by_hand)).await;
    }
    match &order.table {
        None => {
            cx.toast(Text::new("order-placed").with("number", number));
            tell::living_becomes_card(cx, order);
        }
        Some(table) => {
            let card = cx.card();
            let text = Text::new("order-placed-table")
                .with("number", number)
                .with("table", tables::name(table));
            let buttons = vec![
                card.plain("button-order-more", &Route::Begin(order.flow.clone())),
                card.plain("button-waiter", &Route::Waiter),
            ];
            let view = View::say(text).row(buttons).row(home_row(card));
            let view = show::noted(cx, view);
            cx.show(&Route::Home, view);
            tell::customer_card(cx, order, true);
        }
    }
    Ok(())
}

/// Who took the order sees its number; the customer hears of it and gets the card.
async fn said_by_hand(cx: &mut Cx<'_>, order: &Order, by_hand: &ByHand) -> Result<(), TurnError> {
    let locale = staff::locale_of(cx, order.customer).await?;
    tell::customer_card_in(cx, &locale, order, (true, Asking::Nothing));
    let number = Arg::Words(order.number.to_string());
    let text = Text::new("push-placed-by-hand").with("number", number);
    tell::customer(cx, (&locale, order), Moment::PlacedByHand, text).await?;
    let view = by_hand_screen::placed(cx.card(), order, &by_hand.name);
    let view = show::noted(cx, view);
    cx.show(&Route::ByHand(ByHandAct::Ask), view);
    Ok(())
}

/// Tells of an order that was placed apart from what the customer is doing, and waits for who
/// looks at it. `is_rush`: as [`to_kitchen`] takes it.
pub(super) async fn tell_apart(
    cx: &mut Cx<'_>,
    order: &Order,
    is_rush: bool,
) -> Result<(), TurnError> {
    tell::customer_card(cx, order, true);
    if !order.is_ruled() {
        to_kitchen(cx, order, is_rush).await?;
    }
    wait(cx, order);
    credit_due::watch(cx, order).await
}

/// The kitchen's card. `is_rush`: more orders came within the minute
/// before than a group takes as cards.
async fn to_kitchen(cx: &mut Cx<'_>, order: &Order, is_rush: bool) -> Result<(), TurnError> {
    match staff::kitchen_group(cx).await? {
        Some(group) if is_rush => fold::add(cx, order.id, group.chat),
        _ => {
            tell::kitchen_cards(cx, order, None, true).await?;
            tell::kitchen_photos(cx, order).await?;
        }
    }
    Ok(())
}
