//! The card of a date: shown, pressed, ended. It is no part of the conversation.
//!
//! Every press is held against who presses, the schedule's version, the day and the time: one that
//! comes late, or from an older card, changes nothing and says what is true.

use chrono::NaiveDate;

use crate::chat::{Post, Text, View};
use crate::domain::saved::{Right, SavedOrder};
use crate::domain::schedules::{Date, Kept, Run, Schedule};
use crate::kernel::ChatId;
use crate::store;
use crate::store::schedules::Found;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::DateAct;
use crate::app::screens::schedule_card as screen;

use super::prospect::{Prospect, prospect};
use super::{arm, ask, dates, open, place, rings, usable, write};

pub use screen::Ending;

/// Shows the card of a date: anew, and then whether it rings, or in place.
pub fn post(cx: &mut Cx<'_>, (id, day): (i64, NaiveDate), view: View, anew: Option<bool>) {
    let post = Post::Card {
        chat: ChatId(cx.customer().0),
        topic: None,
        card: format!("repeat:{id}:{day}"),
        version: cx.cause,
        view,
        fresh: anew.is_some(),
        loud: anew.unwrap_or_default(),
    };
    cx.post(cx.session.locale.clone(), post);
}

/// Shows on the card of a date what became of it, and when the next one comes.
pub fn end(
    cx: &mut Cx<'_>,
    (schedule, saved): (&Schedule, &SavedOrder),
    day: NaiveDate,
    (ending, closed): (Ending, &[NaiveDate]),
) {
    let view = screen::ended(schedule, &saved.name, (day, ending), closed);
    post(cx, (schedule.id, day), view, None);
}

/// An open question, as a press found it.
pub(super) struct Pressed {
    pub schedule: Schedule,
    pub date: Date,
    pub kept: Kept,
    pub saved: SavedOrder,
    pub right: Right,
    pub before: Option<NaiveDate>,
}

impl Pressed {
    /// The open date of a schedule, whatever looks at it.
    pub fn of(found: Found, (saved, right): (SavedOrder, Right)) -> Option<Self> {
        Some(Self {
            date: found.schedule.next?,
            kept: found.kept?,
            schedule: found.schedule,
            saved,
            right,
            before: found.ordered,
        })
    }

    /// Which date it is.
    pub fn on(&self) -> (i64, NaiveDate) {
        (self.schedule.id, self.date.day)
    }

    /// What it would come to.
    pub async fn prospect(&self, cx: &mut Cx<'_>, counted: bool) -> Result<Prospect, TurnError> {
        let without = &self.schedule.without;
        prospect(cx, (&self.saved, self.right), without, counted).await
    }

    /// Moves the date on; whoever was faster has decided it.
    pub async fn moves(&self, cx: &mut Cx<'_>, to: Run) -> Result<(), TurnError> {
        let (on, moves) = (self.on(), (self.kept.run, to));
        match store::schedules::run(cx.tx, on, moves, &self.kept.told, cx.now).await? {
            true => Ok(()),
            false => Err(TurnError::Overtaken),
        }
    }

    /// The date is dealt with: the next one comes. Gives what is passed over.
    pub async fn leaves(&mut self, cx: &mut Cx<'_>) -> Result<Vec<NaiveDate>, TurnError> {
        let shop = cx.shop.clone();
        let closed = self.schedule.leave(&dates(&shop, &self.saved), cx.now);
        write(cx, &mut self.schedule).await?;
        arm(cx, (&self.schedule, &self.saved), None);
        Ok(closed)
    }
}

/// Carries out a button of a date's card.
pub(super) async fn press(
    cx: &mut Cx<'_>,
    (id, day): (i64, NaiveDate),
    act: DateAct,
    version: i64,
) -> Result<(), TurnError> {
    let found = store::schedules::find(cx.tx, id).await?;
    let Some(found) = found.filter(|found| found.schedule.owner == cx.customer()) else {
        cx.alert(Text::new("schedule-not-there"));
        return Ok(());
    };
    if act == DateAct::Undo {
        return undo(cx, found, day).await;
    }
    let is_open = found.kept.as_ref().is_some_and(|kept| kept.run.is_open());
    let date = found.schedule.next;
    let date = date.filter(|date| date.day == day && cx.now < date.at && is_open);
    if date.is_none() {
        return late(cx, &found, day).await;
    }
    let usable = match usable(cx, &found).await? {
        Ok(usable) => usable,
        Err(why) => {
            cx.alert(why.clone());
            return ask::end(cx, found, (None, why)).await;
        }
    };
    let Some(pressed) = Pressed::of(found, usable) else {
        return Ok(());
    };
    if pressed.schedule.version != version {
        cx.toast(Text::new("schedule-changed"));
        return show(cx, pressed).await;
    }
    match act {
        DateAct::Yes => Box::pin(place::yes(cx, pressed)).await,
        DateAct::Change => open::change(cx, pressed, None).await,
        DateAct::Skip => skip(cx, pressed).await,
        DateAct::Lines => {
            lines(cx, &pressed);
            Ok(())
        }
        DateAct::Line(at) => toggle(cx, pressed, at).await,
        DateAct::Back | DateAct::Undo => show(cx, pressed).await,
    }
}

/// Too late, or decided before: nothing changes.
async fn late(cx: &mut Cx<'_>, found: &Found, day: NaiveDate) -> Result<(), TurnError> {
    let schedule = &found.schedule;
    let kept = store::schedules::kept(cx.tx, (schedule.id, day), schedule.owner).await?;
    let run = kept.map(|kept| kept.run);
    // The timer that ends the date may be a moment behind.
    let next = schedule.next.filter(|date| date.day != day);
    let next = match (next, &found.saved) {
        (None, Some(saved)) if schedule.next.is_some() => {
            let shop = cx.shop.clone();
            // What is being ordered is not what comes next.
            let mut after = schedule.clone();
            after.last = after.last.max(Some(day));
            after.ahead(&dates(&shop, &saved.saved), cx.now).next
        }
        (next, _) => next,
    };
    cx.alert(screen::late(schedule, run, next));
    Ok(())
}

/// Shows the question as things are now, in place.
pub(super) async fn show(cx: &mut Cx<'_>, pressed: Pressed) -> Result<(), TurnError> {
    let looked = Looked::at(cx, pressed).await?;
    post(cx, looked.pressed.on(), looked.view(), None);
    Ok(())
}

/// Looks again at what was announced: it is asked about, anew, if something stands in its way.
/// Gives how it stands.
pub(super) async fn look(cx: &mut Cx<'_>, pressed: Pressed) -> Result<Run, TurnError> {
    let told = pressed.kept.told.clone();
    let looked = Looked::at(cx, pressed).await?;
    let run = looked.run;
    if run != Run::Announced {
        let loud = rings(cx).await?.unwrap_or_default();
        post(cx, looked.pressed.on(), looked.view(), Some(loud));
    } else if looked.pressed.kept.told != told {
        post(cx, looked.pressed.on(), looked.view(), None);
    }
    Ok(run)
}

/// An open question as things are now.
struct Looked {
    pressed: Pressed,
    prospect: Prospect,
    doubt: Option<Text>,
    run: Run,
}

impl Looked {
    /// Looks, and keeps what it is told.
    async fn at(cx: &mut Cx<'_>, mut pressed: Pressed) -> Result<Self, TurnError> {
        let prospect = pressed.prospect(cx, true).await?;
        let doubt = match pressed.schedule.auto_minor {
            Some(most) => ask::doubt(cx, &prospect, (most, pressed.date.at)).await?,
            None => None,
        };
        let run = match (pressed.schedule.auto_minor, &doubt) {
            // What was once asked about is not ordered without an answer.
            (Some(_), None) if pressed.kept.run == Run::Announced => Run::Announced,
            _ => Run::Asked,
        };
        if prospect.told != pressed.kept.told || run != pressed.kept.run {
            pressed.kept.told.clone_from(&prospect.told);
            pressed.moves(cx, run).await?;
        }
        Ok(Self {
            pressed,
            prospect,
            doubt,
            run,
        })
    }

    fn view(&self) -> View {
        screen::asked(&screen::Asked {
            schedule: &self.pressed.schedule,
            date: self.pressed.date,
            run: self.run,
            name: &self.pressed.saved.name,
            before: self.pressed.before,
            doubt: self.doubt.clone(),
            prospect: &self.prospect,
        })
    }
}

/// Leaves the date out.
async fn skip(cx: &mut Cx<'_>, mut pressed: Pressed) -> Result<(), TurnError> {
    pressed.moves(cx, Run::Skipped).await?;
    let shop = cx.shop.clone();
    let saved = pressed.saved.clone();
    let closed = pressed.schedule.skip_next(&dates(&shop, &saved), cx.now);
    write(cx, &mut pressed.schedule).await?;
    arm(cx, (&pressed.schedule, &saved), None);
    cx.toast(Text::new("schedule-skipped-toast"));
    let day = pressed.date.day;
    end(
        cx,
        (&pressed.schedule, &saved),
        day,
        (Ending::Skipped, &closed),
    );
    Ok(())
}

/// Takes back that a date is left out: it is asked about anew, if it is still ahead.
async fn undo(cx: &mut Cx<'_>, found: Found, day: NaiveDate) -> Result<(), TurnError> {
    let (saved, _) = match usable(cx, &found).await? {
        Ok(usable) => usable,
        Err(why) => {
            cx.alert(why.clone());
            return ask::end(cx, found, (None, why)).await;
        }
    };
    let shop = cx.shop.clone();
    let mut schedule = found.schedule.clone();
    let is_left_out = schedule.skip == Some(day);
    if !is_left_out || !schedule.unskip(&dates(&shop, &saved), cx.now) {
        return late(cx, &found, day).await;
    }
    store::schedules::forget_run(cx.tx, (schedule.id, day)).await?;
    write(cx, &mut schedule).await?;
    // Asked at once, if that time has come.
    arm(cx, (&schedule, &saved), None);
    cx.toast(Text::new("schedule-unskipped"));
    Ok(())
}

fn lines(cx: &mut Cx<'_>, pressed: &Pressed) {
    let wishes = pressed.schedule.wishes(&pressed.saved.body.wishes);
    let view = screen::lines(&pressed.schedule, pressed.date, &wishes);
    post(cx, pressed.on(), view, None);
}

/// Leaves a line out this time, or takes it in again.
async fn toggle(cx: &mut Cx<'_>, mut pressed: Pressed, at: usize) -> Result<(), TurnError> {
    if let Some(wish) = pressed.saved.body.wishes.get(at) {
        pressed.schedule.toggle(&wish.line);
        write(cx, &mut pressed.schedule).await?;
    }
    lines(cx, &pressed);
    Ok(())
}
