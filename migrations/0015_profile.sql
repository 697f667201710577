-- What a person lets the shop keep of them: name, phone, addresses, what they usually take, marks,
-- when they were told why. One row a person; body is sealed. version: rises by one with a change.
create table profiles (
    customer   bigint primary key,
    version    bigint not null,
    body       bytea not null,
    changed_ms bigint not null
);
