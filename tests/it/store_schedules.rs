//! Schedules as both databases keep them: what is written is read, nobody is asked twice, a date
//! becomes one order at most.

use ks_order::domain::cart::refill::Wish;
use ks_order::domain::cart::{NewLine, Selection};
use ks_order::domain::catalogue::Unit;
use ks_order::domain::companies::{Details, Member, Role};
use ks_order::domain::saved::{Body, SavedOrder};
use ks_order::domain::schedules::{Date, Days, MOST, Pause, Run, Schedule};
use ks_order::kernel::{CompanyId, CustomerId, Localised, OrderId, Quantity, Timestamp};
use ks_order::store::{Tx, companies, saved, schedules};

use crate::both;
use crate::support::db::TestDb;
use crate::support::trade::NOW;

const LIN: CustomerId = CustomerId(7);
const SAM: CustomerId = CustomerId(8);
const MIA: CustomerId = CustomerId(9);

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
    keep(tx, (id, LIN), None).await;
}

async fn keep(tx: &mut Tx, (id, owner): (i64, CustomerId), company: Option<CompanyId>) {
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
        owner,
        company,
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
    // That they could not be written to is no pause of their own.
    for (pause, is_away) in [(Pause::Away, true), (Pause::Open, false)] {
        (written.pause, written.minute) = (Some(pause), Some(630));
        assert!(schedules::save(&mut tx, &mut written, NOW).await.unwrap());
        let found = schedules::find(&mut tx, 1).await.unwrap().unwrap();
        assert_eq!(found.schedule.pause, Some(pause));
        let brief = schedules::of_owner(&mut tx, LIN).await.unwrap();
        let away: Vec<bool> = brief.iter().map(|brief| brief.is_away).collect();
        assert_eq!(away, [is_away]);
    }
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

async fn add(tx: &mut Tx, company: &CompanyId, user: CustomerId) {
    let member = Member {
        user,
        role: Role::Admin,
        since: NOW,
        let_in_by: None,
        limit_minor: None,
        ordered: None,
    };
    assert!(companies::add(tx, company, &member).await.unwrap());
}

/// A company of Lin, Sam and Mia, and the schedules that somebody of these has of an order.
async fn shared(tx: &mut Tx) -> CompanyId {
    let acme = CompanyId("acme".into());
    let details = Details {
        name: "ACME".into(),
        ..Details::default()
    };
    let new = (&acme, &details);
    assert!(companies::insert(tx, new, LIN, NOW).await.unwrap());
    for user in [LIN, SAM, MIA] {
        add(tx, &acme, user).await;
    }
    // 20 is Lin's and shared, 21 is Lin's own, 22 is Sam's and shared.
    keep(tx, (20, LIN), Some(acme.clone())).await;
    keep(tx, (21, LIN), None).await;
    keep(tx, (22, SAM), Some(acme.clone())).await;
    for (id, owner, of) in [
        (1, LIN, 20),
        (2, LIN, 21),
        (3, LIN, 22),
        (4, SAM, 20),
        (5, SAM, 22),
        (6, MIA, 20),
    ] {
        let mut plan = Schedule {
            owner,
            ..schedule(id, of)
        };
        assert!(schedules::save(tx, &mut plan, NOW).await.unwrap());
    }
    acme
}

both!(
    who_repeats_what_is_gone_is_found,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let acme = shared(&mut tx).await;
        for (order, company, found) in [
            ((20, LIN), Some(&acme), vec![(1, LIN), (4, SAM), (6, MIA)]),
            ((21, LIN), None, vec![(2, LIN)]),
            ((22, SAM), Some(&acme), vec![(3, LIN), (5, SAM)]),
            ((23, SAM), Some(&acme), vec![]),
        ] {
            let all = schedules::of_order(&mut tx, order, company).await.unwrap();
            assert_eq!(all, found, "{order:?}");
        }
        for (who, found) in [
            // Lin's of what Sam shares; theirs of what Lin shares. What is Lin's own goes on.
            (LIN, vec![(3, LIN), (4, SAM), (6, MIA)]),
            (SAM, vec![(3, LIN), (4, SAM)]),
            (MIA, vec![(6, MIA)]),
        ] {
            companies::remove(&mut tx, &acme, who).await.unwrap();
            let mut all = schedules::of_leaver(&mut tx, &acme, who).await.unwrap();
            all.sort();
            assert_eq!(all, found, "{who:?}");
            add(&mut tx, &acme, who).await;
        }
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
