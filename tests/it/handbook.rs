//! The handbook's first hour, done as its pages say: every command and every line of a file as
//! written there, every button by the label that the page gives, up to the first order handed
//! over. In each language; so the pages can't go stale.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use ks_order::sandbox::{Emulator, EmulatorConfig, GroupSpec, Msg, UserSpec};

use crate::support::probe::Probe;

const OWNER: i64 = 511;
const KITCHEN: i64 = -611;
const PATIENCE: Duration = Duration::from_secs(60);

const CALM: Duration = Duration::from_millis(600);

/// A page of the handbook.
struct Page(String);

/// What a page says to do in a chat.
#[derive(Debug, PartialEq, Eq)]
enum Deed {
    Tap(String),
    Say(String),
}

impl Page {
    fn read(locale: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = root.join(format!("docs/handbook/{locale}/first-hour.md"));
        Self(fs::read_to_string(path).unwrap())
    }

    /// The boxes with the words behind their opening marks.
    fn boxes(&self) -> Vec<(&str, &str)> {
        let boxes = self.0.split("\n```").skip(1).step_by(2);
        boxes.map(|text| text.split_once('\n').unwrap()).collect()
    }

    /// What stands below the heading with this number.
    fn section(&self, number: u32) -> &str {
        let start = self.0.find(&format!("\n## {number}. ")).unwrap();
        let section = &self.0[start + 1..];
        section.split("\n## ").next().unwrap()
    }

    /// Bold words are tapped, words in grey are sent.
    fn deeds(&self, number: u32) -> Vec<Deed> {
        let mut deeds = Vec::new();
        let mut rest = self.section(number);
        while let Some(at) = rest.find(['*', '`']) {
            let mark = if rest[at..].starts_with('`') {
                "`"
            } else {
                "**"
            };
            let (words, after) = rest[at + mark.len()..].split_once(mark).unwrap();
            deeds.push(match mark {
                "`" => Deed::Say(words.to_owned()),
                _ => Deed::Tap(words.to_owned()),
            });
            rest = after;
        }
        deeds
    }
}

/// A merchant at a computer and a phone.
struct Merchant {
    telegram: Emulator,
    home: tempfile::TempDir,
    bot: Option<Child>,
}

impl Merchant {
    fn new(language: &str) -> Self {
        let telegram = Emulator::start(EmulatorConfig::default()).unwrap();
        telegram.add_user(UserSpec::new(OWNER, "Li").language(language));
        telegram.add_group(GroupSpec::new(KITCHEN, "Kitchen", &[OWNER]));
        Self {
            telegram,
            home: tempfile::tempdir().unwrap(),
            bot: None,
        }
    }

    fn program(&self, line: &str) -> Command {
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), Some("ks-order"), "{line}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_ks-order"));
        command
            .env_clear()
            .env("TELOXIDE_API_URL", self.telegram.url())
            .current_dir(self.home.path())
            .stdin(Stdio::null())
            .args(words);
        command
    }

    fn enters(&self, line: &str) -> Output {
        self.program(line).output().unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join("my-shop").join(name)
    }

    fn edits(&self, name: &str, edit: impl Fn(String) -> String) {
        let before = fs::read_to_string(self.file(name)).unwrap();
        let after = edit(before.clone());
        assert_ne!(before, after, "{name} stays as it is");
        fs::write(self.file(name), after).unwrap();
    }

    /// Does what a box says.
    fn follows(&mut self, info: &str, body: &str) {
        let words: Vec<&str> = info.split(' ').collect();
        match words.as_slice() {
            // The program under test is installed already.
            ["sh", "once"] => assert_eq!(body, "cargo install --path ."),
            ["sh"] => {
                let done = self.enters(body);
                let said = String::from_utf8_lossy(&done.stdout).into_owned();
                assert!(done.status.success(), "{body}: {done:?}");
                if body.contains("check") {
                    assert!(said.contains("sound"), "{said}");
                }
            }
            ["sh", "env"] => {
                let sample = format!("# {body}");
                let token = format!("TELOXIDE_TOKEN={}", self.telegram.token());
                self.edits(".env", |text| text.replace(&sample, &token));
            }
            ["toml", "change", file] => {
                let key = body.split(' ').next().unwrap();
                self.edits(file, |text| {
                    // Near the top, as the page says: tables further down have keys of that name too.
                    let top = || text.lines().take_while(|line| !line.starts_with('['));
                    let is_key = |line: &&str| line.split(' ').next() == Some(key);
                    assert_eq!(top().filter(is_key).count(), 1, "{key} in {file}");
                    let line = top().find(is_key).unwrap();
                    text.replacen(line, body, 1)
                });
            }
            ["toml", "append", file] => self.edits(file, |text| format!("{text}\n{body}\n")),
            ["text", "fault", file, old, new] => {
                self.edits(file, |text| text.replacen(old, new, 1));
                let done = self.enters("ks-order check my-shop");
                assert_eq!(done.status.code(), Some(1));
                assert_eq!(String::from_utf8_lossy(&done.stdout).trim_end(), body);
                self.edits(file, |text| text.replacen(new, old, 1));
            }
            ["sh", "run"] => self.runs(body),
            ["sh", "stopped"] => {
                self.presses_ctrl_c();
                let done = self.enters(body);
                assert!(done.status.success(), "{done:?}");
            }
            _ => panic!("nobody knows what to do with a box of {info:?}"),
        }
    }

    /// Starts the bot and opens the link that it prints.
    fn runs(&mut self, line: &str) {
        let mut bot = self.program(line).stdout(Stdio::piped()).spawn().unwrap();
        let mut words = Vec::new();
        let mut byte = [0];
        let out = bot.stdout.as_mut().unwrap();
        while !(words.ends_with(b"\n") && String::from_utf8_lossy(&words).contains("start=")) {
            assert_eq!(out.read(&mut byte).unwrap(), 1, "the bot ended");
            words.push(byte[0]);
        }
        self.bot = Some(bot);
        let words = String::from_utf8(words).unwrap();
        let link = words.rsplit("start=").next().unwrap().trim();
        self.telegram.start_bot(OWNER, Some(link)).unwrap();
    }

    fn presses_ctrl_c(&mut self) {
        let mut bot = self.bot.take().unwrap();
        let id = bot.id().to_string();
        let asked = Command::new("kill").args(["-INT", &id]).status();
        assert!(asked.unwrap().success() && bot.wait().unwrap().success());
    }

    /// Waits for a message of the bot that holds these words.
    fn hears(&self, chat: i64, words: &str) {
        let found = self.telegram.block_for(PATIENCE, |telegram| {
            let messages = telegram.messages(chat, OWNER);
            messages
                .iter()
                .any(|message| message.from_bot && message.text.contains(words))
                .then_some(())
        });
        assert!(found.is_some(), "{words:?} never came: {}", self.sees(chat));
    }

    /// Does one thing and waits until the bot has answered to it.
    fn does(&self, chat: i64, deed: &Deed) {
        let before = self.telegram.messages(chat, OWNER);
        match deed {
            Deed::Say(words) if words == "/start" => {
                self.telegram.start_bot(chat, None).unwrap();
            }
            Deed::Say(words) => drop(self.telegram.say(chat, words).unwrap()),
            Deed::Tap(label) => {
                let tapped = self.telegram.block_for(PATIENCE, |telegram| {
                    let messages = telegram.messages(chat, OWNER);
                    let mut live = messages.iter().rev().filter(|m| m.from_bot && !m.deleted);
                    let newest = live.find(|message| !message.inline_keyboard.is_empty())?;
                    let button = buttons(newest).find(|button| button.3 == *label)?;
                    let (id, row, col, _) = button;
                    telegram.tap(OWNER, chat, id, row, col).ok()
                });
                assert!(tapped.is_some(), "no {label:?}: {}", self.sees(chat));
            }
        }
        let end = Instant::now() + PATIENCE;
        let (mut last, mut since) = (before.clone(), Instant::now());
        // What stands still and has changed is the answer; people look before they tap.
        while since.elapsed() < CALM || said(&last) == said(&before) {
            assert!(
                Instant::now() < end,
                "no answer to {deed:?}: {}",
                self.sees(chat)
            );
            std::thread::sleep(Duration::from_millis(20));
            let now = self.telegram.messages(chat, OWNER);
            if now != last {
                (last, since) = (now, Instant::now());
            }
        }
    }

    /// The last messages of a chat, for whoever reads a failure.
    fn sees(&self, chat: i64) -> String {
        let messages = self.telegram.messages(chat, OWNER);
        let last = messages.iter().rev().take(3).map(|message| {
            let labels: Vec<String> = buttons(message).map(|button| button.3).collect();
            format!("{:?} {labels:?}", message.text)
        });
        last.collect::<Vec<_>>().join("\n")
    }
}

fn buttons(message: &Msg) -> impl Iterator<Item = (i64, usize, usize, String)> + use<> {
    let id = message.id;
    let rows = message.inline_keyboard.clone().into_iter().enumerate();
    rows.flat_map(move |(row, buttons)| {
        let buttons = buttons.into_iter().enumerate();
        buttons.map(move |(col, button)| (id, row, col, button.text))
    })
}

/// What the bot has said.
fn said(messages: &[Msg]) -> Vec<&Msg> {
    messages.iter().filter(|message| message.from_bot).collect()
}

impl Drop for Merchant {
    fn drop(&mut self) {
        if let Some(mut bot) = self.bot.take() {
            drop(bot.kill());
            drop(bot.wait());
        }
    }
}

fn first_hour(locale: &str, language: &str) {
    let page = Page::read(locale);
    let mut merchant = Merchant::new(language);
    for (info, body) in page.boxes() {
        merchant.follows(info, body);
        if info != "sh run" {
            continue;
        }
        let quoted = page
            .section(7)
            .lines()
            .find_map(|line| line.strip_prefix("> "));
        merchant.hears(OWNER, quoted.unwrap());
        merchant.telegram.add_bot_to_group(KITCHEN, OWNER).unwrap();
        for (number, chat) in [(8, KITCHEN), (9, OWNER), (10, KITCHEN)] {
            let deeds = page.deeds(number);
            assert!(!deeds.is_empty(), "section {number} says nothing to do");
            for deed in deeds {
                merchant.does(chat, &deed);
            }
        }
        let url = format!("sqlite://{}", merchant.file("ks-order.db").display());
        let mut probe = Probe::new(&url);
        let ended = merchant.telegram.block_for(PATIENCE, |_| {
            let rows = probe.rows("select count(*), sum(state = 'completed') from orders")?;
            (rows == [(1, 1)]).then_some(())
        });
        assert!(ended.is_some(), "{}", merchant.sees(KITCHEN));
    }
    assert!(merchant.bot.is_none(), "the page stops what it has started");
}

#[test]
fn the_first_hour_in_english() {
    first_hour("en", "en");
}

#[test]
fn the_first_hour_in_chinese() {
    first_hour("zh-CN", "zh-hans");
}

/// Both pages have the same boxes, so that nobody follows an older one.
#[test]
fn both_pages_say_the_same() {
    let (english, chinese) = (Page::read("en"), Page::read("zh-CN"));
    assert_eq!(english.boxes(), chinese.boxes());
    for number in 8..=10 {
        assert_eq!(english.deeds(number).len(), chinese.deeds(number).len());
    }
    let sections = |page: &Page| page.0.matches("\n## ").count();
    assert_eq!(sections(&english), sections(&chinese));
}
