//! What an order on account costs more than one in cash, in statements of its turns.

use ks_order::kernel::{AccountId, CustomerId, IdSource};
use ks_order::store::stock::Stamp;

use crate::support::account::open;
use crate::support::bot::Setup;
use crate::support::scene::Scene;
use crate::support::script::Act;

/// The most that placing, handing over and cancelling an order may take besides: a booking is two
/// statements.
const MOST: [u64; 3] = [2, 2, 2];

/// Two customers who have the same, but for an account.
const SHOP: &str = "pack: retail
people: lin (en), wang (en), boss (en), kitchen: group of packer
boss: /start
lin: /start
wang: /start
";

/// Everything up to the last press, which decides.
const ORDERS: [&str; 7] = [
    "tap *Pick up",
    "tap Store fittings",
    "tap Folding trolley*",
    "tap *Add*",
    "tap 🛒 Cart",
    "tap *Check out*",
    "tap *16:00-18:00",
];

/// An account with room for anything.
fn opened(scene: &Scene<'_>, who: &str) {
    let id = AccountId::Person(CustomerId(scene.stage.id(who).unwrap()));
    scene.bot.stores(async |db, now| {
        let mut ids = IdSource::new(4, now);
        let mut stamp = Stamp {
            cause: 1,
            now,
            ids: &mut ids,
        };
        let mut tx = db.begin().await.unwrap();
        open(&mut tx, &id, 1_000_000, &mut stamp).await;
        tx.commit().await.unwrap();
    });
}

fn plays(scene: &mut Scene<'_>, who: &str, act: &str) {
    scene.plays(&format!("{who}: {act}\n"));
}

/// Statements so far.
fn statements(scene: &Scene<'_>) -> u64 {
    scene.bot.statements()
}

/// What placing, handing over and another's cancelling took, with all that followed from each.
fn costs(scene: &mut Scene<'_>, who: &str, pays: &str) -> [u64; 3] {
    let placed = placed(scene, who, pays);
    let number = scene.count("select max(number), max(number) from orders");
    let before = statements(scene);
    let order = scene.order(number);
    let mut all = 0;
    for (op, version) in [("kp", 2), ("ky", 3), ("kh", 4)] {
        all = statements(scene);
        let act = Act::Forges(format!("{op}.{order}~{version}"));
        scene.stage.listen();
        scene.stage.act("packer", Some("kitchen"), &act).unwrap();
        scene.bot.settle(&scene.stage).unwrap();
    }
    assert!(all > before);
    let handed_over = statements(scene) - all;
    let is_over = "select count(*), count(*) from orders where state = 'completed'";
    assert!(scene.count(is_over) > 0, "handed over");
    self::placed(scene, who, pays);
    let number = scene.count("select max(number), max(number) from orders");
    let order = scene.order(number);
    let all = statements(scene);
    scene.stage.listen();
    let act = Act::Forges(format!("oC.{order}~2"));
    scene.stage.act(who, None, &act).unwrap();
    scene.bot.settle(&scene.stage).unwrap();
    [placed, handed_over, statements(scene) - all]
}

fn placed(scene: &mut Scene<'_>, who: &str, pays: &str) -> u64 {
    plays(scene, who, "/start");
    for act in ORDERS {
        plays(scene, who, act);
    }
    // What is known since the first time is not asked again.
    for _ in 0..5 {
        let labels = scene.stage.newest_labels(who);
        let has = |start: &str| labels.iter().any(|label| label.starts_with(start));
        let act = match () {
            () if has("✅ Place order") => break,
            () if has(pays) => format!("tap {pays}"),
            () if has("Skip") => "tap Skip*".to_owned(),
            () => "says Wang Fang".to_owned(),
        };
        plays(scene, who, &act);
    }
    let before = statements(scene);
    plays(scene, who, "tap *Place order*");
    statements(scene) - before
}

fn compared(setup: &Setup) {
    let mut scene = Scene::new(setup, SHOP);
    opened(&scene, "lin");
    let cash = costs(&mut scene, "wang", "Cash");
    let account = costs(&mut scene, "lin", "On account");
    let names = ["placed", "handed over", "cancelled"];
    for (((name, cash), account), most) in names.into_iter().zip(cash).zip(account).zip(MOST) {
        println!("{name}: {cash} statements in cash, {account} on account");
        assert!(
            account <= cash + most && account >= cash,
            "{name}: {cash} in cash, {account} on account"
        );
    }
    let booked = "select count(*), count(distinct op) from account_entries";
    assert_eq!(scene.rows(booked), [(5, 4)], "what was booked");
    scene.ends();
}

#[test]
fn an_order_on_account_takes_at_most_its_bookings_more_on_sqlite() {
    compared(&Setup::sqlite());
}

#[test]
fn an_order_on_account_takes_at_most_its_bookings_more_on_postgres() {
    if let Some(setup) = Setup::postgres() {
        compared(&setup);
    }
}
