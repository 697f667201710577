//! What is found for somebody's words, in the catalogue and among the answers: the one place that
//! customers' searches go through. Bounded however long the words are; writes nothing.

use crate::domain::cart::refill::{self, Wish};
use crate::domain::catalogue::Item;
use crate::kernel::Locale;
use crate::shop::{Hit, Shop};
use crate::store;
use crate::store::orders::Often;

use super::cx::Cx;
use super::outcome::TurnError;

/// Characters of a text that are searched for: no dish has a longer name, and comparing a
/// whole letter with every name would take longer than a turn may.
pub const MOST_SOUGHT: usize = 64;

/// So many of what is found best are put in the order of what was ordered most.
const MOST_RANKED: usize = 200;

/// From here on a name, or one of its words, begins with the words.
pub const BEGINS: f64 = 0.9;

/// What is found for these words, best first, and how well it fits. Of what fits alike, what was
/// ordered more often comes first.
pub fn hits<'s>(shop: &'s Shop, words: &str, often: &Often, limit: usize) -> Vec<Hit<'s>> {
    let words: String = words.chars().take(MOST_SOUGHT).collect();
    let mut hits = shop.find(&words, MOST_RANKED.max(limit));
    hits.sort_by_key(|hit| {
        let times = often.get(&hit.item.id).copied().unwrap_or_default();
        (std::cmp::Reverse(fit(hit)), std::cmp::Reverse(times))
    });
    hits.truncate(limit);
    hits
}

/// How well something fits, in steps that anybody would see.
fn fit(hit: &Hit<'_>) -> u8 {
    match hit.score {
        same if same >= 1.0 => 3,
        begun if begun >= BEGINS => 2,
        _ if !hit.is_guess() => 1,
        _ => 0,
    }
}

/// What whoever is here has ordered, and how often; nothing while they order for somebody else.
pub async fn often(cx: &mut Cx<'_>) -> Result<Often, TurnError> {
    match cx.session.by_hand.is_some() {
        true => Ok(Often::new()),
        false => Ok(store::orders::often(cx.tx, cx.customer()).await?),
    }
}

/// What may be offered in the place of a wish: see [`refill::offers`].
pub fn offers<'s>(shop: &'s Shop, wish: &Wish) -> Vec<&'s Item> {
    let alike = |name: &str| {
        let hits = shop.find(name, refill::MOST_OFFERS).into_iter();
        hits.map(|hit| hit.item).collect()
    };
    refill::offers(wish, &shop.catalogue, alike)
}

/// Questions for these words with their answers, best first; all of them for no words.
pub fn answers(shop: &Shop, locale: &Locale, words: &str, limit: usize) -> Vec<(String, String)> {
    let found = shop.help(locale, words, limit).into_iter();
    found
        .map(|found| (found.question.clone(), found.answer.clone()))
        .collect()
}
