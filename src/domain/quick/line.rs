//! What one line may mean: a code or name, and how much of it.

use unicode_normalization::UnicodeNormalization;

use super::amount::{Amount, Measure};
use super::{Columns, Words};

/// One way to read a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// A code or a name.
    pub name: String,
    /// How much.
    pub amount: Amount,
}

/// Characters of a line that are read: a name and a number are shorter.
const MAX_CHARS: usize = 200;

/// What may stand between a name and a number.
const MARKS: [char; 6] = [' ', ',', ';', ':', '=', '|'];

/// What stands for "times".
const TIMES: [char; 2] = ['\u{d7}', '*'];

/// A text in usual characters: no full-width forms, single spaces, lower case.
pub fn plain(text: &str) -> String {
    usual(text).to_lowercase()
}

/// Full-width forms as usual ones, other marks of the same meaning as one, single spaces.
fn usual(text: &str) -> String {
    let mapped: String = text
        .nfkc()
        .take(MAX_CHARS)
        .map(|c| match c {
            '\u{3001}' => ',',
            '\u{2212}' | '\u{2010}'..='\u{2015}' => '-',
            '\u{2715}' | '\u{2716}' | '\u{2a2f}' => '\u{d7}',
            '\u{feff}' | '\u{200b}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    mapped.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every way to read a line, the likeliest first: all of it as a name, then the number at its
/// end, then the one at its beginning. Empty only for a line without a letter or digit.
pub fn readings(text: &str, words: &Words) -> Vec<Reading> {
    let text = usual(text);
    let mut all = Vec::new();
    let whole = trimmed(&text);
    push(&mut all, whole, Amount::Least);
    push(&mut all, named(whole), Amount::Least);
    trailing(&text, words, &mut all);
    leading(&text, words, &mut all);
    all
}

/// One row of a table: its name or code, and how much.
pub fn row(cells: &[String], columns: Columns, words: &Words) -> Option<Reading> {
    let cell = |at: Option<usize>| {
        let text = usual(at.and_then(|at| cells.get(at)).map_or("", String::as_str));
        Some(text).filter(|text| !text.is_empty())
    };
    // An article without a code is found by its name.
    let name = cell(columns.code).or_else(|| cell(columns.name))?;
    let amount = cell(columns.quantity).map_or(Amount::Least, |text| amount(&text, words));
    Some(Reading { name, amount })
}

/// A cell that holds nothing but an amount.
fn amount(text: &str, words: &Words) -> Amount {
    let (number, measure) = without_unit(text, words);
    Amount::number(number.trim(), measure).unwrap_or(Amount::Unreadable)
}

fn push(all: &mut Vec<Reading>, name: &str, amount: Amount) {
    let says_something = name.chars().any(char::is_alphanumeric);
    if says_something && all.iter().all(|reading| reading.name != name) {
        all.push(Reading {
            name: name.to_owned(),
            amount,
        });
    }
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| MARKS.contains(&c) || TIMES.contains(&c))
}

/// The text before a unit at its end that follows a digit, and the unit.
fn without_unit<'t>(text: &'t str, words: &Words) -> (&'t str, Measure) {
    for (word, measure) in &words.units {
        let Some(at) = text.len().checked_sub(word.len()) else {
            continue;
        };
        let Some((before, end)) = text.split_at_checked(at) else {
            continue;
        };
        let number = before.trim_end();
        if end.to_lowercase() == *word && number.ends_with(|c: char| c.is_ascii_digit()) {
            return (number, *measure);
        }
    }
    (text, Measure::Bare)
}

fn trailing(text: &str, words: &Words, all: &mut Vec<Reading>) {
    let text = text.trim_end_matches(|c| MARKS.contains(&c));
    let (body, measure) = without_unit(text, words);
    let in_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let start = body.trim_end_matches(in_number).len();
    let Some(digits) = body.get(start..) else {
        return;
    };
    // Every place where the number may begin: after each comma one.
    let offsets = std::iter::once(0).chain(digits.match_indices(',').map(|(at, _)| at + 1));
    for offset in offsets {
        let at = start + offset;
        let (Some(number), Some(before)) = (body.get(at..), body.get(..at)) else {
            continue;
        };
        if !number.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let (before, sign) = signed(before);
        if !is_apart(before) {
            continue;
        }
        if let Some(amount) = Amount::number(&format!("{sign}{number}"), measure) {
            push(all, named(before), amount);
        }
    }
}

/// The text before a sign, and the sign.
fn signed(before: &str) -> (&str, &str) {
    for sign in ["-", "+"] {
        if let Some(rest) = before.strip_suffix(sign)
            && is_apart(rest)
        {
            return (rest, sign);
        }
    }
    (before, "")
}

/// Whether a number may follow: nobody takes the `12` of `A-12` for a quantity.
fn is_apart(before: &str) -> bool {
    let Some(last) = before.chars().next_back() else {
        return false;
    };
    let is_wide = !last.is_ascii() && last.is_alphabetic();
    MARKS.contains(&last) || TIMES.contains(&last) || is_wide || times_word(before).is_some()
}

/// The text before a lone `x`.
fn times_word(before: &str) -> Option<&str> {
    let rest = before.strip_suffix(['x', 'X'])?;
    rest.ends_with(MARKS).then_some(rest)
}

fn named(before: &str) -> &str {
    let before = before.trim_end();
    trimmed(times_word(before).unwrap_or(before))
}

fn leading(text: &str, words: &Words, all: &mut Vec<Reading>) {
    let unsigned = text.trim_start_matches(['-', '+']);
    let sign = text.len() - unsigned.len();
    if sign > 1 {
        return;
    }
    let in_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let length = sign + unsigned.len() - unsigned.trim_start_matches(in_number).len();
    let (Some(number), Some(rest)) = (text.get(..length), text.get(length..)) else {
        return;
    };
    let number = number.trim_end_matches([',', '.']);
    let (rest, measure) = without_leading_unit(rest, words);
    let Some(after) = apart_from_number(rest, measure) else {
        return;
    };
    if let Some(amount) = Amount::number(number, measure) {
        push(all, trimmed(after), amount);
    }
}

fn without_leading_unit<'t>(rest: &'t str, words: &Words) -> (&'t str, Measure) {
    let rest_trimmed = rest.trim_start();
    for (word, measure) in &words.units {
        let Some((start, after)) = rest_trimmed.split_at_checked(word.len()) else {
            continue;
        };
        let ends = !word.is_ascii() || after.starts_with(|c: char| !c.is_alphanumeric());
        if start.to_lowercase() == *word && ends {
            return (after, *measure);
        }
    }
    (rest, Measure::Bare)
}

/// What follows a number at the beginning, if it is apart from it.
fn apart_from_number(rest: &str, measure: Measure) -> Option<&str> {
    let first = rest.chars().next()?;
    if let Some(after) = rest.trim_start().strip_prefix(['x', 'X'])
        && after.starts_with(MARKS)
    {
        return Some(after);
    }
    let is_wide = !first.is_ascii() && first.is_alphabetic();
    let is_apart =
        MARKS.contains(&first) || TIMES.contains(&first) || is_wide || measure != Measure::Bare;
    is_apart.then_some(rest)
}
