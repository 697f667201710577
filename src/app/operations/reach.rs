//! A customer blocked the bot, or is back: who works their orders sees it on the cards, and can
//! ring them up instead of waiting for somebody who hears nothing.

use crate::kernel::OrderId;
use crate::store;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;

use super::{tell, work_order};

/// Each open order's cards are shown in a turn of their own, however many there are.
pub const TURN: &str = "customer-reach";
/// No order's id: all of them.
const ALL: i64 = 0;
/// The most orders of one customer that are looked at; who has more open ones is no customer.
const MOST: i64 = 20;

/// It changed whether the customer can be written to.
pub fn changed(cx: &mut Cx<'_>) {
    cx.go_on(TURN, ALL, cx.customer());
}

/// Shows the cards of one order as things are now; or goes on with each that is open.
pub async fn due(cx: &mut Cx<'_>, id: OrderId) -> Result<(), TurnError> {
    if id.0 == ALL {
        return each(cx).await;
    }
    let Some(order) = store::orders::find(cx.tx, id).await? else {
        return Ok(());
    };
    if order.state.is_terminal() {
        return Ok(());
    }
    let decided = work_order::decided(cx, id).await?;
    tell::kitchen_cards(cx, &order, decided, false).await
}

async fn each(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let who = cx.customer();
    let orders = store::orders::of_customer(cx.tx, who, 0, MOST).await?;
    for order in orders.iter().filter(|order| !order.state.is_terminal()) {
        cx.go_on(TURN, order.id.0, who);
    }
    Ok(())
}
