//! Finds goods by their code or their whole name, and what comes close to one that is neither.
//!
//! A code is compared as it is written, but for upper and lower case: `A-1` is not `A 1`. Names
//! are compared without marks. What comes close is looked for among the few that share the
//! rarest pieces of three letters, so that a long list of unknown codes costs the same in a small
//! catalogue and in one of a hundred thousand items.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::likeness::likeness;
use super::{Item, Variant};

/// An item, in one of its variants if that was named too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goods<'a> {
    /// The item.
    pub item: &'a Item,
    /// The variant that was named.
    pub variant: Option<&'a Variant>,
}

/// Characters of somebody's words that are looked at: no name and no code is longer.
const MAX_CHARS: usize = 160;

/// How many entries of the index one search may touch.
const MOST_TOUCHED: usize = 1_000;

/// Of those, how many are compared letter by letter.
const MOST_COMPARED: usize = 12;

/// Below this likeness a suggestion would only puzzle.
const LEAST_LIKENESS: f64 = 0.6;

/// Places of an item and of one of its variants.
type At = (u32, Option<u32>);

#[derive(Debug, Clone, Default)]
pub(super) struct Lookup {
    codes: HashMap<String, Vec<At>>,
    names: HashMap<String, Vec<At>>,
    /// Each text that can be close, with what it stands for.
    texts: Vec<(String, At)>,
    /// In which texts a piece occurs.
    pieces: HashMap<u64, Vec<u32>>,
}

impl Lookup {
    pub(super) fn new(items: &[Item]) -> Self {
        let mut lookup = Self::default();
        for (at, item) in items.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            lookup.item(item, at);
        }
        for at in 0..lookup.texts.len() {
            let Some((text, _)) = lookup.texts.get(at) else {
                continue;
            };
            let mut all = pieces(text);
            all.sort_unstable();
            all.dedup();
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            for piece in all {
                lookup.pieces.entry(piece).or_default().push(at);
            }
        }
        lookup
    }

    fn item(&mut self, item: &Item, at: u32) {
        for code in std::iter::once(item.id.as_str()).chain(item.code.as_deref()) {
            self.code(code, (at, None));
        }
        let names = || item.name.0.values().chain(&item.aliases);
        for name in names() {
            self.name(name, (at, None));
        }
        for (place, variant) in item.variants().iter().enumerate() {
            let here = (at, u32::try_from(place).ok());
            if let Some(code) = &variant.code {
                self.code(code, here);
            }
            self.name(&format!("{} {}", item.id, variant.id), here);
            for (name, size) in names().flat_map(|n| variant.name.0.values().map(move |v| (n, v))) {
                self.name(&format!("{name} {size}"), here);
                self.name(&format!("{size} {name}"), here);
            }
        }
    }

    fn code(&mut self, code: &str, at: At) {
        let key = code_key(code);
        put(&mut self.codes, key.clone(), at);
        self.texts.push((key, at));
    }

    fn name(&mut self, name: &str, at: At) {
        let key = name_key(name);
        if !key.is_empty() && put(&mut self.names, key.clone(), at) {
            self.texts.push((key, at));
        }
    }

    pub(super) fn by_code<'a>(&self, items: &'a [Item], words: &str) -> Option<Goods<'a>> {
        let found = self.codes.get(&code_key(words))?;
        found.iter().find_map(|at| goods(items, *at))
    }

    pub(super) fn by_name<'a>(&self, items: &'a [Item], words: &str) -> Vec<Goods<'a>> {
        let found = self.names.get(&name_key(words));
        let found = found.into_iter().flatten();
        found.filter_map(|at| goods(items, *at)).collect()
    }

    pub(super) fn close<'a>(
        &self,
        items: &'a [Item],
        words: &str,
        limit: usize,
    ) -> Vec<(Goods<'a>, f64)> {
        let (code, name) = (code_key(words), name_key(words));
        let looked_for = match code == name {
            true => vec![code],
            false => vec![code, name],
        };
        let mut scored: Vec<(At, f64)> = Vec::new();
        for words in looked_for {
            let texts = self.candidates(&words);
            let texts = texts
                .into_iter()
                .filter_map(|text| self.texts.get(text as usize));
            let texts = texts.map(|(text, at)| (*at, likeness(text, &words)));
            scored.extend(texts.filter(|(_, score)| *score >= LEAST_LIKENESS));
        }
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut found: Vec<(Goods<'a>, f64)> = Vec::new();
        for (at, score) in scored {
            let Some(goods) = goods(items, at) else {
                continue;
            };
            // An item once: which of its variants is asked when it is taken.
            if found
                .iter()
                .all(|(other, _)| other.item.id != goods.item.id)
            {
                found.push((goods, score));
            }
            if found.len() == limit {
                break;
            }
        }
        found
    }

    /// The texts that share most pieces with `words`, the rarest pieces first.
    fn candidates(&self, words: &str) -> Vec<u32> {
        let mut lists: Vec<&Vec<u32>> = pieces(words)
            .iter()
            .filter_map(|piece| self.pieces.get(piece))
            .collect();
        lists.sort_by_key(|list| list.len());
        let mut room = MOST_TOUCHED;
        let mut shared: HashMap<u32, u32> = HashMap::new();
        for list in lists {
            for text in list.iter().take(room) {
                *shared.entry(*text).or_default() += 1;
            }
            room = room.saturating_sub(list.len());
            if room == 0 {
                break;
            }
        }
        let mut best: Vec<(u32, u32)> = shared.into_iter().collect();
        best.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(MOST_COMPARED);
        best.into_iter().map(|(text, _)| text).collect()
    }
}

/// Whether it was not there yet.
fn put(into: &mut HashMap<String, Vec<At>>, key: String, at: At) -> bool {
    let list = into.entry(key).or_default();
    let is_new = !list.contains(&at);
    if is_new {
        list.push(at);
    }
    is_new
}

fn goods(items: &[Item], (item, variant): At) -> Option<Goods<'_>> {
    let item = items.get(item as usize)?;
    let variant = match variant {
        Some(at) => Some(item.variants().get(at as usize)?),
        None => None,
    };
    Some(Goods { item, variant })
}

/// A code in the form compared: full-width characters as usual ones, lower case, single spaces.
pub(super) fn code_key(code: &str) -> String {
    let plain: String = code.nfkc().take(MAX_CHARS).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// A name in the form compared: letters and digits in lower case, words apart where their script
/// has spaces.
fn name_key(name: &str) -> String {
    let lower: String = name
        .nfkc()
        .take(MAX_CHARS)
        .flat_map(char::to_lowercase)
        .collect();
    let mut key = String::with_capacity(lower.len());
    for word in lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        let joins = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
        if !key.is_empty() && !joins(key.chars().next_back()) && !joins(word.chars().next()) {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// The pieces of a text: three letters each, two where its script has thousands of them.
fn pieces(text: &str) -> Vec<u64> {
    let edge = std::iter::once(' ');
    let letters: Vec<u64> = edge
        .clone()
        .chain(text.chars())
        .chain(edge)
        .map(u64::from)
        .collect();
    let length = if text.is_ascii() { 3 } else { 2 };
    letters
        .windows(length)
        .map(|piece| piece.iter().fold(0, |all, letter| all << 21 | letter))
        .collect()
}
