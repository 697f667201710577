//! Saved orders that are repeated on chosen days: asked about before their time, ordered after a
//! yes, or without one where the customer said so.
//!
//! One timer a schedule: at the time of asking the customer gets a card of its own for the date,
//! at the moment by which it is ordered the date is over. What was announced is looked at again in
//! between: what stands in its way by then is asked about while there is time to answer. Whatever a timer or a press finds is held
//! against the schedule as it is stored now: one that changed meanwhile does nothing. An order is
//! put together apart from what the person is doing (`app::apart`), by the rules of any order, in
//! several turns: the goods are set aside, it is placed, everybody is told. What can't be ordered
//! as it is becomes a cart that the customer looks at; nothing is ordered late.

mod ask;
mod card;
mod dates;
mod open;
mod pause;
mod place;
mod prospect;
mod set;
mod typed;

use serde::{Deserialize, Serialize};

use crate::chat::{Post, Text};
use crate::domain::orders::pushes::Moment;
use crate::domain::saved::{Right, SavedOrder};
use crate::domain::schedules::{Run, Schedule, asks_at, looks_at};
use crate::kernel::{CompanyId, CustomerId, Timestamp};
use crate::shop::Shop;
use crate::store::schedules::Found;
use crate::store::timers::Timer;
use crate::store::{self, Tx};

use crate::app::apart;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::ScheduleAct;

use super::saved;
use dates::Dates;

pub use open::back;
pub use prospect::Prospect;
pub use typed::words;

/// The timer of a schedule; its key is the schedule's id.
pub const TIMER: &str = "schedule";

/// The turn of whoever repeats what is gone; its key is a [`Gone`].
const GONE: &str = "schedule-gone";

/// A schedule whose saved order is gone, with what that was called. It travels in a row of the inbox,
/// which is sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Gone {
    schedule: i64,
    name: String,
}

/// A turn about a schedule that is no timer.
const TURNS: [&str; 6] = [
    GONE,
    place::HOLD,
    place::PLACE,
    place::TOLD,
    place::FAILED,
    open::OPEN,
];

/// Whether a timer is about a schedule.
pub fn is_timer(kind: &str) -> bool {
    kind == TIMER || TURNS.contains(&kind)
}

/// A timer of a schedule is due, or a turn of one goes on.
pub async fn due(cx: &mut Cx<'_>, kind: &str, key: &str) -> Result<(), TurnError> {
    match kind {
        place::HOLD => Box::pin(place::hold(cx, key)).await,
        place::PLACE => Box::pin(place::place(cx, key)).await,
        place::TOLD => place::told(cx, key).await,
        place::FAILED => Box::pin(place::failed(cx, key)).await,
        open::OPEN => Box::pin(open::open(cx, key)).await,
        GONE => Box::pin(ask::gone(cx, key)).await,
        _ => match key.parse() {
            Ok(id) => Box::pin(ask::due(cx, id)).await,
            Err(_) => Ok(()),
        },
    }
}

/// Carries out a button; `version`: what the button carries.
pub async fn press(cx: &mut Cx<'_>, act: ScheduleAct, version: i64) -> Result<(), TurnError> {
    match act {
        ScheduleAct::Date(id, day, act) => Box::pin(card::press(cx, (id, day), act, version)).await,
        act => Box::pin(set::press(cx, act)).await,
    }
}

/// Sets the timers that are not there: of what was brought back from a copy.
///
/// # Errors
/// The store failed.
pub async fn set_missing(tx: &mut Tx, now: Timestamp) -> Result<(), TurnError> {
    let missing = store::schedules::without_timer(tx, TIMER).await?;
    let timer = |(id, owner, _): (i64, CustomerId, Timestamp)| Timer {
        kind: TIMER.to_owned(),
        name: id.to_string(),
        // Its turn looks at what is to be done, and when.
        due_ms: now.0,
        lane: owner.to_string(),
    };
    let timers: Vec<Timer> = missing.into_iter().map(timer).collect();
    Ok(store::timers::set(tx, &timers).await?)
}

/// The shop's calendar for a saved order.
fn dates<'a>(shop: &'a Shop, saved: &'a SavedOrder) -> Dates<'a> {
    Dates {
        shop,
        flow: &saved.body.flow,
    }
}

/// A saved order is deleted, or no longer shared: all who repeated it and may not use it any more
/// hear at once that it has ended.
///
/// # Errors
/// The store failed.
pub async fn gone(cx: &mut Cx<'_>, saved: &SavedOrder) -> Result<(), TurnError> {
    let whose = (saved.id, saved.owner);
    for (schedule, owner) in
        store::schedules::of_order(cx.tx, whose, saved.company.as_ref()).await?
    {
        let name = saved.name.clone();
        place::go_on(cx, (GONE, owner), &Gone { schedule, name });
    }
    Ok(())
}

/// Whoever's turn it is is no member of a company any more: who repeats what is not shared with them since
/// hears at once that it has ended.
///
/// # Errors
/// The store failed.
pub async fn left(cx: &mut Cx<'_>, company: &CompanyId) -> Result<(), TurnError> {
    for (id, owner) in store::schedules::of_leaver(cx.tx, company, cx.customer()).await? {
        // Its turn looks whether it may go on.
        cx.set_timer(TIMER, id, cx.now, owner);
    }
    Ok(())
}

/// What a schedule repeats, if its owner may still use it; else why not, in words.
async fn usable(
    cx: &mut Cx<'_>,
    found: &Found,
) -> Result<Result<(SavedOrder, Right), Text>, TurnError> {
    // What they are in their companies, whatever they are doing.
    let aside = apart::enter(cx);
    let usable = saved::may(cx, found.saved.clone()).await;
    apart::leave(cx, aside);
    usable
}

/// Sets the timer of a schedule that waits for a date, takes it back else.
fn arm(cx: &mut Cx<'_>, (schedule, saved): (&Schedule, &SavedOrder), run: Option<Run>) {
    let Some(date) = schedule.next else {
        cx.cancel_timer(TIMER, schedule.id);
        return;
    };
    let due = match run {
        Some(Run::Announced) => looks_at(date, cx.now),
        Some(_) => date.at,
        None => {
            let shop = cx.shop.clone();
            asks_at(date, shop.settings.ask_minutes, &dates(&shop, saved))
        }
    };
    cx.set_timer(TIMER, schedule.id, due.max(cx.now), schedule.owner);
}

/// Writes a schedule, unless somebody else was faster: then it is decided once more.
async fn write(cx: &mut Cx<'_>, schedule: &mut Schedule) -> Result<(), TurnError> {
    match store::schedules::save(cx.tx, schedule, cx.now).await? {
        true => Ok(()),
        false => Err(TurnError::Overtaken),
    }
}

/// Whether the person can be written to, and then whether a message about a schedule rings.
async fn rings(cx: &mut Cx<'_>) -> Result<Option<bool>, TurnError> {
    let who = cx.customer();
    let people = &cx.glance().await?.people;
    let met = people.iter().find(|person| person.id == who).cloned();
    let Some(met) = met.filter(|met| met.reachable) else {
        return Ok(None);
    };
    let wishes = met.open(cx.tx)?.pushes;
    let settings = &cx.shop.settings;
    let minute = settings.zone.wall(cx.now).minute;
    let told = settings.pushes.tells(Moment::Schedule, wishes, minute);
    Ok(Some(told.unwrap_or_default()))
}

/// Tells something that needs no card.
fn tell(cx: &mut Cx<'_>, view: crate::chat::View, loud: bool) {
    let post = Post::Say {
        chat: cx.chat,
        topic: None,
        view,
        loud,
    };
    cx.post(cx.session.locale.clone(), post);
}
