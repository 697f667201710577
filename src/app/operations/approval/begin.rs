//! Asking people about an order that the rules leave to them.

use crate::chat::{Arg, Text};
use crate::domain::approvals::people::Case;
use crate::domain::approvals::{Fired, Request, Tier};
use crate::domain::orders::Order;
use crate::kernel::time::MINUTE;

use crate::app::cx::Cx;
use crate::app::operations::{alert, tell};
use crate::app::outcome::TurnError;

use super::wait;

/// The turn in which the owner is alerted of a rule that could not be worked out; the key is its id.
pub const FAILED: &str = "rule-failed";

/// The request that an order begins with.
pub fn request(cx: &mut Cx<'_>, (fired, tiers): (Vec<Fired>, Vec<Tier>)) -> Request {
    for fired in fired.iter().filter(|fired| fired.failed) {
        // In a turn of its own: this one has enough to write.
        cx.set_named_timer(FAILED, &fired.rule, cx.now);
    }
    let limit = cx.shop.approvals.limit_minutes;
    Request::new(fired, tiers, (cx.now, cx.now.plus(limit * MINUTE)))
}

/// Asks people about an order just placed, in a turn of its own that comes at once.
pub fn begin(cx: &mut Cx<'_>, order: &Order) {
    if let Some(request) = &order.request {
        wait::start(cx, order, request);
        cx.set_timer(wait::LOOK, order.id.0, cx.now, order.customer);
    }
}

/// Escalates at once if those who are asked can't decide; whether that was so.
pub(super) fn nobody_there(request: &mut Request, case: &Case<'_>) -> bool {
    let nobody = !request.can_be_satisfied(case);
    if nobody {
        request.escalated = true;
    }
    nobody
}

/// The owner hears that nobody of those asked can decide.
pub(super) async fn told(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let text = Text::new("owner-no-approver");
    let text = text.with("number", Arg::Words(order.number.to_string()));
    tell::owners(cx, text).await
}

/// A rule could not be worked out: the owner hears of it once.
pub async fn failed(cx: &mut Cx<'_>, rule: &str) -> Result<(), TurnError> {
    alert::raise(cx, &format!("{}{rule}", alert::RULE)).await
}
