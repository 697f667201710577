//! Checks of orders on account: the ledger adds up to the account, and each order's claim on it is
//! made once and ended once.
//!
//! Queries alone; each groups what it compares, so that a ledger of any length is read once.

use super::rules::{Rule, rule};

pub(super) const RULES: &[Rule] = &[
    // Whose they are.
    rule(
        "accounts.owner",
        "accounts",
        "select a.id, 'is not that of the company or person that it names' from accounts a
         where (a.company is null) = (a.person is null)
         or a.id <> coalesce('c-' || a.company, 'p-' || cast(a.person as text))
         or (a.company is not null and not exists
         (select 1 from companies c where c.id = a.company))",
    ),
    rule(
        "orders.account",
        "orders",
        "select cast(o.id as text), 'is on an unknown account, or on that of somebody else'
         from orders o left join accounts a on a.id = o.account
         where o.account is not null and (a.id is null
         or a.id <> coalesce('c-' || o.company, 'p-' || cast(o.customer as text)))",
    ),
    rule(
        "companies.budget",
        "company_members",
        "select company || '/' || cast(user_id as text), 'has a budget of nothing known'
         from company_members where (budget_minor is null) <> (budget_period is null)
         or budget_minor < 0 or budget_period not in ('day', 'week', 'month')",
    ),
    // The ledger and the account tell the same story.
    rule(
        "credit.account",
        "account_entries",
        "select e.account || '/' || cast(e.seq as text), 'is of an unknown account'
         from account_entries e where not exists (select 1 from accounts a where a.id = e.account)",
    ),
    rule(
        "credit.seq",
        "accounts",
        "select a.id, 'is at ' || cast(a.seq as text) || ', its ledger has '
         || cast(count(e.id) as text) || ' entries up to ' || cast(coalesce(max(e.seq), 0) as text)
         from accounts a left join account_entries e on e.account = a.id group by a.id, a.seq
         having count(e.id) <> a.seq or max(e.seq) <> a.seq or min(e.seq) <> 1",
    ),
    rule(
        "credit.chain",
        "account_entries",
        "select e.account || '/' || cast(e.seq as text), 'does not follow from the entry before'
         from account_entries e left join account_entries p
         on p.account = e.account and p.seq = e.seq - 1
         where e.balance_after <> coalesce(p.balance_after, 0) + e.balance_change
         or e.held_after <> coalesce(p.held_after, 0) + e.held_change
         or e.debts_after <> coalesce(p.debts_after, 0)
            + case when e.balance_change > 0 then e.balance_change else 0 end
         or e.limit_after <> coalesce(p.limit_after, 0)
            + case when e.op in ('allocated', 'updated') then e.amount_minor else 0 end",
    ),
    rule(
        "credit.last",
        "accounts",
        "select a.id, 'differs from the last entry of its ledger' from accounts a
         left join account_entries e on e.account = a.id and e.seq = a.seq
         where e.id is null or e.balance_after <> a.balance_minor or e.held_after <> a.held_minor
         or e.limit_after <> a.limit_minor or e.debts_after <> a.debts_minor",
    ),
    rule(
        "credit.op",
        "account_entries",
        "select account || '/' || cast(seq as text), 'is ' || op || ', which its changes do not fit'
         from account_entries where (balance_change > 0) <> (due_ms is not null) or not (
            (op = 'allocated' and seq = 1 and balance_change = 0 and held_change = 0)
         or (op = 'updated' and seq > 1 and balance_change = 0 and held_change = 0)
         or (op in ('purchased', 'amended', 'reverted') and order_id is not null
            and balance_change = 0 and held_change = amount_minor
            and (op <> 'purchased' or held_change >= 0)
            and (op <> 'reverted' or held_change <= 0))
         or (op = 'charged' and order_id is not null and balance_change = amount_minor
            and held_change = -amount_minor and amount_minor >= 0)
         or (op = 'reimbursed' and reference is not null and held_change = 0
            and balance_change = amount_minor)
         or (op = 'refunded' and order_id is not null and held_change = 0
            and balance_change = amount_minor and amount_minor < 0)
         or (op in ('opened', 'adjusted') and held_change = 0
            and balance_change = amount_minor))",
    ),
    rule(
        "credit.due",
        "accounts",
        "select a.id, 'owes ' || cast(a.balance_minor as text) || ', which is due at '
         || coalesce(cast(a.due_ms as text), 'no time') from accounts a
         where coalesce(a.due_ms, -1) <> coalesce((select min(e.due_ms) from account_entries e
         where e.account = a.id and e.due_ms is not null
         and e.debts_after > a.debts_minor - a.balance_minor), -1)",
    ),
    // Orders: what is held is held for them, and each claim ends once.
    rule(
        "credit.held",
        "accounts",
        "select id, 'holds ' || cast(sum(change) as text) || ' more than its open orders come to'
         from (select id, held_minor as change from accounts
               union all select account, -total_minor from orders
               where account is not null and state in
               ('placed', 'awaiting_approval', 'confirmed', 'preparing', 'ready', 'out_for_delivery'))
               as claims
         group by id having sum(change) <> 0",
    ),
    rule(
        "credit.claim",
        "account_entries",
        "select cast(order_id as text) || '/' || account,
         'by the ledger ' || cast(sum(change) as text) || ' more held than the order comes to'
         from (select order_id, account, held_change as change from account_entries
               where order_id is not null
               union all select id, account, -total_minor from orders
               where account is not null and state in
               ('placed', 'awaiting_approval', 'confirmed', 'preparing', 'ready', 'out_for_delivery'))
               as claims
         group by order_id, account having sum(change) <> 0",
    ),
    rule(
        "credit.begun",
        "account_entries",
        "select cast(order_id as text) || '/' || account,
         case when sum(purchased) > 1 then 'is booked more than once' else 'was never booked' end
         from (select order_id, account, 1 as booked, 0 as wanted,
                      case op when 'purchased' then 1 else 0 end as purchased
               from account_entries where op in ('purchased', 'amended')
               union all select id, account, 0, 1, 0 from orders
               where account is not null and total_minor <> 0) as claims
         group by order_id, account having max(wanted) > max(booked) or sum(purchased) > 1",
    ),
    rule(
        "credit.charged",
        "account_entries",
        "select cast(order_id as text) || '/' || account, 'was charged ' || cast(sum(times) as text)
         || ' times more than received, ' || cast(sum(change) as text) || ' more than it comes to'
         from (select order_id, account, balance_change as change, 1 as times
               from account_entries where op = 'charged'
               union all select id, account, -total_minor, -1 from orders
               where account is not null and state in
               ('picked_up', 'served', 'delivered', 'completed')) as charges
         group by order_id, account having sum(change) <> 0 or sum(times) <> 0",
    ),
    rule(
        "credit.reverted",
        "account_entries",
        "select cast(order_id as text) || '/' || account, 'was given back '
         || cast(sum(times) as text) || ' times more than called off'
         from (select order_id, account, 1 as times from account_entries where op = 'reverted'
               union all select id, account, -1 from orders
               where account is not null and total_minor <> 0 and state in
               ('rejected', 'cancelled', 'expired', 'failed_delivery')) as ends
         group by order_id, account having sum(times) <> 0",
    ),
    rule(
        "credit.refunds",
        "account_entries",
        "select coalesce(cast(e.order_id as text), 'none'), 'of ' || coalesce(cast(o.total_minor as text), 'nothing')
         || ' was refunded ' || cast(-sum(e.balance_change) as text)
         from account_entries e left join orders o on o.id = e.order_id and o.account = e.account
         where e.op = 'refunded' group by e.order_id, o.total_minor
         having coalesce(o.total_minor, 0) < -sum(e.balance_change)",
    ),
    rule(
        "credit.currency",
        "account_entries",
        "select e.account || '/' || cast(e.seq as text), 'is in ' || a.currency
         || ', its order in ' || o.currency
         from account_entries e join orders o on o.id = e.order_id
         join accounts a on a.id = e.account where o.currency <> a.currency",
    ),
    rule(
        "credit.changes",
        "account_changes",
        "select cast(id as text), 'is ' || state || ', decided by '
         || coalesce(cast(decided_by as text), 'nobody') || ' at '
         || coalesce(cast(decided_ms as text), 'no time') from account_changes
         where state not in ('open', 'done', 'rejected', 'withdrawn')
         or (state = 'open') <> (decided_by is null) or (state = 'open') <> (decided_ms is null)
         or (state = 'open' and body is null)",
    ),
];

#[cfg(test)]
mod tests {
    use super::RULES;
    use crate::domain::orders::State;
    use crate::store::verify::rules::lists;

    #[test]
    fn lists_of_states_are_the_domains() {
        lists::hold(
            RULES,
            &[
                ("credit.held", State::holds_stock),
                ("credit.claim", State::holds_stock),
                ("credit.charged", State::is_received),
                ("credit.reverted", State::is_called_off),
            ],
        );
    }
}
