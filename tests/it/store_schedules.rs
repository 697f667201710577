//! Schedules as both databases keep them: what is written is read, nobody is asked twice, a date
//! becomes one order at most.

use ks_order::domain::cart::refill::Wish;
use ks_order::domain::cart::{NewLine, Selection};
use ks_order::domain::catalogue::Unit;
use ks_order::domain::saved::{Body, SavedOrder};
use ks_order::domain::schedules::{Date, Days, MOST, Pause, Run, Schedule};
use ks_order::kernel::{CustomerId, Localised, OrderId, Quantity, Timestamp};
use ks_order::store::{Tx, saved, schedules};

use crate::both;
use crate::support::db::TestDb;
use crate::support::trade::NOW;

const LIN: CustomerId = CustomerId(7);

fn tea(note: &str) -> NewLine {
    NewLine {
        item: "tea".into(),
        variant: None,
        selection: Selection::default(),
        quantity: Quantity(2),
        note: note.to_owned(),
    }
}

fn schedule(id: i64, of: i64) -> Schedule {
    Schedule {
        days: Days::default().toggled(0).toggled(3),
        minute: Some(630),
        auto_minor: Some(4200),
        pause: Some(Pause::Until("2026-12-24".parse().unwrap())),
        skip: "2026-12-28".parse().ok(),
        last: "2026-12-21".parse().ok(),
        next: Some(Date {
            day: "2026-12-31".parse().unwrap(),
            at: Timestamp(1_798_684_200_000),
        }),
        without: vec![tea("no sugar, for Wang")],
        ..Schedule::new(id, LIN, of)
    }
}

async fn keep_saved(tx: &mut Tx, id: i64) {
    let wish = Wish {
        line: tea(""),
        name: Localised::default(),
        variant_name: None,
        unit: Unit::Piece,
        before: None,
        skipped: false,
    };
    let order = SavedOrder {
        id,
        owner: LIN,
        company: None,
        name: "Sweets".to_owned(),
        usual: false,
        version: 1,
        body: Body::of(vec![wish]),
    };
    assert!(saved::insert(tx, &order, NOW).await.unwrap());
}

both!(what_is_written_is_read, |test: TestDb| async move {
    let mut tx = test.db.begin().await.unwrap();
    keep_saved(&mut tx, 20).await;
    let mut written = schedule(1, 20);
    assert!(schedules::save(&mut tx, &mut written, NOW).await.unwrap());
    let found = schedules::find(&mut tx, 1).await.unwrap().unwrap();
    assert_eq!(found.schedule, written);
    assert_eq!((found.kept, found.ordered), (None, None));
    assert_eq!(found.saved.unwrap().saved.name, "Sweets");
    let same = schedules::of_saved(&mut tx, LIN, 20).await.unwrap();
    assert_eq!(same.unwrap().schedule, written);
    let other = schedules::of_saved(&mut tx, CustomerId(8), 20)
        .await
        .unwrap();
    assert_eq!(other, None);
    written.pause = Some(Pause::Open);
    (written.next, written.minute) = (None, None);
    written.without.clear();
    assert!(schedules::save(&mut tx, &mut written, NOW).await.unwrap());
    let found = schedules::find(&mut tx, 1).await.unwrap().unwrap();
    assert_eq!((found.schedule, written.version), (written.clone(), 2));
    assert_eq!(schedules::of_owner(&mut tx, LIN).await.unwrap(), []);
    // The saved order is gone: it is found without.
    assert!(saved::delete(&mut tx, 20, 1).await.unwrap());
    let found = schedules::find(&mut tx, 1).await.unwrap().unwrap();
    assert_eq!(found.saved, None);
    tx.commit().await.unwrap();
});

both!(of_two_changes_one_wins, |test: TestDb| async move {
    let mut tx = test.db.begin().await.unwrap();
    let mut one = schedule(1, 20);
    assert!(schedules::save(&mut tx, &mut one, NOW).await.unwrap());
    let mut other = one.clone();
    assert!(schedules::save(&mut tx, &mut one, NOW).await.unwrap());
    assert!(!schedules::save(&mut tx, &mut other, NOW).await.unwrap());
    assert!(!schedules::delete(&mut tx, &other).await.unwrap());
    // One of each saved order.
    assert!(
        !schedules::save(&mut tx, &mut schedule(2, 20), NOW)
            .await
            .unwrap()
    );
    for n in 1..MOST as i64 {
        assert!(
            schedules::save(&mut tx, &mut schedule(10 + n, 30 + n), NOW)
                .await
                .unwrap()
        );
    }
    assert!(
        !schedules::save(&mut tx, &mut schedule(90, 90), NOW)
            .await
            .unwrap()
    );
    assert!(schedules::delete(&mut tx, &one).await.unwrap());
    assert!(
        schedules::save(&mut tx, &mut schedule(90, 90), NOW)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
});

both!(
    a_date_is_asked_about_and_ordered_once,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let mut plan = schedule(1, 20);
        schedules::save(&mut tx, &mut plan, NOW).await.unwrap();
        let day = plan.next.unwrap().day;
        let asked = (day, Run::Asked, "1.3000.kk");
        assert!(schedules::ask(&mut tx, &plan, asked, NOW).await.unwrap());
        assert!(!schedules::ask(&mut tx, &plan, asked, NOW).await.unwrap());
        let on = (1, day);
        let yes = (Run::Asked, Run::Placing);
        // A yes on two devices.
        assert!(
            schedules::run(&mut tx, on, yes, "1.3000.kk", NOW)
                .await
                .unwrap()
        );
        assert!(
            !schedules::run(&mut tx, on, yes, "1.3000.kk", NOW)
                .await
                .unwrap()
        );
        // A yes as its time is over.
        let over = (Run::Asked, Run::Missed);
        assert!(!schedules::run(&mut tx, on, over, "", NOW).await.unwrap());
        assert!(
            schedules::ordered(&mut tx, on, OrderId(31), NOW)
                .await
                .unwrap()
        );
        assert!(
            !schedules::ordered(&mut tx, on, OrderId(32), NOW)
                .await
                .unwrap()
        );
        let back = (Run::Ordered, Run::Asked);
        assert!(!schedules::run(&mut tx, on, back, "", NOW).await.unwrap());
        schedules::forget_run(&mut tx, on).await.unwrap();
        let kept = schedules::kept(&mut tx, on, LIN).await.unwrap().unwrap();
        assert_eq!((kept.run, kept.order), (Run::Ordered, Some(OrderId(31))));
        assert_eq!(
            schedules::kept(&mut tx, on, CustomerId(8)).await.unwrap(),
            None
        );
        let found = schedules::find(&mut tx, 1).await.unwrap().unwrap();
        assert_eq!((found.kept, found.ordered), (Some(kept), Some(day)));
        tx.commit().await.unwrap();
    }
);

both!(what_has_no_timer_is_found, |test: TestDb| async move {
    let mut tx = test.db.begin().await.unwrap();
    let mut plan = schedule(1, 20);
    schedules::save(&mut tx, &mut plan, NOW).await.unwrap();
    let found = schedules::without_timer(&mut tx, "schedule").await.unwrap();
    assert_eq!(found, [(1, LIN, plan.next.unwrap().at)]);
    plan.next = None;
    schedules::save(&mut tx, &mut plan, NOW).await.unwrap();
    let found = schedules::without_timer(&mut tx, "schedule").await.unwrap();
    assert_eq!(found, []);
    tx.commit().await.unwrap();
});

both!(
    nothing_is_left_of_who_is_erased,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let mut plan = schedule(1, 20);
        schedules::save(&mut tx, &mut plan, NOW).await.unwrap();
        let day = plan.next.unwrap().day;
        let asked = (day, Run::Asked, "");
        schedules::ask(&mut tx, &plan, asked, NOW).await.unwrap();
        assert_eq!(schedules::delete_all(&mut tx, LIN).await.unwrap(), 1);
        assert_eq!(schedules::find(&mut tx, 1).await.unwrap(), None);
        assert_eq!(schedules::kept(&mut tx, (1, day), LIN).await.unwrap(), None);
        tx.commit().await.unwrap();
    }
);
