//! Members of one company who want the last of its credit at the same moment, through the whole
//! bot, on both databases: it is never exceeded, and each is told right.

use std::time::Duration;

use ks_order::sandbox::TapId;

use crate::support::account::{SELLS, written};
use crate::support::race::{Race, on_both};

/// What places the order: where the race is run.
const PLACE: &str = "✅ Place order*";
/// What each of them orders.
const PRICE: i64 = 1_600;
/// Entries after which more was used than the limit allows.
const EXCEEDED: &str = "select count(*), count(*) from account_entries \
    where balance_after + held_after > limit_after and held_change > 0";

/// Members who stand before the last press, with credit for so much.
fn members(database: Option<String>, people: i64, limit_minor: i64) -> Race {
    let ids: Vec<i64> = (1001..1001 + people).collect();
    let prepare = |url: &str| written(url, &ids, limit_minor, &[]);
    let mut race = Race::prepared(database, people, &SELLS, prepare);
    for customer in &mut race.crowd.customers {
        customer.patience = Duration::from_secs(30);
        customer.hesitates_at = Some(PLACE);
    }
    race
}

fn at_the_review(race: &mut Race) {
    race.until("all at the review", |race| {
        race.act();
        race.crowd.customers.iter().all(|c| c.hesitating)
    });
    race.settle();
}

/// Everybody presses; how many times whoever presses, one after the other without a pause.
fn all_press(race: &mut Race, times: usize) -> Vec<TapId> {
    let people: Vec<i64> = race.crowd.customers.iter().map(|c| c.id).collect();
    let mut taps = Vec::new();
    for person in people {
        let (card, row, col) = race.cards(person, person, PLACE).pop().unwrap();
        for _ in 0..times {
            let tap = race.telegram.tap(person, person, card.id, row, col);
            taps.push(tap.unwrap());
        }
    }
    taps
}

fn answered(race: &mut Race, taps: &[TapId]) {
    race.until("answered", |race| {
        taps.iter().all(|tap| race.telegram.answers(tap).is_some())
    });
    race.settle();
    for customer in &mut race.crowd.customers {
        customer.act(&race.telegram);
    }
}

/// Those who have an order, and those who were told that something is missing; nobody both, and
/// nobody neither.
fn told(race: &Race, missing: &str) -> (usize, usize) {
    let customers = &race.crowd.customers;
    let mut counts = (0, 0);
    for customer in customers {
        let messages = race.telegram.messages(customer.id, customer.id);
        let heard = messages.iter().filter(|m| m.from_bot && !m.deleted);
        let refused = heard.filter(|m| m.text.contains(missing)).count();
        match (customer.seen.len(), refused) {
            (1, 0) => counts.0 += 1,
            (0, 1..) => counts.1 += 1,
            other => panic!("{} has {other:?}", customer.id),
        }
    }
    counts
}

/// On hand and held of what they want; what the account owes and what open orders hold.
fn levels(race: &mut Race) -> [(i64, i64); 2] {
    let stock = "select on_hand, held from stock where item_id = 'egg-tarts'";
    let account = "select balance_minor, held_minor from accounts";
    [
        race.probe.rows(stock).unwrap()[0],
        race.probe.rows(account).unwrap()[0],
    ]
}

#[test]
fn ten_devices_of_one_company_want_the_last_of_its_credit() {
    on_both(|database| {
        let mut race = members(database, 10, 4 * PRICE + PRICE - 1);
        at_the_review(&mut race);
        let taps = all_press(&mut race, 1);
        answered(&mut race, &taps);
        // One minor unit short of a fifth order.
        let missing = "⛔ ¥0.01 of credit is missing";
        assert_eq!(told(&race, missing), (4, 6), "placed, refused");
        assert_eq!(race.probe.rows(EXCEEDED).unwrap(), [(0, 0)]);
        let rows = "select count(*), count(distinct customer) from orders where account = 'c-acme'";
        assert_eq!(race.probe.rows(rows).unwrap(), [(4, 4)]);
        let booked = "select count(*), count(distinct order_id) from account_entries \
            where op = 'purchased'";
        assert_eq!(race.probe.rows(booked).unwrap(), [(4, 4)]);
        // Those who were refused are at the review still: it keeps their goods.
        assert_eq!(levels(&mut race), [(36, 10), (0, 4 * PRICE)]);
        race.finish();
    });
}

#[test]
fn two_devices_of_one_member_want_the_last_of_a_budget() {
    on_both(|database| {
        let mut race = members(database, 6, 100 * PRICE);
        race.until("there", |race| {
            let budget = "update company_members set budget_minor = 1600, budget_period = 'month'";
            race.probe.run(budget).is_ok()
        });
        at_the_review(&mut race);
        // The same review on both: the second press comes too late, whichever it is.
        let taps = all_press(&mut race, 2);
        answered(&mut race, &taps);
        let orders = "select count(*), count(distinct customer) from orders";
        assert_eq!(race.probe.rows(orders).unwrap(), [(6, 6)]);
        assert_eq!(levels(&mut race), [(36, 6), (0, 6 * PRICE)]);
        // The budget is used up: another order is refused, and says by how much.
        for customer in &mut race.crowd.customers {
            customer.another_round();
            customer.hesitates_at = None;
            customer.look_again();
            race.telegram.say(customer.id, "/menu").unwrap();
        }
        race.settle();
        race.until("told", |race| {
            race.act();
            race.crowd.customers.iter().all(|customer| customer.told)
        });
        race.settle();
        assert_eq!(race.probe.rows(orders).unwrap(), [(6, 6)]);
        for customer in &race.crowd.customers {
            let messages = race.telegram.messages(customer.id, customer.id);
            let missing = "⛔ This order is ¥16.00 above your budget";
            assert!(messages.iter().any(|m| m.text.contains(missing)));
        }
        race.finish();
    });
}

#[test]
fn a_limit_is_lowered_while_they_press() {
    on_both(|database| {
        let mut race = members(database, 12, 12 * PRICE);
        at_the_review(&mut race);
        let taps = all_press(&mut race, 1);
        // As staff do it: the account's next entry, with the limit that it has from then on.
        for text in [
            "begin",
            "update accounts set limit_minor = 4800, seq = seq + 1 where id = 'c-acme'",
            "insert into account_entries (id, account, seq, op, amount_minor, balance_change,
             held_change, balance_after, held_after, limit_after, debts_after, cause, at_ms)
             select 7, id, seq, 'updated', 4800 - 12 * 1600, 0, 0, balance_minor, held_minor,
             limit_minor, debts_minor, 1, 1 from accounts",
            "commit",
        ] {
            race.until("written", |race| {
                race.probe.run(text).is_ok() || text == "begin"
            });
        }
        answered(&mut race, &taps);
        let (placed, refused) = told(&race, "of credit is missing");
        println!("{placed} placed, {refused} refused");
        assert_eq!(placed + refused, 12);
        assert!(placed >= 3, "what the lower limit allows was placed");
        assert_eq!(race.probe.rows(EXCEEDED).unwrap(), [(0, 0)]);
        let held = PRICE * i64::try_from(placed).unwrap();
        assert_eq!(levels(&mut race), [(36, 12), (0, held)]);
        race.finish();
    });
}
