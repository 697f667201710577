//! Every name that a condition of a shop may use.

use std::fmt::Write as _;

use fluent_bundle::FluentArgs;

use crate::dialogue::condition::MAX_CHARS;
use crate::dialogue::facts::{FACTS, FUNCTIONS, Form, MONEY, OPERATORS, Type};
use crate::dialogue::{Flow, Step, StepKind};
use crate::kernel::Locale;
use crate::shop::Shop;

/// The facts, the answers of each flow, and what may be done with them.
pub(super) fn all(shop: &Shop, locale: &Locale) -> String {
    let mut out = String::from("Names that every condition may use:\n");
    let rows = FACTS.iter().map(|fact| {
        let unit = if fact.unit == MONEY {
            money(shop)
        } else {
            fact.unit.to_owned()
        };
        let name = format!("{}.{}", fact.record, fact.name);
        [
            name,
            kind(&fact.holds.kind()),
            unit,
            fact.meaning.to_owned(),
        ]
    });
    columns(&mut out, rows);
    for flow in &shop.flows {
        // Writing to a String can't fail.
        let _ = writeln!(
            out,
            "\nAnswers in the flow {}, of steps asked before; without one: empty, 0, false or []:",
            flow.id
        );
        columns(&mut out, answers(shop, flow, locale));
    }
    for (title, forms) in [("Operators", OPERATORS), ("Functions", FUNCTIONS)] {
        let _ = writeln!(out, "\n{title}:");
        let rows = forms.iter().map(
            |Form {
                 form,
                 meaning,
                 example,
                 ..
             }| { [form, meaning, example].map(|&words| words.to_owned()) },
        );
        columns(&mut out, rows);
    }
    let _ = writeln!(
        out,
        "\nValues: whole numbers; text in single or double quotes; true and false; lists such as \
         ['a', 'b'].\nA condition gives true or false and has at most {MAX_CHARS} characters."
    );
    out
}

fn kind(kind: &Type) -> String {
    match kind {
        Type::Int => "number".to_owned(),
        Type::Flag => "true or false".to_owned(),
        Type::Text => "text".to_owned(),
        Type::List(_) | Type::Record(_) => "list of texts".to_owned(),
    }
}

/// What 1 of the currency's minor unit is.
fn money(shop: &Shop) -> String {
    let one = crate::kernel::Money {
        minor: 1,
        currency: shop.currency,
    };
    format!("minor units: 1 is {one} {}", shop.currency.code())
}

fn answers(shop: &Shop, flow: &Flow, locale: &Locale) -> Vec<[String; 4]> {
    let row = |step: &Step| {
        let title = shop
            .texts
            .shop_plain(locale, &step.title, &FluentArgs::new());
        Some([
            format!("answer.{}", step.id),
            kind(&step.answer_type()?),
            values(step),
            title,
        ])
    };
    flow.steps.iter().filter_map(row).collect()
}

/// Which values an answer has.
fn values(step: &Step) -> String {
    match &step.kind {
        StepKind::Text { min, max, .. } | StepKind::Address { min, max } => {
            format!("{min} to {max} characters")
        }
        StepKind::Number { min, max } => format!("{min} to {max}"),
        StepKind::Phone => "digits, with + before a country's".to_owned(),
        StepKind::Choice(_) | StepKind::Choices { .. } | StepKind::Payment(_) => {
            let ids = step.choices().iter().map(|choice| choice.id.as_str());
            ids.collect::<Vec<_>>().join(" | ")
        }
        StepKind::Date { .. } => "a day, as 2026-12-24".to_owned(),
        StepKind::Slot(_) => "a window, as 2026-12-24_10:00-12:00".to_owned(),
        StepKind::YesNo
        | StepKind::Items
        | StepKind::Review
        | StepKind::Location
        | StepKind::Photo => String::new(),
    }
}

/// Rows in columns, two blanks apart and indented; the last one as long as it is.
fn columns<const N: usize>(out: &mut String, rows: impl IntoIterator<Item = [String; N]>) {
    let rows: Vec<[String; N]> = rows.into_iter().collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    for row in &rows {
        let mut line = String::from(" ");
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(line, " {cell:<width$} ", width = *width);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
