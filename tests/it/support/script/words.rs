//! Reads what stands within a step of a transcript.

use super::Act;

/// `NAME "words"` or `NAME as HOW "words"`.
pub(super) fn file(rest: &str) -> Result<Act, String> {
    let wrong = "sends file NAME [as HOW] \"words\"";
    let (head, words) = rest.split_once(" \"").ok_or(wrong)?;
    let words = words.strip_suffix('"').ok_or(wrong)?;
    let (name, how) = head.split_once(" as ").unwrap_or((head, "text"));
    let words = words.replace("\\t", "\t").replace("\\\"", "\"");
    Ok(Act::File {
        name: name.to_owned(),
        how: how.to_owned(),
        words: spelled_out(&words),
    })
}

/// `\n`, `\0`, `\u{202e}` and `\x10000` (x ten thousand times) in what is said.
pub(super) fn spelled_out(text: &str) -> String {
    if let Some(times) = text
        .strip_prefix("\\x")
        .and_then(|n| n.parse::<usize>().ok())
    {
        return "x".repeat(times);
    }
    text.replace("\\n", "\n")
        .replace("\\0", "\0")
        .replace("\\u{202e}", "\u{202e}")
}

pub(super) fn tap(rest: &str) -> Result<Act, String> {
    let count = |rest: &str| {
        let (label, count) = rest.strip_suffix(" times")?.rsplit_once(' ')?;
        Some((label.to_owned(), count.parse().ok()?))
    };
    let (rest, times) = match (rest.strip_suffix(" twice"), count(rest)) {
        (Some(label), _) => (label.to_owned(), 2),
        (None, Some(counted)) => counted,
        (None, None) => (rest.to_owned(), 1),
    };
    let rest = rest.as_str();
    let (label, on) = match rest.split_once(" on \"") {
        Some((label, on)) => (
            label,
            Some(
                on.strip_suffix('"')
                    .ok_or("tap LABEL on \"first line\"")?
                    .to_owned(),
            ),
        ),
        None => (rest, None),
    };
    Ok(Act::Tap {
        label: label.to_owned(),
        on,
        times,
    })
}

pub(super) fn quoted(text: &str) -> Result<String, String> {
    let inner = text
        .trim()
        .strip_prefix('"')
        .and_then(|t| t.strip_suffix('"'));
    inner
        .map(str::to_owned)
        .ok_or_else(|| format!("{text:?} must stand in quotes"))
}

pub(super) fn span_ms(text: &str) -> Result<i64, String> {
    let wrong = || format!("{text:?} is no span such as +20m");
    let number = text.strip_prefix('+').ok_or_else(wrong)?;
    let unit = match number.chars().last() {
        Some('s') => 1_000,
        Some('m') => 60_000,
        Some('h') => 3_600_000,
        _ => return Err(wrong()),
    };
    let count: i64 = number[..number.len() - 1].parse().map_err(|_| wrong())?;
    Ok(count * unit)
}
