//! Reads Rust source well enough for the architecture test: no comments, no tests, its paths.

/// The text with comments blanked; line numbers stay.
pub fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        match (chars[i], chars.get(i + 1)) {
            ('/', Some('/')) => {
                while i < chars.len() && chars[i] != '\n' {
                    i += 1;
                }
            }
            ('/', Some('*')) => {
                while i < chars.len() && !(chars[i] == '*' && chars.get(i + 1) == Some(&'/')) {
                    if chars[i] == '\n' {
                        out.push('\n');
                    }
                    i += 1;
                }
                i += 2;
            }
            ('r', Some('"' | '#')) if !out.ends_with(|c: char| c.is_alphanumeric() || c == '_') => {
                i = copy_raw_string(&chars, i, &mut out);
            }
            ('"', _) => i = copy_string(&chars, i, &mut out),
            ('\'', Some('\\')) => {
                let end = (i + 2..chars.len())
                    .skip(1)
                    .find(|j| chars[*j] == '\'')
                    .unwrap_or(i);
                out.push_str("' '");
                i = end + 1;
            }
            ('\'', Some(_)) if chars.get(i + 2) == Some(&'\'') => {
                out.extend([
                    '\'',
                    if chars[i + 1].is_ascii() {
                        ' '
                    } else {
                        chars[i + 1]
                    },
                    '\'',
                ]);
                i += 3;
            }
            (c, _) => {
                out.push(c);
                i += 1;
            }
        }
    }
    out
}

/// Copies a string literal; ASCII inside is blanked, so that it can't look like code.
fn copy_string(chars: &[char], start: usize, out: &mut String) -> usize {
    out.push('"');
    let mut i = start + 1;
    while i < chars.len() && chars[i] != '"' {
        if chars[i] == '\\' {
            out.push(' ');
            i += 1;
        }
        if let Some(c) = chars.get(i) {
            out.push(if *c == '\n' || !c.is_ascii() { *c } else { ' ' });
        }
        i += 1;
    }
    out.push('"');
    i + 1
}

fn copy_raw_string(chars: &[char], start: usize, out: &mut String) -> usize {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let mut i = start + 1 + hashes;
    if chars.get(i) != Some(&'"') {
        out.push('r');
        return start + 1;
    }
    i += 1;
    out.push('"');
    while i < chars.len() {
        let closed =
            chars[i] == '"' && chars[i + 1..].iter().take_while(|c| **c == '#').count() >= hashes;
        if closed {
            break;
        }
        out.push(if chars[i] == '\n' || !chars[i].is_ascii() {
            chars[i]
        } else {
            ' '
        });
        i += 1;
    }
    out.push('"');
    i + 1 + hashes
}

/// The text with every item under `#[cfg(test)]` blanked; takes what [`without_comments`] gave.
pub fn without_tests(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("#[cfg(test)]") {
        out.push_str(&rest[..at]);
        let item = &rest[at..];
        let end = item_end(item);
        out.extend(item[..end].chars().filter(|c| *c == '\n'));
        rest = &item[end..];
    }
    out.push_str(rest);
    out
}

/// Where the first item of `text` ends: at its `;` or its closing brace.
fn item_end(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Every path that starts at the crate (`crate::`, `ks_order::`, `super::`), resolved from the
/// module `home`, with its line. `use` trees are taken apart.
pub fn paths(text: &str, home: &[&str]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for start in ["crate::", "ks_order::", "super::"] {
        for (at, _) in text.match_indices(start) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let mut base: Vec<String> = match start {
                "super::" => home[..home.len().saturating_sub(1)]
                    .iter()
                    .map(|s| (*s).to_owned())
                    .collect(),
                _ => Vec::new(),
            };
            let mut rest = &text[at + start.len()..];
            while let Some(up) = rest.strip_prefix("super::") {
                base.pop();
                rest = up;
            }
            let line = text[..at].matches('\n').count() + 1;
            for path in tree(rest, &base).0 {
                found.push((line, path));
            }
        }
    }
    found.sort();
    found
}

/// Reads `a::{b, c::d}` at the start of `text`: all its paths under `base`, and what is left.
fn tree<'t>(text: &'t str, base: &[String]) -> (Vec<Vec<String>>, &'t str) {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        let mut all = Vec::new();
        loop {
            let (some, after) = tree(rest, base);
            all.extend(some);
            let after = after.trim_start();
            match after.chars().next() {
                Some(',') => rest = &after[1..],
                Some('}') => return (all, &after[1..]),
                _ => return (all, after),
            }
        }
    }
    let name: String = text
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    if name.is_empty() {
        return (vec![base.to_vec()], text.strip_prefix('*').unwrap_or(text));
    }
    let mut path = base.to_vec();
    let mut rest = &text[name.len()..];
    if name != "self" {
        path.push(name);
    }
    if let Some(deeper) = rest.strip_prefix("::") {
        return tree(deeper, &path);
    }
    if let Some(alias) = rest.strip_prefix(" as ") {
        rest = alias.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
    }
    (vec![path], rest)
}

/// What is called right before each `.await`, without arguments, with its line:
/// `store::orders::get`, `tx.savepoint`, `client.get().send`.
pub fn calls_before_await(text: &str) -> Vec<(usize, String)> {
    text.match_indices(".await")
        .map(|(at, _)| {
            let line = text[..at].matches('\n').count() + 1;
            (line, awaited(&text[..at]))
        })
        .collect()
}

/// Every call that is boxed to be waited for by somebody else, with its line.
pub fn calls_in_a_box(text: &str) -> Vec<(usize, String)> {
    const BOX: &str = "Box::pin(";
    let called = |at: usize| {
        let rest = text[at + BOX.len()..].trim_start();
        let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '.');
        let call: String = rest.chars().take_while(|c| is_path(*c)).collect();
        (text[..at].matches('\n').count() + 1, call)
    };
    let boxed = text.match_indices(BOX).map(|(at, _)| called(at));
    // What a block waits for is found in it; what is ready is not waited for.
    boxed
        .filter(|(_, call)| !matches!(call.as_str(), "async" | "ready"))
        .collect()
}

/// The names of all functions that are waited for: those that are `async`, and those that give a
/// part of a turn in a box.
pub fn waited_for(text: &str) -> Vec<String> {
    let asynchronous = text.split("async fn ").skip(1);
    let others = text.split("fn ").skip(1);
    let boxing = others.filter(|rest| {
        let signature = rest.split_once('{').map_or("", |(signature, _)| signature);
        signature.contains("-> Running<")
    });
    let name = |c: &char| c.is_alphanumeric() || *c == '_';
    asynchronous
        .chain(boxing)
        .map(|rest| rest.chars().take_while(name).collect())
        .collect()
}

/// What is waited for at the end of a text; what is boxed before is what counts.
fn awaited(text: &str) -> String {
    let call = call_ending_at(text);
    if call != "Box::pin" {
        return call;
    }
    let boxed = text.trim_end().strip_suffix(')').unwrap_or_default();
    awaited(boxed.trim_end().trim_end_matches(','))
}

fn call_ending_at(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut i = chars.len();
    let mut call = Vec::new();
    while i > 0 {
        let c = chars[i - 1];
        match c {
            ')' => {
                i = opening(&chars, i - 1);
                let own_call =
                    i > 0 && (chars[i - 1].is_alphanumeric() || matches!(chars[i - 1], '_' | '>'));
                if !call.is_empty() && own_call {
                    call.extend([')', '(']);
                }
                if !own_call {
                    break;
                }
            }
            c if c.is_alphanumeric() || c == '_' || c == ':' || c == '.' || c == '?' => {
                if c != '?' {
                    call.push(c);
                }
                i -= 1;
            }
            c if c.is_whitespace() => {
                // A chain goes on over a line break only around a dot.
                let earlier = chars[..i].iter().rposition(|c| !c.is_whitespace());
                let chained = call.is_empty() || call.last() == Some(&'.');
                match earlier {
                    Some(e) if chained => i = e + 1,
                    _ => break,
                }
            }
            _ => break,
        }
    }
    call.iter().rev().collect()
}

/// The place of the `(` that the `)` at `close` belongs to.
fn opening(chars: &[char], close: usize) -> usize {
    let mut depth = 0;
    for i in (0..=close).rev() {
        match chars[i] {
            ')' => depth += 1,
            '(' => {
                depth -= 1;
                if depth == 0 {
                    return i;
                }
            }
            _ => {}
        }
    }
    0
}
