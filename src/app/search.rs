//! What is found for somebody's words, in the catalogue and among the answers: the one place that
//! customers' searches go through. Pure; bounded however long the words are.

use crate::domain::catalogue::{Hit, Item};
use crate::kernel::Locale;
use crate::shop::Shop;

/// Characters of a text that are searched for: no dish has a longer name, and comparing a
/// whole letter with every name would take longer than a turn may.
pub const MOST_SOUGHT: usize = 64;

/// What is found for these words, best first, and how well it fits.
pub fn hits<'s>(shop: &'s Shop, words: &str, limit: usize) -> Vec<Hit<'s>> {
    let words: String = words.chars().take(MOST_SOUGHT).collect();
    shop.catalogue.search(&words, limit)
}

/// Items for these words, best first.
pub fn items<'s>(shop: &'s Shop, words: &str, limit: usize) -> Vec<&'s Item> {
    let hits = hits(shop, words, limit).into_iter();
    hits.map(|hit| hit.item).collect()
}

/// Questions for these words with their answers, best first; all of them for no words.
pub fn answers(shop: &Shop, locale: &Locale, words: &str, limit: usize) -> Vec<(String, String)> {
    let found = shop.help(locale, words, limit).into_iter();
    found
        .map(|found| (found.question.clone(), found.answer.clone()))
        .collect()
}
