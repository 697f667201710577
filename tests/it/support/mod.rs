//! What the integration tests share.

pub mod account;
pub mod accounts;
pub mod bot;
pub mod browser;
pub mod chance;
pub mod child;
pub mod crowd;
pub mod db;
pub mod engine;
pub mod files;
pub mod menu;
pub mod playground;
pub mod port;
pub mod probe;
pub mod race;
pub mod record;
pub mod repeats;
pub mod scene;
pub mod screen;
pub mod script;
pub mod source;
pub mod stage;
pub mod table;
pub mod trade;
