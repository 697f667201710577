//! What a turn computes, without its database and without HTTP: an update read, the flow's next
//! step, a screen, its words, its call; and parts of that alone: a render, a price, a decision by
//! the rules of approval.
#![allow(
    clippy::expect_used,
    reason = "a bench that can't be set up should end"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use ks_order::app::operations::quick_order::quick_words;
use ks_order::app::rules::{Orderer, Seen, decided};
use ks_order::app::screens::{Card, menu};
use ks_order::chat::{EventKind, Post, View};
use ks_order::dialogue::facts::Table;
use ks_order::dialogue::{Condition, Facts, Flow, Input, Place, advance};
use ks_order::domain::approvals::{Decision, Need, Outcome, Quorum};
use ks_order::domain::cart::{Cart, NewLine, Receipt, price};
use ks_order::domain::catalogue::{Catalogue, SoldOut};
use ks_order::domain::quick::List;
use ks_order::kernel::{CartId, ChatId, CustomerId, Locale, Timestamp};
use ks_order::shop::{Approvals, Rule, Shop, Source};
use ks_order::telegram::incoming;
use ks_order::telegram::render::{Rendered, render};

const NOW: Timestamp = Timestamp(1_795_406_400_000);
/// A tap as Telegram sends it.
const TAP: &str = r#"{"update_id":77,"callback_query":{"id":"4242","from":{"id":7,"is_bot":false,
    "first_name":"Lin","language_code":"en"},"message":{"message_id":9,"date":1795406400,
    "chat":{"id":7,"type":"private","first_name":"Lin"},"text":"Menu"},
    "chat_instance":"1","data":"n.3"}}"#;

fn shop() -> Shop {
    Shop::load(&Source::Pack("restaurant".to_owned())).expect("the pack is sound")
}

/// So many rules as a shop may have, each with a condition of its own; one in a hundred fires.
fn rules(flow: &Flow) -> Approvals {
    let rule = |n: i64| {
        let when = format!("order.total_minor > {n} && order.lines < {n} && time.hour < 25");
        let table = Table {
            rules: true,
            ..flow.table()
        };
        Rule {
            id: format!("r{n}"),
            roles: Vec::new(),
            groups: Vec::new(),
            flows: Vec::new(),
            companies: Vec::new(),
            when: Some(Condition::new(&when, &table).expect("sound")),
            outcome: Outcome::Need(vec![Need {
                roles: vec!["manager".to_owned()],
                quorum: Quorum::Any,
            }]),
        }
    };
    Approvals {
        rules: (0..1000).map(rule).collect(),
        ..Approvals::default()
    }
}

/// Everything that can be had without choosing, up to ten lines.
fn cart(catalogue: &Catalogue) -> Cart {
    let mut cart = Cart::new(CartId(1), CustomerId(7), "pickup");
    for item in catalogue.items() {
        // What needs a choice is refused, and left out.
        let added = cart.add(NewLine::of(item, catalogue), catalogue, &SoldOut::default());
        if added.is_ok() && cart.lines.len() == 10 {
            break;
        }
    }
    assert_eq!(cart.lines.len(), 10);
    cart
}

fn receipt(shop: &Shop, cart: &Cart) -> Receipt {
    let settings = &shop.settings;
    price(
        cart,
        &shop.catalogue,
        &settings.taxes,
        settings.rounding,
        &[],
    )
    .expect("priced")
}

fn category(shop: &Shop) -> View {
    let menu = menu::Menu {
        catalogue: &shop.catalogue,
        left: &menu::Left::default(),
        sold_out: &SoldOut::default(),
        cart: None,
    };
    menu::category(Card(3), &menu, "desserts", 0).expect("the pack has it")
}

/// From a screen to the call that shows it, as it is written into the outbox.
fn rendered(shop: &Shop, view: View) -> String {
    let post = Post::Card {
        chat: ChatId(7),
        topic: None,
        card: "ses".to_owned(),
        version: 1,
        view,
        fresh: false,
        loud: false,
    };
    let here = shop.here(NOW);
    match render(shop.texts.post(&Locale::from("en"), post, here)) {
        Rendered::Row(draft) => serde_json::to_string(&draft.body).expect("JSON"),
        Rendered::Answer(_) => String::new(),
    }
}

fn turn(shop: &Shop, flow: &Flow, place: &Place, facts: &Facts) -> String {
    let incoming = incoming::read(black_box(TAP), "bot").expect("an update");
    assert!(matches!(incoming.event.kind, EventKind::Press(_)));
    let next = advance(flow, place.clone(), Input::Begin, facts);
    black_box(next);
    rendered(shop, category(shop))
}

fn benches(c: &mut Criterion) {
    let shop = shop();
    let flow = shop.flow("pickup").expect("the pack has it");
    let (facts, place) = (Facts::default(), Place::default());
    c.bench_function("one turn without I/O", |b| {
        b.iter(|| turn(&shop, flow, &place, &facts));
    });
    let view = category(&shop);
    c.bench_function("render a category of the menu", |b| {
        b.iter(|| rendered(&shop, view.clone()));
    });
    let cart = cart(&shop.catalogue);
    c.bench_function("price a cart of ten lines", |b| {
        b.iter(|| receipt(&shop, black_box(&cart)));
    });
    let approvals = rules(flow);
    let mut facts = Facts::default();
    facts.order.total_minor = 10;
    let seen = Seen {
        flow,
        place: &place,
        facts: &facts,
        orderer: &Orderer::of(None),
    };
    let Decision::Need { fired, .. } = decided(&approvals, &[], seen) else {
        unreachable!("some of them fire");
    };
    assert_eq!(fired.len(), 9);
    c.bench_function("decide an order by 1000 rules", |b| {
        b.iter(|| decided(&approvals, &[], black_box(seen)));
    });
    let shop = Shop::load(&Source::Pack("retail".to_owned())).expect("the pack is sound");
    let text = misspelt(&shop.catalogue);
    c.bench_function("match a list of 200 lines that are all misspelt", |b| {
        b.iter(|| {
            // The words are gathered anew for each list, as in a turn.
            let list = List::of_text(black_box(&text), &quick_words(&shop), &shop.catalogue);
            assert_eq!(list.open(), 200);
        });
    });
}

/// The most lines that a list may have, each an item's name with its middle letter left out.
fn misspelt(catalogue: &Catalogue) -> String {
    let en = Locale::from("en");
    let names = catalogue.items().iter().map(|item| item.name.get(&en));
    let lines = names.cycle().take(200).enumerate().map(|(n, name)| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.remove(letters.len() / 2);
        format!("{} x{n} 2\n", letters.iter().collect::<String>())
    });
    lines.collect()
}

criterion_group!(all, benches);
criterion_main!(all);
