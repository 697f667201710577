//! Orders: what was agreed, where it stands, what may follow.
//!
//! Everything an order needs is copied onto it when it is placed or amended; later changes of the
//! catalogue never touch it. Four small state machines stay apart: the order, its payment, its delivery
//! and its approval. Nothing here writes, holds stock or speaks to anybody: [`Step`] says what
//! must follow.

mod amend;
mod audience;
mod place;
pub mod pushes;
mod shown;
mod state;
mod step;
mod transitions;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::domain::approvals::Request;
use crate::domain::cart::Receipt;
use crate::domain::tables::Table;
use crate::kernel::{AccountId, ChatId, CompanyId, CustomerId, OrderId, Timestamp};

pub use crate::domain::contents::{Amendment, Answers, OrderLine, OrderOption};
pub use amend::amendment;
pub use audience::{Audience, audience};
pub use place::{Confirm, Menu, NewOrder, PlaceRefusal, Placed, options, place};
pub use shown::{Shown, Status, shown};
pub use state::{Approval, Delivery, Event, Fulfilment, Payment, Role, State};
pub use step::{Actor, CreditMove, Move, OrderEvent, Step, StockMove};
pub use transitions::{Given, Guard, InvalidTransition, TRANSITIONS, Transition, after};

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// The business day it was placed on, `2026-11-22`.
    pub day: String,
    /// Its number on that day; people know it as `#12`.
    pub number: i64,
    /// Who ordered.
    pub customer: CustomerId,
    /// The member of staff who placed it for them by hand; none: they did themselves.
    #[serde(default)]
    pub placed_by: Option<CustomerId>,
    /// The company it is for; none: for the customer themselves.
    pub company: Option<CompanyId>,
    /// What the company was called then; empty without one, or once erased. Personal.
    pub company_name: String,
    /// The account that it is on; none: it is paid otherwise.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// The flow it went through, by id.
    pub flow: String,
    /// How it reaches the customer, as the flow had it then.
    pub fulfilment: Fulfilment,
    /// The table it is brought to, as it was called then; none if it is not for a table.
    pub table: Option<Table>,
    /// The chat it was placed in.
    pub chat: ChatId,
    /// What was ordered, names copied.
    pub lines: Vec<OrderLine>,
    /// A wish for the whole order; empty = none. Personal.
    pub note: String,
    /// What it comes to.
    pub receipt: Receipt,
    /// Where it stands.
    pub state: State,
    /// Where its payment stands.
    pub payment: Payment,
    /// Where its delivery stands.
    pub delivery: Delivery,
    /// Where its approval stands.
    pub approval: Approval,
    /// Rises by one with every move.
    pub version: i64,
    /// The customer asked to cancel and staff have not answered yet.
    pub cancel_asked: bool,
    /// Why it was rejected or cancelled: an id of the shop's list, or of the system.
    pub reason: Option<String>,
    /// Why, in somebody's own words, where the reason is [`OWN_WORDS`]. Personal.
    pub reason_words: Option<String>,
    /// The request for people to decide it, if the rules ever asked for one. Personal.
    pub request: Option<Request>,
    /// The answers of its flow. Personal.
    pub answers: Answers,
    /// When the kitchen promised it; `None` until it did.
    pub ready_at: Option<Timestamp>,
    /// The inbox row that placed it.
    pub cause: i64,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// When it last moved.
    pub moved_at: Timestamp,
}

/// The reason of what is explained in somebody's own words.
pub const OWN_WORDS: &str = "own-words";
