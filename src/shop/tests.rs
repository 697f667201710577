//! Every kind of fault is found at its place: file, line, column.

use std::fs;
use std::path::Path;

use super::*;

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

/// The smallest PNG's beginning is enough: only Telegram looks at the rest.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

fn write(dir: &Path) {
    for sub in ["flows", "texts"] {
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

/// The faults of the little shop after one file was changed.
fn faults_after(file: &str, from: &str, to: &str) -> Vec<Fault> {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path());
    let path = dir.path().join(file);
    let text = fs::read_to_string(&path).unwrap_or_default();
    assert!(text.contains(from), "{file} has no {from:?}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    match Shop::load(&Source::Folder(dir.path().to_owned())) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0,
    }
}

/// One change gives one fault at this place, and says this.
#[track_caller]
fn check(file: &str, from: &str, to: &str, place: (&str, usize, usize), what: &str) {
    let faults = faults_after(file, from, to);
    let shown: Vec<String> = faults.iter().map(Fault::to_string).collect();
    let found = faults.iter().any(|fault| {
        (fault.file.as_str(), fault.line, fault.column) == place && fault.to_string().contains(what)
    });
    assert!(
        found,
        "wanted {place:?} {what:?}, got:\n{}",
        shown.join("\n")
    );
    assert!(
        faults.iter().all(|fault| !fault.cure.is_empty()),
        "a fault without a cure"
    );
}

#[test]
fn the_little_shop_is_sound() {
    let faults = faults_after("shop.toml", "owner = 7\n", "");
    assert!(faults.is_empty(), "{faults:?}");
}

macro_rules! faults {
    ($($name:ident: $file:literal, $from:expr => $to:expr, $place:expr, $what:literal;)*) => {
        $(#[test]
        fn $name() {
            check($file, $from, $to, $place, $what);
        })*
    };
}

faults! {
    // shop.toml
    broken_toml: "shop.toml", "owner = 7" => "owner = = 7", ("shop.toml", 6, 9), "broken TOML";
    unknown_key: "shop.toml", "owner = 7" => "ownr = 7", ("shop.toml", 6, 1), "`ownr` is unknown here; did you mean `owner`?";
    unknown_key_in_a_table: "shop.toml", "warn = 3" => "warm = 3", ("shop.toml", 17, 1), "did you mean `warn`?";
    key_twice: "shop.toml", "owner = 7" => "id = \"x\"", ("shop.toml", 6, 1), "duplicate key";
    missing_key: "shop.toml", "id = \"tea\"\n" => "", ("shop.toml", 1, 1), "`id` is missing";
    wrong_type: "shop.toml", "minutes = 15" => "minutes = \"15\"", ("shop.toml", 16, 11), "`minutes` is text, not a whole number";
    wrong_table_type: "shop.toml", "[[tax]]" => "[tax]", ("shop.toml", 8, 2), "[[tax]] in double brackets";
    out_of_range: "shop.toml", "minutes = 15" => "minutes = 0", ("shop.toml", 16, 11), "from 2 to 240";
    bad_currency: "shop.toml", "CNY" => "CNX", ("shop.toml", 3, 12), "there is no currency `CNX`; did you mean `CNY`?";
    bad_zone: "shop.toml", "Shanghai" => "Shangai", ("shop.toml", 4, 8), "did you mean `Asia/Shanghai`?";
    bad_tax: "shop.toml", "\"6\"" => "\"six\"", ("shop.toml", 10, 11), "`six` is no percentage";
    tax_twice: "shop.toml", "[hours]" => "[[tax]]\nclass = \"food\"\npercent = \"7\"\n[hours]", ("shop.toml", 13, 9), "there twice";
    bad_opening: "shop.toml", "10:00-14:00" => "10:00-25:00", ("shop.toml", 13, 8), "is no opening";
    overlapping_openings: "shop.toml", "17:00-22:00" => "13:00-22:00", ("shop.toml", 13, 23), "overlaps";
    late_warning: "shop.toml", "warn = 3" => "warn = 15", ("shop.toml", 17, 1), "warning comes before";
    kitchen_times: "shop.toml", "escalate = 6" => "escalate = 2", ("shop.toml", 19, 1), "out of order";
    unknown_purpose: "shop.toml", "kitchen = {" => "kichen = {", ("shop.toml", 26, 1), "did you mean `kitchen`?";
    unknown_role: "shop.toml", "[\"kitchen\"]" => "[\"cook\"]", ("shop.toml", 30, 10), "there is no role `cook`";
    bad_locale: "shop.toml", "\"zh-CN\"]" => "\"zh-CN\", \"?\"]", ("shop.toml", 5, 27), "is no language tag";
    name_in_one_language: "shop.toml", ", zh-CN = \"茶馆\"" => "", ("shop.toml", 2, 8), "`name` is missing in `zh-CN`";
    language_not_spoken: "shop.toml", "zh-CN = \"茶馆\"" => "zh-TW = \"茶館\"", ("shop.toml", 2, 28), "which the shop does not speak";
    text_of_a_reason: "shop.toml", "[\"busy\"]" => "[\"busy\", \"shut\"]", ("shop.toml", 23, 20), "the text `reason-shut` is missing in `en`";
    unknown_mode: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhok\"", ("shop.toml", 32, 8), "did you mean `webhook`?";
    webhook_without_address: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"", ("shop.toml", 31, 1), "`public_url` is missing";
    webhook_without_place: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\npublic_url = \"https://a.example/x\"", ("shop.toml", 31, 1), "`listen` is missing";
    webhook_listens_nowhere: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"localhost\"\npublic_url = \"https://a.example/x\"", ("shop.toml", 33, 10), "is no address to listen on";
    webhook_without_tls: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"http://a.example/x\"", ("shop.toml", 34, 14), "does not begin with https://";
    webhook_on_a_wrong_port: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example:8080/x\"", ("shop.toml", 34, 14), "to no port 8080";
    webhook_switched_off_is_checked_too: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"polling\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"http://a.example/x\"", ("shop.toml", 34, 14), "does not begin with https://";
    certificate_without_key: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_cert = \"green.png\"", ("shop.toml", 35, 12), "a certificate and its key";
    certificate_missing: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_cert = \"cert.pem\"\ntls_key = \"key.pem\"", ("shop.toml", 35, 12), "there is no file `cert.pem`";
    certificate_outside: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_cert = \"/etc/ssl/cert.pem\"\ntls_key = \"key.pem\"", ("shop.toml", 35, 12), "there is no file";
    certificate_is_a_picture: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_cert = \"green.png\"\ntls_key = \"green.png\"", ("shop.toml", 35, 12), "holds no certificate";
    key_is_a_picture: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_cert = \"green.png\"\ntls_key = \"green.png\"", ("shop.toml", 36, 11), "holds no private key";
    self_signed_without_certificate: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\ntls_self_signed = true", ("shop.toml", 35, 1), "no certificate to be self-signed";
    too_many_connections: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[receive]\nmode = \"webhook\"\nlisten = \"127.0.0.1:8443\"\npublic_url = \"https://a.example/x\"\nconnections = 101", ("shop.toml", 35, 15), "from 1 to 100";
    monitor_for_everybody: "shop.toml", "roles = [\"kitchen\"]" => "roles = [\"kitchen\"]\n[monitor]\nlisten = \"0.0.0.0:9090\"", ("shop.toml", 32, 10), "reached from elsewhere";
    // catalogue.toml
    bad_amount: "catalogue.toml", "12.00" => "12.005", ("catalogue.toml", 9, 9), "is no amount of CNY";
    no_price: "catalogue.toml", "price = \"12.00\"\n" => "", ("catalogue.toml", 5, 1), "`price` is missing";
    unknown_category: "catalogue.toml", "category = \"tea\"" => "category = \"tee\"", ("catalogue.toml", 7, 12), "did you mean `tea`?";
    unknown_group: "catalogue.toml", "groups = [\"sugar\"]" => "groups = [\"suger\"]", ("catalogue.toml", 13, 11), "did you mean `sugar`?";
    unknown_substitute: "catalogue.toml", "[\"black\"]" => "[\"blak\"]", ("catalogue.toml", 14, 16), "did you mean `black`?";
    unknown_tax_class: "catalogue.toml", "tax = \"food\"" => "tax = \"foot\"", ("catalogue.toml", 10, 7), "did you mean `food`?";
    duplicate_item: "catalogue.toml", "id = \"black\"" => "id = \"green\"", ("catalogue.toml", 17, 6), "`green` is there twice";
    id_over_a_buttons_bytes: "catalogue.toml", "id = \"black\"" => "id = \"black-tea-from-a-very-far-away-land\"", ("catalogue.toml", 17, 6), "button's 64";
    unsatisfiable_group: "catalogue.toml", "min_units = 1\nmax_units = 1" => "min_units = 2\nmax_units = 2", ("catalogue.toml", 29, 6), "can't be answered";
    contradicting_limits: "catalogue.toml", "min_units = 1" => "min_units = 2", ("catalogue.toml", 29, 6), "contradict";
    too_much_preselected: "catalogue.toml", "default = 1" => "default = 2", ("catalogue.toml", 35, 6), "preselects more";
    circle_of_groups: "catalogue.toml", "default = 1" => "default = 1\ngroups = [\"sugar\"]", ("catalogue.toml", 29, 6), "opens itself";
    photo_missing: "catalogue.toml", "green.png" => "gren.png", ("catalogue.toml", 11, 9), "there is no picture";
    photo_outside: "catalogue.toml", "green.png" => "../green.png", ("catalogue.toml", 11, 9), "there is no picture";
    photo_is_text: "catalogue.toml", "green.png" => "shop.toml", ("catalogue.toml", 11, 9), "neither a JPEG nor a PNG";
    name_too_long: "catalogue.toml", "\"Green tea\"" => "\"Green tea green tea green tea green tea green tea green tea g\"", ("catalogue.toml", 8, 1), "would be cut off";
    unknown_allergen: "catalogue.toml", "[\"milk\"]" => "[\"mlik\"]", ("catalogue.toml", 12, 13), "the text `allergen-mlik` is missing";
    // flows
    unknown_kind: "flows/pickup.toml", "kind = \"text\"" => "kind = \"txt\"", ("flows/pickup.toml", 20, 8), "did you mean `text`?";
    duplicate_step: "flows/pickup.toml", "id = \"name\"" => "id = \"time\"", ("flows/pickup.toml", 19, 6), "`time` is there twice";
    duplicate_choice: "flows/pickup.toml", "id = \"later\"" => "id = \"asap\"", ("flows/pickup.toml", 16, 6), "`asap` is there twice";
    bad_step_id: "flows/pickup.toml", "id = \"name\"" => "id = \"your-name\"", ("flows/pickup.toml", 19, 6), "is no id";
    no_choice: "flows/pickup.toml", "\n[[step.choice]]\nid = \"asap\"\n\n[[step.choice]]\nid = \"later\"" => "", ("flows/pickup.toml", 8, 1), "nobody can leave it";
    no_review: "flows/pickup.toml", "\n[[step]]\nid = \"review\"\nkind = \"review\"" => "", ("flows/pickup.toml", 1, 1), "no step of kind `review`";
    unreachable_after_the_review: "flows/pickup.toml", "kind = \"review\"" => "kind = \"review\"\n[[step]]\nid = \"phone\"\nkind = \"phone\"", ("flows/pickup.toml", 28, 6), "never reached";
    never_true: "flows/pickup.toml", "answer.time == 'later' && order.total_minor > 100" => "false", ("flows/pickup.toml", 22, 9), "never reached";
    condition_on_a_later_answer: "flows/pickup.toml", "kind = \"choice\"" => "kind = \"choice\"\nwhen = \"answer.name == 'x'\"", ("flows/pickup.toml", 11, 9), "asked later";
    condition_on_an_unknown_choice: "flows/pickup.toml", "== 'later'" => "== 'latter'", ("flows/pickup.toml", 22, 9), "did you mean `later`?";
    broken_expression: "flows/pickup.toml", "> 100" => ">", ("flows/pickup.toml", 22, 54), "can't be read";
    unknown_fact: "flows/pickup.toml", "total_minor" => "totl", ("flows/pickup.toml", 22, 40), "`order` has no `totl`";
    unknown_function: "flows/pickup.toml", "order.total_minor > 100" => "nosuch(1)", ("flows/pickup.toml", 22, 41), "there is no function `nosuch`";
    wrong_operands: "flows/pickup.toml", "> 100" => "> 'x'", ("flows/pickup.toml", 22, 53), "does not work on";
    broken_pattern: "flows/pickup.toml", "^[a-z]+$" => "^[a-z+$", ("flows/pickup.toml", 21, 11), "the pattern can't be read";
    flow_text_missing: "flows/pickup.toml", "id = \"pickup\"" => "id = \"pickup\"\ntitle = \"collect\"", ("flows/pickup.toml", 2, 9), "the text `collect` is missing in `zh-CN`";
    second_flow_of_the_same_id: "flows/zero.toml", "" => FLOW, ("flows/zero.toml", 1, 6), "is in flows/pickup.toml too";
    // texts
    broken_ftl: "texts/en.ftl", "pickup-time = Time" => "pickup-time Time", ("texts/en.ftl", 3, 13), "broken text file";
    text_without_words: "texts/en.ftl", "pickup-time = Time" => "pickup-time =", ("texts/en.ftl", 3, 1), "has no words";
    text_missing_in_one_language: "texts/zh-CN.ftl", "pickup-name = Name\n" => "", ("flows/pickup.toml", 19, 6), "the text `pickup-name` is missing in `zh-CN`";
    text_twice: "texts/en.ftl", "pickup-time = Time" => "pickup-time = Time\npickup = Time", ("texts/en.ftl", 4, 1), "is there twice";
    differing_variables: "texts/zh-CN.ftl", "pickup = Pickup" => "pickup = Pickup { $n }", ("texts/zh-CN.ftl", 1, 1), "differs from `en` in $n";
    variable_nobody_gives: "texts/en.ftl", "tax-food = VAT" => "tax-food = VAT\norder-reason = { $raeson }", ("texts/en.ftl", 13, 1), "did you mean `reason`?";
    unused_text: "texts/en.ftl", "tax-food = VAT" => "tax-food = VAT\nbutton-bakc = Back", ("texts/en.ftl", 13, 1), "did you mean `button-back`?";
    broken_html: "texts/en.ftl", "pickup-time-ask = When?" => "pickup-time-ask = <b>When?", ("texts/en.ftl", 4, 1), "<b> is never closed";
    unknown_reference: "texts/en.ftl", "pickup-time-ask = When?" => "pickup-time-ask = { whn }", ("texts/en.ftl", 4, 1), "refers to `whn`";
    label_too_long: "texts/en.ftl", "pickup-time-asap = Now" => "pickup-time-asap = Now now now now now now now now now now now now now now now now", ("texts/en.ftl", 6, 1), "would be cut off";
    texts_of_a_language_not_spoken: "texts/fr.ftl", "" => "pickup = À emporter", ("texts/fr.ftl", 1, 1), "does not speak `fr`";
    question_without_answer: "faq.en.md", "Here." => "", ("faq.en.md", 1, 1), "without an answer";
    words_before_the_first_question: "faq.en.md", "# Where?" => "Hello\n# Where?", ("faq.en.md", 1, 1), "before the first question";
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
    for sub in ["flows", "texts"] {
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
    assert_eq!(blocks, 6);
    if let Err(faults) = Shop::load(&Source::Folder(dir.path().to_owned())) {
        panic!("{faults}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    #[test]
    fn a_damaged_file_never_panics_and_has_places_within_it(
        file in proptest::sample::select(vec!["shop.toml", "catalogue.toml", "flows/pickup.toml", "texts/en.ftl"]),
        at in proptest::prelude::any::<proptest::sample::Index>(),
        removed in 0_usize..30,
        added in proptest::sample::select(vec!["", "[", "\"", "'''", "{", "}", "=", "\n", "茶", "\u{0}", "<b>", "[[step]]", "{ $x ->", "\\u"]),
    ) {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path());
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
