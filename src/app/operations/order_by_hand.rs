//! Somebody of the team takes an order for a customer: who is it, and on with the usual flows.

use crate::chat::{Text, one_line};
use crate::kernel::{CustomerId, OrderId};
use crate::store;
use crate::store::orders::Stretch;

use crate::app::access::{Act, acting};
use crate::app::audit::{self, Deed, Did};
use crate::app::by_hand::{self, Caller};
use crate::app::cx::Cx;
use crate::app::lookup::meant;
use crate::app::outcome::TurnError;
use crate::app::route::{ByHandAct, LookAct, Route};
use crate::app::screens::by_hand as screen;
use crate::app::screens::by_hand::Candidate;
use crate::app::{show, staff};

use super::{credit_due, place_order};

/// Names are sealed: so many of the newest orders are opened to look for a caller.
const AMONG: i64 = 200;
/// Customers to choose from.
const SHOWN: usize = 5;
/// Characters of what is written about a caller.
const MOST_WRITTEN: usize = 80;

/// The turn that keeps in the record who placed an order by hand and sets its timers; the key is
/// the order's id. The turn that placed it is full; this one is committed to with it.
pub const PLACED: &str = "by-hand-placed";

/// Keeps it.
pub async fn placed(cx: &mut Cx<'_>, id: OrderId) -> Result<(), TurnError> {
    let order = store::orders::find(cx.tx, id).await?;
    let Some(order) = order.filter(|order| order.placed_by == Some(cx.customer())) else {
        return Ok(());
    };
    // Nobody's name comes with a turn of its own.
    cx.who.name = staff::name_of(cx, cx.customer()).await?;
    let role = acting(&staff::roles(cx, cx.customer()).await?, Act::PlaceForOthers);
    let deed = Deed::new(Did::PlacedByHand, role, audit::of_order(id));
    cx.audit(deed.to(order.number));
    place_order::wait(cx, &order);
    credit_due::watch(cx, &order).await?;
    Ok(())
}

/// `/order`, alone or with who it is for.
pub async fn command(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    if !by_hand::is_allowed(cx).await? {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    by_hand::stop(cx).await?;
    if words.is_empty() {
        ask(cx);
        return Ok(());
    }
    find(cx, words).await
}

/// A tap on one of these screens.
pub async fn press(cx: &mut Cx<'_>, act: ByHandAct) -> Result<(), TurnError> {
    if act == ByHandAct::Stop {
        by_hand::stop(cx).await?;
        return show::home(cx).await;
    }
    if !by_hand::is_allowed(cx).await? {
        cx.alert(Text::new("staff-not-allowed"));
        return show::home(cx).await;
    }
    match act {
        ByHandAct::Ask => {
            by_hand::stop(cx).await?;
            ask(cx);
            Ok(())
        }
        ByHandAct::For(who) => known(cx, who).await,
        ByHandAct::New => new(cx).await,
        ByHandAct::Stop => show::home(cx).await,
    }
}

/// Words typed where it is asked for whom the order is.
pub async fn words(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    if !by_hand::is_allowed(cx).await? {
        cx.notices.push(Text::new("staff-not-allowed"));
        return show::home(cx).await;
    }
    find(cx, words).await
}

fn ask(cx: &mut Cx<'_>) {
    cx.session.caller.clear();
    let view = screen::ask(cx.card());
    let view = show::noted(cx, view);
    cx.show(&Route::ByHand(ByHandAct::Ask), view);
}

/// Whoever the words may mean, to be chosen from.
async fn find(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let words: String = one_line(words).chars().take(MOST_WRITTEN).collect();
    if words.is_empty() {
        ask(cx);
        return Ok(());
    }
    let number = match meant(cx, &words) {
        Ok(LookAct::Number(number, _)) => Some(number),
        _ => None,
    };
    let found = match number {
        Some(number) => of_number(cx, number).await?,
        None => of_words(cx, &Caller::read(&words)).await?,
    };
    let new = number.is_none().then(|| Caller::read(&words));
    cx.session.caller = new.as_ref().map_or_else(String::new, |_| words.clone());
    let view = screen::found(cx.card(), &words, &found, new.as_ref());
    let view = show::noted(cx, view);
    cx.show(&Route::ByHand(ByHandAct::Ask), view);
    Ok(())
}

/// The customers of the newest orders of that number.
async fn of_number(cx: &mut Cx<'_>, number: i64) -> Result<Vec<Candidate>, TurnError> {
    let newest = Stretch {
        skip: 0,
        limit: SHOWN as i64,
    };
    let orders = store::orders::numbered(cx.tx, number, newest).await?;
    let found = orders
        .iter()
        .map(|order| (order.customer, Some(order.number)));
    named(cx, found.collect()).await
}

/// The customers whose name, phone number or answers have these words.
pub async fn of_words(cx: &mut Cx<'_>, caller: &Caller) -> Result<Vec<Candidate>, TurnError> {
    let sought = caller.phone.as_ref().unwrap_or(&caller.name);
    let mut orders = store::orders::with_words(cx.tx, sought, AMONG).await?;
    orders.truncate(SHOWN * SHOWN);
    let orders = store::orders::of_ids(cx.tx, &orders).await?;
    let mut found: Vec<_> = orders
        .iter()
        .map(|order| (order.customer, Some(order.number)))
        .collect();
    if let Some(phone) = &caller.phone {
        let known = store::customers::with_phone(cx.tx, phone).await?;
        found.extend(known.into_iter().map(|who| (who, None)));
    }
    named(cx, found).await
}

/// Each customer once, with their name and the number of an order of theirs.
async fn named(
    cx: &mut Cx<'_>,
    found: Vec<(CustomerId, Option<i64>)>,
) -> Result<Vec<Candidate>, TurnError> {
    let mut each: Vec<(CustomerId, Option<i64>)> = Vec::new();
    for (who, number) in found {
        if each.len() < SHOWN && !each.iter().any(|(known, _)| *known == who) {
            each.push((who, number));
        }
    }
    if each.is_empty() {
        return Ok(Vec::new());
    }
    let names = store::orders::names(cx.tx, each.iter().map(|(who, _)| *who)).await?;
    let name = |who| {
        let known = names.iter().find(|(known, _)| *known == who);
        known.map(|(_, name)| name.clone()).unwrap_or_default()
    };
    Ok(each
        .into_iter()
        .map(|(who, number)| Candidate {
            who,
            name: name(who),
            number,
        })
        .collect())
}

/// Orders for a customer who is known.
async fn known(cx: &mut Cx<'_>, who: CustomerId) -> Result<(), TurnError> {
    let Some(customer) = store::customers::find(cx.tx, who).await? else {
        cx.toast(Text::new("press-unknown"));
        ask(cx);
        return Ok(());
    };
    by_hand::stop(cx).await?;
    let name = match customer.name.is_empty() {
        true => who.to_string(),
        false => customer.name,
    };
    by_hand::begin(cx, (who, &name), None);
    show::home(cx).await
}

/// Writes down who was typed last, and orders for them.
async fn new(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let caller = Caller::read(&cx.session.caller);
    if caller.name.is_empty() {
        ask(cx);
        return Ok(());
    }
    by_hand::stop(cx).await?;
    cx.session.caller.clear();
    let who = CustomerId::by_phone(cx.id());
    let locale = staff::first_locale(cx);
    let (name, phone) = (caller.called(), caller.phone.as_deref());
    store::customers::write_down(cx.tx, who, (&name, phone), &locale, cx.now).await?;
    if let Some(phone) = phone {
        by_hand::remember_phone(cx, who, phone).await?;
    }
    by_hand::begin(cx, (who, &name), None);
    show::home(cx).await
}
