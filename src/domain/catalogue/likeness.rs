//! How well a name fits what somebody typed: as typed, begun, a part of it, with typing errors.

/// From here on a name holds the words as typed; below it, typing errors are assumed.
pub const AS_TYPED: f64 = 0.8;

/// The most that a guess scores.
pub const GUESS: f64 = 0.79;

/// How well it fits, 0.0 to 1.0; both in lower case, without marks, with single spaces.
///
/// The same = 1; a beginning, a whole word or a part of the name comes next, by how much of the
/// name it covers; then names that are a few typing errors away.
pub fn likeness(name: &str, words: &str) -> f64 {
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
