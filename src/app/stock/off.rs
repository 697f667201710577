//! Off the menu and back on it: whole items and single choices.

use crate::chat::Text;
use crate::kernel::{ItemId, Timestamp};
use crate::store::items::Subject;

use crate::app::basket;
use crate::app::cx::Cx;
use crate::app::operations::stock::{Menu, sell_out};
use crate::app::outcome::TurnError;

use super::typed::{self, NoTime};
use super::{again, at, choices, item, until};

/// The moment when what is sold out today is there again: the first opening of another day.
pub(super) fn end_of_day(cx: &Cx<'_>) -> Timestamp {
    let zone = cx.shop.zone;
    let tomorrow = zone.date(cx.now).succ_opt();
    let midnight = tomorrow.map_or(cx.now, |day| zone.moment(day, 0));
    let opens = cx.shop.hours.next_opening(&zone, midnight.plus(-1));
    opens.unwrap_or(midnight)
}

/// What is said of it.
fn said(menu: Menu) -> Text {
    match menu {
        Menu::Off(Some(until)) => Text::new("stock-off-until").with("time", until),
        Menu::Off(None) => Text::new("stock-off"),
        Menu::On => Text::new("stock-returned"),
    }
}

pub(super) async fn take_off(cx: &mut Cx<'_>, menu: Menu) -> Result<(), TurnError> {
    let Some(id) = at(cx) else {
        return again(cx).await;
    };
    if sell_out(cx, &Subject::Item(id.clone()), menu).await? {
        cx.toast(said(menu));
    }
    item(cx, &id).await
}

/// A time typed as the end of being sold out.
pub(super) async fn time(cx: &mut Cx<'_>, id: &ItemId, words: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let (zone, now) = (shop.zone, cx.now);
    let today = zone.date(now);
    let day_of = |words: &str| match words {
        _ if shop.says("word-today", words) => Some(today),
        _ if shop.says("word-tomorrow", words) => today.succ_opt(),
        _ => None,
    };
    let problem = match typed::until(words, (zone, now), day_of) {
        Ok(time) => {
            let subject = Subject::Item(id.clone());
            sell_out(cx, &subject, Menu::Off(Some(time))).await?;
            return item(cx, id).await;
        }
        Err(NoTime::Unreadable) => "stock-no-time",
        Err(NoTime::Past) => "stock-time-past",
        Err(NoTime::TooFar) => "stock-time-far",
    };
    until(cx, id, Some(Text::new(problem))).await
}

pub(super) async fn toggle(cx: &mut Cx<'_>, group: &str, choice: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let Some(id) = at(cx) else {
        return again(cx).await;
    };
    let (group, choice) = (group.into(), choice.into());
    let Some(known) = shop.catalogue.choice(&group, &choice) else {
        cx.toast(Text::new("press-unknown"));
        return choices(cx, &id).await;
    };
    if known.sold_out {
        cx.alert(Text::new("stock-choice-fixed"));
        return Ok(());
    }
    let key = (group.clone(), choice.clone());
    let is_off = basket::sold_out(cx).await?.choices.contains(&key);
    let menu = if is_off {
        Menu::On
    } else {
        Menu::Off(Some(end_of_day(cx)))
    };
    if sell_out(cx, &Subject::Choice(group, choice), menu).await? {
        cx.toast(said(menu));
    }
    choices(cx, &id).await
}
