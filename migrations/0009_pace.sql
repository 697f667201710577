-- The card whose message a row's card takes over, if that stands and shows nothing newer.
alter table outbox rename column tag to takes;
alter table outbox drop column tag_lane;

-- In the order in which copies are read: without the message SQLite went through all messages of
-- the chat instead.
drop index cards_by_name;
create index cards_by_name on cards (chat, card, message_id) where live;

-- How often a customer ordered before.
create index orders_completed on orders (customer) where state = 'completed';
