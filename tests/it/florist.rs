//! A fourth trade from files alone: a florist, of which the product knows nothing, is written
//! into a folder, passes the check, and takes orders to their end in two languages.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::conversations::play_in;
use crate::support::bot::Setup;
use tempfile::TempDir;

/// The folder, file by file.
const FILES: &[(&str, &str)] = &[
    ("shop.toml", include_str!("florist/shop.toml")),
    ("catalogue.toml", include_str!("florist/catalogue.toml")),
    ("flows/bouquet.toml", include_str!("florist/bouquet.toml")),
    ("texts/en.ftl", include_str!("florist/en.ftl")),
    ("texts/zh-CN.ftl", include_str!("florist/zh-CN.ftl")),
];
const CHATS: [&str; 2] = ["en.chat", "zh-CN.chat"];

fn folder() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in FILES {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn plays_on(setup: &Setup) {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/florist");
    for (chat, number) in CHATS.into_iter().zip(11..) {
        let text = fs::read_to_string(home.join(chat)).unwrap();
        if let Err(why) = play_in(folder(), &text, number, setup) {
            panic!("{chat}: {why}");
        }
    }
}

#[test]
fn its_folder_passes_the_check() {
    let dir = folder();
    let done = Command::new(env!("CARGO_BIN_EXE_ks-order"))
        .arg("check")
        .arg(dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}");
    assert!(said.contains("2 items, 1 flows, 2 languages"), "{said}");
}

#[test]
fn it_takes_orders_on_sqlite() {
    plays_on(&Setup::sqlite());
}

#[test]
fn it_takes_orders_on_postgres() {
    if let Some(setup) = Setup::postgres() {
        plays_on(&setup);
    }
}

#[test]
fn the_product_knows_nothing_of_it() {
    fn look(dir: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, found);
            } else if let Ok(text) = fs::read_to_string(&path)
                && ["Peony", "芍药花坊", "bouquet-occasion", "anonymous-ask"]
                    .iter()
                    .any(|word| text.contains(word))
            {
                found.push(path.display().to_string());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    look(&root.join("src"), &mut found);
    look(&root.join("dialogues"), &mut found);
    assert!(found.is_empty(), "{found:?}");
}
