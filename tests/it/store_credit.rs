//! What the store promises of accounts and their ledger, on both databases.

use ks_order::domain::credit::{Account, Op, unpaid};
use ks_order::domain::orders::Event;
use ks_order::kernel::{AccountId, Currency, CustomerId, IdSource, OrderId, Timestamp};
use ks_order::store::credit::{Booking, BudgetGuard, Guard};
use ks_order::store::verify::{Now, verify};
use ks_order::store::{Tx, carts, credit, orders};

use crate::both;
use crate::support::account::{blank, company};
use crate::support::chance::Chance;
use crate::support::db::TestDb;
use crate::support::trade::{COOK, NOW, TERM, Trade, ids, stamp, step};
use crate::verify_credit::acme;

pub fn own() -> AccountId {
    AccountId::Person(CustomerId(7))
}

pub fn money() -> Currency {
    Currency::parse("CNY").unwrap()
}

/// Opens an account with this limit.
pub async fn opened(tx: &mut Tx, id: &AccountId, limit: i64, ids: &mut IdSource) {
    let word = (Some(COOK), "new customer");
    let done = credit::open(tx, &blank(id, limit), word, &mut stamp(ids)).await;
    assert!(done.unwrap());
}

pub async fn book(tx: &mut Tx, booking: &Booking<'_>, ids: &mut IdSource) -> bool {
    credit::book(tx, booking, &mut stamp(ids)).await.unwrap()
}

pub async fn found(tx: &mut Tx, id: &AccountId) -> Account {
    credit::find(tx, id).await.unwrap().unwrap()
}

/// Everything that must hold does.
pub async fn proven(tx: &mut Tx) {
    let now = Now {
        business: NOW,
        real: NOW,
    };
    let mut found = verify(tx, now).await.unwrap();
    // Nothing of these tests came through an inbox.
    found.retain(|violation| violation.rule != "orders.cause-known");
    assert_eq!(found, []);
}

/// Places an order on the trade's account for so many of what costs 1850.
pub async fn placed(trade: &Trade, tx: &mut Tx, (order, who): (i64, i64), quantity: i64) {
    let mut cart = trade.cart(order + 1000, who, &[("water", quantity)]);
    assert!(carts::save(tx, &mut cart, NOW).await.unwrap());
    assert!(trade.place(tx, &cart, order).await.unwrap());
}

both!(an_account_is_opened_once, |test: TestDb| async move {
    let mut ids = ids(1);
    let mut tx = test.db.begin().await.unwrap();
    assert_eq!(credit::find(&mut tx, &own()).await.unwrap(), None);
    let before = tx.statements();
    opened(&mut tx, &own(), 5_000, &mut ids).await;
    assert_eq!(tx.statements() - before, 2);
    assert_eq!(found(&mut tx, &own()).await, blank(&own(), 5_000));
    let again = blank(&own(), 9_000);
    let again = credit::open(&mut tx, &again, (None, ""), &mut stamp(&mut ids)).await;
    assert!(!again.unwrap());
    assert_eq!(found(&mut tx, &own()).await.limit_minor, 5_000);
    let page = credit::page(&mut tx, &own(), 0, 9).await.unwrap();
    assert_eq!(page.len(), 1);
    let first = &page[0];
    assert_eq!(
        (first.op, first.seq, first.amount_minor),
        (Op::Allocated, 1, 5_000)
    );
    assert_eq!(first.comment, "new customer");
    assert_eq!((first.actor, first.at), (Some(COOK), NOW));
    assert_eq!((first.limit_after, first.available_after()), (5_000, 5_000));
    proven(&mut tx).await;
    tx.commit().await.unwrap();
});

both!(it_is_set_only_as_it_was_seen, |test: TestDb| async move {
    let mut ids = ids(2);
    let mut tx = test.db.begin().await.unwrap();
    opened(&mut tx, &own(), 5_000, &mut ids).await;
    let seen = found(&mut tx, &own()).await;
    let to = Account {
        limit_minor: 3_000,
        blocked: true,
        may_exceed: true,
        ..seen.clone()
    };
    let word = (Some(COOK), "late again");
    let before = tx.statements();
    let set = credit::set(&mut tx, (&seen, &to), word, &mut stamp(&mut ids)).await;
    assert!(set.unwrap());
    assert_eq!(tx.statements() - before, 2);
    let now = found(&mut tx, &own()).await;
    assert_eq!(
        now,
        Account {
            seq: 2,
            ..to.clone()
        }
    );
    // Somebody else who saw it as it was is slower, and writes nothing.
    let late = credit::set(&mut tx, (&seen, &seen), word, &mut stamp(&mut ids)).await;
    assert!(!late.unwrap());
    assert_eq!(found(&mut tx, &own()).await, now);
    let page = credit::page(&mut tx, &own(), 0, 9).await.unwrap();
    assert_eq!((page[0].op, page[0].amount_minor), (Op::Updated, -2_000));
    assert_eq!((page.len(), page[0].limit_after), (2, 3_000));
    proven(&mut tx).await;
    tx.commit().await.unwrap();
});

both!(what_it_relies_on_is_repeated, |test: TestDb| async move {
    let mut ids = ids(3);
    let mut tx = test.db.begin().await.unwrap();
    opened(&mut tx, &own(), 5_000, &mut ids).await;
    tx.commit().await.unwrap();
    let own = own();
    let of = |open: &str, more: i64| Booking {
        held: more,
        order: Some(OrderId(31)),
        guard: Guard {
            open: Some(Currency::parse(open).unwrap()),
            room: true,
            seq: None,
            budget: None,
        },
        ..Booking::new(&own, Op::Purchased)
    };
    let set = |blocked, may_exceed, limit_minor| {
        move |seen: &Account| Account {
            blocked,
            may_exceed,
            limit_minor,
            ..seen.clone()
        }
    };
    for (to, booking, fits) in [
        (set(false, false, 5_000), of("CNY", 5_000), true),
        (set(false, false, 5_000), of("CNY", 5_001), false),
        (set(false, true, 5_000), of("CNY", 5_001), true),
        (set(false, false, 4_999), of("CNY", 5_000), false),
        (set(true, false, 5_000), of("CNY", 1), false),
        (set(true, true, 5_000), of("CNY", 1), false),
        (set(false, false, 5_000), of("USD", 1), false),
        // What nothing guards is booked whatever the account is like.
        (
            set(true, false, 0),
            Booking {
                guard: Guard::default(),
                ..of("CNY", 1)
            },
            true,
        ),
    ] {
        let mut tx = test.db.begin().await.unwrap();
        let seen = found(&mut tx, &own).await;
        let to = to(&seen);
        let set = credit::set(&mut tx, (&seen, &to), (None, ""), &mut stamp(&mut ids)).await;
        assert!(set.unwrap());
        let (all, counted) = (tx.statements(), tx.statements_on_account());
        let booked = book(&mut tx, &booking, &mut ids).await;
        assert_eq!(booked, fits, "{to:?} {booking:?}");
        let took = tx.statements() - all;
        assert_eq!(took, if fits { 2 } else { 1 });
        assert_eq!(tx.statements_on_account() - counted, took);
        tx.rollback().await.unwrap();
    }
    let mut tx = test.db.begin().await.unwrap();
    assert_eq!(found(&mut tx, &own).await, blank(&own, 5_000));
    let nobody = AccountId::Person(CustomerId(99));
    let lost = Booking::new(&nobody, Op::Adjusted);
    assert!(!book(&mut tx, &lost, &mut ids).await, "no such account");
    proven(&mut tx).await;
    tx.rollback().await.unwrap();
});

both!(
    a_budget_is_repeated_and_cancelled_orders_give_back,
    |test: TestDb| async move {
        let mut ids = ids(4);
        let mut trade = Trade::new(9);
        trade.account = Some(acme());
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        company(
            &mut tx,
            &"acme".into(),
            &[CustomerId(7), CustomerId(8)],
            NOW,
        )
        .await;
        opened(&mut tx, &acme(), 1_000_000, &mut ids).await;
        placed(&trade, &mut tx, (31, 7), 2).await; // 3700
        placed(&trade, &mut tx, (32, 8), 5).await; // somebody else's
        tx.commit().await.unwrap();
        let acme = acme();
        let booking = |order: i64, total: i64, since: Timestamp| Booking {
            held: total,
            order: Some(OrderId(order)),
            guard: Guard {
                open: Some(money()),
                room: true,
                seq: None,
                budget: Some(BudgetGuard {
                    member: CustomerId(7),
                    since,
                    limit_minor: 5_000,
                    total_minor: total,
                }),
            },
            ..Booking::new(&acme, Op::Purchased)
        };
        for (what, booking, fits) in [
            ("all that is left", booking(33, 1_300, NOW), true),
            ("a little more", booking(33, 1_301, NOW), false),
            ("a new period", booking(33, 5_000, NOW.plus(1)), true),
            ("more than any", booking(33, 5_001, NOW.plus(1)), false),
        ] {
            let mut tx = test.db.begin().await.unwrap();
            let before = found(&mut tx, &acme).await;
            assert_eq!(book(&mut tx, &booking, &mut ids).await, fits, "{what}");
            tx.rollback().await.unwrap();
            let mut tx = test.db.read().await.unwrap();
            assert_eq!(found(&mut tx, &acme).await, before, "{what}: undone");
            tx.rollback().await.unwrap();
        }
        // The order that is changed itself is not counted twice.
        let mut tx = test.db.begin().await.unwrap();
        let amended = Booking {
            op: Op::Amended,
            held: 1_300,
            ..booking(31, 5_000, NOW)
        };
        assert!(book(&mut tx, &amended, &mut ids).await);
        tx.rollback().await.unwrap();
        // One that is called off gives back.
        let mut tx = test.db.begin().await.unwrap();
        let order = orders::get(&mut tx, OrderId(31)).await.unwrap();
        step(&mut tx, &order, Event::Cancel, &mut ids)
            .await
            .unwrap();
        proven(&mut tx).await;
        let again = booking(33, 5_000, NOW);
        assert!(book(&mut tx, &again, &mut ids).await);
        tx.rollback().await.unwrap();
    }
);

both!(nothing_is_booked_twice, |test: TestDb| async move {
    let mut ids = ids(5);
    let mut tx = test.db.begin().await.unwrap();
    opened(&mut tx, &own(), 50_000, &mut ids).await;
    company(&mut tx, &"acme".into(), &[CustomerId(7)], NOW).await;
    opened(&mut tx, &acme(), 50_000, &mut ids).await;
    tx.commit().await.unwrap();
    let (own, acme) = (own(), acme());
    let of = |account, op, balance: i64| Booking {
        balance,
        due: (balance > 0).then_some(NOW),
        ..Booking::new(account, op)
    };
    let order = |op, held, balance| Booking {
        held,
        order: Some(OrderId(31)),
        ..of(&own, op, balance)
    };
    let named = |booking| Booking {
        reference: Some("TX-1"),
        ..booking
    };
    let elsewhere = |booking| Booking {
        account: &acme,
        ..booking
    };
    for (first, again, refused) in [
        (order(Op::Purchased, 5, 0), order(Op::Purchased, 5, 0), true),
        (order(Op::Charged, 0, 5), order(Op::Charged, 0, 5), true),
        (order(Op::Reverted, 0, 0), order(Op::Reverted, 0, 0), true),
        (order(Op::Amended, 1, 0), order(Op::Amended, 1, 0), false),
        // A repayment, on whichever account.
        (
            named(of(&own, Op::Reimbursed, -9)),
            named(of(&own, Op::Reimbursed, -8)),
            true,
        ),
        (
            named(of(&own, Op::Reimbursed, -9)),
            elsewhere(named(of(&own, Op::Reimbursed, -9))),
            true,
        ),
        (of(&own, Op::Opened, 9), of(&own, Op::Opened, 9), true),
        (
            of(&own, Op::Opened, 9),
            elsewhere(of(&own, Op::Opened, 9)),
            false,
        ),
        (
            named(order(Op::Refunded, 0, -2)),
            named(order(Op::Refunded, 0, -2)),
            true,
        ),
        (
            order(Op::Refunded, 0, -2),
            order(Op::Refunded, 0, -2),
            false,
        ),
        (
            named(of(&own, Op::Adjusted, 2)),
            named(of(&own, Op::Adjusted, 2)),
            true,
        ),
        (of(&own, Op::Adjusted, 2), of(&own, Op::Adjusted, 2), false),
    ] {
        let mut tx = test.db.begin().await.unwrap();
        assert!(book(&mut tx, &first, &mut ids).await, "{first:?}");
        let once = found(&mut tx, again.account).await;
        let booked = book(&mut tx, &again, &mut ids).await;
        assert_eq!(booked, !refused, "{again:?}");
        if refused && first.account == again.account {
            let page = credit::page(&mut tx, &own, 0, 9).await.unwrap();
            assert_eq!(page[0].seq, once.seq, "no second entry");
        }
        tx.rollback().await.unwrap();
    }
    let mut tx = test.db.begin().await.unwrap();
    assert_eq!(credit::repaid(&mut tx, "TX-1").await.unwrap(), None);
    let paid = named(of(&own, Op::Reimbursed, -9));
    assert!(book(&mut tx, &paid, &mut ids).await);
    let on = credit::repaid(&mut tx, "TX-1").await.unwrap();
    assert_eq!(on, Some(own.clone()));
    tx.rollback().await.unwrap();
});

/// What an account owes, kept as a person would: a list of debts, paid oldest first.
#[derive(Default)]
struct Ledger {
    debts: Vec<(i64, Timestamp)>,
    ahead: i64,
}

impl Ledger {
    fn owes(&mut self, amount: i64, due: Timestamp) {
        let covered = amount.min(self.ahead);
        self.ahead -= covered;
        if amount > covered {
            self.debts.push((amount - covered, due));
        }
    }

    fn pays(&mut self, mut amount: i64) {
        while amount > 0 {
            let Some(first) = self.debts.first_mut() else {
                self.ahead += amount;
                return;
            };
            let paid = amount.min(first.0);
            (first.0, amount) = (first.0 - paid, amount - paid);
            if first.0 == 0 {
                self.debts.remove(0);
            }
        }
    }

    fn balance(&self) -> i64 {
        self.debts.iter().map(|(rest, _)| rest).sum::<i64>() - self.ahead
    }

    fn due(&self) -> Option<Timestamp> {
        self.debts.iter().map(|(_, due)| *due).min()
    }
}

/// What is left of each debt by the store.
async fn debts(tx: &mut Tx, account: &Account) -> Vec<(i64, Timestamp)> {
    let paid = account.debts_minor - account.balance_minor;
    let open = credit::debts(tx, &account.id, paid, 1_000).await.unwrap();
    let left = unpaid(open, paid).into_iter();
    left.map(|open| (open.rest_minor, open.entry.due.unwrap()))
        .collect()
}

both!(
    debts_are_paid_oldest_first_whatever_comes_in_between,
    |test: TestDb| async move {
        let mut ids = ids(6);
        let mut chance = Chance::new("debts_are_paid_oldest_first");
        let own = own();
        let mut tx = test.db.begin().await.unwrap();
        opened(&mut tx, &own, 0, &mut ids).await;
        let mut model = Ledger::default();
        let mut held = 0;
        for n in 0..150_i64 {
            let amount = i64::try_from(chance.below(900)).unwrap() + 1;
            // Terms change: what was received later may be due earlier.
            let due = NOW.plus(i64::try_from(chance.below(60)).unwrap() * TERM / 30);
            let reference = format!("TX-{n}");
            let plain = Booking::new(&own, Op::Adjusted);
            let owes = Booking {
                balance: amount,
                due: Some(due),
                ..plain.clone()
            };
            let pays = Booking {
                balance: -amount,
                reference: Some(&reference),
                ..plain.clone()
            };
            let booking = match chance.below(7) {
                0 | 1 => Booking {
                    op: Op::Reimbursed,
                    ..pays
                },
                2 => pays,
                3 => owes,
                4 | 5 => Booking {
                    op: Op::Charged,
                    order: Some(OrderId(n)),
                    held: -amount.min(held),
                    ..owes
                },
                _ => Booking {
                    op: Op::Amended,
                    order: Some(OrderId(n)),
                    held: amount,
                    ..plain
                },
            };
            held += booking.held;
            match booking.balance {
                0 => {}
                more if more > 0 => model.owes(more, due),
                less => model.pays(-less),
            }
            assert!(book(&mut tx, &booking, &mut ids).await, "{booking:?}");
            let now = found(&mut tx, &own).await;
            let (balance, due) = (model.balance(), model.due());
            let kept = (now.balance_minor, now.due, now.held_minor);
            assert_eq!(kept, (balance, due, held), "{booking:?}");
            assert_eq!(debts(&mut tx, &now).await, model.debts);
        }
        tx.rollback().await.unwrap();
    }
);

both!(
    a_debt_after_a_credit_balance_is_what_it_leaves,
    |test: TestDb| async move {
        let mut ids = ids(7);
        let own = own();
        let mut tx = test.db.begin().await.unwrap();
        opened(&mut tx, &own, 0, &mut ids).await;
        let (soon, later) = (NOW.plus(TERM), NOW.plus(2 * TERM));
        for (op, balance, due, owed, is_due) in [
            (Op::Opened, 500, Some(soon), 500, Some(soon)),
            (Op::Reimbursed, -700, None, -200, None),
            (Op::Adjusted, 150, Some(soon), -50, None),
            (Op::Adjusted, 50, Some(soon), 0, None),
            (Op::Adjusted, 1, Some(later), 1, Some(later)),
            (Op::Adjusted, 80, Some(soon), 81, Some(soon)),
            (Op::Adjusted, -1, None, 80, Some(soon)),
            (Op::Adjusted, -80, None, 0, None),
        ] {
            let booking = Booking {
                balance,
                due,
                reference: (op == Op::Reimbursed).then_some("TX-2"),
                ..Booking::new(&own, op)
            };
            assert!(book(&mut tx, &booking, &mut ids).await);
            let now = found(&mut tx, &own).await;
            assert_eq!((now.balance_minor, now.due), (owed, is_due), "{booking:?}");
            proven(&mut tx).await;
        }
        tx.commit().await.unwrap();
    }
);
