-- The member of staff who placed an order by hand for its customer; null: the customer did.
alter table orders add column placed_by bigint;
