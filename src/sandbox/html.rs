//! Telegram's HTML: which tags there are, what each becomes, and how broken ones are refused.
//! A transcription of the rules of Telegram's own reader, byte offsets included. It is not an HTML
//! parser and must never become more lenient than Telegram.

use super::view::Entity;

/// The bytes with a zero at and after the end, as the original reads them.
struct Source<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Source<'_> {
    fn here(&self) -> u8 {
        self.peek(self.at)
    }

    fn peek(&self, index: usize) -> u8 {
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

struct Open {
    tag: String,
    argument: String,
    offset: usize,
    begin: usize,
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

/// The text without its tags, and what they marked.
///
/// # Errors
/// Telegram's words, without the "can't parse entities" before them.
pub(super) fn parse(source: &str) -> Result<(String, Vec<Entity>), String> {
    let mut source = Source {
        bytes: source.as_bytes(),
        at: 0,
    };
    let mut out: Vec<u8> = Vec::with_capacity(source.bytes.len());
    let mut utf16 = 0;
    let mut open: Vec<Open> = Vec::new();
    let mut entities = Vec::new();
    while source.at < source.bytes.len() {
        match source.here() {
            b'&' => match decode(&source) {
                Some((decoded, next)) => {
                    utf16 += decoded.len_utf16();
                    out.extend_from_slice(decoded.encode_utf8(&mut [0; 4]).as_bytes());
                    source.at = next;
                }
                None => {
                    out.push(b'&');
                    utf16 += 1;
                    source.at += 1;
                }
            },
            b'<' if source.peek(source.at + 1) == b'/' => {
                let closed = close_tag(&mut source, &mut open)?;
                if utf16 > closed.offset {
                    entities.extend(entity(closed, utf16, &out)?);
                }
            }
            b'<' => {
                let (tag, argument) = open_tag(&mut source)?;
                open.push(Open {
                    tag,
                    argument,
                    offset: utf16,
                    begin: out.len(),
                });
            }
            byte => {
                if byte & 0xc0 != 0x80 {
                    utf16 += if byte >= 0xf0 { 2 } else { 1 };
                }
                out.push(byte);
                source.at += 1;
            }
        }
    }
    if let Some(last) = open.last() {
        return Err(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            last.tag
        ));
    }
    merge_code_blocks(&mut entities);
    entities.sort_by(|a: &Entity, b| a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)));
    let text = String::from_utf8(out).map_err(|_| "Text must be encoded in UTF-8".to_owned())?;
    Ok((text, entities))
}

/// `&lt;` and the like; only the four names and numbers are known.
fn decode(source: &Source<'_>) -> Option<(char, usize)> {
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

fn open_tag(source: &mut Source<'_>) -> Result<(String, String), String> {
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

fn close_tag(source: &mut Source<'_>, open: &mut Vec<Open>) -> Result<Open, String> {
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

fn entity(closed: Open, end: usize, out: &[u8]) -> Result<Option<Entity>, String> {
    let mut entity = Entity::new("", closed.offset, end - closed.offset);
    let kind = match closed.tag.as_str() {
        "i" | "em" => "italic",
        "b" | "strong" => "bold",
        "s" | "strike" | "del" => "strikethrough",
        "u" | "ins" => "underline",
        "tg-spoiler" | "span" => "spoiler",
        "tg-time" => "date_time",
        "tg-emoji" => {
            if closed.argument.parse::<i64>().unwrap_or(0) == 0 {
                return Err("Invalid custom emoji identifier specified".into());
            }
            entity.custom_emoji_id = Some(closed.argument);
            "custom_emoji"
        }
        "a" => {
            return Ok(link(
                entity,
                closed.argument,
                out.get(closed.begin..).unwrap_or_default(),
            ));
        }
        "pre" => "pre",
        "code" => {
            entity.language = Some(closed.argument).filter(|language| !language.is_empty());
            "code"
        }
        _ if closed.argument.is_empty() => "blockquote",
        _ => "expandable_blockquote",
    };
    entity.kind = kind.into();
    Ok(Some(entity))
}

/// A link; what is no link at all leaves its text unmarked, as in Telegram.
fn link(mut entity: Entity, href: String, shown: &[u8]) -> Option<Entity> {
    let href = if href.is_empty() {
        String::from_utf8_lossy(shown).into_owned()
    } else {
        href
    };
    if let Some(id) = href
        .strip_prefix("tg://user?id=")
        .and_then(|id| id.parse().ok())
    {
        entity.kind = "text_mention".into();
        entity.user = Some(id);
        return Some(entity);
    }
    let known = ["http://", "https://", "tg://", "tonsite://"];
    let url = if known
        .iter()
        .any(|scheme| href.to_ascii_lowercase().starts_with(scheme))
    {
        href
    } else if href.contains('.') && !href.contains([' ', ':']) {
        format!("http://{href}")
    } else {
        return None;
    };
    entity.kind = "text_link".into();
    entity.url = Some(url);
    Some(entity)
}

/// `<pre><code class="language-x">` is one block with a language; elsewhere a language is dropped.
fn merge_code_blocks(entities: &mut Vec<Entity>) {
    let languages: Vec<(usize, usize, Option<String>)> = entities
        .iter()
        .filter(|entity| entity.kind == "code")
        .map(|entity| (entity.offset, entity.length, entity.language.clone()))
        .collect();
    let blocks: Vec<(usize, usize)> = entities
        .iter()
        .filter(|entity| entity.kind == "pre")
        .map(|entity| (entity.offset, entity.length))
        .collect();
    for entity in entities.iter_mut() {
        let place = (entity.offset, entity.length);
        entity.language = match entity.kind.as_str() {
            "pre" => languages
                .iter()
                .find(|(offset, length, language)| {
                    (*offset, *length) == place && language.is_some()
                })
                .and_then(|(_, _, language)| language.clone()),
            _ => None,
        };
    }
    entities.retain(|entity| {
        entity.kind != "code" || !blocks.contains(&(entity.offset, entity.length))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(source: &str) -> (String, Vec<(String, usize, usize)>) {
        let (text, entities) = parse(source).unwrap();
        (
            text,
            entities
                .into_iter()
                .map(|e| (e.kind, e.offset, e.length))
                .collect(),
        )
    }

    #[test]
    fn offsets_count_utf16_units() {
        let (text, marks) = marks("🍜 <b>麻婆🌶</b> &amp; <i>x</i>");
        assert_eq!(text, "🍜 麻婆🌶 & x");
        assert_eq!(marks, [("bold".into(), 3, 4), ("italic".into(), 10, 1)]);
    }

    #[test]
    fn nested_tags_come_outermost_first() {
        let (_, marks) = marks("<b>a<i>b</i></b>");
        assert_eq!(marks, [("bold".into(), 0, 2), ("italic".into(), 1, 1)]);
    }

    #[test]
    fn links_mentions_and_code_keep_what_they_point_at() {
        let (_, entities) = parse(
            "<a href=\"https://x.org/?a=1&amp;b\">x</a><a href='tg://user?id=7'>y</a>\
             <pre><code class=\"language-rust\">fn</code></pre>",
        )
        .unwrap();
        assert_eq!(entities[0].url.as_deref(), Some("https://x.org/?a=1&b"));
        assert_eq!(entities[1].user, Some(7));
        assert_eq!(entities[2].language.as_deref(), Some("rust"));
        assert_eq!(entities.len(), 3);
    }

    #[test]
    fn an_empty_tag_marks_nothing_and_unknown_names_stay() {
        assert_eq!(
            marks("<b></b>&nbsp;&#9731;&#x2603;"),
            ("&nbsp;☃☃".into(), vec![])
        );
    }

    #[test]
    fn every_kind_of_broken_tag_has_its_own_words() {
        for (source, words) in [
            ("a <x>b</x>", "Unsupported start tag \"x\" at byte offset 2"),
            ("2 < 3", "Unsupported start tag \"\" at byte offset 2"),
            ("<b", "Unclosed start tag at byte offset 0"),
            ("<a href", "Unclosed start tag \"a\" at byte offset 0"),
            ("<a href=x", "Unclosed start tag at byte offset 0"),
            ("<a href=\"x", "Unclosed start tag at byte offset 0"),
            (
                "<a href=x/y>z</a>",
                "Unexpected end of name token at byte offset 8",
            ),
            (
                "<a =x>z</a>",
                "Empty attribute name in the tag \"a\" at byte offset 0",
            ),
            ("a</b>", "Unexpected end tag at byte offset 1"),
            (
                "<b>a</i>",
                "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"",
            ),
            ("<b>a</b", "Unclosed end tag at byte offset 4"),
            (
                "<b>a",
                "Can't find end tag corresponding to start tag \"b\"",
            ),
            (
                "<span>a</span>",
                "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0",
            ),
            (
                "<tg-emoji emoji-id=\"x\">a</tg-emoji>",
                "Invalid custom emoji identifier specified",
            ),
        ] {
            assert_eq!(parse(source).unwrap_err(), words, "{source}");
        }
    }
}
