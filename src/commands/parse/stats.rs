//! What is not understood most often in messages of the past, so that a merchant can add aliases.
//!
//! The report is for the merchant at the command line. It quotes messages, so it must never be
//! written anywhere but where the merchant asked for it.

use std::collections::HashMap;
use std::fmt::Write;
use std::io::{self, Read};

use super::input::Messages;
use crate::understand::text::tokens;
use crate::understand::{Index, Intent, Understood};

/// Phrases that are shown.
const SHOWN: usize = 40;
/// Different phrases that are counted; what comes beyond is rare.
const MOST_PHRASES: usize = 100_000;
/// Characters of an example that are shown.
const EXAMPLE: usize = 80;

/// A phrase that is not understood.
struct Phrase {
    words: String,
    count: u64,
    example: String,
}

#[derive(Default)]
struct Stats {
    messages: u64,
    wholly: u64,
    partly: u64,
    not: u64,
    orders: u64,
    others: u64,
    phrases: HashMap<String, Phrase>,
}

/// Reads all messages and reports.
pub fn report<R: Read>(index: &Index, mut messages: Messages<R>) -> io::Result<String> {
    let mut stats = Stats::default();
    while let Some(message) = messages.next()? {
        if !message.text.trim().is_empty() {
            stats.add(index, &message.text);
        }
    }
    Ok(stats.report())
}

impl Stats {
    fn add(&mut self, index: &Index, text: &str) {
        let understood = index.understand(text);
        self.messages += 1;
        if is_something(&understood) {
            match understood.intent {
                Intent::Order => self.orders += 1,
                Intent::Question | Intent::Command(_) => self.others += 1,
            }
        }
        match (understood.unknown.is_empty(), is_something(&understood)) {
            (true, _) => self.wholly += 1,
            (false, true) => self.partly += 1,
            (false, false) => self.not += 1,
        }
        for at in &understood.unknown {
            let Some(words) = text.get(at.clone()) else {
                continue;
            };
            let forms = tokens(words, &index.canon);
            let forms: Vec<&str> = forms.iter().map(|token| token.form.as_str()).collect();
            let key = forms.join(" ");
            if let Some(known) = self.phrases.get_mut(&key) {
                known.count += 1;
            } else if self.phrases.len() < MOST_PHRASES {
                let phrase = Phrase {
                    words: one_line(words),
                    count: 1,
                    example: one_line(text),
                };
                self.phrases.insert(key, phrase);
            }
        }
    }

    fn report(self) -> String {
        let mut out = String::new();
        let percent = |n: u64| n as f64 * 100.0 / self.messages.max(1) as f64;
        let mut count = |what: &str, n: u64| {
            // Writing to a text does not fail.
            let _ = writeln!(out, "{what:<22}{n:>8}{:>7.1} %", percent(n));
        };
        count("messages", self.messages);
        count("understood wholly", self.wholly);
        count("understood in part", self.partly);
        count("not understood", self.not);
        count("with an order", self.orders);
        count("questions, commands", self.others);
        let mut phrases: Vec<Phrase> = self.phrases.into_values().collect();
        phrases.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.words.cmp(&b.words)));
        if phrases.is_empty() {
            return out;
        }
        let _ = writeln!(
            out,
            "\nnot understood most often ({} of {}):\n   times  words  (in)",
            phrases.len().min(SHOWN),
            phrases.len()
        );
        for phrase in phrases.iter().take(SHOWN) {
            let Phrase {
                words,
                count,
                example,
            } = phrase;
            let _ = writeln!(out, "{count:>8}  {words}  ({example})");
        }
        out += "\nWords for goods become `aliases` in catalogue.toml; words of the language go into language/*.toml.\n";
        out
    }
}

/// Whether a message came to anything.
fn is_something(understood: &Understood) -> bool {
    !understood.lines.is_empty()
        || !understood.removed.is_empty()
        || understood.intent != Intent::Order
}

/// Words without line ends and control characters, cut.
fn one_line(words: &str) -> String {
    let mut line: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(EXAMPLE)
        .collect();
    if words.chars().nth(EXAMPLE).is_some() {
        line.push('…');
    }
    line
}
