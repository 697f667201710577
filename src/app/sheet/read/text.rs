//! A table as text: found out in what it is written and by what its cells are separated.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{Gather, clipped};
use crate::chat::{Encoding, FileFault};
use crate::domain::quick::{Columns, Words};

/// What may separate cells.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// Of how many bytes at the beginning is found out what a file is.
const LOOKED_AT: usize = 4096;

/// The text of a file, and in what it was written.
pub(super) fn decoded(bytes: &[u8]) -> Result<(String, Encoding), FileFault> {
    let (encoding, name) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((found, _)) if found == UTF_8 => (UTF_8, Encoding::Utf8),
        Some((found, _)) => (found, Encoding::Utf16),
        None => match guessed_utf16(bytes) {
            Some(found) => (found, Encoding::Utf16),
            None if std::str::from_utf8(bytes).is_ok() => (UTF_8, Encoding::Utf8),
            None => (GB18030, Encoding::Gb18030),
        },
    };
    let (text, _, has_errors) = encoding.decode(bytes);
    let controls = text
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        .count();
    if has_errors || controls > 0 {
        return Err(FileFault::OtherKind);
    }
    if text.trim().is_empty() {
        return Err(FileFault::Empty);
    }
    Ok((text.into_owned(), name))
}

/// Text of two bytes a letter without a mark: every other byte of its commas and digits is zero.
fn guessed_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..bytes.len().min(LOOKED_AT))?;
    let zeros = |first: usize| {
        head.iter()
            .skip(first)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let enough = head.len() / 8;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > enough => Some(UTF_16LE),
        (even, 0) if even > enough => Some(UTF_16BE),
        _ => None,
    }
}

/// Reads the rows of a table.
pub(super) fn rows<'w>(text: &str, words: &'w Words) -> Gather<'w> {
    let text = text.trim_start_matches('\u{feff}');
    // Some spreadsheets write what separates the cells into a line of its own.
    let named = text
        .strip_prefix("sep=")
        .and_then(|rest| rest.chars().next());
    let text = match named {
        Some(_) => text.split_once('\n').map_or("", |(_, rest)| rest),
        None => text,
    };
    let separator = named.unwrap_or_else(|| separator(text, words));
    let mut gather = Gather::new(words);
    let mut rows = Rows {
        rest: text.chars().peekable(),
        separator,
    };
    while let Some(cells) = rows.next_row() {
        gather.row(cells);
    }
    gather
}

/// The one by which the headings are understood best.
fn separator(text: &str, words: &Words) -> char {
    let heads: String = text
        .lines()
        .take(super::ABOVE_HEADINGS + 1)
        .collect::<Vec<_>>()
        .join("\n");
    let known = |separator: char| {
        let mut rows = Rows {
            rest: heads.chars().peekable(),
            separator,
        };
        let mut best = 0;
        while let Some(cells) = rows.next_row() {
            let found = Columns::of(&cells, words).map_or(0, |columns| {
                [columns.code, columns.name, columns.quantity]
                    .iter()
                    .flatten()
                    .count()
            });
            best = best.max(found);
        }
        best
    };
    // The first one of several that are as good.
    SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(|separator| known(*separator))
        .unwrap_or(',')
}

/// Rows of cells, RFC 4180, whatever ends their lines.
struct Rows<'t> {
    rest: std::iter::Peekable<std::str::Chars<'t>>,
    separator: char,
}

impl Rows<'_> {
    fn next_row(&mut self) -> Option<Vec<String>> {
        self.rest.peek()?;
        let mut cells = Vec::new();
        loop {
            let (cell, ends_row) = self.cell();
            cells.push(clipped(&cell));
            if ends_row {
                return Some(cells);
            }
        }
    }

    /// A cell, and whether its row ends with it.
    fn cell(&mut self) -> (String, bool) {
        let mut cell = String::new();
        if self.rest.next_if_eq(&'"').is_some() {
            self.quoted(&mut cell);
        }
        while let Some(c) = self.rest.next() {
            match c {
                c if c == self.separator => return (cell, false),
                '\r' | '\n' => {
                    if c == '\r' {
                        self.rest.next_if_eq(&'\n');
                    }
                    return (cell, true);
                }
                c => cell.push(c),
            }
        }
        (cell, true)
    }

    /// The rest of a cell in quotes; two quotes are one. A quote that is never closed ends with
    /// the file.
    fn quoted(&mut self, cell: &mut String) {
        while let Some(c) = self.rest.next() {
            if c != '"' {
                cell.push(c);
            } else if self.rest.next_if_eq(&'"').is_some() {
                cell.push('"');
            } else {
                return;
            }
        }
    }
}
