//! Companies that order: who is in one and as what, where it wants its goods, what it adds to the
//! shop's rules of approval.
//!
//! Business decisions: a company with members always has an admin; a rule that nobody could
//! approve falls to the admins. Nothing here knows orders, links or chats.

mod rules;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::{CompanyId, CustomerId, Timestamp};

pub use rules::{MOST_RULES, Quorum, Rule, Who};

/// Delivery addresses of one company: what a list of buttons bears.
pub const MOST_ADDRESSES: usize = 20;
/// Members of one company; they are looked at all together.
pub const MOST_MEMBERS: usize = 200;
/// Characters of a company's name, least and most.
pub const NAME_CHARS: (usize, usize) = (2, 60);
/// Characters of an address's label, least and most.
pub const LABEL_CHARS: (usize, usize) = (1, 24);
/// Characters of an address, least and most.
pub const ADDRESS_CHARS: (usize, usize) = (4, 200);
/// Bytes of a company's id: it travels in callback data.
const ID_BYTES: usize = 24;

/// What somebody is in a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Orders for it.
    Buyer,
    /// Orders, and approves what others ordered.
    Approver,
    /// Looks after its members, addresses and rules too.
    Admin,
}

impl Role {
    /// Every role, in order of rights.
    pub const ALL: [Self; 3] = [Self::Buyer, Self::Approver, Self::Admin];

    /// The word that the store, rules and facts use.
    pub fn code(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::Approver => "approver",
            Self::Admin => "admin",
        }
    }

    /// Whether it may see the company's account: what it owes and what was paid.
    pub fn sees_account(self) -> bool {
        self == Self::Admin
    }

    /// The role of that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Somebody of a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: CustomerId,
    /// As what.
    pub role: Role,
    /// Since when.
    pub since: Timestamp,
    /// Who let them in; none: they came by the shop's own link.
    pub let_in_by: Option<CustomerId>,
    /// The most that an approver may approve, in minor units of the shop's currency; none: no limit.
    pub limit_minor: Option<i64>,
    /// When they last ordered for the company.
    pub ordered: Option<Timestamp>,
}

/// Where a company wants its goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Its id in the company, never given twice.
    pub id: i64,
    /// What the company calls it.
    pub label: String,
    /// The address as typed.
    pub words: String,
}

/// What of a company may be personal: kept sealed, empty once it is erased.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Details {
    /// Its name.
    pub name: String,
    /// Its delivery addresses, in the order they were added.
    #[serde(default)]
    pub addresses: Vec<Address>,
    /// The last id given to an address.
    #[serde(default)]
    pub last_address: i64,
    /// Values for the shop's custom fields, by step id.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// A company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Its id in the shop.
    pub id: CompanyId,
    /// Its name, addresses and fields.
    pub details: Details,
    /// Whether its members may order for it.
    pub active: bool,
    /// Rises by one with every change.
    pub version: i64,
}

/// Why something can't be done with a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The company would have members and no admin.
    LastAdmin,
    /// It has as many of these as it may.
    Full(usize),
    /// Fewer or more characters than these.
    Length(usize, usize),
}

impl Company {
    /// What it is called; an erased one by its id.
    pub fn called(&self) -> &str {
        self.details.called(&self.id)
    }
}

impl Details {
    /// What a company of these is called; an erased one by its id.
    pub fn called<'a>(&'a self, id: &'a CompanyId) -> &'a str {
        match self.name.as_str() {
            "" => id.as_str(),
            name => name,
        }
    }

    /// Adds a delivery address.
    ///
    /// # Errors
    /// There are [`MOST_ADDRESSES`] already, or label or words are too short or too long; nothing
    /// is changed then.
    pub fn add_address(&mut self, label: &str, words: &str) -> Result<(), Refusal> {
        if self.addresses.len() >= MOST_ADDRESSES {
            return Err(Refusal::Full(MOST_ADDRESSES));
        }
        within(label, LABEL_CHARS)?;
        within(words, ADDRESS_CHARS)?;
        self.last_address += 1;
        self.addresses.push(Address {
            id: self.last_address,
            label: label.to_owned(),
            words: words.to_owned(),
        });
        Ok(())
    }

    /// The address of that id.
    pub fn address(&self, id: i64) -> Option<&Address> {
        self.addresses.iter().find(|address| address.id == id)
    }
}

/// Whether a name may be a company's.
///
/// # Errors
/// It is too short or too long.
pub fn check_name(name: &str) -> Result<(), Refusal> {
    within(name, NAME_CHARS)
}

fn within(words: &str, (least, most): (usize, usize)) -> Result<(), Refusal> {
    match words.chars().count() {
        count if (least..=most).contains(&count) => Ok(()),
        _ => Err(Refusal::Length(least, most)),
    }
}

/// Whether `who` may become something else, or leave (`None`).
///
/// # Errors
/// They are the last admin: somebody must look after the company.
pub fn check_change<'m>(
    members: impl IntoIterator<Item = &'m Member>,
    who: CustomerId,
    to: Option<Role>,
) -> Result<(), Refusal> {
    let is_admin = |member: &&Member| member.role == Role::Admin;
    let mut admins = members.into_iter().filter(is_admin).peekable();
    let stays_admin = to == Some(Role::Admin);
    if stays_admin || admins.peek().is_none() || admins.any(|admin| admin.user != who) {
        return Ok(());
    }
    Err(Refusal::LastAdmin)
}

/// An id made from a company's name: its Latin letters and digits in lower case, `-` between
/// words. None if it has no Latin letter.
pub fn id_of(name: &str) -> Option<CompanyId> {
    let mut id = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(ID_BYTES);
    let id = id.trim_end_matches('-');
    id.bytes()
        .any(|b| b.is_ascii_lowercase())
        .then(|| CompanyId(id.to_owned()))
}

/// Another id for a company whose first one is taken, or which has none: `tail` makes it its own.
pub fn id_with(id: Option<&CompanyId>, tail: &str) -> CompanyId {
    let first = id.map_or("c", CompanyId::as_str);
    let room = ID_BYTES.saturating_sub(tail.len() + 1);
    let first: String = first.chars().take(room).collect();
    CompanyId(format!("{}-{tail}", first.trim_end_matches('-')))
}
