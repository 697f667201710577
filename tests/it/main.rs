//! The integration tests: one binary, a module per topic.

mod architecture;
mod documents;
mod support;
