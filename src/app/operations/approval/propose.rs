//! What an approver would rather approve: proposed to the customer, who agrees or does not. Nothing
//! is changed before they do, and nobody decides meanwhile.

use crate::chat::{Arg, Post, Text, View};
use crate::domain::approvals::people::{Barred, Case};
use crate::domain::approvals::request::{Next, Refusal};
use crate::domain::approvals::{Proposal, Request, Vote};
use crate::domain::orders::{Actor, Amendment, Event, Order, Role};
use crate::kernel::OrderId;

use crate::app::access::{Act, acting};
use crate::app::audit::{self, Deed, Did};
use crate::app::cx::Cx;
use crate::app::operations::amend_order::{self, Saved, Then};
use crate::app::operations::{change_order, tell};
use crate::app::outcome::TurnError;
use crate::app::screens::order::Asking;
use crate::app::staff;

use super::{Matter, case, decide, load, own_name, show, write};

/// The private turn of an approver who pressed Change on a card; the key is the order's id.
pub const TURN: &str = "propose-change";

/// Somebody pressed Change, perhaps in a group: they go on privately.
pub(super) async fn pressed(cx: &mut Cx<'_>, matter: &Matter) -> Result<(), TurnError> {
    if !may_decide(cx, matter) {
        return decide::refused(cx, matter, Refusal::Barred(Barred::Role)).await;
    }
    // Privately they go on where they are; from a group only who can be written to.
    if cx.chat.0 < 0 && show::private(matter, cx.customer()).is_none() {
        cx.alert(Text::new("approval-write-first"));
        return Ok(());
    }
    cx.go_on(TURN, matter.order.id.0, cx.customer());
    cx.toast(Text::new("approval-change-here"));
    Ok(())
}

/// Opens the order in a cart.
pub async fn due(cx: &mut Cx<'_>, id: OrderId) -> Result<(), TurnError> {
    match load(cx, id).await? {
        Some(matter) if matter.request.is_open() && may_decide(cx, &matter) => {
            change_order::open(cx, &matter.order, true).await
        }
        _ => Ok(()),
    }
}

fn may_decide(cx: &Cx<'_>, matter: &Matter) -> bool {
    let escalate_to = &cx.shop.approvals.escalate_to;
    let deciders = matter.request.deciders(&matter.case(), escalate_to);
    deciders.iter().any(|decider| decider.who == cx.customer())
}

/// Asks the customer whether they agree; `false` if they can't be asked, which is noted.
pub async fn send(
    cx: &mut Cx<'_>,
    mut matter: Matter,
    amendment: Amendment,
) -> Result<bool, TurnError> {
    let (before, total) = (matter.order.receipt.total, amendment.receipt.total);
    if !matter.request.is_open() || !may_decide(cx, &matter) {
        cx.notices.push(Text::new("approval-not-asked"));
        return Ok(false);
    }
    if !staff::is_reachable(cx, matter.order.customer).await? {
        cx.notices.push(Text::new("kitchen-customer-gone"));
        return Ok(false);
    }
    let proposal = Proposal {
        by: cx.customer(),
        name: own_name(cx).await?,
        amendment,
        at: cx.now,
    };
    matter.request.propose(proposal);
    write(cx, &mut matter).await?;
    let roles = staff::roles(cx, cx.customer()).await?;
    let deed = Deed::new(
        Did::Proposed,
        acting(&roles, Act::Approve),
        audit::of_order(matter.order.id),
    );
    cx.audit(deed.from(before.minor).to(total.minor));
    show::cards(cx, &matter).await?;
    let locale = staff::locale_of(cx, matter.order.customer).await?;
    let text = Text::new("push-proposed").with("number", number(&matter.order));
    let post = Post::Say {
        chat: matter.order.chat,
        topic: None,
        view: View::say(text.with("time", matter.request.due)),
        loud: true,
    };
    cx.post(locale.clone(), post);
    tell::customer_card_in(cx, &locale, &matter.order, (true, Asking::Nothing));
    Ok(true)
}

/// The customer's own request with a proposal of that version; otherwise says what is true now.
async fn own(cx: &mut Cx<'_>, order: &Order, version: i64) -> Result<Option<Matter>, TurnError> {
    let matter = load(cx, order.id).await?;
    let matter = matter.filter(|matter| {
        let request = &matter.request;
        request.is_open() && request.proposal.is_some() && request.version == version
    });
    if matter.is_none() {
        cx.alert(Text::new("proposal-over"));
        tell::customer_card(cx, order, true);
    }
    Ok(matter)
}

/// The customer agrees: the order is changed in the next turn. Whoever proposed it says yes by that.
pub async fn agree(cx: &mut Cx<'_>, order: &Order, version: i64) -> Result<(), TurnError> {
    let Some(mut matter) = own(cx, order, version).await? else {
        return Ok(());
    };
    let Some(proposal) = matter.request.proposal.clone() else {
        return Ok(());
    };
    if amend_order::is_short(cx, order, &proposal.amendment).await? {
        cx.short.clear();
        return void(cx, &mut matter, "proposal-short").await;
    }
    let actor = Actor::person(Role::Customer, cx.customer());
    let judged = amend_order::judged(cx, order, (proposal.amendment.clone(), actor)).await?;
    let Some(mut saved) = judged else {
        return void(cx, &mut matter, "proposal-refused").await;
    };
    let changed = order.amended(&proposal.amendment);
    let case = case(&changed, &matter.people);
    let escalate_to = cx.shop.approvals.escalate_to.clone();
    count_yes(cx, &mut saved, &proposal, (&case, &escalate_to));
    amend_order::carry_out(cx, order.id, &saved)?;
    cx.toast(Text::new("proposal-agreed"));
    Ok(())
}

/// A proposal is a yes to what it proposes, as far as its maker may still give one.
fn count_yes(cx: &Cx<'_>, saved: &mut Saved, proposal: &Proposal, who: (&Case<'_>, &[String])) {
    let Some(mut request): Option<Request> = saved.request.clone() else {
        return;
    };
    let vote = Vote {
        who: proposal.by,
        name: proposal.name.clone(),
        of: None,
        of_name: String::new(),
        yes: true,
        minutes: None,
        at: cx.now,
    };
    let round = request.round;
    match request.vote(vote, round, who) {
        Ok(Next::Approved) => {
            saved.then = Some(Then {
                event: Event::Confirm,
                actor: Actor::person(Role::Approver, proposal.by),
                request: Some(request),
            });
        }
        Ok(Next::More | Next::NextTier | Next::Rejected) => saved.request = Some(request),
        // They may not decide it any more: it was still a good proposal.
        Err(_) => {}
    }
}

/// The customer wants it as it was: those who are asked decide about that.
pub async fn decline(cx: &mut Cx<'_>, order: &Order, version: i64) -> Result<(), TurnError> {
    match own(cx, order, version).await? {
        Some(mut matter) => void(cx, &mut matter, "proposal-declined").await,
        None => Ok(()),
    }
}

/// The proposal is over; the customer is told why, and those who are asked.
async fn void(cx: &mut Cx<'_>, matter: &mut Matter, why: &'static str) -> Result<(), TurnError> {
    matter.request.drop_proposal();
    write(cx, matter).await?;
    cx.alert(Text::new(why));
    tell::customer_card(cx, &matter.order, false);
    show::cards(cx, matter).await?;
    let text = Text::new("approval-proposal-over").with("number", number(&matter.order));
    for spot in show::spots(cx, matter).await? {
        tell::show(cx, &spot, View::say(text.clone()));
    }
    Ok(())
}

fn number(order: &Order) -> Arg {
    Arg::Words(order.number.to_string())
}
