//! The emulator against what is known of Telegram: refusals word by word, updates, edits, faults.
//! Written from the Bot API and the sources of its server, never from what the bot does.

mod control;
mod faults;
mod inline;
mod library;
mod messages;
mod people;
mod refusals;
mod updates;

use std::time::Duration;

use ks_order::sandbox::{Emulator, EmulatorConfig, GroupSpec, Msg, UserSpec, WebhookHost};
use serde_json::{Value, json};

const LIN: i64 = 7_001;
const BLOCKER: i64 = 7_002;
const STRANGER: i64 = 7_003;
const GONE: i64 = 7_004;
const GROUP: i64 = -5_001;
const KICKED: i64 = -5_002;
const SUPER: i64 = -1_001_000_005_003;
const SUPER_KICKED: i64 = -1_001_000_005_004;
const FORUM: i64 = -1_001_000_005_005;
const NOON: i64 = 1_790_000_000_000;
const SOON: Duration = Duration::from_secs(10);

/// A running emulator with some people, and an HTTP client in the bot's place.
struct Desk {
    telegram: Emulator,
    http: reqwest::Client,
}

impl Desk {
    fn new(config: EmulatorConfig) -> Self {
        let telegram = Emulator::start(config).unwrap();
        for (id, name) in [
            (LIN, "Lin"),
            (BLOCKER, "Bo"),
            (STRANGER, "Sam"),
            (GONE, "Gus"),
        ] {
            telegram.add_user(UserSpec::new(id, name).phone(format!("+49{id}")));
        }
        telegram.add_group(GroupSpec::new(GROUP, "Kitchen", &[LIN, STRANGER]));
        telegram.add_group(GroupSpec::new(KICKED, "Gone", &[LIN]));
        telegram.add_group(GroupSpec::new(SUPER, "Big", &[LIN]).supergroup());
        telegram.add_group(GroupSpec::new(SUPER_KICKED, "Big and gone", &[LIN]).supergroup());
        telegram.add_group(GroupSpec::new(FORUM, "Topics", &[LIN]).forum());
        for group in [GROUP, KICKED, SUPER, SUPER_KICKED, FORUM] {
            telegram.add_bot_to_group(group, LIN).unwrap();
        }
        for group in [KICKED, SUPER_KICKED] {
            telegram.remove_bot(group, LIN).unwrap();
        }
        for user in [LIN, BLOCKER, GONE] {
            telegram.start_bot(user, None).unwrap();
        }
        telegram.block(BLOCKER).unwrap();
        telegram.deactivate(GONE).unwrap();
        Self {
            telegram,
            http: reqwest::Client::new(),
        }
    }

    /// With a clock that stands still until it is moved.
    fn at_noon() -> Self {
        Self::new(EmulatorConfig {
            now: Some(NOON),
            ..EmulatorConfig::default()
        })
    }

    fn address(&self, method: &str) -> String {
        format!(
            "{}/bot{}/{method}",
            self.telegram.url(),
            self.telegram.token()
        )
    }

    async fn call(&self, method: &str, params: Value) -> Value {
        let sent = self
            .http
            .post(self.address(method))
            .json(&params)
            .send()
            .await
            .unwrap();
        let status = sent.status().as_u16();
        let body: Value = sent.json().await.unwrap();
        let code = body
            .get("error_code")
            .and_then(Value::as_u64)
            .unwrap_or(200);
        assert_eq!(u64::from(status), code, "{body}");
        body
    }

    /// The result of a call that must succeed.
    async fn ok(&self, method: &str, params: Value) -> Value {
        let body = self.call(method, params).await;
        assert_eq!(body["ok"], true, "{method}: {body}");
        body["result"].clone()
    }

    /// The words of a call that must fail.
    async fn refused(&self, method: &str, params: Value) -> (u64, String) {
        let body = self.call(method, params).await;
        assert_eq!(body["ok"], false, "{method}: {body}");
        (
            body["error_code"].as_u64().unwrap(),
            body["description"].as_str().unwrap().to_owned(),
        )
    }

    /// Sends a text to Lin and returns its id.
    async fn text(&self, text: &str) -> i64 {
        let sent = self
            .ok("sendMessage", json!({"chat_id": LIN, "text": text}))
            .await;
        sent["message_id"].as_i64().unwrap()
    }

    /// Sends a text with one button to Lin.
    async fn button(&self, data: &str) -> i64 {
        let keyboard = json!({"inline_keyboard": [[{"text": "Press", "callback_data": data}]]});
        let params = json!({"chat_id": LIN, "text": "Choose", "reply_markup": keyboard});
        self.ok("sendMessage", params).await["message_id"]
            .as_i64()
            .unwrap()
    }

    /// Uploads a picture to Lin; the id of the message and of the file.
    async fn photo(&self) -> (i64, String) {
        let part = reqwest::multipart::Part::bytes(png(320, 200)).file_name("dish.png");
        let form = reqwest::multipart::Form::new()
            .text("chat_id", LIN.to_string())
            .text("caption", "Dish")
            .part("photo", part);
        let body: Value = self.post_form("sendPhoto", form).await;
        let sizes = body["result"]["photo"].as_array().unwrap();
        let file = sizes.last().unwrap()["file_id"]
            .as_str()
            .unwrap()
            .to_owned();
        (body["result"]["message_id"].as_i64().unwrap(), file)
    }

    async fn post_form(&self, method: &str, form: reqwest::multipart::Form) -> Value {
        let sent = self
            .http
            .post(self.address(method))
            .multipart(form)
            .send()
            .await
            .unwrap();
        sent.json().await.unwrap()
    }

    /// All updates that wait, confirmed.
    async fn drain(&self) -> Vec<Value> {
        let updates = self.updates(json!({})).await;
        if let Some(last) = updates.last() {
            let next = last["update_id"].as_i64().unwrap() + 1;
            self.updates(json!({"offset": next, "limit": 1})).await;
        }
        updates
    }

    async fn updates(&self, params: Value) -> Vec<Value> {
        self.ok("getUpdates", params)
            .await
            .as_array()
            .unwrap()
            .clone()
    }

    fn shown(&self, chat: i64, id: i64) -> Msg {
        self.telegram.message(chat, id).unwrap()
    }
}

/// The head of a PNG, which is all that anybody looks at.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes
}
