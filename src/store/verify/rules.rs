//! The rules that are one query each. Every query gives (key of the row, what is wrong).
//!
//! Lists of states stand here as text; a test holds them against the domain's.

use super::{CAUSE_KEPT_MS, Now, STUCK_MS};
use crate::kernel::Timestamp;

/// A rule that is a query.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) table: &'static str,
    /// What `$1` is, if the query has one.
    pub(super) before: Option<Before>,
    pub(super) text: &'static str,
}

/// A point in time before now.
#[derive(Clone, Copy)]
pub(super) enum Before {
    /// Waiting since then is stuck, on the business clock.
    Business,
    /// Waiting since then is stuck, on the real clock.
    Real,
    /// Causes since then must be known.
    Cause,
}

impl Before {
    pub(super) fn point(self, now: Now) -> Timestamp {
        match self {
            Self::Business => now.business.plus(-STUCK_MS),
            Self::Real => now.real.plus(-STUCK_MS),
            Self::Cause => now.business.plus(-CAUSE_KEPT_MS),
        }
    }
}

pub(super) const fn rule(name: &'static str, table: &'static str, text: &'static str) -> Rule {
    Rule {
        name,
        table,
        before: None,
        text,
    }
}

const fn since(
    name: &'static str,
    table: &'static str,
    before: Before,
    text: &'static str,
) -> Rule {
    Rule {
        name,
        table,
        before: Some(before),
        text,
    }
}

pub(super) const RULES: &[Rule] = &[
    // Stock: levels, ledger and holds tell the same story.
    rule(
        "stock.bounds",
        "stock",
        "select item_id, 'on hand ' || cast(on_hand as text) || ', held ' || cast(held as text)
         from stock where held < 0 or on_hand < 0 or held > on_hand",
    ),
    rule(
        "stock.ledger-on-hand",
        "stock",
        "select stock.item_id, 'on hand ' || cast(stock.on_hand as text) || ', by the ledger '
         || cast(coalesce(sum(l.on_hand_change), 0) as text)
         from stock left join stock_ledger l on l.item_id = stock.item_id
         group by stock.item_id, stock.on_hand
         having stock.on_hand <> coalesce(sum(l.on_hand_change), 0)",
    ),
    rule(
        "stock.ledger-held",
        "stock",
        "select stock.item_id, 'held ' || cast(stock.held as text) || ', by the ledger '
         || cast(coalesce(sum(l.held_change), 0) as text)
         from stock left join stock_ledger l on l.item_id = stock.item_id
         group by stock.item_id, stock.held
         having stock.held <> coalesce(sum(l.held_change), 0)",
    ),
    rule(
        "stock.holds",
        "stock",
        "select stock.item_id, 'held ' || cast(stock.held as text) || ', by holds '
         || cast(coalesce(sum(h.quantity), 0) as text)
         from stock left join holds h on h.item_id = stock.item_id
         group by stock.item_id, stock.held
         having stock.held <> coalesce(sum(h.quantity), 0)",
    ),
    rule(
        "ledger.opening-once",
        "stock_ledger",
        "select item_id, cast(count(*) as text) || ' openings' from stock_ledger
         where reason = 'opening' group by item_id having count(*) > 1",
    ),
    rule(
        "ledger.reason",
        "stock_ledger",
        "select cast(id as text), 'its reason and its changes do not fit' from stock_ledger
         where not ((reason = 'opening' and on_hand_change >= 0 and held_change = 0)
          or (reason = 'hold' and on_hand_change = 0 and held_change > 0 and claim is not null)
          or (reason = 'release' and on_hand_change = 0 and held_change < 0 and claim is not null)
          or (reason = 'fulfil' and on_hand_change = held_change and held_change < 0
              and order_id is not null)
          or (reason = 'adjust' and held_change = 0 and actor is not null and why is not null))",
    ),
    rule(
        "ledger.claim",
        "stock_ledger",
        "select cast(claim as text) || '/' || item_id,
         'by the ledger ' || cast(balance as text) || ' more held than by holds'
         from (select claim, item_id, sum(change) as balance
               from (select claim, item_id, held_change as change from stock_ledger
                     where claim is not null
                     union all select claim, item_id, -quantity from holds) as moves
               group by claim, item_id) as claims
         where balance <> 0",
    ),
    rule(
        "ledger.order-end",
        "stock_ledger",
        "select cast(l.id as text), l.reason || ' for an order that is ' || o.state
         from stock_ledger l join orders o on o.id = l.order_id
         where (l.reason = 'fulfil' and o.state not in
         ('picked_up', 'served', 'delivered', 'completed'))
         or (l.reason = 'release' and o.state not in
         ('rejected', 'cancelled', 'expired', 'failed_delivery'))",
    ),
    rule(
        "holds.ended-order",
        "holds",
        "select cast(h.claim as text) || '/' || h.item_id,
         'held for an order that is ' || coalesce(o.state, 'unknown')
         from holds h left join orders o on o.id = h.order_id
         where h.order_id is not null and (o.id is null or o.state not in
         ('placed', 'awaiting_approval', 'confirmed', 'preparing', 'ready', 'out_for_delivery'))",
    ),
    rule(
        "holds.order-lines",
        "holds",
        "select cast(order_id as text) || '/' || item_id,
         'lines want ' || cast(balance as text) || ' more than is held'
         from (select order_id, item_id, sum(change) as balance
               from (select l.order_id, l.item_id, l.quantity as change
                     from order_lines l join orders o on o.id = l.order_id
                     where l.counted and o.state in
                     ('placed', 'awaiting_approval', 'confirmed', 'preparing', 'ready', 'out_for_delivery')
                     union all
                     select order_id, item_id, -quantity from holds where order_id is not null)
                     as moves
               group by order_id, item_id) as orders_items
         where balance <> 0",
    ),
    rule(
        "holds.cart",
        "holds",
        "select cast(h.claim as text) || '/' || h.item_id, 'its cart is ' ||
         case when c.id is null then 'unknown' else 'an order already' end
         from holds h left join carts c on c.id = h.claim
         where c.id is null or (h.order_id is null and c.order_id is not null)
         or (h.order_id is not null and (c.order_id is null or c.order_id <> h.order_id))",
    ),
    rule(
        "holds.expiry",
        "holds",
        "select cast(claim as text) || '/' || item_id,
         case when order_id is null then 'a cart holds without end' else 'an order''s hold ends' end
         from holds where (order_id is null) = (expires_ms is null)",
    ),
    since(
        "holds.overdue",
        "holds",
        Before::Business,
        "select cast(claim as text) || '/' || item_id, 'ended and was not given back'
         from holds where expires_ms < $1",
    ),
    // Carts.
    rule(
        "carts.body",
        "carts",
        "select cast(id as text), case when body is null then 'open and empty'
         else 'an order already, with a body' end
         from carts where (order_id is null) = (body is null)",
    ),
    rule(
        "carts.order",
        "carts",
        "select cast(c.id as text), 'names an order that does not name it' from carts c
         where c.order_id is not null and not exists
         (select 1 from orders o where o.id = c.order_id and o.cart_id = c.id)",
    ),
    // Orders and their history.
    rule(
        "orders.cart",
        "orders",
        "select cast(o.id as text), 'its cart does not name it, or is another person''s'
         from orders o left join carts c on c.id = o.cart_id
         where c.id is null or c.order_id is null or c.order_id <> o.id
         or c.customer <> o.customer",
    ),
    rule(
        "orders.cause",
        "orders",
        "select cast(o.id as text), 'its cause differs from that of its first event'
         from orders o where o.cause <= 0 or not exists (select 1 from order_events e
         where e.order_id = o.id and e.version = 1 and e.cause = o.cause)",
    ),
    since(
        "orders.cause-known",
        "orders",
        Before::Cause,
        "select cast(o.id as text), 'its cause is not in the inbox' from orders o
         where o.placed_ms > $1 and not exists (select 1 from inbox i where i.id = o.cause)",
    ),
    rule(
        "orders.number",
        "orders",
        "select cast(o.id as text), 'number ' || cast(o.number as text) || ' of ' || o.day
         || ' was never given' from orders o left join day_counters d on d.day = o.day
         where o.number < 1 or d.day is null or o.number > d.last",
    ),
    rule(
        "orders.number-unique",
        "orders",
        "select min(cast(id as text)), 'number ' || cast(number as text) || ' of ' || day
         || ' was given ' || cast(count(*) as text) || ' times'
         from orders group by day, number having count(*) > 1",
    ),
    rule(
        "orders.lines",
        "orders",
        "select cast(o.id as text), 'subtotal ' || cast(o.subtotal_minor as text) || ', lines '
         || cast(coalesce(sum(l.amount_minor), 0) as text)
         from orders o left join order_lines l on l.order_id = o.id
         group by o.id, o.subtotal_minor
         having count(l.line) = 0 or o.subtotal_minor <> coalesce(sum(l.amount_minor), 0)",
    ),
    rule(
        "orders.closed",
        "orders",
        "select cast(id as text), 'is ' || state || case when closed_ms is null
         then ' and not closed' else ' and closed' end from orders
         where (closed_ms is null) = (state in
         ('completed', 'rejected', 'cancelled', 'expired', 'failed_delivery'))",
    ),
    rule(
        "orders.payment",
        "orders",
        "select cast(id as text), 'is ' || state || ', payment ' || payment from orders
         where payment <> case
         when state in ('rejected', 'cancelled', 'expired', 'failed_delivery') then 'void'
         when account is not null then 'on_account'
         when state in ('picked_up', 'served', 'delivered', 'completed') then 'paid'
         else 'due' end",
    ),
    rule(
        "orders.delivery",
        "orders",
        "select cast(id as text), 'is ' || state || ' by ' || fulfilment || ', delivery '
         || delivery from orders
         where (fulfilment <> 'delivery' and delivery <> 'not_needed')
         or (fulfilment = 'delivery' and delivery <> case
         when state in ('delivered', 'completed') then 'done'
         when state = 'out_for_delivery' then 'on_the_way'
         when state = 'failed_delivery' then 'failed'
         when state in ('rejected', 'expired') then 'not_needed'
         when state = 'cancelled' and delivery in ('not_needed', 'failed') then delivery
         else 'waiting' end)",
    ),
    rule(
        "orders.approval",
        "orders",
        "select cast(id as text), 'is ' || state || ', approval ' || approval from orders
         where (approval in ('waiting', 'requested')) <> (state = 'awaiting_approval')",
    ),
    // What the rules leave to people.
    rule(
        "requests.open",
        "orders",
        "select cast(id as text), 'approval ' || approval || ', request '
         || coalesce(request_state, 'none') from orders
         where (approval = 'requested') <> (coalesce(request_state, '') = 'open')",
    ),
    rule(
        "requests.whole",
        "orders",
        "select cast(id as text), 'only a part of its request is there' from orders
         where (request_state is null) <> (request_version is null)
         or (request_state is null) <> (request_due_ms is null)
         or (request_state is null and request is not null)
         or (request_state = 'open' and request is null)",
    ),
    since(
        "requests.overdue",
        "orders",
        Before::Business,
        "select cast(id as text), 'should have ended and is open' from orders
         where request_state = 'open' and request_due_ms < $1",
    ),
    rule(
        "orders.cancel-asked",
        "orders",
        "select cast(id as text), 'is ' || state || ' and waits for an answer to a request'
         from orders where cancel_asked and state not in ('preparing', 'ready')",
    ),
    rule(
        "events.way",
        "order_events",
        "select cast(e.order_id as text) || '/' || cast(e.version as text),
         'is ' || e.to_state || ', its order is for ' || o.fulfilment
         from order_events e join orders o on o.id = e.order_id
         where e.to_state in ('picked_up', 'served', 'out_for_delivery', 'delivered',
         'failed_delivery') and o.fulfilment <> case e.to_state when 'picked_up' then 'pickup'
         when 'served' then 'dine_in' else 'delivery' end",
    ),
    rule(
        "events.first",
        "orders",
        "select cast(o.id as text), 'was never placed' from orders o
         where not exists (select 1 from order_events e where e.order_id = o.id
         and e.version = 1 and e.from_state is null and e.to_state = 'placed')",
    ),
    rule(
        "events.chain",
        "order_events",
        "select cast(e.order_id as text) || '/' || cast(e.version as text),
         'does not begin where the event before it ended' from order_events e
         where e.version > 1 and not exists (select 1 from order_events p
         where p.order_id = e.order_id and p.version = e.version - 1
         and p.to_state = e.from_state)",
    ),
    rule(
        "events.last",
        "orders",
        "select cast(o.id as text), 'is ' || o.state || ' in version ' || cast(o.version as text)
         || ', its history is not' from orders o
         where not exists (select 1 from order_events e where e.order_id = o.id
         and e.version = o.version and e.to_state = o.state)
         or exists (select 1 from order_events e where e.order_id = o.id and e.version > o.version)",
    ),
    rule(
        "events.time",
        "order_events",
        "select cast(e.order_id as text) || '/' || cast(e.version as text),
         'has no cause or lies before its order' from order_events e
         join orders o on o.id = e.order_id where e.cause <= 0 or e.at_ms < o.placed_ms
         or e.at_ms > o.moved_ms",
    ),
    // The engine: nothing is stuck, every lane knows its head.
    since(
        "inbox.stuck",
        "inbox",
        Before::Real,
        "select cast(id as text), 'waits since ' || cast(created_ms as text) from inbox
         where state in ('new', 'posted') and created_ms < $1",
    ),
    rule(
        "inbox.state",
        "inbox",
        "select cast(id as text), 'is ' || state || case when handled_ms is null
         then ' and not handled' else ' and handled' end from inbox
         where state not in ('new', 'posted', 'done', 'dead', 'skipped')
         or (state in ('new', 'posted')) = (handled_ms is not null)",
    ),
    rule(
        "inbox.lane",
        "inbox",
        "select cast(i.id as text), 'waits in a lane that does not exist' from inbox i
         where i.state = 'new' and not exists (select 1 from lanes l where l.lane = i.lane)",
    ),
    rule(
        "lanes.head",
        "lanes",
        "select l.lane, 'its head is not the first row that waits' from lanes l
         where coalesce(l.head, 0) <> coalesce((select min(i.id) from inbox i
         where i.lane = l.lane and i.state = 'new'), 0)",
    ),
    since(
        "outbox.stuck",
        "outbox",
        Before::Real,
        "select cast(id as text), 'is due since ' || cast(due_ms as text) from outbox
         where state = 'new' and due_ms < $1 and created_ms < $1",
    ),
    rule(
        "outbox.state",
        "outbox",
        "select cast(id as text), 'is ' || state || case when settled_ms is null
         then ' and not settled' else ' and settled' end from outbox
         where state not in ('new', 'done', 'dead', 'superseded')
         or (state = 'new') = (settled_ms is not null)",
    ),
    since(
        "timers.overdue",
        "timers",
        Before::Business,
        "select kind || '/' || name, 'is due since ' || cast(due_ms as text) from timers
         where due_ms < $1",
    ),
    // Cards of orders: `order:ID` for the customer, `work:ID` for who works it, both in the
    // order's version. `not in` a list is a look-up on both engines; a join on names is not.
    rule(
        "cards.order",
        "cards",
        "select cast(c.chat as text) || '/' || cast(c.message_id as text),
         'shows ' || c.card || ', which does not exist' from cards c
         where (c.card like 'order:%' or c.card like 'work:%') and c.card not in
         (select 'order:' || cast(id as text) from orders
         union all select 'work:' || cast(id as text) from orders)",
    ),
    rule(
        "cards.ahead",
        "cards",
        "select cast(c.chat as text) || '/' || cast(c.message_id as text),
         'shows version ' || cast(c.version as text) || ' of an order in version '
         || cast(o.version as text) from orders o join cards c
         on c.live and c.card in
         ('order:' || cast(o.id as text), 'work:' || cast(o.id as text))
         where c.version > o.version",
    ),
    since(
        "cards.behind",
        "cards",
        Before::Cause,
        "select cast(c.chat as text) || '/' || cast(c.message_id as text),
         'shows version ' || cast(c.version as text) || ' of an order in version '
         || cast(o.version as text) || ', and nothing waits to be sent'
         from orders o join cards c
         on c.live and c.card in
         ('order:' || cast(o.id as text), 'work:' || cast(o.id as text))
         where o.moved_ms > $1 and c.version < o.version and not exists
         (select 1 from outbox x where x.chat = c.chat and x.card = c.card
         and (x.state in ('new', 'dead') or x.error is not null))",
    ),
    // Links.
    rule(
        "tokens.used",
        "tokens",
        "select kind || ' made ' || cast(made_ms as text), 'used by nobody, or at no time'
         from tokens where (used_ms is null) <> (used_by is null)",
    ),
    // Companies: nobody belongs to, or orders for, one that is not there; somebody looks after each.
    rule(
        "companies.members",
        "company_members",
        "select m.company || '/' || cast(m.user_id as text), 'belongs to an unknown company'
         from company_members m where not exists
         (select 1 from companies c where c.id = m.company)",
    ),
    rule(
        "companies.requests",
        "company_requests",
        "select r.company || '/' || cast(r.user_id as text), 'asks to join an unknown company'
         from company_requests r where not exists
         (select 1 from companies c where c.id = r.company)",
    ),
    rule(
        "companies.rules",
        "company_rules",
        "select r.company || '/' || cast(r.rule as text), 'is a rule of an unknown company'
         from company_rules r where not exists
         (select 1 from companies c where c.id = r.company)",
    ),
    rule(
        "companies.admin",
        "companies",
        "select c.id, 'has members and no admin' from companies c
         where exists (select 1 from company_members m where m.company = c.id)
         and not exists (select 1 from company_members m where m.company = c.id
         and m.role = 'admin')",
    ),
    rule(
        "companies.words",
        "company_members",
        "select company || '/' || cast(user_id as text), 'is ' || role || ', limit ' || coalesce(cast(limit_minor as text), 'none')
         from company_members where role not in ('buyer', 'approver', 'admin')
         or (limit_minor is not null and (role <> 'approver' or limit_minor <= 0))",
    ),
    rule(
        "orders.company",
        "orders",
        "select cast(o.id as text), 'is for an unknown company' from orders o
         where o.company is not null and not exists
         (select 1 from companies c where c.id = o.company)",
    ),
    // Who placed it: its customer, or by hand for them a member of staff.
    rule(
        "orders.placed-by",
        "orders",
        "select cast(o.id as text), 'its history says that somebody else placed it'
         from orders o join order_events e on e.order_id = o.id and e.version = 1
         where coalesce(e.actor, 0) <> coalesce(o.placed_by, o.customer)
         or (e.role = 'customer') <> (o.placed_by is null)",
    ),
    rule(
        "orders.table",
        "orders",
        "select cast(id as text), 'has the name of a table, and no table' from orders
         where table_id is null and table_name is not null",
    ),
    // Codes of tables: the present one opens the table, none from before it was renewed does.
    rule(
        "tables.renewed",
        "tokens",
        "select 'table ' || grants || ' made ' || cast(made_ms as text),
         'opens a table whose code was renewed since'
         from tokens join table_codes c on c.table_id = tokens.grants
         where kind = 'table' and revoked_ms is null and made_ms < c.renewed_ms",
    ),
    rule(
        "tables.code",
        "table_codes",
        "select table_id, 'no code opens it' from table_codes where not exists
         (select 1 from tokens t where t.kind = 'table' and t.grants = table_codes.table_id
         and t.revoked_ms is null)",
    ),
];

/// Holds lists of states that stand in queries against the domain's.
#[cfg(test)]
pub(super) mod lists {
    use super::Rule;
    use crate::domain::orders::State;

    /// The states that fit, as a query lists them.
    fn list(fits: fn(State) -> bool) -> String {
        let words = State::ALL.iter().filter(|state| fits(**state));
        let words: Vec<String> = words.map(|state| format!("'{state}'")).collect();
        format!("({})", words.join(", "))
    }

    /// A rule, and which states it lists.
    type Listed = (&'static str, fn(State) -> bool);

    /// Each of these rules has the list of the states that fit.
    pub(in super::super) fn hold(rules: &[Rule], lists: &[Listed]) {
        for (name, fits) in lists {
            let rule = rules.iter().find(|rule| rule.name == *name).unwrap();
            let text = rule.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let states = list(*fits);
            assert!(text.contains(&states), "{name} lacks {states}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RULES, lists};
    use crate::domain::orders::State;

    #[test]
    fn lists_of_states_are_the_domains() {
        lists::hold(
            RULES,
            &[
                ("ledger.order-end", State::is_received),
                ("ledger.order-end", State::is_called_off),
                ("holds.ended-order", State::holds_stock),
                ("holds.order-lines", State::holds_stock),
                ("orders.closed", State::is_terminal),
                ("orders.payment", State::is_called_off),
                ("orders.payment", State::is_received),
            ],
        );
    }
}
