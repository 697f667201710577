//! Where the dialogue engine meets the rest: facts in, steps shown, ends carried out.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::screens::review::Answered;
use crate::app::screens::step::{more, value};
use crate::chat::{Arg, Text};
use crate::dialogue::advance::{asked, given, known};
use crate::dialogue::facts::{
    BudgetFacts, CreditFacts, CustomerFacts, NOTHING_COUNTED, OrderFacts, TimeFacts,
};
use crate::dialogue::{Answer, Facts, Flow, Place, Slot, Step, StepKind};
use crate::domain::cart::{Cart, Receipt};
use crate::domain::orders::Order;
use crate::kernel::time::MINUTE;
use crate::kernel::{ItemId, Timestamp};
use crate::shop::Shop;
use crate::store::answers::Known;

use super::profile;

/// The facts that steps and conditions may read.
pub fn facts(
    shop: &Shop,
    place: &Place,
    cart: Option<(&Cart, &Receipt)>,
    person: &Known,
    (language, now): (&str, Timestamp),
) -> Facts {
    let wall = shop.settings.zone.wall(now);
    Facts {
        order: order_facts(shop, place, cart, now),
        customer: CustomerFacts {
            completed_orders: person.completed_orders,
            cancelled_orders: person.cancelled_orders,
            groups: person.groups.clone(),
            language: language.to_owned(),
            ..CustomerFacts::default()
        },
        time: TimeFacts {
            hour: i64::from(wall.minute / 60),
            minute: i64::from(wall.minute % 60),
            weekday: wall.weekday as i64 + 1,
            open: shop.is_open(&place.flow, now),
        },
        credit: CreditFacts::default(),
        budget: BudgetFacts::default(),
        known: profile::known(shop, shop.flow(&place.flow), person),
        calendar: shop
            .flow(&place.flow)
            .map(|flow| shop.calendar(flow, now))
            .unwrap_or_default(),
    }
}

fn order_facts(
    shop: &Shop,
    place: &Place,
    cart: Option<(&Cart, &Receipt)>,
    now: Timestamp,
) -> OrderFacts {
    let flow = place.flow.clone();
    let fulfilment = shop.fulfilment(&flow).code().to_owned();
    let Some((cart, receipt)) = cart else {
        return OrderFacts {
            flow,
            fulfilment,
            minutes_ahead: minutes_ahead(shop, place, now),
            ..OrderFacts::default()
        };
    };
    let items = cart.lines.iter().map(|line| line.item.as_str().to_owned());
    let categories = cart.lines.iter().filter_map(|line| {
        let item = shop.catalogue.item(&line.item)?;
        Some(item.category.as_str().to_owned())
    });
    let units = cart.lines.iter().map(|line| {
        let item = shop.catalogue.item(&line.item);
        item.map_or(0, |item| item.unit.portions(line.quantity))
    });
    let distinct: BTreeSet<&ItemId> = cart.lines.iter().map(|line| &line.item).collect();
    OrderFacts {
        flow,
        fulfilment,
        units: units.sum(),
        distinct_items: distinct.len() as i64,
        stock_left: NOTHING_COUNTED,
        minutes_ahead: minutes_ahead(shop, place, now),
        subtotal_minor: receipt.subtotal.minor,
        fees_minor: receipt.fees.iter().map(|fee| fee.amount.minor).sum(),
        total_minor: receipt.total.minor,
        lines: cart.lines.len() as i64,
        items: items.collect(),
        categories: categories.collect(),
        ..OrderFacts::default()
    }
}

/// Puts what an order that was placed holds into the facts.
pub fn of_order(shop: &Shop, facts: &mut OrderFacts, order: &Order) {
    let items = order.lines.iter().map(|line| line.item.as_str().to_owned());
    let categories = order.lines.iter().filter_map(|line| {
        let item = shop.catalogue.item(&line.item)?;
        Some(item.category.as_str().to_owned())
    });
    let distinct: BTreeSet<&ItemId> = order.lines.iter().map(|line| &line.item).collect();
    let fees = order.receipt.fees.iter().map(|fee| fee.amount.minor);
    *facts = OrderFacts {
        flow: order.flow.clone(),
        fulfilment: order.fulfilment.code().to_owned(),
        table: order
            .table
            .as_ref()
            .map_or_else(String::new, |t| t.id.to_string()),
        subtotal_minor: order.receipt.subtotal.minor,
        fees_minor: fees.sum(),
        total_minor: order.receipt.total.minor,
        lines: order.lines.len() as i64,
        units: order
            .lines
            .iter()
            .map(|line| line.unit.portions(line.quantity))
            .sum(),
        distinct_items: distinct.len() as i64,
        stock_left: NOTHING_COUNTED,
        minutes_ahead: facts.minutes_ahead,
        items: items.collect(),
        categories: categories.collect(),
    };
}

/// Minutes until the first day or window that was chosen begins, 0 if none was or it has begun.
fn minutes_ahead(shop: &Shop, place: &Place, now: Timestamp) -> i64 {
    let steps = shop.flow(&place.flow).map_or(&[][..], |flow| &flow.steps);
    let begins = steps.iter().find_map(|step| {
        let Answer::Text(words) = place.answers.get(&step.id)? else {
            return None;
        };
        match step.kind {
            StepKind::Slot(_) => {
                let slot = Slot::read(words)?;
                Some(shop.zone.moment(slot.day, slot.span.from))
            }
            StepKind::Date { .. } => Some(shop.zone.moment(words.parse().ok()?, 0)),
            _ => None,
        }
    });
    begins.map_or(0, |begins| (begins.since(now) / MINUTE).max(0))
}

/// A text of the shop's files as a text of ours.
pub fn shop_text(id: &str) -> Text {
    Text::new("value-text").with("value", Arg::Shop(id.to_owned()))
}

/// The given answers with their titles, for the review.
pub fn answered(flow: &Flow, place: &Place, facts: &Facts) -> Vec<Answered> {
    given(flow, place, facts)
        .into_iter()
        .map(|(step, answer)| Answered {
            step: step.id.clone(),
            title: step.title.clone(),
            value: value(step, &answer),
            more: more(&answer),
            only: step.only_answer(&facts.calendar).is_some(),
        })
        .collect()
}

/// The answers of a placed order with their titles, left-out ones not shown. An answer whose
/// step has left the flow is shown nowhere.
pub fn answered_of(flow: Option<&Flow>, order: &Order) -> Vec<Answered> {
    answers_of(flow, order)
        .filter(|(_, answer)| !matches!(answer, Answer::Skipped | Answer::Done))
        .map(|(step, answer)| Answered {
            step: step.id.clone(),
            title: step.title.clone(),
            value: value(step, &answer),
            more: more(&answer),
            only: true,
        })
        .collect()
}

/// The pictures among the answers of a placed order: each with its step's title.
pub fn photos_of(flow: Option<&Flow>, order: &Order) -> Vec<(String, String)> {
    answers_of(flow, order)
        .filter_map(|(step, answer)| match answer {
            Answer::Photo(file_id) => Some((step.title.clone(), file_id)),
            _ => None,
        })
        .collect()
}

fn answers_of<'f>(
    flow: Option<&'f Flow>,
    order: &Order,
) -> impl Iterator<Item = (&'f Step, Answer)> {
    let steps = flow.map_or(&[][..], |flow| &flow.steps);
    steps.iter().filter_map(|step| {
        let raw = order.answers.get(&step.id)?;
        Some((step, serde_json::from_value(raw.clone()).ok()?))
    })
}

/// What is to be remembered of an order's answers for the next one, by step id: only of steps
/// that offer it again.
pub fn to_remember(flow: &Flow, answers: &BTreeMap<String, Answer>) -> BTreeMap<String, String> {
    flow.steps
        .iter()
        .filter(|step| step.prefill.is_some())
        .filter_map(|step| {
            let words = kept_words(answers.get(&step.id)?)?;
            Some((step.id.clone(), words))
        })
        .collect()
}

/// An answer as it is kept for the next order; none if it is not.
pub fn kept_words(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Text(words) => Some(words.clone()),
        Answer::Number(n) => Some(n.to_string()),
        Answer::Flag(flag) => Some(flag.to_string()),
        answer @ (Answer::Many(_) | Answer::Pin(_) | Answer::Address { .. }) => {
            serde_json::to_string(answer).ok()
        }
        Answer::Photo(_) | Answer::Skipped | Answer::Done => None,
    }
}

/// The answer that a step offers to be confirmed.
pub fn offered(step: &Step, place: &Place, facts: &Facts) -> Option<Answer> {
    known(step, place, facts)
}

/// The place of a step, 1-based, and how many there are.
pub fn place_of(flow: &Flow, place: &Place, facts: &Facts) -> (usize, usize) {
    let asked = asked(flow, place, facts);
    let at = asked.iter().position(|step| step.id == place.step);
    (at.map_or(1, |at| at + 1), asked.len().max(1))
}
