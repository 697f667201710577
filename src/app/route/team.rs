//! The buttons of the team's screens, in the grammar of [`Route`](super::Route).

use crate::app::access::Role;
use crate::kernel::CustomerId;

/// What a button about the team asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeamAct {
    /// One page of everybody, 0-based.
    List(usize),
    /// One person.
    Person(CustomerId),
    /// Asks whether to take a role away.
    TakeAsk(CustomerId, Role),
    /// Takes a role away for sure.
    Take(CustomerId, Role),
    /// The roles that a person can be given.
    Roles(CustomerId),
    /// Gives a role.
    Give(CustomerId, Role),
    /// Asks for the limit of a role.
    LimitAsk(CustomerId, Role),
    /// Takes the limit of a role away.
    NoLimit(CustomerId, Role),
}

impl TeamAct {
    pub(super) fn path(self) -> String {
        match self {
            Self::List(page) => format!("el.{page}"),
            Self::Person(who) => format!("ep.{who}"),
            Self::TakeAsk(who, role) => format!("et.{who}.{}", role.name()),
            Self::Take(who, role) => format!("eT.{who}.{}", role.name()),
            Self::Roles(who) => format!("er.{who}"),
            Self::Give(who, role) => format!("eg.{who}.{}", role.name()),
            Self::LimitAsk(who, role) => format!("em.{who}.{}", role.name()),
            Self::NoLimit(who, role) => format!("en.{who}.{}", role.name()),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        let who = |id: &str| id.parse().ok().map(CustomerId);
        Some(match parts {
            ["el", page] => Self::List(page.parse().ok()?),
            ["ep", id] => Self::Person(who(id)?),
            ["et", id, role] => Self::TakeAsk(who(id)?, Role::parse(role)?),
            ["eT", id, role] => Self::Take(who(id)?, Role::parse(role)?),
            ["er", id] => Self::Roles(who(id)?),
            ["eg", id, role] => Self::Give(who(id)?, Role::parse(role)?),
            ["em", id, role] => Self::LimitAsk(who(id)?, Role::parse(role)?),
            ["en", id, role] => Self::NoLimit(who(id)?, Role::parse(role)?),
            _ => return None,
        })
    }

    /// Whom it is about, if it is about one.
    pub fn who(self) -> Option<CustomerId> {
        match self {
            Self::List(_) => None,
            Self::Person(who)
            | Self::TakeAsk(who, _)
            | Self::Take(who, _)
            | Self::Roles(who)
            | Self::Give(who, _)
            | Self::LimitAsk(who, _)
            | Self::NoLimit(who, _) => Some(who),
        }
    }
}
