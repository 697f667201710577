//! A search from any chat: `@bot words`, and results that the person may post where they write.
//!
//! Whoever searches is told nothing in their own chat, and nothing is kept of it: neither a
//! session nor a customer comes of it, and what they are doing with the bot goes on untouched.

use crate::chat::inline::{Page, Query};
use crate::chat::{Post, Text};
use crate::domain::catalogue::Item;
use crate::kernel::{CartId, ItemId};
use crate::store;

use super::commands::{ITEM, MENU};
use super::cx::Cx;
use super::outcome::TurnError;
use super::screens::inline::Shown;
use super::screens::menu::Left;
use super::{basket, search, staff};

/// Items on one page: some swipes on a phone; Telegram asks for the next when they are through.
const PAGE: usize = 20;

/// Answers of the shop behind the items.
const ANSWERS: usize = 3;

/// Answers a search.
pub async fn answer(cx: &mut Cx<'_>, query: &Query) -> Result<(), TurnError> {
    let page = match cx.shop.settings.inline {
        true => found(cx, query).await?,
        // Its app waits for something, whatever BotFather was told.
        false => Page {
            query_id: query.id.clone(),
            found: Vec::new(),
            next: String::new(),
            button: None,
        },
    };
    cx.post(cx.session.locale.clone(), Post::Found(page));
    Ok(())
}

async fn found(cx: &mut Cx<'_>, query: &Query) -> Result<Page, TurnError> {
    let shop = cx.shop.clone();
    let known = staff::person(cx, cx.customer()).await?;
    if let Some(known) = known {
        cx.session.locale = known.locale;
    }
    let all = shop.catalogue.items();
    let before = query.offset.parse().unwrap_or(0).min(all.len());
    // One more than the page holds shows whether there is another page.
    let upto = before + PAGE + 1;
    let hits: Vec<&Item> = match query.words.is_empty() {
        true => all.iter().take(upto).collect(),
        false => {
            let often = search::often(cx).await?;
            let hits = search::hits(&shop, &query.words, &often, upto).into_iter();
            hits.map(|hit| hit.item).collect()
        }
    };
    let is_last = hits.len() < upto;
    let items: Vec<&Item> = hits.into_iter().skip(before).take(PAGE).collect();
    let left = left(cx, &items).await?;
    let sold_out = basket::sold_out(cx).await?;
    let shown = Shown {
        bot: &cx.bot,
        shop: &shop.settings.name,
        catalogue: &shop.catalogue,
        left: &left,
        sold_out: &sold_out,
    };
    let mut found: Vec<_> = items.iter().map(|item| shown.item(item, ITEM)).collect();
    // Marks alone ask nothing.
    if is_last && query.words.chars().any(char::is_alphanumeric) {
        let answers = search::answers(&shop, &cx.session.locale, &query.words, ANSWERS);
        let answers = answers.iter().enumerate();
        found.extend(answers.map(|(at, answer)| shown.answer(at, answer)));
    }
    let label = match found.is_empty() {
        true => Text::new("inline-nothing"),
        false => Text::new("inline-open"),
    };
    let label = label.with("shop", &shop.settings.name);
    Ok(Page {
        query_id: query.id.clone(),
        found,
        next: match is_last {
            true => String::new(),
            false => (before + PAGE).to_string(),
        },
        button: Some((label, MENU)),
    })
}

/// What is left of counted items, for anybody: nobody's own hold counts, since others read it.
async fn left(cx: &mut Cx<'_>, items: &[&Item]) -> Result<Left, TurnError> {
    let ids: Vec<ItemId> = items.iter().map(|item| item.id.clone()).collect();
    let found = store::stock::levels(cx.tx, CartId(0), &ids).await?;
    let left = found.levels.into_iter();
    Ok(left.map(|(id, level)| (id, level.available())).collect())
}
