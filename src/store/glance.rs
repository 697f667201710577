//! Everything small that a turn may need, in one statement: the team and its chats, what is off
//! the menu, the conversation's cart, what is known of the customer, who shows an order's card.
//!
//! A picture of one moment: whoever writes to one of these tables throws it away. It must never
//! outlive its transaction.

use std::collections::BTreeSet;

use super::absences::Absence;
use super::answers::Known;
use super::batch::{Batch, Value};
use super::carts::Stored;
use super::chats::Chat;
use super::companies::{self, Membership};
use super::credit;
use super::customers::Met;
use super::db::Engine;
use super::error::StoreError;
use super::items;
use super::learned;
use super::profiles;
use super::row::columns;
use super::seal::Keys;
use super::staff::Held;
use super::tx::Tx;
use crate::domain::catalogue::SoldOut;
use crate::domain::companies::Rule;
use crate::domain::credit::Account;
use crate::domain::learned::Meanings;
use crate::kernel::time::{DAY, HOUR};
use crate::kernel::{
    AccountId, CartId, ChatId, CompanyId, CustomerId, ItemId, Locale, Millis, OrderId, TableId,
    Timestamp,
};

/// What is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// The names of the cards whose chats are wanted.
    pub cards: [String; 2],
    /// Whether the shop has companies, so that who's places in them are wanted.
    pub companies: bool,
    /// Whether it sells on account, so that who's accounts are wanted.
    pub credit: bool,
    /// Whether who typed something, so that what they mean by their words is wanted.
    pub typed: bool,
}

/// What was seen.
#[derive(Debug, Clone, Default)]
pub struct Glance {
    /// Groups and what they are for.
    pub chats: Vec<Chat>,
    /// Settings about chats, pauses and other names of items: name and value.
    pub settings: Vec<(String, String)>,
    /// People with roles, longest first.
    pub staff: Vec<Held>,
    /// Who of the team is away now.
    pub absences: Vec<Absence>,
    /// What is off the menu.
    pub sold_out: SoldOut,
    /// Those asked for, those with a role and the order's customer, as far as ever seen.
    pub people: Vec<Met>,
    /// Where the cards are shown, each by its name.
    pub showing: Vec<(String, ChatId)>,
    /// The group in whose list the order stands instead, if it does.
    pub folded: Option<ChatId>,
    /// The cart, if it was ever stored.
    pub cart: Option<(CartId, Stored)>,
    /// The least that is free of any counted item that the cart holds, in base units.
    pub left: Option<i64>,
    /// What is known of who.
    pub known: Known,
    /// The companies that who belongs to, by their ids.
    pub companies: Vec<Membership>,
    /// Those companies' own rules.
    pub company_rules: Vec<(CompanyId, Rule)>,
    /// Who's own account, those of their companies, and that of the order.
    pub accounts: Vec<Account>,
    /// What who ordered for on accounts of companies where they have a budget, as far back as it
    /// reaches.
    pub spent: Vec<Spent>,
    /// What who means by their words, if they typed some.
    pub meanings: Meanings,
    /// Whether who has an order at the table that is not closed.
    pub eats: bool,
    /// When their last order there was closed, if one ever was.
    pub ate: Option<Timestamp>,
}

/// An order that counts against who's budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    /// The account.
    pub account: AccountId,
    /// The order.
    pub order: OrderId,
    /// When it was placed.
    pub placed: Timestamp,
    /// What it comes to, in minor units.
    pub total_minor: i64,
}

/// One row of any of the tables: what it is, whose question it answers (none: everybody's), then
/// what fits.
struct Row {
    kind: String,
    n: Option<i64>,
    a: Option<i64>,
    b: Option<i64>,
    c: Option<i64>,
    s: Option<String>,
    t: Option<String>,
    body: Option<Vec<u8>>,
}
columns!(Row: kind, n, a, b, c, s, t, body);

/// Looks at it all; one statement.
pub async fn glance(tx: &mut Tx, ask: &Ask, now: Timestamp) -> Result<Glance, StoreError> {
    let seen = glances(tx, &[ask], now).await?;
    Ok(seen.into_iter().next().unwrap_or_default())
}

/// The same for several who ask, in their order; one statement.
pub async fn glances(
    tx: &mut Tx,
    asks: &[&Ask],
    now: Timestamp,
) -> Result<Vec<Glance>, StoreError> {
    let rows: Vec<Row> = statement(tx.engine(), asks, now)
        .fetch_all(tx)
        .await
        .map_err(StoreError::on("glance"))?;
    let keys = tx.keys();
    let mut shared = Shared::default();
    let mut seen = vec![Glance::default(); asks.len()];
    let mut customers = vec![None; asks.len()];
    for row in rows {
        let Some(n) = row.n else {
            shared.add(&keys, row)?;
            continue;
        };
        let n = usize::try_from(n).unwrap_or(usize::MAX);
        let (Some(ask), Some(seen)) = (asks.get(n), seen.get_mut(n)) else {
            continue; // padding
        };
        if row.kind == "customer" {
            customers[n] = row.a.map(CustomerId);
        } else {
            seen.add(&keys, ask, row)?;
        }
    }
    shared
        .staff
        .sort_by(|a, b| (a.since, a.who, &a.role).cmp(&(b.since, b.who, &b.role)));
    for ((seen, ask), customer) in seen.iter_mut().zip(asks).zip(customers) {
        shared.tell(seen, ask, customer);
    }
    Ok(seen)
}

fn statement(engine: Engine, asks: &[&Ask], now: Timestamp) -> Batch {
    // PostgreSQL never counts a table as small as the team's, takes it for a large one, and then
    // reads all customers instead of these few.
    let (among, among_end) = match engine {
        Engine::Sqlite => ("in", ""),
        Engine::Postgres => ("= any (array", ")"),
    };
    let questions = asks.iter().enumerate().map(|(n, ask)| {
        let [card, other] = ask
            .cards
            .clone()
            .map(|card| Some(card).filter(|c| !c.is_empty()));
        [
            Value::from(n as i64),
            ask.who.map(|who| who.0).into(),
            ask.cart.map(|cart| cart.0).into(),
            ask.order.map(|order| order.0).into(),
            card.into(),
            other.into(),
            ask.table
                .as_ref()
                .map(|table| table.as_str().to_owned())
                .into(),
            ask.who.filter(|_| ask.typed).map(|who| who.0).into(),
        ]
    });
    let people: BTreeSet<i64> = asks
        .iter()
        .flat_map(|ask| &ask.people)
        .map(|id| id.0)
        .collect();
    let nobody = people.is_empty().then_some(0);
    let people = people.into_iter().chain(nobody).map(|id| [id.into()]);
    // `cross join` keeps SQLite from reading a table to look its rows up among the questions.
    let batch = Batch::new("with asks (n, who, cart, about, card, other, place, typed) as (")
        .rows(questions)
        .text(
            ")
         select 'chat' as kind, cast(null as bigint) as n, chat as a, topic as b,
                cast(null as bigint) as c, purpose as s, locale as t, title as body from chats
         union all select 'setting', null, null, null, null, name, value, null
            from settings where name like 'chat/%' or name like 'pause/%' or name = 'aliases'
         union all select 'staff', null, user_id, since_ms, limit_minor, role, null, null
            from staff
         union all select 'away', null, user_id, until_ms, stand_in, null, null, null
            from absences where until_ms > ",
        )
        .arg(now.0)
        .text(
            "
         union all select 'sold out', null, null, null, null, subject, null, null
            from sold_out where until_ms is null or until_ms > ",
        )
        .arg(now.0)
        .text(
            "
         union all select 'known', n, (select count(*) from orders where state = 'completed'
                and customer = who), (select count(*) from orders
                where state in ('cancelled', 'expired', 'failed_delivery') and customer = who),
            null, null, null, (select body from customer_answers where customer = who) from asks
         union all select 'profile', n, k.version, null, null, null, null, k.body
            from asks cross join profiles k where k.customer = who
         union all select 'group', n, null, null, null, k.name, null, null
            from asks cross join customer_groups k where k.customer = who
         union all select 'cart', n, k.customer, k.version, k.order_id, k.flow, null, k.body
            from asks cross join carts k where k.id = asks.cart
         union all select 'left', n, (select min(s.on_hand - s.held) from holds h
                join stock s on s.item_id = h.item_id where h.claim = asks.cart),
            null, null, null, null, null from asks where cart is not null
         union all select 'showing', n, k.chat, null, null, k.card, null, null
            from asks cross join cards k where k.live and k.card in (asks.card, asks.other)
         union all select 'folded', n, k.chat, null, null, null, null, null
            from asks cross join folded k where k.order_id = asks.about
         union all select 'customer', n, k.customer, null, null, null, null, null
            from asks cross join orders k where k.id = asks.about
         union all select 'person', null, id, case when reachable then 1 else 0 end, null, locale,
            pushes, name from customers where id ",
        )
        .text(among)
        .text(
            " (select user_id from staff union all select who from asks where who is not null
            union all select k.customer from asks cross join orders k where k.id = asks.about
            union all select * from (",
        )
        .rows(people)
        .text(") as those)")
        .text(among_end);
    let batch = with_meanings(with_accounts(with_companies(batch, asks), asks, now), asks);
    if asks.iter().all(|ask| ask.table.is_none()) {
        return batch;
    }
    batch.text(
        "
         union all select 'table', n, (select cast(count(*) - count(closed_ms) as bigint)
                from orders where customer = who and table_id = place),
            (select max(closed_ms) from orders where customer = who and table_id = place),
            null, null, null, null from asks where place is not null",
    )
}

/// Looks at what who means by their words too, if anybody typed some.
fn with_meanings(batch: Batch, asks: &[&Ask]) -> Batch {
    if !asks.iter().any(|ask| ask.typed) {
        return batch;
    }
    batch.text(
        "
         union all select 'meaning', n, k.id, null, null, k.item_id, null, k.phrase
            from asks cross join learned k where k.customer = asks.typed",
    )
}

/// Looks at the companies of who asks too, in a shop that has companies.
fn with_companies(batch: Batch, asks: &[&Ask]) -> Batch {
    if !asks.iter().any(|ask| ask.companies) {
        return batch;
    }
    batch.text(
        "
         union all select 'company', n, null, case when k.active then 1 else 0 end, null,
            k.id, m.role || case when m.budget_minor is null then '' else ' ' || m.budget_minor
                || ' ' || m.budget_period end, k.personal from asks cross join company_members m
            join companies k on k.id = m.company where m.user_id = asks.who
         union all select 'company rule', n, r.rule, r.above_minor, null, r.company,
            r.who || ' ' || r.quorum, null from asks cross join company_members m
            join company_rules r on r.company = m.company where m.user_id = asks.who",
    )
}

/// Longer than any period of a budget: a month, with the hour that it may be longer by the clock.
const BUDGET_REACH: Millis = 31 * DAY + HOUR;

/// An account in one row.
const ACCOUNT: &str = "
         union all select 'account', n, k.limit_minor, k.balance_minor, k.held_minor, k.id,
            k.currency || ' ' || case when k.may_exceed then 1 else 0 end || ' '
                || case when k.blocked then 1 else 0 end || ' ' || k.debts_minor || ' '
                || coalesce(cast(k.due_ms as text), '-') || ' ' || k.seq || ' '
                || (select cast(coalesce(sum(total_minor), 0) as bigint) from orders o
                    where o.account = k.id and o.state = 'awaiting_approval')
                || ' ' || k.zone || ' ' || k.terms, null
            from asks cross join ";

/// Looks at the accounts of who asks and of the order that it is about too, in a shop that sells on
/// account, and at each order that may count against a budget.
fn with_accounts(batch: Batch, asks: &[&Ask], now: Timestamp) -> Batch {
    if !asks.iter().any(|ask| ask.credit) {
        return batch;
    }
    batch
        .text(ACCOUNT)
        .text("accounts k where k.person = asks.who")
        .text(ACCOUNT)
        .text(
            "company_members m join accounts k on k.company = m.company
            where m.user_id = asks.who",
        )
        .text(ACCOUNT)
        .text("orders b join accounts k on k.id = b.account where b.id = asks.about")
        .text(
            "
         union all select 'spent', n, o.placed_ms, o.total_minor, o.id, o.account, null, null
            from asks cross join company_members m
            join orders o on o.account = 'c-' || m.company and o.customer = m.user_id
            where m.user_id = asks.who and m.budget_minor is not null
            and o.state not in ('rejected', 'cancelled', 'expired', 'failed_delivery')
            and o.placed_ms >= ",
        )
        .arg(now.plus(-BUDGET_REACH).0)
}

/// What everybody sees.
#[derive(Default)]
struct Shared {
    chats: Vec<Chat>,
    settings: Vec<(String, String)>,
    staff: Vec<Held>,
    absences: Vec<Absence>,
    sold_out: SoldOut,
    people: Vec<Met>,
}

impl Shared {
    fn add(&mut self, keys: &Keys, row: Row) -> Result<(), StoreError> {
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
            "setting" => self.settings.push((s, t)),
            "away" => self.absences.push(Absence {
                who: CustomerId(a),
                until: Timestamp(row.b.unwrap_or_default()),
                stand_in: row.c.map(CustomerId),
            }),
            "staff" => self.staff.push(Held {
                who: CustomerId(a),
                role: s,
                limit: row.c,
                since: Timestamp(row.b.unwrap_or_default()),
            }),
            "sold out" => items::take_off(&mut self.sold_out, &s)?,
            _ => self.people.push(Met {
                id: CustomerId(a),
                locale: Locale(s),
                reachable: row.b == Some(1),
                pushes: Some(t).filter(|t| !t.is_empty()),
                name: row.body,
            }),
        }
        Ok(())
    }

    /// Gives one who asks their part of it.
    fn tell(&self, seen: &mut Glance, ask: &Ask, customer: Option<CustomerId>) {
        seen.chats.clone_from(&self.chats);
        seen.settings.clone_from(&self.settings);
        seen.sold_out.clone_from(&self.sold_out);
        seen.absences.clone_from(&self.absences);
        seen.staff.clone_from(&self.staff);
        let is_asked_for = |person: &&Met| {
            let id = person.id;
            ask.who == Some(id)
                || customer == Some(id)
                || ask.people.contains(&id)
                || self.staff.iter().any(|held| held.who == id)
        };
        seen.people = self.people.iter().filter(is_asked_for).cloned().collect();
    }
}

impl Glance {
    fn add(&mut self, keys: &Keys, ask: &Ask, row: Row) -> Result<(), StoreError> {
        let a = row.a.unwrap_or_default();
        match row.kind.as_str() {
            "known" => {
                let who = ask.who.unwrap_or(CustomerId(0));
                let groups = std::mem::take(&mut self.known.groups);
                let profile = self.known.profile.take();
                let counts = (a, row.b.unwrap_or_default());
                self.known = Known::open(keys, who, counts, row.body)?;
                (self.known.groups, self.known.profile) = (groups, profile);
            }
            "profile" => {
                let who = ask.who.unwrap_or(CustomerId(0));
                let body = row.body.unwrap_or_default();
                self.known.profile = Some(profiles::open(keys, who, (a, &body))?);
            }
            "group" => {
                self.known.groups.extend(row.s);
                self.known.groups.sort();
            }
            "company" => {
                let (id, words) = (row.s.unwrap_or_default(), row.t.unwrap_or_default());
                let place = (id, words.as_str(), row.b == Some(1));
                self.companies
                    .push(Membership::open(keys, place, row.body)?);
            }
            "account" => {
                let (id, words) = (row.s.unwrap_or_default(), row.t.unwrap_or_default());
                let figures = [a, row.b.unwrap_or_default(), row.c.unwrap_or_default()];
                let account = credit::read_account(&id, figures, &words)?;
                // An order about which it is may be on their own.
                if self.accounts.iter().all(|known| known.id != account.id) {
                    self.accounts.push(account);
                }
            }
            "spent" => {
                let account = credit::read_id(&row.s.unwrap_or_default())?;
                self.spent.push(Spent {
                    account,
                    placed: Timestamp(a),
                    total_minor: row.b.unwrap_or_default(),
                    order: OrderId(row.c.unwrap_or_default()),
                });
            }
            "company rule" => {
                let (company, words) = (row.s.unwrap_or_default(), row.t.unwrap_or_default());
                let rule = companies::read_rule(row.b.unwrap_or_default(), (a, &words))?;
                self.company_rules.push((CompanyId(company), rule));
            }
            "table" => {
                self.eats = a > 0;
                self.ate = row.b.map(Timestamp);
            }
            "cart" => {
                if let Some(id) = ask.cart {
                    let flow = row.s.unwrap_or_default();
                    let columns = (a, flow, row.b.unwrap_or_default(), row.body, row.c);
                    self.cart = Some((id, Stored::open(keys, id, columns)?));
                }
            }
            "meaning" => {
                let sealed = row.body.unwrap_or_default();
                let phrase = learned::open(keys, "learned", (a, &sealed))?;
                let item = ItemId(row.s.unwrap_or_default());
                self.meanings.extend(phrase.map(|phrase| (phrase, item)));
            }
            "left" => self.left = row.a,
            "folded" => self.folded = Some(ChatId(a)),
            _ => {
                let shown = (row.s.unwrap_or_default(), ChatId(a));
                if !self.showing.contains(&shown) {
                    self.showing.push(shown);
                }
            }
        }
        Ok(())
    }

    /// What such a setting says.
    pub fn setting(&self, name: &str) -> Option<&str> {
        let found = self.settings.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Somebody who was looked at.
    pub fn person(&self, id: CustomerId) -> Option<&Met> {
        self.people.iter().find(|person| person.id == id)
    }
}
