//! All that is kept of a person comes in files, and nothing of others; so many orders are erased too.

use super::{Life, erases, is_over};
use crate::support::bot::Setup;
use crate::support::scene::Scene;

/// So many copies of an order, each a customer's own.
const COPIES: [&str; 5] = [
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 230)
     insert into carts (id, customer, flow, version, body, order_id, updated_ms)
     select c.id + 100000 + i, c.customer, c.flow, c.version, null, c.order_id + 100000 + i, c.updated_ms
     from carts c cross join n where c.order_id = (select min(id) from orders)",
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 230)
     insert into orders (id, day, number, customer, flow, chat, cart_id, state, payment, delivery,
     approval, version, cancel_asked, reason, receipt, currency, subtotal_minor, total_minor,
     cause, placed_ms, moved_ms, closed_ms, fulfilment)
     select o.id + 100000 + i, o.day, o.number + 10 + i, o.customer, o.flow, o.chat, o.cart_id + 100000 + i, o.state,
     o.payment, o.delivery, o.approval, o.version, o.cancel_asked, o.reason, o.receipt, o.currency,
     o.subtotal_minor, o.total_minor, o.cause, o.placed_ms, o.moved_ms, o.closed_ms, o.fulfilment
     from orders o cross join n where o.id = (select min(id) from orders)",
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 230)
     insert into order_lines (order_id, line, item_id, variant, quantity, counted, amount_minor, body)
     select l.order_id + 100000 + i, l.line, l.item_id, l.variant, l.quantity, false, l.amount_minor, l.body
     from order_lines l cross join n where l.order_id = (select min(id) from orders)",
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 230)
     insert into order_events (order_id, version, event, from_state, to_state, role, actor, reason,
     rule, cause, at_ms)
     select e.order_id + 100000 + i, e.version, e.event, e.from_state, e.to_state, e.role, e.actor, e.reason,
     e.rule, e.cause, e.at_ms
     from order_events e cross join n where e.order_id = (select min(id) from orders)",
    "update day_counters set last = last + 300",
];

/// The newest files in somebody's chat, the oldest of them first, read.
fn exported(scene: &Scene<'_>, who: &str) -> Vec<serde_json::Value> {
    let id = scene.stage.id(who).unwrap();
    let messages = scene.stage.telegram.messages(id, id);
    let files = messages.into_iter().filter_map(|message| message.document);
    files
        .map(|file| {
            let bytes = scene.stage.telegram.file(&file.file_id).unwrap();
            serde_json::from_slice(&bytes).unwrap()
        })
        .collect()
}

#[test]
fn all_that_is_kept_comes_in_files_and_nothing_of_others() {
    let setup = Setup::sqlite();
    let life = Life::read("restaurant");
    let mut scene = life.planted(&setup);
    scene.plays("zephyrine: /export\n");
    let files = exported(&scene, "zephyrine");
    assert_eq!(files.len(), 1);
    let text = files[0].to_string();
    for canary in life.kept() {
        assert!(text.contains(canary), "{canary} is missing");
    }
    for other in ["Chen", "Chef", "Ana", "Boss", "Wolfgangus"] {
        assert!(!text.contains(other), "{other} is another person");
    }
    let chef = scene.stage.id("chef").unwrap().to_string();
    assert!(!text.contains(&chef));
    let orders = files[0]["orders"].as_array().unwrap();
    let own = orders.len();
    assert!(own >= 2);
    assert!(orders.iter().any(|order| order["state"] == "completed"));
    let all = scene.count("select count(*), cast(0 as bigint) from orders");

    for text in COPIES {
        scene.bot.runs(text).unwrap();
    }
    scene.plays("clock +2m\nzephyrine: /export\n");
    let files = exported(&scene, "zephyrine");
    let counts: Vec<usize> = files[1..]
        .iter()
        .map(|file| file["orders"].as_array().unwrap().len())
        .collect();
    assert_eq!(counts, [200, 30 + own]);
    assert_eq!(files[2]["part"], 2);
    assert_eq!(files[2].get("person"), None);
    let mut ids: Vec<String> = files[1..]
        .iter()
        .flat_map(|file| file["orders"].as_array().unwrap())
        .map(|order| order["id"].to_string())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 230 + own, "each once");

    // So many are erased as well, and the database is sound.
    erases(&mut scene);
    for _ in 0..8 {
        scene.plays("clock +1m\n");
    }
    assert!(is_over(&mut scene));
    assert_eq!(
        scene.count("select count(*), cast(0 as bigint) from orders"),
        230 + all
    );
    scene.ends();
}
