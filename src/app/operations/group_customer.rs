//! `/group 12 regulars`: the customer of an order comes into one of the shop's groups, or leaves it.

use crate::chat::{Arg, Text};
use crate::store;
use crate::store::orders::Stretch;

use crate::app::access::{Act, acting, may};
use crate::app::audit::{self, Deed, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::staff;

/// The command: puts in, or takes out who is in already.
pub async fn command(cx: &mut Cx<'_>, words: &str) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::PlaceForOthers) {
        cx.say(Text::new("staff-not-allowed"));
        return Ok(());
    }
    let (number, group) = words.split_once(' ').unwrap_or((words, ""));
    let (number, group) = (number.trim_start_matches('#'), group.trim());
    let known = cx.shop.settings.groups.iter().any(|known| known == group);
    let (Ok(number), true) = (number.parse::<i64>(), known) else {
        usage(cx);
        return Ok(());
    };
    let newest = Stretch { skip: 0, limit: 1 };
    let Some(order) = store::orders::numbered(cx.tx, number, newest).await?.pop() else {
        let number = Arg::Words(number.to_string());
        cx.say(Text::new("print-none").with("number", number));
        return Ok(());
    };
    let (who, me) = (order.customer, cx.customer());
    let is_in = store::customer_groups::put(cx.tx, (who, group), me, cx.now).await?;
    if !is_in {
        store::customer_groups::take(cx.tx, who, group).await?;
    }
    let deed = Deed::new(
        if is_in { Did::Grouped } else { Did::Ungrouped },
        acting(&roles, Act::PlaceForOthers),
        audit::of_order(order.id),
    );
    cx.audit(deed.to(group));
    cx.look_again();
    let name = staff::name_of(cx, who).await?;
    let text = Text::new(if is_in { "group-in" } else { "group-out" })
        .with("who", name)
        .with("group", Arg::Shop(format!("group-{group}")));
    cx.say(text);
    Ok(())
}

/// How it is written, with the shop's groups.
fn usage(cx: &mut Cx<'_>) {
    let groups = cx.shop.settings.groups.clone();
    if groups.is_empty() {
        cx.say(Text::new("group-no-groups"));
        return;
    }
    let lines = groups.iter().map(|group| {
        Text::new("group-usage-group")
            .with("group", group.as_str())
            .with("name", Arg::Shop(format!("group-{group}")))
    });
    cx.say(Text::new("group-usage").with("groups", lines.collect::<Vec<_>>()));
}
