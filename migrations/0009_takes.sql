-- The card whose message a row's card takes over, if that stands and shows nothing newer.
alter table outbox rename column tag to takes;
alter table outbox drop column tag_lane;
