//! An erasure under which the bot dies after each of its transactions, one after the other. Nothing
//! here is left to luck: a trigger lets so many of them through and no more, so that the bot is
//! killed when exactly these are done. Must never be told by a pause when to kill.

use std::time::{Duration, Instant};

use super::search::{Found, Sought, leads_to, opened};
use super::{Life, is_over, leads_to_no_order};
use crate::support::bot::Setup;
use crate::support::scene::Scene;
use crate::support::script::Act;

/// Longer than this no step may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// More than what an erasure ever waits for.
const WAIT_MS: i64 = 31_000;

/// Steps of an erasure fail once `remaining` is 0.
const TURNSTILE_SQLITE: [&str; 4] = [
    "create table turnstile (remaining bigint not null)",
    "insert into turnstile (remaining) values (0)",
    "create trigger turnstile_kept before update on erasures begin
     select raise(abort, 'stopped') where (select remaining from turnstile) = 0;
     update turnstile set remaining = remaining - 1; end",
    "create trigger turnstile_ended before delete on erasures begin
     select raise(abort, 'stopped') where (select remaining from turnstile) = 0;
     update turnstile set remaining = remaining - 1; end",
];
const TURNSTILE_POSTGRES: [&str; 4] = [
    "create table turnstile (remaining bigint not null)",
    "insert into turnstile (remaining) values (0)",
    "create function turnstile() returns trigger language plpgsql as $$ begin
     update turnstile set remaining = remaining - 1 where remaining > 0;
     if not found then raise exception 'stopped'; end if;
     if tg_op = 'DELETE' then return old; end if;
     return new; end $$",
    "create trigger turnstile before update or delete on erasures
     for each row execute function turnstile()",
];

/// Counts the steps that are let through and erasures under way.
const PASSED: &str = "select (select remaining from turnstile), (select count(*) from erasures)";
const ONE_MORE: &str = "update turnstile set remaining = 1";

/// Begins the erasure with the turnstile closed.
fn begun(scene: &mut Scene<'_>) {
    let is_lite = scene.bot.url().starts_with("sqlite");
    let texts = match is_lite {
        true => TURNSTILE_SQLITE,
        false => TURNSTILE_POSTGRES,
    };
    for text in texts {
        scene.bot.runs(text).unwrap();
    }
    scene.plays("zephyrine: /privacy\nzephyrine: tap *Erase my data\n");
    let yes = Act::Tap {
        label: "*Yes*".to_owned(),
        on: None,
        times: 1,
    };
    scene.stage.act("zephyrine", None, &yes).unwrap();
}

/// Waits until what is counted is so; if nothing else is to be done, time goes by.
fn until(scene: &mut Scene<'_>, counts: &'static str, is_so: impl Fn((i64, i64)) -> bool) {
    let end = Instant::now() + PATIENCE;
    while !scene.bot.rows(counts).is_some_and(|rows| is_so(rows[0])) {
        assert!(
            Instant::now() < end,
            "it does not go on: {:?}",
            scene.bot.rows(PASSED)
        );
        if scene.bot.is_idle() {
            scene.bot.moves_clock(&scene.stage, WAIT_MS);
        }
    }
}

/// The bot dies after each of the erasure's transactions; how many these were.
fn dies_all_along(setup: &Setup, life: &str) -> usize {
    let life = Life::read(life);
    let mut scene = life.planted(setup);
    let url = scene.bot.url().to_owned();
    begun(&mut scene);
    // What is written meanwhile waits, and is a stranger's.
    let words = Act::Says("noodles, please".to_owned());
    scene.stage.act("zephyrine", None, &words).unwrap();
    until(&mut scene, PASSED, |(remaining, under_way)| {
        remaining == 0 && under_way == 1
    });
    let sought = Sought::new(&life.canaries(), &life.number(&scene));
    // What the erasure itself keeps of them is sealed, or their number; both must go as well.
    let is_there = |found: &[Found], column: &str| {
        let is_it = |(table, known, _): &Found| table == "erasures" && known == column;
        found.iter().any(is_it)
    };
    let who = scene.stage.id("zephyrine").unwrap();
    let named: Vec<Found> = leads_to(&url, who)
        .into_iter()
        .map(|(table, column, _)| (table, column, String::new()))
        .collect();
    assert!(is_there(&named, "person"));
    let (mut deaths, mut is_sealed) = (0, false);
    loop {
        scene.plays("restart\n");
        deaths += 1;
        assert!(deaths < 300, "it never ends");
        assert_eq!(
            scene.bot.violations().unwrap(),
            Vec::<String>::new(),
            "after {deaths}"
        );
        scene.bot.runs(ONE_MORE).unwrap();
        until(&mut scene, PASSED, |(remaining, _)| remaining == 0);
        if deaths <= 4 {
            is_sealed |= is_there(&opened(&url, &sought), "body");
        }
        if is_over(&mut scene) {
            break;
        }
    }
    assert!(is_sealed, "the words to look for were nowhere");
    scene.plays("restart\nclock +1m\n");
    // They wrote in the meantime: the name alone is there, as a stranger's.
    let mut after = opened(&url, &sought);
    after.retain(|(_, _, canary)| canary != "Zephyrine");
    assert_eq!(after, []);
    scene.ends();
    deaths
}

#[test]
fn it_ends_though_the_bot_dies_after_each_step() {
    let deaths = dies_all_along(&Setup::sqlite(), "restaurant");
    // Each stage is at least one transaction, most are more.
    assert!(deaths > 20, "{deaths}");
}

#[test]
fn it_ends_on_postgres_too() {
    if let Some(setup) = Setup::postgres() {
        assert!(dies_all_along(&setup, "regular") > 20);
    }
}

/// Steps fail until they are given up, its very first one and a later one, each twice; nobody writes,
/// and it goes on by itself.
#[test]
fn it_goes_on_though_steps_were_given_up() {
    const GIVEN_UP: &str =
        "select count(*), (select count(*) from erasures) from inbox where state = 'dead'";
    let setup = Setup::sqlite();
    let life = Life::read("regular");
    let mut scene = life.planted(&setup);
    begun(&mut scene);
    until(&mut scene, GIVEN_UP, |(dead, _)| dead >= 2);
    // As far as what is no longer their own conversation's.
    scene
        .bot
        .runs("update turnstile set remaining = 9")
        .unwrap();
    until(&mut scene, GIVEN_UP, |(dead, _)| dead >= 4);
    let stages = "select count(*), sum(case when stage in ('holds', 'learn', 'away', 'timers') then 1 else 0 end) from erasures";
    assert_eq!(scene.rows(stages), [(1, 0)]);
    scene
        .bot
        .runs("update turnstile set remaining = 1000000")
        .unwrap();
    until(&mut scene, GIVEN_UP, |(_, under_way)| under_way == 0);
    let sought = Sought::new(&life.canaries(), &life.number(&scene));
    assert_eq!(opened(scene.bot.url(), &sought), []);
    assert_eq!(scene.bot.violations().unwrap(), Vec::<String>::new());
}

/// Known to the desk, which is about to place an order for the person.
const AT_THE_DESK: &str = "people: zephyrine (en), ana (en), boss (en), kitchen: group of chef
boss: /invite operator
ana: /start {link}
zephyrine: /start
zephyrine: tap *Pickup
zephyrine: tap Desserts
zephyrine: tap Osmanthus jelly*
zephyrine: tap *Add*
zephyrine: tap 🛒 Cart
zephyrine: tap *Check out*
zephyrine: tap As soon as possible
zephyrine: says Zephyrine
zephyrine: tap Skip*
zephyrine: tap *Place order*
chef in kitchen: tap ✅ 10 min
chef in kitchen: tap *Preparing
chef in kitchen: tap *Ready
chef in kitchen: tap *anded*
ana: /order
ana: says #1
ana: tap Zephyrine*
ana: tap *Pickup
ana: says jelly
ana: tap Osmanthus*
ana: tap *Add*
ana: tap 🛒 Cart
ana: tap *Check out*
ana: tap As soon as possible
ana: tap Skip*
";

/// The desk places it between the beginning of the erasure and the step that tells them.
#[test]
fn what_the_desk_is_ordering_for_them_does_not_become_an_order() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, AT_THE_DESK);
    begun(&mut scene);
    until(&mut scene, PASSED, |(_, under_way)| under_way == 1);
    let place = Act::Tap {
        label: "*Place order*".to_owned(),
        on: None,
        times: 1,
    };
    scene.stage.act("ana", None, &place).unwrap();
    let heard = "select count(*), 0 from inbox where state not in ('done', 'skipped')";
    until(&mut scene, heard, |(waiting, _)| waiting <= 1);
    let open = "update turnstile set remaining = 1000000";
    scene.bot.runs(open).unwrap();
    until(&mut scene, PASSED, |(_, under_way)| under_way == 0);
    let who = scene.stage.id("zephyrine").unwrap();
    assert_eq!(scene.count("select count(*), 0 from orders"), 1);
    leads_to_no_order(&mut scene, who);
    scene.ends();
}
