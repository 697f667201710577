-- People whose data are being erased, until that is done; one row a person, gone at its end.
-- stand_in: who stands in the place of the person in what stays; nobody. stage: what is done next;
-- after_id, after_lane: how far it has come; until_id: how far it goes. own_until: the last inbox
-- row that was the person's when it began. tries: how often it has waited for the same. body:
-- sealed: the words to look for where others' messages may name the person.
create table erasures (
    id         bigint primary key,
    person     bigint not null,
    stand_in   bigint not null,
    locale     text not null,
    stage      text not null,
    after_id   bigint not null,
    after_lane text not null,
    until_id   bigint not null,
    own_until  bigint not null,
    tries      bigint not null,
    begun_ms   bigint not null,
    body       bytea not null
);
create unique index erasures_person on erasures (person);
