//! The integration tests: one binary, a module per topic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking; clippy knows only functions marked as tests"
)]

mod access;
mod access_companies;
mod alerts;
mod approvals;
mod approvals_life;
mod architecture;
mod audit;
mod cli;
mod conversations;
mod credit_cost;
mod credit_days;
mod credit_import;
mod credit_life;
mod credit_members;
mod credit_staff;
mod documents;
mod emulator;
mod engine;
mod engine_faults;
mod engine_files;
mod engine_inline;
mod erasure;
mod florist;
mod handbook;
mod instances;
mod kill;
mod largest;
mod migrations;
mod monitor;
mod packs;
mod page;
mod page_again;
mod page_inline;
mod page_order;
mod page_packs;
mod parse;
mod races;
mod races_approvals;
mod races_credit;
mod races_learned;
mod races_roles;
mod races_schedules;
mod rush;
mod statements;
mod store_again;
mod store_amend;
mod store_companies;
mod store_credit;
mod store_credit_reads;
mod store_inbox;
mod store_learned;
mod store_profiles;
mod store_schedules;
mod store_shop;
mod support;
mod tables;
mod understanding;
mod understanding_bounds;
mod understanding_cart;
mod understanding_menus;
mod understanding_parts;
mod understanding_words;
mod verify;
mod verify_credit;
mod verify_learned;
mod verify_schedules;
mod webhook;
