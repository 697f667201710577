//! One's own data: what is kept, all of it as files, and its erasure.
//!
//! Whose data they are is said by who pressed, never by a button; the right is the person's alone.

pub mod erase;
pub mod export;
mod others;
pub mod steps;

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::OwnDataAct;

/// Carries out a button or a command.
pub async fn press(cx: &mut Cx<'_>, act: OwnDataAct) -> Result<(), TurnError> {
    match act {
        OwnDataAct::Export => export::begin(cx).await,
        OwnDataAct::Ask => erase::ask(cx).await,
        // Resumed (an old button, something odd typed), it is asked again: only a press of the
        // present button erases.
        OwnDataAct::Erase if cx.query.is_none() || cx.fresh => erase::ask(cx).await,
        OwnDataAct::Erase => erase::erase(cx).await,
    }
}
