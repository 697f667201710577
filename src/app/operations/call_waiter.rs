//! A guest calls a waiter to the table.

use crate::chat::{Arg, Text, View};
use crate::domain::tables::may_call;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::basics::NAME_SHOWN;
use crate::app::screens::tables::name;
use crate::app::{seat, show};

use super::tell;

/// Rings where orders are worked. Who taps on and on is told that somebody comes.
pub async fn call_waiter(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let Some(table) = seat::table(cx).map(name) else {
        cx.notices.push(Text::new("waiter-where"));
        return show::home(cx).await;
    };
    let called = cx.session.seat.as_ref().and_then(|seat| seat.called);
    if !may_call(called, cx.now) {
        cx.toast(Text::new("waiter-called"));
        return Ok(());
    }
    let spots = tell::kitchen_spots(cx).await?;
    if spots.is_empty() {
        cx.alert(Text::new("waiter-nobody"));
        return Ok(());
    }
    let who: String = cx.who.name.chars().take(NAME_SHOWN).collect();
    let ring = Text::new("ring-waiter")
        .with("table", table)
        .with("name", Arg::Words(who))
        .with("time", cx.now);
    for spot in spots {
        tell::show(cx, &spot, View::say(ring.clone()));
    }
    if let Some(seat) = &mut cx.session.seat {
        seat.called = Some(cx.now);
    }
    cx.toast(Text::new("waiter-comes"));
    Ok(())
}
