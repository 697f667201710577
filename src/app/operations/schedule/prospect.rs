//! What a date would come to now: lines, total, and what keeps it from being ordered as it is.
//!
//! Put together apart, by the rules of any order. Nothing is written.

use crate::chat::{Arg, Text};
use crate::dialogue::{Input, Place, StepKind, Then, advance};
use crate::domain::approvals::Decision;
use crate::domain::cart::refill::{Fate, Wish, refill as fill};
use crate::domain::cart::{Cart, NewLine};
use crate::domain::saved::{Right, SavedOrder};
use crate::domain::schedules::Schedule;
use crate::kernel::{CartId, Money};

use crate::app::apart;
use crate::app::basket::{self, Basket};
use crate::app::cx::Cx;
use crate::app::operations::approval::judge::{At, judge};
use crate::app::operations::refill::{self, Origin, Refill};
use crate::app::operations::saved;
use crate::app::outcome::TurnError;
use crate::app::screens::approval::rule_text;
use crate::app::{credit, ordering, taking};

/// What it would come to.
#[derive(Debug, Clone)]
pub struct Prospect {
    /// What is wanted.
    pub wishes: Vec<Wish>,
    /// What would become of each.
    pub fates: Vec<Fate>,
    /// What it comes to, fees included.
    pub total: Money,
    /// Why it can't be ordered as it is; none: it can.
    pub why: Option<Text>,
    /// That no orders are taken at the moment.
    pub stop: Option<Text>,
    /// Whether people decide about it.
    pub is_judged: bool,
    /// The cart, not stored.
    pub cart: Cart,
    /// Where its conversation stands.
    pub place: Place,
    /// For which company it is.
    pub company: Option<String>,
    /// What the customer is told, to be compared.
    pub told: String,
}

impl Prospect {
    /// Why it can't be ordered this very moment.
    pub fn obstacle(&self) -> Option<&Text> {
        self.why.as_ref().or(self.stop.as_ref())
    }
}

/// A saved order as what is ordered again.
pub fn wanted(saved: &SavedOrder, right: Right, without: &[NewLine]) -> Refill {
    let from = Origin::Schedule(saved.id, saved.name.clone());
    let mut refill = saved::refill_of(saved.clone(), right, from);
    let leaving = Schedule {
        without: without.to_vec(),
        ..Schedule::new(0, saved.owner, saved.id)
    };
    refill.wishes = leaving.wishes(&refill.wishes);
    refill
}

/// Works it out. `counted`: with the stock there is; who sets the goods aside needs none of it.
pub async fn prospect(
    cx: &mut Cx<'_>,
    (saved, right): (&SavedOrder, Right),
    without: &[NewLine],
    counted: bool,
) -> Result<Prospect, TurnError> {
    // Looked at for the conversation that it was looked at for beforehand.
    cx.glance().await?;
    let refill = wanted(saved, right, without);
    let aside = apart::enter(cx);
    let found = within(cx, refill, counted).await;
    apart::leave(cx, aside);
    let mut found = found?;
    found.told = told(saved, &found);
    Ok(found)
}

/// What the customer is told, in short: another text than before means that something changed.
fn told(saved: &SavedOrder, found: &Prospect) -> String {
    let letters = refill::letters(&found.fates);
    format!("{}.{}.{letters}", saved.version, found.total.minor)
}

async fn within(cx: &mut Cx<'_>, refill: Refill, counted: bool) -> Result<Prospect, TurnError> {
    refill::take_flow(cx, &refill).await?;
    let shop = cx.shop.clone();
    let levels = match counted {
        true => refill::levels(cx, CartId(0), &refill.wishes).await?,
        false => store_levels(),
    };
    let sold_out = basket::sold_out(cx).await?;
    let place = cx.session.dialogue.clone();
    let flow = place.as_ref().map_or("", |place| place.flow.as_str());
    let id = CartId(cx.id());
    let cart = Cart::new(id, cx.customer(), flow);
    let shelf = refill::shelf(&shop, &sold_out, &levels);
    let filled = fill(cart, &refill.wishes, shelf);
    let basket = basket::priced(cx, filled.cart).await?;
    let mut found = Prospect {
        why: lines(&filled.fates),
        wishes: refill.wishes,
        fates: filled.fates,
        total: basket.receipt.total,
        stop: None,
        is_judged: false,
        cart: basket.cart.clone(),
        place: Place::default(),
        company: cx.session.company.clone(),
        told: String::new(),
    };
    // What a company may not be ordered for any more is told by now.
    found.why = cx.notices.pop().or(found.why);
    rules(cx, basket, &mut found).await?;
    Ok(found)
}

fn store_levels() -> crate::store::stock::Levels {
    crate::store::stock::Levels::default()
}

/// What is wrong with the lines.
fn lines(fates: &[Fate]) -> Option<Text> {
    let kept = fates.iter().filter(|fate| fate.is_in()).count();
    if fates.iter().any(Fate::is_open) {
        return Some(Text::new("schedule-why-lines"));
    }
    (kept == 0).then(|| Text::new("schedule-why-nothing"))
}

/// Whether it could be placed: answered, above the minimum, in the hours, by the rules.
async fn rules(cx: &mut Cx<'_>, basket: Basket, found: &mut Prospect) -> Result<(), TurnError> {
    let shop = cx.shop.clone();
    let place = cx.session.dialogue.clone().unwrap_or_default();
    let Some(mut flow) = shop.flow(&place.flow).cloned() else {
        found.why.get_or_insert(Text::new("schedule-why-flow"));
        return Ok(());
    };
    found.stop = taking::stop(cx, &flow.id)
        .await?
        .map(|stop| stop.text(&shop));
    credit::offer(cx, &mut flow).await?;
    let facts = ordering::facts(cx, &place, Some(&basket)).await?;
    let turn = advance(&flow, place, Input::Begin, &facts);
    let asked = flow.step(&turn.place.step);
    found.place = turn.place.clone();
    cx.session.dialogue = Some(turn.place);
    if found.why.is_some() {
        return Ok(());
    }
    if let Some(missing) = basket.hint.as_ref().filter(|_| basket.missing.is_some()) {
        found.why = Some(missing.clone());
        return Ok(());
    }
    let step = asked.filter(|_| matches!(turn.then, Then::Ask { .. }));
    match step {
        Some(step) if step.kind == StepKind::Review => {}
        Some(step) => {
            let title = Arg::Shop(step.title.clone());
            found.why = Some(Text::new("schedule-why-step").with("step", title));
            return Ok(());
        }
        None => {
            found.why = Some(Text::new("schedule-why-flow"));
            return Ok(());
        }
    }
    let total = basket.receipt.total;
    let stand = credit::stand(cx, (&flow, &facts), total, None).await?;
    let judged = judge(cx, &flow, (&basket, At::Review, stand.as_ref())).await?;
    if let Decision::Reject(fired) = &judged {
        let rule = fired.first().map(|fired| rule_text(&fired.rule));
        found.why = Some(match rule {
            Some(rule) => Text::new("schedule-why-rule").with("rule", rule),
            None => Text::new("schedule-why-other"),
        });
    } else if let Some(stand) = stand.filter(|stand| !stand.is_let(&judged)) {
        let refusal = stand.refusal();
        let text = refusal.map(|refusal| credit::refusal_text(&stand.account, refusal));
        found.why = text.or(Some(Text::new("schedule-why-other")));
    }
    found.is_judged = matches!(judged, Decision::Need { .. });
    Ok(())
}
