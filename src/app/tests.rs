//! The application on a real database, without a wire: events in, screens out.

mod companies;
mod pauses;

use std::sync::Arc;

use super::{App, TurnInput};
use crate::chat::view::Action;
use crate::chat::{Event, EventKind, Message, Out, Post, Press, Sender};
use crate::dialogue::Session;
use crate::domain::orders::Order;
use crate::kernel::{ChatId, CustomerId, IdSource, Timestamp};
use crate::shop::settings::NamedChat;
use crate::shop::{Shop, Source};
use crate::store::stock::Stamp;
use crate::store::{Db, Keys, OpenOptions};

const KEY: &str = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const NOON: i64 = 1_795_363_200_000 + 12 * 3_600_000;
const OWNER: i64 = 900;
const KITCHEN: ChatId = ChatId(-800);

/// A shop with one customer at a time; statements of the last turn are counted.
pub(super) struct Talk {
    app: App,
    db: Db,
    ids: IdSource,
    cause: i64,
    now: Timestamp,
    session: Option<Session>,
    screen: Message,
    statements: u64,
    most: (u64, String),
    _dir: tempfile::TempDir,
}

impl Talk {
    pub(super) async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/db.sqlite", dir.path().display());
        let keys = Keys::from_env_value(KEY).unwrap();
        let db = Db::open(&url, &OpenOptions::new(keys)).await.unwrap();
        let mut shop = Shop::load(&Source::Pack("restaurant".to_owned())).unwrap();
        shop.settings.owner = Some(CustomerId(OWNER));
        shop.settings.companies = true;
        let kitchen = NamedChat {
            chat: KITCHEN,
            topic: None,
        };
        shop.settings.chats.insert("kitchen".to_owned(), kitchen);
        let now = Timestamp(NOON);
        let mut ids = IdSource::new(1, now);
        let items: Vec<_> = shop
            .catalogue
            .items()
            .iter()
            .map(|item| (item.id.clone(), item.opening_stock))
            .collect();
        let mut tx = db.begin().await.unwrap();
        let mut stamp = Stamp {
            cause: 0,
            now,
            ids: &mut ids,
        };
        crate::store::items::see(&mut tx, &items, &mut stamp)
            .await
            .unwrap();
        let owner = CustomerId(OWNER);
        crate::store::customers::see(&mut tx, owner, "Boss", &"en".into(), now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            app: App::new(Arc::new(shop), "testbot"),
            db,
            ids,
            cause: 0,
            now,
            session: None,
            screen: Message::default(),
            statements: 0,
            most: (0, String::new()),
            _dir: dir,
        }
    }

    async fn event(&mut self, kind: EventKind) -> Vec<Out> {
        let what = format!("{kind:?}");
        self.cause += 1;
        let is_timer = matches!(kind, EventKind::Timer { .. });
        let event = Event {
            chat: ChatId(7),
            private: true,
            topic: None,
            sender: (!is_timer).then(|| Sender {
                id: CustomerId(7),
                name: "Lin <b>".to_owned(),
                language: Some("en".to_owned()),
            }),
            kind,
        };
        let mut tx = self.db.begin().await.unwrap();
        let input = TurnInput {
            tx: &mut tx,
            event,
            session: self.session.clone(),
            seen: None,
            lane: "7",
            cause: self.cause,
            now: self.now,
            ids: &mut self.ids,
            seed: 5,
        };
        let outcome = self.app.turn(input).await.unwrap();
        self.statements = tx.statements();
        if self.statements > self.most.0 {
            self.most = (self.statements, what);
        }
        tx.commit().await.unwrap();
        if let Some(mut session) = outcome.session {
            session.version += 1;
            self.session = Some(session);
        }
        for out in &outcome.out {
            match out {
                Post::Card { card, view, .. } if card == "ses" => self.screen = view.clone(),
                Post::Become { view, .. } => self.screen = view.clone(),
                _ => {}
            }
        }
        outcome.out
    }

    /// What happens in the kitchen's group, done by the owner.
    async fn in_kitchen(&mut self, kind: EventKind) -> Vec<Out> {
        self.cause += 1;
        let event = Event {
            chat: KITCHEN,
            private: false,
            topic: None,
            sender: Some(Sender {
                id: CustomerId(OWNER),
                name: "Boss".to_owned(),
                language: None,
            }),
            kind,
        };
        let mut tx = self.db.begin().await.unwrap();
        let input = TurnInput {
            tx: &mut tx,
            event,
            session: None,
            seen: None,
            lane: "kitchen",
            cause: self.cause,
            now: self.now,
            ids: &mut self.ids,
            seed: 5,
        };
        let outcome = self.app.turn(input).await.unwrap();
        tx.commit().await.unwrap();
        outcome.out
    }

    /// A tap in the kitchen's group.
    async fn kitchen_tap(&mut self, data: &str) -> Vec<Out> {
        self.in_kitchen(EventKind::Press(Press {
            query_id: "q".to_owned(),
            message_id: Some(1),
            data: data.to_owned(),
        }))
        .await
    }

    /// The order that was placed last.
    async fn order(&self) -> Order {
        let mut tx = self.db.read().await.unwrap();
        let open = crate::store::orders::open(&mut tx, 10).await.unwrap();
        open.last().unwrap().clone()
    }

    async fn tap(&mut self, label: &str) -> Vec<Out> {
        let data = self
            .screen
            .rows
            .iter()
            .flatten()
            .find(|button| button.label.contains(label))
            .and_then(|button| match &button.action {
                Action::Data(data) => Some(data.clone()),
                Action::Url(_) | Action::Copy(_) => None,
            });
        let Some(data) = data else {
            panic!("no button {label} on: {:#?}", self.screen);
        };
        self.press(&data).await
    }

    async fn press(&mut self, data: &str) -> Vec<Out> {
        self.event(EventKind::Press(Press {
            query_id: "q".to_owned(),
            message_id: Some(1),
            data: data.to_owned(),
        }))
        .await
    }

    async fn say(&mut self, text: &str) -> Vec<Out> {
        let text = text.to_owned();
        self.event(EventKind::Words {
            text,
            reply_to: None,
        })
        .await
    }

    fn sees(&self, words: &str) {
        assert!(
            self.screen.html.contains(words),
            "no {words:?} in: {}",
            self.screen.html
        );
    }
}

async fn to_review(talk: &mut Talk) {
    talk.event(EventKind::Command("start".into(), String::new()))
        .await;
    talk.tap("Pickup").await;
    talk.tap("Hot dishes").await;
    talk.tap("Kung pao").await;
    talk.tap("Add").await;
    talk.tap("Cart").await;
    talk.tap("Check out").await;
    talk.tap("In 30").await;
    talk.say("Lin").await;
    for _ in 0..3 {
        if talk.screen.html.contains("check your order") {
            return;
        }
        talk.tap("Skip").await;
    }
}

#[tokio::test]
async fn an_order_goes_from_start_to_placed() {
    let mut talk = Talk::new().await;
    to_review(&mut talk).await;
    talk.sees("Kung pao");
    talk.sees("set aside");
    let out = talk.tap("Place order").await;
    assert!(toast(&out).contains("is placed"));
    talk.sees("confirmed");
    let cards: Vec<&str> = out
        .iter()
        .filter_map(|out| match out {
            Post::Card { card, .. } | Post::Become { card, .. } => {
                Some(card.split(':').next().unwrap_or_default())
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        cards,
        ["order", "work"],
        "the living message became the card"
    );
    // Placing is the dearest turn: one look at everything, the hold, the number, the cart, the
    // order with its lines and events. The engine adds five: twelve is what a turn may take.
    assert!(talk.most.0 <= 7, "{:?}", talk.most);
}

#[tokio::test]
async fn a_second_tap_on_place_changes_nothing() {
    let mut talk = Talk::new().await;
    to_review(&mut talk).await;
    let place = talk
        .screen
        .rows
        .iter()
        .flatten()
        .find_map(|button| match &button.action {
            Action::Data(data) if data.starts_with("rp") => Some(data.clone()),
            _ => None,
        })
        .unwrap();
    talk.press(&place).await;
    talk.press(&place).await;
    let mut tx = talk.db.read().await.unwrap();
    let orders = crate::store::orders::open(&mut tx, 10).await.unwrap();
    assert_eq!(orders.len(), 1);
}

#[tokio::test]
async fn old_and_forged_buttons_do_no_harm() {
    let mut talk = Talk::new().await;
    to_review(&mut talk).await;
    let cart = talk.session.clone().unwrap().cart;
    for data in [
        "",
        "rp~0",
        "c!~0",
        "zz~9",
        "oC.1~1",
        "ka.1.10~1",
        "io.9.9~2",
        "\u{202e}",
    ] {
        talk.press(data).await;
    }
    assert_eq!(talk.session.clone().unwrap().cart, cart);
    talk.sees("check your order");
}

/// Everything that was said or shown in a chat.
fn told(out: &[Out], chat: ChatId) -> String {
    let texts = out.iter().filter_map(|out| match out {
        Post::Card { chat: to, view, .. }
        | Post::Become { chat: to, view, .. }
        | Post::Say { chat: to, view, .. }
            if *to == chat =>
        {
            Some(view.html.clone())
        }
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// What a tap was answered with.
fn toast(out: &[Out]) -> String {
    let found = out.iter().find_map(|out| match out {
        Post::Answer { text, .. } => text.clone(),
        _ => None,
    });
    found.unwrap_or_default()
}

pub(super) async fn placed(talk: &mut Talk) -> Order {
    to_review(talk).await;
    talk.tap("Place order").await;
    talk.order().await
}

#[tokio::test]
async fn thousands_of_characters_are_a_search_like_any_other() {
    let mut talk = Talk::new().await;
    talk.event(EventKind::Command("menu".into(), String::new()))
        .await;
    let begun = std::time::Instant::now();
    talk.say(&"x\u{202e} ".repeat(3_300)).await;
    // A turn may take 250 ms; a test machine may be busy.
    assert!(begun.elapsed() < std::time::Duration::from_secs(1));
    talk.sees("Nothing on the menu");
    assert!(!talk.screen.html.contains('\u{202e}'));
}

#[tokio::test]
async fn a_full_group_says_so_and_a_dozen_is_shared_out() {
    let mut talk = Talk::new().await;
    talk.event(EventKind::Command("menu".into(), String::new()))
        .await;
    talk.tap("Dumplings").await;
    talk.tap("mixed dozen").await;
    talk.tap("6 × Pork").await;
    talk.tap("7 × Pork").await;
    talk.tap("Prawn").await;
    let labels: Vec<_> = talk.screen.rows.iter().flatten().collect();
    for label in ["7 × Pork", "4 × Chive", "☑ Prawn"] {
        assert!(
            labels.iter().any(|button| button.label.contains(label)),
            "no {label}: {labels:#?}"
        );
    }

    talk.say("family set").await;
    talk.tap("Family set").await;
    let out = talk.tap("Steamed sea bass").await;
    assert_eq!(toast(&out), "Three different mains: at most 3");
}

#[tokio::test]
async fn what_is_sold_by_weight_says_for_which_weight() {
    let mut talk = Talk::new().await;
    talk.event(EventKind::Command("menu".into(), String::new()))
        .await;
    talk.tap("Hot dishes").await;
    talk.tap("crab · ¥128.00 / 500 g").await;
}

#[tokio::test]
async fn choosing_can_be_left_like_every_step() {
    let mut talk = Talk::new().await;
    talk.event(EventKind::Command("start".into(), String::new()))
        .await;
    talk.tap("Pickup").await;
    talk.tap("Soups").await;
    talk.tap("Categories").await;
    talk.sees("Step 1/5");
    talk.tap("Cancel").await;
    talk.sees("Nothing was ordered");
}

#[tokio::test]
async fn a_refused_wish_to_cancel_is_answered_with_its_reason() {
    let mut talk = Talk::new().await;
    let order = placed(&mut talk).await;
    talk.kitchen_tap(&format!("kp.{}~{}", order.id, order.version))
        .await;
    let order = talk.order().await;
    let out = talk
        .press(&format!("or.{}~{}", order.id, order.version))
        .await;
    assert!(told(&out, KITCHEN).contains("asked to cancel"), "{out:#?}");
    let order = talk.order().await;
    let out = talk
        .kitchen_tap(&format!("kN.{}.begun~{}", order.id, order.version))
        .await;
    assert!(told(&out, ChatId(7)).contains("can't be cancelled any more: it is being cooked"));

    // Looking at reasons and going back forgets nobody.
    let order = talk.order().await;
    let card = format!("kc.{}~{}", order.id, order.version);
    let out = talk.kitchen_tap(&card).await;
    assert!(told(&out, KITCHEN).contains("cancellation refused – Boss"));
}

#[tokio::test]
async fn an_order_that_nobody_took_ends_with_an_apology() {
    let mut talk = Talk::new().await;
    let order = placed(&mut talk).await;
    let due = EventKind::Timer {
        kind: "kitchen-limit".to_owned(),
        key: order.id.to_string(),
    };
    let out = talk.event(due).await;
    assert!(
        told(&out, ChatId(7)).contains("I am sorry: nobody"),
        "{out:#?}"
    );
    let kitchen = told(&out, KITCHEN);
    assert!(kitchen.contains("ran out of time"), "{kitchen}");
    assert!(
        kitchen.contains("Lin &lt;b&gt;"),
        "the customer's name stays: {kitchen}"
    );
}

#[tokio::test]
async fn a_group_that_became_a_supergroup_sees_its_open_orders_again() {
    let mut talk = Talk::new().await;
    placed(&mut talk).await;
    let to = ChatId(-100_800);
    let out = talk.in_kitchen(EventKind::Migrated(to)).await;
    assert!(told(&out, to).contains("Kung pao"), "{out:#?}");
}

#[tokio::test]
async fn a_group_that_the_file_names_keeps_the_language_it_chose() {
    let mut talk = Talk::new().await;
    talk.kitchen_tap("ll.zh-CN~0").await;
    let to = ChatId(-100_800);
    talk.in_kitchen(EventKind::Migrated(to)).await;
    to_review(&mut talk).await;
    let out = talk.tap("Place order").await;
    assert!(told(&out, to).contains("宫保鸡丁"), "{out:#?}");
}

#[tokio::test]
async fn tapping_an_old_button_on_and_on_brings_one_screen() {
    let mut talk = Talk::new().await;
    to_review(&mut talk).await;
    let screens = |out: &[Out]| {
        let cards = out.iter().filter(|out| matches!(out, Post::Card { .. }));
        cards.count()
    };
    assert_eq!(screens(&talk.press("m~0").await), 1);
    assert_eq!(screens(&talk.press("m~0").await), 0);
    talk.now = talk.now.plus(5_000);
    assert_eq!(screens(&talk.press("m~0").await), 1);
}

#[tokio::test]
async fn a_question_on_the_help_screen_is_answered() {
    let mut talk = Talk::new().await;
    talk.event(EventKind::Command("help".into(), String::new()))
        .await;
    talk.say("how do I pay?").await;
    talk.sees("pay at the counter");
    talk.say("mapo tofu").await;
    talk.tap("Mapo tofu").await;
}

#[tokio::test]
async fn a_note_for_the_kitchen_turns_no_words_around() {
    let mut talk = Talk::new().await;
    to_review(&mut talk).await;
    talk.tap("✎ Note").await;
    talk.say("two \u{202e}spoons\n& a fork").await;
    talk.sees("two spoons &amp; a fork");
}

#[tokio::test]
async fn a_single_bag_has_a_price_without_a_pack() {
    let mut talk = Talk::new().await;
    talk.event(EventKind::Command("menu".into(), String::new()))
        .await;
    talk.say("peanuts").await;
    talk.tap("peanuts").await;
    talk.sees("¥12.00");
    assert!(!talk.screen.html.contains("per pack"));
}
