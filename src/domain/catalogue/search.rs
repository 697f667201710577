//! Finds items by what people type: names and aliases of every language, typing errors forgiven.

use super::Item;

/// An item found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit<'a> {
    /// The item.
    pub item: &'a Item,
    /// How well it fits: 0.0 (not at all) to 1.0 (the same).
    pub score: f64,
}

impl Hit<'_> {
    /// Whether no name of the item holds the words as typed.
    pub fn is_guess(&self) -> bool {
        self.score < AS_TYPED
    }
}

/// Characters of somebody's words that are looked at. Telling words apart costs their length
/// times each name's; nobody names a dish in more, and a message of thousands must not hold a
/// turn up.
const MAX_WORDS_CHARS: usize = 160;

/// Below this score a hit would only puzzle.
const LEAST_SCORE: f64 = 0.7;

/// From here on a name holds the words as typed; below it, typing errors are assumed. Where
/// something holds them as typed, guesses are left out: "beer" is not "beef".
const AS_TYPED: f64 = 0.8;

/// The most that a guess scores.
const GUESS: f64 = 0.79;

/// Every name in the form compared, with the item's position.
#[derive(Debug, Clone)]
pub(super) struct Index {
    names: Vec<(usize, String)>,
}

impl Index {
    pub(super) fn new(items: &[Item]) -> Self {
        let mut names = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let all = item.name.0.values().chain(&item.aliases);
            names.extend(all.map(|name| (at, folded(name))));
            names.push((at, folded(&item.id.as_str().replace('-', " "))));
        }
        Self { names }
    }

    pub(super) fn search<'a>(&self, items: &'a [Item], words: &str, limit: usize) -> Vec<Hit<'a>> {
        let words: String = words.chars().take(MAX_WORDS_CHARS).collect();
        let words = folded(&words);
        if words.is_empty() {
            return Vec::new();
        }
        let mut best: Vec<f64> = vec![0.0; items.len()];
        for (at, name) in &self.names {
            if let Some(score) = best.get_mut(*at) {
                *score = score.max(likeness(name, &words));
            }
        }
        let mut hits: Vec<Hit<'a>> = items
            .iter()
            .zip(best)
            .filter(|(_, score)| *score >= LEAST_SCORE)
            .map(|(item, score)| Hit { item, score })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        if hits.first().is_some_and(|best| best.score >= AS_TYPED) {
            hits.retain(|hit| hit.score >= AS_TYPED);
        }
        hits.truncate(limit);
        hits
    }
}

/// Lower case, without punctuation, single spaces.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let plain: String = lower
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same = 1; a beginning, a whole word or a part of the name comes next, by how much of the
/// name it covers; then names that are a few typing errors away.
pub(super) fn likeness(name: &str, words: &str) -> f64 {
    if name == words {
        return 1.0;
    }
    let length = |text: &str| text.chars().count() as f64;
    let covered = length(words) / length(name).max(1.0);
    let is_han = words
        .chars()
        .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if length(words) >= 2.0 || is_han {
        if name.starts_with(words) {
            return 0.95 + 0.04 * covered;
        }
        if name.split(' ').any(|word| word.starts_with(words)) {
            return 0.9 + 0.04 * covered;
        }
        // Within a word only where that says something: "tea" is in "steamed".
        if name.contains(words) && (is_han || length(words) >= 4.0) {
            return 0.85 + 0.04 * covered;
        }
        // Somebody types more than the name: "a bowl of dan dan noodles please".
        if words.contains(name) && length(name) >= 2.0 {
            return AS_TYPED + 0.04 / covered.max(1.0);
        }
    }
    typing_errors(name, words)
}

fn typing_errors(name: &str, words: &str) -> f64 {
    let whole = strsim::normalized_damerau_levenshtein(name, words);
    // One word of a longer name, mistyped: "chikcen" for "kung pao chicken".
    let part = name
        .split(' ')
        .filter(|word| word.chars().count() >= 4)
        .map(|word| strsim::normalized_damerau_levenshtein(word, words) - 0.05)
        .fold(0.0, f64::max);
    let by_word = each_word(name, words);
    // Never as good as a name that holds the words as typed.
    whole.max(part).max(by_word).min(GUESS)
}

/// The typed words one by one against the closest word of the name, in any order.
fn each_word(name: &str, words: &str) -> f64 {
    let typed: Vec<&str> = words.split(' ').collect();
    if typed.len() < 2 {
        return 0.0;
    }
    let closest = |word: &&str| {
        name.split(' ')
            .map(|other| strsim::normalized_damerau_levenshtein(other, word))
            .fold(0.0, f64::max)
    };
    let sum: f64 = typed.iter().map(closest).sum();
    sum / typed.len() as f64 - 0.05
}
