//! Changing what an order that was placed consists of, in place.
//!
//! The goods are priced anew, at what they cost now: whoever agrees to it saw that. Whether the
//! rules let the changed order through is asked by whoever makes the move. Must never take stock.

use super::place::{goods, payment};
use super::{Amendment, Answers, Menu, Order, OrderLine, PlaceRefusal};
use crate::domain::cart::{Cart, Fee, Line, LineProblem, Receipt};
use crate::domain::catalogue::SoldOut;
use crate::kernel::{AccountId, LineId, Money, Quantity};

/// What an order would consist of if it became what is in the cart. Checked and priced as [`super::place`] does.
///
/// What the order has already may stay in it, or become less, although it is off the menu by now:
/// it was promised.
///
/// # Errors
/// The cart is empty, or what is wrong with it. Stock is the store's to take.
pub fn amendment(
    cart: &Cart,
    order: &Order,
    fees: &[Fee],
    minimum: Option<Money>,
    (answers, account): (Answers, Option<AccountId>),
    menu: Menu<'_>,
) -> Result<Amendment, PlaceRefusal> {
    let problems = problems(cart, order, menu);
    let (lines, receipt) = goods(cart, problems, (fees, minimum), menu)?;
    Ok(Amendment {
        lines,
        receipt,
        note: cart.note.clone(),
        answers,
        account,
    })
}

/// What keeps the cart from being ordered; of what was promised, what is off the menu does not.
fn problems(cart: &Cart, order: &Order, menu: Menu<'_>) -> Vec<LineProblem> {
    let mut all = cart.check(menu.catalogue, menu.sold_out);
    if all.is_empty() {
        return all;
    }
    let promised = |id: LineId| cart.line(id).is_some_and(|line| has(order, cart, line));
    all.retain(|problem| !promised(problem.line));
    let lasting = cart.check(menu.catalogue, &SoldOut::default());
    all.extend(lasting.into_iter().filter(|problem| promised(problem.line)));
    all
}

/// Whether the order has all that the cart has of what is in this line, with the same options.
fn has(order: &Order, cart: &Cart, line: &Line) -> bool {
    let ordered = order.lines.iter().filter(|known| {
        known.item == line.item
            && known.variant == line.variant
            && known.selection == line.selection
    });
    let wanted = cart.lines.iter().filter(|other| {
        other.item == line.item
            && other.variant == line.variant
            && other.selection == line.selection
    });
    sum(ordered.map(|line| line.quantity)) >= sum(wanted.map(|line| line.quantity))
}

fn sum(quantities: impl Iterator<Item = Quantity>) -> i128 {
    quantities.map(|quantity| i128::from(quantity.0)).sum()
}

impl Order {
    /// Whether an amendment changes anything: amounts, wishes or answers.
    pub fn changes(&self, amendment: &Amendment) -> bool {
        let notes = |lines: &[OrderLine]| -> Vec<String> {
            lines.iter().map(|line| line.note.clone()).collect()
        };
        self.amounts_change(amendment)
            || notes(&self.lines) != notes(&amendment.lines)
            || self.note != amendment.note
            || self.answers != amendment.answers
    }

    /// Whether an amendment changes what was decided about: items, options, quantities or
    /// anything that is to be paid, or on whose account; not notes and answers alone.
    pub fn amounts_change(&self, amendment: &Amendment) -> bool {
        let is_same = |(old, new): (&OrderLine, &OrderLine)| {
            old.item == new.item
                && old.variant == new.variant
                && old.selection == new.selection
                && old.quantity == new.quantity
        };
        let lines = self.lines.iter().zip(&amendment.lines);
        self.lines.len() != amendment.lines.len()
            || !lines.into_iter().all(is_same)
            || self.account != amendment.account
            || by_place(&self.receipt) != by_place(&amendment.receipt)
    }

    /// The order as it would be.
    #[must_use]
    pub fn amended(&self, amendment: &Amendment) -> Self {
        let mut order = self.clone();
        order.consist_of(amendment.clone());
        order
    }

    /// Takes an amendment over.
    pub(super) fn consist_of(&mut self, amendment: Amendment) {
        self.lines = amendment.lines;
        self.receipt = amendment.receipt;
        self.note = amendment.note;
        self.answers = amendment.answers;
        if self.account != amendment.account {
            self.payment = payment(amendment.account.as_ref());
            self.account = amendment.account;
        }
    }
}

/// The receipt with its lines numbered by their places: ids are no amounts.
fn by_place(receipt: &Receipt) -> Receipt {
    let mut receipt = receipt.clone();
    for (line, place) in receipt.lines.iter_mut().zip(1..) {
        line.line = LineId(place);
    }
    receipt
}
