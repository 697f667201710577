//! Buttons about orders taken for customers, in the grammar of callback data: `f…`.

use crate::kernel::CustomerId;

/// What a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByHandAct {
    /// Asks for whom the order is.
    Ask,
    /// Orders for this customer.
    For(CustomerId),
    /// Writes the person down whose name was typed, and orders for them.
    New,
    /// Stops ordering for somebody else.
    Stop,
}

impl ByHandAct {
    pub(super) fn path(self) -> String {
        match self {
            Self::Ask => "f".into(),
            Self::For(who) => format!("ff.{who}"),
            Self::New => "fn".into(),
            Self::Stop => "fx".into(),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["f"] => Self::Ask,
            ["ff", who] => Self::For(CustomerId(who.parse().ok()?)),
            ["fn"] => Self::New,
            ["fx"] => Self::Stop,
            _ => return None,
        })
    }
}
