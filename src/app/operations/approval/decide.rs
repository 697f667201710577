//! A press on a request's card: authorised by person, role, limit and round at the press; the
//! first that decides wins, and whoever comes later is told who it was.

use crate::chat::{Arg, Text};
use crate::domain::approvals::people::Barred;
use crate::domain::approvals::request::{Next, Refusal};
use crate::domain::approvals::{Request, State, Vote};
use crate::domain::orders::{Actor, Event, Move, Role};
use crate::kernel::time::MINUTE;
use crate::kernel::{Money, OrderId};

use crate::app::access::{Act, acting};
use crate::app::audit::{self, Deed, Did};
use crate::app::cx::Cx;
use crate::app::operations::move_order;
use crate::app::outcome::TurnError;
use crate::app::route::ApprovalAct;
use crate::app::screens::approval::{Asking, withdrawn};
use crate::app::staff;

use super::{Matter, begin, load, own_name, propose, show, talk, wait, write};

/// The most minutes that a forged button could promise.
const MAX_MINUTES: i64 = 24 * 60;

/// Carries a press out, or tells why not. `round` is the one that the button was made for.
pub async fn act(
    cx: &mut Cx<'_>,
    id: OrderId,
    act: &ApprovalAct,
    round: i64,
) -> Result<(), TurnError> {
    let Some(matter) = load(cx, id).await? else {
        cx.toast(Text::new("press-unknown"));
        return Ok(());
    };
    if !may_see(cx, &matter) {
        let roles = staff::roles(cx, cx.customer()).await?;
        audit::refused(cx, &roles, audit::of_order(id), act.word()).await?;
        cx.alert(Text::new("staff-not-allowed"));
        return Ok(());
    }
    match act {
        ApprovalAct::Show => show::here(cx, &matter, (Asking::Nothing, true)).await,
        ApprovalAct::Card => show::here(cx, &matter, (Asking::Nothing, false)).await,
        _ if !matter.request.is_open() => refused(cx, &matter, Refusal::Over).await,
        ApprovalAct::RejectAsk => show::here(cx, &matter, (Asking::RejectReason, false)).await,
        ApprovalAct::Change => propose::pressed(cx, &matter).await,
        ApprovalAct::AskHow => {
            cx.alert(Text::new("approval-ask-how"));
            Ok(())
        }
        ApprovalAct::Approve(minutes) if minutes.is_none_or(can_be_promised) => {
            vote(cx, matter, (true, *minutes), (round, None)).await
        }
        ApprovalAct::Reject(reason) if cx.shop.approvals.reasons.contains(reason) => {
            let why = Why::Listed(reason.clone());
            vote(cx, matter, (false, None), (round, Some(why))).await
        }
        ApprovalAct::Approve(_) | ApprovalAct::Reject(_) => {
            cx.toast(Text::new("press-unknown"));
            Ok(())
        }
        ApprovalAct::RejectTyped => match talk::take_typed(cx, id) {
            Some(words) => {
                let why = Why::Words(words);
                vote(cx, matter, (false, None), (round, Some(why))).await
            }
            None => {
                talk::nothing_typed(cx);
                Ok(())
            }
        },
        ApprovalAct::AskTyped => match talk::take_typed(cx, id) {
            Some(words) => talk::ask(cx, matter, words).await,
            None => {
                talk::nothing_typed(cx);
                Ok(())
            }
        },
        ApprovalAct::LeaveTyped => {
            talk::take_typed(cx, id);
            show::here(cx, &matter, (Asking::Nothing, false)).await
        }
    }
}

/// Whether any shop could mean so many minutes.
fn can_be_promised(minutes: i64) -> bool {
    (1..=MAX_MINUTES).contains(&minutes)
}

/// Why somebody refuses.
enum Why {
    /// A reason of the shop's list.
    Listed(String),
    /// Their own words.
    Words(String),
}

/// Whether this person has anything to do with approvals: their cards hold a customer's data.
pub(super) fn may_see(cx: &Cx<'_>, matter: &Matter) -> bool {
    let who = cx.customer();
    let case = matter.case();
    let escalate_to = &cx.shop.approvals.escalate_to;
    let may = |roles: &[String]| {
        let person = matter.people.iter().find(|person| person.id == who);
        person.is_some_and(|person| person.has(roles))
            || case
                .deciders(roles)
                .iter()
                .any(|decider| decider.who == who)
    };
    let asked = matter.request.tiers.iter().flatten();
    asked.map(|need| need.roles.as_slice()).any(may) || may(escalate_to)
}

/// Takes a vote in and carries out what it decides.
async fn vote(
    cx: &mut Cx<'_>,
    mut matter: Matter,
    (yes, minutes): (bool, Option<i64>),
    (round, why): (i64, Option<Why>),
) -> Result<(), TurnError> {
    let vote = Vote {
        who: cx.customer(),
        name: own_name(cx).await?,
        of: None,
        of_name: String::new(),
        yes,
        minutes,
        at: cx.now,
    };
    let escalate_to = cx.shop.approvals.escalate_to.clone();
    let mut request = matter.request.clone();
    let next = match request.vote(vote, round, (&matter.case(), &escalate_to)) {
        Ok(next) => next,
        Err(refusal) => return refused(cx, &matter, refusal).await,
    };
    for vote in &mut request.votes {
        if let (Some(of), true) = (vote.of, vote.of_name.is_empty()) {
            vote.of_name = staff::name_of(cx, of).await?;
        }
    }
    if let Some(event) = ends(next) {
        let asked = asked(cx, &request, event, why);
        return ended(cx, matter, request, asked).await;
    }
    kept(cx, &matter, Did::Agreed, stood_in(&request)).await?;
    let is_next = next == Next::NextTier;
    let nobody = is_next && begin::nobody_there(&mut request, &matter.case());
    matter.request = request;
    write(cx, &mut matter).await?;
    if is_next {
        wait::start(cx, &matter.order, &matter.request);
    }
    cx.toast(Text::new("approval-noted"));
    show::cards(cx, &matter).await?;
    if nobody {
        begin::told(cx, &matter.order).await?;
    }
    Ok(())
}

fn ends(next: Next) -> Option<Event> {
    match next {
        Next::More | Next::NextTier => None,
        Next::Approved => Some(Event::Confirm),
        Next::Rejected => Some(Event::Reject),
    }
}

/// The move that a decision makes.
fn asked(cx: &Cx<'_>, request: &Request, event: Event, why: Option<Why>) -> Move {
    let actor = Actor::person(Role::Approver, cx.customer());
    let asked = Move::new(event, actor, cx.cause, cx.now);
    let minutes = request.votes.iter().filter_map(|vote| vote.minutes).max();
    match (why, minutes) {
        (Some(Why::Listed(reason)), _) => asked.because(&reason),
        (Some(Why::Words(words)), _) => asked.in_words(&words),
        (None, Some(minutes)) => asked.ready_at(cx.now.plus(minutes * MINUTE)),
        (None, None) => asked,
    }
}

/// The order moves as decided, and everybody is told.
async fn ended(
    cx: &mut Cx<'_>,
    mut matter: Matter,
    request: Request,
    asked: Move,
) -> Result<(), TurnError> {
    let event = asked.event;
    let asked = Move {
        request: Some(request.clone()),
        ..asked
    };
    let Ok(order) = move_order::move_order(cx, &matter.order, &asked).await? else {
        // The request was open: its order can't have moved on.
        return Err(TurnError::Overtaken);
    };
    let why = asked.words.clone().or(asked.reason.clone());
    let why = why.unwrap_or_else(|| stood_in(&request));
    kept(cx, &matter, Did::Moved(event), why).await?;
    cx.toast(Text::new(if event == Event::Confirm {
        "approval-approved"
    } else {
        "approval-rejected"
    }));
    (matter.order, matter.request) = (order, request);
    show::cards(cx, &matter).await
}

/// Keeps in the record what was decided, as which of the presser's roles.
pub(super) async fn kept(
    cx: &mut Cx<'_>,
    matter: &Matter,
    did: Did,
    why: String,
) -> Result<(), TurnError> {
    let roles = staff::roles(cx, cx.customer()).await?;
    let role = acting(&roles, Act::Approve);
    let deed = Deed::new(did, role, audit::of_order(matter.order.id)).because(why);
    cx.audit(deed);
    Ok(())
}

/// For whom the last vote was, if somebody stood in; otherwise empty.
fn stood_in(request: &Request) -> String {
    let last = request.votes.last();
    last.map_or_else(String::new, |vote| vote.of_name.clone())
}

/// Says why a press does not count, and puts this copy right.
pub(super) async fn refused(
    cx: &mut Cx<'_>,
    matter: &Matter,
    refusal: Refusal,
) -> Result<(), TurnError> {
    let number = Arg::Words(matter.order.number.to_string());
    let text = match refusal {
        Refusal::Over => over(matter),
        Refusal::Changed => Text::new("approval-changed"),
        Refusal::Proposed => Text::new("approval-proposed"),
        Refusal::Twice => Text::new("approval-twice"),
        Refusal::Barred(Barred::Own) => Text::new("approval-own"),
        Refusal::Barred(Barred::Limit(limit)) => {
            let currency = matter.order.receipt.total.currency;
            Text::new("approval-limit").with("limit", Money::new(limit, currency))
        }
        Refusal::Barred(Barred::Role) => Text::new("approval-not-asked"),
    };
    cx.alert(text.with("number", number));
    show::here(cx, matter, (Asking::Nothing, false)).await
}

/// Who decided already, or what ended it.
fn over(matter: &Matter) -> Text {
    let request = &matter.request;
    let last = request.votes.last();
    match (request.state, last) {
        (State::Approved, Some(vote)) => {
            Text::new("approval-over-yes").with("who", vote.name.as_str())
        }
        (State::Rejected, Some(vote)) => {
            Text::new("approval-over-no").with("who", vote.name.as_str())
        }
        (State::Expired, _) => Text::new("approval-expired"),
        (State::Withdrawn, _) => Text::new(withdrawn(&matter.order)),
        (State::Open | State::Approved | State::Rejected, _) => Text::new("approval-approved"),
    }
}
