//! All SQL, one file per aggregate, one text for SQLite and PostgreSQL.
//!
//! Functions take the caller's transaction; none begins or commits. Nothing here decides.
//!
//! Rules for a text that runs on both: `$1` placeholders; BIGINT, TEXT, BOOLEAN, BYTEA; every
//! integer an i64, every SUM cast to BIGINT; ids given by the application; `on conflict` instead
//! of a pre-check (on PostgreSQL a violated constraint ends the whole transaction); no NUL in
//! texts; every list of columns written out. Values for many rows go through `batch::Batch`. What
//! a query gives is a tuple, or a struct with a line `columns!(Struct: field, field)` after it.

pub mod absences;
pub mod alerts;
pub mod aliases;
pub mod answers;
pub mod audit;
pub mod awaited;
pub mod batch;
pub mod cards;
pub mod carts;
pub mod chats;
pub mod companies;
pub mod credit;
pub mod customer_groups;
pub mod customers;
pub mod db;
pub mod erasure;
pub mod error;
pub mod files;
pub mod folds;
pub mod gauges;
pub mod glance;
pub mod inbox;
pub mod instances;
pub mod items;
pub mod learned;
pub mod leases;
mod ledger;
mod migrate;
pub mod orders;
pub mod outbox;
pub mod places;
pub mod profiles;
mod read;
mod row;
pub mod saved;
pub mod schedules;
pub mod seal;
pub mod sessions;
pub mod settings;
pub mod shelf;
mod sqlite;
pub mod staff;
pub mod stock;
pub mod tables;
pub mod timers;
pub mod tokens;
pub mod tx;
pub mod verify;

pub use db::{Db, Engine, OpenOptions, ServerSession};
pub use error::{Kind, OpenError, StoreError};
pub use seal::{KeyError, Keys};
pub use tx::Tx;
