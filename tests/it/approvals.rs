//! What must not happen with approvals: each test is one way to decide what is not one's to
//! decide, twice, or too late, through real presses.

use crate::support::bot::Setup;
use crate::support::scene::Scene;

pub mod companies;
mod rules;

/// Chen and Dora are managers, each with a card of their own.
const SHOP: &str = "
people: lin (en), chen (en), dora (en), noa (en), boss (en), kitchen: group of chef
set: rules one
set: role chen manager
set: role dora manager
boss: /start
chen: /start
dora: /start
noa: /start
";

/// An order that waits for a manager.
const ORDER: &str = "
lin: /menu
lin: tap Desserts
lin: tap Mango sago*
lin: tap *Add*
lin: tap 🛒 Cart
lin: tap *Check out*
lin: tap As soon as possible
lin: tap *Skip*
lin: tap *Skip*
lin: tap *Place*
";

/// The shop with an order that waits.
fn waiting(setup: &Setup) -> Scene<'_> {
    let mut scene = Scene::new(setup, SHOP);
    scene.plays(ORDER);
    assert_eq!(states(&mut scene), [(1, WAITS)]);
    scene
}

const WAITS: i64 = 1;
const CONFIRMED: i64 = 2;
const REJECTED: i64 = 3;
const CANCELLED: i64 = 4;

/// Orders by number, with their states.
fn states(scene: &mut Scene<'_>) -> Vec<(i64, i64)> {
    scene.rows(
        "select number, case state when 'awaiting_approval' then 1 when 'confirmed' then 2 \
         when 'rejected' then 3 when 'cancelled' then 4 else 0 end from orders order by number",
    )
}

/// All that decisions change.
fn everything(scene: &mut Scene<'_>) -> Vec<Vec<(i64, i64)>> {
    vec![
        states(scene),
        scene.rows("select version, coalesce(request_version, 0) from orders order by id"),
        scene.rows("select count(*), count(distinct order_id) from order_events"),
        scene.rows(
            "select count(*), coalesce(sum(on_hand_change + held_change), 0) from stock_ledger",
        ),
        scene.rows("select count(*), coalesce(sum(quantity), 0) from holds"),
        scene.rows("select count(*), coalesce(sum(until_ms), 0) from absences"),
        scene.rows("select count(*), count(distinct user_id) from staff"),
    ]
}

/// How often orders were decided.
fn decisions(scene: &mut Scene<'_>) -> i64 {
    scene.count("select count(*), 0 from order_events where from_state = 'awaiting_approval'")
}

/// How many attempts without the right are in the record.
fn refusals(scene: &mut Scene<'_>) -> i64 {
    scene.count("select count(*), 0 from audit where act = 'refused'")
}

/// Presses that no button has; nothing changes, and the last words are given.
fn forge(scene: &mut Scene<'_>, who: &str, data: &str) -> String {
    let before = everything(scene);
    scene.plays(&format!("{who}: forges {data}\n"));
    assert_eq!(everything(scene), before, "{who} pressed {data:?}");
    scene.answer()
}

#[test]
fn a_double_press_of_approve_is_one_transition() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    scene.plays("chen: tap ✅ Approve twice\n");
    assert_eq!(scene.answer(), "Chen has approved it already.");
    assert_eq!(states(&mut scene), [(1, CONFIRMED)]);
    assert_eq!(decisions(&mut scene), 1);
    let noted = scene.count("select count(*), 0 from audit where act = 'order.confirm'");
    assert_eq!(noted, 1, "decisions in the record");
    scene.ends();
}

#[test]
fn a_press_that_telegram_delivers_twice_decides_once() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    scene.plays("duplicate\nchen: tap ✅ 15 min\n");
    assert_eq!(states(&mut scene), [(1, CONFIRMED)]);
    assert_eq!(decisions(&mut scene), 1);
    scene.ends();
}

#[test]
fn what_was_rejected_is_not_approved_afterwards_nor_the_other_way_round() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    let id = scene.order(1);
    scene.plays("chen: tap ✖ Reject…\nchen: tap *too busy*\ntoast \"✖ Declined\"\n");
    assert_eq!(states(&mut scene), [(1, REJECTED)]);
    for who in ["dora", "chen", "boss"] {
        let said = forge(&mut scene, who, &format!("ay.{id}~1"));
        assert_eq!(said, "Chen has declined it already.", "{who}");
    }
    scene.plays(ORDER);
    scene.plays("dora: tap ✅ Approve\ntoast \"✅ Approved\"\n");
    let id = scene.order(2);
    let said = forge(&mut scene, "chen", &format!("aN.{id}.busy~1"));
    assert_eq!(said, "Dora has approved it already.");
    assert_eq!(states(&mut scene), [(1, REJECTED), (2, CONFIRMED)]);
    scene.ends();
}

#[test]
fn whoever_is_in_the_kitchen_or_nobody_decides_nothing_and_it_is_noted() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    let id = scene.order(1);
    let acts = ["as", "ac", "ay", "an", "ah", "aq", "aw", "ax"].map(|op| format!("{op}.{id}~1"));
    let with_more = [format!("ay.{id}.15~1"), format!("aN.{id}.busy~1")];
    for who in ["noa", "chef", "lin"] {
        for data in acts.iter().chain(&with_more) {
            let said = forge(&mut scene, who, data);
            assert!(
                said.starts_with("You are not on this shop's team"),
                "{who} {data}: {said}"
            );
        }
    }
    assert_eq!(refusals(&mut scene), 3, "each person's once in ten minutes");
    scene.ends();
}

#[test]
fn approving_all_approves_only_what_is_ones_own_to_decide() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    scene.plays(ORDER);
    for who in ["noa", "chef", "lin"] {
        scene.plays(&format!(
            "{who}: /approvals\nbot: ⚖️ Nothing waits for you.\n     [🏠 Start]\n"
        ));
        for data in ["ab~*", "aB~*"] {
            forge(&mut scene, who, data);
        }
    }
    scene.plays("chen: /approvals\nchen: tap ✅ Approve all*\nchen: tap ✅ Yes*\n");
    assert_eq!(states(&mut scene), [(1, CONFIRMED), (2, CONFIRMED)]);
    scene.ends();
}

#[test]
fn a_reply_to_the_card_by_somebody_without_the_right_asks_and_decides_nothing() {
    let setup = Setup::sqlite();
    let groups = "approvals: group of dora, max, kitchen: group of chef";
    let head = SHOP.replace("kitchen: group of chef", groups);
    let mut scene = Scene::new(&setup, &head);
    scene.plays(ORDER);
    let before = everything(&mut scene);
    scene.plays("max in approvals: replies Why? to \"*#1 *\"\nsilent\n");
    for label in ["aq", "aw"] {
        let id = scene.order(1);
        scene.plays(&format!("max in approvals: forges {label}.{id}~1\n"));
        assert!(
            scene
                .answer()
                .starts_with("You are not on this shop's team")
        );
    }
    assert_eq!(everything(&mut scene), before);
    // What one person wrote is not another one's to use.
    let id = scene.order(1);
    scene.plays("dora in approvals: replies No mango to \"*#1 *\"\n");
    for label in ["aq", "aw"] {
        scene.plays(&format!("chen: forges {label}.{id}~1\n"));
        assert!(
            scene
                .answer()
                .starts_with("Reply to this card with your own words")
        );
    }
    assert_eq!(everything(&mut scene), before);
    scene.ends();
}

#[test]
fn forged_presses_of_those_who_may_change_nothing() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    let id = scene.order(1);
    let minutes = [
        "0",
        "-5",
        "1441",
        "9223372036854775807",
        "99999999999999999999",
        "15.5",
        "x",
        "",
    ];
    let mut all: Vec<String> = minutes.iter().map(|m| format!("ay.{id}.{m}~1")).collect();
    let reasons = [
        "nosuch",
        "",
        "busy.busy",
        "undecided",
        "changed",
        "BUSY",
        "'; drop table orders",
    ];
    all.extend(reasons.iter().map(|reason| format!("aN.{id}.{reason}~1")));
    let rounds = ["0", "2", "-1", "9223372036854775807", "x", ""];
    all.extend(rounds.iter().map(|round| format!("ay.{id}~{round}")));
    all.extend(rounds.iter().map(|round| format!("aN.{id}.busy~{round}")));
    let ids = ["1", "0", "-1", "9223372036854775807", "", "x", "null"];
    all.extend(ids.iter().map(|id| format!("ay.{id}~1")));
    all.extend(["ay~1", "a~1", "az.1~1", "ay.1.2.3~1", "~", "", "~~~"].map(str::to_owned));
    all.extend([
        format!("ay.{id}"),
        format!("a.{id}~1"),
        "a".repeat(64),
        "é".repeat(32),
    ]);
    // Written words that nobody wrote.
    all.extend([
        format!("aw.{id}~1"),
        format!("aq.{id}~1"),
        format!("ax.{id}~1"),
    ]);
    for data in all.iter().filter(|data| !data.is_empty()) {
        let said = forge(&mut scene, "chen", data);
        assert!(!said.contains("pproved"), "{data}: {said}");
    }
    // The order still waits, and its own buttons still work.
    scene.plays("chen: tap ✅ Approve\ntoast \"✅ Approved\"\n");
    scene.ends();
}

#[test]
fn an_order_that_nobody_was_asked_about_can_not_be_approved() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, SHOP);
    scene.plays(&ORDER.replace("Mango sago*", "Egg tarts*"));
    assert_eq!(states(&mut scene), [(1, CONFIRMED)]);
    let id = scene.order(1);
    for data in [format!("ay.{id}~1"), format!("aN.{id}.busy~1")] {
        assert_eq!(
            forge(&mut scene, "chen", &data),
            "I don't know this button."
        );
    }
    scene.ends();
}

#[test]
fn what_the_rules_ask_people_about_the_kitchens_buttons_do_not_decide() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    let id = scene.order(1);
    for data in [
        format!("ka.{id}.15~2"),
        format!("kR.{id}.busy~2"),
        format!("kp.{id}~2"),
    ] {
        forge(&mut scene, "chef", &data);
        // A manager may call it off by hand, with a reason; to confirm it so is nobody's.
        if !data.starts_with("kR") {
            forge(&mut scene, "chen", &data);
        }
    }
    scene.ends();
}

#[test]
fn who_lost_the_role_a_second_ago_decides_nothing() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, &SHOP.replace("chen manager", "chen support"));
    let chen = scene.stage.id("chen").unwrap();
    scene.plays(&format!("boss: /start\nboss: forges eg.{chen}.manager~*\n"));
    scene.plays(ORDER);
    scene.plays("chen: /approvals\n");
    let id = scene.order(1);
    scene.plays(&format!(
        "boss: /start\nboss: forges eT.{chen}.manager~*\nclock +1s\n"
    ));
    let said = forge(&mut scene, "chen", &format!("ay.{id}~1"));
    assert!(
        said.starts_with("You are not on this shop's team"),
        "{said}"
    );
    assert_eq!(refusals(&mut scene), 1);
    // The button that is still on the card, too.
    scene.plays(
        "chen: tap ✅ Approve\nalert \"You are not on this shop's team, or not for this.\"\n",
    );
    assert_eq!(states(&mut scene), [(1, WAITS)]);
    scene.ends();
}

#[test]
fn a_card_of_another_round_decides_nothing_and_says_so() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    let id = scene.order(1);
    for round in [0, 2] {
        let said = forge(&mut scene, "chen", &format!("ay.{id}.15~{round}"));
        assert_eq!(
            said,
            "The order has changed since. Please look at it again."
        );
    }
    scene.ends();
}

#[test]
fn the_card_of_an_order_that_was_changed_does_not_decide_the_new_one() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    let old = scene.order(1);
    scene.plays("lin: tap ✎ Change\nlin: tap *Check out*\nlin: tap *Place*\n");
    assert_eq!(states(&mut scene), [(1, CANCELLED), (2, WAITS)]);
    for data in [format!("ay.{old}~1"), format!("aN.{old}.busy~1")] {
        let said = forge(&mut scene, "chen", &data);
        assert_eq!(said, "↩️ The customer took the order back.");
    }
    scene.ends();
}

#[test]
fn nobody_decides_their_own_order_while_somebody_else_could() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, SHOP);
    scene.plays(&ORDER.replace("lin:", "chen:"));
    let id = scene.order(1);
    for data in [format!("ay.{id}~1"), format!("aN.{id}.busy~1")] {
        let said = forge(&mut scene, "chen", &data);
        assert_eq!(said, "This is your own order: somebody else decides.");
    }
    scene.plays("chen: /start\n");
    assert_eq!(forge(&mut scene, "chen", "aB~*"), "");
    assert_eq!(states(&mut scene), [(1, WAITS)]);
    scene.plays("dora: tap ✅ Approve\ntoast \"✅ Approved\"\n");
    scene.ends();
}

#[test]
fn two_stand_ins_in_a_circle_are_refused_and_so_is_a_stranger() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, SHOP);
    let [chen, dora, noa] = ["chen", "dora", "noa"].map(|name| scene.stage.id(name).unwrap());
    // Three days from the noon at which every play begins.
    let until = 1_772_424_000 + 3 * 86_400;
    scene.plays("chen: /away\n");
    let to = |who: i64| format!("vu.{until}.{who}~*");
    for nobody in [noa, chen, 1, -1] {
        forge(&mut scene, "chen", &to(nobody));
    }
    for when in ["0", "1", "1099511627775", "1099511627776", "-1"] {
        forge(&mut scene, "chen", &format!("vu.{when}.{dora}~*"));
    }
    scene.plays(&format!("chen: forges {}\n", to(dora)));
    assert_eq!(scene.count("select count(*), 0 from absences"), 1);
    scene.plays("dora: /away\n");
    let said = forge(&mut scene, "dora", &to(chen));
    assert!(said.starts_with("Chen is away too"), "{said}");
    forge(&mut scene, "noa", &to(chen));
    scene.plays(ORDER);
    scene.plays("dora: tap ✅ Approve\ntoast \"✅ Approved\"\n");
    scene.ends();
}

#[test]
fn a_second_cart_is_not_held_up_by_ones_own_order_that_waits() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    scene.plays(ORDER);
    assert_eq!(states(&mut scene), [(1, WAITS), (2, WAITS)]);
    scene.plays(&ORDER.replace("Mango sago*", "Egg tarts*"));
    assert_eq!(states(&mut scene), [(1, WAITS), (2, WAITS), (3, CONFIRMED)]);
    scene.ends();
}

#[test]
fn no_press_moves_an_order_that_is_over() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    scene.plays("chen: tap ✖ Reject…\nchen: tap *too busy*\n"); // #1 rejected
    scene.plays(ORDER);
    scene.plays("lin: tap Cancel order\nlin: tap *Yes, cancel*\n"); // #2 cancelled
    scene.plays(ORDER);
    scene.plays("clock +61m\n"); // #3 expired
    scene.plays(ORDER);
    scene.plays("chen: tap ✅ 15 min\nchef in kitchen: tap 🍳 Preparing\n");
    scene.plays("chef in kitchen: tap 🔔 Ready\nchef in kitchen: tap 🤝 Handed over\n"); // #4
    let over = "select count(*), count(distinct state) from orders \
                where state in ('rejected', 'cancelled', 'expired', 'completed')";
    assert_eq!(scene.rows(over), [(4, 4)]);
    for number in 1..=4 {
        let id = scene.order(number);
        let version = scene.rows("select number, version from orders");
        let version = version.iter().find(|(n, _)| *n == number).unwrap().1;
        for version in [version, 1] {
            let of_staff = ["kp", "ky", "kh", "ks", "kd", "kD", "kg"];
            for op in of_staff {
                forge(&mut scene, "chef", &format!("{op}.{id}~{version}"));
            }
            for op in [
                "ka.ID.15",
                "kR.ID.busy",
                "kN.ID.begun",
                "kF.ID.nobody-there",
            ] {
                let data = op.replace("ID", &id.to_string());
                forge(&mut scene, "chef", &format!("{data}~{version}"));
            }
            for op in ["oC", "or", "oe"] {
                forge(&mut scene, "lin", &format!("{op}.{id}~{version}"));
            }
        }
        for op in ["ay.ID", "ay.ID.15", "aN.ID.busy"] {
            let data = op.replace("ID", &id.to_string());
            forge(&mut scene, "chen", &format!("{data}~1"));
        }
    }
    scene.ends();
}

#[test]
fn an_order_that_expired_is_not_approved_any_more() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    let id = scene.order(1);
    scene.plays("clock +61m\n");
    let said = forge(&mut scene, "chen", &format!("ay.{id}~1"));
    assert_eq!(said, "⌛ Nobody decided in time.");
    assert_eq!(
        scene.count("select coalesce(sum(held), 0), 0 from stock"),
        0
    );
    scene.ends();
}

#[test]
fn a_card_that_staff_looked_up_while_it_waited_follows_the_decision() {
    let setup = Setup::sqlite();
    let mut scene = waiting(&setup);
    let id = scene.order(1);
    scene.plays(&format!(
        "chef in kitchen: forges kw.{id}~2\nboss: forges kw.{id}~2\n"
    ));
    scene.plays(
        "lin: tap Cancel order\nlin: tap *Yes, cancel*\n\
         kitchen: sees \"🧑‍🍳 #1 · 🥡 Pickup · cancelled\"\n\
         boss: sees \"🧑‍🍳 #1 · 🥡 Pickup · cancelled\"\n",
    );
    scene.plays(ORDER);
    let id = scene.order(2);
    scene.plays(&format!(
        "chef in kitchen: forges kw.{id}~2\nboss: forges kw.{id}~2\n"
    ));
    scene.plays(
        "chen: tap ✅ Approve\nkitchen: sees \"🧑‍🍳 #2 · 🥡 Pickup · confirmed\"\n\
         boss: sees \"🧑‍🍳 #2 · 🥡 Pickup · confirmed\"\n",
    );
    scene.ends();
}
