//! The buttons of the stock's screens, in the grammar of [`Route`](super::Route).

/// What a button of the stock asks for. Items, groups and choices go by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StockAct {
    /// One page of all items, 0-based.
    List(usize),
    /// An item's card.
    Item(String),
    /// More or less in the change being put together, in base units.
    Nudge(i64),
    /// Carries the change out for a reason of the shop's list.
    Book(String),
    /// Throws the change away.
    Discard,
    /// Off the menu for the rest of the day.
    Today,
    /// Asks until when an item is off the menu.
    Until(String),
    /// Off the menu until put back.
    Off,
    /// Back on the menu.
    Return,
    /// An item's choices, to take single ones off.
    Choices(String),
    /// Takes a choice (group, choice) off for the rest of the day, or puts it back.
    Choice(String, String),
}

impl StockAct {
    pub(super) fn path(&self) -> String {
        match self {
            Self::List(page) => format!("wl.{page}"),
            Self::Item(item) => format!("wi.{item}"),
            Self::Nudge(change) => format!("wn.{change}"),
            Self::Book(reason) => format!("wb.{reason}"),
            Self::Discard => "wx".into(),
            Self::Today => "wt".into(),
            Self::Until(item) => format!("wu.{item}"),
            Self::Off => "wz".into(),
            Self::Return => "wm".into(),
            Self::Choices(item) => format!("wo.{item}"),
            Self::Choice(group, choice) => format!("wc.{group}.{choice}"),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["wl", page] => Self::List(page.parse().ok()?),
            ["wi", item] => Self::Item((*item).into()),
            ["wn", change] => Self::Nudge(change.parse().ok()?),
            ["wb", reason] => Self::Book((*reason).into()),
            ["wx"] => Self::Discard,
            ["wt"] => Self::Today,
            ["wu", item] => Self::Until((*item).into()),
            ["wz"] => Self::Off,
            ["wm"] => Self::Return,
            ["wo", item] => Self::Choices((*item).into()),
            ["wc", group, choice] => Self::Choice((*group).into(), (*choice).into()),
            _ => return None,
        })
    }
}
