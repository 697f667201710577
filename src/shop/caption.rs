//! How long the words of an item's card can get, to know that they fit below its picture.

use std::collections::BTreeSet;

use fluent_bundle::FluentArgs;

use super::Texts;
use crate::domain::catalogue::{Catalogue, Item};
use crate::kernel::{GroupId, Locale};

/// Most characters of names, description, allergens and groups: a caption holds 1024, and the
/// price, what is left and a notice of what is wrong need some.
pub(super) const MAX_CHARS: usize = 800;
/// What is said of a group beside its name: how many to choose, how many are free.
const RULE_CHARS: usize = 25;

/// What a card shows at most, with all groups open that can open.
pub(super) fn chars(catalogue: &Catalogue, item: &Item, locale: &Locale, texts: &Texts) -> usize {
    let count = |words: &str| words.chars().count();
    let marks = |kind: &'static str, ids: &[String]| -> usize {
        let marks = ids.iter().map(|id| {
            let words = texts.shop_plain(locale, &format!("{kind}-{id}"), &FluentArgs::new());
            count(&words) + count(", ")
        });
        marks.sum()
    };
    let groups = groups(catalogue, item).into_iter().map(|id| {
        let group = catalogue.group(id);
        group.map_or(0, |group| count(group.name.get(locale))) + RULE_CHARS
    });
    count(item.name.get(locale))
        + count(item.about.get(locale))
        + marks("allergen", &item.contains)
        + marks("diet", &item.diet)
        + groups.sum::<usize>()
}

/// The item's groups and those within them.
fn groups<'c>(catalogue: &'c Catalogue, item: &'c Item) -> BTreeSet<&'c GroupId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&GroupId> = item.groups.iter().collect();
    while let Some(id) = open.pop() {
        if found.insert(id)
            && let Some(group) = catalogue.group(id)
        {
            open.extend(group.choices.iter().flat_map(|choice| &choice.groups));
        }
    }
    found
}
