//! A text as Telegram keeps it: cleaned, trimmed, measured in UTF-16 units, with what Telegram
//! finds in it by itself (commands, mentions, links, addresses, tags).

use super::view::Entity;

impl Entity {
    pub(super) fn new(kind: &str, offset: usize, length: usize) -> Self {
        Self {
            kind: kind.into(),
            offset,
            length,
            url: None,
            language: None,
            custom_emoji_id: None,
            user: None,
        }
    }
}

/// A text with its marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marked {
    pub text: String,
    pub entities: Vec<Entity>,
}

/// Length in UTF-16 code units, Telegram's measure.
pub(super) fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Cleans control characters, trims both ends and adds the marks Telegram finds by itself.
pub(super) fn settle(text: &str, entities: Vec<Entity>) -> Marked {
    // Telegram turns control characters into spaces, except the line feed, and drops \r.
    let mut clean = String::with_capacity(text.len());
    if text.bytes().any(|byte| byte < b' ' && byte != b'\n') {
        for c in text.chars().filter(|c| *c != '\r') {
            clean.push(if c < ' ' && c != '\n' { ' ' } else { c });
        }
    } else {
        clean.push_str(text);
    }
    let end = clean.trim_end_matches([' ', '\n']).len();
    clean.truncate(end);
    let kept = utf16_len(&clean);
    let mut entities: Vec<Entity> = entities
        .into_iter()
        .filter(|entity| entity.offset < kept && entity.length > 0)
        .map(|mut entity| {
            entity.length = entity.length.min(kept - entity.offset);
            entity
        })
        .collect();
    // The start is trimmed only up to the first mark.
    let first = entities
        .iter()
        .map(|entity| entity.offset)
        .min()
        .unwrap_or(kept);
    let lead = clean
        .bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\n'))
        .count()
        .min(first);
    for entity in &mut entities {
        entity.offset -= lead;
    }
    let text = clean.split_off(lead);
    let found = find(&text);
    let clash = |a: &Entity, b: &Entity| {
        a.offset < b.offset + b.length
            && b.offset < a.offset + a.length
            && matches!(
                b.kind.as_str(),
                "text_link" | "text_mention" | "code" | "pre"
            )
    };
    let found: Vec<Entity> = found
        .into_iter()
        .filter(|new| !entities.iter().any(|old| clash(new, old)))
        .collect();
    entities.extend(found);
    entities.sort_by(|a, b| a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)));
    Marked { text, entities }
}

/// What Telegram marks by itself.
pub(super) fn find(text: &str) -> Vec<Entity> {
    if !text.contains(['/', '@', '#', '.']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end_matches(char::is_whitespace);
        if let Some((kind, skipped, length)) = kind_of(bare) {
            found.push(Entity::new(kind, offset + skipped, length));
        }
        offset += utf16_len(word);
    }
    found
}

/// The kind of a word, the characters before it, and how long the marked part is.
fn kind_of(word: &str) -> Option<(&'static str, usize, usize)> {
    let inner = word.trim_start_matches(['(', '"', '\'', ',', ';', '[']);
    let skipped = word.len() - inner.len(); // one byte, one unit each
    let name = |text: &str| {
        text.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .count()
    };
    if let Some(rest) = inner.strip_prefix('/') {
        let command = name(rest);
        if !(1..=64).contains(&command) {
            return None;
        }
        let after = rest.get(command..).unwrap_or_default();
        let bot = after.strip_prefix('@').map_or(0, name);
        let bot = if (3..=32).contains(&bot) { bot + 1 } else { 0 };
        if rest
            .get(command + bot..)
            .is_some_and(|tail| tail.starts_with('/'))
        {
            return None;
        }
        return Some(("bot_command", skipped, 1 + command + bot));
    }
    if let Some(rest) = inner.strip_prefix('@') {
        let length = name(rest);
        return (3..=32)
            .contains(&length)
            .then_some(("mention", skipped, 1 + length));
    }
    if let Some(rest) = inner.strip_prefix('#') {
        let tag: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let good = tag.chars().any(char::is_alphabetic);
        return good.then(|| ("hashtag", skipped, 1 + utf16_len(&tag)));
    }
    let trimmed = inner.trim_end_matches(['.', ',', ')', '!', '?', ';', ':', '"', '\'', ']']);
    if trimmed.starts_with("http://") || trimmed.starts_with("https://") {
        return Some(("url", skipped, utf16_len(trimmed)));
    }
    let (user, host) = trimmed.split_once('@').unwrap_or(("", trimmed));
    let domain = host.split(['/', '?', ':']).next().unwrap_or_default();
    let (_, top) = domain.rsplit_once('.')?;
    let known = [
        "com", "org", "net", "me", "io", "ru", "cn", "de", "uk", "app", "shop", "info",
    ];
    if !known.contains(&top.to_ascii_lowercase().as_str()) {
        return None;
    }
    Some((
        if user.is_empty() { "url" } else { "email" },
        skipped,
        utf16_len(trimmed),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, usize, usize)> {
        find(text)
            .into_iter()
            .map(|e| (e.kind, e.offset, e.length))
            .collect()
    }

    #[test]
    fn a_command_is_marked_with_the_bot_it_names() {
        assert_eq!(found("/start abc"), [("bot_command".into(), 0, 6)]);
        assert_eq!(
            found("🍜 /menu@some_bot, please"),
            [("bot_command".into(), 3, 14)]
        );
        assert_eq!(found("1/2 and a/b and /usr/bin and /"), []);
    }

    #[test]
    fn links_mentions_and_tags_are_marked() {
        assert_eq!(
            found("see https://x.org/a. or me@x.com, ask @someone #麻婆"),
            [
                ("url".into(), 4, 15),
                ("email".into(), 24, 8),
                ("mention".into(), 38, 8),
                ("hashtag".into(), 47, 3),
            ]
        );
    }

    #[test]
    fn ends_are_trimmed_and_marks_move_along() {
        let marked = settle("  \n a\tb \n", vec![Entity::new("bold", 4, 9)]);
        assert_eq!(marked.text, "a b");
        assert_eq!(
            (marked.entities[0].offset, marked.entities[0].length),
            (0, 3)
        );
    }
}
