//! A small catalogue for tests: every kind of unit, price, group and nesting once.

use std::collections::BTreeMap;

use super::super::{
    Catalogue, Category, Choice, ChoicePrice, Group, Item, Parts, Pricing, Quantifier, Unit,
    Variant,
};
use crate::kernel::{Currency, Localised, Money, Quantity};

pub fn cny() -> Currency {
    Currency::parse("CNY").unwrap()
}

pub fn yuan(text: &str) -> Money {
    Money::parse(text, cny()).unwrap()
}

pub fn named(en: &str, zh: &str) -> Localised {
    Localised(BTreeMap::from([
        ("en".to_owned(), en.to_owned()),
        ("zh-CN".to_owned(), zh.to_owned()),
    ]))
}

pub fn item(id: &str, en: &str, zh: &str, price: &str) -> Item {
    Item {
        id: id.into(),
        category: "food".into(),
        name: named(en, zh),
        about: Localised::default(),
        tax: "food".into(),
        photo: None,
        code: None,
        aliases: Vec::new(),
        opening_stock: None,
        low: None,
        unit: Unit::Piece,
        contains: Vec::new(),
        diet: Vec::new(),
        groups: Vec::new(),
        substitutes: Vec::new(),
        max_per_order: None,
        price: Pricing::Single(yuan(price)),
    }
}

pub fn choice(id: &str, price: &str, max: i64) -> Choice {
    Choice {
        id: id.into(),
        name: named(id, id),
        price: ChoicePrice::Single(yuan(price)),
        default: 0,
        max,
        sold_out: false,
        groups: Vec::new(),
    }
}

pub fn group(id: &str, units: (i64, i64), distinct: (i64, i64), choices: Vec<Choice>) -> Group {
    Group {
        id: id.into(),
        name: named(id, id),
        min_units: units.0,
        max_units: units.1,
        min_distinct: distinct.0,
        max_distinct: distinct.1,
        free_units: 0,
        quantifiers: Vec::new(),
        choices,
    }
}

fn size(id: &str, price: &str, default: bool) -> Variant {
    Variant {
        code: None,
        id: id.into(),
        name: named(id, id),
        price: yuan(price),
        default,
    }
}

pub fn parts() -> Parts {
    let chicken = Item {
        aliases: vec!["gongbao".into(), "宫爆鸡丁".into()],
        opening_stock: Some(Quantity(40)),
        low: None,
        groups: vec!["heat".into(), "coriander".into()],
        substitutes: vec!["noodles".into()],
        max_per_order: Some(Quantity(20)),
        ..item("kung-pao", "Kung pao chicken", "宫保鸡丁", "38.00")
    };
    let noodles = Item {
        groups: vec!["toppings".into()],
        ..item("noodles", "Dan dan noodles", "担担面", "22.00")
    };
    let crab = Item {
        unit: Unit::Gram {
            price_per: 500,
            step: 50,
            min: 100,
        },
        opening_stock: Some(Quantity(5000)),
        low: None,
        ..item("crab", "Hairy crab", "大闸蟹", "99.99")
    };
    let beer = Item {
        unit: Unit::Pack { size: 6 },
        tax: "alcohol".into(),
        ..item("beer", "Beer, six pack", "啤酒六瓶装", "48.00")
    };
    let tea = Item {
        price: Pricing::Variants(vec![
            size("small", "12.00", false),
            size("large", "16.00", true),
        ]),
        groups: vec!["pearls".into()],
        opening_stock: Some(Quantity(3)),
        low: None,
        ..item("tea", "Milk tea", "奶茶", "0")
    };
    let set = Item {
        groups: vec!["drink".into()],
        ..item("set", "Set meal", "套餐", "58.00")
    };
    Parts {
        currency: cny(),
        categories: vec![Category {
            id: "food".into(),
            name: named("Food", "食物"),
        }],
        items: vec![chicken, noodles, crab, beer, tea, set],
        groups: groups(),
    }
}

fn groups() -> Vec<Group> {
    let mild = Choice {
        default: 1,
        ..choice("mild", "0.00", 1)
    };
    let heat = group("heat", (1, 1), (1, 1), vec![mild, choice("hot", "0.00", 1)]);
    let coriander = Group {
        quantifiers: vec![Quantifier::Extra, Quantifier::Light, Quantifier::Without],
        ..group("coriander", (0, 1), (0, 1), vec![choice("leaf", "0.00", 1)])
    };
    let toppings = Group {
        free_units: 2,
        ..group(
            "toppings",
            (0, 4),
            (0, 3),
            vec![
                choice("egg", "3.00", 2),
                choice("tofu", "2.00", 2),
                choice("beef", "8.00", 1),
                choice("peanut", "1.00", 3),
            ],
        )
    };
    let sized = |small: &str, large: &str| {
        ChoicePrice::ByVariant(BTreeMap::from([
            ("small".into(), yuan(small)),
            ("large".into(), yuan(large)),
        ]))
    };
    let tapioca = Choice {
        price: sized("2.00", "3.00"),
        ..choice("tapioca", "0", 2)
    };
    let pearls = group("pearls", (0, 2), (0, 1), vec![tapioca]);
    let cola = Choice {
        groups: vec!["ice".into()],
        ..choice("cola", "0.00", 2)
    };
    let water = choice("water", "0.00", 1);
    let drink = group("drink", (1, 2), (1, 2), vec![cola, water]);
    let extra_ice = choice("much", "1.00", 1);
    let ice = group(
        "ice",
        (1, 1),
        (1, 1),
        vec![choice("none", "0.00", 1), extra_ice],
    );
    vec![heat, coriander, toppings, pearls, drink, ice]
}

pub fn catalogue() -> Catalogue {
    Catalogue::new(parts()).unwrap()
}
