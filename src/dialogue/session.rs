//! The state of one conversation: what a lane remembers between turns.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::{
    CartId, CustomerId, Doorway, ItemId, LineId, Locale, OrderId, TableId, Timestamp,
};

pub use crate::kernel::Point;

/// What one lane (a private chat, or one person in one group topic) remembers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Rises by one with every turn that writes it; 0 = never stored.
    pub version: i64,
    /// The language this person reads.
    pub locale: Locale,
    /// True once chosen by /language; then `language_code` no longer matters.
    #[serde(default)]
    pub locale_chosen: bool,
    /// The version of the living message's newest card; buttons carry it, an older one is stale.
    #[serde(default)]
    pub card: i64,
    /// The present screen, in the grammar of callback data (`menu.hot.2`); empty = start.
    #[serde(default)]
    pub screen: String,
    /// Unfinished input of the present screen (an item's chosen options), as the screen wrote it.
    #[serde(default)]
    pub draft: Option<serde_json::Value>,
    /// The list of goods that was sent, until it is in the cart, as its screen wrote it.
    #[serde(default)]
    pub list: Option<serde_json::Value>,
    /// The order being put together, if any.
    #[serde(default)]
    pub dialogue: Option<Place>,
    /// The cart it fills.
    #[serde(default)]
    pub cart: Option<CartId>,
    /// The text with which a reply keyboard (share my number) came that still lies below the
    /// chat; empty = none.
    #[serde(default)]
    pub keyboard: String,
    /// When an old button last brought the present screen up again, in milliseconds.
    #[serde(default)]
    pub resumed_ms: i64,
    /// What the review last shown came to, in minor units: nothing else may be placed.
    #[serde(default)]
    pub shown_minor: Option<i64>,
    /// For which company this person orders, as they chose or were last shown; empty = for
    /// themselves; none = not chosen.
    #[serde(default)]
    pub company: Option<String>,
    /// For which company the review last shown was; none = for themselves.
    #[serde(default)]
    pub shown_company: Option<String>,
    /// The words that this member of the team last looked for among the orders; empty = none.
    #[serde(default)]
    pub sought: String,
    /// What this member of the team wrote as a reply to a request for approval.
    #[serde(default)]
    pub typed: Option<Typed>,
    /// The requests that the list of those that wait showed last, each with its round.
    #[serde(default)]
    pub picked: Vec<(OrderId, i64)>,
    /// What the cart came to when its person last saw it.
    #[serde(default)]
    pub seen: Option<SeenCart>,
    /// What the present screen found for words that are no name of it; none for any other screen.
    #[serde(default)]
    pub near: Option<Near>,
    /// The menu of commands last set: language and rights.
    #[serde(default)]
    pub menu: String,
    /// The table where this person sits, if they scanned its code.
    #[serde(default)]
    pub seat: Option<Seat>,
    /// The customer whose order this member of the team takes or changes; none = their own.
    #[serde(default)]
    pub by_hand: Option<ByHand>,
    /// What this member of the team wrote about the customer whose order they will take.
    #[serde(default)]
    pub caller: String,
    /// What is ordered again, until it is in the cart, as the operation wrote it.
    #[serde(default)]
    pub refill: Option<serde_json::Value>,
    /// What was last ordered in words, what of it is still to be asked, and how the cart was before.
    #[serde(default)]
    pub said: Option<serde_json::Value>,
    /// When this person's own data were last sent to them as files, in milliseconds.
    #[serde(default)]
    pub exported_ms: i64,
    /// Whether this person's data are being erased, or were: then nothing else is remembered but
    /// the version of the newest card, so that an old button stays an old one.
    #[serde(default)]
    pub erasure: Option<Erasure>,
}

/// How far the erasure of a person's data has come in their own conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Erasure {
    /// It has begun; what they do meanwhile waits.
    Begun,
    /// It is over here; what they do next is a stranger's.
    Over,
}

/// An order that somebody of the team takes or changes for a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// The customer.
    pub customer: CustomerId,
    /// What they are called.
    pub name: String,
    /// The order of theirs that is changed; none = a new one.
    #[serde(default)]
    pub change: Option<Changing>,
    /// What this member of the team was doing for themselves, until it is over.
    pub own: Own,
}

/// An order that is being changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changing {
    /// Which.
    pub order: OrderId,
    /// What people know it as.
    pub number: i64,
    /// Its version when that began: a newer one is changed by nobody who has not seen it.
    pub version: i64,
    /// Its customer must agree: an approver proposes it.
    pub proposed: bool,
}

/// A conversation that is set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Own {
    /// The order being put together.
    pub dialogue: Option<Place>,
    /// The cart it fills.
    pub cart: Option<CartId>,
    /// The company it is for.
    pub company: Option<String>,
    /// The table.
    pub seat: Option<Seat>,
}

/// Words about an order's request, until their writer says what they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The order.
    pub order: OrderId,
    /// The words, clipped.
    pub words: String,
}

/// Words, and what they may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// As they were typed, clipped.
    pub words: String,
    /// The items.
    pub items: Vec<ItemId>,
}

/// What a cart came to when its person last saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenCart {
    /// The cart.
    pub cart: CartId,
    /// When that was, to the minute or so.
    pub at: Timestamp,
    /// Each line with its quantity in base units and its amount in minor units.
    pub lines: Vec<(LineId, i64, i64)>,
}

/// A guest at a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The table.
    pub table: TableId,
    /// When its code was scanned last.
    pub since: Timestamp,
    /// When this guest last called a waiter there.
    #[serde(default)]
    pub called: Option<Timestamp>,
}

/// Where in a flow a conversation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Place {
    /// The flow's id.
    pub flow: String,
    /// The step's id.
    pub step: String,
    /// What has been answered, by step id.
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
    /// True while one answer is changed from the review: afterwards back to it.
    #[serde(default)]
    pub returning: bool,
    /// True while the person is asked whether to leave the order.
    #[serde(default)]
    pub cancelling: bool,
    /// How often in a row this step was not understood.
    #[serde(default)]
    pub unclear: u32,
    /// What is ticked so far where several may be chosen.
    #[serde(default)]
    pub ticked: Vec<String>,
}

/// The answer to one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Text, phone, choice id.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Several choice ids.
    Many(Vec<String>),
    /// A place.
    Pin(Point),
    /// Where to bring it: typed, or a pin; from the profile perhaps both.
    Address {
        /// As typed; empty for a pin alone.
        words: String,
        /// The pin.
        pin: Option<Point>,
        /// How to find the door, as the person's profile has it.
        #[serde(default, skip_serializing_if = "Doorway::is_empty")]
        door: Doorway,
    },
    /// A picture, by the id under which Telegram keeps it for this bot.
    Photo(String),
    /// Left out on purpose.
    Skipped,
    /// A rich screen was completed (items, review).
    Done,
}

impl Session {
    /// A session that was never stored.
    pub fn new(locale: Locale) -> Self {
        Self {
            version: 0,
            locale,
            locale_chosen: false,
            card: 0,
            screen: String::new(),
            draft: None,
            list: None,
            dialogue: None,
            cart: None,
            keyboard: String::new(),
            resumed_ms: 0,
            shown_minor: None,
            company: None,
            shown_company: None,
            sought: String::new(),
            typed: None,
            picked: Vec::new(),
            seen: None,
            near: None,
            menu: String::new(),
            seat: None,
            by_hand: None,
            caller: String::new(),
            exported_ms: 0,
            erasure: None,
            refill: None,
            said: None,
        }
    }
}
