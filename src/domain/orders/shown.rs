//! What people are shown of an order: derived from its states, never stored beside them.

use super::{Event, Fulfilment, Order, Role, State};
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
    /// It is about to be served.
    ReadyToServe,
    /// It waits for a courier.
    ReadyToGo,
    /// A courier brings it.
    OnTheWay,
    /// The customer fetched it.
    HandedOver,
    /// It is on the customer's table.
    Served,
    /// It was brought to the customer.
    Delivered,
    /// The shop said no.
    Rejected,
    /// It was taken back.
    Cancelled,
    /// Nobody of the shop answered in time.
    Expired,
    /// It could not be brought.
    NotDelivered,
}

impl Status {
    /// The stations of an order's way, first to last, as far as a customer follows them.
    pub fn stations(way: Fulfilment) -> &'static [Self] {
        match way {
            Fulfilment::Pickup => &[
                Self::Waiting,
                Self::Confirmed,
                Self::Preparing,
                Self::Ready,
                Self::HandedOver,
            ],
            Fulfilment::DineIn => &[
                Self::Waiting,
                Self::Confirmed,
                Self::Preparing,
                Self::ReadyToServe,
                Self::Served,
            ],
            Fulfilment::Delivery => &[
                Self::Waiting,
                Self::Confirmed,
                Self::Preparing,
                Self::ReadyToGo,
                Self::OnTheWay,
                Self::Delivered,
            ],
        }
    }
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
        State::Ready => ready(order.fulfilment),
        State::OutForDelivery => Status::OnTheWay,
        State::PickedUp | State::Served | State::Delivered | State::Completed => {
            received(order.fulfilment)
        }
        State::Rejected => Status::Rejected,
        State::Cancelled => Status::Cancelled,
        State::Expired => Status::Expired,
        State::FailedDelivery => Status::NotDelivered,
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

fn ready(way: Fulfilment) -> Status {
    match way {
        Fulfilment::Pickup => Status::Ready,
        Fulfilment::DineIn => Status::ReadyToServe,
        Fulfilment::Delivery => Status::ReadyToGo,
    }
}

fn received(way: Fulfilment) -> Status {
    match way {
        Fulfilment::Pickup => Status::HandedOver,
        Fulfilment::DineIn => Status::Served,
        Fulfilment::Delivery => Status::Delivered,
    }
}
