//! Buttons about requests for approval, in the grammar of callback data: `a…`. The version behind
//! the `~` is the request's round for what decides, so that nobody decides about other amounts
//! than they saw.

use crate::kernel::OrderId;

/// What a button about one request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApprovalAct {
    /// Shows its card anew below.
    Show,
    /// Back to the card's usual buttons.
    Card,
    /// Agrees; perhaps it will be ready in so many minutes.
    Approve(Option<i64>),
    /// Shows the reasons for refusing.
    RejectAsk,
    /// Refuses for a reason of the shop's list.
    Reject(String),
    /// Refuses for the reason that was written as a reply.
    RejectTyped,
    /// Says how to ask the customer something.
    AskHow,
    /// Asks the customer what was written as a reply.
    AskTyped,
    /// What was written as a reply was not meant.
    LeaveTyped,
    /// Opens the order to propose a change.
    Change,
}

/// What a button about the requests that wait for somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitingAct {
    /// One page of them, 0-based.
    Page(usize),
    /// Asks whether to approve those shown.
    AllAsk,
    /// Approves those shown.
    All,
}

impl ApprovalAct {
    /// What it is, in one word for the record of what was tried.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Show | Self::Card => "look",
            Self::Approve(_) => "approve",
            Self::RejectAsk | Self::Reject(_) | Self::RejectTyped => "reject",
            Self::AskHow | Self::AskTyped | Self::LeaveTyped => "ask",
            Self::Change => "change",
        }
    }

    /// The data's part before the version.
    pub(super) fn path(&self, id: OrderId) -> String {
        match self {
            Self::Show => format!("as.{id}"),
            Self::Card => format!("ac.{id}"),
            Self::Approve(None) => format!("ay.{id}"),
            Self::Approve(Some(minutes)) => format!("ay.{id}.{minutes}"),
            Self::RejectAsk => format!("an.{id}"),
            Self::Reject(reason) => format!("aN.{id}.{reason}"),
            Self::RejectTyped => format!("aw.{id}"),
            Self::AskHow => format!("ah.{id}"),
            Self::AskTyped => format!("aq.{id}"),
            Self::LeaveTyped => format!("ax.{id}"),
            Self::Change => format!("ae.{id}"),
        }
    }

    /// Reads [`Self::path`].
    pub(super) fn from_parts(parts: &[&str]) -> Option<(OrderId, Self)> {
        let (op, id, rest) = match parts {
            [op, id, rest @ ..] => (*op, OrderId(id.parse().ok()?), rest),
            _ => return None,
        };
        let act = match (op, rest) {
            ("as", []) => Self::Show,
            ("ac", []) => Self::Card,
            ("ay", []) => Self::Approve(None),
            ("ay", [minutes]) => Self::Approve(Some(minutes.parse().ok()?)),
            ("an", []) => Self::RejectAsk,
            ("aN", [reason]) => Self::Reject((*reason).into()),
            ("aw", []) => Self::RejectTyped,
            ("ah", []) => Self::AskHow,
            ("aq", []) => Self::AskTyped,
            ("ax", []) => Self::LeaveTyped,
            ("ae", []) => Self::Change,
            _ => return None,
        };
        Some((id, act))
    }
}

impl WaitingAct {
    /// The data's part before the version.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Page(page) => format!("al.{page}"),
            Self::AllAsk => "ab".into(),
            Self::All => "aB".into(),
        }
    }

    /// Reads [`Self::path`].
    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["al", page] => Self::Page(page.parse().ok()?),
            ["ab"] => Self::AllAsk,
            ["aB"] => Self::All,
            _ => return None,
        })
    }
}
