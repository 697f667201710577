//! What is nearly a name: misspelt, by its sound, a part of it.

use std::collections::HashMap;

use super::super::sound;
use super::super::text::{Kind, Token};
use super::build::{bag, sound_keys, wild_key};
use super::spelling::Spelling;
use super::{Found, How, Index, Key, Meaning, Table, seed};

/// Names that a part of them may lead to.
const PARTS: usize = 12;

/// Stands for what comes after the last character of a name.
const END: &str = "\n";

#[derive(Default, Clone)]
pub(super) struct Near {
    pub(super) spelling: Spelling,
    /// Names that hold a word or two neighbouring characters, or end in a character.
    holders: Table<Holder>,
    /// A number with its measure word, in pinyin.
    counts: HashMap<String, i64>,
}

/// A name that holds something, and how many tokens it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Holder {
    meaning: Meaning,
    length: u8,
}

impl Near {
    /// Takes up the tokens of a name, or of a word of the language, which leads to no name.
    pub(super) fn word(&mut self, tokens: &[Token], of: Option<Meaning>) {
        for (at, token) in tokens.iter().enumerate() {
            if token.kind == Kind::Word {
                self.spelling.add(&token.form);
            }
            let Some(meaning) = of.filter(|_| tokens.len() <= 16) else {
                continue;
            };
            let holder = Holder {
                meaning,
                length: tokens.len() as u8,
            };
            match tokens.get(at + 1) {
                _ if token.kind == Kind::Word => self.holders.add(part_key(&[&token.form]), holder),
                Some(next) if token.kind == Kind::Han && next.kind == Kind::Han => {
                    self.holders
                        .add(part_key(&[&token.form, &next.form]), holder);
                }
                None if token.kind == Kind::Han => {
                    self.holders.add(part_key(&[&token.form, END]), holder);
                }
                _ => {}
            }
        }
    }

    /// All names are there.
    pub(super) fn close(&mut self) {
        self.holders.close();
        self.spelling.close();
    }

    /// A number and its measure word.
    pub(super) fn count(&mut self, form: &str, n: i64) {
        self.counts.insert(form.to_owned(), n);
    }
}

fn part_key(forms: &[&str]) -> u64 {
    forms
        .iter()
        .fold(Key::new(seed::BAG), |key, form| key.and("|").and(form))
        .end()
}

/// Whether a name is typed nearly right: at most one letter in six is wrong.
fn is_nearly(name: &str, typed: &str) -> bool {
    let allowed = typed.len() / 6;
    let letters = name
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .count();
    if allowed == 0
        || letters.abs_diff(typed.len()) > allowed
        || name.as_bytes().first().map(u8::to_ascii_lowercase) != typed.as_bytes().first().copied()
    {
        return false;
    }
    let name: String = super::super::text::plain(name)
        .split(|c: char| !c.is_alphanumeric())
        .collect();
    strsim::osa_distance(&name, typed) <= allowed
}

impl Index {
    /// A number with its measure word in pinyin.
    pub fn pinyin_count(&self, token: &Token) -> Option<i64> {
        let counts = self.has_han.then_some(&self.near.counts)?;
        counts.get(&token.form).copied()
    }

    /// Whether a word is part of a name.
    pub fn in_names(&self, token: &Token) -> bool {
        self.near
            .holders
            .get(part_key(&[&token.form]))
            .next()
            .is_some()
    }

    /// The one item whose name ends in a character; none if an option's name does too.
    pub fn ending_in(&self, token: &Token) -> Option<u32> {
        let mut found = None;
        for holder in self.near.holders.get(part_key(&[&token.form, END])) {
            match (holder.meaning, found) {
                (Meaning::Item(item), None) => found = Some(item),
                (Meaning::Item(item), Some(known)) if item == known => {}
                (Meaning::Item(_) | Meaning::Choice(..), _) => return None,
                _ => {}
            }
        }
        found
    }

    /// The best spellings of a token.
    pub fn corrections(&self, token: &Token) -> Vec<(&str, u8)> {
        match token.kind {
            Kind::Word => self.near.spelling.corrections(&token.form),
            Kind::Han | Kind::Number | Kind::Sign => Vec::new(),
        }
    }

    /// What a phrase means by the same words in another order.
    pub fn any_order(&self, tokens: &[Token], mut hit: impl FnMut(Found)) {
        let content: Vec<&str> = tokens
            .iter()
            .filter(|token| !self.is_small(token))
            .map(|token| token.form.as_str())
            .collect();
        if content.len() >= 2 {
            self.table
                .get(bag(content.into_iter()))
                .filter(|found| found.how == How::Bag)
                .for_each(&mut hit);
        }
    }

    /// What a Han phrase means by its sound, or with one wrong character: which one.
    pub fn by_sound(&self, tokens: &[Token], mut hit: impl FnMut(Found, Option<usize>)) {
        let (sound, blurred) = sound_keys(tokens);
        self.table.get(sound).for_each(|found| hit(found, None));
        self.table.get(blurred).for_each(|found| hit(found, None));
        if tokens.len() >= 3 {
            for at in 0..tokens.len() {
                self.table
                    .get(wild_key(tokens, at))
                    .for_each(|found| hit(found, Some(at)));
            }
        }
    }

    /// What a phrase means that is half in characters, half in pinyin: "gongbao鸡丁".
    pub fn half_in_pinyin(&self, tokens: &[Token], mut hit: impl FnMut(Found)) {
        let han = |token: &&Token| token.kind == Kind::Han;
        let halves = tokens.iter().any(|token| han(&token))
            && tokens.iter().any(|token| token.kind == Kind::Word);
        if !halves || tokens.iter().any(|token| token.kind == Kind::Sign) {
            return;
        }
        let typed =
            tokens.iter().map(
                |token| match token.form.chars().next().filter(|_| han(&token)) {
                    Some(c) => sound::syllable(c),
                    None => token.raw(),
                },
            );
        let key = Key::of(seed::EXACT, typed);
        let found = self.table.get(key.end());
        found
            .filter(|found| found.how == How::Pinyin)
            .for_each(&mut hit);
    }

    /// Names that a whole phrase is a misspelling of, word for word nearly right.
    pub fn misspelt(&self, tokens: &[Token], mut hit: impl FnMut(Meaning)) {
        let mut seen: Vec<Meaning> = Vec::new();
        let typed: String = tokens.iter().map(Token::raw).collect();
        for token in tokens.iter().filter(|token| !self.is_small(token)) {
            let corrected = self
                .near
                .spelling
                .corrections(&token.form)
                .into_iter()
                .next()
                .map(|(word, _)| word);
            let key = part_key(&[corrected.unwrap_or(&token.form)]);
            for holder in self.near.holders.get(key).take(PARTS) {
                if seen.contains(&holder.meaning) || usize::from(holder.length) > tokens.len() + 1 {
                    continue;
                }
                seen.push(holder.meaning);
                let near = self
                    .names(holder.meaning)
                    .iter()
                    .any(|name| is_nearly(name, &typed));
                if near {
                    hit(holder.meaning);
                }
            }
        }
    }

    fn names(&self, meaning: Meaning) -> &[String] {
        match meaning {
            Meaning::Item(item) => self
                .menu
                .items
                .get(item as usize)
                .map(|item| item.names.as_slice()),
            Meaning::Choice(group, choice) => {
                let group = self.menu.groups.get(group as usize);
                group
                    .and_then(|group| group.choices.get(choice as usize))
                    .map(|choice| choice.names.as_slice())
            }
            _ => None,
        }
        .unwrap_or_default()
    }

    /// The names that hold all these words (or all these characters in a row), shortest first;
    /// with how many tokens the name has.
    pub fn holding(&self, tokens: &[Token]) -> Vec<(Meaning, u8)> {
        let han = tokens.iter().all(|token| token.kind == Kind::Han);
        let keys: Vec<u64> = if han {
            let pairs = tokens.iter().zip(tokens.iter().skip(1));
            pairs.map(|(a, b)| part_key(&[&a.form, &b.form])).collect()
        } else {
            let content = tokens.iter().filter(|token| !self.is_small(token));
            content.map(|token| part_key(&[&token.form])).collect()
        };
        let rarest = keys
            .iter()
            .min_by_key(|key| self.near.holders.count(**key))
            .copied();
        let Some(first) = rarest else {
            return Vec::new();
        };
        let others: Vec<u64> = keys.into_iter().filter(|key| *key != first).collect();
        let mut all: Vec<Holder> = self.near.holders.get(first).collect();
        for key in &others {
            all.retain(|holder| {
                self.near
                    .holders
                    .get(*key)
                    .any(|other| other.meaning == holder.meaning)
            });
        }
        all.sort_by_key(|holder| holder.length);
        let mut found: Vec<(Meaning, u8)> = Vec::new();
        for holder in all {
            if !found.iter().any(|(meaning, _)| *meaning == holder.meaning) {
                found.push((holder.meaning, holder.length));
            }
        }
        found.truncate(PARTS);
        found
    }
}
