//! `language/*.toml`: the words of languages that have a part in an order. Those of the product are
//! in the binary, the same for every shop; a shop's folder may add its own.
//!
//! What a file holds is `understand::Words`. Must never name goods: those have their aliases in
//! `catalogue.toml`.

use std::sync::LazyLock;

use toml::de::DeTable;

use super::fault::Page;
use super::files;
use super::table::{self, Table};
use crate::dialogue::condition::nearest;
use crate::understand::text::{Canon, tokens};
use crate::understand::{Amount, Index, Menu, Words};

/// The folder of these files, in a shop's folder and in what all shops share.
pub const FOLDER: &str = "language";

/// What people may ask for in words: what commands of the chat do, and to have the same again.
pub const COMMANDS: [&str; 13] = [
    "again", "cancel", "cart", "help", "language", "menu", "notify", "orders", "privacy",
    "profile", "quick", "saved", "start",
];

static COMMON: LazyLock<Words> = LazyLock::new(|| {
    let mut all = Words::default();
    for (_, text) in files::common(FOLDER, "toml") {
        // They are proven sound by a test.
        all.add(Words::read(text).unwrap_or_default());
    }
    all
});

/// Compiled once a process: every shop starts with them.
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::language(COMMON.clone()));

/// Compiles a menu with the words of all languages that the product knows, and those of a shop's own.
pub fn index(menu: Menu, own: Vec<Words>) -> Index {
    if own.is_empty() {
        return INDEX.with(menu);
    }
    let mut words = COMMON.clone();
    own.into_iter().for_each(|own| words.add(own));
    Index::new(menu, words)
}

/// Reads a shop's own file; none if it can't be read.
pub(super) fn read(page: Page<'_>) -> Option<Words> {
    table::read(page, |top| {
        top.any_key();
        let (_, broken) = DeTable::parse_recoverable(page.text);
        if !broken.is_empty() {
            return None;
        }
        match toml::from_str::<Words>(page.text) {
            Ok(words) => {
                prove(top, &words);
                Some(words)
            }
            Err(fault) => {
                let message = fault.message().replace('\n', ", ");
                let (what, expected) = message.split_once(", expected").unwrap_or((&message, ""));
                let cure = match expected.trim() {
                    "" => "see docs/dialogues.md for the form".to_owned(),
                    expected => format!("expected {expected}"),
                };
                page.fault(fault.span().map_or(0, |span| span.start), what, cure);
                None
            }
        }
    })
}

/// What the form alone does not tell.
fn prove(top: &Table<'_>, words: &Words) {
    top.table("commands", |commands| {
        commands.any_key();
        for key in commands.keys() {
            if !COMMANDS.contains(&key.value) {
                let cure = nearest(key.value, COMMANDS)
                    .unwrap_or_else(|| format!("known: {}", COMMANDS.join(", ")));
                commands.fault(key.at, format!("there is no command `{}`", key.value), cure);
            }
        }
        mute(commands);
    });
    top.table("phrases", mute);
    top.table("numbers", |numbers| {
        numbers.any_key();
        for key in numbers.keys() {
            if words.number(key.value).is_none_or(|n| n < Amount(0)) {
                let what = format!("`{}` is no number", key.value);
                numbers.fault(key.at, what, "write its value in digits: \"7\", or \"0.5\"");
            }
        }
    });
    top.table("measures", |measures| {
        measures.any_key();
        for key in measures.keys() {
            if words.measures.get(key.value).is_some_and(|m| m.is <= 0) {
                let what = format!("the measure `{}` holds nothing", key.value);
                measures.fault(
                    key.at,
                    what,
                    "write `is` in thousandths of a gram, a millilitre or a piece",
                );
            }
        }
    });
}

/// Phrases without a letter or a digit can't be heard.
fn mute(table: &Table<'_>) {
    table.any_key();
    for key in table.keys() {
        for phrase in table.texts_named(key.value) {
            if tokens(phrase.value, &Canon::default()).is_empty() {
                table.fault(
                    phrase.at,
                    format!("a phrase of `{}` has no letters", key.value),
                    "write what people say, or remove it",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_product_are_sound() {
        let files = files::common(FOLDER, "toml");
        assert!(files.len() >= 2);
        for (path, text) in files {
            Words::read(text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
            let book = super::super::fault::Book::default();
            let page = Page {
                path: &path,
                text,
                book: &book,
            };
            assert!(read(page).is_some(), "{path}");
            assert_eq!(book.close(), [], "{path}");
        }
    }
}
