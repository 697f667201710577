-- Saved orders that are repeated on chosen days. days: a bit for each, Monday the lowest. minute: of
-- the shop's day, by which it is ordered; null: not chosen yet. auto_minor: without being asked, up
-- to this total; null: only after a yes. paused, skip_day, last_day, next_day: days as YYYYMMDD;
-- paused: on which it goes on, 0: when its owner resumes it. last_day: nothing happens on it or
-- before any more. next_ms: by when it is ordered on next_day; null: it waits for no date. body: the
-- lines left out on next_day, sealed; null: none. version rises with every change.
create table schedules (
    id         bigint primary key,
    owner      bigint not null,
    saved_id   bigint not null,
    days       bigint not null,
    minute     bigint,
    auto_minor bigint,
    paused     bigint,
    skip_day   bigint,
    last_day   bigint,
    next_day   bigint,
    next_ms    bigint,
    body       bytea,
    version    bigint not null,
    made_ms    bigint not null,
    changed_ms bigint not null,
    check ((next_day is null) = (next_ms is null))
);
create unique index schedules_saved on schedules (owner, saved_id);

-- What became of a date that its owner was asked about: one row for each day at most. told: what
-- they were told, as a digest. order_id: the order that it became, if it did.
create table schedule_runs (
    schedule_id bigint not null,
    day         bigint not null,
    owner       bigint not null,
    state       text not null,
    told        text not null,
    order_id    bigint,
    at_ms       bigint not null,
    primary key (schedule_id, day)
);
create unique index schedule_runs_order on schedule_runs (order_id) where order_id is not null;
create index schedule_runs_owner on schedule_runs (owner);
