//! A change of what is on hand: put together from a number or taps, carried out for a reason.

use crate::chat::Text;
use crate::domain::catalogue::Item;
use crate::kernel::ItemId;

use crate::app::access::{Act, may};
use crate::app::cx::Cx;
use crate::app::operations::stock::{Adjusted, Wanted, adjust};
use crate::app::outcome::TurnError;
use crate::app::screens::stock as screen;
use crate::app::staff;

use super::typed::{self, MOST, NoAmount, Typed, UnitWord};
use super::{Draft, again, at, draft, find, item, level};

/// The words for units, by the ids of their texts; a text holds several.
const UNIT_WORDS: [(&str, UnitWord); 4] = [
    ("word-grams", UnitWord::Grams),
    ("word-kilograms", UnitWord::Kilograms),
    ("word-pieces", UnitWord::Pieces),
    ("word-packs", UnitWord::Packs),
];

/// A number typed at an item's card. What is none may be the name of another item.
pub(super) async fn number(cx: &mut Cx<'_>, id: &ItemId, words: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let Some(shown) = shop.catalogue.item(id) else {
        return item(cx, id).await;
    };
    let unit_of = |word: &str| {
        let is_one_of = |text: &str| {
            shop.locales.iter().any(|locale| {
                let known = shop.texts.shop_words(locale, text).to_lowercase();
                known.split_whitespace().any(|known| known == word)
            })
        };
        let found = UNIT_WORDS.iter().find(|(text, _)| is_one_of(text));
        found.map(|(_, unit)| *unit)
    };
    let typed = match typed::amount(words, shown.unit, unit_of) {
        Ok(typed) => typed,
        Err(NoAmount::Unreadable) if !words.chars().any(char::is_numeric) => {
            if shop.has(words) {
                return find(cx, words).await;
            }
            cx.notices.push(Text::new("stock-no-number"));
            return item(cx, id).await;
        }
        Err(NoAmount::Unreadable) => {
            cx.notices.push(Text::new("stock-no-number"));
            return item(cx, id).await;
        }
        Err(NoAmount::TooMuch) => {
            let most = screen::amount(shown.unit, MOST);
            cx.notices
                .push(Text::new("stock-too-much").with("most", most));
            return item(cx, id).await;
        }
    };
    put_together(cx, shown, typed).await
}

/// Puts a change together; it waits for its reason.
async fn put_together(cx: &mut Cx<'_>, shown: &Item, typed: Typed) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    let level = level(cx, &shown.id).await?;
    let problem = match level {
        _ if !may(&roles, Act::ChangeStock) => Some(Text::new("stock-not-yours")),
        None => Some(Text::new("stock-cannot-count")),
        Some(level) => {
            let (counted, by) = match typed {
                Typed::Set(to) => (true, to - level.on_hand.0),
                Typed::By(by) => (false, by),
            };
            match level.adjust(by) {
                Ok(after) if after.on_hand.0 > MOST => {
                    let most = screen::amount(shown.unit, MOST);
                    Some(Text::new("stock-too-much").with("most", most))
                }
                Ok(_) if by == 0 => {
                    cx.session.draft = None;
                    Some(Text::new("stock-same"))
                }
                Ok(_) => {
                    keep(cx, &shown.id, (counted, by, level.on_hand.0));
                    None
                }
                Err(_) => Some(screen::promised(shown.unit, level.held)),
            }
        }
    };
    cx.notices.extend(problem);
    item(cx, &shown.id).await
}

fn keep(cx: &mut Cx<'_>, id: &ItemId, (counted, by, seen): (bool, i64, i64)) {
    let draft = Draft {
        item: id.clone(),
        counted,
        by,
        seen,
    };
    cx.session.draft = serde_json::to_value(draft).ok();
}

/// One tap more or less.
pub(super) async fn nudge(cx: &mut Cx<'_>, by: i64) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let shown = at(cx).and_then(|id| shop.catalogue.item(&id));
    let Some(shown) = shown else {
        return again(cx).await;
    };
    let by = by.clamp(-MOST, MOST);
    let typed = match draft(cx, &shown.id) {
        Some(draft) if draft.counted => Typed::Set(draft.seen + draft.by + by),
        Some(draft) => Typed::By(draft.by + by),
        None => Typed::By(by),
    };
    if let Typed::By(0) = typed {
        cx.session.draft = None;
        return item(cx, &shown.id).await;
    }
    put_together(cx, shown, typed).await
}

pub(super) async fn book(cx: &mut Cx<'_>, reason: &str) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let shown = at(cx).and_then(|id| shop.catalogue.item(&id));
    let pending = shown.and_then(|item| Some((item, draft(cx, &item.id)?)));
    let Some((shown, draft)) = pending else {
        // A second tap in a hurry: the first one booked it.
        return again(cx).await;
    };
    if !shop
        .settings
        .stock_reasons
        .iter()
        .any(|known| known == reason)
    {
        cx.toast(Text::new("press-unknown"));
        return Ok(());
    }
    let wanted = if draft.counted {
        Wanted::Set {
            to: draft.seen + draft.by,
            seen: draft.seen,
        }
    } else {
        Wanted::By(draft.by)
    };
    match adjust(cx, &shown.id, wanted, reason).await? {
        Adjusted::Done(now) => {
            cx.session.draft = None;
            let now = screen::amount(shown.unit, now.0);
            cx.toast(Text::new("stock-booked").with("amount", now));
        }
        Adjusted::NotAllowed => cx.alert(Text::new("stock-not-yours")),
        Adjusted::NotCounted => cx.notices.push(Text::new("stock-cannot-count")),
        Adjusted::BelowHeld(held) => cx.notices.push(screen::promised(shown.unit, held)),
        Adjusted::Overtaken(now) => {
            // What was counted stays; it is asked for once more against the number of now.
            let to = draft.seen + draft.by;
            keep(cx, &shown.id, (true, to - now.0, now.0));
            if to == now.0 {
                cx.session.draft = None;
            }
            let now = screen::amount(shown.unit, now.0);
            cx.notices
                .push(Text::new("stock-overtaken").with("amount", now));
        }
    }
    item(cx, &shown.id).await
}
