//! Text to tokens: one form for what people write in many ways.
//!
//! Width, case, accents, traditional characters, apostrophes and plural endings go; each Han
//! character is a token, each run of letters, each number. Every token remembers where it stood,
//! so that what was understood can be quoted. Must never fail or grow beyond its input's order.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters that are looked at; Telegram's longest message has as many.
pub const MAX_CHARS: usize = 4096;

/// Tokens that are looked at: a list of 200 lines has fewer.
pub const MAX_TOKENS: usize = 1600;

/// What parts a token from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Break {
    /// They touch, or only a hyphen or an apostrophe is between them.
    #[default]
    None,
    /// Space.
    Space,
    /// An enumeration comma or a slash: the list goes on.
    List,
    /// A comma, a colon, a dash, a closing bracket.
    Comma,
    /// A bracket opens.
    Bracket,
    /// The end of a line or a sentence.
    Strong,
    /// The end of a question.
    Asked,
    /// The end of a heading: a colon and a new line.
    Heading,
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// One Han character.
    Han,
    /// Digits, with a decimal point perhaps.
    Number,
    /// A sign that may matter: `%`, `+`, `&`, `*`, `#`, `-` before a digit.
    Sign,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its form for comparing.
    pub form: String,
    /// As written, but for case and accents; empty if that is the form.
    pub raw: String,
    /// What it is made of.
    pub kind: Kind,
    /// Where it stood: bytes of the text.
    pub at: Range<usize>,
    /// What parts it from the one before.
    pub gap: Break,
}

/// Words that are written in several ways and are one token: `three` is `3`, `kilos` is `kg`.
#[derive(Debug, Clone, Default)]
pub struct Canon {
    words: HashMap<String, String>,
    stems: HashMap<String, String>,
    short: HashSet<String>,
}

impl Canon {
    /// Just `word` will be read as `form`.
    pub fn exactly(&mut self, word: &str, form: &str) {
        self.words.insert(plain(word), form.to_owned());
    }

    /// A full stop after `word` ends no sentence: it only says that the word is written short.
    pub fn short(&mut self, word: &str) {
        self.short.insert(plain(word));
    }

    /// `word` and its plural will be read as `form`.
    pub fn insert(&mut self, word: &str, form: &str) {
        self.stems.insert(stem(&plain(word)), form.to_owned());
    }

    fn of(&self, word: &str) -> String {
        if let Some(form) = self.words.get(word) {
            return form.clone();
        }
        let stem = stem(word);
        match self.stems.is_empty() {
            true => stem,
            false => self.stems.get(&stem).cloned().unwrap_or(stem),
        }
    }
}

impl Token {
    /// As written, but for case and accents.
    pub fn raw(&self) -> &str {
        if self.raw.is_empty() {
            &self.form
        } else {
            &self.raw
        }
    }
}

/// A text in tokens.
pub fn tokens(text: &str, canon: &Canon) -> Vec<Token> {
    let mut reader = Reader {
        canon,
        out: Vec::with_capacity(text.len().min(4096) / 3 + 1),
        gap: Break::Strong,
        word: String::new(),
        from: 0,
        to: 0,
        kind: Kind::Word,
    };
    for (at, c) in text.char_indices().take(MAX_CHARS) {
        if reader.out.len() >= MAX_TOKENS {
            break;
        }
        reader.char(at, c, text.get(at + c.len_utf8()..).unwrap_or(""));
    }
    reader.flush();
    without_tones(reader.out)
}

struct Reader<'a> {
    canon: &'a Canon,
    out: Vec<Token>,
    gap: Break,
    word: String,
    from: usize,
    to: usize,
    kind: Kind,
}

impl Reader<'_> {
    fn char(&mut self, at: usize, c: char, rest: &str) {
        let end = at + c.len_utf8();
        if c.is_ascii() || ('\u{4e00}'..='\u{9fff}').contains(&c) {
            return self.folded(at, end, c, rest);
        }
        // One character may become several: "㎏" is "kg".
        for folded in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
            self.folded(at, end, folded, rest);
        }
    }

    fn folded(&mut self, at: usize, end: usize, c: char, rest: &str) {
        let next = rest.chars().next();
        match c {
            '0'..='9' => self.push(Kind::Number, at, end, c),
            '.' | '\u{ff0e}' if self.in_number() && next.is_some_and(is_digit) => {
                self.push(Kind::Number, at, end, '.');
            }
            ',' if self.in_number() && is_thousands(rest) => self.to = end,
            '\'' | '\u{2019}' | '\u{2018}' | '`' => self.to = end.max(self.to),
            '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' => {
                self.hyphen(at, end, next)
            }
            // "w/o" is one word.
            '/' if self.word == "w" => {
                self.flush();
            }
            ':' | '\u{ff1a}' if rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n') => {
                self.flush();
                self.gap = self.gap.max(Break::Heading);
            }
            _ if is_han(c) => {
                self.flush();
                self.push(Kind::Han, at, end, simplified(c));
                self.flush();
            }
            _ if c.is_alphabetic() => {
                for lower in c.to_lowercase() {
                    self.push(Kind::Word, at, end, lower);
                }
            }
            '%' | '+' | '&' | '*' | '#' | '\u{d7}' => {
                self.flush();
                self.push(Kind::Sign, at, end, if c == '\u{d7}' { '*' } else { c });
                self.flush();
            }
            '.' if self.kind == Kind::Word && self.canon.short.contains(&self.word) => {
                self.flush();
                self.gap = self.gap.max(Break::Space);
            }
            _ => {
                self.flush();
                self.gap = self.gap.max(part(c));
            }
        }
    }

    fn in_number(&self) -> bool {
        self.kind == Kind::Number && !self.word.is_empty()
    }

    /// Within a word it is nothing; before a number, with nothing before it, it is a minus.
    fn hyphen(&mut self, at: usize, end: usize, next: Option<char>) {
        let touches = !self.word.is_empty();
        self.flush();
        let number = next.is_some_and(|c| c.is_ascii_digit());
        if !touches && number && self.gap >= Break::Space {
            self.push(Kind::Sign, at, end, '-');
            self.flush();
        } else if !touches || next.is_none_or(|c| !c.is_alphanumeric()) {
            let spaced = self.gap >= Break::Space || next.is_some_and(char::is_whitespace);
            self.gap = self
                .gap
                .max(if spaced { Break::Comma } else { Break::Space });
        }
    }

    fn push(&mut self, kind: Kind, at: usize, end: usize, c: char) {
        if self.kind != kind {
            self.flush();
        }
        if self.word.is_empty() {
            self.from = at;
            self.kind = kind;
        }
        // Nobody writes a word of hundreds of letters; comparing costs its length.
        if self.word.len() < 48 {
            self.word.push(c);
        }
        self.to = end;
    }

    fn flush(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = self.word.as_str();
        let form = match self.kind {
            Kind::Word => self.canon.of(word),
            Kind::Number => number(word),
            Kind::Han | Kind::Sign => word.to_owned(),
        };
        let raw = match word == form {
            true => String::new(),
            false => word.to_owned(),
        };
        self.word.clear();
        self.out.push(Token {
            form,
            raw,
            kind: self.kind,
            at: self.from..self.to,
            gap: std::mem::take(&mut self.gap),
        });
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c)
}

/// Whether just three digits follow: a comma before them parts thousands.
fn is_thousands(rest: &str) -> bool {
    let digits = rest.chars().take(4).take_while(|c| is_digit(*c)).count();
    digits == 3
}

fn number(digits: &str) -> String {
    let trimmed = digits.trim_end_matches('.').trim_start_matches('0');
    match trimmed {
        "" => "0".to_owned(),
        _ if trimmed.starts_with('.') => format!("0{trimmed}"),
        _ => trimmed.to_owned(),
    }
}

fn part(c: char) -> Break {
    match c {
        '\n' | '\r' | '.' | '!' | ';' | '\u{3002}' | '\u{ff01}' | '\u{ff1b}' | '\u{2026}' => {
            Break::Strong
        }
        '?' | '\u{ff1f}' => Break::Asked,
        '\u{3001}' | '/' | '|' => Break::List,
        '(' | '[' | '\u{ff08}' | '\u{3010}' => Break::Bracket,
        ',' | ':' | ')' | ']' | '~' | '\u{ff0c}' | '\u{ff1a}' | '\u{ff09}' | '\u{2014}'
        | '\u{3011}' | '\u{2022}' | '\u{b7}' => Break::Comma,
        _ => Break::Space,
    }
}

/// Lower case without accents: what a word of a list is compared as.
pub fn plain(word: &str) -> String {
    if word.is_ascii() {
        let mut word = word.to_ascii_lowercase();
        word.retain(|c| c != '\'');
        return word;
    }
    word.nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '\u{2019}'))
        .flat_map(char::to_lowercase)
        .map(simplified)
        .collect()
}

/// True for the characters of Chinese.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{3007}')
}

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

static SIMPLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) else {
        return all;
    };
    // Apart from each other, so that no two are taken for a word.
    let apart: String = all.iter().flat_map(|c| [*c, '\n']).collect();
    let simple: Vec<char> = converter
        .convert(&apart)
        .chars()
        .filter(|c| *c != '\n')
        .collect();
    if simple.len() == all.len() {
        simple
    } else {
        all
    }
});

/// The simplified form of a character; others stay as they are.
pub fn simplified(c: char) -> char {
    let at = (c as u32).wrapping_sub(FIRST) as usize;
    if c < '\u{4e00}' {
        c
    } else {
        SIMPLE.get(at).copied().unwrap_or(c)
    }
}

/// A word without its plural ending, by rules that hold for menus; both sides are stemmed alike, so
/// that a wrong stem does no harm unless two words meet in it.
pub fn stem(word: &str) -> String {
    let n = word.len();
    if n < 4 || !word.is_ascii() {
        return word.to_owned();
    }
    let cut = |by: usize| word.get(..n - by).unwrap_or(word).to_owned();
    if word.ends_with("ies") || word.ends_with("ie") && n > 4 {
        return cut(if word.ends_with('s') { 3 } else { 2 }) + "y";
    }
    let hissing = ["sses", "xes", "ches", "shes", "zzes", "oes"];
    if hissing.iter().any(|end| word.ends_with(end)) {
        return cut(2);
    }
    let keeps = ["ss", "us", "is"];
    if word.ends_with('s') && !keeps.iter().any(|end| word.ends_with(end)) {
        return cut(1);
    }
    word.to_owned()
}

/// `gong1 bao3` is `gong bao`: numbers after syllables are tones where several follow each other.
fn without_tones(tokens: Vec<Token>) -> Vec<Token> {
    let tone = |at: usize| {
        let (word, digit) = (tokens.get(at)?, tokens.get(at + 1)?);
        let fits = word.kind == Kind::Word
            && word.form.len() <= 6
            && digit.gap == Break::None
            && matches!(digit.form.as_str(), "1" | "2" | "3" | "4");
        fits.then_some(())
    };
    let is_tone = |at: usize| {
        at > 0
            && tone(at - 1).is_some()
            && ((at >= 3 && tone(at - 3).is_some()) || tone(at + 1).is_some())
    };
    let toned: Vec<usize> = (0..tokens.len()).filter(|at| is_tone(*at)).collect();
    if toned.is_empty() {
        return tokens;
    }
    let kept = tokens.into_iter().enumerate();
    kept.filter(|(at, _)| toned.binary_search(at).is_err())
        .map(|(_, token)| token)
        .collect()
}
