//! Orders in people's own words over the packs that ship: how many are understood to the last
//! option, by language, against a file that nobody may fall behind.
//!
//! `KS_ORDER_SHOW_MISSES=1` prints each miss with what it should come to and what it came to.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::PathBuf;

use ks_order::shop::{Shop, Source};
use ks_order::understand::{Amount, Chosen, Index, Line, Much};
use serde::Deserialize;
use serde_json::Value;

/// Of a hundred messages, so many are understood wholly.
const LEAST_PERCENT: u64 = 90;

#[derive(Deserialize)]
struct Gold {
    id: String,
    pack: String,
    text: String,
    lines: Vec<Value>,
    tags: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
struct Score {
    exact: u64,
    total: u64,
}

/// A cart without the order of its lines: what, in which variant, with which options, how much.
type Cart = BTreeMap<String, i64>;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/understanding")
}

fn gold(language: &str) -> Vec<Gold> {
    let text = fs::read_to_string(folder().join(format!("{language}.jsonl"))).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
        .collect()
}

fn key(item: &str, variant: &str, mut options: Vec<String>) -> String {
    options.sort();
    format!("{item}[{variant}] {}", options.join(" "))
}

fn option(group: &str, choice: &str, wish: &str, is_without: bool, count: i64) -> String {
    let not = if is_without { "-" } else { "" };
    format!("{not}{group}={choice}{wish}*{count}")
}

fn wanted(lines: &[Value]) -> Cart {
    let mut cart = Cart::new();
    for line in lines {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let item = match line["item"].as_str() {
            Some(item) => item.to_owned(),
            None => format!("?{}", text(&line["category"])),
        };
        let options = line["options"].as_array().into_iter().flatten();
        let options = options.map(|o| {
            option(
                &text(&o["group"]),
                &text(&o["choice"]),
                &text(&o["quantifier"]),
                o["negated"] == true,
                o["count"].as_i64().unwrap_or(1),
            )
        });
        let quantity = Amount::parse(&line["quantity"].to_string()).unwrap();
        *cart
            .entry(key(&item, &text(&line["variant"]), options.collect()))
            .or_default() += quantity.0;
    }
    cart
}

fn understood(index: &Index, text: &str) -> Cart {
    let mut cart = Cart::new();
    for line in index.understand(text).lines {
        let (key, quantity) = line_of(index, &line);
        *cart.entry(key).or_default() += quantity;
    }
    cart
}

fn line_of(index: &Index, line: &Line) -> (String, i64) {
    let menu = &index.menu;
    let item = match line.item {
        Some(item) => menu.items[item].id.clone(),
        None => format!("?{}", menu.categories[line.category.unwrap()].id),
    };
    let choice = |o: &Chosen| menu.groups[o.group].choices[o.choice].id.as_str();
    let mut variant = "";
    let mut options = Vec::new();
    for o in &line.options {
        if menu.variants_of(o.group).is_some() {
            variant = choice(o);
            continue;
        }
        let wish = match o.much {
            Some(Much::Extra) => "extra",
            Some(Much::Light) => "light",
            None => "",
        };
        options.push(option(
            &menu.groups[o.group].id,
            choice(o),
            wish,
            o.negated,
            o.count,
        ));
    }
    (key(&item, variant, options), line.quantity.0)
}

/// How many are right; with each miss in words.
fn measured(language: &str) -> (Score, Vec<String>) {
    let mut shops: HashMap<String, Shop> = HashMap::new();
    let mut misses = Vec::new();
    let all = gold(language);
    for gold in &all {
        let shop = shops.entry(gold.pack.clone()).or_insert_with(|| {
            Shop::load(&Source::Pack(gold.pack.clone())).expect("the pack is sound")
        });
        let (want, got) = (
            wanted(&gold.lines),
            understood(&shop.understanding, &gold.text),
        );
        if want != got {
            let Gold { id, text, tags, .. } = gold;
            misses.push(format!(
                "{id} {text:?} {tags:?}\n    should be {want:?}\n    is        {got:?}"
            ));
        }
    }
    let total = all.len() as u64;
    let exact = total - misses.len() as u64;
    (Score { exact, total }, misses)
}

fn kept() -> BTreeMap<String, Score> {
    let text = fs::read_to_string(folder().join("score.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

#[test]
fn as_much_is_understood_as_before() {
    let show = std::env::var_os("KS_ORDER_SHOW_MISSES").is_some();
    let mut worse = Vec::new();
    for (language, before) in kept() {
        let (now, misses) = measured(&language);
        if show {
            println!("{language}: {now:?}\n{}", misses.join("\n"));
        }
        assert_eq!(before.total, now.total, "{language}: the set has changed");
        if now.exact < before.exact {
            worse.push(format!("{language}: {now:?}, before {before:?}"));
        }
        if now.exact > before.exact {
            println!("{language}: write the better score down: {now:?}");
        }
    }
    assert!(worse.is_empty(), "understood less: {}", worse.join("; "));
}

#[test]
fn the_score_is_what_was_promised() {
    let kept = kept();
    assert!(kept.contains_key("en") && kept.contains_key("zh"));
    for (language, score) in kept {
        assert!(
            score.exact * 100 >= score.total * LEAST_PERCENT,
            "{language}: {score:?} is below {LEAST_PERCENT} %"
        );
    }
}

#[test]
fn each_set_is_as_large_as_it_says_and_names_what_is_there() {
    for (language, score) in kept() {
        let all = gold(&language);
        assert_eq!(all.len() as u64, score.total);
        assert!(all.len() >= 150, "{language}");
        let mut ids: Vec<&str> = all.iter().map(|gold| gold.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len(), "{language}: an id is there twice");
        let mut shops: HashMap<&str, Shop> = HashMap::new();
        for gold in &all {
            let shop = shops
                .entry(&gold.pack)
                .or_insert_with(|| Shop::load(&Source::Pack(gold.pack.clone())).unwrap());
            for line in &gold.lines {
                let item = line["item"].as_str();
                let known = item.is_none_or(|item| {
                    let items = shop.catalogue.items();
                    items.iter().any(|known| known.id.as_str() == item)
                });
                assert!(known, "{}: no item {item:?}", gold.id);
            }
        }
    }
}
