//! Who may do what with a company: every action by whatever somebody is, through real presses,
//! against `tests/access-companies.csv`, which people wrote.
//!
//! A new action is a line there and an arm in [`data`].

use crate::approvals::companies::FIRMS;
use crate::support::bot::Setup;
use crate::support::scene::Scene;

/// Who acts, by the column of the table.
const PEOPLE: [(&str, &str); 8] = [
    ("owner", "boss"),
    ("operator", "oli"),
    ("kitchen", "packer"),
    ("admin", "lin"),
    ("approver", "ann"),
    ("buyer", "wang"),
    ("foreign", "zoe"),
    ("nobody", "noa"),
];

/// Beside the two companies and the order: an approver of it, and two of the shop's.
const MORE: &str = "
lin: /company
lin: tap 🔗 Invite
lin: tap approver
ann: /start {link}
ann: tap *Ask to join
lin: tap *Let Ann in
";

/// What is said to who may not.
const REFUSALS: [&str; 4] = [
    "You are not on this shop's team, or not for this.",
    "There is no such company, or you are not in it.",
    "Only the company's admins may do that.",
    "This order is not yours.",
];

/// The data of an action's button, on the living message where it ends in `~*`. None: there is no
/// such action. On who and what is not there whoever may is told so, and nothing changes.
fn data(action: &str, (buyer, order): (i64, i64)) -> Option<String> {
    Some(match action {
        "list" => "yl.0~*".to_owned(),
        "open" => "yc.acme-ltd~*".to_owned(),
        "members" => "ym.acme-ltd.0~*".to_owned(),
        "member" => format!("yp.acme-ltd.{buyer}~*"),
        "role-ask" => format!("yr.acme-ltd.{buyer}.m~*"),
        "role" => "yR.acme-ltd.1.m~*".to_owned(),
        "limit-ask" => format!("yi.acme-ltd.{buyer}~*"),
        "limit-none" => format!("yI.acme-ltd.{buyer}~*"),
        "budget-ask" => format!("yg.acme-ltd.{buyer}~*"),
        "budget-none" => format!("yG.acme-ltd.{buyer}~*"),
        "remove-ask" => format!("yx.acme-ltd.{buyer}~*"),
        "remove" => "yX.acme-ltd.1~*".to_owned(),
        "leave-ask" => "yv.acme-ltd~*".to_owned(),
        "addresses" => "ya.acme-ltd~*".to_owned(),
        "address-new" => "yA.acme-ltd~*".to_owned(),
        "address-drop" => "yd.acme-ltd.99~*".to_owned(),
        "fields" => "yf.acme-ltd~*".to_owned(),
        "field" => "yF.acme-ltd.invoice_title~*".to_owned(),
        "field-drop" => "yE.acme-ltd.invoice_title~*".to_owned(),
        "rules" => "yk.acme-ltd~*".to_owned(),
        "rule-new" => "yK.acme-ltd~*".to_owned(),
        "rule-add" => "yW.acme-ltd.50000.m.any~*".to_owned(),
        "rule-drop" => "yD.acme-ltd.99~*".to_owned(),
        "link-ask" => "yj.acme-ltd~*".to_owned(),
        "link" => "yJ.acme-ltd.b~*".to_owned(),
        "admin-link" => "yL.acme-ltd~*".to_owned(),
        "let-in" => "y1.acme-ltd.1~0".to_owned(),
        "refuse" => "y0.acme-ltd.1~0".to_owned(),
        "stop-ask" => "ys.acme-ltd.0~*".to_owned(),
        "start" => "yS.acme-ltd.1~*".to_owned(),
        "orders" => "yq.acme-ltd.0~*".to_owned(),
        "order" => format!("yQ.{order}~*"),
        // In a round that is not: whoever may do it is told that the order has changed.
        "approval-show" => format!("as.{order}~0"),
        "approve" => format!("ay.{order}~0"),
        "approve-minutes" => format!("ay.{order}.30~0"),
        "approve-ask-reject" => format!("an.{order}~0"),
        "approve-reject" => format!("aN.{order}.sold-out~0"),
        "approve-ask-how" => format!("ah.{order}~0"),
        _ => return None,
    })
}

/// Presses; whether this person was refused.
fn is_refused(scene: &mut Scene<'_>, who: &str, data: &str) -> Result<bool, String> {
    scene.plays(&format!("{who}: /start\n{who}: forges {data}\n"));
    let mut heard = vec![scene.answer()];
    for seen in scene.stage.left_here() {
        heard.extend(seen.lines);
    }
    if heard.iter().any(|line| line == "I don't know this button.") {
        return Err(format!("a button that nobody knows: {heard:?}"));
    }
    let is_refusal = |line: &String| REFUSALS.iter().any(|refusal| line.contains(refusal));
    Ok(heard.iter().any(is_refusal))
}

#[test]
fn everybody_may_do_with_a_company_what_the_table_says_and_nothing_else() {
    let table = include_str!("../access-companies.csv");
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap().split(',').skip(1).collect();
    assert_eq!(columns, PEOPLE.map(|(role, _)| role));
    let setup = Setup::sqlite();
    let cast = "set: role oli operator\npeople: oli (en), ann (en), noa (en), ";
    let mut scene = Scene::new(&setup, &FIRMS.replace("people: ", cast));
    scene.plays(MORE);
    let things = (scene.stage.id("wang").unwrap(), scene.order(1));
    let mut wrong = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), 1 + PEOPLE.len(), "{line}");
        let action = cells[0];
        let data = data(action, things).unwrap_or_else(|| panic!("no arm for {action}"));
        for ((role, name), expected) in PEOPLE.iter().zip(&cells[1..]) {
            let refused = match *expected {
                "yes" => false,
                "no" => true,
                other => panic!("{other} in {line}"),
            };
            match is_refused(&mut scene, name, &data) {
                Ok(was) if was == refused => {}
                Ok(was) => wrong.push(format!("{action} by {role}: refused {was}")),
                Err(why) => wrong.push(format!("{action} by {role}: {why}")),
            }
        }
    }
    scene.ends();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
