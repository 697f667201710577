//! `verify` finds what is wrong with repeated orders, and nothing in good ones.

use crate::support::db::TestDb;
use crate::verify::{busy, finds, plant, planted, violations};

/// A busy shop whose customer 7 repeats a saved order: asked about the next date, and ordered before.
async fn repeated(test: &TestDb) {
    busy(test).await;
    for text in [
        "insert into schedules (id, owner, saved_id, days, minute, next_day, next_ms, last_day,
            version, made_ms, changed_ms)
         values (5, 7, 20, 1, 600, 20261207, 1796608800000, 20261130, 1, 0, 0)",
        "insert into schedule_runs (schedule_id, day, owner, state, told, order_id, at_ms)
         select 5, 20261130, o.customer, 'ordered', '', o.id, 0 from orders o where o.id = 1",
        "insert into schedule_runs (schedule_id, day, owner, state, told, at_ms)
         values (5, 20261207, 7, 'asked', '', 0)",
        "insert into timers (kind, name, due_ms, lane)
         values ('schedule', '5', 9999999999999, '7')",
    ] {
        plant(test, text).await;
    }
}

#[tokio::test]
async fn a_good_schedule_is_good() {
    let test = crate::support::db::sqlite().await;
    repeated(&test).await;
    assert_eq!(violations(&test).await, []);
}

async fn found_in(test: TestDb, rule: &str, row: &str, text: &str) {
    repeated(&test).await;
    finds(&test, rule, row, text).await;
}

planted! {
    found_in;
    nobody_looks_at_a_date: "schedules.timer" names "6" after
        "update schedules set id = 6, owner = 99";
    a_date_on_no_day: "schedules.days" names "5" after
        "update schedules set days = 0";
    an_order_of_somebody_else: "schedule-runs.order" names "5/20261130" after
        "update schedule_runs set owner = owner + 1 where day = 20261130";
    an_order_that_was_never_said: "schedule-runs.order" names "5/20261207" after
        "update schedule_runs set state = 'ordered' where day = 20261207";
    a_state_that_is_none: "schedule-runs.state" names "5/20261207" after
        "update schedule_runs set state = 'maybe' where day = 20261207";
}
