//! Opens an order that was placed, to be changed: by hand for its customer, or as what an approver
//! proposes to them. Nothing is changed before it is saved, see [`amend_order`](super::amend_order).

use crate::chat::{Arg, Text};
use crate::dialogue::session::Changing;
use crate::domain::orders::{Event, Order, Role, shown};
use crate::kernel::OrderId;
use crate::store;
use crate::store::orders::Stretch;

use crate::app::access::{Act, may};
use crate::app::audit;
use crate::app::by_hand;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::order::status_text;
use crate::app::{show, staff};

use super::order_again;

/// The turn of a member of the team who pressed Change on a card; the key is the order's id.
pub const TURN: &str = "change-order";

/// `/change 12`: the newest order of that number.
pub async fn command(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    if !by_hand::is_allowed(cx).await? {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    let Ok(number) = words.trim_start_matches('#').parse::<i64>() else {
        cx.say(Text::new("change-usage"));
        return Ok(());
    };
    let newest = Stretch { skip: 0, limit: 1 };
    match store::orders::numbered(cx.tx, number, newest).await?.pop() {
        Some(order) => open(cx, &order, false).await,
        None => {
            let number = Arg::Words(number.to_string());
            cx.say(Text::new("print-none").with("number", number));
            Ok(())
        }
    }
}

/// Somebody pressed Change on an order's card, perhaps in a group: they go on privately.
pub async fn due(cx: &mut Cx<'_>, id: OrderId) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    let Some(order) = store::orders::find(cx.tx, id).await? else {
        return Ok(());
    };
    if may(&roles, Act::PlaceForOthers) {
        return open(cx, &order, false).await;
    }
    cx.say(Text::new("staff-not-allowed"));
    audit::refused(cx, &roles, audit::of_order(id), "change").await
}

/// Puts the order into a cart of its own: the conversation is about it until it is saved or left.
pub async fn open(cx: &mut Cx<'_>, order: &Order, proposed: bool) -> Result<(), TurnError> {
    // Asked before what was seen is thrown away: a turn that drops another cart is full.
    let name = staff::name_of(cx, order.customer).await?;
    by_hand::stop(cx).await?;
    if !order.can(Event::Amend, Role::Kitchen) {
        let text = Text::new("change-too-late")
            .with("number", Arg::Words(order.number.to_string()))
            .with("status", status_text(shown(order).status));
        cx.notices.push(text);
        return show::home(cx).await;
    }
    let changing = Changing {
        order: order.id,
        number: order.number,
        version: order.version,
        proposed,
    };
    by_hand::begin(cx, (order.customer, &name), Some(changing));
    cx.session.company = Some(
        order
            .company
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
    );
    let basket = order_again::fill(cx, order).await?;
    show::cart_of(cx, &basket);
    Ok(())
}
