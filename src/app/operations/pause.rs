//! `/pause`: staff stop taking orders for a while, of the whole shop or of one flow, and resume.
//!
//! The right is asked at every act. Of two who press at once the last one wins: each write repeats
//! what was seen, so that words and ends of one are never mixed into the other's unseen. A pause
//! that is over needs no turn; the timer only tells whoever paused last.

use unicode_normalization::UnicodeNormalization;

use crate::chat::{Text, one_line};
use crate::domain::pauses::{MOST_MINUTES, MOST_WORDS, Pause, Scope, end_after};
use crate::kernel::Timestamp;
use crate::store;

use crate::app::access::{Act, Role, acting, may};
use crate::app::audit::{self, Deed, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{PauseAct, Route};
use crate::app::screens::pause::{self as screen, Shown};
use crate::app::{show, staff, taking};

/// The timer that tells whoever paused that it is over; the key is the scope's code.
pub const OVER: &str = "pause-over";
/// How resuming is written in a command, in any language.
const OFF: &str = "off";
/// What a refused act is kept as.
const TRIED: &str = "pause";

/// `/pause`, `/pause 30 the oven is cold`, `/pause off`.
pub async fn command(cx: &mut Cx<'_>, argument: &str) -> Result<(), TurnError> {
    let Some(roles) = allowed(cx).await? else {
        return match argument.is_empty() {
            true => refuse(cx, None).await,
            false => refuse(cx, Some(&Scope::Shop)).await,
        };
    };
    let argument = one_line(argument);
    let (first, words) = argument.split_once(' ').unwrap_or((&argument, ""));
    let first: String = first.nfkc().collect();
    if first.is_empty() {
        return list(cx, &Scope::Shop).await;
    }
    let is_off = first.eq_ignore_ascii_case(OFF) || cx.shop.says("word-pause-off", &first);
    if is_off && words.is_empty() {
        return end(cx, &Scope::Shop, &roles).await;
    }
    match first.parse() {
        Ok(minutes) if (1..=MOST_MINUTES).contains(&minutes) => {
            if is_too_long(cx, words) {
                return list(cx, &Scope::Shop).await;
            }
            let words = Some(words).filter(|words| !words.is_empty());
            let until = end_after(minutes, cx.now);
            begin(cx, &Scope::Shop, (Some(until), words), &roles).await
        }
        _ => {
            cx.say(Text::new("pause-usage"));
            Ok(())
        }
    }
}

/// A tap on the screens.
pub async fn press(cx: &mut Cx<'_>, scope: &Scope, act: PauseAct) -> Result<(), TurnError> {
    let Some(roles) = allowed(cx).await? else {
        return refuse(cx, Some(scope)).await;
    };
    if !is_there(cx, scope) {
        cx.toast(Text::new("press-unknown"));
        return list(cx, &Scope::Shop).await;
    }
    let until = match act {
        PauseAct::Show => return list(cx, scope).await,
        PauseAct::Resume => return end(cx, scope, &roles).await,
        PauseAct::Wordless => return say(cx, scope, "", &roles).await,
        PauseAct::Minutes(minutes) => Some(end_after(minutes.clamp(1, MOST_MINUTES), cx.now)),
        PauseAct::Day => Some(day_ends(cx, scope)),
        PauseAct::Open => None,
    };
    begin(cx, scope, (until, None), &roles).await
}

/// Words typed on a screen: what customers read. `false` if they are not for it.
pub async fn words(cx: &mut Cx<'_>, scope: &Scope, words: &str) -> Result<bool, TurnError> {
    let Some(roles) = allowed(cx).await? else {
        return Ok(false);
    };
    let scope = if is_there(cx, scope) {
        scope
    } else {
        &Scope::Shop
    };
    if is_too_long(cx, words) {
        list(cx, scope).await?;
    } else {
        say(cx, scope, words, &roles).await?;
    }
    Ok(true)
}

/// The time of a pause has come: whoever paused hears it, unless somebody has changed it since.
pub async fn over(cx: &mut Cx<'_>, code: &str) -> Result<(), TurnError> {
    let scope = Scope::parse(code);
    let pauses = taking::pauses(cx).await?;
    let kept = pauses.0.get(&scope);
    let is_over = kept.is_some_and(|pause| !pause.is_on(cx.now));
    if !is_over || !is_there(cx, &scope) || allowed(cx).await?.is_none() {
        return Ok(());
    }
    let state = state(cx, &scope).await?;
    cx.say(Text::new("pause-over").with("state", state));
    Ok(())
}

/// The roles of whoever acts, if they give the right.
async fn allowed(cx: &mut Cx<'_>) -> Result<Option<Vec<Role>>, TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    Ok(may(&roles, Act::Pause).then_some(roles))
}

/// Says no; an attempt on a scope is kept.
async fn refuse(cx: &mut Cx<'_>, tried: Option<&Scope>) -> Result<(), TurnError> {
    let refused = Text::new("staff-not-allowed");
    match cx.query {
        Some(_) => cx.alert(refused),
        None => cx.say(refused),
    }
    if let Some(scope) = tried.filter(|scope| is_there(cx, scope)) {
        let roles = staff::roles(cx, cx.customer()).await?;
        audit::refused(cx, &roles, audit::of_pause(scope), TRIED).await?;
    }
    Ok(())
}

/// Whether the shop has such a flow; a button may be older than its files.
fn is_there(cx: &Cx<'_>, scope: &Scope) -> bool {
    match scope {
        Scope::Shop => true,
        Scope::Flow(id) => cx.shop.flow(id).is_some(),
    }
}

/// Whether words are more than customers are shown, which the next screen says.
fn is_too_long(cx: &mut Cx<'_>, words: &str) -> bool {
    let is_too_long = words.chars().count() > MOST_WORDS;
    if is_too_long {
        cx.notices
            .push(Text::new("pause-too-long").with("max", MOST_WORDS as i64));
    }
    is_too_long
}

/// The end of the business day: of the whole shop when its last flow closes.
fn day_ends(cx: &Cx<'_>, scope: &Scope) -> Timestamp {
    let shop = &cx.shop;
    let of = |flow: &str| shop.hours_of(flow).end_of_day(&shop.zone, cx.now);
    match scope {
        Scope::Flow(id) => of(id),
        Scope::Shop => {
            let flows = shop.flows.iter().map(|flow| of(&flow.id));
            flows
                .max()
                .unwrap_or_else(|| shop.settings.hours.end_of_day(&shop.zone, cx.now))
        }
    }
}

/// Pauses until then. Without words those that customers read already stay.
async fn begin(
    cx: &mut Cx<'_>,
    scope: &Scope,
    (until, words): (Option<Timestamp>, Option<&str>),
    roles: &[Role],
) -> Result<(), TurnError> {
    let words = match words {
        Some(words) => words.to_owned(),
        None => {
            let pauses = taking::pauses(cx).await?;
            let on = pauses.of(scope, cx.now);
            on.map(|pause| pause.words.clone()).unwrap_or_default()
        }
    };
    change(cx, scope, Some(Pause { until, words }), roles).await?;
    let state = state(cx, scope).await?;
    cx.toast(state);
    list(cx, scope).await
}

/// Takes orders again.
async fn end(cx: &mut Cx<'_>, scope: &Scope, roles: &[Role]) -> Result<(), TurnError> {
    change(cx, scope, None, roles).await?;
    let state = state(cx, scope).await?;
    cx.toast(state);
    list(cx, scope).await
}

/// Gives a pause that is on these words; there is nothing to say without one.
async fn say(cx: &mut Cx<'_>, scope: &Scope, words: &str, roles: &[Role]) -> Result<(), TurnError> {
    let pauses = taking::pauses(cx).await?;
    match pauses.of(scope, cx.now) {
        Some(pause) => {
            let to = Pause {
                words: words.to_owned(),
                ..*pause
            };
            change(cx, scope, Some(to), roles).await?;
        }
        None => cx.notices.push(Text::new("pause-first")),
    }
    list(cx, scope).await
}

/// Writes what a scope's pause is to be, keeps who did it and sets the timer.
async fn change(
    cx: &mut Cx<'_>,
    scope: &Scope,
    to: Option<Pause>,
    roles: &[Role],
) -> Result<(), TurnError> {
    let name = taking::setting(scope);
    let seen = cx.glance().await?.setting(&name).map(str::to_owned);
    let before = seen.as_deref().and_then(Pause::parse);
    let before = before.filter(|pause| pause.is_on(cx.now));
    if before == to {
        return Ok(());
    }
    let value = to.as_ref().map(Pause::code).unwrap_or_default();
    let values = (seen.as_deref(), value.as_str());
    if !store::settings::replace(cx.tx, &name, values, cx.now).await? {
        return Err(TurnError::Overtaken);
    }
    cx.look_again();
    let end = |pause: &Option<Pause>| pause.as_ref().map(Pause::end_code).unwrap_or_default();
    let did = if to.is_some() {
        Did::Paused
    } else {
        Did::Resumed
    };
    let deed = Deed::new(did, acting(roles, Act::Pause), audit::of_pause(scope));
    let deed = deed.from(end(&before)).to(end(&to));
    match to {
        Some(Pause { until, words }) => {
            cx.audit(deed.because(words));
            match until {
                Some(until) => cx.set_timer(OVER, scope.code(), until, cx.customer()),
                None => cx.cancel_timer(OVER, scope.code()),
            }
        }
        None => {
            cx.audit(deed);
            cx.cancel_timer(OVER, scope.code());
        }
    }
    Ok(())
}

async fn state(cx: &mut Cx<'_>, scope: &Scope) -> Result<Text, TurnError> {
    let pauses = taking::pauses(cx).await?;
    let shown = Shown {
        shop: &cx.shop,
        pauses: &pauses,
        now: cx.now,
        day_ends: day_ends(cx, scope),
    };
    Ok(screen::state(&shown, scope))
}

/// Shows how the shop with its flows, or one flow, stands.
async fn list(cx: &mut Cx<'_>, scope: &Scope) -> Result<(), TurnError> {
    let pauses = taking::pauses(cx).await?;
    let shown = Shown {
        shop: &cx.shop,
        pauses: &pauses,
        now: cx.now,
        day_ends: day_ends(cx, scope),
    };
    let view = screen::pause(cx.card(), &shown, scope);
    let view = show::noted(cx, view);
    cx.show(&Route::Pause(scope.clone(), PauseAct::Show), view);
    Ok(())
}
