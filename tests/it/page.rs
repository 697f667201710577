//! The playground page, used like a person uses it, with a bot that is written out in each test.

use std::time::{Duration, Instant};

use ks_order::sandbox::{Emulator, EmulatorConfig, GroupSpec, UserSpec, page};
use serde_json::{Value, json};

use crate::support::browser::Window;
use crate::support::playground::Playground;

const ANA: i64 = 501;
const LIN: i64 = 502;
const LI: i64 = 601;
const WANG: i64 = 602;
const KITCHEN: i64 = -100_700;

/// An emulator with a few people, its page, and a bot that does what the test says.
struct Stage {
    telegram: Emulator,
    http: reqwest::Client,
    runtime: tokio::runtime::Runtime,
    offset: i64,
}

impl Stage {
    fn new() -> Self {
        let telegram = Emulator::start_with(EmulatorConfig::default(), page::router()).unwrap();
        telegram.add_user(
            UserSpec::new(ANA, "Ana")
                .language("en")
                .phone("+8613800138000"),
        );
        telegram.add_user(UserSpec::new(LIN, "Lin <b>Yue</b>").language("zh-hans"));
        telegram.add_user(UserSpec::new(LI, "Li"));
        telegram.add_user(UserSpec::new(WANG, "Wang"));
        telegram.add_group(GroupSpec::new(KITCHEN, "Kitchen", &[LI, WANG]).forum());
        telegram.add_bot_to_group(KITCHEN, LI).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        Self {
            telegram,
            http: reqwest::Client::new(),
            runtime,
            offset: 0,
        }
    }

    fn open(&self, window: Window) -> Option<Playground> {
        Playground::open(&format!("http://{}/", self.telegram.addr()), window)
    }

    /// One call as a bot makes it; the whole answer.
    fn call(&self, method: &str, params: &Value) -> Value {
        let url = format!(
            "http://{}/bot{}/{method}",
            self.telegram.addr(),
            self.telegram.token()
        );
        self.runtime.block_on(async {
            self.http
                .post(url)
                .json(params)
                .send()
                .await
                .unwrap()
                .json()
                .await
                .unwrap()
        })
    }

    /// Sends a text, gives its message id.
    fn send(&self, chat: i64, text: &str, markup: &Value) -> i64 {
        let mut params = json!({"chat_id": chat, "text": text});
        if !markup.is_null() {
            params["reply_markup"] = markup.clone();
        }
        let answer = self.call("sendMessage", &params);
        answer["result"]["message_id"]
            .as_i64()
            .unwrap_or_else(|| panic!("{answer}"))
    }

    /// The next update for which `wanted` finds something, others are passed over.
    fn next<T>(&mut self, what: &str, wanted: impl Fn(&Value) -> Option<T>) -> T {
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            let params = json!({"offset": self.offset, "timeout": 1, "limit": 1});
            let batch = self.call("getUpdates", &params);
            for update in batch["result"].as_array().unwrap() {
                self.offset = update["update_id"].as_i64().unwrap() + 1;
                if let Some(found) = wanted(update) {
                    return found;
                }
            }
        }
        panic!("the bot never heard of {what}");
    }

    fn next_text(&mut self, text: &str) {
        self.next(text, |update| {
            (update["message"]["text"] == text).then_some(())
        });
    }

    /// The next tap: its query id, after checking who tapped what.
    fn next_tap(&mut self, user: i64, data: &str) -> String {
        self.next(data, |update| {
            let query = &update["callback_query"];
            (query["data"] == data && query["from"]["id"] == user)
                .then(|| query["id"].as_str().unwrap().to_owned())
        })
    }
}

fn inline(rows: &Value) -> Value {
    json!({"inline_keyboard": rows})
}

fn no_problems(page: &mut Playground) {
    assert!(page.problems().is_empty(), "{:?}", page.problems());
}

#[test]
fn a_tap_reaches_the_bot_and_its_answer_and_edit_the_person() {
    let mut stage = Stage::new();
    let Some(mut page) = stage.open(Window::DESKTOP) else {
        return;
    };
    page.start(ANA);
    stage.next_text("/start");
    let keys = inline(
        &json!([[{"text": "−", "callback_data": "less"}, {"text": "+", "callback_data": "more"}]]),
    );
    let id = stage.send(ANA, "1 × Tea", &keys);
    page.see(ANA, "1 × Tea");

    page.tap(ANA, "+");
    let query = stage.next_tap(ANA, "more");
    page.wait(
        "the busy button",
        "document.querySelectorAll('.key[aria-busy=true]').length",
    );
    stage.call(
        "answerCallbackQuery",
        &json!({"callback_query_id": query, "text": "Added <i>one</i>"}),
    );
    stage.call(
        "editMessageText",
        &json!({"chat_id": ANA, "message_id": id, "text": "2 × Tea", "reply_markup": keys}),
    );
    page.see_toast(ANA, "Added <i>one</i>");
    assert!(page.see(ANA, "2 × Tea").contains("edited"));
    page.wait(
        "the idle button",
        "!document.querySelector('.key[aria-busy]')",
    );

    page.tap(ANA, "−");
    let query = stage.next_tap(ANA, "less");
    let alert = json!({"callback_query_id": query, "text": "At least one", "show_alert": true});
    stage.call("answerCallbackQuery", &alert);
    page.see_toast(ANA, "At least one");
    page.key("Enter"); // the focus is on OK
    page.wait("the closed window", "!document.querySelector('.alert')");

    stage.call("deleteMessage", &json!({"chat_id": ANA, "message_id": id}));
    page.wait(
        "the deleted message to go",
        "!document.body.innerText.includes('2 × Tea')",
    );
    page.screenshot("taps");
    no_problems(&mut page);
}

#[test]
fn what_people_and_bots_write_never_becomes_markup() {
    let mut stage = Stage::new();
    let Some(mut page) = stage.open(Window::DESKTOP) else {
        return;
    };
    let nasty = "<img src=x onerror=\"document.title='owned'\"> &amp; \u{202e}abc";
    page.start(LIN);
    page.say(LIN, nasty);
    stage.next_text(nasty);
    stage.send(
        LIN,
        nasty,
        &inline(&json!([[{"text": "<s>x</s>", "callback_data": "x"}]])),
    );
    stage.call(
        "sendMessage",
        &json!({"chat_id": LIN, "parse_mode": "HTML",
                "text": "🍜 <b>Bold &lt;i&gt; <i>both</i></b> <a href=\"javascript:alert(1)\">run</a> <code>x</code>"}),
    );
    page.see(LIN, "Bold <i> both");
    page.see(LIN, "<img src=x");
    let drawn = page.eval(
        "({ images: document.querySelectorAll('.log img').length, title: document.title,
            bold: document.querySelector('.log strong').textContent,
            both: document.querySelector('.log strong em').textContent,
            unsafe: [...document.querySelectorAll('a')].filter((a) => a.href.startsWith('javascript')).length,
            name: document.querySelector('.column[data-chat=\"502\"] h2').textContent })",
    );
    assert_eq!(drawn["images"], 0);
    assert_eq!(drawn["bold"], "Bold <i> both");
    assert_eq!(drawn["both"], "both");
    assert_eq!(drawn["unsafe"], 0);
    assert_eq!(drawn["name"], "Lin <b>Yue</b>");
    assert!(!drawn["title"].as_str().unwrap().contains("owned"));
    no_problems(&mut page);
}

#[test]
fn a_number_and_a_place_are_shared_from_the_keyboard() {
    let mut stage = Stage::new();
    let Some(mut page) = stage.open(Window::DESKTOP) else {
        return;
    };
    page.start(ANA);
    stage.next_text("/start");
    let board = json!({"one_time_keyboard": true, "resize_keyboard": true, "keyboard": [
        [{"text": "My number", "request_contact": true}], [{"text": "Here", "request_location": true}, {"text": "Skip"}]]});
    stage.send(ANA, "Where can we reach you?", &board);
    page.share(ANA, "My number");
    let contact = stage.next("a contact", |update| {
        update["message"].get("contact").cloned()
    });
    assert_eq!(contact["user_id"], ANA);
    assert!(
        contact["phone_number"]
            .as_str()
            .unwrap()
            .ends_with("8613800138000")
    );
    page.wait(
        "the used keyboard to go",
        "!document.querySelector('.board:not([hidden])')",
    );

    stage.send(ANA, "And where are you?", &board);
    page.share(ANA, "Here");
    let place = stage.next("a place", |update| {
        update["message"].get("location").cloned()
    });
    assert!(place["latitude"].is_number());

    stage.send(ANA, "Anything else?", &board);
    page.press(ANA, "Skip");
    stage.next_text("Skip");
    stage.send(ANA, "Thank you", &json!({"remove_keyboard": true}));
    page.see(ANA, "Thank you");
    page.screenshot("keyboards");
    no_problems(&mut page);
}

#[test]
fn two_colleagues_share_a_group_and_a_person_blocks_the_bot() {
    let mut stage = Stage::new();
    let Some(mut page) = stage.open(Window::DESKTOP) else {
        return;
    };
    let keys =
        inline(&json!([[{"text": "Accept", "callback_data": "accept", "style": "success"}]]));
    stage.send(KITCHEN, "#1 · Ana", &keys);
    page.act_as(KITCHEN, WANG);
    page.tap(KITCHEN, "Accept");
    stage.next_tap(WANG, "accept");
    page.say(KITCHEN, "/help");
    let from = stage.next("/help", |update| {
        (update["message"]["text"] == "/help").then(|| update["message"]["from"]["id"].clone())
    });
    assert_eq!(from, WANG);

    page.start(ANA);
    stage.next_text("/start");
    page.click(
        "more",
        &format!("document.querySelector('.column[data-chat=\"{ANA}\"] .head .plain')"),
    );
    page.click("Block", "[...document.querySelectorAll('.menu button')].find((b) => b.textContent.includes('Block'))");
    stage.next("the block", |update| {
        (update["my_chat_member"]["new_chat_member"]["status"] == "kicked").then_some(())
    });
    let refused = stage.call(
        "sendMessage",
        &json!({"chat_id": ANA, "text": "still there?"}),
    );
    assert_eq!(refused["error_code"], 403);
    page.click("calls", "document.getElementById('toggle-calls')");
    page.wait(
        "the refused call",
        "document.querySelector('.call.bad')?.innerText.includes('blocked by the user')",
    );
    page.screenshot("group-and-calls");
    no_problems(&mut page);
}

#[test]
fn links_qr_codes_and_the_clock() {
    let mut stage = Stage::new();
    let Some(mut page) = stage.open(Window::DESKTOP) else {
        return;
    };
    page.start(ANA);
    stage.next_text("/start");
    let link = format!(
        "https://t.me/{}?start=table_5",
        stage.telegram.bot_username()
    );
    stage.send(ANA, &format!("Scan: {link}"), &Value::Null);
    page.click("the link", "document.querySelector('.log a.link')");
    stage.next_text("/start table_5");
    page.click("QR code", "document.querySelector('.log .chip')");
    page.wait(
        "the QR code",
        "document.querySelector('.qr').naturalWidth >= 100",
    );
    page.screenshot("qr");
    page.click("Lin", "[...document.querySelectorAll('.people button')].find((b) => b.textContent.includes('Lin'))");
    let who = stage.next("Lin's start", |update| {
        (update["message"]["text"] == "/start table_5")
            .then(|| update["message"]["from"]["id"].clone())
    });
    assert_eq!(who, LIN);
    page.open_link("t_typed", "Ana");
    stage.next_text("/start t_typed");

    let before = stage.telegram.now_ms();
    page.move_clock(3_600_000);
    let shown = page.wait(
        "the clock to show it",
        &format!("new Date(document.getElementById('now').dateTime).getTime() >= {before} + 3600000 - 1000"),
    );
    assert_eq!(shown, true);
    assert!(stage.telegram.now_ms() >= before + 3_600_000);
    no_problems(&mut page);
}

#[test]
fn the_keyboard_alone_is_enough() {
    let mut stage = Stage::new();
    let Some(mut page) = stage.open(Window::DESKTOP) else {
        return;
    };
    page.start(ANA);
    stage.next_text("/start");
    page.wait(
        "the focus in the input",
        "document.activeElement.tagName === 'TEXTAREA'",
    );
    page.type_text("menu");
    page.key("Enter");
    stage.next_text("menu");
    let keys = inline(
        &json!([[{"text": "Noodles", "callback_data": "noodles"}], [{"text": "Soup", "callback_data": "soup"}]]),
    );
    let id = stage.send(ANA, "What would you like?", &keys);
    page.see(ANA, "What would you like?");
    let at = "document.activeElement.textContent";
    let mut steps = 0;
    page.eval("document.activeElement.blur()");
    while page.eval(at) != "Soup" {
        page.key("Tab");
        steps += 1;
        assert!(steps < 80, "the button can't be reached by Tab");
    }
    let outline = page.eval("getComputedStyle(document.activeElement).outlineStyle");
    assert_eq!(outline, "solid", "the focus must be seen");
    page.key("Enter");
    let query = stage.next_tap(ANA, "soup");
    stage.call("answerCallbackQuery", &json!({"callback_query_id": query}));
    let edit =
        json!({"chat_id": ANA, "message_id": id, "text": "Soup it is", "reply_markup": keys});
    stage.call("editMessageText", &edit);
    page.see(ANA, "Soup it is");
    page.wait("the focus on the same button", &format!("{at} === 'Soup'"));
    no_problems(&mut page);
}

#[test]
fn one_chat_at_a_time_on_a_phone_in_chinese() {
    let stage = Stage::new();
    let Some(mut page) = stage.open(Window::PHONE.language("zh-CN")) else {
        return;
    };
    page.go_to(ANA);
    page.start(ANA);
    page.go_to(LIN);
    stage.send(ANA, "news", &Value::Null);
    page.wait(
        "the badge on Ana's tab",
        &format!("document.querySelector('.tab[data-tab=\"{ANA}\"] .badge')?.textContent === '1'"),
    );
    let seen = page.eval(
        "({ columns: [...document.querySelectorAll('.column')].filter((c) => c.offsetWidth).length,
            wide: document.documentElement.scrollWidth > innerWidth, start: document.querySelector('.column.active .start').textContent,
            lang: document.documentElement.lang })",
    );
    assert_eq!(
        seen,
        json!({"columns": 1, "wide": false, "start": "开始", "lang": "zh-CN"})
    );
    page.go_to(ANA);
    page.see(ANA, "news");
    page.wait("the badge to go", "!document.querySelector('.badge')");
    page.screenshot("phone");
    no_problems(&mut page);
}

#[test]
fn whatever_can_be_sent_and_changed_is_taken_by_the_emulator() {
    let mut stage = Stage::new();
    let Some(mut page) = stage.open(Window::DESKTOP) else {
        return;
    };
    page.start(LIN);
    stage.next_text("/start");
    page.choose(LIN, "Attach", "Sample photo");
    stage.next("a photo", |update| update["message"].get("photo").cloned());
    page.choose(LIN, "Attach", "Sticker 😋");
    stage.next("a sticker", |update| {
        update["message"].get("sticker").cloned()
    });
    page.choose(LIN, "Attach", "Share a contact…");
    page.click("Share", "document.querySelector('dialog .main')");
    let contact = stage.next("a contact", |update| {
        update["message"].get("contact").cloned()
    });
    assert_eq!(contact["first_name"], "Ana");
    page.choose(LIN, "Attach", "Share my contact"); // has no number yet: asked for it
    page.click("Share", "document.querySelector('dialog .main')");
    let contact = stage.next("a contact", |update| {
        update["message"].get("contact").cloned()
    });
    assert_eq!(contact["user_id"], LIN);

    page.choose(LIN, "More", "Language: not given");
    page.say(LIN, "no language");
    let from = stage.next("a text", |update| {
        (update["message"]["text"] == "no language").then(|| update["message"]["from"].clone())
    });
    assert!(from.get("language_code").is_none(), "{from}");

    page.choose(KITCHEN, "More", "New topic…");
    page.click("the name", "document.querySelector('dialog input')");
    page.type_text("Drinks");
    page.key("Enter");
    page.choose(KITCHEN, "More", "Make the bot an admin");
    page.choose(KITCHEN, "More", "Remove the bot");
    stage.next("the removal", |update| {
        let status = &update["my_chat_member"]["new_chat_member"]["status"];
        (status == "left" || status == "kicked").then_some(())
    });
    page.choose(KITCHEN, "More", "Add the bot");

    page.click("calls", "document.getElementById('toggle-calls')");
    for choice in 1..=6 {
        page.eval(&format!(
            "(() => {{ const s = document.getElementById('fault'); s.value = '{choice}';
               document.querySelector('.notice')?.remove(); s.dispatchEvent(new Event('change')); }})()"
        ));
        page.wait(
            "the fault to be taken",
            "document.querySelector('.notice')?.textContent",
        );
        assert_eq!(
            page.eval("document.querySelector('.notice').textContent"),
            "Done"
        );
    }
    assert_eq!(
        page.eval("document.querySelector('.toast')?.textContent ?? null"),
        Value::Null
    );
    no_problems(&mut page);
}

#[test]
fn a_file_that_is_dropped_on_a_chat_is_sent_and_can_be_fetched() {
    let stage = Stage::new();
    let Some(mut page) = stage.open(Window::DESKTOP) else {
        return;
    };
    page.start(ANA);
    page.see(ANA, "/start");
    page.drop_file(ANA, "order.csv", "code,quantity\nA,1");
    let shown = page.see(ANA, "order.csv");
    assert!(
        shown.contains("17"),
        "its size stands below its name: {shown}"
    );
    let sent = stage.telegram.messages(ANA, ANA).pop().unwrap();
    let document = sent.document.unwrap();
    let file = stage.call("getFile", &json!({"file_id": document.file_id}));
    let path = file["result"]["file_path"].as_str().unwrap().to_owned();
    assert!(path.ends_with(".csv"), "{path}");
    let (addr, token) = (stage.telegram.addr(), stage.telegram.token());
    let fetch = |path: &str| {
        let url = format!("http://{addr}/file/bot{token}/{path}");
        stage.runtime.block_on(async {
            let answer = stage.http.get(url).send().await.unwrap();
            (answer.status().as_u16(), answer.bytes().await.unwrap())
        })
    };
    assert_eq!(fetch(&path), (200, "code,quantity\nA,1".into()));
    // By no other path than the one that was given.
    assert_eq!(fetch(&path.replace("documents", "photos")).0, 404);
    let wrong = stage.call("getFile", &json!({"file_id": "nonsense"}));
    assert_eq!(wrong["error_code"], json!(400), "{wrong}");
    assert!(page.problems().is_empty());
}
