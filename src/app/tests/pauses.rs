//! Pauses against turns that looked at the shop before the pause began, as turns of one group do.

use super::Talk;
use crate::app::{TurnError, TurnInput};
use crate::chat::{Event, EventKind, Press, Sender};
use crate::kernel::{ChatId, CustomerId};
use crate::store::glance::glance;
use crate::store::settings;

const WHOLE: &str = "pause/*";

/// A tap that is handled by what was seen before `meanwhile` became the setting.
async fn tap_overtaken(talk: &mut Talk, data: &str, seen: Option<&str>, meanwhile: &str) -> bool {
    let event = Event {
        chat: ChatId(7),
        private: true,
        topic: None,
        sender: Some(Sender {
            id: CustomerId(7),
            name: "Lin".to_owned(),
            language: None,
        }),
        kind: EventKind::Press(Press {
            query_id: "q".to_owned(),
            message_id: Some(1),
            data: data.to_owned(),
        }),
    };
    let ask = talk.app.ask(&event, talk.session.as_ref());
    let mut tx = talk.db.begin().await.unwrap();
    let before = glance(&mut tx, &ask, talk.now).await.unwrap();
    let values = (seen, meanwhile);
    let changed = settings::replace(&mut tx, WHOLE, values, talk.now).await;
    assert!(changed.unwrap());
    tx.commit().await.unwrap();
    let mut tx = talk.db.begin().await.unwrap();
    let input = TurnInput {
        tx: &mut tx,
        event,
        session: talk.session.clone(),
        seen: Some((ask, before)),
        lane: "7",
        cause: 1000,
        now: talk.now,
        ids: &mut talk.ids,
        seed: 5,
    };
    let done = talk.app.turn(input).await;
    tx.rollback().await.unwrap();
    matches!(done, Err(TurnError::Overtaken))
}

fn place(talk: &Talk) -> String {
    format!("rp~{}", talk.session.as_ref().unwrap().card)
}

#[tokio::test]
async fn an_order_is_decided_anew_if_a_pause_began_meanwhile() {
    let mut talk = Talk::new().await;
    super::to_review(&mut talk).await;
    let place = place(&talk);
    assert!(tap_overtaken(&mut talk, &place, None, "open the oven is cold").await);
    talk.press(&place).await;
    talk.sees("We take no orders right now. Please look in again later.");
    talk.sees("the oven is cold");
    assert!(talk.most.0 <= 9, "{:?}", talk.most);
}

#[tokio::test]
async fn of_two_who_press_at_once_neither_writes_over_what_they_did_not_see() {
    let mut talk = Talk::new().await;
    talk.app.swap({
        let mut shop =
            crate::shop::Shop::load(&crate::shop::Source::Pack("restaurant".into())).unwrap();
        shop.settings.owner = Some(CustomerId(7));
        shop.into()
    });
    talk.event(EventKind::Command("pause".into(), String::new()))
        .await;
    let resume = format!("pr.*~{}", talk.session.as_ref().unwrap().card);
    // Nothing was seen to be resumed, and nothing is: the other one's pause stays.
    let half_hour = format!("pm.*.30~{}", talk.session.as_ref().unwrap().card);
    assert!(tap_overtaken(&mut talk, &half_hour, None, "open closed early").await);
    talk.press(&half_hour).await;
    talk.sees("closed early");
    talk.sees("no orders until 12:30");
    let mut tx = talk.db.read().await.unwrap();
    let kept = settings::find(&mut tx, WHOLE).await.unwrap().unwrap();
    drop(tx);
    assert!(tap_overtaken(&mut talk, &resume, Some(&kept), "open again").await);
    talk.press(&resume).await;
    talk.sees("not paused");
    assert!(talk.most.0 <= 9, "{:?}", talk.most);
}
