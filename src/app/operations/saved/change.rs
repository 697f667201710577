//! A saved order is changed by its owner or, shared inside a company, by one of its admins.

use crate::chat::Text;
use crate::domain::cart::refill::wishes_of;
use crate::domain::cart::{MAX_LINES, MAX_UNITS_PER_LINE};
use crate::domain::saved::{Right, SavedOrder, name};
use crate::store;

use crate::app::basket;
use crate::app::cx::Cx;
use crate::app::operations::schedule;
use crate::app::outcome::TurnError;
use crate::app::route::{Nudge, Route, SavedAct};
use crate::app::screens::saved as screen;
use crate::app::show;

use super::share::take_back;
use super::{keep_body, list, no_name, reach, said, show_saved};

/// Carries out a button.
pub(super) async fn press(cx: &mut Cx<'_>, act: SavedAct) -> Result<(), TurnError> {
    match act {
        SavedAct::Rename(id) => ask_name(cx, id, None).await,
        SavedAct::Lines(id, page) => lines(cx, id, page).await,
        SavedAct::Amount(id, at, nudge) => amount(cx, (id, at), nudge).await,
        SavedAct::Remove(id, at) => remove(cx, (id, at)).await,
        SavedAct::AddCart(id) => add_cart(cx, id).await,
        SavedAct::Copy(id) => copy(cx, id).await,
        SavedAct::Usual(id) => usual(cx, id).await,
        SavedAct::DeleteAsk(id) => ask_delete(cx, id).await,
        SavedAct::Delete(id) => delete(cx, id).await,
        _ => list(cx, 0).await,
    }
}

async fn ask_name(cx: &mut Cx<'_>, id: i64, problem: Option<Text>) -> Result<(), TurnError> {
    let Some((saved, _)) = reach(cx, id, Right::Change).await? else {
        return Ok(());
    };
    cx.notices.extend(problem);
    let view = screen::ask_rename(cx.card(), &saved);
    let view = show::noted(cx, view);
    cx.show(&Route::Saved(SavedAct::Rename(id)), view);
    Ok(())
}

/// Another name was typed.
pub(super) async fn rename(cx: &mut Cx<'_>, id: i64, typed: &str) -> Result<(), TurnError> {
    let name = match name(typed) {
        Ok(name) => name,
        Err(fault) => return ask_name(cx, id, Some(no_name(fault))).await,
    };
    let Some((mut saved, right)) = reach(cx, id, Right::Change).await? else {
        return Ok(());
    };
    saved.name = name;
    write(cx, &mut saved).await?;
    cx.notices.push(Text::new("saved-changed"));
    show_saved(cx, &saved, right);
    Ok(())
}

/// Writes it, unless somebody else was faster: then it is decided once more.
async fn write(cx: &mut Cx<'_>, saved: &mut SavedOrder) -> Result<(), TurnError> {
    match store::saved::update(cx.tx, saved, cx.now).await? {
        true => Ok(()),
        false => Err(TurnError::Overtaken),
    }
}

async fn lines(cx: &mut Cx<'_>, id: i64, page: usize) -> Result<(), TurnError> {
    if let Some((saved, _)) = reach(cx, id, Right::Change).await? {
        show_lines(cx, &saved, page).await?;
    }
    Ok(())
}

async fn show_lines(cx: &mut Cx<'_>, saved: &SavedOrder, page: usize) -> Result<(), TurnError> {
    let cart = basket::load(cx).await?.and_then(|basket| basket.brief());
    let may_add = cart.is_some() && cx.session.by_hand.is_none();
    let shop = cx.shop.clone();
    let view = screen::lines(cx.card(), (&shop.catalogue, saved), page, may_add);
    let view = show::noted(cx, view);
    cx.show(&Route::Saved(SavedAct::Lines(saved.id, page)), view);
    Ok(())
}

async fn amount(cx: &mut Cx<'_>, (id, at): (i64, usize), nudge: Nudge) -> Result<(), TurnError> {
    let Some((mut saved, _)) = reach(cx, id, Right::Change).await? else {
        return Ok(());
    };
    if let Some(wish) = saved.body.wishes.get_mut(at) {
        let step = wish.unit.step().0.max(1);
        let most = step.saturating_mul(MAX_UNITS_PER_LINE);
        let to = match nudge {
            Nudge::More => wish.line.quantity.0.saturating_add(step).min(most),
            Nudge::Fewer => (wish.line.quantity.0 - step).max(wish.unit.min().0),
        };
        if to != wish.line.quantity.0 {
            wish.line.quantity.0 = to;
            write(cx, &mut saved).await?;
        }
    }
    show_lines(cx, &saved, screen::page_of(at)).await
}

async fn remove(cx: &mut Cx<'_>, (id, at): (i64, usize)) -> Result<(), TurnError> {
    let Some((mut saved, _)) = reach(cx, id, Right::Change).await? else {
        return Ok(());
    };
    // One without lines would be nothing: it can be deleted.
    if saved.body.wishes.len() == 1 {
        cx.alert(Text::new("saved-last-line"));
    } else if at < saved.body.wishes.len() {
        saved.body.wishes.remove(at);
        write(cx, &mut saved).await?;
    }
    show_lines(cx, &saved, screen::page_of(at)).await
}

async fn add_cart(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some((mut saved, _)) = reach(cx, id, Right::Change).await? else {
        return Ok(());
    };
    let basket = basket::load(cx)
        .await?
        .filter(|_| cx.session.by_hand.is_none());
    let cart = basket.map(|basket| basket.cart.lines).unwrap_or_default();
    let wishes = wishes_of(&cart, &cx.shop.catalogue);
    if saved.body.add(wishes) {
        write(cx, &mut saved).await?;
        cx.toast(Text::new("saved-changed"));
    } else {
        cx.alert(Text::new("cart-full").with("max", MAX_LINES));
    }
    show_lines(cx, &saved, 0).await
}

/// A copy of one's own. The answers of somebody else stay theirs.
async fn copy(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some((saved, right)) = reach(cx, id, Right::Use).await? else {
        return Ok(());
    };
    let mut body = saved.body;
    if right != Right::Own {
        body.answers.clear();
    }
    keep_body(cx, saved.name, body).await
}

async fn usual(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some((mut saved, right)) = reach(cx, id, Right::Own).await? else {
        return Ok(());
    };
    let to = (!saved.usual).then_some(id);
    store::saved::set_usual(cx.tx, saved.owner, to, cx.now).await?;
    saved.usual = !saved.usual;
    cx.toast(Text::new(match saved.usual {
        true => "saved-usual-set",
        false => "saved-usual-off",
    }));
    show_saved(cx, &saved, right);
    Ok(())
}

async fn ask_delete(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some((saved, _)) = reach(cx, id, Right::Change).await? else {
        return Ok(());
    };
    let view = screen::ask_delete(cx.card(), &saved);
    let view = show::noted(cx, view);
    cx.show(&Route::Saved(SavedAct::DeleteAsk(id)), view);
    Ok(())
}

async fn delete(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let Some((saved, _)) = reach(cx, id, Right::Change).await? else {
        return Ok(());
    };
    if !store::saved::delete(cx.tx, id, saved.version).await? {
        return Err(TurnError::Overtaken);
    }
    take_back(cx, id).await?;
    schedule::gone(cx, &saved).await?;
    let view = said(cx, Text::new("saved-deleted").with("name", saved.name));
    let view = show::noted(cx, view);
    cx.show(&Route::Saved(SavedAct::List(0)), view);
    Ok(())
}
