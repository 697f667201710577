//! What was learned from the words of who presses: shown to them, forgotten at their wish.

use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{LearnAct, Route};
use crate::app::screens::learn as screen;
use crate::app::show;
use crate::chat::Text;
use crate::store;

/// One page of it.
pub async fn list(cx: &mut Cx<'_>, page: usize) -> Result<(), TurnError> {
    let words = store::learned::of(cx.tx, cx.customer()).await?;
    let shop = cx.shop.clone();
    let view = screen::mine(cx.card(), &shop.catalogue, &words, page);
    let view = show::noted(cx, view);
    cx.show(&Route::Learn(LearnAct::Mine(page)), view);
    Ok(())
}

/// Forgets one phrase, or all.
pub async fn forget(cx: &mut Cx<'_>, id: Option<i64>) -> Result<(), TurnError> {
    // Resumed, what was pressed before is not done once more.
    if cx.query.is_some()
        && !cx.fresh
        && store::learned::forget(cx.tx, cx.customer(), id).await? > 0
    {
        cx.look_again();
        cx.toast(Text::new("words-forgotten"));
    }
    list(cx, 0).await
}
