//! What is said on menus of other shops: a tea shop with toppings that are counted, a market with
//! packs and weights, a burger bar in the other language. What was once misread stays read.

use std::sync::LazyLock;

use ks_order::shop::language;
use ks_order::understand::Index;

use crate::support::menu::{check_in, group, item, menu};

/// A tea shop, in Chinese alone.
static TEA: LazyLock<Index> = LazyLock::new(|| {
    let all = &[0, 1, 2, 3];
    let items = vec![
        item(&["milk-tea", "珍珠奶茶", "珍奶"], &[], all),
        item(&["oolong", "乌龙奶茶"], &[], all),
        item(&["lemon", "柠檬茶"], &[], all),
        item(&["chips", "薯条"], &[], &[0]),
        item(&["rice", "米饭"], &[], &[]),
        item(&["cold-noodles", "担担面"], &[], &[4]),
    ];
    let groups = vec![
        group("杯型", false, &[&["中杯"], &["大杯", "大份"]]),
        group(
            "温度",
            false,
            &[
                &["冰的", "冰"],
                &["少冰"],
                &["去冰"],
                &["常温"],
                &["热的", "热"],
            ],
        ),
        group("甜度", false, &[&["少糖"], &["半糖"], &["无糖"]]),
        group("加料", true, &[&["珍珠"], &["椰果"], &["布丁"]]),
        group("配料", true, &[&["香菜"], &["花生"]]),
    ];
    language::index(menu(items, groups), Vec::new())
});

/// A market, in Chinese, with what is sold in packs and by weight.
static MARKET: LazyLock<Index> = LazyLock::new(|| {
    let items = vec![
        item(
            &["rice", "大米", "rice"],
            &[&["small", "5公斤装"], &["big", "10公斤装"]],
            &[],
        ),
        item(
            &["eggs", "鸡蛋"],
            &[&["each", "个"], &["tray", "30枚装", "板"]],
            &[],
        ),
        item(&["tomato", "番茄"], &[&["jin", "斤"], &["each", "个"]], &[]),
        item(&["oil", "花生油"], &[&["bottle", "瓶"]], &[]),
        item(
            &["water", "矿泉水"],
            &[&["bottle", "瓶"], &["case", "箱"]],
            &[],
        ),
        item(&["tofu", "老豆腐"], &[&["piece", "块"]], &[]),
        item(&["soft-tofu", "嫩豆腐"], &[&["piece", "块"]], &[]),
    ];
    language::index(menu(items, Vec::new()), Vec::new())
});

/// A burger bar, in English alone.
static BURGERS: LazyLock<Index> = LazyLock::new(|| {
    let items = vec![
        item(&["burger", "cheeseburger"], &[], &[0]),
        item(&["bowl", "chicken bowl", "bowl"], &[], &[0, 2]),
        item(&["fries", "french fries"], &[], &[1]),
        item(&["cola", "cola"], &[], &[1]),
        item(
            &["lager", "lager"],
            &[&["bottle", "bottle"], &["case", "case of 24", "crate"]],
            &[],
        ),
        item(
            &["water", "still water"],
            &[&["bottle", "bottle"], &["case", "case of 24", "case"]],
            &[],
        ),
        item(&["tee", "t-shirt", "tees"], &[], &[3]),
    ];
    let groups = vec![
        group("topping", true, &[&["onions"], &["pickles"], &["bacon"]]),
        group("size", false, &[&["small"], &["large"]]),
        group("protein", true, &[&["steak"], &["tofu"]]),
        group("colour", false, &[&["black"], &["white"]]),
    ];
    language::index(menu(items, groups), Vec::new())
});

/// A market garden, in English, where all is sold by weight and some by each.
static GARDEN: LazyLock<Index> = LazyLock::new(|| {
    let units: &[&[&str]] = &[&["kg", "kg"], &["each", "each"]];
    let items = vec![
        item(&["ginger", "ginger"], units, &[]),
        item(&["fig", "fig", "figs"], units, &[]),
    ];
    language::index(menu(items, Vec::new()), Vec::new())
});

/// Bolts, whose sizes have numbers in their names.
static BOLTS: LazyLock<Index> = LazyLock::new(|| {
    let items = vec![
        item(&["bolt", "coach bolt", "bolts"], &[], &[0]),
        item(&["washer", "washer"], &[], &[0]),
    ];
    let groups = vec![group("thread", false, &[&["M8"], &["M10"], &["M12"]])];
    language::index(menu(items, groups), Vec::new())
});

/// A bakery and bar, in English and Chinese: what is eaten and what is drunk comes in the same sizes.
static BAKERY: LazyLock<Index> = LazyLock::new(|| {
    let items = vec![
        item(&["flatbread", "flatbread"], &[], &[0, 1]),
        item(&["lemonade", "lemonade"], &[], &[0]),
        item(&["latte", "latte", "拿铁"], &[], &[0, 2, 3]),
        item(&["tart", "蛋挞"], &[], &[4]),
        item(&["caesar", "caesar salad"], &[], &[]),
        item(&["soup", "soup of the day"], &[], &[5]),
    ];
    let groups = vec![
        group("size", false, &[&["small"], &["large"]]),
        group("topping", true, &[&["ham"], &["olives"], &["leeks"]]),
        group(
            "extra",
            true,
            &[&["shot", "espresso"], &["vanilla"], &["cinnamon"]],
        ),
        group("heat", false, &[&["热"], &["冰"], &["iced"]]),
        group("oven", true, &[&["加热"]]),
        group("side", false, &[&["salad"], &["bread"]]),
    ];
    language::index(menu(items, groups), Vec::new())
});

#[test]
fn some_of_several_become_otherwise() {
    check_in(
        &TEA,
        &[
            (
                "两杯热乌龙奶茶，其中一杯换少糖，另一杯加椰果",
                &["1 oolong 热的 少糖", "1 oolong 热的 椰果"],
            ),
            (
                "三杯热乌龙奶茶，其中一杯改成冰的，另一杯加布丁",
                &["1 oolong 冰的", "1 oolong 热的", "1 oolong 热的 布丁"],
            ),
            // The number before "no" counts the cups, not the topping.
            (
                "三杯乌龙奶茶，其中一杯不加珍珠",
                &["1 oolong -珍珠", "2 oolong"],
            ),
            ("三杯热柠檬茶，改成两杯", &["2 lemon 热的"]),
            (
                "担担面再来两碗，一碗不要花生",
                &["1 cold-noodles", "1 cold-noodles -花生"],
            ),
        ],
    );
}

#[test]
fn some_of_several_are_taken_back() {
    check_in(
        &TEA,
        &[
            ("三杯柠檬茶，柠檬茶一杯不要了", &["2 lemon"]),
            ("三杯柠檬茶，一杯不要了", &["2 lemon"]),
            (
                "三杯柠檬茶，把一杯柠檬茶换成珍奶",
                &["1 milk-tea", "2 lemon"],
            ),
            ("三杯柠檬茶，柠檬茶换成珍奶", &["3 milk-tea"]),
            ("三杯柠檬茶两杯珍奶，取消柠檬茶", &["2 milk-tea"]),
            // One stays as it is; nothing is taken back.
            ("两杯柠檬茶，一杯冰的一杯不用", &["1 lemon", "1 lemon 冰的"]),
            (
                "两杯珍奶，一杯椰果多放一杯不要",
                &["1 milk-tea -椰果", "1 milk-tea 椰果"],
            ),
        ],
    );
    check_in(
        &BURGERS,
        &[(
            "three colas and two cheeseburgers, cancel one cola",
            &["2 burger", "2 cola"],
        )],
    );
}

#[test]
fn how_much_may_be_said_behind() {
    check_in(
        &TEA,
        &[
            ("珍奶一杯，冰少点糖少点", &["1 milk-tea 少冰 少糖"]),
            ("珍奶一杯不要太甜", &["1 milk-tea 少糖"]),
            ("柠檬茶一杯不要冰的", &["1 lemon 常温"]),
            ("柠檬茶热的两杯凉的三杯", &["2 lemon 热的", "3 lemon 冰的"]),
            (
                "珍奶要两杯大的一杯中的",
                &["1 milk-tea 中杯", "2 milk-tea 大杯"],
            ),
            (
                "柠檬茶三杯珍奶两杯都要冰的",
                &["2 milk-tea 冰的", "3 lemon 冰的"],
            ),
        ],
    );
}

#[test]
fn one_character_may_be_a_size_or_the_end_of_a_name() {
    check_in(
        &TEA,
        &[
            ("大薯条一份", &["1 chips 大杯"]),
            ("大珍奶两杯", &["2 milk-tea 大杯"]),
        ],
    );
    check_in(
        &MARKET,
        &[
            ("一箱水两瓶油", &["1 case of water", "2 oil"]),
            ("水两瓶", &["2 bottle of water"]),
            // Two things end in it.
            ("来两块腐", &["? 腐"]),
        ],
    );
}

#[test]
fn packs_are_told_by_what_they_hold() {
    check_in(
        &MARKET,
        &[
            ("来十斤大米", &["1 small of rice"]),
            ("rice 10kg 一袋", &["1 big of rice"]),
            ("大米15公斤", &["3 small of rice"]),
            ("鸡蛋30枚装2份", &["2 tray of eggs"]),
            ("鸡蛋30枚装2板", &["2 tray of eggs"]),
            ("鸡蛋来个二十个吧", &["20 each of eggs"]),
            ("鸡蛋两板，不，三板", &["3 tray of eggs"]),
            ("番茄大概两三斤", &["2 jin of tomato"]),
            ("三四十个鸡蛋", &["30 each of eggs"]),
        ],
    );
    check_in(
        &BURGERS,
        &[(
            "a crate of lager, a crate of still water",
            &["1 case of lager", "1 case of water"],
        )],
    );
}

#[test]
fn a_list_may_be_numbered() {
    check_in(
        &BURGERS,
        &[
            (
                "1. two colas 2. one cheeseburger with bacon 3. french fries",
                &["1 burger bacon", "1 fries", "2 cola"],
            ),
            ("1) cola\n2) cheeseburger x2", &["1 cola", "2 burger"]),
            // Quantities are no numbering.
            ("cola 1. cheeseburger 2.", &["1 cola", "2 burger"]),
            ("2. cola", &["2 cola"]),
        ],
    );
    check_in(
        &TEA,
        &[
            ("①珍奶两杯②薯条", &["1 chips", "2 milk-tea"]),
            ("1️⃣ 珍奶两杯 2️⃣ 薯条", &["1 chips", "2 milk-tea"]),
            ("一、珍奶两杯；二、薯条一份", &["1 chips", "2 milk-tea"]),
            ("珍奶1、薯条2", &["1 milk-tea", "2 chips"]),
        ],
    );
}

#[test]
fn what_stands_before_or_behind_a_name_counts_it() {
    check_in(
        &BURGERS,
        &[
            ("two kids cheeseburgers", &["2 burger"]),
            (
                "a large cola and three bowls with steak",
                &["1 cola large", "3 bowl steak"],
            ),
            ("bowl with steak, actually make it tofu", &["1 bowl tofu"]),
            (
                "cheeseburger with bacon, actually add onions",
                &["1 burger bacon onions"],
            ),
            ("half-caf cola", &["1 cola", "? caf"]),
            (
                "3 black tees, 2 white ones",
                &["2 tee white", "3 tee black"],
            ),
        ],
    );
}

#[test]
fn whole_names_are_known_in_the_other_language() {
    check_in(
        &TEA,
        &[
            (
                "oolong 珍奶 less ice, half sugar, no pearls",
                &["1 milk-tea 少冰 半糖 -珍珠", "? oolong"],
            ),
            (
                "two lemon teas, one room temperature, one hot",
                &["1 lemon 常温", "1 lemon 热的"],
            ),
            (
                "担担面 no cilantro, no peanuts",
                &["1 cold-noodles -香菜 -花生"],
            ),
        ],
    );
    check_in(
        &BURGERS,
        &[
            (
                "一个芝士汉堡不要酸黄瓜加培根，一份大薯条",
                &["1 burger -pickles bacon", "1 fries large"],
            ),
            ("可乐两杯", &["2 cola"]),
        ],
    );
}

#[test]
fn options_alone_tell_a_thing_that_another_does_not_take() {
    check_in(
        &BAKERY,
        &[
            (
                "a large with ham and olives and two lemonades",
                &["1 flatbread large ham olives", "2 lemonade"],
            ),
            (
                "a lemonade and a large with leeks",
                &["1 flatbread large leeks", "1 lemonade"],
            ),
            (
                "two lemonades, a small with ham and a latte",
                &["1 flatbread small ham", "1 latte", "2 lemonade"],
            ),
            // What it takes is of it.
            (
                "two large and one small lemonade",
                &["1 lemonade small", "2 lemonade large"],
            ),
        ],
    );
}

#[test]
fn each_one_begins_another_part() {
    check_in(
        &BAKERY,
        &[
            (
                "three flatbreads all large one with ham one with leeks and one with olives",
                &[
                    "1 flatbread ham large",
                    "1 flatbread leeks large",
                    "1 flatbread olives large",
                ],
            ),
            (
                "两杯拿铁，一杯热的 one iced",
                &["1 latte iced", "1 latte 热"],
            ),
        ],
    );
}

#[test]
fn a_word_for_counting_may_be_what_is_sold() {
    check_in(
        &BAKERY,
        &[
            (
                "a small latte with three shots and no cinnamon",
                &["1 latte small 3*shot -cinnamon"],
            ),
            ("a latte with two shots", &["1 latte 2*shot"]),
            ("a latte with two shots of vanilla", &["1 latte 2*vanilla"]),
            ("a latte with a shot of espresso", &["1 latte shot"]),
            ("三个蛋挞不加热", &["3 tart -加热"]),
        ],
    );
}

#[test]
fn what_was_wrong_or_disliked_does_not_end_the_order() {
    check_in(
        &BAKERY,
        &[
            ("i'll do a large flatbread", &["1 flatbread large"]),
            (
                "this is for a party, four flatbreads with ham, please don't make it olives",
                &["4 flatbread ham -olives"],
            ),
            ("减肥中，给我一杯拿铁", &["1 latte"]),
            ("上次的拿铁太甜了，这次要冰的", &["1 latte 冰", "? 甜"]),
            (
                "拿铁两杯，蛋挞一个，写反了，拿铁一杯，蛋挞两个",
                &["1 latte", "2 tart"],
            ),
            ("一杯拿铁冰的，给朋友也来一杯一样的", &["2 latte 冰"]),
            ("蛋挞要两个，另外再拿一个", &["3 tart"]),
            ("一份 caesar salad，salad 不要了", &[]),
        ],
    );
}

#[test]
fn a_quantity_may_be_a_fraction_one_more_or_enough() {
    check_in(
        &MARKET,
        &[
            ("三斤番茄，两斤就够了", &["2 jin of tomato"]),
            ("两箱矿泉水…算了一箱就够", &["1 case of water"]),
            ("番茄两斤就好", &["2 jin of tomato"]),
            ("番茄四斤，三斤就行", &["3 jin of tomato"]),
            ("上次的番茄很甜，再来一公斤", &["2 jin of tomato", "? 甜"]),
            ("一家五口，一人两个番茄", &["10 each of tomato"]),
        ],
    );
    check_in(
        &BURGERS,
        &[
            (
                "two cases of still water and one more case",
                &["3 case of water"],
            ),
            (
                "a case of still water, and add a second case",
                &["2 case of water"],
            ),
            ("lager, a case, 3 of them", &["3 case of lager"]),
            ("i said five colas but three are enough", &["3 cola"]),
            ("three kids, two colas per kid", &["6 cola"]),
            (
                "3 black tees, 2 colas and 2 white tees, the colas should be small",
                &["2 cola small", "2 tee white", "3 tee black"],
            ),
        ],
    );
    check_in(
        &GARDEN,
        &[
            ("three quarters of a kilo of ginger", &["0.75 kg of ginger"]),
            (
                "1/2 kg ginger and 3/4 kg figs",
                &["0.5 kg of ginger", "0.75 kg of fig"],
            ),
            ("a fig", &["1 each of fig"]),
            ("fig", &["1 kg of fig"]),
            ("there are four of us, one fig each", &["4 each of fig"]),
        ],
    );
}

#[test]
fn what_is_written_short_or_said_otherwise_is_read_alike() {
    check_in(
        &BURGERS,
        &[
            (
                "can u send 2 btls lager and a case of still water",
                &["1 case of water", "2 bottle of lager"],
            ),
            ("6 black tees, 2 white", &["2 tee white", "6 tee black"]),
            (
                "a large cola and the same in small",
                &["1 cola large", "1 cola small"],
            ),
            (
                "a bowl with steak and the same for my friend",
                &["2 bowl steak"],
            ),
            ("three colas, make that five, not four", &["5 cola"]),
            (
                "two colas, cancel that, one is plenty",
                &["1 cola", "- 2 cola"],
            ),
            ("4 lads here, 2 colas each", &["8 cola"]),
            ("my last order, the colas were broken", &[]),
            (
                "two cheeseburgers, anything but onions",
                &["2 burger -onions"],
            ),
        ],
    );
    check_in(
        &GARDEN,
        &[
            (
                "five kilos of loose figs and 200g ginger",
                &["0.2 kg of ginger", "5 kg of fig"],
            ),
            ("ginger 1kg, 8 figs", &["1 kg of ginger", "8 each of fig"]),
        ],
    );
    check_in(
        &BOLTS,
        &[
            (
                "8 coach bolts and 8 washers, all M10",
                &["8 bolt M10", "8 washer M10"],
            ),
            ("washers M8, 12", &["12 washer M8"]),
            (
                "gimme two washers and a half dozen bolts",
                &["2 washer", "6 bolt"],
            ),
        ],
    );
}
