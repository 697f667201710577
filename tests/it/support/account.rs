//! A restaurant that also sells on account, for races and kills: the pack changed as a merchant
//! would change it, and accounts written before the bot starts.

use ks_order::domain::companies::{Details, Member, Role};
use ks_order::domain::credit::{Account, Terms};
use ks_order::kernel::{AccountId, CompanyId, Currency, CustomerId, IdSource, Timestamp};
use ks_order::store::stock::Stamp;
use ks_order::store::{Db, Tx, companies, credit};

use super::db::options;

/// A change of a file of a pack: file, what is there, what is there then.
pub type Edit = (&'static str, &'static str, &'static str);

/// What makes the restaurant sell on account to who picks up.
pub const SELLS: [Edit; 5] = [
    (
        "shop.toml",
        "payments = [\"cash\"",
        "payments = [\"account\", \"cash\"",
    ),
    (
        "shop.toml",
        "[hold]",
        "[companies]\nenabled = true\n[credit]\npayment = \"account\"\n[hold]",
    ),
    (
        "flows/pickup.toml",
        "[[step]]\nid   = \"review\"",
        "[[step]]\nid = \"payment\"\nkind = \"payment\"\n[[step]]\nid   = \"review\"",
    ),
    (
        "texts/en.ftl",
        "payment-cash =",
        "pickup-payment = Payment\npickup-payment-ask = How?\npickup-payment-example = cash\npayment-account = On account\npayment-cash =",
    ),
    (
        "texts/zh-CN.ftl",
        "payment-cash =",
        "pickup-payment = 付款\npickup-payment-ask = 怎么付？\npickup-payment-example = 现金\npayment-account = 挂账\npayment-cash =",
    ),
];

/// The company of these tests.
pub fn acme() -> CompanyId {
    CompanyId::from("acme")
}

/// An account with this limit, and nothing on it.
pub fn blank(id: &AccountId, limit_minor: i64) -> Account {
    Account {
        id: id.clone(),
        currency: Currency::parse("CNY").unwrap(),
        limit_minor,
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
    }
}

/// Opens an account with this limit.
pub async fn open(tx: &mut Tx, id: &AccountId, limit_minor: i64, stamp: &mut Stamp<'_>) {
    let account = blank(id, limit_minor);
    assert!(credit::open(tx, &account, (None, ""), stamp).await.unwrap());
}

/// Makes a company of these people, the first of whom looks after it.
pub async fn company(tx: &mut Tx, id: &CompanyId, people: &[CustomerId], now: Timestamp) {
    let details = Details {
        name: "ACME Ltd".to_owned(),
        ..Details::default()
    };
    let by = people[0];
    let made = companies::insert(tx, (id, &details), by, now).await;
    assert!(made.unwrap());
    for user in people {
        let member = Member {
            user: *user,
            role: if *user == by {
                Role::Admin
            } else {
                Role::Buyer
            },
            since: now,
            let_in_by: None,
            limit_minor: None,
            ordered: None,
        };
        assert!(companies::add(tx, id, &member).await.unwrap());
    }
}

/// Writes a company of these people with an account, and accounts of others of their own, into a
/// database that no bot has opened yet.
pub fn written(url: &str, people: &[i64], limit_minor: i64, others: &[i64]) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let db = Db::open(url, &options()).await.unwrap();
        let now = Timestamp(1_772_424_000_000);
        let mut ids = IdSource::new(9, now);
        let mut stamp = Stamp {
            cause: 1,
            now,
            ids: &mut ids,
        };
        let mut tx = db.begin().await.unwrap();
        if !people.is_empty() {
            let people: Vec<CustomerId> = people.iter().copied().map(CustomerId).collect();
            company(&mut tx, &acme(), &people, now).await;
            open(
                &mut tx,
                &AccountId::Company(acme()),
                limit_minor,
                &mut stamp,
            )
            .await;
        }
        for other in others {
            let id = AccountId::Person(CustomerId(*other));
            open(&mut tx, &id, limit_minor, &mut stamp).await;
        }
        tx.commit().await.unwrap();
        db.close().await;
    });
}
