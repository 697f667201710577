//! Every kind of fault that `check` tells, planted one by one in the little shop: what is said,
//! word for word, with file, line and column. And no place in the code tells a fault that is not
//! planted here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::cases::CASES;
use super::credit_cases::CREDIT_CASES;
use super::language_cases::LANGUAGE_CASES;
use super::rule_cases::RULE_CASES;
use super::template_cases::TEMPLATE_CASES;
use super::*;
use crate::kernel::sites;

/// What is done to a file.
pub(super) enum Plant {
    /// The first such words become others; `""` is the whole of a new file.
    Text(&'static str, &'static str),
    /// The first such words become others, in several files.
    Texts(&'static [(&'static str, &'static str, &'static str)]),
    /// Before such words come others so many times, `#` in them counted from 1.
    Many(&'static str, &'static str, usize),
    /// It holds these bytes, and then so many zeros.
    Bytes(&'static [u8], usize),
    /// It is not there.
    Gone,
}

/// One planted fault.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) file: &'static str,
    pub(super) plant: Plant,
    /// All that `check` prints then; with a last line `…`, these lines among others, where `*` is
    /// any words: for what depends on how many texts the product has.
    pub(super) says: &'static [&'static str],
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap_or_default();
    assert!(text.contains(from), "{}: no {from:?}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

fn plant(dir: &Path, case: &Case) {
    let path = dir.join(case.file);
    match case.plant {
        Plant::Text(from, to) => change(&path, from, to),
        Plant::Texts(all) => {
            for (file, from, to) in all {
                change(&dir.join(file), from, to);
            }
        }
        Plant::Many(before, words, times) => {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(before), "{}: no {before:?}", case.name);
            let all: String = (1..=times)
                .map(|n| words.replace('#', &n.to_string()))
                .collect();
            fs::write(&path, text.replacen(before, &format!("{all}{before}"), 1)).unwrap();
        }
        Plant::Bytes(bytes, zeros) => {
            let mut all = bytes.to_vec();
            all.resize(bytes.len() + zeros, 0);
            fs::write(&path, all).unwrap();
        }
        Plant::Gone => fs::remove_file(&path).unwrap(),
    }
}

fn told(case: &Case) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    if case.file == "approval.toml" {
        write_with_rules(dir.path());
    } else if case.file == "templates.toml" || case.name.starts_with("template_") {
        write_with_templates(dir.path());
    } else {
        write(dir.path());
    }
    plant(dir.path(), case);
    match Shop::load(&Source::Folder(dir.path().to_owned())) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0.iter().map(Fault::to_string).collect(),
    }
}

fn is_as_said(told: &[String], says: &[&str]) -> bool {
    let Some(("…", some)) = says.split_last().map(|(last, some)| (*last, some)) else {
        return told == says;
    };
    let like = |told: &str, said: &str| match said.split_once('*') {
        Some((from, to)) => told.starts_with(from) && told.ends_with(to),
        None => told == said,
    };
    some.iter()
        .all(|said| told.iter().any(|told| like(told, said)))
}

#[test]
fn every_kind_of_fault_is_told_word_for_word_and_none_is_without_an_example() {
    let mut wrong = Vec::new();
    let cases = || {
        CASES
            .iter()
            .chain(RULE_CASES)
            .chain(CREDIT_CASES)
            .chain(TEMPLATE_CASES)
            .chain(LANGUAGE_CASES)
    };
    for case in cases() {
        let told = told(case);
        if !is_as_said(&told, case.says) {
            wrong.push(format!("{} says:\n{}", case.name, told.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let names: BTreeSet<&str> = cases().map(|case| case.name).collect();
    assert_eq!(names.len(), cases().count(), "a name is there twice");
    let seen = sites::all();
    let silent: Vec<String> = sites_in_source()
        .into_iter()
        .filter(|site| !seen.contains(site))
        .map(|(file, line)| format!("{file}:{line}"))
        .collect();
    assert!(
        silent.is_empty(),
        "these places tell a fault that no case in src/shop/tests/cases.rs plants:\n{}",
        silent.join("\n")
    );
}

/// Where the source tells a fault: by the methods that note one.
fn sites_in_source() -> sites::Sites {
    const TELLS: &[&str] = &[
        ".fault(",
        ".file(",
        "self.add(",
        ".note(",
        "ConditionFault::new(",
    ];
    /// They pass on what others tell.
    const PASS_ON: &[&str] = &[
        "self.page.fault(at, what, cure)",
        "self.book.note(Fault {",
        "self.note(Fault {",
        "self.faults.push(ConditionFault::new(offset, what, cure))",
    ];
    /// The catalogue's proof holds for any parts; these the reader of the file lets through never,
    /// and the catalogue's own tests show them.
    const NEVER_IN_FILES: &[&str] = &["if choice.max < 1 || choice.default < 0 {"];
    let mut found = sites::Sites::new();
    for file in sources() {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
        let lines: Vec<&str> = code.lines().collect();
        for (n, line) in lines.iter().enumerate() {
            let guarded = n > 0
                && NEVER_IN_FILES
                    .iter()
                    .any(|guard| lines[n - 1].contains(guard));
            let tells = TELLS.iter().any(|tell| line.contains(tell));
            let passes_on = PASS_ON.iter().any(|other| line.contains(other));
            let comment = line.trim_start().starts_with("//");
            if tells && !passes_on && !comment && !guarded {
                found.insert((file.clone(), u32::try_from(n + 1).unwrap()));
            }
        }
    }
    assert!(found.len() > 100, "{} places are too few", found.len());
    found
}

/// Where faults are told: all of the shop's readers, conditions, the catalogue's proof.
fn sources() -> Vec<String> {
    fn walk(dir: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path().to_str().unwrap().to_owned();
            if path.ends_with("/tests") || path.ends_with("tests.rs") {
                continue;
            }
            if Path::new(&path).is_dir() {
                walk(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut found = vec![
        "src/dialogue/condition.rs".to_owned(),
        "src/dialogue/condition/checker.rs".to_owned(),
        "src/domain/catalogue/problem.rs".to_owned(),
    ];
    walk("src/shop", &mut found);
    found
}
