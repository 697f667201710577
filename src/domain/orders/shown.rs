//! What people are shown of an order: derived from its states, never stored beside them.

use super::{Event, Order, Role, State};
use crate::kernel::Timestamp;

/// The one status a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The shop has it and has not answered yet.
    Waiting,
    /// The shop takes it; no time is known yet.
    Confirmed,
    /// The shop takes it and named a time.
    Promised,
    /// It is being made.
    Preparing,
    /// It can be fetched.
    Ready,
    /// The customer has it.
    HandedOver,
    /// The shop said no.
    Rejected,
    /// It was taken back.
    Cancelled,
    /// Nobody of the shop answered in time.
    Expired,
}

/// An order as a person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Its status.
    pub status: Status,
    /// The time promised, as long as it is still to come true.
    pub ready_at: Option<Timestamp>,
    /// A cancellation is asked for and not answered.
    pub cancel_asked: bool,
    /// The customer may cancel by one tap.
    pub may_cancel: bool,
    /// The customer may ask for a cancellation.
    pub may_ask_cancel: bool,
}

/// What people are shown of an order.
pub fn shown(order: &Order) -> Shown {
    let status = match order.state {
        State::Placed | State::AwaitingApproval => Status::Waiting,
        State::Confirmed if order.ready_at.is_some() => Status::Promised,
        State::Confirmed => Status::Confirmed,
        State::Preparing => Status::Preparing,
        State::Ready => Status::Ready,
        State::PickedUp | State::Completed => Status::HandedOver,
        State::Rejected => Status::Rejected,
        State::Cancelled => Status::Cancelled,
        State::Expired => Status::Expired,
    };
    let is_to_come = matches!(status, Status::Promised | Status::Preparing);
    Shown {
        status,
        ready_at: order.ready_at.filter(|_| is_to_come),
        cancel_asked: order.cancel_asked,
        may_cancel: order.can(Event::Cancel, Role::Customer),
        may_ask_cancel: order.can(Event::RequestCancel, Role::Customer),
    }
}
