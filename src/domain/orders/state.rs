//! The table of moves: from which state, by which event, by whom, under which guard, to where.
//!
//! An allow-list: what is not in the table is refused, whoever asks.

use serde::{Deserialize, Serialize};

/// Gives an enum its stored words.
macro_rules! coded {
    ($name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl $name {
            /// All of them, in the order of a life.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word stored.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads [`Self::code`].
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.code() == code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Stored; the same turn decides whether a person must confirm it.
    Placed,
    /// A person must confirm it.
    AwaitingApproval,
    /// The shop will make it.
    Confirmed,
    /// It is being made; the customer can no longer cancel alone.
    Preparing,
    /// It can be fetched.
    Ready,
    /// It was handed over.
    PickedUp,
    /// Nothing more will happen.
    Completed,
    /// The shop said no.
    Rejected,
    /// Taken back by the customer, by staff, or because nobody of the shop reacted.
    Cancelled,
    /// Nobody decided in time.
    Expired,
}
coded!(State {
    Placed = "placed",
    AwaitingApproval = "awaiting_approval",
    Confirmed = "confirmed",
    Preparing = "preparing",
    Ready = "ready",
    PickedUp = "picked_up",
    Completed = "completed",
    Rejected = "rejected",
    Cancelled = "cancelled",
    Expired = "expired",
});

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A person is asked to confirm it.
    AskApproval,
    /// The shop takes it.
    Confirm,
    /// The kitchen says when it will be ready.
    Promise,
    /// The kitchen starts.
    Prepare,
    /// The kitchen is done.
    Finish,
    /// The customer has it.
    HandOver,
    /// The books on it are closed.
    Complete,
    /// The shop says no.
    Reject,
    /// It is taken back.
    Cancel,
    /// The customer asks for it to be taken back.
    RequestCancel,
    /// Staff take it back as asked.
    GrantCancel,
    /// Staff keep it in spite of being asked.
    RefuseCancel,
    /// Nobody decided in time.
    Expire,
}
coded!(Event {
    AskApproval = "ask_approval",
    Confirm = "confirm",
    Promise = "promise",
    Prepare = "prepare",
    Finish = "finish",
    HandOver = "hand_over",
    Complete = "complete",
    Reject = "reject",
    Cancel = "cancel",
    RequestCancel = "request_cancel",
    GrantCancel = "grant_cancel",
    RefuseCancel = "refuse_cancel",
    Expire = "expire",
});

/// As whom somebody acts. Which person may act as whom is decided at each press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person whose order it is.
    Customer,
    /// Who makes and hands over.
    Kitchen,
    /// Who owns the shop.
    Owner,
    /// Rules and timers.
    System,
}
coded!(Role {
    Customer = "customer",
    Kitchen = "kitchen",
    Owner = "owner",
    System = "system",
});

/// Where payment stands. For now everything is paid when handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// To be paid when handed over.
    Due,
    /// Paid.
    Paid,
    /// Never to be paid: the order was called off.
    Void,
}
coded!(Payment {
    Due = "due",
    Paid = "paid",
    Void = "void"
});

/// Where delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// The customer fetches it.
    NotNeeded,
}
coded!(Delivery {
    NotNeeded = "not_needed"
});

/// Where approval stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Rules decided alone.
    NotNeeded,
    /// A person is asked.
    Waiting,
    /// A person said yes.
    Granted,
    /// A person said no.
    Refused,
    /// The order ended before anybody decided.
    Lapsed,
}
coded!(Approval {
    NotNeeded = "not_needed",
    Waiting = "waiting",
    Granted = "granted",
    Refused = "refused",
    Lapsed = "lapsed",
});

/// What a move needs beyond state and role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Nothing.
    Always,
    /// A reason.
    Reason,
    /// That no cancellation is asked for yet.
    NotAsked,
    /// That a cancellation is asked for.
    Asked,
    /// That a cancellation is asked for, and a reason.
    AskedAndReason,
}

/// What guards look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Given {
    /// The mover gave a reason.
    pub reason: bool,
    /// The customer asked to cancel and was not answered yet.
    pub cancel_asked: bool,
}

/// One entry of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// From where.
    pub from: State,
    /// By what.
    pub event: Event,
    /// By whom.
    pub roles: &'static [Role],
    /// Under which condition.
    pub guard: Guard,
    /// To where; the same state where only something about the order changes.
    pub to: State,
}

const fn entry(
    from: State,
    event: Event,
    roles: &'static [Role],
    guard: Guard,
    to: State,
) -> Transition {
    Transition {
        from,
        event,
        roles,
        guard,
        to,
    }
}

const CUSTOMER: &[Role] = &[Role::Customer];
const STAFF: &[Role] = &[Role::Kitchen, Role::Owner];
const SYSTEM: &[Role] = &[Role::System];
/// Staff, and the limit after which an order nobody works on is called off.
const SHOP: &[Role] = &[Role::Kitchen, Role::Owner, Role::System];

/// Every move there is.
pub const TRANSITIONS: &[Transition] = {
    use Event as E;
    use Guard as G;
    use State as S;
    &[
        entry(S::Placed, E::Confirm, SYSTEM, G::Always, S::Confirmed),
        entry(
            S::Placed,
            E::AskApproval,
            SYSTEM,
            G::Always,
            S::AwaitingApproval,
        ),
        entry(
            S::AwaitingApproval,
            E::Confirm,
            STAFF,
            G::Always,
            S::Confirmed,
        ),
        entry(
            S::AwaitingApproval,
            E::Reject,
            STAFF,
            G::Reason,
            S::Rejected,
        ),
        entry(
            S::AwaitingApproval,
            E::Cancel,
            CUSTOMER,
            G::Always,
            S::Cancelled,
        ),
        entry(
            S::AwaitingApproval,
            E::Expire,
            SYSTEM,
            G::Always,
            S::Expired,
        ),
        entry(S::Confirmed, E::Promise, STAFF, G::Always, S::Confirmed),
        entry(S::Confirmed, E::Prepare, STAFF, G::Always, S::Preparing),
        entry(S::Confirmed, E::Reject, STAFF, G::Reason, S::Rejected),
        entry(S::Confirmed, E::Cancel, CUSTOMER, G::Always, S::Cancelled),
        entry(S::Confirmed, E::Cancel, SHOP, G::Reason, S::Cancelled),
        entry(S::Preparing, E::Promise, STAFF, G::Always, S::Preparing),
        entry(S::Preparing, E::Finish, STAFF, G::Always, S::Ready),
        entry(S::Preparing, E::Cancel, SHOP, G::Reason, S::Cancelled),
        entry(
            S::Preparing,
            E::RequestCancel,
            CUSTOMER,
            G::NotAsked,
            S::Preparing,
        ),
        entry(S::Preparing, E::GrantCancel, STAFF, G::Asked, S::Cancelled),
        entry(
            S::Preparing,
            E::RefuseCancel,
            STAFF,
            G::AskedAndReason,
            S::Preparing,
        ),
        entry(S::Ready, E::HandOver, STAFF, G::Always, S::PickedUp),
        entry(S::Ready, E::Cancel, SHOP, G::Reason, S::Cancelled),
        entry(S::Ready, E::RequestCancel, CUSTOMER, G::NotAsked, S::Ready),
        entry(S::Ready, E::GrantCancel, STAFF, G::Asked, S::Cancelled),
        entry(
            S::Ready,
            E::RefuseCancel,
            STAFF,
            G::AskedAndReason,
            S::Ready,
        ),
        entry(S::PickedUp, E::Complete, SYSTEM, G::Always, S::Completed),
    ]
};

/// Why a move is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{role} can't {event} an order that is {from}")]
pub struct InvalidTransition {
    /// Where the order stands.
    pub from: State,
    /// What was tried.
    pub event: Event,
    /// By whom.
    pub role: Role,
    /// The guard that refused; `None` if the table has no such move for this role at all.
    pub guard: Option<Guard>,
}

/// Where an event leads.
///
/// # Errors
/// The table has no such move for the role, or its guard refuses.
pub fn after(
    from: State,
    event: Event,
    role: Role,
    given: Given,
) -> Result<State, InvalidTransition> {
    let found = TRANSITIONS
        .iter()
        .find(|entry| entry.from == from && entry.event == event && entry.roles.contains(&role));
    let refused = |guard| InvalidTransition {
        from,
        event,
        role,
        guard,
    };
    match found {
        None => Err(refused(None)),
        Some(entry) if !entry.guard.holds(given) => Err(refused(Some(entry.guard))),
        Some(entry) => Ok(entry.to),
    }
}

impl Guard {
    /// True if the move may be made.
    pub fn holds(self, given: Given) -> bool {
        match self {
            Self::Always => true,
            Self::Reason => given.reason,
            Self::NotAsked => !given.cancel_asked,
            Self::Asked => given.cancel_asked,
            Self::AskedAndReason => given.cancel_asked && given.reason,
        }
    }
}

impl State {
    /// True if nothing can follow.
    pub fn is_terminal(self) -> bool {
        matches!(
            self,
            Self::Completed | Self::Rejected | Self::Cancelled | Self::Expired
        )
    }

    /// True as long as the order keeps its stock held.
    pub fn holds_stock(self) -> bool {
        match self {
            Self::Placed
            | Self::AwaitingApproval
            | Self::Confirmed
            | Self::Preparing
            | Self::Ready => true,
            Self::PickedUp | Self::Completed | Self::Rejected | Self::Cancelled | Self::Expired => {
                false
            }
        }
    }
}
