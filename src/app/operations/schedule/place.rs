//! A date becomes an order, turn by turn: nobody else answers for it any more, the goods are set
//! aside, the order is placed, everybody is told. What can't be ordered as it is becomes a cart to be looked at, or is told.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::chat::{EventKind, Text};
use crate::dialogue::{Input, Place, StepKind, advance};
use crate::domain::cart::{Cart, Line};
use crate::domain::saved::{Right, SavedOrder};
use crate::domain::schedules::{LATE, Run};
use crate::kernel::{CartId, CustomerId, OrderId};
use crate::store;
use crate::store::carts::Stored;
use crate::store::schedules::Found;

use crate::app::apart;
use crate::app::basket;
use crate::app::cx::Cx;
use crate::app::operations::{hold_cart, place_order};
use crate::app::outcome::TurnError;
use crate::app::screens::schedule_card as screen;
use crate::app::{buyer, credit, ordering, rules};

use super::card::{self, Ending, Pressed};
use super::prospect::Prospect;
use super::{TIMER, ask, open, rings, usable};

/// The turn that sets its goods aside; its key is a [`Placing`].
pub const HOLD: &str = "schedule-hold";
/// The turn that places it; its key is a [`Placing`].
pub const PLACE: &str = "schedule-place";
/// The turn that tells of it; its key is a [`Placed`].
pub const TOLD: &str = "schedule-told";
/// The turn that tells why it was not placed; its key is a [`Placed`] without an order.
pub const FAILED: &str = "schedule-failed";

/// What is to be placed. It travels in a row of the inbox, which is sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Placing {
    schedule: i64,
    #[serde(with = "iso")]
    day: NaiveDate,
    is_auto: bool,
    cart: CartId,
    lines: Vec<Line>,
    total_minor: i64,
    company: Option<String>,
    place: Place,
}

/// The version of a cart that was stored once.
const HELD: i64 = 1;

impl Placing {
    /// Its cart; placing it repeats the version.
    fn cart(&self, customer: CustomerId, version: i64) -> Cart {
        let last = self.lines.iter().map(|line| line.id.0).max();
        Cart {
            version,
            lines: self.lines.clone(),
            last_line: last.unwrap_or_default(),
            ..Cart::new(self.cart, customer, &self.place.flow)
        }
    }

    fn came_to(&self, placed: Option<(OrderId, bool)>) -> Placed {
        Placed {
            schedule: self.schedule,
            day: self.day,
            is_auto: self.is_auto,
            cart: self.cart,
            order: placed.map(|(id, _)| id),
            is_rush: placed.is_some_and(|(_, is_rush)| is_rush),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Placed {
    schedule: i64,
    #[serde(with = "iso")]
    day: NaiveDate,
    is_auto: bool,
    cart: CartId,
    order: Option<OrderId>,
    is_rush: bool,
}

/// A day as it is written in JSON.
mod iso {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Lets another turn of somebody go on with a value.
pub(super) fn go_on(cx: &mut Cx<'_>, (kind, whose): (&str, CustomerId), with: &impl Serialize) {
    let kind = EventKind::Timer {
        kind: kind.to_owned(),
        // Plain values: this can't fail; an empty key would be thrown away.
        key: serde_json::to_string(with).unwrap_or_default(),
    };
    cx.go_on_with(kind, whose);
}

/// The customer says yes.
pub(super) async fn yes(cx: &mut Cx<'_>, pressed: Pressed) -> Result<(), TurnError> {
    let prospect = pressed.prospect(cx, false).await?;
    if prospect.told != pressed.kept.told {
        let counted = pressed.prospect(cx, true).await?;
        if counted.told != pressed.kept.told {
            cx.toast(Text::new("schedule-changed"));
            return card::show(cx, pressed).await;
        }
        let why = counted
            .why
            .or_else(|| Some(Text::new("schedule-why-other")));
        return open::change(cx, pressed, why).await;
    }
    if let Some(stop) = &prospect.stop {
        // A moment later it may be ordered: the question stays.
        cx.alert(stop.clone());
        return Ok(());
    }
    if prospect.why.is_some() {
        return open::change(cx, pressed, prospect.why).await;
    }
    cx.toast(Text::new("schedule-placing"));
    begin(cx, &pressed, prospect, false).await
}

/// The time has come of what was announced: it is ordered, unless something is in the way.
pub(super) async fn at_its_time(
    cx: &mut Cx<'_>,
    found: Found,
    usable: (SavedOrder, Right),
) -> Result<(), TurnError> {
    let Some(pressed) = Pressed::of(found, usable) else {
        return Ok(());
    };
    let prospect = pressed.prospect(cx, false).await?;
    // It was turned off after it was announced: nothing is ordered unasked.
    let most = pressed.schedule.auto_minor.unwrap_or(i64::MIN);
    match ask::doubt(cx, &prospect, (most, pressed.date.at)).await? {
        None => begin(cx, &pressed, prospect, true).await,
        Some(why) => fail(cx, pressed, why).await,
    }
}

/// From here on nobody else answers for this date; the goods are set aside by the next turn.
async fn begin(
    cx: &mut Cx<'_>,
    pressed: &Pressed,
    prospect: Prospect,
    is_auto: bool,
) -> Result<(), TurnError> {
    pressed.moves(cx, Run::Placing).await?;
    // Whatever breaks down on the way: the date comes to an end.
    let (id, late) = (pressed.schedule.id, pressed.date.at.plus(LATE));
    cx.set_timer(TIMER, id, late, pressed.schedule.owner);
    let placing = Placing {
        schedule: id,
        day: pressed.date.day,
        is_auto,
        cart: prospect.cart.id,
        lines: prospect.cart.lines,
        total_minor: prospect.total.minor,
        company: prospect.company,
        place: prospect.place,
    };
    go_on(cx, (HOLD, cx.customer()), &placing);
    Ok(())
}

/// Sets the goods aside in a cart of its own.
pub(super) async fn hold(cx: &mut Cx<'_>, key: &str) -> Result<(), TurnError> {
    let Ok(placing) = serde_json::from_str::<Placing>(key) else {
        return Ok(());
    };
    let aside = apart::enter(cx);
    let held = held(cx, &placing).await;
    apart::leave(cx, aside);
    match held? {
        true => go_on(cx, (PLACE, cx.customer()), &placing),
        false => go_on(cx, (FAILED, cx.customer()), &placing.came_to(None)),
    }
    Ok(())
}

async fn held(cx: &mut Cx<'_>, placing: &Placing) -> Result<bool, TurnError> {
    cx.session.dialogue = Some(placing.place.clone());
    cx.session.company.clone_from(&placing.company);
    let basket = basket::save(cx, placing.cart(cx.customer(), 0)).await?;
    let held = hold_cart::hold_cart(cx, &basket).await?;
    Ok(held.shortages.is_empty())
}

/// Places it.
pub(super) async fn place(cx: &mut Cx<'_>, key: &str) -> Result<(), TurnError> {
    let Ok(placing) = serde_json::from_str::<Placing>(key) else {
        return Ok(());
    };
    // Looked at for the conversation that it was looked at for beforehand.
    cx.glance().await?;
    let aside = apart::enter(cx);
    let placed = within(cx, &placing).await;
    let came = apart::leave(cx, aside);
    let came = placed.map(|()| came.placed)?;
    let placed = placing.came_to(came);
    let on = (placing.schedule, placing.day);
    match placed.order {
        // Taken back meanwhile, or placed by the turn before: then this order is none.
        Some(id) if !store::schedules::ordered(cx.tx, on, id, cx.now).await? => {
            return Err(TurnError::Overtaken);
        }
        // As a timer, which takes a statement less: this turn is full.
        Some(_) => {
            let key = serde_json::to_string(&placed).unwrap_or_default();
            cx.set_timer(TOLD, key, cx.now, cx.customer());
        }
        None => go_on(cx, (FAILED, cx.customer()), &placed),
    }
    Ok(())
}

/// The conversation is the schedule's own: as at the review, with everything answered.
async fn within(cx: &mut Cx<'_>, placing: &Placing) -> Result<(), TurnError> {
    let session = &mut cx.session;
    session.cart = Some(placing.cart);
    session.dialogue = Some(placing.place.clone());
    session.company.clone_from(&placing.company);
    session.shown_minor = Some(placing.total_minor);
    if rules::read(&cx.shop.approvals, "order", "stock_left") {
        // What was looked at before is left beside another cart.
        cx.look_again();
    }
    let company = buyer::company(cx).await?;
    cx.session.shown_company = company.map(|place| place.company.0);
    cx.keep_cart(
        placing.cart,
        Stored::Open(placing.cart(cx.customer(), HELD)),
    );
    let basket = basket::load(cx).await?;
    let flow = cx.shop.flow(&placing.place.flow).cloned();
    let (Some(basket), Some(mut flow)) = (basket, flow) else {
        return Ok(());
    };
    credit::offer(cx, &mut flow).await?;
    let facts = ordering::facts(cx, &placing.place, Some(&basket)).await?;
    let turn = advance(&flow, placing.place.clone(), Input::Begin, &facts);
    let is_answered = flow
        .step(&turn.place.step)
        .is_some_and(|step| step.kind == StepKind::Review);
    let is_there = !basket.cart.is_empty() && is_answered;
    if !is_there || !place_order::place_order(cx, &flow, &facts, &basket).await? {
        // What was set aside is given back; the reason is looked for anew, by who tells it.
        ordering::drop_cart(cx).await?;
    }
    Ok(())
}

/// Tells of the order, and what comes next.
pub(super) async fn told(cx: &mut Cx<'_>, key: &str) -> Result<(), TurnError> {
    let Ok(placed) = serde_json::from_str::<Placed>(key) else {
        return Ok(());
    };
    hold_cart::cancel_timers(cx, placed.cart);
    let order = match placed.order {
        Some(id) => store::orders::find(cx.tx, id).await?,
        None => None,
    };
    let Some(order) = order else {
        return Ok(());
    };
    place_order::tell_apart(cx, &order, placed.is_rush).await?;
    let Some(mut pressed) = again(cx, &placed, Run::Ordered).await? else {
        return Ok(());
    };
    let closed = pressed.leaves(cx).await?;
    let (schedule, saved) = (&pressed.schedule, &pressed.saved);
    let ending = Ending::Ordered(order.number);
    let view = screen::ended(schedule, &saved.name, (placed.day, ending), &closed);
    // Whoever said yes looks at it; what was ordered by itself is told.
    let anew = match placed.is_auto {
        true => rings(cx).await?,
        false => None,
    };
    card::post(cx, (placed.schedule, placed.day), view, anew);
    Ok(())
}

/// The schedule as it is after it was placed or not, if that date is still its next one.
async fn again(cx: &mut Cx<'_>, placed: &Placed, run: Run) -> Result<Option<Pressed>, TurnError> {
    let found = store::schedules::find(cx.tx, placed.schedule).await?;
    let Some(found) = found.filter(|found| found.schedule.owner == cx.customer()) else {
        return Ok(None);
    };
    let usable = usable(cx, &found).await?;
    let pressed = usable.ok().and_then(|usable| Pressed::of(found, usable));
    Ok(pressed.filter(|pressed| pressed.date.day == placed.day && pressed.kept.run == run))
}

/// It was not placed: whoever said yes gets it as a cart, others are told.
pub(super) async fn failed(cx: &mut Cx<'_>, key: &str) -> Result<(), TurnError> {
    let Ok(placed) = serde_json::from_str::<Placed>(key) else {
        return Ok(());
    };
    let Some(pressed) = again(cx, &placed, Run::Placing).await? else {
        return Ok(());
    };
    let prospect = pressed.prospect(cx, true).await?;
    let why = prospect.obstacle().cloned();
    let why = why.unwrap_or_else(|| Text::new("schedule-why-other"));
    match placed.is_auto {
        true => fail(cx, pressed, why).await,
        false => open::change(cx, pressed, Some(why)).await,
    }
}

/// Nothing is ordered on this date, which the customer is told.
async fn fail(cx: &mut Cx<'_>, mut pressed: Pressed, why: Text) -> Result<(), TurnError> {
    pressed.moves(cx, Run::Failed).await?;
    let closed = pressed.leaves(cx).await?;
    let (schedule, saved) = (&pressed.schedule, &pressed.saved);
    let day = pressed.date.day;
    let view = screen::failed(schedule, &saved.name, (day, why), &closed);
    let anew = rings(cx).await?;
    card::post(cx, pressed.on(), view, anew);
    Ok(())
}
