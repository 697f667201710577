//! How accounts are read, on both databases: by the glance of a turn, by pages and stretches of the
//! ledger, changes that wait; and who gets the last of the credit.

use std::sync::Arc;

use ks_order::domain::credit::{Entry, Op};
use ks_order::kernel::{CustomerId, OrderId};
use ks_order::store::credit::{Booking, Change, Guard, Settled};
use ks_order::store::glance::{Ask, glance};
use ks_order::store::{carts, credit};

use crate::both;
use crate::store_credit::{book, found, money, opened, own, placed, proven};
use crate::support::account::company;
use crate::support::db::TestDb;
use crate::support::trade::{COOK, NOW, TERM, Trade, ids, stamp};
use crate::verify_credit::acme;

both!(
    the_glance_sees_the_same_account,
    |test: TestDb| async move {
        let mut ids = ids(8);
        let mut tx = test.db.begin().await.unwrap();
        company(&mut tx, &"acme".into(), &[CustomerId(7)], NOW).await;
        opened(&mut tx, &acme(), 100_000, &mut ids).await;
        opened(&mut tx, &own(), 7_000, &mut ids).await;
        let mut trade = Trade::new(9);
        trade.account = Some(acme());
        trade.open(&mut tx, &mut ids).await;
        placed(&trade, &mut tx, (31, 7), 2).await;
        let mut cart = trade.cart(1032, 7, &[("water", 1)]);
        assert!(carts::save(&mut tx, &mut cart, NOW).await.unwrap());
        assert!(trade.place_asked(&mut tx, &cart, 32).await.unwrap());
        let theirs = acme();
        let owed = Booking {
            balance: 77,
            due: Some(NOW.plus(TERM)),
            ..Booking::new(&theirs, Op::Adjusted)
        };
        assert!(book(&mut tx, &owed, &mut ids).await);
        let company = found(&mut tx, &acme()).await;
        assert_eq!((company.held_minor, company.waiting_minor), (5_550, 1_850));
        proven(&mut tx).await;
        let who = |who: i64, order: Option<i64>| Ask {
            who: Some(CustomerId(who)),
            order: order.map(OrderId),
            companies: true,
            credit: true,
            ..Ask::default()
        };
        let own = found(&mut tx, &own()).await;
        for (ask, expected) in [
            (who(7, None), vec![company.clone(), own.clone()]),
            (who(7, Some(31)), vec![company.clone(), own.clone()]),
            // Staff, about an order: the account that it is on.
            (who(9, Some(31)), vec![company.clone()]),
            (who(9, None), vec![]),
        ] {
            let mut seen = glance(&mut tx, &ask, NOW).await.unwrap().accounts;
            seen.sort_by_key(|account| account.id.code());
            assert_eq!(seen, expected, "{ask:?}");
        }
        let list = credit::list(&mut tx, 0, 9).await.unwrap();
        assert_eq!(list, [company.clone(), own]);
        assert_eq!(credit::list(&mut tx, 1, 1).await.unwrap().len(), 1);
        tx.commit().await.unwrap();
    }
);

both!(the_ledger_is_read_by_time, |test: TestDb| async move {
    let mut ids = ids(9);
    let own = own();
    let mut tx = test.db.begin().await.unwrap();
    opened(&mut tx, &own, 0, &mut ids).await;
    for n in 1..=4 {
        let mut stamp = stamp(&mut ids);
        stamp.now = NOW.plus(n * 10);
        let booking = Booking {
            balance: -n,
            ..Booking::new(&own, Op::Adjusted)
        };
        assert!(credit::book(&mut tx, &booking, &mut stamp).await.unwrap());
    }
    let seqs = |entries: &[Entry]| entries.iter().map(|e| e.seq).collect::<Vec<_>>();
    let page = credit::page(&mut tx, &own, 1, 2).await.unwrap();
    assert_eq!(seqs(&page), [4, 3]);
    tx.commit().await.unwrap();
});

both!(a_proposed_change_ends_once, |test: TestDb| async move {
    let mut tx = test.db.begin().await.unwrap();
    let change = Change {
        id: 41,
        account: own(),
        what: serde_json::json!({ "limit": 900 }),
        by: COOK,
        at: NOW,
    };
    credit::propose(&mut tx, &change, 1).await.unwrap();
    let open = credit::open_changes(&mut tx, &own(), 9).await.unwrap();
    assert_eq!(open, std::slice::from_ref(&change));
    let other = CustomerId(901);
    let done = credit::settle(&mut tx, 41, (Settled::Done, other), NOW).await;
    assert_eq!(done.unwrap(), Some(change));
    for (id, how) in [(41, Settled::Rejected), (42, Settled::Done)] {
        let late = credit::settle(&mut tx, id, (how, COOK), NOW).await;
        assert_eq!(late.unwrap(), None);
    }
    let open = credit::open_changes(&mut tx, &own(), 9).await.unwrap();
    assert!(open.is_empty());
    proven(&mut tx).await;
    tx.commit().await.unwrap();
});

both!(one_of_two_gets_the_last_credit, |test: TestDb| async move {
    let mut ids = ids(10);
    let mut tx = test.db.begin().await.unwrap();
    opened(&mut tx, &own(), 1_000, &mut ids).await;
    tx.commit().await.unwrap();
    let test = Arc::new(test);
    let buys = |order: i64| {
        let test = test.clone();
        tokio::spawn(async move {
            let mut ids = self::ids(u64::try_from(order).unwrap() << 8);
            let own = own();
            let booking = Booking {
                held: 600,
                order: Some(OrderId(order)),
                guard: Guard {
                    open: Some(money()),
                    room: true,
                    seq: None,
                    budget: None,
                },
                ..Booking::new(&own, Op::Purchased)
            };
            let mut tx = test.db.begin().await.unwrap();
            let got = book(&mut tx, &booking, &mut ids).await;
            match got {
                true => tx.commit().await.unwrap(),
                false => tx.rollback().await.unwrap(),
            }
            got
        })
    };
    let (first, second) = (buys(1), buys(2));
    let got = [first.await.unwrap(), second.await.unwrap()];
    assert_eq!(got.iter().filter(|got| **got).count(), 1, "{got:?}");
    let mut tx = test.db.read().await.unwrap();
    assert_eq!(found(&mut tx, &own()).await.held_minor, 600);
    tx.rollback().await.unwrap();
});
