-- Why staff changed a level: an id of the shop's list of reasons. Null for what was not staff's.
alter table stock_ledger add column why text;

-- Orders are found again by number, and the newest of all are looked through for a name.
create index orders_number on orders (number, placed_ms);
create index orders_placed on orders (placed_ms, id);

-- Orders that came to a group faster than it may be written to: they stand in its list until
-- somebody opens their card.
create table folded (
    order_id bigint primary key references orders (id),
    chat     bigint not null,
    since_ms bigint not null
);
create index folded_chat on folded (chat, order_id);

-- The list of a group. version rises with every change of it; fresh_ms: when it was last sent
-- anew, so that it rings for those who wait, but not for each of them.
create table fold_lists (
    chat     bigint primary key,
    version  bigint not null,
    fresh_ms bigint not null
);
