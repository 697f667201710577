//! Moving an order: the move asked for, the event recorded, and what must follow.

use serde::{Deserialize, Serialize};

use super::state::{Approval, Delivery, Event, Payment, Role, State};
use super::transitions::{Given, InvalidTransition, after};
use super::{Amendment, OWN_WORDS, Order};
use crate::domain::approvals::{self, Request};
use crate::domain::stock::{self, Demand};
use crate::kernel::{AccountId, CustomerId, OrderId, Timestamp};

/// Who moved an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// As whom.
    pub role: Role,
    /// Which person; nobody for the system.
    pub user: Option<CustomerId>,
}

impl Actor {
    /// Rules and timers.
    pub const SYSTEM: Self = Self {
        role: Role::System,
        user: None,
    };

    /// A person in a role.
    pub fn person(role: Role, user: CustomerId) -> Self {
        Self {
            role,
            user: Some(user),
        }
    }
}

/// A move asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// What.
    pub event: Event,
    /// By whom.
    pub actor: Actor,
    /// Why, as an id of the shop's list or of the system.
    pub reason: Option<String>,
    /// The rule that decided, where one did.
    pub rule: Option<String>,
    /// The request, as it begins with [`Event::RequestApproval`], as votes ended it, or as an
    /// [`Event::Amend`] begins its next round.
    pub request: Option<Request>,
    /// What the order is to consist of, with [`Event::Amend`]; see [`Move::amend`]. Boxed: hardly
    /// any move has one. Personal.
    pub amendment: Option<Box<Amendment>>,
    /// Why, in somebody's own words; then the reason is [`OWN_WORDS`]. Personal.
    pub words: Option<String>,
    /// The time promised, with [`Event::Confirm`], [`Event::Promise`] or [`Event::Prepare`].
    pub ready_at: Option<Timestamp>,
    /// The inbox row that asks.
    pub cause: i64,
    /// When.
    pub now: Timestamp,
}

impl Move {
    /// A move without reason, rule or promise.
    pub fn new(event: Event, actor: Actor, cause: i64, now: Timestamp) -> Self {
        Self {
            event,
            actor,
            reason: None,
            rule: None,
            request: None,
            amendment: None,
            words: None,
            ready_at: None,
            cause,
            now,
        }
    }

    /// The same move with a reason.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }

    /// The same move with a reason in somebody's own words.
    #[must_use]
    pub fn in_words(mut self, words: &str) -> Self {
        self.reason = Some(OWN_WORDS.to_owned());
        self.words = Some(words.to_owned());
        self
    }

    /// An order's lines, receipt, note and answers become those of the amendment.
    pub fn amend(amendment: Amendment, actor: Actor, cause: i64, now: Timestamp) -> Self {
        Self {
            amendment: Some(Box::new(amendment)),
            ..Self::new(Event::Amend, actor, cause, now)
        }
    }

    /// The same move with a promised time.
    #[must_use]
    pub fn ready_at(mut self, at: Timestamp) -> Self {
        self.ready_at = Some(at);
        self
    }
}

/// One entry of an order's history; entries chain from the first to the present state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderEvent {
    /// Which order.
    pub order: OrderId,
    /// The version that the order has since then; 1 for the first.
    pub version: i64,
    /// What; `None` for being placed.
    pub event: Option<Event>,
    /// From where; `None` for being placed.
    pub from: Option<State>,
    /// To where.
    pub to: State,
    /// By whom.
    pub actor: Actor,
    /// Why.
    pub reason: Option<String>,
    /// The rule that decided.
    pub rule: Option<String>,
    /// The inbox row that asked.
    pub cause: i64,
    /// When.
    pub at: Timestamp,
}

/// What a move does to the stock that the order holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockMove {
    /// Nothing.
    Keep,
    /// All of it is given back.
    Release,
    /// All of it is handed over.
    Fulfil,
    /// It becomes what the order's lines want now.
    Amend,
}

/// What a move does to what the order holds on an account, in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreditMove {
    /// Nothing.
    Keep,
    /// What it held becomes owed.
    Charge(AccountId, i64),
    /// It holds nothing any more.
    Revert(AccountId, i64),
    /// It holds so much more, or less.
    Amend(AccountId, i64),
}

/// A move made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The order as it is now; its version is one above the stored one.
    pub order: Order,
    /// The entry for its history.
    pub event: OrderEvent,
    /// What happens to its stock.
    pub stock: StockMove,
    /// What happens to what it holds on an account.
    pub credit: CreditMove,
}

impl Order {
    /// Makes a move.
    ///
    /// # Errors
    /// The table does not allow it; the order is unchanged.
    pub fn after(&self, asked: &Move) -> Result<Step, InvalidTransition> {
        let given = Given {
            reason: asked.reason.is_some(),
            ..self.given()
        };
        let to = after(self.state, asked.event, asked.actor.role, given)?;
        let mut order = self.clone();
        order.version += 1;
        order.state = to;
        order.moved_at = asked.now;
        order.cancel_asked = cancel_asked(self.cancel_asked, asked.event, to);
        order.payment = payment(self.payment, to);
        order.delivery = delivery(self.delivery, to);
        order.approval = approval(self.approval, asked.event, to);
        if asked.ready_at.is_some() {
            order.ready_at = asked.ready_at;
        }
        if to.is_called_off() {
            order.reason.clone_from(&asked.reason);
            order.reason_words.clone_from(&asked.words);
        }
        if let (Event::Amend, Some(amendment)) = (asked.event, &asked.amendment) {
            order.consist_of(Amendment::clone(amendment));
        }
        order.request = match &asked.request {
            Some(request) => Some(request.clone()),
            None => self.request_after(asked, to),
        };
        let event = OrderEvent {
            order: self.id,
            version: order.version,
            event: Some(asked.event),
            from: Some(self.state),
            to,
            actor: asked.actor,
            reason: asked.reason.clone(),
            rule: asked.rule.clone(),
            cause: asked.cause,
            at: asked.now,
        };
        let stock = match stock_move(self.state, to) {
            StockMove::Keep if order.demand() != self.demand() => StockMove::Amend,
            stock => stock,
        };
        Ok(Step {
            credit: credit_move(self, &order),
            order,
            event,
            stock,
        })
    }

    /// True if [`Order::after`] would take `event` from `role`, with or without a reason.
    pub fn can(&self, event: Event, role: Role) -> bool {
        let given = Given {
            reason: true,
            ..self.given()
        };
        after(self.state, event, role, given).is_ok()
    }

    /// The request after a move that brings none: it ends with the waiting. Nobody decides what
    /// was changed since: a proposal for what the order was before is void, and other amounts
    /// begin a new round of the same.
    fn request_after(&self, asked: &Move, to: State) -> Option<Request> {
        let mut request = self.request.clone()?;
        if let (Event::Amend, Some(amendment)) = (asked.event, &asked.amendment) {
            if request.is_open() && self.amounts_change(amendment) {
                let (fired, tiers) = (request.fired.clone(), request.tiers.clone());
                return Some(request.anew(fired, tiers, asked.now, request.due));
            }
            request.drop_proposal();
        }
        if self.state == State::AwaitingApproval {
            match to {
                State::Confirmed => request.end(approvals::State::Approved),
                State::Expired => request.end(approvals::State::Expired),
                State::Rejected | State::Cancelled => request.end(approvals::State::Withdrawn),
                _ => false,
            };
        }
        Some(request)
    }

    fn given(&self) -> Given {
        Given {
            reason: false,
            cancel_asked: self.cancel_asked,
            ruled: self.is_ruled(),
            fulfilment: self.fulfilment,
        }
    }

    /// Whether those whom the rules name are asked now.
    pub fn is_ruled(&self) -> bool {
        self.approval == Approval::Requested
    }

    /// What it holds on an account, in minor units.
    pub fn claim_minor(&self) -> i64 {
        match self.account.is_some() && self.state.holds_stock() {
            true => self.receipt.total.minor,
            false => 0,
        }
    }

    /// What its counted lines take from stock, per item.
    pub fn demand(&self) -> Demand {
        let counted = self.lines.iter().filter(|line| line.counted);
        stock::demand(counted.map(|line| (&line.item, line.quantity)))
    }
}

/// A request ends with its answer, and with the order.
fn cancel_asked(before: bool, event: Event, to: State) -> bool {
    match event {
        Event::RequestCancel => true,
        Event::GrantCancel | Event::RefuseCancel => false,
        _ if to.holds_stock() => before,
        _ => false,
    }
}

/// Paid when the customer has it, unless it is on account; void when called off.
fn payment(before: Payment, to: State) -> Payment {
    match before {
        Payment::Due if to.is_received() => Payment::Paid,
        Payment::Due | Payment::OnAccount if to.is_called_off() => Payment::Void,
        before => before,
    }
}

/// Waits, is on the way, and ends; what was called off before it left need not be brought.
fn delivery(before: Delivery, to: State) -> Delivery {
    match (before, to) {
        (Delivery::Waiting, State::OutForDelivery) => Delivery::OnTheWay,
        (Delivery::Waiting, to) if to.is_called_off() => Delivery::NotNeeded,
        (Delivery::OnTheWay, State::Delivered) => Delivery::Done,
        (Delivery::OnTheWay, to) if to.is_called_off() => Delivery::Failed,
        (before, _) => before,
    }
}

/// Asked, then decided by whatever ends the waiting.
fn approval(before: Approval, event: Event, to: State) -> Approval {
    match (before, event, to) {
        (Approval::NotNeeded, Event::AskApproval, _) => Approval::Waiting,
        // Also of what had been decided, when it changed.
        (_, Event::RequestApproval, _) => Approval::Requested,
        (Approval::Waiting | Approval::Requested, _, State::Confirmed) => Approval::Granted,
        (Approval::Waiting | Approval::Requested, _, State::Rejected) => Approval::Refused,
        (Approval::Waiting | Approval::Requested, _, State::Cancelled | State::Expired) => {
            Approval::Lapsed
        }
        (before, _, _) => before,
    }
}

fn stock_move(from: State, to: State) -> StockMove {
    match (from.holds_stock(), to.holds_stock()) {
        (true, false) if to.is_received() => StockMove::Fulfil,
        (true, false) => StockMove::Release,
        _ => StockMove::Keep,
    }
}

/// An order that changes accounts leaves one for another way to pay, or the other way round: whose
/// account it may be on is settled when it is placed.
fn credit_move(before: &Order, after: &Order) -> CreditMove {
    let Some(account) = before.account.as_ref().or(after.account.as_ref()) else {
        return CreditMove::Keep;
    };
    let (account, held) = (account.clone(), before.claim_minor());
    let ends = before.state.holds_stock() && after.account.is_some();
    if ends && after.state.is_received() {
        return CreditMove::Charge(account, held);
    }
    if ends && after.state.is_called_off() {
        return CreditMove::Revert(account, held);
    }
    match after.claim_minor() - held {
        0 => CreditMove::Keep,
        more => CreditMove::Amend(account, more),
    }
}
