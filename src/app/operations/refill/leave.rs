//! What was told enters the cart, and the conversation goes on where something is still to be
//! asked: at the review if nothing is.

use std::collections::BTreeMap;

use crate::chat::Text;
use crate::dialogue::{Answer, Flow, Input, Place, Step, StepKind};
use crate::kernel::CompanyId;

use crate::app::basket;
use crate::app::buyer;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::press;
use crate::app::{ordering, seat, show};

use super::plan::Plan;
use super::{Origin, Refill, Way, keep};
use crate::app::operations::quick_order;

/// Puts it into the cart and goes on.
pub(super) async fn into_cart(cx: &mut Cx<'_>, plan: Plan) -> Result<(), TurnError> {
    let mut refill = plan.refill;
    if plan.refilled.kept() == 0 {
        cx.session.refill = None;
        cx.notices.push(Text::new("again-nothing-left"));
        return match plan.basket.cart.is_empty() {
            true => show::home(cx).await,
            false => show::cart(cx).await,
        };
    }
    let is_whole = plan.refilled.is_plain();
    let mut cart = plan.refilled.cart;
    // What is put together already keeps the answers that were given for it.
    let is_under_way = refill.way == Some(Way::Merge) && cx.session.dialogue.is_some();
    // A list brings no flow and no answers of its own: it is one more way to choose.
    let is_list = refill.from == Origin::List;
    if !is_under_way && !is_list {
        take_flow(cx, &refill).await?;
        let place = cx.session.dialogue.as_ref();
        cart.flow = place.map_or_else(String::new, |place| place.flow.clone());
    }
    let basket = basket::save(cx, cart).await?;
    cx.session.draft = None;
    cx.session.refill = None;
    if is_whole {
        // A second tap of the same shows what this one did.
        refill.became = Some((basket.cart.id, basket.cart.version));
        refill.wishes.clear();
        refill.answers.clear();
        keep(cx, &refill);
    }
    if is_list {
        quick_order::put_in(cx);
    }
    if is_list || matches!(refill.from, Origin::Change(..)) {
        show::cart_of(cx, &basket);
        return Ok(());
    }
    if !is_under_way && cx.session.dialogue.is_some() && basket.missing.is_some() {
        cx.notices.extend(basket.hint.clone());
        show::cart_of(cx, &basket);
        return Ok(());
    }
    if basket.cart.demand(&cx.shop.catalogue).is_empty() {
        return go_on(cx).await;
    }
    // Setting the goods aside takes as many statements again: in a turn of its own, right after.
    for notice in std::mem::take(&mut cx.notices) {
        cx.say(notice);
    }
    cx.go_on(TURN, i64::from(cx.fresh), cx.customer());
    Ok(())
}

/// The turn after the one that filled the cart; the key is 1 where the screen comes anew.
pub const TURN: &str = "refill-go-on";

/// The conversation goes on with what is in the cart now.
pub async fn due(cx: &mut Cx<'_>, anew: bool) -> Result<(), TurnError> {
    cx.fresh = anew;
    go_on(cx).await
}

async fn go_on(cx: &mut Cx<'_>) -> Result<(), TurnError> {
    // What is begun by this has its items: it stands at no step yet.
    let is_begun = cx
        .session
        .dialogue
        .as_ref()
        .is_some_and(|p| p.step.is_empty());
    if !is_begun {
        return press::checkout(cx).await;
    }
    ordering::hear(cx, Input::Begin).await?;
    let shop = cx.shop.clone();
    if let Some(place) = &mut cx.session.dialogue {
        let asked = shop
            .flow(&place.flow)
            .and_then(|flow| flow.step(&place.step));
        // What is answered already is not asked again: from what is asked now to the review.
        place.returning = asked.is_some_and(|step| !step.is_screen());
    }
    Ok(())
}

/// What a flow must be begun by for this.
fn start_of(from: &Origin) -> &'static str {
    match from {
        Origin::Template(..) | Origin::Saved(..) | Origin::Schedule(..) => "template",
        Origin::Order(..) | Origin::Change(..) => "reorder",
        Origin::List => "menu",
    }
}

/// Takes its flow with what was answered there, if it may be begun so here; else none is taken,
/// and whoever goes on is asked by which.
pub async fn take_flow(cx: &mut Cx<'_>, refill: &Refill) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let is_company_gone = take_company(cx, refill).await?;
    cx.session.dialogue = None;
    let is_changed = matches!(refill.from, Origin::Change(..));
    let flow = shop.flow(&refill.flow).filter(|flow| {
        is_changed || flow.starts_by(start_of(&refill.from)) && seat::may_sit(cx, flow)
    });
    let Some(flow) = flow else {
        return Ok(());
    };
    let calendar = shop.calendar(flow, cx.now);
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    for step in &flow.steps {
        let given = refill
            .answers
            .get(&step.id)
            .filter(|_| !(is_company_gone && (step.prefill.is_some() || is_payment(step))));
        let given = given.and_then(|answer| again(step, answer));
        let given = given.filter(|answer| step.still_accepts(answer, &calendar));
        answers.extend(given.map(|answer| (step.id.clone(), answer)));
    }
    cx.session.dialogue = Some(place(flow, answers, is_changed));
    Ok(())
}

/// Where the conversation stands: who changes an order sees its cart first, all others go on at
/// the first step that is not answered.
fn place(flow: &Flow, mut answers: BTreeMap<String, Answer>, is_changed: bool) -> Place {
    let items = flow.steps.iter().find(|step| step.kind == StepKind::Items);
    let items = items.map(|step| step.id.clone()).unwrap_or_default();
    if is_changed {
        return Place {
            flow: flow.id.clone(),
            step: items,
            answers,
            returning: true,
            ..Place::default()
        };
    }
    answers.insert(items, Answer::Done);
    Place {
        flow: flow.id.clone(),
        answers,
        ..Place::default()
    }
}

fn is_payment(step: &Step) -> bool {
    matches!(step.kind, StepKind::Payment(_))
}

/// What an answer of then says now. A day, a window or a picture was for that one order; so was a
/// number of a certain form that nothing fills in, such as one that the customer's books give.
fn again(step: &Step, answer: &Answer) -> Option<Answer> {
    match &step.kind {
        StepKind::Date { .. } | StepKind::Slot(_) | StepKind::Photo => None,
        StepKind::Text {
            pattern: Some(_), ..
        } if step.optional && step.prefill.is_none() => Some(Answer::Skipped),
        _ => Some(answer.clone()),
    }
}

/// Orders for the company that it was for, by the rights of now; `true` if it was for one that
/// can't be ordered for any more, which is said.
async fn take_company(cx: &mut Cx<'_>, refill: &Refill) -> Result<bool, TurnError> {
    let Some(wanted) = &refill.company else {
        return Ok(false);
    };
    if buyer::changed_for(cx).is_some() {
        return Ok(false);
    }
    let places = buyer::places(cx).await?;
    let wanted = CompanyId::from(wanted.as_str());
    let is_there = places.iter().any(|p| p.active && p.company == wanted);
    if is_there {
        buyer::choose(cx, Some(&wanted)).await?;
        return Ok(false);
    }
    if !places.is_empty() || cx.session.company.is_some() {
        buyer::choose(cx, None).await?;
    }
    if wanted.as_str().is_empty() {
        return Ok(false);
    }
    cx.notices.push(Text::new("again-company-gone"));
    Ok(true)
}
