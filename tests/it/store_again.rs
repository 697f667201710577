//! What the store promises about saved orders, what is most likely ordered again, and items that
//! are waited for; on both databases.

use ks_order::domain::companies::{Details, Member, Role};
use ks_order::domain::orders::Event;
use ks_order::domain::saved::{Body, MOST, SavedOrder};
use ks_order::kernel::OrderId;
use ks_order::kernel::{CompanyId, CustomerId, ItemId, Locale, Quantity, Timestamp};
use ks_order::store::orders::{self, Often, often, usual};
use ks_order::store::{Tx, awaited, carts, companies, customers, saved};

use crate::both;
use crate::support::db::TestDb;
use crate::support::trade::{COUNTED, NOW, Trade, ids, step};

const LIN: CustomerId = CustomerId(7);
const WANG: CustomerId = CustomerId(8);
const SAM: CustomerId = CustomerId(9);

fn acme() -> CompanyId {
    CompanyId("acme".to_owned())
}

fn order(id: i64, owner: CustomerId, company: Option<CompanyId>) -> SavedOrder {
    SavedOrder {
        id,
        owner,
        company,
        name: format!("lunch <b>{id}</b>"),
        usual: false,
        version: 1,
        body: Body {
            flow: "pickup".to_owned(),
            ..Body::default()
        },
    }
}

async fn keep(tx: &mut Tx, one: &SavedOrder) {
    assert!(saved::insert(tx, one, NOW).await.unwrap());
}

async fn all_ids(tx: &mut Tx, who: CustomerId) -> Vec<i64> {
    let all = saved::list(tx, who).await.unwrap();
    all.into_iter().map(|one| one.id).collect()
}

async fn join(tx: &mut Tx, who: CustomerId, role: Role) {
    let member = Member {
        user: who,
        role,
        since: NOW,
        let_in_by: None,
        limit_minor: None,
        ordered: None,
    };
    assert!(companies::add(tx, &acme(), &member).await.unwrap());
}

both!(
    a_saved_order_is_kept_sealed_and_compared,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        keep(&mut tx, &order(1, LIN, None)).await;
        let mut seen = saved::find(&mut tx, 1).await.unwrap().unwrap().saved;
        assert_eq!(seen, order(1, LIN, None));
        let mut stale = seen.clone();
        seen.name = "dinner".to_owned();
        assert!(saved::update(&mut tx, &mut seen, NOW).await.unwrap());
        assert!(!saved::update(&mut tx, &mut stale, NOW).await.unwrap());
        assert!(!saved::delete(&mut tx, 1, stale.version).await.unwrap());
        let again = saved::find(&mut tx, 1).await.unwrap().unwrap().saved;
        assert_eq!(again, seen);
        assert!(saved::delete(&mut tx, 1, seen.version).await.unwrap());
        assert!(saved::find(&mut tx, 1).await.unwrap().is_none());
        tx.commit().await.unwrap();
    }
);

both!(nobody_keeps_more_than_they_may, |test: TestDb| async move {
    let mut tx = test.db.begin().await.unwrap();
    for id in 1..=MOST as i64 {
        keep(&mut tx, &order(id, LIN, None)).await;
    }
    assert!(
        !saved::insert(&mut tx, &order(99, LIN, None), NOW)
            .await
            .unwrap()
    );
    keep(&mut tx, &order(100, WANG, None)).await;
    assert_eq!(all_ids(&mut tx, LIN).await.len(), MOST);
    assert_eq!(saved::delete_all(&mut tx, LIN).await.unwrap(), MOST as u64);
    assert_eq!(all_ids(&mut tx, WANG).await, [100]);
    tx.commit().await.unwrap();
});

both!(one_alone_is_the_usual_one, |test: TestDb| async move {
    let mut tx = test.db.begin().await.unwrap();
    for id in [1, 2, 3] {
        keep(&mut tx, &order(id, LIN, None)).await;
    }
    for id in [2, 3] {
        saved::set_usual(&mut tx, LIN, Some(id), NOW).await.unwrap();
    }
    assert_eq!(all_ids(&mut tx, LIN).await, [3, 1, 2]);
    // The first screen sees the same as the list.
    let found = usual(&mut tx, LIN).await.unwrap();
    assert_eq!(found.saved, saved::list(&mut tx, LIN).await.unwrap());
    assert!(found.saved[0].usual && found.last.is_none());
    saved::set_usual(&mut tx, LIN, None, NOW).await.unwrap();
    // Of somebody else's nothing is marked.
    saved::set_usual(&mut tx, WANG, Some(1), NOW).await.unwrap();
    assert_eq!(all_ids(&mut tx, LIN).await, [1, 2, 3]);
    let found = usual(&mut tx, LIN).await.unwrap();
    assert!(found.saved.iter().all(|one| !one.usual));
    tx.commit().await.unwrap();
});

both!(
    what_is_shared_is_seen_by_members_while_its_owner_is_one,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let details = Details {
            name: "ACME Ltd".to_owned(),
            ..Details::default()
        };
        let new = (&acme(), &details);
        assert!(companies::insert(&mut tx, new, SAM, NOW).await.unwrap());
        join(&mut tx, LIN, Role::Admin).await;
        join(&mut tx, WANG, Role::Buyer).await;
        keep(&mut tx, &order(1, LIN, None)).await;
        keep(&mut tx, &order(2, WANG, Some(acme()))).await;
        assert_eq!(all_ids(&mut tx, LIN).await, [1, 2]);
        assert_eq!(all_ids(&mut tx, WANG).await, [2]);
        assert_eq!(all_ids(&mut tx, SAM).await, [0_i64; 0]);
        let found = saved::find(&mut tx, 2).await.unwrap().unwrap();
        assert!(found.owner_is_there);
        companies::remove(&mut tx, &acme(), WANG).await.unwrap();
        assert_eq!(all_ids(&mut tx, LIN).await, [1]);
        assert_eq!(all_ids(&mut tx, WANG).await, [2], "it is theirs still");
        let found = saved::find(&mut tx, 2).await.unwrap().unwrap();
        assert!(!found.owner_is_there);
        tx.commit().await.unwrap();
    }
);

fn item(id: &str) -> ItemId {
    ItemId::from(id)
}

/// So many people wait, the later the more.
async fn queue(tx: &mut Tx, people: i64) {
    for n in 1..=people {
        let (who, since) = (CustomerId(n), Timestamp(NOW.0 + n));
        let locale = Locale::from("en");
        customers::see(tx, who, "Somebody", &locale, NOW)
            .await
            .unwrap();
        let much = Quantity(if n == 2 { 5 } else { 1 });
        assert!(
            awaited::ask(tx, who, &item("tarts"), much, since)
                .await
                .unwrap()
        );
    }
}

both!(
    everybody_is_told_once_in_portions,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        queue(&mut tx, 7).await;
        assert_eq!(
            awaited::items(&mut tx).await.unwrap(),
            [(item("tarts"), Quantity(1))]
        );
        let mut told = Vec::new();
        for _ in 0..4 {
            let people = awaited::take(&mut tx, &item("tarts"), Quantity(4), 3)
                .await
                .unwrap();
            told.push(people.into_iter().map(|p| p.customer.0).collect::<Vec<_>>());
        }
        // Longest first; who wants more than is free waits on.
        assert_eq!(told, [vec![1, 3, 4], vec![5, 6, 7], vec![], vec![]]);
        assert!(
            awaited::is_asked(&mut tx, CustomerId(2), &item("tarts"))
                .await
                .unwrap()
        );
        let people = awaited::take(&mut tx, &item("tarts"), Quantity(5), 3)
            .await
            .unwrap();
        assert_eq!(people.len(), 1);
        assert_eq!(awaited::items(&mut tx).await.unwrap(), []);
        tx.commit().await.unwrap();
    }
);

both!(
    two_who_look_at_once_tell_nobody_twice,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        queue(&mut tx, 40).await;
        tx.commit().await.unwrap();
        let look = || async {
            let mut told = Vec::new();
            loop {
                let mut tx = test.db.begin().await.unwrap();
                let people = awaited::take(&mut tx, &item("tarts"), Quantity(9), 7).await;
                let done = match people {
                    Ok(people) => {
                        let empty = people.is_empty();
                        told.extend(people.into_iter().map(|p| p.customer.0));
                        tx.commit().await.unwrap();
                        empty
                    }
                    // Somebody else has the rows: again, as a turn is.
                    Err(_) => {
                        tx.rollback().await.unwrap();
                        false
                    }
                };
                if done {
                    return told;
                }
            }
        };
        let (one, other) = tokio::join!(look(), look());
        let mut all: Vec<i64> = one.into_iter().chain(other).collect();
        all.sort_unstable();
        assert_eq!(all, (1..=40).collect::<Vec<i64>>());
    }
);

both!(
    who_waits_may_stop_and_waits_for_some_things_only,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        for n in 0..awaited::MOST {
            let id = item(&format!("i{n:02}"));
            assert!(
                awaited::ask(&mut tx, LIN, &id, Quantity(1), NOW)
                    .await
                    .unwrap()
            );
        }
        let more = item("more");
        assert!(
            !awaited::ask(&mut tx, LIN, &more, Quantity(1), NOW)
                .await
                .unwrap()
        );
        // Asking again for the same changes how much.
        assert!(
            awaited::ask(&mut tx, LIN, &item("i00"), Quantity(3), NOW)
                .await
                .unwrap()
        );
        assert!(
            awaited::ask(&mut tx, WANG, &more, Quantity(1), NOW)
                .await
                .unwrap()
        );
        assert!(awaited::stop(&mut tx, LIN, &item("i00")).await.unwrap());
        assert!(!awaited::stop(&mut tx, LIN, &item("i00")).await.unwrap());
        let left = awaited::of(&mut tx, LIN).await.unwrap();
        assert_eq!(
            (left.len() as i64, &left[0]),
            (awaited::MOST - 1, &item("i01"))
        );
        assert_eq!(
            awaited::stop_all(&mut tx, LIN).await.unwrap() as i64,
            awaited::MOST - 1
        );
        assert_eq!(awaited::of(&mut tx, WANG).await.unwrap(), [more]);
        tx.commit().await.unwrap();
    }
);

both!(
    what_somebody_orders_often_is_counted_without_what_was_called_off,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let (mut seeds, trade) = (ids(5), Trade::new(90));
        trade.open(&mut tx, &mut seeds).await;
        let counted = COUNTED[0];
        for (id, lines) in [
            (1, vec![("water", 5), (counted, 1)]),
            (2, vec![("water", 1)]),
            (3, vec![(counted, 2)]),
        ] {
            let mut cart = trade.cart(id, LIN.0, &lines);
            assert!(carts::save(&mut tx, &mut cart, NOW).await.unwrap());
            trade.review(&mut tx, &cart, &mut seeds).await.unwrap();
            assert!(trade.place(&mut tx, &cart, 10 + id).await.unwrap());
        }
        let times = |all: &Often, id: &str| all.get(&item(id)).copied();
        let all = often(&mut tx, LIN).await.unwrap();
        assert_eq!(
            (times(&all, "water"), times(&all, counted)),
            (Some(2), Some(2))
        );
        let last = orders::get(&mut tx, OrderId(13)).await.unwrap();
        step(&mut tx, &last, Event::Cancel, &mut seeds)
            .await
            .unwrap();
        let all = often(&mut tx, LIN).await.unwrap();
        assert_eq!(
            (times(&all, "water"), times(&all, counted)),
            (Some(2), Some(1))
        );
        assert!(often(&mut tx, WANG).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    }
);
