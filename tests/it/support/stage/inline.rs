//! A search from any chat: `@bot words`, what comes of it, and a result that is posted.

use ks_order::sandbox::{InlineView, TapId};

use super::super::screen::{Seen, difference, like, seen, written};
use super::super::script::Screen;
use super::Stage;

/// What somebody looks for.
#[derive(Debug, Clone)]
pub struct Search {
    id: TapId,
    user: i64,
    chat: i64,
    words: String,
    /// The result that was posted last: its message.
    posted: Option<i64>,
    looked: bool,
}

/// The line that stands for a further page.
const MORE: &str = "(more)";

impl Stage {
    /// Types words behind the bot's name.
    pub(super) fn search(&mut self, user: i64, chat: i64, words: &str) -> Result<(), String> {
        self.ask(user, chat, words, "")
    }

    /// Goes to the end of the results.
    pub(super) fn search_on(&mut self) -> Result<(), String> {
        let (search, shown) = self.answered().ok_or("nothing was found yet")?;
        if shown.next_offset.is_empty() {
            return Err("there is no further page".into());
        }
        self.ask(search.user, search.chat, &search.words, &shown.next_offset)
    }

    fn ask(&mut self, user: i64, chat: i64, words: &str, offset: &str) -> Result<(), String> {
        let id = self
            .telegram
            .inline_query_in(user, chat, words, offset)
            .map_err(|e| format!("{e:?}"))?;
        self.search = Some(Search {
            id,
            user,
            chat,
            words: words.to_owned(),
            posted: None,
            looked: false,
        });
        Ok(())
    }

    /// Posts the first result with such a title.
    pub(super) fn pick(&mut self, user: i64, title: &str) -> Result<(), String> {
        let (search, shown) = self.answered().ok_or("nothing was found yet")?;
        let found = shown.results.iter().find(|r| like(title, &r.title));
        let found = found.ok_or_else(|| {
            format!(
                "no result is like {title:?}:\n{}",
                written("finds: ", &list(&shown))
            )
        })?;
        let posted = self
            .telegram
            .choose_result(user, &search.id, &found.id)
            .map_err(|e| format!("{e:?}"))?;
        self.search = Some(Search {
            posted: Some(posted),
            looked: false,
            ..search
        });
        Ok(())
    }

    fn answered(&self) -> Option<(Search, InlineView)> {
        let search = self.search.clone()?;
        let shown = self.telegram.results(&search.id)?;
        Some((search, shown))
    }

    /// Whether the last search was answered at all.
    pub fn search_is_answered(&self) -> bool {
        self.search.is_none() || self.answered().is_some()
    }

    /// What the last search found must look like `screen`.
    pub fn expect_found(&mut self, screen: &Screen) -> Result<(), String> {
        let (_, shown) = self.answered().ok_or("nobody looks for anything")?;
        alike(screen, &list(&shown), "finds: ")
    }

    /// The result that was posted last must look like `screen`.
    pub fn expect_posted(&mut self, screen: &Screen) -> Result<(), String> {
        let shown = self.posted().ok_or("nothing was posted")?;
        alike(screen, &shown, "posted: ")
    }

    fn posted(&self) -> Option<Seen> {
        let search = self.search.as_ref()?;
        let message = self.telegram.message(search.chat, search.posted?)?;
        Some(seen(&message))
    }

    /// What came of the last search, and what was posted, as steps; each once.
    pub(super) fn search_written_down(&mut self) -> String {
        let posted = self.posted();
        let Some((search, shown)) = self.answered().filter(|(search, _)| !search.looked) else {
            return String::new();
        };
        self.search = Some(Search {
            looked: true,
            ..search
        });
        let text = match posted {
            Some(posted) => written("posted: ", &posted),
            None => written("finds: ", &list(&shown)),
        };
        format!("{text}\n")
    }
}

/// The results as a screen: a line each, with what stands below it, and the button above.
fn list(shown: &InlineView) -> Seen {
    let line = |title: &str, about: &str| match about.is_empty() {
        true => title.to_owned(),
        false => format!("{title} | {}", about.replace('\n', " ")),
    };
    let results = shown.results.iter();
    let mut lines: Vec<String> = results.map(|r| line(&r.title, &r.description)).collect();
    if lines.is_empty() {
        lines.push("nothing".into());
    }
    if !shown.next_offset.is_empty() {
        lines.push(MORE.into());
    }
    let button = shown.button.iter().map(|(text, _)| vec![text.clone()]);
    Seen {
        lines,
        rows: button.collect(),
    }
}

fn alike(wanted: &Screen, shown: &Seen, head: &str) -> Result<(), String> {
    match difference(wanted, shown) {
        None => Ok(()),
        Some(why) => Err(format!("{why}; it is:\n{}", written(head, shown))),
    }
}
