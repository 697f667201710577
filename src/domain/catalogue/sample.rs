//! A small catalogue for tests.
