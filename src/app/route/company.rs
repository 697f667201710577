//! The buttons of companies, in the grammar of [`Route`](super::Route).

use crate::domain::companies::{Quorum, Role, Who};
use crate::kernel::{CompanyId, CustomerId, OrderId};

/// What a button about companies asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompanyAct {
    /// The companies of whoever asks.
    Home,
    /// Staff: one page of all companies, 0-based.
    List(usize),
    /// One company.
    Open(CompanyId),
    /// One page of its members, 0-based.
    Members(CompanyId, usize),
    /// One member.
    Member(CompanyId, CustomerId),
    /// Asks whether to give a member another role.
    RoleAsk(CompanyId, CustomerId, Role),
    /// Gives it.
    Role(CompanyId, CustomerId, Role),
    /// Asks for an approver's limit.
    LimitAsk(CompanyId, CustomerId),
    /// Takes it away.
    LimitNone(CompanyId, CustomerId),
    /// Asks what a member may order for on account.
    BudgetAsk(CompanyId, CustomerId),
    /// Takes that bound away.
    BudgetNone(CompanyId, CustomerId),
    /// Asks whether to take a member out.
    RemoveAsk(CompanyId, CustomerId),
    /// Takes them out.
    Remove(CompanyId, CustomerId),
    /// Asks whether to leave.
    LeaveAsk(CompanyId),
    /// Leaves.
    Leave(CompanyId),
    /// Its delivery addresses.
    Addresses(CompanyId),
    /// Asks for another one.
    AddressNew(CompanyId),
    /// Takes one away.
    AddressDrop(CompanyId, i64),
    /// Its values for the shop's steps.
    Fields(CompanyId),
    /// Asks for the value of one step.
    Field(CompanyId, String),
    /// Takes it away.
    FieldDrop(CompanyId, String),
    /// Its rules.
    Rules(CompanyId),
    /// Asks for the amount of another one.
    RuleNew(CompanyId),
    /// Adds one: above so many minor units, who, how many.
    RuleAdd(CompanyId, i64, Who, Quorum),
    /// Takes one away.
    RuleDrop(CompanyId, i64),
    /// Asks for which role a link shall be.
    LinkAsk(CompanyId),
    /// Makes a link for a role.
    Link(CompanyId, Role),
    /// Staff: makes the link for its first admin.
    AdminLink(CompanyId),
    /// Takes a link of a company back, by its token. Below a message of its own.
    TakeBack(String, CompanyId),
    /// Joins by a link, by its token. Below a message of its own.
    Join(String),
    /// Lets somebody in who asks to join. Below a message of its own.
    LetIn(CompanyId, CustomerId),
    /// Does not let them in. Below a message of its own.
    Refuse(CompanyId, CustomerId),
    /// Staff: asks whether to stop a company, or to start it again.
    StateAsk(CompanyId, bool),
    /// Staff: stops it, or starts it again.
    State(CompanyId, bool),
    /// One page of its orders, 0-based.
    Orders(CompanyId, usize),
    /// One of its orders, to be read.
    Order(OrderId),
    /// Asks for whom to order.
    For,
    /// Orders for this company from now on; none: for themselves.
    Choose(Option<CompanyId>),
    /// Answers the present step by an address of the company that is ordered for.
    Deliver(i64),
}

impl CompanyAct {
    /// Whether its button stands below a message of its own, not on the living one.
    pub fn is_apart(&self) -> bool {
        matches!(
            self,
            Self::TakeBack(..) | Self::Join(_) | Self::LetIn(..) | Self::Refuse(..)
        )
    }

    pub(super) fn path(&self) -> String {
        match self {
            Self::Home => "y".into(),
            Self::List(page) => format!("yl.{page}"),
            Self::Open(id) => format!("yc.{id}"),
            Self::Members(id, page) => format!("ym.{id}.{page}"),
            Self::Member(id, user) => format!("yp.{id}.{user}"),
            Self::RoleAsk(id, user, role) => format!("yr.{id}.{user}.{}", letter(*role)),
            Self::Role(id, user, role) => format!("yR.{id}.{user}.{}", letter(*role)),
            Self::LimitAsk(id, user) => format!("yi.{id}.{user}"),
            Self::LimitNone(id, user) => format!("yI.{id}.{user}"),
            Self::BudgetAsk(id, user) => format!("yg.{id}.{user}"),
            Self::BudgetNone(id, user) => format!("yG.{id}.{user}"),
            Self::RemoveAsk(id, user) => format!("yx.{id}.{user}"),
            Self::Remove(id, user) => format!("yX.{id}.{user}"),
            Self::LeaveAsk(id) => format!("yv.{id}"),
            Self::Leave(id) => format!("yV.{id}"),
            Self::Addresses(id) => format!("ya.{id}"),
            Self::AddressNew(id) => format!("yA.{id}"),
            Self::AddressDrop(id, address) => format!("yd.{id}.{address}"),
            Self::Fields(id) => format!("yf.{id}"),
            Self::Field(id, step) => format!("yF.{id}.{step}"),
            Self::FieldDrop(id, step) => format!("yE.{id}.{step}"),
            Self::Rules(id) => format!("yk.{id}"),
            Self::RuleNew(id) => format!("yK.{id}"),
            Self::RuleAdd(id, above, who, quorum) => {
                let (who, quorum) = (letter(who.role()), quorum.code());
                format!("yW.{id}.{above}.{who}.{quorum}")
            }
            Self::RuleDrop(id, rule) => format!("yD.{id}.{rule}"),
            Self::LinkAsk(id) => format!("yj.{id}"),
            Self::Link(id, role) => format!("yJ.{id}.{}", letter(*role)),
            Self::AdminLink(id) => format!("yL.{id}"),
            Self::TakeBack(token, id) => format!("yt.{token}.{id}"),
            Self::Join(token) => format!("yo.{token}"),
            Self::LetIn(id, user) => format!("y1.{id}.{user}"),
            Self::Refuse(id, user) => format!("y0.{id}.{user}"),
            Self::StateAsk(id, active) => format!("ys.{id}.{}", u8::from(*active)),
            Self::State(id, active) => format!("yS.{id}.{}", u8::from(*active)),
            Self::Orders(id, page) => format!("yq.{id}.{page}"),
            Self::Order(order) => format!("yQ.{order}"),
            Self::For => "yu".into(),
            Self::Choose(None) => "yU".into(),
            Self::Choose(Some(id)) => format!("yU.{id}"),
            Self::Deliver(address) => format!("yb.{address}"),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        let id = |id: &str| CompanyId(id.to_owned());
        let user = |user: &str| user.parse().ok().map(CustomerId);
        Some(match parts {
            ["y"] => Self::Home,
            ["yl", page] => Self::List(page.parse().ok()?),
            ["yc", c] => Self::Open(id(c)),
            ["ym", c, page] => Self::Members(id(c), page.parse().ok()?),
            ["yp", c, u] => Self::Member(id(c), user(u)?),
            ["yr", c, u, role] => Self::RoleAsk(id(c), user(u)?, role_of(role)?),
            ["yR", c, u, role] => Self::Role(id(c), user(u)?, role_of(role)?),
            ["yi", c, u] => Self::LimitAsk(id(c), user(u)?),
            ["yI", c, u] => Self::LimitNone(id(c), user(u)?),
            ["yg", c, u] => Self::BudgetAsk(id(c), user(u)?),
            ["yG", c, u] => Self::BudgetNone(id(c), user(u)?),
            ["yx", c, u] => Self::RemoveAsk(id(c), user(u)?),
            ["yX", c, u] => Self::Remove(id(c), user(u)?),
            ["yv", c] => Self::LeaveAsk(id(c)),
            ["yV", c] => Self::Leave(id(c)),
            ["ya", c] => Self::Addresses(id(c)),
            ["yA", c] => Self::AddressNew(id(c)),
            ["yd", c, address] => Self::AddressDrop(id(c), address.parse().ok()?),
            ["yf", c] => Self::Fields(id(c)),
            ["yF", c, step] => Self::Field(id(c), (*step).to_owned()),
            ["yE", c, step] => Self::FieldDrop(id(c), (*step).to_owned()),
            ["yk", c] => Self::Rules(id(c)),
            ["yK", c] => Self::RuleNew(id(c)),
            ["yW", c, above, who, quorum] => {
                let who = Who::parse(role_of(who)?.code())?;
                Self::RuleAdd(id(c), above.parse().ok()?, who, Quorum::parse(quorum)?)
            }
            ["yD", c, rule] => Self::RuleDrop(id(c), rule.parse().ok()?),
            ["yj", c] => Self::LinkAsk(id(c)),
            ["yJ", c, role] => Self::Link(id(c), role_of(role)?),
            ["yL", c] => Self::AdminLink(id(c)),
            ["yt", token, c] => Self::TakeBack((*token).to_owned(), id(c)),
            ["yo", token] => Self::Join((*token).to_owned()),
            ["y1", c, u] => Self::LetIn(id(c), user(u)?),
            ["y0", c, u] => Self::Refuse(id(c), user(u)?),
            ["ys", c, active] => Self::StateAsk(id(c), flag(active)?),
            ["yS", c, active] => Self::State(id(c), flag(active)?),
            ["yq", c, page] => Self::Orders(id(c), page.parse().ok()?),
            ["yQ", order] => Self::Order(OrderId(order.parse().ok()?)),
            ["yu"] => Self::For,
            ["yU"] => Self::Choose(None),
            ["yU", c] => Self::Choose(Some(id(c))),
            ["yb", address] => Self::Deliver(address.parse().ok()?),
            _ => return None,
        })
    }
}

fn letter(role: Role) -> char {
    match role {
        Role::Buyer => 'b',
        Role::Approver => 'a',
        Role::Admin => 'm',
    }
}

fn role_of(text: &str) -> Option<Role> {
    let mut roles = Role::ALL.into_iter();
    roles.find(|role| text == letter(*role).to_string())
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MAX_DATA_BYTES, Route};
    use super::*;

    #[test]
    fn what_is_written_is_read_and_fits() {
        let id = || CompanyId("a".repeat(24));
        let user = CustomerId(9_007_199_254_740_991);
        let token = "0123456789abcdef0123456789abcdef".to_owned();
        // Living messages count their cards; the largest amount that a rule may name.
        let (card, most) = (999_999, 1_000_000_000_000);
        let acts = [
            CompanyAct::Home,
            CompanyAct::List(99),
            CompanyAct::Open(id()),
            CompanyAct::Members(id(), 19),
            CompanyAct::Member(id(), user),
            CompanyAct::RoleAsk(id(), user, Role::Approver),
            CompanyAct::Role(id(), user, Role::Admin),
            CompanyAct::LimitAsk(id(), user),
            CompanyAct::LimitNone(id(), user),
            CompanyAct::BudgetAsk(id(), user),
            CompanyAct::BudgetNone(id(), user),
            CompanyAct::RemoveAsk(id(), user),
            CompanyAct::Remove(id(), user),
            CompanyAct::LeaveAsk(id()),
            CompanyAct::Leave(id()),
            CompanyAct::Addresses(id()),
            CompanyAct::AddressNew(id()),
            CompanyAct::AddressDrop(id(), 100_000),
            CompanyAct::Fields(id()),
            CompanyAct::Field(id(), "s".repeat(24)),
            CompanyAct::FieldDrop(id(), "s".repeat(24)),
            CompanyAct::Rules(id()),
            CompanyAct::RuleNew(id()),
            CompanyAct::RuleAdd(id(), most, Who::Approver, Quorum::All),
            CompanyAct::RuleAdd(id(), most, Who::Admin, Quorum::Of(9)),
            CompanyAct::RuleDrop(id(), i64::MAX),
            CompanyAct::LinkAsk(id()),
            CompanyAct::Link(id(), Role::Buyer),
            CompanyAct::AdminLink(id()),
            CompanyAct::StateAsk(id(), false),
            CompanyAct::State(id(), true),
            CompanyAct::Orders(id(), 100_000),
            CompanyAct::Order(OrderId(i64::MAX)),
            CompanyAct::For,
            CompanyAct::Choose(None),
            CompanyAct::Choose(Some(id())),
            CompanyAct::Deliver(100_000),
        ];
        let apart = [
            CompanyAct::TakeBack(token.clone(), id()),
            CompanyAct::Join(token),
            CompanyAct::LetIn(id(), user),
            CompanyAct::Refuse(id(), user),
        ];
        let acts = acts.into_iter().map(|act| (act, card));
        for (act, version) in acts.chain(apart.into_iter().map(|act| (act, 0))) {
            let data = Route::Company(act.clone()).data(version);
            assert!(data.len() <= MAX_DATA_BYTES, "{data}");
            assert_eq!(Route::parse(&data), Some((Route::Company(act), version)));
        }
    }
}
