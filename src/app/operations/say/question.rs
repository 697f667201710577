//! Questions: answered from the shop's own questions and answers, by an item's card, or honestly
//! not at all.

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::Route;
use crate::app::show;
use crate::chat::Text;
use crate::shop::faq;
use crate::understand::Understood;

use super::judge::at;
use super::kept::quoted;
use super::reading;

/// Answers a question; false if it is nothing but something to look for.
pub async fn asked(
    cx: &mut Cx<'_>,
    text: &str,
    understood: &Understood,
) -> Result<bool, TurnError> {
    let shop = cx.shop.clone();
    if faq::answers(shop.questions(&cx.session.locale), text) {
        show::help(cx, text);
        return Ok(true);
    }
    // What is asked of a dish stands on its card: what it costs, what is in it, what is left.
    if let [line] = understood.lines.as_slice()
        && let Some(item) = line.item.and_then(|item| reading::item(&shop, item))
    {
        show::open_item(cx, item.as_str()).await?;
        return Ok(true);
    }
    let unknown: Vec<&str> = understood.unknown.iter().map(|range| at(text, range)).collect();
    let words = match unknown.is_empty() {
        true => text.to_owned(),
        false => unknown.join(" "),
    };
    honest(cx, &words).await?;
    Ok(true)
}

/// Words of which nothing was understood: a question of the shop's own, or false.
pub async fn unknown(cx: &mut Cx<'_>, text: &str) -> Result<bool, TurnError> {
    let shop = cx.shop.clone();
    let at_help = Route::from_path(&cx.session.screen) == Some(Route::Help);
    let is_sold = !shop.catalogue.search(text, 1).is_empty();
    if !is_sold && (at_help || faq::answers(shop.questions(&cx.session.locale), text)) {
        show::help(cx, text);
        return Ok(true);
    }
    Ok(false)
}

/// What there is for words that the shop does not know, said as it is.
async fn honest(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let hits = !cx.shop.catalogue.search(words, 1).is_empty();
    if !hits {
        cx.notices.push(Text::new("said-no-answer").with("words", quoted(words)));
        show::help(cx, "");
        return Ok(());
    }
    show::found(cx, words).await
}
