//! Folds orders into one list where a group would be written to faster than Telegram lets us:
//! above three quarters of the group's rate new orders stand in a list; a tap opens the card.
//!
//! Design notes: what did not begin in the group changes the list by a turn of the group's own
//! lane, which a timer wakes. So placing an order costs nothing more in a rush than otherwise, and
//! many changes make one edit. Opening a card changes it at once. The list's row is locked by
//! each, so that no two turns write it side by side.

use crate::chat::{Post, View};
use crate::domain::orders::Order;
use crate::domain::orders::pushes::StaffMoment;
use crate::kernel::time::MINUTE;
use crate::kernel::{ChatId, OrderId};
use crate::store;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::fold::{Line, list};
use crate::app::screens::kitchen::Asking;
use crate::app::staff;

use super::tell::{self, Spot};
use super::wait_for_kitchen::is_waiting;

/// An order is to be put into the list; the key is the order's id.
const ADD: &str = "fold-add";
/// The list has changed; the key is the group's id.
const SHOW: &str = "fold-show";
/// The list is to ring for those who wait; the key is the group's id.
const RING: &str = "fold-ring";

/// New orders within so long are counted.
pub const WINDOW: i64 = MINUTE;

/// The name of the list's card.
const CARD: &str = "rush";

/// The most new orders a minute that come as cards: the rest of the group's rate is for edits.
pub fn most(cx: &Cx<'_>) -> i64 {
    (cx.shop.settings.send.per_group_per_minute * 3 / 4).max(1)
}

/// Whether a timer is one of these.
pub fn is_timer(kind: &str) -> bool {
    [ADD, SHOW, RING].contains(&kind)
}

fn lane(chat: ChatId) -> String {
    format!("{chat}/fold")
}

/// Leaves it to the group's lane to put a new order into its list.
pub fn add(cx: &mut Cx<'_>, order: OrderId, group: ChatId) {
    let now = cx.now;
    cx.set_lane_timer(ADD, order.0, now, lane(group));
}

/// An order of the list has moved or was opened: the list follows.
pub fn refresh(cx: &mut Cx<'_>, group: ChatId) {
    let now = cx.now;
    cx.set_lane_timer(SHOW, group.0, now, lane(group));
}

/// Nobody has looked at an order of the list: it rings, once for all of them.
pub fn ring(cx: &mut Cx<'_>, group: ChatId) {
    let now = cx.now;
    cx.set_lane_timer(RING, group.0, now, lane(group));
}

/// A timer of these is due, in the group's lane.
pub async fn due(cx: &mut Cx<'_>, kind: &str, key: i64) -> Result<(), TurnError> {
    let group = staff::kitchen_group(cx).await?;
    let Some(group) = group.filter(|group| group.chat == cx.chat) else {
        // Orders are worked elsewhere by now, and were shown there.
        return Ok(());
    };
    if kind == ADD {
        let order = OrderId(key);
        let waits = store::orders::find(cx.tx, order)
            .await?
            .is_some_and(|order| is_waiting(&order));
        if !waits || !store::folds::add(cx.tx, order, group.chat, cx.now).await? {
            return Ok(());
        }
    }
    show(cx, &group, kind == RING).await
}

/// Shows the list as it is now: in its place, or anew if it is the first of a rush or must ring.
async fn show(cx: &mut Cx<'_>, group: &Spot, rings: bool) -> Result<(), TurnError> {
    let change = store::folds::change(cx.tx, group.chat).await?;
    let orders = store::orders::in_list(cx.tx, group.chat).await?;
    let listed = orders.len();
    let (waiting, moved): (Vec<Order>, Vec<Order>) = orders.into_iter().partition(is_waiting);
    leave(cx, group, &moved).await?;
    let since = cx.now.since(change.fresh_at);
    if rings && since < WINDOW {
        // It rang a moment ago: once more when a minute has passed, if they still wait then.
        let again = change.fresh_at.plus(WINDOW);
        cx.set_lane_timer(RING, group.chat.0, again, lane(group.chat));
    }
    let is_first = listed == 1 && waiting.len() == 1 && since >= WINDOW;
    let fresh = !waiting.is_empty() && (is_first || (rings && since >= WINDOW));
    if fresh {
        store::folds::sent_anew(cx.tx, group.chat, cx.now).await?;
    }
    let view = view(cx, &waiting);
    let post = Post::Card {
        chat: group.chat,
        topic: group.topic,
        card: CARD.to_owned(),
        version: change.version,
        view,
        fresh,
        loud: cx.shop.settings.pushes.tells_staff(StaffMoment::Place) == Some(true),
    };
    cx.post(group.locale.clone(), post);
    Ok(())
}

/// Takes orders that have moved out of the list. What somebody works from another chat gets its
/// card here too: one in each turn, so that none does more than a turn may.
async fn leave(cx: &mut Cx<'_>, group: &Spot, moved: &[Order]) -> Result<(), TurnError> {
    let (over, worked): (Vec<&Order>, Vec<&Order>) =
        moved.iter().partition(|order| order.state.is_terminal());
    let mut gone: Vec<OrderId> = over.iter().map(|order| order.id).collect();
    if let Some((first, rest)) = worked.split_first() {
        gone.push(first.id);
        let parts = (None, Asking::Nothing, true);
        tell::kitchen_card(cx, first, group, parts).await?;
        if !rest.is_empty() {
            refresh(cx, group.chat);
        }
    }
    Ok(store::folds::remove(cx.tx, &gone).await?)
}

/// An order's card was opened in the chat of the list: it leaves the list, and what belongs
/// below the card comes with it.
pub async fn opened(cx: &mut Cx<'_>, order: &Order) -> Result<(), TurnError> {
    let Some(group) = tell::folded_in(cx, order.id).await? else {
        return Ok(());
    };
    if group != cx.chat {
        return Ok(());
    }
    store::folds::remove(cx.tx, &[order.id]).await?;
    cx.unfolded();
    tell::kitchen_photos(cx, order).await?;
    // In this turn, not in the lane's: an answer to a person's own tap is not held back, and an
    // edit that is would hold back the answers behind it.
    match staff::kitchen_group(cx).await? {
        Some(spot) if spot.chat == group => show(cx, &spot, false).await,
        _ => Ok(()),
    }
}

fn view(cx: &Cx<'_>, waiting: &[Order]) -> View {
    let late = cx.shop.settings.kitchen.remind_minutes * MINUTE;
    let lines: Vec<Line<'_>> = waiting
        .iter()
        .map(|order| Line {
            order,
            flow: cx
                .shop
                .flow(&order.flow)
                .map_or("", |flow| flow.title.as_str()),
            is_late: cx.now.since(order.placed_at) >= late,
        })
        .collect();
    list(&lines)
}
