//! What a search from any chat found, in words.

use super::{Here, Texts};
use crate::chat::Message;
use crate::chat::inline::{Found, Page};
use crate::kernel::Locale;

impl Texts {
    /// A page of results in words.
    pub(super) fn found(&self, locale: &Locale, page: Page, here: Here) -> Page<Message, String> {
        let found = page.found.into_iter().map(|one| Found {
            id: one.id,
            title: self.plain(locale, &one.title, here),
            about: one.about.map(|about| self.plain(locale, &about, here)),
            view: self.view(locale, &one.view, here),
        });
        Page {
            query_id: page.query_id,
            found: found.collect(),
            next: page.next,
            button: page
                .button
                .map(|(text, start)| (self.plain(locale, &text, here), start)),
        }
    }
}
