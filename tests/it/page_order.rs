//! One whole order on the playground of the program itself, clicked like a person clicks: from
//! /start to handed over, with what both chats hear of it, in English and in Chinese.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::browser::Window;
use crate::support::playground::Playground;
use crate::support::port;

const ANNA: i64 = 1001;
const WANG: i64 = 1002;
const GUEST: i64 = 1003;
const CHEF: i64 = 2002;
const KITCHEN: i64 = -3001;

/// `ks-order demo` as a process of its own; ended with SIGTERM, as a person ends it.
pub struct Demo {
    child: Child,
    pub url: String,
}

impl Demo {
    /// Starts it with the shop of a pack.
    pub fn start(pack: &str) -> Self {
        let port = port::free().port();
        let mut child = Command::new(env!("CARGO_BIN_EXE_ks-order"))
            .args(["demo", pack, "--no-browser", "--port", &port.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = said.next().unwrap().unwrap();
        assert!(first.contains(&port.to_string()), "{first}");
        Self {
            child,
            url: format!("http://127.0.0.1:{port}/"),
        }
    }

    /// Ends it, and sees that it ends well and soon.
    pub fn stop(mut self) {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        for _ in 0..200 {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert_eq!(status.code(), Some(0), "the demo ends well");
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the demo did not end within 10 s");
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

/// Who orders, and every word that is pressed or looked for on the way.
struct Script {
    customer: i64,
    shots: &'static str,
    pickup: &'static str,
    category: &'static str,
    dish: &'static str,
    add: &'static str,
    in_cart: &'static str,
    cart: &'static str,
    checkout: &'static str,
    when: &'static str,
    name_asked: &'static str,
    name: &'static str,
    note_asked: &'static str,
    note: &'static str,
    place: &'static str,
    placed: &'static str,
    kitchen_dish: &'static str,
    pushes: [&'static str; 4],
    card_at_end: &'static str,
}

const ENGLISH: Script = Script {
    customer: ANNA,
    shots: "order-en",
    pickup: "Pickup",
    category: "Noodles & rice",
    dish: "Dan dan noodles",
    add: "Add",
    in_cart: "is in your cart",
    cart: "Cart",
    checkout: "Check out",
    when: "As soon as possible",
    name_asked: "Which name",
    name: "Anna Bell",
    note_asked: "Anything the kitchen",
    note: "two pairs of chopsticks",
    place: "Place order",
    placed: "confirmed",
    kitchen_dish: "Dan dan noodles",
    pushes: [
        "ready at about",
        "is being prepared",
        "is ready for pickup",
        "was handed over",
    ],
    card_at_end: "handed over",
};

const CHINESE: Script = Script {
    customer: WANG,
    shots: "order-zh-CN",
    pickup: "自取",
    category: "面食米饭",
    dish: "担担面",
    add: "加入",
    in_cart: "已加入购物车",
    cart: "购物车",
    checkout: "去结账",
    when: "尽快",
    name_asked: "怎么称呼您",
    name: "王伟",
    note_asked: "告诉厨房",
    note: "请给两双筷子",
    place: "下单",
    placed: "已确认",
    // The group's own language, not the customer's.
    kitchen_dish: "Dan dan noodles",
    pushes: ["预计", "正在制作", "可以取餐了", "请慢用"],
    card_at_end: "已取餐",
};

fn shot(page: &mut Playground, script: &Script, what: &str) {
    page.screenshot(&format!("{}-{what}", script.shots));
}

/// The customer's way: from /start to the order's card.
fn order(page: &mut Playground, script: &Script) {
    let me = script.customer;
    page.start(me);
    page.tap(me, script.pickup);
    page.tap(me, script.category);
    shot(page, script, "1-category");
    page.tap(me, script.dish);
    shot(page, script, "2-dish");
    page.tap(me, script.add);
    page.see_toast(me, script.in_cart);
    page.tap(me, script.cart);
    shot(page, script, "3-cart");
    page.tap(me, script.checkout);
    page.tap(me, script.when);
    page.see(me, script.name_asked);
    page.say(me, script.name);
    page.see(me, script.note_asked);
    page.say(me, script.note);
    let review = page.see(me, "5/5");
    for told in [script.dish, script.when, script.name, script.note, "24.00"] {
        assert!(review.contains(told), "{told} is missing: {review}");
    }
    shot(page, script, "4-review");
    page.tap(me, script.place);
    page.see(me, script.placed);
}

/// The kitchen's way, with what the customer hears of each press.
fn cook(page: &mut Playground, script: &Script) {
    let card = page.see(KITCHEN, script.name);
    for told in [script.kitchen_dish, script.note] {
        assert!(card.contains(told), "{told} is missing: {card}");
    }
    page.act_as(KITCHEN, CHEF);
    shot(page, script, "5-placed");
    let presses = ["15 min", "Preparing", "Ready", "Handed over"];
    for (press, push) in presses.into_iter().zip(script.pushes) {
        page.tap(KITCHEN, press);
        page.see(script.customer, push);
    }
    let card = page.see(KITCHEN, "handed over");
    assert!(card.contains("Chef Li"), "who pressed is told: {card}");
    page.wait(
        "the kitchen's card to have no buttons left",
        &format!("!document.querySelector('.column[data-chat=\"{KITCHEN}\"] .key')"),
    );
    // The same card all the while, edited: its last state and the receipt stand together.
    let card = page.see(script.customer, "🧾");
    assert!(card.contains(script.card_at_end), "{card}");
    assert!(card.contains("24.00"), "{card}");
    shot(page, script, "6-handed-over");
}

fn from_start_to_handed_over(script: &Script, window: Window) {
    let demo = Demo::start("restaurant");
    let Some(mut page) = Playground::open(&demo.url, window) else {
        return;
    };
    order(&mut page, script);
    cook(&mut page, script);
    assert!(page.problems().is_empty(), "{:?}", page.problems());
    drop(page);
    demo.stop();
}

#[test]
fn an_order_from_start_to_handed_over_in_english() {
    from_start_to_handed_over(&ENGLISH, Window::DESKTOP);
}

#[test]
fn an_order_from_start_to_handed_over_in_chinese() {
    from_start_to_handed_over(&CHINESE, Window::DESKTOP.language("zh-CN"));
}

#[test]
fn a_guest_scans_a_tables_code_and_calls_a_waiter() {
    let demo = Demo::start("restaurant");
    let Some(mut page) = Playground::open(&demo.url, Window::DESKTOP) else {
        return;
    };
    page.scan("🍜 5", "Table guest");
    page.see(GUEST, "Table 5");
    page.tap(GUEST, "Call waiter");
    page.see_toast(GUEST, "waiter");
    page.see(KITCHEN, "Table 5");
    page.screenshot("table-guest");
    assert!(page.problems().is_empty(), "{:?}", page.problems());
    drop(page);
    demo.stop();
}

#[test]
fn an_order_on_a_phone() {
    let demo = Demo::start("restaurant");
    let Some(mut page) = Playground::open(&demo.url, Window::PHONE) else {
        return;
    };
    page.go_to(ANNA);
    order(
        &mut page,
        &Script {
            shots: "phone-order",
            ..ENGLISH
        },
    );
    page.screenshot("phone-order-placed");
    page.go_to(KITCHEN);
    page.see(KITCHEN, ENGLISH.name);
    page.screenshot("phone-kitchen");
    let wide = page.eval("document.documentElement.scrollWidth > innerWidth");
    assert_eq!(wide, false, "nothing is wider than the phone");
    assert!(page.problems().is_empty(), "{:?}", page.problems());
    drop(page);
    demo.stop();
}
