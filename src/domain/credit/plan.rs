//! What staff change of an account: the change itself, and what it comes to.

use serde::{Deserialize, Serialize};

use super::{Account, Op, Terms};
use crate::kernel::{Currency, OrderId, coded};

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The account is opened.
    Open,
    /// Another limit.
    Limit,
    /// Other terms.
    Terms,
    /// Another time zone.
    Zone,
    /// Whether the limit may be exceeded.
    Exceed,
    /// Whether it is blocked.
    Block,
    /// A repayment.
    Repay,
    /// A correction of what is owed.
    Adjust,
    /// Part of a received order is given back.
    Refund,
}
coded!(Kind {
    Open = "open",
    Limit = "limit",
    Terms = "terms",
    Zone = "zone",
    Exceed = "exceed",
    Block = "block",
    Repay = "repay",
    Adjust = "adjust",
    Refund = "refund",
});

/// A change of an account. Amounts are in minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Opens it with this limit.
    Open(i64),
    /// Sets its limit.
    Limit(i64),
    /// Sets its terms, as [`Terms::code`].
    Terms(String),
    /// Sets the IANA time zone in which its days begin.
    Zone(String),
    /// Lets its limit be exceeded, or not.
    Exceed(bool),
    /// Blocks it, or lets it be used again.
    Block(bool),
    /// Books a repayment under a tidied reference.
    Repay(i64, String),
    /// Adds so much to what is owed; below zero: takes it off.
    Adjust(i64),
    /// Gives so much of an order back; people know it by its number.
    Refund(OrderId, i64, i64),
}

impl What {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Open(_) => Kind::Open,
            Self::Limit(_) => Kind::Limit,
            Self::Terms(_) => Kind::Terms,
            Self::Zone(_) => Kind::Zone,
            Self::Exceed(_) => Kind::Exceed,
            Self::Block(_) => Kind::Block,
            Self::Repay(..) => Kind::Repay,
            Self::Adjust(_) => Kind::Adjust,
            Self::Refund(..) => Kind::Refund,
        }
    }

    /// What is booked, and how what is owed changes by it; none for what is only set.
    pub fn booked(&self) -> Option<(Op, i64)> {
        match self {
            Self::Repay(minor, _) => Some((Op::Reimbursed, -minor)),
            Self::Adjust(minor) => Some((Op::Adjusted, *minor)),
            Self::Refund(_, _, minor) => Some((Op::Refunded, -minor)),
            Self::Open(_)
            | Self::Limit(_)
            | Self::Terms(_)
            | Self::Zone(_)
            | Self::Exceed(_)
            | Self::Block(_) => None,
        }
    }

    /// The account once it is carried out.
    #[must_use]
    pub fn applied(&self, account: &Account) -> Account {
        let mut to = account.clone();
        match self {
            Self::Open(limit) | Self::Limit(limit) => to.limit_minor = *limit,
            Self::Terms(code) => to.terms = Terms::parse(code).unwrap_or(to.terms),
            Self::Zone(name) => to.zone.clone_from(name),
            Self::Exceed(on) => to.may_exceed = *on,
            Self::Block(on) => to.blocked = *on,
            Self::Repay(..) | Self::Adjust(_) | Self::Refund(..) => {
                let change = self.booked().map_or(0, |(_, change)| change);
                to.balance_minor = to.balance_minor.saturating_add(change);
                to.debts_minor = to.debts_minor.saturating_add(change.max(0));
            }
        }
        to
    }
}

/// What a change is about, before or after it: kept in the record and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worth {
    /// A limit, or what is owed.
    Money(i64, Currency),
    /// Terms.
    Terms(Terms),
    /// A time zone.
    Zone(String),
    /// Whether it may be exceeded, whether it is blocked.
    Flag(bool),
}

impl Worth {
    /// What a change of this kind is about, of an account.
    pub fn of(kind: Kind, account: &Account) -> Self {
        match kind {
            Kind::Open | Kind::Limit => Self::Money(account.limit_minor, account.currency),
            Kind::Terms => Self::Terms(account.terms),
            Kind::Zone => Self::Zone(account.zone.clone()),
            Kind::Exceed => Self::Flag(account.may_exceed),
            Kind::Block => Self::Flag(account.blocked),
            Kind::Repay | Kind::Adjust | Kind::Refund => {
                Self::Money(account.balance_minor, account.currency)
            }
        }
    }

    /// The word that is kept: `50000 CNY`, `eom 15`, `Asia/Shanghai`, `yes`.
    pub fn code(&self) -> String {
        match self {
            Self::Money(minor, currency) => format!("{minor} {}", currency.code()),
            Self::Terms(terms) => terms.code(),
            Self::Zone(name) => name.clone(),
            Self::Flag(true) => "yes".to_owned(),
            Self::Flag(false) => "no".to_owned(),
        }
    }

    /// Reads [`Self::code`]; none for anything else.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "yes" => return Some(Self::Flag(true)),
            "no" => return Some(Self::Flag(false)),
            _ => {}
        }
        if let Some(terms) = Terms::parse(code) {
            return Some(Self::Terms(terms));
        }
        let Some((minor, currency)) = code.split_once(' ') else {
            let is_name = code.starts_with(|first: char| first.is_ascii_uppercase());
            return is_name.then(|| Self::Zone(code.to_owned()));
        };
        Some(Self::Money(minor.parse().ok()?, Currency::parse(currency)?))
    }
}

/// A change as somebody means it, with what they saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What.
    pub what: What,
    /// Why, in their words; empty: they gave no reason.
    pub why: String,
    /// The account's currency.
    pub currency: Currency,
    /// What it was when they saw it, as [`Worth::code`]; empty: there was no account.
    pub before: String,
    /// What it would become, likewise.
    pub after: String,
}

impl Plan {
    /// A change of an account as it is now.
    pub fn new(what: What, why: &str, account: &Account) -> Self {
        let kind = what.kind();
        let before = match kind {
            Kind::Open => String::new(),
            _ => Worth::of(kind, account).code(),
        };
        Self {
            before,
            after: Worth::of(kind, &what.applied(account)).code(),
            what,
            why: why.to_owned(),
            currency: account.currency,
        }
    }
}
