//! Proves the texts sound: readable, complete in every language, with the same variables.

mod entries;

use std::collections::{BTreeMap, BTreeSet};

use self::entries::{Entries, Entry, entries};
use super::fault::{Book, Page};
use super::table::Table;
use crate::dialogue::condition::nearest;

/// Most characters of one text: a message holds 4096, together with what is filled in.
const MAX_TEXT_CHARS: usize = 3000;
/// Most characters of a button's label or a title: more is cut off on a phone.
const MAX_LABEL_CHARS: usize = 60;
/// So many missing texts of one language are listed; the rest is counted.
const MAX_LISTED: usize = 20;
/// A text id that a file names, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextUse {
    /// The text id.
    pub id: String,
    /// The naming file.
    pub file: String,
    /// Byte offset in it.
    pub at: usize,
    /// Whether it becomes a label: then it is short.
    pub label: bool,
}

impl TextUse {
    /// A use as a part of a longer text.
    pub fn new(id: String, table: &Table<'_>, at: usize) -> Self {
        Self {
            id,
            file: table.page().path.to_owned(),
            at,
            label: false,
        }
    }
}

/// The texts of one language.
pub struct Language<'a> {
    /// Its tag.
    pub locale: &'a str,
    /// The product's own files: path and text.
    pub common: Vec<(String, &'a str)>,
    /// The shop's file: path, and text if there is one.
    pub own: (String, Option<&'a str>),
}

struct Known<'a> {
    locale: &'a str,
    common: Entries,
    own: Entries,
    path: &'a str,
    text: &'a str,
}

impl Known<'_> {
    fn has(&self, id: &str) -> bool {
        self.own.contains_key(id) || self.common.contains_key(id)
    }
}

/// Proves all texts of a shop. `uses` are those that its files name; `sources` their texts.
pub fn check(
    languages: &[Language<'_>],
    uses: &[TextUse],
    sources: &BTreeMap<String, String>,
    book: &Book,
) {
    let known: Vec<Known<'_>> = languages
        .iter()
        .map(|language| known(language, book))
        .collect();
    missing(&known, uses, sources, book);
    let mut product: BTreeMap<&str, BTreeSet<&String>> = BTreeMap::new();
    for (id, entry) in known.iter().flat_map(|language| &language.common) {
        product.entry(id).or_default().extend(&entry.variables);
    }
    for language in &known {
        let page = Page {
            path: language.path,
            text: language.text,
            book,
        };
        for (id, entry) in &language.own {
            variables(&page, id, entry, &product);
            same_everywhere(&page, id, entry, language.locale, &known);
            unused(&page, id, entry, &product, uses);
            length(&page, id, entry, uses);
        }
    }
}

/// The texts of one language; faults in the form of the shop's own file are noted.
fn known<'a>(language: &'a Language<'_>, book: &Book) -> Known<'a> {
    // The product's own texts are proven by its own tests.
    let silent = Book::default();
    let mut common = Entries::new();
    for (path, text) in &language.common {
        let page = Page {
            path,
            text,
            book: &silent,
        };
        common.extend(entries(&page, &Entries::new()));
    }
    let path = &language.own.0;
    let text = language.own.1.unwrap_or_default();
    let own = entries(&Page { path, text, book }, &common);
    Known {
        locale: language.locale,
        common,
        own,
        path,
        text,
    }
}

/// Every text that is named, or that one language has, is in every language.
fn missing(known: &[Known<'_>], uses: &[TextUse], sources: &BTreeMap<String, String>, book: &Book) {
    let named: BTreeSet<&str> = uses.iter().map(|used| used.id.as_str()).collect();
    for language in known {
        let what = |id: &str| format!("the text `{id}` is missing in `{}`", language.locale);
        let cure = format!("add it to {}", language.path);
        for used in uses.iter().filter(|used| !language.has(&used.id)) {
            let path = &used.file;
            let text = sources.get(path).map_or("", String::as_str);
            Page { path, text, book }.fault(used.at, what(&used.id), &cure);
        }
        for other in known {
            let Known { path, text, .. } = *other;
            for (id, entry) in &other.own {
                if !language.has(id) && !named.contains(id.as_str()) {
                    Page { path, text, book }.fault(entry.at, what(id), &cure);
                }
            }
        }
        let product = known.iter().flat_map(|other| other.common.keys());
        let absent: BTreeSet<&String> = product.filter(|id| !language.has(id)).collect();
        for id in absent.iter().take(MAX_LISTED) {
            book.file(language.path, what(id), "add it here");
        }
        if absent.len() > MAX_LISTED {
            book.file(
                language.path,
                format!(
                    "{} more texts are missing in `{}`",
                    absent.len() - MAX_LISTED,
                    language.locale
                ),
                "take them over from the product's English texts",
            );
        }
    }
}

fn variables(
    page: &Page<'_>,
    id: &str,
    entry: &Entry,
    product: &BTreeMap<&str, BTreeSet<&String>>,
) {
    let given = product.get(id);
    for variable in &entry.variables {
        if given.is_some_and(|given| given.contains(variable)) {
            continue;
        }
        let cure = match given {
            None => "remove it: this text gets no variables".to_owned(),
            Some(given) => nearest(variable, given.iter().map(|name| name.as_str()))
                .unwrap_or_else(|| {
                    let names: Vec<String> = given.iter().map(|name| format!("${name}")).collect();
                    format!("this text gets: {}", names.join(", "))
                }),
        };
        page.fault(
            entry.at,
            format!("nothing gives `${variable}` to the text `{id}`"),
            cure,
        );
    }
}

fn same_everywhere(page: &Page<'_>, id: &str, entry: &Entry, locale: &str, known: &[Known<'_>]) {
    let first = known
        .iter()
        .find_map(|other| Some((other.locale, other.own.get(id)?)));
    let Some((first_locale, first)) = first else {
        return;
    };
    if first_locale == locale || first.variables == entry.variables {
        return;
    }
    let differing: Vec<String> = first
        .variables
        .symmetric_difference(&entry.variables)
        .map(|name| format!("${name}"))
        .collect();
    page.fault(
        entry.at,
        format!(
            "the text `{id}` differs from `{first_locale}` in {}",
            differing.join(", ")
        ),
        "use the same variables in every language",
    );
}

fn unused(
    page: &Page<'_>,
    id: &str,
    entry: &Entry,
    product: &BTreeMap<&str, BTreeSet<&String>>,
    uses: &[TextUse],
) {
    if product.contains_key(id) || uses.iter().any(|used| used.id == id) {
        return;
    }
    let known = product
        .keys()
        .copied()
        .chain(uses.iter().map(|used| used.id.as_str()));
    let cure =
        nearest(id, known).unwrap_or_else(|| "remove it, or name it where it is needed".to_owned());
    page.fault(entry.at, format!("nothing uses the text `{id}`"), cure);
}

fn length(page: &Page<'_>, id: &str, entry: &Entry, uses: &[TextUse]) {
    let label = id.starts_with("button-") || uses.iter().any(|used| used.id == id && used.label);
    let most = if label {
        MAX_LABEL_CHARS
    } else {
        MAX_TEXT_CHARS
    };
    if entry.chars > most {
        page.fault(
            entry.at,
            format!(
                "the text `{id}` has {} characters and would be cut off",
                entry.chars
            ),
            format!("at most {most} fit"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::files;

    #[test]
    fn the_products_own_texts_are_sound_and_the_same_in_both_languages() {
        let book = Book::default();
        let mut all: Vec<Entries> = Vec::new();
        for locale in ["en", "zh-CN"] {
            let mut language = Entries::new();
            for (path, text) in files::common(&format!("texts/{locale}"), "ftl") {
                let page = Page {
                    path: &path,
                    text,
                    book: &book,
                };
                for (id, entry) in entries(&page, &language) {
                    assert!(
                        language.insert(id.clone(), entry).is_none(),
                        "{id} is in two files"
                    );
                }
            }
            all.push(language);
        }
        let faults = book.close();
        assert!(faults.is_empty(), "{faults:?}");
        let ids = |n: usize| all[n].keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(
            ids(0).symmetric_difference(&ids(1)).collect::<Vec<_>>(),
            Vec::<&String>::new()
        );
        for (id, entry) in &all[0] {
            assert_eq!(entry.variables, all[1][id].variables, "{id}");
        }
    }
}
