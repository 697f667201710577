//! What is learned from customers' words, as both databases keep it: the latest choice counts, the
//! one unused longest makes room, a pair is proposed once and decided once, and everybody's names are
//! read together with the change that they are of.

use ks_order::domain::learned::Phrase;
use ks_order::kernel::{CustomerId, ItemId, Timestamp};
use ks_order::store::aliases::{self, State};
use ks_order::store::glance::{Ask, glances};
use ks_order::store::{Db, Keys, OpenOptions, Tx, learned};

use crate::both;
use crate::support::db::{KEY, TestDb};
use crate::support::trade::NOW;

const LIN: CustomerId = CustomerId(7);
const SAM: CustomerId = CustomerId(8);
const MIA: CustomerId = CustomerId(9);

fn phrase(words: &str) -> Phrase {
    Phrase::new(words).unwrap()
}

/// Remembers it under an id of its own.
async fn keep(tx: &mut Tx, who: CustomerId, words: &str, item: &str, at: i64) -> i64 {
    let id = 1_000 * who.0 + at;
    let pair = (&phrase(words), &ItemId::from(item));
    let row = learned::keep(tx, (who, id), pair, Timestamp(at)).await;
    let row = row.unwrap();
    let said = learned::find(tx, row).await.unwrap().unwrap();
    assert_eq!((said.who, said.item.as_str()), (who, item));
    learned::make_room(tx, (&said, row)).await.unwrap();
    row
}

async fn known(tx: &mut Tx, who: CustomerId) -> Vec<(String, String)> {
    let all = learned::of(tx, who).await.unwrap();
    let one = |one: learned::Learned| (one.phrase.as_str().to_owned(), one.item.0);
    all.into_iter().map(one).collect()
}

fn pair(words: &str, item: &str) -> (String, String) {
    (words.to_owned(), item.to_owned())
}

both!(
    the_latest_choice_counts_and_the_one_unused_longest_makes_room,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let first = keep(&mut tx, LIN, "gongbao", "kung-pao", 1).await;
        keep(&mut tx, LIN, "rice", "fried-rice", 2).await;
        assert_eq!(keep(&mut tx, LIN, "gongbao", "mapo", 3).await, first);
        let both = [pair("gongbao", "mapo"), pair("rice", "fried-rice")];
        assert_eq!(known(&mut tx, LIN).await, both);
        assert_eq!(known(&mut tx, SAM).await, []);
        keep(&mut tx, SAM, "rice", "noodles", 4).await;
        for n in 0..learned::MOST - 2 {
            keep(&mut tx, LIN, &format!("word {n}"), "mapo", 10 + n).await;
        }
        assert_eq!(learned::count(&mut tx, LIN).await.unwrap(), learned::MOST);
        // Used once more, it is the other one that goes.
        keep(&mut tx, LIN, "rice", "fried-rice", 90).await;
        keep(&mut tx, LIN, "one more", "mapo", 91).await;
        let all = known(&mut tx, LIN).await;
        assert_eq!(all.len() as i64, learned::MOST);
        assert!(all.contains(&both[1]) && !all.iter().any(|(words, _)| words == "gongbao"));
        assert_eq!(known(&mut tx, SAM).await, [pair("rice", "noodles")]);
        let sams = learned::of(&mut tx, SAM).await.unwrap()[0].id;
        assert_eq!(learned::forget(&mut tx, LIN, Some(sams)).await.unwrap(), 0);
        let gone = learned::forget(&mut tx, LIN, None).await.unwrap();
        assert_eq!(gone as i64, learned::MOST);
        assert_eq!(known(&mut tx, SAM).await.len(), 1);
        tx.commit().await.unwrap();
    }
);

both!(
    a_pair_is_proposed_once_by_enough_who_are_different,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let (words, item) = (phrase("gongbao"), ItemId::from("kung-pao"));
        for at in 1..4 {
            keep(&mut tx, LIN, "gongbao", "kung-pao", at).await;
        }
        keep(&mut tx, SAM, "gongbao", "mapo", 1).await;
        keep(&mut tx, MIA, "gongbao", "kung-pao", 1).await;
        assert_eq!(learned::find(&mut tx, 5).await.unwrap(), None);
        let propose = async |tx: &mut Tx, id: i64, enough: i64| {
            let pair = (&words, &item);
            aliases::propose(tx, id, pair, enough, NOW).await.unwrap()
        };
        assert_eq!(propose(&mut tx, 1, 3).await, None, "two, and one other");
        assert_eq!(aliases::find(&mut tx, 1).await.unwrap(), None);
        keep(&mut tx, SAM, "gongbao", "kung-pao", 2).await;
        assert_eq!(propose(&mut tx, 2, 3).await, Some(3));
        assert_eq!(propose(&mut tx, 3, 2).await, None, "once");
        let alias = aliases::find(&mut tx, 2).await.unwrap().unwrap();
        assert_eq!((alias.phrase.as_str(), alias.customers), ("gongbao", 3));
        assert_eq!((alias.state, alias.decided), (State::Open, None));
        let decline = (State::Open, State::Declined);
        let decide = aliases::decide(&mut tx, 2, decline, (LIN, NOW));
        assert!(decide.await.unwrap());
        assert_eq!(propose(&mut tx, 4, 2).await, None, "never again");
        assert_eq!(aliases::list(&mut tx, 0, 9).await.unwrap(), []);
        tx.commit().await.unwrap();
    }
);

both!(
    a_phrase_under_an_older_key_is_the_same,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        keep(&mut tx, LIN, "gongbao", "mapo", 1).await;
        keep(&mut tx, SAM, "gongbao", "kung-pao", 1).await;
        tx.commit().await.unwrap();
        let TestDb { db, url, dir } = test;
        db.close().await;
        drop(db);
        let newer = "new:HxECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        let keys = Keys::from_env_value(&format!("{newer},{KEY}")).unwrap();
        let db = Db::open(&url, &OpenOptions::new(keys)).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        keep(&mut tx, LIN, "gongbao", "kung-pao", 2).await;
        assert_eq!(
            known(&mut tx, LIN).await,
            [pair("gongbao", "kung-pao")],
            "in its place"
        );
        let words = (&phrase("gongbao"), &ItemId::from("kung-pao"));
        let proposed = aliases::propose(&mut tx, 1, words, 2, NOW).await.unwrap();
        assert_eq!(proposed, Some(2), "of both keys");
        tx.commit().await.unwrap();
        drop(dir);
    }
);

both!(
    names_are_read_with_the_change_that_they_are_of,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        let none = aliases::accepted(&mut tx).await.unwrap();
        assert_eq!((none.version.as_str(), none.names.len()), ("", 0));
        for (id, words) in [(1, "gongbao"), (2, "kp")] {
            keep(&mut tx, LIN, words, "kung-pao", id).await;
            keep(&mut tx, SAM, words, "kung-pao", id).await;
            let pair = (&phrase(words), &ItemId::from("kung-pao"));
            aliases::propose(&mut tx, id, pair, 2, NOW).await.unwrap();
        }
        let accept = (State::Open, State::Accepted);
        assert!(
            aliases::change(&mut tx, (&none, 77), NOW).await.unwrap(),
            "the first"
        );
        let by = (LIN, NOW);
        assert!(aliases::decide(&mut tx, 1, accept, by).await.unwrap());
        assert!(!aliases::decide(&mut tx, 1, accept, by).await.unwrap());
        // Whoever has not seen that can't change anything.
        assert!(!aliases::change(&mut tx, (&none, 78), NOW).await.unwrap());
        let before = tx.statements();
        let one = aliases::accepted(&mut tx).await.unwrap();
        assert_eq!(tx.statements() - before, 1);
        assert_eq!(one.version, "77");
        let named = one.names.get(&phrase("gongbao"));
        assert_eq!((one.names.len(), named.unwrap().as_str()), (1, "kung-pao"));
        assert!(aliases::change(&mut tx, (&one, 79), NOW).await.unwrap());
        // Those that wait come first.
        let listed = aliases::list(&mut tx, 0, 9).await.unwrap();
        let ids: Vec<i64> = listed.iter().map(|alias| alias.id).collect();
        assert_eq!(ids, [2, 1]);
        assert_eq!(listed[1].decided, Some(by));
        assert_eq!(aliases::list(&mut tx, 1, 1).await.unwrap(), listed[1..]);
        tx.commit().await.unwrap();
    }
);

both!(
    who_typed_sees_their_own_words_with_everything_else,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        keep(&mut tx, LIN, "gongbao", "kung-pao", 1).await;
        keep(&mut tx, SAM, "gongbao", "mapo", 1).await;
        let version = aliases::accepted(&mut tx).await.unwrap();
        assert!(aliases::change(&mut tx, (&version, 77), NOW).await.unwrap());
        let ask = |who, typed| Ask {
            who: Some(who),
            typed,
            ..Ask::default()
        };
        let asks = [ask(LIN, true), ask(SAM, false), ask(MIA, true)];
        let asks: Vec<&Ask> = asks.iter().collect();
        let before = tx.statements();
        let seen = glances(&mut tx, &asks, NOW).await.unwrap();
        assert_eq!(tx.statements() - before, 1);
        let of: Vec<_> = seen.iter().map(|seen| seen.meanings.clone()).collect();
        let lins = of[0].get(&phrase("gongbao")).map(ItemId::as_str);
        assert_eq!((of[0].len(), lins), (1, Some("kung-pao")));
        assert!(of[1].is_empty() && of[2].is_empty());
        assert_eq!(seen[2].setting(aliases::SETTING), Some("77"));
        assert_eq!(learned::meanings(&mut tx, LIN).await.unwrap(), of[0]);
        tx.commit().await.unwrap();
    }
);
