//! A message of many things as a list, which is looked at before anything enters the cart.

use crate::domain::cart::{MAX_UNITS_PER_LINE, NewLine, validate};
use crate::domain::catalogue::SoldOut;
use crate::domain::quick::{
    self, Amount, AmountFault, Candidate, Entry, List, Measure, State, Wanted,
};
use crate::kernel::Quantity;
use crate::understand::Line;

use super::judge::{Heard, SURE, at};
use super::kept::quoted;
use super::reading;

impl Heard<'_> {
    /// As a list, each thing a line of it.
    pub fn as_list(&self) -> List {
        let mut entries: Vec<(usize, Entry)> = Vec::new();
        for line in &self.understood.lines {
            let place = line.spans.first().map_or(0, |span| span.start);
            let text = quoted(&self.words(line));
            entries.push((place, self.entry(line, text)));
        }
        for line in &self.understood.refused {
            let place = line.spans.first().map_or(0, |span| span.start);
            let text = quoted(&self.words(line));
            let new = line
                .item
                .and_then(|item| reading::new_line(self.shop, line, item));
            let state = new.map_or(State::Unknown(Vec::new(), Amount::Least), |mut new| {
                new.quantity = Quantity(0);
                self.state(&new)
            });
            entries.push((place, Entry { text, state }));
        }
        for removed in &self.understood.removed {
            // A list takes nothing out: it is told as not understood.
            let words = at(self.text, &removed.span);
            let state = State::Unknown(Vec::new(), Amount::Least);
            let text = quoted(words);
            entries.push((removed.span.start, Entry { text, state }));
        }
        for range in &reading::unknown(self.text, self.understood) {
            let words = at(self.text, range);
            if words.chars().any(char::is_alphabetic) {
                entries.push((range.start, self.unknown_entry(words)));
            }
        }
        entries.sort_by_key(|(place, _)| *place);
        let more = entries.len().saturating_sub(quick::MAX_ROWS);
        let entries = entries.into_iter().map(|(_, entry)| entry);
        List {
            entries: entries.take(quick::MAX_ROWS).collect(),
            more,
        }
    }

    fn entry(&self, line: &Line, text: String) -> Entry {
        let amount = match self.is_price_list() {
            true => Amount::Least,
            false => Amount::Number {
                thousandths: line.quantity.0,
                measure: Measure::Piece,
            },
        };
        let candidate = |item: &NewLine| Candidate {
            item: item.item.clone(),
            variant: item.variant.clone(),
        };
        let all = line.item.into_iter();
        let all = all.chain(line.others.iter().map(|(other, _)| *other));
        let mut all: Vec<NewLine> = all
            .filter_map(|item| reading::new_line(self.shop, line, item))
            .collect();
        if self.is_price_list() {
            // The numbers are prices.
            for new in &mut all {
                let item = self.shop.catalogue.item(&new.item);
                new.quantity = item.map_or(new.quantity, |item| item.unit.min());
            }
        }
        let is_tie = line.others.iter().any(|(_, score)| *score >= line.score);
        let state = match all.first() {
            Some(new) if line.score >= SURE && !is_tie => self.state(new),
            _ => {
                let near = all.iter().take(quick::CANDIDATES + 2).map(candidate);
                State::Several(near.collect(), amount)
            }
        };
        Entry { text, state }
    }

    fn state(&self, new: &NewLine) -> State {
        let catalogue = &self.shop.catalogue;
        let nothing = SoldOut::default();
        let what = Candidate {
            item: new.item.clone(),
            variant: new.variant.clone(),
        };
        let Some(item) = catalogue.item(&new.item) else {
            return State::Skipped;
        };
        let step = item.unit.step();
        let most = Quantity(step.0.saturating_mul(MAX_UNITS_PER_LINE));
        if new.quantity.0 <= 0 {
            return State::Wrong(what, AmountFault::NotPositive);
        }
        if new.quantity > most {
            return State::Wrong(what, AmountFault::TooMuch { max: most });
        }
        if !item.unit.allows(new.quantity) {
            let min = item.unit.min();
            return State::Wrong(what, AmountFault::Step { min, step });
        }
        let is_whole = item.price(new.variant.as_ref()).is_some();
        let fits = validate(catalogue, item, &new.selection, &nothing).is_ok();
        match is_whole && fits {
            true => State::Taken(Wanted {
                item: new.item.clone(),
                variant: new.variant.clone(),
                selection: Some(new.selection.clone()),
                quantity: new.quantity,
            }),
            false => State::Open {
                what,
                quantity: new.quantity,
            },
        }
    }

    fn unknown_entry(&self, words: &str) -> Entry {
        let near = self.shop.catalogue.close(words, quick::CANDIDATES);
        let near = near.into_iter().map(|(goods, _)| Candidate {
            item: goods.item.id.clone(),
            variant: goods.variant.map(|variant| variant.id.clone()),
        });
        Entry {
            text: quoted(words),
            state: State::Unknown(near.collect(), Amount::Least),
        }
    }
}
