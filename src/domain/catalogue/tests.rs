//! Soundness: each fault is found, none is invented.

pub(crate) mod sample;

use proptest::prelude::*;

use self::sample::{catalogue, choice, group, item, named, parts, yuan};
use super::*;
use crate::kernel::{Money, Quantity};

fn faults(change: impl FnOnce(&mut Parts)) -> Vec<(Place, Fault)> {
    let mut parts = parts();
    change(&mut parts);
    let problems = Catalogue::new(parts).err().unwrap_or_default();
    problems.into_iter().map(|p| (p.place, p.fault)).collect()
}

#[test]
fn the_sample_is_sound_and_looked_up_by_id() {
    let catalogue = catalogue();
    let tea = catalogue.item(&"tea".into()).unwrap();
    assert_eq!(tea.default_variant().unwrap().id.as_str(), "large");
    assert_eq!(tea.price(Some(&"small".into())), Some(yuan("12.00")));
    assert_eq!(tea.price(None), None, "a size must be said");
    assert_eq!(tea.lowest_price(), Some(yuan("12.00")));
    assert!(catalogue.is_tracked(&"tea".into()));
    assert!(!catalogue.is_tracked(&"beer".into()));
    assert_eq!(catalogue.items_in(&"food".into()).count(), 6);
    assert!(catalogue.choice(&"heat".into(), &"hot".into()).is_some());
}

#[test]
fn every_fault_is_named_where_it_is() {
    let at_item = |id: &str| Place::Item(id.into());
    let at_group = |id: &str| Place::Group(id.into());
    type Change = Box<dyn FnOnce(&mut Parts)>;
    let cases: Vec<(Change, Place, Fault)> = vec![
        (
            Box::new(|p| p.items.push(item("tea", "Tea", "茶", "1"))),
            at_item("tea"),
            Fault::Duplicate,
        ),
        (
            Box::new(|p| p.items[0].id = "Kung Pao".into()),
            at_item("Kung Pao"),
            Fault::BadId,
        ),
        (
            Box::new(|p| p.items[0].category = "hot".into()),
            at_item("kung-pao"),
            Fault::UnknownCategory("hot".into()),
        ),
        (
            Box::new(|p| p.items[0].groups.push("salt".into())),
            at_item("kung-pao"),
            Fault::UnknownGroup("salt".into()),
        ),
        (
            Box::new(|p| p.items[0].substitutes = vec!["kung-pao".into()]),
            at_item("kung-pao"),
            Fault::UnknownSubstitute("kung-pao".into()),
        ),
        (
            Box::new(|p| p.items[0].price = Pricing::Variants(vec![])),
            at_item("kung-pao"),
            Fault::NoPrice,
        ),
        (
            Box::new(|p| p.items[0].price = Pricing::Single(yuan("-1"))),
            at_item("kung-pao"),
            Fault::BadPrice,
        ),
        (
            Box::new(|p| p.items[0].unit = Unit::Pack { size: 0 }),
            at_item("kung-pao"),
            Fault::BadUnit,
        ),
        (
            Box::new(|p| p.items[0].opening_stock = Some(Quantity(-1))),
            at_item("kung-pao"),
            Fault::BadQuantity,
        ),
        (
            Box::new(|p| p.groups[0].min_units = 2),
            at_group("heat"),
            Fault::BadLimits,
        ),
        (
            Box::new(|p| (p.groups[2].min_units, p.groups[2].max_distinct) = (4, 1)),
            at_group("toppings"),
            Fault::Unsatisfiable,
        ),
        (
            Box::new(|p| p.groups[0].choices[1].default = 1),
            at_group("heat"),
            Fault::BadDefaults,
        ),
        (
            Box::new(|p| p.groups[5].choices[0].groups = vec!["drink".into()]),
            at_group("drink"),
            Fault::Cycle,
        ),
        (
            Box::new(|p| p.items[1].groups = vec!["pearls".into(), "toppings".into()]),
            Place::Choice("pearls".into(), "tapioca".into()),
            Fault::NoPriceForVariant("noodles".into(), None),
        ),
        (
            Box::new(|p| {
                p.groups
                    .push(group("lost", (0, 1), (0, 1), vec![choice("a", "0", 1)]))
            }),
            at_group("lost"),
            Fault::UnusedGroup,
        ),
    ];
    for (change, place, fault) in cases {
        let found = faults(change);
        assert!(
            found.contains(&(place.clone(), fault.clone())),
            "{place:?} {fault:?} not in {found:?}"
        );
    }
}

#[test]
fn all_faults_come_at_once() {
    let found = faults(|p| {
        p.items[0].category = "hot".into();
        p.items[1].category = "cold".into();
        p.groups[0].min_units = 5;
    });
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn units_know_their_steps() {
    let crab = Unit::Gram {
        price_per: 500,
        step: 50,
        min: 100,
    };
    assert!(crab.allows(Quantity(150)));
    assert!(!crab.allows(Quantity(50)) && !crab.allows(Quantity(120)));
    let pack = Unit::Pack { size: 6 };
    assert!(pack.allows(Quantity(12)) && !pack.allows(Quantity(7)));
    assert_eq!(pack.portions(Quantity(12)), 2);
    assert_eq!(crab.portions(Quantity(150)), 1);
    assert!(!Unit::Piece.allows(Quantity(0)));
}

proptest! {
    #[test]
    fn satisfiable_means_that_some_selection_fits(
        units in (0i64..6, 0i64..6),
        distinct in (0i64..4, 0i64..4),
        maxima in prop::collection::vec(0i64..4, 0..4),
    ) {
        let choices = maxima.iter().enumerate()
            .map(|(n, max)| choice(&format!("c{n}"), "0", *max)).collect();
        let group = group("g", units, distinct, choices);
        // Brute force: every number of units of every choice.
        let mut all = vec![vec![]];
        for max in &maxima {
            all = all.into_iter()
                .flat_map(|s| (0..=*max).map(move |n| [s.clone(), vec![n]].concat()))
                .collect::<Vec<Vec<i64>>>();
        }
        let fits = all.iter().any(|s| {
            let sum: i64 = s.iter().sum();
            let kinds = s.iter().filter(|n| **n > 0).count() as i64;
            (units.0..=units.1).contains(&sum) && (distinct.0..=distinct.1).contains(&kinds)
        });
        prop_assert_eq!(group.is_satisfiable(), fits);
    }
}

#[test]
fn names_fall_back() {
    let name = named("Tea", "茶");
    assert_eq!(name.get(&"fr".into()), "Tea");
    assert_eq!(Money::zero(sample::cny()), yuan("0"));
}
