//! Business decisions: synchronous, pure, values in and values or refusals out.
//!
//! A module uses lower levels only: `catalogue`, `companies`, `customers`, `learned`, `pauses` and `traces` (1), `stock` and `credit` (2), `cart` and
//! `tables` (3), `contents` and `quick` (4), `saved`, `schedules` and `approvals` (5), `orders` (6).
//! Nothing here awaits, reads a clock, draws a random number or knows a chat.

pub mod approvals;
pub mod cart;
pub mod catalogue;
pub mod companies;
pub mod contents;
pub mod credit;
pub mod customers;
pub mod learned;
pub mod orders;
pub mod pauses;
pub mod quick;
pub mod saved;
pub mod schedules;
pub mod stock;
pub mod tables;
pub mod traces;
