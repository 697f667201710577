//! Whose orders somebody of a company sees, by the ids that a forged button would name.

use super::{Talk, toast};
use crate::chat::Post;
use crate::domain::cart::Cart;
use crate::domain::companies::{Details, Member, Role};
use crate::domain::orders::Order;
use crate::kernel::{CartId, CompanyId, CustomerId, OrderId, Timestamp};
use crate::store::{carts, companies, orders};

const LIN: CustomerId = CustomerId(7);
const WANG: CustomerId = CustomerId(8);
const NOW: Timestamp = Timestamp(super::NOON);

fn id(id: &str) -> CompanyId {
    CompanyId(id.to_owned())
}

fn member(user: CustomerId, role: Role) -> Member {
    Member {
        user,
        role,
        since: NOW,
        let_in_by: None,
        limit_minor: None,
        ordered: None,
    }
}

/// Two companies: Wang looks after one, nobody belongs to the other yet.
async fn found(talk: &Talk) {
    let mut tx = talk.db.begin().await.unwrap();
    for name in ["acme", "lake"] {
        let details = Details {
            name: name.to_owned(),
            ..Details::default()
        };
        let new = (&id(name), &details);
        assert!(companies::insert(&mut tx, new, WANG, NOW).await.unwrap());
    }
    let admin = member(WANG, Role::Admin);
    assert!(companies::add(&mut tx, &id("acme"), &admin).await.unwrap());
    tx.commit().await.unwrap();
}

/// Makes Lin this in one company and nothing in any other.
async fn lin_is(talk: &Talk, company: &str, role: Role) {
    let mut tx = talk.db.begin().await.unwrap();
    for name in ["acme", "lake"] {
        companies::remove(&mut tx, &id(name), LIN).await.unwrap();
    }
    let lin = member(LIN, role);
    assert!(companies::add(&mut tx, &id(company), &lin).await.unwrap());
    tx.commit().await.unwrap();
}

/// The same order by Wang for their company.
async fn by_wang(talk: &Talk, order: &Order) -> OrderId {
    let mut tx = talk.db.begin().await.unwrap();
    let mut other = order.clone();
    other.id = OrderId(order.id.0 + 1);
    other.customer = WANG;
    other.number += 1;
    let mut cart = Cart::new(CartId(99), WANG, &order.flow);
    assert!(carts::save(&mut tx, &mut cart, NOW).await.unwrap());
    let mut events = orders::events(&mut tx, order.id).await.unwrap();
    for event in &mut events {
        event.order = other.id;
    }
    let written = orders::insert(&mut tx, &other, cart.id, &events).await;
    assert!(written.unwrap());
    tx.commit().await.unwrap();
    other.id
}

/// Whether a forged button shows Lin an order.
async fn shows(talk: &mut Talk, order: OrderId) -> bool {
    let card = talk.session.as_ref().unwrap().card;
    let out = talk.press(&format!("yQ.{order}~{card}")).await;
    let refused = out.iter().any(|out| {
        matches!(out, Post::Answer { text: Some(text), alert: true, .. } if text.contains("not yours"))
    });
    !refused
}

#[tokio::test]
async fn an_admin_sees_all_orders_of_their_company_and_none_of_another() {
    let mut talk = Talk::new().await;
    found(&talk).await;
    lin_is(&talk, "acme", Role::Buyer).await;
    super::to_review(&mut talk).await;
    talk.sees("For: <b>acme</b>");
    let out = talk.tap("Place order").await;
    assert!(toast(&out).contains("is placed"));
    let own = talk.order().await;
    assert_eq!(own.company, Some(id("acme")));
    assert!(
        talk.most.0 <= 7,
        "a company costs no statement: {:?}",
        talk.most
    );
    let other = by_wang(&talk, &own).await;
    for (company, role, sees_own, sees_other) in [
        ("acme", Role::Buyer, true, false),
        ("acme", Role::Approver, true, false),
        ("acme", Role::Admin, true, true),
        ("lake", Role::Admin, false, false),
        ("lake", Role::Buyer, false, false),
    ] {
        lin_is(&talk, company, role).await;
        let what = format!("{role:?} of {company}");
        assert_eq!(shows(&mut talk, own.id).await, sees_own, "own, {what}");
        assert_eq!(shows(&mut talk, other).await, sees_other, "other, {what}");
    }
}
