//! `verify` finds what is wrong with what was learned from customers' words, and nothing in good rows.

use ks_order::domain::learned::Phrase;
use ks_order::kernel::{CustomerId, ItemId};
use ks_order::store::aliases::{self, State};
use ks_order::store::learned;

use crate::support::db::TestDb;
use crate::support::trade::NOW;
use crate::verify::{busy, finds, planted, violations};

/// A busy shop where customers 7 and 8 say two phrases for an item: one is accepted, one waits.
async fn taught(test: &TestDb) {
    busy(test).await;
    let mut tx = test.db.begin().await.unwrap();
    let item = ItemId::from("tea");
    for (id, words) in [(1, "cuppa"), (2, "char")] {
        let phrase = Phrase::new(words).unwrap();
        for who in [7, 8] {
            let row = (CustomerId(who), 10 * who + id);
            let kept = learned::keep(&mut tx, row, (&phrase, &item), NOW).await;
            kept.unwrap();
        }
        let pair = (&phrase, &item);
        let proposed = aliases::propose(&mut tx, id, pair, 2, NOW).await;
        assert_eq!(proposed.unwrap(), Some(2));
    }
    let seen = aliases::accepted(&mut tx).await.unwrap();
    assert!(aliases::change(&mut tx, (&seen, 5), NOW).await.unwrap());
    let accept = (State::Open, State::Accepted);
    let by = (CustomerId(9), NOW);
    assert!(aliases::decide(&mut tx, 1, accept, by).await.unwrap());
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_was_learned_well_is_good() {
    let test = crate::support::db::sqlite().await;
    taught(&test).await;
    assert_eq!(violations(&test).await, []);
}

async fn found_in(test: TestDb, rule: &str, row: &str, text: &str) {
    taught(&test).await;
    finds(&test, rule, row, text).await;
}

planted! {
    found_in;
    more_phrases_than_may_be: "learned.most" names "7" after
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 50)
         insert into learned (id, customer, digest, item_id, phrase, used_ms)
         select 1000 + i, 7, cast(1000 + i as text), item_id, phrase, 0
         from learned cross join n where customer = 7 and item_id = 'tea' and id = 71";
    a_proposal_that_nobody_decided: "aliases.state" names "1" after
        "update aliases set decided_by = null, decided_ms = null where id = 1";
    one_customer_is_nobody_else: "aliases.state" names "2" after
        "update aliases set people = 1 where id = 2";
    two_items_of_one_name: "aliases.name" names "3" after
        "insert into aliases (id, digest, item_id, phrase, people, state, proposed_ms,
            decided_by, decided_ms)
         select 3, digest, 'noodles', phrase, 2, 'accepted', 0, 9, 0 from aliases where id = 1";
    names_that_nobody_reads_anew: "aliases.version" names "aliases" after
        "delete from settings where name = 'aliases'";
}

/// A phrase that no key opens is named like any sealed value.
#[tokio::test]
async fn a_phrase_in_another_row_does_not_open() {
    let test = crate::support::db::sqlite().await;
    taught(&test).await;
    for (row, text) in [
        (
            "71",
            "update learned set phrase = (select l.phrase from learned l where l.id = 72) where id = 71",
        ),
        (
            "2",
            "update aliases set phrase = (select a.phrase from aliases a where a.id = 1) where id = 2",
        ),
    ] {
        finds(&test, "sealed.opens", row, text).await;
    }
}
