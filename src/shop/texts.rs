//! The words: Fluent texts of the product, overlaid message by message by the shop's own.
//!
//! Turns [`Text`] into words of one language. Every argument that somebody typed is escaped;
//! nothing here decides what is said.

mod found;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

use super::zone::Zone;
use crate::chat::{
    Arg, Button, Message, MessageButton, MessageReply, Out, Post, ReplyKeys, Text, View,
};
use crate::kernel::{Locale, Money, Timestamp};

/// How deep texts may lie within texts; deeper ones come to nothing.
const MAX_DEPTH: u32 = 8;

/// Fluent keeps numbers as floats; above this a whole number is passed as digits.
const MAX_EXACT: u64 = 1 << 53;

/// What times are read against.
#[derive(Debug, Clone, Copy)]
pub struct Here {
    /// The shop's zone.
    pub zone: Zone,
    /// The present time.
    pub now: Timestamp,
}

/// All texts of one shop in all its languages.
pub struct Texts {
    bundles: Vec<(Locale, LanguageIdentifier, FluentBundle<FluentResource>)>,
    recording: AtomicBool,
    seen: Mutex<Seen>,
}

/// What was said while recording: for the test that every text has been.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Language asked for, and the text's id.
    pub texts: BTreeSet<(Locale, String)>,
    /// What went wrong: a text that does not exist, an argument that was not given.
    pub faults: BTreeSet<String>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts")
            .field("locales", &self.locales().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

impl Texts {
    /// Texts by language: the sources of each are laid over one another in the given order.
    ///
    /// The first language is the one for strangers. Entries that can't be read are left out;
    /// `check` names them.
    pub fn new(sources: Vec<(Locale, Vec<String>)>) -> Self {
        let bundles = sources
            .into_iter()
            .filter_map(|(locale, files)| {
                let tag: LanguageIdentifier = locale.as_str().parse().ok()?;
                let mut bundle = FluentBundle::new_concurrent(vec![tag.clone()]);
                bundle.set_use_isolating(false);
                for file in files {
                    let resource = FluentResource::try_new(file).unwrap_or_else(|(good, _)| good);
                    bundle.add_resource_overriding(resource);
                }
                Some((locale, tag, bundle))
            })
            .collect();
        Self {
            bundles,
            recording: AtomicBool::new(false),
            seen: Mutex::default(),
        }
    }

    /// The languages, the one for strangers first.
    pub fn locales(&self) -> impl Iterator<Item = &Locale> {
        self.bundles.iter().map(|(locale, ..)| locale)
    }

    /// The language for a Telegram `language_code`; the first one for an unknown or absent code.
    pub fn negotiate(&self, language_code: Option<&str>) -> Locale {
        let first = || {
            self.locales()
                .next()
                .cloned()
                .unwrap_or_else(|| "en".into())
        };
        let Some(asked) = language_code.and_then(|code| code.parse::<LanguageIdentifier>().ok())
        else {
            return first();
        };
        let available: Vec<&LanguageIdentifier> =
            self.bundles.iter().map(|(_, tag, _)| tag).collect();
        let exact = negotiate_languages(&[&asked], &available, None, NegotiationStrategy::Lookup)
            .first()
            .and_then(|found| self.bundles.iter().find(|(_, tag, _)| tag == **found));
        // Another script or region of the same language is still better than a foreign one.
        let related = || {
            self.bundles
                .iter()
                .find(|(_, tag, _)| tag.language == asked.language)
        };
        exact
            .or_else(related)
            .map_or_else(first, |(locale, ..)| locale.clone())
    }

    /// Whether any language has this text.
    pub fn has(&self, id: &str) -> bool {
        self.bundles
            .iter()
            .any(|(_, _, bundle)| bundle.has_message(id))
    }

    /// The pattern of a text filled in, from `locale` or else the first language that has it.
    pub fn format(&self, locale: &Locale, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let own = self.bundles.iter().filter(|(l, ..)| l == locale);
        let others = self.bundles.iter().filter(|(l, ..)| l != locale);
        let found = own.chain(others).find_map(|(_, _, bundle)| {
            let pattern = bundle.get_message(id)?.value()?;
            let mut errors = Vec::new();
            let words = bundle
                .format_pattern(pattern, Some(args), &mut errors)
                .into_owned();
            Some((words, errors))
        });
        if self.recording.load(Ordering::Relaxed) {
            self.record(
                locale,
                id,
                found.as_ref().map(|(_, errors)| errors.as_slice()),
            );
        }
        found.map(|(words, _)| words)
    }

    /// The words of a text as Telegram HTML. A text that no language has shows as its id.
    pub fn words(&self, locale: &Locale, text: &Text, here: Here) -> String {
        self.html(locale, text, here, 0)
    }

    /// The same words without markup: for button labels and answers to taps.
    pub fn plain(&self, locale: &Locale, text: &Text, here: Here) -> String {
        unmarked(&self.words(locale, text, here))
    }

    /// A text id of the shop's files in words, as HTML.
    pub fn shop_words(&self, locale: &Locale, id: &str) -> String {
        self.format(locale, id, &FluentArgs::new())
            .unwrap_or_else(|| escaped(id))
    }

    /// A text id of the shop's files in words without markup, for what is read outside a chat.
    pub fn shop_plain(&self, locale: &Locale, id: &str, args: &FluentArgs<'_>) -> String {
        let words = self.format(locale, id, args);
        words.map_or_else(|| id.to_owned(), |words| unmarked(&words))
    }

    /// An amount with its currency's symbol, as HTML.
    pub fn money(&self, locale: &Locale, money: Money) -> String {
        let code = money.currency.code().to_owned();
        let amount = self.grouped(locale, money);
        let symbol = format!("currency-{}", code.to_ascii_lowercase());
        let has_symbol = self.has(&symbol);
        let mut args = FluentArgs::new();
        args.set("sign", if money.minor < 0 { "-" } else { "" });
        args.set("amount", amount);
        let id = if has_symbol {
            args.set("symbol", self.shop_words(locale, &symbol));
            "money-symbol"
        } else {
            args.set("code", code);
            "money-code"
        };
        self.format(locale, id, &args)
            .unwrap_or_else(|| money.to_string())
    }

    /// A time of day in the shop's zone, with the date where it is another day than today.
    pub fn time(&self, locale: &Locale, time: Timestamp, here: Here) -> String {
        let wall = here.zone.wall(time);
        let today = here.zone.wall(here.now);
        let clock = format!("{:02}:{:02}", wall.minute / 60, wall.minute % 60);
        if (wall.year, wall.month, wall.day) == (today.year, today.month, today.day) {
            return clock;
        }
        let mut args = FluentArgs::new();
        args.set("clock", clock);
        args.set("month", wall.month);
        args.set("day", wall.day);
        self.format(locale, "time-other-day", &args)
            .unwrap_or_default()
    }

    /// A view in words.
    pub fn view(&self, locale: &Locale, view: &View, here: Here) -> Message {
        let paragraphs: Vec<String> = view
            .body
            .iter()
            .map(|text| self.words(locale, text, here))
            .filter(|words| !words.is_empty())
            .collect();
        let button = |button: &Button| MessageButton {
            label: self.plain(locale, &button.label, here),
            action: button.action.clone(),
        };
        Message {
            html: paragraphs.join("\n"),
            photo: view.photo.clone(),
            rows: view
                .rows
                .iter()
                .map(|row| row.iter().map(button).collect())
                .collect(),
            reply: view.reply.as_ref().map(|reply| match reply {
                ReplyKeys::Contact(label) => MessageReply::Contact(self.plain(locale, label, here)),
                ReplyKeys::Location(label) => {
                    MessageReply::Location(self.plain(locale, label, here))
                }
                ReplyKeys::Remove => MessageReply::Remove,
            }),
        }
    }

    /// A post in words.
    pub fn post(&self, locale: &Locale, post: Post, here: Here) -> Out {
        match post {
            Post::Say {
                chat,
                topic,
                view,
                loud,
            } => Post::Say {
                chat,
                topic,
                view: self.view(locale, &view, here),
                loud,
            },
            Post::Card {
                chat,
                topic,
                card,
                version,
                view,
                fresh,
                loud,
            } => Post::Card {
                chat,
                topic,
                card,
                version,
                view: self.view(locale, &view, here),
                fresh,
                loud,
            },
            Post::Become {
                chat,
                from,
                card,
                version,
                view,
            } => Post::Become {
                chat,
                from,
                card,
                version,
                view: self.view(locale, &view, here),
            },
            Post::Copy {
                chat,
                topic,
                card,
                version,
                view,
            } => Post::Copy {
                chat,
                topic,
                card,
                version,
                view: self.view(locale, &view, here),
            },
            Post::File {
                chat,
                topic,
                view,
                file,
                loud,
            } => Post::File {
                chat,
                topic,
                view: self.view(locale, &view, here),
                file,
                loud,
            },
            Post::Strip {
                chat,
                card,
                version,
            } => Post::Strip {
                chat,
                card,
                version,
            },
            Post::Answer {
                query_id,
                text,
                alert,
            } => Post::Answer {
                query_id,
                text: text.map(|text| self.plain(locale, &text, here)),
                alert,
            },
            Post::Found(page) => Post::Found(self.found(locale, page, here)),
            Post::Fetch { chat, file, most } => Post::Fetch { chat, file, most },
            Post::Commands { chat, commands } => Post::Commands {
                chat,
                commands: commands
                    .into_iter()
                    .map(|(command, text)| (command, self.plain(locale, &text, here)))
                    .collect(),
            },
        }
    }

    /// Starts to note every text that is said.
    pub fn start_recording(&self) {
        self.recording.store(true, Ordering::Relaxed);
    }

    /// What was said since the recording started.
    pub fn seen(&self) -> Seen {
        self.seen
            .lock()
            .map(|seen| seen.clone())
            .unwrap_or_default()
    }

    fn record(&self, locale: &Locale, id: &str, found: Option<&[fluent_bundle::FluentError]>) {
        let Ok(mut seen) = self.seen.lock() else {
            return;
        };
        seen.texts.insert((locale.clone(), id.to_owned()));
        match found {
            None => {
                seen.faults
                    .insert(format!("{locale}: there is no text {id}"));
            }
            Some(errors) => {
                for error in errors {
                    seen.faults.insert(format!("{locale}: {id}: {error}"));
                }
            }
        }
    }

    fn html(&self, locale: &Locale, text: &Text, here: Here, depth: u32) -> String {
        if depth > MAX_DEPTH {
            return String::new();
        }
        let mut args = FluentArgs::new();
        for (name, arg) in &text.args {
            args.set(*name, self.value(locale, arg, here, depth));
        }
        self.format(locale, text.id, &args)
            .unwrap_or_else(|| escaped(text.id))
    }

    fn value(&self, locale: &Locale, arg: &Arg, here: Here, depth: u32) -> FluentValue<'static> {
        let words = match arg {
            Arg::Number(n) if n.unsigned_abs() <= MAX_EXACT => return FluentValue::from(*n),
            Arg::Number(n) => n.to_string(),
            Arg::Words(words) => escaped(words),
            Arg::Named(name) => escaped(name.get(locale)),
            Arg::Money(money) => self.money(locale, *money),
            Arg::Time(time) => self.time(locale, *time, here),
            Arg::Text(text) => self.html(locale, text, here, depth + 1),
            Arg::Lines(lines) => self.joined(locale, lines, "\n", here, depth),
            Arg::List(texts) => {
                let mark = self.shop_words(locale, "list-mark");
                self.joined(locale, texts, &mark, here, depth)
            }
            Arg::Shop(id) => self.shop_words(locale, id),
        };
        FluentValue::from(words)
    }

    /// Several texts as one, empty ones left out.
    fn joined(
        &self,
        locale: &Locale,
        texts: &[Text],
        mark: &str,
        here: Here,
        depth: u32,
    ) -> String {
        let words: Vec<String> = texts
            .iter()
            .map(|text| self.html(locale, text, here, depth + 1))
            .filter(|words| !words.is_empty())
            .collect();
        words.join(mark)
    }

    /// The amount without sign, thousands set apart by the language's mark.
    fn grouped(&self, locale: &Locale, money: Money) -> String {
        let plain = money.to_string();
        let plain = plain.trim_start_matches('-');
        let (whole, fraction) = match plain.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (plain, None),
        };
        if whole.len() <= 3 {
            return plain.to_owned();
        }
        let mark = self.shop_words(locale, "money-thousands");
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push_str(&mark);
            }
            grouped.push(digit);
        }
        match fraction {
            Some(fraction) => format!("{grouped}.{fraction}"),
            None => grouped,
        }
    }
}

/// Words made safe for Telegram's HTML.
pub fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
    }
    safe
}

/// HTML of ours without its tags and escapes; never fails, since arguments are escaped.
fn unmarked(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => words.push(c),
            _ => {}
        }
    }
    words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests;
