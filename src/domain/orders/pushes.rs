//! How loud a customer and the staff hear of a move: the shop's table, the customer's wish, and
//! the hours in which what can wait makes no sound.
//!
//! Cards are edited after every move whatever is said here. In quiet hours a message comes at
//! once, but silently: one held back until the morning would tell what is no longer true. Must
//! never keep from a customer that the shop will not deliver: who is not told waits in vain.

use std::collections::BTreeMap;

use super::{Event, Fulfilment};
use crate::kernel::coded;

/// How a message comes, from nothing to ringing at any hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loudness {
    /// No message: the card says it.
    Card,
    /// A message without a sound.
    Silent,
    /// A message that rings, but not in quiet hours.
    Ring,
    /// A message that rings at any hour.
    Urgent,
}
coded!(Loudness {
    Card = "card",
    Silent = "silent",
    Ring = "ring",
    Urgent = "urgent",
});

/// What a customer is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// The shop placed it for them.
    PlacedByHand,
    /// Nobody of the shop has looked at it yet.
    Waiting,
    /// A person took it.
    Confirm,
    /// The shop changed what is ordered.
    Amend,
    /// It will be ready at a time.
    Promise,
    /// It is being made.
    Prepare,
    /// It can be fetched.
    FinishPickup,
    /// It comes to the table.
    FinishDineIn,
    /// It waits for the courier.
    FinishDelivery,
    /// It was handed over.
    HandOver,
    /// It was served.
    Serve,
    /// The courier has it.
    Dispatch,
    /// It was delivered.
    Deliver,
    /// It could not be delivered.
    Fail,
    /// The shop said no.
    Reject,
    /// The shop took it back, or nobody pressed a button.
    Cancel,
    /// It was taken back as the customer asked.
    GrantCancel,
    /// It was not taken back although the customer asked.
    RefuseCancel,
    /// Nobody decided in time.
    Expire,
    /// Something is to be paid, or was.
    AccountDue,
    /// A repeated order: asked about, announced, ordered or not.
    Schedule,
}
coded!(Moment {
    PlacedByHand = "placed_by_hand",
    Waiting = "waiting",
    Confirm = "confirm",
    Amend = "amend",
    Promise = "promise",
    Prepare = "prepare",
    FinishPickup = "finish_pickup",
    FinishDineIn = "finish_dine_in",
    FinishDelivery = "finish_delivery",
    HandOver = "hand_over",
    Serve = "serve",
    Dispatch = "dispatch",
    Deliver = "deliver",
    Fail = "fail",
    Reject = "reject",
    Cancel = "cancel",
    GrantCancel = "grant_cancel",
    RefuseCancel = "refuse_cancel",
    Expire = "expire",
    AccountDue = "account_due",
    Schedule = "schedule",
});

impl Moment {
    /// What a customer is told of an event; `None` where the card says enough.
    pub fn of(event: Event, way: Fulfilment) -> Option<Self> {
        Some(match event {
            Event::Confirm => Self::Confirm,
            Event::Amend => Self::Amend,
            Event::Promise => Self::Promise,
            Event::Prepare => Self::Prepare,
            Event::Finish => match way {
                Fulfilment::Pickup => Self::FinishPickup,
                Fulfilment::DineIn => Self::FinishDineIn,
                Fulfilment::Delivery => Self::FinishDelivery,
            },
            Event::HandOver => Self::HandOver,
            Event::Serve => Self::Serve,
            Event::Dispatch => Self::Dispatch,
            Event::Deliver => Self::Deliver,
            Event::Fail => Self::Fail,
            Event::Reject => Self::Reject,
            Event::Cancel => Self::Cancel,
            Event::GrantCancel => Self::GrantCancel,
            Event::RefuseCancel => Self::RefuseCancel,
            Event::Expire => Self::Expire,
            Event::AskApproval
            | Event::RequestApproval
            | Event::RequestCancel
            | Event::Complete => return None,
        })
    }

    /// Whether the customer hears of it whatever they and the shop chose: the shop acts in their
    /// name, will not do what was agreed, or something else, or answers a wish.
    pub fn is_always_told(self) -> bool {
        matches!(
            self,
            Self::PlacedByHand
                | Self::Amend
                | Self::Fail
                | Self::Reject
                | Self::Cancel
                | Self::GrantCancel
                | Self::RefuseCancel
                | Self::Expire
                | Self::Schedule
        )
    }

    /// How it comes where the shop says nothing: what must be acted on rings at any hour, what
    /// is only good to know comes silently.
    pub fn usual(self) -> Loudness {
        match self {
            // Whoever has an order repeated at eight wants to sleep until then.
            Self::Schedule => Loudness::Ring,
            Self::FinishPickup | Self::Dispatch => Loudness::Urgent,
            moment if moment.is_always_told() => Loudness::Urgent,
            Self::Confirm | Self::Promise | Self::Deliver | Self::AccountDue => Loudness::Ring,
            _ => Loudness::Silent,
        }
    }
}

/// What a staff chat is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffMoment {
    /// A new order: its card.
    Place,
    /// An order that a person must decide: its card.
    Approve,
    /// Nobody has looked at it yet.
    Waiting,
    /// What is ordered changed.
    Amend,
    /// The customer asks for it to be taken back.
    RequestCancel,
    /// The customer took it back, or nobody pressed a button.
    Cancel,
    /// Nobody decided in time.
    Expire,
    /// It comes back undelivered.
    Fail,
}
coded!(StaffMoment {
    Place = "place",
    Approve = "approve",
    Waiting = "waiting",
    Amend = "amend",
    RequestCancel = "request_cancel",
    Cancel = "cancel",
    Expire = "expire",
    Fail = "fail",
});

impl StaffMoment {
    /// What a staff chat is told of an event besides its cards; `None` for nothing.
    pub fn of(event: Event) -> Option<Self> {
        match event {
            Event::Amend => Some(Self::Amend),
            Event::RequestCancel => Some(Self::RequestCancel),
            Event::Cancel | Event::GrantCancel => Some(Self::Cancel),
            Event::Expire => Some(Self::Expire),
            Event::Fail => Some(Self::Fail),
            Event::AskApproval
            | Event::RequestApproval
            | Event::Confirm
            | Event::Promise
            | Event::Prepare
            | Event::Finish
            | Event::HandOver
            | Event::Serve
            | Event::Dispatch
            | Event::Deliver
            | Event::Complete
            | Event::Reject
            | Event::RefuseCancel => None,
        }
    }

    /// Whether it is a message by nature: an order that nobody sees is not worked.
    pub fn is_always_told(self) -> bool {
        matches!(self, Self::Place | Self::Approve | Self::Waiting)
    }
}

/// Hours of every day on the wall clock, in minutes since midnight; they may pass midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// The first quiet minute, 0-1439.
    pub from: u32,
    /// The first minute after, 0-1439; never the same.
    pub to: u32,
}

impl Quiet {
    /// Reads `22:00-07:30`; `None` if it is no span, or an empty one.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let (from, to) = (minute(from.trim())?, minute(to.trim())?);
        (from != to).then_some(Self { from, to })
    }

    /// Whether a minute of the day is within. What the wall clock shows counts: an hour that it
    /// shows twice is quiet twice.
    pub fn holds(self, minute: u32) -> bool {
        if self.from < self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

impl std::fmt::Display for Quiet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { from, to } = self;
        let (a, b, c, d) = (from / 60, from % 60, to / 60, to % 60);
        write!(f, "{a:02}:{b:02}-{c:02}:{d:02}")
    }
}

/// `7:05`, `07:05` or `24:00` as minutes since midnight, 0-1439.
fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let all = hour * 60 + minute;
    (minute < 60 && all <= DAY_MINUTES).then_some(all % DAY_MINUTES)
}

const DAY_MINUTES: u32 = 24 * 60;

/// Which messages a customer wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// All that the shop sends.
    #[default]
    All,
    /// Those that ring.
    Important,
    /// None but what is always told.
    None,
}
coded!(Wanted {
    All = "all",
    Important = "important",
    None = "none",
});

/// Whose quiet hours hold for a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QuietWish {
    /// The shop's, if it has any.
    #[default]
    Shop,
    /// None.
    Off,
    /// Their own.
    Own(Quiet),
}

/// What a customer chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wishes {
    /// Which messages.
    pub wanted: Wanted,
    /// When they come silently.
    pub quiet: QuietWish,
    /// Whether they are told that an item can be had again for which they asked.
    pub back: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            wanted: Wanted::default(),
            quiet: QuietWish::default(),
            back: true,
        }
    }
}

/// The word stored where nothing is told of items that are back.
const NO_BACK: &str = "no-back";

impl Wishes {
    /// The words stored: `important 22:00-07:00`, or `important 22:00-07:00 no-back`.
    pub fn code(self) -> String {
        let code = match self.quiet {
            QuietWish::Shop => format!("{} shop", self.wanted),
            QuietWish::Off => format!("{} off", self.wanted),
            QuietWish::Own(quiet) => format!("{} {quiet}", self.wanted),
        };
        match self.back {
            true => code,
            false => format!("{code} {NO_BACK}"),
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        let (wanted, quiet) = code.split_once(' ')?;
        let (quiet, back) = match quiet.split_once(' ') {
            None => (quiet, true),
            Some((quiet, NO_BACK)) => (quiet, false),
            Some(_) => return None,
        };
        Some(Self {
            back,
            wanted: Wanted::parse(wanted)?,
            quiet: match quiet {
                "shop" => QuietWish::Shop,
                "off" => QuietWish::Off,
                own => QuietWish::Own(Quiet::parse(own)?),
            },
        })
    }
}

/// The shop's table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pushes {
    /// What is not as [`Moment::usual`].
    pub customer: BTreeMap<Moment, Loudness>,
    /// What does not ring.
    pub staff: BTreeMap<StaffMoment, Loudness>,
    /// Quiet hours of customers who chose none of their own.
    pub quiet: Option<Quiet>,
}

impl Pushes {
    /// The quiet hours that hold for a customer.
    pub fn quiet_for(&self, wishes: Wishes) -> Option<Quiet> {
        match wishes.quiet {
            QuietWish::Shop => self.quiet,
            QuietWish::Off => None,
            QuietWish::Own(quiet) => Some(quiet),
        }
    }

    /// Whether a customer with these wishes is told at this minute of the shop's day, and then
    /// whether it rings.
    pub fn tells(&self, moment: Moment, wishes: Wishes, minute: u32) -> Option<bool> {
        let chosen = self.customer.get(&moment).copied();
        let loudness = chosen.unwrap_or(moment.usual());
        let wanted = match wishes.wanted {
            Wanted::All => loudness > Loudness::Card,
            Wanted::Important => loudness >= Loudness::Ring,
            Wanted::None => false,
        };
        if !wanted && !moment.is_always_told() {
            return None;
        }
        let is_quiet = self.quiet_for(wishes).is_some_and(|q| q.holds(minute));
        Some(match loudness {
            Loudness::Urgent => true,
            Loudness::Ring => !is_quiet,
            Loudness::Silent | Loudness::Card => false,
        })
    }

    /// Whether staff are told, and then whether it rings.
    pub fn tells_staff(&self, moment: StaffMoment) -> Option<bool> {
        match self.staff.get(&moment).copied().unwrap_or(Loudness::Ring) {
            Loudness::Card if !moment.is_always_told() => None,
            Loudness::Card | Loudness::Silent => Some(false),
            Loudness::Ring | Loudness::Urgent => Some(true),
        }
    }
}

#[cfg(test)]
mod tests;
