use proptest::prelude::*;

use super::*;
use crate::domain::catalogue::{Choice, Group, Item, Parts, Quantifier};
use crate::kernel::GroupId;
use sample::{catalogue, choice, group, item};

fn faults_of(id: &str, selection: &Selection) -> Vec<SelectionFault> {
    let catalogue = catalogue();
    let item = catalogue.item(&id.into()).unwrap();
    let problems = validate(&catalogue, item, selection, &SoldOut::default());
    let problems = problems.err().unwrap_or_default();
    problems.into_iter().map(|problem| problem.fault).collect()
}

#[test]
fn each_fault_is_named() {
    use SelectionFault as F;
    let cases = [
        (
            "kung-pao",
            Selection::none(),
            F::TooFew { min: 1, chosen: 0 },
        ),
        (
            "kung-pao",
            chosen("heat", &[("mild", 1), ("hot", 1)]),
            F::TooMany { max: 1, chosen: 2 },
        ),
        (
            "noodles",
            chosen("toppings", &[("beef", 2)]),
            F::ChoiceOver {
                choice: "beef".into(),
                max: 1,
                chosen: 2,
            },
        ),
        (
            "noodles",
            chosen(
                "toppings",
                &[("egg", 1), ("tofu", 1), ("beef", 1), ("peanut", 1)],
            ),
            F::TooManyDistinct { max: 3, chosen: 4 },
        ),
        (
            "noodles",
            chosen("toppings", &[("gold", 1)]),
            F::UnknownChoice {
                choice: "gold".into(),
            },
        ),
        ("noodles", chosen("heat", &[("hot", 1)]), F::UnknownGroup),
        (
            "noodles",
            chosen("toppings", &[("egg", -1)]),
            F::Nonsense {
                choice: "egg".into(),
            },
        ),
    ];
    for (id, selection, fault) in cases {
        let found = faults_of(id, &selection);
        assert!(found.contains(&fault), "{fault:?} not in {found:?}");
    }
}

#[test]
fn inner_groups_are_asked_only_when_opened() {
    assert!(faults_of("set", &chosen("drink", &[("water", 1)])).is_empty());
    let cola = chosen("drink", &[("cola", 1)]);
    assert_eq!(faults_of("set", &cola).len(), 1, "cola opens the ice");
    let mut with_ice = cola;
    let path = [("drink".into(), "cola".into())];
    let inner = with_ice.at_mut(&path).unwrap();
    inner.insert(&"ice".into(), &"much".into(), pick(1));
    assert!(faults_of("set", &with_ice).is_empty());
    let mut water = chosen("drink", &[("water", 1)]);
    let path = [("drink".into(), "water".into())];
    let inner = water.at_mut(&path).unwrap();
    inner.insert(&"ice".into(), &"much".into(), pick(1));
    assert_eq!(faults_of("set", &water), [SelectionFault::UnknownGroup]);
}

#[test]
fn wishes_fit_their_units() {
    let leaf = |units, quantifier| {
        let mut selection = chosen("heat", &[("mild", 1)]);
        let pick = Pick {
            units,
            quantifier: Some(quantifier),
            ..Pick::default()
        };
        selection.insert(&"coriander".into(), &"leaf".into(), pick);
        faults_of("kung-pao", &selection)
    };
    assert!(leaf(0, Quantifier::Without).is_empty());
    assert!(leaf(1, Quantifier::Extra).is_empty());
    assert_eq!(leaf(1, Quantifier::Without).len(), 1);
    assert_eq!(leaf(0, Quantifier::Light).len(), 1);
    let mut hot = chosen("heat", &[]);
    let pick = Pick {
        units: 1,
        quantifier: Some(Quantifier::Extra),
        ..Pick::default()
    };
    hot.insert(&"heat".into(), &"hot".into(), pick);
    assert_eq!(faults_of("kung-pao", &hot).len(), 1, "heat takes no wishes");
}

#[test]
fn sold_out_choices_are_refused_but_may_stay_unchosen() {
    let catalogue = catalogue();
    let item = catalogue.item(&"kung-pao".into()).unwrap();
    let mut out = SoldOut::default();
    out.choices.insert(("heat".into(), "hot".into()));
    let hot = chosen("heat", &[("hot", 1)]);
    assert!(validate(&catalogue, item, &hot, &out).is_err());
    let mut tapped = Selection::defaults(&catalogue, item);
    assert!(validate(&catalogue, item, &tapped, &out).is_ok());
    let at = (Path::new(), "heat".into(), "hot".into());
    assert!(
        !tapped.tap(&catalogue, &at, &out),
        "a sold-out choice can't be taken"
    );
}

#[test]
fn taps_do_what_people_expect() {
    let (catalogue, none) = (catalogue(), SoldOut::default());
    let chicken = catalogue.item(&"kung-pao".into()).unwrap();
    let mut selection = Selection::defaults(&catalogue, chicken);
    let heat: GroupId = "heat".into();
    assert!(selection.tap(&catalogue, &(vec![], heat.clone(), "hot".into()), &none));
    assert_eq!(selection.units(&heat, &"hot".into()), 1);
    assert_eq!(selection.units(&heat, &"mild".into()), 0, "radio buttons");
    assert!(!selection.tap(&catalogue, &(vec![], heat, "hot".into()), &none));
    let toppings: GroupId = "toppings".into();
    let mut selection = Selection::none();
    let egg = (vec![], toppings.clone(), "egg".into());
    for units in [1, 2, 0, 1] {
        assert!(selection.tap(&catalogue, &egg, &none));
        assert_eq!(selection.units(&toppings, &"egg".into()), units);
    }
    let set = catalogue.item(&"set".into()).unwrap();
    let mut selection = Selection::none();
    let cola = (vec![], "drink".into(), "cola".into());
    assert!(selection.tap(&catalogue, &cola, &none));
    let open = selection.open(&catalogue, set);
    assert_eq!(open.len(), 2);
    assert_eq!(open[1].group.id.as_str(), "ice");
    let ice = (open[1].path.clone(), "ice".into(), "none".into());
    assert!(selection.tap(&catalogue, &ice, &none));
    assert!(validate(&catalogue, set, &selection, &none).is_ok());
}

#[test]
fn in_a_full_dozen_a_tap_moves_a_unit() {
    let four = ["pork", "chive", "prawn", "beef"].map(|id| choice(id, "0.00", 12));
    let dozen = group("dozen", (12, 12), (1, 3), four.to_vec());
    let catalogue = Catalogue::new(Parts {
        items: vec![Item {
            groups: vec!["dozen".into()],
            ..item("dumplings", "Dumplings", "水饺", "36.00")
        }],
        groups: vec![dozen],
        ..sample::parts()
    })
    .unwrap();
    let mut selection = chosen("dozen", &[("pork", 6), ("chive", 6)]);
    let mut tap = |id: &str| {
        let at = (vec![], GroupId::from("dozen"), id.into());
        let changed = selection.tap(&catalogue, &at, &SoldOut::default());
        let units = ["pork", "chive", "prawn", "beef"];
        let units = units.map(|id| selection.units(&"dozen".into(), &id.into()));
        (changed, units)
    };
    assert_eq!(tap("pork"), (true, [7, 5, 0, 0]));
    assert_eq!(tap("prawn"), (true, [6, 5, 1, 0]));
    assert_eq!(tap("beef"), (false, [6, 5, 1, 0]), "three kinds at most");
    for _ in 0..5 {
        tap("chive");
    }
    assert_eq!(
        tap("chive"),
        (true, [1, 0, 1, 0]),
        "nobody gives: taken off"
    );
}

#[test]
fn a_selection_survives_storage() {
    let mut selection = chosen("drink", &[("cola", 2)]);
    let path = [("drink".into(), "cola".into())];
    let inner = selection.at_mut(&path).unwrap();
    inner.insert(&"ice".into(), &"much".into(), pick(1));
    let json = serde_json::to_string(&selection).unwrap();
    assert_eq!(serde_json::from_str::<Selection>(&json).unwrap(), selection);
}

/// The rule once more, as plain counting over one group and one inner group.
fn brute(outer: &Group, inner: &Group, units: &[i64], inside: &[i64], out: &[bool]) -> bool {
    let fits = |group: &Group, units: &[i64]| {
        let sum: i64 = units.iter().sum();
        let kinds = units.iter().filter(|n| **n > 0).count() as i64;
        sum >= group.min_units
            && sum <= group.max_units
            && kinds >= group.min_distinct
            && kinds <= group.max_distinct
            && units.iter().zip(&group.choices).all(|(n, c)| *n <= c.max)
    };
    let available = units.iter().zip(out).all(|(n, out)| *n == 0 || !*out);
    // The first choice opens the inner group.
    let opened = units[0] > 0;
    let inside_is_right = if opened {
        fits(inner, inside)
    } else {
        inside.iter().all(|n| *n == 0)
    };
    fits(outer, units) && available && inside_is_right
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn accepted_exactly_when_brute_force_accepts(
        limits in (0i64..3, 0i64..5, 0i64..3, 0i64..4),
        inner_limits in (0i64..2, 0i64..3),
        maxima in prop::collection::vec(1i64..4, 3),
        units in prop::collection::vec(0i64..4, 3),
        inside in prop::collection::vec(0i64..3, 2),
        out in prop::collection::vec(prop::bool::weighted(0.15), 3),
    ) {
        let plain = |n: usize| choice(&format!("c{n}"), "0", maxima[n]);
        let opens = Choice { groups: vec!["inner".into()], ..plain(0) };
        let outer = group("outer", (limits.0, limits.1), (limits.2, limits.3), vec![opens, plain(1), plain(2)]);
        let inner = group("inner", inner_limits, (0, 2), vec![choice("x", "0", 2), choice("y", "0", 2)]);
        let expected = brute(&outer, &inner, &units, &inside, &out);
        let mut dish = item("dish", "Dish", "菜", "1");
        dish.groups = vec!["outer".into()];
        let base = sample::parts();
        let parts = Parts { items: vec![dish], groups: vec![outer, inner], ..base };
        // Limits that nothing can meet never get into a catalogue.
        let Ok(catalogue) = Catalogue::new(parts) else { return Ok(()); };
        let mut selection = Selection::none();
        for (n, units) in units.iter().enumerate().filter(|(_, units)| **units > 0) {
            selection.insert(&"outer".into(), &format!("c{n}").as_str().into(), pick(*units));
        }
        let path = [("outer".into(), "c0".into())];
        if inside.iter().any(|n| *n > 0) && selection.at(&path).is_none() {
            return Ok(());
        }
        if let Some(here) = selection.at_mut(&path) {
            for (id, units) in ["x", "y"].iter().zip(&inside).filter(|(_, n)| **n > 0) {
                here.insert(&"inner".into(), &(*id).into(), pick(*units));
            }
        }
        let mut sold_out = SoldOut::default();
        for (n, _) in out.iter().enumerate().filter(|(_, out)| **out) {
            sold_out.choices.insert(("outer".into(), format!("c{n}").as_str().into()));
        }
        let item = catalogue.item(&"dish".into()).unwrap();
        prop_assert_eq!(validate(&catalogue, item, &selection, &sold_out).is_ok(), expected);
    }

    #[test]
    fn taps_never_break_an_upper_limit(taps in prop::collection::vec(0usize..4, 0..30)) {
        let (catalogue, none) = (catalogue(), SoldOut::default());
        let item = catalogue.item(&"noodles".into()).unwrap();
        let mut selection = Selection::none();
        for tap in taps {
            let choice = ["egg", "tofu", "beef", "peanut"][tap].into();
            selection.tap(&catalogue, &(vec![], "toppings".into(), choice), &none);
            prop_assert!(validate(&catalogue, item, &selection, &none).is_ok());
        }
    }
}
