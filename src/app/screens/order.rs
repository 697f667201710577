//! An order's card for its customer, the pushes about it, and the list of one's orders.

use crate::app::route::{AgainAct, OrderAct, Route};
use crate::chat::{Arg, Text, View};
use crate::domain::cart::{Receipt, ReceiptLine};
use crate::domain::orders::{
    Event, Fulfilment, OWN_WORDS, Order, OrderEvent, OrderLine, Role, Status, shown,
};

use super::approval::customer_lines;
use super::review::{Answered, figures};
use super::{Card, fit, lines, tables};

/// Characters of the lines: a message holds 4096, with the answers and a proposal.
const LINES_CHARS: usize = 1_500;

/// Characters of the lines that an approver proposes instead.
const INSTEAD_CHARS: usize = 900;

/// The text of a status.
pub fn status_text(status: Status) -> Text {
    Text::new(match status {
        Status::Waiting => "status-awaiting",
        Status::Confirmed => "status-confirmed",
        Status::Promised => "status-promised",
        Status::Preparing => "status-preparing",
        Status::Ready => "status-ready",
        Status::ReadyToServe => "status-ready-to-serve",
        Status::ReadyToGo => "status-ready-to-go",
        Status::OnTheWay => "status-on-the-way",
        Status::HandedOver => "status-handed-over",
        Status::Served => "status-served",
        Status::Delivered => "status-delivered",
        Status::Rejected => "status-rejected",
        Status::Cancelled => "status-cancelled",
        Status::Expired => "status-expired",
        Status::NotDelivered => "status-not-delivered",
    })
}

/// The text of a reason: of the shop's list, or one of the system's own.
pub fn reason_text(reason: &str) -> Text {
    Text::new("value-text").with("value", Arg::Shop(format!("reason-{reason}")))
}

/// Why an order was called off: in somebody's own words, or for a reason of a list.
pub fn reason_of(order: &Order) -> Option<Text> {
    let reason = order.reason.as_deref()?;
    Some(match &order.reason_words {
        Some(words) => Text::new("value-text").with("value", words.as_str()),
        None => reason_text(reason),
    })
}

/// Filled and empty dots up to the present status; nothing for an order that was called off.
fn progress(way: Fulfilment, status: Status) -> Option<String> {
    let status = match status {
        Status::Promised => Status::Confirmed,
        other => other,
    };
    let stations = Status::stations(way);
    let at = stations.iter().position(|station| *station == status)?;
    let dots = (0..stations.len()).map(|station| if station <= at { "●" } else { "○" });
    Some(dots.collect::<Vec<_>>().join("─"))
}

/// What the customer's card is in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Nothing.
    Nothing,
    /// Whether to cancel for sure.
    Cancel,
}

/// The live card of an order for its customer.
pub fn card(order: &Order, answers: &[Answered], asking: Asking) -> View {
    let now = shown(order);
    let mut view = View::say(
        Text::new("order-title")
            .with("number", Arg::Words(order.number.to_string()))
            .with("status", status_text(now.status)),
    );
    if let Some(table) = &order.table {
        view = view.and(Text::new("order-table").with("table", tables::name(table)));
    }
    view.body.extend(company_line(order));
    if let Some(bar) = progress(order.fulfilment, now.status) {
        view = view.and(Text::new("order-progress").with("bar", bar));
    }
    if let Some(time) = now.ready_at {
        let id = match order.fulfilment {
            Fulfilment::Pickup => "order-ready-at",
            Fulfilment::DineIn | Fulfilment::Delivery => "order-made-at",
        };
        view = view.and(Text::new(id).with("time", time));
    }
    if let Some(reason) = reason_of(order) {
        view = view.and(Text::new("order-reason").with("reason", reason));
    }
    view.body.extend(customer_lines(order));
    if now.cancel_asked {
        view = view.and(Text::new("order-cancel-requested"));
    }
    let (lines, more) = goods(order);
    view.body.extend(lines);
    view.body.extend(figures(&order.receipt));
    for answer in answers {
        view = view.and(
            Text::new("review-answer")
                .with("title", Arg::Shop(answer.title.clone()))
                .with("value", answer.value.clone()),
        );
        view.body.extend(answer.more.iter().cloned());
    }
    if order.placed_by.is_some() {
        view = view.and(Text::new("order-by-hand"));
    }
    let buttons = Card(order.version);
    let act = |act| Route::Order(order.id, act);
    view = proposed(order, view);
    if more > 0 {
        view = view.row(vec![
            buttons.plain("button-all-lines", &act(OrderAct::Lines)),
        ]);
    }
    match asking {
        Asking::Cancel if now.may_cancel => {
            let ask =
                Text::new("order-ask-cancel").with("number", Arg::Words(order.number.to_string()));
            view.and(ask).row(vec![
                buttons.plain("button-order-cancel-yes", &act(OrderAct::Cancel)),
                buttons.plain("button-back", &act(OrderAct::Back)),
            ])
        }
        Asking::Cancel | Asking::Nothing if now.may_cancel => {
            let mut row = vec![buttons.plain("button-order-cancel", &act(OrderAct::CancelAsk))];
            if order.is_ruled() {
                row.insert(
                    0,
                    buttons.plain("button-order-edit", &act(OrderAct::Change)),
                );
            }
            view.row(row)
        }
        Asking::Cancel | Asking::Nothing if now.may_ask_cancel => view.row(vec![
            buttons.plain("button-order-request", &act(OrderAct::CancelRequest)),
        ]),
        // While it is under way its card is about that alone.
        Asking::Cancel | Asking::Nothing if order.state.is_terminal() => view.row(vec![
            buttons.plain("button-order-again", &act(OrderAct::Again)),
            buttons.plain("button-saved-keep", &act(OrderAct::Save)),
        ]),
        Asking::Cancel | Asking::Nothing => view,
    }
}

/// The company that an order is for, as it was called then; an erased one by its id.
pub fn company_line(order: &Order) -> Option<Text> {
    let id = order.company.as_ref()?;
    let name = match order.company_name.as_str() {
        "" => id.as_str(),
        name => name,
    };
    Some(Text::new("order-company").with("name", name))
}

/// What an approver proposes instead, and what the customer may say to it.
fn proposed(order: &Order, mut view: View) -> View {
    let request = order.request.as_ref().filter(|request| request.is_open());
    let Some((request, proposal)) = request.and_then(|r| Some((r, r.proposal.as_ref()?))) else {
        return view;
    };
    let instead = &proposal.amendment;
    view = view.and(Text::new("order-proposed"));
    let (lines, more) = fit::shortened(parts(&instead.lines, &instead.receipt), INSTEAD_CHARS);
    view.body.extend(lines);
    view.body.extend(fit::more(more));
    view.body.extend(figures(&instead.receipt));
    // Of the request's version: nobody agrees to another proposal than they saw.
    let buttons = Card(request.version);
    let agree = Text::new("button-agree").with("total", instead.receipt.total);
    view.row(vec![
        buttons.button(agree, &Route::Order(order.id, OrderAct::Agree)),
        buttons.plain("button-decline", &Route::Order(order.id, OrderAct::Decline)),
    ])
}

/// The lines of an order as far as they fit a card, and how many do not.
pub fn goods(order: &Order) -> (Vec<Text>, usize) {
    let (mut lines, more) = fit::shortened(parts(&order.lines, &order.receipt), LINES_CHARS);
    lines.extend(fit::more(more));
    (lines, more)
}

/// The lines of an order as they were agreed, with their amounts, each with what belongs to it.
fn parts(lines: &[OrderLine], receipt: &Receipt) -> Vec<Vec<Text>> {
    lines
        .iter()
        .map(|line| {
            let paid = receipt.lines.iter().find(|paid| paid.line == line.id);
            line_texts(line, paid)
        })
        .collect()
}

fn line_texts(line: &OrderLine, paid: Option<&ReceiptLine>) -> Vec<Text> {
    let (grams, count) = amount(line);
    let name = lines::name(&line.name, line.variant_name.as_ref());
    let mut texts = Vec::new();
    if let Some(paid) = paid {
        let id = if grams {
            "cart-line-grams"
        } else {
            "cart-line"
        };
        texts.push(
            Text::new(id)
                .with("count", count)
                .with("name", name)
                .with("total", paid.amount),
        );
    }
    texts.extend(details(line));
    texts
}

/// How much of an order's line, as people count it: `(in grams, number)`.
pub fn amount(line: &OrderLine) -> (bool, i64) {
    lines::amount(line.unit, line.quantity)
}

/// Options and note of an order's line.
pub fn details(line: &OrderLine) -> Vec<Text> {
    let options = line
        .options
        .iter()
        .map(|option| lines::option(&option.choice, option.units, option.quantifier))
        .collect();
    lines::details(options, &line.note)
}

/// The reason of an order that nobody took, an id of the system's texts.
pub const NOBODY: &str = "nobody";

/// The reason of an order that nobody decided about, an id of the system's texts.
pub const UNDECIDED: &str = "undecided";

/// The reason of an order that its customer took back to change it, an id of the system's texts.
pub const CHANGED: &str = "changed";

/// True if the order ended because nobody of the shop pressed a button.
pub fn nobody_took(order: &Order) -> bool {
    order.reason.as_deref() == Some(NOBODY)
}

/// The message for the customer after a move; none where the card says enough.
pub fn push(order: &Order, step: &OrderEvent) -> Option<Text> {
    let reason = || match step.reason.as_deref() {
        Some(OWN_WORDS) => reason_of(order).unwrap_or_else(|| reason_text(OWN_WORDS)),
        reason => reason_text(reason.unwrap_or("other")),
    };
    let text = match step.event? {
        Event::Confirm if order.ready_at.is_none() => Text::new(match step.actor.role {
            Role::Approver | Role::System => "push-approved",
            _ => "push-confirmed",
        }),
        Event::Confirm | Event::Promise => {
            let id = match order.fulfilment {
                Fulfilment::Pickup => "push-accepted",
                Fulfilment::DineIn | Fulfilment::Delivery => "push-accepted-made",
            };
            Text::new(id).with("time", order.ready_at.unwrap_or(order.moved_at))
        }
        Event::Amend => Text::new("push-amended").with("total", order.receipt.total),
        Event::Prepare => Text::new("push-preparing"),
        Event::Finish => Text::new(match order.fulfilment {
            Fulfilment::Pickup => "push-ready",
            Fulfilment::DineIn => "push-ready-to-serve",
            Fulfilment::Delivery => "push-ready-to-go",
        }),
        Event::HandOver => Text::new("push-handed-over"),
        Event::Serve => Text::new("push-served"),
        Event::Dispatch => Text::new("push-on-the-way"),
        Event::Deliver => Text::new("push-delivered"),
        Event::Fail => Text::new("push-not-delivered").with("reason", reason()),
        Event::Reject => Text::new("push-rejected").with("reason", reason()),
        Event::Cancel if nobody_took(order) => Text::new("push-expired"),
        Event::Cancel => Text::new("push-cancelled").with("reason", reason()),
        Event::GrantCancel => Text::new("push-cancel-granted"),
        Event::Expire if order.request.is_some() => Text::new("push-undecided"),
        Event::Expire => Text::new("push-expired"),
        Event::RefuseCancel => Text::new("push-cancel-refused").with("reason", reason()),
        Event::AskApproval | Event::RequestApproval | Event::Complete | Event::RequestCancel => {
            return None;
        }
    };
    Some(text.with("number", Arg::Words(order.number.to_string())))
}

/// The list of one's orders, newest first.
pub fn list(card: Card, orders: &[Order]) -> View {
    let mut view = View::say(Text::new(if orders.is_empty() {
        "orders-none"
    } else {
        "orders-title"
    }));
    for order in orders {
        let label = Text::new("button-order-show")
            .with("number", Arg::Words(order.number.to_string()))
            .with("status", status_text(shown(order).status));
        view = view.row(vec![
            card.button(label, &Route::Order(order.id, OrderAct::Show)),
            card.plain("button-again", &Route::Again(AgainAct::Order(order.id))),
        ]);
    }
    view.row(super::basics::home_row(card))
}
