//! The answer to a search from any chat, within Telegram's limits.
//!
//! One result that Telegram refuses would take the whole answer with it, so each is cut to fit or
//! left out. Pure.

use std::collections::BTreeSet;

use teloxide::payloads::{AnswerInlineQuery, AnswerInlineQuerySetters};
use teloxide::types::{
    InlineQueryId, InlineQueryResult, InlineQueryResultArticle, InlineQueryResultsButton,
    InlineQueryResultsButtonKind, InputMessageContent, InputMessageContentText, ParseMode,
};

use crate::chat::Message;
use crate::chat::inline::{Found, Page};

use super::calls::{Call, call};
use super::html::{MAX_TEXT, truncate};
use super::render::{clip, keyboard};

/// Telegram takes so many results.
const MOST: usize = 50;
/// A result's id, in bytes.
const MAX_ID: usize = 64;
/// A title, in characters: what a phone shows of it.
const MAX_TITLE: usize = 100;
/// What stands below it, in characters.
const MAX_ABOUT: usize = 200;
/// What the next page is asked for with, in bytes.
const MAX_NEXT: usize = 64;

/// For so many seconds Telegram may give the same person the same answer to the same words: long
/// enough for somebody who goes back a letter, short enough for what is sold out.
const CACHE_S: u32 = 10;

/// The answer as a call. Prices, stock and language are as the asking person's are now.
pub fn answer(page: &Page<Message, String>) -> Call {
    let mut ids = BTreeSet::new();
    let results = page
        .found
        .iter()
        .filter(|found| (1..=MAX_ID).contains(&found.id.len()) && ids.insert(&found.id))
        .filter_map(article)
        .take(MOST);
    let mut payload = AnswerInlineQuery::new(InlineQueryId(page.query_id.clone()), results)
        .cache_time(CACHE_S)
        .is_personal(true);
    if (1..=MAX_NEXT).contains(&page.next.len()) {
        payload.next_offset = Some(page.next.clone());
    }
    payload.button = page
        .button
        .as_ref()
        .map(|(text, start)| InlineQueryResultsButton {
            text: clip(text, MAX_TITLE),
            kind: InlineQueryResultsButtonKind::StartParameter((*start).to_owned()),
        });
    call(&payload)
}

/// None for what has nothing to be chosen by, or nothing to be posted.
fn article(found: &Found<Message, String>) -> Option<InlineQueryResult> {
    let html = truncate(&found.view.html, MAX_TEXT).replace('\0', "");
    if found.title.trim().is_empty() || html.trim().is_empty() {
        return None;
    }
    let text = InputMessageContentText::new(html).parse_mode(ParseMode::Html);
    let content = InputMessageContent::Text(text);
    let mut article =
        InlineQueryResultArticle::new(found.id.clone(), clip(&found.title, MAX_TITLE), content);
    article.description = found.about.as_ref().map(|about| clip(about, MAX_ABOUT));
    article.reply_markup = keyboard(found.view.rows.clone());
    Some(InlineQueryResult::Article(article))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::chat::{Action, MessageButton};

    fn found(id: &str, title: &str, html: &str) -> Found<Message, String> {
        Found {
            id: id.into(),
            title: title.into(),
            about: Some("d".repeat(300)),
            view: Message {
                html: html.into(),
                rows: vec![vec![MessageButton {
                    label: "Order".into(),
                    action: Action::Url("https://t.me/shop_bot?start=i-a".into()),
                }]],
                ..Message::default()
            },
        }
    }

    fn page(found: Vec<Found<Message, String>>) -> Page<Message, String> {
        Page {
            query_id: "9".into(),
            found,
            next: "20".into(),
            button: Some(("Open".into(), "menu")),
        }
    }

    #[test]
    fn the_json_is_telegrams() {
        let call = answer(&page(vec![found("a", "A", "<b>A</b>")]));
        assert_eq!(call.method, "AnswerInlineQuery");
        let params = &call.params;
        assert_eq!(
            (&params["inline_query_id"], &params["next_offset"]),
            (&json!("9"), &json!("20"))
        );
        assert_eq!(
            (&params["cache_time"], &params["is_personal"]),
            (&json!(10), &json!(true))
        );
        assert_eq!(
            params["button"],
            json!({"text": "Open", "start_parameter": "menu"})
        );
        let article = &params["results"][0];
        assert_eq!(
            article["input_message_content"],
            json!({"message_text": "<b>A</b>", "parse_mode": "HTML"})
        );
        assert_eq!(
            (&article["type"], &article["id"]),
            (&json!("article"), &json!("a"))
        );
        assert_eq!(
            article["description"].as_str().unwrap().chars().count(),
            200
        );
        let url = &article["reply_markup"]["inline_keyboard"][0][0]["url"];
        assert_eq!(url, "https://t.me/shop_bot?start=i-a");
    }

    #[test]
    fn what_telegram_refuses_is_left_out() {
        let mut all = vec![
            found("", "no id", "x"),
            found(&"a".repeat(65), "long id", "x"),
            found("t", " ", "x"),
            found("h", "no text", " "),
            found("twice", "once", "x"),
            found("twice", "again", "x"),
        ];
        all.extend((0..60).map(|n| found(&n.to_string(), "n", "x")));
        let call = answer(&Page {
            next: "x".repeat(65),
            button: None,
            ..page(all)
        });
        let results = call.params["results"].as_array().unwrap();
        assert_eq!(results.len(), MOST);
        assert_eq!(results[0]["title"], json!("once"));
        assert_eq!(results[1]["title"], json!("n"));
        assert_eq!(call.params.get("next_offset"), None);
        assert_eq!(call.params.get("button"), None);
    }
}
