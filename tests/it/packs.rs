//! The packs differ in data alone: what a shop without a kitchen says speaks of no kitchen.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ks_order::shop::Source;

/// Words of a trade of its own. A pack that is no restaurant has none of them in any text,
/// neither in its own nor in one of the product's that it leaves as it is.
const RESTAURANT: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "kitchen",
            "menu",
            "dish",
            "cook",
            "meal",
            "chopstick",
            "onion",
            "noodle",
            "enjoy",
            "🍳",
            "🧑‍🍳",
            "👨‍🍳",
            "🍜",
            "🍽",
        ],
    ),
    (
        "zh-CN",
        &[
            "厨",
            "菜",
            "餐",
            "制作",
            "点单",
            "慢用",
            "打烊",
            "葱",
            "🍳",
            "🧑‍🍳",
            "👨‍🍳",
            "🍜",
            "🍽",
        ],
    ),
];

/// What is written as it is in files and commands, whatever the shop calls it.
const WRITTEN: &[&str] = &["[chats] kitchen", "/invite kitchen", "/menu"];

/// Texts that are said only where guests sit at a table.
const AT_A_TABLE: &[&str] = &["serve", "waiter", "table", "order-more"];

/// The texts of one file by id, each with the lines that belong to it.
fn texts(path: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut last = None;
    for line in fs::read_to_string(path).unwrap().lines() {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            let (id, words) = line.split_once('=').unwrap();
            last = Some(id.trim().to_owned());
            found.insert(id.trim().to_owned(), words.to_owned());
        } else if line.starts_with(' ')
            && let Some(id) = &last
        {
            found.entry(id.clone()).or_default().push_str(line);
        }
    }
    found
}

fn words_of(pack: &str, locale: &str) -> BTreeMap<String, String> {
    let dialogues = Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogues");
    let common = dialogues.join("common/texts").join(locale);
    let mut all = BTreeMap::new();
    for file in fs::read_dir(common).unwrap() {
        all.extend(texts(&file.unwrap().path()));
    }
    let own = texts(&dialogues.join(format!("{pack}/texts/{locale}.ftl")));
    all.extend(own);
    all
}

#[test]
fn no_other_pack_speaks_of_a_kitchen() {
    let mut wrong = Vec::new();
    for pack in Source::packs().into_iter().filter(|p| *p != "restaurant") {
        for (locale, forbidden) in RESTAURANT {
            for (id, words) in words_of(pack, locale) {
                if AT_A_TABLE.iter().any(|part| id.contains(part)) {
                    continue;
                }
                let mut said = words.to_lowercase();
                for written in WRITTEN {
                    said = said.replace(written, "");
                }
                if let Some(word) = forbidden.iter().find(|word| said.contains(**word)) {
                    wrong.push(format!("{pack}, {locale}: {id} says {word}:{words}"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "put the pack's own words into its texts/*.ftl:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn texts_are_read_with_all_their_lines() {
    assert!(words_of("retail", "en")["menu-title"].contains("copy paper"));
    assert!(words_of("restaurant", "en")["menu-title"].contains("noodles"));
}
