//! An order as plain text for a narrow printer: monospaced columns, no emoji, no buttons.
//!
//! Chinese characters take two columns. Words are made before they are laid out, since only then
//! their width is known.

use crate::chat::{Arg, Text};
use crate::domain::orders::Order;
use crate::kernel::Localised;

use super::order::{amount, company_line, details};
use super::review::{Answered, figures};
use super::{basics, lines, tables};

/// Characters of one message, well below Telegram's 4096.
const PAGE_CHARS: usize = 3_500;

/// What an order is printed with.
pub struct Slip<'a> {
    /// The order.
    pub order: &'a Order,
    /// The shop's name.
    pub shop: &'a Localised,
    /// The title of its flow, a text id of the shop.
    pub flow: &'a str,
    /// The customer's name.
    pub customer: &'a str,
    /// The answers of its flow.
    pub answers: &'a [Answered],
}

/// A part of a slip, still without words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A line of its own, wrapped.
    Line(Text),
    /// One to the left, one to the right.
    Pair(Text, Text),
    /// A line that belongs to the one above, set in.
    Under(Text),
    /// A rule from side to side.
    Rule,
}

/// The parts of a slip, from top to bottom.
pub fn slip(slip: &Slip<'_>) -> Vec<Part> {
    let order = slip.order;
    let mut parts = vec![
        Part::Line(Text::new("value-text").with("value", slip.shop)),
        Part::Pair(
            Text::new("look-number").with("number", Arg::Words(order.number.to_string())),
            match &order.table {
                Some(table) => tables::name(table),
                None => Text::new("value-text").with("value", Arg::Shop(slip.flow.to_owned())),
            },
        ),
        Part::Line(Text::new("print-placed").with("time", order.placed_at)),
    ];
    if let Some(time) = order.ready_at {
        parts.push(Part::Line(Text::new("kitchen-due").with("time", time)));
    }
    parts.push(Part::Rule);
    for line in &order.lines {
        let (grams, count) = amount(line);
        let id = if grams {
            "print-line-grams"
        } else {
            "print-line"
        };
        let name = lines::name(&line.name, line.variant_name.as_ref());
        let text = Text::new(id).with("count", count).with("name", name);
        let paid = order.receipt.lines.iter().find(|paid| paid.line == line.id);
        parts.push(match paid {
            Some(paid) => Part::Pair(text, Text::new("kitchen-total").with("total", paid.amount)),
            None => Part::Line(text),
        });
        parts.extend(details(line).into_iter().map(Part::Under));
    }
    parts.push(Part::Rule);
    parts.extend(figures(&order.receipt).into_iter().map(Part::Line));
    parts.push(Part::Rule);
    let who: String = slip.customer.chars().take(basics::NAME_SHOWN).collect();
    parts.push(Part::Line(Text::new("kitchen-customer").with("name", who)));
    parts.extend(company_line(order).map(Part::Line));
    for answer in slip.answers {
        parts.push(Part::Line(
            Text::new("kitchen-answer")
                .with("title", Arg::Shop(answer.title.clone()))
                .with("value", answer.value.clone()),
        ));
        parts.extend(answer.more.iter().cloned().map(Part::Line));
    }
    if !order.note.is_empty() {
        parts.push(Part::Line(
            Text::new("cart-line-note").with("note", order.note.as_str()),
        ));
    }
    parts
}

/// Lays parts out in lines of at most `columns`, and splits these into messages.
pub fn pages(parts: &[Part], columns: usize, words: impl Fn(&Text) -> String) -> Vec<String> {
    let plain = |text: &Text| -> String {
        let words = words(text);
        let plain: String = words.chars().filter(|c| !is_emoji(*c)).collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut all = Vec::new();
    for part in parts {
        match part {
            Part::Line(text) => all.extend(wrapped(&plain(text), columns, "")),
            Part::Under(text) => all.extend(wrapped(&plain(text), columns, "  ")),
            Part::Rule => all.push("-".repeat(columns)),
            Part::Pair(left, right) => all.extend(pair(&plain(left), &plain(right), columns)),
        }
    }
    split(all)
}

/// Lines into messages.
fn split(lines: Vec<String>) -> Vec<String> {
    let mut pages = Vec::new();
    let mut page = String::new();
    let mut length = 0;
    for line in lines {
        let more = line.chars().count() + 1;
        if length + more > PAGE_CHARS {
            pages.push(std::mem::take(&mut page));
            length = 0;
        }
        if !page.is_empty() {
            page.push('\n');
        }
        page.push_str(&line);
        length += more;
    }
    pages.push(page);
    pages
}

/// The left part wrapped beside the right one, which stands at the end of the last line.
fn pair(left: &str, right: &str, columns: usize) -> Vec<String> {
    let mut lines = wrapped(left, columns, "");
    let beside = width(right) + 1;
    let last = lines.last().map_or(0, |line| width(line));
    if last + beside > columns {
        lines.push(String::new());
    }
    if let Some(line) = lines.last_mut() {
        let gap = columns.saturating_sub(width(line) + width(right));
        line.push_str(&" ".repeat(gap));
        line.push_str(right);
    }
    lines
}

/// Words in lines of at most `columns`, each after `indent`; a word that is longer than a line is
/// cut, and between Chinese characters a line may end anywhere.
fn wrapped(text: &str, columns: usize, indent: &str) -> Vec<String> {
    let room = columns.saturating_sub(indent.len()).max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    let end = |line: &mut String, lines: &mut Vec<String>| {
        let done = std::mem::take(line);
        lines.push(format!("{indent}{}", done.trim_end()));
    };
    for word in text.split_inclusive(' ') {
        let fits = width(&line) + width(word.trim_end()) <= room;
        let is_long = width(word.trim_end()) > room || word.chars().any(|c| columns_of(c) == 2);
        if !fits && !line.is_empty() && !is_long {
            end(&mut line, &mut lines);
        }
        for c in word.chars() {
            if c == ' ' && line.is_empty() {
                continue;
            }
            if width(&line) + columns_of(c) > room && c != ' ' {
                end(&mut line, &mut lines);
            }
            line.push(c);
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        end(&mut line, &mut lines);
    }
    lines
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

/// Columns of a character: East Asian wide ones take two, marks upon others none.
fn columns_of(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0x33ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xa000..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// Pictures that a printer has no shape for.
fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x21ff | 0x2300..=0x23ff | 0x2600..=0x27bf | 0x2b00..=0x2bff
        | 0xfe0f | 0x200d | 0x1f000..=0x1faff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(parts: &[Part], columns: usize) -> Vec<String> {
        pages(parts, columns, |text| match &text.args.first() {
            Some((_, Arg::Words(words))) => words.clone(),
            _ => String::new(),
        })
    }

    fn text(words: &str) -> Text {
        Text::new("x").with("x", words)
    }

    #[test]
    fn chinese_takes_two_columns() {
        let (left, right) = ("2 x \u{5bab}\u{4fdd}\u{9e21}\u{4e01}", "\u{a5}76.00");
        let page = laid_out(&[Part::Pair(text(left), text(right))], 32).concat();
        assert_eq!(width(&page), 32);
        assert_eq!(page.chars().count(), 28);
        assert!(page.starts_with(left) && page.ends_with(right), "{page}");
    }

    #[test]
    fn no_line_is_wider_than_the_paper() {
        let long = "Ginger and scallion crab \u{59dc}\u{8471}\u{7092}\u{87f9} ".repeat(5);
        let word = "x".repeat(80);
        for columns in [32, 42] {
            let parts = [
                Part::Line(text(&long)),
                Part::Under(text(&word)),
                Part::Pair(text(&long), text("\u{a5}1,234,567.00")),
                Part::Rule,
            ];
            let page = laid_out(&parts, columns).concat();
            for line in page.lines() {
                assert!(width(line) <= columns, "{line:?}");
            }
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').count();
            let wanted = 2 * letters(&long) + letters(&word) + letters("\u{a5}1,234,567.00");
            assert_eq!(letters(&page.replace(['\n', '-'], "")), wanted);
        }
    }

    #[test]
    fn a_price_without_room_gets_a_line_of_its_own() {
        let page = laid_out(&[Part::Pair(text(&"y".repeat(30)), text("12.00"))], 32).concat();
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(lines, ["y".repeat(30), format!("{}12.00", " ".repeat(27))]);
    }

    #[test]
    fn a_long_order_is_split_between_lines() {
        let parts: Vec<Part> = (0..400)
            .map(|n| Part::Line(text(&format!("{n:03} x something to eat"))))
            .collect();
        let pages = laid_out(&parts, 32);
        assert!(pages.len() > 1);
        assert!(pages.iter().all(|page| page.chars().count() <= PAGE_CHARS));
        let lines: Vec<&str> = pages.iter().flat_map(|page| page.lines()).collect();
        assert_eq!(lines.len(), 400);
        assert!(lines.iter().all(|line| line.ends_with("to eat")));
    }

    #[test]
    fn pictures_are_left_out() {
        let page = laid_out(&[Part::Line(text("\u{1f961} Pickup \u{270e}"))], 32).concat();
        assert_eq!(page, "Pickup");
    }
}
