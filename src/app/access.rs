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
    /// Decides about orders that the rules leave to a person.
    Approver,
    /// Works orders at the desk and the telephone, also for customers.
    Operator,
    /// Works the orders.
    Kitchen,
    /// Brings the orders.
    Courier,
    /// Answers customers.
    Support,
    /// Reads what was done by whom.
    Auditor,
}

/// What only the team may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Accept, prepare, ready, hand over.
    WorkOrders,
    /// See the queue, find orders and see their cards, print them.
    LookUp,
    /// Take an order along, say that it was brought or why it could not be; see its address.
    Deliver,
    /// Reject an order, grant or refuse a wish to cancel.
    DecideOrders,
    /// Decide about orders that the rules leave to a person.
    Approve,
    /// Place, change, advance or cancel an order for a customer.
    PlaceForOthers,
    /// Stop taking orders for a while.
    Pause,
    /// Create companies and see them.
    Companies,
    /// See accounts, and change what is on them.
    Credit,
    /// See which rules fire for an order.
    ExplainRules,
    /// See the stock, take things off the menu and put them back.
    SellOut,
    /// Change what is on hand.
    ChangeStock,
    /// Invite people to the team.
    Invite,
    /// See the team, give roles and limits, take them away.
    ManageStaff,
    /// See the codes of tables, make new ones.
    ManageTables,
    /// Decide what else an item is called.
    NameItems,
    /// Read what was done by whom.
    ReadAudit,
    /// Say what a group is for, read the shop's folder again.
    SetUp,
}

/// What each role may do. Who has none may do nothing of it.
const TABLE: [(Role, &[Act]); 8] = [
    (Role::Owner, &Act::ALL),
    (
        Role::Manager,
        &[
            Act::WorkOrders,
            Act::LookUp,
            Act::Deliver,
            Act::DecideOrders,
            Act::Approve,
            Act::PlaceForOthers,
            Act::Pause,
            Act::Companies,
            Act::Credit,
            Act::ExplainRules,
            Act::SellOut,
            Act::ChangeStock,
            Act::Invite,
            Act::ManageStaff,
            Act::ManageTables,
            Act::NameItems,
            Act::ReadAudit,
        ],
    ),
    (
        Role::Approver,
        &[Act::Approve, Act::ExplainRules, Act::LookUp],
    ),
    (
        Role::Operator,
        &[
            Act::WorkOrders,
            Act::LookUp,
            Act::Deliver,
            Act::DecideOrders,
            Act::PlaceForOthers,
            Act::Pause,
            Act::Companies,
            Act::ExplainRules,
        ],
    ),
    (
        Role::Kitchen,
        &[
            Act::WorkOrders,
            Act::LookUp,
            Act::Deliver,
            Act::DecideOrders,
            Act::SellOut,
        ],
    ),
    (Role::Courier, &[Act::Deliver]),
    (Role::Support, &[Act::LookUp]),
    (Role::Auditor, &[Act::ReadAudit, Act::LookUp]),
];

impl Act {
    /// Every act.
    pub const ALL: [Self; 18] = [
        Self::WorkOrders,
        Self::LookUp,
        Self::Deliver,
        Self::DecideOrders,
        Self::Approve,
        Self::PlaceForOthers,
        Self::Pause,
        Self::Companies,
        Self::Credit,
        Self::ExplainRules,
        Self::SellOut,
        Self::ChangeStock,
        Self::Invite,
        Self::ManageStaff,
        Self::ManageTables,
        Self::NameItems,
        Self::ReadAudit,
        Self::SetUp,
    ];
}

impl Role {
    /// Every role, in order of rights.
    pub const ALL: [Self; 8] = [
        Self::Owner,
        Self::Manager,
        Self::Approver,
        Self::Operator,
        Self::Kitchen,
        Self::Courier,
        Self::Support,
        Self::Auditor,
    ];

    /// The word that the store, `shop.toml` and invite commands use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Approver => "approver",
            Self::Operator => "operator",
            Self::Kitchen => "kitchen",
            Self::Courier => "courier",
            Self::Support => "support",
            Self::Auditor => "auditor",
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

/// The role in which a person does something: the highest that gives the right, or else the
/// highest they have; none for who has none.
pub fn acting(roles: &[Role], act: Act) -> Option<Role> {
    let able = roles.iter().filter(|role| role.may(act)).min();
    able.or(roles.iter().min()).copied()
}

/// Whether somebody with these roles may give and take away a role: nobody gives a right that
/// they lack, only owners make managers, and nobody is made an owner but by the owner's link.
pub fn may_give(roles: &[Role], role: Role) -> bool {
    let has_all = || {
        Act::ALL
            .into_iter()
            .all(|act| !role.may(act) || may(roles, act))
    };
    match role {
        Role::Owner => false,
        Role::Manager => roles.contains(&Role::Owner),
        Role::Approver
        | Role::Operator
        | Role::Kitchen
        | Role::Courier
        | Role::Support
        | Role::Auditor => has_all(),
    }
}

/// Whether somebody with these roles may take a role away: whoever may give it, and owners that of
/// another owner.
pub fn may_take(roles: &[Role], role: Role) -> bool {
    let is_owner = roles.contains(&Role::Owner);
    (role == Role::Owner && is_owner) || may_give(roles, role)
}

/// How large an order a person may approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Authority {
    /// None at all.
    Nothing,
    /// An order's total of so much, in minor units of the shop's currency, or less.
    UpTo(i64),
    /// Any.
    Any,
}

impl Authority {
    /// Whether an order of that total, in minor units, may be approved.
    pub fn covers(self, total_minor: i64) -> bool {
        match self {
            Self::Nothing => false,
            Self::UpTo(limit) => total_minor <= limit,
            Self::Any => true,
        }
    }

    /// What a role with that limit gives; no limit: any. An owner's never has one.
    pub fn of(role: Role, limit: Option<i64>) -> Self {
        match (role, limit) {
            (Role::Owner, _) => Self::Any,
            (role, _) if !role.may(Act::Approve) => Self::Nothing,
            (_, Some(limit)) => Self::UpTo(limit),
            (_, None) => Self::Any,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_stands_in_the_table_once() {
        assert_eq!(TABLE.map(|(role, _)| role), Role::ALL);
    }

    #[test]
    fn nobody_without_a_role_may_do_anything() {
        for act in Act::ALL {
            assert!(!may(&[], act));
            assert!(may(&[Role::Owner], act));
            assert_eq!(may(&[Role::Manager], act), act != Act::SetUp, "{act:?}");
        }
        assert!(!may(&[Role::Courier], Act::WorkOrders));
        assert!(!may(&[Role::Courier], Act::LookUp));
        assert!(may(&[Role::Courier], Act::Deliver));
        assert!(!may(&[Role::Kitchen], Act::Invite));
        assert!(may(&[Role::Kitchen], Act::SellOut));
        assert!(!may(&[Role::Kitchen], Act::ChangeStock));
        assert!(!may(&[Role::Operator], Act::Approve));
        assert!(!may(&[Role::Operator], Act::Credit));
        assert!(may(&[Role::Operator], Act::PlaceForOthers));
        assert!(!may(&[Role::Approver], Act::WorkOrders));
        assert!(!may(&[Role::Kitchen, Role::Courier], Act::ManageTables));
        assert!(!may(&[Role::Kitchen, Role::Manager], Act::SetUp));
    }

    #[test]
    fn few_read_what_was_done() {
        let readers = Role::ALL
            .into_iter()
            .filter(|role| role.may(Act::ReadAudit));
        let readers: Vec<Role> = readers.collect();
        assert_eq!(readers, [Role::Owner, Role::Manager, Role::Auditor]);
    }

    #[test]
    fn names_are_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.name()), Some(role));
        }
    }

    #[test]
    fn the_shops_files_know_the_same_roles() {
        use crate::shop::settings::{APPROVING, ROLES};
        let named = Role::ALL.into_iter().filter(|role| *role != Role::Owner);
        assert_eq!(named.clone().map(Role::name).collect::<Vec<_>>(), ROLES);
        let approving = named.filter(|role| role.may(Act::Approve)).map(Role::name);
        assert_eq!(approving.collect::<Vec<_>>(), APPROVING);
    }

    #[test]
    fn nobody_gives_a_right_they_lack() {
        for role in Role::ALL {
            assert_eq!(may_give(&[Role::Owner], role), role != Role::Owner);
            let by_manager = !matches!(role, Role::Owner | Role::Manager);
            assert_eq!(may_give(&[Role::Manager], role), by_manager, "{role:?}");
            assert!(!may_give(&[], role));
            assert!(may_take(&[Role::Owner], role));
            assert_eq!(may_take(&[Role::Manager], role), by_manager);
        }
        assert!(!may_give(&[Role::Operator], Role::Kitchen));
        assert!(!may_give(&[Role::Operator], Role::Approver));
    }

    #[test]
    fn an_act_is_done_in_the_highest_role_that_gives_it() {
        let roles = [Role::Manager, Role::Kitchen, Role::Courier];
        assert_eq!(acting(&roles, Act::Deliver), Some(Role::Manager));
        assert_eq!(
            acting(&[Role::Kitchen, Role::Courier], Act::SetUp),
            Some(Role::Kitchen)
        );
        assert_eq!(acting(&[], Act::Deliver), None);
    }

    #[test]
    fn a_limit_binds_who_has_one() {
        assert!(!Authority::of(Role::Kitchen, None).covers(0));
        assert!(Authority::of(Role::Approver, None).covers(i64::MAX));
        let limited = Authority::of(Role::Approver, Some(50_000));
        assert!(limited.covers(50_000) && !limited.covers(50_001));
        assert_eq!(Authority::of(Role::Owner, Some(1)), Authority::Any);
        assert!(Authority::Nothing < limited && limited < Authority::Any);
        assert!(limited < Authority::UpTo(50_001));
    }
}
