//! Who hears of a move; how loud is for [`super::pushes`].

use super::{Event, Role};

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Who ordered.
    Customer,
    /// The staff chat.
    Kitchen,
    /// Who brings it, if somebody was asked to already: a message that rings.
    Couriers,
}

/// Who is told of a move with a message of its own; everybody's cards are edited anyway.
/// `None` is being placed. Nobody is told what they did themselves.
pub fn audience(event: Option<Event>, by: Role) -> Vec<Audience> {
    let concerned: &[Audience] = match event {
        // A card of its own arrives in the kitchen; the customer sees the order card.
        None | Some(Event::AskApproval) => &[Audience::Kitchen],
        // Those who decide get a card; nobody else has anything to do yet.
        Some(Event::RequestApproval) => &[],
        // Made by a rule in the turn that placed the order, the order card says it already.
        Some(Event::Confirm) if by == Role::System => &[],
        Some(
            Event::Confirm
            | Event::Promise
            | Event::Prepare
            | Event::Finish
            | Event::HandOver
            | Event::Serve
            | Event::Dispatch
            | Event::Deliver
            | Event::Reject
            | Event::RefuseCancel,
        ) => &[Audience::Customer],
        Some(Event::Cancel) => &[Audience::Customer, Audience::Kitchen, Audience::Couriers],
        Some(Event::Amend) => &[Audience::Customer, Audience::Kitchen],
        // What could not be brought comes back to the kitchen.
        Some(Event::Expire | Event::Fail) => &[Audience::Customer, Audience::Kitchen],
        Some(Event::GrantCancel) => &[Audience::Customer, Audience::Couriers],
        Some(Event::RequestCancel) => &[Audience::Kitchen],
        Some(Event::Complete) => &[],
    };
    let actor = match by {
        Role::Customer => Some(Audience::Customer),
        // Who amends an order by hand need not stand where it is made.
        Role::Kitchen if event == Some(Event::Amend) => None,
        Role::Kitchen => Some(Audience::Kitchen),
        Role::Courier => Some(Audience::Couriers),
        Role::Approver | Role::Owner | Role::System => None,
    };
    concerned
        .iter()
        .copied()
        .filter(|who| Some(*who) != actor)
        .collect()
}
