//! Typed answers to a question with buttons.

use crate::domain::cart::NewLine;
use crate::domain::catalogue::Catalogue;
use crate::kernel::{Localised, Quantity};

use super::kept::{Asked, Offer, Why};

/// Characters of an answer; what is longer is a message of its own.
const MOST: usize = 40;

/// What typed words answer; none if they answer nothing.
pub fn answer(catalogue: &Catalogue, asked: &Asked, words: &str) -> Option<Offer> {
    let words = plain(words);
    if words.is_empty() || words.chars().count() > MOST {
        return None;
    }
    if let Some(offer) = amount(catalogue, asked, &words) {
        return Some(offer);
    }
    let named = |offer: &&Offer| names(catalogue, asked, offer).contains(&words);
    let mut all = asked.offers.iter().filter(named);
    // Two that are called so are no answer.
    match (all.next(), all.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    }
}

/// A number, where how much is asked.
fn amount(catalogue: &Catalogue, asked: &Asked, words: &str) -> Option<Offer> {
    let (Why::Amount(line, ..) | Why::Most(line, _) | Why::Short(line, _)) = &asked.why else {
        return None;
    };
    let count: i64 = words.parse().ok()?;
    let unit = catalogue.item(&line.item)?.unit;
    let quantity = match unit {
        crate::domain::catalogue::Unit::Gram { .. } => count,
        _ => count.checked_mul(unit.step().0)?,
    };
    let line = NewLine {
        quantity: Quantity(quantity),
        ..line.clone()
    };
    // What changes a line goes on changing it.
    Some(match asked.offers.first() {
        Some(Offer::Change(id, _)) => Offer::Change(*id, line),
        _ => Offer::Put(line),
    })
}

/// What an answer is called.
fn names(catalogue: &Catalogue, asked: &Asked, offer: &Offer) -> Vec<String> {
    let (Offer::Put(line) | Offer::Change(_, line)) = offer else {
        return Vec::new();
    };
    let Some(item) = catalogue.item(&line.item) else {
        return Vec::new();
    };
    let all = |name: &Localised| name.0.values().map(|name| plain(name)).collect();
    match &asked.why {
        Why::Variant(_) => {
            let variant = line.variant.as_ref().and_then(|id| item.variant(id));
            variant
                .map(|variant| all(&variant.name))
                .unwrap_or_default()
        }
        Why::Choice(_, group) => {
            let mut picks = line.selection.picks(group);
            let picked = picks.find(|(_, pick)| pick.units > 0);
            let choice = picked.and_then(|(id, _)| catalogue.group(group)?.choice(id));
            choice.map(|choice| all(&choice.name)).unwrap_or_default()
        }
        _ => {
            let mut names: Vec<String> = all(&item.name);
            names.extend(item.aliases.iter().map(|alias| plain(alias)));
            names
        }
    }
}

/// Lower case, letters and digits alone, single spaces.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let kept = lower.split(|c: char| !c.is_alphanumeric() && c != '-');
    kept.filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
