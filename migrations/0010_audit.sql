-- The largest total of an order, in minor units, that somebody may approve in this role; null: any.
alter table staff add column limit_minor bigint;

-- Every decision and change by a person, append-only: 1, 2, 3 … without gaps. actor: none for the
-- command line. subject: what it was done to, e.g. order/17. hash: over all columns before it, the
-- one of the entry before included (prev). digest: of what stands in body, with a salt that is
-- sealed with it. body: before, after, why, salt; null when it was erased, and the chain still holds.
create table audit (
    id      bigint primary key,
    at_ms   bigint not null,
    actor   bigint,
    role    text not null,
    act     text not null,
    subject text not null,
    cause   bigint not null,
    digest  bytea not null,
    prev    bytea not null,
    hash    bytea not null,
    body    bytea
);
create index audit_actor on audit (actor, id);
create index audit_subject on audit (subject, id);
create index audit_time on audit (at_ms, id);
