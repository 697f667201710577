//! Runs every transcript of `tests/conversations/` on both databases, over HTTP against an
//! emulator of its own, and then asks whether everything the product can say was said.
//!
//! A failure prints what was really said in the transcript's own form. With `KS_ORDER_WRITE=DIR`
//! the transcripts are played without looking at what they expect, and written to DIR with what
//! was said: a first draft to be read and corrected, never to be taken over unread. With
//! `KS_ORDER_ONLY=NAME` one transcript is played and nothing else is asked.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::accounts::account_of;
use crate::support::bot::{Bot, Setup};
use crate::support::child::pack_folder;
use crate::support::record::{Record, missing};
use crate::support::screen::written;
use crate::support::script::{Act, Script, Step, parse};
use crate::support::stage::Stage;
use tempfile::TempDir;

/// How many transcripts run side by side; they mostly wait.
const SIDE_BY_SIDE: usize = 6;
/// The most statements that a turn may take, the engine's own included.
const STATEMENTS: u64 = 12;
/// The most that an order on account may take besides.
const ON_ACCOUNT: u64 = 2;

fn transcripts() -> Vec<(String, String)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations");
    let mut all: Vec<(String, String)> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "chat"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    all
}

/// Plays one transcript; what is wrong with it, or what occurred.
fn play(
    text: &str,
    number: i64,
    setup: &Setup,
    draft: Option<&mut String>,
) -> Result<Record, String> {
    let script = parse(text).map_err(|e| e.to_string())?;
    let mut stage = Stage::new(&script.people, number, None);
    for setting in &script.settings {
        if let Some(topic) = setting.strip_prefix("topic ") {
            stage.work_in_topic(topic)?;
        }
    }
    let mut bot = Bot::start(setup, pack_folder(&script.pack), &script, &stage)?;
    bot.settle(&stage)?;
    let result = match draft {
        Some(draft) => write(text, &script, &mut stage, &mut bot, draft),
        None => follow(&script, &mut stage, &mut bot),
    };
    result.and_then(|()| bot.finish(&stage))
}

/// Plays a transcript of a shop that is no pack.
pub fn play_in(folder: TempDir, text: &str, number: i64, setup: &Setup) -> Result<(), String> {
    let script = parse(text).map_err(|e| e.to_string())?;
    let mut stage = Stage::new(&script.people, number, None);
    let mut bot = Bot::start(setup, folder, &script, &stage)?;
    bot.settle(&stage)?;
    follow(&script, &mut stage, &mut bot)?;
    bot.finish(&stage).map(drop)
}

/// Plays a script on a stage that is set.
pub fn follow(script: &Script, stage: &mut Stage, bot: &mut Bot) -> Result<(), String> {
    let mut looked = false;
    for (n, (line, step)) in script.steps.iter().enumerate() {
        let at = |why: String| format!("line {line}: {why}");
        if !matches!(
            step,
            Step::Bot(_)
                | Step::Sees { .. }
                | Step::Finds(_)
                | Step::Posted(_)
                | Step::Toast { .. }
                | Step::NoToast
                | Step::Silent
                | Step::HearsNothing(_)
                | Step::Took { .. }
        ) {
            if looked {
                nothing_else(stage).map_err(at)?;
            }
            looked = false;
        }
        match step {
            Step::Bot(screen) => {
                looked = true;
                stage.expect_here(screen).map_err(at)?;
            }
            Step::Sees {
                chat,
                screen,
                edited,
                loud,
            } => stage
                .expect_there(chat, screen, (*edited, *loud))
                .map_err(at)?,
            Step::Toast { text, alert } => toast(stage, text, *alert).map_err(at)?,
            Step::Finds(screen) => stage.expect_found(screen).map_err(at)?,
            Step::Posted(screen) => stage.expect_posted(screen).map_err(at)?,
            Step::NoToast => {
                if let Some((text, _)) = stage.toast() {
                    return Err(at(format!("the tap was answered with \"{text}\"")));
                }
            }
            Step::HearsNothing(chat) => stage.expect_nothing(chat).map_err(at)?,
            Step::Took { who, inputs, typed } => {
                let (all, words) = script.took(n, who);
                if (all, words) != (*inputs, *typed) {
                    return Err(at(format!("{who} took {all} inputs, {words} typed")));
                }
            }
            Step::Silent => {
                looked = false;
                nothing_else(stage).map_err(at)?;
            }
            other => perform(other, stage, bot).map_err(at)?,
        }
    }
    if looked { nothing_else(stage) } else { Ok(()) }
}

/// Does what is not a look, and waits until the bot has nothing left to do.
fn perform(step: &Step, stage: &mut Stage, bot: &mut Bot) -> Result<(), String> {
    if let Step::Act {
        act: Act::Says(text),
        ..
    } = step
        && text.contains("{owner}")
        && stage.owner.is_none()
    {
        stage.owner = Some(bot.owner_link()?);
    }
    match step {
        Step::Act { who, chat, act } => {
            let act = match act {
                Act::Says(text) => &Act::Says(bot.with_tables(text)?),
                other => other,
            };
            stage.act(who, chat.as_deref(), act)?;
        }
        Step::Clock(ms) => bot.advance(stage, *ms)?,
        Step::ClockAtOnce(ms) => bot.advance_at_once(stage, *ms)?,
        Step::Restart => bot.restart(stage)?,
        Step::Duplicate => {
            bot.duplicate_next(stage);
            return Ok(());
        }
        Step::Reload => bot.reload()?,
        Step::File { path, from, to } => return bot.change_file(path, from, to),
        Step::Account { whose, limit } => {
            bot.open_account(&account_of(whose, stage.find(whose)), limit)?;
        }
        Step::Books {
            whose,
            op,
            amount,
            reference,
        } => {
            let id = account_of(whose, stage.find(whose));
            bot.book(&id, (op, amount), reference.as_deref())?;
        }
        Step::Migrates(group) => stage.migrate(group)?,
        Step::Bot(_)
        | Step::Sees { .. }
        | Step::Finds(_)
        | Step::Posted(_)
        | Step::Toast { .. }
        | Step::NoToast
        | Step::Silent
        | Step::HearsNothing(_)
        | Step::Took { .. } => return Ok(()),
    }
    bot.settle(stage)?;
    if let Step::Act {
        who,
        act: Act::Says(text),
        ..
    } = step
        && text == "/reload"
    {
        // The folder is read after the turn; its word comes in a turn of its own.
        bot.wait_for_word(stage, stage.id(who)?)?;
    }
    stage.listen();
    Ok(())
}

fn nothing_else(stage: &mut Stage) -> Result<(), String> {
    let left = stage.left_here();
    if left.is_empty() {
        return Ok(());
    }
    let all: Vec<String> = left.iter().map(|s| written("bot: ", s)).collect();
    Err(format!(
        "before this line, this was said too:\n{}",
        all.join("\n")
    ))
}

fn toast(stage: &Stage, text: &str, alert: bool) -> Result<(), String> {
    match stage.toast() {
        None => Err("the tap was answered with nothing".into()),
        Some((said, was_alert))
            if was_alert != alert || !crate::support::screen::like(text, &said) =>
        {
            let kind = if was_alert { "alert" } else { "toast" };
            Err(format!("the tap was answered with {kind} \"{said}\""))
        }
        Some(_) => Ok(()),
    }
}

/// Plays the acts of a transcript and writes down what is said.
fn write(
    text: &str,
    script: &Script,
    stage: &mut Stage,
    bot: &mut Bot,
    draft: &mut String,
) -> Result<(), String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut next = 0;
    for (line, step) in &script.steps {
        let is_look = matches!(
            step,
            Step::Bot(_)
                | Step::Sees { .. }
                | Step::Finds(_)
                | Step::Posted(_)
                | Step::Toast { .. }
                | Step::NoToast
                | Step::Silent
                | Step::HearsNothing(_)
        );
        // What was counted stays: nobody says it, and so nothing would bring it back.
        let is_count = matches!(step, Step::Took { .. });
        while next < *line {
            let kept = lines[next].starts_with('#')
                || lines[next].is_empty()
                || next + 1 == *line
                || next < script.steps[0].0 - 1;
            if kept && !(is_look && next + 1 == *line) && !lines[next].starts_with(' ') {
                draft.push_str(lines[next]);
                draft.push('\n');
            }
            next += 1;
        }
        if !is_look && !is_count {
            if let Err(why) = perform(step, stage, bot) {
                draft.push_str(&format!("# !! {}\n", why.replace('\n', "\n# ")));
            }
            draft.push_str(&stage.written_down());
        }
    }
    Ok(())
}

fn run_all(setup: &Setup) {
    let only = std::env::var("KS_ORDER_ONLY").ok();
    let write_to = std::env::var_os("KS_ORDER_WRITE").map(PathBuf::from);
    let all: Vec<_> = transcripts()
        .into_iter()
        .filter(|(name, _)| only.as_ref().is_none_or(|o| name.contains(o.as_str())))
        .collect();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let record = Mutex::new(Record::default());
    std::thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    let Some((name, text)) = all.get(n) else {
                        break;
                    };
                    let number = i64::try_from(n).unwrap() + 11;
                    let mut draft = write_to.as_ref().map(|_| String::new());
                    match play(text, number, setup, draft.as_mut()) {
                        Ok(one) => record.lock().unwrap().add(one),
                        Err(why) => failures.lock().unwrap().push(format!("{name}.chat, {why}")),
                    }
                    if let (Some(dir), Some(draft)) = (&write_to, draft) {
                        fs::create_dir_all(dir).unwrap();
                        fs::write(dir.join(format!("{name}.chat")), draft).unwrap();
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    let all_of_it = only.is_none() && write_to.is_none();
    let record = record.into_inner().unwrap();
    println!(
        "{} statements in {} turns, at most {} in one and {} for an account",
        record.statements, record.turns, record.worst, record.worst_on_account
    );
    assert!(
        record.worst <= STATEMENTS,
        "a turn took {} statements",
        record.worst
    );
    assert!(
        record.worst_on_account <= ON_ACCOUNT,
        "a turn took {} statements for an account",
        record.worst_on_account
    );
    let never = if all_of_it {
        missing(&record)
    } else {
        BTreeSet::new()
    };
    let list: Vec<String> = never.into_iter().collect();
    assert!(
        failures.is_empty() && list.is_empty(),
        "{} of {} transcripts fail:\n\n{}\n\n{} things never occurred:\n{}",
        failures.len(),
        all.len(),
        failures.join("\n\n"),
        list.len(),
        list.join("\n")
    );
}

#[test]
fn on_sqlite() {
    run_all(&Setup::sqlite());
}

#[test]
fn on_postgres() {
    if let Some(setup) = Setup::postgres() {
        run_all(&setup);
    }
}
