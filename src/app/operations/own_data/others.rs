//! The steps of an erasure that reach into what is others': conversations that name the person,
//! the team's cards, and the last word to the person.

use crate::app::cx::Cx;
use crate::app::operations::approval::show::card_name;
use crate::app::operations::tell::work_card_name;
use crate::app::outcome::TurnError;
use crate::app::screens::own_data as screen;
use crate::app::{by_hand, ordering, staff};
use crate::chat::{EventKind, Post, Text, View};
use crate::dialogue::Session;
use crate::dialogue::session::Erasure;
use crate::kernel::ChatId;
use crate::store;
use crate::store::erasure::Job;
use crate::store::erasure::sweep;

use super::steps::{FORGET, TURN, Went, nobodys};

/// So often a pass over all conversations begins again at once, before it waits.
const PASSES: i64 = 3;
/// So many cards of the team are edited at once; then others' messages go first: Telegram takes
/// about 20 a minute in a group.
const CARDS_AT_ONCE: i64 = 5;

/// Conversations that name the person: each forgets in a turn of its own; then all are looked at
/// once more.
pub(super) async fn lanes(cx: &mut Cx<'_>, job: &mut Job) -> Result<Went, TurnError> {
    let (found, last) = sweep::lanes(cx.tx, job).await?;
    job.until += found.len() as i64;
    for lane in found {
        let chat = lane.split('/').next().and_then(|chat| chat.parse().ok());
        let kind = EventKind::Timer {
            kind: FORGET.to_owned(),
            key: job.id.to_string(),
        };
        let event = nobodys(kind, ChatId(chat.unwrap_or_default()));
        cx.go_on_in(lane, event);
    }
    match last {
        Some(last) => {
            job.after_lane = last;
            Ok(Went::On)
        }
        None if job.until == 0 => Ok(Went::Over),
        None => {
            job.until = 0;
            job.after_lane.clear();
            if job.tries >= PASSES {
                return Ok(Went::Waits);
            }
            job.tries += 1;
            Ok(Went::On)
        }
    }
}

/// A conversation forgets the person: their own in a group, and that of who orders for them or
/// looks for them.
pub(super) async fn forget(cx: &mut Cx<'_>, job: &Job) -> Result<(), TurnError> {
    if cx.lane.rsplit('/').next() == Some(job.person.to_string().as_str()) {
        cx.session = Session {
            version: cx.session.version,
            erasure: Some(Erasure::Over),
            ..Session::new(cx.session.locale.clone())
        };
        return Ok(());
    }
    if !sweep::is_named_in(&cx.session, &job.traces) {
        return Ok(());
    }
    let began = sweep::began_with_theirs(&cx.session, &job.traces);
    let session = &mut cx.session;
    if began {
        // What is in their cart by now is theirs; what is not is asked for anew.
        (session.refill, session.said) = (None, None);
        session.screen.clear();
    }
    session.sought.clear();
    session.caller.clear();
    session.typed = None;
    if session.screen.contains(&job.person.to_string()) {
        session.screen.clear();
    }
    let by_hand = session.by_hand.as_ref();
    if by_hand.is_some_and(|by_hand| by_hand.customer == job.person) {
        by_hand::stop(cx).await?;
        ordering::strip_living(cx);
        cx.session.screen.clear();
        cx.say(Text::new("erase-by-hand"));
    }
    Ok(())
}

/// The cards of one order where the team works: edited once more, with figures alone.
pub(super) async fn cards(cx: &mut Cx<'_>, job: &mut Job) -> Result<Went, TurnError> {
    let Some((id, request_version)) = sweep::next_shown(cx.tx, job).await? else {
        return Ok(Went::Over);
    };
    if job.tries >= CARDS_AT_ONCE {
        // The team's own messages go first.
        job.tries = 0;
        return Ok(Went::Waits);
    }
    job.tries += 1;
    job.after = id.0;
    let order = store::orders::get(cx.tx, id).await?;
    let (work, approve) = (work_card_name(id), card_name(id));
    let shown = sweep::showing(cx.tx, [&work, &approve]).await?;
    for (card, version) in [(work, order.version), (approve, request_version)] {
        for (_, chat) in shown.iter().filter(|(name, _)| *name == card) {
            let chat = *chat;
            let locale = staff::locale_of_chat(cx, chat).await?;
            let post = Post::Card {
                chat,
                topic: None,
                card: card.clone(),
                version,
                view: screen::erased_order(&order),
                fresh: false,
                loud: false,
            };
            cx.post(locale, post);
        }
    }
    Ok(Went::On)
}

/// Everything is done: the person is told, and nothing says any more that there was anything.
pub(super) async fn end(cx: &mut Cx<'_>, job: &Job) -> Result<(), TurnError> {
    sweep::forget_files(cx.tx).await?;
    store::erasure::end(cx.tx, job.id).await?;
    cx.cancel_timer(TURN, job.id);
    let post = Post::Say {
        chat: ChatId(job.person.0),
        topic: None,
        view: View::say(Text::new("erase-done")),
        loud: false,
    };
    cx.post(job.locale.clone(), post);
    Ok(())
}
