//! What the buttons ask for with which somebody waits for an item that is sold out: `B…`.

/// A button about items that are waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AwaitAct {
    /// Tell me when this item can be had again; then its card.
    Ask(String),
    /// Do not tell me after all; then its card.
    Stop(String),
    /// What I wait for.
    List,
    /// Do not tell me after all; then the list.
    Drop(String),
    /// Below the message that it can be had again: its card.
    Open(String),
}

impl AwaitAct {
    /// As callback data and sessions keep it.
    pub fn path(&self) -> String {
        match self {
            Self::Ask(item) => format!("Ba.{item}"),
            Self::Stop(item) => format!("Bs.{item}"),
            Self::List => "B".into(),
            Self::Drop(item) => format!("Bx.{item}"),
            Self::Open(item) => format!("Bo.{item}"),
        }
    }

    /// Reads it.
    pub fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["Ba", item] => Self::Ask((*item).into()),
            ["Bs", item] => Self::Stop((*item).into()),
            ["B"] => Self::List,
            ["Bx", item] => Self::Drop((*item).into()),
            ["Bo", item] => Self::Open((*item).into()),
            _ => return None,
        })
    }
}
