//! The stage of one transcript: people and groups in an emulator of their own, what they do,
//! and what was said to whom since.

mod inline;

use std::collections::BTreeMap;

use ks_order::sandbox::{
    ButtonKind, Emulator, EmulatorConfig, Fault, FaultScope, GroupSpec, Msg, SendOptions, TapId,
    UserSpec,
};

use super::files;
use super::screen::{Seen, difference, like, seen, written};
use super::script::{Act, Cast, Screen};
use inline::Search;

/// A message that came or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said {
    message: i64,
    edited: bool,
}

/// An emulator with people in it.
pub struct Stage {
    pub telegram: Emulator,
    /// Person or group by name.
    ids: BTreeMap<String, i64>,
    heard: u64,
    said: BTreeMap<i64, Vec<Said>>,
    /// The chat where the last act was done, and its topic.
    here: i64,
    here_topic: Option<i64>,
    /// Topics by name, as in `kitchen/bar`.
    topics: BTreeMap<String, i64>,
    /// Who may open topics in a group.
    owners: BTreeMap<i64, i64>,
    /// The topic where the kitchen works, if `set: topic NAME` says so.
    kitchen_topic: Option<String>,
    tap: Option<TapId>,
    /// What somebody looks for from any chat.
    search: Option<Search>,
    last_sent: BTreeMap<i64, i64>,
    /// What `{owner}` stands for: the payload of the owner's link.
    pub owner: Option<String>,
    /// Data of every button pressed in a group.
    pub pressed_in_groups: Vec<String>,
}

/// Taps of one button that are to come in one batch.
const MANY: usize = 20;

/// Keeps back what comes for the bot until the faults are cleared, so that many come at once on the
/// slowest machine too.
fn withhold(telegram: &Emulator) {
    let polls = FaultScope {
        method: Some("getUpdates".to_owned()),
        times: None,
        ..FaultScope::default()
    };
    telegram.faults().plan(Fault::Http5xx(502), polls);
}

impl Stage {
    /// Starts an emulator and puts the cast into it; the bot is in no group yet.
    ///
    /// Every stage has its own range of ids, so that mixed-up ones fail.
    pub fn new(cast: &[Cast], number: i64, now: Option<i64>) -> Self {
        let telegram = Emulator::start(EmulatorConfig {
            now,
            ..EmulatorConfig::default()
        })
        .unwrap();
        let mut ids = BTreeMap::new();
        for (n, member) in cast.iter().enumerate() {
            let id = number * 1_000 + i64::try_from(n).unwrap() + 1;
            if let Cast::Person { name, language } = member {
                ids.insert(name.clone(), id);
                let code = app_code(language);
                let first = name[..1].to_uppercase() + &name[1..];
                telegram.add_user(
                    UserSpec::new(id, first)
                        .language(code)
                        .phone(format!("+861390000{id:04}")),
                );
            }
        }
        let mut owners = BTreeMap::new();
        let first_language = cast.iter().find_map(|c| match c {
            Cast::Person { language, .. } => Some(language.as_str()),
            Cast::Group { .. } => None,
        });
        let app_language = first_language.map_or("en", app_code);
        for (n, member) in cast.iter().enumerate() {
            if let Cast::Group {
                name,
                members,
                forum,
            } = member
            {
                let id = -(number * 1_000 + i64::try_from(n).unwrap() + 1);
                for member in members {
                    if !ids.contains_key(member) {
                        let user = number * 1_000 + 500 + i64::try_from(ids.len()).unwrap();
                        ids.insert(member.clone(), user);
                        let first = member[..1].to_uppercase() + &member[1..];
                        telegram.add_user(UserSpec::new(user, first).language(app_language));
                    }
                }
                let people: Vec<i64> = members.iter().map(|m| ids[m]).collect();
                let title = name[..1].to_uppercase() + &name[1..];
                let mut spec = GroupSpec::new(id, title, &people);
                spec.forum = *forum;
                owners.extend(people.first().map(|owner| (id, *owner)));
                telegram.add_group(spec);
                ids.insert(name.clone(), id);
            }
        }
        Self {
            telegram,
            ids,
            heard: 0,
            said: BTreeMap::new(),
            here: 0,
            here_topic: None,
            topics: BTreeMap::new(),
            owners,
            kitchen_topic: None,
            tap: None,
            search: None,
            last_sent: BTreeMap::new(),
            owner: None,
            pressed_in_groups: Vec::new(),
        }
    }

    /// The id of a person or group, if the transcript names one so.
    pub fn find(&self, name: &str) -> Option<i64> {
        self.ids.get(name).copied()
    }

    /// The id of a person or group.
    pub fn id(&self, name: &str) -> Result<i64, String> {
        self.find(name)
            .ok_or_else(|| format!("nobody is called {name:?}"))
    }

    /// The names of all groups.
    pub fn groups(&self) -> Vec<String> {
        self.ids
            .iter()
            .filter(|(_, id)| **id < 0)
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// Where the kitchen works, as the shop's settings shall say.
    pub fn kitchen(&self) -> Result<(i64, Option<i64>), String> {
        let topic = self.kitchen_topic.as_ref();
        let topic = topic.and_then(|name| self.topics.get(name)).copied();
        Ok((self.id("kitchen")?, topic))
    }

    /// Lets the kitchen work in a topic of its forum.
    pub fn work_in_topic(&mut self, name: &str) -> Result<(), String> {
        let name = format!("kitchen/{name}");
        self.place(&name)?;
        self.kitchen_topic = Some(name);
        Ok(())
    }

    /// A chat by its name, or a topic in it, which is opened when it is first named.
    fn place(&mut self, name: &str) -> Result<(i64, Option<i64>), String> {
        let Some((group, topic)) = name.split_once('/') else {
            return Ok((self.id(name)?, None));
        };
        let chat = self.id(group)?;
        if let Some(known) = self.topics.get(name) {
            return Ok((chat, Some(*known)));
        }
        let owner = *self.owners.get(&chat).ok_or("the group has no owner")?;
        let opened = self
            .telegram
            .create_topic(chat, owner, topic)
            .map_err(|e| format!("{e:?}"))?;
        self.topics.insert(name.to_owned(), opened);
        Ok((chat, Some(opened)))
    }

    /// Does what a person does.
    pub fn act(&mut self, who: &str, chat: Option<&str>, act: &Act) -> Result<(), String> {
        let user = self.id(who)?;
        let (chat, topic) = chat.map_or(Ok((user, None)), |name| self.place(name))?;
        self.here = chat;
        self.here_topic = topic;
        self.tap = None;
        self.said.remove(&chat);
        let telegram = self.telegram.clone();
        let whole = |e: &dyn std::fmt::Debug| format!("{e:?}");
        match act {
            Act::Says(text) => {
                let text = self.filled_in(text)?;
                let id = telegram
                    .send_text(
                        user,
                        chat,
                        &text,
                        SendOptions {
                            thread: topic,
                            ..SendOptions::default()
                        },
                    )
                    .map_err(|e| whole(&e))?;
                self.last_sent.insert(user, id);
            }
            Act::Replies { words, to } => {
                let message = self
                    .newest(chat, user, |m| {
                        m.from_bot && seen(m).lines.first().is_some_and(|l| like(to, l))
                    })
                    .ok_or_else(|| format!("nothing begins with {to:?}"))?;
                let options = SendOptions {
                    thread: topic,
                    reply_to: Some(message.id),
                };
                telegram
                    .send_text(user, chat, words, options)
                    .map_err(|e| whole(&e))?;
            }
            Act::Tap { label, on, times } => {
                self.press(user, chat, label, on.as_deref(), *times)?
            }
            Act::Forges(data) => {
                let message = self.newest(chat, user, |m| m.from_bot).map_or(1, |m| m.id);
                let data = &self.as_of_now(chat, user, data);
                self.tap = Some(
                    telegram
                        .tap_raw(user, chat, message, data)
                        .map_err(|e| whole(&e))?,
                );
            }
            Act::ForgesButton(label) => {
                let (home, shown, data) = self
                    .ever_sent(label, None)
                    .pop()
                    .ok_or_else(|| format!("nobody has a button [{label}]"))?;
                let newest = self.newest(chat, user, |m| m.from_bot).map_or(1, |m| m.id);
                let message = if home == chat { shown } else { newest };
                self.tap = Some(
                    telegram
                        .tap_raw(user, chat, message, &data)
                        .map_err(|e| whole(&e))?,
                );
            }
            Act::TapOld(label) => {
                let found = self.ever_sent(label, Some(chat));
                let (_, message, data) = found
                    .first()
                    .ok_or_else(|| format!("there never was a button [{label}]"))?;
                self.tap = Some(
                    telegram
                        .tap_raw(user, chat, *message, data)
                        .map_err(|e| whole(&e))?,
                );
            }
            Act::Floods(count) => {
                withhold(&telegram);
                for n in 0..*count {
                    telegram.say(user, &format!("{n}")).map_err(|e| whole(&e))?;
                }
                telegram.faults().clear();
            }
            Act::Contact { own } => {
                let of = if *own {
                    None
                } else {
                    self.ids.values().copied().find(|id| *id > 0 && *id != user)
                };
                telegram
                    .share_contact(user, chat, of)
                    .map_err(|e| whole(&e))?;
            }
            Act::Location => drop(
                telegram
                    .share_location(user, chat, 31.2304, 121.4737)
                    .map_err(|e| whole(&e))?,
            ),
            Act::Photo => drop(
                telegram
                    .send_photo(user, chat, None, "", SendOptions::default())
                    .map_err(|e| whole(&e))?,
            ),
            Act::Sticker => drop(
                telegram
                    .send_sticker(user, chat, "🍜")
                    .map_err(|e| whole(&e))?,
            ),
            Act::Voice => drop(telegram.send_voice(user, chat, 4).map_err(|e| whole(&e))?),
            Act::File { name, how, .. } if how == "lost" => drop(
                telegram
                    .send_lost_document(user, chat, name)
                    .map_err(|e| whole(&e))?,
            ),
            Act::File { name, how, words } => {
                let bytes = files::bytes(how, words)?;
                telegram
                    .send_document(user, chat, name, &bytes)
                    .map_err(|e| whole(&e))?;
            }
            Act::Edits(text) => {
                let message = self
                    .last_sent
                    .get(&user)
                    .ok_or("nothing was sent that could be edited")?;
                telegram
                    .edit_text(user, chat, *message, text)
                    .map_err(|e| whole(&e))?;
            }
            Act::Asks(words) => self.search(user, chat, words)?,
            Act::AsksOn => self.search_on()?,
            Act::Picks(title) => self.pick(user, title)?,
            Act::Blocks => telegram.block(user).map_err(|e| whole(&e))?,
            Act::Unblocks => telegram.unblock(user).map_err(|e| whole(&e))?,
            Act::AddsBot(group) => {
                self.here = self.id(group)?;
                telegram
                    .add_bot_to_group(self.here, user)
                    .map_err(|e| whole(&e))?;
            }
            Act::RemovesBot(group) => {
                telegram
                    .remove_bot(self.id(group)?, user)
                    .map_err(|e| whole(&e))?;
            }
        }
        Ok(())
    }

    /// Data that ends in `~*` gets the version that the chat's newest buttons have.
    fn as_of_now(&self, chat: i64, user: i64, data: &str) -> String {
        let Some(path) = data.strip_suffix("~*") else {
            return data.to_owned();
        };
        let version = |m: &Msg| {
            let buttons = m.inline_keyboard.iter().flatten();
            buttons.into_iter().find_map(|b| match &b.kind {
                ButtonKind::Callback(data) => Some(data.rsplit_once('~')?.1.to_owned()),
                _ => None,
            })
        };
        let newest = self.newest(chat, user, |m| m.from_bot && version(m).is_some());
        let version = newest.and_then(|m| version(&m)).unwrap_or_default();
        format!("{path}~{version}")
    }

    /// `{link}` becomes the payload of the newest link that the bot wrote to anyone; `{old link}`
    /// that of the newest one ever written, whatever its message shows now.
    fn filled_in(&self, text: &str) -> Result<String, String> {
        let text = &text.replace("{owner}", self.owner.as_deref().unwrap_or("{owner}"));
        if text.contains("{old link}") {
            let calls = self.telegram.calls();
            let texts = calls.iter().rev().filter_map(|c| c.params["text"].as_str());
            let payload = texts.filter_map(payload_of).next();
            let payload = payload.ok_or("the bot never wrote a link")?;
            return Ok(text.replace("{old link}", &payload));
        }
        if !text.contains("{link}") {
            return Ok(text.to_owned());
        }
        let mut newest: Option<(i64, String)> = None;
        for id in self.ids.values() {
            for message in self
                .telegram
                .messages(*id, self.owners.get(id).copied().unwrap_or(*id))
                .iter()
                .filter(|m| m.from_bot || m.via_bot)
            {
                if let Some(payload) = payload_in(message)
                    && newest.as_ref().is_none_or(|(at, _)| *at <= message.date_ms)
                {
                    newest = Some((message.date_ms, payload));
                }
            }
        }
        let (_, payload) = newest.ok_or("the bot wrote no link")?;
        Ok(text.replace("{link}", &payload))
    }

    fn press(
        &mut self,
        user: i64,
        chat: i64,
        label: &str,
        on: Option<&str>,
        times: usize,
    ) -> Result<(), String> {
        let place = |m: &Msg| {
            m.inline_keyboard.iter().enumerate().find_map(|(r, row)| {
                row.iter()
                    .position(|b| like(label, &b.text))
                    .map(|c| (r, c))
            })
        };
        let message = self
            .newest(chat, user, |m| {
                m.from_bot
                    && place(m).is_some()
                    && (self.here_topic.is_none() || m.thread == self.here_topic)
                    && on.is_none_or(|on| seen(m).lines.first().is_some_and(|l| like(on, l)))
            })
            .ok_or_else(|| {
                format!(
                    "there is no button [{label}]:\n{}",
                    self.keyboards(chat, user)
                )
            })?;
        let Some((row, col)) = place(&message) else {
            return Err("the button is gone".into());
        };
        if chat < 0
            && let ButtonKind::Callback(data) = &message.inline_keyboard[row][col].kind
        {
            self.pressed_in_groups.push(data.clone());
        }
        if times > MANY {
            withhold(&self.telegram);
        }
        for _ in 0..times {
            let tap = self
                .telegram
                .tap(user, chat, message.id, row, col)
                .map_err(|e| format!("{e:?}"))?;
            self.tap = Some(tap);
        }
        if times > MANY {
            self.telegram.faults().clear();
        }
        Ok(())
    }

    /// Every button with this label that was ever sent (to `chat`): chat, message, data; oldest first.
    fn ever_sent(&self, label: &str, chat: Option<i64>) -> Vec<(i64, i64, String)> {
        let mut found = Vec::new();
        for call in self.telegram.calls().into_iter().filter(|c| c.accepted) {
            let markup = match &call.params["reply_markup"] {
                serde_json::Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
                other => other.clone(),
            };
            let to = call.params["chat_id"].as_i64().unwrap_or_default();
            let (Some(rows), Some(message)) =
                (markup["inline_keyboard"].as_array(), call.message_id)
            else {
                continue;
            };
            for button in rows.iter().filter_map(|r| r.as_array()).flatten() {
                let (text, data) = (button["text"].as_str(), button["callback_data"].as_str());
                if let (Some(text), Some(data)) = (text, data)
                    && like(label, text)
                    && chat.is_none_or(|c| c == to)
                {
                    found.push((to, message, data.to_owned()));
                }
            }
        }
        found
    }

    fn newest(&self, chat: i64, viewer: i64, wanted: impl Fn(&Msg) -> bool) -> Option<Msg> {
        self.telegram
            .messages(chat, viewer)
            .into_iter()
            .rev()
            .find(|m| !m.deleted && wanted(m))
    }

    /// The labels of the newest buttons in somebody's own chat.
    pub fn newest_labels(&self, who: &str) -> Vec<String> {
        let Some(id) = self.find(who) else {
            return Vec::new();
        };
        let newest = self.newest(id, id, |m| m.from_bot && !m.inline_keyboard.is_empty());
        let rows = newest.map(|m| m.inline_keyboard).unwrap_or_default();
        rows.into_iter().flatten().map(|b| b.text).collect()
    }

    fn keyboards(&self, chat: i64, viewer: i64) -> String {
        let messages = self.telegram.messages(chat, viewer);
        let with_keys = messages
            .iter()
            .rev()
            .filter(|m| !m.deleted && !m.inline_keyboard.is_empty());
        with_keys
            .take(3)
            .map(|m| written("bot: ", &seen(m)))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Notes what was said since the last time.
    pub fn listen(&mut self) {
        for call in self.telegram.calls_since(self.heard) {
            self.heard = call.n;
            let method = call.method.to_lowercase();
            let chat = &call.params["chat_id"];
            let chat = chat
                .as_i64()
                .or_else(|| chat.as_str().and_then(|s| s.parse().ok()));
            let (true, Some(chat), Some(message)) = (call.accepted, chat, call.message_id) else {
                continue;
            };
            let edited = match method.as_str() {
                "sendmessage" | "sendphoto" | "senddocument" | "sendlocation" => false,
                "editmessagetext" | "editmessagecaption" | "editmessagemedia" => true,
                _ => continue,
            };
            let list = self.said.entry(chat).or_default();
            let new_already = list.iter().any(|s| s.message == message && !s.edited);
            list.retain(|s| s.message != message || !s.edited);
            if !new_already {
                list.push(Said { message, edited });
            }
        }
    }

    fn shown(&self, chat: i64, message: i64) -> Option<Seen> {
        self.telegram
            .message(chat, message)
            .filter(|m| !m.deleted)
            .map(|m| seen(&m))
    }

    fn is_loud(&self, chat: i64, message: i64) -> bool {
        let message = self.telegram.message(chat, message);
        message.is_some_and(|message| !message.silent)
    }

    /// Everything said and not looked at in the chat of the last act.
    pub fn left_here(&mut self) -> Vec<Seen> {
        let here = self.here;
        let list = self.said.remove(&here).unwrap_or_default();
        list.iter()
            .filter_map(|s| self.shown(here, s.message))
            .collect()
    }

    /// The next thing said where the last act was done must look like `screen`.
    pub fn expect_here(&mut self, screen: &Screen) -> Result<(), String> {
        let here = self.here;
        let mut list = self.said.remove(&here).unwrap_or_default();
        list.retain(|s| self.shown(here, s.message).is_some());
        let topic = self.here_topic;
        let thread = |s: &Said| self.telegram.message(here, s.message)?.thread;
        let at = list
            .iter()
            .position(|s| topic.is_none() || thread(s) == topic);
        let Some((at, first)) = at.and_then(|at| Some((at, *list.get(at)?))) else {
            return Err("nothing was said".into());
        };
        let Some(shown) = self.shown(here, first.message) else {
            return Err("nothing was said".into());
        };
        if let Some(why) = difference(screen, &shown) {
            let all: Vec<String> = list
                .iter()
                .filter_map(|s| self.shown(here, s.message))
                .map(|s| written("bot: ", &s))
                .collect();
            return Err(format!("{why}; this was said:\n{}", all.join("\n")));
        }
        list.remove(at);
        self.said.insert(here, list);
        Ok(())
    }

    /// Something said in `chat` must look like `screen`.
    pub fn expect_there(
        &mut self,
        chat: &str,
        screen: &Screen,
        (edited, loud): (bool, Option<bool>),
    ) -> Result<(), String> {
        let (id, topic) = self.place(chat)?;
        let list = self.said.get(&id).cloned().unwrap_or_default();
        let thread = |s: &Said| self.telegram.message(id, s.message)?.thread;
        let found = list.iter().position(|s| {
            (s.edited || !edited)
                && (topic.is_none() || thread(s) == topic)
                && loud.is_none_or(|loud| self.is_loud(id, s.message) == loud)
                && self
                    .shown(id, s.message)
                    .is_some_and(|shown| difference(screen, &shown).is_none())
        });
        let Some(at) = found else {
            let all: Vec<String> = list
                .iter()
                .filter_map(|s| Some((s.edited, self.shown(id, s.message)?)))
                .map(|(edited, shown)| there(chat, edited, &shown))
                .collect();
            return Err(format!(
                "{chat} heard nothing like that, but:\n{}",
                all.join("\n")
            ));
        };
        if let Some(list) = self.said.get_mut(&id) {
            list.remove(at);
        }
        Ok(())
    }

    /// Nothing that was not looked at was said in `chat`.
    pub fn expect_nothing(&mut self, chat: &str) -> Result<(), String> {
        let id = self.id(chat)?;
        let list = self.said.remove(&id).unwrap_or_default();
        let all: Vec<String> = list
            .iter()
            .filter_map(|s| Some(there(chat, s.edited, &self.shown(id, s.message)?)))
            .collect();
        if all.is_empty() {
            return Ok(());
        }
        Err(format!("{chat} heard\n{}", all.join("\n")))
    }

    /// What the last tap was answered with: text and whether it was an alert.
    pub fn toast(&self) -> Option<(String, bool)> {
        let answer = self.telegram.answers(self.tap.as_ref()?)?;
        Some((answer.text, answer.alert)).filter(|(text, _)| !text.is_empty())
    }

    /// Whether the last tap was answered at all.
    pub fn tap_is_answered(&self) -> bool {
        self.tap
            .as_ref()
            .is_none_or(|tap| self.telegram.answers(tap).is_some())
    }

    /// Turns a group into a supergroup.
    pub fn migrate(&mut self, group: &str) -> Result<(), String> {
        let old = self.id(group)?;
        let new = self
            .telegram
            .migrate_group(old)
            .map_err(|e| format!("{e:?}"))?;
        self.ids.insert(group.to_owned(), new);
        Ok(())
    }

    /// All that was said and not looked at, as steps of a transcript.
    pub fn written_down(&mut self) -> String {
        let mut out = String::new();
        if let Some((text, alert)) = self.toast() {
            out.push_str(&format!(
                "{} \"{text}\"\n",
                if alert { "alert" } else { "toast" }
            ));
        }
        out.push_str(&self.search_written_down());
        for shown in self.left_here() {
            out.push_str(&written("bot: ", &shown));
            out.push('\n');
        }
        let said = std::mem::take(&mut self.said);
        for (chat, list) in said {
            let name = self
                .ids
                .iter()
                .find(|(_, id)| **id == chat)
                .map_or("somebody", |(name, _)| name);
            for s in list {
                if let Some(shown) = self.shown(chat, s.message) {
                    let thread = self.telegram.message(chat, s.message);
                    let thread = thread.and_then(|message| message.thread);
                    let topic = self.topics.iter().find(|(topic, id)| {
                        Some(**id) == thread && topic.split('/').next() == Some(name)
                    });
                    let name = topic.map_or(name, |(topic, _)| topic.as_str());
                    out.push_str(&there(name, s.edited, &shown));
                    out.push('\n');
                }
            }
        }
        out
    }
}

/// What the app of somebody who reads this language says of itself.
fn app_code(language: &str) -> &str {
    match language {
        "zh-CN" => "zh-hans",
        other => other,
    }
}

fn there(chat: &str, edited: bool, shown: &Seen) -> String {
    let verb = if edited { "edited" } else { "sees" };
    let first = shown.lines.first().map_or("", String::as_str);
    let rest = Seen {
        lines: std::iter::once(String::new())
            .chain(shown.lines.iter().skip(1).cloned())
            .collect(),
        rows: shown.rows.clone(),
    };
    format!("{chat}: {verb} \"{first}\"{}", written("", &rest))
}

fn payload_in(message: &Msg) -> Option<String> {
    let urls = message
        .inline_keyboard
        .iter()
        .flatten()
        .filter_map(|b| match &b.kind {
            ButtonKind::Url(url) => Some(url.as_str()),
            _ => None,
        });
    let links = message.entities.iter().filter_map(|e| e.url.as_deref());
    urls.chain(links)
        .chain(std::iter::once(message.text.as_str()))
        .find_map(payload_of)
}

fn payload_of(text: &str) -> Option<String> {
    let rest = text.split_once("?start=")?.1;
    Some(
        rest.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
            .collect(),
    )
}
