//! Where a guest sits, and which flows may be begun there.
//!
//! A seat is the conversation's own: a scanned code gives it, the end of the last order or time
//! takes it away. What the shop's files no longer have is no table.

use crate::chat::Text;
use crate::dialogue::Flow;
use crate::domain::tables::{Table, has_left};

use super::cx::Cx;
use super::outcome::TurnError;
use super::screens::tables::name;

/// The notice that the time at a table is over.
const OVER: &str = "table-over";

/// The table where the person sits, as the shop has it now.
pub fn table<'s>(cx: &'s Cx<'_>) -> Option<&'s Table> {
    cx.shop.table(&cx.session.seat.as_ref()?.table)
}

/// Its id; empty elsewhere: what conditions read.
pub fn table_id(cx: &Cx<'_>) -> String {
    table(cx).map_or_else(String::new, |table| table.id.to_string())
}

/// Takes a guest away from the table whose code was scanned too long ago, which the next screen
/// says, or whose last order there has ended. Who has another one there or is putting one
/// together stays.
pub async fn leave_if_over(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let Some(seat) = cx.session.seat.clone() else {
        return Ok(());
    };
    if has_left(seat.since, cx.now) {
        let notice = table(cx).map(|table| Text::new(OVER).with("table", name(table)));
        cx.notices.extend(notice);
        cx.session.seat = None;
        return Ok(());
    }
    let place = cx.session.dialogue.as_ref();
    let flow = place.and_then(|place| cx.shop.flow(&place.flow));
    if flow.is_some_and(Flow::starts_at_table) {
        return Ok(());
    }
    let seen = cx.glance().await?;
    if !seen.eats && seen.ate.is_some_and(|ate| ate >= seat.since) {
        cx.session.seat = None;
    }
    Ok(())
}

/// A guest who scans a code need not be told that the one before is over.
pub fn forget_over(cx: &mut Cx<'_>) {
    cx.notices.retain(|notice| notice.id != OVER);
}

/// The flows that may be begun here, those of the table first.
pub fn flows<'s>(cx: &'s Cx<'_>) -> Vec<&'s Flow> {
    let seated = table(cx).is_some();
    let flows = &cx.shop.flows;
    let here = flows.iter().filter(|flow| seated && flow.starts_at_table());
    let elsewhere = flows
        .iter()
        .filter(|flow| flow.starts_anywhere() && !(seated && flow.starts_at_table()));
    here.chain(elsewhere).collect()
}

/// The flow that a cart goes through when nobody has chosen one: the table's, or the only one.
pub fn usual_flow<'s>(cx: &'s Cx<'_>) -> Option<&'s Flow> {
    let flows = flows(cx);
    match flows.as_slice() {
        [first, ..] if flows.len() == 1 || (table(cx).is_some() && first.starts_at_table()) => {
            Some(first)
        }
        _ => None,
    }
}

/// Whether a flow can go on where the guest sits, or does not sit.
pub fn may_sit(cx: &Cx<'_>, flow: &Flow) -> bool {
    flow.starts_anywhere() || !flow.starts_at_table() || table(cx).is_some()
}

/// Whether a flow can't go on because the guest sits at no table. Then the next screen says what
/// to do; what was chosen is kept.
pub fn is_missing(cx: &mut Cx<'_>, flow: &Flow) -> bool {
    if may_sit(cx, flow) {
        return false;
    }
    if !cx.notices.iter().any(|notice| notice.id == OVER) {
        cx.notices.push(Text::new("table-needed"));
    }
    true
}
