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

static BLURRED: LazyLock<Vec<String>> =
    LazyLock::new(|| SYLLABLES.iter().map(|sound| blur(sound)).collect());

/// The syllable of a Han character in which those that many people confuse are one: `zh` and `z`,
/// `ing` and `in`; empty if unknown.
pub fn blurred(c: char) -> &'static str {
    let at = (c as u32).wrapping_sub(FIRST) as usize;
    BLURRED.get(at).map_or("", String::as_str)
}

fn blur(syllable: &str) -> String {
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
    let mut all = vec![String::with_capacity(2 * han.len())];
    let mut readings: Vec<&str> = Vec::new();
    for c in han.chars() {
        readings.clear();
        if super::text::is_han(c) {
            read(c, &mut readings);
        }
        let Some(usual) = readings.first() else {
            all.iter_mut().for_each(|before| before.push(c));
            continue;
        };
        let ahead = all.len();
        let others = readings.iter().take(MOST_READINGS / ahead).skip(1);
        for reading in others {
            for at in 0..ahead {
                let mut other = all.get(at).cloned().unwrap_or_default();
                add_typed(&mut other, reading);
                all.push(other);
            }
        }
        for before in all.iter_mut().take(ahead) {
            add_typed(before, usual);
        }
    }
    all
}

/// The syllables of a Han character, the usual one first.
fn read(c: char, readings: &mut Vec<&str>) {
    let multi = c.to_pinyin_multi().into_iter().flatten();
    let others = multi.map(|sound| sound.plain());
    for sound in std::iter::once(syllable(c)).chain(others) {
        if !sound.is_empty() && !readings.contains(&sound) {
            readings.push(sound);
        }
    }
}

/// A syllable as keyboards have it: `nv` for `n\u{fc}`.
fn add_typed(text: &mut String, syllable: &str) {
    match syllable.split_once('\u{fc}') {
        None => text.push_str(syllable),
        Some((before, after)) => text.extend([before, "v", after]),
    }
}

/// The first letters of a Han text's syllables: `gbjd`.
pub fn initials(han: &str) -> String {
    han.chars()
        .filter_map(|c| syllable(c).chars().next().or(Some(c)))
        .collect()
}

/// What is left of an English word's sound without its vowels, for spelling mistakes by ear.
pub fn skeleton(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        let c = match (c, letters.peek()) {
            ('p', Some('h')) => letters.next().map_or(c, |_| 'f'),
            ('c', Some('k')) => letters.next().map_or(c, |_| 'k'),
            ('c', Some('e' | 'i' | 'y')) => 's',
            ('c' | 'q', _) => 'k',
            ('z', _) => 's',
            // "Dough", "light", not "spaghetti".
            ('g', Some('h')) if !out.is_empty() => {
                let after = letters.clone().nth(1);
                match after.is_some_and(|c| "aeiou".contains(c)) {
                    true => c,
                    false => continue,
                }
            }
            ('a' | 'e' | 'i' | 'o' | 'u' | 'w' | 'h' | 'y', _) if !out.is_empty() => continue,
            (other, _) => other,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_sounds_like_its_consonants() {
        for (word, sound) in [
            ("phosphor", "fsfr"),
            ("quick", "k"),
            ("cracker", "krkr"),
            ("ceylon", "sln"),
            ("pizza", "ps"),
            ("dough", "d"),
            ("spaghetti", "spgt"),
            ("oyster", "ostr"),
            ("aioli", "al"),
            ("", ""),
        ] {
            assert_eq!(skeleton(word), sound, "{word}");
        }
    }

    #[test]
    fn a_name_is_typed_in_each_of_its_readings_the_usual_one_first() {
        assert_eq!(spelled("\u{7eff}\u{8336}"), ["lvcha", "lucha"]);
        assert_eq!(spelled("7\u{7c73}"), ["7mi"]);
        assert_eq!(spelled("\u{897f}\u{8336}"), ["xicha"]);
        let many = "\u{884c}".repeat(9);
        assert!((2..=MOST_READINGS).contains(&spelled(&many).len()));
    }

    #[test]
    fn what_people_confuse_sounds_the_same_when_blurred() {
        for (a, b) in [('\u{8bd7}', '\u{65af}'), ('\u{660e}', '\u{6c11}')] {
            assert_ne!(syllable(a), syllable(b));
            assert_eq!(blurred(a), blurred(b));
        }
        assert_eq!(blurred('x'), "");
    }
}
