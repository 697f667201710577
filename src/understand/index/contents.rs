//! What a piece or a pack of something holds, by its name: "Milk 500 ml", "box of 12", "(8)".
//!
//! Must never guess: a name that says nothing holds nothing that is known.

use super::super::amount::Amount;
use super::super::language::Dimension;
use super::super::menu::Content;
use super::super::text::{Kind, Token};
use super::{Index, Key, Meaning, forms, named, seed};

impl Index {
    /// How much one piece of an item holds, by its name: "Milk 500 ml".
    pub(super) fn weighed(&self, names: &[Vec<Token>]) -> Option<Content> {
        names.iter().find_map(|tokens| {
            tokens.iter().enumerate().find_map(|(at, number)| {
                let amount = Amount::parse(&number.form).filter(|_| number.kind == Kind::Number)?;
                let (of, one) = self
                    .measure_at(tokens, at + 1)
                    .filter(|(of, _)| *of != Dimension::Count)?;
                let is = i64::try_from(i128::from(amount.0) * i128::from(one) / 1000).ok()?;
                (is > 0).then_some(Content { of, is })
            })
        })
    }

    /// How many pieces an item is of, by its name: "Soup dumplings (8)".
    pub(super) fn bracketed(&self, names: &[String]) -> Option<Content> {
        names.iter().find_map(|name| {
            let (_, inner) = name.split_once(['(', '\u{ff08}'])?;
            let first = named(inner, &self.canon)
                .into_iter()
                .next()
                .filter(|token| token.kind == Kind::Number)?;
            let is = Amount::parse(&first.form)?.0;
            (is > 1000).then_some(Content {
                of: Dimension::Count,
                is,
            })
        })
    }

    /// The choice of an item's that is just so much: a cola's "500 ml" for half a litre.
    pub fn choice_of(&self, item: usize, content: Content) -> Option<(u32, u32)> {
        let is = |choice: &&(u32, u32, Content)| {
            choice.2 == content && self.menu.opens(item, choice.0 as usize)
        };
        let (group, choice, _) = self.measured.iter().find(is)?;
        Some((*group, *choice))
    }

    /// What a unit holds, by its names: "250 g pack", "box of 12", "9-roll pack".
    pub(super) fn content(&self, names: &[String]) -> Option<Content> {
        names.iter().find_map(|name| {
            let tokens = named(name, &self.canon);
            let at = tokens.iter().position(|token| token.kind == Kind::Number)?;
            let amount = Amount::parse(&tokens.get(at)?.form)?;
            let measure = self.measure_at(&tokens, at + 1);
            let (of, is) = measure.unwrap_or((Dimension::Count, 1000));
            let is = i64::try_from(i128::from(amount.0) * i128::from(is) / 1000).ok()?;
            (is > 0).then_some(Content { of, is })
        })
    }

    /// The measure that begins at a token: "公斤" rather than what "公" may be.
    fn measure_at(&self, tokens: &[Token], at: usize) -> Option<(Dimension, i64)> {
        let of = |n: usize| self.measure_of(tokens.get(at..at + n)?);
        of(2).or_else(|| of(1))
    }

    /// A token as a measure.
    pub fn measure(&self, token: &Token) -> Option<(Dimension, i64)> {
        let key = Key::new(seed::EXACT).and(&token.form).end();
        self.table.get(key).find_map(|found| match found.meaning {
            Meaning::Measure(at) => self.measures.get(at as usize).copied(),
            _ => None,
        })
    }

    /// A phrase of several tokens as a measure.
    pub fn measure_of(&self, tokens: &[Token]) -> Option<(Dimension, i64)> {
        let key = Key::of(seed::EXACT, forms(tokens));
        self.table
            .get(key.end())
            .find_map(|found| match found.meaning {
                Meaning::Measure(at) => self.measures.get(at as usize).copied(),
                _ => None,
            })
    }
}
