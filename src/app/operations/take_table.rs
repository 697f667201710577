//! A guest scanned the code on a table. The link was found good before.

use crate::chat::Text;
use crate::dialogue::Seat;
use crate::kernel::TableId;

use crate::app::basket;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::screens::tables::name;
use crate::app::seat;

/// Seats a guest whose link opens the table `id`.
pub async fn take_table(cx: &mut Cx<'_>, id: &TableId) -> Result<(), TurnError> {
    // A table that is gone from the files has a sticker all the same.
    let Some(table) = cx.shop.table(id).cloned() else {
        cx.notices.push(Text::new("table-code-old"));
        return Ok(());
    };
    let before = seat::table(cx).map(|before| before.id.clone());
    seat::forget_over(cx);
    let moved = before.is_some_and(|before| before != table.id);
    if moved && basket::load(cx).await?.is_some_and(|b| !b.cart.is_empty()) {
        let notice = Text::new("table-moved").with("table", name(&table));
        cx.notices.push(notice);
    }
    let called = cx.session.seat.take().and_then(|seat| seat.called);
    cx.session.seat = Some(Seat {
        table: table.id,
        since: cx.now,
        called,
    });
    Ok(())
}
