//! How much of a long list a message holds, before its words are made.
//!
//! A message has 4096 characters. Words are counted at their longest, in whichever language that
//! is, so that what is judged to fit always does. Must never cut a line in two.

use std::ops::Range;

use crate::chat::{Arg, Text};

/// Characters of a text without its arguments: the longest of those that stand in lists.
const OWN: usize = 24;

/// Characters of a number, and of an amount with its currency.
const NUMBER: usize = 12;

/// The most characters that these texts come to.
pub fn weight(texts: &[Text]) -> usize {
    texts.iter().map(weight_of).sum()
}

fn weight_of(text: &Text) -> usize {
    let args = text.args.iter().map(|(_, arg)| match arg {
        Arg::Number(_) | Arg::Money(_) | Arg::Time(_) => NUMBER,
        Arg::Words(words) => words.encode_utf16().count(),
        Arg::Named(name) => {
            let lengths = name.0.values().map(|words| words.encode_utf16().count());
            lengths.max().unwrap_or_default()
        }
        Arg::Text(inner) => weight_of(inner),
        Arg::Lines(all) | Arg::List(all) => weight(all) + 2 * all.len(),
        Arg::Shop(_) => 2 * OWN,
    });
    // What only holds an argument has no words of its own.
    let own = if text.id == "value-text" { 0 } else { OWN };
    own + args.sum::<usize>()
}

/// How many of these parts, from the first on, have at most `room` characters together; at least
/// one, and at most `most`.
pub fn fitting(parts: &[Vec<Text>], room: usize, most: usize) -> usize {
    let mut used = 0;
    let fit = parts.iter().take(most).take_while(|part| {
        used += weight(part);
        used <= room
    });
    fit.count().max(1).min(parts.len())
}

/// Parts in pages of at most `room` characters and `most` parts each; at least one page.
pub fn pages(parts: &[Vec<Text>], room: usize, most: usize) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let mut from = 0;
    while let Some(rest) = parts.get(from..).filter(|rest| !rest.is_empty()) {
        let until = from + fitting(rest, room, most);
        pages.push(from..until);
        from = until;
    }
    if pages.is_empty() {
        pages.push(0..0);
    }
    pages
}

/// The first parts that fit, and how many more there are.
pub fn shortened(parts: Vec<Vec<Text>>, room: usize) -> (Vec<Text>, usize) {
    let shown = fitting(&parts, room, parts.len());
    let more = parts.len() - shown;
    (parts.into_iter().take(shown).flatten().collect(), more)
}

/// That there are more lines than are shown; nothing if there are none.
pub fn more(count: usize) -> Option<Text> {
    (count > 0).then(|| Text::new("more-lines").with("count", count as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(length: usize) -> Vec<Text> {
        vec![Text::new("value-text").with("value", "x".repeat(length))]
    }

    #[test]
    fn parts_are_never_cut_and_none_is_lost() {
        let parts: Vec<Vec<Text>> = [100, 200, 50, 900, 10, 10, 10].map(part).into();
        assert_eq!(pages(&parts, 300, 20), [0..2, 2..3, 3..4, 4..7]);
        assert_eq!(pages(&parts, 300, 2), [0..2, 2..3, 3..4, 4..6, 6..7]);
        assert!(pages(&[], 300, 2).iter().all(Range::is_empty));
        let (shown, more) = shortened(parts, 300);
        assert_eq!((shown.len(), more), (2, 5));
        let (shown, none) = shortened(Vec::new(), 300);
        assert_eq!((shown.len(), none), (0, 0));
    }
}
