//! Orders that customers keep under a name, to order them again: what is wanted, never what it
//! costs.
//!
//! One belongs to its owner; shared inside a company, its members use and copy it, and its admins
//! change it too. Must never know a chat, a link or a statement.

use serde::{Deserialize, Serialize};

use crate::domain::cart::MAX_LINES;
use crate::domain::cart::refill::Wish;
use crate::domain::companies::Role;
use crate::domain::contents::Answers;
use crate::kernel::{CompanyId, CustomerId};

/// Saved orders of one customer: what a list on a phone bears.
pub const MOST: usize = 20;

/// Characters of a name: it stands on a button.
pub const MAX_NAME_CHARS: usize = 40;

/// A saved order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedOrder {
    /// Its id.
    pub id: i64,
    /// Whose it is.
    pub owner: CustomerId,
    /// The company whose members may use it; none: the owner alone.
    pub company: Option<CompanyId>,
    /// What it is called. Personal.
    pub name: String,
    /// Whether the owner's first screen offers it.
    pub usual: bool,
    /// Rises with every change; every write repeats it.
    pub version: i64,
    /// What is wanted. Personal.
    pub body: Body,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// The flow that it goes through; empty: whichever is chosen.
    pub flow: String,
    /// What the owner answered there: theirs alone, whoever else uses it.
    pub answers: Answers,
    /// The lines.
    pub wishes: Vec<Wish>,
}

/// Why a name is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// There are no characters.
    Empty,
    /// There are more than [`MAX_NAME_CHARS`].
    TooLong,
}

/// What somebody may do with a saved order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Order it and copy it.
    Use,
    /// Change and delete it too.
    Change,
    /// It is theirs.
    Own,
}

/// Reads a name as somebody typed it, in one line.
///
/// # Errors
/// It is empty or too long.
pub fn name(typed: &str) -> Result<String, NameFault> {
    let name = typed.trim();
    match name.chars().count() {
        0 => Err(NameFault::Empty),
        chars if chars > MAX_NAME_CHARS => Err(NameFault::TooLong),
        _ => Ok(name.to_owned()),
    }
}

impl SavedOrder {
    /// What this person may do with it: `place` is what they are in its company, none: no active
    /// member. Nothing of somebody else's that is not shared with them.
    pub fn right(&self, who: CustomerId, place: Option<Role>) -> Option<Right> {
        match (self.owner == who, &self.company, place) {
            (true, ..) => Some(Right::Own),
            (false, Some(_), Some(Role::Admin)) => Some(Right::Change),
            (false, Some(_), Some(Role::Buyer | Role::Approver)) => Some(Right::Use),
            (false, Some(_), None) | (false, None, _) => None,
        }
    }
}

impl Body {
    /// Wishes as they are kept: without prices, with nothing left out.
    pub fn of(wishes: Vec<Wish>) -> Self {
        let plain = |wish: Wish| Wish {
            before: None,
            skipped: false,
            ..wish
        };
        Self {
            wishes: wishes.into_iter().map(plain).collect(),
            ..Self::default()
        }
    }

    /// Adds lines; those that are equal but for their quantity grow. `false`, and nothing is
    /// added, if these are more than a cart holds.
    pub fn add(&mut self, wishes: Vec<Wish>) -> bool {
        let mut all = self.wishes.clone();
        for wish in Self::of(wishes).wishes {
            let same = all.iter_mut().find(|known| {
                let (a, b) = (&known.line, &wish.line);
                (&a.item, &a.variant, &a.selection, &a.note)
                    == (&b.item, &b.variant, &b.selection, &b.note)
            });
            match same {
                Some(known) => {
                    let sum = known.line.quantity.0.saturating_add(wish.line.quantity.0);
                    known.line.quantity.0 = sum;
                }
                None => all.push(wish),
            }
        }
        let fits = all.len() as i64 <= MAX_LINES;
        if fits {
            self.wishes = all;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(company: Option<&str>) -> SavedOrder {
        SavedOrder {
            id: 1,
            owner: CustomerId(7),
            company: company.map(CompanyId::from),
            name: "lunch".to_owned(),
            usual: false,
            version: 1,
            body: Body::default(),
        }
    }

    #[test]
    fn nobody_gets_at_what_is_not_shared_with_them() {
        let (owner, other) = (CustomerId(7), CustomerId(8));
        for (company, who, place, right) in [
            (None, owner, None, Some(Right::Own)),
            (None, other, Some(Role::Admin), None),
            (Some("acme"), owner, None, Some(Right::Own)),
            (Some("acme"), other, None, None),
            (Some("acme"), other, Some(Role::Buyer), Some(Right::Use)),
            (Some("acme"), other, Some(Role::Approver), Some(Right::Use)),
            (Some("acme"), other, Some(Role::Admin), Some(Right::Change)),
        ] {
            assert_eq!(
                saved(company).right(who, place),
                right,
                "{company:?} {who} {place:?}"
            );
        }
    }

    #[test]
    fn a_name_is_some_characters() {
        assert_eq!(name("  Lunch <b>4</b> "), Ok("Lunch <b>4</b>".to_owned()));
        assert_eq!(name(" \t"), Err(NameFault::Empty));
        assert_eq!(name(&"x".repeat(200)), Err(NameFault::TooLong));
        assert_eq!(
            name(&"\u{8336}".repeat(40)).map(|n| n.chars().count()),
            Ok(40)
        );
    }
}
