//! The texts of one file: ids, variables, positions, and whether Telegram takes their HTML.
//!
//! The parser keeps no positions, but its slices borrow the source, so that their distance
//! from its start is the position.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast;
use fluent_syntax::parser::{self, ErrorKind, ParserError};

use crate::shop::fault::Page;

/// Telegram's HTML.
const TAGS: [&str; 13] = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "code",
    "pre",
    "a",
    "blockquote",
];

/// One text of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its variables.
    pub variables: BTreeSet<String>,
    /// Where its id stands.
    pub at: usize,
    /// Characters of its own words, all variants together.
    pub chars: usize,
}

/// The texts of one file, by id.
pub type Entries = BTreeMap<String, Entry>;

/// Reads one file; faults of its form are noted.
pub fn entries(page: &Page<'_>, common: &Entries) -> Entries {
    let (resource, errors) = match parser::parse_runtime(page.text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    for error in &errors {
        unreadable(page, error);
    }
    let mut found = Entries::new();
    let mut references: Vec<(String, String, usize)> = Vec::new();
    let mut terms: BTreeSet<String> = BTreeSet::new();
    for entry in &resource.body {
        match entry {
            ast::Entry::Message(message) => {
                let id = message.id.name;
                let at = offset(page.text, id);
                if found.contains_key(id) {
                    page.fault(at, format!("the text `{id}` is there twice"), "remove one");
                }
                let mut seen = Seen::default();
                if let Some(pattern) = &message.value {
                    seen.pattern(page, pattern, at);
                }
                let names = seen.references.drain(..);
                references.extend(names.map(|name| (id.to_owned(), name, at)));
                found.insert(id.to_owned(), seen.entry(at));
            }
            ast::Entry::Term(term) => {
                terms.insert(format!("-{}", term.id.name));
            }
            ast::Entry::Comment(_)
            | ast::Entry::GroupComment(_)
            | ast::Entry::ResourceComment(_)
            | ast::Entry::Junk { .. } => {}
        }
    }
    circles(page, &references, &found);
    for (_, name, at) in references {
        let exists =
            found.contains_key(&name) || common.contains_key(&name) || terms.contains(&name);
        if !exists {
            page.fault(
                at,
                format!("it refers to `{name}`, which does not exist"),
                "define it in this file",
            );
        }
    }
    found
}

/// Texts that lead back to themselves would show nothing.
fn circles(page: &Page<'_>, references: &[(String, String, usize)], found: &Entries) {
    for (id, entry) in found {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = vec![id];
        while let Some(here) = open.pop() {
            for (_, to, _) in references.iter().filter(|(from, ..)| from == here) {
                if reached.insert(to) {
                    open.push(to);
                }
            }
        }
        if reached.contains(id.as_str()) {
            page.fault(
                entry.at,
                format!("the text `{id}` leads back to itself"),
                "write the words out in one of them",
            );
        }
    }
}

/// Notes what the parser could not read.
fn unreadable(page: &Page<'_>, error: &ParserError) {
    let (at, what) = match &error.kind {
        // The parser stands where the next text begins; what is meant is before.
        ErrorKind::ExpectedMessageField { entry_id } => {
            let start = error
                .slice
                .as_ref()
                .map_or(error.pos.start, |slice| slice.start);
            (start, format!("the text `{entry_id}` has no words"))
        }
        kind => (error.pos.start, format!("broken text file: {kind}")),
    };
    page.fault(
        at,
        what,
        "write one text a line, as in `id = words`, longer ones indented below",
    );
}

/// What a pattern uses.
#[derive(Default)]
struct Seen {
    variables: BTreeSet<String>,
    references: Vec<String>,
    chars: usize,
}

impl Seen {
    fn entry(self, at: usize) -> Entry {
        Entry {
            variables: self.variables,
            at,
            chars: self.chars,
        }
    }

    fn pattern(&mut self, page: &Page<'_>, pattern: &ast::Pattern<&str>, at: usize) {
        let mut html = String::new();
        for element in &pattern.elements {
            match element {
                ast::PatternElement::TextElement { value } => {
                    html.push_str(value);
                    self.chars += value.chars().count();
                }
                ast::PatternElement::Placeable { expression } => {
                    self.expression(page, expression, at)
                }
            }
        }
        if let Some(why) = bad_html(&html) {
            page.fault(
                at,
                format!("Telegram would refuse this text: {why}"),
                "use and close <b>, <i>, <u>, <s>, <code>, <pre>, <a>; write < as &lt;",
            );
        }
    }

    fn expression(&mut self, page: &Page<'_>, expression: &ast::Expression<&str>, at: usize) {
        match expression {
            ast::Expression::Inline(inline) => self.inline(page, inline, at),
            ast::Expression::Select { selector, variants } => {
                self.inline(page, selector, at);
                for variant in variants {
                    self.pattern(page, &variant.value, at);
                }
            }
        }
    }

    fn inline(&mut self, page: &Page<'_>, inline: &ast::InlineExpression<&str>, at: usize) {
        match inline {
            ast::InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            ast::InlineExpression::MessageReference { id, .. } => {
                self.references.push(id.name.to_owned())
            }
            ast::InlineExpression::TermReference { id, .. } => {
                self.references.push(format!("-{}", id.name))
            }
            ast::InlineExpression::FunctionReference { id, .. } => {
                page.fault(
                    at,
                    format!("there is no function `{}`", id.name),
                    "write the variable alone, as in { $total }",
                );
            }
            ast::InlineExpression::Placeable { expression } => {
                self.expression(page, expression, at)
            }
            ast::InlineExpression::StringLiteral { value } => self.chars += value.chars().count(),
            ast::InlineExpression::NumberLiteral { .. } => {}
        }
    }
}

fn offset(text: &str, slice: &str) -> usize {
    (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// Why Telegram would refuse an HTML text; `None` if it takes it.
fn bad_html(html: &str) -> Option<String> {
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let tag = rest.get(start + 1..)?;
        let Some(end) = tag.find('>') else {
            return Some("a `<` without its `>`".to_owned());
        };
        let inside = tag.get(..end)?;
        rest = tag.get(end + 1..)?;
        let (closing, name) = match inside.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, inside.split_whitespace().next().unwrap_or_default()),
        };
        if !TAGS.contains(&name) {
            return Some(format!("it knows no tag <{name}>"));
        }
        if !closing {
            open.push(name.to_owned());
        } else if open.pop().as_deref() != Some(name) {
            return Some(format!("</{name}> closes nothing"));
        }
    }
    open.pop().map(|name| format!("<{name}> is never closed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_telegrams() {
        for (html, good) in [
            ("plain &lt; words", true),
            ("<b>x <i>y</i></b>", true),
            ("<a href=\"https://e.org\">x</a>", true),
            ("<b>x", false),
            ("x</b>", false),
            ("<b><i></b></i>", false),
            ("<div>x</div>", false),
            ("a < b", false),
        ] {
            assert_eq!(bad_html(html).is_none(), good, "{html}");
        }
    }
}
