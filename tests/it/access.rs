//! Who may do what: every action of the team by every role, through real messages and presses,
//! against `tests/access.csv`, which people wrote.
//!
//! A new action is a line there and an arm in [`steps`].

use std::fmt::Write as _;

use crate::conversations::follow;
use crate::support::bot::{Bot, Setup};
use crate::support::child::{change, pack_folder};
use crate::support::scene::AT_ONCE;
use crate::support::script::{Act, parse};
use crate::support::stage::Stage;

/// Who acts, by the column of the table.
const PEOPLE: [(&str, &str); 10] = [
    ("owner", "boss"),
    ("manager", "mia"),
    ("approver", "ann"),
    ("operator", "oli"),
    ("kitchen", "kim"),
    ("courier", "cora"),
    ("support", "sue"),
    ("auditor", "udo"),
    ("customer", "lin"),
    ("nobody", "noa"),
];

/// The stage is set: an order to be picked up, one to be brought, one that people must approve and
/// one of a manager's own; somebody who was given a role in chat; a company.
const BEFORE: &str = "# access
people: boss (en), mia (en), ann (en), oli (en), kim (en), cora (en), sue (en), udo (en), lin (en), noa (en), tim (en), kitchen: group of chef
set: with delivery
boss: /start
boss: /invite support
tim: /start {link}
lin: /menu
lin: tap Desserts
lin: tap Egg tarts*
lin: tap *Add*
lin: tap 🛒 Cart
lin: tap *Check out*
lin: tap *Pickup
lin: tap As soon as possible
lin: says Lin
lin: tap Skip*
lin: tap *Place order*
lin: /menu
lin: tap Desserts
lin: tap Egg tarts*
lin: tap ＋
lin: tap ＋
lin: tap ＋
lin: tap *Add*
lin: tap 🛒 Cart
lin: tap *Check out*
lin: tap *Delivery
lin: says 12 Garden Road, flat 5
lin: sends contact
lin: tap As soon as possible
lin: tap *Place order*
lin: /menu
lin: tap Desserts
lin: tap Mango sago*
lin: tap *Add*
lin: tap 🛒 Cart
lin: tap *Check out*
lin: tap *Pickup
lin: tap As soon as possible
lin: tap *Skip*
lin: tap *Place order*
mia: /menu
mia: tap Desserts
mia: tap Mango sago*
mia: tap *Add*
mia: tap 🛒 Cart
mia: tap *Check out*
mia: tap *Pickup
mia: tap As soon as possible
mia: says Mia
mia: tap *Skip*
mia: tap *Place order*
boss: /company new ACME Ltd
boss: tap *Account
boss: tap *Open an account
boss: says 500 agreed
boss: tap *Propose
";

/// What is said to who may not.
const REFUSALS: [&str; 9] = [
    "You are not on this shop's team, or not for this.",
    "Only the owner may do that.",
    "This order is not yours.",
    "The numbers are changed by the owner and managers",
    "You see your own orders here.",
    "You can't give the role",
    "This is your own order",
    "There is no such company",
    "Only the company's admins",
];

const UNKNOWN: &str = "I don't know this button.";

/// What there is to act on.
struct Things {
    /// The order to be picked up, the one to be brought, the one that waits for people, and such a
    /// one of the manager's own.
    orders: [i64; 4],
    /// Who was given a role in chat.
    tim: i64,
    /// The owner's proposal to open the company's account.
    proposed: i64,
}

/// How somebody does something: each step in the private chat or, if named, in a group.
enum Step {
    Says(String),
    Presses(String),
    PressesIn(&'static str, String),
}

/// The steps of an action, on the order that `whose` names. None: there is no such action.
fn steps(action: &str, whose: &str, things: &Things) -> Option<Vec<Step>> {
    let says = |words: &str| vec![Step::Says(words.to_owned())];
    let order = match whose {
        "brought" => things.orders[1],
        "waiting" => things.orders[2],
        "manager's" => things.orders[3],
        _ => things.orders[0],
    };
    // Of an older version: whoever may do it is told that it is too late, and nothing changes.
    let on_order = |letters: &str| vec![Step::Presses(format!("{letters}.{order}~0"))];
    let because =
        |letters: &str, why: &str| vec![Step::Presses(format!("{letters}.{order}.{why}~0"))];
    // On the living message, which is there after /start.
    let living = |data: &str| {
        vec![
            Step::Says("/start".into()),
            Step::Presses(format!("{data}~*")),
        ]
    };
    let (tim, proposed) = (things.tim, things.proposed);
    let on_change = |letters: &str| vec![Step::Presses(format!("{letters}.{proposed}~0"))];
    Some(match action {
        "queue" => says("/queue"),
        "find" => says("/orders 1"),
        "print" => says("/print 1"),
        "see-card" => on_order("kw"),
        "card-back" => on_order("kc"),
        "slip" => on_order("kP"),
        "accept" => because("ka", "15"),
        "prepare" => on_order("kp"),
        "ready" => on_order("ky"),
        "hand-over" => on_order("kh"),
        "serve" => on_order("ks"),
        "ask-reject" => on_order("kr"),
        "reject" => because("kR", "busy"),
        "grant-cancel" => on_order("kg"),
        "ask-refuse-cancel" => on_order("kn"),
        "refuse-cancel" => because("kN", "begun"),
        "dispatch" => on_order("kd"),
        "deliver" => on_order("kD"),
        "ask-fail" => on_order("kf"),
        "fail" => because("kF", "nobody-there"),
        "approval-show" => on_order("as"),
        "approval-card" => on_order("ac"),
        // In a round that is not: whoever may do it is told that the order has changed.
        "approve" => on_order("ay"),
        "approve-minutes" => because("ay", "15"),
        "approve-now" => vec![Step::Presses(format!("ay.{order}~1"))],
        "approve-ask-reject" => on_order("an"),
        "approve-reject" => because("aN", "busy"),
        "approve-reject-now" => vec![Step::Presses(format!("aN.{order}.busy~1"))],
        "approve-reject-typed" => on_order("aw"),
        "approve-ask-how" => on_order("ah"),
        "approve-ask-typed" => on_order("aq"),
        "approve-leave-typed" => on_order("ax"),
        "approve-change" => on_order("ae"),
        "order-for" => says("/order"),
        "order-for-ask" => living("f"),
        "order-for-known" => living(&format!("ff.{tim}")),
        "order-for-new" => living("fn"),
        "change" => says("/change 1"),
        "change-press" => on_order("ke"),
        "customer-agree" => on_order("oy"),
        "customer-decline" => on_order("on"),
        "approvals" => says("/approvals"),
        "away" => says("/away"),
        "away-day" => says("/away 2026-03-04"),
        "away-days" => living("vd.1"),
        "away-until" => living("vu.1772600000"),
        "away-back" => living("vb"),
        "rules" => says("/rules 3"),
        "group" => says("/group 1 regulars"),
        "company-new" => says("/company new Blue Lake"),
        "company-list" => living("yl.0"),
        "company-open" => living("yc.acme-ltd"),
        "company-admin-link" => living("yL.acme-ltd"),
        "company-stop-ask" => living("ys.acme-ltd.0"),
        "company-start" => living("yS.acme-ltd.1"),
        "company-role" => living("yR.acme-ltd.1.m"),
        "company-orders" => living("yq.acme-ltd.0"),
        "credit" => says("/credit"),
        "credit-find" => says("/credit lin"),
        "credit-list" => living("dl.0"),
        "credit-open" => living("do.c-acme-ltd"),
        "credit-entries" => living("de.c-acme-ltd.0"),
        "credit-ask" => living("da.c-acme-ltd.open"),
        "credit-go" => living("dy.1"),
        "credit-change" => living(&format!("dv.{proposed}")),
        // Whoever proposed it is told that a second person decides.
        "credit-confirm" => on_change("dc"),
        "credit-reject" => on_change("dr"),
        "credit-withdraw" => on_change("dw"),
        "customer-show" => on_order("os"),
        "customer-cancel" => on_order("oc"),
        "customer-ask-cancel" => on_order("or"),
        "pause" => says("/pause"),
        "pause-for" => says("/pause 30 back soon"),
        "pause-shop" => living("po.*"),
        "pause-flow" => living("pm.delivery.15"),
        "resume" => living("pr.*"),
        "stock" => says("/stock"),
        "stock-list" => living("wl.0"),
        "sell-out" => vec![
            Step::Says("/start".into()),
            Step::Presses("wi.osmanthus-jelly~*".into()),
            Step::Presses("wz~*".into()),
        ],
        "change-stock" => vec![
            Step::Says("/start".into()),
            Step::Presses("wi.egg-tarts~*".into()),
            Step::Says("+1".into()),
        ],
        "invite" => says("/invite kitchen"),
        "invite-manager" => says("/invite manager"),
        "take-invite-back" => living("tx.00000000000000000000000000000000"),
        "staff" => says("/staff"),
        "staff-list" => living("el.0"),
        "give-role" => living(&format!("eg.{tim}.auditor")),
        "make-manager" => living(&format!("eg.{tim}.manager")),
        "take-role" => living(&format!("eT.{tim}.auditor")),
        "set-limit" => living(&format!("en.{tim}.approver")),
        "tables" => says("/tables"),
        "renew-table" => living("tr.5.99"),
        "aliases" => says("/aliases"),
        "alias-list" => living("Ll.0"),
        "alias-open" => living("Lo.1"),
        // There is none: whoever may decide is told so.
        "alias-accept" => vec![Step::Presses("La.1~0".into())],
        "alias-decline" => vec![Step::Presses("Ld.1~0".into())],
        "alias-remove" => living("Lx.1"),
        "audit" => says("/audit"),
        "audit-page" => living("ua.0"),
        "reload" => says("/reload"),
        "group-purpose" => vec![Step::PressesIn("kitchen", "g.kitchen~0".into())],
        "group-language" => vec![Step::PressesIn("kitchen", "ll.en~0".into())],
        _ => return None,
    })
}

/// Does it; whether this person was refused.
fn is_refused(
    (stage, bot): (&mut Stage, &mut Bot<'_>),
    who: &str,
    steps: &[Step],
) -> Result<bool, String> {
    let mut refused = false;
    for step in steps {
        let (chat, act) = match step {
            Step::Says(words) => (None, Act::Says(words.clone())),
            Step::Presses(data) => (None, Act::Forges(data.clone())),
            Step::PressesIn(chat, data) => (Some(*chat), Act::Forges(data.clone())),
        };
        stage.listen();
        stage.act(who, chat, &act)?;
        bot.settle(stage)?;
        stage.listen();
        let mut heard: Vec<String> = stage.toast().into_iter().map(|(text, _)| text).collect();
        for seen in stage.left_here() {
            heard.extend(seen.lines);
        }
        let takes_back = matches!(step, Step::Presses(data) if data.starts_with("tx."));
        if !takes_back && heard.iter().any(|line| line == UNKNOWN) {
            return Err(format!("a button that nobody knows: {heard:?}"));
        }
        let is_refusal = |line: &String| REFUSALS.iter().any(|refusal| line.contains(refusal));
        refused |= heard.iter().any(is_refusal);
    }
    Ok(refused)
}

fn set_stage<'s>(setup: &'s Setup, number: i64) -> Result<(Stage, Bot<'s>, Things), String> {
    let mut script = parse(BEFORE).map_err(|e| e.to_string())?;
    script.settings.extend(AT_ONCE.map(str::to_owned));
    let mut stage = Stage::new(&script.people, number, None);
    let folder = pack_folder("restaurant");
    let path = folder.path().join("shop.toml");
    let mut text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
    for (role, name) in &PEOPLE[1..8] {
        let id = stage.id(name)?;
        write!(text, "\n[[staff]]\nid = {id}\nroles = [\"{role}\"]\n")
            .map_err(|e| e.to_string())?;
    }
    text = text.replacen(
        "# [chats]",
        "[companies]\nenabled = true\n[credit]\npayment = \"card\"\n# [chats]",
        1,
    );
    std::fs::write(&path, text).map_err(|e| e.to_string())?;
    let rule = ("order.total_minor > 200000", "'mango-sago' in order.items");
    change(folder.path(), "approval.toml", rule.0, rule.1)?;
    for (_, name) in PEOPLE {
        let joined = stage.telegram.join(stage.id("kitchen")?, stage.id(name)?);
        joined.map_err(|e| format!("{e:?}"))?;
    }
    let mut bot = Bot::start(setup, folder, &script, &stage)?;
    bot.settle(&stage)?;
    follow(&script, &mut stage, &mut bot)?;
    let orders = bot.rows("select id, number from orders order by number");
    let orders = orders.ok_or("the database does not answer")?;
    let [(pickup, 1), (delivery, 2), (waiting, 3), (own, 4)] = orders[..] else {
        return Err(format!("the orders are {orders:?}"));
    };
    let proposed = bot.rows("select id, id from account_changes");
    let proposed = proposed.and_then(|rows| Some(rows.first()?.0));
    let proposed = proposed.ok_or("nothing was proposed")?;
    let things = Things {
        orders: [pickup, delivery, waiting, own],
        tim: stage.id("tim")?,
        proposed,
    };
    Ok((stage, bot, things))
}

#[test]
fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let table = include_str!("../access.csv");
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap().split(',').skip(2).collect();
    assert_eq!(columns, PEOPLE.map(|(role, _)| role));
    let setup = Setup::sqlite();
    let (mut stage, mut bot, things) = set_stage(&setup, 7).unwrap();
    let mut wrong = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let (action, whose) = (cells[0], cells[1]);
        assert_eq!(cells.len(), 2 + PEOPLE.len(), "{line}");
        let steps = steps(action, whose, &things).unwrap_or_else(|| panic!("no arm for {action}"));
        for ((role, name), expected) in PEOPLE.iter().zip(&cells[2..]) {
            let refused = match *expected {
                "-" => continue,
                "yes" => false,
                "no" => true,
                other => panic!("{other} in {line}"),
            };
            match is_refused((&mut stage, &mut bot), name, &steps) {
                Ok(was) if was == refused => {}
                Ok(was) => wrong.push(format!("{action} ({whose}) by {role}: refused {was}")),
                Err(why) => wrong.push(format!("{action} ({whose}) by {role}: {why}")),
            }
        }
    }
    bot.finish(&stage).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
