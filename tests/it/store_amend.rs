//! What the store promises of orders that are amended, on both databases.

use std::collections::BTreeMap;
use std::sync::Arc;

use ks_order::domain::orders::{Actor, Event, Order, Role, State};
use ks_order::kernel::{CustomerId, IdSource, LineId, OrderId};
use ks_order::store::stock::Held;
use ks_order::store::verify::{Now, verify};
use ks_order::store::{Tx, carts, orders, stock};

use crate::both;
use crate::support::db::TestDb;
use crate::support::trade::{COOK, COUNTED, HOLD, NOW, Trade, ids, stamp, step};

/// Places an order of these lines.
async fn placed(
    trade: &Trade,
    tx: &mut Tx,
    (cart, order): (i64, i64),
    lines: &[(&str, i64)],
    ids: &mut IdSource,
) -> Order {
    let mut cart = trade.cart(cart, 7, lines);
    assert!(carts::save(tx, &mut cart, NOW).await.unwrap());
    assert_eq!(trade.review(tx, &cart, ids).await.unwrap(), Held::All);
    assert!(trade.place(tx, &cart, order).await.unwrap());
    orders::get(tx, OrderId(order)).await.unwrap()
}

/// On hand and held of every counted item, by name.
async fn levels(tx: &mut Tx) -> Vec<(i64, i64)> {
    let all = stock::all(tx).await.unwrap();
    let of = |id: &&str| all[&(*id).into()];
    COUNTED
        .iter()
        .map(|id| (of(id).on_hand.0, of(id).held.0))
        .collect()
}

/// Everything that must hold does.
async fn proven(tx: &mut Tx) {
    let now = Now {
        business: NOW,
        real: NOW,
    };
    let mut found = verify(tx, now).await.unwrap();
    // Nothing of these tests came through an inbox.
    found.retain(|violation| violation.rule != "orders.cause-known");
    assert_eq!(found, []);
}

both!(
    an_order_becomes_what_it_is_amended_to,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(9), ids(1));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        let lines = [("tea", 2), ("noodles", 3), ("water", 1)];
        let mut order = placed(&trade, &mut tx, (11, 110), &lines, &mut ids).await;
        let (dumplings, noodles, tea, water) = ("dumplings", "noodles", "tea", "water");
        // The lines; what is held then of dumplings, noodles, tea; at most so many statements.
        for (lines, held, most) in [
            (vec![(tea, 4), (noodles, 3), (water, 1)], [0, 3, 4], 7), // up
            (vec![(tea, 1), (noodles, 2), (water, 1)], [0, 2, 1], 7), // down
            (vec![(tea, 1), (noodles, 2), (water, 5)], [0, 2, 1], 3), // not counted
            (vec![(tea, 1), (water, 5)], [0, 0, 1], 8),               // none of one
            (vec![(tea, 1), (water, 5), (dumplings, 9)], [9, 0, 1], 7), // all of another
            (vec![(noodles, 1)], [0, 1, 0], 9),                       // something else
            (vec![(water, 1)], [0, 0, 0], 7),                         // nothing counted
            (vec![(water, 1), (tea, 9)], [0, 0, 9], 7),
        ] {
            let before = tx.statements();
            let done = trade.amend(&mut tx, &order, &lines, &mut ids).await;
            let statements = tx.statements() - before;
            assert!(statements <= most, "{lines:?} took {statements}");
            let now = done.unwrap().unwrap();
            assert_eq!(now.version, order.version + 1);
            order = orders::get(&mut tx, order.id).await.unwrap();
            assert_eq!(order, now, "{lines:?}");
            let stored: BTreeMap<_, _> = order
                .lines
                .iter()
                .map(|line| (line.item.as_str(), line.quantity.0))
                .collect();
            assert_eq!(stored, lines.iter().copied().collect());
            assert_eq!(order.lines[0].note, "no onions");
            let expected = held.map(|held| (9, held));
            assert_eq!(levels(&mut tx).await, expected, "{lines:?}");
            let later = NOW.plus(9 * HOLD);
            let ending = stock::expired(&mut tx, later).await.unwrap();
            assert!(ending.is_empty(), "its holds have no end");
            proven(&mut tx).await;
        }
        let events = orders::events(&mut tx, order.id).await.unwrap();
        assert_eq!(events.len(), 10);
        let last = events.last().unwrap();
        assert_eq!(last.event, Some(Event::Amend));
        assert_eq!(last.actor, Actor::person(Role::Kitchen, COOK));
        tx.commit().await.unwrap();
    }
);

both!(
    short_by_one_nothing_changes_at_all,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(5), ids(2));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        let order = placed(&trade, &mut tx, (21, 210), &[("tea", 2)], &mut ids).await;
        let other = [("tea", 2), ("noodles", 5)];
        placed(&trade, &mut tx, (22, 220), &other, &mut ids).await;
        let before = levels(&mut tx).await;
        let lines = [("tea", 4), ("dumplings", 1), ("noodles", 1)];
        let asked = tx.statements();
        let done = trade.amend(&mut tx, &order, &lines, &mut ids).await;
        assert_eq!(tx.statements() - asked, 1);
        let Err(Held::Short(short)) = done.unwrap() else {
            panic!("one tea and all noodles are missing");
        };
        let short: Vec<_> = short
            .iter()
            .map(|s| (s.item.as_str(), s.wanted.0, s.available.0))
            .collect();
        assert_eq!(short, [("noodles", 1, 0), ("tea", 4, 3)]);
        assert_eq!(levels(&mut tx).await, before);
        assert_eq!(orders::get(&mut tx, order.id).await.unwrap(), order);
        proven(&mut tx).await;
        let most = trade.amend(&mut tx, &order, &[("tea", 3)], &mut ids).await;
        assert!(most.unwrap().is_ok(), "what is left may be had");
        proven(&mut tx).await;
        tx.commit().await.unwrap();
    }
);

both!(one_of_two_gets_the_last_unit, |test: TestDb| async move {
    let (trade, mut ids) = (Trade::new(3), ids(3));
    let mut tx = test.db.begin().await.unwrap();
    trade.open(&mut tx, &mut ids).await;
    for n in [31, 32] {
        placed(&trade, &mut tx, (n, n * 10), &[("tea", 1)], &mut ids).await;
    }
    tx.commit().await.unwrap();
    let (trade, test) = (Arc::new(trade), Arc::new(test));
    let amend = |id: i64| {
        let (trade, test) = (trade.clone(), test.clone());
        tokio::spawn(async move {
            let mut ids = self::ids(u64::try_from(id).unwrap());
            let mut tx = test.db.begin().await.unwrap();
            let order = orders::get(&mut tx, OrderId(id)).await.unwrap();
            let done = trade.amend(&mut tx, &order, &[("tea", 2)], &mut ids).await;
            tx.commit().await.unwrap();
            done.unwrap().is_ok()
        })
    };
    let (first, second) = (amend(310), amend(320));
    let got = [first.await.unwrap(), second.await.unwrap()];
    assert_eq!(got.iter().filter(|got| **got).count(), 1, "{got:?}");
    let mut tx = test.db.read().await.unwrap();
    assert_eq!(levels(&mut tx).await[2], (3, 3));
    proven(&mut tx).await;
});

both!(
    an_amended_order_gives_back_what_it_holds,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(9), ids(4));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        let lines = [("tea", 2), ("noodles", 1)];
        let cancelled = placed(&trade, &mut tx, (41, 410), &lines, &mut ids).await;
        let fetched = placed(&trade, &mut tx, (42, 420), &lines, &mut ids).await;
        let lines = [("tea", 3), ("dumplings", 4)];
        let amended = trade.amend(&mut tx, &cancelled, &lines, &mut ids).await;
        let cancelled = amended.unwrap().unwrap();
        let amended = trade.amend(&mut tx, &fetched, &lines, &mut ids).await;
        let mut fetched = amended.unwrap().unwrap();
        assert_eq!(levels(&mut tx).await, [(9, 8), (9, 0), (9, 6)]);
        step(&mut tx, &cancelled, Event::Cancel, &mut ids)
            .await
            .unwrap();
        assert_eq!(levels(&mut tx).await, [(9, 4), (9, 0), (9, 3)]);
        for event in [
            Event::Prepare,
            Event::Finish,
            Event::HandOver,
            Event::Complete,
        ] {
            fetched = step(&mut tx, &fetched, event, &mut ids).await.unwrap();
        }
        assert_eq!(levels(&mut tx).await, [(5, 0), (9, 0), (6, 0)]);
        proven(&mut tx).await;
        tx.commit().await.unwrap();
    }
);

both!(
    whoever_is_slower_writes_nothing,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(9), ids(5));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        let order = placed(&trade, &mut tx, (51, 510), &[("tea", 2)], &mut ids).await;
        let late = order.after(&trade.amending(&order, &[("tea", 5)])).unwrap();
        let now = trade.amend(&mut tx, &order, &[("tea", 1)], &mut ids).await;
        let now = now.unwrap().unwrap();
        let events = std::slice::from_ref(&late.event);
        let done = orders::update(&mut tx, &late.order, events, None).await;
        assert!(!done.unwrap());
        assert_eq!(orders::get(&mut tx, order.id).await.unwrap(), now);
        proven(&mut tx).await;
        // To what it is: the stock is looked at once and left alone.
        let before = tx.statements();
        let demand = now.demand();
        let same = stock::amend_order(&mut tx, now.id, &demand, &mut stamp(&mut ids)).await;
        assert_eq!(same.unwrap(), Held::All);
        assert_eq!(tx.statements() - before, 1);
        proven(&mut tx).await;
        tx.commit().await.unwrap();
    }
);

both!(
    an_order_that_waits_begins_a_new_round,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(9), ids(6));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        let mut cart = trade.cart(61, 7, &[("tea", 2)]);
        assert!(carts::save(&mut tx, &mut cart, NOW).await.unwrap());
        trade.review(&mut tx, &cart, &mut ids).await.unwrap();
        assert!(trade.place_asked(&mut tx, &cart, 610).await.unwrap());
        let order = orders::get(&mut tx, OrderId(610)).await.unwrap();
        // With a later end than the first round had.
        let request = order.request.clone().unwrap();
        let due = request.due.plus(HOLD);
        let asked = ks_order::domain::orders::Move {
            request: Some(request.anew(Vec::new(), request.tiers.clone(), NOW, due)),
            ..trade.amending(&order, &[("tea", 3)])
        };
        let moved = order.after(&asked).unwrap();
        let demand = moved.order.demand();
        let held = stock::amend_order(&mut tx, order.id, &demand, &mut stamp(&mut ids)).await;
        assert_eq!(held.unwrap(), Held::All);
        let events = std::slice::from_ref(&moved.event);
        let done = orders::update(&mut tx, &moved.order, events, Some(request.version)).await;
        assert!(done.unwrap());
        let now = orders::get(&mut tx, order.id).await.unwrap();
        assert_eq!(now, moved.order);
        assert_eq!(now.request.as_ref().unwrap().round, 2);
        proven(&mut tx).await;
        // Staff call it off in an emergency.
        let off = step(&mut tx, &now, Event::Cancel, &mut ids).await.unwrap();
        assert_eq!(off.state, State::Cancelled);
        assert_eq!(levels(&mut tx).await[2], (9, 0));
        proven(&mut tx).await;
        tx.commit().await.unwrap();
    }
);

both!(who_placed_it_by_hand_is_kept, |test: TestDb| async move {
    let mut trade = Trade::new(9);
    trade.by_hand = Some(COOK);
    let mut ids = ids(7);
    let mut tx = test.db.begin().await.unwrap();
    trade.open(&mut tx, &mut ids).await;
    let order = placed(&trade, &mut tx, (71, 710), &[("tea", 2)], &mut ids).await;
    assert_eq!(order.placed_by, Some(COOK));
    assert_eq!(
        (order.customer, order.lines[0].id),
        (CustomerId(7), LineId(1))
    );
    let first = orders::events(&mut tx, order.id).await.unwrap().remove(0);
    assert_eq!(first.actor, Actor::person(Role::Kitchen, COOK));
    proven(&mut tx).await;
    tx.commit().await.unwrap();
});
