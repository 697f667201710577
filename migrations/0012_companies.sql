-- Companies that order here. personal: sealed JSON of its name, delivery addresses and values for
-- the shop's custom fields; null: erased. version rises with every change of the company, its
-- members and its rules, so that two people who change it at once are noticed.
create table companies (
    id         text primary key,
    personal   bytea,
    active     boolean not null,
    version    bigint not null,
    made_by    bigint not null,
    made_ms    bigint not null,
    changed_ms bigint not null
);

-- Who orders for a company, and in which role. let_in_by: who let them in; null: they came by the
-- shop's own link. limit_minor: an approver's authority; null: none.
create table company_members (
    company     text not null,
    user_id     bigint not null,
    role        text not null,
    since_ms    bigint not null,
    let_in_by   bigint,
    limit_minor bigint,
    primary key (company, user_id)
);
create index company_members_user on company_members (user_id, company);

-- Who opened a company's link and waits for one of its admins. asked_by: who made the link.
create table company_requests (
    company  text not null,
    user_id  bigint not null,
    role     text not null,
    asked_by bigint,
    asked_ms bigint not null,
    primary key (company, user_id)
);

-- A company's own rules: orders above an amount need its approvers or admins. who: approver or
-- admin; quorum: any, all, or how many.
create table company_rules (
    company     text not null,
    rule        bigint not null,
    above_minor bigint not null,
    who         text not null,
    quorum      text not null,
    made_by     bigint not null,
    made_ms     bigint not null,
    primary key (company, rule)
);

-- The company that an order is for; its name as it was lies in the order's sealed column.
alter table orders add column company text;
create index orders_company on orders (company, placed_ms, id) where company is not null;
create index orders_company_customer on orders (company, customer, placed_ms)
    where company is not null;
