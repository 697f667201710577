//! A menu from a file: the format `order-bench-menu/1`, for menus that are no shop's folder.
//!
//! What is not sound is refused with the place and the cure, except for empty names: nobody can
//! say them, so they are left out and told.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use crate::commands::Trouble;
use crate::understand::menu::{Category, Choice, Group, Item, Menu, Opened, Unit};

/// The format that is read.
const FORMAT: &str = "order-bench-menu/1";

/// The most units of a choice that can be taken several times.
const MOST_COUNTED: i64 = 99;

/// What tells the format, whatever else is in the file.
#[derive(Deserialize)]
struct Head {
    format: Option<String>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    categories: Vec<Named>,
    items: Vec<FileItem>,
    #[serde(default)]
    groups: Vec<FileGroup>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
}

#[derive(Deserialize)]
struct FileItem {
    category: Option<String>,
    #[serde(flatten)]
    named: Named,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    units: Vec<Named>,
}

#[derive(Deserialize)]
struct FileGroup {
    id: String,
    #[serde(default)]
    name: String,
    max: Option<i64>,
    #[serde(default)]
    quantifiable: bool,
    #[serde(default)]
    negatable: bool,
    #[serde(default)]
    prefixes: Vec<String>,
    #[serde(default)]
    suffixes: Vec<String>,
    choices: Vec<FileChoice>,
}

#[derive(Deserialize)]
struct FileChoice {
    #[serde(flatten)]
    named: Named,
    #[serde(default)]
    countable: bool,
    #[serde(default)]
    any_of: Vec<String>,
}

/// Reads a menu file. Empty names are told on the standard error.
pub fn read(path: &Path) -> Result<Menu, Trouble> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Trouble::new(
            format!("{shown} can't be read: {error}"),
            "name a menu file in UTF-8",
        )
    })?;
    let (menu, mute) = parse(&text).map_err(|(cause, cure)| {
        // What is wrong, with the file it is wrong in.
        Trouble::new(format!("{shown}: {cause}"), cure)
    })?;
    for what in mute {
        eprintln!("ks-order: {shown}: {what} has an empty name, which is left out; remove it");
    }
    Ok(menu)
}

type Wrong = (String, String);

/// The menu of a text, and what has empty names.
fn parse(text: &str) -> Result<(Menu, Vec<String>), Wrong> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head: Head = serde_json::from_str(text).map_err(broken)?;
    match head.format {
        Some(format) if format == FORMAT => {}
        Some(format) => return Err(unknown_format(&format!("the format `{format}` is unknown"))),
        None => return Err(unknown_format("no `format` is named")),
    }
    let file: File = serde_json::from_str(text).map_err(broken)?;
    let mut reader = Reader::default();
    let menu = reader.menu(file)?;
    Ok((menu, reader.mute))
}

fn broken(error: serde_json::Error) -> Wrong {
    let cure = if error.is_data() {
        "see the format order-bench-menu/1"
    } else {
        "mend the JSON there"
    };
    (error.to_string(), cure.to_owned())
}

fn unknown_format(cause: &str) -> Wrong {
    let cure = format!("write `\"format\": \"{FORMAT}\"`, or give a shop's folder");
    (cause.to_owned(), cure)
}

#[derive(Default)]
struct Reader {
    /// What has empty names.
    mute: Vec<String>,
}

impl Reader {
    fn menu(&mut self, file: File) -> Result<Menu, Wrong> {
        let categories = places("category", file.categories.iter().map(|c| &c.id))?;
        let groups = places("group", file.groups.iter().map(|g| &g.id))?;
        places("item", file.items.iter().map(|i| &i.named.id))?;
        if file.items.is_empty() {
            return Err(("there is no item".to_owned(), "add some".to_owned()));
        }
        let mut menu = Menu {
            categories: file
                .categories
                .into_iter()
                .map(|category| Category {
                    names: self.names("category", &category),
                    id: category.id,
                })
                .collect(),
            ..Menu::default()
        };
        for item in file.items {
            let item = self.item(item, (&categories, &groups), &mut menu)?;
            menu.items.push(item);
        }
        for group in file.groups {
            menu.groups.push(self.group(group)?);
        }
        Ok(menu)
    }

    fn item(
        &mut self,
        item: FileItem,
        (categories, groups): (&HashMap<String, usize>, &HashMap<String, usize>),
        menu: &mut Menu,
    ) -> Result<Item, Wrong> {
        let id = &item.named.id;
        let category = match &item.category {
            Some(category) => *categories
                .get(category)
                .ok_or_else(|| unknown(&format!("the item `{id}`"), "category", category))?,
            None => nowhere(menu),
        };
        let mut opened = Vec::new();
        for group in &item.groups {
            let at = groups
                .get(group)
                .ok_or_else(|| unknown(&format!("the item `{id}`"), "group", group))?;
            opened.push(Opened {
                group: *at,
                by: None,
            });
        }
        places("unit", item.units.iter().map(|unit| &unit.id))?;
        let units = item.units.iter().map(|unit| Unit {
            id: unit.id.clone(),
            names: self.names("unit", unit),
            holds: None,
        });
        let units = units.collect();
        Ok(Item {
            names: self.names("item", &item.named),
            category,
            groups: opened,
            units,
            forms: Vec::new(),
            id: item.named.id,
        })
    }

    fn group(&mut self, group: FileGroup) -> Result<Group, Wrong> {
        let here = format!("the group `{}`", group.id);
        let known = places("choice", group.choices.iter().map(|c| &c.named.id))?;
        let mut choices = Vec::with_capacity(group.choices.len());
        for choice in &group.choices {
            let mut any_of = Vec::new();
            for other in &choice.any_of {
                let at = known
                    .get(other)
                    .ok_or_else(|| unknown(&here, "choice", other))?;
                any_of.push(*at);
            }
            choices.push(Choice {
                id: choice.named.id.clone(),
                names: self.names("choice", &choice.named),
                max: if choice.countable { MOST_COUNTED } else { 1 },
                any_of,
            });
        }
        if group.max.is_some_and(|max| max < 1) {
            return Err((
                format!("{here} takes no choice"),
                "give it a `max` of 1 or more, or null".to_owned(),
            ));
        }
        let mut around = group.prefixes;
        around.extend(group.suffixes);
        around.retain(|word| !word.trim().is_empty());
        Ok(Group {
            id: group.id,
            names: Some(group.name)
                .filter(|name| !name.trim().is_empty())
                .into_iter()
                .collect(),
            max: group.max,
            quantifiable: group.quantifiable,
            negatable: group.negatable,
            form: false,
            around,
            choices,
        })
    }

    /// All names that somebody can say.
    fn names(&mut self, what: &str, named: &Named) -> Vec<String> {
        let all = std::iter::once(&named.name).chain(&named.aliases);
        let names: Vec<String> = all
            .filter(|name| !name.trim().is_empty())
            .cloned()
            .collect();
        if names.len() <= named.aliases.len() {
            self.mute.push(format!("the {what} `{}`", named.id));
        }
        names
    }
}

/// The kind of what belongs to none.
fn nowhere(menu: &mut Menu) -> usize {
    let known = menu.categories.iter().position(|c| c.id.is_empty());
    known.unwrap_or_else(|| {
        menu.categories.push(Category {
            id: String::new(),
            names: Vec::new(),
        });
        menu.categories.len() - 1
    })
}

/// Places by id; none may be there twice.
fn places<'i>(
    kind: &str,
    ids: impl Iterator<Item = &'i String>,
) -> Result<HashMap<String, usize>, Wrong> {
    let mut found = HashMap::new();
    for (at, id) in ids.enumerate() {
        if id.trim().is_empty() {
            return Err((
                format!("the {kind} number {} has an empty id", at + 1),
                "give it one".to_owned(),
            ));
        }
        if found.insert(id.clone(), at).is_some() {
            return Err((
                format!("the {kind} `{id}` is there twice"),
                "rename or remove one".to_owned(),
            ));
        }
    }
    Ok(found)
}

fn unknown(what: &str, kind: &str, id: &str) -> Wrong {
    (
        format!("{what} names the {kind} `{id}`, which is not there"),
        format!("add the {kind}, or remove its name"),
    )
}
