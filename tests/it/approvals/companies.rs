//! Orders of companies: whose people decide, and whose do not.

use super::{CONFIRMED, WAITS, forge, refusals, states};
use crate::support::bot::Setup;
use crate::support::scene::Scene;

/// ACME: Lin its admin, Wang a buyer, no approver; orders above 100 are to be approved. Blue Lake:
/// Zoe its admin.
pub const FIRMS: &str = "
pack: retail
people: lin (en), wang (en), zoe (en), boss (en), kitchen: group of packer
boss: /company new ACME Ltd
boss: tap *Link for its admin
lin: /start {link}
lin: tap *Join
lin: /company
lin: tap *Rules
lin: tap *Add
lin: says 100
lin: tap one approver
lin: tap *Back
lin: tap 🔗 Invite
lin: tap buyer
wang: /start {link}
wang: tap *Ask to join
lin: tap *Let Wang in
boss: /company new Blue Lake
boss: tap *Link for its admin
zoe: /start {link}
zoe: tap *Join
wang: /start
wang: tap *Pick up
wang: tap Store fittings
wang: tap Folding trolley*
wang: tap *Add*
wang: tap 🛒 Cart
wang: tap *Check out*
wang: tap *Tue 3 Mar, 09:00-11:00
wang: says Wang Fang
wang: tap *Skip*
wang: tap *Skip*
wang: tap *Skip*
wang: tap Alipay
wang: tap *Place order*
";

#[test]
fn an_approver_of_another_company_is_refused_and_it_is_noted() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, FIRMS);
    assert_eq!(states(&mut scene), [(1, WAITS)]);
    let id = scene.order(1);
    for data in [
        "ay.ID~1",
        "ay.ID.30~1",
        "aN.ID.sold-out~1",
        "as.ID~1",
        "ac.ID~1",
        "ah.ID~1",
    ] {
        let said = forge(&mut scene, "zoe", &data.replace("ID", &id.to_string()));
        assert!(
            said.starts_with("You are not on this shop's team"),
            "{data}: {said}"
        );
    }
    assert_eq!(refusals(&mut scene), 1, "once in ten minutes");
    let zoe = scene.stage.id("zoe").unwrap();
    let noted =
        scene.rows("select actor, count(*) from audit where act = 'refused' group by actor");
    assert_eq!(noted, [(zoe, 1)]);
    // Nor does it stand in her list.
    scene.plays("zoe: /approvals\nbot: *Nothing waits for you.\n     [*]\n");
    // Who ordered it is of that company, but a buyer decides nothing.
    let said = forge(&mut scene, "wang", &format!("ay.{id}~1"));
    assert!(
        said.starts_with("You are not on this shop's team"),
        "{said}"
    );
    scene.ends();
}

#[test]
fn a_company_without_approvers_is_not_stuck() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, FIRMS);
    scene.plays("lin: tap ✅ Approve\ntoast \"✅ Approved\"\n");
    assert_eq!(states(&mut scene), [(1, CONFIRMED)]);
    scene.ends();
}

#[test]
fn who_left_the_company_decides_nothing_for_it() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, FIRMS);
    let [lin, wang] = ["lin", "wang"].map(|name| scene.stage.id(name).unwrap());
    let id = scene.order(1);
    scene.plays(&format!(
        "lin: /company\nlin: forges yR.acme-ltd.{wang}.m~*\n"
    ));
    scene.plays(&format!(
        "wang: /company\nwang: forges yX.acme-ltd.{lin}~*\n"
    ));
    assert_eq!(
        scene.count("select count(*), 0 from company_members where company = 'acme-ltd'"),
        1
    );
    let said = forge(&mut scene, "lin", &format!("ay.{id}~1"));
    assert!(
        said.starts_with("You are not on this shop's team"),
        "{said}"
    );
    assert_eq!(states(&mut scene), [(1, WAITS)]);
    scene.ends();
}
