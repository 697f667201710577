//! Searches from any chat and the engine: a lane of their own, answers from memory, no harm done
//! by one that comes too late.

use ks_order::chat::EventKind;
use ks_order::runtime::Counters;
use ks_order::sandbox::Emulator;
use serde_json::json;

use crate::both;
use crate::support::db::TestDb;
use crate::support::engine::{PATIENCE, Rig};

both!(
    a_flood_of_searches_holds_no_words_back,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        engine.stop().await;
        let searches: Vec<_> = (0..70)
            .map(|n| rig.telegram.inline_query(2, &format!("s{n}")).unwrap())
            .collect();
        for n in 0..10 {
            rig.telegram.say(2, &format!("w{n}")).unwrap();
        }
        let engine = rig.start().await;
        let words: Vec<String> = (0..10).map(|n| format!("{}: w{n}", n + 2)).collect();
        assert_eq!(rig.reads(2), words, "and nobody is told to be slower");
        let is_search = |kind: &EventKind| matches!(kind, EventKind::Inline(_));
        let heard = || {
            rig.shop
                .heard()
                .iter()
                .filter(|kind| is_search(kind))
                .count()
        };
        assert!(
            (50..70).contains(&heard()),
            "{} of 70 were handled",
            heard()
        );
        // Answers go out right after the commit, which the engine does not wait for.
        let answered = |id| rig.telegram.inline_answer(id).is_some();
        let all = |_: &_| searches.iter().filter(|id| answered(*id)).count() == heard();
        assert!(rig.telegram.wait_until(PATIENCE, all).await);
        assert!(answered(&searches[0]));
        engine.stop().await;
    }
);

both!(
    a_search_that_is_over_is_done_and_no_alarm,
    |test: TestDb| async move {
        let rig = Rig::new(&test, 2);
        let engine = rig.start().await;
        let late = json!({
            "id": "77", "from": {"id": 2, "is_bot": false, "first_name": "P2"},
            "query": "soup", "offset": "", "chat_type": "sender",
        });
        rig.telegram.push_raw_update("inline_query", late);
        let is_refused = |telegram: &Emulator| telegram.calls().iter().any(|call| !call.ok);
        assert!(rig.telegram.wait_until(PATIENCE, is_refused).await);
        rig.settle(&engine).await;
        let refused = rig.telegram.calls().into_iter();
        let refused: Vec<_> = refused.filter(|call| !call.ok).collect();
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(refused[0].method, "answerInlineQuery");
        assert!(refused[0].description.as_ref().unwrap().contains("too old"));
        rig.says(&engine, 2, "word").await;
        let calls = rig.telegram.calls();
        let tries = calls.iter().filter(|c| c.method == "answerInlineQuery");
        assert_eq!(tries.count(), 1, "it is not tried again");
        let counters = engine.counters();
        assert_eq!(Counters::get(&counters.retried), 0);
        assert!(rig.reads(1).is_empty(), "the owner hears of nothing");
        assert_eq!(rig.reads(2).last().unwrap(), "2: word");
        engine.stop().await;
    }
);
