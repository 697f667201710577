//! What a message takes out of the cart: an item, one of several of it by what is special about it, a
//! kind of things. Must never guess which of several goes.

use std::ops::Range;

use crate::domain::cart::{Line as CartLine, NewLine};
use crate::kernel::Quantity;
use crate::understand::Removed;

use super::deal::Deal;
use super::judge::{Heard, at};
use super::kept::Told;
use super::reading;

impl Heard<'_> {
    /// Takes out what is not wanted any more. Gives how much of one thing went where one other
    /// comes in its place.
    pub(super) fn remove(
        &self,
        deal: &mut Deal<'_>,
        unknown: &mut Vec<Range<usize>>,
    ) -> Option<Quantity> {
        let mut gone = None;
        for removed in &self.understood.removed {
            let item = removed.item.and_then(|at| reading::item(self.shop, at));
            if let Some(item) = item {
                let quantity = removed
                    .quantity
                    .and_then(|amount| reading::base(self.shop, item, amount));
                let mut lines = deal.lines_of(item);
                let mut spans = vec![removed.span.clone()];
                if let Some(place) = self.before(&removed.span, unknown) {
                    let told = unknown.get(place).map(|range| at(self.text, range));
                    if let Some(those) = self.those(&lines, told.unwrap_or_default()) {
                        spans.push(unknown.remove(place));
                        lines = those;
                    }
                }
                gone = deal.remove(item, &lines, quantity, &self.joined(spans));
            } else {
                self.remove_kind(deal, removed);
            }
        }
        let is_swap = self.understood.removed.len() == 1 && self.understood.lines.len() == 1;
        gone.filter(|_| is_swap)
    }

    /// "The mild one": of several lines those that are so; none if the words say no such thing, or
    /// nothing is so.
    fn those(&self, lines: &[CartLine], words: &str) -> Option<Vec<CartLine>> {
        let loose = self.shop.understanding.understand(words).loose?;
        let is_so = |there: &&CartLine| {
            let said = reading::loose_line(self.shop, there, &loose);
            said.is_some_and(|(line, new)| {
                !line.options.is_empty()
                    && reading::changed(self.shop, &line, &new, there) == NewLine::from(*there)
            })
        };
        let those: Vec<CartLine> = lines.iter().filter(is_so).cloned().collect();
        (!those.is_empty()).then_some(those)
    }

    /// A kind of things goes where the cart has one thing of it; which of several is asked.
    fn remove_kind(&self, deal: &mut Deal<'_>, removed: &Removed) {
        let catalogue = &self.shop.catalogue;
        let kind = removed
            .category
            .and_then(|at| catalogue.categories().get(at));
        let Some(kind) = kind else { return };
        let is_one = |line: &&CartLine| {
            let item = catalogue.item(&line.item);
            item.is_some_and(|item| item.category == kind.id)
        };
        let there: Vec<CartLine> = deal.cart.lines.iter().filter(is_one).cloned().collect();
        let words = at(self.text, &removed.span);
        match there.as_slice() {
            [first, others @ ..] if others.iter().all(|line| line.item == first.item) => {
                let quantity = removed.quantity;
                let base = |amount| reading::base(self.shop, &first.item, amount);
                deal.remove(&first.item, &there, quantity.and_then(base), words);
            }
            [_, ..] => deal.remove_one_of(&kind.id, &there, words),
            // "Two colas and no soup" changes nothing where there is none.
            [] if !self.understood.lines.is_empty() => {}
            [] => deal.said.told.push(Told::NoneThere(kind.id.clone())),
        }
    }
}
