//! Customers who mean the same at the same moment, and two of the team who decide at once, through
//! the whole bot, on both databases: one proposal, one decision, noted once.

use crate::support::bot::Setup;
use crate::support::scene::Scene;
use crate::support::script::Act;

/// Runs a play on SQLite and, where it is, on PostgreSQL.
fn on_both(play: impl Fn(&Setup)) {
    play(&Setup::sqlite());
    if let Some(setup) = Setup::postgres() {
        play(&setup);
    }
}

/// All press before any is answered.
fn at_once(scene: &mut Scene<'_>, presses: &[(&str, &str)]) {
    for (who, data) in presses {
        let act = Act::Forges((*data).to_owned());
        scene.stage.act(who, None, &act).unwrap();
    }
    scene.bot.settle(&scene.stage).unwrap();
    scene.stage.listen();
}

const ASKED: &str = "
people: boss (en), mia (en), lin (en), wang (en), sam (en), ann (en), kitchen: group of chef
set: role mia manager
boss: /start
mia: /start
lin: says kong bao chiken
wang: says Kong  bao chiken
sam: says kong bao CHIKEN
ann: says kong bao chiken
";

#[test]
fn customers_who_are_enough_together_are_proposed_once() {
    on_both(|setup| {
        let mut scene = Scene::new(setup, ASKED);
        let pick = "i.kung-pao~*";
        let all = ["lin", "wang", "sam", "ann"].map(|who| (who, pick));
        at_once(&mut scene, &all);
        let known = "select count(*), count(distinct digest) from learned";
        assert_eq!(scene.rows(known), [(4, 1)]);
        let proposed = "select count(*), cast(sum(people) as bigint) from aliases";
        let (count, customers) = scene.rows(proposed)[0];
        assert_eq!(count, 1);
        assert!((3..=4).contains(&customers), "{customers}");
        for who in ["boss", "mia"] {
            let id = scene.stage.id(who).unwrap();
            let heard = scene.stage.telegram.messages(id, id);
            let asked = heard.iter().filter(|m| m.text.contains("kong bao chiken"));
            assert_eq!(asked.count(), 1, "{who}");
        }
        scene.ends();
    });
}

#[test]
fn two_who_decide_at_once_decide_it_once() {
    on_both(|setup| {
        for (yes, no) in [("mia", "boss"), ("boss", "mia")] {
            let mut scene = Scene::new(setup, ASKED);
            let pick = "i.kung-pao~*";
            at_once(&mut scene, &["lin", "wang", "sam"].map(|who| (who, pick)));
            let id = scene.count("select id, id from aliases");
            let (accept, decline) = (format!("La.{id}~0"), format!("Ld.{id}~0"));
            at_once(&mut scene, &[(yes, &accept), (no, &decline)]);
            let noted =
                "select count(*), count(distinct subject) from audit where act like 'alias.%'";
            assert_eq!(scene.rows(noted), [(1, 1)]);
            let decided = "select count(*), count(decided_by) from aliases where state <> 'open'";
            assert_eq!(scene.rows(decided), [(1, 1)]);
            // Both accept what the other removes: each state is left once.
            let accepted = "select count(*), count(*) from aliases where state = 'accepted'";
            let versions = "select count(*), count(*) from settings where name = 'aliases'";
            assert_eq!(scene.count(accepted), scene.count(versions));
            scene.ends();
        }
    });
}

/// Two phrases that are the same name can't both be accepted for different items.
#[test]
fn one_name_is_accepted_for_one_item() {
    on_both(|setup| {
        let mut scene = Scene::new(setup, ASKED);
        scene.plays("file shop.toml: \"[kitchen]\" -> \"[understanding]\\npropose_after = 2\\n[kitchen]\"\nreload\n");
        for who in ["lin", "wang", "sam", "ann"] {
            scene.plays(&format!("{who}: says chiken\n"));
        }
        let (one, other) = ("i.kung-pao~*", "i.drunken-chicken~*");
        at_once(
            &mut scene,
            &[("lin", one), ("wang", one), ("sam", other), ("ann", other)],
        );
        let rows = scene.rows("select id, id from aliases order by id");
        let [(first, _), (second, _)] = rows[..] else {
            panic!("{rows:?}");
        };
        let (first, second) = (format!("La.{first}~0"), format!("La.{second}~0"));
        at_once(&mut scene, &[("boss", &first), ("mia", &second)]);
        let accepted =
            "select count(*), count(distinct digest) from aliases where state = 'accepted'";
        assert_eq!(scene.rows(accepted), [(1, 1)]);
        scene.ends();
    });
}
