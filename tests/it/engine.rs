//! The engine on both databases.

use ks_order::store::Kind;

use crate::both;
use crate::support::db::{TestDb, options};

both!(opens_twice_in_turn, |test: TestDb| async move {
    test.db.begin().await.unwrap().commit().await.unwrap();
    test.db.close().await;
    let url = test.url.clone();
    drop(test.db);
    let again = ks_order::store::Db::open(&url, &options()).await.unwrap();
    drop(again.begin().await.unwrap());
    again.begin().await.unwrap().commit().await.unwrap();
    let reader = ks_order::store::Db::open_read_only(&url, &options())
        .await
        .unwrap();
    let refused = reader.begin().await.err().unwrap();
    assert_eq!(refused.kind, Kind::Other);
    reader.read().await.unwrap().commit().await.unwrap();
});
