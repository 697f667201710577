//! What the shop's part of the store promises, on both databases.

use std::sync::Arc;

use ks_order::domain::catalogue::SoldOut;
use ks_order::domain::orders::{Event, State};
use ks_order::domain::stock::{Demand, Level};
use ks_order::kernel::{ChatId, CustomerId, OrderId, Quantity, Timestamp};
use ks_order::store::Tx;
use ks_order::store::chats::Chat;
use ks_order::store::glance::{Ask, Glance};
use ks_order::store::items::Subject;
use ks_order::store::stock::Held;
use ks_order::store::tokens::{Grant, Redeemed};
use ks_order::store::{
    carts, chats, customers, glance, items, orders, settings, shelf, staff, stock, tokens,
};

use crate::both;
use crate::support::db::TestDb;
use crate::support::trade::{COOK, COUNTED, HOLD, NOW, Trade, ids, stamp, step};

fn level(on_hand: i64, held: i64) -> Level {
    Level {
        on_hand: Quantity(on_hand),
        held: Quantity(held),
    }
}

/// Looks at what every turn may need, with nothing particular in mind.
async fn look(tx: &mut Tx, now: Timestamp) -> Glance {
    glance::glance(tx, &Ask::default(), now).await.unwrap()
}

both!(opening_stock_counts_once, |test: TestDb| async move {
    let (trade, mut ids) = (Trade::new(5), ids(1));
    let mut tx = test.db.begin().await.unwrap();
    let seen = trade.open(&mut tx, &mut ids).await;
    assert_eq!((seen.new.len(), seen.counted.len()), (4, 3));
    let again = Trade::new(99).open(&mut tx, &mut ids).await;
    assert_eq!(
        again,
        items::Seen::default(),
        "a changed number changes nothing"
    );
    let levels = stock::all(&mut tx).await.unwrap();
    assert_eq!(levels.len(), 3);
    assert!(levels.values().all(|found| *found == level(5, 0)));
    let fewer = [("tea".into(), None), ("water".into(), Some(Quantity(7)))];
    let seen = items::see(&mut tx, &fewer, &mut stamp(&mut ids))
        .await
        .unwrap();
    assert_eq!(seen.archived.len(), 2);
    assert_eq!(seen.counted, ["water".into()], "counted from now on");
    let back = trade.open(&mut tx, &mut ids).await;
    assert_eq!(back.returned.len(), 2);
    assert!(back.counted.is_empty());
    tx.commit().await.unwrap();
});

both!(
    a_cart_is_kept_sealed_and_compared,
    |test: TestDb| async move {
        let trade = Trade::new(5);
        let mut tx = test.db.begin().await.unwrap();
        let mut cart = trade.cart(11, 7, &[("tea", 2), ("water", 1)]);
        assert!(carts::find(&mut tx, cart.id).await.unwrap().is_none());
        assert!(carts::save(&mut tx, &mut cart, NOW).await.unwrap());
        assert_eq!(cart.version, 1);
        let found = carts::find(&mut tx, cart.id).await.unwrap().unwrap();
        assert_eq!(found, carts::Stored::Open(cart.clone()));
        let mut stale = cart.clone();
        assert!(carts::save(&mut tx, &mut cart, NOW).await.unwrap());
        assert!(!carts::save(&mut tx, &mut stale, NOW).await.unwrap());
        assert_eq!(stale.version, 1, "unchanged where nothing was written");
        let mut foreign = cart.clone();
        foreign.customer = CustomerId(8);
        assert!(!carts::save(&mut tx, &mut foreign, NOW).await.unwrap());
        assert!(
            !carts::close(&mut tx, &stale, OrderId(3), &Default::default(), NOW)
                .await
                .unwrap()
        );
        // What the decision relied on besides: one setting of two says something else.
        settings::set(&mut tx, "pause/*", "open", NOW)
            .await
            .unwrap();
        let names = ["pause/*", "pause/pickup"].map(|name| (name.to_owned(), String::new()));
        for relied_on in [names.clone(), [names[1].clone(), names[0].clone()]] {
            let closed = carts::close(&mut tx, &cart, OrderId(3), &relied_on, NOW).await;
            assert!(!closed.unwrap());
        }
        settings::set(&mut tx, "pause/*", "", NOW).await.unwrap();
        let closed = carts::close(&mut tx, &cart, OrderId(5), &names, NOW);
        assert!(closed.await.unwrap());
        let mut cart = trade.cart(12, 7, &[("tea", 2)]);
        assert!(carts::save(&mut tx, &mut cart, NOW).await.unwrap());
        assert!(
            carts::close(&mut tx, &cart, OrderId(3), &Default::default(), NOW)
                .await
                .unwrap()
        );
        assert!(
            !carts::close(&mut tx, &cart, OrderId(4), &Default::default(), NOW)
                .await
                .unwrap()
        );
        let found = carts::find(&mut tx, cart.id).await.unwrap().unwrap();
        assert_eq!(found, carts::Stored::Placed(OrderId(3)));
        assert!(!carts::save(&mut tx, &mut cart, NOW).await.unwrap());
        tx.commit().await.unwrap();
    }
);

both!(a_hold_is_all_or_nothing, |test: TestDb| async move {
    let (trade, mut ids) = (Trade::new(3), ids(2));
    let mut tx = test.db.begin().await.unwrap();
    trade.open(&mut tx, &mut ids).await;
    let mut first = trade.cart(21, 7, &[("tea", 2), ("noodles", 1), ("water", 9)]);
    carts::save(&mut tx, &mut first, NOW).await.unwrap();
    assert_eq!(
        trade.review(&mut tx, &first, &mut ids).await.unwrap(),
        Held::All
    );
    let mut second = trade.cart(22, 8, &[("dumplings", 1), ("tea", 2), ("noodles", 3)]);
    carts::save(&mut tx, &mut second, NOW).await.unwrap();
    let Held::Short(short) = trade.review(&mut tx, &second, &mut ids).await.unwrap() else {
        panic!("two of three teas are held");
    };
    let short: Vec<_> = short
        .iter()
        .map(|s| (s.item.as_str(), s.wanted.0, s.available.0))
        .collect();
    assert_eq!(short, [("noodles", 3, 2), ("tea", 2, 1)]);
    let levels = stock::all(&mut tx).await.unwrap();
    assert_eq!(
        levels[&"dumplings".into()],
        level(3, 0),
        "nothing held of the good line"
    );
    // One's own hold never blocks, and shrinks and grows with the cart.
    let mut more = trade.cart(21, 7, &[("tea", 3), ("dumplings", 1)]);
    more.version = first.version;
    assert_eq!(
        trade.review(&mut tx, &more, &mut ids).await.unwrap(),
        Held::All
    );
    let levels = stock::all(&mut tx).await.unwrap();
    let held: Vec<i64> = COUNTED
        .iter()
        .map(|id| levels[&(*id).into()].held.0)
        .collect();
    assert_eq!(held, [1, 0, 3]);
    assert_eq!(
        trade.review(&mut tx, &more, &mut ids).await.unwrap(),
        Held::All
    );
    let nothing = stock::hold(&mut tx, more.id, &Demand::new(), NOW, &mut stamp(&mut ids)).await;
    assert_eq!(nothing.unwrap(), Held::All);
    let levels = stock::all(&mut tx).await.unwrap();
    assert!(levels.values().all(|found| *found == level(3, 0)));
    tx.commit().await.unwrap();
});

both!(holds_end_once, |test: TestDb| async move {
    let (trade, mut ids) = (Trade::new(3), ids(3));
    let mut tx = test.db.begin().await.unwrap();
    trade.open(&mut tx, &mut ids).await;
    let mut cart = trade.cart(31, 7, &[("tea", 2)]);
    carts::save(&mut tx, &mut cart, NOW).await.unwrap();
    trade.review(&mut tx, &cart, &mut ids).await.unwrap();
    assert!(stock::expired(&mut tx, NOW).await.unwrap().is_empty());
    let later = NOW.plus(HOLD);
    assert_eq!(stock::expired(&mut tx, later).await.unwrap(), [cart.id]);
    assert!(
        stock::prolong(&mut tx, cart.id, later.plus(1))
            .await
            .unwrap()
    );
    assert!(stock::expired(&mut tx, later).await.unwrap().is_empty());
    assert!(
        stock::release_cart(&mut tx, cart.id, &mut stamp(&mut ids))
            .await
            .unwrap()
    );
    assert!(
        !stock::release_cart(&mut tx, cart.id, &mut stamp(&mut ids))
            .await
            .unwrap()
    );
    assert!(!stock::prolong(&mut tx, cart.id, later).await.unwrap());
    let demand = cart.demand(&trade.catalogue);
    assert!(
        !stock::claim(&mut tx, cart.id, OrderId(1), &demand)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
});

both!(
    a_hold_that_does_not_fit_is_not_claimed,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(9), ids(9));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        let mut cart = trade.cart(35, 7, &[("tea", 2), ("noodles", 1)]);
        carts::save(&mut tx, &mut cart, NOW).await.unwrap();
        trade.review(&mut tx, &cart, &mut ids).await.unwrap();
        let order = OrderId(350);
        for lines in [
            &[("tea", 2)][..],
            &[("tea", 3), ("noodles", 1)],
            &[("tea", 2), ("noodles", 1), ("dumplings", 1)],
            &[("water", 1)],
        ] {
            let other = trade.cart(35, 7, lines).demand(&trade.catalogue);
            let claimed = stock::claim(&mut tx, cart.id, order, &other).await.unwrap();
            assert!(!claimed, "{lines:?}");
        }
        // Nothing changed: it still ends by itself, or is claimed as it is.
        let ended = stock::expired(&mut tx, NOW.plus(HOLD)).await.unwrap();
        assert_eq!(ended, [cart.id]);
        let demand = cart.demand(&trade.catalogue);
        assert!(
            stock::claim(&mut tx, cart.id, order, &demand)
                .await
                .unwrap()
        );
        assert!(
            !stock::claim(&mut tx, cart.id, OrderId(351), &demand)
                .await
                .unwrap()
        );
        let water = trade.cart(36, 7, &[("water", 1)]);
        let nothing = water.demand(&trade.catalogue);
        assert!(
            stock::claim(&mut tx, water.id, OrderId(352), &nothing)
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
    }
);

both!(
    an_order_lives_from_placed_to_completed,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(5), ids(4));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        let mut cart = trade.cart(41, 7, &[("tea", 2), ("noodles", 1), ("water", 3)]);
        carts::save(&mut tx, &mut cart, NOW).await.unwrap();
        trade.review(&mut tx, &cart, &mut ids).await.unwrap();
        let before = tx.statements();
        assert!(trade.place(&mut tx, &cart, 410).await.unwrap());
        let statements = tx.statements() - before;
        assert!(statements <= 6, "placing took {statements} statements");
        assert!(
            !trade.place(&mut tx, &cart, 411).await.unwrap(),
            "a second tap"
        );
        let order = orders::get(&mut tx, OrderId(410)).await.unwrap();
        assert_eq!(order, trade.placed(&cart, 410, 1).order);
        assert_eq!(order.lines[0].note, "no onions");
        assert!(
            !stock::release_cart(&mut tx, cart.id, &mut stamp(&mut ids))
                .await
                .unwrap()
        );
        let mut now = order;
        for event in [
            Event::Prepare,
            Event::Finish,
            Event::HandOver,
            Event::Complete,
        ] {
            let stale = now.clone();
            now = step(&mut tx, &now, event, &mut ids).await.unwrap();
            let events = orders::events(&mut tx, now.id).await.unwrap();
            let newest = events.last().unwrap();
            assert_eq!((newest.from, newest.to), (Some(stale.state), now.state));
            // The second press: the order moved, so nothing is written.
            assert!(
                !orders::update(&mut tx, &now, std::slice::from_ref(newest), None)
                    .await
                    .unwrap()
            );
        }
        assert_eq!(now.state, State::Completed);
        assert_eq!(orders::get(&mut tx, now.id).await.unwrap(), now);
        let levels = stock::all(&mut tx).await.unwrap();
        assert_eq!(levels[&"tea".into()], level(3, 0));
        assert_eq!(levels[&"noodles".into()], level(4, 0));
        assert!(orders::find(&mut tx, OrderId(1)).await.unwrap().is_none());
        assert!(
            orders::get(&mut tx, OrderId(1))
                .await
                .unwrap_err()
                .is_corrupt()
        );
        tx.commit().await.unwrap();
    }
);

both!(
    a_cancelled_order_gives_back_once,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(5), ids(5));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        let mut cart = trade.cart(51, 7, &[("tea", 2)]);
        carts::save(&mut tx, &mut cart, NOW).await.unwrap();
        trade.review(&mut tx, &cart, &mut ids).await.unwrap();
        assert!(trade.place(&mut tx, &cart, 510).await.unwrap());
        assert!(
            stock::expired(&mut tx, Timestamp(i64::MAX))
                .await
                .unwrap()
                .is_empty()
        );
        let order = orders::get(&mut tx, OrderId(510)).await.unwrap();
        let order = step(&mut tx, &order, Event::Cancel, &mut ids)
            .await
            .unwrap();
        assert_eq!(
            stock::all(&mut tx).await.unwrap()[&"tea".into()],
            level(5, 0)
        );
        let again = stock::release_order(&mut tx, order.id, &mut stamp(&mut ids)).await;
        assert!(!again.unwrap());
        assert!(
            !stock::fulfil(&mut tx, order.id, &mut stamp(&mut ids))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
    }
);

both!(
    lists_are_ordered_and_numbers_rise,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(50), ids(6));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        for n in 1..=3 {
            let mut cart = trade.cart(60 + n, 7, &[("tea", 1), ("noodles", 1)]);
            carts::save(&mut tx, &mut cart, NOW).await.unwrap();
            trade.review(&mut tx, &cart, &mut ids).await.unwrap();
            assert!(trade.place(&mut tx, &cart, 600 + n).await.unwrap());
        }
        let first = orders::get(&mut tx, OrderId(601)).await.unwrap();
        step(&mut tx, &first, Event::Reject, &mut ids)
            .await
            .unwrap();
        let mine = orders::of_customer(&mut tx, CustomerId(7), 1, 5)
            .await
            .unwrap();
        let mine: Vec<_> = mine
            .iter()
            .map(|o| (o.id.0, o.number, o.lines.len()))
            .collect();
        assert_eq!(mine, [(602, 2, 2), (601, 1, 2)]);
        assert!(
            orders::of_customer(&mut tx, CustomerId(8), 0, 5)
                .await
                .unwrap()
                .is_empty()
        );
        let open = orders::open(&mut tx, 10).await.unwrap();
        assert_eq!(open.iter().map(|o| o.id.0).collect::<Vec<_>>(), [602, 603]);
        // The number, and when an order before was placed.
        for (day, back, wanted) in [
            ("2027-01-15", 1, (4, Some(NOW))),
            ("2027-01-15", 4, (5, Some(NOW))),
            ("2027-01-15", 1, (6, None)),
            ("2027-01-15", 7, (7, None)),
            ("2027-01-16", 1, (1, None)),
        ] {
            let next = orders::next_number(&mut tx, day, back);
            assert_eq!(next.await.unwrap(), wanted, "{day}");
        }
        tx.commit().await.unwrap();
    }
);

both!(counting_by_hand_keeps_promises, |test: TestDb| async move {
    let (trade, mut ids) = (Trade::new(5), ids(7));
    let mut tx = test.db.begin().await.unwrap();
    trade.open(&mut tx, &mut ids).await;
    let mut cart = trade.cart(71, 7, &[("tea", 4)]);
    carts::save(&mut tx, &mut cart, NOW).await.unwrap();
    trade.review(&mut tx, &cart, &mut ids).await.unwrap();
    let (tea, water) = ("tea".into(), "water".into());
    // Item, change, what was seen on hand; whether it is carried out.
    for (item, change, seen, wanted) in [
        (&tea, -2, None, false),   // four are promised
        (&tea, 3, Some(4), false), // five were on hand, not four
        (&tea, -1, Some(5), true),
        (&water, 1, None, false), // not counted
    ] {
        let adjustment = shelf::Adjustment {
            item,
            change,
            seen: seen.map(Quantity),
            why: "waste",
            actor: COOK,
        };
        let mut stamp = stamp(&mut ids);
        let done = shelf::adjust(&mut tx, &adjustment, &mut stamp);
        assert_eq!(done.await.unwrap(), wanted, "{item} {change} {seen:?}");
    }
    let last = shelf::last_change(&mut tx, &tea).await.unwrap().unwrap();
    assert_eq!(
        (last.change, last.why.as_str(), last.actor),
        (-1, "waste", COOK)
    );
    assert_eq!(shelf::last_change(&mut tx, &water).await.unwrap(), None);
    assert_eq!(stock::all(&mut tx).await.unwrap()[&tea], level(4, 4));
    tx.commit().await.unwrap();
});

both!(what_is_off_the_menu_comes_back, |test: TestDb| async move {
    let mut tx = test.db.begin().await.unwrap();
    let tea = Subject::Item("tea".into());
    let hot = Subject::Choice("heat".into(), "hot".into());
    let until = NOW.plus(1000);
    items::set_sold_out(&mut tx, &tea, Some(until), COOK, NOW)
        .await
        .unwrap();
    items::set_sold_out(&mut tx, &tea, Some(until), COOK, NOW)
        .await
        .unwrap();
    items::set_sold_out(&mut tx, &hot, None, COOK, NOW)
        .await
        .unwrap();
    let out = look(&mut tx, NOW).await.sold_out;
    assert!(out.has_item(&"tea".into()));
    assert!(out.choices.contains(&("heat".into(), "hot".into())));
    assert!(!look(&mut tx, until).await.sold_out.has_item(&"tea".into()));
    assert!(items::clear_sold_out(&mut tx, &hot).await.unwrap());
    assert!(!items::clear_sold_out(&mut tx, &hot).await.unwrap());
    assert_eq!(look(&mut tx, until).await.sold_out, SoldOut::default());
    tx.commit().await.unwrap();
});

both!(
    people_are_sealed_and_found_by_phone,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let (lin, wu) = (CustomerId(7), CustomerId(8));
        assert!(customers::find(&mut tx, lin).await.unwrap().is_none());
        customers::see(&mut tx, lin, "Lin", &"zh-CN".into(), NOW)
            .await
            .unwrap();
        customers::see(&mut tx, wu, "Wu", &"en".into(), NOW)
            .await
            .unwrap();
        assert!(
            customers::set_phone(&mut tx, lin, Some("+86123"))
                .await
                .unwrap()
        );
        assert!(customers::set_reachable(&mut tx, lin, false).await.unwrap());
        let found = customers::find(&mut tx, lin).await.unwrap().unwrap();
        assert_eq!(
            (found.name.as_str(), found.phone.as_deref()),
            ("Lin", Some("+86123"))
        );
        assert!(!found.reachable);
        customers::see(&mut tx, lin, "Lin Lin", &"en".into(), NOW)
            .await
            .unwrap();
        let found = customers::find(&mut tx, lin).await.unwrap().unwrap();
        assert_eq!(
            found.phone.as_deref(),
            Some("+86123"),
            "a greeting keeps the phone"
        );
        assert!(found.reachable);
        assert_eq!(
            customers::with_phone(&mut tx, "+86123").await.unwrap(),
            [lin]
        );
        assert!(
            customers::with_phone(&mut tx, "+86")
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            customers::set_locale(&mut tx, wu, &"zh-CN".into())
                .await
                .unwrap()
        );
        let ask = Ask {
            people: vec![wu, lin, CustomerId(9)],
            ..Ask::default()
        };
        let seen = glance::glance(&mut tx, &ask, NOW).await.unwrap();
        assert_eq!(seen.people.len(), 2);
        assert!(seen.person(CustomerId(9)).is_none());
        assert_eq!(seen.person(wu).unwrap().locale.as_str(), "zh-CN");
        assert!(customers::set_phone(&mut tx, lin, None).await.unwrap());
        assert!(
            customers::with_phone(&mut tx, "+86123")
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            !customers::set_phone(&mut tx, CustomerId(9), None)
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
    }
);

both!(roles_groups_and_settings, |test: TestDb| async move {
    let mut tx = test.db.begin().await.unwrap();
    assert!(
        staff::grant(&mut tx, COOK, ("manager", Some(50_000)), None, NOW)
            .await
            .unwrap()
    );
    assert!(
        !staff::grant(&mut tx, COOK, ("manager", None), None, NOW)
            .await
            .unwrap()
    );
    assert!(
        staff::grant(&mut tx, COOK, ("owner", None), Some(COOK), NOW)
            .await
            .unwrap()
    );
    let held = |role: &str, limit| staff::Held {
        who: COOK,
        role: role.to_owned(),
        limit,
        since: NOW,
    };
    assert_eq!(
        look(&mut tx, NOW).await.staff,
        [held("manager", Some(50_000)), held("owner", None)]
    );
    assert_eq!(staff::with_role(&mut tx, "manager").await.unwrap(), [COOK]);
    for (change, done) in [
        ((None, Some(7)), false),
        ((Some(50_000), None), true),
        ((None, Some(7)), true),
    ] {
        assert_eq!(
            staff::set_limit(&mut tx, COOK, "manager", change)
                .await
                .unwrap(),
            done,
            "{change:?}"
        );
    }
    assert!(staff::revoke(&mut tx, COOK, "owner").await.unwrap());
    assert!(!staff::revoke(&mut tx, COOK, "owner").await.unwrap());
    assert_eq!(look(&mut tx, NOW).await.staff, [held("manager", Some(7))]);

    let kitchen = Chat {
        purpose: "kitchen".to_owned(),
        chat: ChatId(-5),
        topic: Some(3),
        locale: "zh-CN".into(),
        title: "后厨".to_owned(),
    };
    chats::assign(&mut tx, &kitchen, NOW).await.unwrap();
    assert_eq!(
        look(&mut tx, NOW).await.chats,
        std::slice::from_ref(&kitchen)
    );
    assert_eq!(
        chats::migrate(&mut tx, ChatId(-5), ChatId(-1005))
            .await
            .unwrap(),
        1
    );
    assert!(
        chats::set_locale(&mut tx, ChatId(-1005), &"en".into())
            .await
            .unwrap()
    );
    let moved = &look(&mut tx, NOW).await.chats[0];
    assert_eq!((moved.chat, moved.locale.as_str()), (ChatId(-1005), "en"));
    assert_eq!(chats::forget(&mut tx, ChatId(-1005)).await.unwrap(), 1);
    assert!(look(&mut tx, NOW).await.chats.is_empty());

    assert_eq!(settings::find(&mut tx, "owner").await.unwrap(), None);
    assert!(settings::claim(&mut tx, "owner", "7", NOW).await.unwrap());
    assert!(!settings::claim(&mut tx, "owner", "8", NOW).await.unwrap());
    assert_eq!(
        settings::find(&mut tx, "owner").await.unwrap().as_deref(),
        Some("7")
    );
    let changed = [
        (Some("8"), "x", false),
        (None, "x", false),
        (Some("7"), "8", true),
        (Some("7"), "x", false),
    ];
    for (seen, value, done) in changed {
        let was = settings::replace(&mut tx, "owner", (seen, value), NOW).await;
        assert_eq!(was.unwrap(), done, "{seen:?}");
    }
    assert!(
        settings::replace(&mut tx, "new", (None, ""), NOW)
            .await
            .unwrap()
    );
    settings::set(&mut tx, "owner", "9", NOW).await.unwrap();
    assert_eq!(
        settings::find(&mut tx, "owner").await.unwrap().as_deref(),
        Some("9")
    );
    tx.commit().await.unwrap();
});

both!(
    links_give_once_expire_and_are_taken_back,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let invite = Grant {
            kind: "invite".to_owned(),
            grants: "kitchen".to_owned(),
            single_use: true,
            made_by: Some(COOK),
            expires: Some(NOW.plus(1000)),
        };
        let table = Grant {
            kind: "table".to_owned(),
            grants: "5".to_owned(),
            single_use: false,
            made_by: None,
            expires: None,
        };
        let (lin, wu) = (CustomerId(7), CustomerId(8));
        assert!(tokens::insert(&mut tx, "i1", &invite, NOW).await.unwrap());
        assert!(tokens::insert(&mut tx, "i2", &invite, NOW).await.unwrap());
        assert!(tokens::insert(&mut tx, "t5", &table, NOW).await.unwrap());
        assert!(!tokens::insert(&mut tx, "t5", &table, NOW).await.unwrap());
        assert_eq!(
            tokens::redeem(&mut tx, "i9", lin, NOW).await.unwrap(),
            Redeemed::Unknown
        );
        let given = tokens::redeem(&mut tx, "i1", lin, NOW).await.unwrap();
        assert_eq!(given, Redeemed::Granted(invite));
        let second = tokens::redeem(&mut tx, "i1", wu, NOW).await.unwrap();
        assert_eq!(second, Redeemed::Used { by: lin });
        let late = tokens::redeem(&mut tx, "i2", wu, NOW.plus(1000))
            .await
            .unwrap();
        assert_eq!(late, Redeemed::Expired);
        for guest in [lin, wu] {
            let given = tokens::redeem(&mut tx, "t5", guest, NOW).await.unwrap();
            assert_eq!(given, Redeemed::Granted(table.clone()));
        }
        assert_eq!(
            tokens::revoke(&mut tx, "table", Some("6"), NOW)
                .await
                .unwrap(),
            0
        );
        assert_eq!(
            tokens::revoke(&mut tx, "table", None, NOW).await.unwrap(),
            1
        );
        assert_eq!(
            tokens::look(&mut tx, "t5", NOW).await.unwrap(),
            Redeemed::Revoked
        );
        tx.commit().await.unwrap();
    }
);

both!(two_hundred_want_the_last_fifty, |test: TestDb| async move {
    let trade = Arc::new(Trade::new(50));
    let mut tx = test.db.begin().await.unwrap();
    trade.open(&mut tx, &mut ids(8)).await;
    tx.commit().await.unwrap();
    let tasks = (0..200_i64).map(|n| {
        let (db, trade) = (test.db.clone(), trade.clone());
        tokio::spawn(async move {
            let mut ids = ids(1_000 * n.unsigned_abs());
            // Every other customer names the items in the other order.
            let lines: [(&str, i64); 3] = if n % 2 == 0 {
                [("tea", 1), ("noodles", 1), ("dumplings", 1)]
            } else {
                [("dumplings", 1), ("noodles", 1), ("tea", 1)]
            };
            let mut cart = trade.cart(10_000 + n, 100 + n, &lines);
            let mut tx = db.begin().await.unwrap();
            carts::save(&mut tx, &mut cart, NOW).await.unwrap();
            let held = trade.review(&mut tx, &cart, &mut ids).await.unwrap();
            let sold = match held {
                Held::Short(short) => {
                    assert!(!short.is_empty(), "told what is left");
                    assert!(short.iter().all(|s| s.available < s.wanted));
                    false
                }
                Held::All => trade.place(&mut tx, &cart, 20_000 + n).await.unwrap(),
            };
            tx.commit().await.unwrap();
            sold
        })
    });
    let mut sold = 0;
    for task in tasks.collect::<Vec<_>>() {
        sold += i64::from(task.await.unwrap());
    }
    assert_eq!(sold, 50);
    let mut tx = test.db.begin().await.unwrap();
    let levels = stock::all(&mut tx).await.unwrap();
    assert!(levels.values().all(|found| *found == level(50, 50)));
    assert_eq!(orders::open(&mut tx, 500).await.unwrap().len(), 50);
    assert_eq!(
        orders::next_number(&mut tx, "2027-01-15", 1)
            .await
            .unwrap()
            .0,
        51
    );
    tx.commit().await.unwrap();
});
