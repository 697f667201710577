//! Codes of tables: the same whenever they are printed, of one shop and key, and taken back at once.

use ks_order::domain::orders::{Event, Fulfilment};
use ks_order::domain::tables::Table;
use ks_order::kernel::{CartId, CustomerId, Localised, OrderId, TableId};
use ks_order::store::glance::{Ask, glance, glances};
use ks_order::store::tokens::{Redeemed, look};
use ks_order::store::{Keys, carts, orders, tables};

use crate::both;
use crate::support::db::TestDb;
use crate::support::trade::{NOW, Trade, ids, step};

const SHOP: &str = "jade";

fn hall() -> Vec<TableId> {
    ["1", "2", "bar"].map(TableId::from).to_vec()
}

both!(
    a_code_is_printed_again_and_renewed_once,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let first = tables::see(&mut tx, SHOP, &hall(), NOW).await.unwrap();
        let again = tables::see(&mut tx, SHOP, &hall(), NOW.plus(5))
            .await
            .unwrap();
        assert_eq!(first, again, "a sticker is good for years");
        assert_eq!(first.len(), 3);
        for code in &first {
            assert_eq!(code.token.len(), 24);
            assert!(
                code.token
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
            );
            match look(&mut tx, &code.token, NOW).await.unwrap() {
                Redeemed::Granted(grant) => {
                    assert_eq!(
                        (grant.kind.as_str(), grant.grants.as_str()),
                        ("table", code.table.as_str())
                    );
                    assert!(!grant.single_use);
                }
                other => panic!("{other:?}"),
            }
        }
        let bar = TableId::from("bar");
        let renewed = tables::renew(&mut tx, SHOP, (&bar, 0), NOW.plus(9))
            .await
            .unwrap()
            .unwrap();
        assert_ne!(renewed.token, first[2].token);
        assert_eq!(renewed.generation, 1);
        let slower = tables::renew(&mut tx, SHOP, (&bar, 0), NOW.plus(9))
            .await
            .unwrap();
        assert_eq!(slower, None, "the second of two taps changes nothing");
        assert_eq!(
            look(&mut tx, &first[2].token, NOW).await.unwrap(),
            Redeemed::Revoked
        );
        assert!(tables::is_code(&mut tx, &first[2].token).await.unwrap());
        assert!(!tables::is_code(&mut tx, "made up").await.unwrap());
        assert!(matches!(
            look(&mut tx, &renewed.token, NOW).await.unwrap(),
            Redeemed::Granted(_)
        ));
        assert!(matches!(
            look(&mut tx, &first[0].token, NOW).await.unwrap(),
            Redeemed::Granted(_)
        ));
        let codes = tables::codes(&mut tx, SHOP, &hall()).await.unwrap();
        assert_eq!(codes[2], renewed);
        let unknown = TableId::from("roof");
        assert_eq!(
            tables::renew(&mut tx, SHOP, (&unknown, 0), NOW)
                .await
                .unwrap(),
            None
        );
        tx.commit().await.unwrap();
    }
);

#[test]
fn a_token_is_of_one_key_shop_table_and_generation() {
    let keys = |letter: &str| {
        let value = format!("{letter}:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        Keys::from_env_value(&value.replacen("AAEC", &format!("{letter}AEC"), 1)).unwrap()
    };
    let five = TableId::from("5");
    let token = tables::token(&keys("A"), SHOP, &five, 0);
    assert_eq!(token, tables::token(&keys("A"), SHOP, &five, 0));
    for other in [
        tables::token(&keys("B"), SHOP, &five, 0),
        tables::token(&keys("A"), "pearl", &five, 0),
        tables::token(&keys("A"), SHOP, &TableId::from("6"), 0),
        tables::token(&keys("A"), SHOP, &five, 1),
    ] {
        assert_ne!(token, other);
    }
}

both!(
    an_order_keeps_its_table_and_its_guest_eats_there,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(5), ids(1));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        let ask = |who, table: &str| Ask {
            who: Some(CustomerId(who)),
            table: Some(table.into()),
            ..Ask::default()
        };
        let name = Localised([("en".to_owned(), "Bar".to_owned())].into());
        let mut orders_there = Vec::new();
        for (number, name) in [(1, None), (2, Some(name))] {
            let mut cart = trade.cart(10 + number, 7, &[("water", 1)]);
            assert!(carts::save(&mut tx, &mut cart, NOW).await.unwrap());
            assert!(
                carts::close(&mut tx, &cart, OrderId(number), &Default::default(), NOW)
                    .await
                    .unwrap()
            );
            let mut placed = trade.placed(&cart, number, number);
            placed.order.fulfilment = Fulfilment::DineIn;
            placed.order.table = Some(Table {
                id: "bar".into(),
                name,
            });
            orders::insert(&mut tx, &placed.order, cart.id, &placed.events)
                .await
                .unwrap();
            let found = orders::get(&mut tx, placed.order.id).await.unwrap();
            assert_eq!(found.table, placed.order.table);
            orders_there.push(found);
        }
        let mut eats = Vec::new();
        for order in &orders_there {
            let here = glance(&mut tx, &ask(7, "bar"), NOW).await.unwrap();
            eats.push((here.eats, here.ate));
            step(&mut tx, order, Event::Reject, &mut ids).await.unwrap();
        }
        let here = glance(&mut tx, &ask(7, "bar"), NOW).await.unwrap();
        eats.push((here.eats, here.ate));
        assert_eq!(eats, [(true, None), (true, Some(NOW)), (false, Some(NOW))]);
        let asks = [
            ask(7, "bar"),
            Ask::default(),
            Ask {
                order: Some(OrderId(2)),
                cards: ["work-2".to_owned(), "approve-2".to_owned()],
                cart: Some(CartId(11)),
                people: vec![CustomerId(7), CustomerId(9)],
                ..ask(8, "bar")
            },
        ];
        let together = glances(&mut tx, &asks.each_ref(), NOW).await.unwrap();
        for (ask, together) in asks.iter().zip(together) {
            let alone = glance(&mut tx, ask, NOW).await.unwrap();
            assert_eq!(format!("{together:?}"), format!("{alone:?}"), "{ask:?}");
        }
        for (who, table) in [(8, "bar"), (7, "1")] {
            let elsewhere = glance(&mut tx, &ask(who, table), NOW).await.unwrap();
            assert_eq!((elsewhere.eats, elsewhere.ate), (false, None));
        }
        tx.rollback().await.unwrap();
    }
);
