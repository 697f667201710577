-- How an order reaches its customer: pickup, dine_in, delivery. All before were fetched.
alter table orders add column fulfilment text not null default 'pickup';
