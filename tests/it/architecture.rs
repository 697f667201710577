//! The walls between the modules, read off the source text. A broken one is named with file and
//! line. Every rule is proved here by a sample that breaks it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::source::{
    calls_before_await, calls_in_a_box, paths, waited_for, without_comments, without_tests,
};

/// Who may import whom among the top modules. `main.rs`, `lib.rs` and `commands` may use all.
const ARROWS: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("chat", &["kernel"]),
    ("domain", &["kernel"]),
    ("understand", &["kernel", "domain"]),
    ("dialogue", &["kernel"]),
    (
        "shop",
        &["kernel", "domain", "dialogue", "understand", "chat"],
    ),
    ("store", &["kernel", "domain", "dialogue"]),
    ("telegram", &["kernel", "chat", "store"]),
    ("sandbox", &[]),
    (
        "app",
        &[
            "chat",
            "domain",
            "dialogue",
            "understand",
            "shop",
            "store",
            "kernel",
        ],
    ),
    (
        "runtime",
        &["app", "store", "telegram", "kernel", "chat", "shop"],
    ),
];

/// Levels within `domain`: a module uses lower levels only.
const LEVELS: &[(&str, u8)] = &[
    ("catalogue", 1),
    ("companies", 1),
    ("customers", 1),
    ("learned", 1),
    ("pauses", 1),
    ("stock", 2),
    ("credit", 2),
    ("promotions", 2),
    ("delivery", 2),
    ("cart", 3),
    ("tables", 3),
    ("contents", 4),
    ("quick", 4),
    ("approvals", 5),
    ("saved", 5),
    ("schedules", 5),
    ("orders", 6),
    ("feedback", 7),
    ("reports", 7),
    ("recommend", 7),
];

/// Words that may stand only under certain folders: (word, folders, why).
const WORDS: &[(&str, &[&str], &str)] = &[
    ("sqlx", &["store"], "all SQL is in `store`"),
    ("rusqlite", &["store"], "all SQL is in `store`"),
    ("sql!", &["store"], "all SQL is in `store`"),
    ("teloxide", &["telegram"], "the wire is in `telegram`"),
    ("SystemTime::now", EDGE, "the clock is an argument"),
    ("Instant::now", EDGE, "the clock is an argument"),
    ("Utc::now", EDGE, "the clock is an argument"),
    ("Local::now", EDGE, "the clock is an argument"),
    ("getrandom", CHANCE, "chance is an argument"),
    ("RandomState", CHANCE, "chance is an argument"),
    ("thread_rng", CHANCE, "chance is an argument"),
    ("std::env", EDGE, "only the edge reads the environment"),
    ("env::var", EDGE, "only the edge reads the environment"),
];
const EDGE: &[&str] = &["runtime", "commands", "sandbox"];
const CHANCE: &[&str] = &["runtime", "commands", "sandbox", "store/seal.rs"];

/// Modules that decide and never wait.
const PURE: &[&str] = &["kernel", "chat", "domain", "understand", "dialogue"];

/// Where a transaction may begin or end.
const TRANSACTIONS: &[&str] = &[
    "store/db",
    "store/migrate.rs",
    "store/mod.rs",
    "runtime",
    "commands",
    "sandbox",
];

/// What may stand at the top of the repository.
const TOP: &[&str] = &[
    ".cargo",
    ".ci",
    ".git",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "benches",
    "build.rs",
    "clippy.toml",
    "deny.toml",
    "dialogues",
    "docs",
    "fuzz",
    "migrations",
    "src",
    "target",
    "tests",
];

/// A source file by its path below `src/`.
type Sources = BTreeMap<String, String>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Sources {
    fn walk(dir: &Path, base: &Path, found: &mut Sources) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, base, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path
                    .strip_prefix(base)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let base = root().join("src");
    let mut found = Sources::new();
    walk(&base, &base, &mut found);
    found
}

/// All faults of some sources, each `src/file:line: what`.
fn faults(sources: &Sources) -> Vec<String> {
    let code: Sources = sources
        .iter()
        .filter(|(name, _)| !name.ends_with("/tests.rs") && !name.contains("/tests/"))
        .map(|(name, text)| (name.clone(), without_tests(&without_comments(text))))
        .collect();
    let ours = async_functions(&code);
    let mut all = Vec::new();
    for (name, text) in &code {
        all.extend(arrow_faults(name, text));
        all.extend(word_faults(name, text));
        all.extend(pure_faults(name, text));
        all.extend(transaction_faults(name, text));
        all.extend(await_faults(name, text, &ours));
        all.extend(script_faults(name, text));
    }
    all
}

fn fault(name: &str, line: usize, what: impl std::fmt::Display) -> String {
    format!("src/{name}:{line}: {what}")
}

fn under(name: &str, folders: &[&str]) -> bool {
    folders.iter().any(|f| {
        name == *f
            || name.starts_with(&format!("{f}/"))
            || name == format!("{f}.rs")
            || (f.contains('/') && name.starts_with(f))
    })
}

fn arrow_faults(name: &str, text: &str) -> Vec<String> {
    let home: Vec<&str> = name
        .trim_end_matches(".rs")
        .split('/')
        .filter(|s| *s != "mod")
        .collect();
    let Some(top) = home.first().copied() else {
        return Vec::new();
    };
    let Some((_, may)) = ARROWS.iter().find(|(module, _)| *module == top) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (line, path) in paths(text, &home) {
        let Some(target) = path.first() else { continue };
        if ARROWS.iter().any(|(m, _)| m == target) || target == "commands" {
            if target != top && !may.contains(&target.as_str()) {
                all.push(fault(
                    name,
                    line,
                    format!("`{top}` must not use `{target}`"),
                ));
            }
            if top == "store"
                && target == "dialogue"
                && path
                    .get(1)
                    .is_some_and(|p| p != "Session" && p != "session")
            {
                all.push(fault(
                    name,
                    line,
                    "`store` may use only `dialogue::Session`",
                ));
            }
        }
        if top == "domain" && target == "domain" {
            let level = |m: Option<&str>| {
                m.and_then(|m| LEVELS.iter().find(|(n, _)| *n == m))
                    .map(|(_, l)| *l)
            };
            let (from, to) = (home.get(1).copied(), path.get(1).map(String::as_str));
            if let (Some(own), Some(other)) = (level(from), level(to))
                && from != to
                && other >= own
            {
                all.push(fault(
                    name,
                    line,
                    format!(
                        "domain level {own} must not use `{}` of level {other}",
                        to.unwrap_or("")
                    ),
                ));
            }
        }
    }
    all
}

fn word_faults(name: &str, text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for (word, folders, why) in WORDS {
            if has_word(line, word) && !under(name, folders) {
                all.push(fault(name, n + 1, format!("`{word}`: {why}")));
            }
        }
    }
    all
}

/// Whether `word` stands in `line` and is no part of a longer name.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let open_end = word.ends_with('!');
        !name(line[..at].chars().next_back())
            && (open_end || !name(line[at + word.len()..].chars().next()))
    })
}

fn pure_faults(name: &str, text: &str) -> Vec<String> {
    if !under(name, PURE) {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for word in ["async", "await", "tokio"] {
            if has_word(line, word) {
                all.push(fault(
                    name,
                    n + 1,
                    format!("`{word}`: this module decides and never waits"),
                ));
            }
        }
    }
    all
}

fn transaction_faults(name: &str, text: &str) -> Vec<String> {
    if under(name, TRANSACTIONS) {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for call in [".begin(", ".commit(", ".rollback("] {
            if line.contains(call) {
                all.push(fault(
                    name,
                    n + 1,
                    format!("`{call})`: only `runtime` and `commands` begin and end transactions"),
                ));
            }
        }
    }
    all
}

/// The names of all functions of `app` that are waited for.
fn async_functions(code: &Sources) -> BTreeSet<String> {
    let app = code.iter().filter(|(name, _)| under(name, &["app"]));
    app.flat_map(|(_, text)| waited_for(text)).collect()
}

/// In `app`, every `.await` follows a call into `store`, a method of the transaction (`tx`), or
/// one of `app`'s own async functions, which are held to the same rule.
fn await_faults(name: &str, text: &str, ours: &BTreeSet<String>) -> Vec<String> {
    if !under(name, &["app"]) {
        return Vec::new();
    }
    let home: Vec<&str> = name
        .trim_end_matches(".rs")
        .split('/')
        .filter(|s| *s != "mod")
        .collect();
    let stored: BTreeSet<String> = paths(text, &home)
        .into_iter()
        .filter(|(_, p)| p.first().is_some_and(|m| m == "store"))
        .filter_map(|(_, p)| p.last().cloned())
        .collect();
    let boxed = calls_in_a_box(text);
    let awaited = calls_before_await(text).into_iter().chain(boxed);
    // Boxed and waited for at once: that is one.
    let awaited: BTreeSet<(usize, String)> = awaited.collect();
    awaited
        .into_iter()
        .filter(|(_, call)| {
            let first = call.split([':', '.']).next().unwrap_or("");
            let last = call.rsplit([':', '.']).next().unwrap_or("");
            let into_store = first == "store"
                || call.starts_with("crate::store::")
                || (!first.is_empty() && stored.contains(first));
            let on_tx = call.ends_with(&format!("tx.{last}"));
            !(into_store || on_tx || ours.contains(last))
        })
        .map(|(line, call)| {
            fault(
                name,
                line,
                format!("a turn awaits the store and nothing else, not `{call}`"),
            )
        })
        .collect()
}

/// Words for people live in `dialogues/`; a Chinese character in the source is one of them.
fn script_faults(name: &str, text: &str) -> Vec<String> {
    if under(name, &["sandbox", "understand"]) {
        return Vec::new();
    }
    let cjk = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}');
    text.lines()
        .enumerate()
        .filter(|(_, line)| line.chars().any(cjk))
        .map(|(n, _)| fault(name, n + 1, "words for people belong into `dialogues/`"))
        .collect()
}

#[test]
fn the_walls_stand() {
    let found = faults(&sources());
    assert!(found.is_empty(), "broken walls:\n{}", found.join("\n"));
}

#[test]
fn the_top_level_holds_what_it_should() {
    let extra: Vec<String> = fs::read_dir(root())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|name| !TOP.contains(&name.as_str()))
        .collect();
    assert!(
        extra.is_empty(),
        "not expected at the top of the repository: {extra:?}"
    );
}

#[test]
fn every_module_says_what_it_is_for() {
    let mute: Vec<String> = sources()
        .into_iter()
        .filter(|(name, text)| {
            !name.ends_with("tests.rs") && !name.contains("/tests/") && !text.starts_with("//!")
        })
        .map(|(name, _)| name)
        .collect();
    assert!(mute.is_empty(), "without a `//!` doc at the top: {mute:?}");
}

/// Asserts that a sample at a place breaks exactly the rule whose message holds `what`.
fn breaks(name: &str, text: &str, what: &str) {
    let found = faults(&Sources::from([(name.to_owned(), text.to_owned())]));
    assert!(
        found.len() == 1 && found[0].contains(what),
        "{name} with {text:?} should break {what:?} once, got {found:?}"
    );
}

fn holds(name: &str, text: &str) {
    let found = faults(&Sources::from([(name.to_owned(), text.to_owned())]));
    assert!(found.is_empty(), "{name} with {text:?}: {found:?}");
}

#[test]
fn a_wrong_arrow_is_named() {
    breaks(
        "domain/stock/mod.rs",
        "\nuse crate::chat::Event;\n",
        "src/domain/stock/mod.rs:2: `domain` must not use `chat`",
    );
    breaks(
        "store/orders.rs",
        "use crate::{kernel::Money, app::Outcome};",
        "`store` must not use `app`",
    );
    breaks(
        "telegram/send.rs",
        "fn f() { crate::runtime::go() }",
        "`telegram` must not use `runtime`",
    );
    breaks(
        "sandbox/page.rs",
        "use crate::kernel;",
        "`sandbox` must not use `kernel`",
    );
    breaks(
        "app/turn.rs",
        "use super::super::telegram::send;",
        "`app` must not use `telegram`",
    );
    breaks(
        "runtime/tick.rs",
        "use crate::commands::run;",
        "`runtime` must not use `commands`",
    );
    breaks(
        "dialogue/flow.rs",
        "use crate::domain::cart::Cart;",
        "`dialogue` must not use `domain`",
    );
    breaks(
        "store/sessions.rs",
        "use crate::dialogue::Flow;",
        "only `dialogue::Session`",
    );
    holds("store/sessions.rs", "use crate::dialogue::Session;");
    holds(
        "domain/stock/mod.rs",
        "// use crate::chat::Event;\n#[cfg(test)]\nmod tests { use crate::chat::Event; }",
    );
    holds("shop/mod.rs", "const HELP: &str = \"crate::app::turn\";");
}

#[test]
fn a_domain_module_uses_lower_levels_only() {
    breaks(
        "domain/stock/mod.rs",
        "use crate::domain::orders::Order;",
        "level 2 must not use `orders`",
    );
    breaks(
        "domain/stock/mod.rs",
        "use crate::domain::credit::Account;",
        "level 2 must not use `credit`",
    );
    breaks(
        "domain/cart/price.rs",
        "use super::super::orders::Order;",
        "level 3 must not use `orders`",
    );
    holds(
        "domain/cart/price.rs",
        "use crate::domain::{catalogue::Item, stock::Level};",
    );
}

#[test]
fn a_word_out_of_place_is_named() {
    breaks(
        "runtime/tick.rs",
        "fn f(e: sqlx::Error) {}",
        "all SQL is in `store`",
    );
    breaks(
        "app/turn.rs",
        "fn f() { sql!(tx, exec, \"delete from orders\"); }",
        "all SQL is in `store`",
    );
    breaks(
        "runtime/send.rs",
        "use teloxide::Bot;",
        "the wire is in `telegram`",
    );
    breaks(
        "app/turn.rs",
        "fn f() { std::time::SystemTime::now(); }",
        "the clock is an argument",
    );
    breaks(
        "telegram/send.rs",
        "fn f() { tokio::time::Instant::now(); }",
        "the clock is an argument",
    );
    breaks(
        "shop/texts.rs",
        "fn f() { chrono::Utc::now(); }",
        "the clock is an argument",
    );
    breaks(
        "store/inbox.rs",
        "fn f() { getrandom::fill(&mut b); }",
        "chance is an argument",
    );
    breaks("shop/mod.rs", "use std::env;", "reads the environment");
    holds("store/seal.rs", "fn f() { getrandom::fill(&mut b); }");
    holds("store/db.rs", "use sqlx::Row;");
}

#[test]
fn a_pure_module_never_waits() {
    breaks(
        "domain/orders/mod.rs",
        "pub async fn place() {}",
        "never waits",
    );
    breaks("chat/view.rs", "use tokio::sync::mpsc;", "never waits");
    breaks("dialogue/flow.rs", "fn f() { x.await; }", "never waits");
}

#[test]
fn transactions_begin_and_end_at_the_edge() {
    breaks(
        "store/orders.rs",
        "fn f() { tx.commit() }",
        "begin and end transactions",
    );
    breaks(
        "app/access.rs",
        "fn f() { db.begin() }",
        "begin and end transactions",
    );
    holds("store/db.rs", "fn f() { tx.commit() }");
}

#[test]
fn a_turn_awaits_the_store_only() {
    breaks(
        "app/turn.rs",
        "async fn f() { tokio::time::sleep(a(1)).await; }",
        "awaits the store and nothing else, not `tokio::time::sleep`",
    );
    breaks(
        "app/turn.rs",
        "async fn f() { client.get(url).send().await?; }",
        "not `client.get().send`",
    );
    breaks("app/turn.rs", "async fn f(x: F) { x.await; }", "not `x`");
    breaks(
        "app/turn.rs",
        "async fn f() { Box::pin(tokio::time::sleep(a(1))).await; }",
        "not `tokio::time::sleep`",
    );
    breaks(
        "app/turn.rs",
        "fn f() -> Running<'_> { Box::pin(tokio::time::sleep(a(1))) }",
        "not `tokio::time::sleep`",
    );
    holds(
        "app/turn.rs",
        "async fn g() {} async fn f() { Box::pin(g(a(1), b,\n)).await?; }",
    );
    holds(
        "app/turn.rs",
        "async fn g() {} fn h() -> Running<'_> { Box::pin(g()) } async fn f() { h().await?; }",
    );
    holds(
        "app/turn.rs",
        "use crate::store::{self, carts}; async fn g() {} async fn f() { store::orders::get(tx, a(b)).await?; carts::find(tx)\n .await?; g().await; }",
    );
    holds(
        "app/turn.rs",
        "async fn f() { input.tx.savepoint().await; self.f(tx).await; }",
    );
}

#[test]
fn words_for_people_are_found() {
    breaks(
        "app/turn.rs",
        "const HELLO: &str = \"你好\";",
        "belong into `dialogues/`",
    );
    holds("app/turn.rs", "// 你好\n");
}
