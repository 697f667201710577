//! What every file of the store needs to turn columns into values and back.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::StoreError;
use super::seal::Keys;

/// Where a value stands: table, column, row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a, R> {
    pub(super) query: &'static str,
    pub(super) table: &'static str,
    pub(super) column: &'static str,
    pub(super) row: &'a R,
}

impl<R: std::fmt::Display> Cell<'_, R> {
    /// Corruption unless the column's word was understood.
    pub(super) fn known<T>(&self, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.nonsense())
    }

    /// Reads JSON.
    pub(super) fn json<T: DeserializeOwned>(&self, text: &str) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|_| self.nonsense())
    }

    /// Opens sealed JSON.
    pub(super) fn open<T: DeserializeOwned>(
        &self,
        keys: &Keys,
        sealed: &[u8],
    ) -> Result<T, StoreError> {
        let plain = keys.open(self.table, self.column, self.row, sealed)?;
        serde_json::from_slice(&plain).map_err(|_| self.nonsense())
    }

    /// Seals a value as JSON.
    pub(super) fn seal<T: Serialize>(&self, keys: &Keys, value: &T) -> Result<Vec<u8>, StoreError> {
        let plain = serde_json::to_vec(value).map_err(|_| self.nonsense())?;
        keys.seal(self.table, self.column, self.row, &plain)
    }

    fn nonsense(&self) -> StoreError {
        let Self {
            query,
            table,
            column,
            row,
        } = self;
        StoreError::corrupt(
            query,
            format!("{table}.{column} of row {row} can't be understood"),
        )
    }
}

/// JSON text of a value that always has one.
pub(super) fn to_json<T: Serialize>(query: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|_| StoreError::corrupt(query, "a value can't be written as JSON"))
}
