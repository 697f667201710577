//! Compares what was said with what a transcript expects, and writes screens in its form.

use ks_order::sandbox::Msg;

use super::script::Screen;

/// A message as a transcript shows it, without the `bot: `.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    pub lines: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// How a message looks to whoever reads the chat.
pub fn seen(message: &Msg) -> Seen {
    let mut lines: Vec<String> = Vec::new();
    if message.photo.is_some() {
        lines.push("(photo)".into());
    }
    if let Some(file) = &message.document {
        lines.push(format!("📎 {}", file.file_name));
    }
    lines.extend(
        message
            .text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned),
    );
    let rows = message
        .inline_keyboard
        .iter()
        .map(|row| row.iter().map(|b| b.text.clone()).collect())
        .collect();
    Seen { lines, rows }
}

/// The screen as lines of a transcript, ready to be pasted.
pub fn written(head: &str, seen: &Seen) -> String {
    let mut out = format!("{head}{}", seen.lines.first().map_or("", String::as_str));
    for line in seen.lines.iter().skip(1) {
        out.push_str("\n     ");
        out.push_str(line);
    }
    for row in &seen.rows {
        out.push_str("\n     ");
        out.push_str(
            &row.iter()
                .map(|b| format!("[{b}]"))
                .collect::<Vec<_>>()
                .join(" "),
        );
    }
    out
}

/// Why `seen` is not what `wanted` describes; `None` if it is.
pub fn difference(wanted: &Screen, seen: &Seen) -> Option<String> {
    if !lines_match(&wanted.lines, &seen.lines) {
        let first = wanted
            .lines
            .iter()
            .find(|w| *w != "..." && !seen.lines.iter().any(|s| like(w, s)));
        return Some(match first {
            Some(line) => format!("no line is like {line:?}"),
            None => "there are other lines, or in another order".into(),
        });
    }
    if wanted.rows.is_empty() {
        return None;
    }
    let same = wanted.rows.len() == seen.rows.len()
        && wanted
            .rows
            .iter()
            .zip(&seen.rows)
            .all(|(w, s)| w.len() == s.len() && w.iter().zip(s).all(|(w, s)| like(w, s)));
    (!same).then(|| "the buttons differ".into())
}

fn lines_match(wanted: &[String], seen: &[String]) -> bool {
    match wanted.split_first() {
        None => seen.is_empty(),
        Some((any, rest)) if any == "..." => {
            (0..=seen.len()).any(|n| lines_match(rest, &seen[n..]))
        }
        Some((line, rest)) => seen
            .split_first()
            .is_some_and(|(s, more)| like(line, s) && lines_match(rest, more)),
    }
}

/// Whether `text` is like `pattern`, where `*` stands for anything.
pub fn like(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        last = Some(part);
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    match last {
        None => rest.is_empty(),
        Some(part) => part.is_empty() || text.ends_with(part),
    }
}

#[test]
fn stars_stand_for_anything() {
    for (pattern, text, yes) in [
        ("Hi *", "Hi Lin", true),
        ("Hi *!", "Hi Lin", false),
        ("*", "", true),
        ("a*c*e", "abcde", true),
        ("a*c", "acb", false),
        ("a*c", "acbc", true),
        ("a", "ab", false),
    ] {
        assert_eq!(like(pattern, text), yes, "{pattern} {text}");
    }
}

#[test]
fn a_screen_is_compared_whole() {
    let seen = Seen {
        lines: vec!["a".into(), "b".into(), "c".into()],
        rows: vec![vec!["X".into()]],
    };
    let screen = |lines: &[&str], rows: &[&[&str]]| Screen {
        lines: lines.iter().map(|s| (*s).to_owned()).collect(),
        rows: rows
            .iter()
            .map(|r| r.iter().map(|s| (*s).to_owned()).collect())
            .collect(),
    };
    assert_eq!(difference(&screen(&["a", "...", "c"], &[]), &seen), None);
    assert_eq!(difference(&screen(&["a", "..."], &[&["X"]]), &seen), None);
    assert!(difference(&screen(&["a", "b"], &[]), &seen).is_some());
    assert!(
        difference(&screen(&["a", "..."], &[&["X", "Y"]]), &seen)
            .unwrap()
            .contains("buttons")
    );
    assert!(
        difference(&screen(&["a", "z", "..."], &[]), &seen)
            .unwrap()
            .contains("\"z\"")
    );
}
