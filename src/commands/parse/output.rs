//! What a message came to, as a JSON object on one line.
//!
//! The names of its fields are a contract that scripts rely on.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use serde_json::value::RawValue;

use super::input::Message;
use crate::understand::text::MAX_CHARS;
use crate::understand::{Amount, Chosen, Index, Intent, Line, Loose, Much, Understood};

#[derive(Serialize)]
struct Out<'a> {
    text: &'a str,
    lines: Vec<OutLine<'a>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    explained: Option<Explained<'a>>,
}

#[derive(Serialize)]
struct OutLine<'a> {
    item: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    quantity: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variant: Option<&'a str>,
    options: Vec<OutOption<'a>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    explained: Option<LineExplained<'a>>,
}

#[derive(Serialize)]
struct OutOption<'a> {
    group: &'a str,
    choice: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantifier: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    negated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
}

#[derive(Serialize)]
struct LineExplained<'a> {
    /// In hundredths.
    score: u8,
    /// Whether the quantity was said.
    counted: bool,
    /// Wanted besides what there is of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    more: bool,
    /// It changes what is in the cart.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    changes: bool,
    spans: Vec<Words<'a>>,
    others: Vec<Other<'a>>,
}

#[derive(Serialize)]
struct Other<'a> {
    item: &'a str,
    score: u8,
}

#[derive(Serialize)]
struct Explained<'a> {
    intent: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<&'a str>,
    removed: Vec<Taken<'a>>,
    /// Lines of which none can be had, such as `-3 cokes`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<OutLine<'a>>,
    /// Items that were named without being ordered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<&'a str>,
    /// What was said of no item.
    #[serde(skip_serializing_if = "Option::is_none")]
    loose: Option<OutLoose<'a>>,
    unknown: Vec<Words<'a>>,
    /// The message was longer; so many characters of it were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_after: Option<usize>,
}

/// What is taken out of a cart that was there before.
#[derive(Serialize)]
struct Taken<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'a str>,
    /// If only a kind of things was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<Box<RawValue>>,
    span: Words<'a>,
}

#[derive(Serialize)]
struct OutLoose<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<Box<RawValue>>,
    /// Of each option, what it may be, likeliest first.
    options: Vec<Vec<OutOption<'a>>>,
}

/// Bytes of the text, and the words there.
#[derive(Serialize)]
struct Words<'a> {
    from: usize,
    to: usize,
    words: &'a str,
}

/// Writes one line.
pub fn line(
    out: &mut impl Write,
    index: &Index,
    message: &Message,
    understood: &Understood,
    explain: bool,
) -> io::Result<()> {
    let shown = Shown {
        index,
        text: &message.text,
        explain,
    };
    let object = Out {
        text: &message.text,
        lines: understood.lines.iter().map(|l| shown.line(l)).collect(),
        explained: explain.then(|| shown.explained(understood, message.is_cut)),
    };
    serde_json::to_writer(&mut *out, &object)?;
    out.write_all(b"\n")
}

struct Shown<'a> {
    index: &'a Index,
    text: &'a str,
    explain: bool,
}

impl<'a> Shown<'a> {
    fn line(&self, line: &'a Line) -> OutLine<'a> {
        let menu = &self.index.menu;
        let item = line.item.and_then(|at| menu.items.get(at));
        let category = line.category.and_then(|at| menu.categories.get(at));
        let unit = item.zip(line.unit).and_then(|(i, at)| i.units.get(at));
        // Goods in packs are counted in packs, and have no unit in an order.
        let is_pack = unit.is_some_and(|unit| unit.id == crate::understand::catalogue::PACK);
        let is_shop = |group: usize| menu.variants_of(group).is_some();
        let variant = line
            .options
            .iter()
            .find(|chosen| is_shop(chosen.group))
            .and_then(|chosen| menu.groups.get(chosen.group)?.choices.get(chosen.choice));
        OutLine {
            item: item.map(|item| item.id.as_str()),
            category: category.map(|category| category.id.as_str()),
            quantity: number(line.quantity),
            unit: unit
                .filter(|unit| !(is_pack && unit.holds.is_some()))
                .map(|unit| unit.id.as_str()),
            variant: variant.map(|variant| variant.id.as_str()),
            options: line
                .options
                .iter()
                .filter(|chosen| !is_shop(chosen.group))
                .filter_map(|chosen| self.option(chosen))
                .collect(),
            explained: self.explain.then(|| self.line_explained(line)),
        }
    }

    fn option(&self, chosen: &Chosen) -> Option<OutOption<'a>> {
        let group = self.index.menu.groups.get(chosen.group)?;
        let choice = group.choices.get(chosen.choice)?;
        Some(OutOption {
            group: &group.id,
            choice: &choice.id,
            quantifier: chosen.much.map(|much| match much {
                Much::Extra => "extra",
                Much::Light => "light",
            }),
            negated: chosen.negated,
            count: Some(chosen.count).filter(|count| *count != 1),
        })
    }

    fn line_explained(&self, line: &'a Line) -> LineExplained<'a> {
        let other = |(item, score): &(usize, u8)| {
            Some(Other {
                item: &self.index.menu.items.get(*item)?.id,
                score: *score,
            })
        };
        LineExplained {
            score: line.score,
            counted: line.counted,
            more: line.more,
            changes: line.changes,
            spans: line.spans.iter().map(|at| self.words(at)).collect(),
            others: line.others.iter().filter_map(other).collect(),
        }
    }

    fn explained(&self, understood: &'a Understood, is_cut: bool) -> Explained<'a> {
        let (intent, command) = match &understood.intent {
            Intent::Order => ("order", None),
            Intent::Question => ("question", None),
            Intent::Command(name) => ("command", Some(name.as_str())),
        };
        let menu = &self.index.menu;
        let removed = understood.removed.iter().map(|removed| {
            let item = removed.item.and_then(|at| menu.items.get(at));
            let category = removed.category.and_then(|at| menu.categories.get(at));
            Taken {
                item: item.map(|item| item.id.as_str()),
                category: category.map(|category| category.id.as_str()),
                quantity: removed.quantity.map(number),
                span: self.words(&removed.span),
            }
        });
        let about = understood.about.iter();
        let about = about.filter_map(|at| Some(self.index.menu.items.get(*at)?.id.as_str()));
        Explained {
            intent,
            command,
            removed: removed.collect(),
            refused: understood.refused.iter().map(|l| self.line(l)).collect(),
            about: about.collect(),
            loose: understood.loose.as_ref().map(|loose| self.loose(loose)),
            unknown: understood.unknown.iter().map(|at| self.words(at)).collect(),
            cut_after: is_cut.then_some(MAX_CHARS),
        }
    }

    fn loose(&self, loose: &Loose) -> OutLoose<'a> {
        let any = |any: &Vec<Chosen>| any.iter().filter_map(|one| self.option(one)).collect();
        OutLoose {
            quantity: loose.quantity.map(number),
            options: loose.options.iter().map(any).collect(),
        }
    }

    fn words(&self, at: &Range<usize>) -> Words<'a> {
        Words {
            from: at.start,
            to: at.end,
            words: self.text.get(at.clone()).unwrap_or_default(),
        }
    }
}

/// An amount as a JSON number: a decimal fraction with a point.
fn number(amount: Amount) -> Box<RawValue> {
    // Digits with a point are JSON by their form.
    RawValue::from_string(amount.to_string()).unwrap_or_else(|_| RawValue::NULL.to_owned())
}
