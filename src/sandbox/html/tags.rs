//! Single tags and character names of Telegram's HTML, read byte by byte as the original does.

/// The bytes with a zero at and after the end, as the original reads them.
pub(super) struct Source<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

impl Source<'_> {
    pub(super) fn here(&self) -> u8 {
        self.peek(self.at)
    }

    pub(super) fn peek(&self, index: usize) -> u8 {
        self.bytes.get(index).copied().unwrap_or(0)
    }

    fn slice(&self, from: usize, to: usize) -> String {
        String::from_utf8_lossy(self.bytes.get(from..to).unwrap_or_default()).into_owned()
    }

    fn skip_spaces(&mut self) {
        while self.here() != 0 && is_space(self.here()) {
            self.at += 1;
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0 | 0x0b)
}

/// A tag that is not closed yet, and where its text began.
pub(super) struct Open {
    pub tag: String,
    pub argument: String,
    pub offset: usize,
    pub begin: usize,
}

const TAGS: [&str; 17] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "tg-emoji",
    "tg-time",
    "span",
    "pre",
    "code",
    "blockquote",
];

/// `&lt;` and the like; only the four names and numbers are known.
pub(super) fn decode(source: &Source<'_>) -> Option<(char, usize)> {
    let tail = source.bytes.get(source.at + 1..)?;
    let end = tail.iter().take(12).position(|byte| *byte == b';');
    if tail.first() == Some(&b'#') {
        let end = end?;
        let digits = std::str::from_utf8(tail.get(1..end)?).ok()?;
        let code = match digits.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        let decoded = char::from_u32(code).filter(|c| *c != '\0')?;
        return Some((decoded, source.at + 1 + end + 1));
    }
    for (name, decoded) in [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"')] {
        if tail.starts_with(name.as_bytes()) {
            // The semicolon may be missing.
            let next = source.at + 1 + name.len();
            let letter = source.peek(next).is_ascii_alphabetic();
            if !letter {
                return Some((decoded, next + usize::from(source.peek(next) == b';')));
            }
        }
    }
    None
}

pub(super) fn open_tag(source: &mut Source<'_>) -> Result<(String, String), String> {
    let begin = source.at;
    source.at += 1;
    while !is_space(source.here()) && source.here() != b'>' {
        source.at += 1;
    }
    if source.here() == 0 {
        return Err(format!("Unclosed start tag at byte offset {begin}"));
    }
    let tag = source.slice(begin + 1, source.at).to_ascii_lowercase();
    if !TAGS.contains(&tag.as_str()) {
        return Err(format!(
            "Unsupported start tag \"{tag}\" at byte offset {begin}"
        ));
    }
    let mut argument = String::new();
    while source.here() != b'>' {
        source.skip_spaces();
        if source.here() == b'>' {
            break;
        }
        if let Some((name, value)) = attribute(source, &tag, begin)? {
            keep_argument(&tag, &name, value, &mut argument);
        } else if tag == "blockquote" {
            argument = "1".into();
        }
    }
    source.at += 1;
    if tag == "span" && argument != "spoiler" {
        return Err(format!(
            "Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"
        ));
    }
    Ok((tag, argument))
}

/// One attribute; `None` if it has no value.
fn attribute(
    source: &mut Source<'_>,
    tag: &str,
    begin: usize,
) -> Result<Option<(String, String)>, String> {
    let start = source.at;
    while !is_space(source.here()) && !matches!(source.here(), b'=' | b'>' | b'/' | b'"' | b'\'') {
        source.at += 1;
    }
    let name = source.slice(start, source.at);
    if name.is_empty() {
        return Err(format!(
            "Empty attribute name in the tag \"{tag}\" at byte offset {begin}"
        ));
    }
    source.skip_spaces();
    let unclosed = || format!("Unclosed start tag \"{tag}\" at byte offset {begin}");
    if source.here() != b'=' {
        return if source.here() == 0 {
            Err(unclosed())
        } else {
            Ok(None)
        };
    }
    source.at += 1;
    source.skip_spaces();
    if source.here() == 0 {
        return Err(unclosed());
    }
    let value = match source.here() {
        quote @ (b'"' | b'\'') => {
            source.at += 1;
            quoted(source, quote)
        }
        _ => bare(source)?,
    };
    if source.here() == 0 {
        return Err(format!("Unclosed start tag at byte offset {begin}"));
    }
    Ok(Some((name, value)))
}

fn quoted(source: &mut Source<'_>, quote: u8) -> String {
    let mut value = Vec::new();
    while source.here() != quote && source.here() != 0 {
        if source.here() == b'&'
            && let Some((decoded, next)) = decode(source)
        {
            value.extend_from_slice(decoded.encode_utf8(&mut [0; 4]).as_bytes());
            source.at = next;
            continue;
        }
        value.push(source.here());
        source.at += 1;
    }
    if source.here() == quote {
        source.at += 1;
    }
    String::from_utf8_lossy(&value).into_owned()
}

fn bare(source: &mut Source<'_>) -> Result<String, String> {
    let start = source.at;
    while source.here().is_ascii_alphanumeric() || matches!(source.here(), b'.' | b'-') {
        source.at += 1;
    }
    if !is_space(source.here()) && source.here() != b'>' {
        return Err(format!(
            "Unexpected end of name token at byte offset {start}"
        ));
    }
    Ok(source.slice(start, source.at).to_ascii_lowercase())
}

fn keep_argument(tag: &str, name: &str, value: String, argument: &mut String) {
    match (tag, name) {
        ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format") => *argument = value,
        ("code", "class") => {
            if let Some(language) = value.strip_prefix("language-") {
                *argument = language.to_owned();
            }
        }
        ("span", "class") => {
            if let Some(class) = value.strip_prefix("tg-") {
                *argument = class.to_owned();
            }
        }
        ("blockquote", "expandable") => *argument = "1".into(),
        _ => {}
    }
}

pub(super) fn close_tag(source: &mut Source<'_>, open: &mut Vec<Open>) -> Result<Open, String> {
    let begin = source.at;
    let Some(last) = open.pop() else {
        return Err(format!("Unexpected end tag at byte offset {begin}"));
    };
    source.at += 2;
    while !is_space(source.here()) && source.here() != b'>' {
        source.at += 1;
    }
    let found = source.slice(begin + 2, source.at).to_ascii_lowercase();
    source.skip_spaces();
    if source.here() != b'>' {
        return Err(format!("Unclosed end tag at byte offset {begin}"));
    }
    source.at += 1;
    if !found.is_empty() && found != last.tag {
        return Err(format!(
            "Unmatched end tag at byte offset {begin}, expected \"</{}>\", found \"</{found}>\"",
            last.tag
        ));
    }
    Ok(last)
}
