//! A shop's catalogue as a menu, and what was understood of it as a line for the cart.
//!
//! Groups stand in the menu as in the catalogue, then one for the variants of each item that has
//! some. What was not said becomes what the item's card has preselected; what is missing then, or
//! does not fit, is told beside the line and never made to fit in silence. Must never take stock
//! or prices into account.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use super::elements::Much;
use super::index::Index;
use super::menu::{self, Menu, Opened};
use super::order::{Chosen, Line};
use crate::domain::cart::{LineFault, MAX_UNITS_PER_LINE, NewLine, Selection};
use crate::domain::catalogue::{
    Catalogue, Choice, Group, Item, MAX_NESTING, Quantifier, SoldOut, Unit, Variant,
};
use crate::kernel::{ChoiceId, GroupId, Localised, Quantity};

/// What stands before an item's id in the group of its variants; no group of a shop has a colon.
const VARIANTS: &str = "variant:";

/// The unit of goods by weight.
pub const GRAM: &str = "g";
/// The unit of goods in packs.
pub const PACK: &str = "pack";

/// A line for the cart, and what is in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The line; what was not said is as the item's card has it.
    pub line: NewLine,
    /// What must be asked before it can be ordered, or does not fit. [`LineFault::Variant`]: the
    /// item comes in several forms, none of them preselected, and none was named.
    pub faults: Vec<LineFault>,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("items", &self.menu.items.len())
            .finish_non_exhaustive()
    }
}

impl Menu {
    /// The item whose variants a group is; none for any other group.
    pub fn variants_of(&self, group: usize) -> Option<&str> {
        self.groups.get(group)?.id.strip_prefix(VARIANTS)
    }
}

/// The menu of a catalogue. Its categories, items and groups stand as they do there.
pub fn menu(catalogue: &Catalogue) -> Menu {
    let mut builder = Builder::new(catalogue);
    let items = catalogue.items().iter();
    let items = items.map(|item| builder.item(item)).collect();
    let categories = catalogue.categories().iter();
    let categories = categories.map(|category| menu::Category {
        id: category.id.as_str().to_owned(),
        names: names(&category.name, []),
    });
    Menu {
        categories: categories.collect(),
        items,
        groups: builder.groups,
    }
}

/// Builds items; their variants become groups.
struct Builder<'a> {
    catalogue: &'a Catalogue,
    categories: HashMap<&'a str, usize>,
    places: HashMap<&'a str, usize>,
    groups: Vec<menu::Group>,
}

impl<'a> Builder<'a> {
    fn new(catalogue: &'a Catalogue) -> Self {
        let categories = catalogue.categories().iter().enumerate();
        let places = catalogue.groups().iter().enumerate();
        Self {
            catalogue,
            categories: categories.map(|(at, c)| (c.id.as_str(), at)).collect(),
            places: places.map(|(at, g)| (g.id.as_str(), at)).collect(),
            groups: catalogue.groups().iter().map(group).collect(),
        }
    }

    fn item(&mut self, item: &Item) -> menu::Item {
        let mut opened = Vec::new();
        let mut forms = Vec::new();
        if !item.variants().is_empty() {
            let group = self.groups.len();
            self.groups.push(variants(item));
            opened.push(Opened { group, by: None });
            let coded = item.variants().iter().enumerate();
            forms.extend(coded.filter_map(|(choice, variant)| {
                let name = variant.code.clone()?;
                Some(menu::Form {
                    name,
                    group,
                    choice,
                })
            }));
        }
        let mut seen = BTreeSet::new();
        self.open(&item.groups, None, &mut seen, &mut opened);
        let id = item.id.as_str().replace(['-', '_'], " ");
        let others = item.aliases.iter().map(String::as_str);
        menu::Item {
            id: item.id.as_str().to_owned(),
            // A catalogue exists only if its references are known.
            category: self
                .categories
                .get(item.category.as_str())
                .copied()
                .unwrap_or(0),
            names: names(
                &item.name,
                others.chain([id.as_str()]).chain(item.code.as_deref()),
            ),
            groups: opened,
            units: units(item.unit),
            forms,
        }
    }

    /// The groups that are open, and those that their choices open, each way once.
    fn open(
        &self,
        ids: &[GroupId],
        by: Option<(usize, usize)>,
        seen: &mut BTreeSet<(usize, Option<(usize, usize)>)>,
        opened: &mut Vec<Opened>,
    ) {
        for id in ids {
            let Some(at) = self.places.get(id.as_str()).copied() else {
                continue;
            };
            if !seen.insert((at, by)) {
                continue;
            }
            opened.push(Opened { group: at, by });
            let group = self.catalogue.groups().get(at);
            let choices = group.into_iter().flat_map(|group| &group.choices);
            for (choice, inner) in choices.enumerate() {
                self.open(&inner.groups, Some((at, choice)), seen, opened);
            }
        }
    }
}

fn group(group: &Group) -> menu::Group {
    let takes = |wish: Quantifier| group.quantifiers.contains(&wish);
    let choice = |choice: &Choice| menu::Choice {
        id: choice.id.as_str().to_owned(),
        names: names(&choice.name, []),
        max: choice.max,
        any_of: Vec::new(),
    };
    menu::Group {
        id: group.id.as_str().to_owned(),
        names: names(&group.name, []),
        max: Some(if group.is_single() {
            1
        } else {
            group.max_units
        }),
        quantifiable: takes(Quantifier::Extra) || takes(Quantifier::Light),
        negatable: takes(Quantifier::Without),
        form: false,
        around: Vec::new(),
        choices: group.choices.iter().map(choice).collect(),
    }
}

fn variants(item: &Item) -> menu::Group {
    let choice = |variant: &Variant| menu::Choice {
        id: variant.id.as_str().to_owned(),
        names: names(&variant.name, [variant.id.as_str()]),
        max: 1,
        any_of: Vec::new(),
    };
    menu::Group {
        id: format!("{VARIANTS}{}", item.id),
        names: Vec::new(),
        max: Some(1),
        quantifiable: false,
        negatable: false,
        form: true,
        around: Vec::new(),
        choices: item.variants().iter().map(choice).collect(),
    }
}

fn units(unit: Unit) -> Vec<menu::Unit> {
    let one = |id: &str, names: &[&str], holds| menu::Unit {
        id: id.to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        holds,
    };
    match unit {
        Unit::Piece => Vec::new(),
        Unit::Gram { .. } => vec![one(GRAM, &[GRAM], None)],
        Unit::Pack { size } => vec![one(PACK, &[PACK, "packs"], Some(size))],
    }
}

/// All names in the order given, each once, none of them empty.
fn names<'n>(name: &'n Localised, others: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in name.0.values().map(String::as_str).chain(others) {
        let name = name.trim();
        if !name.is_empty() && !all.iter().any(|known| known == name) {
            all.push(name.to_owned());
        }
    }
    all
}

/// The line that was understood, for the cart; none if only a kind of things was named, or if the
/// menu is of another catalogue.
pub fn wanted(
    line: &Line,
    menu: &Menu,
    catalogue: &Catalogue,
    sold_out: &SoldOut,
) -> Option<Wanted> {
    let item = catalogue.items().get(line.item?)?;
    let mut new = NewLine::of(item, catalogue);
    let mut said = Vec::new();
    let mut is_variant_said = false;
    for option in &line.options {
        if menu.variants_of(option.group).is_some() {
            let variant = item.variants().get(option.choice)?;
            new.variant = Some(variant.id.clone());
            is_variant_said = true;
        } else {
            said.push(*option);
        }
    }
    choose(&mut new.selection, item, catalogue, said);
    let is_exact = match (line.counted, item.unit) {
        // The least that is sold, where nothing was said; packs and pieces are one then anyway.
        (false, Unit::Gram { .. }) => true,
        _ => measure(&mut new, line, item),
    };
    let mut faults = new.faults(catalogue, sold_out);
    let variants = item.variants();
    let is_open = variants.len() > 1 && !variants.iter().any(|variant| variant.default);
    if is_open && !is_variant_said && !faults.contains(&LineFault::Variant) {
        faults.push(LineFault::Variant);
    }
    if !is_exact
        && !faults
            .iter()
            .any(|f| matches!(f, LineFault::Quantity { .. }))
    {
        faults.push(LineFault::Quantity {
            min: item.unit.min(),
            step: item.unit.step(),
            unit: item.unit,
        });
    }
    Some(Wanted { line: new, faults })
}

/// Sets how much of it in base units, rounded up; false if that is not what was said.
fn measure(new: &mut NewLine, line: &Line, item: &Item) -> bool {
    let one = match item.unit {
        Unit::Pack { size } => size,
        Unit::Piece | Unit::Gram { .. } => 1,
    };
    let thousandths = line.quantity.0.max(0);
    let whole = thousandths / 1000 + i64::from(thousandths % 1000 > 0);
    // Far beyond every limit, so that it is told as too much and not as something else.
    let most = item.unit.step().0.saturating_mul(MAX_UNITS_PER_LINE + 1);
    new.quantity = Quantity(whole.saturating_mul(one).min(most.max(whole)));
    thousandths % 1000 == 0
}

/// Takes what was said, from the item's own groups inwards, over what is preselected.
fn choose(selection: &mut Selection, item: &Item, catalogue: &Catalogue, mut said: Vec<Chosen>) {
    for depth in 0..MAX_NESTING {
        let open = selection.open(catalogue, item);
        for open in open.iter().filter(|open| open.path.len() == depth) {
            let of = |chosen: &Chosen| {
                let group = catalogue.groups().get(chosen.group);
                group.is_some_and(|group| group.id == open.group.id)
            };
            let here: Vec<Chosen> = said.iter().copied().filter(of).collect();
            said.retain(|chosen| !of(chosen));
            if let Some(inner) = selection.at_mut(&open.path).filter(|_| !here.is_empty()) {
                answer(inner, open.group, catalogue, &here);
            }
        }
        if said.is_empty() {
            return;
        }
    }
}

/// The answers to one group. What was preselected gives way where both don't fit.
fn answer(selection: &mut Selection, group: &Group, catalogue: &Catalogue, said: &[Chosen]) {
    let chosen = |chosen: &Chosen| Some((group.choices.get(chosen.choice)?, *chosen));
    let (without, mut taken): (Vec<_>, Vec<_>) = said
        .iter()
        .filter_map(chosen)
        .partition(|(_, chosen)| chosen.negated);
    for (choice, _) in &without {
        if group.quantifiers.contains(&Quantifier::Without) {
            selection.say(catalogue, group, choice, Some(Quantifier::Without));
        } else {
            selection.remove(&group.id, &choice.id);
        }
    }
    if taken.is_empty() {
        return;
    }
    shared_out(group, &mut taken);
    give_way(selection, group, &taken);
    for (choice, chosen) in taken {
        selection.take(catalogue, group, choice, chosen.count);
        if let Some(much) = chosen.much {
            let wish = match much {
                Much::Extra => Quantifier::Extra,
                Much::Light => Quantifier::Light,
            };
            selection.say(catalogue, group, choice, Some(wish));
        }
    }
}

/// Of a group of a fixed number, "pork and prawn" is half of each.
fn shared_out(group: &Group, taken: &mut [(&Choice, Chosen)]) {
    let (most, kinds) = (group.max_units, taken.len() as i64);
    let is_fixed = group.min_units == most && most > 1;
    if !is_fixed || kinds > most || taken.iter().any(|(_, chosen)| chosen.count > 1) {
        return;
    }
    for (at, (_, chosen)) in taken.iter_mut().enumerate() {
        chosen.count = most / kinds + i64::from((at as i64) < most % kinds);
    }
}

/// Takes preselected choices that were not named away, the last ones first, until the named fit.
fn give_way(selection: &mut Selection, group: &Group, taken: &[(&Choice, Chosen)]) {
    let named = |id: &ChoiceId| taken.iter().any(|(choice, _)| choice.id == *id);
    let mut others: Vec<(ChoiceId, i64)> = selection
        .picks(&group.id)
        .filter(|(id, pick)| pick.units > 0 && !named(id))
        .map(|(id, pick)| (id.clone(), pick.units))
        .collect();
    let units: i64 = taken.iter().map(|(_, chosen)| chosen.count).sum();
    let kinds = taken.len() as i64;
    let most = if group.is_single() {
        1
    } else {
        group.max_units
    };
    loop {
        let more: i64 = others.iter().map(|(_, units)| units).sum();
        if units + more <= most && kinds + others.len() as i64 <= group.max_distinct {
            return;
        }
        let Some((id, _)) = others.pop() else { return };
        selection.remove(&group.id, &id);
    }
}
