//! The words of an order's life: its states, what happens to it, by whom, and the smaller lives
//! of its payment, its delivery and its approval. Which move is allowed stands in `transitions`.

use serde::{Deserialize, Serialize};

use crate::kernel::coded;

/// How an order reaches its customer. Copied from its flow when it is placed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Fulfilment {
    /// The customer fetches it.
    #[default]
    Pickup,
    /// It is served at the customer's table.
    DineIn,
    /// It is brought to an address.
    Delivery,
}
coded!(Fulfilment {
    Pickup = "pickup",
    DineIn = "dine_in",
    Delivery = "delivery",
});

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
    /// It is made: it can be fetched, served or taken along by a courier.
    Ready,
    /// The customer fetched it.
    PickedUp,
    /// It was served at the table.
    Served,
    /// A courier has it and is on the way.
    OutForDelivery,
    /// It was brought to the customer.
    Delivered,
    /// Nothing more will happen.
    Completed,
    /// The shop said no.
    Rejected,
    /// Taken back by the customer, by staff, or because nobody of the shop reacted.
    Cancelled,
    /// Nobody decided in time.
    Expired,
    /// It could not be brought to the customer.
    FailedDelivery,
}
coded!(State {
    Placed = "placed",
    AwaitingApproval = "awaiting_approval",
    Confirmed = "confirmed",
    Preparing = "preparing",
    Ready = "ready",
    PickedUp = "picked_up",
    Served = "served",
    OutForDelivery = "out_for_delivery",
    Delivered = "delivered",
    Completed = "completed",
    Rejected = "rejected",
    Cancelled = "cancelled",
    Expired = "expired",
    FailedDelivery = "failed_delivery",
});

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The shop is asked to confirm it, as each of its orders.
    AskApproval,
    /// Those whom the rules name are asked to decide it.
    RequestApproval,
    /// The shop takes it.
    Confirm,
    /// What is ordered changes, in place.
    Amend,
    /// The kitchen says when it will be ready.
    Promise,
    /// The kitchen starts.
    Prepare,
    /// The kitchen is done.
    Finish,
    /// The customer fetched it.
    HandOver,
    /// It was served at the table.
    Serve,
    /// A courier leaves with it.
    Dispatch,
    /// The courier gave it to the customer.
    Deliver,
    /// The courier could not.
    Fail,
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
    RequestApproval = "request_approval",
    Confirm = "confirm",
    Amend = "amend",
    Promise = "promise",
    Prepare = "prepare",
    Finish = "finish",
    HandOver = "hand_over",
    Serve = "serve",
    Dispatch = "dispatch",
    Deliver = "deliver",
    Fail = "fail",
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
    /// Who decides what the rules leave to people.
    Approver,
    /// Who brings it to the customer.
    Courier,
    /// Who owns the shop.
    Owner,
    /// Rules and timers.
    System,
}
coded!(Role {
    Customer = "customer",
    Kitchen = "kitchen",
    Approver = "approver",
    Courier = "courier",
    Owner = "owner",
    System = "system",
});

/// Where payment stands. Everything is paid when the customer has it, but for what is on account:
/// whether an account is settled is no matter of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// To be paid when handed over.
    Due,
    /// Paid.
    Paid,
    /// Never to be paid: the order was called off.
    Void,
    /// Owed on an account.
    OnAccount,
}
coded!(Payment {
    Due = "due",
    Paid = "paid",
    OnAccount = "on_account",
    Void = "void"
});

/// Where delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Nothing is to be brought anywhere (any more).
    NotNeeded,
    /// It is to be brought once it is ready.
    Waiting,
    /// A courier is on the way.
    OnTheWay,
    /// The customer has it.
    Done,
    /// It was on the way and did not arrive.
    Failed,
}
coded!(Delivery {
    NotNeeded = "not_needed",
    Waiting = "waiting",
    OnTheWay = "on_the_way",
    Done = "done",
    Failed = "failed",
});

/// Where approval stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Rules decided alone.
    NotNeeded,
    /// The shop is asked.
    Waiting,
    /// Those whom the rules name are asked: only they may decide.
    Requested,
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
    Requested = "requested",
    Granted = "granted",
    Refused = "refused",
    Lapsed = "lapsed",
});

impl State {
    /// True if nothing can follow.
    pub fn is_terminal(self) -> bool {
        self == Self::Completed || self.is_called_off()
    }

    /// True if it ended without the customer having got it: nothing is to be paid.
    pub fn is_called_off(self) -> bool {
        matches!(
            self,
            Self::Rejected | Self::Cancelled | Self::Expired | Self::FailedDelivery
        )
    }

    /// True from the moment that the customer has it.
    pub fn is_received(self) -> bool {
        matches!(
            self,
            Self::PickedUp | Self::Served | Self::Delivered | Self::Completed
        )
    }

    /// True as long as the order keeps its stock held.
    pub fn holds_stock(self) -> bool {
        !self.is_received() && !self.is_called_off()
    }
}
