//! A schedule rests: for some weeks, until a day, or until its customer resumes it.

use chrono::{Days, NaiveDate};

use crate::chat::Text;
use crate::domain::schedules::{Calendar, Pause, Run};

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{Route, ScheduleAct, Today};
use crate::app::screens::schedule as screen;
use crate::app::show as screens;

use super::card::Ending;
use super::set::{At, keep, show, withdraw};
use super::{arm, dates, write};

/// Weeks that are offered.
const WEEKS: [u64; 2] = [1, 2];

/// The longest pause with an end, in days.
const MOST_DAYS: u64 = 366;

/// Asks for how long.
pub(super) fn ask(cx: &mut Cx<'_>, at: &At) -> Result<(), TurnError> {
    let today = cx.shop.zone.date(cx.now);
    let days = WEEKS.iter().filter_map(|weeks| {
        let day = today.checked_add_days(Days::new(7 * weeks))?;
        Some((*weeks as i64, day))
    });
    let days: Vec<(i64, NaiveDate)> = days.collect();
    let view = screen::pause(cx.card(), &at.schedule, &days);
    let view = screens::noted(cx, view);
    cx.show(&Route::Schedule(ScheduleAct::PauseAsk(at.saved.id)), view);
    Ok(())
}

/// Rests until then; what is open about today is asked about first.
pub(super) async fn pause(
    cx: &mut Cx<'_>,
    mut at: At,
    until: Option<NaiveDate>,
    today: Today,
) -> Result<(), TurnError> {
    let first = cx.shop.zone.date(cx.now);
    let is_sound = until.is_none_or(|day| {
        let last = first.checked_add_days(Days::new(MOST_DAYS));
        day > first && last.is_none_or(|last| day <= last)
    });
    if !is_sound {
        cx.notices.push(Text::new("schedule-pause-day"));
        return ask(cx, &at);
    }
    if at.is_open() && today == Today::Ask {
        let view = screen::pause_today(cx.card(), &at.schedule, until);
        let view = screens::noted(cx, view);
        cx.show(&Route::Schedule(ScheduleAct::PauseAsk(at.saved.id)), view);
        return Ok(());
    }
    at.schedule.pause = Some(until.map_or(Pause::Open, Pause::Until));
    if at.is_open() && today == Today::Keep {
        // The open date stays the next one; the pause counts for those after it.
        write(cx, &mut at.schedule).await?;
        return follow(cx, at).await;
    }
    if let (Some(kept), Some(date)) = (at.kept.take(), at.schedule.next) {
        let shop = cx.shop.clone();
        let saved = at.saved.clone();
        at.schedule.last = at.schedule.last.max(Some(date.day));
        at.schedule.look_ahead(&dates(&shop, &saved), cx.now);
        write(cx, &mut at.schedule).await?;
        let on = (at.schedule.id, date.day);
        withdraw(cx, &at, (on, kept), (Run::Stopped, Ending::Withdrawn)).await?;
        arm(cx, (&at.schedule, &at.saved), None);
        return show(cx, &at, &[]).await;
    }
    keep(cx, at).await
}

/// The open question carries the version of now.
async fn follow(cx: &mut Cx<'_>, at: At) -> Result<(), TurnError> {
    if let Some(pressed) = at.pressed() {
        super::card::show(cx, pressed).await?;
    }
    show(cx, &at, &[]).await
}

/// Goes on.
pub(super) async fn resume(cx: &mut Cx<'_>, mut at: At) -> Result<(), TurnError> {
    at.schedule.pause = None;
    keep(cx, at).await
}

/// A day was typed on which it goes on.
pub(super) async fn typed(cx: &mut Cx<'_>, at: At, words: &str) -> Result<(), TurnError> {
    let today = dates(&cx.shop, &at.saved).day(cx.now);
    let calendar = crate::dialogue::Calendar {
        today,
        ..crate::dialogue::Calendar::default()
    };
    match calendar.read_day(words) {
        Ok(day) => pause(cx, at, Some(day), Today::Ask).await,
        Err(_) => {
            cx.notices.push(Text::new("schedule-pause-day"));
            ask(cx, &at)
        }
    }
}
