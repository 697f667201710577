//! What the integration tests share.

pub mod browser;
pub mod db;
pub mod engine;
pub mod playground;
pub mod source;
pub mod trade;
