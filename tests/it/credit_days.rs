//! Budgets and due days across the nights in which clocks change, by the calendar of the account:
//! Berlin goes forward on 2026-03-29 and back on 2026-10-25.

use std::path::Path;

use ks_order::app::credit::{Left, Seen, due_moment, overdue_days, zone};
use ks_order::domain::companies::{Details, Role};
use ks_order::domain::credit::{Account, Budget, Period};
use ks_order::kernel::{AccountId, Currency, CustomerId, Money, OrderId, Timestamp};
use ks_order::shop::{Shop, Source};
use ks_order::store::companies::Membership;
use ks_order::store::glance::{Ask, Glance, Spent, glance};
use ks_order::store::{carts, credit};

use crate::both;
use crate::support::account::{blank, company};
use crate::support::db::TestDb;
use crate::support::trade::{NOW, Trade, ids, stamp};
use crate::verify::plant;
use crate::verify_credit::acme;

const MEMBER: CustomerId = CustomerId(7);
/// In minor units.
const BUDGET: i64 = 5_000;

/// A shop in Shanghai: the days that count are the account's.
fn shop() -> Shop {
    let retail = Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogues/retail");
    Shop::load(&Source::Folder(retail)).unwrap()
}

fn at(text: &str) -> Timestamp {
    let time = chrono::DateTime::parse_from_rfc3339(text).unwrap();
    Timestamp(time.timestamp_millis())
}

fn berlin() -> Account {
    Account {
        zone: "Europe/Berlin".to_owned(),
        ..blank(&acme(), 1_000_000)
    }
}

fn member(period: Period) -> Membership {
    Membership {
        company: "acme".into(),
        role: Role::Buyer,
        active: true,
        budget: Some(Budget {
            limit_minor: BUDGET,
            period,
        }),
        details: Details::default(),
    }
}

/// What is left of the member's budget at `now`, of whose orders the glance knows.
fn left(glance: &Glance, period: Period, now: Timestamp) -> Left {
    let member = member(period);
    let seen = Seen {
        glance,
        who: MEMBER,
        company: Some(&member),
    };
    let total = Money::new(1, Currency::parse("CNY").unwrap());
    seen.stand((&shop(), now), total, None)
        .unwrap()
        .budget
        .unwrap()
}

fn spent(orders: &[&str]) -> Glance {
    let spent = orders.iter().zip(1..).map(|(placed, n)| Spent {
        account: acme(),
        order: OrderId(n),
        placed: at(placed),
        total_minor: 10_i64.pow(u32::try_from(n).unwrap() - 1),
    });
    Glance {
        accounts: vec![berlin()],
        spent: spent.collect(),
        ..Glance::default()
    }
}

#[test]
fn periods_begin_at_midnight_whatever_the_clocks_do() {
    use Period::{Day, Month, Week};
    let nothing = spent(&[]);
    for (period, now, since) in [
        // The last moment before, the first of it; a day of 23 hours.
        (Day, "2026-03-28T22:59:59Z", "2026-03-27T23:00:00Z"),
        (Day, "2026-03-28T23:00:00Z", "2026-03-28T23:00:00Z"),
        (Day, "2026-03-29T01:30:00Z", "2026-03-28T23:00:00Z"),
        (Day, "2026-03-29T21:59:59Z", "2026-03-28T23:00:00Z"),
        (Day, "2026-03-29T22:00:00Z", "2026-03-29T22:00:00Z"),
        // A day of 25 hours, the hour that comes twice included.
        (Day, "2026-10-24T21:59:59Z", "2026-10-23T22:00:00Z"),
        (Day, "2026-10-24T22:00:00Z", "2026-10-24T22:00:00Z"),
        (Day, "2026-10-25T00:30:00Z", "2026-10-24T22:00:00Z"),
        (Day, "2026-10-25T01:30:00Z", "2026-10-24T22:00:00Z"),
        (Day, "2026-10-25T22:59:59Z", "2026-10-24T22:00:00Z"),
        (Day, "2026-10-25T23:00:00Z", "2026-10-25T23:00:00Z"),
        (Week, "2026-03-29T21:59:59Z", "2026-03-22T23:00:00Z"),
        (Week, "2026-03-29T22:00:00Z", "2026-03-29T22:00:00Z"),
        (Week, "2026-10-25T22:59:59Z", "2026-10-18T22:00:00Z"),
        (Week, "2026-10-25T23:00:00Z", "2026-10-25T23:00:00Z"),
        (Month, "2026-03-31T21:59:59Z", "2026-02-28T23:00:00Z"),
        (Month, "2026-03-31T22:00:00Z", "2026-03-31T22:00:00Z"),
        (Month, "2026-10-31T22:59:59Z", "2026-09-30T22:00:00Z"),
        (Month, "2026-10-31T23:00:00Z", "2026-10-31T23:00:00Z"),
    ] {
        let left = left(&nothing, period, at(now));
        assert_eq!(left.since, at(since), "{period} at {now}");
        assert_eq!((left.left_minor, left.member), (BUDGET, MEMBER));
    }
}

#[test]
fn orders_of_a_minute_before_and_after_midnight_count_on_their_own_day() {
    use Period::{Day, Month};
    // 23:59 and 00:01 in Berlin, at the beginning and at the end of each.
    for (period, orders, now) in [
        (
            Day,
            [
                "2026-03-28T22:59:00Z",
                "2026-03-28T23:01:00Z",
                "2026-03-29T21:59:00Z",
            ],
            "2026-03-29T21:59:30Z",
        ),
        (
            Day,
            [
                "2026-10-24T21:59:00Z",
                "2026-10-24T22:01:00Z",
                "2026-10-25T22:59:00Z",
            ],
            "2026-10-25T22:59:30Z",
        ),
        (
            Month,
            [
                "2026-02-28T22:59:00Z",
                "2026-02-28T23:01:00Z",
                "2026-03-31T21:59:00Z",
            ],
            "2026-03-31T21:59:30Z",
        ),
        (
            Month,
            [
                "2026-09-30T21:59:00Z",
                "2026-09-30T22:01:00Z",
                "2026-10-31T22:59:00Z",
            ],
            "2026-10-31T22:59:30Z",
        ),
    ] {
        // 1, 10 and 100: the first was yesterday, or last month.
        let glance = spent(&orders);
        let (now, later) = (at(now), at(now).plus(60_000));
        let before = left(&glance, period, now).left_minor;
        assert_eq!(before, BUDGET - 110, "{period} {orders:?}");
        let after = left(&glance, period, later).left_minor;
        assert_eq!(after, BUDGET, "{period}: a new one");
    }
}

#[test]
fn what_is_due_is_due_at_the_end_of_its_day() {
    let (shop, account) = (shop(), berlin());
    for (received, due) in [
        // Thirty days later, across the change: midnight is an hour earlier, or later.
        ("2026-03-01T12:00:00Z", "2026-03-31T22:00:00Z"),
        ("2026-10-01T12:00:00Z", "2026-10-31T23:00:00Z"),
        // On the day itself, at either end of it.
        ("2026-02-26T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("2026-02-27T22:59:59Z", "2026-03-29T22:00:00Z"),
    ] {
        let moment = due_moment(&shop, &account, at(received));
        assert_eq!(moment, at(due), "{received}");
        let owing = Account {
            due: Some(moment),
            ..account.clone()
        };
        let zone = zone(&shop, &owing);
        for (later, days) in [(-1, 0), (0, 1), (22 * 3_600_000, 1), (25 * 3_600_000, 2)] {
            let late = overdue_days(&owing, &zone, moment.plus(later));
            assert_eq!(late, days, "{later} after {due}");
        }
    }
}

both!(
    the_longest_month_is_seen_to_its_end,
    |test: TestDb| async move {
        let mut ids = ids(11);
        let mut tx = test.db.begin().await.unwrap();
        company(&mut tx, &"acme".into(), &[MEMBER], NOW).await;
        let opened = credit::open(&mut tx, &berlin(), (None, ""), &mut stamp(&mut ids)).await;
        assert!(opened.unwrap());
        let mut trade = Trade::new(9);
        trade.account = Some(acme());
        for order in [31, 32] {
            let mut cart = trade.cart(order + 100, MEMBER.0, &[("water", 1)]);
            assert!(carts::save(&mut tx, &mut cart, NOW).await.unwrap());
            assert!(trade.place(&mut tx, &cart, order).await.unwrap());
        }
        tx.commit().await.unwrap();
        // One minute before the month and one minute after it began.
        for (order, placed) in [(31, "2026-09-30T21:59:00Z"), (32, "2026-09-30T22:01:00Z")] {
            let placed = at(placed).0;
            let text = format!("update orders set placed_ms = {placed} where id = {order}");
            plant(&test, &text).await;
        }
        let budget = "update company_members set budget_minor = 5000, budget_period = 'month'";
        plant(&test, budget).await;
        let ask = Ask {
            who: Some(MEMBER),
            companies: true,
            credit: true,
            ..Ask::default()
        };
        let mut tx = test.db.read().await.unwrap();
        for (now, left_minor) in [
            ("2026-10-31T22:59:59Z", BUDGET - 1_850),
            ("2026-10-31T23:00:00Z", BUDGET),
        ] {
            let seen = glance(&mut tx, &ask, at(now)).await.unwrap();
            assert_eq!(seen.companies[0].budget, member(Period::Month).budget);
            let left = left(&seen, Period::Month, at(now));
            assert_eq!(left.left_minor, left_minor, "{now}");
        }
        tx.rollback().await.unwrap();
    }
);

#[test]
fn a_persons_own_account_has_no_budget() {
    let own = AccountId::Person(MEMBER);
    let glance = Glance {
        accounts: vec![blank(&own, 10)],
        ..Glance::default()
    };
    let seen = Seen {
        glance: &glance,
        who: MEMBER,
        company: None,
    };
    let total = Money::new(1, Currency::parse("CNY").unwrap());
    let stand = seen.stand((&shop(), NOW), total, None).unwrap();
    assert!(stand.budget.is_none() && stand.refusal().is_none());
}
