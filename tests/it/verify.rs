//! `verify` finds what is wrong, names rule and row, and finds nothing in a good database.

use ks_order::domain::approvals::Proposal;
use ks_order::domain::companies::{Details, Member, Quorum, Role, Rule, Who};
use ks_order::domain::orders::Event;
use ks_order::kernel::{ChatId, CompanyId, CustomerId, IdSource, OrderId, TableId};
use ks_order::store::chats::Chat;
use ks_order::store::tokens::Grant;
use ks_order::store::verify::{Now, Violation, latest, rule_names, verify};
use ks_order::store::{audit, carts, chats, companies, customers, items, orders, tables, tokens};
use sqlx::{Connection, Executor};

use crate::both;
use crate::support::db::{TestDb, postgres, sqlite};
use crate::support::trade::{COOK, NOW, Trade, ids, stamp, step};

/// The inbox row that caused everything in these tests.
const CAUSE: i64 = 77;

pub async fn violations(test: &TestDb) -> Vec<Violation> {
    let mut tx = test.db.read().await.unwrap();
    let now = Now {
        business: NOW,
        real: NOW,
    };
    let found = verify(&mut tx, now).await.unwrap();
    tx.commit().await.unwrap();
    found
}

/// A shop after a busy hour: orders confirmed (1), handed over (2), cancelled (3), a cart under
/// review (14), orders that people are asked about (5, and 6 since it was amended), people, a kitchen, a link, a waiting row, a card and a timer.
pub async fn busy(test: &TestDb) {
    let (trade, mut ids) = (Trade::new(9), ids(1));
    let mut tx = test.db.begin().await.unwrap();
    trade.open(&mut tx, &mut ids).await;
    for n in 1..=4 {
        let mut cart = trade.cart(10 + n, 7, &[("tea", 2), ("noodles", 1), ("water", 1)]);
        assert!(carts::save(&mut tx, &mut cart, NOW).await.unwrap());
        trade.review(&mut tx, &cart, &mut ids).await.unwrap();
        if n < 4 {
            assert!(trade.place(&mut tx, &cart, n).await.unwrap());
        }
    }
    let mut order = orders::get(&mut tx, OrderId(2)).await.unwrap();
    for event in [
        Event::Prepare,
        Event::Finish,
        Event::HandOver,
        Event::Complete,
    ] {
        order = step(&mut tx, &order, event, &mut ids).await.unwrap();
    }
    let order = orders::get(&mut tx, OrderId(3)).await.unwrap();
    step(&mut tx, &order, Event::Cancel, &mut ids)
        .await
        .unwrap();
    let mut asked = trade.cart(15, 8, &[("tea", 1)]);
    assert!(carts::save(&mut tx, &mut asked, NOW).await.unwrap());
    trade.review(&mut tx, &asked, &mut ids).await.unwrap();
    assert!(trade.place_asked(&mut tx, &asked, 5).await.unwrap());
    amended(&trade, &mut tx, &mut ids).await;
    people(&mut tx).await;
    tx.commit().await.unwrap();
    engine(test).await;
}

/// An order that waits for people (6), placed by hand, was changed since; now an approver would
/// rather have it changed once more.
async fn amended(trade: &Trade, tx: &mut ks_order::store::Tx, ids: &mut IdSource) {
    let mut by_hand = Trade::new(9);
    by_hand.by_hand = Some(COOK);
    let mut cart = by_hand.cart(16, 8, &[("dumplings", 1), ("water", 1)]);
    assert!(carts::save(tx, &mut cart, NOW).await.unwrap());
    by_hand.review(tx, &cart, ids).await.unwrap();
    assert!(by_hand.place_asked(tx, &cart, 6).await.unwrap());
    let order = orders::get(tx, OrderId(6)).await.unwrap();
    let lines = [("dumplings", 3), ("noodles", 1)];
    let done = trade.amend(tx, &order, &lines, ids).await.unwrap();
    let mut order = done.unwrap();
    let proposal = Proposal {
        by: COOK,
        name: "Cook".to_owned(),
        amendment: *trade.amending(&order, &[("tea", 1)]).amendment.unwrap(),
        at: NOW,
    };
    assert!(order.request.as_mut().unwrap().propose(proposal));
    assert!(orders::update_request(tx, &order).await.unwrap());
}

async fn people(tx: &mut ks_order::store::Tx) {
    let lin = CustomerId(7);
    customers::see(tx, lin, "Lin", &"en".into(), NOW)
        .await
        .unwrap();
    assert!(
        customers::set_phone(tx, lin, Some("+8613800000000"))
            .await
            .unwrap()
    );
    let kitchen = Chat {
        purpose: "kitchen".to_owned(),
        chat: ChatId(-5),
        topic: None,
        locale: "en".into(),
        title: "Kitchen".to_owned(),
    };
    chats::assign(tx, &kitchen, NOW).await.unwrap();
    let grant = Grant {
        kind: "invite".to_owned(),
        grants: "kitchen".to_owned(),
        single_use: true,
        made_by: None,
        expires: None,
    };
    assert!(tokens::insert(tx, "secret", &grant, NOW).await.unwrap());
    tokens::redeem(tx, "secret", COOK, NOW).await.unwrap();
    let table = TableId::from("5");
    tables::see(tx, "shop", std::slice::from_ref(&table), NOW)
        .await
        .unwrap();
    let later = NOW.plus(1);
    tables::renew(tx, "shop", (&table, 0), later)
        .await
        .unwrap()
        .unwrap();
    items::set_sold_out(tx, &items::Subject::Item("tea".into()), None, COOK, NOW)
        .await
        .unwrap();
    audit::append(
        tx,
        &[deed("order/2"), deed("order/3"), deed("stock/tea")],
        None,
    )
    .await
    .unwrap();
    audit::append(tx, &[deed("staff/7")], None).await.unwrap();
    company(tx).await;
}

/// A company with an admin, somebody who waits and a rule.
async fn company(tx: &mut ks_order::store::Tx) {
    let acme = CompanyId("acme".to_owned());
    let details = Details {
        name: "ACME Ltd".to_owned(),
        ..Details::default()
    };
    assert!(
        companies::insert(tx, (&acme, &details), COOK, NOW)
            .await
            .unwrap()
    );
    let admin = Member {
        user: CustomerId(7),
        role: Role::Admin,
        since: NOW,
        let_in_by: None,
        limit_minor: None,
        ordered: None,
    };
    assert!(companies::add(tx, &acme, &admin).await.unwrap());
    let buyer = (CustomerId(8), Role::Buyer);
    assert!(companies::ask(tx, &acme, buyer, None, NOW).await.unwrap());
    let rule = Rule {
        id: 4,
        above_minor: 500_000,
        who: Who::Admin,
        quorum: Quorum::Any,
    };
    companies::add_rule(tx, &acme, &rule, (CustomerId(7), NOW))
        .await
        .unwrap();
}

/// Something that the cook did.
fn deed(subject: &str) -> audit::Entry {
    audit::Entry {
        at: NOW,
        actor: Some(COOK),
        role: "kitchen".to_owned(),
        act: "order.reject".to_owned(),
        subject: subject.to_owned(),
        cause: CAUSE,
        personal: audit::Personal {
            name: "Cook".to_owned(),
            before: "placed".to_owned(),
            after: "rejected".to_owned(),
            why: "busy".to_owned(),
            salt: "salt".to_owned(),
        },
    }
}

/// What the engine would have written around it.
async fn engine(test: &TestDb) {
    let keys = test.db.keys();
    let hex = |bytes: Vec<u8>| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let blob = |bytes: Vec<u8>| match test.url.starts_with("sqlite") {
        true => format!("x'{}'", hex(bytes)),
        false => format!("'\\x{}'::bytea", hex(bytes)),
    };
    let session = r#"{"version":3,"locale":"en","cart":14}"#;
    let session = blob(keys.seal_text("lanes", "session", "7", session).unwrap());
    let waiting = blob(keys.seal_text("inbox", "body", 78, "{}").unwrap());
    let outgoing = blob(keys.seal_text("outbox", "body", 5, "{}").unwrap());
    let (digest, now) = (blob(vec![1]), NOW.0);
    let text = format!(
        "insert into inbox (id, update_id, lane, kind, state, attempts, starts, body, digest,
             created_ms, handled_ms) values
             ({CAUSE}, 1, '7', 'update', 'done', 0, 0, null, {digest}, {now}, {now}),
             (78, 2, '7', 'update', 'new', 0, 0, {waiting}, {digest}, {now}, null);
             insert into lanes (lane, head, due_ms, waiting, session_version, session, session_ms)
             values ('7', 78, {now}, 1, 3, {session}, {now});
             insert into outbox (id, chat, card, version, hasty, state, attempts, due_ms, body,
             digest, created_ms) values
             (5, 7, 'order:1', 2, false, 'new', 0, {now}, {outgoing}, {digest}, {now});
             insert into cards (chat, card, message_id, version, photo, live, sent_ms)
             values (7, 'order:1', 100, 1, false, true, {now});
             insert into timers (kind, name, due_ms, lane) values ('hold', '14', {now}, '7')"
    );
    plant(test, &text).await;
}

/// Writes past every rule of the program, and past the constraints of SQLite.
pub async fn plant(test: &TestDb, text: &str) {
    let text = sqlx::AssertSqlSafe(text.to_owned());
    if test.url.starts_with("sqlite") {
        let mut conn = sqlx::SqliteConnection::connect(&test.url).await.unwrap();
        let pragmas = "pragma foreign_keys = off; pragma ignore_check_constraints = on;
                       pragma busy_timeout = 5000";
        conn.execute(sqlx::raw_sql(pragmas)).await.unwrap();
        conn.execute(sqlx::raw_sql(text)).await.unwrap();
        conn.close().await.unwrap();
    } else {
        let mut conn = sqlx::PgConnection::connect(&test.url).await.unwrap();
        conn.execute(sqlx::raw_sql(text)).await.unwrap();
        conn.close().await.unwrap();
    }
}

/// Plants in a busy shop and expects `rule` to name `row`.
async fn found_in(test: TestDb, rule: &str, row: &str, text: &str) {
    busy(&test).await;
    finds(&test, rule, row, text).await;
}

/// Plants in a good database and expects `rule` to name `row`.
pub async fn finds(test: &TestDb, rule: &str, row: &str, text: &str) {
    plant(test, text).await;
    let found = violations(test).await;
    assert!(
        found.iter().any(|v| v.rule == rule && v.row == row),
        "{rule} does not name {row}: {found:#?}"
    );
}

both!(a_good_database_is_good, |test: TestDb| async move {
    assert_eq!(violations(&test).await, [], "an empty one");
    busy(&test).await;
    assert_eq!(violations(&test).await, []);
});

both!(what_was_erased_still_verifies, |test: TestDb| async move {
    busy(&test).await;
    plant(&test, "update audit set body = null where id in (1, 3)").await;
    assert_eq!(violations(&test).await, []);
    let mut tx = test.db.read().await.unwrap();
    let kept = audit::page(&mut tx, audit::Of::All, (0, 9)).await.unwrap();
    let shown: Vec<_> = kept
        .iter()
        .map(|kept| (kept.id, kept.erased, kept.entry.personal.why.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            (4, false, "busy"),
            (3, true, ""),
            (2, false, "busy"),
            (1, true, "")
        ]
    );
});

#[test]
fn every_rule_has_its_own_name() {
    let mut names = rule_names();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

/// One test each: name, rule, row, what is planted in what `$found` makes.
macro_rules! planted {
    ($found:path; $($name:ident: $rule:literal names $row:literal after $text:expr;)+) => {
        $(#[tokio::test]
        async fn $name() {
            $found($crate::support::db::sqlite().await, $rule, $row, $text).await;
        })+

        /// The rules that are seen to find something.
        pub const PLANTED: &[&str] = &[$($rule),+];
    };
}
pub(crate) use planted;

#[test]
fn every_rule_is_planted() {
    let planted = [
        PLANTED,
        crate::verify_credit::PLANTED,
        crate::verify_learned::PLANTED,
        crate::verify_schedules::PLANTED,
        &UNPLANTED,
    ]
    .concat();
    let missing: Vec<_> = rule_names()
        .into_iter()
        .filter(|rule| !planted.contains(rule))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// A unique constraint of the table keeps it from being planted; it guards against its loss.
const UNPLANTED: [&str; 1] = ["orders.number-unique"];

planted! {
    found_in;
    a_deed_is_cut_out: "audit.gap" names "3" after
        "delete from audit where id = 2";
    deeds_in_another_order: "audit.prev" names "2" after
        "update audit set prev = (select a.prev from audit a where a.id = 3) where id = 2";
    a_deed_is_rewritten: "audit.hash" names "2" after
        "update audit set actor = 8 where id = 2";
    a_deed_says_something_else: "audit.digest" names "3" after
        "update audit set digest = (select a.hash from audit a where a.id = 1) where id = 3";
    more_held_than_on_hand: "stock.bounds" names "tea" after
        "update stock set on_hand = 1 where item_id = 'tea'";
    goods_vanish_without_a_word: "stock.ledger-on-hand" names "tea" after
        "update stock set on_hand = on_hand - 1 where item_id = 'tea'";
    a_hold_nobody_booked: "stock.ledger-held" names "noodles" after
        "update stock set held = held + 1 where item_id = 'noodles'";
    a_level_without_holds: "stock.holds" names "noodles" after
        "delete from holds where item_id = 'noodles' and order_id = 1";
    opening_stock_twice: "ledger.opening-once" names "tea" after
        "insert into stock_ledger (id, item_id, on_hand_change, held_change, reason, cause, at_ms)
         values (1, 'tea', 9, 0, 'opening', 77, 0)";
    a_release_that_adds: "ledger.reason" names "1" after
        "insert into stock_ledger (id, item_id, on_hand_change, held_change, reason, claim, cause,
         at_ms) values (1, 'tea', 0, 2, 'release', 14, 77, 0)";
    a_hold_the_ledger_does_not_know: "ledger.claim" names "14/dumplings" after
        "insert into holds (claim, item_id, quantity, expires_ms)
         values (14, 'dumplings', 1, 9999999999999)";
    goods_given_back_twice: "ledger.order-end" names "1" after
        "insert into stock_ledger (id, item_id, on_hand_change, held_change, reason, claim,
         order_id, cause, at_ms) values (1, 'tea', 0, -2, 'release', 12, 2, 77, 0)";
    a_cancelled_order_holds: "holds.ended-order" names "13/tea" after
        "insert into holds (claim, item_id, quantity, order_id) values (13, 'tea', 2, 3)";
    an_open_order_holds_too_little: "holds.order-lines" names "1/tea" after
        "update holds set quantity = 1 where order_id = 1 and item_id = 'tea'";
    a_hold_of_no_cart: "holds.cart" names "99/tea" after
        "insert into holds (claim, item_id, quantity, expires_ms)
         values (99, 'tea', 1, 9999999999999)";
    a_cart_holds_for_ever: "holds.expiry" names "14/tea" after
        "update holds set expires_ms = null where claim = 14 and item_id = 'tea'";
    a_hold_outlives_its_end: "holds.overdue" names "14/tea" after
        "update holds set expires_ms = 1 where claim = 14";
    an_open_cart_without_lines: "carts.body" names "14" after
        "update carts set body = null where id = 14";
    a_cart_of_a_lost_order: "carts.order" names "14" after
        "update carts set order_id = 55, body = null where id = 14";
    an_order_of_another_ones_cart: "orders.cart" names "1" after
        "update carts set customer = 8 where id = 11";
    an_order_nobody_asked_for: "orders.cause" names "1" after
        "update orders set cause = 0 where id = 1";
    an_order_of_an_unknown_update: "orders.cause-known" names "1" after
        "update orders set cause = 555 where id = 1;
         update order_events set cause = 555 where order_id = 1";
    a_number_never_given: "orders.number" names "3" after
        "update day_counters set last = 2";
    lines_that_do_not_add_up: "orders.lines" names "1" after
        "update order_lines set amount_minor = amount_minor - 1 where order_id = 1 and line = 1";
    an_order_without_lines: "orders.lines" names "2" after
        "delete from order_lines where order_id = 2";
    a_closed_order_that_is_open: "orders.closed" names "1" after
        "update orders set closed_ms = 5 where id = 1";
    an_ended_order_that_is_not_closed: "orders.closed" names "2" after
        "update orders set closed_ms = null where id = 2";
    a_cancelled_order_is_paid: "orders.payment" names "3" after
        "update orders set payment = 'paid' where id = 3";
    a_fetched_order_is_on_the_way: "orders.delivery" names "2" after
        "update orders set delivery = 'on_the_way' where id = 2";
    a_delivery_that_nobody_waits_for: "orders.delivery" names "1" after
        "update orders set fulfilment = 'delivery' where id = 1";
    a_table_that_fetched: "events.way" names "2/5" after
        "update orders set fulfilment = 'dine_in' where id = 2";
    nobody_is_asked: "orders.approval" names "1" after
        "update orders set approval = 'waiting' where id = 1";
    a_request_without_its_order: "requests.open" names "5" after
        "update orders set approval = 'granted', state = 'confirmed' where id = 5";
    an_order_without_its_request: "requests.open" names "5" after
        "update orders set request_state = 'withdrawn' where id = 5";
    a_request_of_an_unknown_kind: "requests.words" names "5" after
        "update orders set request_state = 'postponed' where id = 5";
    a_request_without_what_is_asked: "requests.whole" names "5" after
        "update orders set request = null where id = 5";
    a_request_that_should_have_ended: "requests.overdue" names "5" after
        "update orders set request_due_ms = 5 where id = 5";
    a_request_that_is_older_inside: "requests.sealed" names "5" after
        "update orders set request_version = 4 where id = 5";
    an_approval_without_a_vote: "requests.votes" names "5" after
        "update orders set request_state = 'approved', approval = 'granted', state = 'confirmed'
         where id = 5";
    a_refusal_without_a_vote: "requests.votes" names "5" after
        "update orders set request_state = 'rejected', approval = 'refused', state = 'rejected'
         where id = 5";
    a_round_without_an_amendment: "requests.round" names "6" after
        "update order_events set event = 'promise' where order_id = 6 and event = 'amend'";
    a_proposal_that_is_left_over: "requests.proposal" names "6" after
        "update orders set request_state = 'withdrawn' where id = 6";
    lines_that_were_amended_away_and_stay: "orders.receipt-lines" names "6" after
        "insert into order_lines (order_id, line, item_id, quantity, counted, amount_minor, body)
         values (6, 9, 'water', 1, false, 0, '{}')";
    an_amended_order_holds_what_it_held_before: "holds.order-lines" names "6/dumplings" after
        "update holds set quantity = 1 where order_id = 6 and item_id = 'dumplings'";
    an_order_amended_while_it_is_made: "events.allowed" names "2/4" after
        "update order_events set event = 'amend' where order_id = 2 and version = 4";
    an_order_somebody_else_placed: "orders.placed-by" names "1" after
        "update orders set placed_by = 900 where id = 1";
    an_order_that_staff_placed_for_nobody: "orders.placed-by" names "6" after
        "update orders set placed_by = null where id = 6";
    a_request_nobody_can_answer: "orders.cancel-asked" names "3" after
        "update orders set cancel_asked = true where id = 3";
    an_order_never_placed: "events.first" names "2" after
        "delete from order_events where order_id = 2 and version = 1";
    a_gap_in_a_history: "events.chain" names "2/4" after
        "delete from order_events where order_id = 2 and version = 3";
    a_state_without_an_event: "events.last" names "1" after
        "update orders set state = 'preparing' where id = 1";
    an_event_ahead_of_its_order: "events.last" names "1" after
        "insert into order_events (order_id, version, event, from_state, to_state, role, cause,
         at_ms) values (1, 3, 'prepare', 'confirmed', 'preparing', 'kitchen', 77, 1)";
    an_event_without_cause: "events.time" names "1/2" after
        "update order_events set cause = 0 where order_id = 1 and version = 2";
    an_update_forgotten: "inbox.stuck" names "78" after
        "update inbox set created_ms = 1 where id = 78";
    a_row_half_handled: "inbox.state" names "77" after
        "update inbox set handled_ms = null where id = 77";
    a_row_in_no_lane: "inbox.lane" names "78" after
        "update inbox set lane = '8' where id = 78";
    a_lane_that_lost_its_head: "lanes.head" names "7" after
        "update lanes set head = null where lane = '7'";
    a_message_never_sent: "outbox.stuck" names "5" after
        "update outbox set due_ms = 1, created_ms = 1 where id = 5";
    a_message_half_settled: "outbox.state" names "5" after
        "update outbox set state = 'done' where id = 5";
    a_timer_that_did_not_ring: "timers.overdue" names "hold/14" after
        "update timers set due_ms = 1";
    a_card_of_no_order: "cards.order" names "7/100" after
        "update cards set card = 'order:9' where message_id = 100";
    a_work_card_of_no_order: "cards.order" names "7/100" after
        "update cards set card = 'work:9' where message_id = 100";
    a_card_from_the_future: "cards.ahead" names "7/100" after
        "update cards set version = 9 where message_id = 100";
    a_card_left_behind: "cards.behind" names "7/100" after
        "delete from outbox where id = 5";
    a_link_used_by_nobody: "tokens.used" names "invite made 1800000000000" after
        "update tokens set used_by = null";
    a_code_that_was_taken_back_and_opens: "tables.renewed" names "table 5 made 1800000000000" after
        "update tokens set revoked_ms = null where kind = 'table'";
    a_table_without_a_code: "tables.code" names "5" after
        "delete from tokens where kind = 'table'";
    a_member_of_no_company: "companies.members" names "lost/7" after
        "insert into company_members (company, user_id, role, since_ms)
         values ('lost', 7, 'admin', 1)";
    a_request_to_no_company: "companies.requests" names "lost/8" after
        "update company_requests set company = 'lost'";
    a_rule_of_no_company: "companies.rules" names "lost/4" after
        "update company_rules set company = 'lost'";
    a_company_nobody_looks_after: "companies.admin" names "acme" after
        "update company_members set role = 'buyer'";
    a_buyer_with_a_limit: "companies.words" names "acme/9" after
        "insert into company_members (company, user_id, role, since_ms, limit_minor)
         values ('acme', 9, 'buyer', 1, 5)";
    a_member_who_is_nothing: "companies.words" names "acme/9" after
        "insert into company_members (company, user_id, role, since_ms)
         values ('acme', 9, 'boss', 1)";
    an_order_of_no_company: "orders.company" names "1" after
        "update orders set company = 'lost' where id = 1";
    a_company_that_does_not_open: "sealed.opens" names "acme" after
        "update companies set personal = x'00'";
    a_table_that_is_only_a_name: "orders.table" names "1" after
        "update orders set table_name = '{}' where id = 1";
    a_state_that_does_not_exist: "orders.words" names "1" after
        "update orders set state = 'lost' where id = 1";
    a_receipt_that_does_not_add_up: "orders.receipt" names "1" after
        "update orders set total_minor = total_minor + 1 where id = 1";
    a_receipt_that_is_none: "orders.receipt" names "2" after
        "update orders set receipt = '{}' where id = 2";
    a_line_of_another_quantity: "orders.receipt-lines" names "2" after
        "update order_lines set quantity = quantity + 1 where order_id = 2 and line = 2";
    a_move_that_is_not_allowed: "events.allowed" names "2/3" after
        "update order_events set role = 'customer' where order_id = 2 and version = 3";
    a_value_of_another_row: "sealed.opens" names "2" after
        "update orders set personal = (select o.personal from orders o where o.id = 1) where id = 2";
    a_profile_that_does_not_open: "sealed.opens" names "7" after
        "insert into profiles (customer, version, body, changed_ms) values (7, 1, x'00', 1)";
    a_session_that_does_not_open: "sealed.opens" names "7" after
        "update lanes set session = x'00'";
    a_title_that_does_not_open: "sealed.opens" names "kitchen" after
        "update chats set title = x'00'";
    a_session_of_no_cart: "sessions.cart" names "7" after
        "delete from carts where id = 14";
    a_session_of_anothers_cart: "sessions.cart" names "7" after
        "update carts set customer = 8 where id = 14";
    a_phone_that_is_not_found: "customers.phone" names "7" after
        "update customers set phone_digest = x'00'";
}

both!(
    another_process_sees_how_far_a_moved_clock_has_been,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(latest(&mut tx).await.unwrap(), None);
        let (trade, mut ids) = (Trade::new(9), ids(1));
        trade.open(&mut tx, &mut ids).await;
        assert_eq!(latest(&mut tx).await.unwrap(), Some(NOW));
        let mut cart = trade.cart(11, 7, &[("tea", 2)]);
        let later = NOW.plus(3_600_000);
        assert!(carts::save(&mut tx, &mut cart, later).await.unwrap());
        assert_eq!(latest(&mut tx).await.unwrap(), Some(later));
        tx.commit().await.unwrap();
    }
);

/// The same queries on PostgreSQL, where its constraints let one plant at all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_finds_them_too() {
    let plants = [
        (
            "stock.ledger-on-hand",
            "tea",
            "update stock set on_hand = on_hand + 1 where item_id = 'tea'",
        ),
        (
            "stock.holds",
            "noodles",
            "delete from holds where item_id = 'noodles' and order_id = 1",
        ),
        (
            "ledger.claim",
            "11/noodles",
            "delete from holds where item_id = 'noodles' and order_id = 1",
        ),
        (
            "holds.order-lines",
            "1/tea",
            "update holds set quantity = 1 where order_id = 1 and item_id = 'tea'",
        ),
        (
            "holds.overdue",
            "14/tea",
            "update holds set expires_ms = 1 where claim = 14",
        ),
        (
            "orders.lines",
            "1",
            "update order_lines set amount_minor = 1 where order_id = 1 and line = 1",
        ),
        (
            "events.chain",
            "2/4",
            "delete from order_events where order_id = 2 and version = 3",
        ),
        (
            "events.allowed",
            "2/3",
            "update order_events set role = 'customer' where order_id = 2 and version = 3",
        ),
        (
            "inbox.stuck",
            "78",
            "update inbox set created_ms = 1 where id = 78",
        ),
        ("lanes.head", "7", "update lanes set head = null"),
        ("cards.behind", "7/100", "delete from outbox where id = 5"),
        (
            "cards.order",
            "7/100",
            "update cards set card = 'order:9' where message_id = 100",
        ),
        (
            "sealed.opens",
            "7",
            "update lanes set session = '\\x00'::bytea",
        ),
    ];
    for (rule, row, text) in plants {
        let Some(test) = postgres().await else {
            return;
        };
        found_in(test, rule, row, text).await;
    }
}

/// Verifying changes nothing and works beside a running service.
#[tokio::test]
async fn it_only_reads() {
    let test = sqlite().await;
    busy(&test).await;
    let reader = ks_order::store::Db::open_read_only(&test.url, &crate::support::db::options())
        .await
        .unwrap();
    let mut ids = ids(99);
    let mut tx = test.db.begin().await.unwrap();
    let mut read = reader.read().await.unwrap();
    let now = Now {
        business: NOW,
        real: NOW,
    };
    assert_eq!(verify(&mut read, now).await.unwrap(), []);
    let tea = "tea".into();
    let mut stamp = stamp(&mut ids);
    let adjustment = ks_order::store::shelf::Adjustment {
        item: &tea,
        change: 1,
        seen: None,
        why: "count",
        actor: COOK,
    };
    let changed = ks_order::store::shelf::adjust(&mut tx, &adjustment, &mut stamp);
    assert!(changed.await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(
        verify(&mut read, now).await.unwrap(),
        [],
        "one unchanging state"
    );
}
