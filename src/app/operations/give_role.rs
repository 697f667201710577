//! Who may give which role, with which limit: asked by invites and by the team's screen alike.
//!
//! Nobody gives a right that they lack, nor a larger limit than their own.

use unicode_normalization::UnicodeNormalization;

use crate::chat::Text;
use crate::kernel::{Currency, Money};

use crate::app::access::{Act, Authority, Role, may_give};
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::staff;

use super::claim_link::role_text;

/// A role as it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The role.
    pub role: Role,
    /// The largest total of an order that may be approved in it, in minor units; none: any.
    pub limit: Option<i64>,
}

impl Given {
    /// `approver 50000`, as a link keeps it: the limit in minor units.
    pub fn words(self) -> String {
        match self.limit {
            Some(limit) => format!("{} {limit}", self.role.name()),
            None => self.role.name().to_owned(),
        }
    }

    /// Reads [`Given::words`].
    pub fn parse(words: &str) -> Option<Self> {
        let (role, limit) = match words.split_once(' ') {
            Some((role, limit)) => (role, Some(limit.parse().ok()?)),
            None => (words, None),
        };
        let role = Role::parse(role)?;
        Some(Self { role, limit })
    }

    /// What it is called, with its limit.
    pub fn text(self, currency: Currency) -> Text {
        let role = Text::new(role_text(self.role));
        match self.limit {
            Some(limit) => Text::new("role-limited")
                .with("role", role)
                .with("limit", Money::new(limit, currency)),
            None => role,
        }
    }
}

/// A role with the limit that somebody typed; nothing typed: none.
///
/// # Errors
/// What is said to words that are no limit, or to a limit for a role that approves nothing.
pub fn wanted(cx: &Cx<'_>, role: Role, limit: &str) -> Result<Given, Text> {
    let limit: String = limit.nfkc().collect();
    let limit = limit.trim();
    if limit.is_empty() {
        return Ok(Given { role, limit: None });
    }
    if !role.may(Act::Approve) {
        return Err(Text::new("role-without-limit").with("role", Text::new(role_text(role))));
    }
    let amount = Money::parse(limit, cx.shop.settings.currency).filter(|limit| limit.minor >= 0);
    let amount = amount.ok_or_else(|| Text::new("role-limit-unreadable"))?;
    Ok(Given {
        role,
        limit: Some(amount.minor),
    })
}

/// What is given without a limit, with the giver's own if they have one.
pub async fn at_most_own(cx: &mut Cx<'_>, given: Given) -> Result<Given, TurnError> {
    let limit = match staff::limit_of(cx, cx.customer()).await? {
        Authority::UpTo(own) if given.role.may(Act::Approve) => Some(given.limit.unwrap_or(own)),
        Authority::UpTo(_) | Authority::Nothing | Authority::Any => given.limit,
    };
    Ok(Given { limit, ..given })
}

/// Why this person can't give that; none if they can. Whether they may give anything at all is
/// asked before.
pub async fn refusal(cx: &mut Cx<'_>, given: Given) -> Result<Option<Text>, TurnError> {
    let giver = cx.customer();
    let roles = staff::roles(cx, giver).await?;
    if !may_give(&roles, given.role) {
        let role = Text::new(role_text(given.role));
        return Ok(Some(Text::new("role-not-yours").with("role", role)));
    }
    let own = staff::limit_of(cx, giver).await?;
    Ok(match own {
        Authority::UpTo(most) if Authority::of(given.role, given.limit) > own => {
            let most = Money::new(most, cx.shop.settings.currency);
            Some(Text::new("role-limit-own").with("limit", most))
        }
        Authority::UpTo(_) | Authority::Nothing | Authority::Any => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_limit() {
        for (words, role, limit) in [
            ("kitchen", Role::Kitchen, None),
            ("approver 50000", Role::Approver, Some(50_000)),
        ] {
            let given = Given { role, limit };
            assert_eq!(given.words(), words);
            assert_eq!(Given::parse(words), Some(given));
        }
        for words in ["", "approver ", "approver 5 0", "cook", "approver x"] {
            assert_eq!(Given::parse(words), None, "{words}");
        }
    }
}
