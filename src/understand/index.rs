//! All that can be said of a menu, by its words: exact, in another order, by sound, nearly.
//!
//! One table of hashed keys leads to meanings, so that a look-up costs the same for a menu of ten
//! and of a hundred thousand items. What is found nearly says how near. Must never decide what was
//! meant: that takes the whole sentence.

mod across;
mod build;
mod contents;
mod known;
mod names;
mod near;
mod search;
mod spelling;
mod table;

pub use names::words_first;

use std::collections::HashMap;

use super::amount::Amount;
use super::find::Finder;
use super::language::{Degrees, Dimension, Role, Words};
use super::menu::{Content, Menu};
use super::text::{Break, Canon, Kind, Token};

use across::Across;
pub use known::Known;
pub use spelling::Spelling;
pub(super) use table::AsIs;
use table::Table;

/// What a phrase may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// An item.
    Item(u32),
    /// A choice of a group.
    Choice(u32, u32),
    /// An item with an option, by its place in [`Index::forms`].
    Form(u32),
    /// The thing that choices of a group are degrees of: "ice" of "less ice", "no ice".
    Graded(u32),
    /// A kind of items.
    Category(u32),
    /// A group's own name.
    Group(u32),
    /// A unit of some items: a place in [`Index::units`].
    Unit(u32),
    /// A measure, by its place in [`Index::measures`].
    Measure(u32),
    /// A word of the language.
    Role(Role),
}

/// How a phrase led to a meaning, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// As written, to the letter.
    Verbatim,
    /// As written, but for endings and spellings.
    Exact,
    /// In pinyin.
    Pinyin,
    /// The same words in another order, or without small ones.
    Bag,
    /// It sounds the same.
    Sound,
    /// A spelling mistake.
    Typo,
    /// One character is another one.
    Wild,
    /// It nearly sounds the same.
    Blurred,
    /// The first letters of its syllables.
    Initials,
    /// A part of the name.
    Part,
}

impl How {
    /// How sure it is, in hundredths.
    pub fn score(self) -> u8 {
        match self {
            Self::Verbatim | Self::Exact => 100,
            Self::Pinyin => 95,
            Self::Bag => 92,
            Self::Sound => 88,
            Self::Typo => 84,
            Self::Wild => 78,
            Self::Blurred => 76,
            Self::Initials => 74,
            Self::Part => 66,
        }
    }
}

/// A meaning with how it was come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The meaning.
    pub meaning: Meaning,
    /// How it was come to.
    pub how: How,
    /// By another name than the usual one.
    pub alias: bool,
}

impl Found {
    /// By the usual name.
    pub fn new(meaning: Meaning, how: How) -> Self {
        Self {
            meaning,
            how,
            alias: false,
        }
    }
}

/// One of several degrees of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degree {
    /// None of it.
    None,
    /// Less than usual.
    Less,
    /// As usual.
    Usual,
    /// More than usual.
    More,
    /// Some of it besides.
    Added,
}

/// The choices that are degrees of one thing.
#[derive(Debug, Clone, Default)]
pub struct Graded {
    /// Degree, group and choice.
    pub choices: Vec<(Degree, u32, u32)>,
}

/// See the module.
#[derive(Clone)]
pub struct Index {
    /// The menu it is of.
    pub menu: Menu,
    /// How words are written.
    pub canon: Canon,
    /// Unit names: of each, the items and units that have it.
    pub units: Vec<Vec<(u32, u32)>>,
    /// Of unit names with a number before a word ("four-pack"), by their places: the number, and the
    /// place of the word where it is a unit's name too.
    pub counted_units: HashMap<u32, (Amount, Option<u32>)>,
    /// Measures: dimension and what one is, in thousandths of its base.
    pub measures: Vec<(Dimension, i64)>,
    /// Names that are an item and an option in one: item, group, choice.
    pub forms: Vec<(u32, u32, u32)>,
    /// Names of the commands in words.
    pub commands: Vec<String>,
    /// Things that come in degrees.
    pub graded: Vec<Graded>,
    /// What an item's unit holds, where its name says so.
    pub contents: HashMap<(u32, u32), Content>,
    /// Choices whose names say how much it is of the thing: group, choice.
    pub measured: Vec<(u32, u32, Content)>,
    /// The language's words.
    pub words: Words,
    table: Table<Found>,
    said: Table<u32>,
    /// Things that come in degrees, by their words: places in [`Index::graded`].
    things: HashMap<u64, u32>,
    near: near::Near,
    finder: Finder,
    /// Where words stand that can be said otherwise.
    others: HashMap<String, Vec<(usize, usize)>>,
    across: Across,
    /// Words of the languages in pinyin, for menus that have Chinese names.
    pinyin: Vec<(u64, Role)>,
    longest: usize,
    /// The longest name with a comma or the like in it.
    longest_broken: usize,
    has_han: bool,
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// A hash that grows with what is added, so that a phrase's costs one more word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key(u64);

impl Key {
    fn new(seed: u8) -> Self {
        Self(OFFSET ^ u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn and(self, form: &str) -> Self {
        let bytes = form.bytes();
        Self(bytes.fold(self.0, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(PRIME)
        }))
    }

    /// The key of a phrase.
    fn of<'a>(seed: u8, forms: impl Iterator<Item = &'a str>) -> Self {
        let mut before = "";
        forms.fold(Self::new(seed), |key, form| {
            key.then(std::mem::replace(&mut before, form), form)
        })
    }

    /// The same after another form: "two 4 packs" are no 24 packs.
    fn then(self, before: &str, form: &str) -> Self {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let runs_on = digit(before.chars().next_back()) && digit(form.chars().next());
        match runs_on {
            true => self.broken(Break::Space).and(form),
            false => self.and(form),
        }
    }

    /// A break within a name: "Labels, 500 pieces" is no "labels 500 pieces".
    fn broken(self, gap: Break) -> Self {
        Self((self.0 ^ (0x100 + gap as u64)).wrapping_mul(PRIME))
    }

    fn end(self) -> u64 {
        // FNV's low bits are weak; the table takes them as they are.
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }
}

/// Kinds of keys, so that they never meet.
mod seed {
    pub const EXACT: u8 = 1;
    pub const BAG: u8 = 2;
    pub const SOUND: u8 = 3;
    pub const BLURRED: u8 = 4;
    pub const WILD: u8 = 5;
    pub const GRADED: u8 = 6;
    pub const VERBATIM: u8 = 7;
    pub const COMMAND: u8 = 8;
    pub const SIZE: u8 = 9;
    pub const WHOLE: u8 = 10;
}

impl Index {
    /// The longest phrase, in tokens.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// Whether the menu has Chinese names.
    pub fn has_han(&self) -> bool {
        self.has_han
    }

    /// What the tokens mean as written, for every length from the first one on: calls `hit` with
    /// the number of tokens and each meaning.
    pub fn exact(&self, tokens: &[Token], mut hit: impl FnMut(usize, Found)) {
        let mut key = Key::new(seed::EXACT);
        let mut graded = Key::new(seed::GRADED);
        let mut verbatim = Key::new(seed::VERBATIM);
        let mut broken = false;
        let mut before = ("", "");
        for (at, token) in tokens.iter().take(self.longest).enumerate() {
            if at > 0 && token.gap > Break::Space {
                // "Labels, 500 pieces": only a name that has the same break goes on.
                if at >= self.longest_broken || token.gap > Break::Strong {
                    return;
                }
                broken = true;
                key = key.broken(token.gap);
            }
            let last = std::mem::replace(&mut before, (&token.form, token.raw()));
            key = key.then(last.0, &token.form);
            if broken {
                if at >= self.longest_broken {
                    return;
                }
                for found in self.table.get(key.end()) {
                    hit(at + 1, found);
                }
                continue;
            }
            graded = graded.and(&token.form);
            verbatim = verbatim.then(last.1, token.raw());
            for found in self.table.get(key.end()) {
                hit(at + 1, found);
            }
            for found in self.table.get(verbatim.end()) {
                hit(at + 1, found);
            }
            if let Some(thing) = self.things.get(&graded.end()) {
                hit(at + 1, Found::new(Meaning::Graded(*thing), How::Exact));
            }
        }
    }

    /// What just these words mean as written, or in another order.
    pub fn phrase(&self, forms: &[&str], mut hit: impl FnMut(Found)) {
        let key = Key::of(seed::EXACT, forms.iter().copied());
        self.table.get(key.end()).for_each(&mut hit);
        if forms.len() >= 2 {
            let key = build::bag(forms.iter().copied());
            self.table
                .get(key)
                .filter(|found| found.how == How::Bag)
                .for_each(&mut hit);
        }
    }

    /// The command of the shop that tokens say.
    pub fn command(&self, tokens: &[Token]) -> Option<&str> {
        let key = Key::of(seed::COMMAND, forms(tokens));
        let at = self.said.get(key.end()).next()?;
        self.commands.get(at as usize).map(String::as_str)
    }

    /// Whether the tokens are a phrase of the language with this part, as it is written.
    pub fn is(&self, tokens: &[Token], role: Role) -> bool {
        let key = Key::of(seed::EXACT, forms(tokens));
        self.table
            .get(key.end())
            .any(|found| found.meaning == Meaning::Role(role) && found.how != How::Pinyin)
    }

    /// Whether the tokens are a phrase of the language with any part.
    fn is_of_language(&self, tokens: &[Token]) -> bool {
        let key = Key::of(seed::EXACT, forms(tokens));
        let is_role = |found: Found| matches!(found.meaning, Meaning::Role(_));
        let mut found = self.table.get(key.end());
        found.any(|found| is_role(found) && found.how != How::Pinyin)
    }
}

/// The tokens of a name.
fn named(name: &str, canon: &Canon) -> Vec<Token> {
    super::text::tokens(name, canon)
}

/// The forms of tokens.
fn forms(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().map(|token| token.form.as_str())
}

fn is_word(token: &Token) -> bool {
    token.kind == Kind::Word
}

fn degrees(degrees: &Degrees) -> [(Degree, &[String]); 5] {
    [
        (Degree::None, &degrees.none),
        (Degree::Less, &degrees.less),
        (Degree::Usual, &degrees.usual),
        (Degree::Added, &degrees.added),
        (Degree::More, &degrees.more),
    ]
}
