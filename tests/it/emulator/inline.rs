//! Inline mode: what is asked where, which answers are refused, and what is posted.

use ks_order::sandbox::ButtonKind;

use super::*;

const OLD: &str =
    "Bad Request: query is too old and response timeout expired or query ID is invalid";

fn article(id: &str) -> Value {
    json!({
        "type": "article", "id": id, "title": "Soup", "description": "hot",
        "input_message_content": {"message_text": "<b>Soup</b>", "parse_mode": "HTML"},
        "reply_markup": {"inline_keyboard": [[{"text": "Order", "url": "https://t.me/sandbox_bot?start=i-soup"}]]},
    })
}

#[tokio::test]
async fn a_query_is_answered_and_a_result_is_posted_where_it_was_typed() {
    let desk = Desk::at_noon();
    let telegram = &desk.telegram;
    desk.drain().await;
    let query = telegram.inline_query_in(LIN, GROUP, "soup", "20").unwrap();
    let told = desk.drain().await.remove(0)["inline_query"].clone();
    assert_eq!(
        (&told["id"], &told["query"], &told["offset"]),
        (&json!(query.0), &json!("soup"), &json!("20"))
    );
    assert_eq!(
        (&told["from"]["id"], &told["chat_type"]),
        (&json!(LIN), &json!("group"))
    );
    assert!(
        telegram.choose_result(LIN, &query, "a").is_err(),
        "no answer yet"
    );
    let answer = json!({
        "inline_query_id": query.0, "results": [article("a"), article("b")], "next_offset": "40",
        "button": {"text": "Open", "start_parameter": "menu"},
    });
    desk.ok("answerInlineQuery", answer).await;
    let shown = telegram.results(&query).unwrap();
    assert_eq!(shown.results.len(), 2);
    assert_eq!(
        (shown.results[1].id.as_str(), shown.next_offset.as_str()),
        ("b", "40")
    );
    assert_eq!(shown.button, Some(("Open".into(), "menu".into())));
    assert!(
        telegram.choose_result(LIN, &query, "c").is_err(),
        "no such result"
    );
    assert!(
        telegram.choose_result(STRANGER, &query, "a").is_err(),
        "not their query"
    );
    let posted = telegram.choose_result(LIN, &query, "b").unwrap();
    let seen = desk.shown(GROUP, posted);
    assert_eq!(
        (seen.from, seen.via_bot, seen.text.as_str()),
        (Some(LIN), true, "Soup")
    );
    assert_eq!(seen.entities[0].kind, "bold");
    let link = &seen.inline_keyboard[0][0].kind;
    assert_eq!(
        *link,
        ButtonKind::Url("https://t.me/sandbox_bot?start=i-soup".into())
    );
    // A bot hears what was sent through it even where it hears nothing else.
    let told = desk.drain().await.remove(0)["message"].clone();
    assert_eq!(told["via_bot"]["username"], "sandbox_bot");
    assert_eq!(
        told["reply_markup"]["inline_keyboard"][0][0]["text"],
        "Order"
    );
}

#[tokio::test]
async fn where_the_bot_is_not_it_hears_of_the_query_alone() {
    let desk = Desk::at_noon();
    desk.drain().await;
    let query = desk.telegram.inline_query_in(LIN, KICKED, "", "").unwrap();
    let answer = json!({"inline_query_id": query.0, "results": [article("a")]});
    desk.ok("answerInlineQuery", answer).await;
    desk.telegram.choose_result(LIN, &query, "a").unwrap();
    let told = desk.drain().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        desk.telegram
            .inline_query_in(STRANGER, KICKED, "", "")
            .is_err(),
        "no member"
    );
}

#[tokio::test]
async fn an_answer_with_one_wrong_result_is_refused() {
    let desk = Desk::at_noon();
    let without = |name: &str| {
        let mut one = article("a");
        one.as_object_mut().unwrap().remove(name);
        vec![article("b"), one]
    };
    let with = |name: &str, value: Value| {
        let mut one = article("a");
        one[name] = value;
        vec![one]
    };
    let content = |value: Value| with("input_message_content", value);
    for (results, words) in [
        (without("type"), "can't find field \"type\""),
        (without("id"), "can't find field \"id\""),
        (without("title"), "ARTICLE_TITLE_EMPTY"),
        (without("input_message_content"), "input_message_content"),
        (with("type", json!("poem")), "unknown result type"),
        (with("id", json!("")), "RESULT_ID_INVALID"),
        (with("id", json!("é".repeat(33))), "RESULT_ID_INVALID"),
        (vec![article("a"), article("a")], "RESULT_ID_DUPLICATE"),
        (content(json!({})), "message_text"),
        (
            content(json!({"message_text": " "})),
            "text must be non-empty",
        ),
        (
            content(json!({"message_text": "x".repeat(4097)})),
            "message is too long",
        ),
        (
            content(json!({"message_text": "<b>x", "parse_mode": "HTML"})),
            "can't parse entities",
        ),
        (
            with(
                "reply_markup",
                json!({"inline_keyboard": [[{"text": "a", "callback_data": "x".repeat(65)}]]}),
            ),
            "BUTTON_DATA_INVALID",
        ),
        (
            with("reply_markup", json!({"keyboard": [[{"text": "a"}]]})),
            "inline keyboard expected",
        ),
    ] {
        let query = desk.telegram.inline_query(LIN, "soup").unwrap();
        let params = json!({"inline_query_id": query.0, "results": results});
        let (code, said) = desk.refused("answerInlineQuery", params).await;
        let is_it = said.to_lowercase().contains(&words.to_lowercase());
        assert!(code == 400 && is_it, "{words}: {said}");
        assert!(desk.telegram.results(&query).is_none());
    }
}

#[tokio::test]
async fn buttons_offsets_and_time_have_their_limits() {
    let desk = Desk::at_noon();
    let query = desk.telegram.inline_query(LIN, "soup").unwrap();
    for (name, value, words) in [
        ("next_offset", json!("x".repeat(65)), "NEXT_OFFSET_INVALID"),
        (
            "button",
            json!({"text": "a", "start_parameter": ""}),
            "START_PARAM_EMPTY",
        ),
        (
            "button",
            json!({"text": "a", "start_parameter": "a b"}),
            "START_PARAM_INVALID",
        ),
        (
            "button",
            json!({"text": "a", "start_parameter": "x".repeat(65)}),
            "START_PARAM_INVALID",
        ),
        (
            "button",
            json!({"text": "a"}),
            "can't find field \"start_parameter\"",
        ),
    ] {
        let mut params = json!({"inline_query_id": query.0, "results": []});
        params[name] = value;
        let (_, said) = desk.refused("answerInlineQuery", params).await;
        assert_eq!(said, format!("Bad Request: {words}"));
    }
    desk.telegram.advance(30_001);
    let params = json!({"inline_query_id": query.0, "results": []});
    let (_, said) = desk.refused("answerInlineQuery", params).await;
    assert_eq!(said, OLD);
}
