//! Finds names, or sentences, by a few words: as they are typed, begun, misspelt, by their sound, in
//! pinyin.
//!
//! The same way for what is sold and for questions. It says what has to do with the words; how well
//! it fits is for others to say. What a search costs depends on how much it finds and never on
//! how much there is.

mod terms;

use std::borrow::Cow;
use std::collections::HashMap;

use super::index::Spelling;
use super::sound;
use super::text::{Break, Canon, Kind, Token, stem, tokens};
use terms::Terms;

/// Tokens of somebody's words that are looked for: no name has more.
const MOST_TOKENS: usize = 64;

/// Letters that a word has at least to be taken for pinyin or for misspelt: "mi" is an English
/// word's beginning.
const LEAST_PINYIN: usize = 3;

/// Letters of an ending that a word may have beside one that is known, and that are left at least.
const LONGEST_ENDING: usize = 3;
const LEAST_ROOT: usize = 4;

/// Syllables that are kept of how a text sounds, from each of them on.
const LONGEST_SOUND: usize = 8;

/// Texts that words may lead to; those that more of them lead to are kept.
const MOST_TOUCHED: usize = 20_000;

/// How the last of the words is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// As it stands.
    Whole,
    /// As what may be the beginning of a word: somebody still types.
    Begun,
}

/// A part of somebody's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As it is looked for.
    pub term: String,
    /// The documents it leads to, in their order, each once.
    pub docs: Vec<u32>,
}

/// See the module.
#[derive(Default, Clone)]
pub struct Finder {
    words: Terms,
    /// Syllables without tones, and the first letters of all.
    sounds: Terms,
    docs: u32,
}

impl Finder {
    /// Takes up a text; several may be those of one document. All of them before [`Finder::close`].
    pub fn add(&mut self, doc: u32, text: &[Token]) {
        self.docs = self.docs.max(doc + 1);
        for term in terms(text) {
            self.words.add(&term, doc);
        }
        // Alone, a character is looked for in any word, and a word without its ending.
        let whole = text.iter().filter(|token| token.kind != Kind::Sign);
        for token in whole {
            if token.kind == Kind::Han || token.form != token.raw() {
                self.words.add(&token.form, doc);
            }
        }
    }

    /// Takes up how a text sounds, if it is Chinese, from each of its first `most` syllables on.
    pub fn add_sound(&mut self, doc: u32, text: &[Token], most: usize) {
        for run in text.chunk_by(|_, next| next.kind == Kind::Han) {
            let syllables: Vec<&str> = syllables(run);
            let mut sound = String::new();
            for from in 0..syllables.len().min(most) {
                sound.clear();
                sound.extend(syllables.iter().skip(from).take(LONGEST_SOUND).copied());
                self.sounds.add(&sound, doc);
            }
            let initials = initials(run);
            if initials.len() >= 2 {
                self.sounds.add(&initials, doc);
            }
        }
    }

    /// All texts were taken up.
    pub fn close(&mut self) {
        self.words.close();
        self.sounds.close();
    }

    /// Which documents each part of somebody's words leads to, in the order of the words. Parts are
    /// words, numbers and pairs of Chinese characters.
    pub fn parts(&self, words: &[Token], spelling: &Spelling, typed: Typed) -> Vec<Part> {
        let words = words
            .get(..words.len().min(MOST_TOKENS))
            .unwrap_or_default();
        let all = terms(words);
        let last = all.len().saturating_sub(1);
        let all = all.into_iter().enumerate();
        all.map(|(at, term)| {
            let typed = if at == last { typed } else { Typed::Whole };
            let docs = self.docs_of(&term, spelling, typed);
            let term = term.into_owned();
            Part { term, docs }
        })
        .collect()
    }

    /// The documents that have to do with these words, those first that more telling words lead to.
    pub fn find(&self, words: &[Token], spelling: &Spelling, typed: Typed) -> Vec<u32> {
        let mut parts = self.parts(words, spelling, typed);
        if words.len() > 1 && words.iter().all(|token| token.kind == Kind::Word) {
            // "ma po dou fu".
            let joined: String = words.iter().map(Token::raw).collect();
            let docs = self.by_sound(&joined);
            parts.push(Part { term: joined, docs });
        }
        // The rarest first: what they lead to is what is meant.
        parts.sort_by_key(|part| part.docs.len());
        let mut worth: HashMap<u32, u32> = HashMap::new();
        let docs = parts.iter().map(|part| &part.docs);
        for docs in docs.filter(|docs| !docs.is_empty()) {
            let telling = 1 + (self.docs / docs.len() as u32).checked_ilog2().unwrap_or(0);
            let is_room = worth.is_empty() || worth.len() + docs.len() <= MOST_TOUCHED;
            for doc in docs {
                match worth.get_mut(doc) {
                    Some(worth) => *worth += telling,
                    None if is_room => drop(worth.insert(*doc, telling)),
                    None => {}
                }
            }
        }
        let mut found: Vec<(u32, u32)> = worth.into_iter().collect();
        found.sort_unstable_by_key(|(doc, worth)| (std::cmp::Reverse(*worth), *doc));
        found.into_iter().map(|(doc, _)| doc).collect()
    }

    fn docs_of(&self, term: &str, spelling: &Spelling, typed: Typed) -> Vec<u32> {
        let is_word = term.is_ascii();
        let exact = self.words.exact(term);
        let mut docs = few(exact.unwrap_or_default());
        if is_word {
            docs.extend(few(self.words.exact(&stem(term)).unwrap_or_default()));
        }
        if typed == Typed::Begun {
            docs.extend(few(self.words.begun(term)));
        }
        if exact.is_none() {
            docs.extend(self.by_sound(term));
        }
        if docs.is_empty() && is_word {
            docs = self.nearly(term, spelling);
        }
        docs.sort_unstable();
        docs.dedup();
        docs
    }

    /// What a word leads to that is misspelt, has another ending, or is pinyin with a slip in its
    /// second half.
    fn nearly(&self, term: &str, spelling: &Spelling) -> Vec<u32> {
        let near = spelling.near(&stem(term)).into_iter();
        let near = near.filter(|_| term.len() >= LEAST_PINYIN);
        let near = near.filter_map(|(word, _)| self.words.exact(word));
        let docs: Vec<u32> = near.flat_map(few).collect();
        if !docs.is_empty() {
            return docs;
        }
        // "Opening" is of "open".
        let roots = (1..=LONGEST_ENDING).filter_map(|end| term.get(..term.len().checked_sub(end)?));
        let roots = roots.filter(|root| root.len() >= LEAST_ROOT);
        let docs: Vec<u32> = roots
            .filter_map(|root| self.words.exact(root))
            .flat_map(few)
            .collect();
        if !docs.is_empty() || term.len() <= 2 * LEAST_PINYIN {
            return docs;
        }
        few(self
            .sounds
            .begun(term.get(..term.len() / 2).unwrap_or(term)))
    }

    /// What sounds like a pair of characters, or like what is typed as pinyin.
    fn by_sound(&self, term: &str) -> Vec<u32> {
        let spelled: String = match term.is_ascii() {
            true => term.to_owned(),
            false => term.chars().map(sound::syllable).collect(),
        };
        match spelled.len() < LEAST_PINYIN {
            true => few(self.sounds.exact(&spelled).unwrap_or_default()),
            false => few(self.sounds.begun(&spelled)),
        }
    }
}

/// No more of them than are looked at.
fn few(docs: &[u32]) -> Vec<u32> {
    docs.iter().take(MOST_TOUCHED).copied().collect()
}

/// What somebody's words are compared as: lower case, without marks, single spaces.
pub fn folded(text: &[Token]) -> String {
    let mut out = String::new();
    let mut last = None;
    for token in text.iter().filter(|token| token.kind != Kind::Sign) {
        let is_han = token.kind == Kind::Han;
        if last.is_some_and(|last| !(is_han && last)) && token.gap > Break::None {
            out.push(' ');
        }
        out.push_str(token.raw());
        last = Some(is_han);
    }
    out
}

/// Words in tokens, as all of this reads them.
pub fn read(text: &str) -> Vec<Token> {
    tokens(text, &Canon::default())
}

/// Words and numbers; Chinese characters in pairs, alone where they stand alone.
fn terms(text: &[Token]) -> Vec<Cow<'_, str>> {
    let mut out = Vec::with_capacity(text.len());
    for (at, token) in text.iter().enumerate() {
        let is_han = |token: &&Token| token.kind == Kind::Han && token.gap == Break::None;
        match token.kind {
            Kind::Sign => {}
            Kind::Word | Kind::Number => out.push(Cow::Borrowed(token.raw())),
            Kind::Han => {
                let before = at.checked_sub(1).and_then(|at| text.get(at));
                let follows = is_han(&token) && before.is_some_and(|b| b.kind == Kind::Han);
                match text.get(at + 1).filter(is_han) {
                    Some(next) => out.push(Cow::Owned([token.form.as_str(), &next.form].concat())),
                    None if !follows => out.push(Cow::Borrowed(&token.form)),
                    None => {}
                }
            }
        }
    }
    out
}

fn syllables(run: &[Token]) -> Vec<&'static str> {
    let chars = run.iter().filter(|token| token.kind == Kind::Han);
    let chars = chars.flat_map(|token| token.form.chars());
    chars
        .map(sound::syllable)
        .filter(|s| !s.is_empty())
        .collect()
}

/// How a text sounds, written in one; empty if it has no Chinese.
pub fn spelled(text: &[Token]) -> String {
    syllables(text).concat()
}

/// The first letters of how a text sounds.
pub fn initials(text: &[Token]) -> String {
    syllables(text)
        .iter()
        .filter_map(|s| s.chars().next())
        .collect()
}
