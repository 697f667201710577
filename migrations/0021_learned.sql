-- What customers mean by their words, learned from what they chose where the shop had to guess; one
-- row a customer and phrase. digest: keyed hash of the phrase, by which the same words of others are
-- found; phrase is sealed. used_ms: when it was last chosen: the one unused longest makes room.
create table learned (
    id       bigint primary key,
    customer bigint not null,
    digest   bytea not null,
    item_id  text not null,
    phrase   bytea not null,
    used_ms  bigint not null
);
create unique index learned_customer on learned (customer, digest);
create index learned_digest on learned (digest, item_id);

-- Phrases that enough customers mean the same item by, proposed to the merchant as another name of
-- it; one row a pair, which stays, so that nothing is proposed twice. state: open, accepted,
-- declined, removed (was accepted). people: how many they were then. The setting `aliases` names
-- the last change of what is accepted.
create table aliases (
    id          bigint primary key,
    digest      bytea not null,
    item_id     text not null,
    phrase      bytea not null,
    people      bigint not null,
    state       text not null,
    proposed_ms bigint not null,
    decided_by  bigint,
    decided_ms  bigint
);
create unique index aliases_pair on aliases (digest, item_id);
create index aliases_state on aliases (state, proposed_ms);
