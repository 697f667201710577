//! Who may do what: one table, asked in one place at the moment of the act.
//!
//! A right belongs to a person (`from.id`), never to a chat: being in the kitchen's group
//! gives none, and a button can be forged.

use serde::{Deserialize, Serialize};

/// What somebody of the shop's team is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Set the shop up; may do everything.
    Owner,
    /// Runs the shop day by day.
    Manager,
    /// Works the orders.
    Kitchen,
    /// Brings the orders.
    Courier,
}

/// What only the team may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Accept, prepare, ready, hand over; see the queue.
    WorkOrders,
    /// Take an order along, say that it was brought or why it could not be; see its address.
    Deliver,
    /// Reject an order, grant or refuse a wish to cancel.
    DecideOrders,
    /// See the stock, take things off the menu and put them back.
    SellOut,
    /// Change what is on hand.
    ChangeStock,
    /// Invite people to the team.
    Invite,
    /// See the codes of tables, make new ones.
    ManageTables,
    /// Make companies, invite their first admins, stop and start them.
    Companies,
    /// Say what a group is for, read the shop's folder again.
    SetUp,
}

const TABLE: &[(Role, &[Act])] = &[
    (
        Role::Owner,
        &[
            Act::WorkOrders,
            Act::Deliver,
            Act::DecideOrders,
            Act::SellOut,
            Act::ChangeStock,
            Act::Invite,
            Act::ManageTables,
            Act::Companies,
            Act::SetUp,
        ],
    ),
    (
        Role::Manager,
        &[
            Act::WorkOrders,
            Act::Deliver,
            Act::DecideOrders,
            Act::SellOut,
            Act::ChangeStock,
            Act::Invite,
            Act::ManageTables,
            Act::Companies,
        ],
    ),
    (
        Role::Kitchen,
        &[
            Act::WorkOrders,
            Act::Deliver,
            Act::DecideOrders,
            Act::SellOut,
        ],
    ),
    (Role::Courier, &[Act::Deliver]),
];

impl Role {
    /// Every role, in order of rights.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Manager, Self::Kitchen, Self::Courier];

    /// The word that the store, `shop.toml` and invite commands use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Kitchen => "kitchen",
            Self::Courier => "courier",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether this role gives that right.
    pub fn may(self, act: Act) -> bool {
        TABLE
            .iter()
            .any(|(role, acts)| *role == self && acts.contains(&act))
    }
}

/// Whether any of a person's roles gives a right.
pub fn may(roles: &[Role], act: Act) -> bool {
    roles.iter().any(|role| role.may(act))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_without_a_role_may_do_anything() {
        for act in [
            Act::WorkOrders,
            Act::Deliver,
            Act::DecideOrders,
            Act::SellOut,
            Act::ChangeStock,
            Act::Invite,
            Act::ManageTables,
            Act::Companies,
            Act::SetUp,
        ] {
            assert!(!may(&[], act));
            assert!(may(&[Role::Owner], act));
        }
        assert!(!may(&[Role::Courier], Act::WorkOrders));
        assert!(!may(&[Role::Courier], Act::DecideOrders));
        assert!(may(&[Role::Courier], Act::Deliver));
        assert!(!may(&[Role::Kitchen], Act::Invite));
        assert!(may(&[Role::Kitchen], Act::SellOut));
        assert!(!may(&[Role::Kitchen], Act::ChangeStock));
        assert!(may(&[Role::Manager], Act::ChangeStock));
        assert!(!may(&[Role::Kitchen], Act::ManageTables));
        assert!(!may(&[Role::Kitchen, Role::Courier], Act::Companies));
        assert!(may(&[Role::Manager], Act::Companies));
        assert!(!may(&[Role::Kitchen, Role::Manager], Act::SetUp));
    }

    #[test]
    fn names_are_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.name()), Some(role));
        }
    }
}
