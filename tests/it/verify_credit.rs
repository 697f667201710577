//! `verify` finds what is wrong with orders on account, and nothing in a good ledger.

use ks_order::domain::credit::{Account, Op};
use ks_order::domain::orders::Event;
use ks_order::kernel::{AccountId, CustomerId, IdSource, OrderId};
use ks_order::store::credit::{Booking, Change, Settled};
use ks_order::store::{Tx, carts, credit, orders};
use serde_json::json;

use crate::both;
use crate::support::account::blank;
use crate::support::db::{TestDb, postgres};
use crate::support::trade::{COOK, NOW, TERM, Trade, ids, stamp, step};
use crate::verify::{busy, finds, plant, planted, violations};

/// The company's account.
pub fn acme() -> AccountId {
    AccountId::Company("acme".into())
}

/// A busy shop of which some order on account. The company's: an open order (31), one received
/// (32) of which a part was given back, one cancelled (33), one amended (34), a repayment and a new
/// limit. A person's own: owed from before. A change proposed, and one made.
async fn on_account(test: &TestDb) {
    busy(test).await;
    let mut ids = ids(5_000);
    let mut tx = test.db.begin().await.unwrap();
    let seen = blank(&acme(), 100_000);
    let word = (Some(COOK), "new customer");
    let opened = credit::open(&mut tx, &seen, word, &mut stamp(&mut ids)).await;
    assert!(opened.unwrap());
    ordered(&mut tx, &mut ids).await;
    settled(&mut tx, &mut ids).await;
    tx.commit().await.unwrap();
    let budget = "update company_members set budget_minor = 50000, budget_period = 'month'
                  where company = 'acme'";
    plant(test, budget).await;
}

async fn ordered(tx: &mut Tx, ids: &mut IdSource) {
    let mut trade = Trade::new(9);
    trade.account = Some(acme());
    for n in 31..=34 {
        let mut cart = trade.cart(100 + n, 7, &[("water", n - 30)]);
        assert!(carts::save(tx, &mut cart, NOW).await.unwrap());
        assert!(trade.place(tx, &cart, n).await.unwrap());
    }
    let mut order = orders::get(tx, OrderId(32)).await.unwrap();
    for event in [
        Event::Prepare,
        Event::Finish,
        Event::HandOver,
        Event::Complete,
    ] {
        order = step(tx, &order, event, ids).await.unwrap();
    }
    let order = orders::get(tx, OrderId(33)).await.unwrap();
    step(tx, &order, Event::Cancel, ids).await.unwrap();
    let order = orders::get(tx, OrderId(34)).await.unwrap();
    let amended = trade.amend(tx, &order, &[("water", 2)], ids).await.unwrap();
    amended.unwrap();
}

async fn settled(tx: &mut Tx, ids: &mut IdSource) {
    let (company, person) = (acme(), AccountId::Person(CustomerId(8)));
    let refund = Booking {
        balance: -100,
        order: Some(OrderId(32)),
        actor: Some(COOK),
        comment: "one was broken",
        ..Booking::new(&company, Op::Refunded)
    };
    let paid = Booking {
        balance: -1000,
        reference: Some("TX-1"),
        actor: Some(COOK),
        ..Booking::new(&company, Op::Reimbursed)
    };
    for booking in [refund, paid] {
        assert!(credit::book(tx, &booking, &mut stamp(ids)).await.unwrap());
    }
    let seen = credit::find(tx, &company).await.unwrap().unwrap();
    let to = Account {
        limit_minor: 90_000,
        ..seen.clone()
    };
    let word = (Some(COOK), "less is enough");
    let set = credit::set(tx, (&seen, &to), word, &mut stamp(ids)).await;
    assert!(set.unwrap());
    let own = blank(&person, 5_000);
    let opened = credit::open(tx, &own, (None, ""), &mut stamp(ids)).await;
    assert!(opened.unwrap());
    let before = Booking {
        balance: 500,
        due: Some(NOW.plus(TERM)),
        ..Booking::new(&person, Op::Opened)
    };
    assert!(credit::book(tx, &before, &mut stamp(ids)).await.unwrap());
    for id in [1, 2] {
        let change = Change {
            id,
            account: person.clone(),
            what: json!({ "limit": 7 }),
            by: COOK,
            at: NOW,
        };
        credit::propose(tx, &change, 1).await.unwrap();
    }
    let done = (Settled::Done, CustomerId(901));
    assert!(credit::settle(tx, 2, done, NOW).await.unwrap().is_some());
}

async fn found_in(test: TestDb, rule: &str, row: &str, text: &str) {
    on_account(&test).await;
    finds(&test, rule, row, text).await;
}

both!(a_good_ledger_is_good, |test: TestDb| async move {
    on_account(&test).await;
    assert_eq!(violations(&test).await, []);
    // What was erased of it still verifies.
    plant(&test, "update account_entries set body = null").await;
    assert_eq!(violations(&test).await, []);
});

planted! {
    found_in;
    an_account_of_a_lost_company: "accounts.owner" names "c-acme" after
        "update accounts set company = 'lost' where id = 'c-acme'";
    an_account_of_somebody_else: "accounts.owner" names "p-8" after
        "update accounts set person = 9 where id = 'p-8'";
    an_account_of_two: "accounts.owner" names "p-8" after
        "update accounts set company = 'globex' where id = 'p-8'";
    an_order_on_a_lost_account: "orders.account" names "31" after
        "update orders set account = 'c-lost' where id = 31";
    an_order_on_the_account_of_another_company: "orders.account" names "31" after
        "update orders set company = null where id = 31";
    an_order_on_the_account_of_somebody_else: "orders.account" names "1" after
        "update orders set account = 'p-8' where id = 1";
    half_a_budget: "companies.budget" names "acme/7" after
        "update company_members set budget_period = null";
    a_budget_of_a_year: "companies.budget" names "acme/7" after
        "update company_members set budget_period = 'year'";
    a_ledger_without_an_account: "credit.account" names "p-8/2" after
        "delete from accounts where id = 'p-8'";
    an_entry_cut_out: "credit.seq" names "c-acme" after
        "delete from account_entries where account = 'c-acme' and seq = 4";
    an_entry_cut_off: "credit.seq" names "p-8" after
        "delete from account_entries where account = 'p-8' and seq = 2";
    an_account_that_nobody_opened: "credit.seq" names "p-8" after
        "delete from account_entries where account = 'p-8'";
    a_balance_that_does_not_follow: "credit.chain" names "c-acme/9" after
        "update account_entries set balance_after = balance_after + 1
         where account = 'c-acme' and seq = 9";
    a_change_that_was_edited: "credit.chain" names "c-acme/10" after
        "update account_entries set balance_change = -999, amount_minor = -999
         where account = 'c-acme' and seq = 10";
    a_hold_that_does_not_follow: "credit.chain" names "c-acme/5" after
        "update account_entries set held_change = held_change + 1, amount_minor = amount_minor + 1
         where account = 'c-acme' and seq = 5";
    a_limit_from_nowhere: "credit.chain" names "c-acme/6" after
        "update account_entries set limit_after = 7 where account = 'c-acme' and seq = 6";
    a_debt_from_nowhere: "credit.chain" names "p-8/2" after
        "update account_entries set debts_after = 600 where account = 'p-8' and seq = 2";
    a_balance_nobody_booked: "credit.last" names "c-acme" after
        "update accounts set balance_minor = balance_minor - 1 where id = 'c-acme'";
    a_limit_nobody_set: "credit.last" names "c-acme" after
        "update accounts set limit_minor = limit_minor + 1 where id = 'c-acme'";
    a_debt_without_a_date: "credit.op" names "p-8/2" after
        "update account_entries set due_ms = null where account = 'p-8' and seq = 2";
    a_repayment_without_a_reference: "credit.op" names "c-acme/10" after
        "update account_entries set reference = null where account = 'c-acme' and seq = 10";
    a_refund_of_no_order: "credit.op" names "c-acme/9" after
        "update account_entries set order_id = null where account = 'c-acme' and seq = 9";
    a_booking_of_an_unknown_kind: "credit.op" names "c-acme/9" after
        "update account_entries set op = 'given' where account = 'c-acme' and seq = 9";
    a_debt_that_is_due_later: "credit.due" names "p-8" after
        "update accounts set due_ms = due_ms + 1 where id = 'p-8'";
    a_debt_that_is_never_due: "credit.due" names "c-acme" after
        "update accounts set due_ms = null where id = 'c-acme'";
    more_is_held_than_ordered: "credit.held" names "c-acme" after
        "update accounts set held_minor = held_minor + 1 where id = 'c-acme'";
    an_order_holds_nothing: "credit.claim" names "31/c-acme" after
        "update account_entries set order_id = 99 where account = 'c-acme' and order_id = 31";
    a_cancelled_order_holds_still: "credit.claim" names "33/c-acme" after
        "update account_entries set order_id = 99 where op = 'reverted'";
    an_order_that_was_never_booked: "credit.begun" names "31/c-acme" after
        "update account_entries set op = 'adjusted' where order_id = 31";
    an_order_of_before_that_is_on_account: "credit.begun" names "1/c-acme" after
        "update orders set account = 'c-acme', payment = 'on_account' where id = 1";
    a_received_order_that_is_not_owed: "credit.charged" names "32/c-acme" after
        "update account_entries set order_id = 99 where op = 'charged'";
    a_received_order_that_is_owed_in_part: "credit.charged" names "32/c-acme" after
        "update account_entries set balance_change = 1 where op = 'charged'";
    an_open_order_that_is_owed: "credit.charged" names "31/c-acme" after
        "update account_entries set op = 'charged' where order_id = 31";
    a_cancelled_order_that_gives_nothing_back: "credit.reverted" names "33/c-acme" after
        "update account_entries set op = 'amended' where op = 'reverted'";
    an_open_order_that_gave_back: "credit.reverted" names "34/c-acme" after
        "update account_entries set op = 'reverted' where order_id = 34 and op = 'amended'";
    more_refunded_than_paid: "credit.refunds" names "32" after
        "update account_entries set balance_change = -3701 where op = 'refunded'";
    a_refund_of_a_lost_order: "credit.refunds" names "99" after
        "update account_entries set order_id = 99 where op = 'refunded'";
    an_order_in_other_money: "credit.currency" names "p-8/2" after
        "update accounts set currency = 'USD' where id = 'p-8';
         update account_entries set order_id = 1 where account = 'p-8' and seq = 2";
    a_change_that_nobody_made: "credit.changes" names "2" after
        "update account_changes set decided_by = null where id = 2";
    a_change_made_at_no_time: "credit.changes" names "2" after
        "update account_changes set decided_ms = null where id = 2";
    a_change_decided_and_open: "credit.changes" names "1" after
        "update account_changes set decided_by = 7, decided_ms = 7 where id = 1";
    a_change_that_is_postponed: "credit.changes" names "2" after
        "update account_changes set state = 'postponed' where id = 2";
    a_change_of_nothing: "credit.changes" names "1" after
        "update account_changes set body = null where id = 1";
    an_order_on_account_that_is_due: "orders.payment" names "31" after
        "update orders set payment = 'due' where id = 31";
    a_received_order_on_account_that_is_paid: "orders.payment" names "32" after
        "update orders set payment = 'paid' where id = 32";
    a_cancelled_order_on_account_that_is_owed: "orders.payment" names "33" after
        "update orders set payment = 'on_account' where id = 33";
    an_order_in_cash_that_is_on_account: "orders.payment" names "2" after
        "update orders set payment = 'on_account' where id = 2";
    a_comment_that_does_not_open: "sealed.opens" names "4" after
        "update account_entries set id = 4, body = x'00' where account = 'c-acme' and seq = 9";
    a_change_that_does_not_open: "sealed.opens" names "2" after
        "update account_changes set body = (select c.body from account_changes c where c.id = 1)
         where id = 2";
}

/// The same queries on PostgreSQL, where its constraints let one plant at all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_finds_them_too() {
    let plants = [
        (
            "credit.seq",
            "c-acme",
            "delete from account_entries where account = 'c-acme' and seq = 4",
        ),
        (
            "credit.chain",
            "c-acme/6",
            "update account_entries set limit_after = 7 where account = 'c-acme' and seq = 6",
        ),
        (
            "credit.last",
            "c-acme",
            "update accounts set balance_minor = 7 where id = 'c-acme'",
        ),
        (
            "credit.op",
            "p-8/2",
            "update account_entries set due_ms = null where account = 'p-8' and seq = 2",
        ),
        (
            "credit.due",
            "c-acme",
            "update accounts set due_ms = null where id = 'c-acme'",
        ),
        (
            "credit.held",
            "c-acme",
            "update accounts set held_minor = held_minor + 1 where id = 'c-acme'",
        ),
        (
            "credit.claim",
            "31/c-acme",
            "update account_entries set order_id = 99 where order_id = 31",
        ),
        (
            "credit.begun",
            "1/c-acme",
            "update orders set account = 'c-acme' where id = 1",
        ),
        (
            "credit.charged",
            "32/c-acme",
            "update account_entries set balance_change = 1 where op = 'charged'",
        ),
        (
            "credit.reverted",
            "33/c-acme",
            "update account_entries set op = 'amended' where op = 'reverted'",
        ),
        (
            "credit.refunds",
            "32",
            "update account_entries set balance_change = -3701 where op = 'refunded'",
        ),
        (
            "credit.changes",
            "2",
            "update account_changes set decided_by = null where id = 2",
        ),
    ];
    for (rule, row, text) in plants {
        let Some(test) = postgres().await else {
            return;
        };
        found_in(test, rule, row, text).await;
    }
}
