//! Two who look after the same people act at the same moment, through the whole bot, on both
//! databases: one of them did it, and nobody is left without whoever looks after them.

use ks_order::domain::companies::{self, Member, Role};
use ks_order::kernel::{CompanyId, CustomerId};
use ks_order::store::{Tx, companies as store, staff};

use crate::both;
use crate::support::bot::Setup;
use crate::support::db::TestDb;
use crate::support::scene::Scene;
use crate::support::script::Act;
use crate::support::trade::NOW;

/// How often two press at once.
const ROUNDS: usize = 6;

/// Runs a play on SQLite and, where it is, on PostgreSQL.
fn on_both(play: impl Fn(&Setup)) {
    play(&Setup::sqlite());
    if let Some(setup) = Setup::postgres() {
        play(&setup);
    }
}

/// Both press before either is answered; in turns one or the other is first.
fn at_once(scene: &mut Scene<'_>, round: usize, presses: [(&str, String); 2]) {
    let mut presses = presses;
    presses.rotate_left(round % 2);
    for (who, data) in presses {
        let act = Act::Forges(data);
        scene.stage.act(who, None, &act).unwrap();
    }
    scene.bot.settle(&scene.stage).unwrap();
    scene.stage.listen();
}

const FIRM: &str = "
pack: retail
people: lin (en), wang (en), boss (en), kitchen: group of packer
boss: /company new ACME Ltd
boss: tap *Link for its admin
lin: /start {link}
lin: tap *Join
boss: tap *Link for its admin
wang: /start {link}
wang: tap *Join
";

#[test]
fn two_admins_who_remove_each_other_at_once_leave_one() {
    on_both(|setup| {
        for (round, op) in ["yX.acme-ltd.WHO", "yR.acme-ltd.WHO.b"]
            .into_iter()
            .enumerate()
        {
            let mut scene = Scene::new(setup, FIRM);
            let admins = "select count(*), count(*) from company_members where role = 'admin'";
            let admins = |scene: &mut Scene<'_>| scene.count(admins);
            assert_eq!(admins(&mut scene), 2);
            scene.plays("lin: /company\nwang: /company\n");
            let [lin, wang] = ["lin", "wang"].map(|name| scene.stage.id(name).unwrap());
            let data = |who: i64| format!("{}~*", op.replace("WHO", &who.to_string()));
            at_once(
                &mut scene,
                round,
                [("lin", data(wang)), ("wang", data(lin))],
            );
            assert_eq!(admins(&mut scene), 1, "{op}");
            scene.ends();
        }
    });
}

const TEAM: &str = "
people: boss (en), mia (en), tim (en), kitchen: group of chef
set: role mia manager
set: role tim support
tim: /start
boss: /start
mia: /start
";

#[test]
fn an_owner_and_a_manager_who_press_the_same_at_once_do_it_once() {
    on_both(|setup| {
        let mut scene = Scene::new(setup, TEAM);
        let tim = scene.stage.id("tim").unwrap();
        let both = |data: &str| ["boss", "mia"].map(|who| (who, data.to_owned()));
        for round in 0..ROUNDS {
            scene.plays("boss: /staff\nmia: /staff\n");
            at_once(&mut scene, round, both(&format!("eg.{tim}.auditor~*")));
            let given = "select count(*), count(*) from staff where role = 'auditor'";
            assert_eq!(scene.count(given), 1);
            scene.plays("boss: /staff\nmia: /staff\n");
            at_once(&mut scene, round, both(&format!("eT.{tim}.auditor~*")));
            assert_eq!(scene.count(given), 0);
            // One gives while the other takes: either, but noted as it was.
            scene.plays("boss: /staff\nmia: /staff\n");
            let [gives, takes] = ["eg", "eT"].map(|op| format!("{op}.{tim}.courier~*"));
            at_once(&mut scene, round, [("boss", gives), ("mia", takes)]);
        }
        let noted = scene.rows(
            "select count(*), count(distinct cause) from audit \
             where act in ('staff.give', 'staff.take') and subject like 'staff/%'",
        );
        let now = scene.count("select count(*), count(*) from staff where role = 'courier'");
        let changes = scene.rows(
            "select cast(sum(case act when 'staff.give' then 1 else 0 end) as bigint), \
             cast(sum(case act when 'staff.take' then 1 else 0 end) as bigint) from audit",
        );
        let (gave, took) = changes[0];
        assert_eq!(noted[0].0, noted[0].1, "one entry for a press");
        assert_eq!(gave - took, now, "given less taken is what is there");
        let rounds = ROUNDS as i64;
        assert!((rounds..=2 * rounds).contains(&gave), "{gave} given");
        scene.ends();
    });
}

fn acme() -> CompanyId {
    CompanyId("acme".to_owned())
}

/// ACME with two admins and a buyer.
async fn found(tx: &mut Tx) {
    let details = companies::Details {
        name: "ACME Ltd".to_owned(),
        ..companies::Details::default()
    };
    let by = CustomerId(9);
    assert!(
        store::insert(tx, (&acme(), &details), by, NOW)
            .await
            .unwrap()
    );
    for (id, role) in [(1, Role::Admin), (2, Role::Admin), (3, Role::Buyer)] {
        let member = Member {
            user: CustomerId(id),
            role,
            since: NOW,
            let_in_by: None,
            limit_minor: None,
            ordered: None,
        };
        assert!(store::add(tx, &acme(), &member).await.unwrap());
    }
}

both!(
    who_read_the_company_before_another_changed_it_changes_nothing,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        found(&mut tx).await;
        let read = store::find(&mut tx, &acme()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let writers = [Role::Approver, Role::Admin].map(|role| {
            let (db, mut company) = (test.db.clone(), read.clone());
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                let saved = store::save(&mut tx, &mut company, NOW).await.unwrap();
                let to = (Role::Buyer, role);
                let set = store::set_role(&mut tx, &acme(), CustomerId(3), to)
                    .await
                    .unwrap();
                if saved && set {
                    tx.commit().await.unwrap();
                } else {
                    tx.rollback().await.unwrap();
                }
                (saved, set)
            })
        });
        let mut won = 0;
        for writer in writers {
            let (saved, set) = writer.await.unwrap();
            assert_eq!(saved, set);
            won += i32::from(saved);
        }
        assert_eq!(won, 1);
    }
);

both!(
    two_owners_who_remove_each_other_at_once_leave_one,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        for owner in [1, 2] {
            let given = staff::grant(&mut tx, CustomerId(owner), ("owner", None), None, NOW);
            assert!(given.await.unwrap());
        }
        tx.commit().await.unwrap();
        let writers = [1, 2].map(|other| {
            let db = test.db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                let done = staff::revoke_owner(&mut tx, CustomerId(other))
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                done
            })
        });
        let mut won = 0;
        for writer in writers {
            won += i32::from(writer.await.unwrap());
        }
        assert_eq!(won, 1);
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(staff::with_role(&mut tx, "owner").await.unwrap().len(), 1);
        tx.rollback().await.unwrap();
    }
);
