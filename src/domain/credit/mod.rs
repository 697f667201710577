//! Orders on account: how much of its credit an account uses, what is due when, what a member may
//! still order for.
//!
//! Business decisions: what open orders hold counts as used from the moment they are placed, while
//! they wait for approval too, and is owed once the customer has the goods; payments settle the
//! oldest debt first; a refund can't be more than the order. The ledger's words are those of Adobe
//! Commerce's company credit, exposure is counted as OCA's `sale_financial_risk` does. Nothing here
//! knows orders, chats or a clock.

mod budget;
mod ledger;
mod plan;
pub mod reminders;
pub mod statement;
mod terms;

#[cfg(test)]
mod tests;

use crate::kernel::{AccountId, Currency, Money, Timestamp};

pub use budget::{Budget, Period};
pub use ledger::{Entry, Op, Unpaid, tidy_reference, unpaid};
pub use plan::{Kind, Plan, What, Worth};
pub use terms::{MOST_DAYS, Terms};

/// The largest amount that a person may type for an account, in minor units: sums of thousands of
/// them stay far within 64 bits.
pub const MOST_MINOR: i64 = 1_000_000_000_000;

/// Somebody's account. Amounts are in minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub id: AccountId,
    /// In which currency.
    pub currency: Currency,
    /// How much may be used.
    pub limit_minor: i64,
    /// Whether more may be used all the same.
    pub may_exceed: bool,
    /// Whether nothing can be ordered on it.
    pub blocked: bool,
    /// When what was received is due.
    pub terms: Terms,
    /// The IANA time zone in which its days begin.
    pub zone: String,
    /// What is owed for what was received; below zero: paid ahead.
    pub balance_minor: i64,
    /// What open orders hold.
    pub held_minor: i64,
    /// Of that, what waits for approval.
    pub waiting_minor: i64,
    /// Everything that was ever owed.
    pub debts_minor: i64,
    /// When the oldest unpaid debt is due; none: nothing is owed.
    pub due: Option<Timestamp>,
    /// The number of its last entry.
    pub seq: i64,
}

/// Why nothing more can be ordered on an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Staff blocked it.
    Blocked,
    /// It is in another currency than the order.
    Currency(Currency),
    /// So much is missing, in minor units.
    Short(i64),
    /// So much is missing of what the member may order for, in minor units.
    Budget(i64),
}

impl Account {
    /// What counts against the limit: what is owed and what open orders hold.
    pub fn used_minor(&self) -> i64 {
        self.balance_minor.saturating_add(self.held_minor)
    }

    /// What is left of the limit; below zero: more is used.
    pub fn available_minor(&self) -> i64 {
        self.limit_minor.saturating_sub(self.used_minor())
    }

    /// What is left once `more` is used besides.
    pub fn available_after(&self, more: i64) -> i64 {
        self.available_minor().saturating_sub(more)
    }

    /// An amount in its currency.
    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    /// Whether an order of that currency may be placed on it at all, whatever is left.
    ///
    /// # Errors
    /// It is blocked, or in another currency.
    pub fn check_open(&self, currency: Currency) -> Result<(), Refusal> {
        if self.blocked {
            return Err(Refusal::Blocked);
        }
        if self.currency != currency {
            return Err(Refusal::Currency(self.currency));
        }
        Ok(())
    }

    /// Whether `more` may be used of it. What becomes less always may.
    ///
    /// # Errors
    /// So much is missing.
    pub fn check_room(&self, more: i64) -> Result<(), Refusal> {
        match self.available_after(more) {
            left if left < 0 && more > 0 && !self.may_exceed => Err(Refusal::Short(-left)),
            _ => Ok(()),
        }
    }
}
