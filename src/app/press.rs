//! A tap on a screen of the living message, in a private chat.
//!
//! Old buttons never do harm: a tap on a message that is no longer the living one shows where
//! the conversation stands, and changes nothing.

use std::future::ready;

use crate::chat::{Press, Text};
use crate::dialogue::{Input, ScreenEnd};
use crate::domain::cart::{Cart, Refusal};
use crate::kernel::time::SECOND;
use crate::kernel::{CartId, LineId, Locale, Millis, Quantity, Timestamp};
use crate::store;

use super::cx::Cx;
use super::draft::{Draft, Tapped};
use super::operations::{
    accounts, approval, back_in_stock, call_waiter, change_cart, claim_link, company,
    customer_order, learn, manage_staff, manage_tables, order_by_hand, own_data, pause, profile,
    quick_order, read_audit, refill, saved, say, schedule, statement, work_order,
};
use super::outcome::{Running, TurnError};
use super::route::{
    AwaitAct, NotifyAct, Nudge, OrderAct, Route, SavedAct, ScheduleAct, StatementAct,
};
use super::{approvals, basket};
use super::{lookup, notify, ordering, seat, show, stock};

/// Old buttons bring the present screen up again at most so often.
const RESUME_EVERY: Millis = 3 * SECOND;

/// Handles a tap in a private chat.
pub async fn press(cx: &mut Cx<'_>, press: &Press) -> Result<(), TurnError> {
    cx.query = Some(press.query_id.clone());
    let Some((route, version)) = Route::parse(&press.data) else {
        cx.toast(Text::new("press-unknown"));
        return Ok(());
    };
    if let Route::Order(id, act) = &route {
        return match act {
            OrderAct::Show
            | OrderAct::CancelAsk
            | OrderAct::Cancel
            | OrderAct::CancelRequest
            | OrderAct::Change
            | OrderAct::Agree
            | OrderAct::Decline
            | OrderAct::Again
            | OrderAct::Save
            | OrderAct::Lines
            | OrderAct::Back => Box::pin(customer_order::act(cx, *id, act, version)).await,
            OrderAct::Work
            | OrderAct::Card
            | OrderAct::Print
            | OrderAct::Amend
            | OrderAct::Accept(_)
            | OrderAct::RejectAsk
            | OrderAct::Reject(_)
            | OrderAct::Prepare
            | OrderAct::Ready
            | OrderAct::HandOver
            | OrderAct::Serve
            | OrderAct::Dispatch
            | OrderAct::Deliver
            | OrderAct::FailAsk
            | OrderAct::Fail(_)
            | OrderAct::GrantCancel
            | OrderAct::RefuseAsk
            | OrderAct::RefuseCancel(_) => Box::pin(work_order::act(cx, *id, act, version)).await,
        };
    }
    if let Route::Approval(id, act) = &route {
        return Box::pin(approval::decide::act(cx, *id, act, version)).await;
    }
    if let Route::Look(act) = route {
        return lookup::press(cx, act).await;
    }
    if let Route::TakeBack(token) = &route {
        return claim_link::take_back(cx, token).await;
    }
    if let Route::Company(act) = &route
        && act.is_apart()
    {
        return company::press(cx, act.clone()).await;
    }
    if let Route::Credit(act) = &route
        && act.is_apart()
    {
        return Box::pin(accounts::press(cx, act.clone())).await;
    }
    if let Route::Learn(act) = &route
        && act.is_apart()
    {
        return Box::pin(learn::press(cx, *act)).await;
    }
    if let Route::Schedule(act) = &route
        && (act.is_apart() || (matches!(act, ScheduleAct::Open(_)) && version == 0))
    {
        return Box::pin(schedule::press(cx, *act, version)).await;
    }
    if (&route, version) == (&Route::Saved(SavedAct::List(0)), 0) {
        return saved::press(cx, SavedAct::List(0)).await;
    }
    // Below a date that was not ordered.
    if let (Route::Saved(act @ SavedAct::Go(_)), 0) = (&route, version) {
        return saved::press(cx, act.clone()).await;
    }
    // Below a push, which is no part of the conversation: the screen comes anew.
    if (&route, version) == (&Route::Notify(NotifyAct::Show), 0) {
        return notify::show(cx).await;
    }
    if let (Route::Await(act @ AwaitAct::Open(_)), 0) = (&route, version) {
        return back_in_stock::press(cx, act.clone()).await;
    }
    if let (Route::Statement(act @ StatementAct::Open(..)), 0) = (&route, version) {
        return statement::press(cx, act.clone()).await;
    }
    if version != cx.session.card {
        cx.toast(Text::new("stale-notice"));
        // Somebody tapping on and on gets one screen, not a pile of them.
        if cx.now.since(Timestamp(cx.session.resumed_ms)).abs() < RESUME_EVERY {
            return Ok(());
        }
        cx.session.resumed_ms = cx.now.millis();
        return resume(cx, Some(Text::new("stale-button"))).await;
    }
    cx.fresh = false;
    follow(cx, route).await
}

/// Shows the present screen anew, after saying why.
pub async fn resume(cx: &mut Cx<'_>, why: Option<Text>) -> Result<(), TurnError> {
    cx.fresh = true;
    cx.notices.extend(why);
    let screen = Route::from_path(&cx.session.screen).unwrap_or(Route::Home);
    match screen {
        Route::Step | Route::Review | Route::Cancel => ordering::hear(cx, Input::Begin).await,
        Route::Item(_) => show::item(cx, &[]).await,
        other => follow(cx, other).await,
    }
}

/// Where a button leads. No `async` function: in an unoptimised build its stack has room for each of
/// all these futures, so it must be gone when one of them runs.
pub fn follow<'a>(cx: &'a mut Cx<'_>, route: Route) -> Running<'a> {
    match route {
        Route::Home => Box::pin(show::home(cx)),
        // With its place among the steps, where choosing is one of them.
        Route::Menu if ordering::stands_at_items(cx) => Box::pin(ordering::hear(cx, Input::Begin)),
        Route::Menu => Box::pin(show::categories(cx, None)),
        Route::Category(id, page) => Box::pin(async move { show::category(cx, &id, page).await }),
        Route::Orders => Box::pin(show::orders(cx)),
        Route::Profile(act) => Box::pin(profile::press(cx, act)),
        Route::OwnData(act) => Box::pin(own_data::press(cx, act)),
        Route::Saved(act) => Box::pin(saved::press(cx, act)),
        Route::Quick(act) => Box::pin(quick_order::press(cx, act)),
        Route::Said(act) => Box::pin(say::press(cx, act)),
        Route::Schedule(act) => Box::pin(schedule::press(cx, act, 0)),
        Route::Again(act) => Box::pin(refill::press(cx, act)),
        Route::Await(act) => Box::pin(back_in_stock::press(cx, act)),
        Route::Learn(act) => Box::pin(learn::press(cx, act)),
        Route::Help => {
            show::help(cx, "");
            Box::pin(ready(Ok(())))
        }
        Route::Languages => {
            show::languages(cx);
            Box::pin(ready(Ok(())))
        }
        Route::Language(tag) => Box::pin(async move { language(cx, &tag).await }),
        Route::Notify(act) => Box::pin(notify::act(cx, act)),
        Route::Pause(scope, act) => Box::pin(async move { pause::press(cx, &scope, act).await }),
        Route::Item(id) => Box::pin(async move { show::chosen(cx, &id).await }),
        Route::Variant(_)
        | Route::Choice(..)
        | Route::Quantifier(..)
        | Route::Amount(_)
        | Route::Add => Box::pin(on_item(cx, route)),
        Route::Cart
        | Route::CartPage(_)
        | Route::Line(_)
        | Route::LineAmount(..)
        | Route::LineRemove(_)
        | Route::LineEdit(_)
        | Route::LineNote(_)
        | Route::Empty
        | Route::EmptyYes => Box::pin(on_cart(cx, route)),
        Route::Replace(..) | Route::TakeLeft(_) | Route::Drop(_) => Box::pin(mend(cx, route)),
        Route::Waiting(act) => Box::pin(approvals::press(cx, act)),
        Route::Away(act) => Box::pin(approval::away::act(cx, act)),
        Route::Reply(id) => Box::pin(approval::talk::again(cx, id)),
        Route::GroupFor(_)
        | Route::Order(..)
        | Route::Approval(..)
        | Route::TakeBack(_)
        | Route::Look(_) => {
            cx.toast(Text::new("press-unknown"));
            Box::pin(ready(Ok(())))
        }
        Route::Stock(act) => Box::pin(stock::press(cx, act)),
        Route::Company(act) => Box::pin(company::press(cx, act)),
        Route::Credit(act) => Box::pin(accounts::press(cx, act)),
        Route::Statement(act) => Box::pin(statement::press(cx, act)),
        Route::Team(act) => Box::pin(manage_staff::press(cx, act)),
        Route::Audit(act) => Box::pin(read_audit::press(cx, act)),
        Route::ByHand(act) => Box::pin(order_by_hand::press(cx, act)),
        Route::Keep => {
            cx.fresh = true;
            Box::pin(ordering::hear(cx, Input::Begin))
        }
        Route::Waiter => Box::pin(call_waiter::call_waiter(cx)),
        Route::Tables(_) | Route::TableCode(_) | Route::TableAsk(..) | Route::TableRenew(..) => {
            Box::pin(async move { manage_tables::manage_tables(cx, &route).await })
        }
        Route::Begin(flow) => Box::pin(async move { ordering::begin(cx, &flow).await }),
        Route::Checkout => Box::pin(checkout(cx)),
        Route::Ways => Box::pin(show::ways(cx)),
        Route::CheckoutBy(flow) => Box::pin(async move { checkout_by(cx, &flow).await }),
        Route::Step
        | Route::Answer(_)
        | Route::Tick(_)
        | Route::Known
        | Route::Yes
        | Route::No
        | Route::Skip
        | Route::Back
        | Route::Cancel
        | Route::CancelYes
        | Route::CancelNo
        | Route::Review
        | Route::Change(_)
        | Route::Place => Box::pin(on_step(cx, route)),
    }
}

/// What is short is mended in the cart, and the order goes on.
async fn mend(cx: &mut Cx<'_>, route: Route) -> Result<(), TurnError> {
    change_cart::mend(cx, &route).await?;
    ordering::hear(cx, Input::Begin).await
}

/// What a tap says to the dialogue engine.
async fn on_step(cx: &mut Cx<'_>, route: Route) -> Result<(), TurnError> {
    let input = match route {
        Route::Answer(value) => Input::Value(value),
        Route::Tick(choice) => Input::Tick(choice),
        Route::Known => Input::Known,
        Route::Yes | Route::CancelYes => Input::Yes,
        Route::No | Route::CancelNo => Input::No,
        Route::Skip => Input::Skip,
        Route::Back => Input::Back,
        Route::Cancel => Input::Cancel,
        Route::Change(step) => Input::Goto(step),
        Route::Place => Input::Screen(ScreenEnd::Done),
        _ => Input::Begin,
    };
    ordering::hear(cx, input).await
}

/// Leaves the cart: by the flow under way, else by the only one, else whoever asks chooses.
pub async fn checkout(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let empty = basket::load(cx)
        .await?
        .is_none_or(|basket| basket.cart.is_empty());
    if empty {
        return show::cart(cx).await;
    }
    let flow = match &cx.session.dialogue {
        Some(place) => Some(place.flow.clone()),
        None => match seat::usual_flow(cx).map(|flow| flow.id.clone()) {
            Some(only) => Some(only),
            None => chosen_way(cx).await?,
        },
    };
    match flow {
        Some(flow) => checkout_by(cx, &flow).await,
        None => show::ways(cx).await,
    }
}

/// The flow that the person chose as their usual one, where it is offered here.
async fn chosen_way(cx: &mut Cx<'_>) -> Result<Option<String>, TurnError> {
    let way = super::profile::orderers(cx).await?.way;
    let is_offered = seat::flows(cx).iter().any(|flow| flow.id == way.id);
    Ok(Some(way.id).filter(|_| way.chosen && is_offered))
}

/// Leaves the cart by a flow, unless the goods are below its minimum.
async fn checkout_by(cx: &mut Cx<'_>, flow: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    match shop.flow(flow) {
        None => return ordering::hear(cx, Input::Begin).await,
        Some(wanted) if seat::is_missing(cx, wanted) => return show::home(cx).await,
        Some(_) => {}
    }
    ordering::take_flow(cx, flow).await?;
    let basket = basket::load(cx).await?;
    match basket.filter(|basket| basket.missing.is_some()) {
        Some(basket) => {
            if let Some(hint) = &basket.hint {
                cx.alert(hint.clone());
            }
            show::cart_of(cx, &basket);
            Ok(())
        }
        None => ordering::leave_items(cx).await,
    }
}

async fn language(cx: &mut Cx<'_>, tag: &str) -> Result<(), TurnError> {
    let locale = Locale::from(tag);
    if cx.shop.texts.locales().any(|known| *known == locale) {
        cx.session.locale = locale;
        cx.session.locale_chosen = true;
        cx.look_again();
        store::customers::set_locale(cx.tx, cx.customer(), &cx.session.locale).await?;
        super::commands::set_menu(cx).await?;
        cx.toast(Text::new("language-set"));
    }
    show::home(cx).await
}

fn keep(cx: &mut Cx<'_>, draft: Option<&Draft>) {
    cx.session.draft = draft.and_then(|draft| serde_json::to_value(draft).ok());
}

async fn on_item(cx: &mut Cx<'_>, route: Route) -> Result<(), TurnError> {
    let Some(mut draft) = show::draft(cx) else {
        return resume_in_place(cx).await;
    };
    let shop = cx.shop.clone();
    let Some(item) = shop.catalogue.item(&draft.item) else {
        return show::item(cx, &[]).await;
    };
    let sold_out = basket::sold_out(cx).await?;
    match route {
        Route::Variant(id) => {
            let variant = item.variant(&id.as_str().into());
            if let Some(variant) = variant {
                draft.variant = Some(variant.id.clone());
            }
        }
        Route::Choice(group, choice) => {
            match draft.tap(&shop.catalogue, &sold_out, (group, choice)) {
                Tapped::Changed | Tapped::Same => {}
                Tapped::SoldOut => cx.toast(Text::new("choice-out")),
                Tapped::Full { name, max } => cx.toast(
                    Text::new("item-too-many")
                        .with("name", &name)
                        .with("max", max),
                ),
            }
        }
        Route::Quantifier(group, choice) => draft.next_quantifier(&shop.catalogue, (group, choice)),
        Route::Amount(nudge) => draft.nudge(item, nudge),
        _ => return add(cx, draft).await,
    }
    keep(cx, Some(&draft));
    show::item(cx, &[]).await
}

async fn resume_in_place(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    // The message is the living one, but its screen has moved on: a second tap in a hurry.
    let screen = Route::from_path(&cx.session.screen);
    match screen {
        Some(Route::Cart) => show::cart(cx).await,
        Some(Route::Category(id, page)) => show::category(cx, &id, page).await,
        _ => show::categories(cx, None).await,
    }
}

async fn add(cx: &mut Cx<'_>, draft: Draft) -> Result<(), TurnError> {
    let mut cart = basket::load_or_new(cx).await?.cart;
    let shop = cx.shop.clone();
    let sold_out = basket::sold_out(cx).await?;
    let (item, line) = (draft.item.clone(), draft.line);
    if draft.wish.is_some() || draft.list.is_some() || draft.said.is_some() {
        return choose_anew(cx, draft).await;
    }
    let result = match line {
        Some(id) => cart.replace(id, draft.into_new(), &shop.catalogue, &sold_out),
        None => cart
            .add(draft.into_new(), &shop.catalogue, &sold_out)
            .map(|_| ()),
    };
    match result {
        Ok(()) => {}
        Err(Refusal::Line(problems)) => {
            let faults: Vec<_> = problems.into_iter().map(|problem| problem.fault).collect();
            return show::item(cx, &faults).await;
        }
        Err(refusal) => {
            cx.notices.push(change_cart::refused(&refusal));
            return show::item(cx, &[]).await;
        }
    }
    let basket = basket::save(cx, cart).await?;
    keep(cx, None);
    if let Some(item) = shop.catalogue.item(&item) {
        cx.toast(Text::new("item-added").with("name", &item.name));
        if line.is_none() {
            let category = item.category.as_str().to_owned();
            return show::category(cx, &category, 0).await;
        }
    }
    show::cart_of(cx, &basket);
    Ok(())
}

/// The options of a line that is ordered again, of a list, or of an order in words.
async fn choose_anew(cx: &mut Cx<'_>, draft: Draft) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let sold_out = basket::sold_out(cx).await?;
    let mut alone = Cart::new(CartId(0), cx.orderer(), "");
    if let Err(Refusal::Line(problems)) =
        alone.add(draft.clone().into_new(), &shop.catalogue, &sold_out)
    {
        let faults: Vec<_> = problems.into_iter().map(|problem| problem.fault).collect();
        return show::item(cx, &faults).await;
    }
    keep(cx, None);
    let taken = match (draft.wish, draft.list, draft.said) {
        (Some(at), ..) => refill::chosen(cx, at, draft.into_new()).await?,
        (None, Some(at), _) => quick_order::chosen(cx, at, draft).await?,
        (None, None, Some(serial)) => say::chosen(cx, serial, draft.into_new()).await?,
        (None, None, None) => false,
    };
    match taken {
        true => Ok(()),
        false => show::cart(cx).await,
    }
}

async fn on_cart(cx: &mut Cx<'_>, route: Route) -> Result<(), TurnError> {
    let basket = basket::load_or_new(cx).await?;
    match route {
        Route::CartPage(page) => show::cart_page(cx, &basket, page),
        Route::Line(id) => show::line_of(cx, &basket, id),
        Route::LineNote(id) => show::note_of(cx, &basket, id, None),
        Route::LineEdit(id) => {
            let draft = basket.cart.line(id).map(Draft::change);
            keep(cx, draft.as_ref());
            return show::item(cx, &[]).await;
        }
        Route::LineAmount(id, nudge) => return nudge_line(cx, basket.cart, id, nudge).await,
        Route::LineRemove(id) => {
            let mut cart = basket.cart;
            let basket = match cart.remove(id) {
                Ok(()) => basket::save(cx, cart).await?,
                // Taken out by the tap before this one.
                Err(_) => basket::priced(cx, cart).await?,
            };
            show::cart_of(cx, &basket);
        }
        Route::Empty if !basket.cart.is_empty() => {
            let lines = basket.cart.lines.len() as i64;
            let view = super::screens::cart::ask_empty(cx.card(), lines);
            cx.show(&Route::Empty, view);
        }
        Route::EmptyYes => {
            ordering::drop_cart(cx).await?;
            return show::cart(cx).await;
        }
        _ => show::cart_of(cx, &basket),
    }
    Ok(())
}

async fn nudge_line(
    cx: &mut Cx<'_>,
    mut cart: Cart,
    id: LineId,
    nudge: Nudge,
) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let sold_out = basket::sold_out(cx).await?;
    let step = cart
        .line(id)
        .and_then(|line| Some((line.quantity, shop.catalogue.item(&line.item)?)))
        .map(|(quantity, item)| {
            let step = item.unit.step().0;
            let to = match nudge {
                Nudge::More => quantity.0.saturating_add(step),
                Nudge::Fewer => quantity.0 - step,
            };
            // Below the least sold means: take it out.
            Quantity(if to < item.unit.min().0 { 0 } else { to })
        });
    let Some(quantity) = step else {
        let basket = basket::priced(cx, cart).await?;
        show::cart_of(cx, &basket);
        return Ok(());
    };
    let basket = match cart.set_quantity(id, quantity, &shop.catalogue, &sold_out) {
        Ok(()) => basket::save(cx, cart).await?,
        Err(refusal) => {
            cx.toast(change_cart::refused(&refusal));
            basket::priced(cx, cart).await?
        }
    };
    show::line_of(cx, &basket, id);
    Ok(())
}
