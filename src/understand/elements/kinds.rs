//! So many of a kind that are told one by one then: "two drinks, a cola and a lemonade", "two soups:
//! wonton, hot and sour".
//!
//! Must never take for a kind what is ordered itself: the numbers must come to the same.

use super::super::amount::Amount;
use super::super::index::{How, Meaning};
use super::super::pieces::Piece;
use super::super::text::Break;
use super::Builder;

impl Builder<'_> {
    /// Whether a number and the kind after it only say what follows.
    pub(super) fn announces(&self, at: usize) -> bool {
        let counted = self.pieces.get(at).and_then(|piece| piece.qty);
        let counted = counted.filter(|qty| !qty.weak && qty.amount > Amount::ONE);
        let (Some(counted), Some(kind)) = (counted, self.pieces.get(at + 1)) else {
            return false;
        };
        let ahead = self.pieces.get(at + 2..).unwrap_or_default();
        let is_told =
            |first: &Piece| first.gap >= Break::List || first.qty.is_some_and(|qty| !qty.weak);
        if kind.gap > Break::Space || kind.qty.is_some() || !ahead.first().is_some_and(is_told) {
            return false;
        }
        let (mut sum, mut things, mut said_short) = (Amount(0), 0, false);
        let mut each = None;
        let breath = ahead.iter().take_while(|piece| piece.gap < Break::Strong);
        for piece in breath {
            each = piece.qty.map(|qty| qty.amount).or(each);
            let Some((item, _)) = piece.items().next() else {
                continue;
            };
            if !self.is_of_kind(kind, item) {
                break;
            }
            sum = sum + each.take().unwrap_or(Amount::ONE);
            things += 1;
            said_short |= !self.repeats(kind, piece);
        }
        // "2 milk, 1 oat milk, 1 soy milk" are three things: the word is said each time.
        let is_name = kind.items().next().is_some_and(|(_, how)| how < How::Part);
        things > 1 && sum == counted.amount && (said_short || !is_name)
    }

    /// "Six coffees: three black, two with milk, one with sugar": whether what stands at a place is
    /// said of some of what was counted, the numbers coming to the same.
    pub(super) fn tells_some(&self, at: usize) -> bool {
        let is_item = |piece: &Piece| piece.items().next().is_some();
        let (before, _) = self.pieces.split_at(at.min(self.pieces.len()));
        let Some(named) = before.iter().rposition(is_item) else {
            return false;
        };
        let count = |piece: &Piece| piece.qty.filter(|qty| !qty.weak).map(|qty| qty.amount);
        let mut back = before.get(..named).unwrap_or_default().iter().rev();
        let Some(all) = back.find_map(count) else {
            return false;
        };
        let rest = self.pieces.get(named + 1..).unwrap_or_default().iter();
        let rest = rest.take_while(|piece| piece.gap < Break::Strong && !is_item(piece));
        let parts: Vec<Amount> = rest.filter_map(count).collect();
        let sum = parts.iter().fold(Amount(0), |sum, part| sum + *part);
        parts.len() > 1 && sum == all
    }

    /// Whether an item is one of those that a word stands for.
    fn is_of_kind(&self, kind: &Piece, item: u32) -> bool {
        if let Some(category) = kind.category() {
            let item = self.index.menu.items.get(item as usize);
            return item.is_some_and(|item| item.category == category as usize);
        }
        let words = self.tokens.get(kind.from..kind.to).unwrap_or_default();
        let mut holding = self.index.holding(words).into_iter();
        kind.items().next().is_some() && holding.any(|(meaning, _)| meaning == Meaning::Item(item))
    }

    /// Whether the words of a kind are said again.
    fn repeats(&self, kind: &Piece, piece: &Piece) -> bool {
        let words = |piece: &Piece| self.tokens.get(piece.from..piece.to).unwrap_or_default();
        let said = words(piece);
        let mut of_kind = words(kind).iter();
        of_kind.all(|word| said.iter().any(|said| said.form == word.form))
    }
}
