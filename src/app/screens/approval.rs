//! The card of an order that people must decide: why, who, by when, and what they may press.

use crate::app::route::{ApprovalAct, Route, WaitingAct};
use crate::chat::{Arg, Button, Text, View};
use crate::dialogue::Flow;
use crate::dialogue::facts::{FACTS, MONEY, UNLIMITED};
use crate::domain::approvals::{Fired, Need, Quorum, Request, State, Value, Vote};
use crate::domain::orders::Order;
use crate::kernel::{Currency, Money, Timestamp};

use super::kitchen::{self, KitchenCard};
use super::look::age;
use super::order::{CHANGED, reason_text};
use super::{Card, basics};

/// Most characters of a value that a rule saw.
const VALUE_SHOWN: usize = 60;
/// Preparation times side by side.
const MINUTES_A_ROW: usize = 3;

/// What the card is in the middle of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asking {
    /// Nothing.
    Nothing,
    /// Why the order is refused.
    RejectReason,
    /// What the words are that were written as a reply.
    Typed(String),
}

/// What the card is shown with.
pub struct ApprovalCard<'a> {
    /// The order as those who work it see it.
    pub order: KitchenCard<'a>,
    /// Its flow, if the shop still has it.
    pub flow: Option<&'a Flow>,
    /// The request.
    pub request: &'a Request,
    /// Reasons to choose from, ids of the shop's list.
    pub reasons: &'a [String],
    /// How the account stands that it is on, this order included; none if it is on none, or was
    /// decided.
    pub account: Option<Text>,
    /// What it is in the middle of.
    pub asking: Asking,
}

fn clipped(name: &str) -> String {
    name.chars().take(basics::NAME_SHOWN).collect()
}

/// Who ended the waiting before anybody decided: the customer gives no reason but that they
/// change it, the shop always one.
pub fn withdrawn(order: &Order) -> &'static str {
    match order.reason.as_deref() {
        None | Some(CHANGED) => "approval-withdrawn",
        Some(_) => "approval-called-off",
    }
}

/// The card.
pub fn card(shown: &ApprovalCard<'_>) -> View {
    let request = shown.request;
    let mut view = kitchen::body(&shown.order);
    view = view.and(Text::new(match request.state {
        State::Open => "approval-open",
        State::Approved => "approval-approved",
        State::Rejected => "approval-rejected",
        State::Expired => "approval-expired",
        State::Withdrawn => withdrawn(shown.order.order),
    }));
    let currency = shown.order.order.receipt.total.currency;
    for fired in &request.fired {
        view = view.and(why(fired, shown.flow, currency));
    }
    view.body.extend(shown.account.clone());
    if request.state == State::Open {
        for need in request.asked() {
            view = view.and(need_text(need));
        }
        if request.tiers.len() > 1 {
            view = view.and(
                Text::new("approval-tier")
                    .with("at", request.tier as i64 + 1)
                    .with("of", request.tiers.len() as i64),
            );
        }
    }
    for vote in &request.votes {
        view = view.and(vote_text(vote));
    }
    for said in &request.said {
        view = view.and(
            Text::new("approval-said")
                .with("who", clipped(&said.name))
                .with("words", said.words.as_str()),
        );
    }
    if request.state != State::Open {
        return view;
    }
    if let Some(proposal) = &request.proposal {
        view = view.and(
            Text::new("approval-proposal")
                .with("who", clipped(&proposal.name))
                .with("total", proposal.amendment.receipt.total),
        );
    }
    if request.unanswered {
        view = view.and(Text::new("approval-unanswered"));
    }
    view = view.and(Text::new("approval-by").with("time", request.due));
    buttons(shown, view)
}

fn buttons(shown: &ApprovalCard<'_>, mut view: View) -> View {
    let request = shown.request;
    let card = Card(request.round);
    let order = shown.order.order.id;
    let act = |act| Route::Approval(order, act);
    let back = vec![card.plain("button-back", &act(ApprovalAct::Card))];
    match &shown.asking {
        Asking::RejectReason => {
            view = view.and(Text::new("approval-reject-ask"));
            for reason in shown.reasons {
                let to = act(ApprovalAct::Reject(reason.clone()));
                view = view.row(vec![card.button(reason_text(reason), &to)]);
            }
            return view.row(back);
        }
        Asking::Typed(words) => {
            view = view.and(Text::new("approval-typed").with("words", words.as_str()));
            return view
                .row(vec![card.plain(
                    "button-typed-reject",
                    &act(ApprovalAct::RejectTyped),
                )])
                .row(vec![
                    card.plain("button-typed-ask", &act(ApprovalAct::AskTyped)),
                ])
                .row(vec![
                    card.plain("button-typed-leave", &act(ApprovalAct::LeaveTyped)),
                ]);
        }
        Asking::Nothing => {}
    }
    let change = card.plain("button-change-order", &act(ApprovalAct::Change));
    if request.proposal.is_some() {
        // Nobody decides before the customer has answered.
        return view.row(vec![change]);
    }
    view = view.row(vec![
        card.plain("button-approve", &act(ApprovalAct::Approve(None))),
    ]);
    let minutes: Vec<Button> = shown
        .order
        .minutes
        .iter()
        .take(MINUTES_A_ROW)
        .map(|minutes| {
            let label = Text::new("button-accept").with("minutes", *minutes);
            card.button(label, &act(ApprovalAct::Approve(Some(*minutes))))
        })
        .collect();
    view.row(minutes).row(vec![
        card.plain("button-approval-ask", &act(ApprovalAct::AskHow)),
        change,
        card.plain("button-reject", &act(ApprovalAct::RejectAsk)),
    ])
}

/// Why a rule asks: its words, and what it saw.
pub fn why(fired: &Fired, flow: Option<&Flow>, currency: Currency) -> Text {
    let id = if fired.warns && !fired.values.is_empty() {
        "approval-why-warns"
    } else if fired.failed {
        "approval-why-failed"
    } else if fired.values.is_empty() {
        "approval-why"
    } else {
        "approval-why-seen"
    };
    let values = fired.values.iter();
    let seen: Vec<Text> = values
        .map(|(name, value)| seen(name, value, flow, currency))
        .collect();
    Text::new(id)
        .with("rule", rule_text(&fired.rule))
        .with("seen", Arg::List(seen))
}

/// The words of a rule.
pub fn rule_text(rule: &str) -> Text {
    Text::new("value-text").with("value", Arg::Shop(format!("rule-{rule}")))
}

/// A value that a rule saw, with its name.
fn seen(name: &str, value: &Value, flow: Option<&Flow>, currency: Currency) -> Text {
    let label = match name.strip_prefix("answer.") {
        Some(step) => {
            let step = flow.and_then(|flow| flow.step(step));
            step.map_or_else(
                || Text::new("value-text").with("value", name),
                |step| Text::new("value-text").with("value", Arg::Shop(step.title.clone())),
            )
        }
        None => Text::new("value-text").with("value", Arg::Shop(fact_text(name))),
    };
    Text::new("approval-seen")
        .with("name", label)
        .with("value", value_of(name, value, currency))
}

/// The text id of a fact's name for people: `fact-order-total-minor`.
pub fn fact_text(name: &str) -> String {
    format!("fact-{}", name.replace(['.', '_'], "-"))
}

fn is_money(name: &str) -> bool {
    FACTS.iter().any(|fact| {
        let is_it = name.split_once('.') == Some((fact.record, fact.name));
        is_it && fact.unit == MONEY
    })
}

fn value_of(name: &str, value: &Value, currency: Currency) -> Arg {
    match value {
        Value::Number(UNLIMITED) => Arg::Text(Text::new("value-unlimited")),
        Value::Number(minor) if is_money(name) => Arg::Money(Money::new(*minor, currency)),
        Value::Number(number) => Arg::Number(*number),
        Value::Flag(true) => Arg::Text(Text::new("value-yes")),
        Value::Flag(false) => Arg::Text(Text::new("value-no")),
        Value::Text(words) => Arg::Words(words.chars().take(VALUE_SHOWN).collect()),
        Value::Texts(all) => Arg::Words(all.join(", ").chars().take(VALUE_SHOWN).collect()),
    }
}

/// Who is asked, and how many of them.
pub fn need_text(need: &Need) -> Text {
    let roles = need.roles.iter().map(|role| role_text(role));
    let roles = Arg::List(roles.collect());
    match need.quorum {
        Quorum::Any | Quorum::Of(1) => Text::new("approval-need-any").with("roles", roles),
        Quorum::All => Text::new("approval-need-all").with("roles", roles),
        Quorum::Of(count) => Text::new("approval-need-of")
            .with("roles", roles)
            .with("count", count),
    }
}

/// The word for a role that rules name.
fn role_text(role: &str) -> Text {
    Text::new("value-text").with("value", Arg::Shop(format!("role-{role}")))
}

fn vote_text(vote: &Vote) -> Text {
    let id = match (vote.yes, vote.of) {
        (true, None) => "approval-yes",
        (true, Some(_)) => "approval-yes-for",
        (false, None) => "approval-no",
        (false, Some(_)) => "approval-no-for",
    };
    let text = Text::new(id)
        .with("who", clipped(&vote.name))
        .with("time", vote.at);
    match vote.of {
        None => text,
        Some(_) => text.with("of", clipped(&vote.of_name)),
    }
}

/// Why the customer waits, and until when.
pub fn customer_lines(order: &Order) -> Vec<Text> {
    let Some(asked) = order.request.as_ref().filter(|_| order.is_ruled()) else {
        return Vec::new();
    };
    let rules = asked
        .fired
        .iter()
        .map(|fired| Text::new("order-decides-why").with("rule", rule_text(&fired.rule)));
    std::iter::once(Text::new("order-decides"))
        .chain(rules)
        .chain([Text::new("order-decides-by").with("time", asked.due)])
        .collect()
}

/// Requests on one page.
pub const PAGE: usize = 8;

/// One request of the list.
pub struct Line<'a> {
    /// The order.
    pub order: &'a Order,
    /// When it began to wait.
    pub since: Timestamp,
    /// The customer's name; empty = not known.
    pub customer: &'a str,
}

/// The requests that wait for somebody: one page of them, at `page` of `pages`.
pub fn list(card: Card, lines: &[Line<'_>], (page, pages): (usize, usize), now: Timestamp) -> View {
    if lines.is_empty() {
        return View::say(Text::new("approvals-none")).row(basics::home_row(card));
    }
    let mut view = View::say(Text::new("approvals-title"));
    for line in lines {
        view = view.and(
            Text::new("approvals-line")
                .with("number", Arg::Words(line.order.number.to_string()))
                .with("total", line.order.receipt.total)
                .with("who", line.customer)
                .with("age", age(now.since(line.since))),
        );
    }
    let open = lines.iter().map(|line| {
        let number = Arg::Words(line.order.number.to_string());
        let label = Text::new("button-look").with("number", number);
        let act = Route::Approval(line.order.id, ApprovalAct::Show);
        Button::data(label, act.data(0))
    });
    let open: Vec<Button> = open.collect();
    for row in open.chunks(4) {
        view = view.row(row.to_vec());
    }
    if lines.len() > 1 {
        let label = Text::new("button-approve-all").with("count", lines.len() as i64);
        view = view.row(vec![
            card.button(label, &Route::Waiting(WaitingAct::AllAsk)),
        ]);
    }
    let mut turn = Vec::new();
    if page > 0 {
        let to = Route::Waiting(WaitingAct::Page(page - 1));
        turn.push(card.plain("button-page-previous", &to));
    }
    if page + 1 < pages {
        let to = Route::Waiting(WaitingAct::Page(page + 1));
        turn.push(card.plain("button-page-next", &to));
    }
    view.row(turn).row(basics::home_row(card))
}

/// Asks whether to approve several at once.
pub fn ask_all(card: Card, orders: &[(String, Money)]) -> View {
    let title = Text::new("approvals-all-ask").with("count", orders.len() as i64);
    let view = orders
        .iter()
        .fold(View::say(title), |view, (number, total)| {
            view.and(
                Text::new("approvals-all-line")
                    .with("number", Arg::Words(number.clone()))
                    .with("total", *total),
            )
        });
    view.row(vec![
        card.plain("button-approve-all-yes", &Route::Waiting(WaitingAct::All)),
        card.plain("button-back", &Route::Waiting(WaitingAct::Page(0))),
    ])
}

/// What the customer is asked about an order; words typed next are the answer.
pub fn question(card: Card, order: &Order, words: &str) -> View {
    let text = Text::new("approval-question")
        .with("number", Arg::Words(order.number.to_string()))
        .with("words", words);
    View::say(text).row(basics::home_row(card))
}
