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
mod documents;
mod emulator;
mod engine;
mod engine_faults;
mod florist;
mod handbook;
mod instances;
mod kill;
mod migrations;
mod monitor;
mod packs;
mod page;
mod page_order;
mod page_packs;
mod races;
mod races_approvals;
mod races_roles;
mod rush;
mod store_amend;
mod store_companies;
mod store_inbox;
mod store_shop;
mod support;
mod tables;
mod verify;
mod webhook;
