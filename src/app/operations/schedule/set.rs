//! The screen on which a customer says how a saved order is repeated. Each press writes at once;
//! what is open about the next date follows.

use chrono::NaiveDate;

use crate::chat::Text;
use crate::domain::saved::{Right, SavedOrder};
use crate::domain::schedules::{Calendar, Kept, MOST, Run, Schedule, asks_at};
use crate::kernel::Money;
use crate::store;

use crate::app::cx::Cx;
use crate::app::operations::saved;
use crate::app::outcome::TurnError;
use crate::app::route::{Route, SavedAct, ScheduleAct};
use crate::app::screens::schedule as screen;
use crate::app::show as screens;

use super::card::{self, Ending, Pressed};
use super::prospect::prospect;
use super::{arm, dates, pause, typed, write};

/// A schedule, or one to come, with what it repeats.
pub(super) struct At {
    pub schedule: Schedule,
    pub kept: Option<Kept>,
    pub saved: SavedOrder,
    pub right: Right,
    pub ordered: Option<NaiveDate>,
}

impl At {
    /// Whether the customer may still answer about the next date.
    pub fn is_open(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.run.is_open())
    }

    /// Whether the next date is being ordered.
    fn is_busy(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| !kept.run.is_open())
    }

    /// Its open date, as a press on its card finds it.
    pub fn pressed(&self) -> Option<Pressed> {
        Some(Pressed {
            schedule: self.schedule.clone(),
            date: self.schedule.next?,
            kept: self.kept.clone()?,
            saved: self.saved.clone(),
            right: self.right,
            before: self.ordered,
        })
    }
}

/// Carries out a button of the screen.
pub(super) async fn press(cx: &mut Cx<'_>, act: ScheduleAct) -> Result<(), TurnError> {
    use ScheduleAct as A;
    let (A::Open(id)
    | A::Day(id, _)
    | A::Times(id)
    | A::Time(id, _)
    | A::AutoAsk(id)
    | A::Auto(id, _)
    | A::AutoOff(id)
    | A::PauseAsk(id)
    | A::Pause(id, ..)
    | A::Resume(id)
    | A::Skip(id)
    | A::Unskip(id)
    | A::Lines(id)
    | A::Line(id, _)
    | A::StopAsk(id)
    | A::Stop(id)
    | A::Date(id, ..)) = act;
    let Some(at) = reach(cx, id).await? else {
        return Ok(());
    };
    match act {
        A::Open(_) | A::Date(..) => return show(cx, &at, &[]).await,
        A::Times(_) => return typed::ask_time(cx, &at),
        A::AutoAsk(_) => return auto_ask(cx, at).await,
        A::PauseAsk(_) => return pause::ask(cx, &at),
        A::Lines(_) => return lines(cx, &at),
        A::StopAsk(_) => return stop_ask(cx, &at),
        _ if at.is_busy() => {
            cx.toast(Text::new("schedule-busy"));
            return show(cx, &at, &[]).await;
        }
        _ => {}
    }
    match act {
        A::Day(_, weekday) => day(cx, at, weekday).await,
        A::Time(_, minute) => time(cx, at, minute).await,
        A::Auto(_, most) => auto(cx, at, most).await,
        A::AutoOff(_) => auto_off(cx, at).await,
        A::Pause(_, until, today) => pause::pause(cx, at, until, today).await,
        A::Resume(_) => pause::resume(cx, at).await,
        A::Skip(_) => skip(cx, at).await,
        A::Unskip(_) => unskip(cx, at).await,
        A::Line(_, line) => toggle(cx, at, line).await,
        A::Stop(_) => stop(cx, at).await,
        _ => show(cx, &at, &[]).await,
    }
}

/// The schedule of a saved order that this person may use; else the list says why not.
pub(super) async fn reach(cx: &mut Cx<'_>, id: i64) -> Result<Option<At>, TurnError> {
    let who = cx.customer();
    let found = store::schedules::of_saved(cx.tx, who, id).await?;
    let (schedule, kept, saved, ordered) = match found {
        Some(found) => (found.schedule, found.kept, found.saved, found.ordered),
        None => {
            let saved = store::saved::find(cx.tx, id).await?;
            (Schedule::new(0, who, id), None, saved, None)
        }
    };
    match saved::may(cx, saved).await? {
        Ok((saved, right)) => {
            let mut at = At {
                schedule,
                kept,
                saved,
                right,
                ordered,
            };
            let dates = dates(&cx.shop, &at.saved);
            at.schedule.forget_skip(&dates, cx.now);
            Ok(Some(at))
        }
        Err(why) => {
            cx.notices.push(why);
            saved::press(cx, SavedAct::List(0)).await?;
            Ok(None)
        }
    }
}

/// Shows how it is repeated. `closed`: days that are passed over.
pub(super) async fn show(cx: &mut Cx<'_>, at: &At, closed: &[NaiveDate]) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let dates = dates(&shop, &at.saved);
    let ask = shop.settings.ask_minutes;
    let wishes = at.schedule.wishes(&at.saved.body.wishes);
    let shown = screen::Shown {
        schedule: &at.schedule,
        name: &at.saved.name,
        wishes: &wishes,
        asks_at: at.schedule.next.map(|date| asks_at(date, ask, &dates)),
        ask_minutes: ask,
        currency: shop.settings.currency,
        closed,
    };
    let view = screen::schedule(cx.card(), &shown);
    let view = screens::noted(cx, view);
    cx.show(&Route::Schedule(ScheduleAct::Open(at.saved.id)), view);
    Ok(())
}

/// Looks for the next date anew, writes, lets the card of an open question follow, shows it.
pub(super) async fn keep(cx: &mut Cx<'_>, mut at: At) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let before = at.schedule.next;
    let saved = at.saved.clone();
    let dates = dates(&shop, &saved);
    let mut closed = at.schedule.look_ahead(&dates, cx.now);
    let is_same = at.schedule.next.map(|date| date.day) == before.map(|date| date.day);
    let withdrawn = before.filter(|_| at.is_open() && !is_same);
    if let Some(date) = withdrawn {
        at.schedule.last = at.schedule.last.max(Some(date.day));
        closed = at.schedule.look_ahead(&dates, cx.now);
    }
    if !store(cx, &mut at).await? {
        cx.notices
            .push(Text::new("schedule-full").with("max", MOST as i64));
        return show(cx, &at, &[]).await;
    }
    if let (Some(date), Some(kept)) = (withdrawn, at.kept.take()) {
        let on = (at.schedule.id, date.day);
        withdraw(cx, &at, (on, kept), (Run::Stopped, Ending::Withdrawn)).await?;
    }
    arm(
        cx,
        (&at.schedule, &at.saved),
        at.kept.as_ref().map(|k| k.run),
    );
    if let Some(pressed) = at.pressed().filter(|_| at.is_open()) {
        card::show(cx, pressed).await?;
    }
    show(cx, &at, &closed).await
}

/// Writes it; `false` if it is new and there are as many as may be.
async fn store(cx: &mut Cx<'_>, at: &mut At) -> Result<bool, TurnError> {
    if at.schedule.version > 0 {
        write(cx, &mut at.schedule).await?;
        return Ok(true);
    }
    at.schedule.id = cx.id();
    let is_kept = store::schedules::save(cx.tx, &mut at.schedule, cx.now).await?;
    if !is_kept {
        at.schedule = Schedule::new(0, at.schedule.owner, at.schedule.saved);
    }
    Ok(is_kept)
}

/// A question that is open is none any more.
pub(super) async fn withdraw(
    cx: &mut Cx<'_>,
    at: &At,
    ((id, day), kept): ((i64, NaiveDate), Kept),
    (to, ending): (Run, Ending),
) -> Result<(), TurnError> {
    let moves = (kept.run, to);
    if !store::schedules::run(cx.tx, (id, day), moves, &kept.told, cx.now).await? {
        return Err(TurnError::Overtaken);
    }
    card::end(cx, (&at.schedule, &at.saved), day, (ending, &[]));
    Ok(())
}

async fn day(cx: &mut Cx<'_>, mut at: At, weekday: u32) -> Result<(), TurnError> {
    at.schedule.days = at.schedule.days.toggled(weekday);
    keep(cx, at).await
}

/// Takes a time, unless the shop never takes orders then on a chosen day.
pub(super) async fn time(cx: &mut Cx<'_>, mut at: At, minute: u32) -> Result<(), TurnError> {
    if !is_ever_open(cx, &at, minute) {
        cx.notices.push(Text::new("schedule-time-closed"));
        return typed::ask_time(cx, &at);
    }
    at.schedule.minute = Some(minute);
    keep(cx, at).await
}

/// Whether orders are taken at a minute on any chosen day; on any day while none is chosen.
pub(super) fn is_ever_open(cx: &Cx<'_>, at: &At, minute: u32) -> bool {
    const WEEKS: usize = 8;
    let dates = dates(&cx.shop, &at.saved);
    let days = at.schedule.days;
    let ahead = dates.day(cx.now).iter_days().take(7 * WEEKS);
    let mut chosen = ahead.filter(|day| days.is_empty() || days.has(*day));
    minute < 24 * 60 && chosen.any(|day| dates.is_open(dates.moment(day, minute)))
}

/// Says what being ordered unasked means, and up to which total.
async fn auto_ask(cx: &mut Cx<'_>, at: At) -> Result<(), TurnError> {
    let prospect = prospect(cx, (&at.saved, at.right), &[], true).await?;
    let why = match prospect.is_judged {
        true => Some(Text::new("schedule-why-people")),
        false => prospect.why,
    };
    if let Some(why) = why {
        cx.notices
            .push(Text::new("schedule-auto-not").with("why", why));
        return show(cx, &at, &[]).await;
    }
    let view = screen::auto(cx.card(), (&at.schedule, &at.saved.name), prospect.total);
    let view = screens::noted(cx, view);
    cx.show(&Route::Schedule(ScheduleAct::AutoAsk(at.saved.id)), view);
    Ok(())
}

/// Takes it, if it still comes to what was shown.
async fn auto(cx: &mut Cx<'_>, mut at: At, most_minor: i64) -> Result<(), TurnError> {
    let prospect = prospect(cx, (&at.saved, at.right), &[], true).await?;
    let most = Money::new(most_minor, prospect.total.currency);
    if prospect.why.is_some() || prospect.is_judged || prospect.total != most {
        return auto_ask(cx, at).await;
    }
    at.schedule.auto_minor = Some(most_minor);
    keep(cx, at).await
}

async fn auto_off(cx: &mut Cx<'_>, mut at: At) -> Result<(), TurnError> {
    at.schedule.auto_minor = None;
    keep(cx, at).await
}

/// Leaves the next date out, whether it was asked about or not.
async fn skip(cx: &mut Cx<'_>, mut at: At) -> Result<(), TurnError> {
    let Some(date) = at.schedule.next else {
        return show(cx, &at, &[]).await;
    };
    let shop = cx.shop.clone();
    let saved = at.saved.clone();
    let closed = at.schedule.skip_next(&dates(&shop, &saved), cx.now);
    write(cx, &mut at.schedule).await?;
    if let Some(kept) = at.kept.take() {
        let on = (at.schedule.id, date.day);
        withdraw(cx, &at, (on, kept), (Run::Skipped, Ending::Skipped)).await?;
    }
    arm(cx, (&at.schedule, &at.saved), None);
    show(cx, &at, &closed).await
}

/// Takes that back; what was asked is asked anew.
async fn unskip(cx: &mut Cx<'_>, mut at: At) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let saved = at.saved.clone();
    let skipped = at.schedule.skip;
    // The date after it may be open already: then it is too late.
    let is_back = at.kept.is_none() && at.schedule.unskip(&dates(&shop, &saved), cx.now);
    match skipped.filter(|_| is_back) {
        Some(day) => {
            store::schedules::forget_run(cx.tx, (at.schedule.id, day)).await?;
            write(cx, &mut at.schedule).await?;
            arm(cx, (&at.schedule, &at.saved), None);
        }
        None => cx.toast(Text::new("schedule-unskip-late")),
    }
    show(cx, &at, &[]).await
}

fn lines(cx: &mut Cx<'_>, at: &At) -> Result<(), TurnError> {
    let wishes = at.schedule.wishes(&at.saved.body.wishes);
    let view = screen::lines(cx.card(), &at.schedule, &wishes);
    let view = screens::noted(cx, view);
    cx.show(&Route::Schedule(ScheduleAct::Lines(at.saved.id)), view);
    Ok(())
}

/// Leaves a line out on the next date, or takes it in again.
async fn toggle(cx: &mut Cx<'_>, mut at: At, line: usize) -> Result<(), TurnError> {
    let wish = at.saved.body.wishes.get(line).cloned();
    if let Some(wish) = wish.filter(|_| at.schedule.is_active()) {
        at.schedule.toggle(&wish.line);
        write(cx, &mut at.schedule).await?;
        if let Some(pressed) = at.pressed().filter(|_| at.is_open()) {
            card::show(cx, pressed).await?;
        }
    }
    lines(cx, &at)
}

fn stop_ask(cx: &mut Cx<'_>, at: &At) -> Result<(), TurnError> {
    let view = screen::stop(cx.card(), &at.schedule, &at.saved.name);
    let view = screens::noted(cx, view);
    cx.show(&Route::Schedule(ScheduleAct::StopAsk(at.saved.id)), view);
    Ok(())
}

/// Ends it.
async fn stop(cx: &mut Cx<'_>, mut at: At) -> Result<(), TurnError> {
    if at.schedule.version > 0 {
        let date = at.schedule.next.take();
        if !store::schedules::delete(cx.tx, &at.schedule).await? {
            return Err(TurnError::Overtaken);
        }
        if let (Some(date), Some(kept)) = (date, at.kept.take()) {
            let on = (at.schedule.id, date.day);
            withdraw(cx, &at, (on, kept), (Run::Stopped, Ending::Withdrawn)).await?;
        }
        arm(cx, (&at.schedule, &at.saved), None);
    }
    cx.notices.push(Text::new("schedule-stopped"));
    saved::press(cx, SavedAct::Open(at.saved.id)).await
}
