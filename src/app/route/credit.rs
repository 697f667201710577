//! The buttons of `/credit`, in the grammar of [`Route`](super::Route): `d…`.

use crate::domain::credit::Kind;
use crate::kernel::AccountId;

/// What a button about accounts asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreditAct {
    /// One page of all accounts, 0-based.
    List(usize),
    /// One account.
    Open(AccountId),
    /// One page of its ledger, 0-based.
    Entries(AccountId, usize),
    /// Asks for what is to be changed of it.
    Ask(AccountId, Kind),
    /// What was typed, as it would be carried out: a screen, no button.
    Preview(AccountId, Kind),
    /// Goes on with what was previewed, by its id.
    Go(i64),
    /// Shows a proposed change anew, by its id.
    Change(i64),
    /// Carries a proposed change out. Below a message of its own.
    Confirm(i64),
    /// Says no to it. Below a message of its own.
    Reject(i64),
    /// Takes it back. Below a message of its own.
    Withdraw(i64),
}

impl CreditAct {
    /// Whether such a button stands below a message of its own, not on the living one.
    pub fn is_apart(&self) -> bool {
        matches!(self, Self::Confirm(_) | Self::Reject(_) | Self::Withdraw(_))
    }

    pub(super) fn path(&self) -> String {
        match self {
            Self::List(page) => format!("dl.{page}"),
            Self::Open(id) => format!("do.{id}"),
            Self::Entries(id, page) => format!("de.{id}.{page}"),
            Self::Ask(id, kind) => format!("da.{id}.{kind}"),
            Self::Preview(id, kind) => format!("dp.{id}.{kind}"),
            Self::Go(plan) => format!("dy.{plan}"),
            Self::Change(change) => format!("dv.{change}"),
            Self::Confirm(change) => format!("dc.{change}"),
            Self::Reject(change) => format!("dr.{change}"),
            Self::Withdraw(change) => format!("dw.{change}"),
        }
    }

    pub(super) fn from_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["dl", page] => Self::List(page.parse().ok()?),
            ["do", id] => Self::Open(AccountId::parse(id)?),
            ["de", id, page] => Self::Entries(AccountId::parse(id)?, page.parse().ok()?),
            ["da", id, kind] => Self::Ask(AccountId::parse(id)?, Kind::parse(kind)?),
            ["dp", id, kind] => Self::Preview(AccountId::parse(id)?, Kind::parse(kind)?),
            ["dy", plan] => Self::Go(plan.parse().ok()?),
            ["dv", change] => Self::Change(change.parse().ok()?),
            ["dc", change] => Self::Confirm(change.parse().ok()?),
            ["dr", change] => Self::Reject(change.parse().ok()?),
            ["dw", change] => Self::Withdraw(change.parse().ok()?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MAX_DATA_BYTES, Route};
    use super::*;
    use crate::kernel::{CompanyId, CustomerId};

    #[test]
    fn what_is_written_is_read_and_fits() {
        let company = AccountId::Company(CompanyId("a".repeat(24)));
        let person = AccountId::Person(CustomerId::by_phone(i64::MAX));
        let mut acts = vec![
            CreditAct::List(9999),
            CreditAct::Go(i64::MAX),
            CreditAct::Change(i64::MAX),
            CreditAct::Confirm(i64::MAX),
            CreditAct::Reject(i64::MAX),
            CreditAct::Withdraw(i64::MAX),
        ];
        for id in [company, person] {
            acts.push(CreditAct::Open(id.clone()));
            acts.push(CreditAct::Entries(id.clone(), 99_999));
            for kind in Kind::ALL {
                acts.push(CreditAct::Ask(id.clone(), *kind));
                acts.push(CreditAct::Preview(id.clone(), *kind));
            }
        }
        for act in acts {
            let data = Route::Credit(act.clone()).data(999_999);
            assert!(data.len() <= MAX_DATA_BYTES, "{data}");
            assert_eq!(Route::parse(&data), Some((Route::Credit(act), 999_999)));
        }
    }
}
