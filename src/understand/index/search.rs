//! Items for a few words of somebody who looks for something: names as typed, begun, misspelt, by
//! their sound, in pinyin, by their first letters.
//!
//! Must never know who looks: what somebody likes best is not the menu's to say.

#[cfg(test)]
mod tests;

use super::super::find::{self, Typed};
use super::super::text::{Kind, Token};
use super::Index;
use crate::domain::catalogue::likeness::{AS_TYPED, GUESS, likeness};

/// Characters of somebody's words that are looked at; nobody names a dish in more.
const MAX_WORDS_CHARS: usize = 160;

/// Items that are compared name by name: a page of results is some twenty.
const MOST_COMPARED: usize = 400;

/// Below this score a hit would only puzzle.
const LEAST_SCORE: f64 = 0.7;

/// Scores of what is typed in pinyin: the same, begun, within it, with more behind it.
const PINYIN: [f64; 4] = [0.89, 0.87, 0.83, 0.82];

/// Scores of the first letters of a name, all or the first of them.
const INITIALS: [f64; 2] = [0.85, 0.81];

impl Index {
    /// Items for somebody's words by their places, best first, and how well each fits: 0.0 (not at
    /// all) to 1.0 (the same). Where a name holds the words as typed ([`AS_TYPED`]), guesses are
    /// left out: "beer" is not "beef".
    pub fn find(&self, words: &str, limit: usize) -> Vec<(usize, f64)> {
        let words: String = words.chars().take(MAX_WORDS_CHARS).collect();
        let tokens = find::read(&words);
        let sought = Sought::of(&tokens);
        if sought.words.is_empty() {
            return Vec::new();
        }
        let found = self.finder.find(&tokens, &self.near.spelling, Typed::Begun);
        let mut hits: Vec<(usize, f64)> = found
            .into_iter()
            .take(MOST_COMPARED)
            .map(|item| (item as usize, self.score(item as usize, &sought)))
            .filter(|(_, score)| *score >= LEAST_SCORE)
            .collect();
        hits.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        if hits.first().is_some_and(|(_, best)| *best >= AS_TYPED) {
            hits.retain(|(_, score)| *score >= AS_TYPED);
        }
        hits.truncate(limit);
        hits
    }

    fn score(&self, item: usize, sought: &Sought) -> f64 {
        let names = self
            .menu
            .items
            .get(item)
            .map_or(&[][..], |item| &item.names);
        let scores = names.iter().map(|name| sought.score(&find::read(name)));
        scores.fold(0.0, f64::max)
    }
}

/// What is looked for.
struct Sought {
    words: String,
    /// In pinyin, as typed or as it sounds; empty if it can be none.
    spelled: String,
    is_latin: bool,
    is_one: bool,
}

impl Sought {
    fn of(tokens: &[Token]) -> Self {
        let is_latin = tokens.iter().all(|token| token.kind == Kind::Word);
        Self {
            words: find::folded(tokens),
            spelled: match is_latin {
                true => tokens.iter().map(Token::raw).collect(),
                false => find::spelled(tokens),
            },
            is_latin,
            is_one: tokens.len() == 1,
        }
    }

    fn score(&self, name: &[Token]) -> f64 {
        let as_typed = likeness(&find::folded(name), &self.words);
        let sound = find::spelled(name);
        if sound.is_empty() || self.spelled.is_empty() {
            return as_typed;
        }
        let by_sound = match self.is_latin {
            true => self.pinyin(&sound).max(self.initials(name)),
            false => self.homophone(&sound),
        };
        as_typed.max(by_sound)
    }

    fn pinyin(&self, sound: &str) -> f64 {
        let typed = self.spelled.as_str();
        let [same, begun, within, behind] = PINYIN;
        let (letters, long) = (typed.len(), sound.len() >= 6);
        match () {
            () if typed == sound => same,
            () if sound.starts_with(typed) && letters >= 4 => begun,
            () if sound.contains(typed) && letters >= 5 => within,
            () if typed.starts_with(sound) && long => behind,
            () => strsim::normalized_damerau_levenshtein(sound, typed).min(GUESS),
        }
    }

    fn initials(&self, name: &[Token]) -> f64 {
        let initials = find::initials(name);
        let [all, begun] = INITIALS;
        match self.is_one && self.spelled.len() >= 2 {
            true if initials == self.spelled => all,
            true if initials.starts_with(&self.spelled) && self.spelled.len() >= 3 => begun,
            _ => 0.0,
        }
    }

    /// Characters that sound the same are a guess.
    fn homophone(&self, sound: &str) -> f64 {
        match !self.is_one && sound.contains(&self.spelled) {
            true => GUESS,
            false => 0.0,
        }
    }
}
