//! Whatever people write: nothing panics, nothing comes out that the catalogue does not allow, and
//! what does not belong together may be said in any order.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ks_order::shop::{Shop, Source};
use ks_order::understand::text::{MAX_TOKENS, tokens};
use ks_order::understand::{Chosen, Index, Line, Understood};
use proptest::prelude::*;
use proptest::sample::Index as At;

static SHOPS: LazyLock<Vec<Shop>> = LazyLock::new(|| {
    let load = |pack: &str| Shop::load(&Source::Pack(pack.to_owned())).unwrap();
    vec![load("restaurant"), load("retail"), load("logistics")]
});

/// All that the packs and the languages have words for, with numbers and signs.
static POOL: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let pool = |shop: &Shop| {
        let Index { menu, words, .. } = &*shop.understanding;
        let mut all: Vec<String> = Vec::new();
        all.extend(menu.items.iter().flat_map(|item| item.names.clone()));
        let choices = menu.groups.iter().flat_map(|group| &group.choices);
        all.extend(choices.flat_map(|choice| choice.names.clone()));
        all.extend(menu.groups.iter().flat_map(|group| group.names.clone()));
        all.extend(words.phrases.values().flatten().cloned());
        all.extend(words.commands.values().flatten().cloned());
        all.extend(words.numbers.keys().cloned());
        all.extend(words.digits.keys().cloned());
        all.extend(words.measures.values().flat_map(|m| m.words.clone()));
        let signs = [
            "-3",
            "0",
            "1000000",
            "99999999999999999999",
            "x2",
            "3.5",
            "0.001",
            "1/2",
            "#5",
            "%",
            "?",
            "!",
            "。",
            "、",
            "，",
            "\n",
            "(",
            ")",
            "2x",
            "№ 5",
            "½",
            "㎏",
            "🍜",
            "7up",
            "8",
        ];
        all.extend(signs.map(str::to_owned));
        all
    };
    SHOPS.iter().map(pool).collect()
});

/// Words glued together.
fn glued() -> impl Strategy<Value = (usize, String)> {
    let glue = prop::sample::select(vec!["", " ", " ", " ", ", ", "\n", "，", " and "]);
    (
        0..SHOPS.len(),
        prop::collection::vec((any::<At>(), glue), 0..24),
    )
        .prop_map(|(shop, words)| {
            let pool = &POOL[shop];
            let word = |(at, glue): &(At, &str)| format!("{}{glue}", at.get(pool));
            (shop, words.iter().map(word).collect())
        })
}

fn allowed(index: &Index, text: &str, found: &Understood) -> Result<(), TestCaseError> {
    let menu = &index.menu;
    for line in &found.lines {
        prop_assert!(line.quantity.0 > 0, "{line:?}");
        prop_assert!(line.spans.iter().all(|at| text.get(at.clone()).is_some()));
        match (line.item, line.category) {
            (Some(item), None) => of_an_item(index, item, line)?,
            (None, Some(category)) => {
                prop_assert!(category < menu.categories.len());
                prop_assert!(line.options.is_empty() && line.unit.is_none(), "{line:?}");
            }
            _ => return Err(TestCaseError::fail(format!("neither nor: {line:?}"))),
        }
        prop_assert!(line.others.iter().all(|(item, _)| *item < menu.items.len()));
    }
    for removed in &found.removed {
        let (items, kinds) = (menu.items.len(), menu.categories.len());
        prop_assert!(removed.item.is_some() != removed.category.is_some());
        prop_assert!(removed.item.is_none_or(|item| item < items));
        prop_assert!(removed.category.is_none_or(|kind| kind < kinds));
        prop_assert!(text.get(removed.span.clone()).is_some());
    }
    prop_assert!(
        found
            .unknown
            .iter()
            .all(|at| text.get(at.clone()).is_some())
    );
    Ok(())
}

fn of_an_item(index: &Index, item: usize, line: &Line) -> Result<(), TestCaseError> {
    let menu = &index.menu;
    prop_assert!(item < menu.items.len());
    let units = &menu.items[item].units;
    prop_assert_eq!(line.unit.is_some(), !units.is_empty(), "{:?}", line);
    prop_assert!(line.unit.is_none_or(|unit| unit < units.len()));
    let mut taken: BTreeMap<usize, i64> = BTreeMap::new();
    for (at, option) in line.options.iter().enumerate() {
        let Chosen {
            group,
            choice,
            count,
            ..
        } = *option;
        let opened: Vec<_> = menu.items[item]
            .groups
            .iter()
            .filter(|o| o.group == group)
            .collect();
        prop_assert!(!opened.is_empty(), "not open: {option:?} of {line:?}");
        let is_there = |(group, choice): (usize, usize)| {
            let mut all = line.options.iter();
            all.any(|o| (o.group, o.choice, o.negated) == (group, choice, false))
        };
        prop_assert!(
            opened.iter().any(|o| o.by.is_none_or(is_there)),
            "opened by nothing: {option:?} of {line:?}"
        );
        let group_is = &menu.groups[group];
        prop_assert!(choice < group_is.choices.len());
        prop_assert!(!option.negated || group_is.negatable, "{line:?}");
        prop_assert!(option.much.is_none() || group_is.quantifiable, "{line:?}");
        prop_assert!(
            count >= 1 && count <= group_is.choices[choice].max.max(1),
            "{line:?}"
        );
        if !option.negated {
            *taken.entry(group).or_default() += count;
        }
        let twice = line.options.iter().skip(at + 1);
        let mut twice = twice.filter(|o| (o.group, o.choice) == (group, choice));
        prop_assert!(twice.next().is_none(), "said twice: {line:?}");
    }
    for (group, units) in taken {
        let max = menu.groups[group].max;
        prop_assert!(max.is_none_or(|max| units <= max), "{line:?}");
    }
    Ok(())
}

/// A cart, whatever the order of its lines and of their options.
fn cart(found: &Understood) -> Vec<String> {
    let line = |line: &Line| {
        let mut options = line.options.clone();
        options.sort();
        format!(
            "{:?} {} {:?} {options:?}",
            line.item, line.quantity, line.unit
        )
    };
    let mut all: Vec<String> = found.lines.iter().map(line).collect();
    all.sort();
    all
}

/// What may be said of an item by itself: so many, and with one of its options perhaps.
fn clause(shop: usize, item: At, option: At, count: usize) -> String {
    let menu = &SHOPS[shop].understanding.menu;
    let item = item.get(&menu.items);
    let counts = ["one", "two", "three", "4"];
    let clause = format!("{} {}", counts[count], item.names[0]);
    let own: Vec<_> = item
        .groups
        .iter()
        .filter(|opened| opened.by.is_none())
        .collect();
    let groups = own.iter().map(|opened| &menu.groups[opened.group]);
    let choices: Vec<&String> = groups
        .flat_map(|group| &group.choices)
        .filter_map(|choice| choice.names.first())
        .collect();
    match choices.is_empty() || count == 0 {
        true => clause,
        false => format!("{clause} with {}", option.get(&choices)),
    }
}

fn clauses() -> impl Strategy<Value = (usize, Vec<String>)> {
    let one = (any::<At>(), any::<At>(), 0..4usize);
    (0..SHOPS.len(), prop::collection::vec(one, 2..5)).prop_map(|(shop, all)| {
        let clause = |(item, option, count)| clause(shop, item, option, count);
        (shop, all.into_iter().map(clause).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_comes_to_what_the_catalogue_allows(shop in 0..3usize, text in "\\PC{0,120}") {
        let index = &SHOPS[shop].understanding;
        allowed(index, &text, &index.understand(&text))?;
    }

    #[test]
    fn any_characters_come_to_what_the_catalogue_allows(shop in 0..3usize, text in any::<String>()) {
        let index = &SHOPS[shop].understanding;
        allowed(index, &text, &index.understand(&text))?;
    }

    #[test]
    fn words_of_the_menu_and_the_language_come_to_what_the_catalogue_allows((shop, text) in glued()) {
        let index = &SHOPS[shop].understanding;
        allowed(index, &text, &index.understand(&text))?;
    }

    #[test]
    fn clauses_that_stand_alone_may_stand_in_any_order((shop, clauses) in clauses(), glue in 0..3usize) {
        let index = &SHOPS[shop].understanding;
        // What is not understood alone is another matter.
        let alone: Vec<Understood> = clauses.iter().map(|clause| index.understand(clause)).collect();
        let is_plain = |found: &Understood| {
            found.lines.len() == 1 && found.lines[0].score == 100 && found.unknown.is_empty()
        };
        prop_assume!(alone.iter().all(is_plain));
        let mut items: Vec<_> = alone.iter().map(|found| found.lines[0].item).collect();
        items.sort_unstable();
        items.dedup();
        prop_assume!(items.len() == clauses.len());
        let glue = [", ", "\n", "; "][glue];
        let forth = index.understand(&clauses.join(glue));
        let mut turned = clauses.clone();
        turned.reverse();
        let back = index.understand(&turned.join(glue));
        prop_assert_eq!(cart(&forth), cart(&back), "{:?}", clauses);
    }

    #[test]
    fn the_longest_messages_stay_bounded(
        shop in 0..3usize,
        words in prop::collection::vec(any::<At>(), 1..6),
        glue in prop::sample::select(vec!["", " ", ",", "\n"]),
    ) {
        let pool = &POOL[shop];
        let words: Vec<&str> = words.iter().map(|at| at.get(pool).as_str()).collect();
        let mut text = words.join(glue);
        text.push_str(glue);
        prop_assume!(!text.is_empty());
        let text: String = text.chars().cycle().take(5000).collect();
        let index = &SHOPS[shop].understanding;
        prop_assert!(tokens(&text, &index.canon).len() <= MAX_TOKENS + 1);
        let found = index.understand(&text);
        allowed(index, &text, &found)?;
        let said = |line: &Line| line.spans.len() + line.options.len() + line.others.len();
        prop_assert!(found.lines.len() <= MAX_TOKENS);
        prop_assert!(found.lines.iter().map(said).sum::<usize>() <= 16 * MAX_TOKENS);
    }
}

#[test]
fn a_list_of_200_lines_is_read_to_its_end() {
    let shop = &SHOPS[0];
    let items = shop.catalogue.items();
    let list: Vec<String> = (0..200)
        .map(|n| format!("{} {}", n % 9 + 1, items[n % items.len()].name.0["en"]))
        .collect();
    let text = list.join("\n");
    let found = shop.understanding.understand(&text);
    let last = found
        .lines
        .last()
        .and_then(|line| line.spans.first())
        .unwrap();
    let read = text
        .char_indices()
        .nth(4096)
        .map_or(text.len(), |(at, _)| at);
    assert!(last.end + 60 > read, "{last:?} of {read}");
}
