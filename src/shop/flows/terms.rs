//! On which terms a flow takes orders: when, how they reach the customer, from which amount on,
//! and what is charged besides the goods.

use super::inside;
use crate::dialogue::{Condition, Flow};
use crate::domain::orders::Fulfilment;
use crate::kernel::{Money, TaxClass};
use crate::shop::ftl::TextUse;
use crate::shop::settings::{Settings, hours, is_id};
use crate::shop::table::{Spot, Table};
use crate::shop::zone::Hours;

/// Most fees of a flow: nobody reads a longer receipt.
const MAX_FEES: usize = 10;

/// On which terms a flow takes orders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// When it takes them. The shop's days apart hold for it too, unless it names its own.
    pub hours: Hours,
    /// How its orders reach the customer.
    pub fulfilment: Fulfilment,
    /// The least that the goods must be worth; fees don't count.
    pub minimum: Option<Money>,
    /// What may be charged besides, in the order of the receipt.
    pub fees: Vec<FeeRule>,
}

/// A fee and when it is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeRule {
    /// Its id, unique in the flow; its words are the text `fee-ID`.
    pub id: String,
    /// How much, above zero.
    pub amount: Money,
    /// How it is taxed, a class that has a rate.
    pub tax: TaxClass,
    /// When it is charged; always, if absent.
    pub when: Option<Condition>,
}

pub(super) fn read(
    top: &Table<'_>,
    settings: &Settings,
    flow: &Flow,
    texts: &mut Vec<TextUse>,
) -> Terms {
    let shop = &settings.hours;
    let hours = match hours::read(top) {
        Some(own) => Hours {
            week: own.week.or_else(|| shop.week.clone()),
            apart: shop.apart.clone().into_iter().chain(own.apart).collect(),
        },
        None => shop.clone(),
    };
    let minimum = top
        .text("minimum")
        .map(|text| amount(top, text, settings))
        .filter(|minimum| minimum.minor > 0);
    Terms {
        hours,
        fulfilment: fulfilment(top, settings),
        minimum,
        fees: fees(top, settings, flow, texts),
    }
}

fn fulfilment(top: &Table<'_>, settings: &Settings) -> Fulfilment {
    let ways = [
        ("pickup", Fulfilment::Pickup),
        ("dine_in", Fulfilment::DineIn),
        ("delivery", Fulfilment::Delivery),
    ];
    let way = top.word("fulfilment", &ways).unwrap_or_default();
    if way == Fulfilment::Delivery && settings.delivery.failures.is_empty() {
        top.fault(
            top.key_at("fulfilment"),
            "a courier could not say why an order did not arrive",
            "add `[delivery]` with `failures = [\"nobody-there\"]` to shop.toml, and its texts",
        );
    }
    way
}

fn amount(table: &Table<'_>, text: Spot<&str>, settings: &Settings) -> Money {
    let currency = settings.currency;
    Money::parse(text.value, currency).unwrap_or_else(|| {
        table.fault(
            text.at,
            format!("`{}` is no amount of {}", text.value, currency.code()),
            format!(
                "write it with at most {} decimals, as in \"30\"",
                currency.decimals()
            ),
        );
        Money::zero(currency)
    })
}

fn fees(
    top: &Table<'_>,
    settings: &Settings,
    flow: &Flow,
    texts: &mut Vec<TextUse>,
) -> Vec<FeeRule> {
    let mut found: Vec<FeeRule> = Vec::new();
    top.tables("fee", |table| {
        let Some(rule) = fee(table, settings, flow, texts) else {
            return;
        };
        if found.iter().any(|earlier| earlier.id == rule.id) {
            table.fault(
                table.key_at("id"),
                format!("the fee `{}` is there twice", rule.id),
                "rename one; of several amounts each needs an id of its own",
            );
        }
        if found.len() == MAX_FEES {
            table.fault(
                table.at,
                "these are too many fees",
                format!("charge at most {MAX_FEES}"),
            );
        }
        found.push(rule);
    });
    found
}

fn fee(
    table: &Table<'_>,
    settings: &Settings,
    flow: &Flow,
    texts: &mut Vec<TextUse>,
) -> Option<FeeRule> {
    let (id, text, tax) = (
        table.need_text("id"),
        table.need_text("amount"),
        table.need_text("tax"),
    );
    let when = table
        .text("when")
        .and_then(|when| condition(table, when, flow));
    let (id, text, tax) = (id?, text?, tax?);
    if !is_id(id.value) {
        table.fault(
            id.at,
            format!("`{}` is no id", id.value),
            "use a-z, 0-9 and -, at most 24",
        );
    }
    texts.push(TextUse {
        label: true,
        ..TextUse::new(format!("fee-{}", id.value), table, id.at)
    });
    let charged = amount(table, text, settings);
    if Money::parse(text.value, settings.currency).is_some_and(|amount| amount.minor <= 0) {
        table.fault(
            text.at,
            "this fee is nothing",
            "write an amount above zero, or remove the fee",
        );
    }
    let class = TaxClass::from(tax.value);
    if !settings.taxes.rates.contains_key(&class) {
        let known: Vec<&str> = settings.taxes.rates.keys().map(TaxClass::as_str).collect();
        table.fault(
            tax.at,
            format!("there is no tax class `{}`", tax.value),
            format!(
                "known: {}; add others as `[[tax]]` to shop.toml",
                known.join(", ")
            ),
        );
    }
    Some(FeeRule {
        id: id.value.to_owned(),
        amount: charged,
        tax: class,
        when,
    })
}

/// When a fee is charged. What only fees decide can't decide about fees.
fn condition(table: &Table<'_>, when: Spot<&str>, flow: &Flow) -> Option<Condition> {
    let start = inside(table.page().text, when.at);
    match Condition::new(when.value, &flow.table()) {
        Ok(condition) => {
            for name in ["total_minor", "fees_minor"] {
                if condition.reads("order", name) {
                    table.fault(
                        start,
                        format!("`order.{name}` is only known after the fees"),
                        "use `order.subtotal_minor`, which is the goods alone",
                    );
                }
            }
            if !condition.can_hold(&flow.steps) {
                table.fault(
                    start,
                    "the fee is never charged: no answer makes this true",
                    "remove the fee or change `when`",
                );
            }
            Some(condition)
        }
        Err(faults) => {
            for fault in faults {
                table.fault(start + fault.offset, fault.what, fault.cure);
            }
            None
        }
    }
}
