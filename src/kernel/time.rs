//! Points in time and spans, in milliseconds. The clock itself lives in `runtime`.

use serde::{Deserialize, Serialize};

/// A span in milliseconds.
pub type Millis = i64;

/// One second, in [`Millis`].
pub const SECOND: Millis = 1_000;
/// One minute, in [`Millis`].
pub const MINUTE: Millis = 60 * SECOND;
/// One hour, in [`Millis`].
pub const HOUR: Millis = 60 * MINUTE;
/// Twenty-four hours, in [`Millis`]; a calendar day may be shorter or longer.
pub const DAY: Millis = 24 * HOUR;

/// A point in time: milliseconds since 1970-01-01 UTC.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Milliseconds since the epoch, as the store keeps it.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// This point moved by `span`; stays at the ends of the range instead of overflowing.
    pub fn plus(self, span: Millis) -> Self {
        Self(self.0.saturating_add(span))
    }

    /// Milliseconds from `earlier` to this point; negative if it lies before.
    pub fn since(self, earlier: Self) -> Millis {
        self.0.saturating_sub(earlier.0)
    }
}
