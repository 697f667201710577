//! Buttons about what was learned from customers' words, in the grammar of [`Route`](super::Route):
//! other names of items for the merchant, their own words for customers.

/// What a button about learned words asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LearnAct {
    /// One page of the names that were proposed or accepted, 0-based.
    List(usize),
    /// One of them.
    Open(i64),
    /// Takes a proposal.
    Accept(i64),
    /// Says no to it.
    Decline(i64),
    /// Removes a name that was accepted.
    Remove(i64),
    /// One page of the presser's own words.
    Mine(usize),
    /// Forgets one of them.
    Forget(i64),
    /// Forgets them all.
    ForgetAll,
}

impl LearnAct {
    pub(super) fn path(self) -> String {
        match self {
            Self::List(page) => format!("Ll.{page}"),
            Self::Open(id) => format!("Lo.{id}"),
            Self::Accept(id) => format!("La.{id}"),
            Self::Decline(id) => format!("Ld.{id}"),
            Self::Remove(id) => format!("Lx.{id}"),
            Self::Mine(page) => format!("Lm.{page}"),
            Self::Forget(id) => format!("Lf.{id}"),
            Self::ForgetAll => "LF".into(),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["Ll", page] => Self::List(page.parse().ok()?),
            ["Lo", id] => Self::Open(id.parse().ok()?),
            ["La", id] => Self::Accept(id.parse().ok()?),
            ["Ld", id] => Self::Decline(id.parse().ok()?),
            ["Lx", id] => Self::Remove(id.parse().ok()?),
            ["Lm", page] => Self::Mine(page.parse().ok()?),
            ["Lf", id] => Self::Forget(id.parse().ok()?),
            ["LF"] => Self::ForgetAll,
            _ => return None,
        })
    }

    /// Whether it stands on a card of its own, not on the living message.
    pub fn is_apart(self) -> bool {
        matches!(self, Self::Accept(_) | Self::Decline(_))
    }
}
