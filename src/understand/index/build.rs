//! Compiles a menu and a language's words.

use std::collections::HashMap;

use super::super::amount::Amount;
use super::super::find::Finder;
use super::super::language::{Dimension, Role, Words};
use super::super::menu::{Content, Group, Item, Menu, Unit};
use super::super::sound;
use super::super::text::{Break, Canon, Token, is_han, plain, stem};
use super::across::Across;
use super::near::Near;
use super::{Found, How, Index, Key, Meaning, Table, forms, is_word, named, seed};

/// Letters of a measure that is written short, at most: "oz.", "ltr.".
const LONGEST_SHORT: usize = 3;

/// Tokens of a phrase that are kept: names are shorter.
pub(super) const LONGEST: usize = 16;

/// Other names of an item that are taken with what ends its usual name.
const MOST_TAILS: usize = 8;

/// A part of the name says as much as the whole: "Soup dumplings (8)", "Peanuts, bag".
pub(super) const PARTS: [char; 4] = ['(', '\u{ff08}', ',', '\u{ff0c}'];

impl Index {
    /// Compiles a menu and the words of its languages.
    pub fn new(menu: Menu, words: Words) -> Self {
        Self::language(words).with(menu)
    }

    /// Compiles the words of languages alone, for any number of menus.
    pub fn language(words: Words) -> Self {
        let mut index = Self {
            canon: canon(&words),
            menu: Menu::default(),
            units: Vec::new(),
            counted_units: HashMap::new(),
            measures: Vec::new(),
            commands: Vec::new(),
            forms: Vec::new(),
            graded: Vec::new(),
            contents: HashMap::new(),
            measured: Vec::new(),
            words: Words::default(),
            table: Table::default(),
            said: Table::default(),
            things: HashMap::new(),
            near: Near::default(),
            finder: Finder::default(),
            others: HashMap::new(),
            across: Across::default(),
            pinyin: Vec::new(),
            longest: 1,
            longest_broken: 0,
            has_han: false,
        };
        index.phrases(&words);
        index.table.close();
        index.said.close();
        index.others = others(&words, &index.canon);
        index.across = Across::new(&words, &index.canon);
        index.words = words;
        index.pinyin_counts();
        index.pinyin = index.pinyin_words();
        index
    }

    /// The same languages with a menu.
    pub fn with(&self, menu: Menu) -> Self {
        let mut index = self.clone();
        index.menu(&menu);
        index.menu = menu;
        index.other_languages();
        index.finder.close();
        if index.has_han {
            index.in_pinyin();
        }
        index.table.close();
        index.near.close();
        index
    }

    fn phrases(&mut self, words: &Words) {
        for (role, phrases) in &words.phrases {
            for phrase in phrases {
                let tokens = named(phrase, &self.canon);
                self.exactly(&tokens, Meaning::Role(*role), How::Exact);
                if tokens.len() == 1 {
                    self.near.word(&tokens, None);
                }
            }
        }
        for measure in words.measures.values() {
            let at = self.measures.len() as u32;
            self.measures.push((measure.of, measure.is));
            for word in &measure.words {
                let tokens = named(word, &self.canon);
                self.exactly(&tokens, Meaning::Measure(at), How::Exact);
            }
        }
        for (command, phrases) in &words.commands {
            let at = self.commands.len() as u32;
            self.commands.push(command.clone());
            for phrase in phrases {
                let tokens = named(phrase, &self.canon);
                let key = Key::of(seed::COMMAND, forms(&tokens));
                self.said.add(key.end(), at);
            }
        }
    }

    fn menu(&mut self, menu: &Menu) {
        // Words around choices say nothing in any other name.
        for word in menu.groups.iter().flat_map(|group| &group.around) {
            let tokens = named(word, &self.canon);
            self.exactly(&tokens, Meaning::Role(Role::Noise), How::Exact);
        }
        self.table.close();
        self.groups(menu);
        for (at, category) in menu.categories.iter().enumerate() {
            for name in &category.names {
                let tokens = named(name, &self.canon);
                self.exactly(&tokens, Meaning::Category(at as u32), How::Exact);
            }
        }
        let mut units: HashMap<String, u32> = HashMap::new();
        for (at, item) in menu.items.iter().enumerate() {
            self.item(at as u32, item, &mut units);
        }
        self.count_units(&units);
    }

    fn groups(&mut self, menu: &Menu) {
        for (at, group) in menu.groups.iter().enumerate() {
            for name in &group.names {
                let tokens = named(name, &self.canon);
                self.exactly(&tokens, Meaning::Group(at as u32), How::Exact);
            }
            let halves: Vec<Vec<Vec<String>>> = group
                .choices
                .iter()
                .map(|is| is.names.iter().map(|name| self.halves(name)).collect())
                .collect();
            for (choice, (is, own)) in group.choices.iter().zip(&halves).enumerate() {
                let meaning = Meaning::Choice(at as u32, choice as u32);
                let names: Vec<_> = is
                    .names
                    .iter()
                    .map(|name| named(name, &self.canon))
                    .collect();
                if let Some(content) = self.weighed(&names) {
                    self.measured.push((at as u32, choice as u32, content));
                }
                for (nth, (name, parts)) in is.names.iter().zip(own).enumerate() {
                    self.name(name, meaning, nth > 0);
                    // "lunch size" is "lunch" too.
                    let around = group
                        .around
                        .iter()
                        .find_map(|word| name.strip_suffix(word.as_str()));
                    if let Some(short) = around.filter(|short| short.ends_with(' ')) {
                        self.name(short, meaning, true);
                    }
                    self.size(name, meaning);
                    for part in parts {
                        let shared = halves.iter().enumerate().any(|(other, names)| {
                            other != choice && names.iter().any(|parts| parts.contains(part))
                        });
                        // What one choice is called is no other way of saying another one.
                        let shared = shared || is_called(group, part, choice);
                        if shared {
                            continue;
                        }
                        match part.chars().all(is_han) {
                            // 大薯条 is no 大束, though it sounds so.
                            true => self.said_exactly(part, meaning),
                            false => drop(self.name(part, meaning, true)),
                        }
                    }
                    self.degree(name, at as u32, choice as u32);
                }
            }
        }
    }

    fn item(&mut self, at: u32, item: &Item, units: &mut HashMap<String, u32>) {
        let mut names = Vec::with_capacity(item.names.len());
        for (nth, name) in item.names.iter().enumerate() {
            names.push(self.name(name, Meaning::Item(at), nth > 0));
        }
        for name in with_tails(&item.names) {
            self.name_as_is(&name, Meaning::Item(at), true);
        }
        if item.units.is_empty()
            && let Some(content) = self.weighed(&names).or_else(|| self.bracketed(&item.names))
        {
            self.contents.insert((at, 0), content);
        }
        for form in &item.forms {
            let place = self.forms.len() as u32;
            self.forms.push((at, form.group as u32, form.choice as u32));
            let tokens = named(&form.name, &self.canon);
            self.exactly(&tokens, Meaning::Form(place), How::Exact);
        }
        for (unit, is) in item.units.iter().enumerate() {
            let own = is.names.iter().map(String::as_str);
            for name in own.chain(held_in(&item.units, unit)) {
                self.unit(name, (at, unit as u32), units);
            }
            let held = is.holds.filter(|n| *n > 1).map(|n| Content {
                of: Dimension::Count,
                is: n.saturating_mul(1000),
            });
            if let Some(content) = held.or_else(|| self.content(&is.names)) {
                self.contents.insert((at, unit as u32), content);
            }
        }
    }

    /// Another name that no slip leads to.
    fn said_exactly(&mut self, name: &str, meaning: Meaning) {
        let alias = Found {
            alias: true,
            ..Found::new(meaning, How::Exact)
        };
        let tokens = named(name, &self.canon);
        self.exact_as(&tokens, alias);
    }

    fn exactly(&mut self, tokens: &[Token], meaning: Meaning, how: How) {
        self.exact_as(tokens, Found::new(meaning, how));
    }

    pub(super) fn exact_as(&mut self, tokens: &[Token], found: Found) {
        if tokens.is_empty() || tokens.len() > LONGEST {
            return;
        }
        let key = Key::of(seed::EXACT, forms(tokens));
        self.table.add(key.end(), found);
        self.longest = self.longest.max(tokens.len());
        let is_broken = |(at, token): (usize, &Token)| at > 0 && token.gap > Break::Space;
        if tokens.iter().enumerate().any(is_broken) {
            let whole = tokens.iter().enumerate();
            let mut before = "";
            let key = whole.fold(Key::new(seed::EXACT), |key, (at, token)| {
                let key = match is_broken((at, token)) {
                    true => key.broken(token.gap),
                    false => key,
                };
                key.then(std::mem::replace(&mut before, &token.form), &token.form)
            });
            self.table.add(key.end(), found);
            self.longest_broken = self.longest_broken.max(tokens.len());
        }
    }

    fn unit(&mut self, name: &str, of: (u32, u32), units: &mut HashMap<String, u32>) {
        let tokens = named(name, &self.canon);
        let form: String = tokens.iter().map(|token| token.form.as_str()).collect();
        let at = *units.entry(form).or_insert(self.units.len() as u32);
        if at as usize == self.units.len() {
            self.units.push(Vec::new());
            if let Some(number) = self.dozens(&tokens) {
                self.counted_units.insert(at, (number, None));
            }
        }
        if let Some(list) = self.units.get_mut(at as usize)
            && list.last() != Some(&of)
        {
            list.push(of);
        }
        self.exactly(&tokens, Meaning::Unit(at), How::Exact);
        for other in self.in_characters(name) {
            let tokens = named(&other, &self.canon);
            self.exactly(&tokens, Meaning::Unit(at), How::Exact);
        }
    }

    /// "Four packs" of what does not come in four-packs are four.
    fn count_units(&mut self, units: &HashMap<String, u32>) {
        for (form, at) in units {
            let digits = form.len() - form.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, word) = form.split_at(digits);
            let number = Amount::parse(number).filter(|_| !word.is_empty());
            if let Some(number) = number.filter(|_| word.chars().all(char::is_alphabetic)) {
                let word = units.get(word).copied();
                self.counted_units.insert(*at, (number, word));
            }
        }
    }

    /// "Half a dozen", which one thing may be sold by and another be counted in.
    fn dozens(&self, tokens: &[Token]) -> Option<Amount> {
        let is = |token: &&Token, role| self.is(std::slice::from_ref(*token), role);
        let (last, ahead) = tokens.split_last()?;
        let dozen = Some(Amount::whole(12)).filter(|_| is(&last, Role::Times))?;
        let mut ahead = ahead.iter().filter(|token| !is(token, Role::Article));
        match (ahead.next(), ahead.next()) {
            (None, _) => Some(dozen),
            (Some(half), None) if is(&half, Role::Half) => dozen.times(Amount(500)),
            (Some(number), None) => dozen.times(Amount::parse(&number.form)?),
            _ => None,
        }
    }

    /// Small words say nothing by themselves: "and", "of", "the".
    pub fn is_small(&self, token: &Token) -> bool {
        let key = Key::new(seed::EXACT).and(&token.form).end();
        is_word(token)
            && self.table.get(key).any(|found| {
                use Role::{And, Article, Definite, Noise, With};
                // "Dan" is a word of pinyin too, but not in "dan dan noodles".
                let is_written = found.how != How::Pinyin;
                let role = found.meaning;
                let is_small =
                    matches!(role, Meaning::Role(And | With | Article | Definite | Noise));
                is_written && is_small
            })
    }

    /// The language's own Chinese words, typed in pinyin.
    fn pinyin_words(&self) -> Vec<(u64, Role)> {
        let mut all = Vec::new();
        for (role, phrases) in &self.words.phrases {
            for phrase in phrases.iter().filter(|phrase| phrase.chars().all(is_han)) {
                let usual = sound::spelled(phrase).into_iter().next();
                if let Some(form) = usual.filter(|form| form.len() >= 2) {
                    all.push((Key::new(seed::EXACT).and(&form).end(), *role));
                }
            }
        }
        all
    }

    /// Takes up those of them that are no name and no other word.
    fn in_pinyin(&mut self) {
        for (key, role) in std::mem::take(&mut self.pinyin) {
            let found = Found::new(Meaning::Role(role), How::Pinyin);
            self.table.add_otherwise(key, found);
        }
    }

    /// "yifen", "liangwan": a number and its measure word, typed in pinyin.
    fn pinyin_counts(&mut self) {
        let counters = self
            .words
            .phrases
            .get(&Role::Counter)
            .cloned()
            .unwrap_or_default();
        let counters: Vec<String> = counters
            .into_iter()
            .filter(|word| word.chars().count() == 1)
            .collect();
        let digits = self.words.digits.iter().filter(|(_, n)| **n <= 100);
        for (digit, n) in digits.clone().filter(|(_, n)| **n <= 10) {
            for counter in counters
                .iter()
                .filter(|counter| counter.chars().all(is_han))
            {
                for form in sound::spelled(&format!("{digit}{counter}")) {
                    self.near.count(&form, *n);
                }
            }
        }
        // Plain numbers come last: they win over a rare reading of a word for counting.
        for (digit, n) in digits {
            for form in sound::spelled(digit) {
                self.near.count(&form, *n);
                if (1..10).contains(n) {
                    self.near.count(&format!("{form}shi"), *n * 10);
                    self.near.count(&format!("shi{form}"), 10 + *n);
                }
            }
        }
    }
}

/// Whether another choice of a group than this one has a name.
fn is_called(group: &Group, name: &str, but: usize) -> bool {
    let others = group
        .choices
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != but);
    let mut names = others.flat_map(|(_, choice)| &choice.names);
    names.any(|other| plain(other) == plain(name))
}

/// The words for what holds an item, in names of one of its units: the bottle of "2 litre bottle",
/// the box of "box of 12"; not one that other units have in their names.
fn held_in(units: &[Unit], at: usize) -> Vec<&str> {
    let mut own = units.get(at).map(holders).unwrap_or_default();
    for (_, other) in units.iter().enumerate().filter(|(other, _)| *other != at) {
        let theirs = holders(other);
        own.retain(|word| !theirs.contains(word) && !other.names.iter().any(|name| name == word));
    }
    own
}

fn holders(unit: &Unit) -> Vec<&str> {
    let names = unit.names.iter();
    names.filter_map(|name| holder(name)).collect()
}

/// The word of a unit's name for what holds something.
fn holder(name: &str) -> Option<&str> {
    let before = name.split_once(" of ").map_or(name, |(before, _)| before);
    let word = before.rsplit([' ', '-']).next()?;
    let is_word = word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic());
    (is_word && word != name).then_some(word)
}

/// "Pens 0.5 mm, box of 12" that are called "pens" too are "pens, box of 12".
fn with_tails(names: &[String]) -> Vec<String> {
    let is_whole = |name: &&String| !name.contains(PARTS);
    let script = |name: &str| name.chars().any(is_han);
    let mut all = Vec::new();
    for name in names {
        let Some(cut) = name.find(PARTS) else {
            continue;
        };
        let (before, tail) = name.split_at(cut);
        let others = names.iter().filter(is_whole);
        let others = others.filter(|other| script(other) == script(name));
        let others = others.filter(|other| other.as_str() != before.trim());
        all.extend(
            others
                .take(MOST_TAILS)
                .map(|other| format!("{other}{tail}")),
        );
    }
    all
}

/// Tokens that are one and the same: number words, measures, spellings.
fn canon(words: &Words) -> Canon {
    let mut canon = Canon::default();
    let short = words.short.iter().filter(|(_, word)| !word.is_empty());
    for (short, word) in short {
        canon.exactly(short, &stem(&plain(word)));
        // "Thank u." ends there.
        if short.len() > 1 {
            canon.short(short);
        }
    }
    for (plural, singular) in &words.plurals {
        canon.exactly(plural, &stem(&plain(singular)));
    }
    for (word, value) in &words.numbers {
        canon.exactly(word, value);
    }
    for (symbol, measure) in &words.measures {
        for word in &measure.words {
            if word.is_ascii() && !word.contains(' ') {
                canon.exactly(word, symbol);
                if (2..=LONGEST_SHORT).contains(&word.len()) {
                    canon.short(word);
                }
            }
        }
    }
    canon
}

/// Where each word that can be said otherwise stands, by its first token.
fn others(words: &Words, canon: &Canon) -> HashMap<String, Vec<(usize, usize)>> {
    let mut all: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (class, names) in words.same.iter().enumerate() {
        for (nth, name) in names.iter().enumerate() {
            if let Some(first) = named(name, canon).into_iter().next() {
                all.entry(first.form).or_default().push((class, nth));
            }
        }
    }
    all
}

/// A key for words in any order.
pub(super) fn bag<'a>(forms: impl Iterator<Item = &'a str>) -> u64 {
    let sum = forms.fold(0u64, |sum, form| {
        sum.wrapping_add(Key::new(seed::BAG).and(form).end())
    });
    sum ^ u64::from(seed::BAG)
}

/// The keys of how a Han phrase sounds.
pub(super) fn sound_keys(tokens: &[Token]) -> (u64, u64) {
    let mut exact = Key::new(seed::SOUND);
    let mut blurred = Key::new(seed::BLURRED);
    for c in tokens.iter().flat_map(|token| token.form.chars()) {
        exact = exact.and(sound::syllable(c)).and("'");
        blurred = blurred.and(sound::blurred(c)).and("'");
    }
    (exact.end(), blurred.end())
}

/// The key of a Han phrase of which one character may be any.
pub(super) fn wild_key(tokens: &[Token], any: usize) -> u64 {
    let mut key = Key::new(seed::WILD);
    for (at, token) in tokens.iter().enumerate() {
        key = key.and(if at == any { "?" } else { &token.form });
    }
    key.end()
}
