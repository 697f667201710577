//! The words of a language that have a part in an order: numbers, measures, "without", "no wait".
//!
//! They are data (`dialogues/common/language/*.toml`), the same for every shop; a merchant's folder
//! may add to them. Must never name a dish, an article or a shop.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::amount::Amount;

/// The part that a phrase has in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// "a": one, weakly.
    Article,
    /// "the", "those": what was named before.
    Definite,
    /// A word between a number and what is counted: "glasses of".
    Counter,
    /// Multiplies: "dozen".
    Times,
    /// "half", before what it halves.
    Half,
    /// "and a half", after it.
    AndHalf,
    /// Between a count and its price or article: "x2".
    By,
    /// More of it than usual.
    Extra,
    /// Less of it than usual.
    Light,
    /// As usual.
    Usual,
    /// None of it.
    Without,
    /// An option follows.
    With,
    /// The list goes on.
    And,
    /// Besides what was named: "one more", "also".
    More,
    /// What was said last is wrong.
    Wrong,
    /// It becomes what follows: "make that".
    Becomes,
    /// It is not wanted, before it: "cancel the".
    Cancel,
    /// It is not wanted, after it.
    CancelAfter,
    /// Begins an exchange: "swap".
    Swap,
    /// Within an exchange: "for".
    SwapFor,
    /// What follows is replaced by what came before or comes after: "instead of".
    InsteadOf,
    /// What follows comes in the place of what was named: "… instead".
    Instead,
    /// If what follows, or came before, is not to be had.
    IfNone,
    /// If what was named is not to be had.
    IfGone,
    /// Says that something is ordered.
    Wants,
    /// If it is to be had.
    IfSome,
    /// Then: ends a condition.
    Then,
    /// It is a question, whatever it names.
    Question,
    /// Makes a request of what looks like a question.
    Request,
    /// For every line that it fits.
    All,
    /// For each of those named, or each person.
    Each,
    /// People, after a number.
    People,
    /// A number of people by itself: "we two".
    Persons,
    /// What each person gets follows.
    PerPerson,
    /// Of those just named.
    OfThem,
    /// Between a number and what it counts: "one of the still".
    OfWhat,
    /// The other one.
    Other,
    /// What is left.
    Rest,
    /// One that was named or that the options tell.
    Pronoun,
    /// Nothing besides.
    Only,
    /// Everything that was named, for a cancellation.
    Everything,
    /// Of no meaning for the order.
    Noise,
    /// What follows can't be eaten; it is no order.
    Avoid,
    /// Says what follows is not an order but a reason or a habit.
    Aside,
    /// "a quarter".
    Quarter,
    /// A half of what was counted before.
    HalfOf,
    /// "we are", before a number of people.
    WeAre,
    /// All of it is not wanted.
    CancelAll,
    /// Once more what was said last.
    SameAgain,
    /// The other of two.
    Or,
    /// Begins a condition.
    If,
    /// So many less of what there is: "one less".
    Fewer,
    /// A word for any thing: "dishes".
    Generic,
    /// A counting word for what holds several pieces.
    Packing,
    /// What for: what it names is no order.
    Purpose,
    /// A number's place in a row.
    Ordinal,
    /// To each of what was named its own: "mild and hot respectively".
    Respective,
    /// All but what follows: "all except the tofu".
    Except,
    /// A number that is a name follows: "no. 5".
    Numbered,
    /// So many, named before it, and no more: "two are enough".
    Enough,
}

/// A language's words, as read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Number words of one token: "three" is 3.
    #[serde(default)]
    pub numbers: BTreeMap<String, String>,
    /// Words written short, as "pk" for "pack"; a full stop after one ends no sentence.
    #[serde(default)]
    pub short: BTreeMap<String, String>,
    /// Plurals that no rule makes, each with its singular.
    #[serde(default)]
    pub plurals: BTreeMap<String, String>,
    /// Place values and digits that are written together, as Chinese does: the word and its value.
    #[serde(default)]
    pub digits: BTreeMap<String, i64>,
    /// Measures by their symbol.
    #[serde(default)]
    pub measures: BTreeMap<String, Measure>,
    /// Phrases by their part.
    #[serde(default)]
    pub phrases: BTreeMap<Role, Vec<String>>,
    /// What begins the name of a choice that means none, little, much or the usual of something.
    #[serde(default)]
    pub degrees: Degrees,
    /// Words for one size, smallest first; those of one character are said with a counting word.
    #[serde(default)]
    pub sizes: Vec<Vec<String>>,
    /// Endings of names that say of what kind they are and may be left out: 黑色 is 黑的 too.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Commands of the shop in words, by the command's name.
    #[serde(default)]
    pub commands: BTreeMap<String, Vec<String>>,
    /// Names of one thing, in classes.
    #[serde(default)]
    pub same: Vec<Vec<String>>,
    /// Whole names of one thing in several languages, in rows; a name stands in one row.
    #[serde(default)]
    pub across: Vec<Vec<String>>,
}

/// A measure of weight or volume.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// `mass`, `volume` or `count`.
    pub of: Dimension,
    /// In thousandths of a gram, a millilitre, a piece.
    pub is: i64,
    /// Its words.
    pub words: Vec<String>,
}

/// What a measure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Weight.
    Mass,
    /// Volume.
    Volume,
    /// Pieces.
    Count,
}

/// Words that begin or end a choice's name and say how much of something it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Degrees {
    /// "no sugar".
    pub none: Vec<String>,
    /// "less ice".
    pub less: Vec<String>,
    /// "regular ice".
    pub usual: Vec<String>,
    /// "extra ice".
    pub more: Vec<String>,
    /// "more pancakes": it is had besides.
    pub added: Vec<String>,
}

impl Words {
    /// Reads a language file.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|fault| fault.to_string())
    }

    /// Adds another language's words, or a merchant's own.
    pub fn add(&mut self, other: Self) {
        self.numbers.extend(other.numbers);
        self.short.extend(other.short);
        self.plurals.extend(other.plurals);
        self.digits.extend(other.digits);
        for (symbol, measure) in other.measures {
            match self.measures.get_mut(&symbol) {
                Some(known) => known.words.extend(measure.words),
                None => drop(self.measures.insert(symbol, measure)),
            }
        }
        for (role, phrases) in other.phrases {
            self.phrases.entry(role).or_default().extend(phrases);
        }
        for (command, phrases) in other.commands {
            self.commands.entry(command).or_default().extend(phrases);
        }
        self.same.extend(other.same);
        self.across.extend(other.across);
        self.kinds.extend(other.kinds);
        for (at, size) in other.sizes.into_iter().enumerate() {
            match self.sizes.get_mut(at) {
                Some(known) => known.extend(size),
                None => self.sizes.push(size),
            }
        }
        self.degrees.none.extend(other.degrees.none);
        self.degrees.less.extend(other.degrees.less);
        self.degrees.usual.extend(other.degrees.usual);
        self.degrees.more.extend(other.degrees.more);
        self.degrees.added.extend(other.degrees.added);
    }

    /// Values of number words, for texts and names alike.
    pub fn number(&self, word: &str) -> Option<Amount> {
        self.numbers
            .get(word)
            .and_then(|value| Amount::parse(value))
    }
}
