//! People with a saved order that is repeated every day, for races and kills: written before the
//! bot starts. When a date is asked about and ordered is set afterwards, as close as a race needs.

use chrono::{DateTime, NaiveDate, Timelike};
use ks_order::dialogue::Answer;
use ks_order::domain::cart::refill::Wish;
use ks_order::domain::cart::{NewLine, Selection};
use ks_order::domain::catalogue::Unit;
use ks_order::domain::contents::Answers;
use ks_order::domain::saved::{Body, SavedOrder};
use ks_order::domain::schedules::{Date, Days, Schedule};
use ks_order::kernel::{CustomerId, Localised, Quantity, Timestamp};
use ks_order::store::timers::Timer;
use ks_order::store::{Db, saved, schedules, timers};

use super::db::options;

/// What each of them orders comes to.
pub const PRICE: i64 = 1_600;

/// The restaurant's zone, all year.
const AHEAD_MS: i64 = 8 * 3_600_000;
const HOUR_MS: i64 = 3_600_000;

/// Day and minute of the restaurant's clock.
fn wall(at: i64) -> (NaiveDate, u32) {
    let there = DateTime::from_timestamp_millis(at + AHEAD_MS).unwrap();
    (there.date_naive(), there.hour() * 60 + there.minute())
}

/// Egg tarts to be picked up at once, with all questions answered.
fn tarts() -> Body {
    let wish = Wish {
        line: NewLine {
            item: "egg-tarts".into(),
            variant: None,
            selection: Selection::default(),
            quantity: Quantity(1),
            note: String::new(),
        },
        name: Localised::default(),
        variant_name: None,
        unit: Unit::Piece,
        before: None,
        skipped: false,
    };
    let answers = [
        ("time", Answer::Text("asap".to_owned())),
        ("name", Answer::Text("Lin".to_owned())),
        ("note", Answer::Skipped),
    ];
    let answers = answers.map(|(step, answer)| (step.to_owned(), value(&answer)));
    Body {
        flow: "pickup".to_owned(),
        answers: Answers::from(answers),
        ..Body::of(vec![wish])
    }
}

fn value(answer: &Answer) -> serde_json::Value {
    serde_json::to_value(answer).unwrap()
}

/// Writes one for each of these people into a database that no bot has opened yet. `auto`: without
/// being asked. Its first date is today, and nobody looks at it for an hour.
pub fn written(url: &str, people: &[i64], now: i64, auto: bool) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (day, minute) = wall(now);
    let at = Timestamp(now + HOUR_MS);
    runtime.block_on(async {
        let db = Db::open(url, &options()).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        for person in people {
            let owner = CustomerId(*person);
            let order = SavedOrder {
                id: *person,
                owner,
                company: None,
                name: "Tarts".to_owned(),
                usual: false,
                version: 1,
                body: tarts(),
            };
            assert!(saved::insert(&mut tx, &order, at).await.unwrap());
            let mut schedule = Schedule {
                days: Days::from_bits(0b111_1111).unwrap(),
                // Past, when the date is over: then the next one is that of another day.
                minute: Some(minute),
                auto_minor: auto.then_some(PRICE),
                next: Some(Date { day, at }),
                ..Schedule::new(*person, owner, *person)
            };
            let kept = schedules::save(&mut tx, &mut schedule, at).await;
            assert!(kept.unwrap());
            let timer = Timer {
                kind: "schedule".to_owned(),
                name: person.to_string(),
                due_ms: at.0,
                lane: person.to_string(),
            };
            timers::set(&mut tx, &[timer]).await.unwrap();
        }
        tx.commit().await.unwrap();
        db.close().await;
    });
}
