//! What was ordered or kept before becomes the cart: an order, a template, a saved order, a pasted
//! list. The one way in is [`start`].
//!
//! Where nothing differs it goes straight on, to the review if everything is answered. Otherwise
//! one message tells what differs, and nothing enters the cart before the customer has seen it.
//! What is wished waits in the session as it was wished: each press works it out anew from the
//! cart, the menu and the stock of now, so an old screen or a second tap does no harm.

mod leave;
mod mend;
mod plan;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chat::Text;
use crate::dialogue::{Answer, Input};
use crate::domain::cart::refill::{Fate, Wish};
use crate::kernel::CartId;
use crate::store;

use crate::app::basket;
use crate::app::by_hand;
use crate::app::cx::Cx;
use crate::app::outcome::TurnError;
use crate::app::route::{AgainAct, Route};
use crate::app::screens::refill as screen;
use crate::app::{ordering, show};

use super::order_again;
use plan::Plan;

pub use leave::{TURN, due, take_flow};
pub use mend::chosen;
pub use plan::{levels, shelf};

/// Where the wishes come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// An order of one's own: its id and what people know it as.
    Order(i64, i64),
    /// An order that was taken back to be changed: the same.
    Change(i64, i64),
    /// A template of the shop, by its id, with the id of its title's text.
    Template(String, String),
    /// A saved order, by its id, with its name.
    Saved(i64, String),
    /// A list that was typed, pasted or sent.
    List,
    /// A schedule, by the id of its saved order, with that one's name.
    Schedule(i64, String),
}

/// What is to become of a cart that is not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// Both together.
    Merge,
    /// The wishes alone; the cart had this version when that was chosen.
    Replace(i64),
}

/// What is wanted again, with what goes with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refill {
    /// Where it comes from.
    pub from: Origin,
    /// The flow that it went through; empty: whichever is chosen.
    pub flow: String,
    /// What was answered there.
    pub answers: BTreeMap<String, Answer>,
    /// For which company it was, in `Some("")` for nobody but the customer; none: as they order now.
    pub company: Option<String>,
    /// The lines.
    pub wishes: Vec<Wish>,
    /// What becomes of a cart that is not empty, once chosen.
    #[serde(default)]
    pub way: Option<Way>,
    /// What was told of each wish last, a letter for each; empty: nothing yet.
    #[serde(default)]
    pub told: String,
    /// The cart that it became, with the version then: a second tap shows that.
    #[serde(default)]
    pub became: Option<(CartId, i64)>,
}

impl Refill {
    /// Wishes of an origin, with no flow or answers of their own.
    pub fn new(from: Origin, wishes: Vec<Wish>) -> Self {
        Self {
            from,
            flow: String::new(),
            answers: BTreeMap::new(),
            company: None,
            wishes,
            way: None,
            told: String::new(),
            became: None,
        }
    }
}

/// Begins to order something again.
pub async fn start(cx: &mut Cx<'_>, refill: Refill) -> Result<(), TurnError> {
    if refill.wishes.is_empty() {
        cx.notices.push(Text::new("again-empty"));
        return show::home(cx).await;
    }
    if became(cx, &refill).await? {
        return match cx.session.dialogue {
            Some(_) => ordering::hear(cx, Input::Begin).await,
            None => show::cart(cx).await,
        };
    }
    step(cx, refill, Look::IfNeeded).await
}

/// Whether a tap before this one did the same, and nothing changed since.
async fn became(cx: &mut Cx<'_>, refill: &Refill) -> Result<bool, TurnError> {
    let before = kept(cx).filter(|before| before.from == refill.from);
    let Some((id, version)) = before.and_then(|before| before.became) else {
        return Ok(false);
    };
    let basket = basket::load(cx).await?;
    Ok(basket.is_some_and(|b| (b.cart.id, b.cart.version) == (id, version) && !b.cart.is_empty()))
}

/// Whether what differs is shown even where nothing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    IfNeeded,
    Always,
}

/// Asks what is still to be asked, in this order: what becomes of the cart, what differs.
async fn step(cx: &mut Cx<'_>, refill: Refill, look: Look) -> Result<(), TurnError> {
    let plan = plan::plan(cx, refill).await?;
    if plan.must_ask() {
        keep(cx, &plan.refill);
        let view = screen::ask(cx.card(), &plan.refill.from, plan.basket.brief());
        let view = show::noted(cx, view);
        cx.show(&Route::Again(AgainAct::Show), view);
        return Ok(());
    }
    if look == Look::IfNeeded && plan.refilled.is_plain() {
        return leave::into_cart(cx, plan).await;
    }
    show_plan(cx, plan, 0);
    Ok(())
}

fn show_plan(cx: &mut Cx<'_>, mut plan: Plan, page: usize) {
    plan.refill.told = letters(&plan.refilled.fates);
    keep(cx, &plan.refill);
    let shop = cx.shop.clone();
    let view = screen::difference(cx.card(), &plan.shown(&shop), page);
    let view = show::noted(cx, view);
    cx.show(&Route::Again(AgainAct::Show), view);
}

/// What the customer was told, a letter for each wish.
pub fn letters(fates: &[Fate]) -> String {
    let letter = |fate: &Fate| match fate {
        Fate::Kept => 'k',
        Fate::Price { .. } => 'p',
        Fate::Skipped => 's',
        Fate::SoldOut => 'o',
        Fate::Short { .. } => 'l',
        Fate::OptionGone => 'c',
        Fate::ItemGone => 'g',
        Fate::Refused(_) => 'r',
        Fate::TooDear => 'd',
    };
    fates.iter().map(letter).collect()
}

/// What waits in the session, if anything does.
fn kept(cx: &Cx<'_>) -> Option<Refill> {
    serde_json::from_value(cx.session.refill.clone()?).ok()
}

fn keep(cx: &mut Cx<'_>, refill: &Refill) {
    cx.session.refill = serde_json::to_value(refill).ok();
}

/// Carries out a button.
pub async fn press(cx: &mut Cx<'_>, act: AgainAct) -> Result<(), TurnError> {
    if let AgainAct::Order(id) = act {
        let order = store::orders::find(cx.tx, id).await?;
        let Some(order) = order.filter(|order| order.customer == cx.customer()) else {
            cx.toast(Text::new("order-not-yours"));
            return show::home(cx).await;
        };
        by_hand::stop(cx).await?;
        return order_again::again(cx, &order).await;
    }
    let waiting = kept(cx).filter(|refill| refill.became.is_none());
    let Some(mut refill) = waiting else {
        // Done by the tap before this one, or given up.
        return show::cart(cx).await;
    };
    match act {
        AgainAct::Merge => refill.way = Some(Way::Merge),
        AgainAct::Replace => {
            let version = basket::load_or_new(cx).await?.cart.version;
            refill.way = Some(Way::Replace(version));
        }
        AgainAct::Keep => {
            cx.session.refill = None;
            return show::cart(cx).await;
        }
        AgainAct::Go => return go(cx, refill).await,
        AgainAct::Page(page) => {
            let plan = plan::plan(cx, refill).await?;
            show_plan(cx, plan, page);
            return Ok(());
        }
        AgainAct::Show | AgainAct::Order(_) => {}
        other => return mend::press(cx, refill, other).await,
    }
    let look = match act {
        AgainAct::Show => Look::Always,
        _ => Look::IfNeeded,
    };
    step(cx, refill, look).await
}

/// Takes what there is, unless something differs from what was told.
async fn go(cx: &mut Cx<'_>, refill: Refill) -> Result<(), TurnError> {
    let plan = plan::plan(cx, refill).await?;
    if plan.must_ask() {
        return step(cx, plan.refill, Look::Always).await;
    }
    if letters(&plan.refilled.fates) != plan.refill.told {
        cx.notices.push(Text::new("again-changed"));
        show_plan(cx, plan, 0);
        return Ok(());
    }
    leave::into_cart(cx, plan).await
}
