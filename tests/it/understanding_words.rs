//! What is said of several things, of kinds of things and of what is not sold: each word of it is
//! in a line, taken back, or told as not understood.

use std::sync::LazyLock;

use ks_order::shop::{Shop, Source};
use ks_order::understand::{Line, Understood};

static RESTAURANT: LazyLock<Shop> = LazyLock::new(|| shop("restaurant"));
static RETAIL: LazyLock<Shop> = LazyLock::new(|| shop("retail"));

fn shop(pack: &str) -> Shop {
    Shop::load(&Source::Pack(pack.to_owned())).unwrap()
}

/// Lines as "2 milk-tea large -coriander", then what is refused ("0"), taken back ("-"), said of
/// nothing ("~") and not understood ("?").
fn read(shop: &Shop, text: &str) -> Vec<String> {
    let menu = &shop.understanding.menu;
    let found: Understood = shop.understanding.understand(text);
    let option = |group: usize, choice: usize, negated: bool| {
        let id = &menu.groups[group].choices[choice].id;
        if negated {
            format!("-{id}")
        } else {
            id.clone()
        }
    };
    let line = |line: &Line| {
        let thing = match (line.item, line.category) {
            (Some(item), _) => menu.items[item].id.clone(),
            (None, category) => format!("any of {}", menu.categories[category.unwrap()].id),
        };
        let options = line.options.iter();
        let options = options.map(|o| format!(" {}", option(o.group, o.choice, o.negated)));
        format!("{} {thing}{}", line.quantity, options.collect::<String>())
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
    all.extend(loose.map(|o| format!("~ {}", option(o.group, o.choice, o.negated))));
    all.extend(
        found
            .unknown
            .iter()
            .map(|at| format!("? {}", &text[at.clone()])),
    );
    all
}

fn check(shop: &Shop, cases: &[(&str, &[&str])]) {
    for (text, wanted) in cases {
        assert_eq!(read(shop, text), *wanted, "{text}");
    }
}

#[test]
fn a_name_with_a_number_in_it_stands_beside_others() {
    let wanted: &[&str] = &["1 labels", "1 markers"];
    check(
        &RETAIL,
        &[
            (
                "one Address labels, 500 pieces, one Whiteboard markers, set of 8",
                wanted,
            ),
            (
                "one Whiteboard markers, set of 8, one Address labels, 500 pieces",
                wanted,
            ),
            ("一份快递面单标签（500 张），一份白板笔（8 色）", wanted),
            (
                "两份白板笔（8 色），快递面单标签（500 张）",
                &["1 labels", "2 markers"],
            ),
        ],
    );
    check(
        &RESTAURANT,
        &[(
            "two lunch sets with egg tart, two colas",
            &["2 cola", "2 lunch-set egg-tart"],
        )],
    );
}

#[test]
fn a_weight_of_what_is_sold_by_the_piece_is_asked_back() {
    check(
        &RESTAURANT,
        &[
            ("500 g of steamed sea bass", &["0 steamed-sea-bass"]),
            (
                "a pound of kung pao chicken and two colas",
                &["0 kung-pao", "2 cola"],
            ),
            ("半斤米饭两份可乐", &["0 steamed-rice", "2 cola"]),
            ("800 g mud crab", &["800 mud-crab"]),
        ],
    );
    // By what a piece holds it is a number of pieces.
    check(
        &RETAIL,
        &[
            ("1 kg mixed nuts", &["2 mixed-nuts"]),
            ("洗手液十升", &["2 hand-soap"]),
        ],
    );
}

#[test]
fn a_word_that_several_things_have_is_asked() {
    let found = RESTAURANT.understanding.understand("two noodles");
    assert_eq!(found.lines.len(), 1);
    assert!(!found.lines[0].others.is_empty(), "{found:?}");
    assert!(found.lines[0].score < 80);
}

#[test]
fn no_word_of_what_is_not_sold_is_swallowed() {
    check(
        &RESTAURANT,
        &[
            ("2 7up and a no. 5", &["? 7up", "? no. 5"]),
            ("one cola and a 7up", &["1 cola", "? 7up"]),
            ("No. 5 colas please", &["5 cola"]),
            ("give me 3pcs of cola", &["3 cola"]),
            ("can I park there?", &["? park"]),
            ("番茄丸子汤一份", &["? 番茄丸子汤"]),
            ("小龙虾一份 米饭两碗", &["2 steamed-rice", "? 小龙虾"]),
            ("noodles please", &["? noodles"]),
            ("some soup please", &["? soup"]),
            ("three soups", &["3 any of soups"]),
        ],
    );
    check(
        &RETAIL,
        &[
            ("订书针一盒，订书机一个", &["1 stapler", "? 订书针"]),
            ("EV-9999 x 2 and a stapler", &["1 stapler", "? EV-9999"]),
            (
                "3 boxes of B5 envelopes, gel pens, box of 12, two",
                &["2 gel-pens", "3 cartons", "? B5 envelopes"],
            ),
        ],
    );
}

#[test]
fn a_kind_of_things_can_be_taken_back() {
    check(
        &RESTAURANT,
        &[
            ("without the second soup", &["- 1 any of soups"]),
            ("remove the second soup", &["- 1 any of soups"]),
            ("cancel two soups", &["- 2 any of soups"]),
            ("第二个汤不要了", &["- 1 any of soups"]),
            ("把汤去掉", &["- all any of soups"]),
            (
                "来两份宫保鸡丁，汤不要了",
                &["2 kung-pao", "- all any of soups"],
            ),
            ("两份可乐，第二个不要了", &["1 cola"]),
            ("可乐换成酸梅汤", &["1 plum-juice", "- all cola"]),
            ("来一份可乐，换成酸梅汤", &["1 plum-juice"]),
            ("two colas, not the second", &["1 cola"]),
        ],
    );
}

#[test]
fn less_of_an_option_is_not_less_of_the_thing() {
    check(
        &RESTAURANT,
        &[
            ("one less sugar milk tea", &["1 milk-tea half"]),
            ("a milk tea less sugar", &["1 milk-tea half"]),
            ("milk tea with less sugar", &["1 milk-tea half"]),
            ("one less rice", &["- 1 steamed-rice"]),
            ("one rice less", &["- 1 steamed-rice"]),
            ("少一份米饭", &["- 1 steamed-rice"]),
            ("香菜不要了", &["~ -coriander"]),
        ],
    );
}

#[test]
fn some_are_excepted_from_all() {
    let tofu: &[&str] = &["1 kung-pao none", "1 mapo-tofu"];
    check(
        &RESTAURANT,
        &[
            ("宫保鸡丁、麻婆豆腐各一份，除了麻婆豆腐都不要辣", tofu),
            ("宫保鸡丁、麻婆豆腐各一份，除了麻婆豆腐其他都不要辣", tofu),
            (
                "mapo tofu and kung pao, all mild except the tofu",
                &["1 kung-pao mild", "1 mapo-tofu"],
            ),
            (
                "a cola and a lemon tea, all without ice except the cola",
                &["1 cola", "1 lemon-tea none"],
            ),
            ("牛肉面，除了香菜都要", &["1 beef-noodles -coriander"]),
            (
                "beef noodles with everything but coriander",
                &["1 beef-noodles -coriander"],
            ),
            (
                "三份宫保鸡丁，除了一份都不要辣",
                &["1 kung-pao", "2 kung-pao none"],
            ),
        ],
    );
}

#[test]
fn several_of_one_thing_are_told_apart() {
    let teas: &[&str] = &["1 milk-tea small", "2 milk-tea large"];
    let noodles: &[&str] = &[
        "1 dan-dan-noodles hot",
        "1 dan-dan-noodles mild",
        "1 dan-dan-noodles none",
    ];
    check(
        &RESTAURANT,
        &[
            ("two large and one small milk tea", teas),
            ("two large milk teas and one small", teas),
            ("milk tea, two large one small", teas),
            ("两大一小三杯奶茶", teas),
            ("奶茶两大一小", teas),
            ("三碗担担面，分别要不辣、微辣、特辣", noodles),
            (
                "three dan dan noodles, not hot, mild and very hot respectively",
                noodles,
            ),
            (
                "kung pao and mapo tofu, mild and very hot respectively",
                &["1 kung-pao mild", "1 mapo-tofu hot"],
            ),
            ("lemon tea, two of those", &["2 lemon-tea"]),
            (
                "two soups: wonton soup and hot and sour soup",
                &["1 hot-sour-soup", "1 wonton-soup"],
            ),
        ],
    );
}
