//! Reads a whole folder: every file, every fault, and a shop only if there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_bundle::FluentArgs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};

use super::catalogue::{self, Frame};
use super::fault::{Book, Faults, Page};
use super::files::{self, Source};
use super::ftl::{self, Language, TextUse};
use super::settings::{self, Holds, Named, Needs, Settings};
use super::table;
use super::{
    Approvals, Faq, Scene, Shop, Template, Terms, Texts, approval, caption, faq, flows, language,
    patterns, photo, scene, templates,
};
use crate::dialogue::Flow;
use crate::domain::catalogue::Catalogue;
use crate::kernel::{ItemId, Locale};
use crate::understand::Words;
use crate::understand::catalogue::menu;

/// A catalogue, absent where it is unsound, and where its items stand.
type Found = (Option<Catalogue>, BTreeMap<ItemId, usize>);

/// What a folder holds, as read.
struct Folder<'a> {
    source: &'a Source,
    book: &'a Book,
    /// Text files by path, for positions.
    sources: BTreeMap<String, String>,
    uses: Vec<TextUse>,
}

/// Loads and proves a shop.
pub fn load(source: &Source) -> Result<Shop, Faults> {
    let book = Book::default();
    let shop = {
        let mut folder = Folder {
            source,
            book: &book,
            sources: BTreeMap::new(),
            uses: Vec::new(),
        };
        folder.shop()
    };
    let faults = book.close();
    match shop {
        Some(shop) if faults.is_empty() => Ok(shop),
        _ => Err(Faults(faults)),
    }
}

impl Folder<'_> {
    fn shop(&mut self) -> Option<Shop> {
        let settings = self.settings()?;
        let locales: Vec<String> = settings
            .locales
            .iter()
            .map(|l| l.as_str().to_owned())
            .collect();
        let (catalogue, places) = self.catalogue(&settings, &locales).unzip();
        let (flows, terms) = self.flows(&settings);
        let approvals = self.approvals(&settings, &flows);
        let sold = catalogue.as_ref().and_then(Option::as_ref);
        let templates = self.templates(&flows, sold);
        let patterns = patterns::read(self.book);
        let faq = self.faq(&locales);
        let texts = self.texts(&locales);
        self.strangers(&locales);
        self.alike(&flows, &texts);
        let scene = self.scene();
        let words = self.words();
        let catalogue = catalogue.flatten()?;
        self.captions(&catalogue, &places?, &texts);
        let digest = self.digest(&catalogue);
        Some(Shop {
            digest,
            understanding: Arc::new(language::index(menu(&catalogue), words)),
            settings,
            scene,
            catalogue: Arc::new(catalogue),
            flows,
            terms,
            approvals,
            templates,
            patterns,
            texts,
            faq,
            source: self.source.clone(),
        })
    }

    /// A digest of every text that was read and every picture, with their paths.
    fn digest(&self, catalogue: &Catalogue) -> String {
        let mut hash = Sha256::new();
        let mut add = |path: &str, bytes: &[u8]| {
            for part in [path.as_bytes(), bytes] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
        };
        for (path, text) in &self.sources {
            add(path, text.as_bytes());
        }
        let photos: BTreeSet<&String> = catalogue
            .items()
            .iter()
            .filter_map(|item| item.photo.as_ref())
            .collect();
        for path in photos {
            add(path, &self.source.bytes(path).unwrap_or_default());
        }
        let digest = hash.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads a text file once; a missing one is `None`, one that is no UTF-8 a fault.
    fn text(&mut self, path: &str) -> Option<String> {
        let bytes = self.source.bytes(path)?;
        match String::from_utf8(bytes) {
            Ok(text) => {
                // Editors on Windows begin files with a byte-order mark.
                let text = text
                    .strip_prefix('\u{feff}')
                    .map_or(text.clone(), str::to_owned);
                self.sources.insert(path.to_owned(), text.clone());
                Some(text)
            }
            Err(_) => {
                self.book
                    .file(path, "the file is not in UTF-8", "save it as UTF-8");
                None
            }
        }
    }

    /// A text file that every shop has.
    fn needed(&mut self, path: &str) -> Option<String> {
        if !self.source.has(path) {
            self.book.file(
                path,
                "the file is missing",
                "copy one with `ks-order init restaurant DIR`",
            );
            return None;
        }
        self.text(path)
    }

    fn settings(&mut self) -> Option<Settings> {
        let path = "shop.toml";
        let text = self.needed(path)?;
        let page = Page {
            path,
            text: &text,
            book: self.book,
        };
        let mut needs = Needs::default();
        let read = table::read(page, |top| settings::read(top, &mut needs));
        self.uses.extend(needs.texts);
        for file in &needs.files {
            self.pem(&page, file);
        }
        Some(read)
    }

    /// A file of TLS: whether key and certificate belong together shows at the start.
    fn pem(&self, page: &Page<'_>, file: &Named) {
        let path = &file.path;
        let Some(bytes) = self.source.bytes(path) else {
            page.fault(
                file.at,
                format!("there is no file `{path}`"),
                "put it into the shop folder; a path that leaves the folder is refused",
            );
            return;
        };
        let (is_good, what) = match file.holds {
            Holds::Certificate => (
                CertificateDer::from_pem_slice(&bytes).is_ok(),
                "certificate",
            ),
            Holds::Key => (PrivateKeyDer::from_pem_slice(&bytes).is_ok(), "private key"),
        };
        if !is_good {
            page.fault(
                file.at,
                format!("`{path}` holds no {what}"),
                "give it as PEM, the text that begins with `-----BEGIN`",
            );
        }
    }

    /// The playground's people: the shop's own, or those that all shops share.
    fn scene(&mut self) -> Scene {
        let path = "playground.toml";
        let own = self.text(path);
        let shared = files::common("", "toml");
        let text = own.as_deref().or_else(|| {
            let found = shared.iter().find(|(shared, _)| shared.ends_with(path));
            found.map(|(_, text)| *text)
        });
        let page = Page {
            path,
            text: text.unwrap_or_default(),
            book: self.book,
        };
        table::read(page, scene::read)
    }

    fn catalogue(&mut self, settings: &Settings, locales: &[String]) -> Option<Found> {
        let path = "catalogue.toml";
        let text = self.needed(path)?;
        let page = Page {
            path,
            text: &text,
            book: self.book,
        };
        let frame = Frame {
            currency: settings.currency,
            locales,
            taxes: &settings.taxes,
        };
        let read = table::read(page, |top| catalogue::read(top, frame));
        let allergens = read.allergens.iter().map(|(id, at)| ("allergen", id, at));
        let diets = read.diets.iter().map(|(id, at)| ("diet", id, at));
        for (kind, id, at) in allergens.chain(diets) {
            self.uses.push(TextUse {
                id: format!("{kind}-{id}"),
                file: path.to_owned(),
                at: *at,
                label: false,
            });
        }
        for (photo, at) in &read.photos {
            self.photo(&page, photo, *at);
        }
        Some((read.catalogue, read.items))
    }

    /// What stands below a picture is cut off after 1024 characters.
    fn captions(&self, catalogue: &Catalogue, places: &BTreeMap<ItemId, usize>, texts: &Texts) {
        let path = "catalogue.toml";
        let text = self.sources.get(path).map_or("", String::as_str);
        let book = self.book;
        let page = Page { path, text, book };
        for item in catalogue.items().iter().filter(|item| item.photo.is_some()) {
            for locale in texts.locales() {
                let chars = caption::chars(catalogue, item, locale, texts);
                if chars > caption::MAX_CHARS {
                    page.fault(
                        places.get(&item.id).copied().unwrap_or(0),
                        format!(
                            "the card of `{}` has {chars} characters in `{locale}` and would be cut off below its picture",
                            item.id
                        ),
                        format!(
                            "shorten `about`, name fewer allergens or groups: at most {} fit, or remove `photo`",
                            caption::MAX_CHARS
                        ),
                    );
                }
            }
        }
    }

    fn photo(&self, page: &Page<'_>, photo: &str, at: usize) {
        let Some(bytes) = self.source.bytes(photo) else {
            page.fault(
                at,
                format!("there is no picture `{photo}`"),
                "put it into the folder, or remove `photo`",
            );
            return;
        };
        if let Some((why, cure)) = photo::refusal(&bytes) {
            page.fault(at, format!("`{photo}` {why}"), cure);
        }
    }

    fn flows(&mut self, settings: &Settings) -> (Vec<Flow>, BTreeMap<String, Terms>) {
        let mut found: Vec<Flow> = Vec::new();
        let mut terms = BTreeMap::new();
        let paths = self.source.list("flows", "toml");
        if paths.is_empty() {
            self.book.file(
                "flows",
                "the shop has no flow",
                "copy flows/pickup.toml from `ks-order init restaurant DIR`",
            );
        }
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for path in paths {
            let Some(text) = self.text(&path) else {
                continue;
            };
            let page = Page {
                path: &path,
                text: &text,
                book: self.book,
            };
            let Some(read) = table::read(page, |top| flows::read(top, settings)) else {
                continue;
            };
            if let Some(other) = files.insert(read.flow.id.clone(), path.clone()) {
                page.fault(
                    read.at,
                    format!("the flow `{}` is in {other} too", read.flow.id),
                    "rename one",
                );
            }
            self.uses.extend(read.texts);
            terms.insert(read.flow.id.clone(), read.terms);
            found.push(read.flow);
        }
        (found, terms)
    }

    /// A shop without the file leaves nothing to people.
    fn approvals(&mut self, settings: &Settings, flows: &[Flow]) -> Approvals {
        let path = "approval.toml";
        let Some(text) = self.text(path) else {
            return Approvals::default();
        };
        let page = Page {
            path,
            text: &text,
            book: self.book,
        };
        let mut texts = Vec::new();
        let found = table::read(page, |top| {
            approval::read(top, (settings, flows), &mut texts)
        });
        self.uses.extend(texts);
        found
    }

    /// A shop without the file has nothing made ready.
    fn templates(&mut self, flows: &[Flow], catalogue: Option<&Catalogue>) -> Vec<Template> {
        let path = "templates.toml";
        let Some(text) = self.text(path) else {
            return Vec::new();
        };
        let page = Page {
            path,
            text: &text,
            book: self.book,
        };
        let mut texts = Vec::new();
        let found = table::read(page, |top| {
            templates::read(top, (flows, catalogue), &mut texts)
        });
        self.uses.extend(texts);
        found
    }

    fn faq(&mut self, locales: &[String]) -> BTreeMap<Locale, Faq> {
        let mut found = BTreeMap::new();
        for locale in locales {
            let path = format!("faq.{locale}.md");
            let Some(text) = self.text(&path) else {
                continue;
            };
            let page = Page {
                path: &path,
                text: &text,
                book: self.book,
            };
            found.insert(Locale::from(locale.as_str()), Faq::new(faq::read(&page)));
        }
        found
    }

    /// The words that have a part in an order: the product's, and those that the shop adds.
    fn words(&mut self) -> Vec<Words> {
        let mut words = Vec::new();
        for path in self.source.list(language::FOLDER, "toml") {
            let Some(text) = self.text(&path) else {
                continue;
            };
            let page = Page {
                path: &path,
                text: &text,
                book: self.book,
            };
            words.extend(language::read(page));
        }
        words
    }

    fn texts(&mut self, locales: &[String]) -> Texts {
        let mut own: Vec<(String, Option<String>)> = Vec::new();
        for locale in locales {
            let path = format!("texts/{locale}.ftl");
            let text = self.text(&path);
            own.push((path, text));
        }
        let languages: Vec<Language<'_>> = locales
            .iter()
            .zip(&own)
            .map(|(locale, (path, text))| Language {
                locale,
                common: files::common(&format!("texts/{locale}"), "ftl"),
                own: (path.clone(), text.as_deref()),
            })
            .collect();
        ftl::check(&languages, &self.uses, &self.sources, self.book);
        let sources = languages
            .iter()
            .map(|language| {
                let mut files: Vec<String> = language
                    .common
                    .iter()
                    .map(|(_, text)| (*text).to_owned())
                    .collect();
                files.extend(language.own.1.map(str::to_owned));
                (Locale::from(language.locale), files)
            })
            .collect();
        Texts::new(sources)
    }

    /// Two choices of a step that read the same: nobody could tell them apart, tapped or typed.
    fn alike(&self, flows: &[Flow], texts: &Texts) {
        for (step, locale) in flows
            .iter()
            .flat_map(|flow| &flow.steps)
            .flat_map(|step| texts.locales().map(move |locale| (step, locale)))
        {
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            for choice in step.choices() {
                let words = texts.shop_plain(locale, &choice.label, &FluentArgs::new());
                let Some(other) = seen.insert(words, &choice.id) else {
                    continue;
                };
                if other == choice.id {
                    continue; // told already
                }
                let used = self.uses.iter().rfind(|used| used.id == choice.label);
                if let Some(TextUse { file: path, at, .. }) = used {
                    let text = self.sources.get(path).map_or("", String::as_str);
                    let book = self.book;
                    Page { path, text, book }.fault(
                        *at,
                        format!(
                            "the choices `{other}` and `{}` of the step `{}` read the same in `{locale}`",
                            choice.id, step.id
                        ),
                        "give each its own words",
                    );
                }
                break;
            }
        }
    }

    /// Files of languages that the shop does not speak: most often a slip in the name.
    fn strangers(&self, locales: &[String]) {
        let known = |tag: &str| locales.iter().any(|locale| locale == tag);
        let texts = self
            .source
            .list("texts", "ftl")
            .into_iter()
            .filter_map(|path| {
                let tag = path
                    .strip_prefix("texts/")?
                    .strip_suffix(".ftl")?
                    .to_owned();
                Some((path, tag))
            });
        let faqs = self.source.list("", "md").into_iter().filter_map(|path| {
            let tag = path.strip_prefix("faq.")?.strip_suffix(".md")?.to_owned();
            Some((path, tag))
        });
        for (path, tag) in texts.chain(faqs) {
            if !known(&tag) {
                self.book.file(
                    &path,
                    format!("the shop does not speak `{tag}`"),
                    "add it to `locales` in shop.toml, or rename the file",
                );
            }
        }
    }
}
