//! Commands in words: what the command or the button of that name does.

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{Route, SavedAct};
use crate::app::screens::cart;
use crate::app::{basket, commands, ordering, show};
use crate::chat::Text;
use crate::dialogue::Input;

use super::super::{refill, saved};

/// Carries out a command by its name; false for one that there is not.
pub async fn run(cx: &mut Cx<'_>, name: &str) -> Result<bool, TurnError> {
    match name {
        "cancel" => cancel(cx).await?,
        "again" => again(cx).await?,
        "menu" if ordering::stands_at_items(cx) => ordering::hear(cx, Input::Begin).await?,
        "orders" | "cart" | "menu" | "help" => commands::command(cx, name, "").await?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// An order under way is asked about; so is a cart. Nothing is thrown away by words alone.
async fn cancel(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    if cx.session.dialogue.is_some() {
        return ordering::hear(cx, Input::Cancel).await;
    }
    let basket = basket::load(cx).await?;
    if let Some(basket) = basket.filter(|basket| !basket.cart.is_empty()) {
        let view = cart::ask_empty(cx.card(), basket.cart.lines.len() as i64);
        let view = show::noted(cx, view);
        cx.show(&Route::Empty, view);
        return Ok(());
    }
    cx.notices.push(Text::new("said-cancel-nothing"));
    show::orders(cx).await
}

/// What is ordered usually, or was last.
async fn again(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    match show::usual(cx).await? {
        Some(Route::Saved(SavedAct::Go(id))) => saved::press(cx, SavedAct::Go(id)).await,
        Some(Route::Again(act)) => refill::press(cx, act).await,
        _ => {
            cx.notices.push(Text::new("said-again-nothing"));
            show::home(cx).await
        }
    }
}
