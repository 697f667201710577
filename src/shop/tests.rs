//! Every kind of fault is found at its place: file, line, column.

use std::fs;
use std::path::Path;

use super::*;

mod cases;
mod credit_cases;
mod kinds;
mod language_cases;
mod rule_cases;
mod template_cases;

#[test]
fn every_pack_that_ships_is_sound() {
    for pack in Source::packs() {
        let source = Source::Pack(pack.to_owned());
        if let Err(faults) = Shop::load(&source) {
            panic!("{pack}:\n{faults}");
        }
    }
}

const SHOP: &str = r#"id = "tea"
name = { en = "Tea house", zh-CN = "茶馆" }
currency = "CNY"
zone = "Asia/Shanghai"
locales = ["en", "zh-CN"]
owner = 7

[[tax]]
class = "food"
percent = "6"

[hours]
mon = ["10:00-14:00", "17:00-22:00"]

[hold]
minutes = 15
warn = 3

[kitchen]
remind = 3
escalate = 6
limit = 20
reasons = ["busy"]

[chats]
kitchen = { chat = -1, topic = 2 }

[[staff]]
id = 8
roles = ["kitchen"]
"#;

const CATALOGUE: &str = r#"[[category]]
id = "tea"
name = { en = "Tea", zh-CN = "茶" }

[[item]]
id = "green"
category = "tea"
name = { en = "Green tea", zh-CN = "绿茶" }
price = "12.00"
tax = "food"
photo = "green.png"
contains = ["milk"]
groups = ["sugar"]
substitutes = ["black"]

[[item]]
id = "black"
category = "tea"
name = { en = "Black tea", zh-CN = "红茶" }
tax = "food"
groups = ["sugar"]

[[item.variant]]
id = "pot"
name = { en = "Pot", zh-CN = "壶" }
price = "20.00"

[[group]]
id = "sugar"
name = { en = "Sugar", zh-CN = "糖" }
min_units = 1
max_units = 1

[[group.choice]]
id = "none"
name = { en = "None", zh-CN = "无糖" }
price = "0.00"
default = 1
"#;

const FLOW: &str = r#"id = "pickup"
starts = ["menu"]

[[step]]
id = "items"
kind = "items"

[[step]]
id = "time"
kind = "choice"

[[step.choice]]
id = "asap"

[[step.choice]]
id = "later"

[[step]]
id = "name"
kind = "text"
pattern = "^[a-z]+$"
when = "answer.time == 'later' && order.total_minor > 100"

[[step]]
id = "review"
kind = "review"
"#;

const APPROVAL: &str = r#"remind = 5
escalate = 15
limit = 60
reasons = ["busy"]

[[rule]]
id = "large"
when = "order.total_minor > 50000"
need = [{ roles = ["manager"], quorum = 2 }, { roles = ["owner"] }]

[[rule]]
id = "late"
flows = ["pickup"]
when = "answer.time == 'later'"
outcome = "reject"
"#;

const EN: &str = "pickup = Pickup
pickup-items = Items
pickup-time = Time
pickup-time-ask = When?
pickup-time-example = now
pickup-time-asap = Now
pickup-time-later = Later
pickup-name = Name
pickup-name-ask = Your name?
pickup-name-example = li
reason-busy = too busy
tax-food = VAT
";

const TEMPLATES: &str = r#"[[template]]
id = "pair"
flow = "pickup"
people = { usual = 4 }

[[template.line]]
item = "green"
each = 2
quantity = 1
options = ["sugar/none"]
[[template.line]]
item = "black"
variant = "pot"
quantity = 2

# end
"#;

const RULE_TEXTS: &str = "rule-large = a large order
rule-late = too late
";

/// The beginning of a PNG of 8 by 8 pixels is enough: only Telegram looks at the rest.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x08\0\0\0\x08";

fn write(dir: &Path) {
    for sub in ["flows", "texts", "language"] {
        fs::create_dir(dir.join(sub)).unwrap();
    }
    for (path, text) in [
        ("shop.toml", SHOP),
        ("catalogue.toml", CATALOGUE),
        ("flows/pickup.toml", FLOW),
        ("texts/en.ftl", EN),
        ("texts/zh-CN.ftl", EN),
        ("faq.en.md", "# Where?\nHere.\n"),
    ] {
        fs::write(dir.join(path), text).unwrap();
    }
    fs::write(dir.join("green.png"), PNG).unwrap();
}

/// The little shop with an order made ready.
fn write_with_templates(dir: &Path) {
    write(dir);
    fs::write(dir.join("templates.toml"), TEMPLATES).unwrap();
    let flow = FLOW.replace("[\"menu\"]", "[\"menu\", \"template\"]");
    fs::write(dir.join("flows/pickup.toml"), flow).unwrap();
    for path in ["texts/en.ftl", "texts/zh-CN.ftl"] {
        fs::write(dir.join(path), format!("{EN}template-pair = For two\n")).unwrap();
    }
}

#[test]
fn the_little_shop_is_sound_with_orders_made_ready_too() {
    let dir = tempfile::tempdir().unwrap();
    write_with_templates(dir.path());
    match Shop::load(&Source::Folder(dir.path().to_owned())) {
        Ok(shop) => assert_eq!(shop.templates.len(), 1),
        Err(faults) => panic!("{faults}"),
    }
}

/// The little shop with rules of approval.
fn write_with_rules(dir: &Path) {
    write(dir);
    fs::write(dir.join("approval.toml"), APPROVAL).unwrap();
    for path in ["texts/en.ftl", "texts/zh-CN.ftl"] {
        fs::write(dir.join(path), format!("{EN}{RULE_TEXTS}")).unwrap();
    }
}

#[test]
fn the_little_shop_is_sound_with_rules_too() {
    let dir = tempfile::tempdir().unwrap();
    write_with_rules(dir.path());
    match Shop::load(&Source::Folder(dir.path().to_owned())) {
        Ok(shop) => assert_eq!(shop.approvals.rules.len(), 2),
        Err(faults) => panic!("{faults}"),
    }
}

#[test]
fn the_little_shop_is_sound() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path());
    if let Err(faults) = Shop::load(&Source::Folder(dir.path().to_owned())) {
        panic!("{faults}");
    }
}

#[test]
fn all_faults_are_told_in_one_run_and_sorted() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path());
    fs::write(
        dir.path().join("texts/en.ftl"),
        EN.replace("pickup = Pickup\n", ""),
    )
    .unwrap();
    fs::write(
        dir.path().join("flows/pickup.toml"),
        FLOW.replace("total_minor", "x"),
    )
    .unwrap();
    fs::write(
        dir.path().join("catalogue.toml"),
        CATALOGUE.replace("12.00", "x"),
    )
    .unwrap();
    fs::write(dir.path().join("shop.toml"), SHOP.replace("CNY", "ZZZ")).unwrap();
    let faults = Shop::load(&Source::Folder(dir.path().to_owned())).unwrap_err();
    let files: Vec<&str> = faults.0.iter().map(|fault| fault.file.as_str()).collect();
    assert!(files.is_sorted(), "{files:?}");
    for file in ["catalogue.toml", "flows/pickup.toml", "shop.toml"] {
        assert!(files.contains(&file), "{faults}");
    }
}

#[test]
fn a_folder_without_files_says_which_are_missing() {
    let dir = tempfile::tempdir().unwrap();
    let faults = Shop::load(&Source::Folder(dir.path().to_owned())).unwrap_err();
    assert!(
        faults
            .to_string()
            .contains("shop.toml:1:1: the file is missing"),
        "{faults}"
    );
}

#[test]
fn a_file_that_is_no_utf_8_is_named() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path());
    fs::write(dir.path().join("texts/en.ftl"), b"pickup = \xFF").unwrap();
    let faults = Shop::load(&Source::Folder(dir.path().to_owned())).unwrap_err();
    assert!(
        faults
            .to_string()
            .contains("texts/en.ftl:1:1: the file is not in UTF-8"),
        "{faults}"
    );
}

#[test]
fn words_mean_a_choice_by_its_label_in_any_language() {
    let shop = Shop::load(&Source::Pack("restaurant".to_owned())).unwrap();
    let step = shop.flow("pickup").unwrap().step("time").unwrap();
    for (words, id) in [
        ("in-45", Some("in-45")),
        ("AS SOON AS POSSIBLE!", Some("asap")),
        ("尽快", Some("asap")),
        ("30 分钟后", Some("in-30")),
        ("tomorrow", None),
        ("", None),
    ] {
        assert_eq!(shop.choice_of(step, words).as_deref(), id, "{words}");
    }
}

#[test]
fn a_reload_reads_the_folder_as_it_is_now() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path());
    let shop = Shop::load(&Source::Folder(dir.path().to_owned())).unwrap();
    fs::write(
        dir.path().join("shop.toml"),
        SHOP.replace("minutes = 15", "minutes = 30"),
    )
    .unwrap();
    assert_eq!(shop.reload().unwrap().hold.minutes, 30);
    fs::write(dir.path().join("shop.toml"), "x").unwrap();
    assert!(shop.reload().is_err());
    assert_eq!(shop.hold.minutes, 15);
}

#[test]
fn the_documents_examples_are_one_sound_shop() {
    let text = include_str!("../../docs/dialogues.md");
    let dir = tempfile::tempdir().unwrap();
    for sub in ["flows", "texts", "language"] {
        fs::create_dir(dir.path().join(sub)).unwrap();
    }
    let mut blocks = 0;
    for block in text.split("\n```").skip(1).step_by(2) {
        let (info, body) = block.split_once('\n').unwrap();
        if let Some((_, path)) = info.split_once(' ') {
            fs::write(dir.path().join(path), body).unwrap();
            blocks += 1;
        }
    }
    assert_eq!(blocks, 10);
    if let Err(faults) = Shop::load(&Source::Folder(dir.path().to_owned())) {
        panic!("{faults}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    #[test]
    fn a_damaged_file_never_panics_and_has_places_within_it(
        file in proptest::sample::select(vec!["shop.toml", "catalogue.toml", "flows/pickup.toml", "approval.toml", "templates.toml", "texts/en.ftl"]),
        at in proptest::prelude::any::<proptest::sample::Index>(),
        removed in 0_usize..30,
        added in proptest::sample::select(vec!["", "[", "\"", "'''", "{", "}", "=", "\n", "茶", "\u{0}", "<b>", "[[step]]", "{ $x ->", "\\u"]),
    ) {
        let dir = tempfile::tempdir().unwrap();
        if file == "templates.toml" {
            write_with_templates(dir.path());
        } else {
            write_with_rules(dir.path());
        }
        let path = dir.path().join(file);
        let chars: Vec<char> = fs::read_to_string(&path).unwrap().chars().collect();
        let at = at.index(chars.len());
        let rest = chars.iter().skip(at + removed);
        let text: String = chars[..at].iter().copied().chain(added.chars()).chain(rest.copied()).collect();
        fs::write(&path, &text).unwrap();
        if let Err(faults) = Shop::load(&Source::Folder(dir.path().to_owned())) {
            let lines = text.split('\n').count();
            for fault in faults.0.iter().filter(|fault| fault.file == file) {
                proptest::prop_assert!(fault.line <= lines, "{fault}");
            }
        }
    }
}
