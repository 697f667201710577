use chrono::NaiveDate;

use super::*;
use crate::kernel::CompanyId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn account(limit: i64, balance: i64, held: i64) -> Account {
    Account {
        id: AccountId::Company(CompanyId::from("lucky")),
        currency: Currency::parse("CNY").unwrap(),
        limit_minor: limit,
        may_exceed: false,
        blocked: false,
        terms: Terms::parse("30").unwrap(),
        zone: "Asia/Shanghai".to_owned(),
        balance_minor: balance,
        held_minor: held,
        waiting_minor: 0,
        debts_minor: balance,
        due: None,
        seq: 1,
    }
}

#[test]
fn open_orders_count_against_the_limit() {
    let account = account(1000, 300, 500);
    assert_eq!(
        (account.used_minor(), account.available_minor()),
        (800, 200)
    );
    assert_eq!(account.check_room(200), Ok(()));
    assert_eq!(account.check_room(201), Err(Refusal::Short(1)));
    let free = Account {
        may_exceed: true,
        ..account
    };
    assert_eq!(free.check_room(10_000), Ok(()));
}

#[test]
fn less_always_fits_below_a_lowered_limit() {
    let account = account(100, 300, 500);
    assert_eq!(account.available_minor(), -700);
    assert_eq!(account.check_room(0), Ok(()));
    assert_eq!(account.check_room(-50), Ok(()));
    assert_eq!(account.check_room(1), Err(Refusal::Short(701)));
}

#[test]
fn what_was_paid_ahead_can_be_used() {
    let account = account(100, -50, 0);
    assert_eq!(account.check_room(150), Ok(()));
    assert_eq!(account.check_room(151), Err(Refusal::Short(1)));
}

#[test]
fn a_blocked_account_and_one_in_another_currency_are_not_open() {
    let (cny, usd) = (
        Currency::parse("CNY").unwrap(),
        Currency::parse("USD").unwrap(),
    );
    let mut account = account(100, 0, 0);
    assert_eq!(account.check_open(cny), Ok(()));
    assert_eq!(account.check_open(usd), Err(Refusal::Currency(cny)));
    account.blocked = true;
    assert_eq!(account.check_open(cny), Err(Refusal::Blocked));
}

#[test]
fn terms_are_read_back() {
    for words in ["0", "30", "365", "eom 0", "eom 15"] {
        assert_eq!(Terms::parse(words).unwrap().code(), words);
    }
    assert_eq!(Terms::parse("eom").unwrap().code(), "eom 0");
    for words in [
        "",
        "-1",
        "366",
        "+3",
        "eom15",
        "net 30",
        "3.5",
        "eom -1",
        "99999999999",
    ] {
        assert_eq!(Terms::parse(words), None, "{words}");
    }
}

#[test]
fn terms_count_from_the_day_or_from_the_months_end() {
    let due = |terms: &str, from: &str| Terms::parse(terms).unwrap().due(day(from));
    assert_eq!(due("30", "2026-01-31"), day("2026-03-02"));
    assert_eq!(due("0", "2026-01-31"), day("2026-01-31"));
    assert_eq!(due("eom 15", "2028-02-03"), day("2028-03-15"));
    assert_eq!(due("eom", "2026-12-31"), day("2026-12-31"));
}

#[test]
fn periods_begin_at_midnight_on_monday_and_on_the_first() {
    let sunday = day("2026-03-29");
    assert_eq!(Period::Day.first_day(sunday), sunday);
    assert_eq!(Period::Week.first_day(sunday), day("2026-03-23"));
    assert_eq!(Period::Month.first_day(sunday), day("2026-03-01"));
    assert_eq!(Period::Week.first_day(day("2026-03-30")), day("2026-03-30"));
}

#[test]
fn references_are_tidied() {
    assert_eq!(tidy_reference(" tx-17/a "), Some("TX-17/A".to_owned()));
    for words in ["", "-", "a b", "张三", &"x".repeat(41)] {
        assert_eq!(tidy_reference(words), None, "{words}");
    }
}

fn debt(seq: i64, amount: i64, after: i64) -> Entry {
    Entry {
        seq,
        op: Op::Charged,
        amount_minor: amount,
        balance_change: amount,
        held_change: -amount,
        balance_after: 0,
        held_after: 0,
        limit_after: 0,
        debts_after: after,
        due: Some(Timestamp(seq)),
        order: None,
        reference: None,
        actor: None,
        at: Timestamp(seq),
        comment: String::new(),
    }
}

#[test]
fn payments_settle_the_oldest_debt_first() {
    let debts = || vec![debt(1, 100, 100), debt(2, 50, 150), debt(3, 70, 220)];
    let rests = |paid| -> Vec<(i64, i64)> {
        let open = unpaid(debts(), paid);
        open.iter().map(|o| (o.entry.seq, o.rest_minor)).collect()
    };
    assert_eq!(rests(0), [(1, 100), (2, 50), (3, 70)]);
    assert_eq!(rests(99), [(1, 1), (2, 50), (3, 70)]);
    assert_eq!(rests(100), [(2, 50), (3, 70)]);
    assert_eq!(rests(160), [(3, 60)]);
    assert_eq!(rests(500), []);
}

#[test]
fn what_a_change_is_about_is_read_back() {
    let cny = Currency::parse("CNY").unwrap();
    for worth in [
        Worth::Money(-5, cny),
        Worth::Terms(Terms::parse("eom 15").unwrap()),
        Worth::Terms(Terms::parse("30").unwrap()),
        Worth::Zone("Europe/Berlin".to_owned()),
        Worth::Flag(true),
        Worth::Flag(false),
    ] {
        assert_eq!(Worth::parse(&worth.code()), Some(worth));
    }
    assert_eq!(Worth::parse(""), None);
}

#[test]
fn a_plan_says_what_it_changes() {
    let seen = account(1000, 300, 0);
    let paid = Plan::new(What::Repay(400, "TX-1".to_owned()), "", &seen);
    assert_eq!((&*paid.before, &*paid.after), ("300 CNY", "-100 CNY"));
    let opened = Plan::new(What::Open(500), "new", &account(0, 0, 0));
    assert_eq!((&*opened.before, &*opened.after), ("", "500 CNY"));
    let owes = What::Adjust(20).applied(&seen);
    assert_eq!((owes.balance_minor, owes.debts_minor), (320, 320));
}
