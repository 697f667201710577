//! How updates reach us.

pub mod polling;
