//! What a person may be told by where others wrote about them: the words to look for when their
//! data are erased. Pure; must never find them by a part of somebody else's word.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kernel::CustomerId;

/// Fewer characters than this tell nobody from anybody.
const LEAST_CHARS: usize = 2;
/// A text of an order with fewer bytes (`cash`, `20`) is no trace of anybody.
const LEAST_TEXT_BYTES: usize = 6;
/// So many characters of a name are shown on screens, and no more of a longer one.
const SHOWN: usize = 40;
/// The most words kept: so many are looked for in a page of texts within milliseconds.
const MOST: usize = 400;

/// The traces of one person. Personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traces {
    /// Who.
    pub who: CustomerId,
    /// Names and phone numbers, in lower case: they tell the person wherever they stand.
    pub names: BTreeSet<String>,
    /// What they answered and noted, in lower case: it may stand in what was to be sent to others.
    pub texts: BTreeSet<String>,
    /// What they called their saved orders, in lower case: others of their company may have begun
    /// with one.
    #[serde(default)]
    pub titles: BTreeSet<String>,
}

impl Traces {
    /// Of somebody of whom only the id is known.
    pub fn new(who: CustomerId) -> Self {
        Self {
            who,
            names: BTreeSet::new(),
            texts: BTreeSet::new(),
            titles: BTreeSet::new(),
        }
    }

    /// Adds a name or a phone number.
    pub fn name(&mut self, name: &str) {
        let name = name.trim().to_lowercase();
        if let Some(digits) = name.strip_prefix('+') {
            self.names.insert(digits.to_owned());
        } else if name.chars().count() >= LEAST_CHARS && self.names.len() < MOST {
            self.names.insert(name.chars().take(SHOWN).collect());
            self.names.insert(name);
        }
    }

    /// Adds something that they typed.
    pub fn text(&mut self, text: &str) {
        let text = text.trim().to_lowercase();
        if text.len() >= LEAST_TEXT_BYTES && self.texts.len() < MOST {
            self.texts.insert(text);
        }
    }

    /// Adds what they called a saved order.
    pub fn title(&mut self, title: &str) {
        if self.titles.len() < MOST {
            self.titles.insert(title.trim().to_lowercase());
        }
    }

    /// Whether any text within JSON is what they called a saved order, or names them.
    pub fn are_titled(&self, value: &serde_json::Value) -> bool {
        use serde_json::Value;
        match value {
            Value::String(text) => {
                self.titles.contains(&text.trim().to_lowercase()) || self.are_named_in(text)
            }
            Value::Array(all) => all.iter().any(|one| self.are_titled(one)),
            Value::Object(all) => all.values().any(|one| self.are_titled(one)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    /// Whether a text names the person: by id, name or phone number.
    pub fn are_named_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        stands_in(&self.who.to_string(), &text)
            || self.names.iter().any(|name| stands_in(name, &text))
    }

    /// Whether a text names the person or says what they typed.
    pub fn are_in(&self, text: &str) -> bool {
        if self.are_named_in(text) {
            return true;
        }
        let text = text.to_lowercase();
        self.texts.iter().any(|words| text.contains(words.as_str()))
    }

    /// Whether any text within JSON names the person or says what they typed; in HTML too.
    pub fn are_in_json(&self, value: &serde_json::Value) -> bool {
        use serde_json::Value;
        match value {
            Value::String(text) => self.are_in(&plain(text)),
            Value::Number(number) => number.as_i64() == Some(self.who.0),
            Value::Array(all) => all.iter().any(|one| self.are_in_json(one)),
            Value::Object(all) => all.values().any(|one| self.are_in_json(one)),
            Value::Null | Value::Bool(_) => false,
        }
    }
}

/// A text without the escapes of HTML.
fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    for (escape, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(escape, c);
    }
    text
}

/// Whether words stand in a text as words of their own. Both in lower case.
fn stands_in(words: &str, text: &str) -> bool {
    let joins = |inner: Option<char>, outer: Option<char>| {
        let is_part = |c: char| c.is_ascii_alphanumeric();
        inner.is_some_and(is_part) && outer.is_some_and(is_part)
    };
    text.match_indices(words).any(|(at, found)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + found.len()..);
        let after = after.and_then(|tail| tail.chars().next());
        !joins(words.chars().next(), before) && !joins(words.chars().next_back(), after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ann() -> Traces {
        let mut traces = Traces::new(CustomerId(4711));
        traces.name("Ann");
        traces.name("+8613800000000");
        traces.name("林");
        traces.name("王伟");
        traces.text("5 Elm Road");
        traces.text("cash");
        traces
    }

    #[test]
    fn a_name_is_found_as_a_word_of_its_own() {
        let found = [
            "Ann ordered",
            "for ANN.",
            "(ann)",
            "+86 or 8613800000000",
            "王伟的订单",
            "order.4711~2",
        ];
        let not = [
            "Joanna",
            "annex",
            "47110",
            "card 14711",
            "林先生",
            "5 Elm Road",
        ];
        for text in found {
            assert!(ann().are_named_in(text), "{text}");
        }
        for text in not {
            assert!(!ann().are_named_in(text), "{text}");
        }
    }

    #[test]
    fn what_a_saved_order_was_called_is_found_as_a_whole() {
        let mut ann = ann();
        ann.title("Tea");
        let from = |name: &str| serde_json::json!({"saved": [7, name]});
        assert!(ann.are_titled(&from("tea")));
        assert!(ann.are_titled(&from("For Ann")));
        assert!(!ann.are_titled(&from("Tea break")));
        assert!(!ann.are_titled(&serde_json::json!({"order": 4711})));
    }

    #[test]
    fn what_was_typed_is_found_in_messages() {
        let html = serde_json::json!({"Screen": {"html": "<b>to 5 elm road</b> &amp; back"}});
        let number = serde_json::json!({"from": {"id": 4711}});
        let other = serde_json::json!({"Screen": {"html": "paid in cash", "loud": true}});
        assert!(ann().are_in_json(&html));
        assert!(ann().are_in_json(&number));
        assert!(!ann().are_in_json(&other));
        let mut odd = Traces::new(CustomerId(1));
        odd.text("<b>Lin & Co</b>");
        let escaped = serde_json::json!("to &lt;b&gt;Lin &amp; Co&lt;/b&gt;");
        assert!(odd.are_in_json(&escaped));
    }
}
