//! What occurred while transcripts ran, and what of all that can occur never did.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ks_order::domain::orders::TRANSITIONS;
use ks_order::shop::{Seen, Shop, Source};
use sqlx::{Connection, PgConnection, SqliteConnection};

/// Texts that no conversation of the sample shop can show, each with its reason.
const NEVER: &[(&str, &str)] = &[
    ("currency-", "the sample shop has one currency"),
    (
        "action-expire",
        "nobody's name stands beside what the clock decided",
    ),
    (
        "apology",
        "needs a broken program; the engine's tests break one",
    ),
    ("alert-dead", "as for the apology"),
    ("alert-conflict", "needs a second bot; tried in alerts.rs"),
    (
        "alert-inbox",
        "needs minutes of standstill; tried in alerts.rs",
    ),
    ("alert-outbox", "as for the inbox"),
    ("alias-full", "needs five hundred names"),
    (
        "audit-console",
        "nothing but the command line has no name; the screen's own test shows it",
    ),
    (
        "cart-full",
        "two hundred and one different lines; the cart's own tests fill one",
    ),
    (
        "more-",
        "more lines than a card holds; largest.rs places two hundred",
    ),
    ("button-all-lines", "as for more lines"),
    (
        "quick-file-unreachable",
        "sixty failures in a row; the sender's own test counts them",
    ),
    (
        "company-full",
        "two hundred members; nobody reads such a transcript",
    ),
    (
        "company-addresses-full",
        "twenty-one addresses; the company's own tests add them",
    ),
    (
        "profile-addresses-full",
        "twenty-one addresses; the profile's own tests add them",
    ),
    ("company-rules-full", "eleven rules, one screen each"),
    (
        "fold-more",
        "forty-one orders in a minute; the screen's own test has fifty",
    ),
    ("item-too-little", "the buttons stop at the least amount"),
    ("item-too-many", "the buttons stop at the most units"),
    (
        "push-confirmed",
        "whoever confirms sets the minutes, and is heard by these",
    ),
    (
        "dine-in-payment-",
        "there is one way to pay at a table, so nobody is asked",
    ),
    (
        "change-short",
        "somebody takes the last of it between two turns; the store's own tests do",
    ),
    (
        "change-refused",
        "rules change between the review, which says it, and the press",
    ),
    ("proposal-refused", "as for a change by hand"),
    (
        "credit-fault-missing",
        "an account that is gone between two presses; none ever is",
    ),
    (
        "statement-due-later",
        "eleven due days; the screen's own test has twelve",
    ),
    (
        "statement-too-long",
        "twenty thousand entries; nobody reads such a transcript",
    ),
    ("again-empty", "what can be ordered again always has a line"),
    (
        "again-as-before",
        "nothing is told of a line that is as before",
    ),
    (
        "awaited-full",
        "thirty-one items; the store's own tests ask for them",
    ),
    (
        "saved-full",
        "twenty-one saved orders; the store's own tests keep them",
    ),
    ("schedule-busy", "two presses within one turn of the other"),
    (
        "schedule-why-other",
        "what stood in the way of an order is gone by the turn that looks for it",
    ),
    ("export-part", "two hundred orders; erasure.rs has more"),
    (
        "reason-own-words",
        "stands where the words themselves are erased",
    ),
];

/// What occurred in the shops of one pack.
#[derive(Debug, Default)]
pub struct Played {
    /// Language and text id.
    pub texts: BTreeSet<(String, String)>,
    /// Flow, and the language of a customer whose order came to its end in it.
    pub ended: BTreeSet<(String, String)>,
}

/// What occurred.
#[derive(Debug, Default)]
pub struct Record {
    pub seen: Seen,
    /// By pack.
    pub packs: BTreeMap<String, Played>,
    /// Event, from, to, role.
    pub moves: BTreeSet<(String, String, String, String)>,
    /// Operations of buttons that staff pressed in groups: the letters of the callback data.
    pub staff_actions: BTreeSet<String>,
    /// Turns, and the statements of their transactions, the engine's own included.
    pub turns: u64,
    pub statements: u64,
    /// The most statements per turn of any one transaction.
    pub worst: u64,
    /// The most of one turn for an order on account, which are not among those.
    pub worst_on_account: u64,
}

impl Record {
    pub fn add(&mut self, other: Self) {
        self.seen.texts.extend(other.seen.texts);
        self.seen.faults.extend(other.seen.faults);
        for (pack, played) in other.packs {
            let known = self.packs.entry(pack).or_default();
            known.texts.extend(played.texts);
            known.ended.extend(played.ended);
        }
        self.moves.extend(other.moves);
        self.staff_actions.extend(other.staff_actions);
        self.turns += other.turns;
        self.statements += other.statements;
        self.worst = self.worst.max(other.worst);
        self.worst_on_account = self.worst_on_account.max(other.worst_on_account);
    }
}

/// Every move that the database holds, and nothing else of it.
pub async fn moves(url: &str) -> Result<BTreeSet<(String, String, String, String)>, sqlx::Error> {
    const TEXT: &str = "select coalesce(event, 'place'), coalesce(from_state, ''), to_state, role from order_events";
    let rows: Vec<(String, String, String, String)> = if url.starts_with("sqlite") {
        let mut db = SqliteConnection::connect(url).await?;
        sqlx::query_as(TEXT).fetch_all(&mut db).await?
    } else {
        let mut db = PgConnection::connect(url).await?;
        sqlx::query_as(TEXT).fetch_all(&mut db).await?
    };
    Ok(rows.into_iter().collect())
}

/// The flows in which an order came to its end, each with the language of its customer.
pub async fn ended(url: &str) -> Result<BTreeSet<(String, String)>, sqlx::Error> {
    const TEXT: &str = "select o.flow, c.locale from orders o join customers c on c.id = o.customer
         where o.state = 'completed'";
    let rows: Vec<(String, String)> = if url.starts_with("sqlite") {
        let mut db = SqliteConnection::connect(url).await?;
        sqlx::query_as(TEXT).fetch_all(&mut db).await?
    } else {
        let mut db = PgConnection::connect(url).await?;
        sqlx::query_as(TEXT).fetch_all(&mut db).await?
    };
    Ok(rows.into_iter().collect())
}

/// The kind of step that asked, by the texts of the restaurant's flow.
const STEP_KINDS: &[(&str, &str)] = &[
    ("items", "menu-title"),
    ("choice", "pickup-time-ask"),
    ("text", "pickup-name-ask"),
    ("number", "refusal-not-a-number"),
    ("yes_no", "refusal-not-yes-or-no"),
    ("phone", "pickup-phone-ask"),
    ("review", "review-title"),
    ("date", "refusal-not-a-day"),
    ("slot", "refusal-not-a-slot"),
    ("choices", "button-ticked-all"),
    ("location", "refusal-not-a-pin"),
    ("address", "step-share-location"),
    ("photo", "refusal-not-a-photo"),
];

/// The operation of an order button's data, as in `ka.ORDER.15~VERSION`.
const STAFF_ACTIONS: &[(&str, &str)] = &[
    ("accept", "ka"),
    ("ask for a reason to reject", "kr"),
    ("reject", "kR"),
    ("prepare", "kp"),
    ("ready", "ky"),
    ("hand over", "kh"),
    ("serve", "ks"),
    ("dispatch", "kd"),
    ("deliver", "kD"),
    ("ask for a reason why it was not delivered", "kf"),
    ("not delivered", "kF"),
    ("grant a cancellation", "kg"),
    ("ask for a reason to refuse", "kn"),
    ("refuse a cancellation", "kN"),
];

/// Everything that never occurred, in words.
pub fn missing(record: &Record) -> BTreeSet<String> {
    let mut never: BTreeSet<String> = record
        .seen
        .faults
        .iter()
        .map(|f| format!("fault: {f}"))
        .collect();
    for locale in ["en", "zh-CN"] {
        let said = |id: &str| {
            record
                .seen
                .texts
                .iter()
                .any(|(l, t)| l.as_str() == locale && t == id)
        };
        for id in text_ids(locale) {
            if !is_excused(&id) && !said(&id) {
                never.insert(format!("text {id} in {locale}"));
            }
        }
        for (kind, text) in STEP_KINDS {
            let asked = (locale.to_owned(), (*text).to_owned());
            let restaurant = record.packs.get("restaurant");
            if restaurant.is_none_or(|played| !played.texts.contains(&asked)) {
                never.insert(format!("step of kind {kind} in {locale}"));
            }
        }
        for pack in Source::packs() {
            never.extend(missing_of(pack, locale, record.packs.get(pack)));
        }
    }
    for entry in TRANSITIONS {
        let happened = record.moves.iter().any(|(event, from, to, role)| {
            event == entry.event.code()
                && from == entry.from.code()
                && to == entry.to.code()
                && entry.roles.iter().any(|r| r.code() == role)
        });
        if !happened {
            never.insert(format!(
                "move {} -> {} by {} of {:?}",
                entry.from, entry.to, entry.event, entry.roles
            ));
        }
    }
    for (action, letters) in STAFF_ACTIONS {
        if !record.staff_actions.contains(*letters) {
            never.insert(format!("staff action {action}"));
        }
    }
    never.extend(idle_excuses(record));
    never
}

/// Excuses that excuse nothing: all that they stand for was said.
fn idle_excuses(record: &Record) -> Vec<String> {
    let seen = &record.seen.texts;
    let seen: BTreeSet<_> = seen.iter().map(|(l, t)| (l.as_str(), t.as_str())).collect();
    let mut unsaid = BTreeSet::new();
    for locale in ["en", "zh-CN"] {
        let here = |id: String| (locale.to_owned(), id);
        let product = text_ids(locale).into_iter().map(here);
        unsaid.extend(product.filter(|(l, t)| !seen.contains(&(l.as_str(), t.as_str()))));
        for pack in Source::packs() {
            let played = record.packs.get(pack);
            let own = dialogues().join(format!("{pack}/texts/{locale}.ftl"));
            let own = ids_in(&fs::read_to_string(own).unwrap());
            let own = own.into_iter().map(here);
            unsaid.extend(own.filter(|text| played.is_none_or(|p| !p.texts.contains(text))));
        }
    }
    let is_idle = |start: &str| !unsaid.iter().any(|(_, id)| id.starts_with(start));
    let idle = NEVER.iter().filter(|(start, _)| is_idle(start));
    idle.map(|(start, _)| format!("anything for the excuse {start}"))
        .collect()
}

/// The operation in callback data: `ka.17.15~3` is `ka`; none if it is not one for staff.
pub fn staff_action(data: &str) -> Option<String> {
    let operation = data.split(['.', '~']).next()?;
    (operation.len() == 2 && operation.starts_with('k')).then(|| operation.to_owned())
}

/// Whether no conversation can show a text, by [`NEVER`].
fn is_excused(id: &str) -> bool {
    NEVER.iter().any(|(start, _)| id.starts_with(start))
}

/// What never occurred in a pack's own transcripts: words of its own, flows to their end.
fn missing_of(pack: &str, locale: &str, played: Option<&Played>) -> BTreeSet<String> {
    let nothing = Played::default();
    let played = played.unwrap_or(&nothing);
    let own = dialogues().join(format!("{pack}/texts/{locale}.ftl"));
    let product = text_ids(locale);
    let mut never = BTreeSet::new();
    for id in ids_in(&fs::read_to_string(own).unwrap()) {
        // What takes the place of one of the product's texts is said where that is.
        let said = played.texts.contains(&(locale.to_owned(), id.clone()));
        if !said && !product.contains(&id) && !is_excused(&id) {
            never.insert(format!("text {id} of {pack} in {locale}"));
        }
    }
    for flow in Shop::load(&Source::Pack(pack.to_owned())).unwrap().flows {
        if !played.ended.contains(&(flow.id.clone(), locale.to_owned())) {
            never.insert(format!(
                "an order through {} of {pack} in {locale}",
                flow.id
            ));
        }
    }
    never
}

fn dialogues() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogues")
}

/// The ids of all the product's texts in one language.
fn text_ids(locale: &str) -> BTreeSet<String> {
    let common = dialogues().join("common/texts").join(locale);
    fs::read_dir(common)
        .unwrap()
        .flat_map(|e| ids_in(&fs::read_to_string(e.unwrap().path()).unwrap()))
        .collect()
}

fn ids_in(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('=').map(|(id, _)| id.trim().to_owned()))
        .collect()
}

#[test]
fn ids_are_read_from_fluent() {
    assert_eq!(ids_in("# a\nb-c = d\n    e = f\n-term = x\n"), ["b-c"]);
    assert_eq!(staff_action("ka.17.15~3").as_deref(), Some("ka"));
    assert_eq!(staff_action("m.hot.1~3"), None);
}
