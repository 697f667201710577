//! What is kept of every decision and change by a person: [`Cx::audit`] with a [`Deed`].
//!
//! An operation notes its deed once it is certain that it was carried out. What customers do with
//! their own orders stands in the orders' history and needs none. Values before and after are
//! codes, not words: whoever reads them sees their own language.

pub mod csv;

use crate::domain::companies;
use crate::domain::orders::Event;
use crate::domain::pauses::Scope;
use crate::kernel::time::MINUTE;
use crate::kernel::{AccountId, CompanyId, CustomerId, ItemId, OrderId};
use crate::store;
use crate::store::items::Subject;

use super::access::Role;
use super::cx::Cx;
use super::outcome::TurnError;

/// The role of who has none.
pub const NO_ROLE: &str = "none";

/// How a change of an account that one person carried out alone is kept.
pub const ALONE: &str = "alone";

/// Attempts without the right are kept once for each person and subject in so long.
const REFUSED_AGAIN: i64 = 10 * MINUTE;

/// What somebody did. Its word is stored, and stays what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Moved an order: `order.EVENT`. Why: the reason's id.
    Moved(Event),
    /// Agreed to an order that others must agree to as well. Why: for whom, if they stood in.
    Agreed,
    /// Asked the customer of an order something. Why: what.
    Asked,
    /// Said that they are away. After: until when, in milliseconds, and who decides meanwhile.
    Away,
    /// Said that they are back.
    Back,
    /// Put the customer of an order into a group. After: which.
    Grouped,
    /// Took the customer of an order out of a group. After: which.
    Ungrouped,
    /// Placed an order for its customer. After: its number.
    PlacedByHand,
    /// Saved a change of an order for its customer. Before and after: its total, in minor units.
    ChangedByHand,
    /// Proposed a change of an order. Before and after: its total, in minor units.
    Proposed,
    /// Made a company. After: its name.
    CompanyMade,
    /// Stopped a company.
    CompanyStopped,
    /// Started a company again.
    CompanyStarted,
    /// Changed what somebody is in a company. Before and after: role and limit, as in
    /// `approver 50000`; empty: nothing.
    CompanyMember,
    /// Did not let somebody into a company.
    CompanyRefused,
    /// Changed a company's addresses. Before and after: the address; empty: none.
    CompanyAddress,
    /// Changed a value that a company keeps. Before and after: the value; empty: none. Why: the
    /// step's id.
    CompanyField,
    /// Changed a company's own rules. Before and after: amount and who, as in `50000 admin`.
    CompanyRule,
    /// Made a link into a company. After: the role.
    CompanyLink,
    /// Took a link into a company back.
    CompanyLinkBack,
    /// Changed what a member of a company may order for. Before and after: as in `50000 month`;
    /// empty: no bound.
    MemberBudget,
    /// Changed an account. Before: what kind and what it was, as in `limit 50000 CNY`. After: `alone`
    /// or who had proposed it, then the same: `alone limit 60000 CNY`. Why: their words.
    CreditChanged,
    /// Proposed that to a second person. Before and after: likewise, without who.
    CreditProposed,
    /// Said no to what somebody proposed. Before and after: as if it had been changed.
    CreditRejected,
    /// Took back what they had proposed. Before and after: as when it was proposed.
    CreditWithdrawn,
    /// Gave a role. After: role and limit, as in `approver 50000`.
    GaveRole,
    /// Took a role away. Before: role and limit.
    TookRole,
    /// Set the limit of a role. Before and after: role and limit.
    SetLimit,
    /// Made an invite. After: role and limit.
    Invited,
    /// Took an invite back. Before: role and limit, if known.
    TookInviteBack,
    /// Used an invite. After: role and limit.
    Joined,
    /// Used the owner's link.
    Owns,
    /// Changed what is on hand. Before and after: base units. Why: the reason's id.
    ChangedStock,
    /// Took something off the menu. After: until when, in milliseconds; empty: until put back.
    SoldOut,
    /// Put something back on the menu.
    PutBack,
    /// Took words of customers as another name of an item. After: the words.
    AliasAccepted,
    /// Said no to that. After: the words.
    AliasDeclined,
    /// Removed such a name. Before: the words.
    AliasRemoved,
    /// Stopped taking orders, or changed the end or the words of that. Before and after: until when
    /// in milliseconds, `open`, or empty: orders were taken. Why: what customers read.
    Paused,
    /// Took orders again. Before: until when they would not have been.
    Resumed,
    /// Said what a group is for. After: the purpose; empty: nothing.
    SetGroup,
    /// Made a new code for a table.
    RenewedTable,
    /// Had the shop's folder read again.
    Reloaded,
    /// Tried something without the right. After: what, a word of the program's.
    Refused,
    /// Nobody took a person's place in entries, because their data were erased. Subject: which
    /// entries, as in `audit/3,17`.
    Erased,
}

impl Did {
    /// Every deed but the moves of orders, with its word.
    const WORDS: [(Self, &'static str); 44] = [
        (Self::MemberBudget, "company.budget"),
        (Self::CreditChanged, "credit.change"),
        (Self::CreditProposed, "credit.propose"),
        (Self::CreditRejected, "credit.reject"),
        (Self::CreditWithdrawn, "credit.withdraw"),
        (Self::CompanyMade, "company.make"),
        (Self::CompanyStopped, "company.stop"),
        (Self::CompanyStarted, "company.start"),
        (Self::CompanyMember, "company.member"),
        (Self::CompanyRefused, "company.refuse"),
        (Self::CompanyAddress, "company.address"),
        (Self::CompanyField, "company.field"),
        (Self::CompanyRule, "company.rule"),
        (Self::CompanyLink, "company.link"),
        (Self::CompanyLinkBack, "company.link-back"),
        (Self::ChangedByHand, "hand.change"),
        (Self::Proposed, "approval.propose"),
        (Self::PlacedByHand, "hand.place"),
        (Self::Grouped, "customer.group"),
        (Self::Ungrouped, "customer.ungroup"),
        (Self::Agreed, "approval.agree"),
        (Self::Asked, "approval.ask"),
        (Self::Away, "away.set"),
        (Self::Back, "away.end"),
        (Self::GaveRole, "staff.give"),
        (Self::TookRole, "staff.take"),
        (Self::SetLimit, "staff.limit"),
        (Self::Invited, "invite.make"),
        (Self::TookInviteBack, "invite.take-back"),
        (Self::Joined, "invite.use"),
        (Self::Owns, "owner.claim"),
        (Self::ChangedStock, "stock.change"),
        (Self::SoldOut, "menu.off"),
        (Self::PutBack, "menu.on"),
        (Self::AliasAccepted, "alias.accept"),
        (Self::AliasDeclined, "alias.decline"),
        (Self::AliasRemoved, "alias.remove"),
        (Self::Paused, "pause.set"),
        (Self::Resumed, "pause.end"),
        (Self::SetGroup, "group.set"),
        (Self::RenewedTable, "table.renew"),
        (Self::Reloaded, "shop.reload"),
        (Self::Refused, "refused"),
        (Self::Erased, store::audit::ERASED),
    ];

    /// The word stored.
    pub fn word(self) -> String {
        if let Self::Moved(event) = self {
            return format!("order.{}", event.code());
        }
        let known = Self::WORDS.iter().find(|(did, _)| *did == self);
        known.map_or_else(String::new, |(_, word)| (*word).to_owned())
    }

    /// Reads [`Did::word`]; none for a word of a newer version.
    pub fn parse(word: &str) -> Option<Self> {
        if let Some(event) = word.strip_prefix("order.") {
            return Event::parse(event).map(Self::Moved);
        }
        let known = Self::WORDS.iter().find(|(_, known)| *known == word);
        known.map(|(did, _)| *did)
    }
}

/// Something that somebody did, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// What.
    pub did: Did,
    /// As what; none: they have no role.
    pub role: Option<Role>,
    /// To what: see the functions of this module that name subjects.
    pub subject: String,
    /// What it was before.
    pub before: String,
    /// What it is now.
    pub after: String,
    /// Why: an id of the shop's list, or typed words.
    pub why: String,
}

impl Deed {
    /// A deed in a role, to something.
    pub fn new(did: Did, role: Option<Role>, subject: impl Into<String>) -> Self {
        Self {
            did,
            role,
            subject: subject.into(),
            before: String::new(),
            after: String::new(),
            why: String::new(),
        }
    }

    /// The same, with what it was before.
    #[must_use]
    pub fn from(self, before: impl ToString) -> Self {
        Self {
            before: before.to_string(),
            ..self
        }
    }

    /// The same, with what it is now.
    #[must_use]
    pub fn to(self, after: impl ToString) -> Self {
        Self {
            after: after.to_string(),
            ..self
        }
    }

    /// The same, with the reason.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            ..self
        }
    }
}

/// The subject that is an order.
pub fn of_order(id: OrderId) -> String {
    format!("order/{id}")
}

/// The subject that is somebody's place in the team.
pub fn of_staff(who: CustomerId) -> String {
    format!("staff/{who}")
}

/// The subject that is a company.
pub fn of_company(id: &CompanyId) -> String {
    format!("company/{id}")
}

/// The subject that is somebody's place in a company.
pub fn of_member(id: &CompanyId, who: CustomerId) -> String {
    format!("member/{id}/{who}")
}

/// The subject that is an account.
pub fn of_account(id: &AccountId) -> String {
    format!("account/{id}")
}

/// What somebody is in a company, as it is kept.
pub fn place(role: companies::Role, limit: Option<i64>) -> String {
    match limit {
        Some(limit) => format!("{} {limit}", role.code()),
        None => role.code().to_owned(),
    }
}

/// The subject that is the stock of an item.
pub fn of_stock(item: &ItemId) -> String {
    format!("stock/{item}")
}

/// The subject that is the place of something on the menu.
pub fn of_menu(subject: &Subject) -> String {
    match subject {
        Subject::Item(id) => format!("menu/{id}"),
        Subject::Choice(group, choice) => format!("menu/{group}/{choice}"),
    }
}

/// The subject that is what an item is called.
pub fn of_item(item: &ItemId) -> String {
    format!("item/{item}")
}

/// The subject that is the taking of orders, of the shop or of a flow.
pub fn of_pause(scope: &Scope) -> String {
    format!("pause/{}", scope.code())
}

/// Keeps that somebody tried something without the right; again and again is kept once in a
/// while. `tried`: a word for what.
pub async fn refused(
    cx: &mut Cx<'_>,
    roles: &[Role],
    subject: String,
    tried: &str,
) -> Result<(), TurnError> {
    let since = cx.now.plus(-REFUSED_AGAIN);
    let word = Did::Refused.word();
    let same = (cx.customer(), word.as_str(), subject.as_str());
    if store::audit::is_noted(cx.tx, same, since).await? {
        return Ok(());
    }
    let role = roles.iter().min().copied();
    cx.audit(Deed::new(Did::Refused, role, subject).to(tried));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        let moves = Event::ALL.iter().map(|event| Did::Moved(*event));
        let all = moves.chain(Did::WORDS.iter().map(|(did, _)| *did));
        for did in all {
            assert!(!did.word().is_empty(), "{did:?} has no word");
            assert_eq!(Did::parse(&did.word()), Some(did));
        }
        assert_eq!(Did::parse("order.fly"), None);
        assert_eq!(Did::parse(""), None);
    }
}
