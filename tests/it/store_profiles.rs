//! What the store promises of profiles, on both databases.

use ks_order::domain::customers::{Part, Profile};
use ks_order::kernel::{CustomerId, Timestamp};
use ks_order::store::glance::{Ask, glances};
use ks_order::store::profiles;

use crate::both;
use crate::support::db::TestDb;
use crate::support::trade::NOW;

const LIN: CustomerId = CustomerId(7);
const WU: CustomerId = CustomerId(8);

fn profile() -> Profile {
    let mut profile = Profile::default();
    profile.learn_name("Lin");
    profile.learn_phone("+8613800138000");
    profile.learn_address("12 Garden Road", None, Timestamp(1));
    profile.set_part(1, Part::Code, "4711#").unwrap();
    profile.turn_avoided("egg");
    profile
}

both!(
    a_profile_is_written_by_who_saw_its_last_version,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(profiles::find(&mut tx, LIN).await.unwrap(), None);
        let mut kept = profile();
        assert!(profiles::save(&mut tx, LIN, &kept, NOW).await.unwrap());
        // Somebody who has not seen it can't begin anew.
        assert!(!profiles::save(&mut tx, LIN, &kept, NOW).await.unwrap());
        kept.version = 1;
        assert_eq!(
            profiles::find(&mut tx, LIN).await.unwrap(),
            Some(kept.clone())
        );
        kept.learn_address("8 Harbour Street", None, NOW);
        assert!(profiles::save(&mut tx, LIN, &kept, NOW).await.unwrap());
        assert!(!profiles::save(&mut tx, LIN, &kept, NOW).await.unwrap());
        kept.version = 2;
        assert_eq!(profiles::find(&mut tx, LIN).await.unwrap(), Some(kept));
        tx.commit().await.unwrap();
    }
);

both!(
    a_profile_is_seen_by_its_person_alone_and_with_everything_else,
    |test: TestDb| async move {
        let mut tx = test.db.begin().await.unwrap();
        assert!(profiles::save(&mut tx, LIN, &profile(), NOW).await.unwrap());
        let ask = |who| Ask {
            who: Some(who),
            ..Ask::default()
        };
        let before = tx.statements();
        let seen = glances(&mut tx, &[&ask(LIN), &ask(WU)], NOW).await.unwrap();
        assert_eq!(tx.statements() - before, 1);
        let names: Vec<Option<String>> = seen
            .iter()
            .map(|seen| seen.known.profile.as_ref().map(|p| p.name.clone()))
            .collect();
        assert_eq!(names, [Some("Lin".to_owned()), None]);
        tx.commit().await.unwrap();
    }
);
