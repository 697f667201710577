//! Ids, each its own type, so that one can't be passed for another.
//!
//! Numeric ids are given by the application ([`IdSource`]), never by a database.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::time::Timestamp;

macro_rules! numeric_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as the shop's files write it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

numeric_id!(
    /// A Telegram chat: positive for a private chat (then it equals the user's id), negative for groups.
    ChatId
);
numeric_id!(
    /// A person, known by Telegram's `from.id` alone.
    CustomerId
);
/// Marks a person without Telegram; its own ids have at most 52 bits, as the Bot API says of
/// `User.id`, and none of an [`IdSource`] reaches this far.
const BY_PHONE: i64 = 1 << 62;

/// Marks, together with [`BY_PHONE`], who stands in the place of somebody whose data were erased.
/// An [`IdSource`] reaches this far in 2093.
const ERASED: i64 = 1 << 61;

impl CustomerId {
    /// Somebody who called and was written down by the shop, with an id of an [`IdSource`].
    pub fn by_phone(id: i64) -> Self {
        Self(id | BY_PHONE)
    }

    /// Nobody: stands in the place of a person whose data were erased, with an id of an
    /// [`IdSource`], so that figures by customer stay what they are and lead nowhere.
    pub fn erased(id: i64) -> Self {
        Self(id | BY_PHONE | ERASED)
    }

    /// Whether this is nobody any more.
    pub fn is_erased(self) -> bool {
        self.0 & (BY_PHONE | ERASED) == (BY_PHONE | ERASED)
    }

    /// Whether this person can have a private chat with the bot at all.
    pub fn has_chat(self) -> bool {
        self.0 & BY_PHONE == 0
    }
}

numeric_id!(
    /// An order. People are shown its day number, see `Order::number`.
    OrderId
);
numeric_id!(
    /// A cart; it becomes an order by a compare-and-set on its version.
    CartId
);
numeric_id!(
    /// A line within one cart or order, 1-based, never reused in it.
    LineId
);
text_id!(
    /// A catalogue item, `[a-z0-9-]`, at most 24 bytes (it travels in callback data).
    ItemId
);
text_id!(
    /// A category of the catalogue, at most 24 bytes (it travels in callback data).
    CategoryId
);
text_id!(
    /// A class of goods taxed alike, named in the shop's settings.
    TaxClass
);
text_id!(
    /// A variant of an item (a size), unique within the item.
    VariantId
);
text_id!(
    /// An option group, unique within the shop.
    GroupId
);
text_id!(
    /// A choice of an option group, unique within the group.
    ChoiceId
);
text_id!(
    /// A table of the shop, `[a-z0-9-]`, at most 24 bytes (it travels in callback data).
    TableId
);
text_id!(
    /// A company that orders here, `[a-z0-9-]`, at most 24 bytes (it travels in callback data).
    CompanyId
);

/// Whose account it is: what is ordered on account is owed by them. It travels in callback data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum AccountId {
    /// A company's.
    Company(CompanyId),
    /// A person's own.
    Person(CustomerId),
}

impl AccountId {
    /// The account's word: `c-COMPANY` or `p-PERSON`.
    pub fn code(&self) -> String {
        match self {
            Self::Company(id) => format!("c-{id}"),
            Self::Person(id) => format!("p-{id}"),
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        match code.split_once('-')? {
            ("c", id) if !id.is_empty() => Some(Self::Company(id.into())),
            ("p", id) => Some(Self::Person(CustomerId(id.parse().ok()?))),
            _ => None,
        }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl From<AccountId> for String {
    fn from(id: AccountId) -> Self {
        id.code()
    }
}

impl TryFrom<String> for AccountId {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("not an account's id")
    }
}

/// Gives numeric ids that rise with time and stay unique over restarts.
///
/// Layout: milliseconds since 2024-01-01 in the high bits, then 20 bits that start at a
/// random place and count up. Two processes collide only within one millisecond and one
/// place in a million; the primary key then refuses and the turn runs again.
#[derive(Debug, Clone)]
pub struct IdSource {
    last: i64,
}

const EPOCH_MS: i64 = 1_704_067_200_000;
const SEQUENCE_BITS: u32 = 20;

impl IdSource {
    /// Starts a source; `seed` is any random number, `now` the present time.
    pub fn new(seed: u64, now: Timestamp) -> Self {
        let low = (seed & ((1 << SEQUENCE_BITS) - 1)) as i64;
        Self {
            last: base(now) | low,
        }
    }

    /// Starts a source above `last`, an id given before: the clock may have been ahead then.
    pub fn above(last: i64, seed: u64, now: Timestamp) -> Self {
        let fresh = Self::new(seed, now);
        Self {
            last: fresh.last.max(last),
        }
    }

    /// The next id, above every id this source gave before.
    pub fn next(&mut self, now: Timestamp) -> i64 {
        let low = self.last & ((1 << SEQUENCE_BITS) - 1);
        self.last = (self.last + 1).max(base(now) | low);
        self.last
    }
}

fn base(now: Timestamp) -> i64 {
    (now.0 - EPOCH_MS).max(0) << SEQUENCE_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_called_has_no_chat() {
        let caller = CustomerId::by_phone(IdSource::new(7, Timestamp(EPOCH_MS + 10)).last);
        assert!(!caller.has_chat());
        assert!(CustomerId((1 << 52) - 1).has_chat());
        assert!(caller.0 > 0, "negative ids are groups");
    }

    #[test]
    fn who_is_erased_is_nobody_who_called() {
        let id = IdSource::new(7, Timestamp(EPOCH_MS + 10)).last;
        let (nobody, caller) = (CustomerId::erased(id), CustomerId::by_phone(id));
        assert!(nobody.is_erased() && !nobody.has_chat() && nobody.0 > 0);
        assert!(!caller.is_erased() && !CustomerId((1 << 52) - 1).is_erased());
    }

    #[test]
    fn an_accounts_word_is_read_back() {
        for id in [
            AccountId::Company(CompanyId::from("c-lucky-7")),
            AccountId::Person(CustomerId::by_phone(7)),
        ] {
            assert_eq!(AccountId::parse(&id.code()), Some(id));
        }
        for code in ["", "c-", "p-", "p-x", "x-1", "lucky"] {
            assert_eq!(AccountId::parse(code), None, "{code}");
        }
    }

    #[test]
    fn ids_rise_even_when_the_clock_falls_back() {
        let mut ids = IdSource::new(7, Timestamp(EPOCH_MS + 10));
        let first = ids.next(Timestamp(EPOCH_MS + 10));
        let second = ids.next(Timestamp(EPOCH_MS));
        let third = ids.next(Timestamp(EPOCH_MS + 11));
        assert!(first < second && second < third);
    }
}
