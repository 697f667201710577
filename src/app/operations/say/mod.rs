//! What somebody types where nothing else is asked: an order, a change to the cart, a command, a
//! question. The one way in is [`heard`].
//!
//! What is certain is done in the same turn and can be undone by one tap; what is not is asked,
//! one thing at a time, and the rest waits in the session. A bare name is no order but a look-up,
//! as it always was: who only looks for something should find nothing in the cart. A message of
//! more than [`AT_ONCE`] things, such as a forwarded price list, takes the form of a list, which
//! is looked at before anything enters the cart. Must never leave words out in silence, and never
//! take anything away that can't be brought back.

mod as_list;
mod command;
mod deal;
mod judge;
pub mod kept;
mod question;
mod reading;
mod removal;
mod words;

use std::collections::BTreeSet;

use crate::app::basket::{self, Basket};
use crate::app::cx::Cx;
use crate::app::draft::Draft;
use crate::app::outcome::TurnError;
use crate::app::route::{Route, SaidAct};
use crate::app::screens::said as screen;
use crate::app::{search, show};
use crate::chat::{Text, one_line};
use crate::domain::cart::NewLine;
use crate::domain::cart::refill::{Wish, can_be_had, instead};
use crate::domain::catalogue::Item;
use crate::kernel::ItemId;
use crate::store;
use crate::store::stock::Levels;
use crate::understand::Intent;

use super::refill::shelf;
use super::{learn, quick_order};
use deal::Deal;
use judge::Heard;
pub use judge::has_prices;
use kept::{Asked, Offer, Said, Why};

/// Things of one message that go into the cart at once; more of them are a list.
pub const AT_ONCE: usize = 10;

/// Substitutes that are offered.
const INSTEAD: usize = 4;

/// Words; false if they are nothing but something to look for, and nothing happened.
pub async fn heard(cx: &mut Cx<'_>, text: &str) -> Result<bool, TurnError> {
    if answered(cx, text).await? {
        return Ok(true);
    }
    let shop = cx.shop.clone();
    let (names, own) = learn::names(cx).await?;
    let understood = shop.understanding.understand_of(text, &names);
    match &understood.intent {
        Intent::Command(name) => return Box::pin(command::run(cx, name)).await,
        Intent::Question => return question::asked(cx, text, &understood).await,
        Intent::Order => {}
    }
    let heard = Heard {
        shop: &shop,
        text,
        understood: &understood,
    };
    if heard.is_nothing() && !is_about_the_last(cx, &heard).await? {
        return question::unknown(cx, text).await;
    }
    if heard.is_look_up() {
        return Ok(false);
    }
    if heard.things() > AT_ONCE || heard.is_price_list() {
        quick_order::take(cx, &heard.as_list()).await?;
        return Ok(true);
    }
    for (words, item) in heard.by_own_names(&own) {
        learn::picked(cx, &words, &item).await?;
    }
    order(cx, &heard).await?;
    Ok(true)
}

/// Whether something is said of what was put in last, while that is on the screen.
async fn is_about_the_last(cx: &mut Cx<'_>, heard: &Heard<'_>) -> Result<bool, TurnError> {
    let is_shown = Route::from_path(&cx.session.screen) == Some(Route::Said(SaidAct::Show));
    let last = Said::of(cx).last();
    let (Some((id, _)), true) = (last, is_shown && heard.is_about_the_last()) else {
        return Ok(false);
    };
    let basket = basket::load(cx).await?;
    let line = basket.as_ref().and_then(|basket| basket.cart.line(id));
    Ok(line.is_some_and(|line| heard.fits(line)))
}

/// Carries out an order or a change.
async fn order(cx: &mut Cx<'_>, heard: &Heard<'_>) -> Result<(), TurnError> {
    let before = Said::of(cx);
    // Who has gone on to something else is not asked again; what is asked now is newer.
    let waiting = match stands(cx, &before) {
        true => before.open.clone(),
        false => Vec::new(),
    };
    let said = Said {
        serial: before.serial,
        ..Said::default()
    };
    let mut items = heard.items();
    let last = before.last().filter(|_| heard.is_about_the_last());
    items.extend(last.as_ref().map(|(_, item)| item.clone()));
    let act = |deal: &mut Deal<'_>| {
        heard.deal(deal, last.as_ref().map(|(id, _)| *id));
        deal.said.go_on_asking(waiting);
    };
    settle(cx, said, items, act).await
}

/// Whether the question that is asked now is still on the screen.
fn stands(cx: &Cx<'_>, said: &Said) -> bool {
    let on_card = || show::draft(cx).is_some_and(|draft| draft.said.is_some());
    let is_shown = match Route::from_path(&cx.session.screen) {
        Some(Route::Said(_)) => true,
        Some(Route::Item(_)) => on_card(),
        _ => false,
    };
    is_shown && !said.open.is_empty()
}

/// Words that answer the question that is asked now; false if they don't.
async fn answered(cx: &mut Cx<'_>, text: &str) -> Result<bool, TurnError> {
    let said = Said::of(cx);
    let asked = said.open.first().filter(|_| stands(cx, &said)).cloned();
    let Some(asked) = asked else {
        return Ok(false);
    };
    let shop = cx.shop.clone();
    match words::answer(&shop.catalogue, &asked, &one_line(text)) {
        Some(offer) => {
            answer(cx, said, &asked, offer).await?;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// The first question is answered by an offer.
async fn answer(
    cx: &mut Cx<'_>,
    mut said: Said,
    asked: &Asked,
    offer: Offer,
) -> Result<(), TurnError> {
    said.open.retain(|open| open.serial != asked.serial);
    if let (Why::Which | Why::Unsure | Why::Near, Offer::Put(line)) = (&asked.why, &offer) {
        learn::picked(cx, &asked.words, &line.item).await?;
    }
    let items = match &offer {
        Offer::Put(line) | Offer::Change(_, line) | Offer::Drop(_, line) => {
            vec![line.item.clone()]
        }
        Offer::DropAll(item) => vec![item.clone()],
    };
    let words = asked.words.clone();
    settle(cx, said, items, |deal| deal.answer(offer, &words)).await
}

/// Lets something happen to the cart, with what there is of these items, and shows it.
async fn settle(
    cx: &mut Cx<'_>,
    said: Said,
    items: Vec<ItemId>,
    act: impl FnOnce(&mut Deal<'_>),
) -> Result<(), TurnError> {
    let basket = basket::load_or_new(cx).await?;
    let before = (basket.cart.version, basket.cart.lines.clone());
    let shop = cx.shop.clone();
    let levels = levels(cx, &basket, items).await?;
    let sold_out = basket::sold_out(cx).await?;
    let asked_before = said.serial;
    let mut deal = Deal {
        shelf: shelf(&shop, &sold_out, &levels),
        cart: basket.cart.clone(),
        said,
    };
    act(&mut deal);
    let (cart, mut said) = (deal.cart, deal.said);
    let basket = match cart.lines == before.1 {
        true => basket,
        false => {
            let basket = basket::save(cx, cart).await?;
            said.changed(before, &basket.cart);
            basket
        }
    };
    offer_instead(cx, &mut said, asked_before).await?;
    said.keep(cx);
    show_of(cx, &said, &basket);
    Ok(())
}

async fn levels(cx: &mut Cx<'_>, basket: &Basket, items: Vec<ItemId>) -> Result<Levels, TurnError> {
    let catalogue = &cx.shop.catalogue;
    let counted: BTreeSet<ItemId> = items
        .into_iter()
        .filter(|id| catalogue.is_tracked(id))
        .collect();
    match counted.is_empty() {
        true => Ok(Levels::default()),
        false => Ok(store::stock::levels(cx.tx, basket.cart.id, &counted).await?),
    }
}

/// Adds what there is in the place of what is short to the questions after the given one.
async fn offer_instead(cx: &mut Cx<'_>, said: &mut Said, after: i64) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let wish = |asked: &Asked| {
        let (Why::SoldOut(line) | Why::Short(line, _)) = &asked.why else {
            return None;
        };
        let item = shop.catalogue.item(&line.item)?;
        (asked.serial > after).then(|| Wish::of(line.clone(), item))
    };
    let wishes: Vec<(i64, Wish)> = said
        .open
        .iter()
        .filter_map(|asked| Some((asked.serial, wish(asked)?)))
        .collect();
    if wishes.is_empty() {
        return Ok(());
    }
    let near: Vec<(i64, &Wish, Vec<&Item>)> = wishes
        .iter()
        .map(|(serial, wish)| (*serial, wish, search::offers(&shop, wish)))
        .collect();
    let items = near.iter().flat_map(|(_, _, near)| near);
    let items: BTreeSet<ItemId> = items.map(|item| item.id.clone()).collect();
    let cart = cx.session.cart.unwrap_or(crate::kernel::CartId(0));
    let levels = store::stock::levels(cx.tx, cart, &items).await?;
    let sold_out = basket::sold_out(cx).await?;
    let shelf = shelf(&shop, &sold_out, &levels);
    for (serial, wish, near) in near {
        let there = near.into_iter().filter(|item| can_be_had(item, shelf));
        let offers = there.take(INSTEAD);
        let offers = offers.map(|item| Offer::Put(instead(wish, item, &shop.catalogue)));
        if let Some(asked) = said.open.iter_mut().find(|asked| asked.serial == serial) {
            asked.offers.extend(offers);
        }
    }
    Ok(())
}

fn show_of(cx: &mut Cx<'_>, said: &Said, basket: &Basket) {
    let shop = cx.shop.clone();
    let shown = screen::Shown {
        catalogue: &shop.catalogue,
        said,
        cart: &basket.cart,
        total: basket.receipt.total,
    };
    let view = screen::said(cx.card(), &shown);
    let view = show::noted(cx, view);
    cx.session.draft = None;
    cx.show(&Route::Said(SaidAct::Show), view);
}

/// Carries out a button.
pub async fn press(cx: &mut Cx<'_>, act: SaidAct) -> Result<(), TurnError> {
    let mut said = Said::of(cx);
    match act {
        SaidAct::Undo(version) => return undo(cx, said, version).await,
        SaidAct::Take(serial, place) => {
            let asked = said.asked(serial).cloned();
            let offer = asked.as_ref().and_then(|asked| asked.offers.get(place));
            if let (Some(asked), Some(offer)) = (&asked, offer) {
                return answer(cx, said, asked, offer.clone()).await;
            }
        }
        SaidAct::Leave(serial) if said.asked(serial).is_some() => {
            let left = said.open.remove(0);
            said.keep(cx);
            let kept = matches!(left.why, Why::Drop(_) | Why::DropKind(_) | Why::Change(_));
            if !kept {
                cx.notices
                    .push(Text::new("said-left-out").with("words", left.words));
            }
        }
        SaidAct::Choose(serial) => {
            if let Some(draft) = said.asked(serial).and_then(draft) {
                cx.session.draft = serde_json::to_value(draft).ok();
                return show::item(cx, &[]).await;
            }
        }
        SaidAct::Leave(_) | SaidAct::Show => {}
    }
    // What is asked now, where a tap before this one has answered what this one was about.
    let basket = basket::load_or_new(cx).await?;
    if said.is_over() {
        show::cart_of(cx, &basket);
        return Ok(());
    }
    show_of(cx, &said, &basket);
    Ok(())
}

/// The item's card on which a question is answered.
fn draft(asked: &Asked) -> Option<Draft> {
    match &asked.why {
        Why::Variant(line) | Why::Choice(line, _) | Why::Options(line) => {
            Some(Draft::of_said(line.clone(), asked.serial))
        }
        _ => None,
    }
}

/// What was asked was chosen on the item's card; false if nothing waits for it any more.
pub async fn chosen(cx: &mut Cx<'_>, serial: i64, line: NewLine) -> Result<bool, TurnError> {
    let said = Said::of(cx);
    let Some(asked) = said.asked(serial).cloned() else {
        return Ok(false);
    };
    answer(cx, said, &asked, Offer::Put(line)).await?;
    Ok(true)
}

/// Puts the cart back as it was, if nobody has changed it since.
async fn undo(cx: &mut Cx<'_>, mut said: Said, version: i64) -> Result<(), TurnError> {
    let basket = basket::load_or_new(cx).await?;
    if said.before.is_none() {
        // Undone by the tap before this one.
        show::cart_of(cx, &basket);
        return Ok(());
    }
    let before = said.before.take().filter(|before| {
        let is_now = (before.cart, before.version) == (basket.cart.id, basket.cart.version);
        is_now && before.version == version
    });
    let Some(before) = before else {
        cx.notices.push(Text::new("said-not-undone"));
        show::cart_of(cx, &basket);
        return Ok(());
    };
    let mut cart = basket.cart;
    cart.lines = before.lines;
    let basket = basket::save(cx, cart).await?;
    cx.session.said = None;
    cx.notices.push(Text::new("said-undone"));
    show::cart_of(cx, &basket);
    Ok(())
}
