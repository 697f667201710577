//! All SQL, one file per aggregate, one text for SQLite and PostgreSQL.
//!
//! Functions take the caller's transaction; none begins or commits. Nothing here decides.

/// Why the store could not answer.
#[derive(Debug, thiserror::Error)]
#[error("query {query} failed")]
pub struct StoreError {
    /// The query's name, e.g. `inbox.record`.
    pub query: &'static str,
}
