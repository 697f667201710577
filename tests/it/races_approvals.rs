//! Two who may decide and the customer's own cancel at the same moment, through the whole bot, on
//! both databases: one outcome for each order, and everybody hears of it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::thread::sleep;
use std::time::Duration;

use ks_order::sandbox::{ButtonKind, Msg, TapId};

use crate::support::chance::Chance;
use crate::support::crowd::{Customer, first_line, number};
use crate::support::race::{DECIDERS, Race, on_both};

/// Each a race of three.
const ORDERS: usize = 100;
/// So many at a time: at most fifty updates of one person wait.
const WAVE: usize = 25;
/// The longest pause between two presses: all at once, each person's lane would be in step, and
/// customers, who press once, nearly always the first.
const PAUSE_MS: u64 = 4;

/// What decides an order that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decided {
    Yes,
    No,
    TakenBack,
}

/// Somebody's press about an order.
struct Press {
    order: i64,
    who: i64,
    chat_message: i64,
    data: String,
}

/// The data of a button of a message.
fn data((message, row, col): &(Msg, usize, usize)) -> String {
    match &message.inline_keyboard[*row][*col].kind {
        ButtonKind::Callback(data) => data.clone(),
        other => panic!("{other:?} is no callback"),
    }
}

/// Customers order and stand before the last question whether to cancel; the numbers of their
/// orders, with whose they are.
fn placed(race: &mut Race, wave: Range<usize>) -> BTreeMap<i64, i64> {
    race.until("placed", |race| {
        let customers = &mut race.crowd.customers[wave.clone()];
        for customer in customers.iter_mut() {
            customer.act(&race.telegram);
        }
        customers.iter().all(Customer::is_done)
    });
    race.settle();
    let customers = &race.crowd.customers[wave];
    let orders = customers.iter().map(|customer| {
        let seen: Vec<i64> = customer.seen.iter().copied().collect();
        assert_eq!(seen.len(), 1, "{} ordered {seen:?}", customer.id);
        (seen[0], customer.id)
    });
    let orders: BTreeMap<i64, i64> = orders.collect();
    for customer in orders.values() {
        let (card, row, col) = race.cards(*customer, *customer, "Cancel order").remove(0);
        let tap = race.telegram.tap(*customer, *customer, card.id, row, col);
        tap.unwrap();
    }
    race.settle();
    orders
}

/// Three presses about each order: a yes, a yes or a no, and the customer's.
fn presses(race: &Race, orders: &BTreeMap<i64, i64>, chance: &mut Chance) -> Vec<Press> {
    let mut all = Vec::new();
    let mut add = |order: i64, who: i64, message: i64, data: String| {
        all.push(Press {
            order,
            who,
            chat_message: message,
            data,
        });
    };
    for (order, customer) in orders {
        for (who, label) in DECIDERS.into_iter().zip(["✅ Approve", "✅ 15 min"]) {
            let cards = race.cards(who, who, label);
            let card = cards.iter().find(|(m, ..)| number(m) == Some(*order));
            let card = card.unwrap_or_else(|| panic!("{who} has no card of #{order}"));
            let mut data = data(card);
            if who == DECIDERS[1] && chance.below(2) == 0 {
                let id = data.split(['.', '~']).nth(1).unwrap().to_owned();
                data = format!("aN.{id}.busy~1");
            }
            add(*order, who, card.0.id, data);
        }
        let sure = race.cards(*customer, *customer, "Yes, cancel it").remove(0);
        add(*order, *customer, sure.0.id, data(&sure));
    }
    // In any order, each person's as they come.
    for at in (1..all.len()).rev() {
        let other = usize::try_from(chance.below(at as u64 + 1)).unwrap();
        all.swap(at, other);
    }
    all
}

/// What the database holds: by order, what decided it and the state that it came to.
fn outcomes(race: &mut Race) -> BTreeMap<i64, (Decided, i64)> {
    const FIRST: &str = "select o.number, cast(case e.event when 'confirm' then 1 \
        when 'reject' then 2 when 'cancel' then 3 else 0 end as bigint) \
        from order_events e join orders o on o.id = e.order_id \
        where e.from_state = 'awaiting_approval'";
    const NOW: &str = "select number, cast(case state when 'confirmed' then 1 \
        when 'rejected' then 2 when 'cancelled' then 3 else 0 end as bigint) from orders";
    let first = race.probe.rows(FIRST).unwrap();
    let now: BTreeMap<i64, i64> = race.probe.rows(NOW).unwrap().into_iter().collect();
    let mut found = BTreeMap::new();
    for (order, event) in first {
        let decided = match event {
            1 => Decided::Yes,
            2 => Decided::No,
            3 => Decided::TakenBack,
            other => panic!("#{order} was decided by {other}"),
        };
        let twice = found.insert(order, (decided, now[&order]));
        assert_eq!(twice, None, "#{order} was decided twice");
    }
    found
}

/// Who decided, who was too late and the customer: each knows what came of it.
fn everybody_knows(
    race: &Race,
    (order, customer): (i64, i64),
    (decided, state): (Decided, i64),
    said: &BTreeMap<i64, String>,
) {
    let (won, over) = match decided {
        Decided::Yes => ("✅ Approved", "has approved it already."),
        Decided::No => ("✖ Declined", "has declined it already."),
        Decided::TakenBack => ("", "↩️ The customer took the order back."),
    };
    let of_deciders: Vec<&String> = DECIDERS.iter().map(|who| &said[who]).collect();
    let winners = of_deciders.iter().filter(|text| text.as_str() == won);
    let losers = of_deciders.iter().filter(|text| text.ends_with(over));
    let expected = match decided {
        Decided::TakenBack => (0, 2),
        Decided::Yes | Decided::No => (1, 1),
    };
    let counted = (winners.count(), losers.count());
    assert_eq!(counted, expected, "#{order} {decided:?}: {of_deciders:?}");
    // A customer may still cancel what was approved and not begun.
    let words: &[&str] = match (decided, state) {
        (Decided::Yes, 1) => &["confirmed", "accepted"],
        (Decided::Yes | Decided::TakenBack, 3) => &["cancelled"],
        (Decided::No, 2) => &["declined"],
        other => panic!("#{order} came to {other:?}"),
    };
    let own = &said[&customer];
    let refused = decided == Decided::No;
    assert_eq!(
        !own.is_empty(),
        refused,
        "#{order}: the customer heard {own:?}"
    );
    let chats = DECIDERS.into_iter().chain([customer]);
    for chat in chats {
        let messages = race.telegram.messages(chat, chat);
        let about = messages
            .iter()
            .filter(|m| m.from_bot && number(m) == Some(order));
        let about: Vec<&Msg> = about.filter(|m| !m.deleted).collect();
        let is_card = |m: &&&Msg| first_line(m).contains(" · ");
        let cards: Vec<String> = about
            .iter()
            .filter(is_card)
            .map(|m| first_line(m))
            .collect();
        let is_true = |line: &String| words.iter().any(|word| line.ends_with(word));
        // A decider's card tells of the decision, which a later cancel does not change.
        let later = chat != customer && decided == Decided::Yes && state == 3;
        assert!(!cards.is_empty(), "{chat} has no card of #{order}");
        // Whom a press came too late for is shown the card anew, below the one of before.
        let newest = cards.last().is_some_and(is_true);
        assert!(
            later || newest && (chat == customer || cards.iter().all(is_true)),
            "{chat} sees {cards:?}, not {words:?}"
        );
        let labels = about
            .iter()
            .flat_map(|m| m.inline_keyboard.iter().flatten());
        let open: Vec<&str> = labels
            .map(|button| button.text.as_str())
            .filter(|text| ["✅ Approve", "✎ Change", "Yes, cancel it"].contains(text))
            .collect();
        assert!(
            open.is_empty(),
            "{chat} can still press {open:?} of #{order}"
        );
        if chat == customer && decided != Decided::TakenBack {
            let heard = about.iter().any(|m| !first_line(m).contains(" · "));
            assert!(heard, "{chat} was never told of #{order}");
        }
    }
}

#[test]
fn two_decide_while_the_customer_cancels() {
    on_both(|database| {
        let mut chance = Chance::new("two_decide_while_the_customer_cancels");
        let edits = [
            ("catalogue.toml", "stock = 36", "stock = 500"),
            (
                "approval.toml",
                "order.total_minor > 200000",
                "order.total_minor > 0",
            ),
        ];
        let mut race = Race::new(database, ORDERS as i64, &edits);
        for customer in &mut race.crowd.customers {
            customer.waits = true;
        }
        for decider in DECIDERS {
            race.telegram.say(decider, "/start").unwrap();
        }
        race.settle();
        let mut counts = [0, 0, 0];
        for begin in (0..ORDERS).step_by(WAVE) {
            let orders = placed(&mut race, begin..begin + WAVE);
            let mut taps: Vec<(i64, i64, TapId)> = Vec::new();
            for press in presses(&race, &orders, &mut chance) {
                let (who, message) = (press.who, press.chat_message);
                let tap = race.telegram.tap_raw(who, who, message, &press.data);
                taps.push((press.order, who, tap.unwrap()));
                sleep(Duration::from_millis(chance.below(PAUSE_MS)));
            }
            race.until("answered", |race| {
                taps.iter()
                    .all(|(.., tap)| race.telegram.answers(tap).is_some())
            });
            race.settle();
            let mut said: BTreeMap<i64, BTreeMap<i64, String>> = BTreeMap::new();
            for (order, who, tap) in taps {
                let text = race.telegram.answers(&tap).unwrap().text;
                said.entry(order).or_default().insert(who, text);
            }
            let outcomes = outcomes(&mut race);
            for (order, customer) in orders {
                let outcome = outcomes[&order];
                counts[outcome.0 as usize] += 1;
                everybody_knows(&race, (order, customer), outcome, &said[&order]);
            }
        }
        println!("approved, declined, taken back: {counts:?}");
        assert_eq!(counts.iter().sum::<usize>(), ORDERS);
        assert!(counts.iter().all(|count| *count > 0), "no race: {counts:?}");
        let open = "select count(*), count(*) from orders where state = 'confirmed'";
        let open = race.probe.rows(open).unwrap()[0].0;
        let level = race
            .probe
            .rows("select on_hand, held from stock where item_id = 'egg-tarts'")
            .unwrap();
        assert_eq!(level, [(500, open)], "on hand, held");
        race.finish();
    });
}
