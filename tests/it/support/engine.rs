//! A small shop of one conversation, an emulator and the engine between them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ks_order::app::{Internal, Outcome, TimerChange, TurnError, TurnInput};
use ks_order::chat::inline::Page;
use ks_order::chat::{
    Action, Encoding, Event, EventKind, FileFault, Message, MessageButton, Out, Post, Read,
};
use ks_order::dialogue::Session;
use ks_order::kernel::{ChatId, Locale};
use ks_order::runtime::{Clock, Engine, EngineConfig, Handler};
use ks_order::sandbox::{Emulator, EmulatorConfig, GroupSpec, Msg, UserSpec};
use ks_order::store::Db;
use ks_order::telegram::client::Client;
use ks_order::telegram::pacing::Pacing;

use super::db::TestDb;

/// How long a test waits for what must come.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// The owner, who hears of dead letters.
pub const OWNER: i64 = 1;
/// A picture of one pixel.
pub const PICTURE: &[u8] = include_bytes!("pixel.png");

/// What the test's shop heard.
#[derive(Debug, Default)]
pub struct Shop {
    heard: Mutex<Vec<Event>>,
}

impl Shop {
    /// Every event that a turn began with, retries included.
    pub fn heard(&self) -> Vec<EventKind> {
        self.heard
            .lock()
            .unwrap()
            .iter()
            .map(|event| event.kind.clone())
            .collect()
    }
}

fn say(chat: ChatId, html: String) -> Out {
    Post::Say {
        chat,
        topic: None,
        view: Message {
            html,
            ..Message::default()
        },
        loud: true,
    }
}

fn card(event: &Event, version: i64, fresh: bool, photo: bool) -> Out {
    Post::Card {
        chat: event.chat,
        topic: event.topic,
        card: "ses".into(),
        version,
        view: Message {
            html: format!("card {version}"),
            photo: photo.then(|| ks_order::chat::Photo::Shop("pixel.png".to_owned())),
            rows: vec![vec![MessageButton {
                label: "More".into(),
                action: Action::Data(format!("more.{version}")),
            }]],
            reply: None,
        },
        fresh,
        loud: false,
    }
}

/// A file of a hundred lines, the same for whoever asks.
fn file(chat: ChatId) -> Option<Out> {
    let file = ks_order::chat::Document::new("lines.csv".into(), "text/csv", lines());
    Some(Post::File {
        chat,
        topic: None,
        view: Message {
            html: "your file".to_owned(),
            ..Message::default()
        },
        file: file?,
        loud: false,
    })
}

/// What is in that file.
pub fn lines() -> Vec<u8> {
    (0..100)
        .flat_map(|n| format!("{n},x\r\n").into_bytes())
        .collect()
}

/// The order's card takes over the message of the living one.
fn become_order(event: &Event, n: i64) -> Option<Out> {
    let Post::Card { chat, view, .. } = card(event, n, false, false) else {
        return None;
    };
    Some(Post::Become {
        chat,
        from: "ses".into(),
        card: "order".into(),
        version: 1,
        view,
    })
}

impl Handler for Shop {
    /// Counts what a person said and says the count with it. Some words do more.
    async fn turn(&self, input: TurnInput<'_>) -> Result<Outcome, TurnError> {
        self.heard.lock().unwrap().push(input.event.clone());
        let event = &input.event;
        let mut session = input.session.unwrap_or(Session::new(Locale::from("en")));
        session.card += 1;
        let n = session.card;
        let mut outcome = Outcome::default();
        match &event.kind {
            EventKind::Words { text, .. } => match text.split_once(' ').unwrap_or((text, "")) {
                ("panic", _) => panic!("on purpose"),
                ("slow", _) => tokio::time::sleep(Duration::from_secs(3600)).await,
                ("corrupt", _) => return Err(TurnError::Corrupt("an order without lines".into())),
                ("card", _) => outcome.out.push(card(event, n, false, false)),
                ("fresh", _) => outcome.out.push(card(event, n, true, false)),
                ("become", _) => outcome.out.extend(become_order(event, n)),
                ("file", _) => outcome.out.extend(file(event.chat)),
                ("photo", _) => outcome.out.push(card(event, n, false, true)),
                ("badphoto", _) => {
                    let mut post = card(event, n, false, false);
                    if let Post::Card { view, .. } = &mut post {
                        view.photo = Some(ks_order::chat::Photo::Shop("soup.png".to_owned()));
                    }
                    outcome.out.push(post);
                }
                ("newphoto", _) => outcome.out.push(card(event, n, true, true)),
                ("later", key) => outcome.timers.push(TimerChange::Set {
                    kind: "ring",
                    key: key.to_owned(),
                    due: input.now.plus(60_000),
                    lane: input.lane.to_owned(),
                }),
                ("never", key) => outcome.timers.push(TimerChange::Cancel {
                    kind: "ring",
                    key: key.to_owned(),
                }),
                ("tell", rest) => {
                    let (to, text) = rest.split_once(' ').unwrap();
                    let chat = ChatId(to.parse().unwrap());
                    outcome.internal.push(Internal {
                        lane: to.to_owned(),
                        event: Event {
                            chat,
                            private: true,
                            topic: None,
                            sender: None,
                            kind: EventKind::Words {
                                text: text.to_owned(),
                                reply_to: None,
                            },
                        },
                    });
                }
                _ => outcome.out.push(say(event.chat, format!("{n}: {text}"))),
            },
            EventKind::Command(name, argument) => {
                outcome
                    .out
                    .push(say(event.chat, format!("{n}: /{name} {argument}")));
            }
            EventKind::Press(_) => outcome.out.push(card(event, n, false, false)),
            EventKind::TooFast { .. } => outcome.out.push(say(event.chat, "too fast".into())),
            EventKind::Timer { kind, .. } if kind == "alerts" => return Ok(outcome),
            EventKind::Timer { key, .. } => {
                outcome
                    .out
                    .push(say(event.chat, format!("{n}: ring {key}")));
            }
            EventKind::Document { file, .. } => outcome.out.push(Post::Fetch {
                chat: event.chat,
                file: file.clone(),
                most: 1 << 20,
            }),
            EventKind::Inline(query) => {
                outcome.out.push(Post::Found(Page {
                    query_id: query.id.clone(),
                    found: Vec::new(),
                    next: String::new(),
                    button: None,
                }));
                return Ok(outcome);
            }
            EventKind::Fetched { name, .. } => outcome.out.push(say(event.chat, name.clone())),
            _ => return Ok(outcome),
        }
        outcome.session = Some(session);
        Ok(outcome)
    }

    async fn dead(&self, input: TurnInput<'_>) -> Result<Outcome, TurnError> {
        let sorry = say(input.event.chat, "sorry".into());
        let alert = say(ChatId(OWNER), format!("dead letter {}", input.cause));
        Ok(Outcome {
            out: vec![sorry, alert],
            ..Outcome::default()
        })
    }

    fn too_fast(&self, _known: Option<&Locale>, _language: Option<&str>) -> Option<String> {
        Some("slower".into())
    }

    fn read_file(&self, name: &str, bytes: &[u8]) -> Result<Read, FileFault> {
        assert_ne!(name, "panic.txt", "on purpose");
        Ok(Read::Lines {
            text: String::from_utf8_lossy(bytes).into_owned(),
            more: 0,
            encoding: Encoding::Utf8,
        })
    }

    fn photo(&self, path: &str) -> Option<Vec<u8>> {
        match path {
            "pixel.png" => Some(PICTURE.to_vec()),
            "soup.png" => Some(b"soup".to_vec()), // no picture at all
            _ => None,
        }
    }
}

/// An emulator, a database and what is needed to start engines on them.
pub struct Rig {
    pub telegram: Emulator,
    pub db: Db,
    pub shop: Arc<Shop>,
    pub clock: Clock,
    pub pacing: Pacing,
    pub turn_limit: Duration,
    pub slots: usize,
}

impl Rig {
    /// With people 1 (the owner) to `people`, who have all pressed Start, no engine yet.
    pub fn new(test: &TestDb, people: i64) -> Self {
        let telegram = Emulator::start(EmulatorConfig::default()).unwrap();
        for id in 1..=people {
            telegram.add_user(UserSpec::new(id, format!("P{id}")));
            telegram.start_bot(id, None).unwrap();
        }
        Self {
            telegram,
            db: test.db.clone(),
            shop: Arc::new(Shop::default()),
            clock: Clock::real(),
            pacing: Pacing::none(),
            turn_limit: Duration::from_secs(10),
            slots: 16,
        }
    }

    /// A group with the bot in it.
    pub fn group(&self, id: i64, members: &[i64]) {
        self.telegram.add_group(GroupSpec {
            id,
            title: "Kitchen".into(),
            members: members.to_vec(),
            ..GroupSpec::default()
        });
        self.telegram.add_bot_to_group(id, members[0]).unwrap();
    }

    /// How engines are started here.
    pub fn config(&self) -> EngineConfig<Shop> {
        let client = Client::new(&self.telegram.url(), self.telegram.token()).unwrap();
        let mut config = EngineConfig::new(self.db.clone(), client, self.shop.clone());
        config.clock = self.clock.clone();
        config.pacing = self.pacing;
        config.turn_limit = self.turn_limit;
        config.send_slots = self.slots;
        config.poll_wait_s = 1;
        config.seed = Some(7);
        config
    }

    /// Starts an engine and lets it deal with every Start.
    pub async fn start(&self) -> Engine {
        let engine = Engine::start(self.config()).await.unwrap();
        self.settle(&engine).await;
        engine
    }

    /// Waits until every update was fetched, handled and answered.
    pub async fn settle(&self, engine: &Engine) {
        let work = async {
            loop {
                while self.telegram.pending_updates() > 0 {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                engine.idle().await;
                if self.telegram.pending_updates() == 0 {
                    return;
                }
            }
        };
        let done = tokio::time::timeout(PATIENCE * 3, work).await;
        assert!(
            done.is_ok(),
            "never idle; heard {:?}",
            self.shop.heard().len()
        );
    }

    /// What a person sees of the bot in their private chat, in order; deleted ones left out.
    pub fn sees(&self, person: i64) -> Vec<Msg> {
        let all = self.telegram.messages(person, person);
        all.into_iter()
            .filter(|msg| msg.from_bot && !msg.deleted)
            .collect()
    }

    /// The texts of that, without the answer to Start.
    pub fn reads(&self, person: i64) -> Vec<String> {
        let texts = self.sees(person).into_iter().map(|msg| msg.text);
        texts.filter(|text| !text.contains("/start")).collect()
    }

    /// Says it and waits for the answer.
    pub async fn says(&self, engine: &Engine, person: i64, text: &str) {
        self.telegram.say(person, text).unwrap();
        self.settle(engine).await;
    }
}

/// Whose turn a message of the test's shop tells of.
pub fn count_of(text: &str) -> Option<i64> {
    text.split(':').next()?.parse().ok()
}
