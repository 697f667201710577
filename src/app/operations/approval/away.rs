//! `/away`: somebody of the team is not there until a day, and who decides for them meanwhile.

use chrono::NaiveDate;

use crate::chat::Text;
use crate::dialogue::Calendar;
use crate::domain::approvals::people::makes_circle;
use crate::kernel::{CustomerId, Timestamp};
use crate::store;
use crate::store::absences::Absence;

use crate::app::audit::{self, Deed, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{AwayAct, Route};
use crate::app::screens::away;
use crate::app::{show as screens, staff};

use super::{people, wait};

/// The turn that looks at all open requests again; the key says nothing.
pub const LOOK_ALL: &str = "approvals-look";
/// The longest absence, in days.
const MOST_DAYS: i64 = 366;
/// The most open requests that are looked at again.
const MOST_OPEN: i64 = 100;

/// `/away`, or `/away 2026-12-01`.
pub async fn command(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    if !is_team(cx).await? {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    if words.is_empty() {
        return show(cx).await;
    }
    let calendar = Calendar {
        today: cx.shop.zone.date(cx.now),
        ..Calendar::default()
    };
    match calendar.read_day(words) {
        Ok(day) => who(cx, end_of(cx, day)).await,
        Err(_) => {
            cx.notices.push(Text::new("refusal-no-such-day"));
            show(cx).await
        }
    }
}

/// A tap on its screens.
pub async fn act(cx: &mut Cx<'_>, act: AwayAct) -> Result<(), TurnError> {
    if !is_team(cx).await? {
        cx.alert(Text::new("staff-not-allowed"));
        return Ok(());
    }
    match act {
        AwayAct::Show => show(cx).await,
        AwayAct::Days(days) => {
            let today = cx.shop.zone.date(cx.now);
            let days = u64::try_from(days.clamp(1, MOST_DAYS)).unwrap_or(1);
            let last = today.checked_add_days(chrono::Days::new(days - 1));
            who(cx, end_of(cx, last.unwrap_or(today))).await
        }
        AwayAct::Until(seconds, stand_in) => set(cx, Timestamp(seconds * 1000), stand_in).await,
        AwayAct::Back => back(cx).await,
    }
}

async fn is_team(cx: &mut Cx<'_>) -> Result<bool, TurnError> {
    Ok(!staff::roles(cx, cx.customer()).await?.is_empty())
}

/// The end of a day on the shop's clock.
fn end_of(cx: &Cx<'_>, day: NaiveDate) -> Timestamp {
    let next = day.succ_opt().unwrap_or(day);
    cx.shop.zone.moment(next, 0)
}

async fn show(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let who = cx.customer();
    let absences = &cx.glance().await?.absences;
    let own = absences.iter().find(|absence| absence.who == who).copied();
    let stand_in = match own.and_then(|absence| absence.stand_in) {
        Some(stand_in) => Some(staff::name_of(cx, stand_in).await?),
        None => None,
    };
    let view = away::away(cx.card(), own.map(|own| own.until), stand_in.as_deref());
    let view = screens::noted(cx, view);
    cx.show(&Route::Away(AwayAct::Show), view);
    Ok(())
}

/// Asks who decides meanwhile.
async fn who(cx: &mut Cx<'_>, until: Timestamp) -> Result<(), TurnError> {
    if until <= cx.now {
        cx.notices.push(Text::new("refusal-day-past"));
        return show(cx).await;
    }
    let me = cx.customer();
    let mut others = Vec::new();
    for person in people(cx).await? {
        if person.id != me && person.reachable {
            others.push((person.id, staff::name_of(cx, person.id).await?));
        }
    }
    let view = away::who(cx.card(), until, &others);
    let view = screens::noted(cx, view);
    cx.show(&Route::Away(AwayAct::Show), view);
    Ok(())
}

async fn set(
    cx: &mut Cx<'_>,
    until: Timestamp,
    stand_in: Option<CustomerId>,
) -> Result<(), TurnError> {
    let me = cx.customer();
    let people = people(cx).await?;
    let latest = cx.now.plus(MOST_DAYS * crate::kernel::time::DAY);
    if until <= cx.now || until > latest {
        cx.notices.push(Text::new("refusal-day-past"));
        return show(cx).await;
    }
    if let Some(other) = stand_in {
        if other == me || !people.iter().any(|person| person.id == other) {
            cx.toast(Text::new("press-unknown"));
            return show(cx).await;
        }
        if makes_circle(&people, me, other) {
            let name = staff::name_of(cx, other).await?;
            cx.alert(Text::new("away-circle").with("who", name));
            return who(cx, until).await;
        }
    }
    let absence = Absence {
        who: me,
        until,
        stand_in,
    };
    store::absences::set(cx.tx, absence, cx.now).await?;
    let after = match stand_in {
        Some(who) => format!("{} {who}", until.0),
        None => until.0.to_string(),
    };
    let deed = deed(cx, Did::Away).await?;
    cx.audit(deed.to(after));
    cx.look_again();
    cx.go_on(LOOK_ALL, 0, me);
    cx.toast(Text::new("away-set"));
    show(cx).await
}

async fn back(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    if store::absences::end(cx.tx, cx.customer()).await? {
        let deed = deed(cx, Did::Back).await?;
        cx.audit(deed);
        cx.look_again();
        cx.go_on(LOOK_ALL, 0, cx.customer());
        cx.toast(Text::new("away-ended"));
    }
    show(cx).await
}

/// What is kept of somebody's coming and going, in the highest of their roles.
async fn deed(cx: &mut Cx<'_>, did: Did) -> Result<Deed, TurnError> {
    let me = cx.customer();
    let role = staff::roles(cx, me).await?.first().copied();
    Ok(Deed::new(did, role, audit::of_staff(me)))
}

/// Who may decide has changed: each open request is looked at in a turn of its own.
pub async fn look_all(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    for order in store::orders::requested(cx.tx, MOST_OPEN).await? {
        cx.go_on(wait::LOOK, order.id.0, cx.customer());
    }
    Ok(())
}
