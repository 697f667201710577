//! Orders in people's own words: what a message costs on a menu of 200 items and on one of 100,000,
//! what an index costs in time and memory.
//!
//! Figures first (one thread, each the median of five runs), then criterion's. Everything is made
//! from a seed, so that two runs do the same work.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that can't be set up should end, and says what it found"
)]

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group};
use ks_order::shop::{Shop, Source, language};
use ks_order::understand::menu::{Category, Choice, Group, Item, Menu, Opened, Unit};
use ks_order::understand::{Index, catalogue};

const RUNS: usize = 5;
const SMALL: usize = 200;
const LARGE: usize = 100_000;
/// Messages made up for the large menu.
const MESSAGES: usize = 2_000;

/// A generator of numbers that are the same each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 11) as usize % n.max(1)
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

const QUALITIES: &[&str] = &[
    "red", "golden", "smoked", "crispy", "organic", "sliced", "whole", "mild", "dark", "fresh",
    "frozen", "roasted", "salted", "sweet", "tiny", "giant", "classic", "northern", "coastal",
    "garden", "winter", "summer", "double", "steel", "paper", "wooden", "blue", "silver", "soft",
    "folding", "portable", "striped",
];
const PLACES: &[&str] = &[
    "village", "harbour", "mountain", "valley", "island", "river", "forest", "market", "kitchen",
    "cellar", "orchard", "station", "bridge", "castle", "meadow", "lantern",
];
const ONSETS: &[&str] = &[
    "b", "br", "c", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl",
    "r", "s", "st", "t", "tr", "v", "w", "z",
];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "ai", "ee", "oo", "ou"];
const CODAS: &[&str] = &["", "l", "n", "r", "s", "t", "ck", "nd", "sh", "mp"];
const THINGS: &[&str] = &[
    "soup", "noodles", "pie", "bread", "cable", "lamp", "juice", "tea", "beans", "rice", "sauce",
    "towel", "brush", "paper", "cheese", "fish", "salad", "roll", "cake", "box", "screw", "filter",
    "battery", "cup", "plate", "candle", "bag", "cookie", "oil", "salt",
];
const HAN: &str = "红金烟脆鲜整片辣黑冻烤咸甜小大老北海园冬夏双钢纸木蓝银软山谷岛河林市厨窖果站桥堡\
                   草灯汤面派包线灯汁茶豆米酱巾刷奶鱼沙卷糕盒钉滤电杯盘烛袋饼油盐虾蟹鸡鸭鹅牛羊猪笋\
                   菇藕椒蒜葱姜梨桃杏李柚橙蕉瓜莲芹韭";

fn made_up(chance: &mut Chance) -> String {
    let syllables = 2 + chance.below(2);
    (0..syllables)
        .map(|_| {
            let onset = chance.of(ONSETS);
            format!("{onset}{}{}", chance.of(VOWELS), chance.of(CODAS))
        })
        .collect()
}

fn english(chance: &mut Chance) -> String {
    let mut words = vec![made_up(chance)];
    if chance.below(2) == 0 {
        words.insert(0, chance.of(QUALITIES).to_owned());
    }
    if chance.below(3) == 0 {
        words.push(chance.of(PLACES).to_owned());
    }
    words.push(chance.of(THINGS).to_owned());
    words.join(" ")
}

fn chinese(chance: &mut Chance, han: &[char]) -> String {
    let length = 3 + chance.below(4);
    (0..length).map(|_| han[chance.below(han.len())]).collect()
}

/// Groups that goods of any kind may have.
fn groups() -> Vec<Group> {
    let group = |id: &str, names: &[&str], max, quantifiable, choices: &[(&str, &str)]| Group {
        id: id.to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        max,
        quantifiable,
        negatable: quantifiable,
        form: max == Some(1) && !quantifiable,
        around: Vec::new(),
        choices: choices
            .iter()
            .map(|(en, zh)| Choice {
                id: en.replace(' ', "-"),
                names: vec![(*en).to_owned(), (*zh).to_owned()],
                max: 1,
                any_of: Vec::new(),
            })
            .collect(),
    };
    vec![
        group(
            "size",
            &["size"],
            Some(1),
            false,
            &[("small", "小份"), ("medium", "中份"), ("large", "大份")],
        ),
        group(
            "colour",
            &["colour"],
            Some(1),
            false,
            &[("white", "白色"), ("black", "黑色"), ("green", "绿色")],
        ),
        group(
            "seasoning",
            &["seasoning"],
            None,
            true,
            &[("pepper", "胡椒"), ("garlic", "大蒜"), ("onion", "洋葱")],
        ),
        group(
            "sugar",
            &["sugar"],
            Some(1),
            false,
            &[
                ("no sugar", "无糖"),
                ("less sugar", "少糖"),
                ("full sugar", "全糖"),
            ],
        ),
    ]
}

/// So many items with names in two languages, and half of them with an alias.
fn items(count: usize, chance: &mut Chance, groups: usize, category: usize) -> Vec<Item> {
    let han: Vec<char> = HAN.chars().filter(|c| !c.is_whitespace()).collect();
    (0..count)
        .map(|n| {
            let mut names = vec![english(chance), chinese(chance, &han)];
            if chance.below(2) == 0 {
                names.push(format!("{} {}", made_up(chance), chance.of(THINGS)));
            }
            let first = chance.below(groups);
            let units = match chance.below(8) {
                0 => vec![Unit {
                    id: "g".to_owned(),
                    names: vec!["g".to_owned()],
                    holds: None,
                }],
                _ => Vec::new(),
            };
            Item {
                id: format!("made-{n}"),
                category,
                names,
                groups: (first..(first + chance.below(3)).min(groups))
                    .map(|group| Opened { group, by: None })
                    .collect(),
                units,
                forms: Vec::new(),
            }
        })
        .collect()
}

fn large() -> Menu {
    let mut chance = Chance(0x5eed);
    let groups = groups();
    Menu {
        categories: vec![Category {
            id: "all".to_owned(),
            names: Vec::new(),
        }],
        items: items(LARGE, &mut chance, groups.len(), 0),
        groups,
    }
}

/// The three packs on one menu, and as many made-up items as make 200.
fn small() -> Menu {
    let mut menu = Menu::default();
    for pack in Source::packs() {
        let shop = Shop::load(&Source::Pack(pack.to_owned())).expect("the pack is sound");
        let mut more = catalogue::menu(&shop.catalogue);
        let (groups, categories) = (menu.groups.len(), menu.categories.len());
        for item in &mut more.items {
            item.category += categories;
            for opened in &mut item.groups {
                opened.group += groups;
                opened.by = opened.by.map(|(group, choice)| (group + groups, choice));
            }
            for form in &mut item.forms {
                form.group += groups;
            }
        }
        menu.items.extend(more.items);
        menu.groups.extend(more.groups);
        menu.categories.extend(more.categories);
    }
    let missing = SMALL.saturating_sub(menu.items.len());
    let mut chance = Chance(0x200);
    menu.items.extend(items(missing, &mut chance, 1, 0));
    menu
}

/// The messages that the packs are measured with.
fn written() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/understanding");
    let mut all = Vec::new();
    for language in ["en", "zh"] {
        let text = fs::read_to_string(format!("{folder}/{language}.jsonl")).expect("the set");
        for line in text.lines() {
            let line: serde_json::Value = serde_json::from_str(line).expect("sound");
            all.push(line["text"].as_str().expect("a text").to_owned());
        }
    }
    all
}

/// Orders of the large menu: exact names, one letter wrong, several things with options, in both
/// languages, and small talk.
fn made(menu: &Menu) -> Vec<String> {
    let mut chance = Chance(0x0dd5);
    let counts = ["a", "two", "3", "half a dozen"];
    let hans = ["一份", "两个", "来三份", "半斤"];
    let name = |chance: &mut Chance, at: usize| {
        let item = &menu.items[chance.below(menu.items.len())];
        let mut name = item.names[at.min(item.names.len() - 1)].clone();
        if at == 0 && chance.below(4) == 0 && name.is_ascii() {
            let wrong = 1 + chance.below(name.len() - 2);
            name.replace_range(wrong..=wrong, "e");
        }
        name
    };
    (0..MESSAGES)
        .map(|_| match chance.below(6) {
            0 => format!("{} {} please", chance.of(&counts), name(&mut chance, 0)),
            1 => format!(
                "can i get {} {} with extra garlic and {} {}, no sugar",
                chance.of(&counts),
                name(&mut chance, 0),
                chance.of(&counts),
                name(&mut chance, 2)
            ),
            2 => format!("{}{}", chance.of(&hans), name(&mut chance, 1)),
            3 => format!(
                "{}{}大份不要洋葱，再来{}{}",
                chance.of(&hans),
                name(&mut chance, 1),
                chance.of(&hans),
                name(&mut chance, 1)
            ),
            4 => format!(
                "no wait, make that {} {}",
                chance.of(&counts),
                name(&mut chance, 0)
            ),
            _ => "hello, when do you open on sunday, and where can i park the car".to_owned(),
        })
        .collect()
}

/// Memory of this process, in bytes.
fn resident() -> u64 {
    let text = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = text
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse().ok())
        .unwrap_or(0);
    pages * 4096
}

struct Run {
    per_second: f64,
    p50: Duration,
    p99: Duration,
    most: Duration,
}

fn run(index: &Index, messages: &[String]) -> Run {
    let mut times = Vec::with_capacity(messages.len());
    let begin = Instant::now();
    for message in messages {
        let before = Instant::now();
        black_box(index.understand(black_box(message)));
        times.push(before.elapsed());
    }
    let all = begin.elapsed();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    Run {
        per_second: messages.len() as f64 / all.as_secs_f64(),
        p50: at(50),
        p99: at(99),
        most: at(100),
    }
}

fn median<T: PartialOrd + Copy>(mut all: Vec<T>) -> T {
    all.sort_by(|a, b| a.partial_cmp(b).expect("no NaN"));
    all[all.len() / 2]
}

/// Prints what a menu costs.
fn figures(what: &str, menu: &Menu, messages: &[String], repeat: usize) -> Index {
    let before = resident();
    let index = language::index(menu.clone(), Vec::new());
    let bytes = resident().saturating_sub(before);
    let built: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let menu = menu.clone();
            let begin = Instant::now();
            let index = black_box(language::index(menu, Vec::new()));
            let built = begin.elapsed();
            drop(index);
            built
        })
        .collect();
    let messages: Vec<String> = (0..repeat).flat_map(|_| messages.to_vec()).collect();
    let lines: usize = messages
        .iter()
        .map(|message| index.understand(message).lines.len())
        .sum();
    let runs: Vec<Run> = (0..RUNS).map(|_| run(&index, &messages)).collect();
    println!(
        "{what}: {} items, {} messages with {lines} lines; built in {:.0} ms, {:.1} MB; \
         {:.0} messages a second, p50 {:.1} us, p99 {:.1} us, most {:.1} us",
        menu.items.len(),
        messages.len(),
        median(built).as_secs_f64() * 1e3,
        bytes as f64 / 1e6,
        median(runs.iter().map(|run| run.per_second).collect()),
        median(runs.iter().map(|run| run.p50).collect()).as_secs_f64() * 1e6,
        median(runs.iter().map(|run| run.p99).collect()).as_secs_f64() * 1e6,
        median(runs.iter().map(|run| run.most).collect()).as_secs_f64() * 1e6,
    );
    index
}

fn understand(bench: &mut Criterion) {
    let (menu, messages) = (small(), written());
    let index = figures("small", &menu, &messages, 10);
    let mut group = bench.benchmark_group("understand");
    group.throughput(Throughput::Elements(messages.len() as u64));
    group.bench_function("messages on 200 items", |bench| {
        bench.iter(|| {
            for message in &messages {
                black_box(index.understand(message));
            }
        });
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("index of 200 items", |bench| {
        bench.iter(|| language::index(menu.clone(), Vec::new()));
    });
    drop(index);
    let menu = large();
    let messages = made(&menu);
    let index = figures("large", &menu, &messages, 1);
    group.throughput(Throughput::Elements(messages.len() as u64));
    group.sample_size(10);
    group.bench_function("messages on 100,000 items", |bench| {
        bench.iter(|| {
            for message in &messages {
                black_box(index.understand(message));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, understand);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
}
