//! What goes wrong is told to who can mend it, once, through the whole service.

use std::time::Duration;

use ks_order::commands::service::{Parts, Service};
use ks_order::kernel::{ChatId, CustomerId, Timestamp};
use ks_order::runtime::Clock;
use ks_order::sandbox::{Emulator, EmulatorConfig, UserSpec};
use ks_order::shop::settings::NamedStaff;
use ks_order::shop::{Shop, Source};
use ks_order::store::{alerts, outbox};
use ks_order::telegram::client::Client;
use ks_order::telegram::receive::polling;

use crate::both;
use crate::support::db::{TestDb, sqlite};

const OWNER: i64 = 900;
const MANAGER: i64 = 901;
const LIN: i64 = 7;
const PATIENCE: Duration = Duration::from_secs(60);
/// Looks are five seconds apart.
const A_LOOK: Duration = Duration::from_secs(8);

struct Rig {
    telegram: Emulator,
    clock: Clock,
}

impl Rig {
    fn new() -> Self {
        let telegram = Emulator::start(EmulatorConfig::default()).unwrap();
        for id in [OWNER, MANAGER, LIN] {
            telegram.add_user(UserSpec::new(id, format!("P{id}")));
            telegram.start_bot(id, None).unwrap();
        }
        Self {
            telegram,
            clock: Clock::real(),
        }
    }

    async fn start(&self, test: &TestDb) -> Service {
        let mut shop = Shop::load(&Source::Pack("restaurant".to_owned())).unwrap();
        shop.settings.owner = Some(CustomerId(OWNER));
        shop.settings.staff = vec![NamedStaff {
            id: CustomerId(MANAGER),
            roles: vec!["manager".to_owned()],
            limit: None,
        }];
        let parts = Parts {
            shop,
            db: test.db.clone(),
            client: Client::new(&self.telegram.url(), self.telegram.token()).unwrap(),
            clock: self.clock.clone(),
            adjust: |_| {},
        };
        Service::start(parts).await.unwrap()
    }

    /// How many messages with these words a person got.
    fn heard(&self, person: i64, words: &str) -> usize {
        let all = self.telegram.messages(person, person);
        all.iter()
            .filter(|m| m.from_bot && m.text.contains(words))
            .count()
    }

    async fn hears(&self, person: i64, words: &str) {
        let wait = async {
            while self.heard(person, words) == 0 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let heard = tokio::time::timeout(PATIENCE, wait).await;
        assert!(heard.is_ok(), "{person} never heard {words:?}");
    }

    async fn settle(&self, service: &Service) {
        while self.telegram.pending_updates() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        service.engine().idle().await;
    }
}

both!(
    an_alert_is_open_until_it_is_over,
    |test: TestDb| async move {
        let at = Timestamp;
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(alerts::raise(&mut tx, &["a", "b"], at(1)).await.unwrap(), 2);
        assert_eq!(alerts::raise(&mut tx, &["b", "c"], at(2)).await.unwrap(), 1);
        alerts::tell(&mut tx, &["a", "c"], at(3)).await.unwrap();
        let open = alerts::open(&mut tx).await.unwrap();
        let told: Vec<_> = open.iter().map(|a| (a.name.as_str(), a.told)).collect();
        assert_eq!(told, [("a", Some(at(3))), ("b", None), ("c", Some(at(3)))]);
        assert_eq!(alerts::end(&mut tx, &["a", "x"], at(4)).await.unwrap(), 1);
        assert_eq!(alerts::end(&mut tx, &["a"], at(5)).await.unwrap(), 0);
        assert_eq!(alerts::raise(&mut tx, &["a"], at(6)).await.unwrap(), 1);
        let open = alerts::open(&mut tx).await.unwrap();
        assert_eq!(
            open.last().map(|a| (a.name.as_str(), a.told)),
            Some(("a", None))
        );
        alerts::untell(&mut tx).await.unwrap();
        let open = alerts::open(&mut tx).await.unwrap();
        assert!(open.iter().all(|alert| alert.told.is_none()));
        assert_eq!(alerts::raise(&mut tx, &[], at(7)).await.unwrap(), 0);
        assert_eq!(alerts::end(&mut tx, &[], at(7)).await.unwrap(), 0);
        tx.commit().await.unwrap();
    }
);

both!(
    dead_letters_are_told_once_until_none_is_left,
    |test: TestDb| async move {
        let rig = Rig::new();
        let service = rig.start(&test).await;
        rig.settle(&service).await;
        let dead = |id: i64| {
            let db = test.db.clone();
            async move {
                let row = outbox::OutRow {
                    id,
                    chat: ChatId(LIN),
                    card: None,
                    version: 0,
                    hasty: false,
                    adopt: None,
                    takes: None,
                    // No call can be made of it.
                    body: "nonsense".to_owned(),
                    cause: None,
                };
                let mut tx = db.begin().await.unwrap();
                outbox::insert(&mut tx, &[row], Timestamp(1)).await.unwrap();
                tx.commit().await.unwrap();
            }
        };
        dead(i64::MAX - 2).await;
        rig.hears(OWNER, "handled or delivered: 1").await;
        dead(i64::MAX - 1).await;
        tokio::time::sleep(A_LOOK * 2).await;
        assert_eq!(rig.heard(OWNER, "handled or delivered"), 1);
        assert_eq!(rig.heard(MANAGER, "handled or delivered"), 0);
        // Nobody has looked for a day.
        service.engine().clock().advance(25 * 3_600_000);
        rig.hears(OWNER, "handled or delivered: 2").await;
        service.stop().await;
    }
);

both!(
    without_an_owner_who_can_be_reached_managers_hear_it,
    |test: TestDb| async move {
        let rig = Rig::new();
        let service = rig.start(&test).await;
        rig.settle(&service).await;
        let mut tx = test.db.begin().await.unwrap();
        alerts::raise(&mut tx, &["kitchen"], rig.clock.business())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        rig.telegram.block(OWNER).unwrap();
        rig.hears(MANAGER, "kitchen's chat can't be reached").await;
        rig.hears(MANAGER, "can't write to P900").await;
        rig.telegram.unblock(OWNER).unwrap();
        rig.hears(OWNER, "can write to P900 again").await;
        service.stop().await;
    }
);

#[tokio::test(flavor = "multi_thread")]
async fn another_receiver_with_the_same_token_is_told() {
    let test = sqlite().await;
    let rig = Rig::new();
    let service = rig.start(&test).await;
    rig.settle(&service).await;
    let client = Client::new(&rig.telegram.url(), rig.telegram.token()).unwrap();
    let other = tokio::spawn(async move {
        loop {
            let params = polling::params(None, 1);
            // It ends in a conflict whenever the bot asks in between.
            let _answer = client.updates(params, Duration::from_secs(1)).await;
        }
    });
    rig.hears(OWNER, "Another program receives my updates")
        .await;
    other.abort();
    service.stop().await;
}
