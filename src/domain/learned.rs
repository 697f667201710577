//! What people mean by words of their own: phrases in the form compared, and the names that the
//! merchant took over from customers. Pure; must never decide that something is a name.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::kernel::ItemId;

/// Characters of a phrase: whoever types more says a sentence, which is no name.
pub const MAX_CHARS: usize = 60;

/// Words as they are compared: NFKC, lower case, single spaces. Personal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phrase(String);

impl Phrase {
    /// The phrase in somebody's words; none where they can't name anything: too long, or without a
    /// letter.
    pub fn new(words: &str) -> Option<Self> {
        // Full-width letters become usual ones before they are made small, and what becomes small is
        // composed anew.
        let folded: String = words
            .nfkc()
            .take(4 * MAX_CHARS)
            .flat_map(char::to_lowercase)
            .nfkc()
            .filter(|c| !is_unseen(*c))
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let plain = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_name = plain.chars().any(char::is_alphabetic) && plain.chars().count() <= MAX_CHARS;
        is_name.then_some(Self(plain))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that nobody sees: the same words with and without them are the same.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// What phrases mean: those of one customer, or those that count for everybody.
pub type Meanings = HashMap<Phrase, ItemId>;

/// The names that the merchant took over from customers, as they were at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    /// Which change was the last one; empty: there was none.
    pub version: String,
    /// What each phrase names. Items may be gone from the catalogue.
    pub names: Meanings,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(words: &str) -> Option<String> {
        Phrase::new(words).map(|phrase| phrase.0)
    }

    #[test]
    fn the_same_words_are_the_same_phrase() {
        for words in [
            "Kung  Pao",
            " kung pao\n",
            "ＫＵＮＧ　ＰＡＯ",
            "kung\tpao\u{200b}",
        ] {
            assert_eq!(plain(words).as_deref(), Some("kung pao"), "{words:?}");
        }
        assert_eq!(plain("宫保 雞丁").as_deref(), Some("宫保 雞丁"));
        assert_eq!(plain("Cafe\u{301}"), plain("café"));
    }

    #[test]
    fn what_can_name_nothing_is_no_phrase() {
        for words in ["", " \n", "12", "!?", "3 × 4", "🍜🍜", "\u{200b}"] {
            assert_eq!(plain(words), None, "{words:?}");
        }
        assert!(plain(&"a".repeat(MAX_CHARS)).is_some());
        assert_eq!(plain(&"a".repeat(MAX_CHARS + 1)), None);
        assert_eq!(plain(&"ß ".repeat(5_000)), None);
        assert_eq!(plain("7up").as_deref(), Some("7up"));
    }

    proptest! {
        #[test]
        fn a_phrase_is_its_own(words in ".{0,80}") {
            if let Some(phrase) = Phrase::new(&words) {
                prop_assert!(phrase.as_str().chars().count() <= MAX_CHARS);
                prop_assert_eq!(Phrase::new(phrase.as_str()), Some(phrase.clone()));
            }
        }
    }
}
