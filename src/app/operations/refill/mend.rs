//! What the customer does about a line that is not as it was: another item, what is left, other
//! options, or without it.

use crate::chat::Text;
use crate::domain::cart::NewLine;
use crate::domain::cart::refill::{Fate, as_usual, can_be_had, instead};
use crate::domain::catalogue::Item;
use crate::kernel::{CartId, ItemId};
use crate::store;

use crate::app::basket;
use crate::app::cx::Cx;
use crate::app::draft::Draft;
use crate::app::outcome::TurnError;
use crate::app::route::{AgainAct, Route};
use crate::app::screens::refill as screen;
use crate::app::search;
use crate::app::show;

use super::super::back_in_stock;
use super::plan::{Plan, plan, shelf};
use super::{Look, Refill, keep, kept, show_plan, step};

/// Carries out a button about one line.
pub(super) async fn press(
    cx: &mut Cx<'_>,
    mut refill: Refill,
    act: AgainAct,
) -> Result<(), TurnError> {
    let at = match act {
        AgainAct::Lines(page) => {
            let plan = plan(cx, refill).await?;
            show_lines(cx, &plan, page);
            return Ok(());
        }
        AgainAct::Toggle(at, page) => {
            if let Some(wish) = refill.wishes.get_mut(at) {
                wish.skipped = !wish.skipped;
            }
            let plan = plan(cx, refill).await?;
            show_lines(cx, &plan, page);
            return Ok(());
        }
        AgainAct::Offers(at) => return show_offers(cx, refill, at).await,
        AgainAct::Choose(at) => return choose(cx, refill, at).await,
        other => mend(cx, &mut refill, other).await?,
    };
    let plan = plan(cx, refill).await?;
    if plan.must_ask() {
        return step(cx, plan.refill, Look::Always).await;
    }
    let page = screen::page_of(&plan.refilled.fates, at);
    show_plan(cx, plan, page);
    Ok(())
}

/// Does something about a wish; gives its place.
async fn mend(cx: &mut Cx<'_>, refill: &mut Refill, act: AgainAct) -> Result<usize, TurnError> {
    Ok(match act {
        AgainAct::Skip(at) => {
            if let Some(wish) = refill.wishes.get_mut(at) {
                wish.skipped = true;
            }
            at
        }
        AgainAct::Tell(at) => {
            tell(cx, refill, at).await?;
            at
        }
        AgainAct::Put(at, item) => {
            put(cx, refill, at, &item.as_str().into());
            at
        }
        AgainAct::TakeLeft(at) => {
            take_left(cx, refill, at).await?;
            at
        }
        AgainAct::Usual(at) => {
            usual(cx, refill, at).await?;
            at
        }
        _ => 0,
    })
}

/// The customer waits for the item, and the line is left out meanwhile.
async fn tell(cx: &mut Cx<'_>, refill: &mut Refill, at: usize) -> Result<(), TurnError> {
    let Some(wish) = refill.wishes.get_mut(at) else {
        return Ok(());
    };
    if back_in_stock::ask(cx, &wish.line.item, wish.line.quantity).await? {
        wish.skipped = true;
        let name = crate::app::screens::lines::name(&wish.name, wish.variant_name.as_ref());
        cx.toast(Text::new("awaited-asked").with("name", name));
    }
    Ok(())
}

/// Something of what is offered goes in the place of a wish.
fn put(cx: &mut Cx<'_>, refill: &mut Refill, at: usize, with: &ItemId) {
    let shop = cx.shop.clone();
    let Some(wish) = refill.wishes.get_mut(at) else {
        return;
    };
    // Nothing but what was offered: a button can be forged.
    let mut offered = search::offers(&shop, wish).into_iter();
    if let Some(item) = offered.find(|item| item.id == *with) {
        let line = instead(wish, item, &shop.catalogue);
        wish.becomes(line, item);
    }
}

async fn take_left(cx: &mut Cx<'_>, refill: &mut Refill, at: usize) -> Result<(), TurnError> {
    let now = plan(cx, refill.clone()).await?;
    if let (Some(Fate::Short { left }), Some(wish)) =
        (now.refilled.fates.get(at), refill.wishes.get_mut(at))
        && left.0 > 0
    {
        wish.line.quantity = *left;
        // What all of it came to says nothing about a part.
        wish.before = None;
    }
    Ok(())
}

async fn usual(cx: &mut Cx<'_>, refill: &mut Refill, at: usize) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let sold_out = basket::sold_out(cx).await?;
    let Some(wish) = refill.wishes.get_mut(at) else {
        return Ok(());
    };
    let levels = store::stock::Levels::default();
    let line = as_usual(wish, shelf(&shop, &sold_out, &levels));
    match (line, shop.catalogue.item(&wish.line.item)) {
        (Some(line), Some(item)) => wish.becomes(line, item),
        _ => cx.notices.push(Text::new("item-choice-unknown")),
    }
    Ok(())
}

/// Opens the card of a wish's item; what is chosen there comes back by [`chosen`].
async fn choose(cx: &mut Cx<'_>, refill: Refill, at: usize) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let sold_out = basket::sold_out(cx).await?;
    let levels = store::stock::Levels::default();
    let shelf = shelf(&shop, &sold_out, &levels);
    let found = refill.wishes.get(at).and_then(|wish| {
        let item = shop.catalogue.item(&wish.line.item)?;
        let line = as_usual(wish, shelf).unwrap_or_else(|| NewLine {
            quantity: wish.line.quantity,
            note: wish.line.note.clone(),
            ..NewLine::of(item, &shop.catalogue)
        });
        Some(Draft::of_wish(line, at))
    });
    let Some(draft) = found else {
        return step(cx, refill, Look::Always).await;
    };
    keep(cx, &refill);
    cx.session.draft = serde_json::to_value(draft).ok();
    show::item(cx, &[]).await
}

/// The options of a wish were chosen anew; `false` if nothing waits for them any more.
pub async fn chosen(cx: &mut Cx<'_>, at: usize, line: NewLine) -> Result<bool, TurnError> {
    let waiting = kept(cx).filter(|refill| refill.became.is_none());
    let shop = cx.shop.clone();
    let (Some(mut refill), Some(item)) = (waiting, shop.catalogue.item(&line.item)) else {
        return Ok(false);
    };
    let Some(wish) = refill.wishes.get_mut(at) else {
        return Ok(false);
    };
    if wish.line.item != line.item {
        return Ok(false);
    }
    wish.becomes(line, item);
    step(cx, refill, Look::Always).await?;
    Ok(true)
}

async fn show_offers(cx: &mut Cx<'_>, refill: Refill, at: usize) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let Some(wish) = refill.wishes.get(at).cloned() else {
        return step(cx, refill, Look::Always).await;
    };
    let near = search::offers(&shop, &wish);
    let there = there(cx, &near).await?;
    let there: Vec<&Item> = near.into_iter().filter(|i| there.contains(&i.id)).collect();
    keep(cx, &refill);
    let view = screen::offers(cx.card(), &shop.catalogue, (at, &wish), &there);
    let view = show::noted(cx, view);
    cx.show(&Route::Again(AgainAct::Offers(at)), view);
    Ok(())
}

/// Which of these can be had now.
async fn there(cx: &mut Cx<'_>, items: &[&Item]) -> Result<Vec<ItemId>, TurnError> {
    let shop = cx.shop.clone();
    let sold_out = basket::sold_out(cx).await?;
    let ids = items.iter().map(|item| &item.id);
    let levels = store::stock::levels(cx.tx, CartId(0), ids).await?;
    let shelf = shelf(&shop, &sold_out, &levels);
    let there = items.iter().filter(|item| can_be_had(item, shelf));
    Ok(there.map(|item| item.id.clone()).collect())
}

fn show_lines(cx: &mut Cx<'_>, plan: &Plan, page: usize) {
    keep(cx, &plan.refill);
    let shop = cx.shop.clone();
    let view = screen::lines(cx.card(), &plan.shown(&shop), page);
    let view = show::noted(cx, view);
    cx.show(&Route::Again(AgainAct::Lines(page)), view);
}
