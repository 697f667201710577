//! An order's card for the kitchen, with buttons along the state machine.

use crate::app::route::{OrderAct, Route};
use crate::chat::{Arg, Button, Text, View};
use crate::domain::orders::{Event, Order, OrderLine, Payment, Role, shown};
use crate::kernel::Timestamp;

use super::order::{amount, company_line, details, reason_of, reason_text, status_text};
use super::review::Answered;
use super::{Card, fit, lines, tables};

/// Characters of the lines: a message holds 4096, with the answers and what the rules say.
const LINES_CHARS: usize = 2_000;

/// Who decided last, shown on every copy of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// What they did.
    pub event: Event,
    /// Their name.
    pub who: String,
    /// When.
    pub at: Timestamp,
}

/// For whom a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desk {
    /// Who makes it, where others bring it.
    Kitchen,
    /// Who makes it and brings it, or looks after everything.
    All,
    /// Who brings it.
    Courier,
    /// Who only looks.
    Reader,
}

/// What the card is in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Nothing.
    Nothing,
    /// Why the order is rejected.
    RejectReason,
    /// Why a wish to cancel is refused.
    RefuseReason,
    /// Why it could not be brought.
    FailReason,
}

/// What the kitchen's card is shown with.
pub struct KitchenCard<'a> {
    /// The order.
    pub order: &'a Order,
    /// The title of its flow, a text id of the shop.
    pub flow: &'a str,
    /// The customer's name.
    pub customer: &'a str,
    /// Whether the customer can be written to.
    pub reachable: bool,
    /// The answers of its flow.
    pub answers: &'a [Answered],
    /// Minutes to choose from when accepting.
    pub minutes: &'a [i64],
    /// Reasons to choose from, ids of the shop's list.
    pub reasons: &'a [String],
    /// Reasons to choose from for refusing a wish to cancel.
    pub refusals: &'a [String],
    /// Reasons to choose from when it could not be brought.
    pub failures: &'a [String],
    /// Whether there is a button to print it.
    pub print: bool,
    /// Whether there is a button to change it for its customer.
    pub change: bool,
    /// Who took it down for its customer; none: they placed it themselves.
    pub by_hand: Option<&'a str>,
    /// For whom it is.
    pub desk: Desk,
    /// Who decided last.
    pub decided: Option<Decided>,
    /// What it is in the middle of.
    pub asking: Asking,
}

/// The card.
pub fn card(shown_with: &KitchenCard<'_>) -> View {
    let order = shown_with.order;
    let mut view = body(shown_with);
    let buttons = Card(order.version);
    let act = |act| Route::Order(order.id, act);
    let reasons = |list: &[String], to: fn(String) -> OrderAct| -> Vec<Vec<Button>> {
        list.iter()
            .map(|reason| vec![buttons.button(reason_text(reason), &act(to(reason.clone())))])
            .chain([vec![buttons.plain("button-back", &act(OrderAct::Card))]])
            .collect()
    };
    match shown_with.asking {
        Asking::RejectReason => {
            view = view.and(Text::new("kitchen-reject-ask"));
            view.rows = reasons(shown_with.reasons, OrderAct::Reject);
        }
        Asking::RefuseReason => {
            view = view.and(Text::new("kitchen-reject-ask"));
            view.rows = reasons(shown_with.refusals, OrderAct::RefuseCancel);
        }
        Asking::FailReason => {
            view = view.and(Text::new("kitchen-reject-ask"));
            view.rows = reasons(shown_with.failures, OrderAct::Fail);
        }
        Asking::Nothing if shown_with.desk == Desk::Courier => {
            let next = steps(shown_with, &BRINGING, Role::Courier);
            view = view.row(next);
        }
        Asking::Nothing if shown_with.desk == Desk::Reader => {}
        Asking::Nothing => view = moves(shown_with, view),
    }
    view
}

/// What the order is, without any button.
pub fn body(shown_with: &KitchenCard<'_>) -> View {
    let order = shown_with.order;
    let now = shown(order);
    let by_courier = shown_with.desk == Desk::Courier;
    let title = if by_courier {
        "courier-title"
    } else {
        "kitchen-title"
    };
    let mut view = View::say(
        Text::new(title)
            .with("number", Arg::Words(order.number.to_string()))
            .with("flow", tables::goes_to(order, shown_with.flow))
            .with("status", status_text(now.status)),
    );
    if now.cancel_asked {
        view = view.and(Text::new("kitchen-wants-cancel"));
    }
    let parts = order.lines.iter().map(line_texts).collect();
    let (shown_lines, more) = fit::shortened(parts, LINES_CHARS);
    view.body.extend(shown_lines);
    if more > 0 {
        view = view.and(
            Text::new("more-lines-print")
                .with("count", more as i64)
                .with("number", Arg::Words(order.number.to_string())),
        );
    }
    if !order.note.is_empty() {
        view = view.and(Text::new("cart-line-note").with("note", order.note.as_str()));
    }
    let who: String = shown_with
        .customer
        .chars()
        .take(super::basics::NAME_SHOWN)
        .collect();
    view = view.and(Text::new("kitchen-customer").with("name", who));
    view.body.extend(company_line(order));
    if let Some(who) = shown_with.by_hand {
        view = view.and(Text::new("kitchen-by-hand").with("who", super::basics::clipped(who)));
    }
    if !shown_with.reachable && !order.state.is_terminal() {
        let id = match order.customer.has_chat() {
            true => "kitchen-customer-gone",
            false => "kitchen-by-phone",
        };
        view = view.and(Text::new(id));
    }
    for answer in shown_with.answers {
        view = view.and(
            Text::new("kitchen-answer")
                .with("title", Arg::Shop(answer.title.clone()))
                .with("value", answer.value.clone()),
        );
        view.body.extend(answer.more.iter().cloned());
    }
    let total = if by_courier && order.payment == Payment::Due {
        "courier-collect"
    } else {
        "kitchen-total"
    };
    view = view.and(Text::new(total).with("total", order.receipt.total));
    view = view.and(Text::new("kitchen-placed").with("time", order.placed_at));
    if let Some(time) = order.ready_at {
        view = view.and(Text::new("kitchen-due").with("time", time));
    }
    if let Some(reason) = reason_of(order) {
        view = view.and(Text::new("order-reason").with("reason", reason));
    }
    match &shown_with.decided {
        Some(decided) => view.and(decided_text(decided)),
        None => view,
    }
}

/// A line with what belongs to it.
fn line_texts(line: &OrderLine) -> Vec<Text> {
    let (grams, count) = amount(line);
    let id = if grams {
        "kitchen-line-grams"
    } else {
        "kitchen-line"
    };
    let name = lines::name(&line.name, line.variant_name.as_ref());
    let mut texts = vec![Text::new(id).with("count", count).with("name", name)];
    texts.extend(details(line));
    texts
}

/// "rejected – Chen, 12:03".
pub fn decided_text(decided: &Decided) -> Text {
    Text::new("kitchen-decided")
        .with("action", Text::new(action_text(decided.event)))
        .with("who", decided.who.as_str())
        .with("time", decided.at)
}

/// The word for what somebody did.
pub fn action_text(event: Event) -> &'static str {
    match event {
        Event::AskApproval | Event::RequestApproval | Event::Confirm | Event::Promise => {
            "action-accept"
        }
        Event::Amend => "action-amend",
        Event::Prepare => "action-prepare",
        Event::Finish => "action-ready",
        Event::HandOver | Event::Complete => "action-handover",
        Event::Serve => "action-serve",
        Event::Dispatch => "action-dispatch",
        Event::Deliver => "action-deliver",
        Event::Fail => "action-fail",
        Event::Reject => "action-reject",
        Event::Cancel => "action-cancel",
        Event::RequestCancel => "action-ask-cancel",
        Event::GrantCancel => "action-grant",
        Event::RefuseCancel => "action-refuse",
        Event::Expire => "action-expire",
    }
}

/// A button that moves an order: for which event, its words, what it asks for.
type MoveButton = (Event, &'static str, OrderAct);

/// What those who make an order press, in the order of its life.
const MAKING: [MoveButton; 4] = [
    (Event::Prepare, "button-prepare", OrderAct::Prepare),
    (Event::Finish, "button-ready", OrderAct::Ready),
    (Event::HandOver, "button-handover", OrderAct::HandOver),
    (Event::Serve, "button-serve", OrderAct::Serve),
];

/// What those who bring it press.
const BRINGING: [MoveButton; 3] = [
    (Event::Dispatch, "button-dispatch", OrderAct::Dispatch),
    (Event::Deliver, "button-deliver", OrderAct::Deliver),
    (Event::Fail, "button-fail", OrderAct::FailAsk),
];

/// The buttons that a role may press now.
fn steps(shown_with: &KitchenCard<'_>, all: &[MoveButton], role: Role) -> Vec<Button> {
    let order = shown_with.order;
    all.iter()
        .filter(|(event, ..)| order.can(*event, role))
        .map(|(_, label, act)| {
            Card(order.version).plain(label, &Route::Order(order.id, act.clone()))
        })
        .collect()
}

fn moves(shown_with: &KitchenCard<'_>, mut view: View) -> View {
    let order = shown_with.order;
    let buttons = Card(order.version);
    let act = |act| Route::Order(order.id, act);
    let can = |event| order.can(event, Role::Kitchen);
    if can(Event::GrantCancel) {
        view = view.row(vec![
            buttons.plain("button-grant", &act(OrderAct::GrantCancel)),
            buttons.plain("button-refuse", &act(OrderAct::RefuseAsk)),
        ]);
    }
    let unpromised = order.ready_at.is_none();
    if can(Event::Confirm) || (can(Event::Promise) && unpromised) {
        let accept = shown_with.minutes.iter().map(|minutes| {
            let label = Text::new("button-accept").with("minutes", *minutes);
            buttons.button(label, &act(OrderAct::Accept(*minutes)))
        });
        view = view.row(accept.collect());
    }
    view = view.row(steps(shown_with, &MAKING, Role::Kitchen));
    if shown_with.desk == Desk::All {
        view = view.row(steps(shown_with, &BRINGING, Role::Kitchen));
    }
    let mut last = Vec::new();
    if can(Event::Reject) {
        last.push(buttons.plain("button-reject", &act(OrderAct::RejectAsk)));
    } else if can(Event::Cancel) && (!order.is_ruled() || shown_with.change) {
        last.push(buttons.plain("button-staff-cancel", &act(OrderAct::RejectAsk)));
    }
    if shown_with.change && can(Event::Amend) {
        last.push(buttons.plain("button-change-order", &act(OrderAct::Amend)));
    }
    if shown_with.print {
        last.push(buttons.plain("button-print", &act(OrderAct::Print)));
    }
    view.row(last)
}
