//! Words that are known, and which of them a misspelt one may be.
//!
//! A word is kept under what is left of it without one of its letters, and under its consonants, so
//! that one that is misspelt meets it there. Must never correct short words: "ham" is not "jam".

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use super::super::sound;
use super::{AsIs, Key, Table, seed};

/// Shorter words are not corrected.
const SHORTEST: usize = 4;

/// Corrections of one word that are tried.
const CORRECTIONS: usize = 3;

/// See the module.
#[derive(Default, Clone)]
pub struct Spelling {
    words: Vec<Box<str>>,
    /// Words by what is left of them without one letter, by their consonants, and whole.
    keys: Table<u32>,
    /// Words that were added since the table was closed.
    added: HashSet<u64, BuildHasherDefault<AsIs>>,
}

impl Spelling {
    /// Takes up a word. All of them before [`Spelling::close`].
    pub fn add(&mut self, word: &str) {
        let is_short = word.len() < SHORTEST || !word.is_ascii();
        let key = whole(word);
        if is_short || self.is_known(word) || !self.added.insert(key) {
            return;
        }
        let at = self.words.len() as u32;
        self.words.push(word.into());
        self.keys.add(key, at);
        for key in deletions(word) {
            self.keys.add(key, at);
        }
    }

    /// All words are there.
    pub fn close(&mut self) {
        self.keys.close();
        self.added = HashSet::default();
    }

    fn is_known(&self, word: &str) -> bool {
        let mut all = self
            .keys
            .get(whole(word))
            .map(|at| self.words.get(at as usize));
        all.any(|known| known.is_some_and(|known| &**known == word))
    }

    /// Words that somebody may have meant, best first, each with how close (hundredths).
    pub fn corrections(&self, word: &str) -> Vec<(&str, u8)> {
        match word.len() < SHORTEST {
            true => Vec::new(),
            false => self.near(word),
        }
    }

    /// The same for words that are shorter too: where somebody looks for something, a wrong guess
    /// costs a glance.
    pub fn near(&self, word: &str) -> Vec<(&str, u8)> {
        if !word.is_ascii() || self.is_known(word) {
            return Vec::new();
        }
        let skeleton = sound::skeleton(word);
        let mut found: Vec<(&str, u8)> = Vec::new();
        for key in deletions(word) {
            for at in self.keys.get(key) {
                let Some(known) = self.words.get(at as usize) else {
                    continue;
                };
                if found.iter().any(|(other, _)| *other == &**known) {
                    continue;
                }
                if let Some(score) = closeness(word, &skeleton, known) {
                    found.push((known, score));
                }
            }
        }
        found.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
        found.truncate(CORRECTIONS);
        found
    }
}

/// How close a word is to a known one, if it may be a misspelling of it.
fn closeness(word: &str, skeleton: &str, known: &str) -> Option<u8> {
    let errors = strsim::osa_distance(word, known);
    let longer = word.len().max(known.len());
    let same_start = word.as_bytes().first() == known.as_bytes().first();
    let same_sound = skeleton == sound::skeleton(known);
    let allowed = match longer {
        ..=4 => usize::from(same_start && same_sound),
        5..=6 => 1 + usize::from(same_start && same_sound),
        7..=8 => 1 + usize::from(same_start),
        _ => 2,
    };
    if errors > allowed {
        return None;
    }
    let loss = 100 * errors / longer.max(1);
    let score =
        100usize.saturating_sub(loss) + usize::from(same_sound) * 6 + usize::from(same_start) * 3;
    Some(score.min(99) as u8)
}

fn whole(word: &str) -> u64 {
    Key::new(seed::WHOLE).and(word).end()
}

fn deletions(word: &str) -> Vec<u64> {
    let mut keys = Vec::with_capacity(word.len() + 2);
    keys.push(Key::new(seed::WILD).and(word).end());
    let mut before = Key::new(seed::WILD);
    for at in 0..word.len() {
        let (letter, after) = (word.get(at..=at), word.get(at + 1..));
        keys.push(before.and(after.unwrap_or_default()).end());
        before = before.and(letter.unwrap_or_default());
    }
    keys.push(Key::new(seed::SOUND).and(&sound::skeleton(word)).end());
    keys
}
