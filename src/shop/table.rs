//! Reading TOML with positions: every key asked for is known, every other one is a fault.
//!
//! Derived readers lose positions and stop at the first fault; these go on and note all.

use std::cell::{Cell, RefCell};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::Page;
use crate::dialogue::condition::nearest;
use crate::kernel::Localised;

/// A value with the byte offset where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub at: usize,
}

/// One table of a TOML file.
pub struct Table<'a> {
    page: Page<'a>,
    table: &'a DeTable<'a>,
    /// Where it begins.
    pub at: usize,
    asked: RefCell<Vec<&'static str>>,
    /// False where the file's syntax is broken: then keys may be missing without fault.
    whole: bool,
    open: Cell<bool>,
}

/// Parses a file and reads its top table with `read`.
pub fn read<T>(page: Page<'_>, read: impl FnOnce(&Table<'_>) -> T) -> T {
    let (table, errors) = DeTable::parse_recoverable(page.text);
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        let what: Vec<&str> = error.message().lines().map(str::trim).collect();
        page.fault(
            at,
            format!("broken TOML: {}", what.join(", ")),
            "see docs/dialogues.md for the form",
        );
    }
    let top = Table::new(page, table.get_ref(), 0, errors.is_empty());
    let value = read(&top);
    top.finish();
    value
}

impl<'a> Table<'a> {
    fn new(page: Page<'a>, table: &'a DeTable<'a>, at: usize, whole: bool) -> Self {
        Self {
            page,
            table,
            at,
            asked: RefCell::default(),
            whole,
            open: Cell::new(true),
        }
    }

    /// The file it stands in.
    pub fn page(&self) -> Page<'a> {
        self.page
    }

    /// Notes a fault at an offset.
    #[track_caller]
    pub fn fault(&self, at: usize, what: impl Into<String>, cure: impl Into<String>) {
        self.page.fault(at, what, cure);
    }

    /// Where a key stands; the table's begin if it is absent.
    pub fn key_at(&self, key: &str) -> usize {
        self.table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map_or(self.at, |(name, _)| name.span().start)
    }

    /// All keys with their offsets, for tables whose keys are the merchant's own.
    pub fn keys(&self) -> Vec<Spot<&'a str>> {
        let mut keys: Vec<Spot<&str>> = self
            .table
            .keys()
            .map(|name| Spot {
                value: name.get_ref().as_ref(),
                at: name.span().start,
            })
            .collect();
        keys.sort_by_key(|key| key.at);
        keys
    }

    /// The keys of this table are the merchant's own: none is unknown.
    pub fn any_key(&self) {
        self.open.set(false);
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.named(key)
    }

    fn named(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map(|(_, value)| value)
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str) {
        self.fault(
            value.span().start,
            format!("`{key}` is {}, not {wanted}", spoken(value.get_ref())),
            format!("write {wanted}"),
        );
    }

    /// Text of a key, if it is there.
    pub fn text(&self, key: &'static str) -> Option<Spot<&'a str>> {
        let value = self.get(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong(value, key, "text in quotes");
        }
        Some(Spot {
            value: text?,
            at: value.span().start,
        })
    }

    /// Text of a key of the merchant's own.
    pub fn text_named(&self, key: &str) -> Option<Spot<&'a str>> {
        let value = self.named(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong(value, key, "text in quotes");
        }
        Some(Spot {
            value: text?,
            at: value.span().start,
        })
    }

    /// Text of a key that must be there and not be empty.
    pub fn need_text(&self, key: &'static str) -> Option<Spot<&'a str>> {
        self.need(key)?;
        let text = self.text(key)?;
        if text.value.trim().is_empty() {
            self.fault(text.at, format!("`{key}` is empty"), "give it a value");
            return None;
        }
        Some(text)
    }

    /// Notes a fault if a key is missing.
    fn need(&self, key: &'static str) -> Option<()> {
        self.asked.borrow_mut().push(key);
        if self.named(key).is_some() {
            return Some(());
        }
        if self.whole {
            self.fault(
                self.at,
                format!("`{key}` is missing"),
                format!("add `{key} = …`"),
            );
        }
        None
    }

    /// A whole number of a key within bounds, if it is there.
    pub fn int(&self, key: &'static str, least: i64, most: i64) -> Option<i64> {
        let value = self.get(key)?;
        let Some(number) = whole_number(value.get_ref()) else {
            self.wrong(value, key, "a whole number");
            return None;
        };
        if !(least..=most).contains(&number) {
            self.fault(
                value.span().start,
                format!("`{key}` is {number}"),
                format!("a number from {least} to {most} makes sense here"),
            );
            return None;
        }
        Some(number)
    }

    /// A whole number without bounds, with its place.
    pub fn id(&self, key: &'static str) -> Option<Spot<i64>> {
        let value = self.get(key)?;
        let number = whole_number(value.get_ref());
        if number.is_none() {
            self.wrong(value, key, "a whole number");
        }
        Some(Spot {
            value: number?,
            at: value.span().start,
        })
    }

    /// True or false of a key, if it is there.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(value, key, "true or false");
        }
        flag
    }

    /// One of several words, if it is there.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let all: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            let cure = nearest(text.value, words.iter().map(|(word, _)| *word))
                .unwrap_or_else(|| format!("known: {}", all.join(", ")));
            self.fault(text.at, format!("`{key}` knows no `{}`", text.value), cure);
        }
        found.map(|(_, value)| *value)
    }

    /// A list of texts; empty if absent.
    pub fn texts(&self, key: &'static str) -> Vec<Spot<&'a str>> {
        self.list(key, "a list of texts", |value| value.as_str())
    }

    /// A list of texts of a key of the merchant's own; empty if absent.
    pub fn texts_named(&self, key: &str) -> Vec<Spot<&'a str>> {
        self.named(key).map_or_else(Vec::new, |value| {
            self.listed(value, key, "a list of texts", |value| value.as_str())
        })
    }

    /// A list of whole numbers; empty if absent.
    pub fn ints(&self, key: &'static str) -> Vec<Spot<i64>> {
        self.list(key, "a list of whole numbers", whole_number)
    }

    fn list<T>(
        &self,
        key: &'static str,
        wanted: &str,
        one: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Vec<Spot<T>> {
        self.get(key)
            .map_or_else(Vec::new, |value| self.listed(value, key, wanted, one))
    }

    fn listed<T>(
        &self,
        value: &'a Spanned<DeValue<'a>>,
        key: &str,
        wanted: &str,
        one: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Vec<Spot<T>> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(value, key, wanted);
            return Vec::new();
        };
        let mut found = Vec::new();
        for element in array.iter() {
            match one(element.get_ref()) {
                Some(inner) => found.push(Spot {
                    value: inner,
                    at: element.span().start,
                }),
                None => self.wrong(element, key, wanted),
            }
        }
        found
    }

    /// Whether a key is there at all.
    pub fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    /// A table of a key, if it is there, read with `read`.
    pub fn table<T>(&self, key: &'static str, read: impl FnOnce(&Table<'a>) -> T) -> Option<T> {
        let value = self.get(key)?;
        self.as_table(key, value, read)
    }

    /// A table of a key of the merchant's own.
    pub fn table_named<T>(&self, key: &str, read: impl FnOnce(&Table<'a>) -> T) -> Option<T> {
        let value = self.named(key)?;
        self.as_table(key, value, read)
    }

    /// Whether the value of a key is a whole number, for keys that take a number or a table.
    pub fn id_named(&self, key: &str) -> Option<i64> {
        whole_number(self.named(key)?.get_ref())
    }

    fn as_table<T>(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
        read: impl FnOnce(&Table<'a>) -> T,
    ) -> Option<T> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, key, "a table");
            return None;
        };
        let inner = Table::new(self.page, table, value.span().start, self.whole);
        let result = read(&inner);
        inner.finish();
        Some(result)
    }

    /// Every table of a `[[key]]`, read with `read`.
    pub fn tables<T>(&self, key: &'static str, mut read: impl FnMut(&Table<'a>) -> T) -> Vec<T> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.fault(
                self.key_at(key),
                format!(
                    "`{key}` is {}, not a list of tables",
                    spoken(value.get_ref())
                ),
                format!("write [[{key}]] in double brackets"),
            );
            return Vec::new();
        };
        array
            .iter()
            .filter_map(|element| self.as_table(key, element, &mut read))
            .collect()
    }

    /// A name in several languages, if it is there: `{ en = "…", zh-CN = "…" }`.
    pub fn localised(&self, key: &'static str, locales: &[String]) -> Option<Localised> {
        self.table(key, |names| {
            names.any_key();
            let mut found = Localised::default();
            for locale in names.keys() {
                let Some(value) = names.named(locale.value) else {
                    continue;
                };
                if !locales.iter().any(|known| known == locale.value) {
                    names.fault(
                        locale.at,
                        format!(
                            "`{key}` is in `{}`, which the shop does not speak",
                            locale.value
                        ),
                        nearest(locale.value, locales.iter().map(String::as_str))
                            .unwrap_or_else(|| "add it to `locales` in shop.toml".to_owned()),
                    );
                }
                match value.get_ref().as_str() {
                    Some(text) if !text.trim().is_empty() => {
                        found.0.insert(locale.value.to_owned(), text.to_owned());
                    }
                    Some(_) => {
                        names.fault(locale.at, format!("`{key}` is empty"), "give it a value")
                    }
                    None => names.wrong(value, locale.value, "text in quotes"),
                }
            }
            for locale in locales {
                if names.named(locale).is_none() {
                    names.fault(
                        names.at,
                        format!("`{key}` is missing in `{locale}`"),
                        format!("add `{locale} = \"…\"`"),
                    );
                }
            }
            found
        })
    }

    /// A name in several languages that must be there.
    pub fn need_localised(&self, key: &'static str, locales: &[String]) -> Option<Localised> {
        self.need(key)?;
        self.localised(key, locales)
    }

    /// Notes every key that nobody asked for.
    fn finish(&self) {
        if !self.open.get() {
            return;
        }
        let asked = self.asked.borrow();
        for key in self.keys() {
            if !asked.contains(&key.value) {
                let cure = nearest(key.value, asked.iter().copied()).unwrap_or_else(|| {
                    let mut known: Vec<&str> = asked.clone();
                    known.sort_unstable();
                    known.dedup();
                    format!("known here: {}", known.join(", "))
                });
                self.fault(key.at, format!("`{}` is unknown here", key.value), cure);
            }
        }
    }
}

fn whole_number(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn spoken(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Notes names that are too long for their place on the screen.
pub fn clipped(table: &Table<'_>, key: &str, text: &Localised, most: usize) {
    for (locale, words) in &text.0 {
        let length = words.chars().count();
        if length > most {
            table.fault(
                table.key_at(key),
                format!("`{key}` in `{locale}` has {length} characters and would be cut off"),
                format!("at most {most} fit the screen"),
            );
        }
    }
}
