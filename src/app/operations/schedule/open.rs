//! A date opens as a cart in the chat, where the customer looks at it, changes and places it.

use serde::{Deserialize, Serialize};

use crate::chat::Text;
use crate::domain::cart::NewLine;
use crate::domain::schedules::Run;
use crate::store;

use crate::app::by_hand;
use crate::app::cx::Cx;
use crate::app::operations::{refill, saved};
use crate::app::outcome::TurnError;
use crate::app::screens::schedule_card as screen;

use super::card::{Ending, Pressed, end};
use super::place::go_on;
use super::prospect::wanted;
use super::tell;

/// The turn that opens it; its key is an [`Opening`].
pub const OPEN: &str = "schedule-open";

/// What is opened.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Opening {
    saved: i64,
    without: Vec<NewLine>,
}

/// The date is the customer's to order, or not: `why`: it could not be ordered as it is.
pub(super) async fn change(
    cx: &mut Cx<'_>,
    mut pressed: Pressed,
    why: Option<Text>,
) -> Result<(), TurnError> {
    let opening = Opening {
        saved: pressed.saved.id,
        without: pressed.schedule.without.clone(),
    };
    pressed.moves(cx, Run::Opened).await?;
    let closed = pressed.leaves(cx).await?;
    let ending = match why {
        Some(why) => Ending::OpenedBecause(why),
        None => Ending::Opened,
    };
    let (schedule, saved) = (&pressed.schedule, &pressed.saved);
    end(cx, (schedule, saved), pressed.date.day, (ending, &closed));
    go_on(cx, (OPEN, cx.customer()), &opening);
    Ok(())
}

/// Opens it; with a cart under way it is asked what becomes of that.
pub(super) async fn open(cx: &mut Cx<'_>, key: &str) -> Result<(), TurnError> {
    let Ok(opening) = serde_json::from_str::<Opening>(key) else {
        return Ok(());
    };
    let found = store::saved::find(cx.tx, opening.saved).await?;
    let (saved, right) = match saved::may(cx, found).await? {
        Ok(usable) => usable,
        Err(why) => {
            cx.say(why);
            return Ok(());
        }
    };
    // It is their own: what they were ordering for somebody else is over.
    by_hand::stop(cx).await?;
    refill::start(cx, wanted(&saved, right, &opening.without)).await
}

/// Somebody can be written to again: what rests since is told.
pub async fn back(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    let schedules = store::schedules::of_owner(cx.tx, cx.customer()).await?;
    if schedules.iter().any(|brief| brief.is_away) {
        tell(cx, screen::resting(), false);
    }
    Ok(())
}
