//! Turning a cart into an order.

use super::{
    Actor, Answers, Approval, Delivery, Event, Fulfilment, InvalidTransition, Move, Order,
    OrderEvent, OrderLine, OrderOption, Payment, Role, State,
};
use crate::domain::approvals::Request;
use crate::domain::cart::{
    self, Cart, Fee, Line, LineProblem, PriceError, Receipt, Rounding, Selection, TaxRules,
};
use crate::domain::catalogue::{Catalogue, Item, SoldOut};
use crate::domain::stock::Demand;
use crate::domain::tables::Table;
use crate::kernel::{AccountId, ChatId, CompanyId, CustomerId, Money, OrderId, Timestamp};

/// Who confirms orders in this shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirm {
    /// The turn that places it.
    Auto,
    /// A person.
    Staff,
    /// Those whom the rules name.
    Asked(Request),
}

/// What placing needs beyond the cart.
#[derive(Debug, Clone)]
pub struct NewOrder<'a> {
    /// The cart; its version is repeated by the write.
    pub cart: &'a Cart,
    /// The member of staff who places it by hand for the customer; none: the customer does.
    pub placed_by: Option<CustomerId>,
    /// The id to give.
    pub id: OrderId,
    /// The business day.
    pub day: String,
    /// The number of that day.
    pub number: i64,
    /// The company it is for, with its name.
    pub company: Option<(CompanyId, String)>,
    /// The account it is on, if it is.
    pub account: Option<AccountId>,
    /// How it reaches the customer.
    pub fulfilment: Fulfilment,
    /// The table it is brought to, if it is for one.
    pub table: Option<Table>,
    /// The chat it is placed in.
    pub chat: ChatId,
    /// The answers of the flow.
    pub answers: Answers,
    /// What is charged besides the goods.
    pub fees: &'a [Fee],
    /// The least that goods must be worth, if there is one.
    pub minimum: Option<Money>,
    /// Who confirms.
    pub confirm: Confirm,
    /// The inbox row that asks.
    pub cause: i64,
    /// When.
    pub now: Timestamp,
}

/// What the shop is like at that moment.
#[derive(Debug, Clone, Copy)]
pub struct Menu<'a> {
    /// What it sells.
    pub catalogue: &'a Catalogue,
    /// What it is out of.
    pub sold_out: &'a SoldOut,
    /// How it taxes.
    pub taxes: &'a TaxRules,
    /// How it rounds.
    pub rounding: Rounding,
}

/// An order placed: to be written with its events, its stock held, the cart closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The order, already confirmed or waiting for a person.
    pub order: Order,
    /// Its first two events.
    pub events: Vec<OrderEvent>,
    /// What it wants from stock, counted items only.
    pub demand: Demand,
}

/// Why a cart can't be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceRefusal {
    /// Nothing is in it.
    Empty,
    /// The goods are worth less than the shop takes orders for; so much is missing.
    BelowMinimum(Money),
    /// Lines that can't be ordered as they are.
    Lines(Vec<LineProblem>),
    /// No price can be had.
    Price(PriceError),
}

/// Makes an order of a cart: checks every line again, copies names and prices, and confirms it or
/// asks for a person, as the shop does.
///
/// # Errors
/// The cart is empty, or what is wrong with it. Stock is the store's to take.
pub fn place(new: NewOrder<'_>, menu: Menu<'_>) -> Result<Placed, PlaceRefusal> {
    let cart = new.cart;
    let problems = cart.check(menu.catalogue, menu.sold_out);
    let (lines, receipt) = goods(cart, problems, (new.fees, new.minimum), menu)?;
    let (company, company_name) = match new.company {
        Some((id, name)) => (Some(id), name),
        None => (None, String::new()),
    };
    let order = Order {
        id: new.id,
        day: new.day,
        number: new.number,
        customer: cart.customer,
        placed_by: new.placed_by,
        company,
        company_name,
        payment: payment(new.account.as_ref()),
        account: new.account,
        flow: cart.flow.clone(),
        fulfilment: new.fulfilment,
        table: new.table,
        chat: new.chat,
        lines,
        note: cart.note.clone(),
        receipt,
        state: State::Placed,
        delivery: match new.fulfilment {
            Fulfilment::Delivery => Delivery::Waiting,
            Fulfilment::Pickup | Fulfilment::DineIn => Delivery::NotNeeded,
        },
        approval: Approval::NotNeeded,
        version: 1,
        cancel_asked: false,
        reason: None,
        reason_words: None,
        request: None,
        answers: new.answers,
        ready_at: None,
        cause: new.cause,
        placed_at: new.now,
        moved_at: new.now,
    };
    let demand = cart.demand(menu.catalogue);
    Ok(opened(order, &new.confirm, demand))
}

/// How the payment of an order begins.
pub(super) fn payment(account: Option<&AccountId>) -> Payment {
    match account {
        Some(_) => Payment::OnAccount,
        None => Payment::Due,
    }
}

/// The lines and the receipt that a cart comes to, if nothing is wrong with it. `problems`: what
/// its check found.
pub(super) fn goods(
    cart: &Cart,
    problems: Vec<LineProblem>,
    (fees, minimum): (&[Fee], Option<Money>),
    menu: Menu<'_>,
) -> Result<(Vec<OrderLine>, Receipt), PlaceRefusal> {
    if cart.is_empty() {
        return Err(PlaceRefusal::Empty);
    }
    if !problems.is_empty() {
        return Err(PlaceRefusal::Lines(problems));
    }
    let receipt = cart::price(cart, menu.catalogue, menu.taxes, menu.rounding, fees)
        .map_err(PlaceRefusal::Price)?;
    if let Some(missing) = cart::missing(receipt.subtotal, minimum) {
        return Err(PlaceRefusal::BelowMinimum(missing));
    }
    let mut lines = Vec::with_capacity(cart.lines.len());
    for line in &cart.lines {
        let item = menu
            .catalogue
            .item(&line.item)
            .ok_or_else(|| PlaceRefusal::Price(PriceError::UnknownItem(line.item.clone())))?;
        lines.push(order_line(line, item, menu.catalogue));
    }
    Ok((lines, receipt))
}

fn opened(order: Order, confirm: &Confirm, demand: Demand) -> Placed {
    let first = OrderEvent {
        order: order.id,
        version: 1,
        event: None,
        from: None,
        to: State::Placed,
        actor: match order.placed_by {
            Some(staff) => Actor::person(Role::Kitchen, staff),
            None => Actor::person(Role::Customer, order.customer),
        },
        reason: None,
        rule: None,
        cause: order.cause,
        at: order.placed_at,
    };
    let (event, rule) = match confirm {
        Confirm::Auto => (Event::Confirm, "confirm=auto".to_owned()),
        Confirm::Staff => (Event::AskApproval, "confirm=staff".to_owned()),
        Confirm::Asked(asked) => (Event::RequestApproval, rules(asked)),
    };
    let asked = Move {
        rule: Some(rule),
        request: match confirm {
            Confirm::Asked(asked) => Some(asked.clone()),
            Confirm::Auto | Confirm::Staff => None,
        },
        ..Move::new(event, Actor::SYSTEM, order.cause, order.placed_at)
    };
    match order.after(&asked) {
        Ok(step) => Placed {
            order: step.order,
            events: vec![first, step.event],
            demand,
        },
        // Both moves are in the table, which a test proves; without one the order stays placed.
        Err(InvalidTransition { .. }) => Placed {
            order,
            events: vec![first],
            demand,
        },
    }
}

/// The rules that ask, with commas.
fn rules(request: &Request) -> String {
    let rules: Vec<&str> = request.fired.iter().map(|f| f.rule.as_str()).collect();
    rules.join(",")
}

fn order_line(line: &Line, item: &Item, catalogue: &Catalogue) -> OrderLine {
    let variant = line.variant.as_ref().and_then(|id| item.variant(id));
    OrderLine {
        id: line.id,
        item: item.id.clone(),
        name: item.name.clone(),
        variant: line.variant.clone(),
        variant_name: variant.map(|variant| variant.name.clone()),
        options: options(catalogue, item, &line.selection),
        selection: line.selection.clone(),
        unit: item.unit,
        quantity: line.quantity,
        counted: item.opening_stock.is_some(),
        note: line.note.clone(),
    }
}

/// The options of a selection with their names, in the order asked: for a cart's line too.
pub fn options(catalogue: &Catalogue, item: &Item, selection: &Selection) -> Vec<OrderOption> {
    let mut options = Vec::new();
    for open in selection.open(catalogue, item) {
        let Some(here) = selection.at(&open.path) else {
            continue;
        };
        // In the file's order, which is how the kitchen knows it.
        for choice in &open.group.choices {
            let Some(pick) = here.pick(&open.group.id, &choice.id) else {
                continue;
            };
            options.push(OrderOption {
                group: open.group.name.clone(),
                choice: choice.name.clone(),
                depth: open.path.len() as i64,
                units: pick.units,
                quantifier: pick.quantifier,
            });
        }
    }
    options
}
