//! Files that people send: fetched outside of any turn, heard once, whatever breaks between.

use std::time::Duration;

use ks_order::chat::{EventKind, FileFault, Read};
use ks_order::sandbox::{Emulator, Fault};

use crate::both;
use crate::support::db::TestDb;
use crate::support::engine::{PATIENCE, Rig};

/// What the shop heard of files.
fn heard(rig: &Rig) -> Vec<(String, Result<String, FileFault>)> {
    let all = rig.shop.heard().into_iter();
    all.filter_map(|kind| match kind {
        EventKind::Fetched { name, read } => {
            let read = read.map(|read| match read {
                Read::Lines { text, .. } => text,
                Read::Table { .. } => "a table".to_owned(),
            });
            Some((name, read))
        }
        _ => None,
    })
    .collect()
}

fn got(name: &str, text: &str) -> (String, Result<String, FileFault>) {
    (name.to_owned(), Ok(text.to_owned()))
}

both!(
    a_file_is_fetched_and_heard_once,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 3);
        let engine = rig.start().await;
        rig.telegram.send_document(2, 2, "a.txt", b"one").unwrap();
        rig.telegram.send_document(3, 3, "b.txt", b"two").unwrap();
        rig.settle(&engine).await;
        let mut all = heard(&rig);
        all.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(all, [got("a.txt", "one"), got("b.txt", "two")]);
        // The answer comes in the same chat, behind nothing.
        assert_eq!(rig.reads(2), ["a.txt"]);
        engine.stop().await;
    }
);

both!(
    what_follows_a_file_waits_for_what_was_read,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        for method in ["getFile", "download"] {
            rig.telegram
                .faults()
                .fail_method(method, 3, Fault::Http5xx(500));
        }
        rig.telegram.send_document(2, 2, "a.txt", b"one").unwrap();
        rig.settle(&engine).await;
        assert_eq!(heard(&rig), [got("a.txt", "one")]);
        rig.telegram
            .faults()
            .fail_method("getFile", 1, Fault::RateLimit { retry_after: 1 });
        rig.telegram.send_document(2, 2, "b.txt", b"two").unwrap();
        rig.settle(&engine).await;
        assert_eq!(heard(&rig).pop(), Some(got("b.txt", "two")));
        engine.stop().await;
    }
);

both!(
    a_crash_between_message_and_file_loses_nothing,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.telegram
            .faults()
            .fail_method("getFile", 1_000, Fault::Http5xx(500));
        rig.telegram.send_document(2, 2, "a.txt", b"one").unwrap();
        let tried = |telegram: &Emulator| {
            let calls = telegram.calls();
            calls.iter().any(|call| call.method == "getFile")
        };
        assert!(rig.telegram.wait_until(PATIENCE, tried).await);
        engine.kill().await;
        assert!(heard(&rig).is_empty());
        rig.telegram.faults().clear();
        let engine = rig.start().await;
        assert_eq!(heard(&rig), [got("a.txt", "one")]);
        // Once more: it is settled, and not fetched again.
        engine.kill().await;
        let engine = rig.start().await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(heard(&rig), [got("a.txt", "one")]);
        engine.stop().await;
    }
);

both!(
    what_can_not_be_had_is_heard_too,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.telegram.send_lost_document(2, 2, "lost.txt").unwrap();
        rig.settle(&engine).await;
        // The test's shop takes a megabyte; Telegram gives twenty.
        let big = vec![b'x'; (1 << 20) + 1];
        rig.telegram.send_document(2, 2, "big.txt", &big).unwrap();
        rig.settle(&engine).await;
        let huge = vec![b'x'; (20 << 20) + 1];
        rig.telegram.send_document(2, 2, "huge.txt", &huge).unwrap();
        rig.settle(&engine).await;
        rig.telegram.send_document(2, 2, "panic.txt", b"x").unwrap();
        rig.settle(&engine).await;
        let wanted = [
            ("lost.txt", FileFault::Gone),
            ("big.txt", FileFault::TooBig),
            ("huge.txt", FileFault::TooBig),
            ("panic.txt", FileFault::Broken),
        ];
        let wanted = wanted.map(|(name, fault)| (name.to_owned(), Err(fault)));
        assert_eq!(heard(&rig), wanted);
        rig.says(&engine, 2, "still here").await;
        assert!(rig.reads(2).pop().unwrap().ends_with("still here"));
        engine.stop().await;
    }
);
