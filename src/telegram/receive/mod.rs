//! How updates reach us.

pub mod polling;
pub mod webhook;
