//! Phrases put together into what a sentence is made of: quantities, things, words with a part.
//!
//! Numbers meet their measures here: "half a dozen", "one and a half kilos", "2x". Must never guess
//! which thing a quantity is of.

mod labels;
mod numbers;
mod quantities;

use super::amount::Amount;
use super::index::{Found, How, Index, Meaning};
use super::language::{Dimension, Role};
use super::spans::Span;
use super::text::{Break, Token};

/// A quantity as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Qty {
    /// How many; negative if somebody wrote so.
    pub amount: Amount,
    /// It was not said as a number: "a", or a unit alone.
    pub weak: bool,
    /// A measure of weight or volume: dimension and what one is.
    pub measure: Option<(Dimension, i64)>,
    /// A unit's name, by its place in the index.
    pub unit: Option<u32>,
    /// It was said with a word for counting.
    pub counted: bool,
    /// It was said by the dozen: pieces are meant.
    pub pieces: bool,
    /// It was said as "x2", which stands after what it counts.
    pub times: bool,
    /// It is of each of several things.
    pub each: bool,
    /// It was said with a word for what holds several pieces.
    pub packed: bool,
    /// The token of the word for counting.
    pub word: Option<usize>,
    /// It is a half of what was counted before.
    pub half: bool,
    /// It is besides what was counted before: "another".
    pub more: bool,
    /// It is besides, and just so: "the same again".
    pub same: bool,
    /// In what is not said, though it is in something: "one of still water".
    pub of: bool,
}

impl Qty {
    /// One, as nobody said it.
    pub const ONE: Self = Self {
        amount: Amount::ONE,
        weak: true,
        measure: None,
        unit: None,
        counted: false,
        pieces: false,
        times: false,
        each: false,
        packed: false,
        word: None,
        half: false,
        more: false,
        same: false,
        of: false,
    };
}

/// A part of a sentence.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The first token.
    pub from: usize,
    /// The token after the last one.
    pub to: usize,
    /// What parts it from the one before.
    pub gap: Break,
    /// A quantity, if it is one.
    pub qty: Option<Qty>,
    /// A number of people, if it is one.
    pub people: Option<i64>,
    /// What else it may mean.
    pub found: Vec<Found>,
}

impl Piece {
    /// Whether it has a part in the sentence.
    pub fn is(&self, role: Role) -> bool {
        self.found
            .iter()
            .any(|found| found.meaning == Meaning::Role(role))
    }

    /// The items it may mean, with how.
    pub fn items(&self) -> impl Iterator<Item = (u32, How)> {
        self.found.iter().filter_map(|found| match found.meaning {
            Meaning::Item(item) => Some((item, found.how)),
            _ => None,
        })
    }

    /// The item and option that it names in one.
    pub fn form(&self) -> Option<u32> {
        self.found.iter().find_map(|found| match found.meaning {
            Meaning::Form(at) => Some(at),
            _ => None,
        })
    }

    /// The choices it may mean, with how.
    pub fn choices(&self) -> impl Iterator<Item = (u32, u32, How)> {
        self.found.iter().filter_map(|found| match found.meaning {
            Meaning::Choice(group, choice) => Some((group, choice, found.how)),
            _ => None,
        })
    }

    /// The thing in degrees that it names.
    pub fn graded(&self) -> Option<u32> {
        self.found.iter().find_map(|found| match found.meaning {
            Meaning::Graded(at) => Some(at),
            _ => None,
        })
    }

    /// The kind of items it names.
    pub fn category(&self) -> Option<u32> {
        self.found.iter().find_map(|found| match found.meaning {
            Meaning::Category(at) => Some(at),
            _ => None,
        })
    }

    /// Whether it is not understood at all.
    pub fn is_unknown(&self) -> bool {
        self.found.is_empty() && self.qty.is_none() && self.people.is_none()
    }
}

/// Puts phrases together.
pub fn pieces(index: &Index, tokens: &[Token], spans: &[Span]) -> Vec<Piece> {
    let reader = Reader {
        index,
        tokens,
        spans,
    };
    let mut out = Vec::with_capacity(spans.len());
    let mut at = 0;
    while let Some(span) = spans.get(at) {
        let gap = tokens.get(span.from).map_or(Break::None, |token| token.gap);
        let (next, mut piece) = reader.piece(at, span);
        piece.gap = gap;
        at = next.max(at + 1);
        out.push(piece);
    }
    labels::sizes(index, tokens, &mut out);
    labels::sizes_of_things(index, tokens, &mut out);
    out
}

struct Reader<'a> {
    index: &'a Index,
    tokens: &'a [Token],
    spans: &'a [Span],
}

/// A number read: its value, the phrase after it, whether it was an article or by the dozen.
struct Number {
    amount: Amount,
    next: usize,
    weak: bool,
    pieces: bool,
    times: bool,
}

impl Number {
    fn plain(amount: Amount, next: usize) -> Self {
        Self {
            amount,
            next,
            weak: false,
            pieces: false,
            times: false,
        }
    }
}

/// What a piece is made of.
enum What {
    /// What its phrase means.
    Found,
    /// Nothing that is known.
    Nothing,
    /// A quantity.
    Qty(Qty),
    /// A number of people.
    People(i64),
}

impl Reader<'_> {
    fn piece(&self, at: usize, span: &Span) -> (usize, Piece) {
        let counted = self.is(at, Role::Half) && self.number(at).is_some() || self.other_half(at);
        if self.named(span) && !counted {
            return self.made(at, at + 1, What::Found);
        }
        if let Some(next) = self.label(at) {
            return self.made(at, next, What::Nothing);
        }
        if let Some((people, next)) = self.people(at, span) {
            return self.made(at, next, What::People(people));
        }
        if self.is(at, Role::SameAgain) {
            let qty = Qty {
                weak: false,
                more: true,
                same: true,
                ..Qty::ONE
            };
            let (next, mut piece) = self.made(at, at + 1, What::Found);
            piece.qty = Some(qty);
            return (next, piece);
        }
        let quantity = match self.number(at) {
            Some(number) => match self.people_after(at, &number) {
                Some(next) => {
                    let (next, mut piece) = self.made(at, next, What::Nothing);
                    piece.people = number.amount.as_whole();
                    return (next, piece);
                }
                None => Some(self.measured(at, &number)),
            },
            None => self.unit_alone(at).or_else(|| self.counter_alone(at, span)),
        };
        match quantity {
            Some((qty, next)) => self.made(at, next, What::Qty(qty)),
            None => self.made(at, at + 1, What::Found),
        }
    }

    /// A piece from one phrase to before another.
    fn made(&self, at: usize, next: usize, what: What) -> (usize, Piece) {
        let first = self.spans.get(at);
        let last = next.checked_sub(1).and_then(|last| self.spans.get(last));
        let found = first.filter(|_| matches!(what, What::Found));
        let piece = Piece {
            from: first.map_or(0, |span| span.from),
            to: last.or(first).map_or(0, |span| span.to),
            gap: Break::None,
            qty: match what {
                What::Qty(qty) => Some(qty),
                _ => None,
            },
            people: match what {
                What::People(people) => Some(people),
                _ => None,
            },
            found: found.map(|span| span.found.clone()).unwrap_or_default(),
        };
        (next, piece)
    }

    /// "We two", "we are four": how many people, and the phrase after it.
    fn people(&self, at: usize, span: &Span) -> Option<(i64, usize)> {
        if self.is(at, Role::Persons) {
            let words = self.tokens.get(span.from..span.to).unwrap_or_default();
            let digits = &self.index.words.digits;
            let number = words.iter().find_map(|token| digits.get(&token.form));
            return Some((number.copied().unwrap_or(2), at + 1));
        }
        self.is(at, Role::WeAre).then(|| self.we_are(at)).flatten()
    }

    /// A name of something that is sold; a number that is a part of it is none.
    fn named(&self, span: &Span) -> bool {
        span.found.iter().any(|found| {
            matches!(
                found.meaning,
                Meaning::Item(_) | Meaning::Choice(..) | Meaning::Form(_)
            )
        })
    }

    fn is(&self, at: usize, role: Role) -> bool {
        let span = self.spans.get(at);
        span.is_some_and(|span| {
            span.found
                .iter()
                .any(|found| found.meaning == Meaning::Role(role))
        })
    }

    /// Whether the phrase goes on from the one before it.
    fn joined(&self, at: usize) -> bool {
        let first = self
            .spans
            .get(at)
            .and_then(|span| self.tokens.get(span.from));
        first.is_some_and(|token| token.gap <= Break::Space)
    }
}
