//! What somebody avoids, held against what the shop says of its items. It warns and never stops.

use std::collections::BTreeMap;

use crate::chat::{Arg, Text};
use crate::domain::cart::Cart;
use crate::domain::catalogue::{Catalogue, Item};
use crate::domain::customers::Profile;
use crate::kernel::LineId;

/// What an item is warned of.
pub fn warnings(catalogue: &Catalogue, item: &Item, profile: &Profile) -> Vec<Text> {
    let mut warnings = Vec::new();
    let held = profile.holds(&item.contains);
    if !held.is_empty() {
        let list = names("allergen", held.into_iter());
        warnings.push(Text::new("mark-holds").with("what", list));
    }
    let known = catalogue.diets();
    let lacking = profile.lacks(&item.diet, &known);
    if !lacking.is_empty() {
        let list = names("diet", lacking.into_iter());
        warnings.push(Text::new("mark-lacks").with("what", list));
    }
    warnings
}

/// What the lines of a cart are warned of.
pub fn of_cart(
    catalogue: &Catalogue,
    cart: &Cart,
    profile: &Profile,
) -> BTreeMap<LineId, Vec<Text>> {
    let lines = cart.lines.iter().filter_map(|line| {
        let item = catalogue.item(&line.item)?;
        Some((line.id, warnings(catalogue, item, profile)))
    });
    lines.collect()
}

/// The words of several allergens or diets, in one line.
pub fn names<'i>(kind: &str, ids: impl Iterator<Item = &'i str>) -> Arg {
    let names = ids.map(|id| name(kind, id));
    Arg::List(names.collect())
}

/// The words of an allergen or a diet.
pub fn name(kind: &str, id: &str) -> Text {
    Text::new("value-text").with("value", Arg::Shop(format!("{kind}-{id}")))
}
