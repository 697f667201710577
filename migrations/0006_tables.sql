-- The codes of tables. The token in a table's link is a keyed hash of shop, table and generation,
-- so that it can be printed again; `tokens` holds its digest. renewed_ms: when the code before
-- this one was taken back.
create table table_codes (
    table_id   text primary key,
    generation bigint not null,
    renewed_ms bigint
);

-- The table an order is brought to: its id, and its name as JSON by language if it has one.
alter table orders add column table_id text;
alter table orders add column table_name text;

create index tokens_grants on tokens (kind, grants);
