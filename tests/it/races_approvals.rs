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
/// So many at a time: more, and those who press once are through before the deciders, who press
/// about all of them, have come to the second.
const GROUP: usize = 5;
/// So many at a time: at most fifty updates of one person wait.
const WAVE: usize = 25;
/// The longest pause between two presses: all at once, each person's lane would be in step.
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
    wants: Decided,
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

/// Three presses about each order: a yes, a yes or a no, and the customer's; in any order.
fn presses(race: &Race, orders: &BTreeMap<i64, i64>, chance: &mut Chance) -> Vec<Press> {
    let mut all = Vec::new();
    for (nth, (order, customer)) in orders.iter().enumerate() {
        let mut add = |who, wants, (message, data): (i64, String)| {
            all.push(Press {
                order: *order,
                wants,
                who,
                chat_message: message,
                data,
            });
        };
        let card = |who, label| {
            let cards = race.cards(who, who, label);
            let card = cards.iter().find(|(m, ..)| number(m) == Some(*order));
            let card = card.unwrap_or_else(|| panic!("{who} has no card of #{order}"));
            (card.0.id, data(card))
        };
        add(DECIDERS[0], Decided::Yes, card(DECIDERS[0], "✅ Approve"));
        let (message, yes) = card(DECIDERS[1], "✅ 15 min");
        if nth % 2 == 0 {
            let id = yes.split(['.', '~']).nth(1).unwrap();
            let no = format!("aN.{id}.busy~1");
            add(DECIDERS[1], Decided::No, (message, no));
        } else {
            add(DECIDERS[1], Decided::Yes, (message, yes));
        }
        let sure = race.cards(*customer, *customer, "Yes, cancel it").remove(0);
        add(*customer, Decided::TakenBack, (sure.0.id, data(&sure)));
    }
    for at in (1..all.len()).rev() {
        let other = usize::try_from(chance.below(at as u64 + 1)).unwrap();
        all.swap(at, other);
    }
    all
}

/// Presses them one after the other, `first` alone: it is answered before the others come, so that
/// each kind of decision is the first one at times, however busy the machine. What each heard, by
/// order and person.
fn pressed(
    race: &mut Race,
    mut presses: Vec<Press>,
    first: Decided,
    chance: &mut Chance,
) -> BTreeMap<i64, BTreeMap<i64, String>> {
    let alone = presses.iter().position(|press| press.wants == first);
    presses.swap(0, alone.unwrap());
    let mut taps: Vec<(i64, i64, TapId)> = Vec::new();
    for press in presses {
        let (who, message) = (press.who, press.chat_message);
        let tap = race.telegram.tap_raw(who, who, message, &press.data);
        taps.push((press.order, who, tap.unwrap()));
        if taps.len() == 1 {
            answered(race, &taps);
        }
        sleep(Duration::from_millis(chance.below(PAUSE_MS)));
    }
    answered(race, &taps);
    race.settle();
    let mut said: BTreeMap<i64, BTreeMap<i64, String>> = BTreeMap::new();
    for (order, who, tap) in taps {
        let text = race.telegram.answers(&tap).unwrap().text;
        said.entry(order).or_default().insert(who, text);
    }
    said
}

fn answered(race: &mut Race, taps: &[(i64, i64, TapId)]) {
    race.until("answered", |race| {
        let is_answered = |tap: &TapId| race.telegram.answers(tap).is_some();
        taps.iter().all(|(.., tap)| is_answered(tap))
    });
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
        let mut firsts = [Decided::Yes, Decided::No, Decided::TakenBack]
            .into_iter()
            .cycle();
        let mut counts = [0, 0, 0];
        for begin in (0..ORDERS).step_by(WAVE) {
            let orders = placed(&mut race, begin..begin + WAVE);
            let mut rest: Vec<(i64, i64)> = orders.into_iter().collect();
            while !rest.is_empty() {
                let group: BTreeMap<i64, i64> = rest.drain(..GROUP).collect();
                let presses = presses(&race, &group, &mut chance);
                let said = pressed(&mut race, presses, firsts.next().unwrap(), &mut chance);
                let outcomes = outcomes(&mut race);
                for (order, customer) in group {
                    let outcome = outcomes[&order];
                    counts[outcome.0 as usize] += 1;
                    everybody_knows(&race, (order, customer), outcome, &said[&order]);
                }
            }
        }
        println!("approved, declined, taken back: {counts:?}");
        assert_eq!(counts.iter().sum::<usize>(), ORDERS);
        assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
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
