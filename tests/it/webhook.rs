//! Updates by webhook: who is let in, what is stored before it is answered, and that no way of
//! ending or changing it loses an update.

use std::collections::BTreeSet;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use ks_order::commands::service::{Parts, Service};
use ks_order::runtime::engine::StartError;
use ks_order::runtime::webhook::ListenError;
use ks_order::runtime::{Clock, Counters, Engine, Receiving, TlsFiles, WebhookConfig};
use ks_order::sandbox::{Emulator, UpdateFault, UserSpec, WebhookHost};
use ks_order::shop::{Shop, Source};
use ks_order::store::Db;
use ks_order::telegram::client::Client;
use serde_json::{Value, json};

use crate::both;
use crate::support::child::{change, shop_folder};
use crate::support::db::{Server, TestDb, options, sqlite};
use crate::support::engine::{PATIENCE, Rig, count_of};
use crate::support::port;

const CERT: &[u8] = include_bytes!("support/tls/cert.pem");
const KEY: &[u8] = include_bytes!("support/tls/key.pem");
const OTHER_CERT: &[u8] = include_bytes!("support/tls/other-cert.pem");
const HOST: &str = "shop.test";
const SECRET: &str = "x-telegram-bot-api-secret-token";

/// A webhook at a free port that the emulator finds under its name.
fn webhook(telegram: &Emulator, tls: Option<TlsFiles>) -> WebhookConfig {
    let listen = port::free();
    let place = WebhookHost {
        addr: listen,
        tls: tls.is_some(),
    };
    telegram.host_webhook(HOST, place).unwrap();
    WebhookConfig {
        listen,
        public_url: format!("https://{HOST}:8443/telegram/x"),
        connections: 40,
        tls,
    }
}

fn files(cert: &[u8], self_signed: bool) -> TlsFiles {
    TlsFiles {
        cert: cert.to_vec(),
        key: KEY.to_vec(),
        self_signed,
    }
}

async fn start(rig: &Rig, webhook: &WebhookConfig) -> Engine {
    let mut config = rig.config();
    config.receiving = Receiving::Webhook(webhook.clone());
    Engine::start(config).await.unwrap()
}

/// As it stands alone on the net: with TLS of its own.
async fn start_with_tls(rig: &Rig) -> Engine {
    start(rig, &webhook(&rig.telegram, own_tls())).await
}

fn own_tls() -> Option<TlsFiles> {
    Some(files(CERT, true))
}

/// Waits until Telegram was told, and gives the secret it was told.
async fn secret(telegram: &Emulator) -> String {
    let found = telegram
        .wait_for(PATIENCE, |telegram| {
            let calls = telegram.calls().into_iter();
            let mut set = calls.filter(|call| call.method == "setWebhook" && call.ok);
            set.next_back()?.params["secret_token"]
                .as_str()
                .map(str::to_owned)
        })
        .await;
    found.expect("the webhook is set")
}

async fn info(telegram: &Emulator) -> Value {
    let url = format!("{}/bot{}/getWebhookInfo", telegram.url(), telegram.token());
    let answer = reqwest::get(url).await.unwrap().text().await.unwrap();
    serde_json::from_str::<Value>(&answer).unwrap()["result"].clone()
}

/// Why the last delivery was not taken, as soon as one was not.
async fn last_error(telegram: &Emulator) -> String {
    let found = async {
        loop {
            if let Some(words) = info(telegram).await["last_error_message"].as_str() {
                return words.to_owned();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, found).await.unwrap()
}

/// What is answered to the head of a request whose body never comes.
fn head(to: SocketAddr, secret: &str, length: usize) -> u16 {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(to).unwrap();
    let head = format!(
        "POST /telegram/x HTTP/1.1\r\nHost: {HOST}\r\n{SECRET}: {secret}\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    std::str::from_utf8(&start[9..]).unwrap().parse().unwrap()
}

fn words(update_id: i64, person: i64, text: &str) -> String {
    json!({
        "update_id": update_id,
        "message": {
            "message_id": update_id, "date": 1, "text": text,
            "chat": {"id": person, "type": "private", "first_name": "P"},
            "from": {"id": person, "is_bot": false, "first_name": "P"},
        },
    })
    .to_string()
}

/// Every word of each person was answered once, by turns of which none is missing.
fn all_answered_once(rig: &Rig, people: std::ops::RangeInclusive<i64>, each: usize) {
    for person in people {
        let said = rig.reads(person);
        let counts: Vec<i64> = said.iter().filter_map(|text| count_of(text)).collect();
        let expected: Vec<i64> = (2..2 + each as i64).collect();
        assert_eq!(counts, expected, "person {person}: {said:?}");
        let words: BTreeSet<&str> = said
            .iter()
            .filter_map(|text| text.split_once(": ").map(|(_, word)| word))
            .collect();
        let expected: Vec<String> = (0..each).map(|n| format!("word {n:02}")).collect();
        let expected: BTreeSet<&str> = expected.iter().map(String::as_str).collect();
        assert_eq!(words, expected, "person {person}");
    }
}

fn say(rig: &Rig, people: std::ops::RangeInclusive<i64>, words: std::ops::Range<usize>) {
    for n in words {
        for person in people.clone() {
            rig.telegram.say(person, &format!("word {n:02}")).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_telegram_and_only_updates_are_let_in() {
    let test = sqlite().await;
    let rig = Rig::new(&test, 2);
    let webhook = webhook(&rig.telegram, None);
    let engine = start(&rig, &webhook).await;
    let secret = secret(&rig.telegram).await;
    rig.settle(&engine).await;
    let http = reqwest::Client::new();
    let here = format!("http://{}/telegram/x", webhook.listen);
    let post = async |url: &str, secret: Option<&str>, body: reqwest::Body| {
        let mut request = http.post(url).body(body);
        if let Some(secret) = secret {
            request = request.header(SECRET, secret);
        }
        request.send().await.unwrap().status().as_u16()
    };
    let update = words(7, 2, "hello");
    assert_eq!(post(&here, None, update.clone().into()).await, 401);
    let near = format!("{}0", &secret[..63]);
    for wrong in ["", "x", &near, &format!("{secret}0"), &secret[..63]] {
        assert_eq!(post(&here, Some(wrong), update.clone().into()).await, 401);
    }
    let known = Some(secret.as_str());
    // The secret goes before the size, and neither waits for the body.
    assert_eq!(head(webhook.listen, "x", 2 << 20), 401);
    assert_eq!(head(webhook.listen, &secret, 2 << 20), 413);
    let chunks =
        futures_util::stream::iter((0..33).map(|_| Ok::<_, std::io::Error>([b' '; 1 << 15])));
    let chunks = futures_util::StreamExt::map(chunks, |chunk| chunk.map(|bytes| bytes.to_vec()));
    assert_eq!(
        post(&here, known, reqwest::Body::wrap_stream(chunks)).await,
        413,
        "of a length that was not said"
    );
    for bad in [
        "",
        "hello",
        "[]",
        "{}",
        "{\"update_id\":\"x\"}",
        "{\"update_id\":7",
    ] {
        assert_eq!(post(&here, known, bad.into()).await, 400, "{bad}");
    }
    assert_eq!(post(&here, known, vec![0xff, 0xfe].into()).await, 400);
    let elsewhere = format!("http://{}/telegram", webhook.listen);
    assert_eq!(post(&elsewhere, known, update.clone().into()).await, 404);
    let asked = http.get(&here).header(SECRET, &secret).send().await;
    assert_eq!(asked.unwrap().status().as_u16(), 405);
    rig.settle(&engine).await;
    assert!(rig.reads(2).is_empty(), "nothing of that was handled");
    assert!(Counters::get(&engine.counters().turned_away) >= 15);

    assert_eq!(post(&here, known, update.clone().into()).await, 200);
    assert_eq!(post(&here, known, update.into()).await, 200, "once more");
    rig.settle(&engine).await;
    assert_eq!(rig.reads(2), ["2: hello"]);
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_full_disk_keeps_out_is_refused_and_comes_again() {
    let test = sqlite().await;
    let rig = Rig::new(&test, 5);
    let engine = start_with_tls(&rig).await;
    rig.settle(&engine).await;
    test.db.limit_pages(Some(1)).await.unwrap();
    for n in 0..10 {
        for person in 2..=5 {
            let text = format!("word {n:02}{}", " ".repeat(3_000));
            rig.telegram.say(person, &(text + "x")).unwrap();
        }
    }
    let words = last_error(&rig.telegram).await;
    assert!(words.contains("500"), "{words}");
    assert!(rig.telegram.pending_updates() > 0);
    test.db.limit_pages(None).await.unwrap();
    rig.settle(&engine).await;
    for person in 2..=5 {
        let counts: Vec<i64> = rig
            .reads(person)
            .iter()
            .filter_map(|t| count_of(t))
            .collect();
        assert_eq!(counts, (2..12).collect::<Vec<i64>>(), "person {person}");
    }
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_while_the_database_server_is_down_comes_again() {
    let Some(server) = Server::start() else {
        return;
    };
    let url = server.database();
    let db = Db::open(&url, &options()).await.unwrap();
    let rig = Rig::new(&TestDb { db, url, dir: None }, 4);
    let engine = start_with_tls(&rig).await;
    rig.settle(&engine).await;
    server.stop();
    say(&rig, 2..=4, 0..8);
    let words = last_error(&rig.telegram).await;
    assert!(
        words.contains("500") || words.contains("timeout"),
        "{words}"
    );
    server.run();
    rig.settle(&engine).await;
    all_answered_once(&rig, 2..=4, 8);
    engine.stop().await;
}

both!(
    forty_at_once_out_of_order_come_to_the_right_end,
    |test: TestDb| async move {
        // Telegram keeps the order of a chat: forty deliveries at once are of forty chats.
        let rig = Rig::new(&test, 41);
        let faults = rig.telegram.faults();
        say(&rig, 2..=41, 0..1);
        faults.updates(UpdateFault::Reorder, 1, 150);
        say(&rig, 2..=41, 1..9);
        faults.clear();
        faults.updates(UpdateFault::Duplicate, 3, 40);
        say(&rig, 2..=41, 9..12);
        let engine = start_with_tls(&rig).await;
        secret(&rig.telegram).await;
        assert_eq!(info(&rig.telegram).await["max_connections"], 40);
        rig.settle(&engine).await;
        let mut mixed = 0;
        for person in 2..=41 {
            let said = rig.sees(person);
            let said: Vec<_> = said.iter().map(|msg| msg.text.as_str()).collect();
            let counts: Vec<i64> = said.iter().filter_map(|text| count_of(text)).collect();
            // Start is one of them, and may have come late too.
            assert_eq!(
                counts,
                (1..14).collect::<Vec<i64>>(),
                "person {person}: {said:?}"
            );
            let words: Vec<_> = said
                .iter()
                .filter_map(|text| text.split_once(": "))
                .collect();
            let words: Vec<_> = words.into_iter().map(|(_, word)| word).collect();
            let all: BTreeSet<_> = words.iter().copied().collect();
            assert_eq!(all.len(), 13, "person {person}: {said:?}");
            mixed += usize::from(!words.is_sorted());
        }
        assert!(mixed > 5, "only {mixed} came out of order");
        engine.stop().await;
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_with_a_certificate_that_telegram_was_given() {
    let test = sqlite().await;
    let rig = Rig::new(&test, 2);
    let webhook = webhook(&rig.telegram, Some(files(CERT, true)));
    let engine = start(&rig, &webhook).await;
    rig.telegram.say(2, "hello").unwrap();
    rig.settle(&engine).await;
    assert_eq!(rig.reads(2), ["2: hello"]);
    let info = info(&rig.telegram).await;
    assert_eq!(info["has_custom_certificate"], true);
    assert_eq!(info.get("last_error_message"), None);
    let http = reqwest::Client::builder()
        .add_root_certificate(reqwest::Certificate::from_pem(CERT).unwrap())
        .resolve(HOST, webhook.listen)
        .build()
        .unwrap();
    let url = format!("https://{HOST}/telegram/x");
    let answer = http.post(&url).header(SECRET, "x").body("{}").send().await;
    assert_eq!(answer.unwrap().status().as_u16(), 401);
    let plain = format!("http://{}/telegram/x", webhook.listen);
    assert!(http.post(plain).body("{}").send().await.is_err());
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_telegram_does_not_know_is_not_trusted() {
    let test = sqlite().await;
    let rig = Rig::new(&test, 2);
    let webhook = webhook(&rig.telegram, Some(files(CERT, false)));
    let engine = start(&rig, &webhook).await;
    let words = last_error(&rig.telegram).await;
    assert!(words.contains("certificate"), "{words}");
    assert_eq!(rig.telegram.pending_updates(), 2, "both Starts still wait");
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_not_be_opened_stops_the_start() {
    let test = sqlite().await;
    let rig = Rig::new(&test, 1);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut hook = webhook(&rig.telegram, None);
    hook.listen = taken.local_addr().unwrap();
    let refused = async |hook: WebhookConfig| {
        let mut config = rig.config();
        config.receiving = Receiving::Webhook(hook);
        match Engine::start(config).await {
            Err(StartError::Webhook(error)) => error,
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("it started"),
        }
    };
    assert!(matches!(
        refused(hook).await,
        ListenError::Address(at, _) if at == taken.local_addr().unwrap()
    ));
    for cert in [OTHER_CERT, b"nothing"] {
        let hook = webhook(&rig.telegram, Some(files(cert, true)));
        let error = refused(hook).await;
        assert!(matches!(error, ListenError::Tls(_)), "{error}");
        assert!(!error.to_string().contains("PRIVATE"));
    }
    assert!(
        rig.telegram
            .calls()
            .iter()
            .all(|call| call.method != "setWebhook")
    );
}

both!(
    to_polling_and_back_under_load_nothing_is_lost,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 9);
        let webhook = webhook(&rig.telegram, own_tls());
        let engine = start(&rig, &webhook).await;
        for n in 0..24 {
            say(&rig, 2..=9, n..n + 1);
            // Some changes overtake the one before, most don't.
            tokio::time::sleep(Duration::from_millis(5 * (n as u64 % 4))).await;
            engine.receive_by(if n % 2 == 0 {
                Receiving::Polling
            } else {
                Receiving::Webhook(webhook.clone())
            });
        }
        rig.settle(&engine).await;
        all_answered_once(&rig, 2..=9, 24);
        engine.receive_by(Receiving::Polling);
        say(&rig, 2..=9, 24..25);
        rig.settle(&engine).await;
        all_answered_once(&rig, 2..=9, 25);
        assert_eq!(info(&rig.telegram).await["url"], "");
        engine.stop().await;
    }
);

both!(
    a_killed_engine_loses_nothing_that_it_took,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 6);
        let webhook = webhook(&rig.telegram, None);
        for round in 0..6_u64 {
            let engine = start(&rig, &webhook).await;
            let first = usize::try_from(round).unwrap() * 3;
            say(&rig, 2..=6, first..first + 3);
            tokio::time::sleep(Duration::from_millis(7 * round)).await;
            engine.kill().await;
        }
        let engine = start(&rig, &webhook).await;
        rig.settle(&engine).await;
        for person in 2..=6 {
            // What was being sent when it was killed may be there twice.
            let said: BTreeSet<String> = rig.reads(person).into_iter().collect();
            let counts: BTreeSet<i64> = said.iter().filter_map(|text| count_of(text)).collect();
            assert_eq!(counts, (2..20).collect(), "person {person}: {said:?}");
            assert_eq!(said.len(), 18, "person {person}: {said:?}");
        }
        engine.stop().await;
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_folder_changes_how_updates_come_while_the_bot_runs() {
    let telegram = Emulator::start(ks_order::sandbox::EmulatorConfig::default()).unwrap();
    telegram.add_user(UserSpec::new(2, "Lin"));
    let listen = port::free();
    let place = WebhookHost {
        addr: listen,
        tls: true,
    };
    telegram.host_webhook(HOST, place).unwrap();
    let dir = shop_folder(&[]);
    std::fs::write(dir.path().join("cert.pem"), CERT).unwrap();
    std::fs::write(dir.path().join("key.pem"), KEY).unwrap();
    let wanted = format!(
        "mode = \"webhook\"\nlisten = \"{listen}\"\n\
         public_url = \"https://{HOST}/telegram\"\n\
         tls_cert = \"cert.pem\"\ntls_key = \"key.pem\"\ntls_self_signed = true\n"
    );
    change(dir.path(), "shop.toml", "mode     = \"polling\"", &wanted).unwrap();
    let test = sqlite().await;
    let parts = Parts {
        shop: Shop::load(&Source::Folder(dir.path().to_owned())).unwrap(),
        db: test.db.clone(),
        client: Client::new(&telegram.url(), telegram.token()).unwrap(),
        clock: Clock::real(),
        adjust: |_| {},
    };
    let service = Service::start(parts).await.unwrap();
    let answered = async |telegram: &Emulator| {
        let before = telegram.messages(2, 2).len();
        telegram.start_bot(2, None).unwrap();
        let came = telegram.wait_until(PATIENCE, |telegram| {
            let messages = telegram.messages(2, 2);
            messages.iter().skip(before).any(|msg| msg.from_bot)
        });
        assert!(came.await, "an answer");
    };
    answered(&telegram).await;
    assert_eq!(
        info(&telegram).await["url"],
        format!("https://{HOST}/telegram")
    );
    change(
        dir.path(),
        "shop.toml",
        "mode = \"webhook\"",
        "mode = \"polling\"",
    )
    .unwrap();
    service.reload().await.unwrap();
    answered(&telegram).await;
    assert_eq!(info(&telegram).await["url"], "");
    change(
        dir.path(),
        "shop.toml",
        "mode = \"polling\"",
        "mode = \"webhook\"",
    )
    .unwrap();
    service.reload().await.unwrap();
    answered(&telegram).await;
    let info = info(&telegram).await;
    assert_eq!(info["url"], format!("https://{HOST}/telegram"));
    assert_eq!(info.get("last_error_message"), None);
    service.stop().await;
}
