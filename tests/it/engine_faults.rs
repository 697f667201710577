//! What goes wrong around the engine, and that nothing is lost by it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use ks_order::chat::EventKind;
use ks_order::kernel::{ChatId, Timestamp};
use ks_order::runtime::{Counters, Engine};
use ks_order::sandbox::Fault;
use ks_order::store::inbox::{self, NewUpdate};
use ks_order::store::{Db, outbox};
use ks_order::telegram::pacing::{Pacing, Rate};

use crate::both;
use crate::support::db::{Server, TestDb, options, sqlite};
use crate::support::engine::{OWNER, PATIENCE, Rig, count_of};

/// Each of `people` says `words` things.
fn crowd(rig: &Rig, people: std::ops::RangeInclusive<i64>, words: usize) {
    for n in 0..words {
        for person in people.clone() {
            rig.telegram.say(person, &format!("w{n}")).unwrap();
        }
    }
}

/// Everybody got every answer, in order; gives how many came twice.
fn all_answered(rig: &Rig, people: std::ops::RangeInclusive<i64>, words: i64) -> usize {
    let mut doubles = 0;
    for person in people {
        let counts: Vec<i64> = rig
            .reads(person)
            .iter()
            .filter_map(|t| count_of(t))
            .collect();
        let distinct: BTreeSet<i64> = counts.iter().copied().collect();
        assert_eq!(
            distinct,
            (2..words + 2).collect(),
            "person {person}: {counts:?}"
        );
        assert!(counts.is_sorted(), "person {person}: {counts:?}");
        doubles += counts.len() - distinct.len();
    }
    doubles
}

both!(
    a_storm_of_429_holds_only_its_chats,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 4);
        let engine = rig.start().await;
        rig.telegram
            .faults()
            .fail_chat(2, 1, Fault::RateLimit { retry_after: 2 });
        let begun = Instant::now();
        crowd(&rig, 2..=3, 3);
        let other = rig
            .telegram
            .wait_until(PATIENCE, |_| rig.reads(3).len() == 3)
            .await;
        assert!(other && begun.elapsed() < Duration::from_millis(1_500));
        rig.settle(&engine).await;
        assert!(
            begun.elapsed() >= Duration::from_secs(2),
            "retry_after is obeyed"
        );
        rig.telegram
            .faults()
            .storm(3, Fault::RateLimit { retry_after: 1 });
        crowd(&rig, 4..=4, 6);
        rig.settle(&engine).await;
        rig.telegram.faults().clear();
        assert_eq!(
            all_answered(&rig, 2..=3, 3) + all_answered(&rig, 4..=4, 6),
            0
        );
        engine.stop().await;
    }
);

both!(server_errors_are_waited_out, |test: TestDb| async move {
    let rig = Rig::new(&test, 6);
    let engine = rig.start().await;
    rig.telegram
        .faults()
        .fail_method("sendMessage", 60, Fault::Http5xx(502));
    crowd(&rig, 2..=6, 4);
    rig.settle(&engine).await;
    assert_eq!(all_answered(&rig, 2..=6, 4), 0);
    assert_eq!(Counters::get(&engine.counters().undelivered), 0);
    engine.stop().await;
});

both!(
    a_cut_connection_may_double_but_never_lose,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 4);
        let engine = rig.start().await;
        rig.telegram
            .faults()
            .fail_method("sendMessage", 3, Fault::CutAfterAccept);
        rig.telegram
            .faults()
            .fail_method("sendMessage", 3, Fault::CutBefore);
        rig.telegram
            .faults()
            .fail_method("sendMessage", 2, Fault::BadJson);
        crowd(&rig, 2..=4, 5);
        rig.settle(&engine).await;
        let doubles = all_answered(&rig, 2..=4, 5);
        assert_eq!(
            doubles, 5,
            "one for each call that took effect without an answer"
        );
        engine.stop().await;
    }
);

both!(a_killed_engine_loses_nothing, |test: TestDb| async move {
    let mut rig = Rig::new(&test, 9);
    rig.slots = 4;
    rig.start().await.stop().await;
    let kills = 8;
    for round in 0..kills {
        crowd(&rig, 2..=9, 2);
        let engine = Engine::start(rig.config()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(15 * (round % 4) + 5)).await;
        engine.kill().await;
    }
    let engine = rig.start().await;
    let doubles = all_answered(&rig, 2..=9, 2 * kills as i64);
    assert!(doubles <= kills as usize * rig.slots, "{doubles} doubles");
    engine.stop().await;
});

both!(
    who_blocked_the_bot_is_unreachable_and_others_are_not,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 3);
        let engine = rig.start().await;
        rig.telegram.faults().clear();
        rig.telegram.block(2).unwrap();
        rig.says(&engine, 3, "tell 2 hello").await;
        let unreachable = |kind: &EventKind| *kind == EventKind::Reachable(false);
        // Once from Telegram, once because sending failed.
        assert_eq!(
            rig.shop
                .heard()
                .iter()
                .filter(|kind| unreachable(kind))
                .count(),
            2
        );
        let mut tx = test.db.read().await.unwrap();
        assert!(outbox::dead(&mut tx).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        rig.says(&engine, 3, "fine").await;
        assert!(rig.reads(3).last().unwrap().ends_with("fine"));
        engine.stop().await;
    }
);

both!(
    a_refused_message_is_a_dead_letter_that_can_be_sent_again,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.telegram.say(2, "<b>broken").unwrap();
        rig.telegram.say(2, "good").unwrap();
        rig.settle(&engine).await;
        assert_eq!(rig.reads(2), ["3: good"]);
        let mut tx = test.db.begin().await.unwrap();
        let dead = outbox::dead(&mut tx).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert!(
            dead[0]
                .error
                .as_ref()
                .unwrap()
                .contains("can't parse entities")
        );
        assert!(outbox::retry(&mut tx, dead[0].id).await.unwrap());
        tx.commit().await.unwrap();
        tokio::time::timeout(PATIENCE, engine.idle()).await.unwrap();
        let tried = rig
            .telegram
            .calls()
            .into_iter()
            .filter(|call| !call.ok && call.method == "sendMessage");
        assert_eq!(tried.count(), 2);
        engine.stop().await;
    }
);

both!(
    a_group_with_a_new_id_keeps_its_cards,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 3);
        rig.group(-50, &[2, 3]);
        let engine = rig.start().await;
        rig.telegram
            .send_text(2, -50, "/first@sandbox_bot", Default::default())
            .unwrap();
        rig.settle(&engine).await;
        engine.stop().await;
        rig.telegram
            .send_text(2, -50, "/second@sandbox_bot", Default::default())
            .unwrap();
        let new = rig.telegram.migrate_group(-50).unwrap();
        let engine = rig.start().await;
        let texts: Vec<String> = rig
            .telegram
            .messages(new, 2)
            .into_iter()
            .map(|m| m.text)
            .collect();
        assert!(
            texts.iter().any(|text| text.contains("/second")),
            "{texts:?}"
        );
        assert!(rig.shop.heard().contains(&EventKind::Migrated(ChatId(new))));
        engine.stop().await;
    }
);

both!(
    an_update_that_ends_the_process_is_given_up,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 3);
        rig.start().await.stop().await;
        // As if a process had stored it and ended while handling it, ten times.
        let update = NewUpdate {
        id: i64::MAX / 2,
        update_id: 77,
        lane: "2".into(),
        text: r#"{"update_id":77,"message":{"chat":{"id":2,"type":"private"},"from":{"id":2},"text":"boom"}}"#.into(),
        may_skip: true,
    };
        let mut tx = test.db.begin().await.unwrap();
        inbox::record(&mut tx, &[update], rig.clock.now())
            .await
            .unwrap();
        for _ in 0..10 {
            inbox::count_start(&mut tx, i64::MAX / 2).await.unwrap();
        }
        tx.commit().await.unwrap();
        let engine = rig.start().await;
        assert_eq!(rig.reads(2), ["sorry"]);
        assert_eq!(rig.reads(OWNER).len(), 1);
        let heard = rig.shop.heard();
        assert!(
            !heard
                .iter()
                .any(|kind| matches!(kind, EventKind::Words { text, .. } if text == "boom"))
        );
        engine.stop().await;
    }
);

both!(
    pacing_holds_what_nobody_waits_for,
    |test: TestDb| async move {
        let mut rig = Rig::new(&test, 3);
        let rate = |burst, per_second| Rate { burst, per_second };
        rig.pacing = Pacing {
            overall: rate(100.0, 100.0),
            private: rate(2.0, 2.0),
            group: rate(2.0, 2.0),
        };
        let engine = rig.start().await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let begun = Instant::now();
        for n in 0..6 {
            rig.telegram.say(2, &format!("tell 3 a{n}")).unwrap();
            rig.telegram.say(2, &format!("own {n}")).unwrap();
        }
        let own = rig
            .telegram
            .wait_until(PATIENCE, |_| rig.reads(2).len() == 6)
            .await;
        assert!(
            own && begun.elapsed() < Duration::from_millis(1_500),
            "{:?}",
            begun.elapsed()
        );
        rig.settle(&engine).await;
        assert_eq!(rig.reads(3).len(), 6);
        assert!(
            begun.elapsed() > Duration::from_millis(1_700),
            "{:?}",
            begun.elapsed()
        );
        engine.stop().await;
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_waited_out() {
    let test = sqlite().await;
    let rig = Rig::new(&test, 5);
    let engine = rig.start().await;
    test.db.limit_pages(Some(1)).await.unwrap();
    for person in 2..=5 {
        for n in 0..10 {
            rig.telegram
                .say(person, &format!("{n}{}", "x".repeat(3_000)))
                .unwrap();
        }
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(
        Counters::get(&engine.counters().store_errors) > 0,
        "the disk was full"
    );
    test.db.limit_pages(None).await.unwrap();
    rig.settle(&engine).await;
    assert_eq!(all_answered(&rig, 2..=5, 10), 0);
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_with_the_write_lock_is_waited_out() {
    use sqlx::{ConnectOptions, Connection};
    use std::str::FromStr;
    let test = sqlite().await;
    let rig = Rig::new(&test, 5);
    let engine = rig.start().await;
    let options = sqlx::sqlite::SqliteConnectOptions::from_str(&test.url).unwrap();
    let mut other = options.connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    crowd(&rig, 2..=5, 5);
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert!(rig.reads(2).is_empty());
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    rig.settle(&engine).await;
    assert_eq!(all_answered(&rig, 2..=5, 5), 0);
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_and_starts_is_waited_out() {
    let Some(server) = Server::start() else {
        return;
    };
    let url = server.database();
    let db = Db::open(&url, &options()).await.unwrap();
    let test = TestDb { db, url, dir: None };
    let rig = Rig::new(&test, 6);
    let engine = rig.start().await;
    crowd(&rig, 2..=6, 6);
    tokio::time::sleep(Duration::from_millis(40)).await;
    server.stop();
    crowd(&rig, 2..=6, 6);
    tokio::time::sleep(Duration::from_secs(1)).await;
    server.run();
    rig.settle(&engine).await;
    let doubles = all_answered(&rig, 2..=6, 12);
    assert!(doubles <= rig.slots, "{doubles} doubles");
    engine.stop().await;
}

/// The rows of a held lane must not be looked at when others are claimed.
#[tokio::test]
async fn a_claim_does_not_look_at_what_waits_behind() {
    use sqlx::ConnectOptions;
    use std::str::FromStr;
    let test = sqlite().await;
    let now = Timestamp(1_000);
    let mut tx = test.db.begin().await.unwrap();
    for chunk in 0..20 {
        let rows: Vec<NewUpdate> = (0..500)
            .map(|n| NewUpdate {
                id: chunk * 500 + n + 1,
                update_id: chunk * 500 + n + 1,
                lane: "held".into(),
                text: "{}".into(),
                may_skip: false,
            })
            .collect();
        inbox::record(&mut tx, &rows, now).await.unwrap();
    }
    tx.commit().await.unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::from_str(&test.url).unwrap();
    let mut conn = options.connect().await.unwrap();
    let text = format!("explain query plan {}", inbox::CLAIM);
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(text))
        .bind(2_000_i64)
        .bind(32_i64)
        .fetch_all(&mut conn)
        .await
        .unwrap();
    let steps: Vec<&str> = plan.iter().map(|step| step.3.as_str()).collect();
    assert_eq!(steps.len(), 2, "{steps:?}");
    assert!(steps[0].contains("USING INDEX lanes_due"), "{steps:?}");
    assert!(steps[1].starts_with("SEARCH i USING"), "{steps:?}");
}

/// More people than one instance handles at once beside another.
const CROWD: std::ops::RangeInclusive<i64> = 2..=41;

/// Two instances on the database of `test`.
async fn two(test: &TestDb, rig: &Rig) -> (Engine, Engine) {
    let first = rig.start().await;
    let mut config = rig.config();
    config.db = Db::open(&test.url, &options()).await.unwrap();
    config.seed = Some(8);
    (first, Engine::start(config).await.unwrap())
}

/// Everybody says words until this instance took so many turns; gives how many, with those
/// before.
async fn until_turns(rig: &Rig, engine: &Engine, turns: u64, before: usize) -> i64 {
    let end = Instant::now() + PATIENCE;
    let mut words = before;
    while Counters::get(&engine.counters().turns) < turns {
        assert!(Instant::now() < end, "it takes no turns");
        // More waits than one instance handles at once, but nobody is too fast.
        let unanswered = CROWD
            .into_iter()
            .any(|person| words - rig.reads(person).len() > 20);
        if !unanswered {
            crowd(rig, CROWD, 5);
            words += 5;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    words as i64
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_instances_one_polls_and_the_other_follows_it() {
    let Some(test) = crate::support::db::postgres().await else {
        return;
    };
    let rig = Rig::new(&test, 41);
    let (first, second) = two(&test, &rig).await;
    // The second takes no turn before the first is certain to know of it.
    crowd(&rig, CROWD, 4);
    rig.settle(&first).await;
    assert_eq!(Counters::get(&second.counters().turns), 0);
    let words = until_turns(&rig, &second, 100, 4).await;
    rig.settle(&first).await;
    assert_eq!(all_answered(&rig, CROWD, words), 0);
    assert_eq!(Counters::get(&first.counters().conflicts), 0);
    assert_eq!(Counters::get(&second.counters().conflicts), 0);
    assert_eq!(Counters::get(&second.counters().settled), 0);
    first.kill().await;
    test.db.close().await;
    let killed = Instant::now();
    crowd(&rig, CROWD, 4);
    rig.settle(&second).await;
    assert!(
        killed.elapsed() < Duration::from_secs(6),
        "{:?}",
        killed.elapsed()
    );
    assert_eq!(all_answered(&rig, CROWD, words + 4), 0);
    second.stop().await;
}

/// Who leaves gives back what it has: the other goes on at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_instances_the_one_that_stops_hands_over_at_once() {
    let Some(test) = crate::support::db::postgres().await else {
        return;
    };
    let rig = Rig::new(&test, 41);
    let (first, second) = two(&test, &rig).await;
    let words = until_turns(&rig, &second, 20, 0).await;
    rig.settle(&first).await;
    first.stop().await;
    let stopped = Instant::now();
    crowd(&rig, CROWD, 4);
    rig.settle(&second).await;
    let took = stopped.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert_eq!(all_answered(&rig, CROWD, words + 4), 0);
    assert_eq!(Counters::get(&second.counters().conflicts), 0);
    second.stop().await;
}
