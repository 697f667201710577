//! A company's own rules of approval, on top of the shop's: orders above an amount need so many
//! of its approvers or admins.

use super::Role;

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
