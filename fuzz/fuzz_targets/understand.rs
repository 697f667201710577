//! Any text over two small menus, as an order and as a search: nothing panics, and nothing comes out
//! that the menu does not allow. The first byte chooses the menu.
#![no_main]
#![allow(
    dead_code,
    unexpected_cfgs,
    reason = "only a part of each module is fuzzed"
)]

#[path = "../../src/domain/mod.rs"]
mod domain;
#[path = "../../src/kernel/mod.rs"]
mod kernel;
#[path = "../../src/understand/mod.rs"]
mod understand;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use understand::menu::{Category, Choice, Form, Group, Item, Menu, Opened, Unit};
use understand::{Index, Line, Words};

static INDEXES: LazyLock<[Index; 2]> = LazyLock::new(|| {
    let mut words = Words::default();
    for text in [
        include_str!("../../dialogues/common/language/en.toml"),
        include_str!("../../dialogues/common/language/zh.toml"),
    ] {
        words.add(Words::read(text).expect("sound"));
    }
    [
        Index::new(stall(), words.clone()),
        Index::new(store(), words),
    ]
});

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn group(
    id: &str,
    max: Option<i64>,
    wishes: bool,
    form: bool,
    choices: &[(&[&str], i64)],
) -> Group {
    let choice = |(all, max): &(&[&str], i64)| Choice {
        id: all[0].replace(' ', "-"),
        names: names(all),
        max: *max,
        any_of: Vec::new(),
    };
    Group {
        id: id.to_owned(),
        names: names(&[id]),
        max,
        quantifiable: wishes,
        negatable: wishes,
        form,
        around: Vec::new(),
        choices: choices.iter().map(choice).collect(),
    }
}

fn item(id: &str, category: usize, all: &[&str], groups: &[usize]) -> Item {
    let opened = |group: &usize| Opened {
        group: *group,
        by: None,
    };
    Item {
        id: id.to_owned(),
        category,
        names: names(all),
        groups: groups.iter().map(opened).collect(),
        units: Vec::new(),
        forms: Vec::new(),
    }
}

fn categories(all: &[&[&str]]) -> Vec<Category> {
    let category = |all: &&[&str]| Category {
        id: all[0].to_owned(),
        names: names(all),
    };
    all.iter().map(category).collect()
}

/// Food with options, some of them inside others, names with numbers and command words.
fn stall() -> Menu {
    let mut menu = Menu {
        categories: categories(&[&["snacks", "小吃"], &["drinks", "饮料"]]),
        items: vec![
            item(
                "dumplings",
                0,
                &["Fish dumplings (6)", "鱼肉饺子", "jiaozi"],
                &[1, 2],
            ),
            item("pancake", 0, &["Onion pancake", "葱油饼"], &[1]),
            item(
                "porridge",
                0,
                &["Eight treasure porridge", "八宝粥"],
                &[0, 3],
            ),
            item("seven", 1, &["7up", "七喜"], &[0, 4]),
            item("five", 1, &["No. 5 lemonade", "五号柠檬水"], &[0, 3, 4]),
            item("stop", 1, &["Cancel tea", "取消茶"], &[4]),
        ],
        groups: vec![
            group(
                "size",
                Some(1),
                false,
                true,
                &[(&["small", "小杯"], 1), (&["large", "大杯"], 1)],
            ),
            group(
                "sauce",
                None,
                true,
                false,
                &[
                    (&["vinegar", "醋"], 3),
                    (&["chilli oil", "辣油"], 3),
                    (&["coriander", "香菜"], 1),
                ],
            ),
            group(
                "heat",
                Some(1),
                false,
                false,
                &[
                    (&["not hot", "不辣"], 1),
                    (&["mild", "微辣"], 1),
                    (&["hot", "重辣"], 1),
                ],
            ),
            group(
                "sugar",
                Some(1),
                false,
                false,
                &[
                    (&["no sugar", "无糖"], 1),
                    (&["less sugar", "少糖"], 1),
                    (&["full sugar", "全糖"], 1),
                ],
            ),
            group(
                "ice",
                Some(2),
                true,
                false,
                &[(&["ice", "冰"], 1), (&["jelly", "椰果"], 2)],
            ),
            group(
                "oil",
                Some(1),
                false,
                false,
                &[(&["sesame oil", "香油"], 1), (&["pepper oil", "花椒油"], 1)],
            ),
        ],
    };
    // Chilli oil is asked of which kind.
    menu.items[0].groups.push(Opened {
        group: 5,
        by: Some((1, 1)),
    });
    menu
}

/// Goods by weight, in packs and by their numbers.
fn store() -> Menu {
    let unit = |id: &str, all: &[&str], holds| Unit {
        id: id.to_owned(),
        names: names(all),
        holds,
    };
    let mut menu = Menu {
        categories: categories(&[&["paper", "纸品"], &["fruit", "水果"]]),
        items: vec![
            item("paper", 0, &["Copy paper A4", "复印纸", "AB-100"], &[0]),
            item("clips", 0, &["Paper clips", "回形针"], &[]),
            item("plum", 1, &["Plums", "李子"], &[]),
            item("egg", 1, &["Duck eggs", "鸭蛋"], &[]),
        ],
        groups: vec![group(
            "colour",
            Some(1),
            false,
            true,
            &[(&["white", "白色"], 1), (&["blue", "蓝色"], 1)],
        )],
    };
    menu.items[0].forms.push(Form {
        name: "AB-100-B".to_owned(),
        group: 0,
        choice: 1,
    });
    menu.items[0].units = vec![unit("pack", &["pack", "packs"], Some(5))];
    menu.items[1].units = vec![unit("g", &["g"], None)];
    menu.items[2].units = vec![
        unit("kg", &["kg", "公斤"], None),
        unit("each", &["each", "个"], None),
    ];
    menu.items[3].units = vec![
        unit("box", &["box of 12", "盒(12个)"], None),
        unit("each", &["each"], None),
    ];
    menu
}

fn allowed(menu: &Menu, text: &str, line: &Line) {
    assert!(line.quantity.0 > 0 && line.item.is_some() != line.category.is_some());
    assert!(line.spans.iter().all(|at| text.get(at.clone()).is_some()));
    assert!(line.category.is_none_or(|at| at < menu.categories.len()));
    let Some(item) = line.item else {
        return;
    };
    assert!(
        line.unit
            .is_none_or(|unit| unit < menu.items[item].units.len())
    );
    for option in &line.options {
        let group = &menu.groups[option.group];
        assert!(menu.opens(item, option.group));
        assert!(option.count >= 1 && option.count <= group.choices[option.choice].max);
        assert!(!option.negated || group.negatable);
        assert!(option.much.is_none() || group.quantifiable);
        let taken = line
            .options
            .iter()
            .filter(|o| o.group == option.group && !o.negated);
        let taken: i64 = taken.map(|o| o.count).sum();
        assert!(group.max.is_none_or(|max| taken <= max));
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((menu, text)) = data.split_first() else {
        return;
    };
    let index = &INDEXES[usize::from(menu % 2)];
    let text = String::from_utf8_lossy(text);
    let found = index.understand(&text);
    for line in &found.lines {
        allowed(&index.menu, &text, line);
    }
    assert!(
        found
            .unknown
            .iter()
            .all(|at| text.get(at.clone()).is_some())
    );
    for (item, score) in index.find(&text, 8) {
        assert!(item < index.menu.items.len() && (0.0..=1.0).contains(&score));
    }
});
