//! Tables that guests sit at, and how long a scanned code keeps a guest there.
//!
//! Business decisions: a photo of a table's code must not order for ever, and a waiter who is
//! called once comes once. Nothing here knows links, tokens or chats.

use serde::{Deserialize, Serialize};

use crate::kernel::time::{HOUR, MINUTE};
use crate::kernel::{Localised, Millis, TableId, Timestamp};

/// So long after its code was scanned a guest is at a table; then it must be scanned again.
pub const SEATED: Millis = 3 * HOUR;

/// A guest calls a waiter at most so often.
pub const CALL_EVERY: Millis = MINUTE;

/// A table of the shop: as it is called now, or as it was when an order was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its id, unique in the shop.
    pub id: TableId,
    /// What it is called; without a name, by its id.
    pub name: Option<Localised>,
}

/// Whether a guest who scanned a code at `since` has left the table by `now`.
pub fn has_left(since: Timestamp, now: Timestamp) -> bool {
    now.since(since) >= SEATED
}

/// Whether a waiter may be called at `now`; `last` is the guest's last call, if there was one. A
/// clock that was set back does not silence the guest.
pub fn may_call(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| now.since(last).abs() >= CALL_EVERY)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn a_guest_is_at_the_table_for_three_hours() {
        for (after, left) in [
            (0, false),
            (SEATED - 1, false),
            (SEATED, true),
            (10 * SEATED, true),
            (-1, false),
        ] {
            assert_eq!(has_left(NOON, NOON.plus(after)), left, "after {after} ms");
        }
    }

    #[test]
    fn a_waiter_is_called_once_a_minute() {
        assert!(may_call(None, NOON));
        for (after, may) in [
            (0, false),
            (CALL_EVERY - 1, false),
            (CALL_EVERY, true),
            (-CALL_EVERY, true),
        ] {
            assert_eq!(
                may_call(Some(NOON), NOON.plus(after)),
                may,
                "after {after} ms"
            );
        }
    }
}
