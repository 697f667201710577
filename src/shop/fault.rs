//! What is wrong with a shop's folder: file, line, column, cause and cure.
//!
//! These words are for the merchant at the command line, never for a customer.

use std::cell::RefCell;
use std::fmt;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, by its path in the shop's folder.
    pub file: String,
    /// 1-based; 1 where the whole file is meant.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub cure: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            what,
            cure,
        } = self;
        write!(f, "{file}:{line}:{column}: {what}; {cure}")
    }
}

/// Everything that is wrong, by file and place; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            if n > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

/// Collects faults while a folder is read.
#[derive(Debug, Default)]
pub struct Book {
    faults: RefCell<Vec<Fault>>,
}

impl Book {
    /// Notes a fault.
    #[track_caller]
    pub fn note(&self, fault: Fault) {
        #[cfg(test)]
        crate::kernel::sites::seen(std::panic::Location::caller());
        self.faults.borrow_mut().push(fault);
    }

    /// Notes a fault of a whole file.
    #[track_caller]
    pub fn file(&self, file: &str, what: impl Into<String>, cure: impl Into<String>) {
        self.note(Fault {
            file: file.to_owned(),
            line: 1,
            column: 1,
            what: what.into(),
            cure: cure.into(),
        });
    }

    /// All faults, sorted and without repeats.
    pub fn close(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}

/// One text file being read.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Its path in the shop's folder.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Where faults are noted.
    pub book: &'a Book,
}

impl Page<'_> {
    /// Notes a fault at a byte offset.
    #[track_caller]
    pub fn fault(&self, offset: usize, what: impl Into<String>, cure: impl Into<String>) {
        let (line, column) = place(self.text, offset);
        self.book.note(Fault {
            file: self.path.to_owned(),
            line,
            column,
            what: what.into(),
            cure: cure.into(),
        });
    }
}

/// Line and column (in characters) of a byte offset, both 1-based.
pub fn place(text: &str, offset: usize) -> (usize, usize) {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let before = text.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters() {
        let text = "a\n菜单 x";
        assert_eq!(place(text, 0), (1, 1));
        assert_eq!(place(text, text.len()), (2, 5));
        assert_eq!(place(text, 3), (2, 1)); // inside a character: at its start
        assert_eq!(place(text, 99), (2, 5));
    }

    #[test]
    fn a_fault_is_one_line_with_cause_and_cure() {
        let book = Book::default();
        let page = Page {
            path: "shop.toml",
            text: "x = 1",
            book: &book,
        };
        page.fault(4, "`x` is unknown", "remove it");
        page.fault(4, "`x` is unknown", "remove it");
        let faults = Faults(book.close());
        assert_eq!(
            faults.to_string(),
            "shop.toml:1:5: `x` is unknown; remove it"
        );
    }
}
