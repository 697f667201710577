//! The documents hold what they say: links lead somewhere, commands exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn documents() -> Vec<PathBuf> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() && !name.starts_with('.') && name != "target" {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "md") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new(env!("CARGO_MANIFEST_DIR")), &mut found);
    found
}

/// The targets of all `[text](target)` that name a file.
fn file_links(text: &str) -> Vec<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|target| {
            !target.contains("://") && !target.starts_with('#') && !target.contains(' ')
        })
        .map(|target| target.split('#').next().unwrap_or(target))
        .collect()
}

/// The words after `ks-order ` (or `cargo run … -- `) within code, that look like commands.
fn commands_shown(text: &str) -> BTreeSet<String> {
    let mut in_block = false;
    let mut shown = BTreeSet::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
            continue;
        }
        let code: Vec<&str> = if in_block {
            vec![line]
        } else {
            line.split('`').skip(1).step_by(2).collect()
        };
        for piece in code {
            for start in ["ks-order ", "cargo run --release -- "] {
                for (at, _) in piece.match_indices(start) {
                    let word: String = piece[at + start.len()..]
                        .chars()
                        .take_while(|c| c.is_ascii_lowercase() || *c == '-')
                        .collect();
                    if !word.is_empty() && !word.starts_with('-') {
                        shown.insert(word);
                    }
                }
            }
        }
    }
    shown
}

#[test]
fn links_lead_to_files() {
    let mut dead = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for link in file_links(&text) {
            if !document.parent().unwrap().join(link).exists() {
                dead.push(format!("{}: {link}", document.display()));
            }
        }
    }
    assert!(dead.is_empty(), "links to nothing:\n{}", dead.join("\n"));
}

#[test]
fn commands_shown_exist() {
    let help = Command::new(env!("CARGO_BIN_EXE_ks-order"))
        .arg("--help")
        .output()
        .unwrap();
    assert!(help.status.success(), "--help exits 0");
    let help = String::from_utf8(help.stdout).unwrap();
    let known: BTreeSet<&str> = help
        .lines()
        .filter_map(|l| l.strip_prefix("  ")?.split_whitespace().next())
        .collect();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        let unknown: Vec<String> = commands_shown(&text)
            .into_iter()
            .filter(|c| !known.contains(c.as_str()))
            .collect();
        assert!(
            unknown.is_empty(),
            "{} shows commands that `--help` doesn't know: {unknown:?}",
            document.display()
        );
    }
}

#[test]
fn the_readers_find_what_is_wrong() {
    assert_eq!(file_links("[a](b.md#c) [d](https://e) [f](#g)"), ["b.md"]);
    let text =
        "`ks-order fly DIR`\n```\ncargo run --release -- demo\nks-order --help\n```\nks-order run";
    assert_eq!(
        commands_shown(text),
        BTreeSet::from(["fly".to_owned(), "demo".to_owned()])
    );
}
