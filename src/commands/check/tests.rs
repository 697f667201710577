//! What `--diagram` and `--facts` print, for the packs and for a shop with awkward titles.

use std::collections::BTreeSet;
use std::fs;

use super::*;
use crate::commands::init;
use crate::dialogue::StepKind;
use crate::dialogue::facts::{FACTS, FUNCTIONS, OPERATORS};

fn packs() -> Vec<Shop> {
    let packs = Source::packs().into_iter();
    packs
        .map(|pack| Shop::load(&Source::Pack(pack.to_owned())).unwrap())
        .collect()
}

/// A label without its quotes; `None` if it would end early or mean something.
fn label(quoted: &str) -> Option<&str> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let plain = inner.replace("<br/>", "");
    let bad = plain.contains(['"', '<', '>', '&', '`', '\\', '\n']) || inner.is_empty();
    (!bad).then_some(inner)
}

/// Reads what we draw; what it does not know it refuses. Gives the nodes and the edges.
fn read(drawing: &str) -> (BTreeSet<String>, Vec<(String, String, String)>) {
    let mut lines = drawing.lines();
    assert_eq!(lines.next(), Some("flowchart TD"));
    let (mut nodes, mut edges) = (BTreeSet::new(), Vec::new());
    for line in lines {
        let line = line.trim();
        let arrow = [" -.->", " -->"]
            .iter()
            .find_map(|arrow| line.split_once(arrow));
        let Some((from, rest)) = arrow else {
            let at = line.find(['[', '(', '{']).expect(line);
            let (id, shape) = line.split_at(at);
            let inner = [("([", "])"), ("[", "]"), ("{", "}")]
                .iter()
                .find_map(|(open, close)| shape.strip_prefix(open)?.strip_suffix(close));
            assert!(label(inner.expect(line)).is_some(), "{line}");
            assert!(nodes.insert(id.to_owned()), "{line}");
            continue;
        };
        let (said, to) = match rest.strip_prefix('|') {
            Some(rest) => rest.rsplit_once("| ").expect(line),
            None => ("\" \"", rest.trim()),
        };
        let said = label(said).unwrap_or_else(|| panic!("{line}"));
        for from in from.split(" & ") {
            edges.push((from.to_owned(), said.to_owned(), to.to_owned()));
        }
    }
    for (from, _, to) in &edges {
        assert!(nodes.contains(from) && nodes.contains(to), "{from} to {to}");
    }
    (nodes, edges)
}

/// The drawings of a shop, by flow.
fn drawings(shop: &Shop, locale: &Locale) -> Vec<String> {
    let text = diagram::all(shop, locale);
    let found: Vec<String> = text
        .split("```mermaid\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect();
    assert_eq!(found.len(), shop.flows.len());
    found
}

#[test]
fn every_flow_of_every_pack_is_drawn_whole_in_every_language() {
    for shop in packs() {
        for locale in &shop.locales {
            let drawn = drawings(&shop, locale);
            for (flow, drawing) in shop.flows.iter().zip(&drawn) {
                let (nodes, edges) = read(drawing);
                let has = |from: &str, to: &str| {
                    edges
                        .iter()
                        .any(|(a, _, b)| (a.as_str(), b.as_str()) == (from, to))
                };
                for step in &flow.steps {
                    let id = format!("step_{}", step.id);
                    assert!(nodes.contains(&id) && has(&id, "cancelled"), "{id}");
                    let leaving = edges.iter().filter(|(from, ..)| *from == id);
                    let skips = leaving.filter(|(_, said, _)| said == &skip(&shop, locale));
                    assert_eq!(skips.count(), usize::from(step.optional), "{id}");
                    let when = nodes.contains(&format!("if_{}", step.id));
                    assert_eq!(when, step.when.is_some(), "{id}");
                    if step.kind == StepKind::Review {
                        assert!(has(&id, "placed"));
                    } else {
                        assert!(has("step_review", &id), "{id} can't be changed");
                    }
                }
                assert!(has("step_items", "home"));
            }
        }
    }
}

fn skip(shop: &Shop, locale: &Locale) -> String {
    let none = fluent_bundle::FluentArgs::new();
    shop.texts.shop_plain(locale, "button-skip", &none)
}

/// The restaurant with one file changed.
fn changed(file: &str, from: &str, to: &str) -> Shop {
    let dir = tempfile::tempdir().unwrap();
    let shop = dir.path().join("shop");
    init::write("restaurant", &shop).unwrap();
    let text = fs::read_to_string(shop.join(file)).unwrap();
    assert!(text.contains(from));
    fs::write(shop.join(file), text.replacen(from, to, 1)).unwrap();
    Shop::load(&Source::Folder(shop)).unwrap()
}

#[test]
fn no_title_and_no_condition_breaks_a_drawing() {
    let title = "pickup-name = \"Who\" & #1 <b>[x]</b> | { \"}\" } `y`";
    let titled = changed("texts/en.ftl", "pickup-name = Name", title);
    let when = "when     = \"order.total_minor >= 20000";
    let more = "when     = \"answer.name == '\\\"' || order.total_minor >= 20000";
    let ruled = changed("flows/pickup.toml", when, more);
    for (shop, words) in [
        (titled, "#34;Who#34; #38; #35;1 [x] | } #96;y#96;"),
        (ruled, "answer.name == '#34;' ||"),
    ] {
        let drawn = drawings(&shop, &"en".into());
        assert!(drawn.iter().any(|drawing| drawing.contains(words)));
        for drawing in &drawn {
            read(drawing);
        }
    }
}

#[test]
fn beyond_a_condition_both_ways_go_forth_and_back() {
    let shop = Shop::load(&Source::Pack("restaurant".to_owned())).unwrap();
    let at = shop
        .flows
        .iter()
        .position(|flow| flow.id == "pickup")
        .unwrap();
    let (_, edges) = read(&drawings(&shop, &"en".into())[at]);
    let edge = |from: &str, said: &str, to: &str| {
        edges.contains(&(from.to_owned(), said.to_owned(), to.to_owned()))
    };
    assert!(edge(
        "if_phone",
        "order.total_minor #62;= 20000",
        "step_phone"
    ));
    assert!(edge(
        "if_phone",
        "!(order.total_minor #62;= 20000)",
        "step_note"
    ));
    assert!(edge("step_note", "‹ Back", "step_phone"));
    assert!(edge("step_note", "‹ Back", "step_name"));
    assert!(!edge("step_note", "‹ Back", "step_time"));
}

#[test]
fn every_fact_answer_operator_and_function_is_listed() {
    for shop in packs() {
        let text = facts::all(&shop, &shop.locales[0]);
        for fact in FACTS {
            let name = format!("  {}.{} ", fact.record, fact.name);
            let line = text
                .lines()
                .find(|line| line.starts_with(&name))
                .expect(&name);
            assert!(line.ends_with(fact.meaning), "{line}");
        }
        for flow in &shop.flows {
            let part = text
                .split("\nAnswers in the flow ")
                .find(|part| part.starts_with(&flow.id));
            for step in flow.table().answers.keys() {
                let name = format!("  answer.{step} ");
                assert!(part.unwrap().contains(&name), "{name}");
            }
        }
        for form in OPERATORS.iter().chain(FUNCTIONS) {
            let line = text.lines().find(|line| line.ends_with(form.example));
            assert!(
                line.is_some_and(|line| line.contains(form.meaning)),
                "{}",
                form.name
            );
        }
        let total = text
            .lines()
            .find(|line| line.contains("order.total_minor "))
            .unwrap();
        assert!(total.contains(shop.currency.code()), "{total}");
    }
}

#[test]
fn a_language_that_the_shop_does_not_speak_is_refused() {
    let shop = Shop::load(&Source::Pack("restaurant".to_owned())).unwrap();
    assert_eq!(locale(&shop, None).unwrap(), shop.locales[0]);
    assert_eq!(locale(&shop, Some("zh-CN")).unwrap().as_str(), "zh-CN");
    let refused = locale(&shop, Some("fr")).unwrap_err().to_string();
    assert_eq!(refused, "the shop does not speak fr; it speaks: en, zh-CN");
}
