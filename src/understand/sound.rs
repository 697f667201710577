//! How Chinese sounds: syllables without tones, for homophones and for what is typed in pinyin.

use std::sync::LazyLock;

use pinyin::{ToPinyin, ToPinyinMulti};

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// Readings of one name that are told apart, at most: a name of five characters with two readings
/// each has 32.
const MOST_READINGS: usize = 4;

static SYLLABLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    (FIRST..=LAST)
        .map(|code| {
            char::from_u32(code)
                .and_then(|c| c.to_pinyin())
                .map_or("", |sound| sound.plain())
        })
        .collect()
});

/// The syllable of a Han character, as most people read it; empty if unknown.
pub fn syllable(c: char) -> &'static str {
    let at = (c as u32).wrapping_sub(FIRST) as usize;
    SYLLABLES.get(at).copied().unwrap_or("")
}

/// A syllable in which those that many people confuse are one: `zh` and `z`, `ing` and `in`.
pub fn blurred(syllable: &str) -> String {
    let mut sound = syllable.replace('\u{fc}', "v");
    for (from, to) in [("zh", "z"), ("ch", "c"), ("sh", "s")] {
        if let Some(rest) = sound.strip_prefix(from) {
            sound = format!("{to}{rest}");
        }
    }
    for end in ["ang", "eng", "ing"] {
        if sound.ends_with(end) {
            sound.truncate(sound.len() - 1);
        }
    }
    sound
}

/// The ways in which a Han text may be typed in pinyin, tones and spaces left out; empty if it has
/// other characters than Han, letters and digits.
pub fn spelled(han: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for c in han.chars() {
        let mut readings: Vec<&str> = Vec::new();
        if super::text::is_han(c) {
            let usual = syllable(c);
            readings.push(usual);
            if let Some(multi) = c.to_pinyin_multi() {
                readings.extend(multi.into_iter().map(|sound| sound.plain()));
            }
            readings.retain(|sound| !sound.is_empty());
            let mut seen: Vec<&str> = Vec::new();
            readings.retain(|sound| {
                let new = !seen.contains(sound);
                seen.push(sound);
                new
            });
        }
        let own = c.to_string();
        if readings.is_empty() {
            readings.push(&own);
        }
        let most = (MOST_READINGS / all.len()).max(1);
        let ahead = std::mem::take(&mut all);
        for reading in readings.iter().take(most) {
            all.extend(
                ahead
                    .iter()
                    .map(|before| format!("{before}{}", reading.replace('\u{fc}', "v"))),
            );
        }
    }
    all
}

/// The first letters of a Han text's syllables: `gbjd`.
pub fn initials(han: &str) -> String {
    han.chars()
        .filter_map(|c| syllable(c).chars().next().or(Some(c)))
        .collect()
}

/// What is left of an English word's sound without its vowels, for spelling mistakes by ear.
pub fn skeleton(word: &str) -> String {
    let mut out = String::new();
    let word = word.replace("ph", "f").replace("ck", "k");
    let mut letters = word.chars().enumerate().peekable();
    while let Some((at, c)) = letters.next() {
        let soft = letters
            .peek()
            .is_some_and(|(_, next)| matches!(next, 'e' | 'i' | 'y'));
        let c = match c {
            'c' if soft => 's',
            'c' | 'q' => 'k',
            'z' => 's',
            'a' | 'e' | 'i' | 'o' | 'u' | 'w' | 'h' | 'y' if at > 0 => continue,
            other => other,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}
