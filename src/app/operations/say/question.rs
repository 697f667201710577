//! Questions: answered from the shop's own questions and answers, by an item's card, or honestly
//! not at all.

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::Route;
use crate::app::show;
use crate::chat::{Text, one_line};
use crate::understand::Understood;
use crate::understand::text::is_han;

use super::judge::at;
use super::kept::quoted;
use super::reading;

/// Of so many words of all that was typed one must tell which question of the shop's is meant.
const OF_ALL: usize = 2;

/// ... the same where words are not written apart, and each pair of characters counts as one,
const OF_PAIRS: usize = 3;

/// ... and of those that were not understood, which are what it is about.
const OF_UNKNOWN: usize = 4;

/// Answers a question. What was not understood of it is what it is about.
pub async fn asked(
    cx: &mut Cx<'_>,
    text: &str,
    understood: &Understood,
) -> Result<bool, TurnError> {
    let shop = cx.shop.clone();
    let unknown = reading::unknown(text, understood);
    let unknown: Vec<&str> = unknown.iter().map(|range| at(text, range)).collect();
    let unknown = unknown.join(" ");
    let telling = shop.answers(&cx.session.locale).and_then(|faq| {
        faq.telling(text, enough(text))
            .or_else(|| faq.telling(&unknown, OF_UNKNOWN))
    });
    if let Some(words) = telling {
        show::help(cx, &words);
        return Ok(true);
    }
    // What is asked of a dish stands on its card: what it costs, what is in it, what is left.
    let named = understood.lines.iter().filter_map(|line| line.item);
    let named = named.chain(understood.about.iter().copied());
    let mut named = named.filter_map(|item| reading::item(&shop, item));
    if let Some(item) = named.find(|item| reading::is_named(&shop, item, text)) {
        show::open_item(cx, item.as_str()).await?;
        return Ok(true);
    }
    let about = match unknown.is_empty() {
        true => reading::content(&shop, text),
        false => unknown,
    };
    if !shop.has(&about) {
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

fn enough(text: &str) -> usize {
    match text.chars().any(is_han) {
        true => OF_PAIRS,
        false => OF_ALL,
    }
}

/// Words of which nothing was understood: a question of the shop's own, or false.
pub async fn unknown(cx: &mut Cx<'_>, text: &str) -> Result<bool, TurnError> {
    let shop = cx.shop.clone();
    if shop.has(text) {
        return Ok(false);
    }
    let faq = shop.answers(&cx.session.locale);
    let telling = faq.and_then(|faq| faq.telling(text, enough(text)));
    let at_help = Route::from_path(&cx.session.screen) == Some(Route::Help);
    let words = telling.or_else(|| at_help.then(|| one_line(text)));
    if let Some(words) = &words {
        show::help(cx, words);
    }
    Ok(words.is_some())
}
