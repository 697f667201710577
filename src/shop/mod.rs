//! The merchant's folder: read, embed, check; a typed result.
//!
//! [`Shop::load`] reads every file of a folder (or an embedded pack) and gives either a sound
//! shop or all its faults, each with file, line, column and cure. `files` finds the files,
//! `table` reads TOML with positions, `settings`, `catalogue`, `flows`, `approval`, `templates`, `faq`, `patterns`,
//! `language` and `ftl` know one kind of file each, `texts` makes words, `zone` reads the clock on the wall.
//! Nothing here decides what happens in a conversation or an order, and nothing awaits.

pub mod approval;
mod caption;
mod catalogue;
pub mod faq;
pub mod fault;
pub mod files;
mod find;
mod flows;
mod ftl;
pub mod language;
mod load;
mod patterns;
mod photo;
pub mod scene;
pub mod settings;
mod table;
pub mod templates;
pub mod texts;
pub mod zone;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

pub use approval::{Approvals, Rule};
pub use faq::{Faq, Question};
pub use fault::{Fault, Faults};
pub use files::Source;
pub use find::Hit;
pub use flows::{FeeRule, Terms};
pub use scene::Scene;
pub use settings::{
    Confirm, Credit, Hold, Kitchen, NamedChat, NamedStaff, Receive, SendLimits, Settings,
};
pub use templates::Template;
pub use texts::{Here, Seen, Texts};
pub use zone::{Hours, Opening, Wall, Zone};

use crate::chat::Text;
use crate::dialogue::{Calendar, Flow, Note, Patterns, Step};
use crate::domain::catalogue::Catalogue;
use crate::domain::orders::Fulfilment;
use crate::domain::tables::Table as GuestTable;
use crate::kernel::{Locale, TableId, Timestamp};
use crate::understand::Index;

/// A sound shop: everything in it has passed the check. Its settings are its own fields.
#[derive(Debug)]
pub struct Shop {
    /// `shop.toml`.
    pub settings: Settings,
    /// What it sells.
    pub catalogue: Arc<Catalogue>,
    /// Its flows, in the order of their files' names.
    pub flows: Vec<Flow>,
    /// On which terms each takes orders, by its id.
    pub terms: BTreeMap<String, Terms>,
    /// When people decide about orders, and who.
    pub approvals: Approvals,
    /// Orders made ready, in the order of the file.
    pub templates: Vec<Template>,
    /// The words of repair.
    pub patterns: Patterns,
    /// All words.
    pub texts: Texts,
    /// Who is on the playground.
    pub scene: Scene,
    /// Questions and answers by language.
    pub faq: BTreeMap<Locale, Faq>,
    /// What people may say of it, with the words of all languages.
    pub understanding: Arc<Index>,
    /// Where it came from.
    pub source: Source,
    /// A digest of all files that were read, but those of TLS: they are each machine's own.
    pub digest: String,
}

impl Deref for Shop {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        &self.settings
    }
}

impl Shop {
    /// Reads and proves a folder or a pack.
    ///
    /// # Errors
    /// All its faults, sorted by file and place.
    pub fn load(source: &Source) -> Result<Self, Faults> {
        load::load(source)
    }

    /// Reads the same folder again; this shop stays as it is.
    ///
    /// # Errors
    /// As [`Shop::load`].
    pub fn reload(&self) -> Result<Self, Faults> {
        Self::load(&self.source)
    }

    /// A flow by its id.
    pub fn flow(&self, id: &str) -> Option<&Flow> {
        self.flows.iter().find(|flow| flow.id == id)
    }

    /// A template by its id.
    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// A table by its id.
    pub fn table(&self, id: &TableId) -> Option<&GuestTable> {
        self.settings.tables.iter().find(|table| table.id == *id)
    }

    /// A picture's bytes, by its path in the folder.
    pub fn photo(&self, path: &str) -> Option<Vec<u8>> {
        self.source.bytes(path)
    }

    /// When a flow takes orders; a flow that is gone, when the shop does.
    pub fn hours_of(&self, flow: &str) -> &Hours {
        self.terms
            .get(flow)
            .map_or(&self.settings.hours, |terms| &terms.hours)
    }

    /// How a flow's orders reach the customer.
    pub fn fulfilment(&self, flow: &str) -> Fulfilment {
        self.terms
            .get(flow)
            .map(|terms| terms.fulfilment)
            .unwrap_or_default()
    }

    /// Whether a flow takes orders at `now`.
    pub fn is_open(&self, flow: &str, now: Timestamp) -> bool {
        self.hours_of(flow).is_open(&self.zone, now)
    }

    /// The shop's days as a flow's steps may ask for them.
    pub fn calendar(&self, flow: &Flow, now: Timestamp) -> Calendar {
        let today = self.zone.date(now);
        let ahead = usize::try_from(flow.days_ahead()).unwrap_or(usize::MAX);
        let hours = self.hours_of(&flow.id);
        Calendar {
            today,
            minute: self.zone.wall(now).minute,
            open: today
                .iter_days()
                .take(ahead)
                .map(|day| (day, hours.spans(day)))
                .collect(),
        }
    }

    /// What times are read against at `now`.
    pub fn here(&self, now: Timestamp) -> Here {
        Here {
            zone: self.zone,
            now,
        }
    }

    /// Questions and answers that have to do with `words`, best first; in the first language
    /// where the reader's has none.
    pub fn help(&self, locale: &Locale, words: &str, limit: usize) -> Vec<&Question> {
        let faq = self.answers(locale);
        faq.map_or_else(Vec::new, |faq| faq.search(words, limit))
    }

    /// The questions and answers in a language; in the first one where it has none.
    pub fn answers(&self, locale: &Locale) -> Option<&Faq> {
        self.faq.get(locale).or_else(|| self.faq.values().next())
    }

    /// A note of the engine as a text; `step` is the one that is asked.
    pub fn note(&self, step: Option<&Step>, note: &Note) -> Text {
        patterns::note_text(&self.patterns, step, note)
    }

    /// The choice of a step that typed words mean: its id or its label in any language.
    pub fn choice_of(&self, step: &Step, words: &str) -> Option<String> {
        step.choices()
            .iter()
            .find(|choice| choice.id == words.trim() || self.says(&choice.label, words))
            .map(|choice| choice.id.clone())
    }

    /// Whether typed words are those of a text without arguments, in any of the shop's languages.
    pub fn says(&self, text: &str, words: &str) -> bool {
        let wanted = plain_words(words);
        self.locales
            .iter()
            .any(|locale| plain_words(&self.texts.shop_words(locale, text)) == wanted)
    }
}

/// Letters and digits in lower case: so that emoji, blanks and marks don't matter.
fn plain_words(words: &str) -> String {
    words
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
