//! `/audit`: who did what and when, for whoever may read it.

use chrono::NaiveDate;

use crate::chat::{Arg, Text, View};
use crate::dialogue::calendar::NoDay;
use crate::kernel::{AccountId, CustomerId, OrderId, Timestamp};
use crate::store;
use crate::store::audit::{Kept, Of};

use crate::app::access::{Act, may};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{AuditAct, LookAct, Route};
use crate::app::screens::audit::{self, Known};
use crate::app::screens::basics::NAME_SHOWN;
use crate::app::{lookup, show, staff};

/// Whether this person may read it; else they are told.
async fn is_allowed(cx: &mut Cx<'_>) -> Result<bool, TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    let allowed = may(&roles, Act::ReadAudit);
    if !allowed {
        let refused = Text::new("staff-not-allowed");
        match cx.query {
            Some(_) => cx.alert(refused),
            None => cx.say(refused),
        }
    }
    Ok(allowed)
}

/// `/audit`, perhaps with a number, a day or a name.
pub async fn open(cx: &mut Cx<'_>, asked: &str) -> Result<(), TurnError> {
    if !is_allowed(cx).await? {
        return Ok(());
    }
    if asked.is_empty() {
        return list(cx, AuditAct::All(0)).await;
    }
    match lookup::meant(cx, asked) {
        Ok(LookAct::Number(number, _)) => list(cx, AuditAct::Order(number, 0)).await,
        Ok(LookAct::Day(day, _)) => list(cx, AuditAct::Day(day, 0)).await,
        Ok(LookAct::Words(_)) => person(cx, asked).await,
        Err(NoDay::Missing) => {
            cx.say(Text::new("refusal-no-such-day"));
            Ok(())
        }
        Ok(LookAct::Queue(_)) | Err(NoDay::Unreadable) => {
            cx.say(Text::new("audit-usage"));
            Ok(())
        }
    }
}

/// A page was turned, or a person chosen.
pub async fn press(cx: &mut Cx<'_>, act: AuditAct) -> Result<(), TurnError> {
    if !is_allowed(cx).await? {
        return Ok(());
    }
    list(cx, act).await
}

/// The deeds of whoever has such a name.
async fn person(cx: &mut Cx<'_>, asked: &str) -> Result<(), TurnError> {
    let sought = asked.to_lowercase();
    let mut people = store::audit::people(cx.tx).await?;
    people.retain(|(_, name)| name.to_lowercase().contains(&sought));
    match people.as_slice() {
        [] => {
            let words: String = asked.chars().take(NAME_SHOWN).collect();
            cx.say(Text::new("audit-nobody").with("words", words));
            Ok(())
        }
        [(only, _)] => list(cx, AuditAct::Person(*only, 0)).await,
        several => {
            let view = audit::which(cx.card(), several);
            show_at(cx, AuditAct::All(0), view);
            Ok(())
        }
    }
}

fn show_at(cx: &mut Cx<'_>, act: AuditAct, view: View) {
    let view = show::noted(cx, view);
    cx.show(&Route::Audit(act), view);
}

async fn list(cx: &mut Cx<'_>, act: AuditAct) -> Result<(), TurnError> {
    let Some((of, title)) = title(cx, &act).await? else {
        cx.say(Text::new("audit-usage"));
        return Ok(());
    };
    let skip = act.page().saturating_mul(audit::PAGE);
    let skip = i64::try_from(skip).unwrap_or(i64::MAX);
    let mut kept = store::audit::page(cx.tx, of, (skip, audit::PAGE as i64 + 1)).await?;
    let more = kept.len() > audit::PAGE;
    kept.truncate(audit::PAGE);
    let (orders, people) = spoken_of(&kept);
    let numbers = store::orders::numbers(cx.tx, &orders).await?;
    let names = match people.is_empty() {
        true => Vec::new(),
        false => store::orders::names(cx.tx, people).await?,
    };
    let shop = cx.shop.clone();
    let names = with_own(&kept, names);
    let known = Known {
        shop: &shop,
        numbers: &numbers,
        names: &names,
    };
    let view = audit::page(cx.card(), title, &known, &kept, (&act, more));
    show_at(cx, act, view);
    Ok(())
}

/// Which entries, and what stands above them; none for a day that is none.
async fn title(cx: &mut Cx<'_>, act: &AuditAct) -> Result<Option<(Of, Text)>, TurnError> {
    Ok(Some(match act {
        AuditAct::All(_) => (Of::All, Text::new("audit-title")),
        AuditAct::Order(number, _) => {
            let words = Arg::Words(number.to_string());
            let title = Text::new("audit-title-order").with("number", words);
            (Of::Order(*number), title)
        }
        AuditAct::Day(day, _) => {
            let Some((from, to)) = moments(cx, day) else {
                return Ok(None);
            };
            let day = day
                .parse()
                .map_or_else(|_| Text::new("audit-title"), Text::day);
            let title = Text::new("audit-title-day").with("day", day);
            (Of::Between(from, to), title)
        }
        AuditAct::Person(who, _) => {
            let name: String = staff::name_of(cx, *who).await?;
            let name: String = name.chars().take(NAME_SHOWN).collect();
            let title = Text::new("audit-title-person").with("name", name);
            (Of::Person(*who), title)
        }
    }))
}

/// From midnight to midnight in the shop's zone.
fn moments(cx: &Cx<'_>, day: &str) -> Option<(Timestamp, Timestamp)> {
    let day: NaiveDate = day.parse().ok()?;
    let zone = cx.shop.zone;
    Some((zone.moment(day, 0), zone.moment(day.succ_opt()?, 0)))
}

/// Names with those that entries keep of who was only ever seen in a group.
fn with_own(kept: &[Kept], mut names: Vec<(CustomerId, String)>) -> Vec<(CustomerId, String)> {
    for one in kept {
        let name = &one.entry.personal.name;
        let Some(who) = one.entry.actor.filter(|_| !name.is_empty()) else {
            continue;
        };
        if !names.iter().any(|(known, _)| *known == who) {
            names.push((who, name.clone()));
        }
    }
    names
}

/// The orders and people that entries speak of.
fn spoken_of(kept: &[Kept]) -> (Vec<OrderId>, Vec<CustomerId>) {
    let subjects = || kept.iter().map(|kept| kept.entry.subject.as_str());
    let id = |prefix: &'static str| {
        move |subject: &str| subject.strip_prefix(prefix)?.parse::<i64>().ok()
    };
    let member = |subject: &str| {
        let (_, who) = subject.strip_prefix("member/")?.rsplit_once('/')?;
        who.parse::<i64>().ok()
    };
    let holder = |subject: &str| match AccountId::parse(subject.strip_prefix("account/")?)? {
        AccountId::Person(who) => Some(who.0),
        AccountId::Company(_) => None,
    };
    // Whoever proposed what was changed on an account.
    let proposers = kept.iter().filter_map(|kept| {
        let is_credit = kept.entry.act.starts_with("credit.");
        let (who, _) = kept.entry.personal.after.split_once(' ')?;
        who.parse::<i64>().ok().filter(|_| is_credit)
    });
    let mut orders: Vec<OrderId> = subjects().filter_map(id("order/")).map(OrderId).collect();
    let mut people: Vec<CustomerId> = subjects()
        .filter_map(id("staff/"))
        .chain(subjects().filter_map(member))
        .chain(subjects().filter_map(holder))
        .chain(proposers)
        .map(CustomerId)
        .chain(kept.iter().filter_map(|kept| kept.entry.actor))
        .collect();
    orders.sort();
    orders.dedup();
    people.sort();
    people.dedup();
    (orders, people)
}
