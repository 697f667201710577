//! What is said of several things, of kinds of things and of what is not sold: each word of it is
//! in a line, taken back, or told as not understood.

use std::sync::LazyLock;

use ks_order::shop::{Shop, Source, language};
use ks_order::understand::Index;
use ks_order::understand::menu::{Group, Menu};

use crate::support::menu::{check_in, group, item, menu};

static RESTAURANT: LazyLock<Shop> = LazyLock::new(|| shop("restaurant"));
static RETAIL: LazyLock<Shop> = LazyLock::new(|| shop("retail"));

/// A grocery's shelf: things that are sold in several units.
static SHELF: LazyLock<Index> = LazyLock::new(|| language::index(shelf(), Vec::new()));

fn shelf() -> Menu {
    menu(
        vec![
            item(
                &["eggs", "eggs"],
                &[&["dozen", "box of 12"], &["six", "box of 6"]],
                &[],
            ),
            item(&["pasta", "pasta"], &[&["pack", "500 g pack"]], &[]),
            item(
                &["muffin", "muffins"],
                &[&["each", "each"], &["four", "pack of 4", "four-pack"]],
                &[],
            ),
            item(
                &["milk", "milk"],
                &[&["l", "litre", "l"], &["bottle", "2 litre bottle"]],
                &[],
            ),
            item(
                &["socks", "socks"],
                &[&["pair", "pair"], &["five", "pack of 5", "five-pack"]],
                &[0],
            ),
            item(&["pizza", "pizza", "pizzas"], &[], &[1, 2, 3]),
            item(
                &["cheddar", "cheddar"],
                &[&["kg", "kg"], &["block", "400 g block", "block"]],
                &[],
            ),
            item(
                &["tomato", "tomatoes", "西红柿"],
                &[&["kg", "kg"], &["jin", "jin", "斤"]],
                &[],
            ),
            item(&["latte", "latte"], &[], &[]),
            item(&["chai", "chai tea latte"], &[], &[]),
        ],
        vec![
            group("colour", false, &[&["black"], &["white"]]),
            group("size", false, &[&["small"], &["large"]]),
            group("topping", true, &[&["ham"], &["bacon"], &["mushrooms"]]),
            Group {
                negatable: true,
                quantifiable: true,
                ..group("crust", false, &[&["thin crust"], &["deep crust"]])
            },
        ],
    )
}

fn shop(pack: &str) -> Shop {
    Shop::load(&Source::Pack(pack.to_owned())).unwrap()
}

fn check(shop: &Shop, cases: &[(&str, &[&str])]) {
    check_in(&shop.understanding, cases);
}

#[test]
fn packs_are_counted_by_what_the_thing_comes_in() {
    check_in(
        &SHELF,
        &[
            ("four packs of pasta", &["4 pasta"]),
            ("two four-packs of muffins", &["2 four of muffin"]),
            ("two packs of muffins", &["2 four of muffin"]),
            ("3 muffins", &["3 each of muffin"]),
            ("2 bottles of milk", &["2 bottle of milk"]),
            ("two litres of milk", &["2 l of milk"]),
            (
                "two boxes of 12 eggs and one box of six",
                &["1 six of eggs", "2 dozen of eggs"],
            ),
            (
                "three pairs of socks, black, and a five-pack in white",
                &["1 five of socks white", "3 pair of socks black"],
            ),
            ("a pack of 6 eggs", &["1 six of eggs"]),
            ("two dozen muffins", &["24 each of muffin"]),
            (
                "200 g cheddar and a block",
                &["0.2 kg of cheddar", "1 block of cheddar"],
            ),
            ("一斤八两西红柿", &["1.8 jin of tomato"]),
        ],
    );
}

#[test]
fn the_first_and_the_second_of_several_are_told_apart() {
    check_in(
        &SHELF,
        &[
            (
                "three pizzas, the first with ham, the second with bacon and the third with mushrooms",
                &["1 pizza bacon", "1 pizza ham", "1 pizza mushrooms"],
            ),
            (
                "two pizzas, no ham on one of them",
                &["1 pizza", "1 pizza -ham"],
            ),
            (
                "two pizzas, one with ham, the other without",
                &["1 pizza -ham", "1 pizza ham"],
            ),
            (
                "three large pizzas and two small ones",
                &["2 pizza small", "3 pizza large"],
            ),
            (
                "a small ham and one large bacon",
                &["1 pizza large bacon", "1 pizza small ham"],
            ),
        ],
    );
    check(
        &RESTAURANT,
        &[(
            "两份麻婆豆腐，第一份微辣，第二份不要香菜",
            &["1 mapo-tofu -coriander", "1 mapo-tofu mild"],
        )],
    );
}

#[test]
fn no_goes_through_a_list_and_ends_before_the_thing() {
    check(
        &RESTAURANT,
        &[
            (
                "麻婆豆腐不要香菜蒜微辣",
                &["1 mapo-tofu -coriander -garlic mild"],
            ),
            ("不放蒜的麻婆豆腐两份", &["2 mapo-tofu -garlic"]),
            ("不要香菜的麻婆豆腐一份", &["1 mapo-tofu -coriander"]),
            // Of a degree "no" can't be said.
            ("不要微辣的麻婆豆腐", &["- all mapo-tofu", "? 微辣"]),
        ],
    );
}

#[test]
fn no_said_of_a_question_is_said_of_nothing_else() {
    check_in(
        &SHELF,
        &[
            ("a pizza with ham no crust", &["1 pizza ham"]),
            ("a pizza no crust double bacon", &["1 pizza bacon"]),
        ],
    );
}

#[test]
fn a_longer_part_of_a_name_goes_before_a_shorter_name() {
    check_in(
        &SHELF,
        &[("a chai latte", &["1 chai"]), ("a latte", &["1 latte"])],
    );
}

#[test]
fn what_each_person_has_may_be_several_things() {
    let wanted: &[&str] = &["5 cola", "5 steamed-rice"];
    check(
        &RESTAURANT,
        &[
            ("五个人，每人一碗米饭一罐可乐", wanted),
            ("每人一碗米饭和一罐可乐，五个人", wanted),
            (
                "三个人一人一碗米饭，再来一罐可乐",
                &["1 cola", "3 steamed-rice"],
            ),
        ],
    );
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
