//! A name in all the ways of writing it: shorter, in other words, by its sound.

use super::super::language::Role;
use super::super::sound;
use super::super::text::{Kind, Token, is_han, plain};
use super::build::{LONGEST, PARTS, bag, sound_keys, wild_key};
use super::{Degree, Found, Graded, How, Index, Key, Meaning, degrees, is_word, named, seed};

/// "Me" is a word before it is the first letters of a name.
pub fn words_first(found: &mut Vec<Found>) {
    let is_word =
        |found: &Found| matches!(found.meaning, Meaning::Role(_)) && found.how == How::Exact;
    if found.iter().any(is_word) {
        found.retain(|found| found.how != How::Initials);
    }
}

fn is_one_han(word: &str) -> bool {
    word.chars().all(is_han) && word.chars().count() == 1
}

/// Syllables from each of which on a name is found by its sound.
const SOUNDS: usize = 3;

impl Index {
    /// A number and one character more, which are no slip of a word.
    pub fn is_number_with_one(&self, phrase: &[Token]) -> bool {
        let digit = |token: &Token| self.words.digits.contains_key(&token.form);
        phrase.len() == 2 && phrase.iter().any(digit)
    }

    /// Whether a group has one answer.
    pub fn is_single(&self, group: u32) -> bool {
        let group = self.menu.groups.get(group as usize);
        group.is_some_and(|group| group.max == Some(1))
    }

    /// "Large 500 ml" is called "large" and "500 ml" too, and "large" in other words for it.
    pub(super) fn halves(&self, name: &str) -> Vec<String> {
        let mut parts = Vec::new();
        let cut = name
            .char_indices()
            .find(|(_, c)| c.is_ascii_digit())
            .map(|(at, _)| at)
            .filter(|at| *at > 0);
        // Of "M8" the 8 alone is a number.
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let cut = cut.and_then(|at| name.split_at_checked(at));
        if let Some((before, after)) = cut.filter(|(_, after)| !is_number(after)) {
            parts.push(before.trim().to_owned());
            parts.push(after.to_owned());
        }
        if let Some((before, after)) = name.split_once([',', '\u{ff0c}']) {
            parts.push(before.trim().to_owned());
            parts.push(after.trim().to_owned());
        }
        let first = plain(parts.first().map_or(name, String::as_str).trim());
        for size in &self.words.sizes {
            if !self.is_size(&first, size) {
                continue;
            }
            for word in size {
                if is_one_han(word) {
                    let counters = self.words.phrases.get(&Role::Counter).into_iter().flatten();
                    parts.extend(
                        counters
                            .filter(|c| c.chars().count() == 1 && c.chars().all(is_han))
                            .map(|c| format!("{word}{c}")),
                    );
                } else {
                    parts.push(word.clone());
                }
            }
        }
        parts.extend(self.of_kind(name));
        parts.extend(self.in_characters(name));
        parts.retain(|part| !part.is_empty() && part != name);
        parts
    }

    /// "10斤装" with its number, up to 99, in the characters for it: 十斤装.
    pub(super) fn in_characters(&self, name: &str) -> Vec<String> {
        let is_digit = |c: char| c.is_ascii_digit();
        let Some(from) = name.find(is_digit) else {
            return Vec::new();
        };
        let (before, rest) = name.split_at(from);
        let end = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let number = number.parse().ok().filter(|n| (1..=99).contains(n));
        let Some(number) = number.filter(|_| after.starts_with(is_han)) else {
            return Vec::new();
        };
        let written = self.written(number).into_iter();
        written.map(|n| format!("{before}{n}{after}")).collect()
    }

    /// The ways of writing a number up to 99 in characters.
    fn written(&self, number: i64) -> Vec<String> {
        let of = |value: i64| -> Vec<&str> {
            let all = self.words.digits.iter();
            let all = all.filter(|(_, is)| **is == value);
            all.map(|(word, _)| word.as_str()).collect()
        };
        let (tens, ones) = (number / 10, number % 10);
        let ahead = match tens {
            0 => vec![String::new()],
            1 => of(10).into_iter().map(str::to_owned).collect(),
            _ => {
                let ten = of(10);
                let each = of(tens).into_iter();
                each.flat_map(|n| ten.iter().map(move |ten| format!("{n}{ten}")))
                    .collect()
            }
        };
        match ones {
            0 => ahead,
            _ => {
                let ones = of(ones);
                let all = ahead.iter();
                all.flat_map(|ahead| ones.iter().map(move |one| format!("{ahead}{one}")))
                    .collect()
            }
        }
    }

    /// 黑色 is called 黑的 too: without the word for its kind, with one that stands for the thing.
    fn of_kind(&self, name: &str) -> Vec<String> {
        let kinds = self.words.kinds.iter();
        let rests = kinds.filter_map(|kind| name.strip_suffix(kind.as_str()));
        let things = self.words.phrases.get(&Role::Pronoun);
        let things = things.into_iter().flatten().filter(|word| is_one_han(word));
        let things: Vec<&String> = things.collect();
        rests
            .filter(|rest| is_one_han(rest))
            .flat_map(|rest| things.iter().map(move |thing| format!("{rest}{thing}")))
            .collect()
    }

    /// Whether a name is one of the words for a size, or such a word and a word for counting.
    fn is_size(&self, name: &str, size: &[String]) -> bool {
        size.iter().any(|word| {
            let han = word.chars().all(is_han);
            let rest = name.strip_prefix(word.as_str());
            rest.is_some_and(|rest| {
                rest.is_empty() || han && self.is(&named(rest, &self.canon), Role::Counter)
            })
        })
    }

    /// "Large" in one character, which is a size only after a number: 两大一小.
    pub(super) fn size(&mut self, name: &str, meaning: Meaning) {
        let name = plain(name);
        let fitting = self
            .words
            .sizes
            .iter()
            .filter(|size| self.is_size(&name, size));
        let words = fitting.flatten().filter(|word| is_one_han(word));
        let keys: Vec<u64> = words
            .map(|word| Key::new(seed::SIZE).and(word).end())
            .collect();
        for key in keys {
            self.table.add(key, Found::new(meaning, How::Exact));
        }
    }

    /// The sizes that one character means after a number.
    pub fn sizes(&self, token: &Token) -> impl Iterator<Item = Found> {
        let key = Key::new(seed::SIZE).and(&token.form);
        self.table.get(key.end())
    }

    /// A name of something that is sold, in all ways of writing it. Gives its tokens.
    pub(super) fn name(&mut self, name: &str, meaning: Meaning, alias: bool) -> Vec<Token> {
        let whole = self.name_as_is(name, meaning, alias);
        if let Meaning::Item(item) = meaning {
            self.finder.add(item, &whole);
            self.finder.add_sound(item, &whole, SOUNDS);
        }
        for other in self.other_names(name, &whole) {
            let other = self.name_as_is(&other, meaning, true);
            self.across.note(&other, meaning);
        }
        self.across.note(&whole, meaning);
        whole
    }

    /// A name with one of its words said otherwise.
    fn other_names(&self, name: &str, tokens: &[Token]) -> Vec<String> {
        let first = tokens
            .iter()
            .filter_map(|token| self.others.get(&token.form));
        let mut classes: Vec<(usize, usize)> = first.flatten().copied().collect();
        if classes.is_empty() {
            return Vec::new();
        }
        let name = format!(" {} ", plain(name));
        classes.sort_unstable();
        classes.dedup();
        let mut out = Vec::new();
        let mut done = None;
        for (at, nth) in classes {
            let Some(class) = self.words.same.get(at).filter(|_| done != Some(at)) else {
                continue;
            };
            let Some(word) = class.get(nth) else {
                continue;
            };
            let han = word.chars().all(is_han);
            let (find, wrap) = if han {
                (word.clone(), "")
            } else {
                (format!(" {word} "), " ")
            };
            // A single character may be part of any word: only where it is the whole name.
            if han && word.chars().count() == 1 && name.trim() != word.as_str()
                || !name.contains(&find)
            {
                continue;
            }
            done = Some(at);
            let others = class.iter().filter(|other| *other != word);
            out.extend(others.map(|other| name.replace(&find, &format!("{wrap}{other}{wrap}"))));
        }
        out
    }

    /// Gives the name's tokens.
    pub(super) fn name_as_is(&mut self, name: &str, meaning: Meaning, alias: bool) -> Vec<Token> {
        let whole = named(name, &self.canon);
        self.form(&whole, meaning, alias);
        if let Some((before, _)) = name.split_once(PARTS) {
            let part = named(before, &self.canon);
            if !part.is_empty() && part.len() < whole.len() {
                self.form(&part, meaning, true);
            }
        }
        whole
    }

    pub(super) fn form(&mut self, tokens: &[Token], meaning: Meaning, alias: bool) {
        let found = |how: How| Found {
            meaning,
            how,
            alias,
        };
        self.exact_as(tokens, found(How::Exact));
        if tokens.len() <= LONGEST {
            let key = Key::of(seed::VERBATIM, tokens.iter().map(Token::raw));
            self.table.add(key.end(), found(How::Verbatim));
        }
        self.near.word(tokens, Some(meaning));
        let content: Vec<&Token> = tokens
            .iter()
            .filter(|token| !self.is_small(token))
            .collect();
        if content.len() >= 2 && content.iter().all(|token| is_word(token)) {
            let key = bag(content.iter().map(|token| token.form.as_str()));
            self.table.add(key, found(How::Bag));
        }
        if tokens.iter().any(|token| token.kind == Kind::Han) {
            self.sounds(tokens, found);
        }
    }

    pub(super) fn sounds(&mut self, tokens: &[Token], found: impl Fn(How) -> Found) {
        self.has_han = true;
        let han: String = tokens.iter().map(|token| token.form.as_str()).collect();
        if tokens.len() > LONGEST {
            return;
        }
        for spelled in sound::spelled(&han) {
            if spelled.len() >= 2 {
                let key = Key::new(seed::EXACT).and(&spelled).end();
                self.table.add(key, found(How::Pinyin));
            }
        }
        if tokens.len() >= 2 {
            let key = Key::new(seed::EXACT).and(&sound::initials(&han)).end();
            self.table.add(key, found(How::Initials));
        }
        if tokens.len() < 2 || tokens.iter().any(|token| token.kind != Kind::Han) {
            return;
        }
        let (sounds, blurred) = sound_keys(tokens);
        self.table.add(sounds, found(How::Sound));
        self.table.add(blurred, found(How::Blurred));
        if tokens.len() >= 3 {
            for at in 0..tokens.len() {
                if !self.says_nothing_without(tokens, at) {
                    self.table.add(wild_key(tokens, at), found(How::Wild));
                }
            }
        }
    }

    /// "别放辣" without its last character is "don't put", which may be said of anything.
    fn says_nothing_without(&self, tokens: &[Token], at: usize) -> bool {
        let rest = match (tokens.split_first(), tokens.split_last()) {
            (Some((_, rest)), _) if at == 0 => rest,
            (_, Some((_, rest))) if at == rest.len() => rest,
            _ => return false,
        };
        self.is_of_language(rest)
    }

    /// "Less ice" makes ice a thing that comes in degrees.
    pub(super) fn degree(&mut self, name: &str, group: u32, choice: u32) {
        let tokens = named(name, &self.canon);
        let words = std::mem::take(&mut self.words);
        // The longest beginning counts: "not at all" before "not".
        let mut longest: Option<(usize, Degree)> = None;
        for (degree, begins) in degrees(&words.degrees) {
            for begin in begins {
                let begin = named(begin, &self.canon);
                let fits = tokens.len() > begin.len()
                    && tokens.iter().zip(&begin).all(|(a, b)| a.form == b.form);
                if fits && longest.is_none_or(|(length, _)| begin.len() > length) {
                    longest = Some((begin.len(), degree));
                }
            }
        }
        if let Some((length, degree)) = longest {
            let thing = tokens.get(length..).unwrap_or_default();
            if !self.is_word_of_language(thing) {
                self.thing(thing, (degree, group, choice));
            }
        }
        self.words = words;
    }

    pub(super) fn is_word_of_language(&self, tokens: &[Token]) -> bool {
        [Role::Counter, Role::Noise, Role::Pronoun]
            .iter()
            .any(|role| self.is(tokens, *role))
    }

    pub(super) fn thing(&mut self, tokens: &[Token], choice: (Degree, u32, u32)) {
        let key = tokens
            .iter()
            .fold(Key::new(seed::GRADED), |key, token| key.and(&token.form))
            .end();
        let at = *self.things.entry(key).or_insert_with(|| {
            self.graded.push(Graded::default());
            self.graded.len() as u32 - 1
        });
        if let Some(graded) = self.graded.get_mut(at as usize) {
            graded.choices.push(choice);
        }
    }
}
