//! `/stock`: the shop's goods as staff see and change them, on the living message.
//!
//! What is put together (a change not yet given a reason) is kept in the session's draft; nothing
//! is written before the reason is pressed. Rights are asked by the operations, at the press.

mod change;
mod off;
mod typed;

use serde::{Deserialize, Serialize};

use crate::chat::Text;
use crate::domain::catalogue::Item;
use crate::domain::stock::Level;
use crate::kernel::{CartId, ItemId};
use crate::store;
use crate::store::items::Subject;

use super::access::{Act, may};
use super::basket;
use super::cx::Cx;
use super::operations::stock::Menu;
use super::outcome::TurnError;
use super::route::{Route, StockAct};
use super::screens::stock as screen;
use super::{show, staff};

/// Characters of a text that are searched for.
const MOST_SOUGHT: usize = 64;

/// A change being put together, as the session keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Draft {
    item: ItemId,
    /// True: counted, so many are there. False: so many more or fewer.
    counted: bool,
    /// The change in base units.
    by: i64,
    /// What was on hand when it was put together.
    seen: i64,
}

/// `/stock`, or a tap on one of its buttons.
pub async fn press(cx: &mut Cx<'_>, act: StockAct) -> Result<(), TurnError> {
    if !allowed(cx).await? {
        cx.alert(Text::new("staff-not-allowed"));
        return Ok(());
    }
    match act {
        StockAct::List(page) => list(cx, page).await,
        StockAct::Item(id) => item(cx, &ItemId(id)).await,
        StockAct::Until(id) => until(cx, &ItemId(id), None).await,
        StockAct::Choices(id) => choices(cx, &ItemId(id)).await,
        StockAct::Nudge(by) => change::nudge(cx, by).await,
        StockAct::Book(reason) => change::book(cx, &reason).await,
        StockAct::Discard => {
            cx.session.draft = None;
            again(cx).await
        }
        StockAct::Today => {
            let until = off::end_of_day(cx);
            off::take_off(cx, Menu::Off(Some(until))).await
        }
        StockAct::Off => off::take_off(cx, Menu::Off(None)).await,
        StockAct::Return => off::take_off(cx, Menu::On).await,
        StockAct::Choice(group, choice) => off::toggle(cx, &group, &choice).await,
    }
}

/// `/stock` in a private chat.
pub async fn open(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    if !allowed(cx).await? {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    if words.is_empty() {
        list(cx, 0).await
    } else {
        find(cx, words).await
    }
}

/// Words typed while the stock is shown; `false` if they are not for it.
pub async fn words(cx: &mut Cx<'_>, at: &StockAct, words: &str) -> Result<bool, TurnError> {
    if !allowed(cx).await? {
        return Ok(false);
    }
    match at {
        StockAct::Item(id) => change::number(cx, &ItemId(id.clone()), words).await?,
        StockAct::Until(id) => off::time(cx, &ItemId(id.clone()), words).await?,
        _ => find(cx, words).await?,
    }
    Ok(true)
}

async fn allowed(cx: &mut Cx<'_>) -> Result<bool, TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    Ok(may(&roles, Act::SellOut))
}

async fn level(cx: &mut Cx<'_>, id: &ItemId) -> Result<Option<Level>, TurnError> {
    let found = store::stock::levels(cx.tx, CartId(0), [id]).await?;
    Ok(found.levels.get(id).copied())
}

async fn list(cx: &mut Cx<'_>, page: usize) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let shown = shop.catalogue.items().iter().map(|item| &item.id);
    let page = page.min(shop.catalogue.items().len() / screen::PAGE);
    let ids = shown.skip(page * screen::PAGE).take(screen::PAGE);
    let found = store::stock::levels(cx.tx, CartId(0), ids).await?;
    let sold_out = basket::sold_out(cx).await?;
    let view = screen::list(cx.card(), (&shop.catalogue, &sold_out), &found.levels, page);
    let view = show::noted(cx, view);
    cx.show(&Route::Stock(StockAct::List(page)), view);
    Ok(())
}

async fn find(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let words: String = words.chars().take(MOST_SOUGHT).collect();
    let shop = cx.shop.clone();
    let hits = shop.find(&words, screen::PAGE);
    let items: Vec<&Item> = hits.into_iter().map(|hit| hit.item).collect();
    let ids = items.iter().map(|item| &item.id);
    let found = store::stock::levels(cx.tx, CartId(0), ids).await?;
    let sold_out = basket::sold_out(cx).await?;
    let view = screen::found(cx.card(), (&words, &items), &found.levels, &sold_out);
    cx.show(&Route::Stock(StockAct::List(0)), view);
    Ok(())
}

/// The item whose card or question is shown, if the session stands at one.
fn at(cx: &Cx<'_>) -> Option<ItemId> {
    match Route::from_path(&cx.session.screen)? {
        Route::Stock(StockAct::Item(id) | StockAct::Until(id) | StockAct::Choices(id)) => {
            Some(ItemId(id))
        }
        _ => None,
    }
}

fn draft(cx: &Cx<'_>, id: &ItemId) -> Option<Draft> {
    let draft: Draft = serde_json::from_value(cx.session.draft.clone()?).ok()?;
    (draft.item == *id).then_some(draft)
}

/// Shows the item's card again, or the list if the item is gone.
async fn again(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    match at(cx) {
        Some(id) => item(cx, &id).await,
        None => list(cx, 0).await,
    }
}

async fn item(cx: &mut Cx<'_>, id: &ItemId) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let Some(shown) = shop.catalogue.item(id) else {
        cx.notices.push(Text::new("item-gone"));
        return list(cx, 0).await;
    };
    let level = level(cx, id).await?;
    let draft = draft(cx, id);
    if draft.is_none() {
        cx.session.draft = None;
    }
    let pending = level.and_then(|level| {
        let draft = draft?;
        let from = if draft.counted {
            draft.seen
        } else {
            level.on_hand.0
        };
        Some(screen::Pending {
            to: from + draft.by,
            by: draft.by,
        })
    });
    let last = match store::shelf::last_change(cx.tx, id).await? {
        Some(last) => Some(screen::Last {
            by: last.change,
            why: last.why,
            who: staff::name_of(cx, last.actor).await?,
            at: last.at,
        }),
        None => None,
    };
    let roles = staff::roles(cx, cx.customer()).await?;
    let subject = Subject::Item(id.clone());
    let view = screen::item(
        cx.card(),
        &screen::ItemStock {
            item: shown,
            level,
            off: store::items::sold_out_until(cx.tx, &subject, cx.now).await?,
            reasons: &shop.settings.stock_reasons,
            may_change: may(&roles, Act::ChangeStock),
            pending,
            last,
        },
    );
    let view = show::noted(cx, view);
    cx.show(&Route::Stock(StockAct::Item(id.0.clone())), view);
    Ok(())
}

async fn until(cx: &mut Cx<'_>, id: &ItemId, problem: Option<Text>) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let Some(shown) = shop.catalogue.item(id) else {
        cx.notices.push(Text::new("item-gone"));
        return list(cx, 0).await;
    };
    let view = screen::ask_until(cx.card(), shown, problem);
    cx.show(&Route::Stock(StockAct::Until(id.0.clone())), view);
    Ok(())
}

async fn choices(cx: &mut Cx<'_>, id: &ItemId) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let Some(shown) = shop.catalogue.item(id) else {
        cx.notices.push(Text::new("item-gone"));
        return list(cx, 0).await;
    };
    let sold_out = basket::sold_out(cx).await?;
    let view = screen::choices(cx.card(), &shop.catalogue, shown, &sold_out);
    cx.show(&Route::Stock(StockAct::Choices(id.0.clone())), view);
    Ok(())
}
