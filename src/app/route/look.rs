//! The buttons of lists of orders for staff, in the grammar of [`Route`](super::Route).
//!
//! Words that were looked for may be somebody's name: they stay in the session, never here.

/// A page of a list, 0-based.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookAct {
    /// The open orders.
    Queue(usize),
    /// Orders of a number.
    Number(i64, usize),
    /// Orders of a business day, `2026-11-25`.
    Day(String, usize),
    /// Orders with the words that the session keeps.
    Words(usize),
}

impl LookAct {
    pub(super) fn path(&self) -> String {
        match self {
            Self::Queue(page) => format!("q.{page}"),
            Self::Number(number, page) => format!("qn.{number}.{page}"),
            Self::Day(day, page) => format!("qd.{day}.{page}"),
            Self::Words(page) => format!("qw.{page}"),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["q", page] => Self::Queue(page.parse().ok()?),
            ["qn", number, page] => Self::Number(number.parse().ok()?, page.parse().ok()?),
            ["qd", day, page] => Self::Day((*day).into(), page.parse().ok()?),
            ["qw", page] => Self::Words(page.parse().ok()?),
            _ => return None,
        })
    }

    /// The page.
    pub fn page(&self) -> usize {
        match self {
            Self::Queue(page) | Self::Number(_, page) | Self::Day(_, page) | Self::Words(page) => {
                *page
            }
        }
    }

    /// The same list at another page.
    pub fn at(&self, page: usize) -> Self {
        match self {
            Self::Queue(_) => Self::Queue(page),
            Self::Number(number, _) => Self::Number(*number, page),
            Self::Day(day, _) => Self::Day(day.clone(), page),
            Self::Words(_) => Self::Words(page),
        }
    }
}
