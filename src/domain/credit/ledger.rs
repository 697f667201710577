//! The ledger of an account: what was booked, and what of its debts is not paid yet.

use crate::kernel::{CustomerId, OrderId, Timestamp, coded};

/// What was booked. The first six words are those of Adobe Commerce's company credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// The account was opened with its limit.
    Allocated,
    /// Limit, terms or whether it is blocked were changed.
    Updated,
    /// An order was placed: it holds what it comes to.
    Purchased,
    /// A repayment.
    Reimbursed,
    /// Part of what was received is given back.
    Refunded,
    /// An order was called off: it holds nothing any more.
    Reverted,
    /// An order was changed: it holds more, or less.
    Amended,
    /// The customer has the goods: what the order held is owed.
    Charged,
    /// What was owed before the account was kept here.
    Opened,
    /// A correction, either way.
    Adjusted,
}
coded!(Op {
    Allocated = "allocated",
    Updated = "updated",
    Purchased = "purchased",
    Reimbursed = "reimbursed",
    Refunded = "refunded",
    Reverted = "reverted",
    Amended = "amended",
    Charged = "charged",
    Opened = "opened",
    Adjusted = "adjusted",
});

/// One entry, never changed. Amounts are in minor units of the account's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the account, 1-based without gaps.
    pub seq: i64,
    /// What.
    pub op: Op,
    /// How much: above zero uses more of the limit, or raises it ([`Op::Allocated`],
    /// [`Op::Updated`]); of [`Op::Charged`] what became owed.
    pub amount_minor: i64,
    /// How the balance changed.
    pub balance_change: i64,
    /// How what is held changed.
    pub held_change: i64,
    /// What was owed after it.
    pub balance_after: i64,
    /// What open orders held after it.
    pub held_after: i64,
    /// The limit after it.
    pub limit_after: i64,
    /// Everything that was ever owed, after it.
    pub debts_after: i64,
    /// When it is due, if it is a debt.
    pub due: Option<Timestamp>,
    /// The order it is about.
    pub order: Option<OrderId>,
    /// The reference under which it was paid.
    pub reference: Option<String>,
    /// Who of the staff, or the customer.
    pub actor: Option<CustomerId>,
    /// When.
    pub at: Timestamp,
    /// Why, in somebody's words; empty: none, or erased. Personal.
    pub comment: String,
}

impl Entry {
    /// What was left of the limit after it.
    pub fn available_after(&self) -> i64 {
        let used = self.balance_after.saturating_add(self.held_after);
        self.limit_after.saturating_sub(used)
    }
}

/// A debt, and what of it is not paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpaid {
    /// The entry.
    pub entry: Entry,
    /// So much of it.
    pub rest_minor: i64,
}

/// What of these debts is not paid, oldest first. `paid`: everything that was ever paid; it settles
/// the oldest first.
pub fn unpaid(debts: Vec<Entry>, paid: i64) -> Vec<Unpaid> {
    let mut open: Vec<Unpaid> = debts
        .into_iter()
        .filter(|entry| entry.due.is_some() && entry.debts_after > paid)
        .map(|entry| Unpaid {
            rest_minor: entry.balance_change.min(entry.debts_after - paid),
            entry,
        })
        .collect();
    open.sort_by_key(|open| open.entry.seq);
    open
}

/// Characters of a reference.
const REFERENCE_CHARS: usize = 40;

/// A payment's reference as it is kept: capital letters, digits and `-/._`, at most 40. None if it
/// has anything else, or nothing.
pub fn tidy_reference(words: &str) -> Option<String> {
    let words = words.trim();
    let fits = (1..=REFERENCE_CHARS).contains(&words.len())
        && words
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-/._".contains(&b))
        && words.bytes().any(|b| b.is_ascii_alphanumeric());
    fits.then(|| words.to_ascii_uppercase())
}
