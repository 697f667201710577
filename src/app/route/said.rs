//! What the buttons below an order in one's own words ask for: `W…`.

/// A button of what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidAct {
    /// What came of it, as it is now.
    Show,
    /// Answers the question of this number by an offer, by its place.
    Take(i64, usize),
    /// Leaves out what the question of this number is about.
    Leave(i64),
    /// Opens the item's card to answer the question of this number.
    Choose(i64),
    /// Puts the cart back as it was before, if it still has this version.
    Undo(i64),
}

impl SaidAct {
    /// As callback data and sessions keep it.
    pub fn path(self) -> String {
        match self {
            Self::Show => "W".into(),
            Self::Take(serial, place) => format!("Wt.{serial}.{place}"),
            Self::Leave(serial) => format!("Wx.{serial}"),
            Self::Choose(serial) => format!("Wc.{serial}"),
            Self::Undo(version) => format!("Wu.{version}"),
        }
    }

    /// Reads it.
    pub fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["W"] => Self::Show,
            ["Wt", serial, place] => Self::Take(serial.parse().ok()?, place.parse().ok()?),
            ["Wx", serial] => Self::Leave(serial.parse().ok()?),
            ["Wc", serial] => Self::Choose(serial.parse().ok()?),
            ["Wu", version] => Self::Undo(version.parse().ok()?),
            _ => return None,
        })
    }
}
