//! Faults on purpose: each does what it says, to whom it says, as often as it says.

use ks_order::sandbox::{Fault, UpdateFault};

use super::*;

async fn send(desk: &Desk) -> Result<reqwest::Response, reqwest::Error> {
    let params = json!({"chat_id": LIN, "text": "hello"});
    desk.http
        .post(desk.address("sendMessage"))
        .json(&params)
        .send()
        .await
}

fn hellos(desk: &Desk) -> usize {
    desk.telegram
        .messages(LIN, LIN)
        .iter()
        .filter(|message| message.text == "hello")
        .count()
}

#[tokio::test]
async fn a_cut_before_has_no_effect_and_one_after_acceptance_has() {
    let desk = Desk::at_noon();
    desk.telegram.faults().fail_next(1, Fault::CutBefore);
    assert!(send(&desk).await.is_err());
    assert_eq!(hellos(&desk), 0);
    desk.telegram.faults().fail_next(1, Fault::CutAfterAccept);
    assert!(send(&desk).await.is_err());
    assert_eq!(hellos(&desk), 1);
    let accepted: Vec<bool> = desk
        .telegram
        .calls()
        .iter()
        .map(|call| call.accepted)
        .collect();
    assert_eq!(accepted, [false, true]);
    assert!(send(&desk).await.is_ok());
}

#[tokio::test]
async fn server_errors_are_json_or_a_proxys_page() {
    let desk = Desk::at_noon();
    desk.telegram.faults().fail_next(1, Fault::Http5xx(500));
    let answer = send(&desk).await.unwrap();
    assert_eq!(answer.status(), 500);
    let body: Value = answer.json().await.unwrap();
    assert_eq!(
        body,
        json!({"ok": false, "error_code": 500, "description": "Internal Server Error"})
    );
    desk.telegram.faults().fail_next(1, Fault::Http5xx(502));
    let answer = send(&desk).await.unwrap();
    assert_eq!(answer.status(), 502);
    assert!(answer.text().await.unwrap().starts_with("<html>"));
    assert_eq!(hellos(&desk), 0);
}

#[tokio::test]
async fn a_rate_limit_says_how_long_and_can_be_for_one_chat() {
    let desk = Desk::at_noon();
    desk.telegram
        .faults()
        .fail_chat(LIN, 1, Fault::RateLimit { retry_after: 7 });
    desk.ok("sendMessage", json!({"chat_id": GROUP, "text": "x"}))
        .await;
    let answer = send(&desk).await.unwrap();
    assert_eq!(answer.status(), 429);
    assert_eq!(answer.headers()["retry-after"], "7");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["parameters"]["retry_after"], 7);
    assert!(send(&desk).await.unwrap().status().is_success());
}

#[tokio::test]
async fn a_storm_hits_each_third_call_until_cleared() {
    let desk = Desk::at_noon();
    desk.telegram.faults().storm(3, Fault::Http5xx(500));
    let mut codes = Vec::new();
    for _ in 0..6 {
        codes.push(send(&desk).await.unwrap().status().as_u16());
    }
    assert_eq!(codes, [200, 200, 500, 200, 200, 500]);
    desk.telegram.faults().clear();
    for _ in 0..3 {
        assert!(send(&desk).await.unwrap().status().is_success());
    }
}

#[tokio::test]
async fn an_answer_can_be_late_or_nonsense_though_the_call_was_accepted() {
    let desk = Desk::at_noon();
    desk.telegram
        .faults()
        .fail_method("sendmessage", 1, Fault::BadJson);
    let answer = send(&desk).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.json::<Value>().await.is_err());
    desk.telegram.faults().fail_next(1, Fault::Delay(150));
    let begin = std::time::Instant::now();
    send(&desk).await.unwrap();
    assert!(begin.elapsed() >= Duration::from_millis(150));
    assert_eq!(hellos(&desk), 2);
}

#[tokio::test]
async fn polling_fails_only_when_it_is_named() {
    let desk = Desk::at_noon();
    desk.telegram.faults().fail_next(1, Fault::Http5xx(500));
    desk.updates(json!({})).await;
    assert_eq!(send(&desk).await.unwrap().status(), 500);
    desk.telegram
        .faults()
        .fail_method("getUpdates", 1, Fault::Http5xx(500));
    assert_eq!(desk.refused("getUpdates", json!({})).await.0, 500);
    desk.updates(json!({})).await;
}

#[tokio::test]
async fn updates_can_come_twice_late_and_in_the_wrong_order() {
    let desk = Desk::at_noon();
    desk.drain().await;
    let texts = |updates: Vec<Value>| -> Vec<String> {
        updates
            .iter()
            .map(|u| u["message"]["text"].as_str().unwrap().to_owned())
            .collect()
    };
    desk.telegram.faults().updates(UpdateFault::Duplicate, 1, 1);
    desk.telegram.say(LIN, "twice").unwrap();
    let updates = desk.drain().await;
    assert_eq!(updates[0], updates[1]);
    assert_eq!(texts(updates), ["twice", "twice"]);

    desk.telegram.faults().updates(UpdateFault::Delay(80), 1, 1);
    desk.telegram.say(LIN, "late").unwrap();
    desk.telegram.say(LIN, "early").unwrap();
    assert_eq!(texts(desk.drain().await), ["early"]);
    let late = tokio::time::timeout(SOON, desk.updates(json!({"timeout": 5})))
        .await
        .unwrap();
    assert_eq!(texts(late), ["late"]);
    desk.drain().await;

    desk.telegram.faults().updates(UpdateFault::Reorder, 1, 1);
    desk.telegram.say(LIN, "first").unwrap();
    desk.telegram.say(LIN, "second").unwrap();
    assert_eq!(texts(desk.updates(json!({})).await), ["second", "first"]);
}

#[tokio::test]
async fn a_repeated_tap_has_the_same_query_under_a_new_number() {
    let desk = Desk::at_noon();
    let id = desk.button("x").await;
    desk.drain().await;
    desk.telegram.faults().updates(UpdateFault::Retap, 1, 1);
    desk.telegram.tap(LIN, LIN, id, 0, 0).unwrap();
    let updates = desk.drain().await;
    assert_eq!(updates.len(), 2);
    assert_eq!(updates[0]["callback_query"], updates[1]["callback_query"]);
    assert_ne!(updates[0]["update_id"], updates[1]["update_id"]);
}

#[tokio::test]
async fn rates_of_a_group_count_edits() {
    let desk = Desk::at_noon();
    let card = desk
        .ok("sendMessage", json!({"chat_id": GROUP, "text": "0"}))
        .await;
    desk.telegram.set_pacing(true);
    let mut accepted = 0;
    for n in 1..=25 {
        let params =
            json!({"chat_id": GROUP, "message_id": card["message_id"], "text": n.to_string()});
        if desk.call("editMessageText", params).await["ok"] == true {
            accepted += 1;
        }
    }
    assert_eq!(accepted, 20);
    desk.text("another chat is free").await;
}

#[tokio::test]
async fn a_call_before_its_retry_after_is_over_is_told_apart() {
    let desk = Desk::at_noon();
    desk.telegram
        .faults()
        .fail_chat(LIN, 1, Fault::RateLimit { retry_after: 30 });
    send(&desk).await.unwrap();
    desk.ok("sendMessage", json!({"chat_id": GROUP, "text": "free"}))
        .await;
    assert!(desk.telegram.impatient_calls().is_empty());
    send(&desk).await.unwrap();
    assert_eq!(desk.telegram.impatient_calls().len(), 1);
}
