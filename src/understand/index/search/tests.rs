//! What people type finds the dish.

use proptest::prelude::*;

use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::tests::sample::catalogue;
use crate::understand::menu::{Category, Item, Menu};
use crate::understand::{Index, Words};

fn index(catalogue: &Catalogue) -> Index {
    Index::new(
        super::super::super::catalogue::menu(catalogue),
        Words::default(),
    )
}

/// A menu of dishes with one name each.
fn menu(names: impl IntoIterator<Item = String>) -> Index {
    let item = |(at, name): (usize, String)| Item {
        id: at.to_string(),
        category: 0,
        names: vec![name],
        groups: Vec::new(),
        units: Vec::new(),
        forms: Vec::new(),
    };
    let menu = Menu {
        categories: vec![Category {
            id: "all".into(),
            names: vec!["All".into()],
        }],
        items: names.into_iter().enumerate().map(item).collect(),
        groups: Vec::new(),
    };
    Index::new(menu, Words::default())
}

fn names<'a>(index: &'a Index, words: &str) -> Vec<&'a str> {
    let hits = index.find(words, 9).into_iter();
    hits.map(|(at, _)| index.menu.items[at].names[0].as_str())
        .collect()
}

#[test]
fn words_find_dishes_in_both_languages() {
    let catalogue = catalogue();
    let index = index(&catalogue);
    let first = |words: &str| {
        let hits = index.find(words, 3);
        hits.first().map(|(at, _)| index.menu.items[*at].id.clone())
    };
    for (words, id) in [
        ("Kung Pao Chicken", "kung-pao"),
        ("kung pao", "kung-pao"),
        ("chikcen", "kung-pao"),
        ("gong bao", "kung-pao"),
        ("宫保鸡丁", "kung-pao"),
        ("宫爆鸡丁", "kung-pao"),
        ("鸡丁", "kung-pao"),
        ("蟹", "crab"),
        ("noodels", "noodles"),
        ("dan-dan noodle", "noodles"),
        ("MILK TEA", "tea"),
        ("beer", "beer"),
        ("meal set", "set"),
    ] {
        assert_eq!(first(words).as_deref(), Some(id), "{words}");
    }
    let ids = |words: &str| -> Vec<String> {
        let hits = index.find(words, 9);
        hits.iter()
            .map(|(at, _)| index.menu.items[*at].id.clone())
            .collect()
    };
    assert_eq!(
        ids("beer"),
        ["beer"],
        "no guesses beside what is there as typed"
    );
    assert_eq!(
        ids("ao"),
        Vec::<String>::new(),
        "two letters within a word say nothing"
    );
    for words in ["", "  ", "!?", "x", "pizza margherita", "42"] {
        assert_eq!(first(words), None, "{words}");
    }
    assert_eq!(index.find("kung pao chicken", 1)[0].1, 1.0);
}

#[test]
fn chinese_is_found_by_its_sound_in_pinyin_and_by_first_letters() {
    let all = [
        "宫保鸡丁",
        "鸡丁炒饭",
        "麻婆豆腐",
        "鱼香肉丝",
        "Dan dan noodles 担担面",
    ];
    let index = menu(all.map(str::to_owned));
    for (words, first) in [
        ("gongbaojiding", all[0]),
        ("gong bao ji ding", all[0]),
        ("Gong Bao", all[0]),
        ("gongbaojidnig", all[0]),
        ("gbjd", all[0]),
        ("宮保雞丁", all[0]),
        ("工保鸡丁", all[0]),
        ("工保", all[0]),
        ("宫保 鸡丁", all[0]),
        ("ma po dou fu", all[2]),
        ("mapo", all[2]),
        ("mpdf", all[2]),
        ("yuxiang", all[3]),
        ("dandanmian", all[4]),
        ("dan dan", all[4]),
    ] {
        assert_eq!(names(&index, words).first(), Some(&first), "{words}");
    }
    assert_eq!(names(&index, "鸡丁"), [all[1], all[0]]);
    for words in ["ma", "g", "pizza", "kind regards", "工", "shi"] {
        assert_eq!(names(&index, words), Vec::<&str>::new(), "{words}");
    }
}

#[test]
fn what_is_named_in_full_is_found_among_thousands_alike() {
    let many = (0..30_000).map(|n| format!("Chicken box {n} with rice"));
    let index = menu(many.chain(["Chicken box".into(), "Rare chicken wrap".into()]));
    assert_eq!(names(&index, "chicken wrap"), ["Rare chicken wrap"]);
    assert_eq!(
        names(&index, "chicken box 29999")[0],
        "Chicken box 29999 with rice"
    );
    assert_eq!(names(&index, "chicken").len(), 9);
    assert_eq!(names(&index, "chiken wrap"), ["Rare chicken wrap"]);
}

#[test]
fn a_word_that_is_still_typed_is_found() {
    let index = menu(["Oolong tea".into(), "Lemonade".into()]);
    for words in ["ool", "oolo", "oolong t", "te"] {
        assert_eq!(names(&index, words), ["Oolong tea"], "{words}");
    }
}

proptest! {
    #[test]
    fn any_words_are_taken(words in "\\PC{0,40}") {
        let index = index(&catalogue());
        let found = index.find(&words, 5);
        prop_assert!(found.len() <= 5);
        prop_assert!(found.iter().all(|(at, score)| index.menu.items.len() > *at && *score <= 1.0));
    }
}
