//! Rules that are wrong: refused before the shop opens where that can be seen, and otherwise
//! never a reason to let an order through.

use std::fs;
use std::time::{Duration, Instant};

use ks_order::shop::{Shop, Source};

use super::{CONFIRMED, ORDER, WAITS, states};
use crate::support::bot::Setup;
use crate::support::child::shop_folder;
use crate::support::scene::Scene;

/// What `check` says of a restaurant whose rule has this condition; empty if nothing.
fn faults(condition: &str) -> String {
    let old = "when = \"order.total_minor > 200000\"";
    let folder = shop_folder(&[("approval.toml", old, &format!("when = '''{condition}'''"))]);
    match Shop::load(&Source::Folder(folder.path().to_owned())) {
        Ok(_) => String::new(),
        Err(faults) => faults.to_string(),
    }
}

#[test]
fn a_rule_that_compares_text_with_a_number_is_refused() {
    for condition in [
        "order.flow > 5",
        "order.total_minor == 'much'",
        "customer.groups == 'regulars'",
        "order.items.exists(i, i > 3)",
        "order.total_minor",
        "order.flow",
    ] {
        let found = faults(condition);
        assert!(found.contains("approval.toml:"), "{condition}: {found:?}");
    }
}

#[test]
fn a_rule_that_always_divides_by_zero_is_refused() {
    for condition in [
        "10 / 0 > 1",
        "order.total_minor / 0 > 1",
        "order.total_minor % 0 == 0",
        "time.open && order.lines / (0) > 1",
    ] {
        let found = faults(condition);
        assert!(found.contains("approval.toml:"), "{condition}: {found:?}");
    }
    assert_eq!(faults("order.total_minor / 100 > 1"), "");
}

#[test]
fn a_rule_of_a_hundred_kilobytes_is_refused_at_once() {
    let begin = Instant::now();
    for (piece, times) in [
        (" && true", 12_500),
        ("(", 100_000),
        ("!", 100_000),
        (" + order.total_minor", 5_000),
        ("'x", 50_000),
    ] {
        let found = faults(&format!("true{}", piece.repeat(times)));
        assert!(
            found.contains("longer than 500 characters"),
            "{piece}: {found:?}"
        );
        assert!(found.len() < 5_000, "a fault of {} bytes", found.len());
    }
    assert!(begin.elapsed() < Duration::from_secs(20));
    // Nor is a folder read whose file holds nothing else.
    let folder = shop_folder(&[]);
    fs::write(folder.path().join("approval.toml"), "x".repeat(100_000)).unwrap();
    assert!(Shop::load(&Source::Folder(folder.path().to_owned())).is_err());
}

#[test]
fn a_rule_that_can_not_be_worked_out_asks_a_person_and_tells_the_owner() {
    for condition in [
        "10000 / customer.completed_orders > 5",
        "10000 % customer.completed_orders > 5",
        "order.total_minor * 9000000000000000000 > 5",
        "order.total_minor + 9223372036854775807 > 5",
        "-9223372036854775807 - order.total_minor < 0",
    ] {
        for outcome in ["approve", "reject"] {
            not_worked_out(condition, outcome);
        }
    }
}

/// Whatever such a rule would have said, the owner decides and hears why.
fn not_worked_out(condition: &str, outcome: &str) {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(
        &setup,
        "people: lin (en), boss (en), kitchen: group of chef\nset: rules error\nboss: /start\n",
    );
    scene.plays(&format!(
        "file approval.toml: \"10000 / customer.completed_orders > 5\" -> \"{condition}\"\n\
         file approval.toml: \"outcome = \\\"approve\\\"\" -> \"outcome = \\\"{outcome}\\\"\"\n\
         reload\n"
    ));
    scene.plays(ORDER);
    assert_eq!(states(&mut scene), [(1, WAITS)], "{condition}, {outcome}");
    scene.plays(
        "clock +10s\nboss: sees \"⚠️ The rule “often” in approval.toml could not be worked out*\"\n\
         boss: tap ✅ Approve\ntoast \"✅ Approved\"\n",
    );
    assert_eq!(states(&mut scene), [(1, CONFIRMED)]);
    scene.ends();
}
