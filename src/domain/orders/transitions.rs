//! The table of moves: from which state, by which event, by whom, under which guard, to where.
//!
//! An allow-list: what is not in the table is refused, whoever asks.

use super::state::{Event, Fulfilment, Role, State};

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
    /// That the shop is asked, and not those whom the rules name.
    Unruled,
    /// The same, and a reason.
    UnruledAndReason,
    /// That those whom the rules name are asked.
    Ruled,
    /// The same, and a reason.
    RuledAndReason,
    /// That the order is to reach its customer in this way.
    Way(Fulfilment),
    /// The same, and that no cancellation waits for an answer: what has left the house can't be
    /// called back by saying yes.
    WayNotAsked(Fulfilment),
}

/// What guards look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Given {
    /// The mover gave a reason.
    pub reason: bool,
    /// The customer asked to cancel and was not answered yet.
    pub cancel_asked: bool,
    /// Those whom the rules name are asked.
    pub ruled: bool,
    /// How the order is to reach its customer.
    pub fulfilment: Fulfilment,
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
const APPROVERS: &[Role] = &[Role::Approver];
const SYSTEM: &[Role] = &[Role::System];
/// Who brings orders: couriers, and staff where there are none.
const BRINGS: &[Role] = &[Role::Courier, Role::Kitchen, Role::Owner];
/// Staff, and the limit after which an order nobody works on is called off.
const SHOP: &[Role] = &[Role::Kitchen, Role::Owner, Role::System];

/// Every move there is.
pub const TRANSITIONS: &[Transition] = {
    use Event as E;
    use Fulfilment as F;
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
            S::Placed,
            E::RequestApproval,
            SYSTEM,
            G::Always,
            S::AwaitingApproval,
        ),
        entry(
            S::AwaitingApproval,
            E::Confirm,
            STAFF,
            G::Unruled,
            S::Confirmed,
        ),
        // Approvers, and silence where the shop says that it agrees.
        entry(
            S::AwaitingApproval,
            E::Confirm,
            APPROVERS,
            G::Ruled,
            S::Confirmed,
        ),
        entry(
            S::AwaitingApproval,
            E::Confirm,
            SYSTEM,
            G::Ruled,
            S::Confirmed,
        ),
        entry(
            S::AwaitingApproval,
            E::Reject,
            STAFF,
            G::UnruledAndReason,
            S::Rejected,
        ),
        entry(
            S::AwaitingApproval,
            E::Reject,
            APPROVERS,
            G::RuledAndReason,
            S::Rejected,
        ),
        entry(
            S::AwaitingApproval,
            E::Cancel,
            CUSTOMER,
            G::Always,
            S::Cancelled,
        ),
        // In an emergency, also what the rules leave to others.
        entry(
            S::AwaitingApproval,
            E::Cancel,
            STAFF,
            G::Reason,
            S::Cancelled,
        ),
        // By hand for the customer, as long as nobody makes it. What the rules then say follows
        // as a move of the system.
        entry(
            S::AwaitingApproval,
            E::Amend,
            STAFF,
            G::Always,
            S::AwaitingApproval,
        ),
        // The customer agrees to what an approver proposed.
        entry(
            S::AwaitingApproval,
            E::Amend,
            CUSTOMER,
            G::Ruled,
            S::AwaitingApproval,
        ),
        entry(
            S::AwaitingApproval,
            E::RequestApproval,
            SYSTEM,
            G::Always,
            S::AwaitingApproval,
        ),
        entry(
            S::AwaitingApproval,
            E::Expire,
            SYSTEM,
            G::Always,
            S::Expired,
        ),
        entry(S::Confirmed, E::Amend, STAFF, G::Always, S::Confirmed),
        entry(
            S::Confirmed,
            E::RequestApproval,
            SYSTEM,
            G::Always,
            S::AwaitingApproval,
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
        entry(S::Ready, E::HandOver, STAFF, G::Way(F::Pickup), S::PickedUp),
        entry(S::Ready, E::Serve, STAFF, G::Way(F::DineIn), S::Served),
        entry(
            S::Ready,
            E::Dispatch,
            BRINGS,
            G::WayNotAsked(F::Delivery),
            S::OutForDelivery,
        ),
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
        // On the way a customer can only refuse it at the door; staff may call it back.
        entry(
            S::OutForDelivery,
            E::Deliver,
            BRINGS,
            G::Always,
            S::Delivered,
        ),
        entry(
            S::OutForDelivery,
            E::Fail,
            BRINGS,
            G::Reason,
            S::FailedDelivery,
        ),
        entry(S::OutForDelivery, E::Cancel, STAFF, G::Reason, S::Cancelled),
        entry(S::PickedUp, E::Complete, SYSTEM, G::Always, S::Completed),
        entry(S::Served, E::Complete, SYSTEM, G::Always, S::Completed),
        entry(S::Delivered, E::Complete, SYSTEM, G::Always, S::Completed),
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
            Self::Unruled => !given.ruled,
            Self::UnruledAndReason => !given.ruled && given.reason,
            Self::Ruled => given.ruled,
            Self::RuledAndReason => given.ruled && given.reason,
            Self::Way(way) => given.fulfilment == way,
            Self::WayNotAsked(way) => given.fulfilment == way && !given.cancel_asked,
        }
    }
}
