use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::*;
use crate::store::batch::{Batch, Value};
use crate::store::error::Fault;
use crate::store::row::columns;
use crate::store::sqlite::{Role, Sqlite};

const KEY: &str = "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER: &str = "b:HxECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

struct Temp(tempfile::TempDir);

impl Temp {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
    /// Another program on the same file.
    fn other(&self) -> Sqlite {
        Sqlite::open(&self.0.path().join("db.sqlite"), Role::Writer).unwrap()
    }
    fn url(&self) -> String {
        format!("sqlite://{}/db.sqlite", self.0.path().display())
    }
}

fn options(key: &str) -> OpenOptions {
    OpenOptions::new(Keys::from_env_value(key).unwrap())
}

async fn open(temp: &Temp) -> Db {
    Db::open(&temp.url(), &options(KEY)).await.unwrap()
}

async fn put(tx: &mut Tx, name: &str) -> Result<u64, Fault> {
    sql!(
        tx,
        exec,
        "insert into meta (name, value) values ($1, $2)",
        name,
        vec![1_u8]
    )
}

async fn names(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    let rows = sql!(
        tx,
        fetch_all as (String,),
        "select name from meta where name <> 'canary' order by name"
    )
    .unwrap();
    tx.commit().await.unwrap();
    rows.into_iter().map(|(name,)| name).collect()
}

#[tokio::test]
async fn what_is_committed_stays_and_what_is_dropped_does_not() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut tx = db.begin().await.unwrap();
    put(&mut tx, "dropped").await.unwrap();
    drop(tx);
    let mut tx = db.begin().await.unwrap();
    put(&mut tx, "kept").await.unwrap();
    tx.savepoint().await.unwrap();
    put(&mut tx, "undone").await.unwrap();
    tx.rollback_to().await.unwrap();
    tx.savepoint().await.unwrap();
    put(&mut tx, "released").await.unwrap();
    tx.release().await.unwrap();
    assert_eq!(tx.statements(), 3);
    tx.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    put(&mut tx, "rolled back").await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(names(&db).await, ["kept", "released"]);
}

#[tokio::test]
async fn a_reader_can_not_write() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut tx = db.read().await.unwrap();
    assert!(put(&mut tx, "x").await.is_err());
}

#[tokio::test]
async fn a_full_disk_is_named_and_passes() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut tx = db.begin().await.unwrap();
    sqlx_text(&mut tx, "pragma max_page_count = 1").await; // the least possible: the present size
    let big = vec![0_u8; 1 << 20];
    let full = sql!(
        tx,
        exec,
        "insert into meta (name, value) values ('big', $1)",
        big.clone()
    );
    let error = full.map_err(StoreError::on("test")).unwrap_err();
    assert_eq!(error.kind, Kind::Full);
    assert!(error.is_transient());
    drop(tx);
    let mut tx = db.begin().await.unwrap();
    sqlx_text(&mut tx, "pragma max_page_count = 100000").await;
    sql!(
        tx,
        exec,
        "insert into meta (name, value) values ('big', $1)",
        big
    )
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(names(&db).await, ["big"]);
}

async fn sqlx_text(tx: &mut Tx, text: &'static str) {
    tx.plain(text).await.unwrap();
}

#[tokio::test]
async fn another_writer_makes_it_busy_not_broken() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut other = temp.other();
    other.begin_immediate(true).unwrap();
    let Err(error) = db.begin().await else {
        panic!("two writers")
    };
    assert_eq!(error.kind, Kind::Busy);
    other.undo().unwrap();
    db.begin().await.unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn waiting_for_another_writer_stops_nobody_else() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut other = temp.other();
    other.begin_immediate(true).unwrap();
    // One thread for all tasks: a wait on it would keep the other from ever letting go.
    let lets_go = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        other.undo().unwrap();
    });
    let mut tx = db.begin().await.unwrap();
    lets_go.await.unwrap();
    put(&mut tx, "waited").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(names(&db).await, ["waited"]);
}

#[tokio::test]
async fn a_begin_that_nobody_awaits_any_more_leaves_nothing_open() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut other = temp.other();
    other.begin_immediate(true).unwrap();
    let waits = tokio::time::timeout(Duration::from_millis(50), db.begin());
    assert!(waits.await.is_err());
    other.undo().unwrap();
    let mut tx = db.begin().await.unwrap();
    put(&mut tx, "next").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(names(&db).await, ["next"]);
}

#[tokio::test]
async fn a_commit_that_nobody_awaits_any_more_ends_before_the_next_begins() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut tx = db.begin().await.unwrap();
    put(&mut tx, "unheard").await.unwrap();
    let mut commit = Box::pin(tx.commit());
    assert!(futures_util::poll!(commit.as_mut()).is_pending());
    drop(commit);
    db.begin().await.unwrap().commit().await.unwrap();
    assert_eq!(names(&db).await, ["unheard"]);
}

/// A transaction that has written `name` and is being committed while another one waits for the
/// writer; with that other one, begun.
async fn parked(db: &Db, name: &str) -> (JoinHandle<Result<(), StoreError>>, Tx) {
    let mut first = db.begin().await.unwrap();
    put(&mut first, name).await.unwrap();
    let mut next = Box::pin(db.begin());
    assert!(futures_util::poll!(next.as_mut()).is_pending());
    let commit = tokio::spawn(first.commit());
    let next = next.await.unwrap();
    assert!(!commit.is_finished());
    (commit, next)
}

#[tokio::test]
async fn who_ends_while_others_wait_shares_their_commit() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let (first, mut second) = parked(&db, "first").await;
    put(&mut second, "second").await.unwrap();
    assert!(names(&db).await.is_empty(), "nobody is told before");
    assert!(!first.is_finished());
    second.commit().await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(names(&db).await, ["first", "second"]);
}

#[tokio::test]
async fn one_of_a_shared_commit_may_undo_its_own_part() {
    let temp = Temp::new();
    let db = open(&temp).await;
    for (name, back) in [("a", false), ("b", true)] {
        let (first, mut second) = parked(&db, name).await;
        put(&mut second, "undone").await.unwrap();
        if back {
            second.rollback().await.unwrap();
        } else {
            drop(second);
        }
        first.await.unwrap().unwrap();
    }
    assert_eq!(names(&db).await, ["a", "b"]);
}

#[tokio::test]
async fn who_waits_for_others_is_committed_though_they_go_away() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut first = db.begin().await.unwrap();
    put(&mut first, "first").await.unwrap();
    let mut next = Box::pin(db.begin());
    assert!(futures_util::poll!(next.as_mut()).is_pending());
    let mut commit = Box::pin(first.commit());
    assert!(futures_util::poll!(commit.as_mut()).is_pending());
    drop(next);
    commit.await.unwrap();
    assert_eq!(names(&db).await, ["first"]);

    let (unheard, second) = parked(&db, "unheard").await;
    unheard.abort();
    second.commit().await.unwrap();
    assert_eq!(names(&db).await, ["first", "unheard"]);
}

#[tokio::test]
async fn a_shared_transaction_that_is_lost_is_lost_to_all_and_may_be_tried_again() {
    let temp = Temp::new();
    let db = open(&temp).await;
    for keeps_on in [false, true] {
        let (first, mut second) = parked(&db, "first").await;
        // As SQLite does by itself when the disk is full.
        sqlx_text(&mut second, "ROLLBACK").await;
        if keeps_on {
            assert!(second.commit().await.is_err());
        } else {
            drop(second);
        }
        let error = first.await.unwrap().unwrap_err();
        assert!(error.is_transient(), "{error}");
        assert_ne!(error.kind, Kind::Unknown, "it is known to be undone");
    }
    assert!(names(&db).await.is_empty());
    let mut again = db.begin().await.unwrap();
    put(&mut again, "again").await.unwrap();
    again.commit().await.unwrap();
    assert_eq!(names(&db).await, ["again"]);
}

#[tokio::test]
async fn who_closes_commits_what_was_ended_before() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let (first, second) = parked(&db, "first").await;
    let closed = db.close();
    drop(second);
    closed.await;
    first.await.unwrap().unwrap();
    assert_eq!(names(&open_again(&temp, db).await).await, ["first"]);
}

async fn open_again(temp: &Temp, db: Db) -> Db {
    drop(db);
    open(temp).await
}

#[tokio::test]
async fn many_statements_let_other_tasks_go_first() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut tx = db.begin().await.unwrap();
    let turns = Arc::new(AtomicUsize::new(0));
    let counted = turns.clone();
    let other = tokio::spawn(async move {
        loop {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
        }
    });
    for number in 0..1000 {
        put(&mut tx, &number.to_string()).await.unwrap();
    }
    assert!(turns.load(Ordering::Relaxed) > 2);
    other.abort();
}

#[derive(Debug, PartialEq)]
struct Named {
    text: String,
    number: i64,
    absent: Option<String>,
}
columns!(Named: text, number, absent);

#[tokio::test]
async fn arguments_go_by_their_numbers_and_fields_by_their_names() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut tx = db.read().await.unwrap();
    let row = sql!(
        tx,
        fetch_one as Named,
        "select $2 as number, $1 as text, null as absent, $2 as other where $1 = 'a'",
        "a",
        7_i64
    );
    let wanted = Named {
        text: "a".to_owned(),
        number: 7,
        absent: None,
    };
    assert_eq!(row.unwrap(), wanted);
    let missing = sql!(tx, fetch_one as (String,), "select $2", "a");
    assert!(missing.is_err());
    let nonsense = sql!(tx, fetch_one as (i64,), "select $1", "a");
    let error = nonsense.map_err(StoreError::on("test")).unwrap_err();
    assert!(error.is_corrupt(), "{error}");
    assert!(!format!("{error} {:?}", error.source).contains("\"a\""));
}

#[tokio::test]
async fn every_connection_is_set_up() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let text = "select (select foreign_keys from pragma_foreign_keys),
                       (select synchronous from pragma_synchronous),
                       (select timeout from pragma_busy_timeout),
                       (select cache_size from pragma_cache_size),
                       (select journal_mode from pragma_journal_mode)";
    let (writes, reads) = (db.begin().await.unwrap(), db.read().await.unwrap());
    for (mut tx, cache) in [(writes, -8192), (reads, -2048)] {
        let found: Vec<(i64, i64, i64, i64, String)> =
            Batch::new(text).fetch_all(&mut tx).await.unwrap();
        assert_eq!(found, [(1, 2, 2000, cache, "wal".to_owned())]);
    }
}

#[tokio::test]
async fn a_second_process_is_refused_and_verify_is_not() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let second = Db::open(&temp.url(), &options(KEY)).await.unwrap_err();
    assert!(
        second
            .to_string()
            .contains("in use by another ks-order process"),
        "{second}"
    );
    let reader = Db::open_read_only(&temp.url(), &options(KEY))
        .await
        .unwrap();
    assert!(reader.begin().await.is_err());
    assert!(names(&reader).await.is_empty());
    db.close().await;
    drop(db);
    open(&temp).await;
}

#[tokio::test]
async fn a_wrong_key_and_a_later_version_are_refused() {
    let temp = Temp::new();
    let db = open(&temp).await;
    db.close().await;
    drop(db);
    let wrong = Db::open(&temp.url(), &options(OTHER)).await.unwrap_err();
    assert!(matches!(wrong, OpenError::WrongKey));
    let rotated = Db::open(&temp.url(), &options(&format!("{OTHER},{KEY}")))
        .await
        .unwrap();
    let mut tx = rotated.begin().await.unwrap();
    sqlx_text(&mut tx, "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'x', true, x'00', 0)").await;
    tx.commit().await.unwrap();
    rotated.close().await;
    drop(rotated);
    let later = Db::open(&temp.url(), &options(KEY)).await.unwrap_err();
    assert!(
        matches!(later, OpenError::LaterVersion { found: 9999, .. }),
        "{later}"
    );
    let later = Db::open_read_only(&temp.url(), &options(KEY))
        .await
        .unwrap_err();
    assert!(
        matches!(later, OpenError::LaterVersion { found: 9999, .. }),
        "{later}"
    );
}

#[tokio::test]
async fn constraints_and_batches() {
    let temp = Temp::new();
    let db = open(&temp).await;
    let mut tx = db.begin().await.unwrap();
    let rows = ["a", "b"].map(|name| [Value::from(name), Value::from(vec![0_u8])]);
    let batch = Batch::new("insert into meta (name, value) ").rows(rows);
    assert_eq!(batch.exec(&mut tx).await.unwrap(), 2);
    let again = put(&mut tx, "a")
        .await
        .map_err(StoreError::on("meta.put"))
        .unwrap_err();
    assert_eq!(again.kind, Kind::Unique("meta".into()));
    assert_eq!(again.to_string(), "query meta.put failed: already in meta");
    let found: Vec<(String,)> = Batch::new("select name from meta where name in (")
        .list(["a", "c"])
        .text(")")
        .fetch_all(&mut tx)
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_unwritable_place_and_a_foreign_url_have_one_line() {
    for url in ["mysql://x", "sqlite:///nowhere/at/all/db.sqlite"] {
        let error = Db::open(url, &options(KEY)).await.unwrap_err().to_string();
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}
