//! Claiming must cost the same whatever waits in a held lane.
#![allow(
    clippy::expect_used,
    reason = "a bench that can't be set up should end"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use ks_order::kernel::Timestamp;
use ks_order::store::inbox::{self, NewUpdate};
use ks_order::store::{Db, Keys, OpenOptions};
use tokio::runtime::Runtime;

const NOW: Timestamp = Timestamp(1_000);

fn row(id: i64, lane: String) -> NewUpdate {
    NewUpdate {
        id,
        update_id: id,
        lane,
        text: "{}".repeat(200),
        may_skip: false,
    }
}

/// One held lane with so many rows, and 200 lanes with one row each.
async fn filled(dir: &tempfile::TempDir, held: i64) -> Db {
    let url = format!("sqlite://{}/held-{held}.sqlite", dir.path().display());
    let key = Keys::fresh_env_value().and_then(|value| Keys::from_env_value(&value));
    let options = OpenOptions::new(key.expect("a fresh key is a good key"));
    let db = Db::open(&url, &options).await.expect("a fresh file opens");
    let mut tx = db.begin().await.expect("nobody else writes");
    let rows: Vec<NewUpdate> = (1..=held).map(|id| row(id, "held".into())).collect();
    inbox::record(&mut tx, &rows, NOW).await.expect("recorded");
    tx.commit().await.expect("committed");
    let claimed = inbox::claim(&db, NOW, 1).await;
    let (mut tx, claimed) = claimed.expect("claimed");
    if let Some(first) = claimed.first() {
        inbox::delay(&mut tx, first, Timestamp(i64::MAX))
            .await
            .expect("held");
    }
    let rows: Vec<NewUpdate> = (0..200)
        .map(|n| row(1_000_000 + n, format!("l{n}")))
        .collect();
    inbox::record(&mut tx, &rows, NOW).await.expect("recorded");
    tx.commit().await.expect("committed");
    db
}

fn claim(c: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let dir = tempfile::tempdir().expect("a folder");
    for held in [0, 1_000, 10_000] {
        let db = runtime.block_on(filled(&dir, held));
        c.bench_function(&format!("claim 32 heads, {held} rows held"), |b| {
            b.iter(|| {
                let claimed = inbox::claim(&db, NOW, 32);
                let (tx, rows) = runtime.block_on(claimed).expect("claimed");
                assert_eq!(rows.len(), 32);
                runtime.block_on(tx.rollback()).expect("undone");
            });
        });
    }
}

criterion_group!(benches, claim);
criterion_main!(benches);
