//! Telegram's HTML: which tags there are, what each becomes, and how broken ones are refused.
//! A transcription of the rules of Telegram's own reader, byte offsets included. It is not an HTML
//! parser and must never become more lenient than Telegram.

mod tags;

use self::tags::{Open, Source, close_tag, decode, open_tag};
use super::view::Entity;

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
