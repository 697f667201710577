//! The buttons about messages, in the grammar of [`Route`](super::Route).

use crate::domain::orders::pushes::Wanted;

/// What a button about messages asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotifyAct {
    /// The screen.
    Show,
    /// Which messages.
    Want(Wanted),
    /// The shop's quiet hours.
    QuietShop,
    /// No quiet hours.
    QuietOff,
    /// Asks for quiet hours of one's own.
    QuietAsk,
    /// Items that are back: told, or not told.
    Back,
}

impl NotifyAct {
    pub(super) fn path(self) -> String {
        let act = match self {
            Self::Show => "s",
            Self::Want(wanted) => wanted.code(),
            Self::QuietShop => "qs",
            Self::QuietOff => "q0",
            Self::QuietAsk => "qa",
            Self::Back => "b",
        };
        format!("n.{act}")
    }

    pub(super) fn read(act: &str) -> Option<Self> {
        Some(match act {
            "s" => Self::Show,
            "qs" => Self::QuietShop,
            "q0" => Self::QuietOff,
            "qa" => Self::QuietAsk,
            "b" => Self::Back,
            wanted => Self::Want(Wanted::parse(wanted)?),
        })
    }
}
