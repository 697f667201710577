//! Orders in people's own words, on any menu: no training, no model, no network.
//!
//! A text becomes tokens, the tokens phrases ([`spans`]), the phrases pieces with a part in the
//! sentence, and these an order: which clause corrects which ([`clauses`]), which option and which
//! quantity belong to which thing ([`split`]). All of it is bounded by the text's length and panics
//! on none. Must never name an item, an option or a unit that the menu does not allow, and must
//! never hold a word of a language: those are data ([`language`]).

pub mod amount;
pub mod catalogue;
mod clauses;
mod elements;
pub mod find;
pub mod index;
pub mod language;
pub mod menu;
mod numbering;
pub mod order;
mod pieces;
mod reading;
mod result;
mod sound;
mod spans;
mod split;
pub mod text;

pub use amount::Amount;
pub use elements::Much;
pub use index::{Index, Known};
pub use language::Words;
pub use menu::Menu;
pub use order::{Chosen, Intent, Line, Loose, Removed, Understood};

impl Index {
    /// What a message comes to.
    pub fn understand(&self, text: &str) -> Understood {
        self.understand_of(text, &Known::default())
    }

    /// What a message comes to, of somebody who knows things by further names.
    pub fn understand_of(&self, text: &str, known: &Known) -> Understood {
        let tokens = self.tokens(text);
        let spans = spans::spans(self, known, &tokens);
        let pieces = pieces::pieces(self, &tokens, &spans);
        let (reading, manner) = clauses::read(self, &tokens, &pieces);
        result::result(&tokens, &pieces, &reading, manner)
    }

    fn tokens(&self, text: &str) -> Vec<text::Token> {
        let tokens = text::tokens(text, &self.canon);
        numbering::without_numbering(self, text, tokens)
    }
}

impl Index {
    /// How a message was cut, for people who look into it.
    pub fn explain(&self, text: &str) -> String {
        let tokens = self.tokens(text);
        let spans = spans::spans(self, &Known::default(), &tokens);
        let pieces = pieces::pieces(self, &tokens, &spans);
        let mut out = String::new();
        for piece in &pieces {
            let words: Vec<&str> = tokens
                .get(piece.from..piece.to)
                .unwrap_or_default()
                .iter()
                .map(|token| token.form.as_str())
                .collect();
            out += &format!(
                "{:?} {} qty={:?} people={:?} {:?}\n",
                piece.gap,
                words.join(" "),
                piece
                    .qty
                    .map(|q| (q.amount.to_string(), q.weak, q.unit, q.measure)),
                piece.people,
                piece.found
            );
        }
        for element in elements::elements(self, &tokens, &pieces, &[]).row {
            out += &format!("  {element:?}\n");
        }
        out
    }
}
