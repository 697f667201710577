-- The processes that share this database now; on SQLite there is one, and no row.
-- files: digests of the shop's files, keys: of the keys that seal. since_ms: when these files
-- were taken, until_ms: the instance has said so far that it is there; on the database's clock.
create table instances (
    name     text primary key,
    process  text not null,
    bot      text not null,
    files    text not null,
    keys     text not null,
    since_ms bigint not null,
    until_ms bigint not null
);
