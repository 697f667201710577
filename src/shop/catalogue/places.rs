//! What the domain finds wrong with a catalogue, told where it stands in the file.

use std::collections::BTreeMap;

use crate::dialogue::condition::nearest;
use crate::domain::catalogue::{Fault, Parts, Place, Problem};
use crate::kernel::ItemId;
use crate::shop::fault::Page;

/// Where things stand, to show what the domain finds.
#[derive(Default)]
pub struct Map {
    places: BTreeMap<Place, Vec<usize>>,
    names: BTreeMap<(Place, String), usize>,
}

impl Map {
    /// Remembers where an id stands.
    pub fn put(&mut self, place: Place, at: usize) {
        self.places.entry(place).or_default().push(at);
    }

    /// Remembers where a name stands that a place mentions.
    pub fn name(&mut self, place: &Place, name: &str, at: usize) {
        self.names.insert((place.clone(), name.to_owned()), at);
    }

    /// Where each item stands first.
    pub fn items(&self) -> BTreeMap<ItemId, usize> {
        let of = |(place, all): (&Place, &Vec<usize>)| match place {
            Place::Item(id) => Some((id.clone(), *all.first()?)),
            _ => None,
        };
        self.places.iter().filter_map(of).collect()
    }

    fn at(&self, place: &Place, name: Option<&str>) -> usize {
        let named = name.and_then(|name| self.names.get(&(place.clone(), name.to_owned())));
        let first = self.places.get(place).and_then(|all| all.first());
        named.or(first).copied().unwrap_or(0)
    }

    /// Shows what the domain found, where it stands in the file.
    pub fn show(&self, page: &Page<'_>, problem: &Problem, parts: &Parts) {
        let place = &problem.place;
        let what = spoken(place);
        let (at, said, cure): (usize, String, String) = match &problem.fault {
            Fault::Duplicate => (
                self.places
                    .get(place)
                    .and_then(|all| all.last())
                    .copied()
                    .unwrap_or(0),
                format!("{what} is there twice"),
                "rename one".to_owned(),
            ),
            Fault::BadId => (
                self.at(place, None),
                format!("{what} has a bad id"),
                "use a-z, 0-9 and -, at most 24 bytes, so that it fits a button's 64".to_owned(),
            ),
            Fault::UnknownCategory(id) => (
                self.at(place, Some(id.as_str())),
                format!("there is no category `{id}`"),
                near(id.as_str(), parts.categories.iter().map(|c| c.id.as_str())),
            ),
            Fault::UnknownGroup(id) => (
                self.at(place, Some(id.as_str())),
                format!("there is no option group `{id}`"),
                near(id.as_str(), parts.groups.iter().map(|g| g.id.as_str())),
            ),
            Fault::UnknownSubstitute(id) => (
                self.at(place, Some(id.as_str())),
                format!("there is no other item `{id}` to offer instead"),
                near(id.as_str(), parts.items.iter().map(|i| i.id.as_str())),
            ),
            Fault::BadCode(code) => (
                self.at(place, Some(code)),
                format!("{what} has a bad code"),
                "use 1 to 32 letters, digits and -_./#, with a letter or digit first".to_owned(),
            ),
            Fault::SameCode(code) => (
                self.at(place, Some(code)),
                format!("the code `{code}` of {what} is taken"),
                "give each item and variant a code of its own; an id counts as one".to_owned(),
            ),
            fault => {
                let (said, cure) = plain(fault);
                (self.at(place, None), format!("{what} {said}"), cure)
            }
        };
        page.fault(at, said, cure);
    }
}

/// The faults that are about the place itself.
fn plain(fault: &Fault) -> (String, String) {
    let (said, cure) = match fault {
        Fault::NoPrice => ("has no price", "add `price` or an [[item.variant]]"),
        Fault::BadPrice => ("has a price below zero", "prices are zero or more"),
        Fault::TwoDefaults => ("has two default variants", "mark one with default = true"),
        Fault::BadUnit => (
            "has a unit that makes no sense",
            "`min` must be a whole number of `step`",
        ),
        Fault::BadQuantity => (
            "has a stock or a limit that makes no sense",
            "`stock` is zero or more and `max_per_order` at least what is sold at once",
        ),
        Fault::BadLimits => (
            "has limits that contradict each other",
            "each minimum must be at most its maximum",
        ),
        Fault::Unsatisfiable => (
            "can't be answered by any choice",
            "lower `min_units` or `min_distinct`, or raise the choices' `max`",
        ),
        Fault::BadDefaults => (
            "preselects more than it allows",
            "lower the choices' `default`",
        ),
        Fault::Cycle => (
            "opens itself again",
            "take the circle out of the choices' `groups`",
        ),
        Fault::TooDeep => ("lies too deep in other groups", "nest at most four groups"),
        Fault::UnusedGroup => (
            "is used by no item",
            "name it in an item's `groups`, or remove it",
        ),
        Fault::TooManyButtons(buttons) => {
            return (
                format!("has {buttons} variants and choices, more than a card holds"),
                "leave it at most 90 of them, those of groups within groups included".to_owned(),
            );
        }
        Fault::NoPriceForVariant(item, Some(variant)) => {
            return (
                format!("has no price for the variant `{variant}` of `{item}`"),
                format!("add `{variant} = \"…\"` to its `prices`"),
            );
        }
        Fault::NoPriceForVariant(item, None) => {
            return (
                format!("has prices by variant only, but `{item}` has no variants"),
                "give it one `price`".to_owned(),
            );
        }
        Fault::Duplicate
        | Fault::BadId
        | Fault::UnknownCategory(_)
        | Fault::UnknownGroup(_)
        | Fault::UnknownSubstitute(_)
        | Fault::BadCode(_)
        | Fault::SameCode(_) => ("is wrong", "see docs/dialogues.md"),
    };
    (said.to_owned(), cure.to_owned())
}

fn near<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    nearest(name, known).unwrap_or_else(|| "name one that this file has".to_owned())
}

fn spoken(place: &Place) -> String {
    match place {
        Place::Category(id) => format!("the category `{id}`"),
        Place::Item(id) => format!("the item `{id}`"),
        Place::Variant(item, id) => format!("the variant `{id}` of `{item}`"),
        Place::Group(id) => format!("the option group `{id}`"),
        Place::Choice(group, id) => format!("the choice `{id}` of `{group}`"),
    }
}
