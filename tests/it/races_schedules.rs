//! Repeated orders when several things happen at the same moment, through the whole bot, on both
//! databases: a date becomes one order at most, and everybody is told what came of it.

use std::collections::BTreeMap;
use std::process::Child;
use std::thread::sleep;
use std::time::Duration;

use ks_order::sandbox::{Answer, ButtonKind, TapId};

use crate::support::chance::Chance;
use crate::support::crowd::{first_line, number};
use crate::support::db::Server;
use crate::support::race::{Race, now_ms, on_both};
use crate::support::repeats::written;

/// What says yes on the card of a date.
const YES: &str = "✅*";
const EDITS: [(&str, &str, &str); 1] = [("catalogue.toml", "stock = 36", "stock = 500")];
const HOUR_MS: i64 = 3_600_000;
/// The longest pause between two presses of one person.
const PAUSE_MS: u64 = 30;

fn ids(race: &Race) -> Vec<i64> {
    race.crowd.customers.iter().map(|c| c.id).collect()
}

/// People who repeat an order every day and were told of the next date. `auto`: it is ordered
/// without a yes.
fn told_ahead(database: Option<String>, people: i64, auto: bool) -> Race {
    let all: Vec<i64> = (1001..1001 + people).collect();
    let prepare = |url: &str| written(url, &all, now_ms(), auto);
    let mut race = Race::prepared(database, people, &EDITS, prepare);
    for person in all {
        race.telegram.say(person, "/start").unwrap();
    }
    race.settle();
    tell_ahead(&mut race);
    race
}

/// Changes something in the database, beside the bot.
fn change(race: &mut Race, text: &str) {
    race.until("written", |race| race.probe.run(text).is_ok());
}

/// Everybody is told of their next date, which is an hour away.
fn tell_ahead(race: &mut Race) {
    let at = now_ms() + HOUR_MS;
    change(race, &format!("update schedules set next_ms = {at}"));
    let now = "update timers set due_ms = 0 where kind = 'schedule'";
    change(race, now);
    race.settle();
}

/// The next date of these people is over at this moment, of each a little later than of the one
/// before.
fn over_at(race: &mut Race, (first, last): (i64, i64), at: i64, apart_ms: i64) {
    let moment = format!("{at} + (owner - {first}) * {apart_ms}");
    let whose = format!("owner between {first} and {last}");
    let date = format!("update schedules set next_ms = {moment} where {whose}");
    change(race, &date);
    let timer = format!(
        "update timers set due_ms =
            (select next_ms from schedules where cast(id as text) = timers.name)
         where kind = 'schedule' and name in
            (select cast(id as text) from schedules where {whose})"
    );
    change(race, &timer);
}

/// The card that asks a person, with what its yes sends: as it was when somebody looked at it.
fn question(race: &Race, person: i64) -> (i64, String) {
    let cards = race.cards(person, person, YES);
    let [(card, row, col)] = cards.as_slice() else {
        panic!("{person} is asked by {cards:?}");
    };
    match &card.inline_keyboard[*row][*col].kind {
        ButtonKind::Callback(data) => (card.id, data.clone()),
        other => panic!("{other:?} is no callback"),
    }
}

fn press(race: &Race, person: i64, (card, data): &(i64, String)) -> TapId {
    let tap = race.telegram.tap_raw(person, person, *card, data);
    tap.unwrap()
}

fn answered(race: &mut Race, taps: &[(i64, TapId)]) -> Vec<(i64, Answer)> {
    race.until("answered", |race| {
        taps.iter()
            .all(|(_, tap)| race.telegram.answers(tap).is_some())
    });
    race.settle();
    let answers = taps
        .iter()
        .map(|(person, tap)| (*person, race.telegram.answers(tap).unwrap()));
    answers.collect()
}

/// How many of these answers promise an order; the others are windows that say why there is none.
fn promised<'a>(answers: impl Iterator<Item = &'a Answer>) -> usize {
    answers
        .filter(|answer| {
            assert!(!answer.text.is_empty(), "without a word: {answer:?}");
            !answer.alert
        })
        .count()
}

/// The numbers of everybody's orders.
fn orders(race: &mut Race) -> BTreeMap<i64, Vec<i64>> {
    let text = "select customer, number from orders order by number";
    let mut found: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (customer, number) in race.probe.rows(text).unwrap() {
        found.entry(customer).or_default().push(number);
    }
    found
}

fn count(race: &mut Race, text: &'static str) -> i64 {
    let mut found = None;
    race.until("read", |race| {
        found = race.probe.rows(text);
        found.is_some()
    });
    found.unwrap()[0].0
}

const PLACING: &str = "select count(*), count(*) from schedule_runs where state = 'placing'";
const ORDERED: &str = "select count(*), count(*) from schedule_runs where state = 'ordered'";
const DEAD: &str = "select count(*), count(*) from inbox where state = 'dead'";
const LEVEL: &str = "select on_hand, held from stock where item_id = 'egg-tarts'";

/// Nobody asks any more; who has an order was told its number, and whoever has none heard of none.
fn is_told(race: &Race, person: i64, orders: &[i64]) {
    let open = race.cards(person, person, YES);
    assert_eq!(open.len(), 0, "{person} may still press {open:?}");
    let messages = race.telegram.messages(person, person);
    let said = messages.iter().filter(|m| m.from_bot && !m.deleted);
    // Apart from the orders' own cards.
    let said = said.filter(|m| !first_line(m).starts_with("🧾"));
    let mut told: Vec<i64> = said.filter_map(number).collect();
    told.sort_unstable();
    told.dedup();
    assert_eq!(told, orders, "{person} was told");
}

/// Each of them has so many orders and knows of all; nothing was given up, the goods are right.
fn everybody_has(race: &mut Race, dates: usize) {
    let all = ids(race);
    let orders = orders(race);
    for person in &all {
        let own = orders.get(person).cloned().unwrap_or_default();
        assert_eq!(own.len(), dates, "orders of {person}: {own:?}");
        is_told(race, *person, &own);
    }
    let placed = i64::try_from(all.len() * dates).unwrap();
    assert_eq!(count(race, ORDERED), placed, "dates that became orders");
    is_sound(race, placed);
}

fn is_sound(race: &mut Race, placed: i64) {
    assert_eq!(count(race, DEAD), 0, "dead letters");
    assert_eq!(race.probe.rows(LEVEL).unwrap(), [(500, placed)]);
}

#[test]
fn a_yes_on_two_devices_is_one_order() {
    on_both(|database| {
        let mut chance = Chance::new("a_yes_on_two_devices_is_one_order");
        let mut race = told_ahead(database, 24, false);
        let mut taps = Vec::new();
        for person in ids(&race) {
            let card = question(&race, person);
            taps.push((person, press(&race, person, &card)));
            // Of every second one the other press meets the order on its way.
            if person % 2 == 0 {
                sleep(Duration::from_millis(chance.below(PAUSE_MS)));
            }
            taps.push((person, press(&race, person, &card)));
        }
        let answers = answered(&mut race, &taps);
        for person in ids(&race) {
            let own = answers.iter().filter(|(whose, _)| *whose == person);
            let own = promised(own.map(|(_, answer)| answer));
            assert_eq!(own, 1, "presses of {person} that promise an order");
        }
        everybody_has(&mut race, 1);
        race.finish();
    });
}

/// People who press around the same moment.
const WAVE: i64 = 16;
/// Waves, each with presses further from the cut-off: a busy machine is late by more.
const SPREADS_MS: [u64; 5] = [40, 120, 400, 1_200, 3_000];

/// One wave presses about the moment at which its dates are over; who were promised an order, and
/// who were not.
fn wave_at_the_cut_off(
    race: &mut Race,
    (first, spread): (i64, u64),
    chance: &mut Chance,
) -> (usize, usize) {
    let people: Vec<i64> = (first..first + WAVE).collect();
    let mut cards = Vec::new();
    for person in &people {
        let early = i64::try_from(chance.below(2 * spread)).unwrap();
        cards.push((early, *person, question(race, *person)));
    }
    cards.sort_by_key(|(after, person, _)| (*after, *person));
    let begin = now_ms() + 1_000;
    let cut = begin + i64::try_from(spread).unwrap();
    over_at(race, (first, first + WAVE - 1), cut, 0);
    let (mut taps, mut late) = (Vec::new(), Vec::new());
    for (after, person, card) in &cards {
        let pause = u64::try_from(begin + after - now_ms()).unwrap_or(0);
        sleep(Duration::from_millis(pause));
        if now_ms() >= cut {
            late.push(*person);
        }
        taps.push((*person, press(race, *person, card)));
    }
    let answers = answered(race, &taps);
    race.until("over", |_| now_ms() > cut);
    race.settle();
    let orders = orders(race);
    let mut counts = (0, 0);
    for (person, answer) in answers {
        let own = orders.get(&person).cloned().unwrap_or_default();
        let is_promised = promised([&answer].into_iter()) == 1;
        assert_eq!(own.len(), usize::from(is_promised), "orders of {person}");
        assert!(
            !late.contains(&person) || own.is_empty(),
            "{person} was late"
        );
        is_told(race, person, &own);
        match is_promised {
            true => counts.0 += 1,
            false => counts.1 += 1,
        }
    }
    counts
}

#[test]
fn a_yes_at_the_cut_off_is_an_order_or_none() {
    on_both(|database| {
        let mut chance = Chance::new("a_yes_at_the_cut_off_is_an_order_or_none");
        let waves = i64::try_from(SPREADS_MS.len()).unwrap();
        let mut race = told_ahead(database, WAVE * waves, false);
        let (mut yes, mut no) = (0, 0);
        for (first, spread) in (1001..).step_by(WAVE as usize).zip(SPREADS_MS) {
            let (ordered, late) = wave_at_the_cut_off(&mut race, (first, spread), &mut chance);
            println!("{spread} ms: {ordered} ordered, {late} late");
            (yes, no) = (yes + ordered, no + late);
        }
        assert!(yes > 0 && no > 0, "no race: {yes} ordered, {no} late");
        let placed = i64::try_from(yes).unwrap();
        assert_eq!(count(&mut race, ORDERED), placed);
        is_sound(&mut race, placed);
        race.finish();
    });
}

/// A second instance; ends with it.
struct Other(Child);

impl Drop for Other {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Dates of each person that are ordered without a yes.
const DATES: usize = 3;

#[test]
fn two_instances_order_each_date_once() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut race = told_ahead(Some(server.database()), 24, true);
    let other = Other(race.program.run());
    race.until("both are there", |race| {
        let there = "select count(*), count(*) from instances";
        race.probe.rows(there) == Some(vec![(2, 2)])
    });
    let people = ids(&race);
    let all = (people[0], people[people.len() - 1]);
    for date in 1..=DATES {
        // One after the other, so that now the one, now the other looks first.
        over_at(&mut race, all, now_ms() + 500, 70);
        let placed = i64::try_from(people.len() * date).unwrap();
        race.until("ordered", |race| count(race, ORDERED) >= placed);
        race.settle();
        everybody_has(&mut race, date);
        tell_ahead(&mut race);
    }
    drop(other);
    race.finish();
}

/// Kills of each run.
const KILLS: usize = 6;
/// Between two dates that are ordered by themselves: so that each kill meets some.
const APART_MS: i64 = 150;

/// The bot is killed again and again while it places orders; `last`: when the last date is over.
/// Then nothing waits any more, and each is one.
fn killed_while_it_places(race: &mut Race, last: i64, chance: &mut Chance) {
    let mut amid = 0;
    for kill in 0..KILLS {
        race.until("placing", |race| {
            count(race, PLACING) > 0 || now_ms() > last && race.is_calm()
        });
        // The first time at once, so that one kill at least meets an order on its way.
        let pause = if kill == 0 { 0 } else { chance.below(60) };
        sleep(Duration::from_millis(pause));
        race.kill();
        amid += usize::from(count(race, PLACING) > 0 || race.probe.waiting() > Some(0));
        race.start();
        // Long enough now and then to get on.
        sleep(Duration::from_millis(200 + chance.below(1_300)));
    }
    println!("{amid} of {KILLS} kills amid an order");
    assert!(amid > 0, "no kill hit an order on its way");
    race.until("over", |_| now_ms() > last);
    race.settle();
    everybody_has(race, 1);
}

#[test]
fn killed_between_question_and_order() {
    on_both(|database| {
        let mut chance = Chance::new("killed_between_question_and_order");
        let mut race = told_ahead(database, 24, false);
        race.kill();
        for person in ids(&race) {
            press(&race, person, &question(&race, person));
        }
        race.start();
        killed_while_it_places(&mut race, 0, &mut chance);
        race.finish();
    });
}

#[test]
fn killed_while_it_orders_by_itself() {
    on_both(|database| {
        let mut chance = Chance::new("killed_while_it_orders_by_itself");
        let mut race = told_ahead(database, 24, true);
        let people = ids(&race);
        let (first, last) = (people[0], people[people.len() - 1]);
        let begin = now_ms() + 500;
        over_at(&mut race, (first, last), begin, APART_MS);
        let over = begin + (last - first) * APART_MS;
        killed_while_it_places(&mut race, over, &mut chance);
        race.finish();
    });
}
