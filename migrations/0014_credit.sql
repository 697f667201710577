-- Who may order on account: a company (id c-COMPANY) or a person (p-PERSON). limit_minor: how much
-- may be used; may_exceed: more may. terms: days until what was received is due, see Terms::code.
-- zone: where its days begin. balance_minor: what is owed for what was received; below zero: paid
-- ahead. held_minor: what open orders hold. debts_minor: everything that was ever owed; less the
-- balance that is what was paid, which settles the oldest first. due_ms: when the oldest unpaid
-- debt is due. seq: the last entry of the ledger.
create table accounts (
    id            text primary key,
    company       text,
    person        bigint,
    currency      text not null,
    limit_minor   bigint not null,
    may_exceed    boolean not null,
    blocked       boolean not null,
    terms         text not null,
    zone          text not null,
    balance_minor bigint not null,
    held_minor    bigint not null check (held_minor >= 0),
    debts_minor   bigint not null,
    due_ms        bigint,
    seq           bigint not null,
    made_ms       bigint not null,
    changed_ms    bigint not null
);
create unique index accounts_company on accounts (company) where company is not null;
create unique index accounts_person on accounts (person) where person is not null;

-- Every change of an account, append-only: 1, 2, 3 … without gaps in each. amount_minor: what is
-- shown; for allocated and updated that of the limit. due_ms, debts_after: of what adds to what is
-- owed. actor: none for the system and the command line. body: comment, sealed; null: erased.
create table account_entries (
    id             bigint primary key,
    account        text not null,
    seq            bigint not null,
    op             text not null,
    amount_minor   bigint not null,
    balance_change bigint not null,
    held_change    bigint not null,
    balance_after  bigint not null,
    held_after     bigint not null,
    limit_after    bigint not null,
    debts_after    bigint not null,
    due_ms         bigint,
    order_id       bigint,
    reference      text,
    actor          bigint,
    cause          bigint not null,
    at_ms          bigint not null,
    body           bytea
);
create unique index account_entries_seq on account_entries (account, seq);
create index account_entries_time on account_entries (account, at_ms, seq);
-- The debts, for what of them is not paid yet.
create index account_entries_debts on account_entries (account, debts_after)
    where due_ms is not null;
-- What must not be booked twice, whoever tries again.
create unique index account_entries_order on account_entries (order_id, op)
    where op in ('purchased', 'reverted', 'charged');
create unique index account_entries_paid on account_entries (reference) where op = 'reimbursed';
create unique index account_entries_opened on account_entries (account) where op = 'opened';
create unique index account_entries_given on account_entries (account, op, reference)
    where op in ('refunded', 'adjusted') and reference is not null;
create index account_entries_refunds on account_entries (order_id) where op = 'refunded';

-- Changes of accounts that somebody of the staff proposed. state: open, done, rejected, withdrawn.
-- body: what, sealed. cause: the inbox row that proposed it; they rise in the order of all.
create table account_changes (
    id          bigint primary key,
    account     text not null,
    cause       bigint not null,
    state       text not null,
    proposed_by bigint not null,
    proposed_ms bigint not null,
    decided_by  bigint,
    decided_ms  bigint,
    body        bytea
);
create index account_changes_open on account_changes (account, cause) where state = 'open';

-- What a member may order for on account in a period (day, week, month); null: no bound.
alter table company_members add column budget_minor bigint;
alter table company_members add column budget_period text;

-- The account that an order is for; null: it is paid otherwise.
alter table orders add column account text;
create index orders_on_account on orders (account) where account is not null and closed_ms is null;
create index orders_account_waiting on orders (account)
    where account is not null and state = 'awaiting_approval';
create index orders_budget on orders (account, customer, placed_ms) where account is not null;
