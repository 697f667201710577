//! What was understood, as lines of the cart: what was not said is as the item's card has it, what
//! is missing or does not fit is told and never made to fit.

use ks_order::domain::cart::{LineFault, SelectionFault};
use ks_order::domain::catalogue::{Quantifier, SoldOut};
use ks_order::kernel::{ChoiceId, GroupId, ItemId, Quantity};
use ks_order::shop::{Shop, Source};
use ks_order::understand::catalogue::{self, Wanted};
use ks_order::understand::order::Chosen;
use ks_order::understand::{Amount, Known, Line};

fn shop(pack: &str) -> Shop {
    Shop::load(&Source::Pack(pack.to_owned())).unwrap()
}

fn wanted(shop: &Shop, text: &str) -> Wanted {
    let found = shop.understanding.understand(text);
    assert_eq!(found.lines.len(), 1, "{text}: {found:?}");
    back(shop, &found.lines[0])
}

fn back(shop: &Shop, line: &Line) -> Wanted {
    let menu = &shop.understanding.menu;
    catalogue::wanted(line, menu, &shop.catalogue, &SoldOut::default()).unwrap()
}

/// A line as if somebody had said it, by ids.
fn line(shop: &Shop, item: &str, options: &[(&str, &str, i64)], quantity: Amount) -> Line {
    let menu = &shop.understanding.menu;
    let chosen = |(group, choice, count): &(&str, &str, i64)| {
        let at = menu.groups.iter().position(|g| g.id == *group).unwrap();
        let choices = &menu.groups[at].choices;
        Chosen {
            group: at,
            choice: choices.iter().position(|c| c.id == *choice).unwrap(),
            negated: false,
            much: None,
            count: *count,
        }
    };
    Line {
        item: menu.items.iter().position(|i| i.id == item),
        category: None,
        quantity,
        counted: true,
        more: false,
        changes: false,
        unit: None,
        options: options.iter().map(chosen).collect(),
        score: 100,
        others: Vec::new(),
        spans: Vec::new(),
    }
}

fn units(wanted: &Wanted, group: &str, choice: &str) -> i64 {
    let (group, choice) = (GroupId::from(group), ChoiceId::from(choice));
    wanted.line.selection.units(&group, &choice)
}

fn variant(wanted: &Wanted) -> Option<&str> {
    wanted.line.variant.as_ref().map(|variant| variant.as_str())
}

#[test]
fn what_was_not_said_is_as_the_card_has_it() {
    let shop = shop("restaurant");
    let beef = wanted(&shop, "beef noodles");
    assert_eq!(variant(&beef), Some("large"));
    assert_eq!(units(&beef, "greens", "coriander"), 1);
    assert_eq!(beef.line.quantity, Quantity(1));
    let crab = back(
        &shop,
        &Line {
            counted: false,
            ..line(&shop, "mud-crab", &[], Amount::ONE)
        },
    );
    assert_eq!(crab.line.quantity, Quantity(400), "the least that is sold");
    assert_eq!(units(&crab, "crab-style", "ginger"), 1);
    assert_eq!(crab.faults, []);
}

#[test]
fn what_was_said_takes_the_place_of_what_was_preselected() {
    let shop = shop("restaurant");
    let soup = wanted(&shop, "two small beef noodles without coriander");
    assert_eq!(variant(&soup), Some("small"));
    assert_eq!(soup.line.quantity, Quantity(2));
    let greens = GroupId::from("greens");
    let pick = soup
        .line
        .selection
        .pick(&greens, &ChoiceId::from("coriander"))
        .unwrap();
    assert_eq!(
        (pick.units, pick.quantifier),
        (0, Some(Quantifier::Without))
    );
    assert_eq!(units(&soup, "greens", "scallion"), 1, "the other one stays");
}

#[test]
fn a_required_group_without_an_answer_is_told() {
    let folder = crate::support::child::shop_folder(&[(
        "catalogue.toml",
        "zh-CN = \"微辣\" }\nprice = \"0.00\"\ndefault = 1",
        "zh-CN = \"微辣\" }\nprice = \"0.00\"",
    )]);
    let shop = Shop::load(&Source::Folder(folder.path().to_owned())).unwrap();
    let faults = |text: &str| wanted(&shop, text).faults;
    let is_heat_open = |faults: &[LineFault]| {
        faults.iter().any(|fault| match fault {
            LineFault::Selection(problems) => problems.iter().any(|problem| {
                problem.group.as_str() == "heat"
                    && matches!(problem.fault, SelectionFault::TooFew { .. })
            }),
            _ => false,
        })
    };
    let group = shop.catalogue.group(&GroupId::from("heat")).unwrap();
    assert!(group.choices.iter().all(|choice| choice.default == 0));
    assert!(is_heat_open(&faults("kung pao chicken")));
    assert_eq!(faults("mild kung pao chicken"), []);
}

#[test]
fn of_several_forms_without_a_usual_one_the_form_is_asked() {
    let folder = crate::support::child::shop_folder(&[(
        "catalogue.toml",
        "price = \"34.00\"\ndefault = true",
        "price = \"34.00\"",
    )]);
    let shop = Shop::load(&Source::Folder(folder.path().to_owned())).unwrap();
    let plain = line(&shop, "beef-noodles", &[], Amount::ONE);
    assert!(back(&shop, &plain).faults.contains(&LineFault::Variant));
    let large = line(
        &shop,
        "beef-noodles",
        &[("variant:beef-noodles", "large", 1)],
        Amount::ONE,
    );
    let large = back(&shop, &large);
    assert!(!large.faults.contains(&LineFault::Variant));
    assert_eq!(variant(&large), Some("large"));
}

#[test]
fn amounts_become_base_units_and_what_is_not_sold_is_told() {
    let restaurant = shop("restaurant");
    let crab = |grams: i64| {
        back(
            &restaurant,
            &line(&restaurant, "mud-crab", &[], Amount::whole(grams)),
        )
    };
    assert_eq!(crab(550).line.quantity, Quantity(550));
    assert_eq!(crab(550).faults, []);
    for grams in [350, 410] {
        let faults = crab(grams).faults;
        assert!(
            matches!(
                faults[..],
                [LineFault::Quantity {
                    min: Quantity(400),
                    step: Quantity(50),
                    ..
                }]
            ),
            "{grams}: {faults:?}"
        );
    }
    let peanuts = |n| {
        let line = line(&restaurant, "crispy-peanuts", &[], n);
        back(&restaurant, &line)
    };
    assert_eq!(peanuts(Amount::whole(2)).faults, []);
    assert!(matches!(
        peanuts(Amount::whole(11)).faults[..],
        [LineFault::OverOrderLimit {
            max: Quantity(10),
            ..
        }]
    ));
    let half = peanuts(Amount(1500));
    assert!(
        matches!(half.faults[..], [LineFault::Quantity { .. }]),
        "{half:?}"
    );
    let much = peanuts(Amount::whole(1_000_000)).faults;
    assert!(
        much.iter().any(|f| matches!(f, LineFault::TooMuch { .. })),
        "{much:?}"
    );
    let retail = shop("retail");
    let pack = retail.catalogue.items().iter().find(
        |item| matches!(item.unit, ks_order::domain::catalogue::Unit::Pack { size } if size > 1),
    );
    let pack = pack.unwrap();
    let size = pack.unit.step().0;
    let two = back(
        &retail,
        &line(&retail, pack.id.as_str(), &[], Amount::whole(2)),
    );
    assert_eq!(two.line.quantity, Quantity(2 * size), "{}", pack.id);
}

#[test]
fn a_fixed_number_is_shared_out_among_those_named() {
    let shop = shop("restaurant");
    let dozen = |options: &[(&str, &str, i64)]| {
        back(&shop, &line(&shop, "mixed-dumplings", options, Amount::ONE))
    };
    let ids: Vec<String> = shop
        .catalogue
        .group(&GroupId::from("dozen"))
        .unwrap()
        .choices
        .iter()
        .map(|choice| choice.id.as_str().to_owned())
        .collect();
    let one = dozen(&[("dozen", &ids[2], 1)]);
    assert_eq!(
        (units(&one, "dozen", &ids[2]), one.faults.clone()),
        (12, vec![])
    );
    let two = dozen(&[("dozen", &ids[1], 1), ("dozen", &ids[2], 1)]);
    assert_eq!(units(&two, "dozen", &ids[1]), 6);
    assert_eq!(units(&two, "dozen", &ids[2]), 6);
    assert_eq!(two.faults, []);
    let counted = dozen(&[("dozen", &ids[1], 8), ("dozen", &ids[2], 4)]);
    assert_eq!(units(&counted, "dozen", &ids[1]), 8);
    assert_eq!(counted.faults, []);
    let short = dozen(&[("dozen", &ids[1], 5)]);
    assert!(!short.faults.is_empty(), "seven are missing: {short:?}");
}

#[test]
fn sold_out_is_told_and_a_kind_alone_is_no_line() {
    let shop = shop("restaurant");
    let menu = &shop.understanding.menu;
    let mut sold_out = SoldOut::default();
    sold_out.items.insert(ItemId::from("steamed-rice"));
    let rice = line(&shop, "steamed-rice", &[], Amount::ONE);
    let wanted = catalogue::wanted(&rice, menu, &shop.catalogue, &sold_out).unwrap();
    assert!(wanted.faults.contains(&LineFault::SoldOut));
    let kind = Line {
        item: None,
        category: Some(0),
        ..rice
    };
    assert_eq!(
        catalogue::wanted(&kind, menu, &shop.catalogue, &sold_out),
        None
    );
}

#[test]
fn further_names_lead_to_the_item_and_empty_ones_nowhere() {
    let shop = shop("restaurant");
    let index = &shop.understanding;
    let place = |id: &str| index.menu.items.iter().position(|item| item.id == id);
    let (rice, tofu) = (place("steamed-rice").unwrap(), place("mapo-tofu").unwrap());
    let mut known = Known::default();
    for name in ["gizmo bowl", " ", "?!", "老样子饭", "Mapo tofu"] {
        known.add(index, name, rice);
    }
    let items = |text: &str, known: &Known| -> Vec<(Option<usize>, String)> {
        let lines = index.understand_of(text, known).lines.into_iter();
        lines
            .map(|line| (line.item, line.quantity.to_string()))
            .collect()
    };
    let nobody = Known::default();
    for text in ["two gizmo bowl", "2 Gizmo Bowls please", "来两份老样子饭"] {
        assert_eq!(items(text, &known), [(Some(rice), "2".into())], "{text}");
        assert_ne!(items(text, &nobody), [(Some(rice), "2".into())], "{text}");
    }
    // What the menu calls so stays so.
    assert_eq!(items("one mapo tofu", &known), [(Some(tofu), "1".into())]);
    assert_eq!(items(" ", &known), []);
    // The last one counts.
    known.add(index, "gizmo bowl", tofu);
    assert_eq!(items("a gizmo bowl", &known), [(Some(tofu), "1".into())]);
}
