//! Lists whose entries are numbered: "1. two lattes 2. a bagel", "①拿铁②贝果".
//!
//! The numbers count nothing and go. Must never take a quantity for one: a list begins with its
//! first entry, goes on by one each time, and marks every number alike.

use super::index::Index;
use super::language::Role;
use super::text::{Break, Kind, Token};

/// How a number of a list is marked: by what stands after it, or by its own form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// "1.", "1)", "1、".
    After(char),
    /// "1️⃣".
    Keycap,
    /// "①".
    Circled,
}

fn mark(text: &str, token: &Token) -> Option<Mark> {
    let own = text.get(token.at.clone())?.chars().next()?;
    if token.kind == Kind::Number && !own.is_ascii_digit() && !('０'..='９').contains(&own) {
        return Some(Mark::Circled);
    }
    match text.get(token.at.end..)?.chars().next()? {
        mark @ ('.' | '．' | ')' | '）' | '、' | ':' | '：') => Some(Mark::After(mark)),
        '\u{fe0f}' | '\u{20e3}' => Some(Mark::Keycap),
        _ => None,
    }
}

/// The tokens without the numbers of a list; what follows each begins anew.
pub fn without_numbering(index: &Index, text: &str, tokens: Vec<Token>) -> Vec<Token> {
    let numbers = numbers(index, text, &tokens);
    if numbers.len() < 2 {
        return tokens;
    }
    let mut out = Vec::with_capacity(tokens.len());
    let mut begins = false;
    for (at, mut token) in tokens.into_iter().enumerate() {
        if numbers.binary_search(&at).is_ok() {
            begins = true;
            continue;
        }
        if std::mem::take(&mut begins) {
            token.gap = Break::Strong;
        }
        out.push(token);
    }
    out
}

/// Where the numbers of a list stand among the tokens.
fn numbers(index: &Index, text: &str, tokens: &[Token]) -> Vec<usize> {
    let value = |token: &Token| match token.kind {
        Kind::Number => token.form.parse().ok(),
        Kind::Han => index.words.digits.get(&token.form).copied(),
        Kind::Word | Kind::Sign => None,
    };
    let first = tokens.first().and_then(|first| mark(text, first));
    let Some(first) = first else {
        return Vec::new();
    };
    let mut found: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        // "Lattes x 2. Two mochas".
        let before = tokens.get(at.saturating_sub(1)..at).unwrap_or_default();
        let counts = !before.is_empty() && index.is(before, Role::By);
        let labels = at + 1 < tokens.len() && found.last().is_none_or(|last| last + 1 < at);
        let is_next = i64::try_from(found.len() + 1).ok() == value(token);
        if is_next && labels && !counts && mark(text, token) == Some(first) {
            found.push(at);
        } else if at == 0 {
            break;
        }
    }
    found
}
