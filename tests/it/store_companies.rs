//! What the store promises about companies, on both databases.

use ks_order::domain::companies::{Details, Member, Quorum, Role, Rule, Who};
use ks_order::kernel::{CompanyId, CustomerId, IdSource, OrderId};
use ks_order::store::glance::{Ask, glance};
use ks_order::store::{Tx, carts, companies, customers, orders, stock};

use crate::both;
use crate::support::db::TestDb;
use crate::support::trade::{NOW, Trade, ids};

const LIN: CustomerId = CustomerId(7);
const WANG: CustomerId = CustomerId(8);
const BOSS: CustomerId = CustomerId(9);

fn acme() -> CompanyId {
    CompanyId("acme".to_owned())
}

fn member(user: CustomerId, role: Role) -> Member {
    Member {
        user,
        role,
        since: NOW,
        let_in_by: Some(BOSS),
        limit_minor: None,
        ordered: None,
    }
}

/// ACME with Lin as its admin and Wang as a buyer.
async fn found(tx: &mut Tx) {
    let mut details = Details {
        name: "ACME Ltd".to_owned(),
        ..Details::default()
    };
    details.add_address("Store", "12 Nanjing Road").unwrap();
    let new = (&acme(), &details);
    assert!(companies::insert(tx, new, BOSS, NOW).await.unwrap());
    assert!(!companies::insert(tx, new, BOSS, NOW).await.unwrap());
    for one in [member(LIN, Role::Admin), member(WANG, Role::Buyer)] {
        assert!(companies::add(tx, &acme(), &one).await.unwrap());
        assert!(!companies::add(tx, &acme(), &one).await.unwrap(), "twice");
    }
}

both!(
    a_company_is_kept_sealed_and_compared,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        found(&mut tx).await;
        let mut seen = companies::find(&mut tx, &acme()).await.unwrap().unwrap();
        let mut stale = seen.clone();
        assert_eq!(
            (seen.called(), seen.active, seen.version),
            ("ACME Ltd", true, 1)
        );
        seen.active = false;
        assert!(companies::save(&mut tx, &mut seen, NOW).await.unwrap());
        assert!(!companies::save(&mut tx, &mut stale, NOW).await.unwrap());
        assert_eq!(stale.version, 1, "unchanged where nothing was written");
        let again = companies::find(&mut tx, &acme()).await.unwrap().unwrap();
        assert_eq!(again, seen);
        let nobody = CompanyId("nobody".to_owned());
        assert!(companies::find(&mut tx, &nobody).await.unwrap().is_none());
        let listed = companies::list(&mut tx, 0, 5).await.unwrap();
        assert_eq!((listed.len(), listed[0].members), (1, 2));
        assert!(companies::list(&mut tx, 1, 5).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    }
);

both!(
    who_belongs_to_a_company_is_seen_in_the_glance,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        found(&mut tx).await;
        let ask = |who, companies| Ask {
            who: Some(who),
            companies,
            ..Ask::default()
        };
        let seen = glance(&mut tx, &ask(WANG, true), NOW).await.unwrap();
        let place = &seen.companies[0];
        assert_eq!((place.role, place.active), (Role::Buyer, true));
        assert_eq!(place.details.address(1).unwrap().label, "Store");
        for (who, companies) in [(WANG, false), (BOSS, true)] {
            let seen = glance(&mut tx, &ask(who, companies), NOW).await.unwrap();
            assert!(seen.companies.is_empty());
        }
        tx.commit().await.unwrap();
    }
);

both!(
    roles_limits_and_leaving_ask_what_somebody_was,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        found(&mut tx).await;
        let to = (Role::Approver, Role::Buyer);
        assert!(
            !companies::set_role(&mut tx, &acme(), WANG, to)
                .await
                .unwrap()
        );
        let limit = Some(500_000);
        assert!(
            !companies::set_limit(&mut tx, &acme(), WANG, limit)
                .await
                .unwrap()
        );
        let to = (Role::Buyer, Role::Approver);
        assert!(
            companies::set_role(&mut tx, &acme(), WANG, to)
                .await
                .unwrap()
        );
        assert!(
            companies::set_limit(&mut tx, &acme(), WANG, limit)
                .await
                .unwrap()
        );
        customers::see(&mut tx, WANG, "Wang", &"zh-CN".into(), NOW)
            .await
            .unwrap();
        let people = companies::members(&mut tx, &acme()).await.unwrap();
        let wang = people.iter().find(|p| p.member.user == WANG).unwrap();
        assert_eq!(
            (wang.name.as_str(), wang.member.limit_minor),
            ("Wang", limit)
        );
        let to = (Role::Approver, Role::Buyer);
        assert!(
            companies::set_role(&mut tx, &acme(), WANG, to)
                .await
                .unwrap()
        );
        let people = companies::members(&mut tx, &acme()).await.unwrap();
        assert!(
            people.iter().all(|p| p.member.limit_minor.is_none()),
            "goes with the role"
        );
        assert!(companies::remove(&mut tx, &acme(), WANG).await.unwrap());
        assert!(!companies::remove(&mut tx, &acme(), WANG).await.unwrap());
        tx.commit().await.unwrap();
    }
);

both!(a_request_is_decided_once, |test: TestDb| async move {
    let mut tx = test.db.begin().await.unwrap();
    found(&mut tx).await;
    let asks = (BOSS, Role::Approver);
    assert!(
        companies::ask(&mut tx, &acme(), asks, Some(LIN), NOW)
            .await
            .unwrap()
    );
    assert!(
        !companies::ask(&mut tx, &acme(), asks, Some(LIN), NOW)
            .await
            .unwrap()
    );
    let waiting = companies::waiting(&mut tx, &acme(), 5).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].role), (1, Role::Approver));
    let decided = companies::settle(&mut tx, &acme(), BOSS).await.unwrap();
    let decided = decided.map(|(asking, _)| (asking.user, asking.role));
    assert_eq!(decided, Some((BOSS, Role::Approver)));
    let again = companies::settle(&mut tx, &acme(), BOSS).await.unwrap();
    assert_eq!(again, None);
    tx.commit().await.unwrap();
});

both!(rules_come_lowest_first, |test: TestDb| async move {
    let mut tx = test.db.begin().await.unwrap();
    found(&mut tx).await;
    let rule = |id, above_minor| Rule {
        id,
        above_minor,
        who: Who::Approver,
        quorum: Quorum::Of(2),
    };
    for rule in [rule(1, 900), rule(2, 500)] {
        companies::add_rule(&mut tx, &acme(), &rule, (LIN, NOW))
            .await
            .unwrap();
    }
    let rules = companies::rules(&mut tx, &acme()).await.unwrap();
    assert_eq!(rules, [rule(2, 500), rule(1, 900)]);
    let ask = Ask {
        who: Some(LIN),
        companies: true,
        ..Ask::default()
    };
    let mut seen = glance(&mut tx, &ask, NOW).await.unwrap().company_rules;
    seen.sort_by_key(|(_, rule)| rule.above_minor);
    let own: Vec<Rule> = seen.into_iter().map(|(_, rule)| rule).collect();
    assert_eq!(own, rules);
    assert!(companies::remove_rule(&mut tx, &acme(), 2).await.unwrap());
    assert!(!companies::remove_rule(&mut tx, &acme(), 2).await.unwrap());
    tx.commit().await.unwrap();
});

/// Places an order for a company; what the store said.
async fn placed(
    (tx, trade, ids): (&mut Tx, &Trade, &mut IdSource),
    n: i64,
    (customer, company): (CustomerId, Option<CompanyId>),
) -> bool {
    let mut cart = trade.cart(10 + n, customer.0, &[("tea", 1)]);
    assert!(carts::save(tx, &mut cart, NOW).await.unwrap());
    trade.review(tx, &cart, ids).await.unwrap();
    assert!(
        carts::close(tx, &cart, OrderId(n), &Default::default(), NOW)
            .await
            .unwrap()
    );
    let demand = cart.demand(&trade.catalogue);
    assert!(
        stock::claim(tx, cart.id, OrderId(n), &demand)
            .await
            .unwrap()
    );
    let mut placed = trade.placed(&cart, n, n);
    placed.order.company_name = match &company {
        Some(_) => "ACME Ltd".to_owned(),
        None => String::new(),
    };
    placed.order.company = company;
    orders::insert(tx, &placed.order, cart.id, &placed.events)
        .await
        .unwrap()
}

both!(
    nobody_orders_for_a_company_that_is_not_theirs_or_stopped,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(9), ids(1));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        found(&mut tx).await;
        let theirs = |who| (who, Some(acme()));
        assert!(placed((&mut tx, &trade, &mut ids), 1, theirs(WANG)).await);
        assert!(!placed((&mut tx, &trade, &mut ids), 2, theirs(BOSS)).await);
        let mut company = companies::find(&mut tx, &acme()).await.unwrap().unwrap();
        company.active = false;
        assert!(companies::save(&mut tx, &mut company, NOW).await.unwrap());
        assert!(!placed((&mut tx, &trade, &mut ids), 3, theirs(WANG)).await);
        assert!(orders::find(&mut tx, OrderId(3)).await.unwrap().is_none());
        tx.commit().await.unwrap();
    }
);

both!(
    an_order_keeps_its_company_and_is_found_by_it,
    |test: TestDb| async move {
        let (trade, mut ids) = (Trade::new(9), ids(1));
        let mut tx = test.db.begin().await.unwrap();
        trade.open(&mut tx, &mut ids).await;
        found(&mut tx).await;
        for (n, who, company) in [
            (1, WANG, Some(acme())),
            (2, WANG, None),
            (3, LIN, Some(acme())),
        ] {
            assert!(placed((&mut tx, &trade, &mut ids), n, (who, company)).await);
        }
        let kept = orders::get(&mut tx, OrderId(1)).await.unwrap();
        assert_eq!(
            (kept.company, kept.company_name.as_str()),
            (Some(acme()), "ACME Ltd")
        );
        let lake = CompanyId("lake".to_owned());
        for (id, whose, page, wanted) in [
            (acme(), None, (0, 9), vec![3, 1]),
            (acme(), None, (1, 1), vec![1]),
            (acme(), Some(WANG), (0, 9), vec![1]),
            (lake, None, (0, 9), vec![]),
        ] {
            let of = orders::of_company(&mut tx, &id, whose, page).await.unwrap();
            let of: Vec<i64> = of.iter().map(|order| order.id.0).collect();
            assert_eq!(of, wanted);
        }
        let people = companies::members(&mut tx, &acme()).await.unwrap();
        assert!(people.iter().all(|p| p.member.ordered == Some(NOW)));
        tx.commit().await.unwrap();
    }
);
