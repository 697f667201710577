//! The engine on both databases: order, exactly once, cards, files, timers.

use std::time::Duration;

use ks_order::chat::EventKind;
use ks_order::kernel::Timestamp;
use ks_order::runtime::{Counters, Engine, StartError};
use ks_order::sandbox::Fault;
use ks_order::store::{Kind, inbox, outbox, sessions};
use ks_order::telegram::client::Client;

use crate::both;
use crate::support::db::{TestDb, options};
use crate::support::engine::{OWNER, PATIENCE, Rig, count_of, lines};

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

both!(
    every_lane_in_order_and_every_update_once,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 8);
        for n in 0..12 {
            for person in 1..=8 {
                rig.telegram.say(person, &format!("word {n}")).unwrap();
            }
        }
        let engine = rig.start().await;
        for person in 1..=8 {
            // The first turn was Start.
            let expected: Vec<String> = (0..12).map(|n| format!("{}: word {n}", n + 2)).collect();
            assert_eq!(rig.reads(person), expected, "person {person}");
        }
        let mut tx = test.db.read().await.unwrap();
        let session = sessions::find(&mut tx, "3").await.unwrap().unwrap();
        assert_eq!((session.version, session.card), (13, 13));
        tx.commit().await.unwrap();
        engine.stop().await;
    }
);

both!(
    an_update_that_comes_twice_is_handled_once,
    |test: TestDb| async move {
        use ks_order::sandbox::UpdateFault;
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.telegram.faults().updates(UpdateFault::Duplicate, 1, 20);
        for n in 0..10 {
            rig.telegram.say(2, &format!("w{n}")).unwrap();
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        rig.settle(&engine).await;
        let counts: Vec<_> = rig
            .reads(2)
            .iter()
            .filter_map(|text| count_of(text))
            .collect();
        assert_eq!(counts, (2..=11).collect::<Vec<_>>());
        engine.stop().await;
    }
);

both!(a_card_is_one_living_message, |test: TestDb| async move {
    let rig = Rig::new(&test, 2);
    let engine = rig.start().await;
    rig.says(&engine, 2, "card").await;
    let first = rig.sees(2).pop().unwrap();
    let tap = rig.telegram.tap(2, 2, first.id, 0, 0).unwrap();
    rig.settle(&engine).await;
    let edited = rig.telegram.message(2, first.id).unwrap();
    assert_eq!((edited.text.as_str(), edited.edits), ("card 3", 1));
    assert!(
        rig.telegram.answers(&tap).is_some(),
        "every tap is answered"
    );
    rig.says(&engine, 2, "fresh").await;
    let newest = rig.sees(2).pop().unwrap();
    assert_eq!(newest.text, "card 4");
    assert_eq!(newest.inline_keyboard.len(), 1);
    let old = rig.telegram.message(2, first.id).unwrap();
    assert!(
        old.inline_keyboard.is_empty(),
        "the old copy lost its buttons"
    );
    assert_eq!(old.text, "card 3");
    engine.stop().await;
});

both!(
    a_card_takes_over_the_message_of_another,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.says(&engine, 2, "card").await;
        let living = rig.sees(2).pop().unwrap();
        rig.says(&engine, 2, "become").await;
        let seen = rig.sees(2).pop().unwrap();
        assert_eq!(
            (seen.id, seen.text.as_str(), seen.edits),
            (living.id, "card 3", 1)
        );
        // The living one has none now: it comes anew and leaves the other as it is.
        rig.says(&engine, 2, "card").await;
        let newest = rig.sees(2).pop().unwrap();
        assert_eq!(newest.text, "card 4");
        assert_ne!(newest.id, living.id);
        let order = rig.telegram.message(2, living.id).unwrap();
        assert_eq!((order.text.as_str(), order.edits), ("card 3", 1));
        assert_eq!(order.inline_keyboard.len(), 1);
        engine.stop().await;
    }
);

both!(
    a_text_becomes_a_photo_where_it_stands_and_a_photo_a_new_text,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.says(&engine, 2, "card").await;
        let text = rig.sees(2).pop().unwrap();
        for shown in ["card 3", "card 4"] {
            rig.says(&engine, 2, "photo").await;
            let seen: Vec<_> = rig.sees(2).into_iter().skip(1).collect();
            assert_eq!(seen.len(), 1, "in the same message: {seen:?}");
            assert_eq!((seen[0].id, seen[0].text.as_str()), (text.id, shown));
            assert!(seen[0].photo.is_some());
        }
        rig.says(&engine, 2, "card").await;
        let seen: Vec<_> = rig.sees(2).into_iter().skip(1).collect();
        assert_eq!(seen.len(), 1, "the photo is gone: {seen:?}");
        assert!(seen[0].photo.is_none());
        assert_ne!(seen[0].id, text.id);
        engine.stop().await;
    }
);

both!(
    a_picture_that_is_refused_is_left_out,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        // Sent anew, put into a text, put into a photo.
        for before in ["badphoto", "card", "photo"] {
            rig.says(&engine, 2, before).await;
            rig.says(&engine, 2, "badphoto").await;
            let seen: Vec<_> = rig.sees(2).into_iter().skip(1).collect();
            assert_eq!(seen.len(), 1, "after {before}: {seen:?}");
            assert!(seen[0].photo.is_none());
        }
        assert_eq!(rig.sees(2).pop().unwrap().text, "card 7");
        engine.stop().await;
    }
);

both!(a_picture_is_uploaded_once, |test: TestDb| async move {
    let rig = Rig::new(&test, 3);
    let engine = rig.start().await;
    for person in [2, 3, 2] {
        rig.says(&engine, person, "newphoto").await;
    }
    let calls = rig.telegram.calls();
    let uploads = calls
        .iter()
        .filter(|call| call.method == "sendPhoto" && call.params["file"].is_object());
    let all = calls
        .iter()
        .filter(|call| call.method == "sendPhoto" && call.ok);
    assert_eq!((uploads.count(), all.count()), (1, 3), "{calls:#?}");
    engine.stop().await;
});

both!(a_file_is_uploaded_once, |test: TestDb| async move {
    let rig = Rig::new(&test, 3);
    let engine = rig.start().await;
    for person in [2, 3, 2] {
        rig.says(&engine, person, "file").await;
    }
    let calls = rig.telegram.calls();
    let sent: Vec<_> = calls
        .iter()
        .filter(|call| call.method == "sendDocument" && call.ok)
        .collect();
    let uploads = sent.iter().filter(|call| call.params["file"].is_object());
    assert_eq!((uploads.count(), sent.len()), (1, 3), "{calls:#?}");
    let document = rig.sees(3).pop().unwrap().document.unwrap();
    assert_eq!(document.file_name, "lines.csv");
    assert_eq!(document.mime_type, "text/csv");
    assert_eq!(*rig.telegram.file(&document.file_id).unwrap(), *lines());
    engine.stop().await;
});

both!(
    a_file_survives_a_crash_between_commit_and_send,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.telegram
            .faults()
            .fail_method("sendDocument", 1_000, Fault::Http5xx(500));
        rig.telegram.say(2, "file").unwrap();
        let tried = |telegram: &ks_order::sandbox::Emulator| {
            let calls = telegram.calls();
            calls.iter().any(|call| call.method == "sendDocument")
        };
        assert!(rig.telegram.wait_until(PATIENCE, tried).await);
        engine.kill().await;
        rig.telegram.faults().clear();
        let engine = rig.start().await;
        let seen = rig.sees(2);
        let files: Vec<_> = seen
            .iter()
            .filter_map(|msg| msg.document.as_ref())
            .collect();
        assert_eq!(files.len(), 1, "{seen:?}");
        assert_eq!(*rig.telegram.file(&files[0].file_id).unwrap(), *lines());
        assert_eq!(seen.last().unwrap().text, "your file");
        engine.stop().await;
    }
);

both!(
    an_edit_of_a_message_that_is_gone_becomes_a_new_one,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.says(&engine, 2, "card").await;
        let first = rig.sees(2).pop().unwrap();
        let client = Client::new(&rig.telegram.url(), rig.telegram.token()).unwrap();
        let delete = ks_order::telegram::calls::delete(ks_order::kernel::ChatId(2), first.id);
        client.call(&delete).await.unwrap();
        rig.says(&engine, 2, "card").await;
        let second = rig.sees(2).pop().unwrap();
        assert_ne!(second.id, first.id);
        assert_eq!(second.text, "card 3");
        engine.stop().await;
    }
);

both!(
    timers_ring_on_the_business_clock,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.says(&engine, 2, "later tea").await;
        rig.says(&engine, 2, "later cake").await;
        rig.says(&engine, 2, "never cake").await;
        rig.clock.advance(59_000);
        tokio::time::sleep(Duration::from_millis(600)).await;
        rig.settle(&engine).await;
        assert!(rig.reads(2).is_empty());
        rig.clock.advance(2_000);
        let rang = rig
            .telegram
            .wait_until(Duration::from_secs(10), |_| !rig.reads(2).is_empty())
            .await;
        assert!(rang);
        rig.settle(&engine).await;
        assert_eq!(rig.reads(2), ["5: ring tea"]);
        engine.stop().await;
    }
);

both!(
    what_concerns_another_lane_is_handled_there,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 4);
        let engine = rig.start().await;
        for n in 0..10 {
            rig.telegram.say(2, &format!("tell 3 a{n}")).unwrap();
            rig.telegram.say(3, &format!("tell 2 b{n}")).unwrap();
        }
        rig.settle(&engine).await;
        assert_eq!(rig.reads(2).len(), 10);
        assert_eq!(rig.reads(3).len(), 10);
        let order: Vec<_> = rig
            .reads(3)
            .iter()
            .map(|text| text.split(": ").nth(1).unwrap().to_owned())
            .collect();
        assert_eq!(order, (0..10).map(|n| format!("a{n}")).collect::<Vec<_>>());
        engine.stop().await;
    }
);

both!(
    a_poison_update_ends_dead_and_others_go_on,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 3);
        let engine = rig.start().await;
        rig.telegram.say(2, "panic").unwrap();
        rig.telegram.say(2, "after").unwrap();
        rig.telegram.say(3, "corrupt").unwrap();
        rig.telegram.say(3, "fine").unwrap();
        rig.settle(&engine).await;
        assert_eq!(rig.reads(2), ["sorry", "2: after"]);
        assert_eq!(rig.reads(3), ["sorry", "2: fine"]);
        let alerts = rig.reads(OWNER);
        assert_eq!(alerts.len(), 2, "{alerts:?}");
        let tries = |word: &str| {
            let is =
                |kind: &&EventKind| matches!(kind, EventKind::Words { text, .. } if text == word);
            rig.shop.heard().iter().filter(is).count()
        };
        assert_eq!((tries("panic"), tries("corrupt")), (3, 1));
        assert_eq!(Counters::get(&engine.counters().panics), 3);
        let mut tx = test.db.begin().await.unwrap();
        let dead = inbox::dead(&mut tx).await.unwrap();
        assert_eq!(dead.len(), 2);
        let panicked = dead.iter().find(|row| row.lane == "2").unwrap();
        assert_eq!(panicked.error.as_deref(), Some("panic: on purpose"));
        assert!(
            inbox::text(&mut tx, panicked.id)
                .await
                .unwrap()
                .unwrap()
                .contains("panic")
        );
        assert!(inbox::retry(&mut tx, panicked.id).await.unwrap());
        tx.commit().await.unwrap();
        rig.telegram
            .wait_until(Duration::from_secs(15), |_| rig.reads(2).len() == 3)
            .await;
        rig.settle(&engine).await;
        assert_eq!(tries("panic"), 6, "a dead letter can be tried again");
        engine.stop().await;
    }
);

both!(
    a_turn_that_takes_too_long_is_undone,
    |test: TestDb| async move {
        let mut rig = Rig::new(&test, 3);
        rig.turn_limit = Duration::from_millis(150);
        let engine = rig.start().await;
        rig.telegram.say(2, "slow").unwrap();
        rig.telegram.say(3, "quick").unwrap();
        rig.settle(&engine).await;
        assert_eq!(rig.reads(2), ["sorry"]);
        assert_eq!(rig.reads(3), ["2: quick"]);
        assert_eq!(Counters::get(&engine.counters().timeouts), 3);
        engine.stop().await;
    }
);

both!(too_many_at_once_are_told_once, |test: TestDb| async move {
    let rig = Rig::new(&test, 2);
    let engine = rig.start().await;
    engine.stop().await;
    for n in 0..70 {
        rig.telegram.say(2, &format!("w{n}")).unwrap();
    }
    let engine = rig.start().await;
    let read = rig.reads(2);
    assert_eq!(read.iter().filter(|text| *text == "too fast").count(), 1);
    assert!((51..=60).contains(&read.len()), "{}", read.len());
    assert_eq!(read[0], "2: w0");
    rig.says(&engine, 2, "again").await;
    assert!(rig.reads(2).last().unwrap().ends_with("again"));
    engine.stop().await;
});

both!(
    every_tap_is_answered_when_too_many_come_at_once,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.says(&engine, 2, "card").await;
        engine.stop().await;
        let message = rig.sees(2).pop().unwrap();
        let taps: Vec<_> = (0..70)
            .map(|_| rig.telegram.tap(2, 2, message.id, 0, 0).unwrap())
            .collect();
        let engine = rig.start().await;
        let answers: Vec<_> = taps.iter().map(|tap| rig.telegram.answers(tap)).collect();
        assert!(answers.iter().all(Option::is_some), "{answers:?}");
        let slower = answers.iter().flatten().filter(|a| a.text == "slower");
        assert!((10..=19).contains(&slower.count()), "{answers:?}");
        assert_eq!(
            rig.reads(2)
                .iter()
                .filter(|text| *text == "too fast")
                .count(),
            1
        );
        let handled = rig.shop.heard().into_iter();
        let handled = handled.filter(|kind| matches!(kind, EventKind::Press(_)));
        assert!((50..=59).contains(&handled.count()));
        engine.stop().await;
    }
);

both!(
    a_copy_that_a_crash_doubled_joins_its_card,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.says(&engine, 2, "card").await;
        let known = rig.sees(2).pop().unwrap();
        let client = Client::new(&rig.telegram.url(), rig.telegram.token()).unwrap();
        let mut twin = rig
            .telegram
            .calls()
            .into_iter()
            .rfind(|call| call.method == "sendMessage")
            .unwrap();
        let call = ks_order::telegram::calls::Call {
            method: "sendMessage",
            params: twin.params.take(),
        };
        client.call(&call).await.unwrap();
        let copy = rig.sees(2).pop().unwrap();
        assert_ne!(copy.id, known.id);
        rig.telegram.tap(2, 2, copy.id, 0, 0).unwrap();
        rig.settle(&engine).await;
        let texts: Vec<_> = [known.id, copy.id]
            .map(|id| rig.telegram.message(2, id).unwrap().text)
            .into();
        assert_eq!(texts, ["card 3", "card 3"]);
        engine.stop().await;
    }
);

both!(
    statements_stay_within_the_budget,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        let before = Counters::get(&engine.counters().statements);
        let turns = Counters::get(&engine.counters().turns);
        for n in 0..10 {
            rig.says(&engine, 2, &format!("word {n}")).await;
        }
        let used = Counters::get(&engine.counters().statements) - before;
        let turns = Counters::get(&engine.counters().turns) - turns;
        assert_eq!(
            (turns, used),
            (10, 40),
            "claim, outbox, done, lane with session"
        );
        engine.stop().await;
    }
);

both!(
    bodies_go_after_their_days_and_ids_stay,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        rig.says(&engine, 2, "word").await;
        engine.stop().await;
        let later = rig.clock.now().plus(1_000);
        let mut tx = test.db.begin().await.unwrap();
        let last = inbox::waiting(&mut tx).await.unwrap().last_id;
        assert!(inbox::text(&mut tx, last).await.unwrap().is_some());
        inbox::forget(&mut tx, later, Timestamp(0)).await.unwrap();
        outbox::forget(&mut tx, later, Timestamp(0)).await.unwrap();
        assert!(inbox::text(&mut tx, last).await.unwrap().is_none());
        assert_eq!(inbox::waiting(&mut tx).await.unwrap().last_id, last);
        inbox::forget(&mut tx, later, later).await.unwrap();
        assert_eq!(inbox::waiting(&mut tx).await.unwrap().last_id, 0);
        tx.commit().await.unwrap();
    }
);

#[tokio::test]
async fn a_wrong_token_or_address_is_one_line() {
    let test = crate::support::db::sqlite().await;
    let rig = Rig::new(&test, 1);
    let start = async |url: &str, token: &str| {
        let mut config = rig.config();
        config.client = Client::new(url, token).unwrap();
        Engine::start(config).await.err().unwrap()
    };
    let wrong = start(&rig.telegram.url(), "1:x").await;
    assert!(matches!(wrong, StartError::Token), "{wrong}");
    let nowhere = start("http://127.0.0.1:9", "1:x").await;
    assert!(matches!(nowhere, StartError::Unreachable(_)), "{nowhere}");
    assert_eq!(nowhere.to_string().lines().count(), 1);
}
