-- Which messages a customer wants, and when silently: 'important 22:00-07:00'; null: not chosen.
alter table customers add column pushes text;

-- What the owner was alerted of, by what it is about, e.g. stock/green. told_ms: when somebody was
-- told last; until_ms: when it was over.
create table alerts (
    name     text primary key,
    since_ms bigint not null,
    told_ms  bigint,
    until_ms bigint
);
