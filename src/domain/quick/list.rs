//! A list with what each of its lines came to.

use serde::{Deserialize, Serialize};

use super::amount::{Amount, AmountFault};
use super::line::{Reading, readings, row};
use super::{CANDIDATES, Columns, MAX_ROWS, TEXT_SHOWN, Words};
use crate::domain::cart::{MAX_UNITS_PER_LINE, NewLine, Selection, validate};
use crate::domain::catalogue::{Catalogue, Goods, Item, SoldOut};
use crate::kernel::{ItemId, Quantity, VariantId};

/// An article that a line may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The item.
    pub item: ItemId,
    /// Its variant, if that was named too.
    pub variant: Option<VariantId>,
}

/// So much of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The item.
    pub item: ItemId,
    /// Its variant, where it has some.
    pub variant: Option<VariantId>,
    /// Its options, where they are not those that the menu preselects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<Selection>,
    /// How much, in base units, all lines that were added up included.
    pub quantity: Quantity,
}

/// What a line came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It is taken.
    Taken(Wanted),
    /// It is the same as another line, by its place, and was added up there.
    Added(usize),
    /// Several articles are called so.
    Several(Vec<Candidate>, Amount),
    /// Nothing is called so; these come close, if any do.
    Unknown(Vec<Candidate>, Amount),
    /// Its variant or options are still to be chosen.
    Open {
        /// Which article.
        what: Candidate,
        /// How much, in base units.
        quantity: Quantity,
    },
    /// So much of it can't be had.
    Wrong(Candidate, AmountFault),
    /// It was left out on purpose.
    Skipped,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// As it was written, clipped.
    pub text: String,
    /// What it came to.
    pub state: State,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct List {
    /// Its lines, in their order; at most [`MAX_ROWS`].
    pub entries: Vec<Entry>,
    /// How many lines were beyond that and are not looked at.
    pub more: usize,
}

/// What each line may mean.
struct Line {
    text: String,
    readings: Vec<Reading>,
}

impl List {
    /// Reads a message: each line that is not empty is one.
    pub fn of_text(text: &str, words: &Words, catalogue: &Catalogue) -> Self {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let first: Vec<Line> = lines
            .by_ref()
            .take(MAX_ROWS)
            .map(|line| Line {
                text: shown(line),
                readings: readings(line, words),
            })
            .collect();
        Self::of(first, lines.count(), catalogue)
    }

    /// Reads a table's rows, without its headings; `more` rows were beyond them.
    pub fn of_rows(
        rows: &[Vec<String>],
        (columns, more): (Columns, usize),
        words: &Words,
        catalogue: &Catalogue,
    ) -> Self {
        let lines = rows.iter().take(MAX_ROWS).map(|cells| Line {
            text: shown(&cells.join(" ")),
            readings: row(cells, columns, words).into_iter().collect(),
        });
        let more = more + rows.len().saturating_sub(MAX_ROWS);
        Self::of(lines.collect(), more, catalogue)
    }

    fn of(lines: Vec<Line>, more: usize, catalogue: &Catalogue) -> Self {
        let mut list = Self {
            entries: Vec::with_capacity(lines.len()),
            more,
        };
        for line in lines {
            let state = meaning(&line.readings, catalogue);
            list.entries.push(Entry {
                text: line.text,
                state: State::Skipped,
            });
            list.set(list.entries.len() - 1, state);
        }
        list
    }

    /// Decides for one of the candidates of a line; false if there is no such candidate any more.
    pub fn pick(&mut self, at: usize, candidate: usize, catalogue: &Catalogue) -> bool {
        let picked = self.entries.get(at).and_then(|entry| match &entry.state {
            State::Several(all, amount) | State::Unknown(all, amount) => {
                Some((all.get(candidate)?.clone(), *amount))
            }
            _ => None,
        });
        let Some((what, amount)) = picked else {
            return false;
        };
        let state = decided(&what, amount, catalogue);
        self.set(at, state);
        true
    }

    /// Takes the options that were chosen for a line; false if the line asks for none any more.
    pub fn choose(&mut self, at: usize, wanted: Wanted) -> bool {
        let is_open = self
            .entries
            .get(at)
            .is_some_and(|entry| matches!(entry.state, State::Open { .. }));
        if is_open {
            self.set(at, State::Taken(wanted));
        }
        is_open
    }

    /// Leaves a line out that is not taken; false if it is, or is gone.
    pub fn skip(&mut self, at: usize) -> bool {
        match self.entries.get_mut(at) {
            Some(entry) if !matches!(entry.state, State::Taken(_) | State::Added(_)) => {
                entry.state = State::Skipped;
                true
            }
            Some(_) | None => false,
        }
    }

    /// Puts what a line came to in its place, adding up what is taken twice.
    fn set(&mut self, at: usize, state: State) {
        let same = match &state {
            State::Taken(wanted) => self.entries.iter().position(|other| match &other.state {
                State::Taken(taken) => is_same(taken, wanted),
                _ => false,
            }),
            _ => None,
        };
        let state = match (same, state) {
            (Some(place), State::Taken(wanted)) => {
                if let Some(Entry {
                    state: State::Taken(taken),
                    ..
                }) = self.entries.get_mut(place)
                {
                    let sum = taken.quantity.0.saturating_add(wanted.quantity.0);
                    taken.quantity = Quantity(sum);
                }
                State::Added(place)
            }
            (_, state) => state,
        };
        if let Some(entry) = self.entries.get_mut(at) {
            entry.state = state;
        }
    }

    /// How many lines wait for a choice, or can't be had as they are.
    pub fn open(&self) -> usize {
        self.entries.iter().filter(|entry| entry.is_open()).count()
    }
}

impl Entry {
    /// Whether it waits for a choice, or can't be had as it is.
    pub fn is_open(&self) -> bool {
        match self.state {
            State::Several(..) | State::Unknown(..) | State::Open { .. } | State::Wrong(..) => true,
            State::Taken(_) | State::Added(_) | State::Skipped => false,
        }
    }
}

fn is_same(taken: &Wanted, wanted: &Wanted) -> bool {
    taken.item == wanted.item
        && taken.variant == wanted.variant
        && taken.selection == wanted.selection
}

impl Wanted {
    /// The cart line of an article, with `quantity` of it; none if it left the catalogue.
    pub fn line(&self, quantity: Quantity, catalogue: &Catalogue) -> Option<NewLine> {
        let item = catalogue.item(&self.item)?;
        let usual = NewLine::of(item, catalogue);
        Some(NewLine {
            variant: self.variant.clone(),
            selection: self.selection.clone().unwrap_or(usual.selection.clone()),
            quantity,
            ..usual
        })
    }
}

/// Whether words are a list of goods: at least two lines, half of which name something that is
/// sold; or one line of a code that has a digit and a quantity.
pub fn is_list(text: &str, words: &Words, catalogue: &Catalogue) -> bool {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    if let [line] = lines.as_slice() {
        return readings(line, words).iter().any(|reading| {
            reading.amount != Amount::Least
                && !reading.name.contains(' ')
                // "2 cola" is an order in words, though the article may have that for its id.
                && reading.name.contains(|c: char| c.is_ascii_digit())
                && catalogue.by_code(&reading.name).is_some()
        });
    }
    let known = |line: &&&str| {
        let all = readings(line, words);
        all.iter()
            .any(|reading| !exact(reading, catalogue).is_empty())
    };
    let looked_at = lines.len().min(MAX_ROWS);
    looked_at > 0 && lines.iter().take(MAX_ROWS).filter(known).count() * 2 >= looked_at
}

/// What is called exactly so: by its code, else by its name.
fn exact<'c>(reading: &Reading, catalogue: &'c Catalogue) -> Vec<Goods<'c>> {
    match catalogue.by_code(&reading.name) {
        Some(goods) => vec![goods],
        None => catalogue.by_name(&reading.name),
    }
}

fn meaning(readings: &[Reading], catalogue: &Catalogue) -> State {
    for reading in readings {
        let found = exact(reading, catalogue);
        match found.as_slice() {
            [] => {}
            [one] => return decided(&candidate(one), reading.amount, catalogue),
            several => {
                let all = several.iter().take(CANDIDATES + 2).map(candidate).collect();
                return State::Several(all, reading.amount);
            }
        }
    }
    // With a number beside it the name is what is left; all of the line is looked for otherwise.
    let counts = readings
        .iter()
        .any(|reading| reading.amount != Amount::Least);
    let close = readings
        .iter()
        .filter(|reading| !counts || reading.amount != Amount::Least)
        .map(|reading| (reading, catalogue.close(&reading.name, CANDIDATES)));
    let best = close.max_by(|(a, found), (b, other)| {
        let score = |found: &[(Goods<'_>, f64)]| found.first().map_or(0.0, |(_, score)| *score);
        // Of two that are as close the one that leaves a number over is meant.
        let says = |reading: &Reading| reading.amount != Amount::Least;
        score(found)
            .total_cmp(&score(other))
            .then(says(a).cmp(&says(b)))
    });
    match best {
        Some((reading, found)) => {
            let all = found.iter().map(|(goods, _)| candidate(goods)).collect();
            State::Unknown(all, reading.amount)
        }
        None => State::Unknown(Vec::new(), Amount::Least),
    }
}

fn candidate(goods: &Goods<'_>) -> Candidate {
    Candidate {
        item: goods.item.id.clone(),
        variant: goods.variant.map(|variant| variant.id.clone()),
    }
}

/// An article that is certain: taken, or what keeps it from being taken.
fn decided(what: &Candidate, amount: Amount, catalogue: &Catalogue) -> State {
    let Some(item) = catalogue.item(&what.item) else {
        return State::Unknown(Vec::new(), amount);
    };
    let quantity = match amount.of(item.unit, MAX_UNITS_PER_LINE) {
        Ok(quantity) => quantity,
        Err(fault) => return State::Wrong(what.clone(), fault),
    };
    let variant = what.variant.clone().or_else(|| usual_variant(item));
    let needs_variant = !item.variants().is_empty() && variant.is_none();
    if needs_variant || !is_complete(item, catalogue) {
        return State::Open {
            what: what.clone(),
            quantity,
        };
    }
    State::Taken(Wanted {
        item: item.id.clone(),
        variant,
        selection: None,
        quantity,
    })
}

/// The variant that is taken where none is named: the one that the merchant preselects. The first
/// one of several is nobody's choice.
fn usual_variant(item: &Item) -> Option<VariantId> {
    let variants = item.variants();
    let usual = variants.iter().find(|variant| variant.default);
    let only = || variants.first().filter(|_| variants.len() == 1);
    usual.or_else(only).map(|variant| variant.id.clone())
}

/// Whether what the menu preselects is enough. What is sold out is another matter.
fn is_complete(item: &Item, catalogue: &Catalogue) -> bool {
    let usual = Selection::defaults(catalogue, item);
    validate(catalogue, item, &usual, &SoldOut::default()).is_ok()
}

fn shown(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let plain = text.chars().filter(|c| !c.is_control());
    let clipped: String = plain.take(TEXT_SHOWN).collect();
    if text.chars().count() > TEXT_SHOWN {
        return format!("{clipped}…");
    }
    clipped
}
