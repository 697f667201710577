//! What people can and can't do, and how a test waits without sleeping.

use ks_order::sandbox::{Emulator, SendOptions};

use super::*;

#[tokio::test]
async fn the_app_offers_only_what_is_there() {
    let desk = Desk::at_noon();
    let telegram = &desk.telegram;
    let id = desk.button("x").await;
    assert!(telegram.tap(LIN, LIN, id, 1, 0).is_err(), "no such row");
    assert!(
        telegram.tap(LIN, LIN, id + 50, 0, 0).is_err(),
        "no such message"
    );
    assert!(
        telegram.tap(STRANGER, LIN, id, 0, 0).is_err(),
        "another person's chat"
    );
    assert!(telegram.say(BLOCKER, "hello").is_err(), "blocked");
    assert!(telegram.say(GONE, "hello").is_err(), "deleted account");
    assert!(
        telegram
            .send_text(BLOCKER, GROUP, "x", SendOptions::default())
            .is_err(),
        "no member"
    );
    assert!(
        telegram.press_reply(LIN, LIN, "Menu").is_err(),
        "no reply keyboard"
    );
    assert!(telegram.say(LIN, " \n").is_err(), "empty");
    assert!(telegram.pay(LIN, LIN, id).is_err(), "no invoice");
    assert!(telegram.messages(LIN, STRANGER).is_empty(), "foreign eyes");
}

#[tokio::test]
async fn start_unblocks() {
    let desk = Desk::at_noon();
    desk.drain().await;
    desk.telegram.start_bot(BLOCKER, None).unwrap();
    let told = desk.drain().await;
    assert_eq!(
        told[0]["my_chat_member"]["new_chat_member"]["status"],
        "member"
    );
    assert_eq!(told[1]["message"]["text"], "/start");
    desk.ok("sendMessage", json!({"chat_id": BLOCKER, "text": "x"}))
        .await;
}

#[tokio::test]
async fn photos_stickers_documents_and_places_arrive() {
    let desk = Desk::at_noon();
    desk.drain().await;
    desk.telegram
        .send_photo(LIN, LIN, None, "look", SendOptions::default())
        .unwrap();
    desk.telegram.send_sticker(LIN, LIN, "🎉").unwrap();
    desk.telegram
        .send_document(LIN, LIN, "menu.csv", b"a,b")
        .unwrap();
    desk.telegram.share_location(LIN, LIN, 52.5, 13.4).unwrap();
    let told = desk.drain().await;
    assert_eq!(told[0]["message"]["caption"], "look");
    assert!(told[0]["message"]["photo"][0]["file_id"].is_string());
    assert_eq!(told[1]["message"]["sticker"]["emoji"], "🎉");
    assert_eq!(told[2]["message"]["document"]["mime_type"], "text/csv");
    assert_eq!(
        told[3]["message"]["location"],
        json!({"latitude": 52.5, "longitude": 13.4})
    );
    let file = told[2]["message"]["document"]["file_id"].as_str().unwrap();
    assert_eq!(&*desk.telegram.file(file).unwrap(), b"a,b");
}

#[tokio::test]
async fn a_test_waits_for_a_change_and_gives_up_in_time() {
    let desk = Desk::at_noon();
    let answered = |telegram: &Emulator| {
        telegram
            .messages(LIN, LIN)
            .into_iter()
            .find(|message| message.from_bot)
    };
    let wait = desk.telegram.wait_for(SOON, answered);
    let (seen, _) = tokio::join!(wait, desk.text("hello"));
    assert_eq!(seen.unwrap().text, "hello");
    assert!(
        !desk
            .telegram
            .wait_until(Duration::from_millis(30), |_| false)
            .await
    );
}

#[test]
fn a_thread_without_a_runtime_can_wait_too() {
    let desk = Desk::at_noon();
    let person = desk.telegram.clone();
    let writes = std::thread::spawn(move || person.say(LIN, "hello").unwrap());
    let seen = desk.telegram.block_for(SOON, |telegram| {
        telegram
            .messages(LIN, LIN)
            .into_iter()
            .find(|message| message.text == "hello")
    });
    assert_eq!(seen.unwrap().id, writes.join().unwrap());
    assert_eq!(
        desk.telegram
            .block_for(Duration::from_millis(30), |_| None::<()>),
        None
    );
}

#[test]
fn only_loopback_is_listened_on_and_the_last_handle_ends_it() {
    let config = EmulatorConfig {
        addr: ([0, 0, 0, 0], 0).into(),
        ..EmulatorConfig::default()
    };
    assert!(Emulator::start(config).is_err());
    let telegram = Emulator::start(EmulatorConfig::default()).unwrap();
    let (addr, clone) = (telegram.addr(), telegram.clone());
    drop(telegram);
    assert!(
        std::net::TcpStream::connect(addr).is_ok(),
        "a clone keeps it"
    );
    drop(clone);
    let closed = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        std::net::TcpStream::connect(addr).is_err()
    });
    assert!(closed);
}
