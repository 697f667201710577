//! Reads a list that somebody sent as a file: a table of text, a workbook, or plain lines.
//!
//! What comes in is untrusted: its name may lie, it may be damaged on purpose, and it may unpack
//! to more than memory holds. Only the first rows are kept, the rest are counted. Pure, but slow:
//! never to be called in a turn.

mod text;
mod workbook;

use crate::chat::{Encoding, FileFault, Read};
use crate::domain::quick::{Columns, MAX_ROWS, Words};

/// Characters of a cell that are kept: no name and no code is longer.
const CELL_CHARS: usize = 200;

/// Columns that are looked at.
const MAX_COLUMNS: usize = 50;

/// Rows above the headings that are passed over: a title, an address.
const ABOVE_HEADINGS: usize = 10;

/// The kinds of files that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A table as text.
    Csv,
    /// Lines, or a table as text.
    Txt,
    /// A workbook.
    Xlsx,
}

impl FileKind {
    /// By the end of a file's name; none if it is of no kind that can be read.
    pub fn of(name: &str) -> Option<Self> {
        let (_, end) = name.rsplit_once('.')?;
        match end.to_ascii_lowercase().as_str() {
            "csv" | "tsv" => Some(Self::Csv),
            "txt" => Some(Self::Txt),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// Reads a file by its name and what is in it.
///
/// # Errors
/// Why it can't be read.
pub fn read_sheet(name: &str, bytes: &[u8], words: &Words) -> Result<Read, FileFault> {
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    let kind = FileKind::of(name).ok_or(FileFault::OtherKind)?;
    if kind == FileKind::Xlsx {
        let gather = workbook::rows(bytes, words)?;
        return gather.table(None);
    }
    let (text, encoding) = text::decoded(bytes)?;
    let gather = text::rows(&text, words);
    if kind == FileKind::Txt && gather.columns.is_none() {
        return lines(&text, encoding);
    }
    gather.table(Some(encoding))
}

/// Lines as people write a list.
fn lines(text: &str, encoding: Encoding) -> Result<Read, FileFault> {
    let mut all = text.lines().filter(|line| !line.trim().is_empty());
    let first: Vec<String> = all.by_ref().take(MAX_ROWS).map(clipped).collect();
    if first.is_empty() {
        return Err(FileFault::Empty);
    }
    Ok(Read::Lines {
        text: first.join("\n"),
        more: all.count(),
        encoding,
    })
}

fn clipped(cell: &str) -> String {
    cell.trim().chars().take(CELL_CHARS).collect()
}

/// The rows of a table as they come: the headings, the first rows below them, how many more.
struct Gather<'w> {
    words: &'w Words,
    columns: Option<Columns>,
    above: usize,
    rows: Vec<Vec<String>>,
    more: usize,
}

impl<'w> Gather<'w> {
    fn new(words: &'w Words) -> Self {
        Self {
            words,
            columns: None,
            above: 0,
            rows: Vec::new(),
            more: 0,
        }
    }

    /// Takes a row; one that is empty does not count.
    fn row(&mut self, mut cells: Vec<String>) {
        cells.truncate(MAX_COLUMNS);
        let says_something = |cell: &String| cell.chars().any(char::is_alphanumeric);
        if !cells.iter().any(says_something) {
            return;
        }
        if self.columns.is_none() {
            if self.above <= ABOVE_HEADINGS {
                self.columns = Columns::of(&cells, self.words);
            }
            self.above += usize::from(self.columns.is_none());
        } else if self.rows.len() < MAX_ROWS {
            self.rows.push(cells);
        } else {
            self.more += 1;
        }
    }

    fn table(self, encoding: Option<Encoding>) -> Result<Read, FileFault> {
        let Some(columns) = self.columns else {
            return Err(match self.above {
                0 => FileFault::Empty,
                _ => FileFault::Headings,
            });
        };
        if self.rows.is_empty() {
            return Err(FileFault::Empty);
        }
        Ok(Read::Table {
            columns: [columns.code, columns.name, columns.quantity],
            rows: self.rows,
            more: self.more,
            encoding,
        })
    }
}

#[cfg(test)]
mod tests;
