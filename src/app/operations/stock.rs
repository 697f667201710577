//! Staff change what is on hand, or take something off the menu: rights are asked here.

use crate::kernel::{ItemId, Quantity, Timestamp};
use crate::store;
use crate::store::items::Subject;
use crate::store::shelf::Adjustment;

use crate::app::access::{Act, acting, may};
use crate::app::audit::{self, Deed, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::staff;

use super::alert;

/// What came of a change of what is on hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjusted {
    /// So much is on hand now.
    Done(Quantity),
    /// Only somebody else may do that.
    NotAllowed,
    /// The item is not counted.
    NotCounted,
    /// Promises could not be kept: so much is held.
    BelowHeld(Quantity),
    /// The number was counted when other goods were on hand than now.
    Overtaken(Quantity),
}

/// A change of staff, in base units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// So many are there; `seen` were on hand when that was counted.
    Set {
        /// What is on hand.
        to: i64,
        /// What was on hand.
        seen: i64,
    },
    /// So many more or fewer, whatever is sold meanwhile.
    By(i64),
}

/// Changes what is on hand of an item for a reason of the shop's list.
pub async fn adjust(
    cx: &mut Cx<'_>,
    item: &ItemId,
    wanted: Wanted,
    why: &str,
) -> Result<Adjusted, TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::ChangeStock) {
        return Ok(Adjusted::NotAllowed);
    }
    let (change, seen) = match wanted {
        Wanted::Set { to, seen } => (to - seen, Some(Quantity(seen))),
        Wanted::By(change) => (change, None),
    };
    let actor = cx.customer();
    let adjustment = Adjustment {
        item,
        change,
        seen,
        why,
        actor,
    };
    let (tx, mut stamp) = cx.stamped();
    let done = store::shelf::adjust(tx, &adjustment, &mut stamp).await?;
    let found = store::stock::levels(tx, crate::kernel::CartId(0), [item]).await?;
    let Some(level) = found.levels.get(item) else {
        return Ok(Adjusted::NotCounted);
    };
    Ok(match seen {
        _ if done => {
            let on_hand = level.on_hand;
            let role = acting(&roles, Act::ChangeStock);
            let deed = Deed::new(Did::ChangedStock, role, audit::of_stock(item)).because(why);
            cx.audit(deed.from(on_hand.0 - change).to(on_hand.0));
            alert::stock_changed(cx, std::iter::once(item));
            Adjusted::Done(on_hand)
        }
        Some(seen) if seen != level.on_hand => Adjusted::Overtaken(level.on_hand),
        _ => Adjusted::BelowHeld(level.held),
    })
}

/// Whether something is on the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// It can be ordered.
    On,
    /// It can't, until then, or until put back.
    Off(Option<Timestamp>),
}

/// Takes something off the menu or puts it back; `false` if this person may not.
pub async fn sell_out(cx: &mut Cx<'_>, subject: &Subject, menu: Menu) -> Result<bool, TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::SellOut) {
        return Ok(false);
    }
    let (who, now) = (cx.customer(), cx.now);
    let role = acting(&roles, Act::SellOut);
    let deed = |did| Deed::new(did, role, audit::of_menu(subject));
    match menu {
        Menu::Off(until) => {
            store::items::set_sold_out(cx.tx, subject, until, who, now).await?;
            let until = until.map_or_else(String::new, |until| until.0.to_string());
            cx.audit(deed(Did::SoldOut).to(until));
        }
        Menu::On => {
            if store::items::clear_sold_out(cx.tx, subject).await? {
                cx.audit(deed(Did::PutBack));
            }
        }
    }
    cx.look_again();
    Ok(true)
}
