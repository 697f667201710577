//! Lanes and their rows in the store: who takes what when, and what may enter meanwhile.

use ks_order::kernel::Timestamp;
use ks_order::store::Db;
use ks_order::store::inbox::{self, Claimed, Finished, NewUpdate};
use sqlx::{Connection, PgConnection};

use crate::both;
use crate::support::db::{TestDb, postgres};

fn at(ms: i64) -> Timestamp {
    Timestamp(1_000 + ms)
}

/// Stores an update that comes at `ms`, which is its id too.
async fn comes(db: &Db, lane: &str, ms: i64) {
    let update = NewUpdate {
        id: ms,
        update_id: ms,
        lane: lane.to_owned(),
        text: "{}".to_owned(),
        may_skip: true,
    };
    let mut tx = db.begin().await.unwrap();
    inbox::record(&mut tx, &[update], at(ms)).await.unwrap();
    tx.commit().await.unwrap();
}

fn ended(rows: &[Claimed]) -> Vec<Finished> {
    let end = |row: &Claimed| Finished {
        id: row.id,
        lane: row.lane.clone(),
        session_version: row.session_version,
        session: None,
        dead: None,
    };
    rows.iter().map(end).collect()
}

/// Takes and ends so many rows at `ms`; gives their ids.
async fn take(db: &Db, ms: i64, limit: i64) -> Vec<i64> {
    let (mut tx, rows) = inbox::claim(db, at(ms), limit).await.unwrap();
    inbox::finish(&mut tx, &ended(&rows), at(ms)).await.unwrap();
    tx.commit().await.unwrap();
    rows.iter().map(|row| row.id).collect()
}

both!(
    who_came_first_is_first_in_whatever_lane,
    |test: TestDb| async move {
        for (lane, ms) in [("2", 1), ("2", 2), ("3", 3), ("2", 4), ("4", 5)] {
            comes(&test.db, lane, ms).await;
        }
        let mut order = Vec::new();
        for ms in 10..15 {
            order.extend(take(&test.db, ms, 1).await);
        }
        assert_eq!(order, [1, 2, 3, 4, 5]);
        assert!(take(&test.db, 20, 1).await.is_empty());
    }
);

both!(
    of_a_lane_one_row_is_taken_at_a_time,
    |test: TestDb| async move {
        for (lane, ms) in [("2", 1), ("2", 2), ("3", 3), ("3", 4)] {
            comes(&test.db, lane, ms).await;
        }
        assert_eq!(take(&test.db, 10, 9).await, [1, 3]);
        assert_eq!(take(&test.db, 10, 9).await, [2, 4]);
    }
);

/// SQLite has one writer: nobody can store anything amid a turn there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_amid_a_turn_enters_its_lane_and_is_found_after_it() {
    let Some(test) = postgres().await else {
        return;
    };
    comes(&test.db, "2", 1).await;
    let (mut tx, rows) = inbox::claim(&test.db, at(10), 9).await.unwrap();
    assert_eq!(rows.len(), 1);
    comes(&test.db, "2", 2).await;
    comes(&test.db, "3", 3).await;
    let (other, found) = inbox::claim(&test.db, at(10), 9).await.unwrap();
    let found: Vec<_> = found.iter().map(|row| row.id).collect();
    assert_eq!(found, [3], "the first lane is taken");
    other.rollback().await.unwrap();
    inbox::finish(&mut tx, &ended(&rows), at(11)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(take(&test.db, 12, 9).await, [2, 3]);
    assert!(take(&test.db, 13, 9).await.is_empty());
}

/// An update that enters a lane while the turn's last statements wait for it is not overlooked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_enters_while_a_turn_ends_is_found_after_it() {
    let Some(test) = postgres().await else {
        return;
    };
    comes(&test.db, "2", 1).await;
    let (mut tx, rows) = inbox::claim(&test.db, at(10), 9).await.unwrap();
    let late = NewUpdate {
        id: 2,
        update_id: 2,
        lane: "2".to_owned(),
        text: "{}".to_owned(),
        may_skip: true,
    };
    let mut storing = test.db.begin().await.unwrap();
    inbox::record(&mut storing, &[late], at(2)).await.unwrap();
    let ending = tokio::spawn(async move {
        inbox::finish(&mut tx, &ended(&rows), at(11)).await.unwrap();
        tx.commit().await.unwrap();
    });
    // It waits for the lane's row, which the other holds until its COMMIT.
    while !waits(&test).await {
        tokio::task::yield_now().await;
    }
    storing.commit().await.unwrap();
    ending.await.unwrap();
    assert_eq!(take(&test.db, 12, 9).await, [2]);
}

/// Whether a session of this database waits for another.
async fn waits(test: &TestDb) -> bool {
    let mut conn = PgConnection::connect(&test.url).await.unwrap();
    let (waiting,): (i64,) = sqlx::query_as(
        "select count(*) from pg_stat_activity
         where wait_event_type = 'Lock' and datname = current_database()",
    )
    .fetch_one(&mut conn)
    .await
    .unwrap();
    waiting > 0
}
