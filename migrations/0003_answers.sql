-- What a customer answered last, offered again by the next order: sealed JSON by step id.
create table customer_answers (
    customer   bigint primary key,
    body       bytea not null,
    changed_ms bigint not null
);

-- Every chat that shows an order's card is edited when the order moves.
create index cards_everywhere on cards (card) where live;
