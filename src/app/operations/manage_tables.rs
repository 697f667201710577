//! The codes of tables in the chat of whoever manages them: see the link, make a new code.

use crate::chat::Text;
use crate::domain::tables::Table;
use crate::kernel::TableId;
use crate::store;
use crate::store::tables::Code;

use crate::app::access::{Act, acting, may};
use crate::app::audit::{Deed, Did};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::Route;
use crate::app::screens::tables::{self, CodeOf};
use crate::app::{show, staff};

/// Carries out a tap or the command; who may not is told.
pub async fn manage_tables(cx: &mut Cx<'_>, route: &Route) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    if !may(&roles, Act::ManageTables) {
        let refused = Text::new("staff-not-allowed");
        match cx.query {
            Some(_) => cx.alert(refused),
            None => cx.say(refused),
        }
        return Ok(());
    }
    match route {
        Route::TableCode(id) => code(cx, &id.as_str().into()).await,
        Route::TableAsk(id, generation) => ask(cx, &id.as_str().into(), *generation).await,
        Route::TableRenew(id, generation) => renew(cx, &id.as_str().into(), *generation).await,
        Route::Tables(page) => list(cx, *page),
        _ => list(cx, 0),
    }
}

fn list(cx: &mut Cx<'_>, page: usize) -> Result<(), TurnError> {
    let view = tables::list(cx.card(), &cx.shop.settings.tables, page);
    let view = show::noted(cx, view);
    cx.show(&Route::Tables(page), view);
    Ok(())
}

/// A table with its present code; one that is gone from the files brings the list.
async fn found(cx: &mut Cx<'_>, id: &TableId) -> Result<Option<(Table, Code)>, TurnError> {
    let Some(table) = cx.shop.table(id).cloned() else {
        return Ok(None);
    };
    let shop = cx.shop.settings.id.clone();
    let codes = store::tables::codes(cx.tx, &shop, std::slice::from_ref(id)).await?;
    Ok(codes.into_iter().next().map(|code| (table, code)))
}

async fn code(cx: &mut Cx<'_>, id: &TableId) -> Result<(), TurnError> {
    let Some((table, code)) = found(cx, id).await? else {
        return list(cx, 0);
    };
    let shown = CodeOf {
        table: &table,
        generation: code.generation,
        link: format!("https://t.me/{}?start={}", cx.bot, code.token),
    };
    let view = tables::code(cx.card(), &shown);
    let view = show::noted(cx, view);
    cx.show(&Route::TableCode(id.to_string()), view);
    Ok(())
}

async fn ask(cx: &mut Cx<'_>, id: &TableId, generation: i64) -> Result<(), TurnError> {
    let Some(table) = cx.shop.table(id).cloned() else {
        return list(cx, 0);
    };
    let view = tables::ask(cx.card(), &table, generation);
    cx.show(&Route::TableCode(id.to_string()), view);
    Ok(())
}

async fn renew(cx: &mut Cx<'_>, id: &TableId, generation: i64) -> Result<(), TurnError> {
    if cx.shop.table(id).is_some() {
        let shop = cx.shop.settings.id.clone();
        let renewed = store::tables::renew(cx.tx, &shop, (id, generation), cx.now).await?;
        if renewed.is_some() {
            let roles = staff::roles(cx, cx.customer()).await?;
            let role = acting(&roles, Act::ManageTables);
            cx.audit(Deed::new(Did::RenewedTable, role, format!("table/{id}")));
        }
        cx.notices.push(Text::new(match renewed {
            Some(_) => "table-renewed",
            None => "table-renewed-before",
        }));
    }
    code(cx, id).await
}
