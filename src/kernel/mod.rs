//! Values with rules and no input or output: money, quantities, ids, time, locales.
//!
//! Everything else builds on these. Nothing here reads a clock, draws a random
//! number, awaits, or knows a shop.

pub mod coded;
pub mod ids;
pub mod locale;
pub mod money;
pub mod place;
pub mod quantity;
#[cfg(test)]
pub mod sites;
pub mod time;

pub(crate) use coded::coded;
pub use ids::{
    AccountId, CartId, CategoryId, ChatId, ChoiceId, CompanyId, CustomerId, GroupId, IdSource,
    ItemId, LineId, OrderId, TableId, TaxClass, VariantId,
};
pub use locale::{Locale, Localised};
pub use money::{Currency, Money, MoneyError};
pub use place::{Doorway, Point};
pub use quantity::Quantity;
pub use time::{Millis, Timestamp};
