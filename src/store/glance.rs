//! Everything small that a turn may need, in one statement: the team and its chats, what is off
//! the menu, the conversation's cart, what is known of the customer, who shows an order's card.
//!
//! A picture of one moment: whoever writes to one of these tables throws it away. It must never
//! outlive its transaction.

use super::answers::Known;
use super::batch::Batch;
use super::carts::Stored;
use super::chats::Chat;
use super::customers::Met;
use super::db::Engine;
use super::error::StoreError;
use super::items;
use super::row::columns;
use super::tx::Tx;
use crate::domain::catalogue::SoldOut;
use crate::kernel::{CartId, ChatId, CustomerId, Locale, OrderId, TableId, Timestamp};

/// What is looked at.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// Whose turn it is.
    pub who: Option<CustomerId>,
    /// People besides, and besides those with a role.
    pub people: Vec<CustomerId>,
    /// The conversation's cart.
    pub cart: Option<CartId>,
    /// The order that it is about: its customer is looked at too.
    pub order: Option<OrderId>,
    /// The table where who sits.
    pub table: Option<TableId>,
    /// The name of the card whose chats are wanted.
    pub card: String,
}

/// What was seen.
#[derive(Debug, Clone, Default)]
pub struct Glance {
    /// Groups and what they are for.
    pub chats: Vec<Chat>,
    /// Settings about chats: name and value.
    pub chat_settings: Vec<(String, String)>,
    /// People with roles, longest first.
    pub staff: Vec<(CustomerId, String)>,
    /// What is off the menu.
    pub sold_out: SoldOut,
    /// Those asked for, those with a role and the order's customer, as far as ever seen.
    pub people: Vec<Met>,
    /// Where the card is shown.
    pub showing: Vec<ChatId>,
    /// The group in whose list the order stands instead, if it does.
    pub folded: Option<ChatId>,
    /// The cart, if it was ever stored.
    pub cart: Option<(CartId, Stored)>,
    /// What is known of who.
    pub known: Known,
    /// Whether who has an order at the table that is not closed.
    pub eats: bool,
    /// When their last order there was closed, if one ever was.
    pub ate: Option<Timestamp>,
}

/// One row of any of the tables: what it is, then what fits.
struct Row {
    kind: String,
    a: Option<i64>,
    b: Option<i64>,
    c: Option<i64>,
    s: Option<String>,
    t: Option<String>,
    body: Option<Vec<u8>>,
}
columns!(Row: kind, a, b, c, s, t, body);

/// Looks at it all; one statement.
pub async fn glance(tx: &mut Tx, ask: &Ask, now: Timestamp) -> Result<Glance, StoreError> {
    let who = ask.who.map_or(0, |who| who.0);
    // PostgreSQL never counts a table as small as the team's, takes it for a large one, and then
    // reads all customers instead of these few.
    let (among, among_end) = match tx.engine() {
        Engine::Sqlite => ("in", ""),
        Engine::Postgres => ("= any (array", ")"),
    };
    let mut batch = Batch::new(
        "select 'chat' as kind, chat as a, topic as b, cast(null as bigint) as c, purpose as s,
                locale as t, title as body from chats
         union all select 'setting', null, null, null, name, value, null
            from settings where name like 'chat/%'
         union all select 'staff', user_id, since_ms, null, role, null, null from staff
         union all select 'known', (select count(*) from orders where state = 'completed'
            and customer = ",
    )
    .arg(who)
    .text("), null, null, null, null, (select body from customer_answers where customer = ")
    .arg(who)
    .text(
        ")
         union all select 'sold out', null, null, null, subject, null, null
            from sold_out where until_ms is null or until_ms > ",
    )
    .arg(now.0)
    .text(
        "
         union all select 'cart', customer, version, order_id, flow, null, body
            from carts where id = ",
    )
    .arg(ask.cart.map(|cart| cart.0))
    .text(
        "
         union all select 'showing', chat, null, null, null, null, null
            from cards where live and card = ",
    )
    .arg(ask.card.as_str())
    .text(
        "
         union all select 'folded', chat, null, null, null, null, null
            from folded where order_id = ",
    )
    .arg(ask.order.map(|order| order.0))
    .text(
        "
         union all select 'person', id, case when reachable then 1 else 0 end, null, locale,
            pushes, name from customers where id ",
    )
    .text(among)
    .text(
        " (select user_id from staff
            union all select customer from orders where id = ",
    )
    .arg(ask.order.map(|order| order.0))
    .text(" union all select * from (values ")
    .rows(
        ask.people
            .iter()
            .map(|id| [id.0.into()])
            .chain([[who.into()]]),
    )
    .text(") as those)")
    .text(among_end);
    if let Some(table) = &ask.table {
        batch = batch
            .text(
                "
         union all select 'table', cast(count(*) - count(closed_ms) as bigint), max(closed_ms),
            null, null, null, null from orders where customer = ",
            )
            .arg(who)
            .text(" and table_id = ")
            .arg(table.as_str());
    }
    let rows: Vec<Row> = batch
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("glance"))?;
    let mut seen = Glance::default();
    let mut staff = Vec::new();
    for row in rows {
        if row.kind == "staff" {
            staff.push((row.b, row.a.unwrap_or_default(), row.s.unwrap_or_default()));
        } else {
            seen.add(tx, ask, row)?;
        }
    }
    staff.sort();
    seen.staff = staff
        .into_iter()
        .map(|(_, user, role)| (CustomerId(user), role))
        .collect();
    Ok(seen)
}

impl Glance {
    fn add(&mut self, tx: &Tx, ask: &Ask, row: Row) -> Result<(), StoreError> {
        if row.kind == "person" {
            self.people.push(Met {
                id: CustomerId(row.a.unwrap_or_default()),
                locale: Locale(row.s.unwrap_or_default()),
                reachable: row.b == Some(1),
                pushes: row.t,
                name: row.body,
            });
            return Ok(());
        }
        let keys = tx.keys();
        let (a, s, t) = (
            row.a.unwrap_or_default(),
            row.s.unwrap_or_default(),
            row.t.unwrap_or_default(),
        );
        match row.kind.as_str() {
            "chat" => self.chats.push(Chat {
                title: match row.body {
                    Some(sealed) => keys.open_text("chats", "title", &s, &sealed)?,
                    None => String::new(),
                },
                purpose: s,
                chat: ChatId(a),
                topic: row.b,
                locale: Locale(t),
            }),
            "setting" => self.chat_settings.push((s, t)),
            "known" => {
                let who = ask.who.unwrap_or(CustomerId(0));
                self.known = Known::open(&keys, who, a, row.body)?;
            }
            "table" => {
                self.eats = a > 0;
                self.ate = row.b.map(Timestamp);
            }
            "sold out" => items::take_off(&mut self.sold_out, &s)?,
            "cart" => {
                if let Some(id) = ask.cart {
                    let columns = (a, s, row.b.unwrap_or_default(), row.body, row.c);
                    self.cart = Some((id, Stored::open(&keys, id, columns)?));
                }
            }
            "folded" => self.folded = Some(ChatId(a)),
            _ => {
                if !self.showing.contains(&ChatId(a)) {
                    self.showing.push(ChatId(a));
                }
            }
        }
        Ok(())
    }

    /// What a chat setting says.
    pub fn chat_setting(&self, name: &str) -> Option<&str> {
        let found = self.chat_settings.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Somebody who was looked at.
    pub fn person(&self, id: CustomerId) -> Option<&Met> {
        self.people.iter().find(|person| person.id == id)
    }
}
