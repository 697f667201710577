//! What somebody is most likely to order: what is saved for them, and their last order that can be
//! repeated.

use std::collections::HashMap;

use super::rows::LineBody;
use crate::domain::catalogue::Unit;
use crate::kernel::{CompanyId, CustomerId, ItemId, Localised, OrderId, Quantity};
use crate::store::error::StoreError;
use crate::store::read::Cell;
use crate::store::row::columns;
use crate::store::saved::{self, Brief};
use crate::store::tx::{Tx, sql};

/// What the first screen offers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usual {
    /// What they may use, as [`saved::list`] gives it.
    pub saved: Vec<Brief>,
    /// The last order that was not called off and of which something is sold still, with its lines.
    pub last: Option<(OrderId, Vec<UsualLine>)>,
}

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsualLine {
    /// What the item was called.
    pub name: Localised,
    /// What its variant was called.
    pub variant_name: Option<Localised>,
    /// How it was measured.
    pub unit: Unit,
    /// How much.
    pub quantity: Quantity,
}

/// A saved order (`place` is its rank, `number` its owner, `words` its company), or a line of an
/// order (its place, how much, what it is).
struct Row {
    kind: i64,
    id: i64,
    place: i64,
    number: i64,
    words: Option<String>,
    name: Option<Vec<u8>>,
    usual: bool,
}
columns!(Row: kind, id, place, number, words, name, usual);

/// How often somebody ordered each item, of those they ordered lately.
pub type Often = HashMap<ItemId, i64>;

/// How often an item was ordered.
struct Times {
    item: String,
    times: i64,
}
columns!(Times: item, times);

/// How often somebody's last orders have each item; those that were called off don't count. One
/// statement.
pub async fn often(tx: &mut Tx, who: CustomerId) -> Result<Often, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Times,
        "select l.item_id as item, cast(count(*) as bigint) as times
         from order_lines l where l.order_id in
            (select o.id from orders o where o.customer = $1
             and o.state not in ('rejected', 'cancelled', 'expired', 'failed_delivery')
             order by o.placed_ms desc, o.id desc limit 50)
         group by l.item_id",
        who.0
    )
    .map_err(StoreError::on("orders.often"))?;
    let rows = rows.into_iter();
    Ok(rows.map(|row| (ItemId(row.item), row.times)).collect())
}

/// Looks for it; one statement.
pub async fn usual(tx: &mut Tx, who: CustomerId) -> Result<Usual, StoreError> {
    let rows = sql!(
        tx,
        fetch_all as Row,
        "select cast(0 as bigint) as kind, s.id as id,
            cast(case when s.owner <> $1 then 2 when s.usual then 0 else 1 end as bigint) as place,
            s.owner as number, s.company as words, s.name as name, s.usual as usual,
            s.place as made
         from saved_orders s
         where s.owner = $1 or (s.company is not null
            and exists (select 1 from company_members m join companies c on c.id = m.company
                where m.company = s.company and m.user_id = $1 and c.active)
            and exists (select 1 from company_members o
                where o.company = s.company and o.user_id = s.owner))
         union all
         select cast(1 as bigint), l.order_id, l.line, l.quantity, l.body, cast(null as bytea),
            false, cast(0 as bigint)
         from order_lines l where l.order_id =
            (select o.id from orders o where o.customer = $1
             and o.state not in ('rejected', 'cancelled', 'expired', 'failed_delivery')
             and exists (select 1 from order_lines k join items i on i.id = k.item_id
                where k.order_id = o.id and i.archived_ms is null)
             order by o.placed_ms desc, o.id desc limit 1)
         order by kind, place, number, made",
        who.0
    )
    .map_err(StoreError::on("orders.usual"))?;
    let mut found = Usual::default();
    for row in rows {
        found.add(tx, row)?;
    }
    Ok(found)
}

impl Usual {
    fn add(&mut self, tx: &Tx, row: Row) -> Result<(), StoreError> {
        if row.kind == 0 {
            self.saved.push(Brief {
                id: row.id,
                owner: CustomerId(row.number),
                company: row.words.map(CompanyId),
                name: saved::open_name(tx, row.id, &row.name.unwrap_or_default())?,
                usual: row.usual,
            });
            return Ok(());
        }
        let at = format!("{}/{}", row.id, row.place);
        let cell = Cell {
            query: "orders.usual",
            table: "order_lines",
            column: "body",
            row: &at,
        };
        let body: LineBody = cell.json(&row.words.unwrap_or_default())?;
        let lines = &mut self.last.get_or_insert((OrderId(row.id), Vec::new())).1;
        lines.push(UsualLine {
            name: body.name,
            variant_name: body.variant_name,
            unit: body.unit,
            quantity: Quantity(row.number),
        });
        Ok(())
    }
}
