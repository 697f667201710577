//! The one place that decides whom to alert, of what, and when again.
//!
//! What goes wrong opens an alert, what is well again ends it; a turn of its own looks a few
//! seconds later at all that is open and tells it in one message. Whoever was told of something
//! hears of it again after a day, or when it comes back after it was over. Failing paths only
//! open: a message of theirs that fails too could never begin a circle.

use crate::chat::{Arg, Text, View};
use crate::domain::catalogue::Unit;
use crate::kernel::time::{DAY, SECOND};
use crate::kernel::{CustomerId, ItemId, Timestamp};
use crate::shop::Shop;
use crate::store;
use crate::store::alerts::Alert;

use crate::app::access::Role;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::staff;

use super::tell::{self, Spot};

/// The timer of the turn that looks.
pub const TIMER: &str = "alerts";
/// The lane of that turn: nobody's chat.
pub const LANE: &str = "0/0/0";
/// The turn of a person who may have been told of alerts and can't be reached any more.
pub const UNTELL: &str = "alerts-untell";
/// Dead letters.
pub const DEAD: &str = "dead";
/// The kitchen's chat can't be written to.
pub const KITCHEN: &str = "kitchen";
/// A rule of approval could not be worked out; its id follows.
pub const RULE: &str = "rule/";
/// Another process polls with the same token.
pub const CONFLICT: &str = "conflict";
/// Updates wait for long.
pub const INBOX: &str = "inbox";
/// Messages wait for long.
pub const OUTBOX: &str = "outbox";
/// The process began again and again.
pub const RESTARTS: &str = "restarts";

/// What goes wrong together is told together: looks are so far apart.
const FOLD: i64 = 5 * SECOND;
/// The most lines of one message.
const MOST_LINES: usize = 20;

/// When the next look is, on the business clock. The same for all that ask within a few seconds,
/// so that asking again and again never puts it off.
pub fn next_look(now: Timestamp) -> Timestamp {
    Timestamp(
        now.0
            .div_euclid(FOLD)
            .saturating_add(1)
            .saturating_mul(FOLD),
    )
}

/// Opens an alert; it is told at the next look.
pub async fn raise(cx: &mut Cx<'_>, name: &str) -> Result<(), TurnError> {
    if store::alerts::raise(cx.tx, &[name], cx.now).await? > 0 {
        cx.look_at_alerts(next_look(cx.now));
    }
    Ok(())
}

/// Opens an alert and tells it at once, if it was not open.
pub async fn raise_now(cx: &mut Cx<'_>, name: &str, text: Text) -> Result<(), TurnError> {
    // Who is told now is told.
    let told = (!recipients(cx).await?.is_empty()).then_some(cx.now);
    if store::alerts::raise_told(cx.tx, &[name], cx.now, told).await? > 0 {
        send(cx, vec![text]).await?;
    }
    cx.look_at_alerts(next_look(cx.now));
    Ok(())
}

/// Ends the alerts of all rules.
pub async fn end_rules(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let rules = shop.approvals.rules.iter();
    let names: Vec<String> = rules.map(|rule| format!("{RULE}{}", rule.id)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    store::alerts::end(cx.tx, &names, cx.now).await?;
    Ok(())
}

/// Ends an alert, and says so if it was open.
pub async fn end_now(cx: &mut Cx<'_>, name: &str, text: Text) -> Result<(), TurnError> {
    if store::alerts::end(cx.tx, &[name], cx.now).await? > 0 {
        send(cx, vec![text]).await?;
    }
    Ok(())
}

/// The name of the alert that somebody of the team can't be written to.
pub fn person(who: CustomerId) -> String {
    format!("person/{who}")
}

/// Somebody who may have been told can't be reached any more: the others hear it all.
pub async fn untell(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    store::alerts::untell(cx.tx).await?;
    cx.look_at_alerts(next_look(cx.now));
    Ok(())
}

/// The stock of these items changed: if any of them is watched, a look is due.
pub fn stock_changed<'i>(cx: &mut Cx<'_>, mut items: impl Iterator<Item = &'i ItemId>) {
    let shop = cx.shop.clone();
    if items.any(|item| low(&shop, item).is_some()) {
        cx.look_at_alerts(next_look(cx.now));
    }
}

/// At how many units left the owner is told: the item's own number, or the shop's for what is
/// counted in pieces.
fn low(shop: &Shop, item: &ItemId) -> Option<i64> {
    let item = shop.catalogue.item(item)?;
    let usual = match item.unit {
        Unit::Piece => shop.settings.low_stock,
        Unit::Gram { .. } | Unit::Pack { .. } => None,
    };
    item.low.map(|low| low.0).or(usual)
}

/// Looks at everything, and tells what nobody knows yet.
pub async fn look(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let left = store::alerts::left(cx.tx).await?;
    let dead = store::alerts::dead_letters(cx.tx).await?;
    watch(cx, &left, dead).await?;
    let open = store::alerts::open(cx.tx).await?;
    let due: Vec<Alert> = due(&open, cx.now)
        .into_iter()
        .take(MOST_LINES)
        .cloned()
        .collect();
    let mut lines = Vec::new();
    for alert in &due {
        lines.extend(words(cx, &alert.name, (&left, dead)).await?);
    }
    if !lines.is_empty() && !send(cx, lines).await? {
        // Nobody to tell: the log and the numbers say it. Once is enough there too.
        for alert in &due {
            tracing::error!(alert = %alert.name, "nobody of the shop can be told of this");
        }
    }
    let names: Vec<&str> = due.iter().map(|alert| alert.name.as_str()).collect();
    if !names.is_empty() {
        store::alerts::tell(cx.tx, &names, cx.now).await?;
    }
    if open.len() > due.len().max(MOST_LINES) {
        cx.look_at_alerts(next_look(cx.now));
    } else if !open.is_empty() {
        cx.look_at_alerts(again(&open, cx.now));
    }
    Ok(())
}

/// Those of which nobody was told, or not for a day.
fn due(open: &[Alert], now: Timestamp) -> Vec<&Alert> {
    open.iter()
        .filter(|alert| alert.told.is_none_or(|told| now.since(told) >= DAY))
        .collect()
}

/// When the first of them is to be told again, if those that are due are told now.
fn again(open: &[Alert], now: Timestamp) -> Timestamp {
    let told = open.iter().filter_map(|alert| alert.told);
    let first = told.filter(|told| now.since(*told) < DAY).min();
    first.unwrap_or(now).plus(DAY)
}

/// Opens and ends what the tables alone tell: items that run low, dead letters that are resolved.
async fn watch(cx: &mut Cx<'_>, left: &[(String, i64)], dead: i64) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let is_low = |(id, left): &&(String, i64)| {
        low(&shop, &ItemId::from(id.as_str())).is_some_and(|low| *left <= low)
    };
    let (few, enough): (Vec<_>, Vec<_>) = left.iter().partition(is_low);
    let names = |items: Vec<&(String, i64)>| -> Vec<String> {
        items.iter().map(|(id, _)| format!("stock/{id}")).collect()
    };
    let (few, enough) = (names(few), names(enough));
    let few: Vec<&str> = few.iter().map(String::as_str).collect();
    let resolved = (dead == 0).then_some(DEAD);
    let enough: Vec<&str> = enough.iter().map(String::as_str).chain(resolved).collect();
    store::alerts::raise(cx.tx, &few, cx.now).await?;
    store::alerts::end(cx.tx, &enough, cx.now).await?;
    Ok(())
}

/// What an alert says; nothing for one that a newer version left behind.
async fn words(
    cx: &mut Cx<'_>,
    name: &str,
    (left, dead): (&[(String, i64)], i64),
) -> Result<Option<Text>, TurnError> {
    Ok(Some(match name.split_once('/') {
        Some(("stock", id)) => {
            let shop = cx.shop.clone();
            let Some(item) = shop.catalogue.item(&ItemId::from(id)) else {
                return Ok(None);
            };
            let left = left.iter().find(|(item, _)| item == id);
            Text::new("alert-low")
                .with("name", &item.name)
                .with("left", left.map_or(0, |(_, left)| *left))
        }
        Some(("rule", id)) => Text::new("alert-rule").with("rule", id),
        Some(("person", id)) => match id.parse() {
            Ok(id) => unreachable(cx, CustomerId(id)).await?,
            Err(_) => return Ok(None),
        },
        _ => match name {
            DEAD => Text::new("alert-dead").with("count", dead),
            KITCHEN => Text::new("owner-no-kitchen"),
            CONFLICT => Text::new("alert-conflict"),
            INBOX => Text::new("alert-inbox"),
            OUTBOX => Text::new("alert-outbox"),
            RESTARTS => Text::new("alert-restarts"),
            _ => return Ok(None),
        },
    }))
}

/// That somebody of the team can't be written to.
pub async fn unreachable(cx: &mut Cx<'_>, who: CustomerId) -> Result<Text, TurnError> {
    let name = staff::name_of(cx, who).await?;
    Ok(Text::new("owner-unreachable").with("who", Arg::Words(name)))
}

/// Sends one message to the owners, or to the managers if no owner can be reached; `false` if
/// nobody can.
async fn send(cx: &mut Cx<'_>, lines: Vec<Text>) -> Result<bool, TurnError> {
    let view = match lines.as_slice() {
        [one] => View::say(one.clone()),
        several => {
            let title = Text::new("alert-several").with("count", several.len() as i64);
            several.iter().cloned().fold(View::say(title), View::and)
        }
    };
    let spots = recipients(cx).await?;
    for spot in &spots {
        tell::show(cx, spot, view.clone());
    }
    Ok(!spots.is_empty())
}

/// Who is alerted.
pub async fn recipients(cx: &mut Cx<'_>) -> Result<Vec<Spot>, TurnError> {
    let people = staff::reachable(cx).await?;
    let of = |role: Role| -> Vec<Spot> {
        let people = people.iter().filter(|person| person.roles.contains(&role));
        people.map(Spot::of).collect()
    };
    let owners = of(Role::Owner);
    Ok(if owners.is_empty() {
        of(Role::Manager)
    } else {
        owners
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(name: &str, told: Option<i64>) -> Alert {
        Alert {
            name: name.to_owned(),
            told: told.map(Timestamp),
        }
    }

    #[test]
    fn what_was_told_is_told_again_after_a_day() {
        let open = [alert("a", None), alert("b", Some(0)), alert("c", Some(1))];
        let names = |now: i64| -> Vec<String> {
            let due = due(&open, Timestamp(now));
            due.into_iter().map(|alert| alert.name.clone()).collect()
        };
        assert_eq!(names(5), ["a"]);
        assert_eq!(names(DAY), ["a", "b"]);
        assert_eq!(names(DAY + 1), ["a", "b", "c"]);
        assert_eq!(again(&open, Timestamp(5)), Timestamp(DAY));
        assert_eq!(again(&open, Timestamp(DAY)), Timestamp(DAY + 1));
        assert_eq!(again(&open, Timestamp(2 * DAY)), Timestamp(3 * DAY));
    }

    #[test]
    fn asking_again_never_puts_a_look_off() {
        assert_eq!(next_look(Timestamp(0)), Timestamp(5_000));
        assert_eq!(next_look(Timestamp(4_999)), Timestamp(5_000));
        assert_eq!(next_look(Timestamp(5_000)), Timestamp(10_000));
    }
}
