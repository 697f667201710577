//! Accounts that transcripts and tests need: opened and booked on in the store, as staff would.

use std::sync::atomic::{AtomicU64, Ordering};

use ks_order::domain::credit::Op;
use ks_order::kernel::{AccountId, CompanyId, Currency, CustomerId, IdSource, Money, Timestamp};
use ks_order::store::credit::{Booking, book, page};
use ks_order::store::stock::Stamp;
use ks_order::store::{Db, StoreError};

/// What no row of the inbox caused.
const NO_CAUSE: i64 = 0;

/// The account of a person, or of the company of that id.
pub fn account_of(whose: &str, person: Option<i64>) -> AccountId {
    match person {
        Some(id) => AccountId::Person(CustomerId(id)),
        None => AccountId::Company(CompanyId(whose.to_owned())),
    }
}

/// An amount in the sample shops' currency, in minor units.
pub fn minor(amount: &str) -> i64 {
    let currency = Currency::parse("CNY").unwrap();
    Money::parse(amount, currency).unwrap().minor
}

/// Ids that no other source of the test gives, however many there are within a millisecond.
fn fresh(now: Timestamp) -> IdSource {
    static SOURCES: AtomicU64 = AtomicU64::new(7);
    // A source gives fewer than so many.
    IdSource::new(SOURCES.fetch_add(64, Ordering::Relaxed), now)
}

/// Opens an account with a limit.
pub async fn opened(
    db: &Db,
    (id, limit_minor): (&AccountId, i64),
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut ids = fresh(now);
    let mut stamp = Stamp {
        cause: NO_CAUSE,
        now,
        ids: &mut ids,
    };
    let mut tx = db.begin().await?;
    super::account::open(&mut tx, id, limit_minor, &mut stamp).await;
    tx.commit().await
}

/// Books what changes the balance. A debt is due when `due` says.
pub async fn booked(
    db: &Db,
    (id, op): (&AccountId, Op),
    (balance, due): (i64, Option<Timestamp>),
    reference: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut ids = fresh(now);
    let mut stamp = Stamp {
        cause: NO_CAUSE,
        now,
        ids: &mut ids,
    };
    let mut tx = db.begin().await?;
    // What is given back is a part of the last order that was received.
    let order = match op {
        Op::Refunded => {
            let entries = page(&mut tx, id, 0, 99).await?;
            let mut charged = entries.into_iter().filter(|entry| entry.op == Op::Charged);
            charged.next().and_then(|entry| entry.order)
        }
        _ => None,
    };
    let booking = Booking {
        balance,
        order,
        due: due.filter(|_| balance > 0),
        reference,
        comment: "seen by staff alone",
        ..Booking::new(id, op)
    };
    assert!(book(&mut tx, &booking, &mut stamp).await?);
    tx.commit().await
}
