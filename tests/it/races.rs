//! People who want the same thing at the same moment, through the whole bot: a process of its
//! own, real HTTP, both databases.

use std::time::Duration;

use crate::support::crowd::{CHEF, GROUP, first_line};
use crate::support::race::{COOK, Race, on_both};

/// What takes the hold on stock: where the race is run.
const CHECK_OUT: &str = "✅ Check out*";

#[test]
fn two_hundred_want_the_last_fifty() {
    on_both(|database| {
        let edits = [("catalogue.toml", "stock = 36", "stock = 50")];
        let mut race = Race::new(database, 200, &edits);
        for customer in &mut race.crowd.customers {
            // All at once is slow on two cores; tapping again would make it slower.
            customer.patience = Duration::from_secs(30);
            customer.hesitates_at = Some(CHECK_OUT);
        }
        race.until("all at the till", |race| {
            race.act();
            race.crowd.customers.iter().all(|c| c.hesitating)
        });
        for customer in &mut race.crowd.customers {
            customer.hesitates_at = None;
            customer.look_again();
        }
        race.all_ordered();
        let sold = race
            .crowd
            .customers
            .iter()
            .filter(|c| c.seen.len() == 1)
            .count();
        let told = race
            .crowd
            .customers
            .iter()
            .filter(|c| c.told && c.seen.is_empty())
            .count();
        assert_eq!((sold, told), (50, 150), "sold and told");
        let rows = race
            .probe
            .rows("select count(*), count(distinct customer) from orders")
            .unwrap();
        assert_eq!(rows, [(50, 50)], "orders, customers");
        let level = race
            .probe
            .rows("select on_hand, held from stock where item_id = 'egg-tarts'")
            .unwrap();
        assert_eq!(level, [(50, 50)], "on hand, held");
        race.finish();
    });
}

#[test]
fn two_of_the_kitchen_press_at_once() {
    on_both(|database| {
        let mut race = Race::new(database, 10, &[]);
        race.all_ordered();
        let cards = race.cards(GROUP, CHEF, "✅ 10 min");
        assert_eq!(cards.len(), 10, "cards in the kitchen");
        let mut taps = Vec::new();
        for (card, row, col) in &cards {
            for person in [CHEF, COOK] {
                taps.push(
                    race.telegram
                        .tap(person, GROUP, card.id, *row, *col)
                        .unwrap(),
                );
            }
        }
        race.until("answered", |race| {
            taps.iter().all(|t| race.telegram.answers(t).is_some())
        });
        race.settle();
        let faster = taps
            .iter()
            .filter(|t| {
                race.telegram
                    .answers(t)
                    .is_some_and(|a| a.text.contains("faster"))
            })
            .count();
        assert_eq!(faster, 10, "people who are told that somebody was faster");
        let moves = race.probe.rows("select count(*), count(distinct order_id) from order_events where event = 'promise'").unwrap();
        assert_eq!(moves, [(10, 10)], "promises, orders");
        race.finish();
    });
}

#[test]
fn a_customer_cancels_while_the_kitchen_begins() {
    on_both(|database| {
        let mut race = Race::new(database, 12, &[]);
        race.all_ordered();
        let people: Vec<i64> = race.crowd.customers.iter().map(|c| c.id).collect();
        for person in &people {
            for (card, row, col) in race.cards(*person, *person, "Cancel order") {
                race.telegram
                    .tap(*person, *person, card.id, row, col)
                    .unwrap();
            }
        }
        race.settle();
        let kitchen = race.cards(GROUP, CHEF, "🍳 Preparing");
        assert_eq!(kitchen.len(), 12, "cards in the kitchen");
        let mut presses = kitchen.iter();
        for (n, person) in people.iter().enumerate() {
            let wish = race.cards(*person, *person, "Yes, cancel it");
            let press = |race: &Race| {
                for (card, row, col) in &wish {
                    race.telegram
                        .tap(*person, *person, card.id, *row, *col)
                        .unwrap();
                }
            };
            if n % 2 == 0 {
                press(&race);
            }
            if let Some((card, row, col)) = presses.next() {
                race.telegram.tap(CHEF, GROUP, card.id, *row, *col).unwrap();
            }
            if n % 2 == 1 {
                press(&race);
            }
        }
        race.settle();
        let states = race.probe.rows(
            "select sum(case when state = 'cancelled' then 1 else 0 end), sum(case when state = 'preparing' then 1 else 0 end) from orders",
        );
        let (cancelled, preparing) = states.unwrap()[0];
        assert_eq!(cancelled + preparing, 12, "every order is one or the other");
        for person in &people {
            let shown: Vec<String> = race
                .telegram
                .messages(*person, *person)
                .iter()
                .filter(|m| m.from_bot && !m.deleted)
                .map(first_line)
                .filter(|l| l.starts_with("🧾"))
                .collect();
            let last = shown.last().cloned().unwrap_or_default();
            assert!(
                last.contains("cancelled") || last.contains("being prepared"),
                "{person} sees {shown:?}"
            );
        }
        race.finish();
    });
}
