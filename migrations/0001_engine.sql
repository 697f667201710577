-- Tables of the engine: what came in, what goes out, and what both need to know.
-- Times are milliseconds since 1970. Columns named body hold sealed values.

create table meta (
    name  text primary key,
    value bytea not null
);

-- What came in. Rows of one lane are handled in the order of id. kind: update, internal,
-- too_fast. state: posted (not yet in its lane), new, done, dead, skipped. attempts: panics and
-- time-outs; starts: how often a starting process took it from its backlog.
create table inbox (
    id         bigint primary key,
    update_id  bigint unique,
    lane       text not null,
    kind       text not null,
    state      text not null,
    attempts   bigint not null,
    starts     bigint not null,
    body       bytea,
    digest     bytea not null,
    cause      bigint,
    created_ms bigint not null,
    handled_ms bigint,
    error      text
);
create index inbox_waiting on inbox (lane, id) where state = 'new';
create index inbox_posted on inbox (id) where state = 'posted';
create index inbox_dead on inbox (id) where state = 'dead';
create index inbox_bodies on inbox (handled_ms) where body is not null and handled_ms is not null;
create index inbox_old on inbox (handled_ms) where handled_ms is not null;

-- A lane is a session: its queue's head (the lowest id in state new), and what it remembers.
create table lanes (
    lane            text primary key,
    head            bigint,
    due_ms          bigint not null,
    waiting         bigint not null,
    session_version bigint not null default 0,
    session         bytea,
    session_ms      bigint
);
create index lanes_due on lanes (due_ms) where head is not null;

-- What goes out, in the order of id within a chat. state: new, done, dead, superseded.
create table outbox (
    id         bigint primary key,
    chat       bigint not null,
    card       text,
    version    bigint not null,
    hasty      boolean not null,
    adopt      bigint,
    tag        text,
    tag_lane   text,
    state      text not null,
    attempts   bigint not null,
    due_ms     bigint not null,
    body       bytea,
    digest     bytea not null,
    cause      bigint,
    message_id bigint,
    created_ms bigint not null,
    settled_ms bigint,
    error      text
);
create index outbox_new on outbox (id) where state = 'new';
create index outbox_dead on outbox (id) where state = 'dead';
create index outbox_card on outbox (chat, card) where state = 'new' and card is not null;
create index outbox_bodies on outbox (settled_ms) where body is not null and settled_ms is not null;
create index outbox_old on outbox (settled_ms) where settled_ms is not null;

-- Which messages show a card. An empty card name: a message of its own that has buttons.
-- live: it still shows the card; otherwise it lost its buttons to a newer copy.
create table cards (
    chat       bigint not null,
    card       text not null,
    message_id bigint not null,
    version    bigint not null,
    photo      boolean not null,
    live       boolean not null,
    sent_ms    bigint not null,
    primary key (chat, message_id)
);
create index cards_by_name on cards (chat, card) where live;

-- Files that Telegram knows already.
create table files (
    sha256  bytea primary key,
    file_id text not null,
    sent_ms bigint not null
);

create table timers (
    kind   text not null,
    name   text not null,
    due_ms bigint not null,
    lane   text not null,
    primary key (kind, name)
);
create index timers_due on timers (due_ms);

create table leases (
    name     text primary key,
    holder   text not null,
    until_ms bigint not null
);
