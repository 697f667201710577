//! A company's own rules of approval, on top of the shop's: orders above an amount need so many
//! of its approvers or admins.

use super::{Member, Role};
use crate::kernel::CustomerId;

/// Rules of one company: more than anybody keeps in mind.
pub const MOST_RULES: usize = 10;

/// The most people that a rule may ask for by number.
const MOST_ASKED: i64 = 9;

/// Who of the company approves by a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Its approvers.
    Approver,
    /// Its admins.
    Admin,
}

impl Who {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Approver, Self::Admin];

    /// The role that its people have.
    pub fn role(self) -> Role {
        match self {
            Self::Approver => Role::Approver,
            Self::Admin => Role::Admin,
        }
    }

    /// The word that the store uses.
    pub fn code(self) -> &'static str {
        self.role().code()
    }

    /// Who is meant by that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.code() == code)
    }
}

/// How many of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quorum {
    /// Any one.
    Any,
    /// So many, 2 to 9.
    Of(i64),
    /// All there are when they are asked.
    All,
}

impl Quorum {
    /// The word that the store and callback data use.
    pub fn code(self) -> String {
        match self {
            Self::Any => "any".to_owned(),
            Self::Of(count) => count.to_string(),
            Self::All => "all".to_owned(),
        }
    }

    /// The quorum of that word.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "any" => Some(Self::Any),
            "all" => Some(Self::All),
            count => {
                let count = count.parse().ok()?;
                (2..=MOST_ASKED).contains(&count).then_some(Self::Of(count))
            }
        }
    }
}

/// A rule that a company made for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its id, unique in the shop.
    pub id: i64,
    /// It is for orders whose total is above this, in minor units of the shop's currency.
    pub above_minor: i64,
    /// Who approves.
    pub who: Who,
    /// How many of them.
    pub quorum: Quorum,
}

/// What a rule asks of one order, with the people that the company has now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The rule.
    pub rule: Rule,
    /// As what they approve: the rule's own, or admin where it fell to the admins.
    pub role: Role,
    /// Who may approve; never the buyer where there is somebody else. Empty only in a company
    /// without an admin.
    pub people: Vec<CustomerId>,
    /// How many of them must: at least 1, at most as many as there are.
    pub wanted: usize,
    /// Nobody has the rule's own role, so it fell to the admins.
    pub fell_to_admins: bool,
}

/// What a company's rules ask of an order of `total_minor` by `buyer`, lowest amount first.
///
/// Authority limits are the caller's to ask at the press: they say what one person may approve,
/// not who is asked.
pub fn needs(rules: &[Rule], members: &[Member], buyer: CustomerId, total_minor: i64) -> Vec<Need> {
    let mut rules: Vec<Rule> = rules.to_vec();
    rules.retain(|rule| total_minor > rule.above_minor);
    rules.sort_by_key(|rule| (rule.above_minor, rule.id));
    rules
        .into_iter()
        .map(|rule| need(rule, members, buyer))
        .collect()
}

fn need(rule: Rule, members: &[Member], buyer: CustomerId) -> Need {
    let of = |role: Role| -> Vec<CustomerId> {
        let here = members.iter().filter(|member| member.role == role);
        here.map(|member| member.user).collect()
    };
    let but_buyer = |people: Vec<CustomerId>| -> Vec<CustomerId> {
        people.into_iter().filter(|user| *user != buyer).collect()
    };
    let mut role = rule.who.role();
    let mut people = but_buyer(of(role));
    let fell_to_admins = people.is_empty() && role != Role::Admin;
    if fell_to_admins {
        role = Role::Admin;
        people = but_buyer(of(role));
    }
    if people.is_empty() {
        // The buyer is the only one who could: the one case in which nobody else is asked.
        people = of(role);
    }
    let wanted = match rule.quorum {
        Quorum::Any => 1,
        Quorum::Of(count) => usize::try_from(count).unwrap_or(1),
        Quorum::All => people.len(),
    };
    Need {
        rule,
        role,
        wanted: wanted.clamp(1, people.len().max(1)),
        people,
        fell_to_admins,
    }
}
