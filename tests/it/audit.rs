//! The chain of what was done: however many add to it at once, it never forks; and the command
//! that prints it.

use ks_order::kernel::CustomerId;
use ks_order::store::audit::{Entry, Head, Of, Personal, append, head, page};
use ks_order::store::verify::{Now, verify};

use crate::both;
use crate::support::db::TestDb;
use crate::support::trade::NOW;

/// How many add at once, and how often.
const WRITERS: i64 = 8;
const TIMES: i64 = 6;

fn entry(who: i64, n: i64) -> Entry {
    Entry {
        at: NOW,
        actor: Some(CustomerId(who)),
        role: "kitchen".to_owned(),
        act: "menu.off".to_owned(),
        subject: format!("menu/{n}"),
        cause: n,
        personal: Personal {
            salt: format!("{who}/{n}"),
            ..Personal::default()
        },
    }
}

async fn add(test: &TestDb, entries: &[Entry], known: Option<Head>) -> Option<Head> {
    let mut tx = test.db.begin().await.unwrap();
    let end = append(&mut tx, entries, known).await.unwrap();
    tx.commit().await.unwrap();
    end
}

async fn is_sound(test: &TestDb, count: i64) {
    let mut tx = test.db.read().await.unwrap();
    let now = Now {
        business: NOW,
        real: NOW,
    };
    assert_eq!(verify(&mut tx, now).await.unwrap(), []);
    let kept = page(&mut tx, Of::All, (0, count + 9)).await.unwrap();
    let ids: Vec<i64> = kept.iter().rev().map(|kept| kept.id).collect();
    assert_eq!(ids, (1..=count).collect::<Vec<_>>());
}

both!(
    many_who_add_at_once_never_fork_it,
    |test: TestDb| async move {
        let writers = (0..WRITERS).map(|who| {
            let db = test.db.clone();
            tokio::spawn(async move {
                let mut known = None;
                for n in 0..TIMES {
                    let mut tx = db.begin().await.unwrap();
                    let entries = [entry(who, 2 * n), entry(who, 2 * n + 1)];
                    known = append(&mut tx, &entries, known).await.unwrap();
                    tx.commit().await.unwrap();
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        is_sound(&test, WRITERS * TIMES * 2).await;
    }
);

both!(
    an_end_that_was_never_committed_does_no_harm,
    |test: TestDb| async move {
        let first = add(&test, &[entry(1, 1)], None).await;
        let mut tx = test.db.begin().await.unwrap();
        let lost = append(&mut tx, &[entry(1, 2)], first).await.unwrap();
        tx.rollback().await.unwrap();
        let second = add(&test, &[entry(1, 3), entry(1, 4)], lost).await;
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(Some(head(&mut tx).await.unwrap()), second);
        let before = tx.statements();
        append(&mut tx, &[], second.clone()).await.unwrap();
        assert_eq!(tx.statements(), before, "nothing to add costs nothing");
        append(&mut tx, &[entry(1, 5)], second).await.unwrap();
        assert_eq!(tx.statements(), before + 1, "a known end costs nothing");
        tx.commit().await.unwrap();
        is_sound(&test, 4).await;
    }
);
