-- The request for people to decide about an order, if there ever was one. request_state: open,
-- approved, rejected, expired, withdrawn; request_version rises with every change of it;
-- request_due_ms: when it ends by itself. request: sealed: why people are asked, who, their votes,
-- what was asked of the customer and answered; null when it was erased.
alter table orders add column request_state text;
alter table orders add column request_version bigint;
alter table orders add column request_due_ms bigint;
alter table orders add column request bytea;
create index orders_requested on orders (placed_ms, id) where request_state = 'open';

-- Who of the team is away, until when, and who decides for them.
create table absences (
    user_id  bigint primary key,
    until_ms bigint not null,
    stand_in bigint,
    since_ms bigint not null
);

-- The groups of the shop's file that staff put customers in.
create table customer_groups (
    customer bigint not null,
    name     text not null,
    since_ms bigint not null,
    granter  bigint not null,
    primary key (customer, name)
);

-- How often a customer's orders came to nothing.
create index orders_undone on orders (customer)
    where state in ('cancelled', 'expired', 'failed_delivery');
