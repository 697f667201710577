//! Tables: what one is called, and the screens of whoever manages their codes.

use crate::app::route::Route;
use crate::chat::{Action, Arg, Button, Text, View};
use crate::domain::orders::Order;
use crate::domain::tables::Table;

use super::Card;

/// Buttons of tables on one page; more don't fit a phone.
const PER_PAGE: usize = 24;
/// Buttons of tables beside each other.
const PER_ROW: usize = 3;

/// What a table is called.
pub fn name(table: &Table) -> Text {
    match &table.name {
        Some(name) => Text::new("value-text").with("value", name),
        None => Text::new("table-name").with("id", table.id.as_str()),
    }
}

/// Where an order goes, for those who work it: its table, or the title of the flow it came by.
pub fn goes_to(order: &Order, flow: &str) -> Arg {
    match &order.table {
        Some(table) => Text::new("kitchen-table").with("table", name(table)).into(),
        None => Arg::Shop(flow.to_owned()),
    }
}

/// All tables of the shop, a page of them.
pub fn list(card: Card, tables: &[Table], page: usize) -> View {
    if tables.is_empty() {
        return View::say(Text::new("tables-none")).row(super::basics::home_row(card));
    }
    let pages = tables.len().div_ceil(PER_PAGE);
    let page = page.min(pages - 1);
    let mut view = View::say(Text::new("tables-title"));
    if pages > 1 {
        view = view.and(
            Text::new("menu-page")
                .with("page", page as i64 + 1)
                .with("pages", pages as i64),
        );
    }
    let here: Vec<Button> = tables
        .iter()
        .skip(page * PER_PAGE)
        .take(PER_PAGE)
        .map(|table| card.button(name(table), &Route::TableCode(table.id.to_string())))
        .collect();
    for row in here.chunks(PER_ROW) {
        view = view.row(row.to_vec());
    }
    let mut turns = Vec::new();
    if page > 0 {
        turns.push(card.plain("button-page-previous", &Route::Tables(page - 1)));
    }
    if page + 1 < pages {
        turns.push(card.plain("button-page-next", &Route::Tables(page + 1)));
    }
    view.row(turns).row(super::basics::home_row(card))
}

/// A table's code.
pub struct CodeOf<'a> {
    /// The table.
    pub table: &'a Table,
    /// How often it was renewed.
    pub generation: i64,
    /// The link that the code holds.
    pub link: String,
}

/// The link of a table's code, and a way to make a new one.
pub fn code(card: Card, code: &CodeOf<'_>) -> View {
    let id = code.table.id.to_string();
    let copy = Button {
        label: Text::new("button-copy-link"),
        action: Action::Copy(code.link.clone()),
    };
    let text = Text::new("table-link")
        .with("table", name(code.table))
        .with("link", code.link.as_str());
    View::say(text)
        .row(vec![copy])
        .row(vec![card.plain(
            "button-table-renew",
            &Route::TableAsk(id, code.generation),
        )])
        .row(vec![card.plain("button-tables", &Route::Tables(0))])
}

/// Whether to make a new code for sure.
pub fn ask(card: Card, table: &Table, generation: i64) -> View {
    let id = table.id.to_string();
    let ask = Text::new("table-ask-renew").with("table", name(table));
    View::say(ask).row(vec![
        card.plain(
            "button-table-renew-yes",
            &Route::TableRenew(id.clone(), generation),
        ),
        card.plain("button-back", &Route::TableCode(id)),
    ])
}
