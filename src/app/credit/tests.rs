use super::*;
use crate::domain::approvals::{Fired, Value};
use crate::domain::credit::{Period, Terms};
use crate::kernel::Currency;

fn stand(limit: i64, total: i64, budget_left: Option<i64>) -> Stand {
    let currency = Currency::parse("CNY").unwrap();
    let account = Account {
        id: AccountId::Company("lucky".into()),
        currency,
        limit_minor: limit,
        may_exceed: false,
        blocked: false,
        terms: Terms::parse("30").unwrap(),
        zone: "Asia/Shanghai".to_owned(),
        balance_minor: 0,
        held_minor: 0,
        waiting_minor: 0,
        debts_minor: 0,
        due: None,
        seq: 1,
    };
    Stand {
        account,
        total: Money::new(total, currency),
        more_minor: total,
        budget: budget_left.map(|left_minor| Left {
            budget: Budget {
                limit_minor: 1000,
                period: Period::Month,
            },
            member: CustomerId(7),
            since: Timestamp(5),
            left_minor,
        }),
        due: "2026-12-24".parse().unwrap(),
        overdue_days: 0,
    }
}

fn asked(facts: &[&str]) -> Decision {
    let fired = facts.iter().map(|fact| Fired {
        rule: "rule".to_owned(),
        values: vec![((*fact).to_owned(), Value::Number(-1))],
        failed: false,
        warns: false,
    });
    Decision::Need {
        fired: fired.collect(),
        tiers: Vec::new(),
    }
}

#[test]
fn what_fits_is_placed_and_repeated_by_the_booking() {
    let fits = stand(500, 500, Some(500));
    assert_eq!(fits.refusal(), None);
    assert!(fits.is_let(&Decision::Approve(Vec::new())));
    let guard = fits.guard();
    assert!(guard.room && guard.open.is_some());
    let budget = guard.budget.unwrap();
    assert_eq!((budget.limit_minor, budget.total_minor), (1000, 500));
}

#[test]
fn too_much_is_let_by_a_rule_that_looked_at_just_that() {
    let short = stand(499, 500, None);
    assert_eq!(short.refusal(), Some(Refusal::Short(1)));
    assert!(!short.is_let(&Decision::Approve(Vec::new())));
    assert!(
        !short.is_let(&asked(&["order.total_minor"])),
        "another reason"
    );
    assert!(!short.is_let(&asked(&["budget.left_after"])));
    assert!(!short.is_let(&asked(&["credit.overdue_days"])));
    assert!(short.is_let(&asked(&["order.total_minor", "credit.available_after"])));
    assert!(!short.guard().room, "people decide about it");
    assert!(
        short.guard().open.is_some(),
        "but never on a blocked account"
    );
}

#[test]
fn a_warning_and_a_rule_that_failed_let_nothing_through() {
    let short = stand(499, 500, None);
    for (failed, warns) in [(true, false), (false, true)] {
        let Decision::Need { mut fired, tiers } = asked(&["credit.available_after"]) else {
            unreachable!()
        };
        (fired[0].failed, fired[0].warns) = (failed, warns);
        assert!(!short.is_let(&Decision::Need { fired, tiers }));
    }
}

#[test]
fn a_budget_and_a_limit_are_each_let_by_their_own_rule() {
    let over = stand(1000, 500, Some(499));
    assert_eq!(over.refusal(), Some(Refusal::Budget(1)));
    assert!(!over.is_let(&asked(&["credit.available_after"])));
    assert!(over.is_let(&asked(&["budget.left_after"])));
    assert!(over.guard().budget.is_none() && over.guard().room);
    let both = stand(499, 500, Some(499));
    assert!(!both.is_let(&asked(&["credit.available_after"])));
    assert!(both.is_let(&asked(&["credit.available_after", "budget.left_after"])));
}

#[test]
fn nobody_lets_an_order_onto_a_blocked_account_or_one_in_another_currency() {
    let mut blocked = stand(1000, 500, None);
    blocked.account.blocked = true;
    assert!(!blocked.is_let(&asked(&["credit.available_after"])));
    let mut foreign = stand(1000, 500, None);
    foreign.account.currency = Currency::parse("USD").unwrap();
    assert_eq!(
        foreign.refusal(),
        Some(Refusal::Currency(foreign.account.currency))
    );
    assert!(!foreign.is_let(&asked(&["credit.available_after"])));
}

#[test]
fn less_than_before_is_let_whatever_is_left() {
    let mut less = stand(100, 500, Some(-300));
    less.more_minor = -200;
    assert_eq!(less.refusal(), None);
}

#[test]
fn days_overdue_are_those_of_the_accounts_calendar() {
    let mut account = stand(1, 1, None).account;
    let zone = Zone::parse("Europe/Berlin").unwrap();
    // Due on 28 March: overdue from midnight on, also over the night that is an hour shorter.
    let at = |day: &str, minute| zone.moment(day.parse().unwrap(), minute);
    account.due = Some(at("2026-03-29", 0));
    let days = |now| overdue_days(&account, &zone, now);
    assert_eq!(days(at("2026-03-28", 23 * 60 + 59)), 0);
    assert_eq!(days(at("2026-03-29", 0)), 1);
    assert_eq!(days(at("2026-03-29", 23 * 60 + 59)), 1);
    assert_eq!(days(at("2026-03-30", 0)), 2);
    account.due = None;
    assert_eq!(overdue_days(&account, &zone, at("2026-03-30", 0)), 0);
}
