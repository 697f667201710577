-- Orders that customers keep to order them again. company: whose members may use it too; null: the
-- owner alone. name and body (lines, flow, answers; never a price) are sealed. usual: the one that
-- the owner's first screen offers. place: in which order its owner made theirs, which the clock does
-- not say for sure. version rises with every change.
create table saved_orders (
    id         bigint primary key,
    owner      bigint not null,
    company    text,
    name       bytea not null,
    body       bytea not null,
    usual      boolean not null,
    place      bigint not null,
    version    bigint not null,
    made_ms    bigint not null,
    changed_ms bigint not null
);
create index saved_orders_owner on saved_orders (owner, place);
create index saved_orders_company on saved_orders (company, id) where company is not null;

-- Who wants to be told once when an item can be had again, and how much of it, in base units.
create table awaited (
    item_id  text not null,
    customer bigint not null,
    quantity bigint not null,
    since_ms bigint not null,
    primary key (item_id, customer)
);
create index awaited_customer on awaited (customer, since_ms);
create index awaited_turn on awaited (item_id, since_ms, customer);
