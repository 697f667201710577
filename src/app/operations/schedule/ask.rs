//! The timer of a schedule: the customer is asked in time, a date that is over is told.

use chrono::NaiveDate;

use crate::chat::Text;
use crate::domain::saved::{Right, SavedOrder};
use crate::domain::schedules::{Calendar, LATE, Pause, Run, Schedule, asks_at};
use crate::kernel::time::MINUTE;
use crate::kernel::{Money, Timestamp};
use crate::store;
use crate::store::schedules::Found;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::schedule_card as screen;
use crate::app::taking;

use super::card::{self, Ending, Pressed};
use super::prospect::{Prospect, prospect};
use super::{Gone, arm, dates, place, rings, tell, usable, write};

/// Does what is due of a schedule, if anything is.
pub(super) async fn due(cx: &mut Cx<'_>, id: i64) -> Result<(), TurnError> {
    let found = store::schedules::find(cx.tx, id).await?;
    let Some(found) = found.filter(|found| found.schedule.owner == cx.customer()) else {
        return Ok(());
    };
    let (saved, right) = match usable(cx, &found).await? {
        Ok(usable) => usable,
        Err(why) => return end(cx, found, (None, why)).await,
    };
    let Some(date) = found.schedule.next else {
        return Ok(());
    };
    let shop = cx.shop.clone();
    let ask = shop.settings.ask_minutes;
    let dates = dates(&shop, &saved);
    // Hours that changed since: the day is passed over and told.
    let is_closed = !dates.is_open(date.at);
    let first = match is_closed {
        true => date.at.plus(-ask * MINUTE),
        false => asks_at(date, ask, &dates),
    };
    let run = found.kept.as_ref().map(|kept| kept.run);
    let is_over = cx.now >= date.at;
    match run {
        None if cx.now < first => arm(cx, (&found.schedule, &saved), run),
        Some(run) if run != Run::Announced && !is_over => {
            arm(cx, (&found.schedule, &saved), Some(run));
        }
        _ if rings(cx).await?.is_none() => return rest(cx, found, &saved).await,
        Some(_) if !is_over => return again(cx, found, (saved, right)).await,
        None if is_closed => return pass(cx, found.schedule, &saved).await,
        None if !is_over => return self::ask(cx, found, (saved, right)).await,
        // It is being placed or told of: that goes on, unless it broke down.
        Some(run) if !run.is_open() && cx.now < date.at.plus(LATE) => {
            cx.set_timer(super::TIMER, id, date.at.plus(LATE), found.schedule.owner);
        }
        Some(Run::Announced) if cx.now < date.at.plus(LATE) => {
            return Box::pin(place::at_its_time(cx, found, (saved, right))).await;
        }
        _ => return over(cx, found, &saved).await,
    }
    Ok(())
}

/// Asks about the next date, or says that it will be ordered.
async fn ask(
    cx: &mut Cx<'_>,
    found: Found,
    (saved, right): (SavedOrder, Right),
) -> Result<(), TurnError> {
    let schedule = found.schedule;
    let Some(date) = schedule.next else {
        return Ok(());
    };
    let shop = cx.shop.clone();
    let prospect = prospect(cx, (&saved, right), &schedule.without, true).await?;
    let doubt = match schedule.auto_minor {
        Some(most) => doubt(cx, &prospect, (most, date.at)).await?,
        None => None,
    };
    let run = match (schedule.auto_minor, &doubt) {
        (Some(_), None) => Run::Announced,
        _ => Run::Asked,
    };
    let told = prospect.told.as_str();
    if !store::schedules::ask(cx.tx, &schedule, (date.day, run, told), cx.now).await? {
        // It was dealt with before the schedule changed: nobody is asked twice.
        let mut schedule = schedule;
        schedule.leave(&dates(&shop, &saved), cx.now);
        write(cx, &mut schedule).await?;
        arm(cx, (&schedule, &saved), None);
        return Ok(());
    }
    arm(cx, (&schedule, &saved), Some(run));
    let loud = rings(cx).await?.unwrap_or_default();
    let shown = screen::Asked {
        schedule: &schedule,
        date,
        run,
        name: &saved.name,
        before: found.ordered,
        doubt,
        prospect: &prospect,
    };
    card::post(
        cx,
        (schedule.id, date.day),
        screen::asked(&shown),
        Some(loud),
    );
    Ok(())
}

/// Looks again at what was announced: it is asked about if something stands in its way since.
async fn again(
    cx: &mut Cx<'_>,
    found: Found,
    usable: (SavedOrder, Right),
) -> Result<(), TurnError> {
    let Some(pressed) = Pressed::of(found, usable) else {
        return Ok(());
    };
    let (schedule, saved) = (pressed.schedule.clone(), pressed.saved.clone());
    let run = card::look(cx, pressed).await?;
    arm(cx, (&schedule, &saved), Some(run));
    Ok(())
}

/// Why what the customer wants ordered without being asked, up to a total and at a time, is asked
/// about all the same.
pub(super) async fn doubt(
    cx: &mut Cx<'_>,
    prospect: &Prospect,
    (most_minor, at): (i64, Timestamp),
) -> Result<Option<Text>, TurnError> {
    if let Some(why) = prospect.obstacle() {
        return Ok(Some(why.clone()));
    }
    if prospect.total.minor > most_minor {
        let most = Money::new(most_minor, prospect.total.currency);
        return Ok(Some(Text::new("schedule-why-dearer").with("most", most)));
    }
    if prospect.is_judged {
        return Ok(Some(Text::new("schedule-why-people")));
    }
    let pauses = taking::pauses(cx).await?;
    let stop = taking::stop_at(&cx.shop, &pauses, &prospect.place.flow, at);
    Ok(stop.map(|stop| stop.text(&cx.shop)))
}

/// The next date falls on a day on which the shop is closed now.
async fn pass(
    cx: &mut Cx<'_>,
    mut schedule: Schedule,
    saved: &SavedOrder,
) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let passed: Vec<NaiveDate> = schedule.next.iter().map(|date| date.day).collect();
    let mut closed = schedule.leave(&dates(&shop, saved), cx.now);
    closed.splice(0..0, passed);
    write(cx, &mut schedule).await?;
    arm(cx, (&schedule, saved), None);
    let loud = rings(cx).await?.unwrap_or_default();
    tell(cx, screen::closed(&schedule, &saved.name, &closed), loud);
    Ok(())
}

/// Dates are over that were not ordered: told together, and the next one comes.
async fn over(cx: &mut Cx<'_>, found: Found, saved: &SavedOrder) -> Result<(), TurnError> {
    let mut schedule = found.schedule;
    let Some(date) = schedule.next else {
        return Ok(());
    };
    let shop = cx.shop.clone();
    let dates = dates(&shop, saved);
    let mut missed = schedule.missed(&dates, cx.now);
    schedule.give_up(&missed, &dates, cx.now);
    let closed = schedule.ahead(&dates, cx.now).closed;
    write(cx, &mut schedule).await?;
    arm(cx, (&schedule, saved), None);
    if let Some(kept) = &found.kept {
        let ending = match kept.run {
            Run::Asked => Ending::NoAnswer,
            Run::Announced | Run::Placing => Ending::Late,
            _ => Ending::Nothing,
        };
        if ending != Ending::Nothing {
            let moves = (kept.run, Run::Missed);
            let on = (schedule.id, date.day);
            if !store::schedules::run(cx.tx, on, moves, &kept.told, cx.now).await? {
                return Err(TurnError::Overtaken);
            }
            card::end(cx, (&schedule, saved), date.day, (ending, &closed));
        }
        missed.retain(|day| *day != date.day);
    }
    if !missed.is_empty() {
        let loud = rings(cx).await?.unwrap_or_default();
        tell(cx, screen::missed(&schedule, &saved.name, &missed), loud);
    }
    Ok(())
}

/// The person can't be written to: nothing happens until they come back and resume it.
async fn rest(cx: &mut Cx<'_>, found: Found, saved: &SavedOrder) -> Result<(), TurnError> {
    let mut schedule = found.schedule;
    let date = schedule.next.map(|date| date.day);
    if let (Some(kept), Some(day)) = (&found.kept, date)
        && (kept.run.is_open() || kept.run == Run::Placing)
    {
        let moves = (kept.run, Run::Stopped);
        store::schedules::run(cx.tx, (schedule.id, day), moves, &kept.told, cx.now).await?;
        schedule.last = schedule.last.max(date);
    }
    schedule.pause = Some(Pause::Away);
    let shop = cx.shop.clone();
    schedule.look_ahead(&dates(&shop, saved), cx.now);
    write(cx, &mut schedule).await?;
    arm(cx, (&schedule, saved), None);
    Ok(())
}

/// What a schedule repeated is deleted, or shared no more: it ends, unless it may go on.
pub(super) async fn gone(cx: &mut Cx<'_>, key: &str) -> Result<(), TurnError> {
    let Ok(Gone { schedule, name }) = serde_json::from_str(key) else {
        return Ok(());
    };
    let found = store::schedules::find(cx.tx, schedule).await?;
    let Some(found) = found.filter(|found| found.schedule.owner == cx.customer()) else {
        return Ok(());
    };
    match usable(cx, &found).await? {
        Ok(_) => Ok(()),
        Err(why) => end(cx, found, (Some(name), why)).await,
    }
}

/// What it repeats is gone, or may not be used any more: it ends, and says so.
pub(super) async fn end(
    cx: &mut Cx<'_>,
    found: Found,
    (called, why): (Option<String>, Text),
) -> Result<(), TurnError> {
    if !store::schedules::delete(cx.tx, &found.schedule).await? {
        return Err(TurnError::Overtaken);
    }
    let Some(loud) = rings(cx).await? else {
        return Ok(());
    };
    let name = found.saved.map(|found| found.saved.name).or(called);
    if let (Some(kept), Some(date)) = (found.kept, found.schedule.next) {
        let on = (found.schedule.id, date.day);
        let moves = (kept.run, Run::Stopped);
        if kept.run.is_open() {
            store::schedules::run(cx.tx, on, moves, &kept.told, cx.now).await?;
        }
        // Nothing can be answered there any more.
        card::post(cx, on, screen::gone(name.as_deref(), why), None);
    } else {
        tell(cx, screen::gone(name.as_deref(), why), loud);
    }
    Ok(())
}
