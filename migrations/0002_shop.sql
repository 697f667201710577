-- Tables of the shop: what it sells, has, promised and owes. Times are milliseconds since 1970.
-- Personal data stand only in columns of type bytea, sealed for table, column and row.

-- Items ever seen in the shop's files. archived_ms: gone from them; never deleted.
create table items (
    id          text primary key,
    first_ms    bigint not null,
    archived_ms bigint
);

-- Counted items only, in base units. available = on_hand - held.
create table stock (
    item_id text primary key references items (id),
    on_hand bigint not null,
    held    bigint not null,
    constraint stock_bounds check (held >= 0 and held <= on_hand)
);

-- Every change of a level, append-only. claim: the cart whose hold it is, also after the cart
-- became an order. reason: opening, hold, release, fulfil, adjust.
create table stock_ledger (
    id             bigint primary key,
    item_id        text not null references stock (item_id),
    on_hand_change bigint not null,
    held_change    bigint not null,
    reason         text not null,
    claim          bigint,
    order_id       bigint,
    actor          bigint,
    cause          bigint not null,
    at_ms          bigint not null
);
create index stock_ledger_item on stock_ledger (item_id, id);
create index stock_ledger_claim on stock_ledger (claim, item_id);
create unique index stock_ledger_once on stock_ledger (order_id, item_id, reason) where order_id is not null;

-- What is off the menu for now. subject: item/ID or choice/GROUP/CHOICE.
create table sold_out (
    subject  text primary key,
    since_ms bigint not null,
    until_ms bigint,
    actor    bigint
);

-- Orders being put together. order_id: what it became; then the body is gone.
create table carts (
    id         bigint primary key,
    customer   bigint not null,
    flow       text not null,
    version    bigint not null,
    body       bytea,
    order_id   bigint,
    updated_ms bigint not null
);
create index carts_customer on carts (customer, updated_ms);

-- Live promises. A cart at review holds until expires_ms; an order until it ends.
create table holds (
    claim      bigint not null references carts (id),
    item_id    text not null references stock (item_id),
    quantity   bigint not null,
    order_id   bigint,
    expires_ms bigint,
    primary key (claim, item_id),
    constraint holds_positive check (quantity > 0)
);
create index holds_item on holds (item_id);
create index holds_order on holds (order_id) where order_id is not null;
create index holds_expiring on holds (expires_ms) where expires_ms is not null;

-- The last order number given on a business day.
create table day_counters (
    day  text primary key,
    last bigint not null
);

create table orders (
    id             bigint primary key,
    day            text not null,
    number         bigint not null,
    customer       bigint not null,
    flow           text not null,
    chat           bigint not null,
    cart_id        bigint not null unique references carts (id),
    state          text not null,
    payment        text not null,
    delivery       text not null,
    approval       text not null,
    version        bigint not null,
    cancel_asked   boolean not null,
    reason         text,
    receipt        text not null,
    currency       text not null,
    subtotal_minor bigint not null,
    total_minor    bigint not null,
    personal       bytea,
    ready_ms       bigint,
    cause          bigint not null,
    placed_ms      bigint not null,
    moved_ms       bigint not null,
    closed_ms      bigint,
    unique (day, number)
);
create index orders_customer on orders (customer, placed_ms);
create index orders_open on orders (placed_ms) where closed_ms is null;

-- counted: stock is taken for it; until the order ends or is handed over, holds say so too.
create table order_lines (
    order_id     bigint not null references orders (id),
    line         bigint not null,
    item_id      text not null,
    variant      text,
    quantity     bigint not null,
    counted      boolean not null,
    amount_minor bigint not null,
    body         text not null,
    primary key (order_id, line)
);

-- One row per move; version is the order's since then. from_state: none for being placed.
create table order_events (
    order_id   bigint not null references orders (id),
    version    bigint not null,
    event      text,
    from_state text,
    to_state   text not null,
    role       text not null,
    actor      bigint,
    reason     text,
    rule       text,
    cause      bigint not null,
    at_ms      bigint not null,
    primary key (order_id, version)
);

create table customers (
    id           bigint primary key,
    name         bytea,
    phone        bytea,
    phone_digest bytea,
    locale       text not null,
    reachable    boolean not null,
    first_ms     bigint not null,
    seen_ms      bigint not null
);
create index customers_phone on customers (phone_digest) where phone_digest is not null;

create table staff (
    user_id  bigint not null,
    role     text not null,
    since_ms bigint not null,
    granter  bigint,
    primary key (user_id, role)
);

-- What a group is for: one chat per purpose.
create table chats (
    purpose  text primary key,
    chat     bigint not null,
    topic    bigint,
    locale   text not null,
    title    bytea,
    since_ms bigint not null
);
create index chats_chat on chats (chat);

-- Links that give something; only a hash of the token is kept. kind: owner, invite, table.
create table tokens (
    digest     bytea primary key,
    kind       text not null,
    grants     text not null,
    single_use boolean not null,
    made_by    bigint,
    made_ms    bigint not null,
    expires_ms bigint,
    used_ms    bigint,
    used_by    bigint,
    revoked_ms bigint
);

create table settings (
    name       text primary key,
    value      text not null,
    changed_ms bigint not null
);
