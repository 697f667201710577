//! The buttons of the record of what was done, in the grammar of [`Route`](super::Route).

use crate::kernel::CustomerId;

/// A page of the record, 0-based, the newest entries first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditAct {
    /// Of all.
    All(usize),
    /// About orders of a number.
    Order(i64, usize),
    /// Of a day, `2026-11-25`.
    Day(String, usize),
    /// About a person.
    Person(CustomerId, usize),
}

impl AuditAct {
    pub(super) fn path(&self) -> String {
        match self {
            Self::All(page) => format!("ua.{page}"),
            Self::Order(number, page) => format!("uo.{number}.{page}"),
            Self::Day(day, page) => format!("ud.{day}.{page}"),
            Self::Person(who, page) => format!("up.{who}.{page}"),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["ua", page] => Self::All(page.parse().ok()?),
            ["uo", number, page] => Self::Order(number.parse().ok()?, page.parse().ok()?),
            ["ud", day, page] => Self::Day((*day).into(), page.parse().ok()?),
            ["up", who, page] => Self::Person(CustomerId(who.parse().ok()?), page.parse().ok()?),
            _ => return None,
        })
    }

    /// The page.
    pub fn page(&self) -> usize {
        match self {
            Self::All(page) | Self::Order(_, page) | Self::Day(_, page) | Self::Person(_, page) => {
                *page
            }
        }
    }

    /// The same at another page.
    pub fn at(&self, page: usize) -> Self {
        match self {
            Self::All(_) => Self::All(page),
            Self::Order(number, _) => Self::Order(*number, page),
            Self::Day(day, _) => Self::Day(day.clone(), page),
            Self::Person(who, _) => Self::Person(*who, page),
        }
    }
}
