//! Questions: answered from the shop's own questions and answers, by an item's card, or honestly
//! not at all.

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::Route;
use crate::app::show;
use crate::chat::{Text, one_line};
use crate::shop::faq;
use crate::understand::Understood;

use super::judge::at;
use super::kept::quoted;
use super::reading;

/// Answers a question. What was not understood of it is what it is about.
pub async fn asked(
    cx: &mut Cx<'_>,
    text: &str,
    understood: &Understood,
) -> Result<bool, TurnError> {
    let shop = cx.shop.clone();
    let unknown = reading::unknown(text, understood);
    let unknown: Vec<&str> = unknown.iter().map(|range| at(text, range)).collect();
    let about = match unknown.is_empty() {
        true => reading::content(&shop, text),
        false => unknown.join(" "),
    };
    if faq::answers(shop.questions(&cx.session.locale), &about) {
        show::help(cx, &about);
        return Ok(true);
    }
    // What is asked of a dish stands on its card: what it costs, what is in it, what is left.
    let named = understood.lines.iter().filter_map(|line| line.item);
    let mut named = named.chain(understood.about.iter().copied());
    if let Some(item) = named.next().and_then(|item| reading::item(&shop, item)) {
        show::open_item(cx, item.as_str()).await?;
        return Ok(true);
    }
    if shop.catalogue.search(&about, 1).is_empty() {
        let words = match about.is_empty() {
            true => text,
            false => about.as_str(),
        };
        cx.notices
            .push(Text::new("said-no-answer").with("words", quoted(words)));
        show::help(cx, "");
        return Ok(true);
    }
    show::found(cx, &about).await?;
    Ok(true)
}

/// Words of which nothing was understood: a question of the shop's own, or false.
pub async fn unknown(cx: &mut Cx<'_>, text: &str) -> Result<bool, TurnError> {
    let shop = cx.shop.clone();
    let at_help = Route::from_path(&cx.session.screen) == Some(Route::Help);
    let is_sold = !shop.catalogue.search(text, 1).is_empty();
    if !is_sold && (at_help || faq::answers(shop.questions(&cx.session.locale), text)) {
        show::help(cx, &one_line(text));
        return Ok(true);
    }
    Ok(false)
}
