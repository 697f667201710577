//! `templates.toml`: orders that the merchant has made ready, each with its lines and, where it is
//! for a number of people, how it grows with them.
//!
//! Proven against the catalogue when it is read: what it names is sold, its options fit. Whether it
//! can be had at the moment is told when it is ordered. Prices never stand here.

use super::flows::text_id;
use super::ftl::TextUse;
use super::settings::is_id;
use super::table::{Spot, Table};
use crate::dialogue::Flow;
use crate::dialogue::condition::nearest;
use crate::domain::cart::{MAX_LINES, MAX_UNITS_PER_LINE, NewLine, Selection, validate};
use crate::domain::catalogue::{Catalogue, Item, SoldOut, Unit};
use crate::kernel::{ChoiceId, GroupId, Quantity};

/// Most templates of a shop: they stand in one list.
const MAX_TEMPLATES: usize = 30;
/// The most people that one template is for.
pub const MOST_PEOPLE: i64 = 12;
/// The fewest people for whom it says something to choose a number.
const FEWEST_PEOPLE: i64 = 2;
/// The most units of one option.
const MOST_UNITS: i64 = 99;

/// An order made ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its id, unique in the shop; it stands in links.
    pub id: String,
    /// Text id of its name.
    pub title: String,
    /// Text id of what else is said of it.
    pub about: Option<String>,
    /// The flow that it goes through; none: whichever is chosen.
    pub flow: Option<String>,
    /// For how many people it can be ordered; none: it is as it is.
    pub people: Option<People>,
    /// Its lines, never empty.
    pub lines: Vec<TemplateLine>,
}

/// For how many people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct People {
    /// At least.
    pub from: i64,
    /// At most.
    pub to: i64,
    /// Usually.
    pub usual: i64,
}

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateLine {
    /// What, with which options; its note is empty.
    pub line: NewLine,
    /// Text id of its note.
    pub note: Option<String>,
    /// The quantity is for each so many people; none: for all together.
    pub each: Option<i64>,
}

impl People {
    /// A number of people for whom it can be ordered: the nearest to the one asked for.
    pub fn within(self, asked: i64) -> i64 {
        asked.clamp(self.from, self.to)
    }
}

impl TemplateLine {
    /// How much it is for so many people, in base units: rounded up to whole steps of the unit.
    pub fn quantity(&self, unit: Unit, people: Option<i64>) -> Quantity {
        let quantity = self.line.quantity.0;
        let (Some(each), Some(people)) = (self.each, people) else {
            return self.line.quantity;
        };
        let all = quantity.saturating_mul(people);
        let needed = ceil(all, each);
        let step = unit.step().0.max(1);
        Quantity(ceil(needed, step).saturating_mul(step).max(unit.min().0))
    }
}

/// A quotient of positive numbers, rounded up.
fn ceil(whole: i64, part: i64) -> i64 {
    let part = part.max(1);
    whole / part + i64::from(whole % part > 0)
}

/// Reads the file.
pub(super) fn read(
    top: &Table<'_>,
    (flows, catalogue): (&[Flow], Option<&Catalogue>),
    texts: &mut Vec<TextUse>,
) -> Vec<Template> {
    let mut found: Vec<Template> = Vec::new();
    top.tables("template", |table| {
        let Some(template) = template(table, (flows, catalogue), texts) else {
            return;
        };
        if found.iter().any(|earlier| earlier.id == template.id) {
            table.fault(
                table.key_at("id"),
                format!("the template `{}` is there twice", template.id),
                "rename one",
            );
        }
        if found.len() == MAX_TEMPLATES {
            table.fault(
                table.at,
                "these are too many templates",
                format!("write at most {MAX_TEMPLATES}"),
            );
        }
        found.push(template);
    });
    found
}

fn template(
    table: &Table<'_>,
    (flows, catalogue): (&[Flow], Option<&Catalogue>),
    texts: &mut Vec<TextUse>,
) -> Option<Template> {
    let id = table.need_text("id");
    if let Some(id) = id.filter(|id| !is_id(id.value)) {
        table.fault(
            id.at,
            format!("`{}` is no id", id.value),
            "use a-z, 0-9 and -, at most 24",
        );
    }
    let name = id.map(|id| id.value).unwrap_or_default();
    let title = text_id(table, "title", format!("template-{name}"), texts);
    let about = table.text("about").map(|about| {
        texts.push(TextUse::new(about.value.to_owned(), table, about.at));
        about.value.to_owned()
    });
    let flow = flow(table, flows);
    let people = table.table("people", people).flatten();
    let mut lines = Vec::new();
    table.tables("line", |line| {
        lines.extend(self::line(line, (catalogue, people), texts));
    });
    if !table.has("line") {
        table.fault(
            table.at,
            format!("the template `{name}` has no lines"),
            "add [[template.line]] with `item` and `quantity`",
        );
    }
    if lines.len() as i64 > MAX_LINES {
        table.fault(
            table.at,
            format!("the template `{name}` has more lines than a cart holds"),
            format!("write at most {MAX_LINES}"),
        );
    }
    id.map(|id| Template {
        id: id.value.to_owned(),
        title,
        about,
        flow,
        people,
        lines,
    })
}

fn flow(table: &Table<'_>, flows: &[Flow]) -> Option<String> {
    let named = table.text("flow")?;
    match flows.iter().find(|flow| flow.id == named.value) {
        None => {
            let known = || flows.iter().map(|flow| flow.id.as_str());
            let cure = nearest(named.value, known())
                .unwrap_or_else(|| format!("known: {}", known().collect::<Vec<_>>().join(", ")));
            let what = format!("there is no flow `{}`", named.value);
            table.fault(named.at, what, cure);
        }
        Some(flow) if !flow.starts_by("template") => table.fault(
            named.at,
            format!("the flow `{}` is not begun by a template", named.value),
            "add \"template\" to its `starts`",
        ),
        Some(_) => {}
    }
    Some(named.value.to_owned())
}

fn people(table: &Table<'_>) -> Option<People> {
    let number = |key| table.int(key, FEWEST_PEOPLE, MOST_PEOPLE);
    let people = People {
        from: number("from").unwrap_or(FEWEST_PEOPLE),
        to: number("to").unwrap_or(MOST_PEOPLE),
        usual: number("usual")?,
    };
    if !(people.from..=people.to).contains(&people.usual) {
        table.fault(
            table.key_at("usual"),
            format!("`usual` is {}", people.usual),
            format!(
                "a number from {} to {} makes sense here",
                people.from, people.to
            ),
        );
    }
    Some(people)
}

fn line(
    table: &Table<'_>,
    (catalogue, people): (Option<&Catalogue>, Option<People>),
    texts: &mut Vec<TextUse>,
) -> Option<TemplateLine> {
    let named = table.need_text("item");
    let quantity = table.id("quantity");
    let each = table.int("each", 1, MOST_PEOPLE);
    if each.is_some() && people.is_none() {
        table.fault(
            table.key_at("each"),
            "the template is for no number of people",
            "add `people = { usual = 4 }` to the template, or remove `each`",
        );
    }
    let note = table.text("note").map(|note| {
        texts.push(TextUse::new(note.value.to_owned(), table, note.at));
        note.value.to_owned()
    });
    let variant = table.text("variant");
    let options = table.texts("options");
    let (named, catalogue) = (named?, catalogue?);
    let Some(item) = catalogue.item(&named.value.into()) else {
        let known = catalogue.items().iter().map(|item| item.id.as_str());
        let cure = nearest(named.value, known)
            .unwrap_or_else(|| "name an item of catalogue.toml, or remove the line".to_owned());
        let what = format!("there is no item `{}`", named.value);
        table.fault(named.at, what, cure);
        return None;
    };
    let mut line = NewLine::of(item, catalogue);
    if let Some(variant) = variant {
        variant_of(table, item, variant);
        line.variant = Some(variant.value.into());
    }
    if let Some(quantity) = quantity {
        quantity_of(table, (item, each), quantity);
        line.quantity = Quantity(quantity.value);
    }
    options_of(table, (catalogue, item), &options, &mut line.selection);
    Some(TemplateLine { line, note, each })
}

fn variant_of(table: &Table<'_>, item: &Item, variant: Spot<&str>) {
    if item.variant(&variant.value.into()).is_none() {
        let known = item.variants().iter().map(|variant| variant.id.as_str());
        let cure =
            nearest(variant.value, known).unwrap_or_else(|| match item.variants().is_empty() {
                true => "remove it: the item comes in one form".to_owned(),
                false => "name one of the item's variants".to_owned(),
            });
        let what = format!("`{}` has no variant `{}`", item.id, variant.value);
        table.fault(variant.at, what, cure);
    }
}

/// A quantity is what can be sold; one for a number of people is rounded when it is known.
fn quantity_of(table: &Table<'_>, (item, each): (&Item, Option<i64>), quantity: Spot<i64>) {
    let most = item.unit.step().0.saturating_mul(MAX_UNITS_PER_LINE) / MOST_PEOPLE;
    let fits = match each {
        Some(_) => (1..=most).contains(&quantity.value),
        None => item.unit.allows(Quantity(quantity.value)) && quantity.value <= most,
    };
    if !fits {
        let (min, step) = (item.unit.min().0, item.unit.step().0);
        table.fault(
            quantity.at,
            format!("`quantity` of `{}` is {}", item.id, quantity.value),
            format!("at least {min}, in steps of {step}, at most {most} make sense here"),
        );
    }
}

/// Options as `group/choice`, inside another choice `group/choice/group/choice`, with `*2` for two
/// units. A group that is named has what is named alone; every other one its defaults.
fn options_of(
    table: &Table<'_>,
    (catalogue, item): (&Catalogue, &Item),
    options: &[Spot<&str>],
    selection: &mut Selection,
) {
    let mut cleared: Vec<Vec<&str>> = Vec::new();
    let mut is_known = true;
    for option in options {
        if take(option.value, (catalogue, selection), &mut cleared).is_none() {
            is_known = false;
            table.fault(
                option.at,
                format!("`{}` has no option `{}`", item.id, option.value),
                "write `group/choice` by their ids, a choice inside another behind it",
            );
        }
    }
    let fits = validate(catalogue, item, selection, &SoldOut::default());
    if is_known && let Err(problems) = fits {
        let groups: Vec<String> = problems.iter().map(|p| format!("`{}`", p.group)).collect();
        table.fault(
            table.key_at("options"),
            format!(
                "the options of `{}` don't fit {}",
                item.id,
                groups.join(", ")
            ),
            "choose as its card in the shop allows",
        );
    }
}

/// Takes one option; none if there is no such.
fn take<'o>(
    option: &'o str,
    (catalogue, selection): (&Catalogue, &mut Selection),
    cleared: &mut Vec<Vec<&'o str>>,
) -> Option<()> {
    let (path, units) = match option.split_once('*') {
        None => (option, 1),
        Some((path, units)) => (
            path,
            units
                .parse()
                .ok()
                .filter(|n| (1..=MOST_UNITS).contains(n))?,
        ),
    };
    let parts: Vec<&str> = path.split('/').collect();
    let (way, [group, choice]) = parts.split_at_checked(parts.len().checked_sub(2)?)? else {
        return None;
    };
    if way.len() % 2 != 0 {
        return None;
    }
    let steps: Vec<(GroupId, ChoiceId)> = way
        .chunks_exact(2)
        .filter_map(|step| match step {
            [group, choice] => Some(((*group).into(), (*choice).into())),
            _ => None,
        })
        .collect();
    let here = selection.at_mut(&steps)?;
    let known = catalogue.choice(&(*group).into(), &(*choice).into())?;
    let group = catalogue.group(&(*group).into())?;
    let place: Vec<&str> = parts.iter().copied().take(parts.len() - 1).collect();
    if !cleared.contains(&place) {
        here.clear(&group.id);
        cleared.push(place);
    }
    here.take(catalogue, group, known, units);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(quantity: i64, each: Option<i64>) -> TemplateLine {
        TemplateLine {
            line: NewLine {
                item: "rice".into(),
                variant: None,
                selection: Selection::none(),
                quantity: Quantity(quantity),
                note: String::new(),
            },
            note: None,
            each,
        }
    }

    #[test]
    fn a_quantity_grows_with_people_in_whole_steps() {
        let grams = Unit::Gram {
            price_per: 500,
            step: 50,
            min: 200,
        };
        for (quantity, each, unit, people, wanted) in [
            (1, Some(1), Unit::Piece, 4, 4),
            (1, Some(2), Unit::Piece, 5, 3),
            (3, Some(4), Unit::Piece, 2, 2),
            (1, None, Unit::Piece, 9, 1),
            (6, Some(2), Unit::Pack { size: 12 }, 5, 24),
            (80, Some(1), grams, 2, 200),
            (80, Some(1), grams, 4, 350),
        ] {
            let line = line(quantity, each);
            let got = line.quantity(unit, Some(people));
            assert_eq!(
                got,
                Quantity(wanted),
                "{quantity} for each {each:?}, {people} people"
            );
        }
        assert_eq!(line(2, Some(1)).quantity(Unit::Piece, None), Quantity(2));
    }
}
