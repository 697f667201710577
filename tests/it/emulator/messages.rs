//! What the bot sends: texts, keyboards, files, edits, menus, and every way to pass parameters.

use ks_order::sandbox::{ButtonKind, CommandView, ReplyButtonKind};

use super::*;

#[tokio::test]
async fn html_becomes_marks_and_the_answer_is_the_message() {
    let desk = Desk::at_noon();
    let params = json!({
        "chat_id": LIN, "text": "🍜 <b>Soup</b> &lt;3", "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": [
            [{"text": "Add", "callback_data": "a"}, {"text": "Site", "url": "https://x.org"}],
            [{"text": "Copy", "copy_text": {"text": "A-1"}, "style": "danger"}],
        ]},
    });
    let sent = desk.ok("SendMessage", params).await;
    assert_eq!(sent["text"], "🍜 Soup <3");
    assert_eq!(
        sent["entities"],
        json!([{"type": "bold", "offset": 3, "length": 4}])
    );
    assert_eq!(sent["from"]["is_bot"], true);
    let shown = desk.shown(LIN, sent["message_id"].as_i64().unwrap());
    assert!(shown.from_bot);
    assert_eq!(shown.entities[0].kind, "bold");
    assert_eq!(
        shown.inline_keyboard[0][0].kind,
        ButtonKind::Callback("a".into())
    );
    assert_eq!(
        shown.inline_keyboard[0][1].kind,
        ButtonKind::Url("https://x.org/".into())
    );
    assert_eq!(
        shown.inline_keyboard[1][0].kind,
        ButtonKind::CopyText("A-1".into())
    );
    assert_eq!(shown.inline_keyboard[1][0].style.as_deref(), Some("danger"));
}

#[tokio::test]
async fn an_edit_changes_text_and_keyboard_in_place() {
    let desk = Desk::at_noon();
    let id = desk.button("x").await;
    let edited = desk
        .ok(
            "editMessageText",
            json!({"chat_id": LIN, "message_id": id, "text": "Done"}),
        )
        .await;
    assert_eq!(edited["message_id"], id);
    assert_eq!(edited["edit_date"], NOON / 1000);
    let shown = desk.shown(LIN, id);
    assert_eq!((shown.text.as_str(), shown.edits), ("Done", 1));
    assert!(
        shown.inline_keyboard.is_empty(),
        "an edit without a keyboard takes it away"
    );
    assert!(desk.telegram.tap(LIN, LIN, id, 0, 0).is_err());
}

#[tokio::test]
async fn a_photo_is_uploaded_once_and_sent_again_by_its_id() {
    let desk = Desk::at_noon();
    let (first, file) = desk.photo().await;
    let again = desk
        .ok("sendPhoto", json!({"chat_id": LIN, "photo": file}))
        .await;
    let sizes = again["photo"].as_array().unwrap();
    assert_eq!(sizes.len(), 2);
    assert_eq!(sizes[1]["file_id"], json!(file));
    assert_eq!(
        (&sizes[1]["width"], &sizes[1]["height"]),
        (&json!(320), &json!(200))
    );
    assert_eq!(*desk.telegram.file(&file).unwrap(), *png(320, 200));
    let info = desk.ok("getFile", json!({"file_id": file})).await;
    let path = info["file_path"].as_str().unwrap();
    let url = format!(
        "{}/file/bot{}/{path}",
        desk.telegram.url(),
        desk.telegram.token()
    );
    let bytes = desk
        .http
        .get(url)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(bytes, png(320, 200));
    let params = json!({"chat_id": LIN, "message_id": first, "caption": "Soup of the day"});
    desk.ok("editMessageCaption", params).await;
    assert_eq!(desk.shown(LIN, first).text, "Soup of the day");
}

#[tokio::test]
async fn a_document_is_uploaded_with_its_name_sent_again_by_its_id_and_downloaded() {
    let desk = Desk::at_noon();
    let part = reqwest::multipart::Part::bytes(b"a,b\r\n".to_vec())
        .file_name("books/statement-2026-11.csv")
        .mime_str("text/csv")
        .unwrap();
    let form = reqwest::multipart::Form::new()
        .text("chat_id", LIN.to_string())
        .text("caption", "<b>November</b>")
        .text("parse_mode", "HTML")
        .text("document", "attach://file")
        .part("file", part);
    let sent = desk.post_form("sendDocument", form).await["result"].clone();
    let document = &sent["document"];
    assert_eq!(document["file_name"], json!("statement-2026-11.csv"));
    assert_eq!(document["mime_type"], json!("text/csv"));
    assert_eq!(document["file_size"], json!(5));
    assert_eq!(sent["caption"], json!("November"));
    let file = document["file_id"].as_str().unwrap();
    let shown = desk.shown(LIN, sent["message_id"].as_i64().unwrap());
    assert_eq!(shown.text, "November");
    assert_eq!(shown.document.unwrap().file_name, "statement-2026-11.csv");
    let params = json!({"chat_id": LIN, "document": file});
    let again = desk.ok("sendDocument", params).await;
    assert_eq!(again["document"]["file_id"], json!(file));
    assert_eq!(
        again["document"]["file_name"],
        json!("statement-2026-11.csv")
    );
    // As the page downloads it.
    let url = format!("{}/control/file/{file}", desk.telegram.url());
    let got = desk.http.get(url).send().await.unwrap();
    assert_eq!(got.headers()["content-type"], "text/csv");
    assert_eq!(got.bytes().await.unwrap().as_ref(), b"a,b\r\n");
}

#[tokio::test]
async fn a_text_can_become_a_photo_and_a_photo_another_one() {
    let desk = Desk::at_noon();
    let (_, file) = desk.photo().await;
    let id = desk.text("Soup").await;
    let media =
        json!({"type": "photo", "media": file, "caption": "<i>Soup</i>", "parse_mode": "HTML"});
    desk.ok(
        "editMessageMedia",
        json!({"chat_id": LIN, "message_id": id, "media": media}),
    )
    .await;
    let shown = desk.shown(LIN, id);
    assert_eq!(shown.photo.unwrap().file_id, file);
    assert_eq!(
        (shown.text.as_str(), shown.entities[0].kind.as_str()),
        ("Soup", "italic")
    );
    let media = json!({"type": "photo", "media": "attach://new"});
    let part = reqwest::multipart::Part::bytes(png(64, 64)).file_name("b.png");
    let form = reqwest::multipart::Form::new()
        .text("chat_id", LIN.to_string())
        .text("message_id", id.to_string())
        .text("media", media.to_string())
        .part("new", part);
    assert_eq!(desk.post_form("editMessageMedia", form).await["ok"], true);
    assert_eq!(desk.shown(LIN, id).photo.unwrap().width, 64);
}

#[tokio::test]
async fn parameters_may_come_as_query_form_json_or_multipart() {
    let desk = Desk::at_noon();
    let url = desk.address("sendMessage");
    let http = &desk.http;
    let id = LIN.to_string();
    let fields = [("chat_id", id.as_str()), ("text", "麻婆 & tofu+")];
    let form = reqwest::multipart::Form::new()
        .text("chat_id", id.clone())
        .text("text", fields[1].1.to_owned());
    let markup = json!({"keyboard": [["Menu"]]}).to_string();
    let long = "菜".repeat(4_000);
    for request in [
        http.get(&url).query(&fields),
        http.post(&url).form(&fields),
        http.post(&url)
            .json(&json!({"chat_id": id, "text": fields[1].1})),
        http.post(&url).multipart(form),
        http.post(&url)
            .query(&fields[..1])
            .form(&[fields[1], ("reply_markup", &markup)]),
    ] {
        let body: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(body["result"]["text"], fields[1].1, "{body}");
    }
    let request = http.post(&url).form(&[fields[0], ("text", long.as_str())]);
    let body: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(body["result"]["text"], long);
}

#[tokio::test]
async fn a_reply_keyboard_stays_until_it_is_removed() {
    let desk = Desk::at_noon();
    let keyboard = json!({"keyboard": [["Menu"], [{"text": "Phone", "request_contact": true}]]});
    desk.ok(
        "sendMessage",
        json!({"chat_id": LIN, "text": "x", "reply_markup": keyboard}),
    )
    .await;
    let shown = desk.telegram.reply_keyboard(LIN, LIN).unwrap();
    assert_eq!(shown.rows[1][0].kind, ReplyButtonKind::Contact);
    desk.text("y").await;
    desk.telegram.press_reply(LIN, LIN, "Menu").unwrap();
    assert!(
        desk.telegram.press_reply(LIN, LIN, "Soup").is_err(),
        "there is no such button"
    );
    let remove = json!({"remove_keyboard": true});
    desk.ok(
        "sendMessage",
        json!({"chat_id": LIN, "text": "z", "reply_markup": remove}),
    )
    .await;
    assert_eq!(desk.telegram.reply_keyboard(LIN, LIN), None);
}

#[tokio::test]
async fn an_answer_to_a_tap_is_seen_once() {
    let desk = Desk::at_noon();
    let id = desk.button("x").await;
    let tap = desk.telegram.tap(LIN, LIN, id, 0, 0).unwrap();
    assert_eq!(desk.telegram.answers(&tap), None);
    for text in ["Added", "again"] {
        let params = json!({"callback_query_id": tap.0, "text": text, "show_alert": true});
        desk.ok("answerCallbackQuery", params).await;
    }
    let answer = desk.telegram.answers(&tap).unwrap();
    assert_eq!((answer.text.as_str(), answer.alert), ("Added", true));
}

#[tokio::test]
async fn the_narrowest_menu_in_ones_language_wins() {
    let desk = Desk::at_noon();
    let set = async |scope: Value, language: &str, command: &str| {
        let commands = json!([{"command": command, "description": "x"}]);
        let params = json!({"commands": commands, "scope": scope, "language_code": language});
        desk.ok("setMyCommands", params).await;
    };
    set(json!({"type": "default"}), "", "help").await;
    set(json!({"type": "all_private_chats"}), "", "menu").await;
    set(json!({"type": "all_private_chats"}), "zh", "caidan").await;
    set(
        json!({"type": "chat_member", "chat_id": GROUP, "user_id": LIN}),
        "",
        "orders",
    )
    .await;
    let seen = |user: i64, chat: i64| -> Vec<String> {
        let commands = desk.telegram.commands_for(user, chat);
        commands
            .into_iter()
            .map(|CommandView { command, .. }| command)
            .collect()
    };
    assert_eq!(seen(LIN, LIN), ["menu"]);
    desk.telegram.set_language(LIN, Some("zh-hans")).unwrap();
    assert_eq!(seen(LIN, LIN), ["caidan"]);
    assert_eq!(seen(LIN, GROUP), ["orders"]);
    assert_eq!(seen(STRANGER, GROUP), ["help"]);
    desk.ok(
        "deleteMyCommands",
        json!({"scope": {"type": "all_private_chats"}, "language_code": "zh"}),
    )
    .await;
    assert_eq!(seen(LIN, LIN), ["menu"]);
}

#[tokio::test]
async fn an_invoice_is_paid_after_the_bot_agreed() {
    let desk = Desk::at_noon();
    let params = json!({
        "chat_id": LIN, "title": "Order 1", "description": "Soup", "payload": "o1",
        "currency": "EUR", "prices": [{"label": "Soup", "amount": 650}, {"label": "Tip", "amount": 50}],
    });
    let id = desk.ok("sendInvoice", params).await["message_id"]
        .as_i64()
        .unwrap();
    desk.drain().await;
    let query = desk.telegram.pay(LIN, LIN, id).unwrap();
    let asked = desk.drain().await;
    assert_eq!(asked[0]["pre_checkout_query"]["total_amount"], 700);
    assert_eq!(asked[0]["pre_checkout_query"]["invoice_payload"], "o1");
    desk.ok(
        "answerPreCheckoutQuery",
        json!({"pre_checkout_query_id": query.0, "ok": true}),
    )
    .await;
    let paid = desk.drain().await;
    assert_eq!(
        paid[0]["message"]["successful_payment"]["invoice_payload"],
        "o1"
    );
    let late = desk.telegram.pay(LIN, LIN, id).unwrap();
    desk.telegram.advance(10_001);
    let params = json!({"pre_checkout_query_id": late.0, "ok": true});
    assert!(
        desk.refused("answerPreCheckoutQuery", params)
            .await
            .1
            .contains("query is too old")
    );
}

#[tokio::test]
async fn topics_pins_reactions_and_deletions_are_seen() {
    let desk = Desk::at_noon();
    desk.telegram.promote_bot(FORUM, LIN).unwrap();
    let topic = desk
        .ok(
            "createForumTopic",
            json!({"chat_id": FORUM, "name": "Orders"}),
        )
        .await;
    let thread = topic["message_thread_id"].clone();
    let params = json!({"chat_id": FORUM, "text": "x", "message_thread_id": thread});
    let sent = desk.ok("sendMessage", params).await;
    assert_eq!(sent["message_thread_id"], thread);
    let place = json!({"chat_id": FORUM, "message_id": sent["message_id"]});
    desk.ok("pinChatMessage", place.clone()).await;
    let mut react = place.clone();
    react["reaction"] = json!([{"type": "emoji", "emoji": "👍"}]);
    desk.ok("setMessageReaction", react).await;
    let id = sent["message_id"].as_i64().unwrap();
    let shown = desk.shown(FORUM, id);
    assert!(shown.pinned);
    assert_eq!(shown.reaction.as_deref(), Some("👍"));
    desk.ok("deleteMessage", place).await;
    assert!(desk.shown(FORUM, id).deleted);
}

#[tokio::test]
async fn supergroups_count_their_own_messages() {
    let desk = Desk::at_noon();
    let next = async |chat: i64| {
        let sent = desk
            .ok("sendMessage", json!({"chat_id": chat, "text": "x"}))
            .await;
        sent["message_id"].as_i64().unwrap()
    };
    let (a, b) = (next(LIN).await, next(SUPER).await);
    assert_eq!((next(GROUP).await, next(SUPER).await), (a + 1, b + 1));
}

#[tokio::test]
async fn every_call_is_in_the_log() {
    let desk = Desk::at_noon();
    let id = desk.text("hello").await;
    desk.refused("sendMessage", json!({"chat_id": 99, "text": "x"}))
        .await;
    desk.updates(json!({})).await;
    let calls = desk.telegram.calls();
    assert_eq!(calls.len(), 2, "polls are not kept");
    assert_eq!((calls[0].n, calls[0].method.as_str()), (1, "sendMessage"));
    assert_eq!(calls[0].params["text"], "hello");
    assert_eq!((calls[0].message_id, calls[0].accepted), (Some(id), true));
    assert_eq!(
        (calls[1].ok, calls[1].error_code, calls[1].accepted),
        (false, Some(400), false)
    );
    assert_eq!(desk.telegram.calls_since(1).len(), 1);
}

#[tokio::test]
async fn members_have_what_goes_with_their_status() {
    let desk = Desk::at_noon();
    desk.telegram.promote_bot(FORUM, LIN).unwrap();
    let member = async |chat: i64, user: i64| {
        desk.ok("getChatMember", json!({"chat_id": chat, "user_id": user}))
            .await
    };
    assert_eq!(member(GROUP, LIN).await["status"], "creator");
    assert_eq!(member(GROUP, STRANGER).await["status"], "member");
    assert_eq!(member(GROUP, BLOCKER).await["status"], "left");
    let bot = member(FORUM, 424_242).await;
    assert_eq!(
        (&bot["status"], &bot["can_manage_topics"]),
        (&json!("administrator"), &json!(true))
    );
    desk.telegram.join(GROUP, BLOCKER).unwrap();
    desk.telegram.leave(GROUP, STRANGER).unwrap();
    assert_eq!(member(GROUP, BLOCKER).await["status"], "member");
    assert_eq!(member(GROUP, STRANGER).await["status"], "left");
}
