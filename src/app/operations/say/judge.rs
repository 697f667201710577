//! What a message that was understood does: which things are certain, which are to be asked.

use std::ops::Range;

use crate::app::search::BEGINS;
use crate::domain::cart::{Line as CartLine, NewLine};
use crate::domain::learned::{Meanings, Phrase};
use crate::kernel::{ItemId, LineId, Quantity};
use crate::shop::{Hit, Shop};
use crate::understand::{Line, Loose, Understood};

use super::deal::{Deal, OFFERS};
use super::kept::{Offer, Why};
use super::reading;

/// From here on an item is taken as meant, in hundredths; below it is asked. A spelling mistake or
/// a word that sounds the same is above; another character, a part of a name or its first letters
/// are not.
pub(super) const SURE: u8 = 80;

/// Things that are offered near what is not sold.
const NEAR: usize = 3;

/// Letters of a word that may say alone what is meant.
const LEAST_WORD: usize = 4;

/// Prices in a message from which on it is a price list and no order.
const PRICES: usize = 2;

/// Whether a text is full of prices.
pub fn has_prices(text: &str) -> bool {
    let signs = ['\u{a5}', '\u{ffe5}', '$', '\u{20ac}', '\u{a3}'];
    text.chars().filter(|c| signs.contains(c)).count() >= PRICES
}

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
        let said = self.understood;
        said.lines.is_empty() && said.removed.is_empty() && said.refused.is_empty()
    }

    /// Whether it says something of what was put in last, and nothing else.
    pub fn is_about_the_last(&self) -> bool {
        let is_whole = self.understood.unknown.is_empty();
        is_whole && self.is_nothing() && self.understood.loose.is_some()
    }

    /// Whether what it says of the line that was put in last fits it, and changes it.
    pub fn fits(&self, there: &CartLine) -> bool {
        let loose = self.understood.loose.as_ref();
        let said = loose.and_then(|loose| reading::loose_line(self.shop, there, loose));
        said.is_some_and(|(line, new)| {
            line.more || reading::changed(self.shop, &line, &new, there) != NewLine::from(there)
        })
    }

    /// Whether it is a bare name, or the beginning of one, or words that only come near one: that is
    /// looked up, and not yet ordered.
    pub fn is_look_up(&self) -> bool {
        let said = self.understood;
        let [line] = said.lines.as_slice() else {
            return false;
        };
        if !said.removed.is_empty() || !said.refused.is_empty() {
            return false;
        }
        let found = self.shop.find(self.text, 1);
        if found.first().is_some_and(|hit| hit.score >= BEGINS) {
            return true;
        }
        let is_unsure = line.score < SURE && !found.is_empty();
        let is_said = line.more || line.changes;
        !is_said && !line.counted && line.options.is_empty() && (is_unsure || self.is_all(line))
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
        has_prices(self.text) && self.understood.lines.len() >= PRICES
    }

    /// The items that it may mean.
    pub fn items(&self) -> Vec<ItemId> {
        let said = self.understood;
        let lines = said.lines.iter().chain(&said.refused);
        let items = lines.filter_map(|line| reading::item(self.shop, line.item?));
        items.cloned().collect()
    }

    /// Things that were ordered by what whoever writes calls them.
    pub fn by_own_names(&self, own: &Meanings) -> Vec<(String, ItemId)> {
        let lines = self.understood.lines.iter();
        let spans = lines.flat_map(|line| line.spans.iter().map(|span| (line.item, span)));
        let called = spans.filter_map(|(item, span)| {
            let words = at(self.text, span);
            let meant = own.get(&Phrase::new(words)?)?;
            let is_it = reading::item(self.shop, item?) == Some(meant);
            is_it.then(|| (words.to_owned(), meant.clone()))
        });
        called.collect()
    }

    /// The words of a line, in their order.
    pub(super) fn words(&self, line: &Line) -> String {
        self.joined(line.spans.clone())
    }

    /// What stands at several places; what is said together is quoted together.
    pub(super) fn joined(&self, mut spans: Vec<Range<usize>>) -> String {
        spans.sort_by_key(|span| span.start);
        let mut words = String::new();
        let mut end = None;
        for span in &spans {
            let gap = end.map(|end| self.text.get(end..span.start).unwrap_or(" "));
            match gap {
                Some(gap) if gap.trim().is_empty() => words.push_str(gap),
                Some(_) => words.push(' '),
                None => {}
            }
            words.push_str(at(self.text, span));
            end = Some(span.end);
        }
        words
    }

    /// Does it; `last` is the line that was put in or changed before.
    pub fn deal(&self, deal: &mut Deal<'_>, last: Option<LineId>) {
        let mut unknown = reading::unknown(self.text, self.understood);
        let mut swapped = self.remove(deal, &mut unknown);
        for line in &self.understood.refused {
            let item = line.item.unwrap_or(usize::MAX);
            if let Some(mut new) = reading::new_line(self.shop, line, item) {
                new.quantity = Quantity(0);
                deal.put(new, &self.words(line), false);
            }
        }
        for line in &self.understood.lines {
            let before = self.qualified(line, &unknown);
            let mut spans = line.spans.clone();
            spans.extend(before.map(|place| unknown.remove(place)));
            let words = self.joined(spans);
            self.line(deal, (line, &words, before.is_some()), swapped.take());
        }
        if let (Some(id), Some(loose)) = (last, &self.understood.loose)
            && self.is_about_the_last()
        {
            self.loose(deal, id, loose);
        }
        for range in &unknown {
            self.unknown(deal, at(self.text, range));
        }
    }

    /// Words right before an item's name that nobody knows: a "vegan" one may be another thing.
    fn qualified(&self, line: &Line, unknown: &[Range<usize>]) -> Option<usize> {
        let item = reading::item(self.shop, line.item?)?;
        let item = self.shop.catalogue.item(item)?;
        let name = line.spans.iter().find(|span| {
            let words = at(self.text, span).to_lowercase();
            let mut names = item.name.0.values().chain(&item.aliases);
            names.any(|name| name.to_lowercase() == words)
        })?;
        self.before(name, unknown)
    }

    /// The words right before a place.
    pub(super) fn before(&self, name: &Range<usize>, unknown: &[Range<usize>]) -> Option<usize> {
        unknown.iter().position(|range| {
            let gap = self.text.get(range.end..name.start);
            let is_near = gap.is_some_and(|gap| reading::is_noise(self.shop, gap));
            is_near && at(self.text, range).chars().any(char::is_alphabetic)
        })
    }

    fn line(
        &self,
        deal: &mut Deal<'_>,
        (line, words, is_qualified): (&Line, &str, bool),
        swapped: Option<Quantity>,
    ) {
        let Some(item) = line.item else {
            return self.kind(deal, line, words);
        };
        let is_sure = line.score >= SURE && !is_qualified;
        let rivals: Vec<usize> = line
            .others
            .iter()
            .filter(|(_, score)| *score >= line.score || !is_sure)
            .map(|(other, _)| *other)
            .collect();
        if rivals.is_empty() && is_sure {
            if let Some(mut new) = reading::new_line(self.shop, line, item) {
                self.as_much(&mut new, line, swapped);
                self.put(deal, (line, new), words);
            }
            return;
        }
        let all = std::iter::once(item).chain(rivals).take(OFFERS);
        let offers: Vec<Offer> = all
            .filter_map(|item| reading::new_line(self.shop, line, item))
            .map(Offer::Put)
            .collect();
        let why = if is_sure { Why::Which } else { Why::Unsure };
        deal.ask(words, (why, offers), false);
    }

    /// A line that is certain goes in, as one more of what there is, or in the place of that.
    fn put(&self, deal: &mut Deal<'_>, (line, mut new): (&Line, NewLine), words: &str) {
        let there = deal.lines_of(&new.item);
        if line.changes && !there.is_empty() {
            let changed = there
                .iter()
                .map(|there| (there.id, reading::changed(self.shop, line, &new, there)));
            let mut changed: Vec<Offer> = changed.map(|(id, to)| Offer::Change(id, to)).collect();
            if let (1, Some(Offer::Change(id, to))) = (changed.len(), changed.first().cloned()) {
                return deal.change(id, to, words, false);
            }
            changed.truncate(OFFERS);
            return deal.ask(words, (Why::Change(new.item), changed), false);
        }
        if let ([there], true) = (there.as_slice(), line.more && line.options.is_empty()) {
            // One more of the same.
            new.variant.clone_from(&there.variant);
            new.selection.clone_from(&there.selection);
            new.note.clone_from(&there.note);
        }
        deal.put(new, words, false);
    }

    /// What was said of no item is said of what was put in last.
    fn loose(&self, deal: &mut Deal<'_>, id: LineId, loose: &Loose) {
        let Some(there) = deal.cart.line(id).cloned() else {
            return;
        };
        let said = reading::loose_line(self.shop, &there, loose);
        if let Some((line, new)) = said {
            let mut to = reading::changed(self.shop, &line, &new, &there);
            if loose.more && line.counted {
                to.quantity = Quantity(there.quantity.0.saturating_add(new.quantity.0));
            }
            deal.change(id, to, self.text, false);
        }
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

    /// What is called like one of the words.
    fn near_a_word(&self, words: &str) -> Vec<Hit<'_>> {
        let each = words
            .split_whitespace()
            .filter(|word| word.len() >= LEAST_WORD);
        let mut all: Vec<Hit<'_>> = each.flat_map(|word| self.shop.find(word, NEAR)).collect();
        all.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut seen: Vec<&ItemId> = Vec::new();
        all.retain(|hit| {
            let is_new = !seen.contains(&&hit.item.id);
            seen.push(&hit.item.id);
            is_new
        });
        all.truncate(NEAR);
        all
    }

    /// What was not understood is quoted; where something sold comes near, it is offered.
    fn unknown(&self, deal: &mut Deal<'_>, words: &str) {
        let said = words.chars().filter(|c| c.is_alphanumeric());
        // A single letter is a slip, or a scrap of markup.
        if said.map(char::len_utf8).sum::<usize>() < 2 {
            return;
        }
        let catalogue = &self.shop.catalogue;
        let whole = self.shop.find(words, NEAR);
        let is_part = whole.first().is_some_and(|hit| !hit.is_guess());
        let near = match whole.is_empty() {
            true => self.near_a_word(words),
            false => whole,
        };
        let offers: Vec<Offer> = near
            .into_iter()
            .map(|hit| Offer::Put(NewLine::of(hit.item, catalogue)))
            .collect();
        if !offers.is_empty() {
            let why = if is_part { Why::Which } else { Why::Near };
            return deal.ask(words, (why, offers), false);
        }
        deal.said.quote(words);
    }
}
