//! Members who leave a company while orders of theirs are open on its account: what was placed on
//! it stays on it, whoever changes, cancels or hands it over then.

use ks_order::kernel::{AccountId, CompanyId, CustomerId, IdSource};
use ks_order::store::companies;
use ks_order::store::stock::Stamp;

use crate::support::account::{company, open};
use crate::support::bot::Setup;
use crate::support::scene::Scene;
use crate::support::screen::like;
use crate::support::script::Act;

const SHOP: &str = "pack: retail
people: lin (en), wang (en), boss (en), kitchen: group of packer
boss: /start
lin: /start
wang: /start
";

fn lucky() -> CompanyId {
    CompanyId::from("lucky")
}

fn person(scene: &Scene<'_>, name: &str) -> CustomerId {
    CustomerId(scene.stage.id(name).unwrap())
}

/// Lin and Wang order for a company on its account; Wang has one of his own too, if so.
fn opened(scene: &Scene<'_>, own: bool) {
    let (lin, wang) = (person(scene, "lin"), person(scene, "wang"));
    scene.bot.stores(async |db, now| {
        let mut ids = IdSource::new(4, now);
        let mut stamp = Stamp {
            cause: 1,
            now,
            ids: &mut ids,
        };
        let mut tx = db.begin().await.unwrap();
        company(&mut tx, &lucky(), &[lin, wang], now).await;
        let of = AccountId::Company(lucky());
        open(&mut tx, &of, 100_000, &mut stamp).await;
        if own {
            open(&mut tx, &AccountId::Person(wang), 100_000, &mut stamp).await;
        }
        tx.commit().await.unwrap();
    });
}

/// From the beginning of an order to its review: a trolley for the company, on its account.
fn reviews(scene: &mut Scene<'_>, who: &str) {
    for act in [
        "tap *Pick up",
        "tap Store fittings",
        "tap Folding trolley*",
        "tap *Add*",
        "tap 🛒 Cart",
        "tap *Check out*",
        "tap *16:00-18:00",
    ] {
        scene.plays(&format!("{who}: {act}\n"));
    }
    loop {
        let labels = scene.stage.newest_labels(who);
        let known = ["✅ Place order*", "On account", "✅ Wang*", "Skip*"];
        let is_there = |label: &&&str| labels.iter().any(|l| like(label, l));
        match known.iter().find(is_there) {
            Some(place) if place.starts_with("✅ Place") => return,
            Some(label) => scene.plays(&format!("{who}: tap {label}\n")),
            None => scene.plays(&format!("{who}: says Wang Fang\n")),
        }
    }
}

/// Wang orders a trolley for the company.
fn ordered(scene: &mut Scene<'_>) {
    scene.plays("wang: /start\n");
    reviews(scene, "wang");
    scene.plays("wang: tap *Place order*\n");
}

fn leaves(scene: &Scene<'_>) {
    let wang = person(scene, "wang");
    scene.bot.stores(async |db, _| {
        let mut tx = db.begin().await.unwrap();
        assert!(companies::remove(&mut tx, &lucky(), wang).await.unwrap());
        tx.commit().await.unwrap();
    });
}

/// What the company's account owes and holds.
fn stands(scene: &mut Scene<'_>) -> (i64, i64) {
    assert_eq!(scene.bot.violations().unwrap(), [""; 0]);
    scene.rows("select balance_minor, held_minor from accounts where id = 'c-lucky'")[0]
}

fn on_each(test: impl Fn(&mut Scene<'_>)) {
    for setup in [Some(Setup::sqlite()), Setup::postgres()].iter().flatten() {
        let mut scene = Scene::new(setup, SHOP);
        test(&mut scene);
        scene.ends();
    }
}

fn forges(scene: &mut Scene<'_>, who: &str, chat: Option<&str>, data: String) {
    scene.stage.listen();
    scene.stage.act(who, chat, &Act::Forges(data)).unwrap();
    scene.bot.settle(&scene.stage).unwrap();
}

#[test]
fn an_order_of_a_member_who_left_is_handed_over_and_owed_by_the_company() {
    on_each(|scene| {
        opened(scene, true);
        ordered(scene);
        assert_eq!(stands(scene), (0, 26_800));
        leaves(scene);
        assert_eq!(stands(scene), (0, 26_800));
        let order = scene.order(1);
        for (op, version) in [("kp", 2), ("ky", 3), ("kh", 4)] {
            forges(
                scene,
                "packer",
                Some("kitchen"),
                format!("{op}.{order}~{version}"),
            );
        }
        assert_eq!(stands(scene), (26_800, 0));
    });
}

#[test]
fn a_member_who_left_takes_an_order_back_and_the_company_has_its_credit_again() {
    on_each(|scene| {
        opened(scene, false);
        ordered(scene);
        leaves(scene);
        let order = scene.order(1);
        forges(scene, "wang", None, format!("oC.{order}~2"));
        assert_eq!(stands(scene), (0, 0));
    });
}

#[test]
fn an_order_of_a_member_who_left_is_changed_on_the_account_it_was_placed_on() {
    for own in [false, true] {
        on_each(|scene| {
            opened(scene, own);
            ordered(scene);
            leaves(scene);
            for act in [
                "/change 1",
                "tap 1 ×*",
                "tap ＋",
                "tap ‹*",
                "tap *Check out*",
                "tap *Save*",
            ] {
                scene.plays(&format!("boss: {act}\n"));
            }
            assert_eq!(stands(scene), (0, 53_600), "own account: {own}");
        });
    }
}

#[test]
fn of_the_desk_and_a_member_one_is_beyond_the_budget_and_decided_by_people() {
    on_each(|scene| {
        opened(scene, false);
        let budget = "update company_members set budget_minor = 60000, budget_period = 'day'";
        scene.bot.runs(budget).unwrap();
        // Who has ordered is known to the desk, by the order too.
        ordered(scene);
        scene.plays("boss: /order #1\n");
        let labels = scene.stage.newest_labels("boss");
        if labels.iter().any(|label| like("Wang*", label)) {
            scene.plays("boss: tap Wang*\n");
        }
        reviews(scene, "boss");
        scene.plays("wang: /start\n");
        reviews(scene, "wang");
        // Both before either is answered.
        scene.stage.listen();
        for who in ["boss", "wang"] {
            let tap = Act::Tap {
                label: "*Place order*".to_owned(),
                on: None,
                times: 1,
            };
            scene.stage.act(who, None, &tap).unwrap();
        }
        scene.bot.settle(&scene.stage).unwrap();
        // One has what was left; the other is beyond it, which people of the company decide.
        let orders =
            "select count(*), count(case state when 'awaiting_approval' then 1 end) from orders";
        assert_eq!(scene.rows(orders), [(3, 1)]);
        assert_eq!(stands(scene), (0, 80_400));
        let asked = "select count(*), count(*) from orders where request_state = 'open'";
        assert_eq!(scene.rows(asked), [(1, 1)]);
    });
}
