//! `ks-order parse` as a script meets it: messages in, JSON lines out, in order, whatever the
//! bytes; a menu file that is not sound gets one line with cause and cure.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

use crate::support::child::shop_folder;

const MENU: &str = r#"{
  "format": "order-bench-menu/1", "id": "stall", "name": "Stall", "language": "en",
  "categories": [
    {"id": "food", "name": "food", "aliases": []},
    {"id": "fruit", "name": "fruit", "aliases": []}
  ],
  "items": [
    {"id": "wrap", "category": "food", "name": "wrap", "aliases": ["tortilla wrap"], "groups": ["filling", "bread"]},
    {"id": "brew", "category": "food", "name": "brew", "aliases": ["coffee"], "groups": ["shots"]},
    {"id": "grape", "category": "fruit", "name": "grapes", "aliases": [], "groups": [],
     "units": [{"id": "kg", "name": "kg", "aliases": ["kilo"]}, {"id": "box", "name": "box", "aliases": []}]}
  ],
  "groups": [
    {"id": "filling", "name": "filling", "min": 0, "max": null, "quantifiable": true, "negatable": true,
     "choices": [
       {"id": "tuna", "name": "tuna", "aliases": []},
       {"id": "red_pepper", "name": "red pepper", "aliases": []},
       {"id": "green_pepper", "name": "green pepper", "aliases": []},
       {"id": "red_pepper|green_pepper", "name": "pepper", "aliases": [], "any_of": ["red_pepper", "green_pepper"]}
     ]},
    {"id": "bread", "name": "bread", "min": 0, "max": 1, "quantifiable": false, "negatable": false, "suffixes": ["bread"],
     "choices": [{"id": "rye", "name": "rye", "aliases": []}, {"id": "white", "name": "white", "aliases": []}]},
    {"id": "shots", "name": "shots", "min": 0, "max": null, "quantifiable": false, "negatable": false,
     "choices": [{"id": "shot", "name": "shot", "aliases": ["espresso shot"], "countable": true}]}
  ],
  "lexicon": {"numbers": {"a zillion": 7}, "quantifiers": [], "negation": []}
}"#;

fn command(args: &[&str], dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ks-order"));
    command
        .env_clear()
        .current_dir(dir)
        .arg("parse")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn fed(args: &[&str], dir: &Path, input: &[u8]) -> Output {
    let mut child = command(args, dir).spawn().unwrap();
    // One that refuses its menu does not read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn objects(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{output:?}");
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn stall() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("menu.json"), MENU).unwrap();
    dir
}

fn orders(input: &[u8], more: &[&str]) -> Vec<Value> {
    let dir = stall();
    let mut args = vec!["--menu", "menu.json"];
    args.extend(more);
    objects(&fed(&args, dir.path(), input))
}

fn lines(text: &str) -> Value {
    let mut all = orders(text.as_bytes(), &[]);
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0]["text"], text);
    all[0]["lines"].take()
}

#[test]
fn each_message_becomes_one_object_in_order() {
    let found = orders("a wrap\r\n\nhello\n2 brews\n一份wrap".as_bytes(), &[]);
    let texts: Vec<&str> = found.iter().map(|o| o["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["a wrap", "", "hello", "2 brews", "一份wrap"]);
    let items: Vec<&Value> = found.iter().map(|o| &o["lines"][0]["item"]).collect();
    assert_eq!(
        items,
        [
            &json!("wrap"),
            &Value::Null,
            &Value::Null,
            &json!("brew"),
            &json!("wrap")
        ]
    );
    assert_eq!(found[3]["lines"][0]["quantity"], json!(2));
    assert_eq!(found[0].as_object().unwrap().len(), 2, "{}", found[0]);
}

#[test]
fn what_a_menu_file_allows_is_understood_in_its_terms() {
    assert_eq!(
        lines("wrap with extra tuna, no pepper, on rye bread"),
        json!([{"item": "wrap", "quantity": 1, "options": [
            {"group": "filling", "choice": "tuna", "quantifier": "extra"},
            {"group": "filling", "choice": "red_pepper|green_pepper", "negated": true},
            {"group": "bread", "choice": "rye"}]}])
    );
    assert_eq!(
        lines("coffee with 2 espresso shots"),
        json!([{"item": "brew", "quantity": 1, "options": [
            {"group": "shots", "choice": "shot", "count": 2}]}])
    );
    assert_eq!(
        lines("300 g grapes"),
        json!([{"item": "grape", "quantity": 0.3, "unit": "kg", "options": []}])
    );
    assert_eq!(
        lines("two boxes of grapes"),
        json!([{"item": "grape", "quantity": 2, "unit": "box", "options": []}])
    );
}

#[test]
fn bytes_that_are_no_text_and_a_message_without_end_are_read_as_far_as_they_go() {
    let mut input = b"\xff\xfe two wraps \xc3\n".to_vec();
    input.extend("a wrap ".bytes());
    input.extend(std::iter::repeat_n(b'x', 1 << 20));
    input.extend(b"\n\0\x1b[2J wrap\n");
    let found = orders(&input, &["--explain"]);
    assert_eq!(found.len(), 3);
    for object in &found {
        assert_eq!(object["lines"][0]["item"], "wrap", "{object}");
    }
    assert_eq!(found[0]["lines"][0]["quantity"], 2);
    assert_eq!(found[1]["cut_after"], 4096);
    assert_eq!(found[1]["text"].as_str().unwrap().chars().count(), 4096);
    assert!(found[0].get("cut_after").is_none());
}

#[test]
fn explain_says_where_each_word_went() {
    let text = "two wraps with rye, and a blorptang 请";
    let found = orders(text.as_bytes(), &["--explain"]);
    let object = &found[0];
    assert_eq!(object["intent"], "order");
    let line = &object["lines"][0];
    assert!(line["score"].as_u64().unwrap() > 50, "{line}");
    assert_eq!(line["counted"], true);
    let spans = line["spans"].as_array().unwrap().iter();
    let unknown = object["unknown"].as_array().unwrap();
    assert_eq!(unknown[0]["words"], "blorptang", "{object}");
    let mut heard = Vec::new();
    for span in spans.chain(unknown) {
        let at = |key: &str| span[key].as_u64().unwrap() as usize;
        assert_eq!(&text[at("from")..at("to")], span["words"].as_str().unwrap());
        heard.push(span["words"].as_str().unwrap());
    }
    assert!(heard.contains(&"wraps"), "{heard:?}");
}

#[test]
fn who_waits_for_an_answer_gets_it_at_once() {
    let dir = stall();
    let mut child: Child = command(&["--menu", "menu.json"], dir.path())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for text in ["a wrap", "coffee"] {
        writeln!(input, "{text}").unwrap();
        // The input stays open: without a flush this would wait for ever.
        let mut answer = String::new();
        output.read_line(&mut answer).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["text"], text);
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn who_has_read_enough_is_no_error() {
    let dir = stall();
    let mut child = command(&["--menu", "menu.json"], dir.path())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    // It may stop before it has read all.
    let _ = input.write_all("a wrap\n".repeat(50_000).as_bytes());
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_menu_that_is_not_sound_is_refused_with_cause_and_cure() {
    for (from, to, says) in [
        (
            "order-bench-menu/1",
            "order-bench-menu/2",
            &["`order-bench-menu/2` is unknown", "order-bench-menu/1"][..],
        ),
        ("\"format\"", "\"form\"", &["no `format` is named"]),
        (
            "\"categories\": [",
            "\"categories\": [[",
            &["line 7", "mend the JSON"],
        ),
        (
            "\"items\"",
            "\"goods\"",
            &["missing field `items`", "see the format"],
        ),
        (
            "\"groups\": [\"shots\"]",
            "\"groups\": [\"shotz\"]",
            &["the item `brew` names the group `shotz`", "add the group"],
        ),
        (
            "\"category\": \"fruit\"",
            "\"category\": \"fruits\"",
            &["the item `grape` names the category `fruits`"],
        ),
        (
            "\"any_of\": [\"red_pepper\"",
            "\"any_of\": [\"blue_pepper\"",
            &["the group `filling` names the choice `blue_pepper`"],
        ),
        (
            "\"id\": \"brew\"",
            "\"id\": \"wrap\"",
            &["the item `wrap` is there twice", "rename"],
        ),
        (
            "\"id\": \"box\"",
            "\"id\": \"kg\"",
            &["the unit `kg` is there twice"],
        ),
        (
            "\"id\": \"brew\"",
            "\"id\": \" \"",
            &["the item number 2 has an empty id"],
        ),
        (
            "\"max\": 1",
            "\"max\": 0",
            &["the group `bread` takes no choice"],
        ),
        (
            MENU,
            "{\"format\":\"order-bench-menu/1\",\"items\":[]}",
            &["there is no item"],
        ),
        (MENU, "", &["line 1", "mend the JSON"]),
    ] {
        let dir = tempfile::tempdir().unwrap();
        assert!(MENU.contains(from), "{from}");
        fs::write(dir.path().join("menu.json"), MENU.replacen(from, to, 1)).unwrap();
        let output = fed(&["--menu", "menu.json"], dir.path(), b"a wrap\n");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(output.stdout.is_empty());
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains("menu.json"), "{said}");
        for word in says {
            assert!(said.contains(word), "no {word:?} in {said}");
        }
    }
}

#[test]
fn an_empty_name_is_told_and_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let menu = MENU.replacen("[\"coffee\"]", "[\"\", \"coffee\", \"  \"]", 1);
    fs::write(dir.path().join("menu.json"), menu).unwrap();
    let output = fed(&["--menu", "menu.json"], dir.path(), b"coffee\n\n \n");
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("`brew` has an empty name"), "{said}");
    let found = objects(&output);
    assert_eq!(found[0]["lines"][0]["item"], "brew");
    assert_eq!(found[1]["lines"], json!([]));
    assert_eq!(found[2]["lines"], json!([]));
}

#[test]
fn what_is_missing_on_the_command_line_is_told() {
    let dir = stall();
    for args in [
        &[][..],
        &["--menu", "none.json"],
        &["none"],
        &["--menu", "menu.json", "--stats", "none.txt"],
        &["--menu", "menu.json", "."],
    ] {
        let output = fed(args, dir.path(), b"");
        assert_eq!(output.status.code(), Some(2), "{args:?} {output:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn a_shops_folder_is_parsed_in_its_own_terms() {
    let shop = shop_folder(&[]);
    let input = "两份宫保鸡丁一份微辣\n500 g of fish\n";
    let found = objects(&fed(&["."], shop.path(), input.as_bytes()));
    assert_eq!(found.len(), 2);
    let kung_pao: Vec<&Value> = found[0]["lines"].as_array().unwrap().iter().collect();
    assert_eq!(kung_pao.len(), 2, "{}", found[0]);
    assert!(kung_pao.iter().all(|line| line["item"] == "kung-pao"));
}

#[test]
fn a_shop_adds_words_of_its_own() {
    let shop = shop_folder(&[]);
    let input = b"gizmo kung pao chicken\n";
    let heard = |shop: &Path| objects(&fed(&["."], shop, input))[0]["lines"][0]["quantity"].clone();
    assert_eq!(heard(shop.path()), json!(1));
    fs::create_dir(shop.path().join("language")).unwrap();
    let file = shop.path().join("language/en.toml");
    fs::write(&file, "[numbers]\ngizmo = \"7\"\n").unwrap();
    assert_eq!(heard(shop.path()), json!(7));
    fs::write(&file, "[numbers]\ngizmo = \"many\"\n").unwrap();
    let output = fed(&["."], shop.path(), input);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("ks-order check ."), "{said}");
}

#[test]
fn stats_say_what_is_not_understood_most_often() {
    let dir = stall();
    let messages =
        "a blorptang\ntwo wraps\n\na Blorptang and a wrap\nblorptang\nzzyzx qwop\nhello\n";
    fs::write(dir.path().join("past.txt"), messages).unwrap();
    let output = fed(
        &["--menu", "menu.json", "--stats", "past.txt"],
        dir.path(),
        b"",
    );
    assert!(output.status.success(), "{output:?}");
    let report = String::from_utf8(output.stdout).unwrap();
    let has = |what: &str, n: &str| {
        let line = report.lines().find(|line| line.starts_with(what));
        let line = line.unwrap_or_else(|| panic!("no {what} in {report}"));
        assert!(line.split_whitespace().any(|word| word == n), "{report}");
    };
    has("messages", "6");
    has("understood wholly", "2");
    has("understood in part", "1");
    has("not understood", "3");
    let top = report
        .lines()
        .find(|line| line.contains("lorptang"))
        .unwrap();
    assert!(top.trim_start().starts_with("3 "), "{report}");
    assert!(top.contains("(a blorptang)"), "{report}");
}
