//! What a message that was understood does: which things are certain, which are to be asked.

use std::ops::Range;

use crate::domain::cart::NewLine;
use crate::domain::quick::{self, Amount, Candidate, Entry, List, Measure, State, Wanted};
use crate::kernel::{ItemId, Quantity};
use crate::shop::Shop;
use crate::understand::{Line, Understood};

use super::deal::{Deal, OFFERS};
use super::kept::{Offer, Why, quoted};
use super::reading;

/// From here on an item is taken as meant, in hundredths; below it is asked. A spelling mistake or
/// a word that sounds the same is above, a part of a name or its first letters are not.
const SURE: u8 = 76;

/// Words that are quoted as not understood; the rest is counted.
const QUOTES: usize = 4;

/// Things that are offered near what is not sold.
const NEAR: usize = 3;

/// Prices in a message from which on it is a price list and no order.
const PRICES: usize = 2;

/// A message that was understood.
pub struct Heard<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// As it was typed.
    pub text: &'a str,
    /// What was understood.
    pub understood: &'a Understood,
}

/// The words at a place of a text.
pub fn at<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or_default().trim()
}

impl Heard<'_> {
    /// Whether it names nothing that is sold.
    pub fn is_nothing(&self) -> bool {
        self.understood.lines.is_empty() && self.understood.removed.is_empty()
    }

    /// Whether it is a bare name: that is looked up, and not yet ordered.
    pub fn is_look_up(&self) -> bool {
        let [line] = self.understood.lines.as_slice() else {
            return false;
        };
        let is_bare = !line.counted && line.options.is_empty();
        is_bare && self.understood.removed.is_empty() && self.is_all(line)
    }

    /// Whether there is nothing in the message but a line.
    fn is_all(&self, line: &Line) -> bool {
        let mut beside = self.text.char_indices().filter(|(at, c)| {
            let is_said = line.spans.iter().any(|span| span.contains(at));
            c.is_alphanumeric() && !is_said
        });
        beside.next().is_none()
    }

    /// How many things it speaks of.
    pub fn things(&self) -> usize {
        self.understood.lines.len() + self.understood.removed.len()
    }

    /// Whether it is full of prices, as what somebody forwarded from elsewhere.
    pub fn is_price_list(&self) -> bool {
        let signs = ['\u{a5}', '\u{ffe5}', '$', '\u{20ac}', '\u{a3}'];
        let prices = self.text.chars().filter(|c| signs.contains(c)).count();
        prices >= PRICES && self.understood.lines.len() >= PRICES
    }

    /// The items that it may mean.
    pub fn items(&self) -> Vec<ItemId> {
        let lines = self.understood.lines.iter().filter_map(|line| line.item);
        let items = lines.filter_map(|at| reading::item(self.shop, at));
        items.cloned().collect()
    }

    fn words(&self, line: &Line) -> String {
        let parts: Vec<&str> = line.spans.iter().map(|span| at(self.text, span)).collect();
        parts.join(" ")
    }

    /// Does it.
    pub fn deal(&self, deal: &mut Deal<'_>) {
        let mut swapped = self.remove(deal);
        for line in &self.understood.lines {
            self.line(deal, line, swapped.take());
        }
        for range in &self.understood.unknown {
            self.unknown(deal, at(self.text, range));
        }
    }

    /// Takes out what is not wanted any more. Gives how much of one thing went where one other
    /// comes in its place.
    fn remove(&self, deal: &mut Deal<'_>) -> Option<Quantity> {
        let mut gone = None;
        for removed in &self.understood.removed {
            if let Some(item) = reading::item(self.shop, removed.item) {
                gone = deal.remove(item, None);
            }
        }
        let is_swap = self.understood.removed.len() == 1 && self.understood.lines.len() == 1;
        gone.filter(|_| is_swap)
    }

    fn line(&self, deal: &mut Deal<'_>, line: &Line, swapped: Option<Quantity>) {
        let words = self.words(line);
        let Some(item) = line.item else {
            return self.kind(deal, line, &words);
        };
        let rivals: Vec<usize> = line
            .others
            .iter()
            .filter(|(_, score)| *score >= line.score || line.score < SURE)
            .map(|(other, _)| *other)
            .collect();
        if rivals.is_empty() && line.score >= SURE {
            if let Some(mut new) = reading::new_line(self.shop, line, item) {
                self.as_much(&mut new, line, swapped);
                deal.put(new, &words, false);
            }
            return;
        }
        let is_tie = line.score >= SURE;
        let all = std::iter::once(item).chain(rivals).take(OFFERS);
        let offers: Vec<Offer> = all
            .filter_map(|item| reading::new_line(self.shop, line, item))
            .map(Offer::Put)
            .collect();
        let why = if is_tie { Why::Which } else { Why::Unsure };
        deal.ask(&words, (why, offers), false);
    }

    /// What comes in the place of something else comes as often, unless a number was said.
    fn as_much(&self, new: &mut NewLine, line: &Line, swapped: Option<Quantity>) {
        let unit = self.shop.catalogue.item(&new.item).map(|item| item.unit);
        if let (false, Some(quantity), Some(unit)) = (line.counted, swapped, unit)
            && unit.allows(quantity)
        {
            new.quantity = quantity;
        }
    }

    /// Only a kind was named: which of it.
    fn kind(&self, deal: &mut Deal<'_>, line: &Line, words: &str) {
        let catalogue = &self.shop.catalogue;
        let category = line.category.and_then(|at| catalogue.categories().get(at));
        let Some(category) = category else {
            return self.unknown(deal, words);
        };
        let items = catalogue.items_in(&category.id);
        let there = items.filter(|item| !deal.shelf.sold_out.has_item(&item.id));
        let offers: Vec<Offer> = there
            .take(OFFERS)
            .map(|item| {
                let mut new = NewLine::of(item, catalogue);
                if let Some(count) = line.quantity.as_whole()
                    && let Some(quantity) = count.checked_mul(item.unit.step().0)
                    && item.unit.allows(Quantity(quantity))
                {
                    new.quantity = Quantity(quantity);
                }
                Offer::Put(new)
            })
            .collect();
        deal.ask(words, (Why::Kind, offers), false);
    }

    /// What was not understood is quoted; where something sold comes near, it is offered.
    fn unknown(&self, deal: &mut Deal<'_>, words: &str) {
        if !words.chars().any(char::is_alphanumeric) {
            return;
        }
        let catalogue = &self.shop.catalogue;
        let near = catalogue.search(words, NEAR);
        let offers: Vec<Offer> = near
            .into_iter()
            .map(|hit| Offer::Put(NewLine::of(hit.item, catalogue)))
            .collect();
        if !offers.is_empty() {
            return deal.ask(words, (Why::Near, offers), false);
        }
        match deal.said.unknown.len() < QUOTES {
            true => deal.said.unknown.push(quoted(words)),
            false => deal.said.more_unknown += 1,
        }
    }

    /// As a list, each thing a line of it.
    pub fn as_list(&self) -> List {
        let mut entries: Vec<(usize, Entry)> = Vec::new();
        for line in &self.understood.lines {
            let place = line.spans.first().map_or(0, |span| span.start);
            let text = quoted(&self.words(line));
            entries.push((place, self.entry(line, text)));
        }
        for range in &self.understood.unknown {
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
        let amount = Amount::Number {
            thousandths: line.quantity.0,
            measure: Measure::Piece,
        };
        let candidate = |item: &NewLine| Candidate {
            item: item.item.clone(),
            variant: item.variant.clone(),
        };
        let all = line.item.into_iter();
        let all = all.chain(line.others.iter().map(|(other, _)| *other));
        let all: Vec<NewLine> = all
            .filter_map(|item| reading::new_line(self.shop, line, item))
            .collect();
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
        let nothing = crate::domain::catalogue::SoldOut::default();
        let what = Candidate {
            item: new.item.clone(),
            variant: new.variant.clone(),
        };
        let Some(item) = catalogue.item(&new.item) else {
            return State::Skipped;
        };
        let step = item.unit.step();
        let most = Quantity(step.0.saturating_mul(crate::domain::cart::MAX_UNITS_PER_LINE));
        if new.quantity.0 <= 0 {
            return State::Wrong(what, quick::AmountFault::NotPositive);
        }
        if new.quantity > most {
            return State::Wrong(what, quick::AmountFault::TooMuch { max: most });
        }
        if !item.unit.allows(new.quantity) {
            let min = item.unit.min();
            return State::Wrong(what, quick::AmountFault::Step { min, step });
        }
        let is_whole = item.price(new.variant.as_ref()).is_some();
        let fits = crate::domain::cart::validate(catalogue, item, &new.selection, &nothing).is_ok();
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
