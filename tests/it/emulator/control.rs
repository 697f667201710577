//! The control API over HTTP: acts, state, clock, faults, and who may use it.

use super::*;

async fn act(desk: &Desk, order: Value) -> Value {
    let url = format!("{}/control/act", desk.telegram.url());
    desk.http
        .post(url)
        .json(&order)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap()
}

async fn get(desk: &Desk, path: &str) -> Value {
    let url = format!("{}/control/{path}", desk.telegram.url());
    desk.http
        .get(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap()
}

#[tokio::test]
async fn acts_do_what_the_methods_of_the_handle_do() {
    let desk = Desk::at_noon();
    desk.drain().await;
    let started = act(&desk, json!({"act": "start", "user": LIN, "payload": "t5"})).await;
    assert_eq!(started["ok"], true, "{started}");
    let id = desk.button("x").await;
    let place = json!({"act": "tap", "user": LIN, "message_id": id, "row": 0, "col": 0});
    let tap = act(&desk, place).await["result"]["tap"]
        .as_str()
        .unwrap()
        .to_owned();
    act(
        &desk,
        json!({"act": "send_text", "user": LIN, "chat": GROUP, "text": "/menu"}),
    )
    .await;
    act(
        &desk,
        json!({"act": "send_photo", "user": LIN, "caption": "c"}),
    )
    .await;
    let told = desk.drain().await;
    assert_eq!(told[0]["message"]["text"], "/start t5");
    assert_eq!(told[1]["callback_query"]["id"], json!(tap));
    assert_eq!(told[2]["message"]["chat"]["id"], GROUP);
    assert_eq!(told[3]["message"]["caption"], "c");
    desk.ok(
        "answerCallbackQuery",
        json!({"callback_query_id": tap, "text": "ok"}),
    )
    .await;
    assert_eq!(
        get(&desk, &format!("answer?tap={tap}")).await["result"]["text"],
        "ok"
    );
}

#[tokio::test]
async fn refusals_are_said_in_words() {
    let desk = Desk::at_noon();
    let url = format!("{}/control/act", desk.telegram.url());
    for order in [
        json!({"act": "send_text", "user": 99, "text": "x"}),
        json!({"act": "tap", "user": LIN, "message_id": 1, "row": 0, "col": 0}),
        json!({"act": "fly", "user": LIN}),
        json!({"act": "add_group", "id": 5, "title": "x", "members": []}),
    ] {
        let answer = desk.http.post(&url).json(&order).send().await.unwrap();
        assert_eq!(answer.status(), 400);
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["ok"], false);
        assert!(!body["error"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_state_waits_for_a_change_and_shows_what_changed() {
    let desk = Desk::at_noon();
    let all = get(&desk, "state?since=0").await["result"].clone();
    assert_eq!(all["chats"].as_array().unwrap().len(), 9);
    assert_eq!(all["bot_username"], "sandbox_bot");
    assert_eq!(all["now_ms"], NOON);
    let rev = all["rev"].as_u64().unwrap();
    let path = format!("state?since={rev}&timeout=20");
    let (later, _) = tokio::join!(get(&desk, &path), desk.button("add"));
    let later = &later["result"];
    assert!(later["rev"].as_u64().unwrap() > rev);
    let chats = later["chats"].as_array().unwrap();
    assert_eq!((chats.len(), &chats[0]["id"]), (1, &json!(LIN)));
    let last = chats[0]["messages"].as_array().unwrap().last().unwrap();
    let button = json!({"text": "Press", "kind": "callback", "value": "add"});
    assert_eq!(last["inline_keyboard"], json!([[button]]));
    let rev = later["rev"].as_u64().unwrap();
    let same = get(&desk, &format!("state?since={rev}&timeout=0")).await;
    assert!(same["result"]["chats"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn clock_faults_calls_and_files_can_be_reached() {
    let desk = Desk::at_noon();
    let post = async |path: &str, body: Value| -> Value {
        let url = format!("{}/control/{path}", desk.telegram.url());
        desk.http
            .post(url)
            .json(&body)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    };
    let moved = post("clock", json!({"advance_ms": 60_000})).await;
    assert_eq!(moved["result"]["now_ms"], NOON + 60_000);
    assert_eq!(get(&desk, "clock").await["result"]["now_ms"], NOON + 60_000);
    post("fault", json!({"fault": {"rate_limit": 3}, "chat": LIN})).await;
    let (code, _) = desk
        .refused("sendMessage", json!({"chat_id": LIN, "text": "x"}))
        .await;
    assert_eq!(code, 429);
    desk.text("y").await;
    assert_eq!(
        post("fault", json!({"updates": {"delay": 5}})).await["ok"],
        true
    );
    assert_eq!(post("fault", json!({})).await["ok"], false);
    let calls = get(&desk, "calls?limit=1").await["result"].clone();
    assert_eq!(calls[0]["params"]["text"], "y");
    assert_eq!(
        get(&desk, "calls?since=0").await["result"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let (_, file) = desk.photo().await;
    let url = format!("{}/control/file/{file}", desk.telegram.url());
    let answer = desk.http.get(url).send().await.unwrap();
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    assert_eq!(answer.bytes().await.unwrap(), png(320, 200));
}

#[tokio::test]
async fn pages_from_elsewhere_are_kept_out() {
    let desk = Desk::at_noon();
    let url = format!("{}/control/state", desk.telegram.url());
    let own = desk.telegram.url();
    for (name, value, status) in [
        ("origin", own.as_str(), 200),
        ("origin", "http://evil.example", 403),
        ("origin", "null", 403),
        ("host", "evil.example", 403),
    ] {
        let answer = desk
            .http
            .get(&url)
            .header(name, value)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), status, "{name}: {value}");
    }
    let plain = desk
        .http
        .post(format!("{own}/control/act"))
        .body("{\"act\":\"start\",\"user\":1}");
    assert_eq!(
        plain.send().await.unwrap().status(),
        415,
        "a form can't post here"
    );
}
