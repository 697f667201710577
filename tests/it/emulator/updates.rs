//! Updates: what they say, that they come again until confirmed, when they vanish, who hears what.

use ks_order::sandbox::{Emulator, SendOptions};

use super::*;

fn id(update: &Value) -> i64 {
    update["update_id"].as_i64().unwrap()
}

#[tokio::test]
async fn a_deep_link_arrives_as_a_start_command_with_its_payload() {
    let desk = Desk::at_noon();
    desk.drain().await;
    desk.telegram.start_bot(LIN, Some("table_5")).unwrap();
    let updates = desk.drain().await;
    let message = &updates[0]["message"];
    assert_eq!(message["text"], "/start table_5");
    assert_eq!(message["from"]["id"], LIN);
    assert_eq!(
        message["chat"],
        json!({"id": LIN, "first_name": "Lin", "type": "private"})
    );
    assert_eq!(message["date"], NOON / 1000);
    assert_eq!(
        message["entities"],
        json!([{"type": "bot_command", "offset": 0, "length": 6}])
    );
}

#[tokio::test]
async fn unconfirmed_updates_come_again_and_confirmed_ones_do_not() {
    let desk = Desk::at_noon();
    desk.drain().await;
    for text in ["a", "b", "c"] {
        desk.telegram.say(LIN, text).unwrap();
    }
    let first = desk.updates(json!({"limit": 2})).await;
    assert_eq!(first.len(), 2);
    assert_eq!(
        desk.updates(json!({"limit": 2})).await,
        first,
        "not confirmed"
    );
    let rest = desk.updates(json!({"offset": id(&first[1]) + 1})).await;
    assert_eq!(rest[0]["message"]["text"], "c");
    assert_eq!(id(&rest[0]), id(&first[1]) + 1);
    assert!(
        desk.updates(json!({"offset": id(&rest[0]) + 1}))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_negative_offset_keeps_the_last_ones() {
    let desk = Desk::at_noon();
    for text in ["a", "b", "c"] {
        desk.telegram.say(LIN, text).unwrap();
    }
    let last = desk.updates(json!({"offset": -1})).await;
    assert_eq!(last[0]["message"]["text"], "c");
    assert_eq!(
        desk.updates(json!({})).await.len(),
        1,
        "the others are forgotten"
    );
}

#[tokio::test]
async fn a_long_poll_ends_with_the_first_update() {
    let desk = Desk::at_noon();
    desk.drain().await;
    let poll = desk.updates(json!({"timeout": 30}));
    let person = async {
        let waits = |telegram: &Emulator| telegram.state(u64::MAX).bot_connected;
        assert!(desk.telegram.wait_until(SOON, waits).await);
        desk.telegram.say(LIN, "hello").unwrap();
    };
    let (updates, ()) = tokio::time::timeout(SOON, async { tokio::join!(poll, person) })
        .await
        .unwrap();
    assert_eq!(updates[0]["message"]["text"], "hello");
}

#[tokio::test]
async fn a_tap_carries_its_message_and_vanishes_after_150_seconds() {
    let desk = Desk::at_noon();
    desk.drain().await;
    let message = desk.button("add:1").await;
    let tap = desk.telegram.tap(LIN, LIN, message, 0, 0).unwrap();
    desk.telegram.advance(149_000);
    let updates = desk.updates(json!({})).await;
    let query = &updates[0]["callback_query"];
    assert_eq!(query["id"], tap.0);
    assert_eq!(query["data"], "add:1");
    assert_eq!(query["from"]["id"], LIN);
    assert_eq!(query["message"]["message_id"], message);
    assert_eq!(
        query["message"]["reply_markup"]["inline_keyboard"][0][0]["text"],
        "Press"
    );
    assert!(query["chat_instance"].is_string());
    desk.telegram.advance(1_000);
    assert!(desk.updates(json!({})).await.is_empty());
}

#[tokio::test]
async fn a_message_vanishes_after_a_day() {
    let desk = Desk::at_noon();
    desk.drain().await;
    desk.telegram.say(LIN, "hello").unwrap();
    desk.telegram.advance(24 * 3600 * 1000 - 1);
    assert_eq!(desk.updates(json!({})).await.len(), 1);
    desk.telegram.advance(1);
    assert!(desk.updates(json!({})).await.is_empty());
}

#[tokio::test]
async fn a_tap_on_a_deleted_message_says_that_it_is_inaccessible() {
    let desk = Desk::at_noon();
    let message = desk.button("x").await;
    desk.ok(
        "deleteMessage",
        json!({"chat_id": LIN, "message_id": message}),
    )
    .await;
    desk.drain().await;
    assert!(
        desk.telegram.tap(LIN, LIN, message, 0, 0).is_err(),
        "the app shows no button"
    );
    desk.telegram.tap_raw(LIN, LIN, message, "forged").unwrap();
    let updates = desk.drain().await;
    let query = &updates[0]["callback_query"];
    assert_eq!(query["message"]["date"], 0);
    assert_eq!(query["message"].get("reply_markup"), None);
    assert_eq!(query["data"], "forged");
}

#[tokio::test]
async fn only_the_kinds_asked_for_are_sent_and_the_list_is_remembered() {
    let desk = Desk::at_noon();
    desk.drain().await;
    desk.updates(json!({"allowed_updates": ["callback_query"]}))
        .await;
    desk.telegram.say(LIN, "not wanted").unwrap();
    assert!(desk.updates(json!({})).await.is_empty());
    let info = desk.ok("getWebhookInfo", json!({})).await;
    assert_eq!(info["allowed_updates"], json!(["callback_query"]));
    desk.updates(json!({"allowed_updates": []})).await;
    desk.telegram.say(LIN, "wanted").unwrap();
    assert_eq!(desk.updates(json!({})).await.len(), 1);
}

#[tokio::test]
async fn in_a_group_the_bot_hears_commands_answers_and_events_only() {
    let desk = Desk::at_noon();
    let card = desk
        .ok("sendMessage", json!({"chat_id": GROUP, "text": "Order 1"}))
        .await;
    desk.drain().await;
    let say = |text: &str, reply_to: Option<i64>| {
        let options = SendOptions {
            reply_to,
            ..SendOptions::default()
        };
        desk.telegram.send_text(LIN, GROUP, text, options).unwrap();
    };
    say("what about lunch?", None);
    say("/menu", None);
    say("/menu@another_bot", None);
    say("/menu@sandbox_bot now", None);
    say("ten minutes", card["message_id"].as_i64());
    let heard = desk.drain().await;
    let texts: Vec<&str> = heard
        .iter()
        .map(|update| update["message"]["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["/menu", "/menu@sandbox_bot now", "ten minutes"]);
    assert_eq!(heard[2]["message"]["reply_to_message"]["text"], "Order 1");
    desk.telegram.promote_bot(GROUP, LIN).unwrap();
    desk.drain().await;
    say("and now?", None);
    assert_eq!(
        desk.drain().await.len(),
        1,
        "an administrator hears everything"
    );
}

#[tokio::test]
async fn joining_blocking_and_migrating_are_told() {
    let desk = Desk::at_noon();
    desk.drain().await;
    desk.telegram.block(LIN).unwrap();
    desk.telegram.unblock(LIN).unwrap();
    let new = desk.telegram.migrate_group(GROUP).unwrap();
    desk.telegram.add_bot_to_group(KICKED, LIN).unwrap();
    let told = desk.drain().await;
    let status = |n: usize| told[n]["my_chat_member"]["new_chat_member"]["status"].clone();
    assert_eq!((status(0), status(1)), (json!("kicked"), json!("member")));
    assert_eq!(told[0]["my_chat_member"]["chat"]["type"], "private");
    assert_eq!(told[2]["message"]["migrate_to_chat_id"], new);
    assert_eq!(told[2]["message"]["chat"]["id"], GROUP);
    assert_eq!(told[3]["message"]["migrate_from_chat_id"], GROUP);
    assert_eq!(told[3]["message"]["chat"]["id"], new);
    assert_eq!(status(4), "member");
    assert_eq!(told[5]["message"]["new_chat_members"][0]["is_bot"], true);
}

#[tokio::test]
async fn an_edited_message_and_a_shared_contact_say_whose_they_are() {
    let desk = Desk::at_noon();
    let id = desk.telegram.say(LIN, "2 soup").unwrap();
    desk.drain().await;
    desk.telegram.edit_text(LIN, LIN, id, "3 soup").unwrap();
    desk.telegram.share_contact(LIN, LIN, None).unwrap();
    desk.telegram
        .share_contact(LIN, LIN, Some(STRANGER))
        .unwrap();
    let told = desk.drain().await;
    assert_eq!(told[0]["edited_message"]["text"], "3 soup");
    assert_eq!(told[0]["edited_message"]["message_id"], id);
    assert_eq!(told[1]["message"]["contact"]["user_id"], LIN);
    assert_eq!(told[1]["message"]["contact"]["phone_number"], "+497001");
    assert_eq!(told[2]["message"]["contact"]["user_id"], STRANGER);
    assert_eq!(told[2]["message"]["from"]["id"], LIN);
}

#[tokio::test]
async fn a_restarted_bot_gets_what_its_predecessor_did_not_confirm() {
    let desk = Desk::at_noon();
    desk.drain().await;
    desk.telegram.say(LIN, "before").unwrap();
    let dying = reqwest::Client::builder()
        .timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let waiting = json!({"offset": i64::from(i32::MAX), "timeout": 30});
    let _ = dying
        .post(desk.address("getUpdates"))
        .json(&waiting)
        .send()
        .await;
    drop(dying);
    desk.telegram.say(LIN, "after").unwrap();
    let texts: Vec<Value> = desk
        .drain()
        .await
        .iter()
        .map(|update| update["message"]["text"].clone())
        .collect();
    assert_eq!(texts, ["before", "after"]);
}
