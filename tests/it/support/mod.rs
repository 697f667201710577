//! What the integration tests share.

pub mod browser;
pub mod child;
pub mod db;
pub mod engine;
pub mod playground;
pub mod probe;
pub mod source;
pub mod trade;
