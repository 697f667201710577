//! What the process tells whoever watches it, and that it tells nobody's data.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use ks_order::runtime::Engine;
use ks_order::runtime::engine::StartError;
use ks_order::sandbox::WebhookHost;
use ks_order::store::Db;

use crate::both;
use crate::support::db::{Server, TestDb, options, sqlite};
use crate::support::engine::{PATIENCE, Rig};
use crate::support::port;

async fn start(rig: &Rig) -> (Engine, SocketAddr) {
    let address = port::free();
    let mut config = rig.config();
    config.monitor = Some(address);
    (Engine::start(config).await.unwrap(), address)
}

async fn ask(address: SocketAddr, path: &str) -> (u16, String) {
    let answer = reqwest::get(format!("http://{address}{path}"))
        .await
        .unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Asks until the answer has this status; what it said.
async fn ask_until(address: SocketAddr, path: &str, wanted: u16) -> String {
    let found = async {
        loop {
            let (status, text) = ask(address, path).await;
            if status == wanted {
                return text;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let found = tokio::time::timeout(PATIENCE * 2, found).await;
    found.unwrap_or_else(|_| panic!("{path} never said {wanted}"))
}

/// A value of `/metrics`.
async fn metric(address: SocketAddr, name: &str) -> f64 {
    let (status, text) = ask(address, "/metrics").await;
    assert_eq!(status, 200);
    let line = text.lines().find(|line| {
        line.rsplit_once(' ')
            .is_some_and(|(found, _)| found == name)
    });
    let line = line.unwrap_or_else(|| panic!("no {name} in\n{text}"));
    line.rsplit_once(' ').unwrap().1.parse().unwrap()
}

both!(
    a_running_bot_is_alive_ready_and_counts,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 3);
        let (engine, address) = start(&rig).await;
        rig.settle(&engine).await;
        rig.says(&engine, 2, "my phone is 13800138000").await;
        rig.says(&engine, 3, "corrupt").await;
        assert_eq!(ask(address, "/healthz").await, (200, "alive\n".into()));
        let text = ask_until(address, "/readyz", 200).await;
        assert_eq!(
            text,
            "database: ok\nreceiver: ok\nsender: ok\nshop files: ok\n"
        );
        assert_eq!(ask(address, "/").await.0, 404);
        let (_, scraped) = ask(address, "/metrics").await;
        let readme = include_str!("../../README.md");
        for part in readme.split("`ks_order_").skip(1) {
            let name = part.split('`').next().unwrap();
            let found = scraped.contains(&format!("\nks_order_{name}"));
            assert!(found || name == "…", "README.md names ks_order_{name}");
        }
        for (name, wanted) in [
            ("ks_order_updates_received_total", 5.0),
            ("ks_order_turns_total", 5.0),
            ("ks_order_turn_seconds_count", 6.0), // the dead letter's apology is decided too
            ("ks_order_messages_settled_total", 6.0),
            ("ks_order_dead_letters_total{queue=\"inbox\"}", 1.0),
            ("ks_order_dead_letters{queue=\"inbox\"}", 1.0),
            ("ks_order_dead_letters{queue=\"outbox\"}", 0.0),
            ("ks_order_inbox_waiting", 0.0),
            ("ks_order_outbox_waiting", 0.0),
            ("ks_order_receiving", 1.0),
            ("ks_order_leading", 1.0),
            ("ks_order_database_up", 1.0),
        ] {
            assert_eq!(metric(address, name).await, wanted, "{name}");
        }
        let (_, text) = ask(address, "/metrics").await;
        assert!(
            !text.contains("13800138000") && !text.contains("P2"),
            "{text}"
        );
        engine.stop().await;
        assert!(
            reqwest::get(format!("http://{address}/healthz"))
                .await
                .is_err()
        );
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_database_it_is_alive_but_not_ready() {
    let Some(server) = Server::start() else {
        return;
    };
    let url = server.database();
    let db = Db::open(&url, &options()).await.unwrap();
    let rig = Rig::new(&TestDb { db, url, dir: None }, 2);
    let (engine, address) = start(&rig).await;
    ask_until(address, "/readyz", 200).await;
    server.stop();
    let text = ask_until(address, "/readyz", 503).await;
    assert!(text.contains("database: not ready"), "{text}");
    assert_eq!(ask(address, "/healthz").await.0, 200);
    assert_eq!(metric(address, "ks_order_database_up").await, 0.0);
    server.run();
    ask_until(address, "/readyz", 200).await;
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_conflicts_in_a_row_are_not_ready() {
    let test = sqlite().await;
    let rig = Rig::new(&test, 2);
    let (engine, address) = start(&rig).await;
    ask_until(address, "/readyz", 200).await;
    let place = WebhookHost {
        addr: "127.0.0.1:9".parse().unwrap(),
        tls: false,
    };
    rig.telegram.host_webhook("other.test", place).unwrap();
    let bot = format!("{}/bot{}", rig.telegram.url(), rig.telegram.token());
    let call = async |method: &str| {
        let answer = reqwest::get(format!("{bot}/{method}")).await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{method}");
    };
    call("setWebhook?url=https://other.test/x").await;
    let text = ask_until(address, "/readyz", 503).await;
    assert!(text.contains("receiver: not ready"), "{text}");
    assert!(metric(address, "ks_order_receive_conflicts").await >= 3.0);
    call("deleteWebhook").await;
    ask_until(address, "/readyz", 200).await;
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_taken_address_stops_the_start() {
    let test = sqlite().await;
    let rig = Rig::new(&test, 1);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = rig.config();
    config.monitor = Some(taken.local_addr().unwrap());
    let error = Engine::start(config).await.err().unwrap();
    assert!(matches!(error, StartError::Monitor(_)), "{error}");
    assert!(error.to_string().contains("[monitor]"));
}
