//! Reads a `.chat` transcript. The format, by example:
//!
//! ```text
//! # A comment. Two spaces and a `#` begin one behind a step, too.
//! people: lin (en), wang (zh-CN), boss (en), kitchen: group of chef, cook
//! pack: retail                             # which shop is played; the restaurant without it
//! set: confirm = "staff"                 # a line of the shop's shop.toml
//! set: rules NAME                        # approval.toml is tests/conversations/rules/NAME.toml
//! set: role lee approver 500.00          # what somebody is, and how much they may approve
//! set: with delivery                     # the flow delivery is there too; also: no owner, no chats
//! lin: /start                            # or: /start {link}, {owner}, {table 5}
//! bot: Welcome to *                      # `*` = anything within the line; `...` = any lines
//!      A second line.
//!      [Menu] [Orders]                   # a row of buttons; listed = exactly these
//! sam: /start {link}                     # the newest link shown; or: {old link}, ever written
//! lin: tap Menu                          # the newest message with that button
//! lin: tap Accept* on "#1 *"             # ... whose first line is so
//! lin: tap Menu twice                    # or: 60 times
//! lin: forges x.1~1                      # callback data that no button has; `~*`: of now
//! lin: forges button ✅ 10 min           # ... that a button in any chat has
//! lin: tap old Menu                      # the first button of that label ever sent here
//! lin: floods 60                         # so many texts at once
//! toast "Added."                         # the answer to the tap; or: alert "…"; or: no toast
//! lin: says two milk teas
//! lee: replies no cheese left to "#1 *"  # to the newest message whose first line is so
//! lin: sends contact                     # own; or: foreign contact, location, photo, sticker, voice
//! lin: sends file order.csv "code,quantity\n…"       # a file of this text
//! lin: sends file order.csv as gbk "…"  # or: utf16, xlsx, png, bomb, 30 MB, 10000 rows
//! lin: edits two lemon teas              # changes the last message sent
//! chef in kitchen: tap Accept*
//! kitchen: sees "#1 *"                   # a message that came or changed since the last step
//!      ...                               #   (told apart by its first line)
//! chef in kitchen/bar: /queue            # in a topic of `kitchen: forum of chef`; it is opened
//! kitchen/bar: sees "#1 *"               #   when it is first named
//! lin: rings "#1 *"                      # ... and made a sound; or: silently "…", without one
//! lin in friends: asks kung pao          # types `@bot kung pao` there; nothing: `asks nothing`
//! finds: Kung pao chicken · ¥28 | Peanuts # what the bot offers: titles, what stands below
//!      Another *                         #   ... `nothing`; `(more)` stands for a further page
//!      [Open *]                          #   ... the button above
//! lin: asks on                           # the further page
//! lin in friends: picks Kung pao*        # posts that result there
//! posted: Kung pao chicken               # what it looks like
//! wang: edited "#1 *"                    # ... that was changed in place
//! lin: blocks                            # the bot; or: unblocks
//! chef: adds the bot to kitchen          # or: removes the bot from kitchen
//! kitchen: migrates                      # becomes a supergroup
//! clock +20m                             # or 30s, 2h: from one due timer to the next
//! clock +20m at once                     # the bot slept so long: all that is due is due together
//! restart                                # the bot is killed and started again
//! duplicate                              # Telegram delivers the next update twice
//! reload                                 # the shop's files are read again
//! file catalogue.toml: "a" -> "b"        # … after this change
//! account lin 500.00                     # lin, or a company by its id, has an account with this limit
//! books lin reimbursed -50.00 BANK-7     # staff book that on it: operation, amount, reference
//! lin: took 11 inputs, 1 typed           # since the last /start, which is one of those typed
//! lin: hears nothing                     # nothing else came or changed there since the last step
//! silent                                 # nothing was said to whoever acted last
//! ```
//!
//! If `bot:` screens follow a step they are all that was said, in order, in the chat of whoever
//! acted last. Without any, nothing is checked.

mod words;

use std::fmt;

use words::{file, quoted, span_ms, spelled_out, tap};

/// One line a person wrote or pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Says(String),
    /// Replies to the newest message of the bot whose first line is so.
    Replies {
        words: String,
        to: String,
    },
    Tap {
        label: String,
        on: Option<String>,
        times: usize,
    },
    Forges(String),
    /// Presses a button that somebody else has, or that is long gone, by its label.
    ForgesButton(String),
    /// Presses the first button ever sent to this chat with this label.
    TapOld(String),
    /// Sends so many texts without waiting.
    Floods(usize),
    Contact {
        own: bool,
    },
    Location,
    Photo,
    Sticker,
    Voice,
    File {
        name: String,
        how: String,
        words: String,
    },
    Edits(String),
    /// Types words behind the bot's name.
    Asks(String),
    /// Goes to the end of the results.
    AsksOn,
    /// Posts a result, by its title.
    Picks(String),
    Blocks,
    Unblocks,
    AddsBot(String),
    RemovesBot(String),
}

/// What a message should look like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screen {
    /// Patterns of lines; `...` stands for any lines.
    pub lines: Vec<String>,
    /// Rows of patterns of button labels; none = not looked at.
    pub rows: Vec<Vec<String>>,
}

/// One step of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Act {
        who: String,
        chat: Option<String>,
        act: Act,
    },
    Bot(Screen),
    Sees {
        chat: String,
        screen: Screen,
        edited: bool,
        /// Whether it must have made a sound; none: whichever.
        loud: Option<bool>,
    },
    Toast {
        text: String,
        alert: bool,
    },
    NoToast,
    /// What the bot offers for the last search.
    Finds(Screen),
    /// The result that was posted last.
    Posted(Screen),
    Clock(i64),
    ClockAtOnce(i64),
    Restart,
    Duplicate,
    Reload,
    File {
        path: String,
        from: String,
        to: String,
    },
    Account {
        whose: String,
        limit: String,
    },
    Books {
        whose: String,
        op: String,
        amount: String,
        reference: Option<String>,
    },
    Migrates(String),
    Silent,
    HearsNothing(String),
    /// What somebody did since they wrote /start: all of it, and what of it they typed.
    Took {
        who: String,
        inputs: usize,
        typed: usize,
    },
}

/// A person and the language of their app, or a group and its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cast {
    Person {
        name: String,
        language: String,
    },
    Group {
        name: String,
        members: Vec<String>,
        /// Whether it has topics.
        forum: bool,
    },
}

impl Script {
    /// What somebody did since they last wrote /start before a step, it included: how many
    /// inputs that were, and how many of them were typed.
    pub fn took(&self, before: usize, who: &str) -> (usize, usize) {
        let mut counts = (0, 0);
        for (_, step) in self.steps.iter().take(before).rev() {
            let Step::Act { who: by, act, .. } = step else {
                continue;
            };
            if by != who {
                continue;
            }
            let typed = matches!(
                act,
                Act::Says(_) | Act::Replies { .. } | Act::Edits(_) | Act::Floods(_)
            );
            counts.0 += match act {
                Act::Tap { times, .. } => *times,
                _ => 1,
            };
            counts.1 += usize::from(typed);
            if matches!(act, Act::Says(words) if words.starts_with("/start")) {
                break;
            }
        }
        counts
    }
}

/// A whole transcript.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// The pack whose shop is played.
    pub pack: String,
    pub people: Vec<Cast>,
    pub settings: Vec<String>,
    /// Each step with its line.
    pub steps: Vec<(usize, Step)>,
}

/// A line that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub line: usize,
    pub why: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

/// Reads a transcript.
pub fn parse(text: &str) -> Result<Script, Unreadable> {
    let mut script = Script {
        pack: "restaurant".into(),
        ..Script::default()
    };
    for (n, raw) in text.lines().enumerate() {
        let line = without_comment(raw).trim_end();
        let at = n + 1;
        let fail = |why: String| Unreadable { line: at, why };
        if line.trim().is_empty() {
            continue;
        }
        if line.starts_with(' ') {
            let screen = match script.steps.last_mut() {
                Some((
                    _,
                    Step::Bot(screen)
                    | Step::Finds(screen)
                    | Step::Posted(screen)
                    | Step::Sees { screen, .. },
                )) => screen,
                _ => return Err(fail("an indented line must follow `bot:` or `sees`".into())),
            };
            add_line(screen, line.trim());
        } else if let Some(rest) = line.strip_prefix("people:") {
            script.people = people(rest).map_err(fail)?;
        } else if let Some(rest) = line.strip_prefix("pack:") {
            script.pack = rest.trim().to_owned();
        } else if let Some(rest) = line.strip_prefix("set:") {
            script.settings.push(rest.trim().to_owned());
        } else {
            script.steps.push((at, step(line).map_err(fail)?));
        }
    }
    Ok(script)
}

fn without_comment(line: &str) -> &str {
    if line.starts_with('#') {
        return "";
    }
    line.find("  # ").map_or(line, |at| &line[..at])
}

fn add_line(screen: &mut Screen, line: &str) {
    if line.starts_with('[') && line.ends_with(']') {
        let inner = &line[1..line.len() - 1];
        screen
            .rows
            .push(inner.split("] [").map(str::to_owned).collect());
    } else {
        screen.lines.push(line.to_owned());
    }
}

fn people(text: &str) -> Result<Vec<Cast>, String> {
    let mut cast = Vec::new();
    let mut in_group = false;
    for part in text.split(',').map(str::trim) {
        let forum = part.split_once(": forum of ");
        if let Some((name, members)) = forum.or_else(|| part.split_once(": group of ")) {
            in_group = true;
            cast.push(Cast::Group {
                name: name.to_owned(),
                members: vec![members.trim().to_owned()],
                forum: forum.is_some(),
            });
        } else if let Some((name, language)) =
            part.strip_suffix(')').and_then(|p| p.split_once(" ("))
        {
            in_group = false;
            cast.push(Cast::Person {
                name: name.to_owned(),
                language: language.to_owned(),
            });
        } else if let (true, Some(Cast::Group { members, .. })) = (in_group, cast.last_mut()) {
            members.push(part.to_owned());
        } else {
            return Err(format!(
                "{part:?} is neither `name (language)` nor `name: group of a, b`"
            ));
        }
    }
    Ok(cast)
}

fn step(line: &str) -> Result<Step, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["restart"] => return Ok(Step::Restart),
        ["duplicate"] => return Ok(Step::Duplicate),
        ["reload"] => return Ok(Step::Reload),
        ["silent"] => return Ok(Step::Silent),
        ["no", "toast"] => return Ok(Step::NoToast),
        ["account", whose, limit] => {
            return Ok(Step::Account {
                whose: (*whose).to_owned(),
                limit: (*limit).to_owned(),
            });
        }
        ["books", whose, op, amount, reference @ ..] => {
            return Ok(Step::Books {
                whose: (*whose).to_owned(),
                op: (*op).to_owned(),
                amount: (*amount).to_owned(),
                reference: reference.first().map(|r| (*r).to_owned()),
            });
        }
        ["clock", span] => return Ok(Step::Clock(span_ms(span)?)),
        ["clock", span, "at", "once"] => return Ok(Step::ClockAtOnce(span_ms(span)?)),
        _ => {}
    }
    if let Some(text) = line.strip_prefix("toast ") {
        return Ok(Step::Toast {
            text: quoted(text)?,
            alert: false,
        });
    }
    if let Some(text) = line.strip_prefix("alert ") {
        return Ok(Step::Toast {
            text: quoted(text)?,
            alert: true,
        });
    }
    if let Some(rest) = line.strip_prefix("file ") {
        let (path, change) = rest.split_once(": ").ok_or("`file PATH: \"a\" -> \"b\"`")?;
        let (from, to) = change
            .split_once(" -> ")
            .ok_or("`file PATH: \"a\" -> \"b\"`")?;
        let whole = |s: &str| quoted(s).map(|s| s.replace("\\n", "\n").replace("\\\"", "\""));
        return Ok(Step::File {
            path: path.to_owned(),
            from: whole(from)?,
            to: whole(to)?,
        });
    }
    let (who, what) = line
        .split_once(':')
        .ok_or_else(|| format!("{line:?} is no step"))?;
    let what = what.trim();
    let shown: Option<fn(Screen) -> Step> = match who {
        "bot" => Some(Step::Bot),
        "finds" => Some(Step::Finds),
        "posted" => Some(Step::Posted),
        _ => None,
    };
    if let Some(step) = shown {
        let mut screen = Screen::default();
        add_line(&mut screen, what);
        return Ok(step(screen));
    }
    for (word, edited, loud) in [
        ("sees ", false, None),
        ("edited ", true, None),
        ("rings ", false, Some(true)),
        ("silently ", false, Some(false)),
    ] {
        if let Some(text) = what.strip_prefix(word) {
            let screen = Screen {
                lines: vec![quoted(text)?, "...".into()],
                rows: Vec::new(),
            };
            return Ok(Step::Sees {
                chat: who.to_owned(),
                screen,
                edited,
                loud,
            });
        }
    }
    if what == "hears nothing" {
        return Ok(Step::HearsNothing(who.to_owned()));
    }
    if what == "migrates" {
        return Ok(Step::Migrates(who.to_owned()));
    }
    if let Some(counts) = what.strip_prefix("took ") {
        let counts = counts.strip_suffix(" typed").and_then(|counts| {
            let (inputs, typed) = counts.split_once(" inputs, ")?;
            Some((inputs.parse().ok()?, typed.parse().ok()?))
        });
        let (inputs, typed) = counts.ok_or("took NUMBER inputs, NUMBER typed")?;
        return Ok(Step::Took {
            who: who.to_owned(),
            inputs,
            typed,
        });
    }
    let (who, chat) = match who.split_once(" in ") {
        Some((who, chat)) => (who, Some(chat.to_owned())),
        None => (who, None),
    };
    Ok(Step::Act {
        who: who.to_owned(),
        chat,
        act: act(what)?,
    })
}

fn act(what: &str) -> Result<Act, String> {
    if what.starts_with('/') {
        return Ok(Act::Says(what.to_owned()));
    }
    let simple = match what {
        "sends contact" => Some(Act::Contact { own: true }),
        "sends foreign contact" => Some(Act::Contact { own: false }),
        "sends location" => Some(Act::Location),
        "sends photo" => Some(Act::Photo),
        "sends sticker" => Some(Act::Sticker),
        "sends voice" => Some(Act::Voice),
        "asks nothing" => Some(Act::Asks(String::new())),
        "asks on" => Some(Act::AsksOn),
        "blocks" => Some(Act::Blocks),
        "unblocks" => Some(Act::Unblocks),
        _ => None,
    };
    if let Some(act) = simple {
        return Ok(act);
    }
    if let Some(rest) = what.strip_prefix("sends file ") {
        return file(rest);
    }
    let (verb, rest) = what
        .split_once(' ')
        .ok_or_else(|| format!("nobody can {what:?}"))?;
    match verb {
        "says" => Ok(Act::Says(spelled_out(rest))),
        "replies" => {
            let (words, to) = rest
                .split_once(" to \"")
                .ok_or("replies WORDS to \"first line\"")?;
            let to = to
                .strip_suffix('"')
                .ok_or("replies WORDS to \"first line\"")?;
            Ok(Act::Replies {
                words: words.to_owned(),
                to: to.to_owned(),
            })
        }
        "edits" => Ok(Act::Edits(rest.to_owned())),
        "asks" => Ok(Act::Asks(spelled_out(rest))),
        "picks" => Ok(Act::Picks(rest.to_owned())),
        "forges" => Ok(match rest.strip_prefix("button ") {
            Some(label) => Act::ForgesButton(label.to_owned()),
            None => Act::Forges(rest.to_owned()),
        }),
        "floods" => rest
            .parse()
            .map(Act::Floods)
            .map_err(|_| "floods NUMBER".into()),
        "tap" => match rest.strip_prefix("old ") {
            Some(label) => Ok(Act::TapOld(label.to_owned())),
            None => tap(rest),
        },
        "adds" => rest
            .strip_prefix("the bot to ")
            .map(|g| Act::AddsBot(g.to_owned()))
            .ok_or_else(|| "adds the bot to GROUP".into()),
        "removes" => rest
            .strip_prefix("the bot from ")
            .map(|g| Act::RemovesBot(g.to_owned()))
            .ok_or_else(|| "removes the bot from GROUP".into()),
        _ => Err(format!("nobody can {what:?}")),
    }
}

#[test]
fn a_transcript_is_read() {
    let script = parse(
        "# title\npack: retail\npeople: lin (en), kitchen: group of chef, cook\nset: a = 1  # why\nlin: /start\nbot: Hi *  # any\n     [A] [B]\n\nchef in kitchen: tap Accept* on \"#1 *\" twice\nkitchen: sees \"#1\"\n     [Ready]\ntoast \"ok\"\nclock +20m\nfile a.toml: \"x\" -> \"y\"\n",
    )
    .unwrap();
    assert_eq!(script.pack, "retail");
    assert_eq!(script.people.len(), 2);
    assert_eq!(script.settings, ["a = 1"]);
    assert_eq!(
        script.steps.iter().map(|(at, _)| *at).collect::<Vec<_>>(),
        [5, 6, 9, 10, 12, 13, 14]
    );
    assert_eq!(
        script.steps[1].1,
        Step::Bot(Screen {
            lines: vec!["Hi *".into()],
            rows: vec![vec!["A".into(), "B".into()]]
        })
    );
    assert_eq!(
        script.steps[2].1,
        Step::Act {
            who: "chef".into(),
            chat: Some("kitchen".into()),
            act: Act::Tap {
                label: "Accept*".into(),
                on: Some("#1 *".into()),
                times: 2
            }
        }
    );
    assert_eq!(script.steps[5].1, Step::Clock(1_200_000));
}

#[test]
fn inputs_are_counted_from_the_start() {
    let script = parse(
        "lin: says hello\nlin: /start\nbot: Hi\nlin: tap A twice\nwang: says no\nlin: sends contact\nlin: says Road 1\nlin: took 5 inputs, 2 typed",
    )
    .unwrap();
    let counted = Step::Took {
        who: "lin".into(),
        inputs: 5,
        typed: 2,
    };
    assert_eq!(script.steps[7].1, counted);
    assert_eq!(script.took(7, "lin"), (5, 2));
    assert_eq!(script.took(7, "wang"), (1, 1));
}

#[test]
fn a_line_that_means_nothing_is_named() {
    assert_eq!(
        parse("lin: /start\nlin: dances wildly").unwrap_err().line,
        2
    );
    assert_eq!(parse("     [A]").unwrap_err().line, 1);
    assert_eq!(parse("clock 20").unwrap_err().line, 1);
}
