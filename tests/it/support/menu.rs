//! Menus made up for tests, and what is understood on them, in short.

use ks_order::understand::menu::{Category, Choice, Group, Item, Menu, Opened, Unit};
use ks_order::understand::{Chosen, Index, Line, Understood};

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|name| (*name).to_owned()).collect()
}

/// A menu of one category.
pub fn menu(items: Vec<Item>, groups: Vec<Group>) -> Menu {
    Menu {
        categories: vec![Category {
            id: "all".to_owned(),
            names: Vec::new(),
        }],
        items,
        groups,
    }
}

/// An item by its id and its names; each unit by its id and its names; groups by their places.
pub fn item(all: &[&str], units: &[&[&str]], groups: &[usize]) -> Item {
    let unit = |all: &&[&str]| Unit {
        id: all[0].to_owned(),
        names: names(&all[1..]),
        holds: None,
    };
    let opened = groups.iter().map(|group| Opened {
        group: *group,
        by: None,
    });
    Item {
        id: all[0].to_owned(),
        category: 0,
        names: names(&all[1..]),
        groups: opened.collect(),
        units: units.iter().map(unit).collect(),
        forms: Vec::new(),
    }
}

/// A group of which one answer may be given, or of additions: any number of them, each up to three
/// times, which can be said not to be wanted. A choice is called by its first name.
pub fn group(id: &str, of_additions: bool, choices: &[&[&str]]) -> Group {
    let choice = |all: &&[&str]| Choice {
        id: all[0].to_owned(),
        names: names(all),
        max: if of_additions { 3 } else { 1 },
        any_of: Vec::new(),
    };
    Group {
        id: id.to_owned(),
        names: names(&[id]),
        max: (!of_additions).then_some(1),
        quantifiable: of_additions,
        negatable: of_additions,
        form: false,
        around: Vec::new(),
        choices: choices.iter().map(choice).collect(),
    }
}

/// Lines as "2 milk-tea large 2*pearls -coriander", then what is refused ("0"), taken back ("-"), said of
/// nothing ("~") and not understood ("?").
pub fn read(index: &Index, text: &str) -> Vec<String> {
    let menu = &index.menu;
    let found: Understood = index.understand(text);
    let option = |said: &Chosen| {
        let id = &menu.groups[said.group].choices[said.choice].id;
        match (said.negated, said.count) {
            (true, _) => format!("-{id}"),
            (false, 1) => id.clone(),
            (false, count) => format!("{count}*{id}"),
        }
    };
    let line = |line: &Line| {
        let thing = match (line.item, line.category) {
            (Some(item), _) => menu.items[item].id.clone(),
            (None, category) => format!("any of {}", menu.categories[category.unwrap()].id),
        };
        let options = line.options.iter();
        let options = options.map(|o| format!(" {}", option(o)));
        let units = line.item.map_or(&[][..], |item| &menu.items[item].units);
        let unit = match units.len() {
            0 | 1 => String::new(),
            _ => format!(" {} of", units[line.unit.unwrap()].id),
        };
        let options = options.collect::<String>();
        format!("{}{unit} {thing}{options}", line.quantity)
    };
    let mut all: Vec<String> = found.lines.iter().chain(&found.refused).map(line).collect();
    all.sort();
    all.extend(found.removed.iter().map(|removed| {
        let thing = match (removed.item, removed.category) {
            (Some(item), _) => menu.items[item].id.clone(),
            (None, category) => format!("any of {}", menu.categories[category.unwrap()].id),
        };
        let many = removed.quantity.map_or("all".to_owned(), |n| n.to_string());
        format!("- {many} {thing}")
    }));
    let loose = found.loose.iter().flat_map(|loose| &loose.options);
    let loose = loose.filter_map(|may_be| may_be.first());
    all.extend(loose.map(|o| format!("~ {}", option(o))));
    all.extend(
        found
            .unknown
            .iter()
            .map(|at| format!("? {}", &text[at.clone()])),
    );
    all
}

/// Asserts what each text comes to.
pub fn check_in(index: &Index, cases: &[(&str, &[&str])]) {
    for (text, wanted) in cases {
        assert_eq!(read(index, text), *wanted, "{text}");
    }
}
