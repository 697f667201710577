//! What staff get wrong about an account, and who else has to agree: through the whole bot.

use crate::support::bot::Setup;
use crate::support::scene::Scene;
use crate::support::script::Act;

/// The owner alone looks after accounts; a company has one.
const ALONE: &str = "
pack: retail
people: lin (en), boss (en), kitchen: group of packer
boss: /company new ACME Ltd
boss: /credit acme-ltd
boss: tap *Open an account
boss: says 500 agreed
boss: tap *Confirm
";

/// Three look after accounts.
const THREE: &str = "
pack: retail
people: lin (en), boss (en), mia (en), max (en), kitchen: group of packer
set: role mia manager
set: role max manager
lin: /start
mia: /start
max: /start
boss: /company new ACME Ltd
";

/// Somebody orders 200 g of paper clips: #1, paid at once, then #2 on their own account, which has
/// a limit of 100.
const ORDERS: &str = "
pack: retail
people: lin (en), boss (en), kitchen: group of packer
lin: /start
lin: tap *Pick up
lin: says paper clips
lin: tap Paper clips*
lin: tap *Add*
lin: tap 🛒 Cart
lin: tap *Check out*
lin: tap *Tue 3 Mar, 16:00-18:00
lin: says Lin Wei
lin: tap Skip*
lin: tap Skip*
lin: tap Skip*
lin: tap Alipay
lin: tap *Place order*
boss: /credit #1
boss: tap *Open an account
boss: says 100 agreed
boss: tap *Confirm
lin: /start
lin: tap *Pick up
lin: says paper clips
lin: tap Paper clips*
lin: tap *Add*
lin: tap 🛒 Cart
lin: tap *Check out*
lin: tap *Tue 3 Mar, 16:00-18:00
lin: tap Skip*
lin: tap Skip*
lin: tap Skip*
lin: tap *Payment
lin: tap On account
lin: tap *Place order*
";

/// The customer gets the order that is on account.
const RECEIVED: &str = "
packer in kitchen: tap *Packing on \"*#2*\"
packer in kitchen: tap *Packed on \"*#2*\"
packer in kitchen: tap *Handed over on \"*#2*\"
";

const ENTRIES: &str = "select count(*), count(*) from account_entries";
const OPEN: &str = "select count(*), count(*) from account_changes where state = 'open'";

/// Types each at a button of the account's screen; every time the answer is as it should be, the
/// question stands below it, and nothing is booked.
fn told(scene: &mut Scene<'_>, (whose, button): (&str, &str), bad: &[(&str, &str)]) {
    let before = scene.count(ENTRIES);
    scene.plays(&format!("boss: /credit {whose}\nboss: tap *{button}\n"));
    for (words, answer) in bad {
        scene.plays(&format!(
            "boss: says {words}\nboss: sees \"{answer}\"\n     [‹ The account]\n"
        ));
    }
    assert_eq!(scene.count(ENTRIES), before);
}

#[test]
fn an_amount_that_is_none_books_nothing() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, ALONE);
    let bad = [
        ("a lot TX-1", "I find no amount in*"),
        ("1,5 TX-1", "I find no amount in*"),
        ("1.234 TX-1", "CNY has 2 decimals at most.*"),
        ("0 TX-1", "Nothing would be booked by zero.*"),
        ("-5 TX-1", "The amount is below zero.*"),
        (
            "99999999999999 TX-1",
            "That amount is too large to be one.*",
        ),
    ];
    told(&mut scene, ("acme-ltd", "Repayment"), &bad);
    let bad = [
        ("5", "Write + or - before the amount*"),
        ("+5", "Write why, too*"),
        ("+-5 fee", "I find no amount in*"),
    ];
    told(&mut scene, ("acme-ltd", "Adjustment"), &bad);
    scene.ends();
}

#[test]
fn a_reference_that_is_missing_or_odd_books_nothing() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, ALONE);
    let bad = [
        ("5", "Write the payment's reference*"),
        ("5 流水", "A reference has Latin letters*"),
        ("5 --", "A reference has Latin letters*"),
    ];
    told(&mut scene, ("acme-ltd", "Repayment"), &bad);
    scene.ends();
}

#[test]
fn a_repayment_is_booked_once() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, ALONE);
    scene.plays(
        "boss: /credit acme-ltd\nboss: tap *Repayment\nboss: says 20 tx-1\n\
         boss: tap *Confirm twice\n",
    );
    let paid = "select count(*), count(*) from account_entries where op = 'reimbursed'";
    assert_eq!(scene.count(paid), 1, "a double tap books once");
    let bad = [(
        "20 TX-1",
        "The reference TX-1 was booked before, on the account of ACME Ltd.*",
    )];
    told(&mut scene, ("acme-ltd", "Repayment"), &bad);
    scene.ends();
}

#[test]
fn a_repayment_larger_than_the_debt_is_a_credit_balance() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, ALONE);
    scene.plays(
        "boss: /credit acme-ltd\nboss: tap *Repayment\nboss: says 20 TX-1\nboss: tap *Confirm\n\
         boss: tap *The account\nboss: sees \"*\"\n     ...\n     Credit balance: paid ahead ¥20.00*\n     ...\n",
    );
    assert_eq!(
        scene.count("select balance_minor, limit_minor from accounts"),
        -2000
    );
    scene.ends();
}

#[test]
fn a_limit_below_what_is_used_is_set_and_said() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, ALONE);
    scene.plays(
        "boss: /credit acme-ltd\nboss: tap *Adjustment\nboss: says +50 fee\nboss: tap *Confirm\n\
         boss: tap *The account\nboss: tap *Limit\nboss: says 10 pays late\n\
         boss: sees \"*\"\n     ...\n     *nothing can be ordered until ¥40.00 is repaid or called off.\n     ...\n\
         boss: tap *Confirm\n",
    );
    assert_eq!(
        scene.rows("select balance_minor, limit_minor from accounts"),
        [(5000, 1000)]
    );
    scene.ends();
}

#[test]
fn a_refund_is_for_an_order_that_was_received_on_this_account() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, ORDERS);
    let bad = [
        ("broken", "Write the order's number first*"),
        ("#1 1 broken", "No order #1 is on this account."),
        ("#9 1 broken", "No order #9 is on this account."),
        ("#2 1 broken", "The customer does not have order #2 yet*"),
    ];
    told(&mut scene, ("lin\nboss: tap *Lin", "Refund"), &bad);
    scene.plays("lin: tap Cancel order\nlin: tap *Yes*\n");
    let bad = [("#2 1 broken", "Order #2 was called off*")];
    told(&mut scene, ("lin\nboss: tap *Lin", "Refund"), &bad);
    scene.ends();
}

#[test]
fn refunds_are_no_more_than_the_order() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, ORDERS);
    scene.plays(RECEIVED);
    let bad = [(
        "#2 3.61 broken",
        "Of order #2 no more than ¥3.60 is left to refund.",
    )];
    told(&mut scene, ("lin\nboss: tap *Lin", "Refund"), &bad);
    scene.plays("boss: says #2 1 broken\nboss: tap *Confirm\n");
    let bad = [(
        "#2 2.61 broken",
        "Of order #2 no more than ¥2.60 is left to refund.",
    )];
    told(&mut scene, ("lin\nboss: tap *Lin", "Refund"), &bad);
    scene.plays("boss: says #2 2.60 broken\nboss: tap *Confirm\n");
    assert_eq!(
        scene.count("select balance_minor, limit_minor from accounts"),
        0
    );
    scene.ends();
}

#[test]
fn an_account_in_another_currency_is_settled_but_not_ordered_on() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, ALONE);
    scene.plays(
        "file shop.toml: \"currency = \\\"CNY\\\"\" -> \"currency = \\\"USD\\\"\"\nboss: /reload\n\
         boss: /credit acme-ltd\nboss: tap *Repayment\nboss: says 20 TX-1\n\
         boss: sees \"*¥20.00*\"\n     ...\n     *The account is in CNY: it can be settled*\n     ...\n\
         boss: tap *Confirm\n",
    );
    assert_eq!(
        scene.count("select balance_minor, limit_minor from accounts"),
        -2000
    );
    scene.ends();
}

/// The owner proposes to open the company's account; the change's id.
fn proposed(scene: &mut Scene<'_>) -> i64 {
    scene.plays(
        "boss: /credit acme-ltd\nboss: tap *Open an account\nboss: says 500 agreed\n\
         boss: tap *Propose\n",
    );
    assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (1, 0));
    scene.count("select id, id from account_changes where state = 'open'")
}

#[test]
fn whoever_proposed_it_does_not_confirm_it_while_somebody_else_may() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, THREE);
    let change = proposed(&mut scene);
    scene.plays(&format!("boss: forges dc.{change}~0\n"));
    assert!(
        scene.answer().starts_with("You proposed this yourself"),
        "{}",
        scene.answer()
    );
    assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (1, 0));
    scene.plays(&format!("boss: forges dw.{change}~0\n"));
    assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (0, 0));
    scene.ends();
}

#[test]
fn the_first_press_counts_and_the_second_hears_whose_it_was() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, THREE);
    let change = proposed(&mut scene);
    scene.plays(&format!(
        "mia: forges dc.{change}~0\nmax: forges dc.{change}~0\n"
    ));
    assert_eq!(scene.answer(), "✅ Carried out: Mia");
    scene.plays(&format!(
        "max: forges dr.{change}~0\nboss: forges dw.{change}~0\n"
    ));
    assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (0, 1));
    let kept = "select count(*), count(*) from audit where act = 'credit.change'";
    assert_eq!(scene.count(kept), 1);
    scene.ends();
}

#[test]
fn a_forged_press_is_refused_and_kept() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, THREE);
    let change = proposed(&mut scene);
    for letters in ["dc", "dr", "dw"] {
        scene.plays(&format!("lin: forges {letters}.{change}~0\n"));
        assert!(
            scene
                .answer()
                .starts_with("You are not on this shop's team")
        );
    }
    assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (1, 0));
    let kept = "select count(*), count(*) from audit where act = 'refused'
         and subject = 'account/c-acme-ltd'";
    assert_eq!(
        scene.count(kept),
        1,
        "again and again is kept once in a while"
    );
    scene.ends();
}

/// A manager who was invited, so that the owner can take that away.
const INVITED: &str = "
pack: retail
people: boss (en), mia (en), kitchen: group of packer
boss: /invite manager
mia: /start {link}
boss: /company new ACME Ltd
";

const DISMISSED: &str = "boss: /staff\nboss: tap Mia*\nboss: tap ✖ manager*\nboss: tap ✖ Yes*\n";

#[test]
fn who_lost_the_right_meanwhile_is_refused_and_the_other_confirms_alone() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, INVITED);
    let change = proposed(&mut scene);
    scene.plays(DISMISSED);
    scene.plays(&format!("mia: forges dc.{change}~0\n"));
    assert!(
        scene
            .answer()
            .starts_with("You are not on this shop's team")
    );
    assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (1, 0));
    // Nobody else holds the right any more.
    scene.plays(&format!("boss: forges dc.{change}~0\n"));
    assert_eq!(scene.answer(), "Carried out.");
    assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (0, 1));
    scene.plays("boss: /audit\nboss: sees \"*What was done*\"\n     *opening: – → ¥500.00 · alone · agreed\n     ...\n");
    scene.ends();
}

#[test]
fn what_was_true_when_it_was_proposed_is_looked_at_again() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(&setup, THREE);
    let first = proposed(&mut scene);
    scene.plays(
        "mia: /credit acme-ltd\nmia: tap *Open an account\nmia: says 400 as asked\n\
         mia: tap *Propose\n",
    );
    scene.plays(&format!("max: forges dc.{first}~0\n"));
    let second = scene.count("select id, id from account_changes where state = 'open'");
    scene.plays(&format!("max: forges dc.{second}~0\n"));
    assert!(
        scene.answer().contains("The account is open already."),
        "{}",
        scene.answer()
    );
    assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (1, 1));
    // One payment that two people propose is booked once.
    for who in ["boss", "mia"] {
        scene.plays(&format!(
            "{who}: /credit acme-ltd\n{who}: tap *Repayment\n{who}: says 20 TX-1\n{who}: tap *Propose\n"
        ));
    }
    let open = scene.rows("select id, id from account_changes where state = 'open' order by id");
    for (change, _) in &open[1..] {
        scene.plays(&format!("max: forges dc.{change}~0\n"));
    }
    assert!(
        scene.answer().contains("TX-1 was booked before"),
        "{}",
        scene.answer()
    );
    assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (2, 2));
    scene.ends();
}

/// Both press before either is answered.
fn at_once(scene: &mut Scene<'_>, presses: [(&str, String); 2]) {
    for (who, data) in presses {
        scene.stage.act(who, None, &Act::Forges(data)).unwrap();
    }
    scene.bot.settle(&scene.stage).unwrap();
    scene.stage.listen();
}

/// Runs a play on SQLite and, where it is, on PostgreSQL.
fn on_both(play: impl Fn(&Setup)) {
    play(&Setup::sqlite());
    if let Some(setup) = Setup::postgres() {
        play(&setup);
    }
}

#[test]
fn two_who_decide_at_once_decide_once() {
    on_both(|setup| {
        let mut scene = Scene::new(setup, THREE);
        let change = proposed(&mut scene);
        at_once(
            &mut scene,
            [
                ("mia", format!("dc.{change}~0")),
                ("max", format!("dc.{change}~0")),
            ],
        );
        assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (0, 1));
        // One payment, proposed twice: each is confirmed by the other's proposer.
        for who in ["boss", "mia"] {
            scene.plays(&format!(
                "{who}: /credit acme-ltd\n{who}: tap *Repayment\n{who}: says 20 TX-1\n\
                 {who}: tap *Propose\n"
            ));
        }
        let open = "select id, proposed_by from account_changes where state = 'open'";
        let open = scene.rows(open);
        let of = |who: &str, scene: &Scene<'_>| {
            let id = scene.stage.id(who).unwrap();
            open.iter().find(|(_, by)| *by == id).unwrap().0
        };
        let (first, second) = (of("boss", &scene), of("mia", &scene));
        at_once(
            &mut scene,
            [
                ("mia", format!("dc.{first}~0")),
                ("boss", format!("dc.{second}~0")),
            ],
        );
        assert_eq!((scene.count(OPEN), scene.count(ENTRIES)), (1, 2));
        scene.ends();
    });
}

#[test]
fn who_never_ordered_is_found_by_their_own_number() {
    let setup = Setup::sqlite();
    let mut scene = Scene::new(
        &setup,
        "
pack: retail
people: lin (en), boss (en), kitchen: group of packer
lin: /start
",
    );
    let lin = scene.stage.id("lin").unwrap();
    scene.plays(&format!(
        "boss: /credit p-{lin}\nboss: sees \"💳 Lin has no account yet*\"\n     ...\n\
         boss: tap *Open an account\nboss: says 90 agreed\nboss: tap *Confirm\n\
         boss: /credit P-{lin}\nboss: sees \"💳 Lin*\"\n     ...\n     Limit ¥90.00*\n     ...\n\
         boss: /credit p-1\nboss: sees \"💳 Accounts\"\n     ...\n"
    ));
    scene.ends();
}
