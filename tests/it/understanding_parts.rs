//! Parts of several, kinds that are told one by one, measures that are options, changes that name
//! several things: on the menus of a snack bar, a corner shop and a noodle bar.

use std::sync::LazyLock;

use ks_order::shop::language;
use ks_order::understand::Index;

use crate::support::menu::{check_in, group, item, menu};

/// A snack bar, in English.
static SNACKS: LazyLock<Index> = LazyLock::new(|| {
    let items = vec![
        item(&["calzone", "calzone"], &[], &[0, 1]),
        item(&["falafel", "falafel wrap"], &[], &[1]),
        item(&["halloumi", "halloumi wrap"], &[], &[1]),
        item(&["lentils", "smoky tomato red lentil soup"], &[], &[1]),
        item(&["juice", "apple juice"], &[], &[2, 0]),
        item(&["cola", "cola"], &[], &[0]),
        item(&["brown", "dr brown"], &[], &[0]),
        item(&["shake", "banana shake"], &[], &[0]),
    ];
    let groups = vec![
        group(
            "size",
            false,
            &[&["small"], &["medium"], &["large"], &["extra large"]],
        ),
        group(
            "topping",
            true,
            &[
                &["ham"],
                &["olives"],
                &["capers"],
                &["mustard"],
                &["smoky tomato"],
            ],
        ),
        group("volume", false, &[&["500 ml"], &["1 litre"], &["2 litres"]]),
    ];
    language::index(menu(items, groups), Vec::new())
});

/// A corner shop, in English, that sells in units.
static CORNER: LazyLock<Index> = LazyLock::new(|| {
    let items = vec![
        item(
            &["eggs", "eggs", "egg"],
            &[
                &["dozen", "box of 12"],
                &["six", "box of 6", "half a dozen"],
            ],
            &[],
        ),
        item(
            &["rolls", "bread rolls", "rolls"],
            &[
                &["each", "each"],
                &["four", "pack of 4"],
                &["tray", "24 pack"],
            ],
            &[],
        ),
        item(&["rye", "rye bread"], &[&["loaf", "loaf"]], &[0]),
        item(&["quark", "quark"], &[&["tub", "tub"]], &[]),
        item(
            &["rice", "rice"],
            &[&["kg", "kg"], &["sack", "10 kg bag"]],
            &[],
        ),
        item(&["leeks", "leeks"], &[&["kg", "kg"]], &[]),
        item(&["salt", "salt"], &[&["bag", "1 kg bag"]], &[]),
        item(&["cola", "cola"], &[&["can", "can"]], &[]),
        item(&["still", "still water"], &[&["bottle", "bottle"]], &[]),
        item(&["fizzy", "fizzy water"], &[&["bottle", "bottle"]], &[]),
    ];
    let groups = vec![group("cut", false, &[&["sliced"], &["whole"]])];
    language::index(menu(items, groups), Vec::new())
});

/// A coffee cart, in English, whose roasts are called like amounts and syrups like drinks.
static CART: LazyLock<Index> = LazyLock::new(|| {
    let items = vec![
        item(&["mocha", "mocha"], &[], &[0, 1, 2]),
        item(&["filter", "filter coffee"], &[], &[0, 1, 2]),
    ];
    let groups = vec![
        group("roast", false, &[&["light roast", "light"], &["dark"]]),
        group("syrup", true, &[&["mocha"], &["vanilla"]]),
        group("extra", true, &[&["ice"], &["shot"]]),
    ];
    language::index(menu(items, groups), Vec::new())
});

/// A wardrobe, in English and Chinese: colours and sizes, and what is sold in pairs.
static CLOTHES: LazyLock<Index> = LazyLock::new(|| {
    let items = vec![
        item(&["vest", "v-neck vest", "背心"], &[], &[0, 1, 2]),
        item(&["sandals", "sandals", "凉鞋"], &[], &[1]),
        item(
            &["gloves", "gloves", "手套"],
            &[&["pair", "pair", "双"], &["three", "pack of 3", "3双装"]],
            &[1],
        ),
    ];
    let groups = vec![
        group("size", false, &[&["S"], &["M", "medium"], &["L", "large"]]),
        group("colour", false, &[&["黑色", "black"], &["白色", "white"]]),
        group("print", true, &[&["name print"]]),
    ];
    language::index(menu(items, groups), Vec::new())
});

/// A noodle bar, in Chinese.
static NOODLES: LazyLock<Index> = LazyLock::new(|| {
    let items = vec![
        item(&["dandan", "担担面"], &[], &[0, 1]),
        item(&["beef", "红烧牛肉面"], &[], &[0, 1]),
        item(&["wonton", "红油抄手"], &[], &[0]),
        item(&["plum", "酸梅汤"], &[], &[]),
    ];
    let groups = vec![
        group("辣度", false, &[&["不辣", "别放辣"], &["微辣"]]),
        group("加料", true, &[&["花生"], &["豆皮"]]),
    ];
    language::index(menu(items, groups), Vec::new())
});

#[test]
fn several_by_their_size_alone_have_parts() {
    check_in(
        &SNACKS,
        &[
            // "One" is one of the three, not what the size is said of.
            (
                "three mediums one with ham one with capers and one plain",
                &[
                    "1 calzone medium",
                    "1 calzone medium capers",
                    "1 calzone medium ham",
                ],
            ),
            ("two larges with ham", &["2 calzone large ham"]),
            (
                "three calzones, a small with ham, a medium with olives and a large",
                &[
                    "1 calzone large",
                    "1 calzone medium olives",
                    "1 calzone small ham",
                ],
            ),
            (
                "three large calzones, one with ham, another one with olives and another with capers",
                &[
                    "1 calzone large capers",
                    "1 calzone large ham",
                    "1 calzone large olives",
                ],
            ),
            // There it is one besides.
            (
                "a large calzone with ham and another with olives",
                &["1 calzone large ham", "1 calzone olives"],
            ),
            (
                "a large calzone with ham and a second large calzone with olives",
                &["1 calzone large ham", "1 calzone large olives"],
            ),
        ],
    );
}

#[test]
fn a_kind_may_be_told_one_by_one() {
    check_in(
        &SNACKS,
        &[
            (
                "two wraps, one falafel and one halloumi",
                &["1 falafel", "1 halloumi"],
            ),
            (
                "three wraps: two falafel and a halloumi with ham",
                &["1 halloumi ham", "2 falafel"],
            ),
            ("two wraps, falafel, halloumi", &["1 falafel", "1 halloumi"]),
            // Things of their own, though the numbers come to the same.
            (
                "two colas, a banana shake and a dr brown",
                &["1 brown", "1 shake", "2 cola"],
            ),
        ],
    );
    check_in(
        &CORNER,
        &[(
            "2 rye bread, 1 rice, 1 bread rolls",
            &["1 each of rolls", "1 kg of rice", "2 rye"],
        )],
    );
    check_in(
        &NOODLES,
        &[(
            "来三份面，两份担担面一份红烧牛肉面",
            &["1 beef", "2 dandan", "? 面"],
        )],
    );
}

#[test]
fn a_measure_may_be_an_option() {
    check_in(
        &SNACKS,
        &[
            ("half a litre of apple juice", &["1 juice 500 ml"]),
            ("a litre of apple juice", &["1 juice 1 litre"]),
            ("two half-litre apple juices", &["2 juice 500 ml"]),
            ("apple juice, 1000 ml", &["1 juice 1 litre"]),
            // It does not come so.
            ("1.5 litres of apple juice", &["0 juice"]),
        ],
    );
}

#[test]
fn a_full_stop_may_say_that_a_word_is_short() {
    check_in(
        &SNACKS,
        &[
            (
                "two colas and a small dr. brown",
                &["1 brown small", "2 cola"],
            ),
            (
                "a doctor brown and a lg. cola",
                &["1 brown", "1 cola large"],
            ),
            (
                "cola for me, thank u. a dr brown too",
                &["1 brown", "1 cola"],
            ),
        ],
    );
    check_in(
        &CORNER,
        &[("leeks 2 kg. rice 1 kg.", &["1 kg of rice", "2 leeks"])],
    );
}

#[test]
fn a_change_may_name_several_things() {
    check_in(
        &SNACKS,
        &[
            (
                "a falafel wrap, a banana shake and a cola, make the banana shake and the cola large",
                &["1 cola large", "1 falafel", "1 shake large"],
            ),
            (
                "a calzone with ham instead of capers and a cola instead of dr brown",
                &["1 calzone ham -capers", "1 cola", "- all brown"],
            ),
            (
                "instead of the cola i'd like two shakes",
                &["2 shake", "- all cola"],
            ),
            // The soup's own name ends like an option.
            (
                "the smoky tomato soup with mustard instead of ham",
                &["1 lentils mustard -ham"],
            ),
        ],
    );
    check_in(
        &CORNER,
        &[
            (
                "2 kg rice. swap the rice for a 10 kg bag",
                &["1 sack of rice"],
            ),
            (
                "3 kg leeks... sorry, 2 kg, and a bag of salt",
                &["1 salt", "2 leeks"],
            ),
            (
                "a box of 6 eggs. scratch that, a dozen",
                &["1 dozen of eggs"],
            ),
            (
                "two colas and a quark. actually one more cola",
                &["1 cola", "1 quark", "2 cola"],
            ),
            (
                "rice and salt. oh i've still got rice, leave that out",
                &["1 salt"],
            ),
        ],
    );
    check_in(
        &NOODLES,
        &[(
            "两碗担担面一碗酸梅汤，酸梅汤不要了，换成抄手",
            &["1 wonton", "2 dandan"],
        )],
    );
}

#[test]
fn a_unit_may_tell_the_thing() {
    check_in(
        &CORNER,
        &[
            (
                "a kilo of leeks, two loaves and a can of cola",
                &["1 cola", "1 leeks", "2 rye"],
            ),
            ("add a loaf, sliced", &["1 rye sliced"]),
            ("rye bread, two loaves", &["2 rye"]),
            // Of what is not sold it tells nothing.
            ("a tub of jam", &["? jam"]),
            ("jam, one tub", &["? jam"]),
            ("two four packs of rolls", &["2 four of rolls"]),
            ("two 24 packs of rolls", &["2 tray of rolls"]),
            (
                "there are four of us, two rolls each and one can of cola each",
                &["4 cola", "8 each of rolls"],
            ),
            (
                "two bottles of fizzy and 3 still ones",
                &["2 fizzy", "3 still"],
            ),
            (
                "half a kilo of leeks, half a kilo of rice",
                &["0.5 kg of rice", "0.5 leeks"],
            ),
        ],
    );
}

#[test]
fn a_number_may_count_in_what_was_said_before() {
    check_in(
        &CORNER,
        &[
            (
                "three four-packs of rolls and one of cola",
                &["1 cola", "3 four of rolls"],
            ),
            (
                "two kilos of leeks and three of rice",
                &["2 leeks", "3 kg of rice"],
            ),
            ("half a dozen eggs", &["1 six of eggs"]),
            ("half a dozen rolls", &["6 each of rolls"]),
        ],
    );
}

#[test]
fn an_option_may_be_called_like_something_else() {
    check_in(
        &CART,
        &[
            ("a mocha with light ice", &["1 mocha ice"]),
            ("a light filter coffee", &["1 filter light roast"]),
            ("a mocha", &["1 mocha"]),
            ("a filter coffee with mocha", &["1 filter mocha"]),
            // What is not sold is no slip of a word of the language.
            (
                "two mochas, two scones and a donut wiht ice",
                &["2 mocha", "? scones", "? donut", "? ice"],
            ),
            (
                "four mochas, two plain, one burnt, one with ice",
                &["1 mocha ice", "3 mocha", "? burnt"],
            ),
            (
                "a filter coffee and a mocha, the mocha with ice",
                &["1 filter", "1 mocha ice"],
            ),
            (
                "a mocha with three shots and vanilla",
                &["1 mocha 3*shot vanilla"],
            ),
        ],
    );
}

#[test]
fn a_pair_is_of_what_was_named() {
    check_in(
        &CLOTHES,
        &[
            (
                "凉鞋白色一双，手套黑色两双",
                &["1 sandals 白色", "2 pair of gloves 黑色"],
            ),
            ("凉鞋，白的，一双", &["1 sandals 白色"]),
            ("来两双黑的", &["2 pair of gloves 黑色"]),
            ("手套三双装两份", &["2 three of gloves"]),
            ("a 3 pack of gloves", &["1 three of gloves"]),
            ("two 3 packs of gloves", &["2 three of gloves"]),
            (
                "two v-necks with name print, one S one M",
                &["1 vest name print M", "1 vest name print S"],
            ),
            ("a vest, large instead of medium", &["1 vest L"]),
        ],
    );
}

#[test]
fn a_correction_may_come_before_the_thing() {
    check_in(
        &SNACKS,
        &[
            ("give me two, no three colas", &["3 cola"]),
            ("two colas, no three", &["3 cola"]),
            (
                "i will have what i had last time plus a banana shake",
                &["1 shake"],
            ),
            ("my last order was cold and a cola was missing", &[]),
        ],
    );
    check_in(
        &NOODLES,
        &[
            (
                "担担面十碗，改成二十，再加五碗抄手",
                &["20 dandan", "5 wonton"],
            ),
            (
                "担担面四个两个微辣一个不辣一个加花生",
                &["1 dandan 不辣", "1 dandan 花生", "2 dandan 微辣"],
            ),
            ("担担面两份都要微辣", &["2 dandan 微辣"]),
            (
                "担担面酸梅汤各一份，两碗抄手",
                &["1 dandan", "1 plum", "2 wonton"],
            ),
            ("担担面要不放花生的", &["1 dandan -花生"]),
        ],
    );
}

#[test]
fn a_name_may_be_half_in_pinyin() {
    check_in(
        &NOODLES,
        &[
            ("来份dandan面，一碗红烧niurou面", &["1 beef", "1 dandan"]),
            ("两份红油chaoshou", &["2 wonton"]),
            // What is not to be put in is not the heat.
            ("一份担担面，别放木耳", &["1 dandan", "? 木耳"]),
        ],
    );
}

#[test]
fn there_may_be_more_or_less_of_what_was_counted() {
    check_in(
        &NOODLES,
        &[
            ("来份担担面，加一份花生", &["1 dandan 花生"]),
            ("担担面两份，加两份豆皮", &["2 dandan 2*豆皮"]),
            ("担担面一份，再加一份微辣的", &["1 dandan", "1 dandan 微辣"]),
            ("三碗担担面，减一碗", &["2 dandan"]),
            (
                "三碗担担面两碗抄手，担担面减一碗",
                &["2 dandan", "2 wonton"],
            ),
            ("把担担面减一碗", &["- 1 dandan"]),
            ("三碗担担面不够，五碗吧", &["5 dandan"]),
        ],
    );
}
